"""Facts of the contract before its signature (D-21, D-22, D-26, D-27), told from the image after the step."""

from collections.abc import Mapping
from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.deals.parts.contract import (
    COLLEAGUES,
    CONTRACT,
    LOAN,
    OBJECTIONS,
    POWERS,
    PURCHASERS,
    Contract,
    Objection,
)
from dealflow.features.deals.parts.filing import FILING
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf

SUBSCRIBED = frozenset({"subscribed", "slip_signed"})
Rows = list[dict[str, object]]
EVERYBODY = "全体买受人"


# ---- identity and clauses
@shelf.fact(CONTRACT)
def identity_originals(d: Dossier) -> bool | None:
    """Every buyer's original was seen: otherwise nothing is noted."""
    return True if _noted(d).identity_at else None


@shelf.fact(CONTRACT)
def identity_eligibility(d: Dossier) -> str | None:
    """Whether the buyers may buy."""
    return first(rules.ELIGIBILITY, _noted(d).eligibility)


@shelf.fact(CONTRACT)
def identity_occasion(d: Dossier) -> str | None:
    """Before the subscription or at the payment (R-PAY-05)."""
    state = _noted(d).identity_state
    return ("交款时" if state in SUBSCRIBED else "认购前") if state else None


@shelf.fact(CONTRACT)
def identity_checked_at(d: Dossier) -> datetime | None:
    """When the originals were seen."""
    return _noted(d).identity_at


@shelf.fact(CONTRACT, COLLEAGUES)
def identity_checked_by(d: Dossier) -> str | None:
    """Who saw them."""
    return name(d, _noted(d).identity_by)


@shelf.fact(CONTRACT)
def identity_note(d: Dossier) -> str:
    """What was remarked."""
    return _noted(d).identity_note or ""


@shelf.fact(CONTRACT)
def clauses(d: Dossier) -> Rows:
    """The ten clauses, explained all together or not at all."""
    explained = _noted(d).clauses_at is not None
    return [{"letter": letter, "explained": explained} for letter in rules.CLAUSES]


@shelf.fact(CONTRACT)
def clauses_explained_at(d: Dossier) -> datetime | None:
    """When they were explained."""
    return _noted(d).clauses_at


@shelf.fact(CONTRACT, COLLEAGUES)
def clauses_explained_by(d: Dossier) -> str | None:
    """Who explained them."""
    return name(d, _noted(d).clauses_by)


@shelf.fact(CONTRACT)
def clauses_note(d: Dossier) -> str:
    """What was remarked."""
    return _noted(d).clauses_note or ""


@shelf.fact(OBJECTIONS)
def objections(d: Dossier) -> Rows:
    """Every objection in order, with what became of it."""
    return [
        {"clause": one.clause, "text": one.text, "answer": one.answer or "", "state": _life(one)}
        for one in sorted(d[OBJECTIONS], key=lambda o: o.seq)
    ]


def _life(one: Objection) -> str:
    if one.withdrawn_at is not None:
        return "已撤回"
    return "待答复" if one.confirmed is None else "已答复"


# ---- notice
@shelf.fact(CONTRACT)
def signing_at(d: Dossier) -> datetime | None:
    """When the contract will be signed."""
    return _noted(d).appointment_at


@shelf.fact(CONTRACT)
def signing_place(d: Dossier) -> str | None:
    """Where."""
    return _noted(d).appointment_place


@shelf.fact(PURCHASERS, POWERS, LOAN)
def signing_papers(d: Dossier) -> Rows:
    """What the client brings: derived from the buyers, their agents and the plan."""
    named = sorted(d[PURCHASERS], key=lambda p: p.position)
    found: Rows = []
    for buyer in named:
        item = "营业执照、公章、法定代表人身份证件" if buyer.kind == "company" else "身份证件"
        found.append({"name": item, "who": buyer.name, "note": "原件"})
    found += [{"name": "公证授权委托书", "who": power.agent, "note": "原件"} for power in d[POWERS]]
    found += [{"name": item, "who": EVERYBODY, "note": "原件"} for item in ("认购书（客户联）", "定金及首付款收据")]
    if _loan(d):
        found += [{"name": item, "who": EVERYBODY, "note": "原件及复印件"} for item in rules.LOAN_PAPERS]
    return found


@shelf.fact(LOAN)
def loan_amount(d: Dossier) -> int | None:
    """The loan in fen, if the plan has one."""
    return _loan(d)


@shelf.fact(LOAN)
def loan_months(d: Dossier) -> int | None:
    """Its term, if the plan has one."""
    loan = d.one(LOAN)
    return loan.loan_months if loan and loan.loan_fen else None


@shelf.fact(LOAN)
def owner_phone(d: Dossier) -> str:
    """The salesperson's phone."""
    loan = d.one(LOAN)
    return (loan.owner_phone if loan else None) or ""


@shelf.fact(FILING)
def filing_number(d: Dossier) -> str:
    """The authority's number; empty until there is one."""
    filing = d.one(FILING)
    return (filing.filing_number if filing else None) or ""


@shelf.fact(FILING)
def registration_number(d: Dossier) -> str | None:
    """The number under which the contract is registered."""
    filing = d.one(FILING)
    return filing.registration_number if filing else None


# ---- what the contract says of delay
@shelf.fact(policy=("contract.late_days",))
def late_days(d: Dossier) -> int:
    """The days of delay after which a party may withdraw."""
    return int(d.policy["contract.late_days"])


@shelf.fact(policy=("contract.late_rate",))
def late_rate(d: Dossier) -> str:
    """What each day of delay costs."""
    return rules.ten_thousandths(int(d.policy["contract.late_rate"]))


# ---- shared
def _noted(d: Dossier) -> Contract:
    return d.one(CONTRACT) or Contract(d.case.id)


def _loan(d: Dossier) -> int | None:
    loan = d.one(LOAN)
    return loan.loan_fen or None if loan else None


def first(words: Mapping[str, tuple[str, str]], key: str | None) -> str | None:
    """The Chinese word of a list's entry."""
    return words[key][0] if key and key in words else None


def name(d: Dossier, person: int | None) -> str | None:
    if person == d.actor.id:
        return d.actor.name
    return next((one.name for one in d[COLLEAGUES] if one.id == person), None)
