"""Guards and effects of the covenant (D-40): signed by every owner, last by the property company (R-MVD-03, R-MVC-05, C-53)."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.documents import papers, signatures
from dealflow.features.movein import rules
from dealflow.features.movein.parts.building import SCAN
from dealflow.features.movein.parts.deal import OWNERS, Owner
from dealflow.features.movein.parts.handover import HANDOVER, PAPERS, SIGNATURES, Paper
from dealflow.features.movein.shelf.board import done, noted, shelf
from dealflow.kernel.errors import Invalid, Unmet

COVENANT = "D-40"
OFFICE = "office"  # the property company's own place among the signatures
WAYS = ("wet",)  # on paper; strokes on a screen are not captured yet


# ---- guards
@shelf.guard(PAPERS)
def covenant_not_open(d: Dossier) -> Iterator[Unmet]:
    """No covenant stands: another is written only when the first is void."""
    paper = _standing(d)
    if paper:
        yield Unmet("movein.covenant_stands", {"number": paper.number})


@shelf.guard(PAPERS)
def covenant_open(d: Dossier) -> Iterator[Unmet]:
    """There is a covenant to sign."""
    paper = _standing(d)
    if paper is None:
        yield Unmet("movein.covenant_unwritten")


@shelf.guard(PAPERS, SIGNATURES, OWNERS, SCAN)
def signature_fits(d: Dossier) -> Iterator[Unmet]:
    """An owner who has not signed yet, on paper, with the scan of the signed copy. Silent until one is named."""
    position, names = d.number("signer"), _names(d)
    if position is None:
        return
    if position not in names:
        yield Unmet("movein.not_an_owner", {"position": position, "owners": len(names)})
    elif position not in dict(_unsigned(d)) and _standing(d):
        yield Unmet("movein.signed_already", {"position": position, "name": names[position]})
    if d.text("way") not in WAYS:
        yield Unmet("movein.way_unknown")
    elif not d.text("scan"):
        yield Unmet("movein.scan_missing")
    if d.text("scan") and d.one(SCAN) is None:
        yield Unmet("movein.file_unknown")


@shelf.guard(PAPERS, SIGNATURES, OWNERS, HANDOVER)
def covenant_settled(d: Dossier, insist: bool) -> Iterator[Unmet]:
    """Every owner has signed; where the law forbids to insist, that the covenant was written or offered is enough."""
    if not insist:
        if _standing(d) is None and not any(h.covenant_offered for h in d[HANDOVER]) and d.answers.get("offered") is not True:
            yield Unmet("movein.covenant_unoffered")
    elif _standing(d) is None:
        yield Unmet("movein.covenant_unwritten")
    else:
        for position, name in _unsigned(d):
            yield Unmet("movein.covenant_unsigned", {"position": position, "name": name})


# ---- effects
@shelf.effect(PAPERS, OWNERS)
def sign_covenant(d: Dossier) -> Iterator[Change]:
    """An owner's signature. Raises Invalid when the command names no owner."""
    paper = _standing(d)
    owner = next((o for o in d[OWNERS] if o.position == d.number("signer")), None)
    if paper is None or owner is None:
        raise Invalid("movein.signer_missing", field="signer")
    row = _signature(d, paper, owner.position, owner.name, "company" if owner.kind == "company" else "self")
    row |= {"way": d.text("way"), "scan": d.text("scan")}
    said = Say("movein.will_sign", {"name": owner.name})
    yield Add(signatures, row, otherwise=Say("movein.signed_now"), says=said)


@shelf.effect(PAPERS, SIGNATURES, OWNERS, then=((COVENANT, "sign"),))
def close_covenant(d: Dossier) -> Iterator[Change]:
    """The property company signs last, once every owner has; a covenant that is only offered stays as it is."""
    paper = _standing(d)
    if paper is None:
        yield noted(d, covenant_offered=True)
        yield done(d, 4, "已提供，业主未签")
    elif _unsigned(d):
        yield done(d, 4, "已出具，业主未签")
    else:
        yield done(d, 4)
        if paper.state == "issued":
            row = {**_signature(d, paper, 0, d.actor.name, OFFICE), "way": "wet", "scan": None}
            said = Say("movein.will_sign_last", {"name": d.actor.name})
            yield Add(signatures, row, otherwise=Say("movein.signed_now"), says=said)
            yield Then(COVENANT, "sign")


@shelf.effect(PAPERS, then=((COVENANT, "void"),))
def void_covenant(d: Dossier) -> Iterator[Change]:
    """The covenant that stands becomes void, with its signatures; it stays readable."""
    paper = _standing(d)
    if paper:
        values = {"voided_at": d.now, "void_reason": d.text("reason").strip()}
        yield Set(papers, {"id": paper.id}, values, {"voided_at": None}, otherwise=Say("movein.changed_now"))
        yield Then(COVENANT, "void")


def _standing(d: Dossier) -> Paper | None:
    """The covenant under the case's link, unless it is void."""
    linked = d.links.get(COVENANT)
    return next((p for p in d[PAPERS] if p.id == linked and p.state != "void" and p.voided_at is None), None)


def _names(d: Dossier) -> dict[int, str]:
    owners: tuple[Owner, ...] = d[OWNERS]
    return {owner.position: owner.name for owner in owners}


def _unsigned(d: Dossier) -> list[tuple[int, str]]:
    """Owners whose place on the covenant is empty. Signatures on a void one do not count."""
    paper = _standing(d)
    signed = {s.position for s in d[SIGNATURES] if paper and s.paper_id == paper.id and s.capacity != OFFICE}
    return rules.unsigned(_names(d), signed)


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
