"""What a dossier may know of units: the unit of the case with licence and live claim, the case's own claims, a building."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import Add, RowChange, Set
from dealflow.casework.parts import PROJECT, CaseKey, Record, answered, linked, part
from dealflow.db.tables.casework import cases
from dealflow.db.tables.units import buildings, claims, sellers, units


class Unit(Record, frozen=True):
    """The unit of the case, in its building, with its live claim. `claimed_by` is the deal that claims it."""

    id: int
    project_id: int
    state: str
    code: str
    building: str
    area_cm2: int
    inner_area_cm2: int
    list_fen: int
    lowest_fen: int
    blocked: str | None
    licence_no: str | None
    licence_from: date | None
    claim_id: int | None
    claimed_by: int | None


class Described(Record, frozen=True):
    """What a contract says of the unit and its building."""

    id: int
    floor: int
    layout: str
    orientation: str
    escrow_account: str | None
    delivery_on: date | None
    land_way: str | None
    land_until: date | None
    planned_use: str | None
    structure: str | None
    decoration: str | None


class Seller(Record, frozen=True):
    """What a contract says of the developer beside its name."""

    project_id: int
    document: str | None
    address: str | None
    representative: str | None


class Claimed(Record, frozen=True):
    """A unit that this case claims now."""

    id: int
    unit_id: int
    code: str


class Building(Record, frozen=True):
    """The building that a new unit is to stand in."""

    id: int
    project_id: int
    code: str


def _unit(case: CaseKey) -> sa.Select[Any]:
    joined = (
        units.join(buildings, buildings.c.id == units.c.building_id)
        .join(cases, cases.c.id == units.c.id)
        .outerjoin(claims, sa.and_(claims.c.unit_id == units.c.id, claims.c.live))
    )
    columns = (
        units.c.id,
        buildings.c.project_id,
        cases.c.state,
        units.c.code,
        buildings.c.name.label("building"),
        units.c.area_cm2,
        units.c.inner_area_cm2,
        units.c.list_fen,
        units.c.lowest_fen,
        units.c.blocked,
        buildings.c.licence_no,
        buildings.c.licence_from,
        claims.c.id.label("claim_id"),
        claims.c.case_id.label("claimed_by"),
    )
    return sa.select(*columns).select_from(joined).where(units.c.id == linked(case, "unit"))


def _unit_after(found: tuple[Unit, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Unit, ...]:
    """A claim that begins or ends on the unit, and the unit's own columns. Its state moves with its own case."""
    match change:
        case Add(table, row) if table is claims and row.get("live"):
            claim = {"claim_id": row["id"], "claimed_by": row["case_id"]}
            return tuple(msgspec.structs.replace(u, **claim) if u.id == row["unit_id"] else u for u in found)
        case Set(table, key, values) if table is claims and values.get("live") is False:
            nobody = {"claim_id": None, "claimed_by": None}
            return tuple(msgspec.structs.replace(u, **nobody) if u.claim_id == key["id"] else u for u in found)
        case Set(table, key, values) if table is units:
            known = {name: value for name, value in values.items() if name in Unit.__struct_fields__}
            return tuple(msgspec.structs.replace(u, **known) if u.id == key["id"] else u for u in found)
    return found


def _described(case: CaseKey) -> sa.Select[Any]:
    joined = units.join(buildings, buildings.c.id == units.c.building_id)
    columns = (units.c[f] if f in units.c else buildings.c[f] for f in Described.__struct_fields__)
    return sa.select(*columns).select_from(joined).where(units.c.id == linked(case, "unit"))


def _seller(case: CaseKey) -> sa.Select[Any]:
    return sa.select(*(sellers.c[f] for f in Seller.__struct_fields__)).where(sellers.c.project_id == PROJECT)


def _unmoved(found: tuple[Any, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Any, ...]:
    """What no step changes: buildings and sellers have no lifecycle here, a unit keeps its figures."""
    return found


def _claimed(case: CaseKey) -> sa.Select[Any]:
    joined = claims.join(units, units.c.id == claims.c.unit_id)
    wanted = sa.and_(claims.c.case_id == case.id, claims.c.live)
    return sa.select(claims.c.id, claims.c.unit_id, units.c.code).select_from(joined).where(wanted)


def _claimed_after(found: tuple[Claimed, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Claimed, ...]:
    match change:
        case Add(table, row) if table is claims and row["case_id"] == case_id and row.get("live"):
            return (*found, Claimed(int(str(row["id"])), int(str(row["unit_id"])), ""))
        case Set(table, key, values) if table is claims and values.get("live") is False:
            return tuple(c for c in found if c.id != key["id"])
    return found


def _building(case: CaseKey) -> sa.Select[Any]:
    wanted = buildings.c.id == answered("building", sa.BigInteger())
    return sa.select(buildings.c.id, buildings.c.project_id, buildings.c.code).where(wanted)


UNIT = part(Unit, _unit, fold=_unit_after, of="unit")
DESCRIBED = part(Described, _described, fold=_unmoved)
SELLER = part(Seller, _seller, fold=_unmoved)
CLAIMED = part(Claimed, _claimed, fold=_claimed_after)
BUILDING = part(Building, _building)
