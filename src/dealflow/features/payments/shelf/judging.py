"""Guards and conditions about the money of the case: what stands on it, what may leave, who may collect."""

from collections.abc import Iterator

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import rules
from dealflow.features.payments.parts import (
    AGREED,
    BUYERS,
    PAPER_OF,
    RECEIPT_PAPERS,
    RECEIPTS,
    REFUND,
    REFUND_CASE,
    STANDING,
    Receipt,
)
from dealflow.features.payments.rules import DEPOSIT, DEPOSITS, HOLD, PREPAYMENT, PRICE
from dealflow.features.payments.shelf.board import (
    agreed,
    credits_fee,
    fee_to_move,
    hold_fee,
    local,
    money_here,
    money_of,
    open_refund_of,
    paid_in,
    payer,
    receipt,
    shelf,
    shown,
)
from dealflow.kernel.errors import Unmet


@shelf.relation(policy=("deposit.collectors",))
def may_collect(d: Dossier) -> bool:
    """Finance always; the manager and whom he designated, unless the project lets finance alone collect (R-DEP-04, C-16)."""
    if "finance" in d.actor.roles:
        return True
    wider = d.policy["deposit.collectors"] == "finance_manager_designated"
    return wider and ("sales_manager" in d.actor.roles or "designated_collector" in d.actor.grants)


@shelf.guard(STANDING)
def no_money(d: Dossier) -> Iterator[Unmet]:
    """No money stands on the deal. What lies on a refund is no longer the deal's."""
    there = rules.total(money_here(d))
    if there:
        yield Unmet("payments.money_there", {"amount": shown(there)})


@shelf.guard(STANDING, policy=("hold.early_release",))
def early_release_allowed(d: Dossier) -> Iterator[Unmet]:
    """A hold may be given up before its end, unless the project says otherwise (C-19)."""
    hold = d.clocks.get("hold")
    if not d.policy["hold.early_release"] and (hold is None or d.now <= hold.due_at):
        fee = rules.total(money_here(d, HOLD))
        yield Unmet("payments.hold_not_over", {"amount": shown(fee), "until": local(hold.due_at) if hold else "—"})


# ---- the deposit and the hold fee, as the ledger shows them
@shelf.guard(STANDING, AGREED)
def deposit_covered(d: Dossier) -> Iterator[Unmet]:
    """The confirmed deposit reaches the agreed one."""
    if not _covered(d):
        there, due = money_here(d, *DEPOSITS), agreed(d) or 0
        waiting = rules.total(m for m in there if m.uncleared)
        paid = rules.total(there) - waiting
        missing = rules.missing(due, paid)
        yield Unmet(
            "payments.deposit_short",
            {"paid": shown(paid), "agreed": shown(due), "missing": shown(missing), "uncleared": shown(waiting)},
        )


@shelf.guard(STANDING, AGREED)
def deposit_not_covered(d: Dossier) -> Iterator[Unmet]:
    """The confirmed deposit falls short of the agreed one."""
    if _covered(d):
        yield Unmet("payments.deposit_enough", {"paid": shown(_confirmed(d)), "agreed": shown(agreed(d) or 0)})


@shelf.fact(STANDING, AGREED, truth=True)
def deposit_whole(d: Dossier) -> bool:
    """The confirmed deposit reaches the agreed one: an agreement that is void can be written anew."""
    return _covered(d)


def _confirmed(d: Dossier) -> int:
    return rules.confirmed(money_here(d, *DEPOSITS))


def _covered(d: Dossier) -> bool:
    due = agreed(d)
    return due is not None and _confirmed(d) >= due


@shelf.guard(STANDING, RECEIPTS)
def no_deposit_left(d: Dossier) -> Iterator[Unmet]:
    """Nothing that came in as deposit is left, nor price money of a slip made void; a hold fee moved into it does not count."""
    left = paid_in(d) - rules.total(hold_fee(d, *DEPOSITS)) + rules.total(money_here(d, PRICE, PREPAYMENT))
    if left > 0:
        yield Unmet("payments.deposit_there", {"amount": shown(left)})


@shelf.guard(STANDING)
def no_hold_left(d: Dossier) -> Iterator[Unmet]:
    """No hold fee is left on hold, confirmed or not."""
    left = rules.total(money_here(d, HOLD))
    if left > 0:
        yield Unmet("payments.hold_fee_there", {"amount": shown(left)})


@shelf.fact(STANDING, RECEIPTS, REFUND, truth=True)
def hold_runs_on(d: Dossier) -> bool:
    """A hold fee was moved into the deposit and the hold's former due moment is not past; the moment itself is in time (C-20).

    A fee that came back from a refund brings no hold back: that hold had been given up."""
    given_up = {r.receipt_id for r in d[REFUND]}
    hold = d.clocks.get("hold")
    return hold is not None and hold.due_at >= d.now and any(m.receipt not in given_up for m in hold_fee(d, DEPOSIT))


@shelf.fact(STANDING, RECEIPTS, AGREED, REFUND_CASE, policy=("hold.on_conversion",), truth=True)
def completes_deposit(d: Dossier) -> bool:
    """This receipt, confirmed or not, with all that is paid or moves along, reaches the agreed deposit."""
    amount, due = d.number("amount"), agreed(d)
    if amount is None or due is None:
        return False
    moves = rules.total(fee_to_move(d)) if credits_fee(d) else 0
    return paid_in(d) + moves + amount >= due


@shelf.guard(BUYERS)
def other_payer_noted(d: Dossier) -> Iterator[Unmet]:
    """Somebody who is no buyer may pay; then the receipt says for whom and why."""
    name = str(payer(d).get("name") or "").strip()
    buyers = [b.name for b in d[BUYERS]]
    if name and buyers and name not in buyers and not d.text("note").strip():
        yield Unmet("payments.other_payer_unnoted", {"buyers": "、".join(buyers)})


# ---- receipts
@shelf.fact(RECEIPTS, truth=True)
def corrects_hold_fee(d: Dossier) -> bool:
    """The receipt to be corrected is one for a hold fee; with none named, the deal has no other that stands."""
    if d.number("receipt") is None:
        return {r.purpose for r in d[RECEIPTS] if not r.void} == {"hold_fee"}
    wrong = receipt(d, d.number("receipt"))
    return wrong is not None and wrong.purpose == "hold_fee"


@shelf.guard(RECEIPTS)
def receipt_uncleared(d: Dossier) -> Iterator[Unmet]:
    """The receipt awaits the bank's confirmation; with none named, any receipt of the deal does."""
    if d.number("receipt") is None:
        if not any(not r.cleared and not r.void for r in d[RECEIPTS]):
            yield Unmet("payments.nothing_uncleared")
        return
    named = receipt(d, d.number("receipt"))
    if named is None:
        yield Unmet("payments.receipt_unknown")
    elif named.void:
        yield Unmet("payments.receipt_void")
    elif named.cleared:
        yield Unmet("payments.receipt_cleared")


@shelf.guard(RECEIPTS, STANDING, REFUND_CASE, RECEIPT_PAPERS)
def receipt_stands(d: Dossier) -> Iterator[Unmet]:
    """The receipt is not void and its money is where it can be taken back; with none named, any receipt of the deal stands."""
    if d.number("receipt") is None:
        if all(r.void for r in d[RECEIPTS]):
            yield Unmet("payments.no_receipt")
        return
    named = receipt(d, d.number("receipt"))
    if named is None:
        yield Unmet("payments.receipt_unknown")
    elif named.void:
        yield Unmet("payments.receipt_void")
    else:
        yield from _money_reachable(d, named)
        yield from _own_paper(d, named)


def _money_reachable(d: Dossier, named: Receipt) -> Iterator[Unmet]:
    """On the deal, or on a refund not yet paid. A correction puts new money in its place, so there it must be on the deal."""
    corrects = d.number("amount") is not None
    reach = {d.case.id} if corrects else {d.case.id, open_refund_of(d)}
    if rules.total(m for m in money_of(d) if m.receipt == named.id and m.case in reach) != named.fen:
        yield Unmet("payments.receipt_money_gone")


def _own_paper(d: Dossier, named: Receipt) -> Iterator[Unmet]:
    """The paper that becomes void is the one this receipt was issued on."""
    paper = next((p for p in d[RECEIPT_PAPERS] if p.id == d.links.get("receipt_paper")), None)
    if paper is None or (paper.seq, paper.kind) != (named.seq, PAPER_OF[named.purpose]):
        yield Unmet("payments.receipt_paper_differs")


# ---- refunds
@shelf.guard(STANDING, REFUND)
def refund_money_cleared(d: Dossier) -> Iterator[Unmet]:
    """The money to be paid back is there and confirmed, and it goes to the one who paid it."""
    refund = d.chosen(REFUND)
    there = money_here(d)
    waiting = rules.total(m for m in there if m.uncleared)
    if waiting:
        yield Unmet("payments.refund_uncleared", {"amount": shown(waiting)})
    if rules.total(there) < refund.fen:
        yield Unmet("payments.refund_not_there", {"there": shown(rules.total(there)), "due": shown(refund.fen)})
    receiver = d.text("received_by").strip()
    if receiver and receiver != refund.payer:
        yield Unmet("payments.refund_to_payer")
