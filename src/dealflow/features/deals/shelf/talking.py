"""A talk with the client at the table, as its record (D-05) tells it: needs, units spoken of, questions, what comes next."""

from collections.abc import Iterator
from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.deals.parts.contract import SPOKEN_OF
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.kernel.errors import Unmet


@shelf.guard()
def talk_given(d: Dossier) -> Iterator[Unmet]:
    """What the client needs and what was agreed to come next."""
    if not d.text("needs").strip():
        yield Unmet("deals.talk_needs_missing")
    if not d.text("next").strip():
        yield Unmet("deals.talk_next_missing")
    if d.text("next_on").strip() and rules.day(d.answers.get("next_on")) is None:
        yield Unmet("deals.talk_day_wrong")


@shelf.fact()
def talk_at(d: Dossier) -> datetime:
    """When they talked."""
    return d.now


@shelf.fact()
def talk_needs(d: Dossier) -> str:
    """What the client looks for."""
    return d.text("needs").strip()


@shelf.fact(SPOKEN_OF)
def talk_units(d: Dossier) -> list[dict[str, object]]:
    """The units spoken of, with area and list price."""
    found = sorted(d[SPOKEN_OF], key=lambda unit: unit.code)
    return [{"unit": unit.code, "area": unit.area_cm2, "price": unit.list_fen} for unit in found]


@shelf.fact()
def talk_questions(d: Dossier) -> str:
    """What he asked."""
    return d.text("questions").strip()


@shelf.fact()
def talk_feedback(d: Dossier) -> str:
    """What he thought of it."""
    return d.text("feedback").strip()


@shelf.fact()
def talk_next(d: Dossier) -> str:
    """What comes next."""
    return d.text("next").strip()


@shelf.fact()
def talk_next_on(d: Dossier) -> str | None:
    """When."""
    day = rules.day(d.answers.get("next_on"))
    return day.isoformat() if day else None
