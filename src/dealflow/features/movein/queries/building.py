"""Buildings on their way to move-in, for pages and the API: how far each is, its papers, its fees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from dealflow.db.tables.casework import cases
from dealflow.db.tables.movein import building_papers, fee_rates, preparations
from dealflow.db.tables.units import buildings
from dealflow.features.movein import rules
from dealflow.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PreparationRow:
    """A building and how far its preparation is; `id` and `state` are empty before it begins."""

    building: int
    name: str
    id: int | None
    state: str
    version: int
    ready: bool
    rates_from: date | None


@dataclass(frozen=True, slots=True)
class RegisteredPaper:
    """A paper of another body."""

    kind: str
    number: str
    body: str
    title: str
    dated_on: date
    file: str
    by_name: str


def building_name(connection: sa.Connection, project_id: int, building: int) -> str:
    """What a building of the project is called. Raises NotFound."""
    wanted = sa.select(buildings.c.name).where(buildings.c.id == building, buildings.c.project_id == project_id)
    found = connection.execute(wanted).scalar()
    if found is None:
        raise NotFound("building", building)
    return str(found)


def preparations_of(connection: sa.Connection, project_id: int) -> Sequence[PreparationRow]:
    """Every building of the project in the order of codes, with its preparation."""
    p, c = preparations.c, cases.c
    joined = buildings.outerjoin(preparations, p.building_id == buildings.c.id).outerjoin(cases, c.id == p.id)
    columns = (
        buildings.c.id,
        buildings.c.name,
        p.id,
        sa.func.coalesce(c.state, ""),
        sa.func.coalesce(c.version, 0),
        sa.func.coalesce(p.ready, sa.false()),
        p.rates_from,
    )
    wanted = sa.select(*columns).select_from(joined).where(buildings.c.project_id == project_id)
    return [PreparationRow(*row) for row in connection.execute(wanted.order_by(buildings.c.code))]


def papers_of_building(connection: sa.Connection, preparation: int) -> Sequence[RegisteredPaper]:
    """The papers registered for a building."""
    b = building_papers.c
    columns = [b[name] for name in RegisteredPaper.__dataclass_fields__]
    wanted = sa.select(*columns).where(b.case_id == preparation).order_by(b.kind)
    return [RegisteredPaper(*row) for row in connection.execute(wanted)]


def rates_of(connection: sa.Connection, preparation: int) -> dict[str, int]:
    """The property company's rates for a building, in fen, by item."""
    wanted = sa.select(fee_rates.c.item, fee_rates.c.rate_fen).where(fee_rates.c.case_id == preparation)
    found = {row.item: int(row.rate_fen) for row in connection.execute(wanted)}
    return {item: found[item] for item in rules.ITEMS if item in found}
