"""Facts of a unit, its building and its seller for papers and screens, told from the image after the step."""

from datetime import timedelta
from typing import Final

from dealflow.casework.dossier import Dossier
from dealflow.features.units import rules
from dealflow.features.units.parts import DESCRIBED, SELLER, UNIT
from dealflow.features.units.shelf.board import shelf, unit_of
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.duration import Duration

INSTANT: Final = timedelta(microseconds=1)  # the last day in time ends where the next one begins


@shelf.fact(UNIT)
def code(d: Dossier) -> str | None:
    """How the office calls the unit: 1-1201."""
    unit = unit_of(d)
    return unit.code if unit else None


@shelf.fact(UNIT)
def address(d: Dossier) -> str | None:
    """Where it lies: the project's address, the building, the room."""
    unit = unit_of(d)
    return f"{d.project.address}{unit.building}{rules.room_of(unit.code)}室" if unit else None


@shelf.fact(UNIT)
def area(d: Dossier) -> int | None:
    """Its built area in cm2."""
    unit = unit_of(d)
    return unit.area_cm2 if unit else None


@shelf.fact(UNIT)
def inner_area(d: Dossier) -> int | None:
    """Its inner area in cm2, if it is known."""
    unit = unit_of(d)
    return unit.inner_area_cm2 or None if unit else None


@shelf.fact(UNIT)
def licence_number(d: Dossier) -> str | None:
    """The sales licence of its building."""
    unit = unit_of(d)
    return unit.licence_no if unit else None


@shelf.fact()
def seller_name(d: Dossier) -> str:
    """Who sells: the developer."""
    return d.project.developer


# ---- what the contract says beside that (D-27); empty until it is on record
@shelf.fact(DESCRIBED)
def floor(d: Dossier) -> int | None:
    """On which floor it lies."""
    found = d.one(DESCRIBED)
    return found.floor if found else None


@shelf.fact(DESCRIBED)
def layout(d: Dossier) -> str | None:
    """Its layout."""
    found = d.one(DESCRIBED)
    return found.layout if found else None


@shelf.fact(DESCRIBED)
def orientation(d: Dossier) -> str:
    """Whither it looks."""
    return _text(d, "orientation")


@shelf.fact(DESCRIBED)
def land_way(d: Dossier) -> str:
    """How the right to use the land was obtained."""
    return _text(d, "land_way")


@shelf.fact(DESCRIBED)
def land_until(d: Dossier) -> str | None:
    """When that right ends."""
    found = d.one(DESCRIBED)
    return found.land_until.isoformat() if found and found.land_until else None


@shelf.fact(DESCRIBED)
def planned_use(d: Dossier) -> str:
    """For what the building is planned."""
    return _text(d, "planned_use")


@shelf.fact(DESCRIBED)
def structure(d: Dossier) -> str:
    """How the building is built."""
    return _text(d, "structure")


@shelf.fact(DESCRIBED)
def decoration(d: Dossier) -> str:
    """In which condition the unit is handed over."""
    return _text(d, "decoration")


@shelf.fact(DESCRIBED)
def escrow_account(d: Dossier) -> str:
    """The account under supervision to which the price is paid."""
    return _text(d, "escrow_account")


@shelf.fact(DESCRIBED, policy=("contract.delivery_within",))
def delivery_on(d: Dossier) -> str:
    """The building's day of delivery; where none is on record, the project's usual time from today on."""
    found = d.one(DESCRIBED)
    if found and found.delivery_on:
        return found.delivery_on.isoformat()
    within: Duration = d.policy["contract.delivery_within"]
    due = within.due(d.now, PROJECT_ZONE, STATUTORY)
    return (due.astimezone(PROJECT_ZONE) - INSTANT).date().isoformat()


@shelf.fact(SELLER)
def seller_document(d: Dossier) -> str:
    """The developer's credit code."""
    return _of_seller(d, "document")


@shelf.fact(SELLER)
def seller_address(d: Dossier) -> str:
    """Where the developer has its seat."""
    return _of_seller(d, "address")


@shelf.fact(SELLER)
def seller_representative(d: Dossier) -> str:
    """Who represents the developer."""
    return _of_seller(d, "representative")


def _text(d: Dossier, name: str) -> str:
    found = d.one(DESCRIBED)
    return str(getattr(found, name) or "") if found else ""


def _of_seller(d: Dossier, name: str) -> str:
    found = d.one(SELLER)
    return str(getattr(found, name) or "") if found else ""
