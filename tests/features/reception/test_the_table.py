"""What the shipped deal says about the front desk: no deal without a register line, no follow-up by a courtesy receiver."""

from pathlib import Path

import pytest

from dealflow.features.reception.service import book
from dealflow.features.reception.shelf import shelf
from dealflow.workflow.load import load
from dealflow.workflow.records import NONE, Step

DEAL = load(Path(__file__).parents[3] / "workflows" / "deal.yaml")


def steps(event: str) -> list[Step]:
    return [s for s in DEAL.steps if s.event == event]


def test_no_deal_begins_without_a_register_line_e_030():
    """So nobody who is not registered can be moved to reserved, or anywhere (R-REG-02)."""
    first = DEAL.leaving(NONE)
    assert {s.event for s in first} == {"register"}
    assert all("reception.write_line" in {e.name for e in s.effects} for s in first)


def test_a_courtesy_receiver_may_not_record_follow_ups_e_060():
    assert {p for s in steps("follow_up") for p in s.permit} == {"@deals.is_owner", "@deals.is_substitute"}
    assert all(s.rules == ("R-OBL-04",) for s in steps("follow_up"))


def test_a_courtesy_visit_does_not_renew_the_seven_days_c_15():
    last = steps("visit")[-1]
    assert last.when is None
    assert last.starts == ()


@pytest.mark.parametrize("name", sorted({u.name for s in DEAL.steps for u in (*s.effects, *((s.when,) if s.when else ()))}))
def test_everything_the_table_takes_from_reception_stands_on_its_shelf(name):
    if name.startswith("reception."):
        assert name in {**shelf.effects, **shelf.facts}


def test_the_use_cases_raise_what_the_table_says():
    raised = {(s.raised_by, s.event) for s in DEAL.steps if s.raised_by.startswith("reception.")}
    assert raised == {(name, event) for name, page in book.pages.items() for _, event in page.raises}
