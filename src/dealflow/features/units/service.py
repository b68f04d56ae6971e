"""The use cases of the sales stock: buildings and units are added, offered, withheld, blocked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, CaseRef, Command, identify
from dealflow.casework.inputs import Key, Words, Yuan, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.units import queries, rules, store
from dealflow.features.units.texts import TEXTS
from dealflow.kernel import identity
from dealflow.kernel.errors import Conflict, Forbidden, NotFound, Unmet

book = UseCases("units")

Area = Annotated[int, Field(ge=0, le=10**12)]


@asked
class OpenProject:
    """The project that this office sells; its code begins every paper's number, its developer is the seller."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")]
    name: Words
    address: Words
    developer: Words


@asked
class AddBuilding:
    """A building with its sales licence, if it has one already."""

    code: Words
    name: Words
    licence_no: Words = ""
    licence_from: date | None = None
    escrow_account: Words = ""


@asked
class LicenseBuilding:
    """The sales licence of a building and the first day on which it holds."""

    building: Key
    licence_no: Words
    licence_from: date


@asked
class DescribeBuilding:
    """What contracts say of a building; what is left out stays as it stands."""

    building: Key
    escrow_account: Words | None = None
    delivery_on: date | None = None
    land_way: Words | None = None
    land_until: date | None = None
    planned_use: Words | None = None
    structure: Words | None = None
    decoration: Words | None = None


@asked
class DescribeSeller:
    """What contracts say of the developer beside its name: credit code, seat, representative."""

    document: Words
    address: Words
    representative: Words


@asked
class AddUnit:
    """A unit: "1201" or "1-1201" in its building, areas in cm2, list price and lowest price."""

    building: Key
    code: Words
    floor: Annotated[int, Field(ge=-99, le=999)]
    layout: Words
    orientation: Words
    area_cm2: Area
    inner_area_cm2: Area = 0
    list_price: Yuan
    lowest_price: Yuan


@asked
class TakeStep:
    """A step of the unit by its event, with the answers that it asks for."""

    unit: Key
    event: Words
    answers: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuildingAdded:
    """A building that the project has."""

    id: int
    code: str


@book.use_case(zh="开设项目", en="Open project")
def open_project(uow: UnitOfWork, command: Command, asked: OpenProject) -> int:
    """The project itself, under the id of the unit of work; the same again changes nothing. Raises Forbidden."""
    _administrator(command)
    store.open_project(
        uow.connection, {"id": uow.project_id, **{name: str(value).strip() for name, value in answers_of(asked).items()}}
    )
    return uow.project_id


@book.use_case(zh="建立楼栋", en="Add building")
def add_building(uow: UnitOfWork, command: Command, asked: AddBuilding) -> BuildingAdded:
    """A new building of the project; the same key again answers the same. Raises Forbidden, or Conflict for a taken code."""
    _administrator(command)
    building = identify(command.key, "building")
    known = queries.building(uow.connection, uow.project_id, building)
    if known is None:
        row = {
            "id": building,
            "project_id": uow.project_id,
            "code": asked.code.strip(),
            "name": asked.name.strip(),
            "licence_no": asked.licence_no.strip() or None,
            "licence_from": asked.licence_from,
            "escrow_account": asked.escrow_account.strip() or None,
        }
        try:
            store.add_building(uow.connection, row)
        except IntegrityError as error:
            raise _taken(asked.code) from error
    return BuildingAdded(building, asked.code.strip())


@book.use_case(zh="登记预售许可证", en="License building")
def license_building(uow: UnitOfWork, command: Command, asked: LicenseBuilding) -> BuildingAdded:
    """The sales licence of a building. Raises Forbidden, or NotFound."""
    _administrator(command)
    known = queries.building(uow.connection, uow.project_id, asked.building)
    if known is None:
        raise NotFound("building", asked.building)
    values = {"licence_no": asked.licence_no.strip() or None, "licence_from": asked.licence_from}
    store.license_building(uow.connection, known.id, values)
    return BuildingAdded(known.id, known.code)


@book.use_case(zh="登记楼栋合同信息", en="Describe building")
def describe_building(uow: UnitOfWork, command: Command, asked: DescribeBuilding) -> BuildingAdded:
    """What contracts say of a building: delivery, land, use, structure. Raises Forbidden, or NotFound."""
    _administrator(command)
    known = queries.building(uow.connection, uow.project_id, asked.building)
    if known is None:
        raise NotFound("building", asked.building)
    given = {f: getattr(asked, f) for f in DescribeBuilding.__dataclass_fields__ if f != "building"}
    values = {name: value.strip() if isinstance(value, str) else value for name, value in given.items() if value is not None}
    if values:
        store.describe_building(uow.connection, known.id, values)
    return BuildingAdded(known.id, known.code)


@book.use_case(zh="登记出卖人信息", en="Describe seller")
def describe_seller(uow: UnitOfWork, command: Command, asked: DescribeSeller) -> int:
    """What contracts say of the developer, as it stands from now on. Raises Forbidden, or Invalid for a wrong credit code."""
    _administrator(command)
    code = identity.credit_code(asked.document).code
    row = {"project_id": uow.project_id, "document": code, "address": asked.address.strip()}
    store.describe_seller(uow.connection, {**row, "representative": asked.representative.strip()})
    return uow.project_id


@book.use_case(zh="建立房源", en="Add unit", raises=(("unit", "create"),))
def add_unit(uow: UnitOfWork, command: Command, asked: AddUnit) -> Answer:
    """A new unit, not yet offered; it is called by building and room."""
    building = queries.building(uow.connection, uow.project_id, asked.building)
    code = rules.full_code(building.code, asked.code) if building else asked.code.strip()
    answers = {**answers_of(asked), "code": code, "name": code}
    return advance(uow, command, CaseRef("unit", identify(command.key, "unit")), "create", answers)


@book.use_case(zh="办理房源步骤", en="Take unit step")
def take_step(uow: UnitOfWork, command: Command, asked: TakeStep) -> Answer:
    """Offer, withhold, block or lift the block of a unit; what a deal does to it, only the deal does."""
    return advance(uow, command, CaseRef("unit", asked.unit), asked.event, asked.answers)


def _administrator(command: Command) -> None:
    if "administrator" not in command.actor.roles:
        text = TEXTS["units.not_administrator"]
        raise Forbidden([Unmet("units.not_administrator", who=text.who, zh=text.zh, en=text.en)])


def _taken(code: str) -> Conflict:
    text, told = TEXTS["units.building_code_taken"], {"code": code.strip()}
    return Conflict("units.building_code_taken", text.zh.format_map(told), text.en.format_map(told), building=code.strip())
