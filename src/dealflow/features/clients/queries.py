"""Clients by phone, and lists of them for pages and API. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from dealflow.db.tables.clients import clients


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client as lists show him."""

    id: int
    name: str
    phone: str
    area: str
    channel: str
    since: datetime


_COLUMNS = (clients.c.id, clients.c.name, clients.c.phone, clients.c.area, clients.c.channel, clients.c.since)


def by_phone(connection: sa.Connection, project_id: int, phone: str) -> KnownClient | None:
    """The client whom the project knows by this phone (normalised)."""
    row = connection.execute(sa.select(*_COLUMNS).where(clients.c.project_id == project_id, clients.c.phone == phone)).first()
    return KnownClient(*row) if row else None


def search(
    connection: sa.Connection, project_id: int, words: str = "", *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> Sequence[KnownClient]:
    """Clients whose name or phone contains the words, newest first; `after` is (since, id) of the last one seen."""
    wanted = sa.select(*_COLUMNS).where(clients.c.project_id == project_id)
    if words:
        wanted = wanted.where(clients.c.name.contains(words, autoescape=True) | clients.c.phone.contains(words, autoescape=True))
    if after:
        since, last = after
        wanted = wanted.where((clients.c.since < since) | ((clients.c.since == since) & (clients.c.id < last)))
    rows = connection.execute(wanted.order_by(clients.c.since.desc(), clients.c.id.desc()).limit(limit))
    return [KnownClient(*row) for row in rows]
