"""Effects on receipts that stand: the bank confirms one, it is reversed, it is corrected. Whatever its money was for."""

from collections.abc import Iterator

from dealflow.casework.changes import Change, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import receipts
from dealflow.features.payments import rules
from dealflow.features.payments.parts import RECEIPT_PAPERS, RECEIPTS, REFUND_CASE, UNIT, Receipt
from dealflow.features.payments.rules import ACCOUNTS, DEPOSITS, DUE_ONLY, Money, charging
from dealflow.features.payments.shelf.board import charges_of, hold_fee, money_of, open_refund_of, receipt, shelf, today
from dealflow.features.payments.shelf.proposing import amount, new_receipt, post
from dealflow.features.payments.shelf.shortage import MARKS, marks


@shelf.effect(RECEIPTS, *MARKS)
def clear(d: Dossier) -> Iterator[Change]:
    """The bank shows the money of a receipt: it counts from now on, wherever it stands."""
    named = receipt(d, d.number("receipt"))
    if named is not None:
        lines = rules.cleared(_money_of(d, named))
        yield Set(receipts, {"id": named.id}, {"cleared": True}, {"cleared": False}, Say("payments.receipt_cleared"))
        yield from post(d, "clear", lines, says="payments.will_clear")
        yield from marks(d, lines)


@shelf.effect(RECEIPTS, REFUND_CASE, RECEIPT_PAPERS, *MARKS, then=(("receipt_paper", "void"), ("refund", "withdraw")))
def reverse(d: Dossier) -> Iterator[Change]:
    """The receipt is void and its money is posted out from where it stands. Its number stays."""
    named = receipt(d, d.number("receipt"))
    if named is not None:
        mine = _money_of(d, named)
        yield from _reversed(d, named)
        if any(m.case == open_refund_of(d) for m in mine):
            yield Then("refund", "withdraw")
        yield from marks(d, rules.taken_out(mine))


@shelf.effect(UNIT, RECEIPTS, *MARKS, then=(("receipt_paper", "void"),))
def correct(d: Dossier) -> Iterator[Change]:
    """The wrong receipt reversed and a right one in its place, in one step: the state stays whole, a fee moved stays moved."""
    wrong = receipt(d, d.number("receipt"))
    if wrong is not None:
        still_moved = min(wrong.moved_fen, rules.total(hold_fee(d, *DEPOSITS)))  # a fee reversed since is credited no longer
        lines = _instead(d, wrong)
        yield from _reversed(d, wrong)
        yield new_receipt(d, wrong.purpose, moved_fen=still_moved, instead_of=wrong)
        yield from post(d, "receipt", lines)
        yield from marks(d, (*rules.taken_out(_money_of(d, wrong)), *lines))


def _instead(d: Dossier, wrong: Receipt) -> tuple[Money, ...]:
    """The lines of the right money: where the wrong one stood; for the price as much as is due, the rest as prepayment."""
    mine, fresh, method = _money_of(d, wrong), d.fresh("receipt"), d.text("method")
    if wrong.purpose == "price":
        others = rules.total(m for m in money_of(d) if m.receipt != wrong.id and m.case == d.case.id and m.base in DUE_ONLY)
        room = charging.fallen_due(charges_of(d), today(d), d.case.state) - others
        return rules.received_for_price(d.case.id, fresh, amount(d), method, room)
    base = next((m.base for m in mine), ACCOUNTS[wrong.purpose])
    return rules.received(d.case.id, base, fresh, amount(d), method)


def _money_of(d: Dossier, named: Receipt) -> list[Money]:
    return [m for m in money_of(d) if m.receipt == named.id]


def _reversed(d: Dossier, named: Receipt) -> Iterator[Change]:
    reason = d.text("reason").strip()
    yield Set(receipts, {"id": named.id}, {"void": True}, {"void": False}, Say("payments.receipt_void"))
    yield from post(d, "reversal", rules.taken_out(_money_of(d, named)), says="payments.will_reverse", reason=reason)
    yield Then("receipt_paper", "void", {"reason": reason})
