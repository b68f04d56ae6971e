"""Deals: found, shown, moved. Clients of others come masked; their tracking records not at all (R-ROLE-13)."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from dealflow.api import deal_shapes
from dealflow.api.deal_shapes import Deal, DealPage, FollowUp, FollowUps, Listed
from dealflow.api.door import (
    After,
    Caller,
    CaseId,
    EventName,
    House,
    Keyed,
    Limit,
    SignedIn,
    cursor_of,
    place_after,
    sight_of,
    tag,
)
from dealflow.api.schemas import STEP, Done, Preview, problems
from dealflow.api.steps import StepAsked, Steps, Take, previewed, steps_of, taken
from dealflow.bootstrap import Dealflow
from dealflow.casework import story
from dealflow.casework.command import CaseRef
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries
from dealflow.features.deals.queries import DealDetail, Reader
from dealflow.features.deals.service import TakeStep
from dealflow.features.followup import queries as followup
from dealflow.features.staff import rules as staff
from dealflow.features.staff.texts import refusal
from dealflow.kernel.errors import Forbidden, NotFound

router = APIRouter(prefix="/deals", tags=["deals"])
StateName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]


@router.get("", responses=problems())
def find(
    dealflow: House,
    caller: SignedIn,
    q: Annotated[str, Query(max_length=60, pattern=r"^[^\x00-\x1f]*$", description="Name, end of a phone, or a room.")] = "",
    state: Annotated[list[StateName], Query(max_length=20)] = [],  # noqa: B006  # FastAPI copies it
    owner: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None,
    after: After = "",
    limit: Limit = 50,
) -> DealPage:
    """Deals, last moved first. By name or phone everybody finds only clients that he may see."""
    with dealflow.reading() as uow:
        sight = sight_of(uow, caller.actor)
        reader = Reader(caller.actor.id, all=sight(None, 0) != "masked")
        found = queries.search(
            uow.connection, uow.project_id, reader, words=q, owner=owner, states=state, after=place_after(after), limit=limit + 1
        )
    rows, more = found[:limit], len(found) > limit
    last = cursor_of(rows[-1].moved_at, rows[-1].id) if more else None
    return DealPage(deals=[deal_shapes.listed(row, sight(row.owner_id, row.id)) for row in rows], next=last)


def seen_deal(uow: UnitOfWork, caller: Caller, deal: int) -> tuple[DealDetail, staff.Sight]:
    """A deal as this person sees it. Raises NotFound."""
    found = queries.one(uow.connection, uow.project_id, deal, Reader(caller.actor.id, all=True))
    if found is None:
        raise NotFound("deal", deal)
    seen = sight_of(uow, caller.actor)(found.owner_id, deal)
    if seen == "masked":
        found = queries.one(uow.connection, uow.project_id, deal, Reader(0)) or found
    return found, seen


@router.get("/{deal}", responses=problems(404))
def show(dealflow: House, caller: SignedIn, deal: CaseId, response: Response) -> Deal:
    """A deal. `ETag` is its version."""
    with dealflow.reading() as uow:
        found, seen = seen_deal(uow, caller, deal)
    tag(response, found.version)
    return deal_shapes.whole_deal(found, seen)


@router.get("/{deal}/events", responses=problems(404))
def events(dealflow: House, caller: SignedIn, deal: CaseId) -> Listed:
    """What happened, in its order. Personal values stand in no event."""
    with dealflow.reading() as uow:
        seen_deal(uow, caller, deal)
        found = story.events_of(uow.connection, uow.house, deal)
    return Listed(events=[deal_shapes.event_of(one) for one in found])


@router.get("/{deal}/follow-ups", responses=problems(403, 404))
def follow_ups(
    dealflow: House,
    caller: SignedIn,
    deal: CaseId,
    before: Annotated[int | None, Query(ge=1, le=2**53 - 1, description="`next` of the page before.")] = None,
    limit: Limit = 50,
) -> FollowUps:
    """The tracking records: the owner's, and those who answer for him. Nobody else opens them (R-ROLE-13)."""
    with dealflow.reading() as uow:
        _, seen = seen_deal(uow, caller, deal)
        if seen != "whole":
            raise Forbidden([refusal("staff.tracking_of_another")])
        found = followup.of_deal(uow.connection, deal, before=before, limit=limit + 1)
    rows = found[:limit]
    told = [FollowUp(**{name: getattr(row, name) for name in FollowUp.model_fields}) for row in rows]
    return FollowUps(follow_ups=told, next=rows[-1].seq if len(found) > limit else None)


@router.get("/{deal}/steps", responses=problems(404))
def steps(dealflow: House, caller: SignedIn, deal: CaseId, response: Response) -> Steps:
    """Which steps are open and, for closed ones, every reason with its way out."""
    return steps_of(dealflow, caller, CaseRef("deal", deal), response)


def _taking(dealflow: Dealflow, deal: int, event: str, asked: StepAsked) -> Take:
    page, step = dealflow.book["deals.take_step"], TakeStep(deal=deal, event=event, answers=asked.answers)
    return lambda uow, command: page.carry_out(uow, command, step)


@router.post("/{deal}/steps/{event}/preview", responses=problems(*STEP))
def preview(dealflow: House, caller: SignedIn, deal: CaseId, event: EventName, asked: StepAsked) -> Preview:
    """What the step would do. One with a form of its own is previewed at its use case."""
    return previewed(dealflow, caller, _taking(dealflow, deal, event, asked))


@router.post("/{deal}/steps/{event}", responses=problems(*STEP))
def take(
    dealflow: House, caller: SignedIn, keyed: Keyed, deal: CaseId, event: EventName, asked: StepAsked, response: Response
) -> Done:
    """Take a step. One with a form of its own is refused and names its use case."""
    return taken(dealflow, keyed.command(caller.actor), _taking(dealflow, deal, event, asked), response)
