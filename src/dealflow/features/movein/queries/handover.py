"""Handovers for pages, the API and this room's use cases: those ahead, and one with everything on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.db.tables.casework import cases
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.documents import papers
from dealflow.db.tables.movein import (
    fee_lines,
    fee_receipts,
    handover_waivers,
    handovers,
    inspection_items,
    inspections,
    movein_steps,
)
from dealflow.db.tables.units import units
from dealflow.features.movein import rules
from dealflow.kernel.errors import NotFound

PAGE = 50
FIRST = (datetime.fromisoformat("1970-01-01T00:00:00+00:00"), 0)  # before every row: where a list begins
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A handover as lists show it. The client's name is whole: the door masks it for whom it does not concern."""

    id: int
    state: str
    version: int
    deal_id: int
    client: str
    unit: str
    slot_at: datetime
    slot_until: datetime | None
    place: str
    missed: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step taken."""

    no: int
    at: datetime
    by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """What was left out on record."""

    item: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee on a receipt, with the receipt's number and whether it stands."""

    receipt: int
    number: str
    item: str
    period: str
    fen: int
    basis: str
    payer: str
    method: str
    paid_at: datetime
    cleared: bool
    void: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class InspectedRow:
    """One item of an inspection, with the inspection's result."""

    inspection: int
    seq: int
    at: datetime
    by_name: str
    result: str
    reason: str
    part: str
    item: str
    passed: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReceiptPlace:
    """Where a fee receipt belongs: its handover, and the paper it was issued on."""

    handover: int
    paper: int


_on_paper = sa.and_(papers.c.of_case == fee_receipts.c.case_id, papers.c.seq == fee_receipts.c.seq, papers.c.kind == "D-44")


def _handovers() -> sa.Select[Any]:
    h, c = handovers.c, cases.c
    joined = (
        handovers.join(cases, c.id == h.id)
        .join(deals, deals.c.id == h.deal_id)
        .join(clients, clients.c.id == deals.c.client_id)
        .join(units, units.c.id == h.unit_id)
    )
    columns = (h.id, c.state, c.version, h.deal_id, clients.c.name, units.c.code, h.slot_at, h.slot_until, h.place, h.missed)
    return sa.select(*columns).select_from(joined)


def handover(connection: sa.Connection, project_id: int, handover_id: int) -> HandoverRow:
    """One handover of the project. Raises NotFound."""
    wanted = _handovers().where(handovers.c.id == handover_id, cases.c.project_id == project_id)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound("handover", handover_id)
    return HandoverRow(*row)


def handover_of(connection: sa.Connection, deal_id: int) -> HandoverRow | None:
    """The deal's last handover, if a notice went out."""
    wanted = _handovers().where(handovers.c.deal_id == deal_id).order_by(cases.c.opened_at.desc()).limit(1)
    row = connection.execute(wanted).first()
    return HandoverRow(*row) if row else None


def handovers_ahead(connection: sa.Connection, project_id: int, after: Place = FIRST, limit: int = PAGE) -> Sequence[HandoverRow]:
    """Handovers under way in the order of their appointments; the next page begins after (slot_at, id)."""
    h = handovers.c
    place = sa.tuple_(h.slot_at, h.id) > sa.tuple_(sa.literal(after[0], h.slot_at.type), sa.literal(after[1], sa.BigInteger))
    under_way = cases.c.state.not_in(("keys_handed", "cancelled"))
    wanted = _handovers().where(cases.c.project_id == project_id, under_way, place)
    return [HandoverRow(*row) for row in connection.execute(wanted.order_by(h.slot_at, h.id).limit(limit))]


def steps_of(connection: sa.Connection, case: int) -> Sequence[StepRow]:
    """The steps taken of a handover or a building, in their order."""
    s = movein_steps.c
    wanted = sa.select(s.no, s.at, s.by_name, s.note).where(s.case_id == case).order_by(s.no)
    return [StepRow(*row) for row in connection.execute(wanted)]


def waivers_of(connection: sa.Connection, handover_id: int) -> Sequence[WaiverRow]:
    """What was left out, in the order of recording."""
    w = handover_waivers.c
    wanted = sa.select(w.item, w.reason, w.by_name, w.at).where(w.case_id == handover_id).order_by(w.at, w.item)
    return [WaiverRow(*row) for row in connection.execute(wanted)]


def fees_of(connection: sa.Connection, handover_id: int) -> Sequence[FeeRow]:
    """Every line of every receipt, void ones too, in the order of payment."""
    r, x = fee_receipts.c, fee_lines.c
    joined = fee_lines.join(fee_receipts, r.id == x.receipt_id).outerjoin(papers, _on_paper)
    number = sa.func.coalesce(papers.c.number, "")
    own: tuple[Any, ...] = (
        r.id,
        number,
        x.item,
        x.period,
        x.fen,
        x.basis,
        r.payer,
        r.method,
        r.paid_at,
        r.cleared,
        r.void,
        r.returned,
    )
    wanted = sa.select(*own).select_from(joined).where(r.case_id == handover_id).order_by(r.seq, x.no)
    return [FeeRow(*row) for row in connection.execute(wanted)]


def inspections_of(connection: sa.Connection, handover_id: int) -> Sequence[InspectedRow]:
    """Every item of every inspection, the last inspection first."""
    n, i = inspections.c, inspection_items.c
    joined = inspection_items.join(inspections, n.id == i.inspection_id)
    own: tuple[Any, ...] = (n.id, n.seq, n.at, n.by_name, n.result, n.reason, i.part, i.item, i.passed, i.note)
    wanted = sa.select(*own).select_from(joined).where(n.case_id == handover_id).order_by(n.seq.desc(), i.no)
    return [InspectedRow(*row) for row in connection.execute(wanted)]


def area_difference(connection: sa.Connection, handover_id: int) -> rules.Difference | None:
    """What the surveyed area costs by the contract's unit price; None while no survey is on record."""
    joined = handovers.join(deals, deals.c.id == handovers.c.deal_id).join(units, units.c.id == handovers.c.unit_id)
    columns = (units.c.area_cm2, handovers.c.surveyed_cm2, deals.c.price_fen)
    row = connection.execute(sa.select(*columns).select_from(joined).where(handovers.c.id == handover_id)).one_or_none()
    if row is None or row.surveyed_cm2 is None or not row.price_fen:
        return None
    return rules.area_difference(row.area_cm2, row.surveyed_cm2, rules.metre_price(row.price_fen, row.area_cm2))


def receipt_place(connection: sa.Connection, receipt: int) -> ReceiptPlace:
    """The handover and the paper of a fee receipt. Raises NotFound."""
    joined = fee_receipts.join(papers, _on_paper)
    wanted = sa.select(fee_receipts.c.case_id, papers.c.id).select_from(joined).where(fee_receipts.c.id == receipt)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFound("fee receipt", receipt)
    return ReceiptPlace(row[0], row[1])
