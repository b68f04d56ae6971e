"""The shelf itself, on which guards, effects and facts of the room are put, and how all of them find the unit of a case."""

from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.features.units.parts import UNIT, Unit
from dealflow.features.units.texts import TEXTS

shelf = Shelf("units", TEXTS)


def unit_of(d: Dossier) -> Unit | None:
    """The unit of the case, if it is one of this project."""
    unit = d.one(UNIT)
    return unit if unit and unit.project_id == d.project.id else None
