"""What people are asked to do: the open tasks of a role or a person. Lists for pages and API; reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.tables.casework import cases, tasks
from dealflow.db.tables.deals import deals

OWNERS = ("owner", "salesperson")  # concern the salesperson of the deal, not every salesperson


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task as lists show it. `name` is the case's, whole: the door masks it for whom the client does not concern."""

    id: int
    case: int
    kind: str
    name: str
    owner_id: int | None
    topic: str
    role: str
    made_at: datetime
    due_at: datetime | None


def open_tasks(
    connection: Connection,
    project: int,
    person: int,
    roles: Collection[str],
    *,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> tuple[OpenTask, ...]:
    """Tasks for these roles, for this person, or about his own deals, the oldest first; `after` is (made_at, id) of the last."""
    t = tasks.c
    columns = (t.id, t.case_id, cases.c.kind, cases.c.name, deals.c.owner_id, t.topic, t.role, t.made_at, t.due_at)
    joined = tasks.join(cases, cases.c.id == t.case_id).outerjoin(deals, deals.c.id == t.case_id)
    mine = sa.or_(
        t.person == person,
        sa.and_(t.person.is_(None), t.role.in_(sorted(set(roles) - set(OWNERS)))),
        sa.and_(t.person.is_(None), t.role.in_(OWNERS), deals.c.owner_id == person),
    )
    wanted = sa.select(*columns).select_from(joined).where(cases.c.project_id == project, t.open, mine)
    if after:
        made, last = after
        wanted = wanted.where((t.made_at > made) | ((t.made_at == made) & (t.id > last)))
    return tuple(OpenTask(*row) for row in connection.execute(wanted.order_by(t.made_at, t.id).limit(limit)))
