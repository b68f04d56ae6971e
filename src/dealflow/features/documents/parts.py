"""What a dossier may know of papers: those of the case, their signatures, the buyers who must sign, the scan that is named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import RowChange, Set
from dealflow.casework.parts import CaseKey, Record, answered, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import buyers, contracts
from dealflow.db.tables.documents import files, papers, signatures


class Paper(Record, frozen=True):
    """A numbered paper of the case. `voided_at` is set by the step that makes it void, before its own case has moved."""

    id: int
    kind: str
    number: str
    state: str
    voided_at: datetime | None


class DealPaper(Record, frozen=True):
    """A numbered paper of the deal that the case is or belongs to, as later papers quote it."""

    id: int
    kind: str
    number: str
    state: str
    seq: int
    issued_at: datetime
    voided_at: datetime | None


class Seen(Record, frozen=True):
    """When the buyers' originals were seen."""

    case_id: int
    identity_at: datetime | None


class Signature(Record, frozen=True):
    """A signature on a paper of the case."""

    paper_id: int
    case_id: int
    position: int
    capacity: str


class Buyer(Record, frozen=True):
    """A buyer who must sign, in contract order."""

    case_id: int
    position: int
    kind: str
    name: str


class Scan(Record, frozen=True):
    """The stored file that the command names, and whether it is a printed paper itself, which nobody has signed."""

    hash: str
    printed: bool


def _papers(case: CaseKey) -> sa.Select[Any]:
    joined = papers.join(cases, cases.c.id == papers.c.id)
    columns = (papers.c.id, papers.c.kind, papers.c.number, cases.c.state, papers.c.voided_at)
    return sa.select(*columns).select_from(joined).where(papers.c.of_case == case.id)


def _papers_after(found: tuple[Paper, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Paper, ...]:
    """A paper that became void in this plan is void, though its own case moves later. New ones are read with the next step."""
    match change:
        case Set(table, key, {"voided_at": datetime() as moment}) if table is papers:
            return tuple(msgspec.structs.replace(p, voided_at=moment) if p.id == key["id"] else p for p in found)
    return found


def _deal_papers(case: CaseKey) -> sa.Select[Any]:
    joined = papers.join(cases, cases.c.id == papers.c.id)
    columns = [cases.c.state if name == "state" else papers.c[name] for name in DealPaper.__struct_fields__]
    return sa.select(*columns).select_from(joined).where(papers.c.of_case == linked(case, "deal"))


def _unmoved(found: tuple[Any, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Any, ...]:
    """As they were before the step: a paper quotes no number taken, and no state reached, in its own step."""
    return found


def _scan(case: CaseKey) -> sa.Select[Any]:
    printed = sa.exists().where(papers.c.file == files.c.hash)
    return sa.select(files.c.hash, printed.label("printed")).where(files.c.hash == answered("scan"))


PAPERS = part(Paper, _papers, fold=_papers_after)
DEAL_PAPERS = part(DealPaper, _deal_papers, fold=_unmoved)
SEEN = rows_of(Seen, contracts, link="deal")
SIGNATURES = rows_of(Signature, signatures)
BUYERS = rows_of(Buyer, buyers)
SCAN = part(Scan, _scan)
