"""What the documents room offers to workflow files: whether a paper stands, who has signed it, signing and voiding. Pure."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.documents import papers, signatures
from dealflow.features.documents import rules
from dealflow.features.documents.parts import BUYERS, PAPERS, SCAN, SIGNATURES, Buyer, Paper
from dealflow.features.documents.shelf import facts
from dealflow.features.documents.shelf.board import shelf
from dealflow.kernel.errors import Invalid, Unmet

__all__ = ["facts", "shelf"]
CONTRACT, MANAGEMENT, SLIP, NOTICE = "D-27", "D-28", "D-23", "D-36"


# ---- guards
@shelf.guard(PAPERS, asks_paper=True)
def open(d: Dossier, kind: str) -> Iterator[Unmet]:
    """The paper is issued, and neither signed by all nor void."""
    paper = _standing(d, kind)
    if paper is None or paper.state != "issued":
        yield Unmet("documents.not_issued", _titles(kind), rule=rules.WRITING.get(kind, ""))


@shelf.guard(PAPERS, asks_paper=True)
def stands(d: Dossier, kind: str) -> Iterator[Unmet]:
    """The paper is issued and not void, signed or not."""
    if _standing(d, kind) is None:
        yield Unmet("documents.not_standing", _titles(kind), rule=rules.WRITING.get(kind, ""))


@shelf.guard(PAPERS, asks_paper=True)
def named_open(d: Dossier, *kinds: str) -> Iterator[Unmet]:
    """The paper that the command names, of these kinds, is issued and not signed by all. Silent until one is named."""
    if kind := _named(d, kinds):
        yield from open(d, kind)


@shelf.guard(PAPERS)
def not_open(d: Dossier, kind: str) -> Iterator[Unmet]:
    """No paper of this kind stands: a second one is written only when the first is void."""
    paper = _standing(d, kind)
    if paper:
        told = {**_titles(kind), "number": paper.number}
        yield Unmet("documents.already_open", told, rule=rules.WRITING.get(kind, ""))


@shelf.guard(PAPERS, SIGNATURES, BUYERS, asks_paper=True)
def signed_by_buyers(d: Dossier, kind: str) -> Iterator[Unmet]:
    """Every buyer has signed the paper that stands (C-53). Where none stands, nobody has."""
    paper = _standing(d, kind)
    for position in _unsigned(d, paper) if paper else sorted(b.position for b in d[BUYERS]):
        told = {**_titles(kind), "position": position, "name": _names(d)[position]}
        yield Unmet("documents.buyer_unsigned", told, rule=rules.SIGNED.get(kind, ""))


@shelf.guard(PAPERS, SIGNATURES, BUYERS, SCAN)
def signature_complete(d: Dossier, *kinds: str) -> Iterator[Unmet]:
    """A buyer who has not signed the named paper yet, on paper, with the scan of the signed copy. Silent until one is named."""
    kind, position = _named(d, kinds), d.number("signer")
    if not kind or position is None:
        return
    yield from _fit_to_sign(d, kind, position)
    way, scan = d.text("way"), d.text("scan")
    if way not in rules.WAYS:
        yield Unmet("documents.way_unknown", {"way": way})
    if way == "wet" and not scan:
        yield Unmet("documents.scan_missing")
    found = d.one(SCAN)
    if scan and found is None:
        yield Unmet("documents.scan_unknown")
    if found is not None and found.printed:
        yield Unmet("documents.scan_unsigned")


@shelf.guard()
def places_named(d: Dossier) -> Iterator[Unmet]:
    """How many places were filled in wrongly is said, be it none (R-SUB-07)."""
    places = d.number("places")
    if places is None or places < 0:
        yield Unmet("documents.places_missing")


# ---- effects
@shelf.effect(PAPERS, BUYERS)
def sign(d: Dossier, *kinds: str) -> Iterator[Change]:
    """A buyer's signature, recorded by the one who was there. Raises Invalid when the command names no paper or no buyer."""
    kind, position = _named(d, kinds), d.number("signer")
    paper = _standing(d, kind)
    buyer = next((b for b in d[BUYERS] if b.position == position), None)
    if paper is None or buyer is None:
        raise Invalid("documents.signer_missing", field="signer")
    row = _signature(d, paper, buyer.position, buyer.name, "company" if buyer.kind == "company" else "self")
    row |= {"way": d.text("way"), "scan": d.text("scan") or None}
    yield Add(signatures, row, otherwise=Say("documents.signed_now"), says=_says("will_sign", kind, name=buyer.name))


@shelf.effect(PAPERS, then=(("D-18", "sign"),))
def sign_last(d: Dossier, kind: str) -> Iterator[Change]:
    """The last signature makes the paper effective; whoever gives it keeps the paper (R-SUB-04, R-SUB-05, C-42)."""
    paper = _standing(d, kind)
    if paper is None:
        return
    row = {**_signature(d, paper, 0, d.actor.name, rules.OFFICE), "way": "wet", "scan": None}
    yield Add(signatures, row, otherwise=Say("documents.signed_now"), says=_says("will_sign_last", kind, name=d.actor.name))
    yield Set(papers, {"id": paper.id}, {"kept_by": d.actor.id, "kept_since": d.now}, otherwise=_changed(kind))
    yield Then(kind, "sign")


@shelf.effect(PAPERS, then=(("D-18", "void"),))
def void(d: Dossier, kind: str) -> Iterator[Change]:
    """The paper that stands becomes void; it stays readable, with its number."""
    paper = _standing(d, kind)
    if paper:
        yield from _voided(d, paper)


@shelf.effect(PAPERS, then=(("D-18", "void"),))
def void_if_open(d: Dossier, kind: str) -> Iterator[Change]:
    """A paper that is issued and not signed by all becomes void: what it says is not so any more."""
    paper = _standing(d, kind)
    if paper and paper.state == "issued":
        yield from _voided(d, paper)


# ---- the same for papers of the contract; each effect names the papers whose cases it moves
@shelf.effect(PAPERS, then=((SLIP, "sign"),))
def sign_slip(d: Dossier) -> Iterator[Change]:
    """The manager's signature on the payment slip (R-PAY-07)."""
    paper = _standing(d, SLIP)
    if paper:
        row = {**_signature(d, paper, 0, d.actor.name, rules.OFFICE), "way": "wet", "scan": None}
        yield Add(signatures, row, otherwise=Say("documents.signed_now"), says=_says("will_complete", SLIP))
        yield Then(SLIP, "sign")


@shelf.effect(PAPERS, then=((CONTRACT, "sign"), (MANAGEMENT, "sign")))
def contract_signed(d: Dossier) -> Iterator[Change]:
    """Contract and management agreement are signed by everybody; one that was signed before stays as it is."""
    for kind in (CONTRACT, MANAGEMENT):
        paper = _standing(d, kind)
        if paper and paper.state == "issued":
            yield Then(kind, "sign")


@shelf.effect(PAPERS, then=((SLIP, "void"),))
def void_slip(d: Dossier) -> Iterator[Change]:
    """The payment slip becomes void."""
    paper = _standing(d, SLIP)
    if paper:
        yield from _voided(d, paper)


@shelf.effect(PAPERS, then=((CONTRACT, "void"),))
def void_contract(d: Dossier) -> Iterator[Change]:
    """The contract becomes void; signatures on it do not count for the next one (C-53)."""
    paper = _standing(d, CONTRACT)
    if paper:
        yield from _voided(d, paper, rules.WRONG if d.answers.get("errors") else rules.OUTDATED)


@shelf.effect(PAPERS, then=((NOTICE, "void"),))
def void_notice(d: Dossier) -> Iterator[Change]:
    """The move-in notice becomes void."""
    paper = _standing(d, NOTICE)
    if paper:
        yield from _voided(d, paper)


def _named(d: Dossier, kinds: tuple[str, ...]) -> str:
    """The paper that the command names, if it is one of these; the only one there is need not be named."""
    wanted = d.text("paper")
    return wanted if wanted in kinds else kinds[0] if len(kinds) == 1 and not wanted else ""


def _standing(d: Dossier, kind: str) -> Paper | None:
    """The paper under the case's link, unless it is void."""
    linked = d.links.get(kind)
    return next((p for p in d[PAPERS] if p.id == linked and p.state != "void" and p.voided_at is None), None)


def _unsigned(d: Dossier, paper: Paper) -> list[int]:
    marks = [rules.Mark(s.paper_id, s.position, s.capacity) for s in d[SIGNATURES]]
    return rules.unsigned((b.position for b in d[BUYERS]), marks, paper.id)


def _fit_to_sign(d: Dossier, kind: str, position: int) -> Iterator[Unmet]:
    paper, names = _standing(d, kind), _names(d)
    if position not in names:
        yield Unmet("documents.not_a_buyer", {"position": position, "buyers": len(names)})
    elif paper and position not in _unsigned(d, paper):
        yield Unmet("documents.already_signed", {"position": position, "name": names[position]})


def _names(d: Dossier) -> dict[int, str]:
    found: tuple[Buyer, ...] = d[BUYERS]
    return {buyer.position: buyer.name for buyer in found}


def _signature(d: Dossier, paper: Paper, position: int, signer: str, capacity: str) -> dict[str, object]:
    return {
        "id": d.fresh("signature"),
        "paper_id": paper.id,
        "case_id": d.case.id,
        "signer": signer,
        "position": position,
        "capacity": capacity,
        "witness": d.actor.id,
        "at": d.now,
    }


def _voided(d: Dossier, paper: Paper, why: str = rules.OUTDATED) -> Iterator[Change]:
    values = {"voided_at": d.now, "void_reason": d.text("reason").strip() or why}
    says = _says("will_void", paper.kind, number=paper.number)
    yield Set(papers, {"id": paper.id}, values, {"voided_at": None}, otherwise=_changed(paper.kind), says=says)
    yield Then(paper.kind, "void")


def _titles(kind: str) -> dict[str, object]:
    zh, en = rules.TITLES.get(kind, (kind, kind))
    return {"kind": kind, "paper": zh, "paper_en": en}


def _says(code: str, kind: str, **more: object) -> Say:
    return Say(f"documents.{code}", {**_titles(kind), **more})


def _changed(kind: str) -> Say:
    return Say("documents.changed_now", _titles(kind))
