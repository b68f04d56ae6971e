"""Facts that papers print (D-14 to D-20): the receipt of the step, the hold fee, the deposit so far, the refund."""

from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import rules
from dealflow.features.payments.parts import AGREED, PEOPLE, RECEIPT_PAPERS, RECEIPTS, REFUND, STANDING, Receipt
from dealflow.features.payments.rules import DEPOSITS
from dealflow.features.payments.shelf.board import agreed, hold_fee, paid_in, shelf
from dealflow.features.payments.shelf.board import receipt as receipt_by_id
from dealflow.features.payments.texts import DOCUMENTS, METHODS

REASON_PLACES = 60  # characters of the reason that the voucher has room for
Person = dict[str, str]


def newest(d: Dossier) -> Receipt | None:
    """The receipt that this step has written: the deal's last one."""
    return max(d[RECEIPTS], key=lambda r: (r.seq, r.id), default=None)


def hold_receipt(d: Dossier) -> Receipt | None:
    """The receipt of the hold fee: a refund's own, else the deal's last one that is not void."""
    refund = d.one(REFUND) if d.case.kind == "refund" else None
    if refund is not None:
        return receipt_by_id(d, refund.receipt_id)
    fees = (r for r in d[RECEIPTS] if r.purpose == "hold_fee" and not r.void)
    return max(fees, key=lambda r: (r.seq, r.id), default=None)


def _person(name: str, kind: str, number: str) -> Person:
    return {"name": name, "id_kind": DOCUMENTS.get(kind, kind), "id_number": number}


def _payer(r: Receipt | None) -> Person | None:
    return _person(r.payer, r.payer_document_kind, r.payer_document) if r else None


def _name(d: Dossier, person: int | None) -> str | None:
    if person == d.actor.id:
        return d.actor.name
    return next((p.name for p in d[PEOPLE] if p.id == person), None)


# ---- the receipt of this step
@shelf.fact(RECEIPTS)
def receipt_payer(d: Dossier) -> Person | None:
    """Who paid."""
    return _payer(newest(d))


@shelf.fact(RECEIPTS)
def receipt_received_at(d: Dossier) -> datetime | None:
    """When the money was received."""
    r = newest(d)
    return r.paid_at if r else None


@shelf.fact(RECEIPTS)
def receipt_amount(d: Dossier) -> int | None:
    """The money received, without a hold fee moved."""
    r = newest(d)
    return r.fen if r else None


@shelf.fact(RECEIPTS)
def receipt_method(d: Dossier) -> str | None:
    """How it was paid."""
    r = newest(d)
    return METHODS[r.method] if r else None


@shelf.fact(RECEIPTS)
def receipt_source(d: Dossier) -> str | None:
    """Where the payer's money comes from."""
    r = newest(d)
    return r.source_of_funds if r else None


@shelf.fact(RECEIPTS)
def receipt_reference(d: Dossier) -> str:
    """The number of the bank, terminal or wallet."""
    r = newest(d)
    return r.reference if r else ""


@shelf.fact(RECEIPTS)
def receipt_cheque_number(d: Dossier) -> str:
    """The cheque's number (R-DEP-07)."""
    r = newest(d)
    return r.cheque_no if r else ""


@shelf.fact(RECEIPTS)
def receipt_cheque_amount(d: Dossier) -> int | None:
    """The cheque's amount (R-DEP-07)."""
    r = newest(d)
    return r.cheque_fen if r else None


@shelf.fact(RECEIPTS, PEOPLE)
def receipt_collector(d: Dossier) -> str | None:
    """Who collected the money."""
    r = newest(d)
    return _name(d, r.collector_id) if r else None


@shelf.fact(RECEIPTS)
def receipt_note(d: Dossier) -> str:
    """The note on the receipt."""
    r = newest(d)
    return r.note if r else ""


@shelf.fact(RECEIPTS)
def receipt_hold_moved(d: Dossier) -> int | None:
    """The hold fee that this receipt credits; nothing when it moves none."""
    r = newest(d)
    return r.moved_fen or None if r else None


@shelf.fact(RECEIPTS)
def receipt_total(d: Dossier) -> int | None:
    """Money received and hold fee moved."""
    r = newest(d)
    return r.fen + r.moved_fen if r else None


# ---- the hold fee
@shelf.fact(RECEIPTS, REFUND)
def hold_amount(d: Dossier) -> int | None:
    """What was paid for the hold."""
    r = hold_receipt(d)
    return r.fen if r else None


@shelf.fact(RECEIPTS, REFUND)
def hold_paid_at(d: Dossier) -> datetime | None:
    """When it was paid: the hold begins."""
    r = hold_receipt(d)
    return r.paid_at if r else None


@shelf.fact(RECEIPTS, REFUND)
def hold_payer(d: Dossier) -> Person | None:
    """Who paid it."""
    return _payer(hold_receipt(d))


@shelf.fact()
def hold_until(d: Dossier) -> datetime | None:
    """When the hold ends, or would have ended: the step's clocks are set before its papers are told (C-20)."""
    return _due(d, "hold")


@shelf.fact(RECEIPTS, REFUND, STANDING, RECEIPT_PAPERS)
def hold_receipt_number(d: Dossier) -> str | None:
    """The number of the hold fee's receipt, where a refund or a deposit that credits it quotes it; else empty."""
    if d.case.kind == "refund":
        quoted = [r for r in (hold_receipt(d),) if r]
    else:
        credited, last = {m.receipt for m in hold_fee(d, *DEPOSITS)}, newest(d)
        quoted = [r for r in d[RECEIPTS] if r.id in credited] if last and last.moved_fen else []
    numbers = [p.number for r in quoted for p in d[RECEIPT_PAPERS] if (p.seq, p.kind) == (r.seq, "D-14")]
    return (numbers[0] + ("等" if len(numbers) > 1 else "")) if numbers else ""


# ---- the deposit so far
@shelf.fact(STANDING)
def deposit_paid(d: Dossier) -> int:
    """Deposit received on this deal, this step and the hold fee moved included."""
    return paid_in(d)


@shelf.fact(STANDING, AGREED)
def deposit_missing(d: Dossier) -> int:
    """What is still to pay of the agreed deposit."""
    return rules.missing(agreed(d), paid_in(d))


@shelf.fact(RECEIPTS)
def deposit_first_at(d: Dossier) -> datetime | None:
    """When the first deposit that stands was received."""
    return min((r.paid_at for r in d[RECEIPTS] if r.purpose == "deposit" and not r.void), default=None)


@shelf.fact()
def deposit_top_up_due(d: Dossier) -> datetime | None:
    """By when the rest of the deposit must come (R-DEP-05)."""
    return _due(d, "top_up")


def _due(d: Dossier, name: str) -> datetime | None:
    clock = d.clocks.get(name)
    return clock.due_at if clock else None


# ---- the refund
@shelf.fact(REFUND)
def refund_amount(d: Dossier) -> int | None:
    """What is paid back."""
    refund = d.one(REFUND)
    return refund.fen if refund else None


@shelf.fact(REFUND)
def refund_payee(d: Dossier) -> Person | None:
    """To whom: the one who paid."""
    refund = d.one(REFUND)
    return _person(refund.payer, refund.payer_document_kind, refund.payer_document) if refund else None


@shelf.fact(REFUND)
def refund_reason(d: Dossier) -> str | None:
    """Why, as far as the voucher has room for it."""
    refund = d.one(REFUND)
    return refund.reason[:REASON_PLACES] if refund else None


@shelf.fact(REFUND)
def refund_method(d: Dossier) -> str | None:
    """How it was paid back."""
    refund = d.one(REFUND)
    return METHODS.get(refund.method) if refund else None


@shelf.fact(REFUND)
def refund_account(d: Dossier) -> str:
    """On which account."""
    refund = d.one(REFUND)
    return refund.account if refund else ""


@shelf.fact(REFUND)
def refund_paid_at(d: Dossier) -> datetime | None:
    """When it was paid back."""
    refund = d.one(REFUND)
    return refund.paid_at if refund else None


@shelf.fact(REFUND, PEOPLE)
def refund_paid_by(d: Dossier) -> str | None:
    """Who paid it out."""
    refund = d.one(REFUND)
    return _name(d, refund.paid_by) if refund and refund.paid_by is not None else None
