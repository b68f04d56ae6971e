"""The object into which this room's guards, effects, facts and relations are written, and what they share in reading."""

from collections.abc import Mapping
from datetime import date, datetime

from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.features.payments import rules
from dealflow.features.payments.parts import AGREED, CHARGES, DEAL_CASE, PLAN, RECEIPTS, REFUND_CASE, STANDING, ChargeRow, Receipt
from dealflow.features.payments.parts import money as standing
from dealflow.features.payments.rules import DEPOSITS, FOR_PRICE, HOLD, Money
from dealflow.features.payments.rules.charging import SLIP, Charge, Line, first_line
from dealflow.features.payments.texts import TEXTS
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.money import Fen, yuan

shelf = Shelf("payments", TEXTS)


def money_of(d: Dossier) -> tuple[Money, ...]:
    """All money of the deal, wherever it stands: on the deal itself or on its refunds."""
    return standing(d[STANDING])


def money_here(d: Dossier, *bases: str) -> tuple[Money, ...]:
    """What stands on this case, in these accounts or in all."""
    return tuple(m for m in money_of(d) if m.case == d.case.id and (not bases or m.base in bases))


def receipt(d: Dossier, which: int | None) -> Receipt | None:
    """A receipt of the deal by its id."""
    return next((r for r in d[RECEIPTS] if r.id == which), None)


def hold_fee(d: Dossier, *bases: str) -> tuple[Money, ...]:
    """The hold fee as far as it stands on this case, cleared or not."""
    fees = {r.id for r in d[RECEIPTS] if r.purpose == "hold_fee"}
    return tuple(m for m in money_here(d, *bases) if m.receipt in fees)


def fee_to_move(d: Dossier) -> tuple[Money, ...]:
    """The hold fee that a deposit takes with it: what is on hold, and what lies on a refund that is not paid yet."""
    refund = open_refund_of(d)
    return hold_fee(d, HOLD) + tuple(m for m in money_of(d) if m.case == refund)


def open_refund_of(d: Dossier) -> int | None:
    """The deal's last refund while it may still be withdrawn."""
    return next((r.id for r in d[REFUND_CASE] if r.state == "approved"), None)


def credits_fee(d: Dossier) -> bool:
    """Whether the hold fee goes into the deposit on purchase (C-19); else it is paid back."""
    return bool(d.policy["hold.on_conversion"] == "credit")


def agreed(d: Dossier) -> int | None:
    """The deposit the sale was prepared with, as this step leaves it."""
    sale = d.one(AGREED)
    return sale.agreed_deposit_fen if sale else None


def paid_in(d: Dossier) -> int:
    """Deposit received on this case, confirmed or not, the hold fee moved into it and what is allocated to the price included."""
    return rules.total(money_here(d, *DEPOSITS))


def deal_of(d: Dossier) -> int:
    """The deal whose money is asked for: the case itself, or the deal of a refund, filing or handover."""
    return d.case.id if d.case.kind == "deal" else d.links["deal"]


def state_of(d: Dossier) -> str:
    """Where that deal stands."""
    if d.case.kind == "deal":
        return d.case.state
    return next((case.state for case in d[DEAL_CASE]), "")


def price_money(d: Dossier) -> tuple[Money, ...]:
    """What stands on the deal for its price, deposit allocated and prepayments included."""
    deal = deal_of(d)
    return tuple(m for m in money_of(d) if m.case == deal and m.base in FOR_PRICE)


def charges_of(d: Dossier) -> tuple[Charge, ...]:
    """The charges that stand, in the order in which money fills them."""
    return tuple(Charge(c.position, c.label, c.fen, c.due_on, c.by_loan) for c in standing_rows(d))


def standing_rows(d: Dossier) -> list[ChargeRow]:
    """The rows of the charges that stand: made, and not taken back."""
    back = {c.reverses for c in d[CHARGES]}
    return sorted((c for c in d[CHARGES] if c.reverses is None and c.id not in back), key=lambda c: c.position)


def plan_of(d: Dossier) -> list[Line]:
    """The payment plan in its order."""
    return [Line(p.label, p.amount_fen, p.due_on, p.by_loan) for p in sorted(d[PLAN], key=lambda p: p.position)]


def slip_of(d: Dossier) -> Charge | None:
    """The charge of the signed slip; before that, what the plan and the deposit would make of it."""
    charges, line = charges_of(d), first_line(plan_of(d))
    if charges:
        return charges[SLIP]
    return Charge(SLIP, line.label, rules.missing(line.fen, paid_in(d)), line.due_on, False) if line else None


def today(d: Dossier) -> date:
    """The business day of the step, in the project's zone."""
    return d.now.astimezone(PROJECT_ZONE).date()


def payer(d: Dossier) -> Mapping[str, object]:
    """The payer as the form gave him."""
    given = d.answers.get("payer")
    return given if isinstance(given, Mapping) else {}


def shown(fen: int) -> str:
    """An amount as sentences show it."""
    return yuan(Fen(fen))


def local(moment: datetime) -> str:
    """A moment as sentences show it."""
    return f"{moment.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}"
