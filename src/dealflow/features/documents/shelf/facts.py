"""What later papers quote of earlier ones: numbers of contract and slip, the document bag. From the papers before the step."""

from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.documents import rules
from dealflow.features.documents.parts import BUYERS, DEAL_PAPERS, SEEN, DealPaper
from dealflow.features.documents.shelf.board import shelf
from dealflow.kernel.clock import PROJECT_ZONE


@shelf.fact(DEAL_PAPERS)
def contract_number(d: Dossier) -> str | None:
    """The newest contract on record before this step, also one that this very step makes void."""
    paper = max((p for p in d[DEAL_PAPERS] if p.kind == "D-27"), key=lambda p: p.seq, default=None)
    return paper.number if paper else None


@shelf.fact(DEAL_PAPERS)
def slip_number(d: Dossier) -> str | None:
    """The payment slip that stands."""
    paper = _standing(d, "D-23")
    return paper.number if paper else None


@shelf.fact(BUYERS, DEAL_PAPERS, SEEN)
def bag_items(d: Dossier) -> list[dict[str, object]]:
    """The document bag: what each buyer brings, then the office's own papers (R-PAY-13).

    An identity document is in the bag since its original was seen; without a day an item is not in the bag."""
    seen = d.one(SEEN)
    day = _day(seen.identity_at) if seen and seen.identity_at else None
    items = [
        _item(name, buyer.name, "", day if name == rules.BAG[0] else None)
        for buyer in sorted(d[BUYERS], key=lambda b: b.position)
        for name in (rules.BAG if buyer.kind == "person" else rules.BAG[:1])
    ]
    for kind, name in rules.BAG_PAPERS.items():
        paper = _standing(d, kind)
        items.append(_item(name, "", paper.number if paper else "", _day(paper.issued_at) if paper else None))
    return [{"no": no, **item} for no, item in enumerate(items, start=1)]


def _standing(d: Dossier, kind: str) -> DealPaper | None:
    """The paper of a kind that is not void: of receipts the first, else the newest."""
    found = sorted(
        (p for p in d[DEAL_PAPERS] if p.kind == kind and p.state != "void" and p.voided_at is None), key=lambda p: p.seq
    )
    return (found[0] if kind == "D-24" else found[-1]) if found else None


def _item(name: str, whose: str, number: str, received_on: str | None) -> dict[str, object]:
    return {"name": name, "whose": whose, "number": number, "received_on": received_on}


def _day(at: datetime) -> str:
    return at.astimezone(PROJECT_ZONE).date().isoformat()
