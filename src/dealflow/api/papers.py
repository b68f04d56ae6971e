"""Papers and files: what was issued, its bytes, and the keeping of uploads under their hash."""

from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile
from pydantic import BaseModel

from dealflow.api.deals import seen_deal
from dealflow.api.door import Caller, CaseId, House, SignedIn, unkeyed
from dealflow.api.schemas import Words, problems
from dealflow.bootstrap import Dealflow
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.documents import queries, service
from dealflow.features.documents.queries import PaperRow
from dealflow.features.payments import queries as payments
from dealflow.features.staff import rules as staff
from dealflow.features.staff.texts import refusal
from dealflow.kernel.errors import Forbidden, NotFound

of_deals = APIRouter(prefix="/deals", tags=["deals"])
router = APIRouter(prefix="/papers", tags=["papers"])
files = APIRouter(prefix="/files", tags=["files"])


class Signature(BaseModel):
    """A signature. `position` is the buyer's place; the office signs last."""

    position: int
    capacity: str
    way: str
    witness: str
    at: datetime


class Paper(BaseModel):
    """A numbered paper. `may_open`: its bytes are this reader's to see; `printed`: they are stored already."""

    id: int
    case: int
    kind: str
    title: Words
    number: str
    state: str
    issued_at: datetime
    issued_by: str
    printed: bool
    may_open: bool
    voided_at: datetime | None
    void_reason: str | None
    kept_by: str | None
    signatures: list[Signature]


class Papers(BaseModel):
    """The papers of a deal and of its refunds, newest first."""

    papers: list[Paper]


class Stored(BaseModel):
    """A file that is kept: name it by its hash."""

    hash: str
    kind: str
    size: int
    name: str


@of_deals.get("/{deal}/papers", responses=problems(404))
def of_deal(dealflow: House, caller: SignedIn, deal: CaseId) -> Papers:
    """The papers of a deal and of its refunds, newest first."""
    with dealflow.reading() as uow:
        _, seen = seen_deal(uow, caller, deal)
        return Papers(papers=[_paper(uow, caller, row, seen, deal) for row in queries.papers_of(uow.connection, deal)])


def _paper(uow: UnitOfWork, caller: Caller, row: PaperRow, seen: staff.Sight, deal: int) -> Paper:
    signed = [s for s in queries.signatures_of(uow.connection, deal) if s.paper_id == row.id] if row.kind in SIGNED else []
    title = uow.house.papers[row.kind].title if row.kind in uow.house.papers else None
    return Paper(
        id=row.id,
        case=row.of_case,
        kind=row.kind,
        title=Words.of(title) if title else Words(zh=row.kind, en=row.kind),
        number=row.number,
        state=row.state,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        printed=row.file is not None,
        may_open=staff.may_open_paper(caller.actor, seen, row.kind),
        voided_at=row.voided_at,
        void_reason=row.void_reason,
        kept_by=row.kept_by or None,
        signatures=[Signature(position=s.position, capacity=s.capacity, way=s.way, witness=s.witness, at=s.at) for s in signed],
    )


SIGNED = frozenset({"D-18"})


def _found(uow: UnitOfWork, caller: Caller, paper: int) -> tuple[PaperRow, staff.Sight, int]:
    """A paper, how much of its client this person sees, and the deal it belongs to. Raises NotFound."""
    row = queries.one(uow.connection, uow.project_id, paper)
    if row is None:
        raise NotFound("paper", paper)
    deal = payments.refund_of(uow.connection, row.of_case).deal_id if row.kind == REFUND_VOUCHER else row.of_case
    _, seen = seen_deal(uow, caller, deal)
    return row, seen, deal


REFUND_VOUCHER = "D-16"


@router.get("/{paper}", responses=problems(404))
def show(dealflow: House, caller: SignedIn, paper: CaseId) -> Paper:
    """A paper's own data, without what is written on it."""
    with dealflow.reading() as uow:
        row, seen, deal = _found(uow, caller, paper)
        return _paper(uow, caller, row, seen, deal)


@router.get("/{paper}/pdf", responses={**problems(403, 404), 200: {"content": {"application/pdf": {}}}}, response_class=Response)
def pdf(dealflow: House, caller: SignedIn, paper: CaseId) -> Response:
    """The paper itself, printed at once when it is not stored yet. The same bytes each time."""
    with dealflow.reading() as uow:
        row, seen, _ = _found(uow, caller, paper)
        if not staff.may_open_paper(caller.actor, seen, row.kind):
            raise Forbidden([refusal("staff.paper_of_another")])
    digest = row.file or _print(dealflow, paper)
    return Response(dealflow.files.get(digest), media_type="application/pdf", headers=inline(row.number, digest))


def _print(dealflow: Dealflow, paper: int) -> str:
    """Print a paper that nobody has printed yet; gives the hash of its bytes."""
    several = partial(dealflow.unit_of_work, several=True)
    return service.print_paper(several, dealflow.reading, dealflow.press, dealflow.files, paper).file


def inline(number: str, digest: str) -> dict[str, str]:
    """Shown in the browser, kept by nobody on the way."""
    name = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in number)
    return {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "private, no-store",
        "ETag": f'"{digest}"',
    }


@files.post("", status_code=201, responses=problems(403, 413))
def store(dealflow: House, caller: SignedIn, file: Annotated[UploadFile, File(description="PDF, JPEG or PNG.")]) -> Stored:
    """Keep a file. Its type is what its bytes say; the same bytes again are the same file."""
    content = file.file.read()
    with dealflow.unit_of_work(several=True) as uow:
        kept = service.store_file(uow, unkeyed(caller.actor), content, file.filename or "", dealflow.files)
    return Stored(hash=kept.hash, kind=kept.kind, size=kept.size, name=kept.name)
