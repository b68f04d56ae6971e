"""What a dossier may know of a building's preparation.

Found from the building's own case, from a handover, or from a deal by its unit: a deal needs no link to ask whether its
building is ready.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dealflow.casework.parts import CaseKey, Part, Record, Sql, answered, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.documents import files
from dealflow.db.tables.movein import building_papers, fee_rates, preparations
from dealflow.db.tables.units import buildings, units


class Site(Record, frozen=True):
    """A building that is to be prepared, and the case that prepares it already."""

    id: int
    project_id: int
    name: str
    preparation: int | None


class Preparation(Record, frozen=True):
    """The preparation of the building: how far it has come, since when its fees hold, the last notice."""

    id: int
    state: str
    ready: bool
    rates_from: date | None
    noticed_at: datetime | None
    building: str
    homes: int


class BuildingPaper(Record, frozen=True):
    """A paper of another body that was registered for the building."""

    case_id: int
    kind: str
    file: str
    number: str
    body: str
    title: str
    result: str
    dated_on: date
    by_name: str


class Rate(Record, frozen=True):
    """A fee of the building's schedule."""

    case_id: int
    item: str
    rate_fen: int


class Layout(Record, frozen=True):
    """A layout that some home of the building has."""

    layout: str


class Scan(Record, frozen=True):
    """The stored file that the command names."""

    hash: str


def _building_case(case: CaseKey) -> Sql:
    """The case that prepares the building: itself, or that of the unit's building."""
    if case.kind == "building":
        return case.id
    joined = preparations.join(units, units.c.building_id == preparations.c.building_id)
    return sa.select(preparations.c.id).select_from(joined).where(units.c.id == linked(case, "unit")).scalar_subquery()


def _site(case: CaseKey) -> sa.Select[Any]:
    joined = buildings.outerjoin(preparations, preparations.c.building_id == buildings.c.id)
    columns = (buildings.c.id, buildings.c.project_id, buildings.c.name, preparations.c.id.label("preparation"))
    return sa.select(*columns).select_from(joined).where(buildings.c.id == answered("building", sa.BigInteger()))


def _preparation(case: CaseKey) -> sa.Select[Any]:
    p = preparations.c
    homes = sa.select(sa.func.count()).select_from(units).where(units.c.building_id == p.building_id).scalar_subquery()
    joined = preparations.join(buildings, buildings.c.id == p.building_id).join(cases, cases.c.id == p.id)
    columns = (p.id, cases.c.state, p.ready, p.rates_from, p.noticed_at, buildings.c.name.label("building"), homes.label("homes"))
    return sa.select(*columns).select_from(joined).where(p.id == _building_case(case))


def _layouts(case: CaseKey) -> sa.Select[Any]:
    joined = units.join(preparations, preparations.c.building_id == units.c.building_id)
    return sa.select(units.c.layout).select_from(joined).where(preparations.c.id == _building_case(case)).distinct()


def _scan(_: CaseKey) -> sa.Select[Any]:
    return sa.select(files.c.hash).where(files.c.hash == answered("scan"))


def _of_building(record: type[Any], table: sa.Table) -> Part[Any]:
    """Rows of the building's case, from wherever it is asked; they follow the building's own steps."""

    def rows(case: CaseKey) -> sa.Select[Any]:
        return sa.select(*(table.c[f] for f in record.__struct_fields__)).where(table.c.case_id == _building_case(case))

    return part(record, rows, fold=rows_of(record, table).fold, of="building")


SITE: Part[Site] = part(Site, _site)
PREPARATION: Part[Preparation] = part(Preparation, _preparation, of="building")
BUILDING_PAPERS: Part[BuildingPaper] = _of_building(BuildingPaper, building_papers)
RATES: Part[Rate] = _of_building(Rate, fee_rates)
LAYOUTS: Part[Layout] = part(Layout, _layouts)
SCAN: Part[Scan] = part(Scan, _scan)
