"""Arithmetic of what is to be paid: charges made from the plan, how far money fills them, what a deal's ledger must show.

Plain values, called by the payments shelf and its queries. The charges of a signed slip add up to the price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

DEPOSIT_CHARGE: Final = 0  # position of what the deposit has paid of the first line
SLIP: Final = 1  # position of the first instalment
CONTRACT_SIGNED: Final = frozenset({"signed", "proofread", "stamped", "mortgage", "move_in", "after_sales"})
MOVING_IN: Final = frozenset({"move_in", "after_sales"})  # the client makes up the whole price, whatever its days (R-MVC-04)
SLIP_PAID: Final = frozenset({"first_paid", "filed", "signed", "proofread", "stamped", "mortgage", "move_in"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the payment plan, in the plan's order."""

    label: str
    fen: int
    due_on: date | None
    by_loan: bool


@dataclass(frozen=True, slots=True)
class Charge:
    """A sum to be paid. `position` is the order in which money fills charges. Without a day it is due with the contract."""

    position: int
    label: str
    fen: int
    due_on: date | None
    by_loan: bool


def first_line(lines: Iterable[Line]) -> Line | None:
    """The line that the slip is about: the first that the client pays himself."""
    return next((line for line in lines if not line.by_loan), None)


def charged(lines: Sequence[Line], deposit: int, slip_day: date) -> tuple[Charge, ...]:
    """The charges of a plan: first line less the deposit allocated, never below zero; the others by date, the loan last."""
    first = first_line(lines)
    due = first.fen if first else 0
    own = min(due, deposit)
    label, day = (first.label, first.due_on or slip_day) if first else ("首期房款", slip_day)
    begun = (Charge(DEPOSIT_CHARGE, "定金", own, None, False), Charge(SLIP, label, due - own, day, False))
    rest = sorted((line for line in lines if line is not first), key=lambda line: (line.by_loan, line.due_on or date.min))
    return begun + tuple(Charge(at, line.label, line.fen, line.due_on, line.by_loan) for at, line in enumerate(rest, SLIP + 1))


def slip_sum(charges: Iterable[Charge]) -> int:
    """What the signed slip asks for, the deposit included."""
    return sum(c.fen for c in charges if c.position <= SLIP)


def own_sum(charges: Iterable[Charge]) -> int:
    """What the client himself pays."""
    return sum(c.fen for c in charges if not c.by_loan)


def fallen_due(charges: Iterable[Charge], day: date, state: str) -> int:
    """What the client owes by a day: the slip at once, dated lines on their day, lines without a day with the contract; all of
    it from the move-in notice on."""
    signed, moving_in = state in CONTRACT_SIGNED, state in MOVING_IN
    own = [c for c in charges if c.position <= SLIP or not c.by_loan]
    return sum(c.fen for c in own if c.position <= SLIP or moving_in or (c.due_on <= day if c.due_on else signed))


def filled(charges: Iterable[Charge], paid: int, since: int = 0) -> tuple[int, ...]:
    """How much of each charge money fills in their order; with `since`, only what comes after the first so many fen."""
    parts, begin = [], 0
    for charge in charges:
        parts.append(max(0, min(paid, begin + charge.fen) - max(since, begin)))
        begin += charge.fen
    return tuple(parts)


def next_dated(charges: Sequence[Charge], paid: int) -> date | None:
    """The day of the next instalment after the slip that is not paid yet."""
    parts = zip(charges, filled(charges, paid), strict=True)
    days = (c.due_on for c, part in parts if c.position > SLIP and not c.by_loan and part < c.fen)
    return min((day for day in days if day), default=None)


def must_show(state: str, agreed: int, charges: Sequence[Charge]) -> int:
    """What the deal's ledger must show in a state, confirmed (lifecycle 5); nothing where the ledger itself moves the deal."""
    if state in ("subscribed", "slip_signed"):
        return agreed
    if state in SLIP_PAID:
        return slip_sum(charges)
    return own_sum(charges) if state == "after_sales" else 0
