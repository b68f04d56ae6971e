"""Papers: found by number, opened as PDF (printed at once when nobody printed it yet), the scans of signatures."""

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.documents import queries, service
from dealflow.features.documents.queries import PaperRow, SignatureRow
from dealflow.features.movein.queries import handover as handovers
from dealflow.features.payments import queries as payments
from dealflow.features.staff.rules import Sight, may_open_paper
from dealflow.features.staff.texts import refusal
from dealflow.kernel.errors import Forbidden, NotFound
from dealflow.web.deal_papers import paper
from dealflow.web.deals import CaseId
from dealflow.web.frame import frame_of
from dealflow.web.views import Action, PapersPage
from dealflow.web.views import PaperRow as Shown
from dealflow.web.visit import Visit, Visiting, sight_of

router = APIRouter()
REFUND_VOUCHER: Final = "D-16"
OF_HANDOVER: Final = frozenset({"D-39", "D-40", "D-41", "D-42", "D-44", "D-45"})
OF_BUILDING: Final = frozenset({"D-37", "D-38", "D-43"})


@router.get("/papers")
def find(v: Visiting, q: Annotated[str, Query(max_length=60)] = "") -> Response:
    """A paper by its number."""
    with v.dealflow.reading() as uow:
        row = queries.by_number(uow.connection, uow.project_id, q.strip().upper()) if q.strip() else None
        rows = (_shown(v, uow, row),) if row else ()
        sub = v.say("按编号查找，纸质单据与系统记录一一对应", "Found by number; every printed paper has its record here")
        page = PapersPage(v.say("单据", "Papers"), sub, rows, query=q)
        frame = frame_of(v, uow, v.say("单据", "Papers"), "papers")
    return v.page("papers.html", frame, page)


def _shown(v: Visit, uow: UnitOfWork, row: PaperRow) -> Shown:
    seen, deal, signatures = _seen(v, uow, row)
    shown = paper(v, row, seen, signatures)
    there = Action(v.say("打开交易", "Open the deal"), href=f"/deals/{deal}")
    if not deal:
        there = Action(v.say("看楼栋", "See the buildings"), href="/buildings")
    return replace(shown, actions=(*shown.actions, there))


def _seen(v: Visit, uow: UnitOfWork, row: PaperRow) -> tuple[Sight, int, tuple[SignatureRow, ...]]:
    """How much of the paper's client the reader sees, the deal, and the signatures on the paper."""
    c, signed = uow.connection, row.of_case if row.kind in OF_HANDOVER else 0
    if row.kind in OF_BUILDING:
        return sight_of(uow, v.actor)(None, 0), 0, ()
    deal = _deal_of(uow, row)
    found = deals.one(c, uow.project_id, deal, deals.Reader(v.actor.id, all=True))
    if found is None:
        raise NotFound("deal", deal)
    seen = sight_of(uow, v.actor)(found.owner_id, deal)
    return seen, deal, tuple(s for s in queries.signatures_of(c, signed or deal) if s.paper_id == row.id)


def _deal_of(uow: UnitOfWork, row: PaperRow) -> int:
    """The deal that a paper is about: its own, that of its refund, or that of its handover."""
    if row.kind == REFUND_VOUCHER:
        return payments.refund_of(uow.connection, row.of_case).deal_id
    if row.kind in OF_HANDOVER:
        return handovers.handover(uow.connection, uow.project_id, row.of_case).deal_id
    return row.of_case


def _opened(v: Visit, uow: UnitOfWork, paper_id: int) -> tuple[PaperRow, tuple[SignatureRow, ...]]:
    """A paper that the reader may open. Raises NotFound or Forbidden."""
    row = queries.one(uow.connection, uow.project_id, paper_id)
    if row is None:
        raise NotFound("paper", paper_id)
    seen, _, signatures = _seen(v, uow, row)
    if not may_open_paper(v.actor, seen, row.kind):
        raise Forbidden([refusal("staff.paper_of_another")])
    return row, signatures


@router.get("/papers/{paper_id}.pdf")
def pdf(v: Visiting, paper_id: CaseId) -> Response:
    """The paper's bytes, the same each time."""
    with v.dealflow.reading() as uow:
        row, _ = _opened(v, uow, paper_id)
    df = v.dealflow
    digest = row.file or service.print_paper(df.unit_of_work, df.reading, df.press, df.files, paper_id).file
    return _bytes(df.files.get(digest), "application/pdf", f"{row.kind}-{row.number}.pdf", digest)


@router.get("/papers/{paper_id}/scans/{position}")
def scan(v: Visiting, paper_id: CaseId, position: int) -> Response:
    """The scan of a client's signature. Raises NotFound."""
    with v.dealflow.reading() as uow:
        row, signatures = _opened(v, uow, paper_id)
        digest = next((s.scan for s in signatures if s.position == position and s.scan), None)
        kept = queries.file(uow.connection, digest) if digest else None
    if kept is None:
        raise NotFound("scan", position)
    return _bytes(v.dealflow.files.get(kept.hash), kept.kind, f"{row.number}-{position}", kept.hash)


def _bytes(content: bytes, kind: str, name: str, digest: str) -> Response:
    """Shown in the browser under the only type it may have, kept by nobody on the way."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    headers = {"Content-Disposition": f'inline; filename="{plain}"', "Cache-Control": "private, no-store", "ETag": f'"{digest}"'}
    return Response(content, media_type=kind, headers=headers)
