"""Facts of the contract at and after its signature (D-29 to D-32), told from the image after the step."""

from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.clients.rules import DOCUMENTS
from dealflow.features.deals.parts.contract import (
    COLLEAGUES,
    CONTRACT,
    ERRORS,
    ORIGINALS,
    POWERS,
    PURCHASERS,
    WAIVERS,
    ContractError,
    Power,
)
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.features.deals.shelf.contract_facts import first, name
from dealflow.features.deals.shelf.signing import dates_filled, floor_plan_attached
from dealflow.kernel.clock import PROJECT_ZONE

Rows = list[dict[str, object]]


# ---- proofreading
@shelf.fact(CONTRACT)
def has_dates(d: Dossier) -> bool:
    """The dates are filled in."""
    return not any(dates_filled(d))


@shelf.fact(CONTRACT)
def has_floor_plan(d: Dossier) -> bool:
    """The floor plan is attached."""
    return not any(floor_plan_attached(d))


@shelf.fact(ERRORS)
def proofread_errors(d: Dossier) -> Rows:
    """The errors found by this step."""
    return [
        {"copy": first(rules.COPIES, one.copy) or one.copy, "place": one.place, "wrong": one.wrong_text, "right": one.right_text}
        for one in _found(d)
    ]


@shelf.fact(ERRORS, policy=("proofreading.fine",))
def proofread_fine(d: Dossier) -> int:
    """What they cost, each place in each copy (R-CTR-20, C-50)."""
    return len(_found(d)) * int(d.policy["proofreading.fine"])


@shelf.fact(ERRORS)
def proofread_result(d: Dossier) -> str:
    """What came of it."""
    return "发现差错，作废重出" if _found(d) else "校对通过"


@shelf.fact()
def proofread_at(d: Dossier) -> datetime:
    """When it was read through: now."""
    return d.now


@shelf.fact()
def proofread_by(d: Dossier) -> str:
    """Who reads it through: whoever takes the step."""
    return d.actor.name


def _found(d: Dossier) -> list[ContractError]:
    """The errors that this very step has written."""
    return sorted((one for one in d[ERRORS] if one.seq == d.case.seq + 1), key=lambda one: one.position)


# ---- waivers and originals
@shelf.fact(WAIVERS, COLLEAGUES)
def waivers(d: Dossier) -> Rows:
    """What the sales manager let pass, and why."""
    return [
        {
            "name": first(rules.WAIVABLE, one.what) or one.what,
            "reason": one.reason,
            "by": name(d, one.by) or "",
            "day": _day(one.at),
        }
        for one in sorted(d[WAIVERS], key=lambda w: w.seq)
    ]


@shelf.fact(ORIGINALS)
def original_keepers(d: Dossier) -> Rows | None:
    """Who keeps which copy."""
    return [
        {
            "copy": first(rules.COPIES, one.copy) or one.copy,
            "number": one.number,
            "keeper": first(rules.KEEPERS, one.keeper) or one.keeper,
            "name": one.received_by,
            "day": _day(one.at),
        }
        for one in sorted(d[ORIGINALS], key=lambda o: (o.seq, o.position))
    ] or None


@shelf.fact()
def originals_by(d: Dossier) -> str:
    """Who hands them out: whoever takes the step."""
    return d.actor.name


# ---- the power that was checked last
@shelf.fact(POWERS, PURCHASERS)
def power_principal(d: Dossier) -> dict[str, str] | None:
    """The buyer who gives it."""
    power = _power(d)
    buyer = next((p for p in d[PURCHASERS] if power and p.position == power.position), None)
    return _person(buyer.name, buyer.document_kind, buyer.document) if buyer else None


@shelf.fact(POWERS)
def power_agent(d: Dossier) -> dict[str, str] | None:
    """Who acts for him."""
    power = _power(d)
    return _person(power.agent, power.agent_document_kind, power.agent_document) if power else None


@shelf.fact(POWERS)
def power_notary(d: Dossier) -> str | None:
    """The notary's office."""
    power = _power(d)
    return power.notary if power else None


@shelf.fact(POWERS)
def power_certificate(d: Dossier) -> str | None:
    """The number of the notary's certificate."""
    power = _power(d)
    return power.certificate if power else None


@shelf.fact(POWERS)
def power_scope(d: Dossier) -> str | None:
    """What the agent may do."""
    power = _power(d)
    return power.scope if power else None


@shelf.fact(POWERS)
def power_until(d: Dossier) -> str | None:
    """Until when; nothing: no end is named."""
    power = _power(d)
    return power.until.isoformat() if power and power.until else None


@shelf.fact(POWERS)
def power_original(d: Dossier) -> bool | None:
    """The certificate's original was seen."""
    power = _power(d)
    return power.original if power else None


@shelf.fact(POWERS)
def power_seen_at(d: Dossier) -> datetime | None:
    """When it was checked."""
    power = _power(d)
    return power.at if power else None


@shelf.fact()
def power_seen_by(d: Dossier) -> str:
    """Who checks it: whoever takes the step."""
    return d.actor.name


# ---- shared
def _power(d: Dossier) -> Power | None:
    return max(d[POWERS], key=lambda power: power.seq, default=None)


def _person(name: str, kind: str, number: str) -> dict[str, str]:
    return {"name": name, "id_kind": DOCUMENTS.get(kind, kind), "id_number": number}


def _day(at: datetime) -> str:
    return at.astimezone(PROJECT_ZONE).date().isoformat()
