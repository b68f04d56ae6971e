"""Facts of the deal for papers and screens, told from the image after the step."""

from dealflow.casework.dossier import Dossier
from dealflow.features.deals import rules
from dealflow.features.deals.parts import DEAL, NAMED, PLAN, WITNESSES
from dealflow.features.deals.shelf.board import shelf


@shelf.fact(DEAL, NAMED)
def owner_name(d: Dossier) -> str | None:
    """To whom the client belongs; one whom this very step makes the owner too."""
    deal = d.one(DEAL)
    if deal is None:
        return None
    return deal.owner_name or next((n.name for n in d[NAMED] if n.id == deal.owner_id), None)


@shelf.fact(DEAL)
def price(d: Dossier) -> int | None:
    """The agreed total price in fen."""
    deal = d.one(DEAL)
    return deal.price_fen if deal else None


@shelf.fact(DEAL)
def plan_name(d: Dossier) -> str | None:
    """The payment plan in words."""
    deal = d.one(DEAL)
    return rules.PLANS.get(deal.plan) if deal and deal.plan else None


@shelf.fact(DEAL)
def deposit_agreed(d: Dossier) -> int | None:
    """The agreed deposit in fen (C-17)."""
    deal = d.one(DEAL)
    return deal.agreed_deposit_fen if deal else None


@shelf.fact(PLAN)
def payment_dates(d: Dossier) -> list[dict[str, object]] | None:
    """What is paid when, in the order of the plan."""
    lines = sorted(d[PLAN], key=lambda line: line.position)
    rows = ({"name": p.label, "due": rules.due_words(p.due_on, p.by_loan), "amount": p.amount_fen} for p in lines)
    return list(rows) or None


@shelf.fact(DEAL, WITNESSES)
def closed_by(d: Dossier) -> str:
    """Who had the agreement signed, when that was not the owner (R-COM-03); else empty."""
    deal, last = d.one(DEAL), max(d[WITNESSES], key=lambda w: w.at, default=None)
    return last.name if deal and last and last.person_id != deal.owner_id else ""
