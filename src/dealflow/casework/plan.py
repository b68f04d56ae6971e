"""What a command will do, as data: moves of cases, changes of rows, numbered papers, the answer. Written whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dealflow.casework.changes import Expect, Row, RowChange, Say
from dealflow.casework.command import Answer
from dealflow.casework.house import BoundStep, PaperKind


@dataclass(frozen=True, slots=True)
class Move:
    """One step of one case: its event as the row that history will hold."""

    case: int
    kind: str
    step: BoundStep
    source: str
    target: str
    event: Row


@dataclass(frozen=True, slots=True)
class CaseWrite:
    """All moves of one case as one write: a new row, or an update that expects the version that was read."""

    id: int
    new: Row | None  # the whole row, for a case that is opened
    read_version: int
    values: Row
    loss: Say  # what is told when the case has moved on


@dataclass(frozen=True, slots=True)
class PaperWrite:
    """A paper whose number is taken while writing: from the series, with the series' name as prefix."""

    row: Row
    paper: PaperKind


@dataclass(frozen=True, slots=True)
class TaskEnd:
    """Open tasks of a topic on a case that are settled by the step."""

    case: int
    topic: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview: what will happen, in both languages, and the fact behind it."""

    kind: str  # move, paper, deadline, task, row, open
    zh: str
    en: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a command will do. `lines` is the same in words: what a page shows before the step."""

    moves: tuple[Move, ...]
    cases: tuple[CaseWrite, ...]
    changes: tuple[RowChange, ...]
    papers: tuple[PaperWrite, ...]
    ends: tuple[TaskEnd, ...]
    expects: tuple[Expect, ...]
    command: Row | None
    answer: Answer
    told: tuple[Callable[[], Line], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The plan in words. Told when somebody looks: a deed that nobody previews needs none."""
        return tuple(tell() for tell in self.told)
