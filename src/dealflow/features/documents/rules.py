"""What a stored file may be and what a signature needs: decisions on plain values. No SQL, no clock, no I/O."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 20 * 1024 * 1024  # bytes
LONGEST_NAME: Final = 120
PDF: Final = "application/pdf"
KINDS: Final = (  # what a file begins with -> the only type under which it is ever served
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
HASH: Final = re.compile(r"[0-9a-f]{64}")
OUTDATED: Final = "所载内容已变更"  # why a paper is void that a change of the deal made untrue
WAYS: Final = ("wet", "screen")
OFFICE: Final = "office"  # capacity of the last signature
CLIENTS: Final = frozenset({"self", "company", "agent"})
SIGNING: Final[Mapping[str, str]] = {"D-18": "sign_agreement"}  # paper -> the event that records a client's signature on it
TITLES: Final[Mapping[str, tuple[str, str]]] = {"D-18": ("认购书", "subscription agreement")}


@dataclass(frozen=True, slots=True)
class Mark:
    """A signature on a paper: whose place it fills, and in which capacity."""

    paper: int
    position: int
    capacity: str


def kind_of(content: bytes) -> str | None:
    """The type that the content itself shows; None for anything that is not kept."""
    return next((kind for begins, kind in KINDS if content.startswith(begins)), None)


def shown_name(name: str) -> str:
    """The last part of a file's name, without control characters."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[:LONGEST_NAME] or "file"


def unsigned(positions: Iterable[int], marks: Collection[Mark], paper: int) -> list[int]:
    """The buyers' places on this paper that are still empty. Signatures on a void one do not count (C-53)."""
    filled = {mark.position for mark in marks if mark.paper == paper and mark.capacity in CLIENTS}
    return [position for position in sorted(positions) if position not in filled]
