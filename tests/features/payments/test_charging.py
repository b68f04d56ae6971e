"""What is to be paid: charges from the plan, how money fills them, what each state's ledger must show (lifecycle 5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.features.payments.rules import charging
from dealflow.features.payments.rules.charging import Charge, Line

pytestmark = pytest.mark.once

SLIP_DAY = date(2025, 3, 10)
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
PLAN = (Line("首付款", 300, date(2025, 3, 8), False), Line("尾款", 500, JUNE, False), Line("二期款", 200, MAY, False))

DAYS = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))
LINES = st.lists(
    st.builds(Line, st.just("房款"), st.integers(1, 10**11), DAYS, st.booleans()),
    max_size=8,
)


def sums(charges: tuple[Charge, ...]) -> list[tuple[str, int]]:
    return [(c.label, c.fen) for c in charges]


def test_the_slip_asks_for_the_first_line_less_the_deposit() -> None:
    """Section 5."""
    assert sums(charging.charged(PLAN, 20, SLIP_DAY)) == [("定金", 20), ("首付款", 280), ("二期款", 200), ("尾款", 500)]


def test_the_slip_never_asks_for_less_than_nothing() -> None:
    """Section 5: a deposit above the first line pays the later ones."""
    charges = charging.charged(PLAN, 350, SLIP_DAY)
    assert sums(charges)[:2] == [("定金", 300), ("首付款", 0)]
    assert charging.filled(charges, 350) == (300, 0, 50, 0)


def test_a_first_line_without_a_day_is_due_with_the_slip() -> None:
    assert charging.charged((Line("房款", 100, None, False),), 0, SLIP_DAY)[1].due_on == SLIP_DAY


def test_the_loan_is_nobodys_first_instalment() -> None:
    plan = (Line("贷款", 700, None, True), Line("首付款", 300, None, False))
    charges = charging.charged(plan, 0, SLIP_DAY)
    assert [(c.label, c.by_loan) for c in charges[1:]] == [("首付款", False), ("贷款", True)]
    assert (charging.slip_sum(charges), charging.own_sum(charges)) == (300, 300)


@given(LINES, st.integers(0, 10**12))
def test_charges_add_up_to_the_price(lines: list[Line], deposit: int) -> None:
    """To the fen, whatever the deposit; none is below zero."""
    charges = charging.charged(lines, deposit, SLIP_DAY)
    assert sum(c.fen for c in charges) == sum(line.fen for line in lines)
    assert all(c.fen >= 0 for c in charges)
    assert [c.position for c in charges] == list(range(len(charges)))


@given(LINES, st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_money_fills_charges_in_their_order_and_is_told_once(lines: list[Line], deposit: int, before: int, more: int) -> None:
    charges = charging.charged(lines, deposit, SLIP_DAY)
    price = sum(c.fen for c in charges)
    first, then = charging.filled(charges, before), charging.filled(charges, before + more, before)
    assert sum(first) == min(before, price)
    assert [a + b for a, b in zip(first, then, strict=True)] == list(charging.filled(charges, before + more))


@pytest.mark.parametrize(
    ("day", "state", "due"),
    [
        (date(2025, 4, 30), "first_paid", 300),
        (MAY, "first_paid", 500),
        (JUNE, "first_paid", 1000),
    ],
)
def test_an_instalment_falls_due_on_its_day(day: date, state: str, due: int) -> None:
    """R-DEP-03."""
    assert charging.fallen_due(charging.charged(PLAN, 20, SLIP_DAY), day, state) == due


@pytest.mark.parametrize(("state", "due"), [("stamped", 300), ("move_in", 1000), ("after_sales", 1000)])
def test_from_the_move_in_notice_on_the_whole_price_is_due_whatever_its_days(state: str, due: int) -> None:
    """R-MVC-04: at step 3 the client makes up the full price."""
    assert charging.fallen_due(charging.charged(PLAN, 20, SLIP_DAY), date(2025, 4, 30), state) == due


@pytest.mark.parametrize(("state", "due"), [("filed", 300), ("signed", 1000), ("move_in", 1000)])
def test_a_line_without_a_day_falls_due_with_the_contract(state: str, due: int) -> None:
    charges = charging.charged((Line("首付款", 300, None, False), Line("尾款", 700, None, False)), 0, SLIP_DAY)
    assert charging.fallen_due(charges, SLIP_DAY, state) == due


@pytest.mark.parametrize(("paid", "day"), [(300, MAY), (499, MAY), (500, JUNE), (1000, None)])
def test_the_next_instalment_is_the_first_that_is_not_paid(paid: int, day: date | None) -> None:
    """R-DEP-03."""
    assert charging.next_dated(charging.charged(PLAN, 20, SLIP_DAY), paid) == day


@pytest.mark.parametrize(
    ("state", "must"),
    [
        ("tracked", 0),
        ("deposit_part", 0),
        ("deposit_full", 0),
        ("subscribed", 20),
        ("slip_signed", 20),
        ("first_paid", 300),
        ("move_in", 300),
        ("after_sales", 1000),
    ],
)
def test_every_state_says_what_the_ledger_must_show(state: str, must: int) -> None:
    """Section 5."""
    assert charging.must_show(state, 20, charging.charged(PLAN, 20, SLIP_DAY)) == must
