"""The entries of a deal for pages and API. Reads only; who may see them is decided at the door (R-ROLE-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from dealflow.db.tables.followup import follow_ups
from dealflow.db.tables.staff import people


@dataclass(frozen=True, slots=True)
class RecordedContact:
    """A follow-up entry as lists show it."""

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


def of_deal(connection: sa.Connection, deal: int, *, before: int | None = None, limit: int = 50) -> Sequence[RecordedContact]:
    """Entries of a deal, newest first; `before` is the number of the last event seen."""
    f = follow_ups.c
    wanted = (
        sa.select(f.id, f.seq, f.at, people.c.name, f.method, f.kind, f.content, f.result, f.next_at, f.corrects)
        .join(people, people.c.id == f.by)
        .where(f.case_id == deal)
    )
    if before is not None:
        wanted = wanted.where(f.seq < before)
    rows = connection.execute(wanted.order_by(f.seq.desc()).limit(limit))
    return [RecordedContact(*tuple(row)) for row in rows]
