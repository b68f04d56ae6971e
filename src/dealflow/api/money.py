"""The money of a deal, and refunds on their way back. Payers of other people's clients come masked."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel

from dealflow.api.deals import seen_deal
from dealflow.api.door import After, CaseId, EventName, House, Keyed, Limit, SignedIn, cursor_of, place_after, sight_of
from dealflow.api.schemas import STEP, Done, Preview, Yuan, problems, yuan
from dealflow.api.steps import StepAsked, Steps, Take, previewed, steps_of, taken
from dealflow.casework.advance import advance
from dealflow.casework.command import CaseRef
from dealflow.features.deals.service import typed
from dealflow.features.payments import queries
from dealflow.features.payments.queries import LedgerLine, ReceiptLine, RefundLine
from dealflow.features.staff.rules import Sight
from dealflow.kernel.identity import mask_name

of_deals = APIRouter(prefix="/deals", tags=["deals"])
router = APIRouter(prefix="/refunds", tags=["refunds"])


class Balance(BaseModel):
    """What stands on the deal. `refunding` lies on refunds that are not paid yet."""

    hold: Yuan
    hold_uncleared: Yuan
    deposit: Yuan
    deposit_uncleared: Yuan
    refunding: Yuan
    price_deposit: Yuan
    price_deposit_uncleared: Yuan
    price: Yuan
    price_uncleared: Yuan
    prepayment: Yuan
    prepayment_uncleared: Yuan


class LedgerOut(BaseModel):
    """A line of the ledger; `amount` is what it adds to the account."""

    id: int
    case: int
    account: str
    kind: str
    amount: Yuan
    receipt: int
    number: str | None
    reason: str
    at: datetime


class Receipt(BaseModel):
    """A receipt. `credited` is hold fee that stands beside the cash of a deposit."""

    id: int
    number: str | None
    paper: int | None
    purpose: str
    amount: Yuan
    credited: Yuan
    unit: str
    method: str
    payer: str
    collector: str
    paid_at: datetime
    cleared: bool
    void: bool
    replaces: int | None
    handed_in_at: datetime | None


class Refund(BaseModel):
    """A refund. `due_at` is when it must be paid, while it waits."""

    id: int
    deal: int
    state: str
    purpose: str
    amount: Yuan
    payer: str
    unit: str
    reason: str
    opened_at: datetime
    due_at: datetime | None
    paid_at: datetime | None


class Money(BaseModel):
    """All money of a deal."""

    balance: Balance
    ledger: list[LedgerOut]
    receipts: list[Receipt]
    refunds: list[Refund]


class RefundPage(BaseModel):
    """Refunds that wait to be paid, the oldest first; `next` goes into `after`."""

    refunds: list[Refund]
    next: str | None


@of_deals.get("/{deal}/money", responses=problems(404))
def money(dealflow: House, caller: SignedIn, deal: CaseId) -> Money:
    """Balance, ledger, receipts and refunds of a deal."""
    with dealflow.reading() as uow:
        _, seen = seen_deal(uow, caller, deal)
        balance = queries.balance_of(uow.connection, deal)
        lines = queries.ledger_of(uow.connection, deal)
        receipts = queries.receipts_of(uow.connection, deal)
        refunds = queries.refunds_of(uow.connection, deal)
    return Money(
        balance=Balance(**{name: yuan(getattr(balance, name)) for name in Balance.model_fields}),
        ledger=[_ledger(line) for line in lines],
        receipts=[_receipt(line, seen) for line in receipts],
        refunds=[_refund(line, seen) for line in refunds],
    )


def _ledger(line: LedgerLine) -> LedgerOut:
    return LedgerOut(
        id=line.id,
        case=line.case_id,
        account=line.account,
        kind=line.kind,
        amount=yuan(line.fen),
        receipt=line.receipt_id,
        number=line.number or None,
        reason=line.reason,
        at=line.at,
    )


def _receipt(line: ReceiptLine, seen: Sight) -> Receipt:
    return Receipt(
        id=line.id,
        number=line.number or None,
        paper=line.paper_id or None,
        purpose=line.purpose,
        amount=yuan(line.fen),
        credited=yuan(line.moved_fen),
        unit=line.unit_code,
        method=line.method,
        payer=_payer(line.payer, seen),
        collector=line.collector,
        paid_at=line.paid_at,
        cleared=line.cleared,
        void=line.void,
        replaces=line.replaces,
        handed_in_at=line.handed_in_at,
    )


def _refund(line: RefundLine, seen: Sight) -> Refund:
    return Refund(
        id=line.id,
        deal=line.deal_id,
        state=line.state,
        purpose=line.purpose,
        amount=yuan(line.fen),
        payer=_payer(line.payer, seen),
        unit=line.unit_code,
        reason=line.reason,
        opened_at=line.opened_at,
        due_at=line.due_at,
        paid_at=line.paid_at,
    )


def _payer(name: str, seen: Sight) -> str:
    return mask_name(name) if seen == "masked" else name


@router.get("", responses=problems())
def waiting(dealflow: House, caller: SignedIn, after: After = "", limit: Limit = 50) -> RefundPage:
    """Refunds that wait to be paid, the oldest first."""
    with dealflow.reading() as uow:
        place = place_after(after) or queries.FIRST
        found = queries.open_refunds(uow.connection, uow.project_id, place, limit + 1)
        seen = sight_of(uow, caller.actor)
        told = [_refund(line, seen(None, line.deal_id)) for line in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return RefundPage(refunds=told, next=cursor_of(last.opened_at, last.id) if last else None)


@router.get("/{refund}", responses=problems(404))
def show(dealflow: House, caller: SignedIn, refund: CaseId) -> Refund:
    """A refund."""
    with dealflow.reading() as uow:
        found = queries.refund_of(uow.connection, refund)
        _, seen = seen_deal(uow, caller, found.deal_id)
    return _refund(found, seen)


@router.get("/{refund}/steps", responses=problems(404))
def steps(dealflow: House, caller: SignedIn, refund: CaseId, response: Response) -> Steps:
    """Which steps are open and, for closed ones, every reason with its way out."""
    return steps_of(dealflow, caller, CaseRef("refund", refund), response)


def _taking(refund: int, event: str, asked: StepAsked) -> Take:
    case = CaseRef("refund", refund)
    return lambda uow, command: advance(uow, command, case, event, typed(asked.answers))


@router.post("/{refund}/steps/{event}/preview", responses=problems(*STEP))
def preview(dealflow: House, caller: SignedIn, refund: CaseId, event: EventName, asked: StepAsked) -> Preview:
    """What the step would do."""
    return previewed(dealflow, caller, _taking(refund, event, asked))


@router.post("/{refund}/steps/{event}", responses=problems(*STEP))
def take(
    dealflow: House, caller: SignedIn, keyed: Keyed, refund: CaseId, event: EventName, asked: StepAsked, response: Response
) -> Done:
    """Take a step. One with a form of its own is refused and names its use case."""
    return taken(dealflow, keyed.command(caller.actor), _taking(refund, event, asked), response)
