"""What the units room offers to workflow files: may this unit be sold to this client, who claims it, its facts. Pure."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Link, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.units import claims, units
from dealflow.features.units import rules
from dealflow.features.units.parts import BUILDING, CLAIMED, UNIT, Unit
from dealflow.features.units.shelf import facts
from dealflow.features.units.shelf.board import shelf
from dealflow.features.units.shelf.board import unit_of as _unit
from dealflow.features.units.texts import FIELDS
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet

__all__ = ["facts", "shelf"]


# ---- guards of a deal's unit
@shelf.guard()
def chosen(d: Dossier) -> Iterator[Unmet]:
    """A unit is named. Asks the form, so it reads nothing; what is wrong with the unit named is for the others to say."""
    if "unit" not in d.links:
        yield Unmet("units.not_chosen")


@shelf.guard(UNIT)
def licensed(d: Dossier) -> Iterator[Unmet]:
    """The building has a sales licence in force on the local day. Never waivable. Also says when there is no such unit."""
    unit = _unit(d)
    if unit is None:
        if "unit" in d.links:
            yield Unmet("units.unknown")
        return
    day = d.now.astimezone(PROJECT_ZONE).date()
    if not rules.in_force(unit.licence_no, unit.licence_from, day):
        yield Unmet("units.unlicensed", {"unit": unit.code, "day": day.isoformat()})


@shelf.guard(UNIT)
def for_sale(d: Dossier) -> Iterator[Unmet]:
    """The unit is on sale. A unit claimed by a client is told by `is_free`, once."""
    unit = _unit(d)
    if unit and unit.state != "for_sale" and unit.claimed_by is None:
        yield Unmet("units.not_for_sale", {"unit": unit.code})


@shelf.guard(UNIT)
def is_free(d: Dossier) -> Iterator[Unmet]:
    """No other deal claims the unit (R-HLD-06, R-DEP-10). Whose it is, is nobody's business."""
    unit = _unit(d)
    if unit and _anothers(d, unit):
        yield _taken(unit)


@shelf.guard(UNIT)
def free_or_held_here(d: Dossier) -> Iterator[Unmet]:
    """The unit is this deal's own, or nobody's and on sale. A valid hold of another client goes first (R-HLD-03, C-18)."""
    unit = _unit(d)
    if unit is None or unit.claimed_by == d.case.id:
        return
    if unit.state == "held" and unit.claimed_by:
        yield Unmet("units.held_for_another", {"unit": unit.code})
    elif unit.claimed_by:
        yield _taken(unit)
    elif unit.state != "for_sale":
        yield Unmet("units.not_for_sale", {"unit": unit.code})


@shelf.guard(UNIT)
def not_blocked(d: Dossier) -> Iterator[Unmet]:
    """No court order or mortgage stands against the unit."""
    unit = _unit(d)
    if unit and unit.blocked:
        yield Unmet("units.blocked", {"unit": unit.code, "why": unit.blocked})


@shelf.guard(CLAIMED, UNIT)
def same_as_claimed(d: Dossier) -> Iterator[Unmet]:
    """A deal that claims a unit is about that unit; another one is taken only after this one is released or changed."""
    claimed, unit = d.one(CLAIMED), _unit(d)
    if claimed and claimed.unit_id != d.links.get("unit"):
        yield Unmet("units.other_claimed", {"claimed": claimed.code, "unit": unit.code if unit else ""})


# ---- guards of the unit's own steps
@shelf.guard(UNIT)
def is_blocked(d: Dossier) -> Iterator[Unmet]:
    """There is a block to lift."""
    unit = _unit(d)
    if unit and not unit.blocked:
        yield Unmet("units.not_blocked", {"unit": unit.code})


@shelf.guard()
def reason_given(d: Dossier) -> Iterator[Unmet]:
    """The step says why."""
    if not d.text("reason").strip():
        yield Unmet("units.reason_missing")


@shelf.guard(BUILDING)
def data_complete(d: Dossier) -> Iterator[Unmet]:
    """A new unit stands in a building of the project and has every figure a sale needs."""
    building = d.one(BUILDING)
    if building is None or building.project_id != d.project.id:
        yield Unmet("units.building_unknown")
    figures = rules.Figures(*(d.number(n) for n in ("floor", "area_cm2", "inner_area_cm2", "list_price", "lowest_price")))
    missing = [name for name in ("code", "layout", "orientation") if not d.text(name).strip()]
    if missing := [*missing, *rules.lacking(figures)]:
        zh, en = ("、".join(FIELDS[name][0] for name in missing), ", ".join(FIELDS[name][1] for name in missing))
        yield Unmet("units.data_missing", {"fields": zh, "fields_en": en})


# ---- effects by which a deal moves its unit
@shelf.effect(UNIT, then=(("unit", "hold"),))
def hold(d: Dossier) -> Iterator[Change]:
    """The unit is held for this deal."""
    unit = d.chosen(UNIT)
    yield _claim(d, unit, "units.will_hold")
    yield Link("unit", unit.id)
    yield Then("unit", "hold")


@shelf.effect(UNIT, then=(("unit", "secure"),))
def secure(d: Dossier) -> Iterator[Change]:
    """The unit is this deal's by deposit: by its own hold, or by a new claim (R-DEP-10: the first to pay has it)."""
    unit = d.chosen(UNIT)
    if unit.claimed_by != d.case.id:
        yield _claim(d, unit, "units.will_secure")
    yield Then("unit", "secure")


@shelf.effect(then=(("unit", "hold_again"),))
def hold_again(d: Dossier) -> Iterator[Change]:
    """The claim goes on as a hold."""
    yield Then("unit", "hold_again")


@shelf.effect(then=(("unit", "contract"),))
def contract(d: Dossier) -> Iterator[Change]:
    """The payment slip is signed: the unit is under contract."""
    yield Then("unit", "contract")


@shelf.effect(then=(("unit", "back_to_deposit"),))
def back_to_deposit(d: Dossier) -> Iterator[Change]:
    """The slip is void: the unit is the client's by deposit again."""
    yield Then("unit", "back_to_deposit")


@shelf.effect(then=(("unit", "file"),))
def file(d: Dossier) -> Iterator[Change]:
    """The authority shows the contract as filed."""
    yield Then("unit", "file")


@shelf.effect(then=(("unit", "unfile"),))
def unfile(d: Dossier) -> Iterator[Change]:
    """The filing is opened again: the unit is under contract only."""
    yield Then("unit", "unfile")


@shelf.effect(then=(("unit", "deliver"),))
def deliver(d: Dossier) -> Iterator[Change]:
    """The keys are with the owner."""
    yield Then("unit", "deliver")


@shelf.effect(CLAIMED, then=(("unit", "release"),))
def release(d: Dossier) -> Iterator[Change]:
    """The claim ends and the unit is for sale again (R-HLD-05)."""
    for claimed in d[CLAIMED]:
        told = {"unit": claimed.code}
        ended = {"live": False, "ended_at": d.now}
        changed = Say("units.changed_now", told)
        yield Set(claims, {"id": claimed.id}, ended, {"live": True}, otherwise=changed, says=Say("units.will_release", told))
        yield Then("unit", "release")


# ---- effects of the unit's own steps
@shelf.effect()
def create(d: Dossier) -> Iterator[Change]:
    """A new unit, not yet offered."""
    row = {
        "id": d.case.id,
        "building_id": d.number("building"),
        "code": d.text("code").strip(),
        "floor": d.number("floor"),
        "layout": d.text("layout").strip(),
        "orientation": d.text("orientation").strip(),
        "area_cm2": d.number("area_cm2"),
        "inner_area_cm2": d.number("inner_area_cm2"),
        "list_fen": d.number("list_price"),
        "lowest_fen": d.number("lowest_price"),
        "blocked": None,
    }
    told = {"unit": row["code"]}
    yield Add(units, row, otherwise=Say("units.code_taken", told), says=Say("units.will_create", told))


@shelf.effect(UNIT)
def block(d: Dossier) -> Iterator[Change]:
    """Nobody may sell the unit on until the block is lifted; its state stays."""
    unit = d.chosen(UNIT)
    yield _set_block(unit, d.text("reason").strip(), "units.will_block")


@shelf.effect(UNIT)
def lift_block(d: Dossier) -> Iterator[Change]:
    """The unit may be sold on."""
    yield _set_block(d.chosen(UNIT), None, "units.will_lift")


def _anothers(d: Dossier, unit: Unit) -> bool:
    return unit.claimed_by is not None and unit.claimed_by != d.case.id


def _taken(unit: Unit) -> Unmet:
    return Unmet("units.taken", {"unit": unit.code}, rule="R-HLD-06" if unit.state == "held" else "R-DEP-10")


def _claim(d: Dossier, unit: Unit, says: str) -> Add:
    told = {"unit": unit.code}
    row = {"id": d.fresh("claim"), "unit_id": unit.id, "case_id": d.case.id, "live": True, "since": d.now, "ended_at": None}
    return Add(claims, row, otherwise=Say("units.taken_now", told), says=Say(says, told))


def _set_block(unit: Unit, why: str | None, says: str) -> Set:
    told = {"unit": unit.code}
    changed = Say("units.changed_now", told)
    return Set(units, {"id": unit.id}, {"blocked": why}, {"blocked": unit.blocked}, otherwise=changed, says=Say(says, told))
