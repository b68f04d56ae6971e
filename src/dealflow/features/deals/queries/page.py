"""All that the page of one deal shows beside its case: client, buyers, plan, owners."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from dealflow.db.tables.casework import cases
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import buyers, deals, ownership, plan_lines
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import units
from dealflow.features.deals.queries.reader import JOINED, Reader
from dealflow.kernel.identity import mask_id, mask_name, mask_phone

_PLAIN = (
    "id",
    "client_id",
    "owner_id",
    "confirmed_at",
    "visited",
    "channel",
    "earlier_deal",
    "price_fen",
    "plan",
    "agreed_deposit_fen",
    "loan_fen",
    "loan_months",
    "bank",
    "lost_reason",
    "lost_text",
    "commission_since",
    "subscribed_at",
)


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A buyer, his numbers masked unless the reader may see them."""

    position: int
    kind: str
    name: str
    document_kind: str
    document: str
    phone: str
    address: str
    share_ppm: int


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the payment plan."""

    position: int
    label: str
    amount_fen: int
    due_on: date | None
    by_loan: bool


@dataclass(frozen=True, slots=True)
class OwnershipRow:
    """A change of owner: from, to, reason, rule, decider, time (R-OWN-22)."""

    from_: str
    to: str
    reason: str
    rule: str
    decided_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DealDetail:
    """All that the page of a deal shows beside its case."""

    id: int
    state: str
    version: int
    client_id: int
    client: str
    phone: str
    owner_id: int | None
    owner: str
    unit_id: int | None
    unit: str
    confirmed_at: datetime
    visited: bool
    channel: str
    earlier_deal: int | None
    price_fen: int | None
    plan: str | None
    agreed_deposit_fen: int | None
    loan_fen: int | None
    loan_months: int | None
    bank: str | None
    lost_reason: str | None
    lost_text: str | None
    commission_since: datetime | None
    subscribed_at: datetime | None
    whole: bool
    buyers: tuple[BuyerRow, ...] = ()
    lines: tuple[PlanRow, ...] = ()
    owners: tuple[OwnershipRow, ...] = ()


def one(connection: sa.Connection, project_id: int, deal_id: int, reader: Reader) -> DealDetail | None:
    """A deal with buyers, plan and owners; None when the project has no such deal."""
    plain = [deals.c[name] for name in _PLAIN]
    named = (
        cases.c.state,
        cases.c.version,
        clients.c.name.label("client"),
        clients.c.phone,
        people.c.name.label("owner"),
        units.c.id.label("linked"),
        units.c.code,
    )
    wanted = sa.select(*plain, *named).select_from(JOINED).where(deals.c.id == deal_id, deals.c.project_id == project_id)
    found = connection.execute(wanted).mappings().first()
    if found is None:
        return None
    whole = reader.sees(found["owner_id"])
    return DealDetail(
        **{name: found[name] for name in _PLAIN},
        state=found["state"],
        version=found["version"],
        client=found["client"] if whole else mask_name(found["client"]),
        phone=found["phone"] if whole else mask_phone(found["phone"]),
        owner=found["owner"] or "",
        unit_id=found["linked"],
        unit=found["code"] or "",
        whole=whole,
        buyers=_buyers(connection, deal_id, whole=whole),
        lines=_lines(connection, deal_id),
        owners=_owners(connection, deal_id),
    )


def _buyers(connection: sa.Connection, deal_id: int, *, whole: bool) -> tuple[BuyerRow, ...]:
    columns = [buyers.c[name] for name in BuyerRow.__dataclass_fields__]
    found = connection.execute(sa.select(*columns).where(buyers.c.case_id == deal_id).order_by(buyers.c.position))
    rows = (BuyerRow(*row) for row in found)
    return tuple(row if whole else _masked(row) for row in rows)


def _masked(row: BuyerRow) -> BuyerRow:
    name, document, phone = mask_name(row.name), mask_id(row.document), mask_phone(row.phone)
    return BuyerRow(row.position, row.kind, name, row.document_kind, document, phone, "", row.share_ppm)


def _lines(connection: sa.Connection, deal_id: int) -> tuple[PlanRow, ...]:
    columns = [plan_lines.c[name] for name in PlanRow.__dataclass_fields__]
    found = connection.execute(sa.select(*columns).where(plan_lines.c.case_id == deal_id).order_by(plan_lines.c.position))
    return tuple(PlanRow(*row) for row in found)


def _owners(connection: sa.Connection, deal_id: int) -> tuple[OwnershipRow, ...]:
    before, after, decider = people.alias("before"), people.alias("after"), people.alias("decider")
    joined = (
        ownership.outerjoin(before, before.c.id == ownership.c.from_id)
        .outerjoin(after, after.c.id == ownership.c.to_id)
        .outerjoin(decider, decider.c.id == ownership.c.decided_by)
    )
    told = (before.c.name, after.c.name, ownership.c.reason, ownership.c.rule, decider.c.name, ownership.c.at)
    wanted = sa.select(*told).select_from(joined).where(ownership.c.case_id == deal_id).order_by(ownership.c.seq)
    found = connection.execute(wanted)
    return tuple(OwnershipRow(from_ or "", to or "", reason, rule, by or "", at) for from_, to, reason, rule, by, at in found)
