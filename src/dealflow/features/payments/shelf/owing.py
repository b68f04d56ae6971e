"""Guards and conditions about the price: no money before the slip, the slip covered, the deal whole, the price settled."""

from collections.abc import Iterator

import msgspec

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import rules
from dealflow.features.payments.parts import AGREED, CHARGES, PLAN, RECEIPTS, SLIP_PAPER, STANDING
from dealflow.features.payments.rules import charging
from dealflow.features.payments.shelf.board import (
    agreed,
    charges_of,
    paid_in,
    plan_of,
    price_money,
    receipt,
    shelf,
    shown,
    slip_of,
)
from dealflow.features.payments.shelf.shortage import LOOKS, lacking
from dealflow.kernel.errors import Unmet


@shelf.guard()
def slip_signed_first(_: Dossier) -> Iterator[Unmet]:
    """Never met: where no slip is signed, no price money is taken (R-PAY-07, E-104)."""
    yield Unmet("payments.slip_unsigned")


@shelf.guard(STANDING, PLAN, CHARGES, SLIP_PAPER)
def slip_agrees(d: Dossier) -> Iterator[Unmet]:
    """What the manager signs is what will be charged: the deposit has not changed since the slip was written (R-PAY-06, -07)."""
    slip, paper = slip_of(d), _written(d)
    if slip and paper and _outdated(d, paper):
        yield Unmet("payments.slip_outdated", {"written": shown(paper.due), "due": shown(slip.fen)})


@shelf.fact(STANDING, PLAN, CHARGES, SLIP_PAPER, truth=True)
def slip_outdated(d: Dossier) -> bool:
    """A slip is written that no longer says what is to be paid: it is written anew."""
    paper = _written(d)
    return paper is not None and _outdated(d, paper)


class Written(msgspec.Struct, frozen=True):
    """What a written slip says of money."""

    price: int
    line_amount: int
    deposit_paid: int
    due: int


def _written(d: Dossier) -> Written | None:
    paper = d.one(SLIP_PAPER)
    return msgspec.json.decode(paper.facts, type=Written) if paper else None


def _outdated(d: Dossier, paper: Written) -> bool:
    plan, slip = plan_of(d), slip_of(d)
    line = charging.first_line(plan)
    now = (sum(p.fen for p in plan), line.fen if line else 0, paid_in(d), slip.fen if slip else 0)
    return (paper.price, paper.line_amount, paper.deposit_paid, paper.due) != now


@shelf.guard(STANDING, CHARGES)
def slip_covered(d: Dossier) -> Iterator[Unmet]:
    """The confirmed money reaches what the signed slip asks for, the deposit included (lifecycle 5)."""
    charges = charges_of(d)
    if not charges:
        yield Unmet("payments.slip_unsigned")
    elif missing := rules.missing(charging.slip_sum(charges), rules.confirmed(price_money(d))):
        yield Unmet("payments.slip_short", _sums(d, charging.slip_sum(charges), missing))


@shelf.guard(STANDING, CHARGES)
def slip_not_covered(d: Dossier) -> Iterator[Unmet]:
    """The confirmed money falls short of the signed slip."""
    due, paid = charging.slip_sum(charges_of(d)), rules.confirmed(price_money(d))
    if paid >= due:
        yield Unmet("payments.slip_enough", {"paid": shown(paid), "due": shown(due)})


@shelf.guard(STANDING, CHARGES)
def price_settled(d: Dossier) -> Iterator[Unmet]:
    """Nothing is due from the client any more, to the fen (E-126). What the bank pays is asked for by the loan."""
    charges = charges_of(d)
    due = charging.own_sum(charges)
    if not charges:
        yield Unmet("payments.slip_unsigned")
    elif missing := rules.missing(due, rules.confirmed(price_money(d))):
        yield Unmet("payments.price_open", _sums(d, due, missing))


def _sums(d: Dossier, due: int, missing: int) -> dict[str, object]:
    money = price_money(d)
    paid = rules.confirmed(money)
    waiting = rules.total(money) - paid
    return {"paid": shown(paid), "due": shown(due), "missing": shown(missing), "uncleared": shown(waiting)}


# ---- whole or short (lifecycle 5)
@shelf.fact(*LOOKS, truth=True)
def is_short(d: Dossier) -> bool:
    """The ledger no longer shows what the deal's state must show: a payment bounced."""
    return lacking(d) > 0


@shelf.guard(*LOOKS)
def nothing_short(d: Dossier) -> Iterator[Unmet]:
    """The deal is whole. Until it is, money is received, confirmed and corrected, and nothing else goes on."""
    if missing := lacking(d):
        yield Unmet("payments.deal_short", {"missing": shown(missing)})


@shelf.guard(STANDING, AGREED)
def deposit_left_short(d: Dossier) -> Iterator[Unmet]:
    """A reversal left the deposit short: only then deposit is taken once the agreement is signed (row 30)."""
    paid, due = paid_in(d), agreed(d) or 0
    if paid >= due:
        yield Unmet("payments.deposit_enough", {"paid": shown(paid), "agreed": shown(due)})


@shelf.fact(RECEIPTS, truth=True)
def corrects_price(d: Dossier) -> bool:
    """The receipt to be corrected is one for the price; with none named, the deal's last one that stands is."""
    standing = sorted((r for r in d[RECEIPTS] if not r.void), key=lambda r: (r.seq, r.id))
    named = receipt(d, d.number("receipt")) if d.number("receipt") is not None else next(iter(standing[::-1]), None)
    return named is not None and named.purpose == "price"
