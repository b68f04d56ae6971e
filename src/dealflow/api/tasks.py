"""What the signed-in person is asked to do."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from dealflow.api.door import After, House, Limit, SignedIn, cursor_of, place_after, sight_of
from dealflow.api.schemas import Ref, Words, problems
from dealflow.casework.house import House as Compiled
from dealflow.casework.tasks import OpenTask, open_tasks
from dealflow.features.staff.rules import Sight
from dealflow.kernel.identity import mask_name

router = APIRouter(prefix="/tasks", tags=["tasks"])


class Task(BaseModel):
    """A task about a case, for a role or a person."""

    id: int
    kind: str
    case: Ref
    topic: str
    label: Words
    role: str
    made_at: datetime
    due_at: datetime | None


class Tasks(BaseModel):
    """Open tasks, the oldest first; `next` goes into `after`."""

    tasks: list[Task]
    next: str | None


@router.get("", responses=problems())
def mine(dealflow: House, caller: SignedIn, after: After = "", limit: Limit = 50) -> Tasks:
    """The open tasks of the roles, grants and deals of whoever is signed in."""
    actor = caller.actor
    with dealflow.reading() as uow:
        roles = actor.roles | actor.grants
        found = open_tasks(uow.connection, uow.project_id, actor.id, roles, after=place_after(after), limit=limit + 1)
        sight = sight_of(uow, actor)
        told = [_task(uow.house, task, sight(task.owner_id, task.case)) for task in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return Tasks(tasks=told, next=cursor_of(last.made_at, last.id) if last else None)


def _task(house: Compiled, task: OpenTask, seen: Sight) -> Task:
    name = mask_name(task.name) if task.kind == "deal" and seen == "masked" else task.name
    return Task(
        id=task.id,
        kind=task.kind,
        case=Ref(id=task.case, name=name),
        topic=task.topic,
        label=_label(house, task),
        role=task.role,
        made_at=task.made_at,
        due_at=task.due_at,
    )


def _label(house: Compiled, task: OpenTask) -> Words:
    """The clock that warned, in its own words."""
    for bound in house.versions(task.kind):
        for clock in bound.workflow.clocks.values():
            if clock.warns == task.topic:
                return Words.of(clock.label)
    return Words(zh=task.topic, en=task.topic)
