"""The object into which this room's guards, effects, facts and relations are written, and what they share in reading."""

from collections.abc import Mapping
from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.features.payments import rules
from dealflow.features.payments.parts import AGREED, RECEIPTS, REFUND_CASE, STANDING, Receipt
from dealflow.features.payments.parts import money as standing
from dealflow.features.payments.rules import DEPOSIT, HOLD, Money
from dealflow.features.payments.texts import TEXTS
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.money import Fen, yuan

shelf = Shelf("payments", TEXTS)


def money_of(d: Dossier) -> tuple[Money, ...]:
    """All money of the deal, wherever it stands: on the deal itself or on its refunds."""
    return standing(d[STANDING])


def money_here(d: Dossier, base: str = "") -> tuple[Money, ...]:
    """What stands on this case, in one account or in all."""
    return tuple(m for m in money_of(d) if m.case == d.case.id and base in ("", m.base))


def receipt(d: Dossier, which: int | None) -> Receipt | None:
    """A receipt of the deal by its id."""
    return next((r for r in d[RECEIPTS] if r.id == which), None)


def hold_fee(d: Dossier, base: str = "") -> tuple[Money, ...]:
    """The hold fee as far as it stands on this case, cleared or not."""
    fees = {r.id for r in d[RECEIPTS] if r.purpose == "hold_fee"}
    return tuple(m for m in money_here(d, base) if m.receipt in fees)


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
    """Deposit received on this case, confirmed or not, the hold fee moved into it included."""
    return rules.total(money_here(d, DEPOSIT))


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
