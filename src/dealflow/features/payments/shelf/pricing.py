"""Effects of the price: the slip charges the plan and takes the deposit along, money comes in for it, both are undone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from dealflow.casework.changes import Add, Change, Deadline, End, Say
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import charges
from dealflow.features.payments import rules
from dealflow.features.payments.parts import CHARGES, PLAN, RECEIPTS, STANDING, UNIT
from dealflow.features.payments.rules import DEPOSIT, DUE_ONLY, PRICE_DEPOSIT, Money, charging
from dealflow.features.payments.rules.charging import Charge
from dealflow.features.payments.shelf.board import (
    charges_of,
    money_here,
    paid_in,
    plan_of,
    price_money,
    shelf,
    shown,
    standing_rows,
    today,
)
from dealflow.features.payments.shelf.proposing import amount, new_receipt, post
from dealflow.features.payments.shelf.shortage import MARKS, marks
from dealflow.kernel.clock import PROJECT_ZONE

INSTANT: Final = timedelta(microseconds=1)
SLIP_CLOCK: Final = "slip_due"
NEXT_CLOCK: Final = "instalment"


def end_of(day: date) -> datetime:
    """24:00 of a day in the project's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, PROJECT_ZONE)


def slip_day(d: Dossier) -> date:
    """The last day of a first instalment without a date of its own: that of the contract."""
    contract = d.clocks.get("contract")
    return max((contract.due_at - INSTANT).astimezone(PROJECT_ZONE).date(), today(d)) if contract else today(d)


# ---- the slip is signed
@shelf.effect(STANDING)
def allocate_deposit(d: Dossier) -> Iterator[Change]:
    """The deposit counts toward the price from now on, still marked as deposit (lifecycle 7)."""
    lines = rules.moved(money_here(d, DEPOSIT), d.case.id, PRICE_DEPOSIT)
    yield from post(d, "allocation", lines, says="payments.will_allocate")


@shelf.effect(PLAN, STANDING)
def charge_plan(d: Dossier) -> Iterator[Change]:
    """The plan becomes charges: the slip is due at once, the rest on its days. What was paid before counts again."""
    made = charging.charged(plan_of(d), paid_in(d), slip_day(d))
    for charge in made:
        yield _charge(d, charge, f"charge/{charge.position}")
    there = rules.posted(money_here(d), rules.moved(money_here(d, DEPOSIT), d.case.id, PRICE_DEPOSIT))
    transfers = rules.used(there, charging.fallen_due(made, today(d), "slip_signed"))
    yield from post(d, "transfer", transfers, says="payments.will_use_prepayment")
    slip = made[charging.SLIP]
    yield Deadline(SLIP_CLOCK, end_of(slip.due_on or today(d)))


def _charge(d: Dossier, charge: Charge, place: str, reverses: int | None = None) -> Add:
    fen = charge.fen if reverses is None else -charge.fen
    row = {"id": d.fresh(place), "case_id": d.case.id, "seq": d.case.seq + 1, "position": charge.position, "label": charge.label}
    says = Say("payments.will_charge", {"label": charge.label, "amount": shown(charge.fen)})
    told = says if reverses is None and charge.position and charge.fen else None
    more = {"fen": fen, "due_on": charge.due_on, "by_loan": charge.by_loan, "reverses": reverses}
    return Add(charges, {**row, **more}, says=told)


@shelf.effect(STANDING, CHARGES)
def undo_allocation(d: Dossier) -> Iterator[Change]:
    """The slip is void: its charges are taken back and the deposit is deposit again. Part payments stay where they are."""
    back = rules.moved(money_here(d, PRICE_DEPOSIT), d.case.id, DEPOSIT)
    yield from post(d, "allocation", back, says="payments.will_undo_allocation")
    for row in standing_rows(d):
        yield _charge(d, Charge(row.position, row.label, row.fen, row.due_on, row.by_loan), f"charge/back/{row.position}", row.id)


# ---- money comes in for the price
@shelf.effect(UNIT, *MARKS)
def make_up_deposit(d: Dossier) -> Iterator[Change]:
    """Deposit that a reversal left short after the agreement was signed (row 30)."""
    lines = rules.received(d.case.id, DEPOSIT, d.fresh("receipt"), amount(d), d.text("method"))
    yield new_receipt(d, "deposit")
    yield from post(d, "receipt", lines)
    yield from marks(d, lines)


@shelf.effect(UNIT, RECEIPTS, *MARKS)
def take_price(d: Dossier) -> Iterator[Change]:
    """A receipt for the price. Prepayments pay first what has fallen due; what is more than due is prepayment again."""
    due = charging.fallen_due(charges_of(d), today(d), d.case.state)
    transfers = rules.used(price_money(d), due)
    room = due - rules.total(m for m in _with(d, transfers) if m.base in DUE_ONLY)
    lines = rules.received_for_price(d.case.id, d.fresh("receipt"), amount(d), d.text("method"), room)
    yield new_receipt(d, "price")
    yield from post(d, "transfer", transfers, says="payments.will_use_prepayment")
    yield from post(d, "receipt", lines)
    yield from marks(d, (*transfers, *lines))


def _with(d: Dossier, lines: tuple[Money, ...]) -> tuple[Money, ...]:
    return rules.posted(price_money(d), lines)


@shelf.effect(STANDING, CHARGES)
def use_prepayment(d: Dossier) -> Iterator[Change]:
    """Prepayments pay what has fallen due by now: when an instalment's day has come, and at settlement."""
    due = charging.fallen_due(charges_of(d), today(d), d.case.state)
    yield from post(d, "transfer", rules.used(price_money(d), due), says="payments.will_use_prepayment")


@shelf.effect(STANDING, CHARGES)
def remind_of_next(d: Dossier, changed: str = "") -> Iterator[Change]:
    """The clock of the next instalment not paid yet (R-DEP-03), after the money that this step brings or takes away."""
    paid = rules.total(price_money(d))
    if changed == "receipt":
        paid += amount(d)
    if changed == "reversal":
        paid -= rules.total(m for m in price_money(d) if m.receipt == d.number("receipt"))
    day = charging.next_dated(charges_of(d), paid)
    yield Deadline(NEXT_CLOCK, end_of(day)) if day else End(NEXT_CLOCK)
