"""Shapes that several routes answer with. Never a table row: each says what a client of the API may rely on."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from pydantic import BaseModel, Field

from dealflow.api.errors import Problem
from dealflow.casework.command import Answer
from dealflow.casework.plan import Line
from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.workflow.records import Label

Yuan = Annotated[str, Field(pattern=r"^-?\d{1,14}\.\d{2}$", description="yuan, exact decimal text", examples=["500.00"])]
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]


def yuan(fen: int) -> str:
    """Fen as the text of an amount."""
    return money.plain(Fen(fen))


def yuan_or_none(fen: int | None) -> str | None:
    """An amount that may be unknown."""
    return None if fen is None else yuan(fen)


class Words(BaseModel):
    """A word in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, label: Label) -> "Words":
        """From the label of a workflow, a role, a policy."""
        return cls(zh=label.zh, en=label.en)


class Ref(BaseModel):
    """A case or a person by id, with the name people use."""

    id: int
    name: str


class Done(BaseModel):
    """What came of a command: the case with its new state and version, what was opened and which papers were issued."""

    kind: str
    case: int
    state: str
    version: int
    seq: int
    opened: dict[str, int]
    papers: dict[str, int]

    @classmethod
    def of(cls, answer: Answer) -> "Done":
        """From the corridor's answer."""
        return cls(
            kind=answer.kind,
            case=answer.case,
            state=answer.state,
            version=answer.version,
            seq=answer.seq,
            opened=answer.opened,
            papers=answer.papers,
        )


class PreviewLine(BaseModel):
    """One thing that would happen: `kind` is move, paper, deadline, task, row or open."""

    kind: str
    zh: str
    en: str
    data: dict[str, Any]

    @classmethod
    def of(cls, line: Line) -> "PreviewLine":
        """From a line of a plan."""
        return cls(kind=line.kind, zh=line.zh, en=line.en, data=plain(line.data))


class Preview(BaseModel):
    """What a command would do, by the same decision that does it."""

    lines: list[PreviewLine]


def plain(values: Mapping[str, object]) -> dict[str, Any]:
    """JSON values of a mapping that may hold moments and terms."""
    found: dict[str, Any] = msgspec.to_builtins(dict(values), enc_hook=str)
    return found


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem answers of a route, for its documentation. Every route may ask to sign in and refuse malformed input."""
    return {status: {"model": Problem, "description": MEANINGS[status]} for status in sorted({401, 422, *statuses})}


MEANINGS: Final[Mapping[int, str]] = {
    401: "Nobody is signed in, or the session has ended.",
    403: "Not this person's act, or the request lacks the page's token.",
    404: "There is no such thing.",
    409: "Refused with every reason, or somebody was faster.",
    413: "The body is larger than the service takes.",
    422: "The input is malformed.",
}
STEP: Final = (403, 404, 409, 413)
