"""Deals: found, shown, moved. Clients of others come masked; their tracking records not at all (R-ROLE-13)."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from dealflow.api.door import (
    After,
    Caller,
    CaseId,
    EventName,
    House,
    Keyed,
    Limit,
    SignedIn,
    cursor_of,
    place_after,
    sight_of,
    tag,
)
from dealflow.api.schemas import STEP, Done, Preview, Ref, Words, Yuan, problems, yuan, yuan_or_none
from dealflow.api.steps import StepAsked, Steps, Take, previewed, steps_of, taken
from dealflow.bootstrap import Dealflow
from dealflow.casework import story
from dealflow.casework.command import CaseRef
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries
from dealflow.features.deals.queries import BuyerRow, DealDetail, DealRow, OwnershipRow, PlanRow, Reader
from dealflow.features.deals.service import TakeStep
from dealflow.features.followup import queries as followup
from dealflow.features.staff import rules as staff
from dealflow.features.staff.texts import refusal
from dealflow.kernel.errors import Forbidden, NotFound
from dealflow.kernel.identity import mask_id, mask_phone

router = APIRouter(prefix="/deals", tags=["deals"])
StateName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]


class DealListed(BaseModel):
    """A deal in a list. `whole`: the client is the reader's to see."""

    id: int
    state: str
    version: int
    client: str
    phone: str
    owner: Ref | None
    unit: str | None
    moved_at: datetime
    due_at: datetime | None
    whole: bool


class DealPage(BaseModel):
    """A page of deals, last moved first; `next` goes into `after`."""

    deals: list[DealListed]
    next: str | None


class Buyer(BaseModel):
    """A buyer in contract order. `share_ppm` are millionths of the property."""

    position: int
    kind: str
    name: str
    document_kind: str
    document: str
    phone: str
    address: str
    share_ppm: int


class PlanLine(BaseModel):
    """A line of the payment plan."""

    position: int
    label: str
    amount: Yuan
    due_on: date | None
    by_loan: bool


class OwnerChange(BaseModel):
    """A change of owner with its reason and rule (R-OWN-22)."""

    before: str | None
    after: str | None
    reason: str
    rule: str
    decided_by: str
    at: datetime


class Deal(BaseModel):
    """A deal as it stands."""

    id: int
    state: str
    version: int
    client: str
    phone: str
    owner: Ref | None
    unit: Ref | None
    confirmed_at: datetime
    visited: bool
    channel: str
    earlier_deal: int | None
    price: Yuan | None
    plan: str | None
    agreed_deposit: Yuan | None
    loan: Yuan | None
    loan_months: int | None
    bank: str | None
    lost_reason: str | None
    lost_text: str | None
    commission_since: datetime | None
    subscribed_at: datetime | None
    whole: bool
    buyers: list[Buyer]
    lines: list[PlanLine]
    owners: list[OwnerChange]


class EventOut(BaseModel):
    """A step that was taken."""

    seq: int
    event: str
    label: Words
    by: Words
    at: datetime
    entered_at: datetime
    before: str
    after: str


class FollowUp(BaseModel):
    """A recorded contact."""

    id: int
    seq: int
    at: datetime
    by: str
    method: str
    kind: str
    content: str
    result: str
    next_at: datetime | None
    corrects: int | None


class Listed(BaseModel):
    """What happened to a deal, in its order."""

    events: list[EventOut]


class FollowUps(BaseModel):
    """The contacts of a deal, newest first; `next` goes into `before`."""

    follow_ups: list[FollowUp]
    next: int | None


@router.get("", responses=problems())
def find(
    dealflow: House,
    caller: SignedIn,
    q: Annotated[str, Query(max_length=60, pattern=r"^[^\x00-\x1f]*$", description="Name, end of a phone, or a room.")] = "",
    state: Annotated[list[StateName], Query(max_length=20)] = [],  # noqa: B006  # FastAPI copies it
    owner: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    after: After = "",
    limit: Limit = 50,
) -> DealPage:
    """Deals, last moved first. By name or phone everybody finds only clients that he may see."""
    with dealflow.reading() as uow:
        sight = sight_of(uow, caller.actor)
        reader = Reader(caller.actor.id, all=sight(None, 0) != "masked")
        found = queries.search(
            uow.connection, uow.project_id, reader, words=q, owner=owner, states=state, after=place_after(after), limit=limit + 1
        )
    rows, more = found[:limit], len(found) > limit
    last = cursor_of(rows[-1].moved_at, rows[-1].id) if more else None
    return DealPage(deals=[_listed(row, sight(row.owner_id, row.id)) for row in rows], next=last)


def _listed(row: DealRow, seen: staff.Sight) -> DealListed:
    return DealListed(
        id=row.id,
        state=row.state,
        version=row.version,
        client=row.client,
        phone=row.phone if seen == "whole" else mask_phone(row.phone),
        owner=Ref(id=row.owner_id, name=row.owner) if row.owner_id else None,
        unit=row.unit or None,
        moved_at=row.moved_at,
        due_at=row.due_at,
        whole=seen == "whole" and row.whole,
    )


def seen_deal(uow: UnitOfWork, caller: Caller, deal: int) -> tuple[DealDetail, staff.Sight]:
    """A deal as this person sees it. Raises NotFound."""
    found = queries.one(uow.connection, uow.project_id, deal, Reader(caller.actor.id, all=True))
    if found is None:
        raise NotFound("deal", deal)
    seen = sight_of(uow, caller.actor)(found.owner_id, deal)
    if seen == "masked":
        found = queries.one(uow.connection, uow.project_id, deal, Reader(0)) or found
    return found, seen


@router.get("/{deal}", responses=problems(404))
def show(dealflow: House, caller: SignedIn, deal: CaseId, response: Response) -> Deal:
    """A deal. `ETag` is its version."""
    with dealflow.reading() as uow:
        found, seen = seen_deal(uow, caller, deal)
    tag(response, found.version)
    return _deal(found, seen)


def _deal(d: DealDetail, seen: staff.Sight) -> Deal:
    return Deal(
        id=d.id,
        state=d.state,
        version=d.version,
        client=d.client,
        phone=d.phone if seen == "whole" else mask_phone(d.phone),
        owner=Ref(id=d.owner_id, name=d.owner) if d.owner_id else None,
        unit=Ref(id=d.unit_id, name=d.unit) if d.unit_id else None,
        confirmed_at=d.confirmed_at,
        visited=d.visited,
        channel=d.channel,
        earlier_deal=d.earlier_deal,
        price=yuan_or_none(d.price_fen),
        plan=d.plan,
        agreed_deposit=yuan_or_none(d.agreed_deposit_fen),
        loan=yuan_or_none(d.loan_fen),
        loan_months=d.loan_months,
        bank=d.bank,
        lost_reason=d.lost_reason,
        lost_text=d.lost_text if seen == "whole" else None,
        commission_since=d.commission_since,
        subscribed_at=d.subscribed_at,
        whole=seen == "whole",
        buyers=[_buyer(row, seen) for row in d.buyers],
        lines=[_line(row) for row in d.lines],
        owners=[_change(row) for row in d.owners],
    )


def _buyer(row: BuyerRow, seen: staff.Sight) -> Buyer:
    whole = seen == "whole"
    return Buyer(
        position=row.position,
        kind=row.kind,
        name=row.name,
        document_kind=row.document_kind,
        document=row.document if whole else mask_id(row.document),
        phone=row.phone if whole else mask_phone(row.phone),
        address=row.address if whole else "",
        share_ppm=row.share_ppm,
    )


def _line(row: PlanRow) -> PlanLine:
    return PlanLine(position=row.position, label=row.label, amount=yuan(row.amount_fen), due_on=row.due_on, by_loan=row.by_loan)


def _change(row: OwnershipRow) -> OwnerChange:
    return OwnerChange(
        before=row.from_ or None, after=row.to or None, reason=row.reason, rule=row.rule, decided_by=row.decided_by, at=row.at
    )


@router.get("/{deal}/events", responses=problems(404))
def events(dealflow: House, caller: SignedIn, deal: CaseId) -> Listed:
    """What happened, in its order. Personal values stand in no event."""
    with dealflow.reading() as uow:
        seen_deal(uow, caller, deal)
        found = story.events_of(uow.connection, uow.house, deal)
    return Listed(events=[_event(one) for one in found])


def _event(one: story.Event) -> EventOut:
    return EventOut(
        seq=one.seq,
        event=one.event,
        label=Words.of(one.label),
        by=Words.of(one.by),
        at=one.at,
        entered_at=one.entered_at,
        before=one.source,
        after=one.target,
    )


@router.get("/{deal}/follow-ups", responses=problems(403, 404))
def follow_ups(
    dealflow: House,
    caller: SignedIn,
    deal: CaseId,
    before: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before.")] = None,
    limit: Limit = 50,
) -> FollowUps:
    """The tracking records: the owner's, and those who answer for him. Nobody else opens them (R-ROLE-13)."""
    with dealflow.reading() as uow:
        _, seen = seen_deal(uow, caller, deal)
        if seen != "whole":
            raise Forbidden([refusal("staff.tracking_of_another")])
        found = followup.of_deal(uow.connection, deal, before=before, limit=limit + 1)
    rows = found[:limit]
    told = [FollowUp(**{name: getattr(row, name) for name in FollowUp.model_fields}) for row in rows]
    return FollowUps(follow_ups=told, next=rows[-1].seq if len(found) > limit else None)


@router.get("/{deal}/steps", responses=problems(404))
def steps(dealflow: House, caller: SignedIn, deal: CaseId, response: Response) -> Steps:
    """Which steps are open and, for closed ones, every reason with its way out."""
    return steps_of(dealflow, caller, CaseRef("deal", deal), response)


def _taking(dealflow: Dealflow, deal: int, event: str, asked: StepAsked) -> Take:
    page, step = dealflow.book["deals.take_step"], TakeStep(deal=deal, event=event, answers=asked.answers)
    return lambda uow, command: page.carry_out(uow, command, step)


@router.post("/{deal}/steps/{event}/preview", responses=problems(*STEP))
def preview(dealflow: House, caller: SignedIn, deal: CaseId, event: EventName, asked: StepAsked) -> Preview:
    """What the step would do. One with a form of its own is previewed at its use case."""
    return previewed(dealflow, caller, _taking(dealflow, deal, event, asked))


@router.post("/{deal}/steps/{event}", responses=problems(*STEP))
def take(
    dealflow: House, caller: SignedIn, keyed: Keyed, deal: CaseId, event: EventName, asked: StepAsked, response: Response
) -> Done:
    """Take a step. One with a form of its own is refused and names its use case."""
    return taken(dealflow, keyed.command(caller.actor), _taking(dealflow, deal, event, asked), response)
