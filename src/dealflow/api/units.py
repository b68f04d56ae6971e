"""The sales stock: the grid of units, one unit, its steps. Whoever claims a unit comes masked."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from dealflow.api.door import CaseId, EventName, House, Keyed, SignedIn, tag
from dealflow.api.schemas import STEP, Done, Preview, Ref, Yuan, problems, yuan
from dealflow.api.steps import StepAsked, Steps, Take, previewed, steps_of, taken
from dealflow.bootstrap import Dealflow
from dealflow.casework.command import CaseRef
from dealflow.features.units import queries
from dealflow.features.units.queries import BuildingRow, UnitRow
from dealflow.features.units.service import TakeStep
from dealflow.kernel.errors import NotFound

router = APIRouter(prefix="/units", tags=["units"])


class Building(BaseModel):
    """A building and its sales licence."""

    id: int
    code: str
    name: str
    licence_no: str | None
    licence_from: date | None


class Claim(BaseModel):
    """Which deal claims the unit, for whom (masked), of which salesperson, and until when if it is only held."""

    deal: int
    client: str
    owner: Ref | None
    due_at: datetime | None


class Unit(BaseModel):
    """A unit. Areas are whole square centimetres."""

    id: int
    building: Ref
    code: str
    floor: int
    layout: str
    orientation: str
    area_cm2: int
    inner_area_cm2: int
    list_price: Yuan
    state: str
    version: int
    blocked: str | None
    claim: Claim | None


class Stock(BaseModel):
    """Buildings and units, upper floors first."""

    buildings: list[Building]
    units: list[Unit]


@router.get("", responses=problems())
def stock(dealflow: House, caller: SignedIn, building: Annotated[int | None, Query(ge=1, le=2**53 - 1)] = None) -> Stock:
    """The grid of the project, or of one building."""
    with dealflow.reading() as uow:
        buildings = queries.buildings_of(uow.connection, uow.project_id)
        units = queries.grid(uow.connection, uow.project_id, building)
    return Stock(buildings=[_building(row) for row in buildings], units=[_unit(row) for row in units])


def _building(row: BuildingRow) -> Building:
    return Building(id=row.id, code=row.code, name=row.name, licence_no=row.licence_no, licence_from=row.licence_from)


def _unit(row: UnitRow) -> Unit:
    owner = Ref(id=row.owner_id, name=row.owner) if row.owner_id else None
    return Unit(
        id=row.id,
        building=Ref(id=row.building_id, name=row.building),
        code=row.code,
        floor=row.floor,
        layout=row.layout,
        orientation=row.orientation,
        area_cm2=row.area_cm2,
        inner_area_cm2=row.inner_area_cm2,
        list_price=yuan(row.list_fen),
        state=row.state,
        version=row.version,
        blocked=row.blocked,
        claim=Claim(deal=row.claimed_by, client=row.client, owner=owner, due_at=row.due_at) if row.claimed_by else None,
    )


@router.get("/{unit}", responses=problems(404))
def show(dealflow: House, caller: SignedIn, unit: CaseId, response: Response) -> Unit:
    """A unit. `ETag` is its version."""
    with dealflow.reading() as uow:
        found = queries.one(uow.connection, uow.project_id, unit)
    if found is None:
        raise NotFound("unit", unit)
    tag(response, found.version)
    return _unit(found)


@router.get("/{unit}/steps", responses=problems(404))
def steps(dealflow: House, caller: SignedIn, unit: CaseId, response: Response) -> Steps:
    """Which steps are open and, for closed ones, every reason with its way out."""
    return steps_of(dealflow, caller, CaseRef("unit", unit), response)


def _taking(dealflow: Dealflow, unit: int, event: str, asked: StepAsked) -> Take:
    page, step = dealflow.book["units.take_step"], TakeStep(unit=unit, event=event, answers=asked.answers)
    return lambda uow, command: page.carry_out(uow, command, step)


@router.post("/{unit}/steps/{event}/preview", responses=problems(*STEP))
def preview(dealflow: House, caller: SignedIn, unit: CaseId, event: EventName, asked: StepAsked) -> Preview:
    """What the step would do."""
    return previewed(dealflow, caller, _taking(dealflow, unit, event, asked))


@router.post("/{unit}/steps/{event}", responses=problems(*STEP))
def take(
    dealflow: House, caller: SignedIn, keyed: Keyed, unit: CaseId, event: EventName, asked: StepAsked, response: Response
) -> Done:
    """Take a step of the unit. What a deal does to it, only the deal does."""
    return taken(dealflow, keyed.command(caller.actor), _taking(dealflow, unit, event, asked), response)
