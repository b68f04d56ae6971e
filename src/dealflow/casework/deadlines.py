"""Waiting is a row. Takes what is due, one at a time, at its own business moment, exactly once; a broken one blocks nobody."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.casework.advance import advance
from dealflow.casework.changes import Add, Say, Set
from dealflow.casework.command import Answer, CaseRef, Command, identify
from dealflow.casework.plan import Plan
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.db.tables.casework import cases, deadlines, tasks
from dealflow.kernel.actor import CLOCK
from dealflow.kernel.errors import Conflict

log = logging.getLogger(__name__)
PATIENCE = timedelta(hours=1)  # a broken deadline is tried again after this


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that has passed."""

    case: int
    kind: str
    workflow: int
    clock: str
    due_at: datetime
    fires: bool
    role: str
    set_by: int

    @property
    def key(self) -> str:
        """The command's key: the same deadline acts once, however often it is found."""
        return f"clock/{self.case}/{self.clock}/{self.set_by}"


def run_due(
    reading: Callable[[], AbstractContextManager[UnitOfWork]], working: Callable[..., AbstractContextManager[UnitOfWork]]
) -> int:
    """Act on every deadline that has passed, each in a unit of work of its own; return how many acted.

    One broken case must not stop the others: it is set aside with its error and tried again an hour later.
    """
    with reading() as uow:
        waiting = due(uow.connection, uow.now, uow.project_id)
    return sum(_one(deadline, working) for deadline in waiting)


def _one(deadline: "Due", working: Callable[..., AbstractContextManager[UnitOfWork]]) -> bool:
    """One deadline. A Conflict means that somebody moved the case meanwhile: the next sweep looks again."""
    try:
        with working() as uow:
            act(uow, deadline)
    except Conflict:
        return False
    except Exception as error:  # whatever it is, the others must go on
        log.exception("deadline %s of case %s is set aside", deadline.clock, deadline.case)
        with working(several=True) as uow:
            postpone(uow.connection, deadline, uow.now, f"{type(error).__name__}: {error}")
        return False
    return True


def due(connection: Connection, now: datetime, project: int, most: int = 100) -> tuple[Due, ...]:
    """Deadlines whose due moment lies before now (the moment itself is still in time), earliest first."""
    d = deadlines.c
    columns = (d.case_id, cases.c.kind, cases.c.workflow, d.clock, d.due_at, d.fires, d.role, d.set_by)
    found = (
        sa.select(*columns)
        .join(cases, cases.c.id == d.case_id)
        .where(d.open, d.running, d.next_try < now, cases.c.project_id == project)
        .order_by(d.due_at, d.case_id, d.clock)
        .limit(most)
    )
    return tuple(Due(*row) for row in connection.execute(found))


def act(uow: UnitOfWork, deadline: Due) -> Answer | None:
    """Fire the event at its due moment as business time, or leave a task for the role that is warned."""
    rule = uow.house.of(deadline.kind, deadline.workflow).clock(deadline.clock)
    if not deadline.fires:
        warn(uow, deadline, rule.warns)
        return None
    command = Command(deadline.key, CLOCK, at=deadline.due_at, use_case="clock")
    return advance(uow, command, CaseRef(deadline.kind, deadline.case), rule.fires, {})


def warn(uow: UnitOfWork, deadline: Due, topic: str) -> None:
    """A task, and the deadline has acted; the case does not move."""
    gone = Say("casework.already")
    row = {"case_id": deadline.case, "clock": deadline.clock}
    acted = Set(deadlines, row, {"open": False}, {"open": True, "set_by": deadline.set_by}, gone)
    task = {
        "id": identify(deadline.key, "task"),
        "case_id": deadline.case,
        "topic": topic,
        "role": deadline.role,
        "person": None,
        "body": "{}",
    }
    made = Add(tasks, {**task, "made_at": uow.now, "due_at": deadline.due_at, "open": True, "closed_at": None}, gone)
    uow.write(Plan((), (), (acted, made), (), (), (), None, Answer(deadline.kind, deadline.case, "", 0, 0), ()), None)


def postpone(connection: Connection, deadline: Due, now: datetime, fault: str) -> None:
    """Set a broken deadline aside with its error: it is tried again later and blocks nobody meanwhile."""
    d = deadlines.c
    where = (d.case_id == deadline.case, d.clock == deadline.clock, d.open, d.set_by == deadline.set_by)
    connection.execute(sa.update(deadlines).where(*where).values(next_try=now + PATIENCE, fault=fault[:500]))


def moments(connection: Connection, until: datetime, project: int) -> Iterator[datetime]:
    """The due moments of running deadlines up to a moment: where a clock that is moved by hand has to stop."""
    d = deadlines.c
    found = (
        sa.select(d.due_at)
        .join(cases, cases.c.id == d.case_id)
        .where(d.open, d.running, d.due_at <= until, cases.c.project_id == project)
    )
    yield from (row.due_at for row in connection.execute(found.order_by(d.due_at)))
