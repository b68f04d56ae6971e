"""Lists of deals: found by name, phone or room, by owner and state, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.db.tables.casework import cases, deadlines
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import units
from dealflow.features.deals.queries.reader import JOINED, Reader
from dealflow.kernel.identity import mask_name, mask_phone


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as lists show it. `due_at` is the earliest running clock."""

    id: int
    state: str
    version: int
    client: str
    phone: str
    owner_id: int | None
    owner: str
    unit: str
    moved_at: datetime
    due_at: datetime | None
    whole: bool


def search(
    connection: sa.Connection,
    project_id: int,
    reader: Reader,
    *,
    words: str = "",
    owner: int | None = None,
    states: Collection[str] = (),
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> Sequence[DealRow]:
    """Deals, last moved first. `words`: part of a name, end of a phone, a room. `after`: (moved_at, id) of the last one seen."""
    wanted = _rows().where(deals.c.project_id == project_id)
    if states:
        wanted = wanted.where(cases.c.state.in_(sorted(states)))
    if owner is not None:
        wanted = wanted.where(deals.c.owner_id == owner)
    if words.strip():
        wanted = wanted.where(_matching(words.strip(), reader))
    if after:
        moved, last = after
        wanted = wanted.where((cases.c.moved_at < moved) | ((cases.c.moved_at == moved) & (deals.c.id < last)))
    found = connection.execute(wanted.order_by(cases.c.moved_at.desc(), deals.c.id.desc()).limit(limit))
    return [_row(one, reader) for one in found.mappings()]


def counts(connection: sa.Connection, project_id: int, *, owner: int | None = None) -> dict[str, int]:
    """How many deals stand in each state."""
    wanted = sa.select(cases.c.state, sa.func.count()).join(deals, deals.c.id == cases.c.id).group_by(cases.c.state)
    wanted = wanted.where(cases.c.project_id == project_id, cases.c.kind == "deal")
    if owner is not None:
        wanted = wanted.where(deals.c.owner_id == owner)
    return {row.state: row[1] for row in connection.execute(wanted)}


def _rows() -> sa.Select[Any]:
    running = sa.and_(deadlines.c.case_id == deals.c.id, deadlines.c.open, deadlines.c.running)
    due = sa.select(sa.func.min(deadlines.c.due_at)).where(running).scalar_subquery()
    columns = (
        deals.c.id,
        cases.c.state,
        cases.c.version,
        clients.c.name.label("client"),
        clients.c.phone,
        deals.c.owner_id,
        people.c.name.label("owner"),
        units.c.code.label("unit"),
        cases.c.moved_at,
        due.label("due_at"),
    )
    return sa.select(*columns).select_from(JOINED)


def _matching(words: str, reader: Reader) -> sa.ColumnElement[bool]:
    """By room everybody finds every deal; by name or phone only clients that he may see."""
    by_room = units.c.code.contains(words, autoescape=True)
    by_client = clients.c.name.contains(words, autoescape=True)
    if words.isascii() and words.isdigit() and len(words) >= 4:
        by_client = clients.c.phone.endswith(words, autoescape=True)
    return sa.or_(by_room, by_client if reader.all else sa.and_(by_client, deals.c.owner_id == reader.person))


def _row(found: Any, reader: Reader) -> DealRow:
    whole = reader.sees(found["owner_id"])
    told = {name: found[name] for name in ("id", "state", "version", "owner_id", "moved_at", "due_at")}
    return DealRow(
        **told,
        client=found["client"] if whole else mask_name(found["client"]),
        phone=found["phone"] if whole else mask_phone(found["phone"]),
        owner=found["owner"] or "",
        unit=found["unit"] or "",
        whole=whole,
    )
