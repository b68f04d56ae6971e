"""The picture and the table of a workflow: complete, and safe whatever a label says."""

import dataclasses
import re
from pathlib import Path

import pytest

from dealflow.workflow.draw import mermaid, table
from dealflow.workflow.load import load
from dealflow.workflow.moves import moves
from dealflow.workflow.records import Label, Workflow

HOSTILE = [
    "a --> b",
    'x" as y',
    "<script>alert(1)</script>",
    "end note\n  note right of s_fresh : hi",
    "click s_fresh call alert()",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "a; b",
    "#35;",
    "{{x}} | `y` \\ z",
    "javascript:alert(1)",
    "[*]",
    "A\u2028B\u202eC",
]
ARROW = re.compile(r"  (\[\*\]|s_\w+) --> (\[\*\]|s_\w+)(?: : ([^\n]*))?")
STATE = re.compile(r'  state "((?:[A-Za-z0-9 \u3400-\u9fff（），、。·]|#\d+;)+)" as s_\w+')
SAFE = re.compile(r"(?:[A-Za-z0-9 \u3400-\u9fff（），、。·]|#\d+;)+")


@pytest.fixture(scope="module")
def sale() -> Workflow:
    return load(Path(__file__).parent / "healthy" / "sale.yaml")


def hostile(workflow: Workflow, text: str) -> Workflow:
    label = Label(text, text)
    states = {name: dataclasses.replace(state, label=label) for name, state in workflow.states.items()}
    return dataclasses.replace(workflow, states=states, steps=tuple(dataclasses.replace(s, label=label) for s in workflow.steps))


def test_every_move_of_the_table_is_drawn_once(sale: Workflow) -> None:
    drawn = [found.groups()[:2] for line in mermaid(sale).splitlines() if (found := ARROW.fullmatch(line)) and found[3]]
    wanted = {("[*]" if m.source == "none" else f"s_{m.source}", f"s_{m.dest}") for m in moves(sale)}
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == wanted


def test_final_states_end_the_picture(sale: Workflow) -> None:
    assert {line for line in mermaid(sale).splitlines() if line.endswith("--> [*]")} == {"  s_done --> [*]", "  s_gone --> [*]"}


@pytest.mark.parametrize(("locale", "word"), [("zh", "保留"), ("zh_CN", "保留"), ("en", "Take hold")])
def test_labels_are_those_of_the_language(sale: Workflow, locale: str, word: str) -> None:
    assert f"s_fresh --> s_held : {word}" in mermaid(sale, locale)


def test_steps_that_no_person_takes_are_marked(sale: Workflow) -> None:
    picture = mermaid(sale, "en")
    assert "s_fresh --> s_gone : T Lapse" in picture
    assert "s_paid --> s_done : A Finish" in picture


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_stays_a_label(sale: Workflow, text: str) -> None:
    first, *lines = mermaid(hostile(sale, text)).splitlines()
    assert first == "stateDiagram-v2"
    for line in lines:
        arrow = ARROW.fullmatch(line)
        assert arrow or STATE.fullmatch(line)
        assert not (arrow and arrow[3]) or SAFE.fullmatch(arrow[3])
    assert len(lines) == len(mermaid(sale).splitlines()) - 1


def test_names_that_mermaid_keeps_for_itself_are_drawn_safely(sale: Workflow) -> None:
    named = dataclasses.replace(sale, states={"end": dataclasses.replace(sale.states["done"], name="end")}, steps=())
    assert '  state "完成" as s_end' in mermaid(named)


def test_different_names_stay_different_in_the_picture(sale: Workflow) -> None:
    states = {name: dataclasses.replace(sale.states["done"], name=name) for name in ("a-b", "a_b")}
    ids = re.findall(r'" as (\w+)', mermaid(dataclasses.replace(sale, states=states, steps=())))
    assert len(set(ids)) == 2


def test_the_table_says_each_step_with_its_needs(sale: Workflow) -> None:
    rows = {row.event: row for row in table(sale)}
    assert len(table(sale)) == len(sale.steps)
    assert rows["take_hold"].needs == ("slots.is_free", "sale.amount_is($hold.fee)", "sale.at_most($hold.times, 3)")
    assert rows["take_hold"].starts == ("hold ($hold.period)",)
    assert rows["pay"].needs == (
        "any(sale.named, all(slots.is_free, sale.named))",
        "not(slots.is_free)",
        "when sale.plan_is(loan): papers.signed(D-02)",
    )
