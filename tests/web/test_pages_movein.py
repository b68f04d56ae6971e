"""Buildings, handovers and the money page: their forms as browsers send them, what is refused, what stands there after."""

import re

import pytest

from tests.makers.office import Office
from tests.web.conftest import Readers, codes
from tests.web.ways import handover_of, walked

EVENTS = (
    "reschedule",
    "no_show",
    "admit",
    "show_papers",
    "write_covenant",
    "sign_covenant",
    "void_covenant",
    "close_covenant",
    "give_schedule",
    "settle_parking",
    "take_fees",
    "waive",
    "close_fees",
    "inspect",
    "repaired",
    "hand_over_keys",
)


def scan(office: Office) -> dict[str, str]:
    """A stored scan, as the second round of a form carries it."""
    return {"scan.kept": str(office.world.value("scan")), "scan.named": "原件.pdf"}


# ---- buildings
def test_a_building_is_prepared_in_its_five_steps_on_the_page(office: Office, readers: Readers) -> None:
    clerk, building = readers("K"), office.world.value("building1")
    steps: list[tuple[str, dict[str, str]]] = [
        ("begin", {"completed_on": "2025-02-20"}),
        ("survey", {"body": "云州市测绘队", "on": "2025-02-24"}),
        ("certify", {"number": "ZJ-1", "body": "云州市质监站", "on": "2025-02-25", **scan(office)}),
        ("add_manual", {"title": "住宅使用说明书", "on": "2025-02-26", **scan(office)}),
        ("attach", {"kind": "D-39", "on": "2025-02-26", **scan(office)}),
        ("attach", {"kind": "D-40", "on": "2025-02-26", **scan(office)}),
    ]
    for n, (event, typed) in enumerate(steps):
        status, page = clerk.send(f"/buildings/{building}/steps/{event}", key=f"key-of-building-{n}", **typed)
        assert status == 303, page[:800]
    rates = {"rates.management_fee": "2.80", "rates.maintenance_fund": "85", "on": "2025-03-01"}
    assert readers("P").send(f"/buildings/{building}/steps/post_schedule", **rates, **scan(office))[0] == 303
    assert clerk.send(f"/buildings/{building}/steps/make_ready", key="key-of-ready")[0] == 303
    assert "可办入住" in clerk.get("/buildings")


def test_a_certificate_without_its_scan_comes_back_with_what_was_typed(office: Office, readers: Readers) -> None:
    clerk, building = readers("K"), office.world.value("building1")
    clerk.send(f"/buildings/{building}/steps/begin", key="key-begins", completed_on="2025-02-20")
    clerk.send(f"/buildings/{building}/steps/survey", key="key-surveys", body="测绘队", on="2025-02-24")
    status, page = clerk.send(
        f"/buildings/{building}/steps/certify", key="key-certifies", number="ZJ-1", body="质监站", on="2025-02-25"
    )
    assert (status, codes(page)) == (409, ["movein.file_missing"])
    assert 'value="ZJ-1"' in page


def test_nobody_but_the_clerk_begins_a_preparation(office: Office, readers: Readers) -> None:
    building = office.world.value("building1")
    assert "登记竣工" not in readers("A").get("/buildings")
    status, page = readers("A").send(f"/buildings/{building}/steps/begin", completed_on="2025-02-20")
    assert status == 403
    assert "casework.not_permitted" in page


# ---- a handover
@pytest.mark.parametrize("part", ["move_in", "settled"])
def test_every_form_of_a_handover_sent_empty_is_answered(office: Office, readers: Readers, part: str) -> None:
    handover = handover_of(office, walked(office, part))
    answers = {
        (letter, event): readers(letter).send(f"/handovers/{handover}/steps/{event}", confirmed="")[0]
        for letter in "PMKAB"
        for event in EVENTS
    }
    assert max(answers.values()) < 500, answers


def test_e_124_two_of_the_four_papers_do_not_begin_a_handover_and_stay_ticked(office: Office, readers: Readers) -> None:
    handover = handover_of(office, walked(office, "move_in"))
    status, page = readers("P").send(f"/handovers/{handover}/steps/admit", notice="yes", identity="id_card")
    assert (status, codes(page)) == (409, ["movein.entry_paper_missing", "movein.entry_paper_missing"])
    assert re.search(r'value="yes" checked id="admit-notice"', page)


def test_the_checklist_shows_what_is_done_what_is_now_and_what_is_still_due(office: Office, readers: Readers) -> None:
    deal = walked(office, "move_in")
    handover, team = handover_of(office, deal), readers("P")
    papers = {"notice": "yes", "contract_duplicate": "yes", "identity": "id_card", "payment_proof": "receipt"}
    assert team.send(f"/handovers/{handover}/steps/admit", key="key-admits", **papers)[0] == 303
    shown = {"certificate": "yes", "manual": "yes", "statement": "yes"}
    assert team.send(f"/handovers/{handover}/steps/show_papers", key="key-shows", **shown)[0] == 303
    page = team.get(f"/handovers/{handover}")
    assert statuses(page) == ["past", "past", "now", "todo", "todo", "todo", "todo", "todo"]
    assert "尚欠 1,000,000.00 元" in page


def test_keys_are_reached_on_the_page(office: Office, readers: Readers) -> None:
    deal = walked(office, "settled")
    handover, team = handover_of(office, deal), readers("P")
    document = str(office.world.value("id1"))
    fees = {"lines.0.item": "management_fee", "lines.0.period": "quarter", "lines.1.item": "maintenance_fund"}
    inspected = {}
    for n in range(2):
        inspected |= {f"items.{n}.part": "墙面", f"items.{n}.item": f"平整 {n}", f"items.{n}.passed": "true"}
    before: list[tuple[str, dict[str, str]]] = [
        ("inspect", {**inspected, "result": "accepted"}),
        ("write_covenant", {}),
        ("sign_covenant", {"signer": "1", **scan(office)}),
        ("close_covenant", {}),
        ("give_schedule", {}),
        ("settle_parking", {"decision": "waived", "reason": "没有车"}),
    ]
    for event, typed in before:
        status, page = team.send(f"/handovers/{handover}/steps/{event}", key=f"key-of-{event}", **typed)
        assert status == 303, (event, codes(page))
    page = team.get(f"/handovers/{handover}")
    quarter, fund = sum_of(page, 0), sum_of(page, 1)
    total = f"{cents(quarter) + cents(fund)}"
    paid = {"lines.0.amount": quarter, "lines.1.amount": fund, "amount": f"{total[:-2]}.{total[-2:]}", "method": "pos"}
    payer = {"payer.name": "陈静", "payer.document_kind": "id_card", "payer.document": document, "source_of_funds": "自有资金"}
    after: list[tuple[str, dict[str, str]]] = [
        ("take_fees", {**fees, **paid, **payer}),
        ("waive", {"item": "fitting_out_deposit", "reason": "暂不装修"}),
        ("close_fees", {}),
    ]
    for event, typed in after:
        status, page = team.send(f"/handovers/{handover}/steps/{event}", key=f"key-of-{event}", **typed)
        assert status == 303, (event, codes(page))
    keys = {
        "keys.0.name": "入户门钥匙",
        "keys.0.count": "3",
        "water": "12",
        "electricity": "34",
        "receiver.document_kind": "id_card",
    }
    status, page = team.send(f"/handovers/{handover}/steps/hand_over_keys", key="key-refused", **keys)
    assert (status, codes(page)) == (409, ["movein.receiver_missing"])
    receiver = {"receiver.name": "陈静", "receiver.document": document}
    assert team.send(f"/handovers/{handover}/steps/hand_over_keys", key="key-of-keys", **keys, **receiver)[0] == 303
    assert office.state(deal) == "after_sales"
    assert statuses(team.get(f"/handovers/{handover}")) == ["past"] * 8
    assert "已领钥匙" in readers("A").get(f"/deals/{deal}")


def statuses(page: str) -> list[str]:
    """The eight steps of the checklist, each done, now or to do."""
    found = re.search(r'<ol class="checks">.*?</ol>', page, re.S)
    return re.findall(r'<li class="(past|now|todo)"', found[0]) if found else []


def sum_of(page: str, n: int) -> str:
    """What the schedule makes of a line of the fees, as the form offers it."""
    found = re.search(rf'value="([^"]*)" id="take_fees-lines.{n}.amount"', page)
    return found[1] if found else ""


def cents(text: str) -> int:
    """A shown sum in fen."""
    return int(text.replace(",", "").replace(".", ""))


def test_a_fee_receipt_becomes_void_with_a_reason_only(office: Office, readers: Readers) -> None:
    deal = walked(office, "settled")
    handover, team = handover_of(office, deal), readers("P")
    for event, typed in (
        ("write_covenant", {}),
        ("sign_covenant", {"signer": "1", **scan(office)}),
        ("close_covenant", {}),
        ("give_schedule", {}),
    ):
        assert team.send(f"/handovers/{handover}/steps/{event}", key=f"key-of-{event}", **typed)[0] == 303
    paid = {"lines.0.item": "fitting_out_deposit", "lines.0.amount": "2000", "amount": "2000", "method": "pos"}
    payer = {"payer.name": "陈静", "payer.document": str(office.world.value("id1")), "source_of_funds": "自有资金"}
    assert team.send(f"/handovers/{handover}/steps/take_fees", key="key-of-fees", **paid, **payer)[0] == 303
    found = re.search(rf"/handovers/{handover}/fees/(\d+)/void", team.get(f"/handovers/{handover}"))
    assert found
    status, page = team.send(f"/handovers/{handover}/fees/{found[1]}/void", key="key-without")
    assert (status, codes(page)) == (409, ["movein.reason_missing"])
    assert team.send(f"/handovers/{handover}/fees/{found[1]}/void", key="key-with-one", reason="写错金额")[0] == 303
    assert "已作废" in team.get(f"/handovers/{handover}")


def test_a_handover_of_anothers_client_shows_steps_and_no_name(office: Office, readers: Readers) -> None:
    handover = handover_of(office, walked(office, "settled"))
    page = readers("B").get(f"/handovers/{handover}")
    assert "陈静" not in page
    assert len(statuses(page)) == 8
    assert '<form class="form"' not in page


def test_papers_of_a_handover_are_opened_by_the_property_team(office: Office, readers: Readers) -> None:
    deal = walked(office, "settled")
    handover = handover_of(office, deal)
    assert readers("P").send(f"/handovers/{handover}/steps/write_covenant")[0] == 303
    found = re.search(r"/papers/(\d+)\.pdf", readers("P").get(f"/handovers/{handover}"))
    assert found
    assert readers("P").client.get(f"/papers/{found[1]}.pdf").content.startswith(b"%PDF-")
    assert readers("B").status(f"/papers/{found[1]}.pdf") == 403


# ---- money
def test_finance_sees_what_falls_due_what_waits_and_what_was_collected_today(office: Office, readers: Readers) -> None:
    walked(office, "stamped")
    office.pass_time("40d")
    page = readers("F").get("/money")
    assert "尾款" in page
    assert "1,000,000.00" in page
    day = readers("F").get(f"/money?day=2025-03-03&collector={office.world.people['F']}")
    assert "449,080.00" in day
    assert "有效收据合计 459,080.00 元" in day


def test_the_money_page_is_for_finance_and_those_who_answer_for_it(readers: Readers) -> None:
    assert [readers(letter).status("/money") for letter in "FMAP"] == [200, 200, 403, 403]


def test_a_task_says_what_is_missing_now(office: Office, readers: Readers) -> None:
    deal = walked(office, "filed")
    page = readers("F").get(f"/deals/{deal}")
    found = re.findall(r"/receipts/(\d+)/reverse", page)
    assert found
    readers("F").send(f"/receipts/{found[0]}/reverse", reason="退票")
    assert "尚缺 449,080" in readers("F").get("/")
    assert "款项不足" in readers("A").get(f"/deals/{deal}")


@pytest.mark.parametrize(
    ("letter", "entries"),
    [("F", ["/money"]), ("P", ["/handovers", "/buildings"]), ("K", ["/handovers", "/buildings"]), ("M", ["/money", "/policies"])],
)
def test_navigation_leads_each_role_to_its_work(readers: Readers, letter: str, entries: list[str]) -> None:
    page = readers(letter).get("/")
    assert all(f'href="{path}"' in page for path in entries)


@pytest.mark.parametrize(("letter", "part", "words"), [("O", "stamped", "登记、发放原件"), ("P", "move_in", "入住办理：已通知")])
def test_what_waits_for_a_role_stands_on_its_first_page(
    office: Office, readers: Readers, letter: str, part: str, words: str
) -> None:
    walked(office, part)
    assert words in readers(letter).get("/")
