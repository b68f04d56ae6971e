"""Effects of a refund case: it receives the money it must pay back, pays it out, and takes it back when the bank returns it."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import refunds
from dealflow.features.payments import rules
from dealflow.features.payments.parts import REFUND, STANDING
from dealflow.features.payments.rules import ACCOUNTS, WAITING, Money
from dealflow.features.payments.shelf.board import money_here, shelf, shown
from dealflow.features.payments.shelf.proposing import post


@shelf.effect()
def open_refund(d: Dossier) -> Iterator[Change]:
    """The refund's row, and the money on its own ledger: what the deal gave up in the step that opened it."""
    row = {name: d.text(name) for name in ("purpose", "payer", "payer_document_kind", "payer_document", "unit_code", "reason")}
    source, deal = _whole(d, "receipt"), d.links["deal"]
    unpaid = {"method": "", "account": "", "received_by": "", "paid_by": None, "paid_at": None}
    yield Add(refunds, {"id": d.case.id, "deal_id": deal, "fen": _whole(d, "fen"), "receipt_id": source, **row, **unpaid})
    account, waiting = ACCOUNTS[d.text("purpose")], _whole(d, "uncleared")
    places = ((account, _whole(d, "fen") - waiting), (account + WAITING, waiting))
    yield from post(d, "refund", (Money(d.case.id, name, source, fen) for name, fen in places if fen), deal=deal)


def _whole(d: Dossier, name: str) -> int:
    value = d.number(name)
    assert value is not None  # the deal's effect gives it
    return value


@shelf.effect(REFUND, STANDING)
def pay_out(d: Dossier) -> Iterator[Change]:
    """The money leaves the house, to the one who paid it."""
    refund = d.chosen(REFUND)
    paid = {"method": d.text("method"), "account": d.text("account").strip(), "received_by": d.text("received_by").strip()}
    says = Say("payments.will_pay", {"amount": shown(refund.fen), "payer": refund.payer})
    yield Set(refunds, {"id": refund.id}, {**paid, "paid_by": d.actor.id, "paid_at": d.now}, says=says)
    yield from post(d, "refund", rules.taken_out(money_here(d)), deal=refund.deal_id)


@shelf.effect(REFUND, then=(("D-16", "void"),))
def take_back_payout(d: Dossier) -> Iterator[Change]:
    """The bank sent the money back: it stands on the refund again; the voucher, which told of a payout, is void."""
    refund = d.chosen(REFUND)
    says = Say("payments.will_return", {"amount": shown(refund.fen)})
    yield Set(refunds, {"id": refund.id}, {"paid_by": None, "paid_at": None}, says=says)
    money = (Money(d.case.id, ACCOUNTS[refund.purpose], refund.receipt_id, refund.fen),)
    yield from post(d, "returned", money, reason=d.text("reason").strip(), deal=refund.deal_id)
    yield Then("D-16", "void")
