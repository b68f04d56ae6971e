"""Effects: the receipts, ledger lines and refunds that a step brings about. What is posted is added, never edited."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from dealflow.casework.changes import Add, Change, Deadline, Open, Say, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import ledger, receipts
from dealflow.features.payments import rules
from dealflow.features.payments.parts import RECEIPTS, REFUND_CASE, STANDING, UNIT, Receipt
from dealflow.features.payments.rules import ACCOUNTS, DEPOSIT, HOLD, Money
from dealflow.features.payments.shelf.asking import new_due
from dealflow.features.payments.shelf.board import (
    credits_fee,
    fee_to_move,
    hold_fee,
    payer,
    shelf,
    shown,
)
from dealflow.features.payments.texts import METHODS
from dealflow.kernel import identity
from dealflow.kernel.clock import PROJECT_ZONE

UNDONE = "定金已冲销，封号期已满"
EXPIRED = "封号期满，未认购"
GIVEN_UP = "放弃封号："
CONVERTED = "已交定金，封号费按约定退还"


# ---- money comes in
@shelf.effect(UNIT)
def receive(d: Dossier, purpose: str) -> Iterator[Change]:
    """A receipt and its money, in the account of its purpose."""
    yield new_receipt(d, purpose)
    yield from post(d, "receipt", rules.received(d.case.id, ACCOUNTS[purpose], d.fresh("receipt"), amount(d), d.text("method")))


@shelf.effect(
    UNIT,
    RECEIPTS,
    STANDING,
    REFUND_CASE,
    policy=("hold.on_conversion",),
    then=(("refund", "withdraw"),),
    opens=(("refund", "open_approved"),),
)
def take_deposit(d: Dossier) -> Iterator[Change]:
    """A deposit receipt. The hold fee goes into the deposit, from a refund not yet paid too, or back to the client (C-19)."""
    fee = fee_to_move(d) if credits_fee(d) else ()
    yield new_receipt(d, "deposit", moved_fen=rules.total(fee))
    yield from post(d, "receipt", rules.received(d.case.id, DEPOSIT, d.fresh("receipt"), amount(d), d.text("method")))
    yield from post(d, "transfer", rules.moved(fee, d.case.id, DEPOSIT), says="payments.will_move_to_deposit")
    if any(m.case != d.case.id for m in fee):
        yield Then("refund", "withdraw")
    if not credits_fee(d):
        yield from _to_refund(d, hold_fee(d, HOLD), CONVERTED)


def new_receipt(d: Dossier, purpose: str, *, moved_fen: int = 0, instead_of: Receipt | None = None) -> Add:
    """The receipt of this step. A corrected one keeps who collected the money and when."""
    unit, by_cheque, method = d.chosen(UNIT), d.text("method") == "cheque", d.text("method")
    collected = {
        "collector_id": instead_of.collector_id if instead_of else d.actor.id,
        "paid_at": instead_of.paid_at if instead_of else d.now,
        "handed_in_at": instead_of.handed_in_at if instead_of else _handed_in(d),
        "replaces": instead_of.id if instead_of else None,
    }
    row = {
        "id": d.fresh("receipt"),
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "purpose": purpose,
        "fen": amount(d),
        "moved_fen": moved_fen,
        "unit_id": unit.id,
        "unit_code": unit.code,
        "method": method,
        "source_of_funds": d.text("source_of_funds").strip(),
        "cheque_no": d.text("cheque_no").strip() if by_cheque else "",
        "cheque_fen": d.number("cheque_amount") if by_cheque else None,
        "reference": d.text("reference").strip(),
        "note": d.text("note").strip(),
        "cleared": method in rules.AT_ONCE,
        "void": False,
    }
    says = Say("payments.will_receive", {"amount": shown(amount(d)), "method": METHODS[method]})
    return Add(receipts, {**row, **_payer_columns(d), **collected}, says=says)


def _handed_in(d: Dossier) -> datetime | None:
    """What finance collects is with finance; everybody else owes it until handed in."""
    return d.now if "finance" in d.actor.roles else None


def _payer_columns(d: Dossier) -> dict[str, str]:
    given = payer(d)
    kind = str(given.get("document_kind") or "id_card")
    today = d.now.astimezone(PROJECT_ZONE).date()
    number = identity.document(cast(identity.DocumentKind, kind), str(given.get("document")), today)
    return {"payer": str(given.get("name")).strip(), "payer_document_kind": kind, "payer_document": number}


def amount(d: Dossier) -> int:
    """The amount received, as the form gives it."""
    given = d.number("amount")
    assert given is not None  # receipt_complete has asked
    return given


# ---- money moves
@shelf.effect(STANDING, RECEIPTS)
def fee_back_to_hold(d: Dossier) -> Iterator[Change]:
    """The hold fee that was moved into the deposit is on hold again."""
    yield from post(d, "transfer", rules.moved(hold_fee(d, DEPOSIT), d.case.id, HOLD), says="payments.will_move_to_hold")


@shelf.effect(STANDING, RECEIPTS, opens=(("refund", "open_approved"),))
def fee_to_refund(d: Dossier) -> Iterator[Change]:
    """The hold fee, wherever it stands on the deal, goes to a refund case in full (R-HLD-04)."""
    yield from _to_refund(d, hold_fee(d), _why(d))


def _why(d: Dossier) -> str:
    if d.case.state == "deposit_part":
        return UNDONE
    return EXPIRED if "clock" in d.actor.roles else GIVEN_UP + d.text("reason").strip()


def _to_refund(d: Dossier, fee: tuple[Money, ...], why: str) -> Iterator[Change]:
    """One refund for each receipt, since each goes back to its own payer. The refund's first step posts the other side."""
    yield from post(d, "refund", rules.taken_out(fee), says="payments.will_refund")
    for count, source in enumerate(r for r in d[RECEIPTS] if any(m.receipt == r.id for m in fee)):
        money = [m for m in fee if m.receipt == source.id]
        name = "refund" if not count else f"refund_{count + 1}"
        yield Open(
            "refund",
            name,
            "open_approved",
            {"deal": d.case.id, "unit": source.unit_id},
            _refund_answers(source, money, why),
            linked=not count,
        )


def _refund_answers(source: Receipt, money: list[Money], why: str) -> dict[str, object]:
    waiting = rules.total(m for m in money if m.uncleared)
    return {
        "purpose": source.purpose,
        "fen": rules.total(money),
        "uncleared": waiting,
        "payer": source.payer,
        "payer_document_kind": source.payer_document_kind,
        "payer_document": source.payer_document,
        "unit_code": source.unit_code,
        "receipt": source.id,
        "reason": why,
    }


# ---- the rest of the deposit may come later
@shelf.effect()
def extend_top_up(d: Dossier) -> Iterator[Change]:
    """The manager gives more time for the rest of the deposit (C-43)."""
    until = new_due(d)
    assert until is not None  # new_due_given has asked
    yield Deadline("top_up", until)


# ---- lines
def post(
    d: Dossier, kind: str, lines: Iterable[Money], *, says: str = "", reason: str = "", deal: int | None = None
) -> Iterator[Add]:
    """Ledger lines of this step. The first one says in the preview what they amount to."""
    lines = tuple(lines)
    told = shown(abs(rules.total(lines)) or rules.total(m for m in lines if m.fen > 0))
    for place, line in enumerate(lines):
        row = {
            "id": d.fresh(f"ledger/{kind}/{place}"),
            "case_id": line.case,
            "deal_id": d.case.id if deal is None else deal,
            "posted_by": d.case.id,
            "seq": d.case.seq + 1,
            "account": line.account,
            "kind": kind,
            "fen": line.fen,
            "receipt_id": line.receipt,
            "reason": reason,
            "at": d.now,
        }
        yield Add(ledger, row, says=Say(says, {"amount": told}) if says and not place else None)
