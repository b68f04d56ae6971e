"""From the filed contract to its signature: notice, confirming call, floor plan, dates, agreement back, power, waivers."""

from collections.abc import Iterator
from datetime import datetime

from dealflow.casework.changes import Add, Change, Say, Send
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import powers, waivers
from dealflow.features.deals.parts import DEAL
from dealflow.features.deals.parts.contract import CALLS, CONTRACT, WAIVERS, Contract
from dealflow.features.deals.rules import LOANS, PLANS, PLANS_EN
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.asking import agent_document, local
from dealflow.features.deals.shelf.board import shelf
from dealflow.features.deals.shelf.checking import noting
from dealflow.kernel.errors import Invalid, Unmet

CONTRACT_PAPER, AGREEMENT = "D-27", "D-18"


# ---- what must be there before anybody signs
@shelf.guard(CONTRACT)
def notice_sent(d: Dossier) -> Iterator[Unmet]:
    """The client was told when and where (R-CTR-02)."""
    if _noted(d).appointment_at is None:
        yield Unmet("deals.notice_unsent")


@shelf.guard(CONTRACT, CALLS, WAIVERS)
def called_before_signing(d: Dossier) -> Iterator[Unmet]:
    """The confirming call on day -3 or later, or the manager's waiver. An earlier one does not count (R-CTR-11, C-57).

    Without an appointment `notice_sent` speaks."""
    appointment = _noted(d).appointment_at
    if appointment is None or _waived(d, "pre_signing_call"):
        return
    if not any(rules.confirms(call, appointment) for call in _calls(d)):
        told = {"at": local(appointment), "earliest": rules.EARLIEST_CALL, "latest": rules.LATEST_CALL}
        yield Unmet("deals.call_missing", told)


@shelf.guard(CONTRACT)
def dates_filled(d: Dossier) -> Iterator[Unmet]:
    """The dates are filled in in the contract that stands; one issued anew needs them anew (R-CTR-05, E-114)."""
    noted = _noted(d)
    if noted.signed_on is None or noted.dates_paper != d.links.get(CONTRACT_PAPER):
        yield Unmet("deals.dates_blank")


@shelf.guard(CONTRACT)
def floor_plan_attached(d: Dossier) -> Iterator[Unmet]:
    """The floor plan is pasted into the contract that stands (R-CTR-04, E-114)."""
    noted = _noted(d)
    if noted.floor_plan is None or noted.floor_plan_paper != d.links.get(CONTRACT_PAPER):
        yield Unmet("deals.floor_plan_missing")


@shelf.guard(CONTRACT, WAIVERS)
def agreement_back(d: Dossier) -> Iterator[Unmet]:
    """The client's copy of this agreement came back, or the manager let it pass (R-SUB-06, E-116)."""
    noted = _noted(d)
    back = noted.agreement_back_at is not None and noted.agreement_paper == d.links.get(AGREEMENT)
    if not back and not _waived(d, "agreement_copy"):
        yield Unmet("deals.agreement_out")


@shelf.guard(DEAL)
def plan_without_loan(d: Dossier) -> Iterator[Unmet]:
    """A plan with a loan waits for set 1 of its papers, marked complete by the mortgage officer (R-MTG-02, R-PAY-14)."""
    deal = d.one(DEAL)
    if deal and deal.plan in LOANS:
        yield Unmet("deals.loan_set_incomplete", {"plan": PLANS[deal.plan], "plan_en": PLANS_EN[deal.plan]})


# ---- effects
@shelf.effect(CONTRACT)
def note_appointment(d: Dossier) -> Iterator[Change]:
    """The appointment as the client was told; a later notice takes its place."""
    at = rules.moment(d.answers.get("at"))
    assert at is not None  # appointment_given has asked
    says = Say("deals.will_meet", {"at": local(at)})
    place = d.text("place").strip()
    yield noting(d, says, appointment_at=at, appointment_place=place, notice_by=d.actor.id, notice_at=d.now)


@shelf.effect(CONTRACT)
def note_floor_plan(d: Dossier) -> Iterator[Change]:
    """The plan's file, and the contract that it belongs to."""
    says = Say("deals.will_attach")
    yield noting(d, says, floor_plan=d.text("file").strip(), floor_plan_paper=d.links.get(CONTRACT_PAPER))


@shelf.effect(CONTRACT)
def note_dates(d: Dossier) -> Iterator[Change]:
    """The date filled in, and the contract that it stands in."""
    day = rules.day(d.answers.get("signed_on"))
    says = Say("deals.will_date", {"day": day.isoformat() if day else ""})
    yield noting(d, says, signed_on=day, dates_paper=d.links.get(CONTRACT_PAPER))


@shelf.effect(CONTRACT)
def note_agreement_back(d: Dossier) -> Iterator[Change]:
    """The client's copy is back and goes into the archive."""
    says = Say("deals.will_take_back")
    yield noting(d, says, agreement_paper=d.links.get(AGREEMENT), agreement_back_at=d.now)


@shelf.effect()
def note_power(d: Dossier) -> Iterator[Change]:
    """The power that was checked. Raises Invalid when the command names no buyer."""
    position = d.number("signer")
    if position is None:
        raise Invalid("deals.signer_missing", field="signer")
    kind, number = agent_document(d)
    text = {name: d.text(name).strip() for name in ("agent", "notary", "certificate", "scope")}
    row = {
        **_line(d, "power"),
        "position": position,
        **text,
        "agent_document_kind": kind,
        "agent_document": number,
        "until": rules.day(d.answers.get("until")),
        "original": d.answers.get("original") is True,
        "paper_id": d.links.get(CONTRACT_PAPER),
        "seen_by": d.actor.id,
        "at": d.now,
    }
    yield Add(powers, row, says=Say("deals.will_note_power", {"position": position, "agent": text["agent"]}))


@shelf.effect()
def note_waiver(d: Dossier) -> Iterator[Change]:
    """What the sales manager lets pass, and why."""
    zh, en = rules.WAIVABLE[d.text("what")]
    row = {**_line(d, "waiver"), "what": d.text("what"), "reason": d.text("reason").strip(), "by": d.actor.id, "at": d.now}
    yield Add(waivers, row, says=Say("deals.will_waive", {"what": zh, "what_en": en}))


@shelf.effect(CONTRACT, CALLS, DEAL)
def note_signed(d: Dossier) -> Iterator[Change]:
    """The contract is signed. A call that came late is told to the manager (C-57)."""
    appointment, deal = _noted(d).appointment_at, d.chosen(DEAL)
    late = appointment is not None and rules.late(_calls(d), appointment)
    yield noting(d, Say("deals.will_flag_call") if late else None, signed_at=d.now, called_late=late)
    if late:
        yield Send("pre_signing_call_late", "sales_manager", {"owner": deal.owner_id})


# ---- shared
def _noted(d: Dossier) -> Contract:
    return d.one(CONTRACT) or Contract(d.case.id)


def _calls(d: Dossier) -> list[datetime]:
    """The calls made so far; an entry that another corrects does not count."""
    corrected = {call.corrects for call in d[CALLS]}
    return [c.at for c in d[CALLS] if c.kind == "pre_signing_call" and c.id not in corrected and c.at <= d.now]


def _waived(d: Dossier, what: str) -> bool:
    return any(waiver.what == what for waiver in d[WAIVERS])


def _line(d: Dossier, place: str) -> dict[str, object]:
    return {"id": d.fresh(place), "case_id": d.case.id, "seq": d.case.seq + 1}
