"""Files become records; the canonical text holds all that has meaning and nothing else, and gives the same records again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.errors import BadWorkflow
from dealflow.workflow.load import Loaded, load, load_all, revive
from dealflow.workflow.records import NONE, Label, Need, PolicyKey, Start, Step, Use, Workflow

SALE = Path(__file__).parent / "healthy" / "sale.yaml"


@pytest.fixture(scope="module")
def sale() -> Workflow:
    return load(SALE)


def step(workflow: Workflow, event: str, place: int = 0) -> Step:
    return [each for each in workflow.steps if each.event == event][place]


def changed(tmp_path: Path, before: str, after: str) -> Workflow:
    text = SALE.read_text()
    assert text.count(before) >= 1
    (tmp_path / "sale.yaml").write_text(text.replace(before, after, 1))
    return load(tmp_path / "sale.yaml")


def test_a_group_in_from_stands_for_its_states(sale: Workflow) -> None:
    assert step(sale, "pause").sources == ("fresh", "held", "paid")


def test_one_entry_may_stand_without_a_list(sale: Workflow) -> None:
    assert (step(sale, "register", 1).starts[0].clock, step(sale, "lapse").permit) == ("lapse", ("clock",))


def test_an_argument_with_a_dollar_is_a_policy_key_and_another_is_a_literal(sale: Workflow) -> None:
    needs = [need.use for need in step(sale, "take_hold").needs]
    assert [use.args for use in needs if use] == [(), (PolicyKey("hold.fee"),), (PolicyKey("hold.times"), 3)]


def test_needs_are_combined_by_any_all_not_and_when(sale: Workflow) -> None:
    either, never, then = step(sale, "pay").needs
    assert (either.op, [inner.op for inner in either.inner]) == ("any", ["guard", "all"])
    assert (never.op, never.inner[0].op) == ("not", "guard")
    assert then == Need(
        "when",
        Use("sale.plan_is", ("loan",), then.line),
        (Need("guard", Use("papers.signed", ("D-02",), then.line), (), then.line),),
        then.line,
    )


def test_a_clock_may_be_started_with_its_former_due_moment(sale: Workflow) -> None:
    (start,) = step(sale, "unpaid").starts
    assert (start.clock, start.former) == (Start("hold", True).clock, True)


def test_candidates_of_an_event_stand_in_file_order(sale: Workflow) -> None:
    assert [each.when is None for each in sale.by[NONE, "register"]] == [False, True]


def test_the_line_of_each_key_and_entry_is_kept(sale: Workflow) -> None:
    lines = SALE.read_text().splitlines()
    pay = step(sale, "pay")
    assert lines[pay.line - 1] == "  - event: pay"
    assert lines[pay.needs[1].line - 1] == "      - {not: slots.is_free}"
    assert lines[pay.at("permit", "clerk") - 1] == "    permit: [clerk]"
    assert lines[sale.clocks["hold"].at("after") - 1] == "    after: $hold.period"
    assert lines[sale.at("links", "slot") - 1].startswith("links:")


def test_without_initial_the_first_step_from_none_says_where_a_case_begins(tmp_path: Path, sale: Workflow) -> None:
    short = changed(tmp_path, "initial: fresh\n", "")
    assert (short.initial, short.hash) == ("fresh", sale.hash)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Uses every word of the shape once, and is whole.\n", "\n\n# another remark\n"),
        ("permit: [clerk, on_duty]", "permit:\n      - clerk\n      - on_duty"),
        ("rules: R-REG", "rules: [R-REG]"),
        ("from: live", "from: [fresh, held, paid]"),
        ("{sale.receive: fee}", "{sale.receive: [fee]}"),
        ("repeats: true", 'repeats: true\n    rule: ""'),
    ],
)
def test_what_has_no_meaning_does_not_change_the_hash(before: str, after: str, tmp_path: Path, sale: Workflow) -> None:
    assert changed(tmp_path, before, after).hash == sale.hash


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 1", "version: 2"),
        ("{zh: 买卖, en: Sale}", "{zh: 买卖, en: Trade}"),
        ("waits_for: owner", "waits_for: clerk"),
        ("after: 7d", "after: 8d"),
        ("waits_in: [held]", "waits_in: []"),
        ("repeats: true", "repeats: false"),
        ("permit: [clerk, on_duty]", "permit: [on_duty, clerk]"),
        ("$hold.times, 3", "$hold.times, 4"),
        ("$hold.times, 3", "$hold.times, '3'"),
        ("{not: slots.is_free}", "slots.is_free"),
        ("{any: [sale.named", "{all: [sale.named"),
        ("to: former", "to: fresh"),
        ("starts: [{hold: former}]", "starts: [hold]"),
        ("inverse: release", "inverse: lapse"),
        ("issues: [D-01]", "issues: [D-02]"),
        ("raised_by: desk.register", "raised_by: desk.other"),
    ],
)
def test_what_has_meaning_changes_the_hash(before: str, after: str, tmp_path: Path, sale: Workflow) -> None:
    assert changed(tmp_path, before, after).hash != sale.hash


def test_the_order_of_steps_has_meaning(tmp_path: Path, sale: Workflow) -> None:
    text = SALE.read_text()
    head, last = text.rsplit("  - event: ", 1)
    head, before = head.rsplit("  - event: ", 1)
    (tmp_path / "sale.yaml").write_text(f"{head}  - event: {last}  - event: {before}")
    assert load(tmp_path / "sale.yaml").hash != sale.hash


def test_a_stored_version_comes_back_with_the_same_steps_and_hash(healthy: Loaded) -> None:
    for workflow in healthy.workflows:
        again = revive(workflow.text, "stored")
        assert (again.text, again.hash) == (workflow.text, workflow.hash)
        assert [(each.event, each.sources, each.target, each.permit) for each in again.steps] == [
            (each.event, each.sources, each.target, each.permit) for each in workflow.steps
        ]
        assert list(again.states) == list(workflow.states)


def test_a_folder_gives_workflows_policies_and_the_faults_of_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(SALE.read_text())
    (tmp_path / "bad.yaml").write_text("workflow: bad\nversion: 1\nstates: {}\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "scenario.yaml").write_text("scenario: not a workflow\n")
    workflows, policies, faults = load_all(tmp_path)
    assert [workflow.kind for workflow in workflows] == ["sale"]
    assert policies.keys == {}
    assert [(fault.code, Path(fault.file).name) for fault in faults] == [("yaml.missing_key", "bad.yaml")]


def test_all_faults_of_the_form_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = SALE.read_text().replace("version: 1", "version: one").replace("repeats: true", "repeats: often")
    (tmp_path / "sale.yaml").write_text(text.replace("raised_by: desk.register", "raised_bi: desk.register", 1))
    with pytest.raises(BadWorkflow) as bad:
        load(tmp_path / "sale.yaml")
    assert [fault.code for fault in bad.value.faults] == ["yaml.shape", "yaml.shape", "yaml.unknown_key"]


def test_a_label_may_be_missing_in_the_file_for_the_check_to_tell(tmp_path: Path) -> None:
    assert changed(tmp_path, "label: {zh: 买卖, en: Sale}\n", "").label == Label("", "")


NAMES = st.sampled_from(["a", "b", "c_1", "d-2"])
WORDS = (
    st.text("abc买卖 .:#'\"\\{}[]$@", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda word: bool(word) and word[0] not in "$")
)
LABELS = st.fixed_dictionaries({"zh": WORDS, "en": WORDS})
ARGUMENTS = st.one_of(WORDS, st.integers(-(10**12), 10**12), st.booleans(), st.just("$hold.fee"))
USES = st.one_of(
    st.sampled_from(["x.one", "x.two"]),
    st.dictionaries(
        st.sampled_from(["x.one", "x.two"]), st.one_of(ARGUMENTS, st.lists(ARGUMENTS, max_size=3)), min_size=1, max_size=1
    ),
)
NEEDS = st.recursive(
    USES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"when": USES, "then": st.lists(inner, max_size=2)}),
    ),
    max_leaves=5,
)
STATES = st.fixed_dictionaries({"stage": NAMES}, optional={"label": LABELS, "waits_for": WORDS, "final": st.booleans()})
CLOCKS = st.fixed_dictionaries(
    {"after": st.sampled_from(["72h", "$hold.period", "5wd"]), "runs_in": st.lists(NAMES, min_size=1), "fires": NAMES},
    optional={"waits_in": NAMES, "ends_on": st.lists(NAMES), "label": LABELS, "rule": WORDS},
)
STEPS = st.fixed_dictionaries(
    {
        "event": NAMES,
        "from": st.one_of(NAMES, st.lists(st.sampled_from(["none", "g", "a"]), min_size=1)),
        "to": st.sampled_from(["a", "same", "former"]),
    },
    optional={
        "label": LABELS,
        "permit": st.lists(WORDS, max_size=2),
        "rules": WORDS,
        "raised_by": WORDS,
        "when": USES,
        "needs": st.lists(NEEDS, max_size=3),
        "effects": st.lists(USES, max_size=3),
        "issues": st.lists(WORDS, max_size=2),
        "links": st.lists(NAMES, max_size=2),
        "starts": st.lists(st.one_of(NAMES, st.dictionaries(NAMES, st.just("former"), min_size=1, max_size=1)), max_size=2),
        "inverse": NAMES,
    },
)
FILES = st.fixed_dictionaries(
    {
        "workflow": NAMES,
        "version": st.integers(1, 99),
        "states": st.dictionaries(NAMES, STATES, min_size=1),
        "steps": st.lists(STEPS, min_size=1, max_size=4),
    },
    optional={
        "label": LABELS,
        "initial": NAMES,
        "groups": st.fixed_dictionaries({"g": st.lists(NAMES, min_size=1)}),
        "links": st.dictionaries(NAMES, NAMES),
        "clocks": st.dictionaries(NAMES, CLOCKS, max_size=2),
    },
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(FILES)
def test_any_file_comes_back_from_its_canonical_text_with_the_same_hash(folder: Path, written: dict[str, object]) -> None:
    path = folder / "any.yaml"
    path.write_text(json.dumps(written, ensure_ascii=False))
    first = load(path)
    again = revive(first.text, "stored")
    assert (again.text, again.hash) == (first.text, first.hash)
    assert [(each.sources, each.when is None, len(each.needs)) for each in again.steps] == [
        (each.sources, each.when is None, len(each.needs)) for each in first.steps
    ]
