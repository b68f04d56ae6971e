"""Papers on a page: number, kind, state, signatures, the way to the bytes. Used by a deal's page and by the search."""

from typing import Final

from dealflow.features.documents.queries import PaperRow as Row
from dealflow.features.documents.queries import SignatureRow
from dealflow.features.staff.rules import Sight, may_open_paper
from dealflow.web.look import Look
from dealflow.web.views import Action, Badge, PaperRow, Tone
from dealflow.web.visit import Visit
from dealflow.web.words import client_name

TONES: Final[dict[str, Tone]] = {"issued": "acc", "signed": "ok", "void": ""}
SIGNED: Final = frozenset({"D-18", "D-23", "D-27", "D-28", "D-40"})
OFFICE: Final = "office"


def papers_of(k: Look) -> tuple[PaperRow, ...]:
    """The papers of the deal and its refunds, newest first; nothing for whom the client does not concern."""
    if k.seen == "masked":
        return ()
    return tuple(paper(k.v, row, k.seen, tuple(s for s in k.signatures if s.paper_id == row.id)) for row in k.papers)


def paper(v: Visit, row: Row, seen: Sight, signatures: tuple[SignatureRow, ...]) -> PaperRow:
    """One paper as a row."""
    kinds, states = v.dealflow.house.papers, v.dealflow.house.of("paper", v.dealflow.house.current["paper"]).workflow.states
    title = v.word(kinds[row.kind].title) if row.kind in kinds else row.kind
    opened = may_open_paper(v.actor, seen, row.kind)
    state = Badge(v.word(states[row.state].label), TONES.get(row.state, ""))
    if row.kind in SIGNED and row.state == "issued":
        state = Badge(v.say("待签字", "To be signed"), "warn")
    notes = [row.number, *(_signature(v, s, seen) for s in signatures)]
    if row.kept_by:
        notes.append(v.say(f"{row.kept_by} 保管", f"kept by {row.kept_by}"))
    if row.void_reason:
        notes.append(row.void_reason)
    scans = tuple(
        Action(v.say(f"扫描件 {s.position}", f"Scan {s.position}"), href=f"/papers/{row.id}/scans/{s.position}", tone="ghost")
        for s in signatures
        if s.scan and opened
    )
    return PaperRow(
        str(row.id),
        title,
        " · ".join(notes),
        row.issued_by if not v.english or row.issued_by != "系统" else "Service",
        row.issued_at,
        state,
        f"/papers/{row.id}.pdf" if opened else "",
        "" if opened else v.say("这份单据不由你查阅", "not yours to open"),
        actions=scans,
    )


def _signature(v: Visit, s: SignatureRow, seen: Sight) -> str:
    name = s.signer if s.capacity == OFFICE else client_name(s.signer, seen)
    way = "" if s.capacity == OFFICE else v.say("（纸上）", " (paper)")
    return v.say(f"{name} 已签{way}", f"signed by {name}{way}")
