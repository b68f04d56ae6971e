"""What became of a case, to be looked at: its events in words, its open tasks. Read by the command line and scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.casework.house import House
from dealflow.db.tables.casework import cases, events, tasks
from dealflow.db.tables.staff import people
from dealflow.kernel.errors import NotFound
from dealflow.workflow.records import NONE, Label, Workflow

SERVICE = Label("系统", "the service")


@dataclass(frozen=True, slots=True)
class Event:
    """A step that was taken: who, when (business time and entry), what, from where to where; every word in both languages."""

    seq: int
    at: datetime
    entered_at: datetime
    by: Label
    event: str
    label: Label
    source: str
    target: str
    source_label: Label
    target_label: Label


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a role or a person is asked to do about a case."""

    topic: str
    role: str
    due_at: datetime | None


class _Body(msgspec.Struct):
    """What of an event's record tells which of several steps it was."""

    use_case: str


def kind_of(connection: Connection, case: int) -> str:
    """The kind of a case. Raises NotFound."""
    found: str | None = connection.scalar(sa.select(cases.c.kind).where(cases.c.id == case))
    if found is None:
        raise NotFound("case", case)
    return found


def events_of(connection: Connection, house: House, case: int) -> tuple[Event, ...]:
    """Every step of a case in its order."""
    e = events.c
    columns = (
        e.seq,
        e.at,
        e.entered_at,
        people.c.name,
        e.name.label("event"),
        e.source,
        e.target,
        e.body,
        cases.c.kind,
        cases.c.workflow,
    )
    joined = events.join(cases, cases.c.id == e.case_id).outerjoin(people, people.c.id == e.actor)
    rows = connection.execute(sa.select(*columns).select_from(joined).where(e.case_id == case).order_by(e.seq))
    return tuple(_event(house.of(row.kind, row.workflow).workflow, row) for row in rows)


def _event(workflow: Workflow, row: Any) -> Event:
    named = Label(row.name, row.name) if row.name else SERVICE
    labels: Mapping[str, Label] = {name: state.label for name, state in workflow.states.items()} | {NONE: Label("—", "—")}
    candidates = workflow.by.get((row.source, row.event), ())
    raised = msgspec.json.decode(row.body, type=_Body).use_case
    at = next((s for s in candidates if s.raised_by == raised), next(iter(candidates), None))
    return Event(
        row.seq,
        row.at,
        row.entered_at,
        named,
        row.event,
        at.label if at else Label(row.event, row.event),
        row.source,
        row.target,
        labels[row.source],
        labels[row.target],
    )


def tasks_of(connection: Connection, case: int) -> tuple[Task, ...]:
    """The open tasks about a case, in the order in which they were made."""
    t = tasks.c
    wanted = sa.select(t.topic, t.role, t.due_at).where(t.case_id == case, t.open).order_by(t.made_at, t.id)
    return tuple(Task(*row) for row in connection.execute(wanted))
