"""Guards and effects of a fee receipt that exists: confirmed by the bank, void, or its money given back."""

from collections.abc import Iterator

from dealflow.casework.changes import Change, Done, Put, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.documents import papers
from dealflow.db.tables.movein import fee_receipts, fee_returns
from dealflow.features.movein import rules
from dealflow.features.movein.parts.handover import FEE_RECEIPTS, FeeReceipt
from dealflow.features.movein.shelf.board import shelf, shown
from dealflow.kernel.errors import Unmet


@shelf.guard(FEE_RECEIPTS)
def fees_unconfirmed(d: Dossier) -> Iterator[Unmet]:
    """The bank has still to confirm this receipt; with none named, any receipt of the handover."""
    if d.number("receipt") is None and all(r.cleared or r.void or r.returned for r in d[FEE_RECEIPTS]):
        yield Unmet("movein.nothing_unconfirmed")
    yield from _stands(d)
    if any(r.cleared for r in _named(d)):
        yield Unmet("movein.receipt_cleared")


@shelf.guard(FEE_RECEIPTS)
def fees_stand(d: Dossier) -> Iterator[Unmet]:
    """The receipt is neither void nor given back; with none named, any receipt of the handover stands."""
    if d.number("receipt") is None and all(r.void or r.returned for r in d[FEE_RECEIPTS]):
        yield Unmet("movein.no_receipt")
    yield from _stands(d)


def _named(d: Dossier) -> list[FeeReceipt]:
    return [r for r in d[FEE_RECEIPTS] if r.id == d.number("receipt")]


def _stands(d: Dossier) -> Iterator[Unmet]:
    named = _named(d)
    if d.number("receipt") is not None and not named:
        yield Unmet("movein.receipt_unknown")
    if any(r.void or r.returned for r in named):
        yield Unmet("movein.receipt_gone")


@shelf.guard()
def return_told(d: Dossier) -> Iterator[Unmet]:
    """How the fees are given back, and to whom."""
    if d.text("method") not in rules.METHODS or not d.text("received_by").strip():
        yield Unmet("movein.return_incomplete")


@shelf.effect(FEE_RECEIPTS)
def clear_fees(d: Dossier) -> Iterator[Change]:
    """The money is on the account."""
    for r in _named(d):
        yield Set(fee_receipts, {"id": r.id}, {"cleared": True}, {"cleared": False}, otherwise=Say("movein.changed_now"))


@shelf.effect(FEE_RECEIPTS, then=(("fee_paper", "void"),))
def void_fees(d: Dossier) -> Iterator[Change]:
    """A wrong receipt becomes void with its paper; its number is kept, another is issued."""
    for r in _named(d):
        said = Say("movein.will_void", {"amount": shown(r.fen)})
        yield Set(fee_receipts, {"id": r.id}, {"void": True}, {"void": False}, otherwise=Say("movein.changed_now"), says=said)
        paper = {"voided_at": d.now, "void_reason": d.text("reason").strip()}
        yield Set(papers, {"id": d.links["fee_paper"]}, paper, {"voided_at": None}, otherwise=Say("movein.changed_now"))
        yield Then("fee_paper", "void")


@shelf.effect(FEE_RECEIPTS)
def return_fees(d: Dossier) -> Iterator[Change]:
    """After a withdrawn notice the property team gives the fees back."""
    named = _named(d)
    for r in named:
        said = Say("movein.will_return", {"amount": shown(r.fen)})
        yield Set(
            fee_receipts, {"id": r.id}, {"returned": True}, {"returned": False}, otherwise=Say("movein.changed_now"), says=said
        )
        row = {"receipt_id": r.id, "case_id": d.case.id, "received_by": d.text("received_by").strip(), "method": d.text("method")}
        yield Put(fee_returns, {**row, "account": d.text("account").strip(), "by_id": d.actor.id, "at": d.now})
    if not [r for r in d[FEE_RECEIPTS] if not (r.void or r.returned or r in named)]:
        yield Done("give_fees_back")
