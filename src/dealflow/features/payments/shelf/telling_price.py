"""Facts that papers print about the price (D-23, D-24, D-25, D-36): the slip, what a receipt fills, what is paid and open."""

from datetime import date, datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import rules
from dealflow.features.payments.parts import CHARGES, PLAN, RECEIPTS, STANDING
from dealflow.features.payments.rules import charging
from dealflow.features.payments.rules.charging import SLIP, Charge
from dealflow.features.payments.shelf.board import charges_of, plan_of, price_money, shelf, slip_of
from dealflow.features.payments.shelf.telling import newest

FIRST_INSTALMENT = "首期房款"
BEYOND = "预收款"


@shelf.fact(PLAN, STANDING, CHARGES)
def slip_due(d: Dossier) -> int | None:
    """What the slip asks for: the first line less the deposit, never below zero (lifecycle 5)."""
    slip = slip_of(d)
    return slip.fen if slip else None


@shelf.fact(PLAN)
def slip_line_name(d: Dossier) -> str | None:
    """The first line of the plan by its name."""
    line = charging.first_line(plan_of(d))
    return line.label if line else None


@shelf.fact(PLAN)
def slip_line_amount(d: Dossier) -> int | None:
    """The first line of the plan in full."""
    line = charging.first_line(plan_of(d))
    return line.fen if line else None


@shelf.fact(PLAN, STANDING, CHARGES)
def slip_due_by(d: Dossier) -> date | None:
    """By which day, as far as the plan or the signed slip says."""
    slip = slip_of(d)
    return slip.due_on if slip else None


@shelf.fact(STANDING, CHARGES)
def slip_paid_at(d: Dossier) -> datetime | None:
    """When the slip was covered: the moment of the step that finds it so."""
    charges = charges_of(d)
    return d.now if charges and rules.confirmed(price_money(d)) >= charging.slip_sum(charges) else None


@shelf.fact(RECEIPTS, STANDING, CHARGES)
def receipt_fills(d: Dossier) -> list[dict[str, object]]:
    """Which charges the receipt of this step pays, in their order; what exceeds them all is paid in advance."""
    last = newest(d)
    if last is None:
        return []
    money, charges = price_money(d), charges_of(d)
    own = rules.total(m for m in money if m.receipt == last.id)
    paid = rules.total(money)
    parts = charging.filled(charges, paid, paid - own)
    told = [{"name": _name(c), "amount": part} for c, part in zip(charges, parts, strict=True) if part]
    rest = own - sum(parts)
    return told + ([{"name": BEYOND, "amount": rest}] if rest else [])


def _name(charge: Charge) -> str:
    return FIRST_INSTALMENT if charge.position == SLIP else charge.label


@shelf.fact(STANDING)
def price_paid(d: Dossier) -> int:
    """Paid for the price so far, the deposit allocated and this step included, confirmed or not."""
    return rules.total(price_money(d))


@shelf.fact(STANDING, CHARGES)
def price_missing(d: Dossier) -> int | None:
    """What is still to come of the price; not known before a slip is signed."""
    charges = charges_of(d)
    return rules.missing(sum(c.fen for c in charges), rules.total(price_money(d))) if charges else None
