"""The tree of errors. Each says its kind; a table in each door turns the kind into a status, a page or an exit code.

DealflowError
├── NotFound      there is no such thing (or you may not know of it)
├── Conflict      somebody was faster; try again with what stands now
├── Refused       the workflow said no, with every reason at once
│   └── Forbidden not yours to do
├── Invalid       the input is malformed: wrong type, wrong form
└── BadWorkflow   a definition is faulty, with file and line
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

import msgspec


@dataclass(frozen=True, slots=True)
class How:
    """The way out of an unmet need: a use case and the arguments already known."""

    use_case: str
    arguments: Mapping[str, object] = field(default_factory=dict)


class Unmet(msgspec.Struct, frozen=True):
    """One thing that stands in a step's way. A why-not answer makes a hundred: a struct is made in C.

    `code` is stable and names the sentence (zh, en) on the room's texts; `evidence` fills the sentence's places and says
    what was judged. `rule`, `who` and `how` default to those written with the text.
    """

    code: str
    evidence: Mapping[str, object] = {}
    rule: str = ""
    who: tuple[str, ...] = ()
    how: How | None = None
    since: datetime | None = None
    zh: str = ""
    en: str = ""


class DealflowError(Exception):
    """Something dealflow can explain."""

    kind: ClassVar[str] = "error"


class NotFound(DealflowError):
    """There is no such thing, or you may not know of it."""

    kind = "not_found"

    def __init__(self, what: str, which: object = "") -> None:
        super().__init__(f"{what} {which}".strip())
        self.what, self.which = what, which


class Conflict(DealflowError):
    """Somebody was faster. Says what was taken, in both languages; nothing was changed."""

    kind = "conflict"

    def __init__(self, code: str, zh: str, en: str, **evidence: object) -> None:
        super().__init__(f"{code}: {zh} / {en}")
        self.code, self.zh, self.en, self.evidence = code, zh, en, evidence


class Refused(DealflowError):
    """The workflow said no. Carries every reason at once, in the order of the file."""

    kind = "refused"

    def __init__(self, reasons: Iterable[Unmet]) -> None:
        self.reasons: tuple[Unmet, ...] = tuple(reasons)
        super().__init__("; ".join(f"{r.code} ({r.rule})" if r.rule else r.code for r in self.reasons))

    @property
    def codes(self) -> frozenset[str]:
        """The stable codes of all reasons."""
        return frozenset(r.code for r in self.reasons)

    @property
    def rules(self) -> frozenset[str]:
        """The rules that all reasons quote."""
        return frozenset(rule for r in self.reasons for rule in r.rule.split() if rule)


class Forbidden(Refused):
    """Not this person's act. Says who may."""

    kind = "forbidden"


class Invalid(DealflowError):
    """The input is malformed. `field` names the place in the form, if known."""

    kind = "invalid"

    def __init__(self, code: str, field: str = "", **evidence: object) -> None:
        super().__init__(f"{code} {field} {evidence or ''}".strip())
        self.code, self.field, self.evidence = code, field, evidence


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a definition, and where. `path` is a counter-example where one can be given."""

    code: str
    file: str
    line: int
    zh: str
    en: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where}: {self.code}: {self.en} / {self.zh}" + (f" [{' → '.join(self.path)}]" if self.path else "")


class BadWorkflow(DealflowError):
    """Definitions that may not open the doors: all faults at once, each with file and line."""

    kind = "bad_workflow"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=lambda f: (f.file, f.line, f.code)))
        super().__init__("\n".join(map(str, self.faults)))
