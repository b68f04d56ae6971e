"""The clocks of many cases at once, each with the moment it was set: what lists and pages show beside a case. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.tables.casework import deadlines, events


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that is open: since when, until when, and whether it runs or waits."""

    name: str
    since: datetime
    due_at: datetime
    running: bool


def clocks_of(connection: Connection, cases: Collection[int]) -> Mapping[int, tuple[Clock, ...]]:
    """The open clocks of these cases, the earliest first. One statement, whatever their number."""
    d, e = deadlines.c, events.c
    joined = deadlines.join(events, sa.and_(e.case_id == d.case_id, e.seq == d.set_by))
    wanted = sa.select(d.case_id, d.clock, e.at, d.due_at, d.running).select_from(joined)
    found: dict[int, list[Clock]] = defaultdict(list)
    for case, name, since, due_at, running in connection.execute(
        wanted.where(d.open, d.case_id.in_(sorted(cases))).order_by(d.due_at, d.clock)
    ):
        found[case].append(Clock(name, since, due_at, running))
    return {case: tuple(clocks) for case, clocks in found.items()}
