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
WRONG: Final = "校对发现差错"  # why a contract is void in which the team leader found errors
WAYS: Final = ("wet",)  # on paper; strokes on a screen are not captured yet
OFFICE: Final = "office"  # capacity of the last signature
CLIENTS: Final = frozenset({"self", "company", "agent"})
SIGNING: Final[Mapping[str, str]] = {  # paper -> the event that records a client's signature on it
    "D-18": "sign_agreement",
    "D-27": "sign_paper",
    "D-28": "sign_paper",
}
TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "D-18": ("认购书", "subscription agreement"),
    "D-23": ("交款单", "payment slip"),
    "D-27": ("商品房买卖合同", "sale and purchase contract"),
    "D-28": ("前期物业管理协议", "preliminary management agreement"),
    "D-36": ("入住通知书", "move-in notice"),
}
WRITING: Final[Mapping[str, str]] = {"D-18": "R-SUB-01", "D-23": "R-PAY-06", "D-27": "R-CTR-03", "D-28": "R-CTR-03"}
SIGNED: Final[Mapping[str, str]] = {"D-18": "R-SUB-04 C-53", "D-27": "R-CTR-14 C-53", "D-28": "R-CTR-03 C-53"}
BAG: Final = (  # the document bag (R-PAY-13): what each buyer brings, then the office's own papers
    "身份证件",
    "户口本",
    "婚姻证明",
)
BAG_PAPERS: Final = {
    "D-18": "认购书",
    "D-23": "交款单",
    "D-24": "首付款收据（POS单）",
    "D-27": "商品房买卖合同",
    "D-28": "前期物业管理协议",
}


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
