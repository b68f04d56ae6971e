"""Everything a scenario may say: every verb with its fields, everything observable. Printed by `dealflow play --vocabulary`."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, get_args, get_origin, get_type_hints

from dealflow.bootstrap import Dealflow
from dealflow.casework.inputs import Key, Local, Secret, Words, Yuan
from dealflow.casework.usecases import UseCase
from dealflow.cli.play.observe import OBSERVABLES
from dealflow.cli.play.worlds import STAFF, WORLDS

NAMED: Final[Mapping[Any, str]] = {
    Yuan: "yuan as text (500.00)",
    Local: "moment (2025-03-03 09:00)",
    Key: "reference, unit or letter",
    Words: "text",
    Secret: "text (personal)",
}
PLAIN: Final[Mapping[Any, str]] = {str: "text", int: "whole number", bool: "true | false", date: "day", object: "anything"}
STEPS: Final = (
    ("before", "at the top: another file beside this one is played first; world and beginning are that one's, its names stay"),
    ("by, do, with", "a person (letter) does a use case with fields"),
    ("as", "names what it gave: $name is its case, $name.deal, $name.refund, $name.receipt, $name.D-18 what belongs to it"),
    ("refused", "a list: refused for exactly these rules or codes"),
    ("on_behalf_of", "the colleague for whom it is done"),
    ("at", "beside do: when it took place, if it is entered later; alone: time passes until then"),
    ("key", "the request's key: the same key again gives the same answer"),
    ("wait", "time passes (72h 1s); deadlines act in order, each just after its own moment"),
    ("see", "how things stand: unit 1-1201 or a reference, with observables"),
    ("paper", "{kind, of, contains, lacks}: the newest paper of that kind, printed, holds these texts"),
)


def vocabulary(dealflow: Dealflow) -> dict[str, Any]:
    """Verbs, observables, steps, worlds and letters as plain values."""
    return {
        "steps": dict(STEPS),
        "verbs": {name: _verb(page) for name, page in sorted(dealflow.book.pages.items())},
        "see": {kind: {name: look.__doc__ for name, look in looks.items()} for kind, looks in OBSERVABLES.items()},
        "events": {kind: _events(dealflow, kind) for kind in sorted(dealflow.house.current)},
        "worlds": {name: (make.__doc__ or "").strip() for name, make in WORLDS.items()},
        "people": {one.letter: f"{one.name} ({', '.join(one.roles)})" for one in STAFF},
        "policies": {key: str(value) for key, value in dealflow.house.defaults.items()},
    }


def _verb(page: UseCase) -> dict[str, Any]:
    return {"zh": page.label.zh, "en": page.label.en, "fields": dict(_fields(page.input))}


def _fields(kind: Any) -> Iterator[tuple[str, str]]:
    """Each field with its type; one that may be left out has a question mark."""
    hints = get_type_hints(kind, include_extras=True)
    for one in dataclasses.fields(kind):
        needed = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        yield one.name + ("" if needed else "?"), _written(hints[one.name])


def _written(hint: Any) -> str:
    """A type as a reader of scenarios understands it."""
    if dataclasses.is_dataclass(hint):
        return "{" + ", ".join(f"{name}: {kind}" for name, kind in _fields(hint)) + "}"
    origin, inner = get_origin(hint), get_args(hint)
    if hint in NAMED:
        return NAMED[hint]
    if hasattr(hint, "__metadata__"):
        return _written(inner[0])
    if origin is list or origin is tuple:
        return f"[{_written(inner[0])}]"
    if origin is dict:
        return f"{{{_written(inner[0])}: {_written(inner[1])}}}"
    if inner:
        return " | ".join(word for one in inner if one is not type(None) and (word := _written(one)))
    return PLAIN.get(hint, getattr(hint, "__name__", repr(hint)))


def _events(dealflow: Dealflow, kind: str) -> dict[str, str]:
    """The events of the newest version of a workflow that people may take."""
    steps = dealflow.house.of(kind, dealflow.house.current[kind]).workflow.steps
    return {step.event: f"{step.label.zh} / {step.label.en}" for step in steps}
