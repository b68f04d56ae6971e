"""What a dossier may know of follow-ups: the entries of the deal, their writers, and the entry that is to be corrected."""

from datetime import datetime

import sqlalchemy as sa

from dealflow.casework.parts import CaseKey, Record, answered, part, rows_of
from dealflow.db.tables.followup import follow_ups
from dealflow.db.tables.staff import people


class Entry(Record, frozen=True):
    """A recorded contact."""

    id: int
    case_id: int
    seq: int
    at: datetime
    by: int
    method: str
    result: str
    next_at: datetime | None
    corrects: int | None


class Writer(Record, frozen=True):
    """Somebody who has written an entry of this deal."""

    id: int
    name: str


class Corrected(Record, frozen=True):
    """The entry of this deal that the command wants corrected."""

    id: int
    by: int


def _writers(case: CaseKey) -> sa.Select[tuple[object, ...]]:
    wrote = sa.select(follow_ups.c.by).where(follow_ups.c.case_id == case.id)
    return sa.select(people.c.id, people.c.name).where(people.c.id.in_(wrote))


def _corrected(case: CaseKey) -> sa.Select[tuple[object, ...]]:
    """By the entry's id, or by the number of the event that wrote it: what a list and what a timeline shows."""
    given = answered("corrects", sa.BigInteger())
    named = (follow_ups.c.id == given) | (follow_ups.c.seq == given)
    return sa.select(follow_ups.c.id, follow_ups.c.by).where(follow_ups.c.case_id == case.id, named)


ENTRIES = rows_of(Entry, follow_ups)
WRITERS = part(Writer, _writers)
CORRECTED = part(Corrected, _corrected)
