"""Everything a step of one case may look at, read at one moment. Guards, facts and effects see nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from dealflow.casework.changes import RowChange
from dealflow.casework.command import Answers, identify
from dealflow.casework.parts import Part, Record
from dealflow.kernel.actor import Actor

R = TypeVar("R", bound=Record)


class Head(Record, frozen=True):
    """The case itself: its state, its version, the head of its history."""

    id: int
    project_id: int
    kind: str
    name: str
    workflow: int
    state: str
    former: str
    version: int
    seq: int
    head: str
    opened_at: datetime | None = None


class Running(Record, frozen=True):
    """A clock of the case as it stands."""

    clock: str
    due_at: datetime
    open: bool
    running: bool


class Dossier(msgspec.Struct, frozen=True):
    """One case as it was read, with the cases it may move and what the command brings.

    A step makes a score of images of it: a struct is copied in C, forty times faster than a dataclass.

    `now` is the business moment of the step, `entered` the moment of entry. `others` are the versions of linked cases
    whose facts are judged here.
    """

    case: Head
    now: datetime
    entered: datetime
    actor: Actor
    answers: Answers
    policy: Mapping[str, Any]
    rows: Mapping[Part[Any], tuple[Any, ...]]
    links: Mapping[str, int]
    clocks: Mapping[str, Running]
    project: "Project"
    linked: Mapping[str, "Dossier"] = {}
    others: Mapping[str, Head] = {}
    on_behalf_of: int | None = None
    key: str = ""
    salt: str = ""

    def fresh(self, place: str) -> int:
        """The id of a new row of this step: the same on a retry of the same command."""
        return identify(self.key, f"{self.case.id}/{self.case.seq + 1}/{place}")

    def __getitem__(self, part: Part[R]) -> tuple[R, ...]:
        return self.rows[part]

    def one(self, part: Part[R]) -> R | None:
        """The first row of a part, if there is any."""
        return next(iter(self.rows[part]), None)

    def chosen(self, part: Part[R]) -> R:
        """The row of a part that a guard has already asked for."""
        return self.rows[part][0]  # type: ignore[no-any-return]

    def text(self, name: str) -> str:
        """An answer as text; empty when it was not given."""
        value = self.answers.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """An answer that is a whole number (money in fen), if it was given."""
        value = self.answers.get(name)
        return value if isinstance(value, int) else None

    def after(self, changes: list[RowChange]) -> "Dossier":
        """The image: this dossier as it will read once the changes are written."""
        if not changes:
            return self
        rows = dict(self.rows)
        for part, found in self.rows.items():
            if part.fold is not None:
                for change in changes:
                    found = part.fold(found, change, self.links, self.case.id)
                rows[part] = found
        return msgspec.structs.replace(self, rows=rows)


class Project(Record, frozen=True):
    """The project a case belongs to."""

    id: int
    code: str
    name: str
    address: str
    developer: str
