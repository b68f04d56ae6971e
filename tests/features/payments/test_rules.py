"""The arithmetic of the ledger: no account below zero, nothing gained or lost, whatever happens in whatever order."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.features.payments import rules
from dealflow.features.payments.rules import DEPOSIT, DUE_ONLY, HOLD, PRICE_DEPOSIT, Money

pytestmark = pytest.mark.once

DEAL, REFUND = 1, 2
METHODS = st.sampled_from(sorted(rules.METHODS))


@dataclass
class Till:
    """A deal with its refund, driven at random; counts what came in and what went out. `due` is what the price is charged."""

    due: int = 0
    standing: tuple[Money, ...] = ()
    came_in: int = 0
    went_out: int = 0
    lines: list[Money] = field(default_factory=list)

    def post(self, lines: tuple[Money, ...]) -> None:
        self.lines += lines
        self.standing = rules.posted(self.standing, lines)

    def of(self, receipt: int) -> tuple[Money, ...]:
        return tuple(m for m in self.standing if m.receipt == receipt)

    @property
    def here(self) -> tuple[Money, ...]:
        return tuple(m for m in self.standing if m.case == DEAL)

    @property
    def room(self) -> int:
        return self.due - rules.total(m for m in self.here if m.base in DUE_ONLY)

    def do(self, act: str, receipt: int, fen: int, method: str) -> None:
        match act:
            case "receive" if not self.of(receipt):
                self.came_in += fen
                self.post(rules.received(DEAL, HOLD if receipt % 2 else DEPOSIT, receipt, fen, method))
            case "price" if not self.of(receipt):
                self.came_in += fen
                self.post(rules.used(self.here, self.due))
                self.post(rules.received_for_price(DEAL, receipt, fen, method, self.room))
            case "correct" if self.of(receipt):
                self.came_in += fen - rules.total(self.of(receipt))
                self.post(rules.taken_out(self.of(receipt)))
                self.post(rules.received_for_price(DEAL, receipt, fen, method, self.room))
            case "allocate":
                self.due = fen
                self.post(rules.moved([m for m in self.here if m.base == DEPOSIT], DEAL, PRICE_DEPOSIT))
                self.post(rules.used(self.here, self.due))
            case "undo":
                self.due = 0
                self.post(rules.moved([m for m in self.here if m.base == PRICE_DEPOSIT], DEAL, DEPOSIT))
            case "falls_due":
                self.due += fen
                self.post(rules.used(self.here, self.due))
            case "clear":
                self.post(rules.cleared(self.of(receipt)))
            case "to_deposit":
                self.post(rules.moved([m for m in self.of(receipt) if receipt % 2], DEAL, DEPOSIT))
            case "to_refund":
                self.post(rules.moved([m for m in self.of(receipt) if m.case == DEAL], REFUND, HOLD))
            case "reverse":
                self.came_in -= rules.total(self.of(receipt))
                self.post(rules.taken_out(self.of(receipt)))
            case "pay":
                ready = [m for m in self.of(receipt) if m.case == REFUND and not m.uncleared]
                self.went_out += rules.total(ready)
                self.post(rules.taken_out(ready))


NAMES = ("receive", "price", "clear", "to_deposit", "allocate", "undo", "falls_due", "correct", "to_refund", "reverse", "pay")
ACTS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 6), st.integers(1, 10**12), METHODS), max_size=40)
KEEPS_SUMS = ("clear", "to_deposit", "to_refund", "allocate", "undo", "falls_due")


@given(ACTS)
def test_no_account_is_ever_below_zero(acts: list[tuple[str, int, int, str]]) -> None:
    till = Till()
    for act in acts:
        till.do(*act)
        assert all(m.fen > 0 for m in till.standing)


@given(ACTS)
def test_deal_and_refund_together_hold_what_came_in_less_what_went_out(acts: list[tuple[str, int, int, str]]) -> None:
    till = Till()
    for act in acts:
        till.do(*act)
    assert rules.total(till.standing) == till.came_in - till.went_out


@given(ACTS)
def test_the_lines_alone_tell_where_money_stands(acts: list[tuple[str, int, int, str]]) -> None:
    till = Till()
    for act in acts:
        till.do(*act)
    assert rules.posted((), till.lines) == till.standing


@given(ACTS)
def test_moving_and_clearing_change_no_sum_of_a_receipt(acts: list[tuple[str, int, int, str]]) -> None:
    till = Till()
    for act, receipt, fen, method in acts:
        before = rules.total(till.of(receipt))
        till.do(act, receipt, fen, method)
        if act in KEEPS_SUMS:
            assert rules.total(till.of(receipt)) == before


@given(ACTS)
def test_what_the_bank_has_confirmed_never_waits_again(acts: list[tuple[str, int, int, str]]) -> None:
    """Moved, allocated, used or undone: only a receipt reversed or corrected takes confirmed money away."""
    till = Till()
    for act, receipt, fen, method in acts:
        before = rules.confirmed(till.of(receipt))
        till.do(act, receipt, fen, method)
        if act in KEEPS_SUMS:
            assert rules.confirmed(till.of(receipt)) >= before


@given(ACTS)
def test_nothing_is_prepaid_while_something_is_due(acts: list[tuple[str, int, int, str]]) -> None:
    """Lifecycle row 30: only what is more than due is prepayment, once money comes in or a day has come."""
    till = Till()
    for act in acts:
        till.do(*act)
        if act[0] == "falls_due":
            assert till.room <= 0 or not any(m.base == "prepayment" for m in till.here)


def test_more_than_is_due_is_prepayment() -> None:
    """Lifecycle row 30."""
    lines = rules.received_for_price(DEAL, 7, 100, "transfer", 60)
    assert lines == (Money(DEAL, "price_uncleared", 7, 60), Money(DEAL, "prepayment_uncleared", 7, 40))


def test_a_prepayment_pays_what_falls_due_and_its_confirmed_part_first() -> None:
    there = (Money(DEAL, "prepayment_uncleared", 7, 50), Money(DEAL, "prepayment", 8, 40), Money(DEAL, "price_deposit", 6, 10))
    assert rules.used(there, 60) == (
        Money(DEAL, "prepayment", 8, -40),
        Money(DEAL, "price", 8, 40),
        Money(DEAL, "prepayment_uncleared", 7, -10),
        Money(DEAL, "price_uncleared", 7, 10),
    )


@pytest.mark.parametrize("method", ["cash", "pos", "scan"])
def test_cash_card_and_code_count_at_once(method: str) -> None:
    assert rules.received(DEAL, HOLD, 7, 50_000, method) == (Money(DEAL, "hold", 7, 50_000),)


@pytest.mark.parametrize("method", ["cheque", "transfer"])
def test_cheque_and_transfer_wait_for_the_bank(method: str) -> None:
    assert rules.received(DEAL, DEPOSIT, 7, 50_000, method) == (Money(DEAL, "deposit_uncleared", 7, 50_000),)


def test_money_that_waits_goes_on_waiting_where_it_is_moved() -> None:
    waiting = (Money(DEAL, "hold_uncleared", 7, 50_000),)
    assert rules.moved(waiting, REFUND, HOLD) == (
        Money(DEAL, "hold_uncleared", 7, -50_000),
        Money(REFUND, "hold_uncleared", 7, 50_000),
    )


def test_money_already_there_is_not_moved() -> None:
    assert rules.moved((Money(DEAL, "deposit", 7, 50_000),), DEAL, DEPOSIT) == ()


def test_more_than_agreed_leaves_nothing_missing() -> None:
    assert rules.missing(500_000, 20_000_000) == 0
