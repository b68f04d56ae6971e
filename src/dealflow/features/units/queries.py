"""The sales stock for pages and API: buildings, the grid of units, one unit, a unit by its room. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dealflow.db.tables.casework import cases, deadlines, projects
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import buildings, claims, units
from dealflow.kernel.identity import mask_name


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """The project that is sold here."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """A building and its sales licence."""

    id: int
    code: str
    name: str
    licence_no: str | None
    licence_from: date | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the grid shows it. Whoever claims it stands here masked; `due_at` is when his hold ends."""

    id: int
    building_id: int
    building: str
    code: str
    floor: int
    layout: str
    orientation: str
    area_cm2: int
    inner_area_cm2: int
    list_fen: int
    state: str
    version: int
    blocked: str | None
    claimed_by: int | None
    client: str
    owner_id: int | None
    owner: str
    due_at: datetime | None


def project(connection: sa.Connection, project_id: int) -> ProjectRow | None:
    """The project by its id."""
    row = connection.execute(
        sa.select(projects.c.code, projects.c.name, projects.c.address).where(projects.c.id == project_id)
    ).first()
    return ProjectRow(*row) if row else None


def buildings_of(connection: sa.Connection, project_id: int) -> Sequence[BuildingRow]:
    """All buildings of the project."""
    found = connection.execute(_buildings(project_id).order_by(buildings.c.code))
    return [BuildingRow(*row) for row in found]


def building(connection: sa.Connection, project_id: int, building_id: int) -> BuildingRow | None:
    """A building of the project."""
    row = connection.execute(_buildings(project_id).where(buildings.c.id == building_id)).first()
    return BuildingRow(*row) if row else None


def grid(connection: sa.Connection, project_id: int, building_id: int | None = None) -> Sequence[UnitRow]:
    """The units of a building (or of all), upper floors first. One statement, whatever their number."""
    wanted = _units(project_id)
    if building_id is not None:
        wanted = wanted.where(units.c.building_id == building_id)
    found = connection.execute(wanted.order_by(buildings.c.code, units.c.floor.desc(), units.c.code)).mappings()
    return [_row(one) for one in found]


def one(connection: sa.Connection, project_id: int, unit_id: int) -> UnitRow | None:
    """A unit of the project."""
    found = connection.execute(_units(project_id).where(units.c.id == unit_id)).mappings().first()
    return _row(found) if found else None


def find(connection: sa.Connection, project_id: int, code: str) -> int | None:
    """The id of a unit by what the office calls it: "1-1201"."""
    joined = units.join(buildings, buildings.c.id == units.c.building_id)
    wanted = sa.select(units.c.id).select_from(joined)
    return connection.execute(wanted.where(buildings.c.project_id == project_id, units.c.code == code.strip())).scalar()


def lowest_price(connection: sa.Connection, unit_id: int) -> int | None:
    """Below this a price needs an approval; for those who set prices."""
    return connection.execute(sa.select(units.c.lowest_fen).where(units.c.id == unit_id)).scalar()


def _buildings(project_id: int) -> sa.Select[Any]:
    columns = [buildings.c[name] for name in BuildingRow.__dataclass_fields__]
    return sa.select(*columns).where(buildings.c.project_id == project_id)


def _units(project_id: int) -> sa.Select[Any]:
    live = sa.and_(claims.c.unit_id == units.c.id, claims.c.live)
    hold = sa.and_(deadlines.c.case_id == claims.c.case_id, deadlines.c.clock == "hold", deadlines.c.open)
    joined = (
        units.join(buildings, buildings.c.id == units.c.building_id)
        .join(cases, cases.c.id == units.c.id)
        .outerjoin(claims, live)
        .outerjoin(deals, deals.c.id == claims.c.case_id)
        .outerjoin(clients, clients.c.id == deals.c.client_id)
        .outerjoin(people, people.c.id == deals.c.owner_id)
        .outerjoin(deadlines, hold)
    )
    elsewhere = {
        "building": buildings.c.name,
        "state": cases.c.state,
        "version": cases.c.version,
        "claimed_by": claims.c.case_id,
        "client": clients.c.name,
        "owner_id": deals.c.owner_id,
        "owner": people.c.name,
        "due_at": deadlines.c.due_at,
    }
    columns = [elsewhere[n].label(n) if n in elsewhere else units.c[n] for n in UnitRow.__dataclass_fields__]
    return sa.select(*columns).select_from(joined).where(buildings.c.project_id == project_id)


def _row(found: Any) -> UnitRow:
    client = found["client"]
    return UnitRow(**{**found, "client": mask_name(client) if client else "", "owner": found["owner"] or ""})
