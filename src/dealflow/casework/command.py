"""What a use case hands to the corridor, and what it gets back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from dealflow.kernel.actor import Actor
from dealflow.kernel.canonical import sha256

Answers = Mapping[str, object]  # what the person filled in: JSON values and moments, by field name


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case by kind and id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Command:
    """Who wants something done, under which key, having seen which version.

    The same key again gives the same answer; with another body it is refused. `at` is the business time, by default the
    moment of entry. `use_case` is the name of the use case that speaks; `links` are the linked cases it brings;
    `personal` names the answers that the chained history holds as commitments only.
    """

    key: str
    actor: Actor
    expected_version: int | None = None
    on_behalf_of: int | None = None
    at: datetime | None = None
    use_case: str = ""
    links: Mapping[str, int] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a command. Stored under its key and given again to the same key."""

    kind: str
    case: int
    state: str
    version: int
    seq: int
    opened: dict[str, int] = {}
    papers: dict[str, int] = {}


def identify(key: str, place: str) -> int:
    """An id below 2^52 (JavaScript counts to 2^53), the same for the same key and place, so that a retry makes the same ids."""
    return int(sha256(f"{key}\n{place}")[:13], 16)
