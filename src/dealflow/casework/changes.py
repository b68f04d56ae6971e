"""What a step does, as data. Effects yield these; `decide` gathers them; `writing` carries them out, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

Value = int | str | bool | datetime | None | object
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence by its code on the texts of a room, with what fills its places."""

    code: str
    evidence: Mapping[str, object] = field(default_factory=dict)


ALREADY = Say("casework.already")


@dataclass(frozen=True, slots=True)
class Add:
    """A new row. `otherwise` is what the loser hears when a unique index refuses it; `says` is its line in the preview."""

    table: sa.Table
    row: Row
    otherwise: Say = ALREADY
    says: Say | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """Touches exactly one row that looks as expected, or the whole plan is a Conflict that says `otherwise`."""

    table: sa.Table
    key: Row
    values: Row
    expecting: Row = field(default_factory=dict)
    otherwise: Say = ALREADY
    says: Say | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A row that is inserted, or takes the place of the one with the same primary key."""

    table: sa.Table
    row: Row
    says: Say | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Rows of a list that are replaced as a whole (buyers, plan lines). History keeps what stood there."""

    table: sa.Table
    key: Row


@dataclass(frozen=True, slots=True)
class Open:
    """A new case with its first event. Its id is remembered under `name` in the answer, and as a link if `linked`."""

    kind: str
    name: str
    event: str
    links: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    called: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """The case has another case (or a register's row) under this name from now on."""

    name: str
    other: int


@dataclass(frozen=True, slots=True)
class Issue:
    """A paper of this kind, its facts told from the image after the step, its number taken while writing."""

    kind: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Sets a clock of the workflow to a moment that the step decided itself."""

    clock: str
    due: datetime


@dataclass(frozen=True, slots=True)
class End:
    """Ends a clock of the case."""

    clock: str


@dataclass(frozen=True, slots=True)
class Send:
    """A task for a role (or one person): a row, written with its cause."""

    topic: str
    role: str
    evidence: Mapping[str, object] = field(default_factory=dict)
    person: int | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Closes the open tasks of a topic on this case."""

    topic: str


@dataclass(frozen=True, slots=True)
class Then:
    """Another case must take a step in the same transaction. It acts with the right of the step that began it."""

    link: str
    event: str
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expect:
    """A linked case was judged and not moved: it must still be at this version when the plan is written."""

    case: int
    version: int
    otherwise: Say = ALREADY


Change = Add | Set | Put | Drop | Open | Link | Issue | Deadline | End | Send | Done | Then
RowChange = Add | Set | Put | Drop
