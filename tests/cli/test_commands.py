"""What each command answers, and with which exit code; whatever goes wrong is told in words."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dealflow.cli.entry import app
from dealflow.cli.telling import EXIT
from tests.cli.conftest import Run

SCENARIOS = Path(__file__).parents[2] / "workflows" / "scenarios"
CLIENT = ("name=陈静", "phone=19000000051", "channel=网络", "way=turn")


def with_(*fields: str) -> tuple[str, ...]:
    return tuple(word for field in fields for word in ("--with", field))


def registered(dealflow: Run) -> str:
    """A new client of A; gives his deal."""
    people = {p["login"]: p["id"] for p in json.loads(dealflow("user", "list", "--json").stdout)}
    done = dealflow(
        "do", "reception.register_visit", "--by", "suyun", "--json", *with_(*CLIENT, f"received_by={people['anran']}")
    )
    return str(json.loads(done.stdout)["case"])


def test_check_finds_no_fault_in_what_is_shipped(dealflow: Run) -> None:
    done = dealflow("check")
    assert (done.returncode, "no faults" in done.stdout) == (0, True)


def test_check_draws_the_deal(dealflow: Run) -> None:
    done = dealflow("check", "--draw", "--kind", "deal")
    assert done.stdout.startswith("stateDiagram-v2\n")
    assert "reserved" in done.stdout


def test_check_names_file_and_line_of_a_fault(dealflow: Run, tmp_path: Path) -> None:
    folder = tmp_path / "workflows"
    folder.mkdir()
    (folder / "deal.yaml").write_text("workflow: deal\nversion: 1\nstatez: {}\n", encoding="utf-8")
    done = dealflow("check", DEALFLOW_WORKFLOWS=str(folder))
    assert done.returncode == EXIT["bad_workflow"]
    assert "deal.yaml:3" in done.stderr


def test_a_refusal_tells_every_reason_with_its_rule_in_both_languages(dealflow: Run) -> None:
    deal = registered(dealflow)
    dealflow("deal", "step", deal, "open_tracking", "--by", "anran", *with_("channel=网络"))
    paid = (f"deal={deal}", "unit=1-1201", "amount=300.00", 'payer={"name": "陈静"}', "method=cash")
    done = dealflow("do", "payments.take_hold_fee", "--by", "fanglan", *with_(*paid))
    assert done.returncode == EXIT["refused"]
    assert all(rule in done.stderr for rule in ("[R-HLD-01]", "[R-DEP-06]"))
    assert all(word in done.stderr for word in ("应收 ¥500.00", "The amount is ¥500.00", "资金来源"))


def test_the_same_refusal_as_json_has_the_codes(dealflow: Run) -> None:
    deal = registered(dealflow)
    done = dealflow("deal", "step", deal, "lose", "--by", "anran", "--json", *with_("reason=price", "text="))
    assert done.returncode == 0
    done = dealflow("deal", "step", deal, "reopen", "--by", "anran", "--json")
    told = json.loads(done.stdout)
    assert (told["error"], [r["code"] for r in told["reasons"]]) == ("refused", ["followup.result_missing"])


def test_somebody_elses_step_is_forbidden_and_says_whose_it_is(dealflow: Run) -> None:
    done = dealflow("deal", "step", registered(dealflow), "open_tracking", "--by", "baiyang")
    assert done.returncode == EXIT["forbidden"]
    assert "R-FUP-01" in done.stderr


def test_the_steps_of_a_deal_say_what_stands_in_their_way(dealflow: Run) -> None:
    done = dealflow("deal", "steps", registered(dealflow), "--by", "anran", "--json")
    steps = {step["event"]: step for step in json.loads(done.stdout)["steps"]}
    assert [want["code"] for want in steps["open_tracking"]["wants"]] == ["deals.channel_missing"]
    assert (steps["open_tracking"]["permitted"], steps["change_owner"]["permitted"]) == (True, False)


def test_a_step_seen_in_an_older_version_is_a_conflict(dealflow: Run) -> None:
    deal = registered(dealflow)
    done = dealflow("deal", "step", deal, "lose", "--by", "anran", "--version", "7", *with_("reason=price"))
    assert done.returncode == EXIT["conflict"]


def test_a_preview_changes_nothing(dealflow: Run) -> None:
    deal = registered(dealflow)
    done = dealflow("deal", "step", deal, "open_tracking", "--by", "anran", "--preview", *with_("channel=网络"))
    assert "新访 → 跟踪" in done.stdout
    assert json.loads(dealflow("deal", "show", deal, "--json").stdout)["deal"]["state"] == "new_visit"


def test_money_is_never_a_fraction(dealflow: Run) -> None:
    done = dealflow(
        "do", "payments.take_hold_fee", "--by", "fanglan", *with_("deal=1", "unit=1-1201", "amount=0.005", "payer={}")
    )
    assert done.returncode == EXIT["invalid"]
    assert "amount" in done.stderr


@pytest.mark.parametrize(
    "command", [("deal", "show", "5"), ("deal", "steps", "5", "--by", "anran"), ("do", "no.thing", "--by", "anran")]
)
def test_what_is_not_there_is_not_found(dealflow: Run, command: tuple[str, ...]) -> None:
    done = dealflow(*command)
    assert (done.returncode, "Traceback" in done.stderr) == (EXIT["not_found"], False)


def test_the_doctor_finds_everything_whole(dealflow: Run) -> None:
    registered(dealflow)
    done = dealflow("doctor", "--json")
    assert (done.returncode, json.loads(done.stdout)["findings"]) == (0, [])


def test_a_new_colleague_may_act_at_once(dealflow: Run) -> None:
    assert dealflow("user", "add", "liyi", "李一", "--role", "salesperson").returncode == 0
    done = dealflow("deal", "step", registered(dealflow), "open_tracking", "--by", "liyi")
    assert done.returncode == EXIT["forbidden"]


@pytest.mark.once
def test_play_tells_a_step_that_goes_another_way_with_the_story(dealflow: Run, tmp_path: Path) -> None:
    text = (
        (SCENARIOS / "E-074-300-instead-of-500.yaml")
        .read_text(encoding="utf-8")
        .replace("refused: [R-HLD-01]", "refused: [R-HLD-02]")
    )
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    done = dealflow("play", str(file))
    assert done.returncode == 1
    assert all(word in done.stdout for word in ("wrong.yaml:13", "refused for R-HLD-02", "R-HLD-01", "建档跟踪"))


@pytest.mark.once
def test_play_names_the_line_of_a_malformed_scenario(dealflow: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("scenario: x\nworld: office\nstarts: 2025-03-03 09:00\nsteps:\n  - by: S\n    doo: x\n", encoding="utf-8")
    done = dealflow("play", str(file))
    assert (done.returncode, f"{file}:5" in done.stderr) == (EXIT["bad_workflow"], True)


def test_the_vocabulary_names_every_use_case_and_its_fields(dealflow: Run) -> None:
    told = json.loads(dealflow("play", "--vocabulary", "--json").stdout)
    assert told["verbs"]["payments.take_hold_fee"]["fields"]["amount"] == "yuan as text (500.00)"
    assert set(told["see"]) == {"deal", "unit", "refund", "paper", "filing", "building", "handover"}


def test_every_command_explains_itself_in_both_languages() -> None:
    assert all(command.callback and "·" in (command.callback.__doc__ or "") for command in app.registered_commands)


@pytest.mark.once
@pytest.mark.slow
def test_serve_takes_another_port_when_its_own_is_taken_and_loads_the_sample(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        whole = [sys.executable, "-u", "-m", "dealflow", "serve", "--sample", "--port", str(port)]
        with subprocess.Popen(whole, env={**environment, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            try:
                lines = [process.stdout.readline().strip() for _ in range(14)]
                address = next(line for line in lines if line.startswith("http"))
                assert not address.endswith(f":{port}")
                assert any("mengqi" in line for line in lines)
                with urllib.request.urlopen(f"{address}/healthz", timeout=20) as answer:
                    assert answer.status == 200
            finally:
                process.terminate()
    assert os.path.exists(Path(environment["DEALFLOW_STATE"]) / "dealflow.sqlite")
