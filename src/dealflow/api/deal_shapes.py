"""What the API shows of a deal: its shapes, and how much of them somebody sees. Used by the routes of deals."""

from datetime import date, datetime

from pydantic import BaseModel

from dealflow.api.schemas import Ref, Words, Yuan, yuan, yuan_or_none
from dealflow.casework import story
from dealflow.features.deals.queries import BuyerRow, DealDetail, DealRow, OwnershipRow, PlanRow
from dealflow.features.staff import rules as staff
from dealflow.kernel.identity import mask_id, mask_phone


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


def listed(row: DealRow, seen: staff.Sight) -> DealListed:
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


def whole_deal(d: DealDetail, seen: staff.Sight) -> Deal:
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


def event_of(one: story.Event) -> EventOut:
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
