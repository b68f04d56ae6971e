"""The steps of a deal as the page shows them: the way on, others, the ways back; each need with who clears it and how."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal

from dealflow.casework.house import BoundStep
from dealflow.casework.judging import Choice
from dealflow.features.staff.rules import Sight
from dealflow.kernel.errors import Unmet
from dealflow.web.acting import foreseen, masked
from dealflow.web.asks import ask
from dealflow.web.asks_signing import unsigned
from dealflow.web.deal_groups import group_of, order_of
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.look import Look
from dealflow.web.views import Action, Field, Form, Need, Step
from dealflow.web.visit import Visit
from dealflow.web.words import MET
from dealflow.workflow.records import DOORLESS
from dealflow.workflow.records import Step as Rule

# Have a place of their own on the page or at the desk.
ELSEWHERE: Final = frozenset({"follow_up", "visit", "call", "clear_receipt", "reverse_receipt", "correct_receipt"})
ONWARD: Final = frozenset({"take_deposit"})  # keeps its state until the deposit is whole, and is still the way on
GENERIC: Final = {  # a need that a step without a use case of its own clears
    "documents.not_issued": "write_agreement",
    "units.other_claimed": "release_hold",
    "deals.identity_unchecked": "check_identity",
    "deals.identity_of_others": "check_identity",
    "deals.clauses_unexplained": "explain_clauses",
    "deals.objection_unanswered": "answer_objection",
    "deals.objection_refused": "withdraw_objection",
    "deals.notice_unsent": "send_notice",
    "deals.floor_plan_missing": "attach_floor_plan",
    "deals.dates_blank": "fill_dates",
    "deals.agreement_out": "take_back_agreement",
    "deals.originals_here": "hand_out_originals",
    "payments.slip_outdated": "write_slip",
}
LINKED: Final = {  # a need that another page of the deal clears
    "movein.preparation_missing": "/buildings",
    "movein.building_not_ready": "/buildings",
    "deals.filing_unregistered": "#filing",
}
SIGNING: Final = frozenset({"sign_agreement", "sign_paper"})  # offered once for each signature that is missing
COLLECTORS: Final = ("finance", "sales_manager", "designated_collector")


def steps_of(k: Look, back: Returned | None) -> tuple[Step, ...]:
    """Every step that concerns the reader: those on the way whoever takes them, the others if he may."""
    if k.seen == "masked" and not any(c.permitted for c in k.choices.values()):
        return ()
    found = [_step(k, choice, back) for choice in k.choices.values() if choice.step.event not in ELSEWHERE]
    shown = [s for s in found if not _idle(k, s) and (s.place == "next" or s.permitted)]
    return tuple(sorted(shown, key=lambda s: order_of(s.event)))


def _idle(k: Look, step: Step) -> bool:
    """A step that has nothing to do here: what it makes stands already, or what it works on is not there."""
    if (step.event == "sign_paper" and not unsigned(k)) or (step.event == "receive" and not k.charges):
        return True
    unmet = {need.code for need in step.needs if not need.met}
    return bool(unmet) and (unmet <= IDLE or (step.place == "more" and unmet <= IDLE | {"documents.not_issued"}))


IDLE: Final = frozenset(
    {
        "documents.already_open",
        "deals.objection_none",
        "payments.deposit_enough",
        "payments.slip_unsigned",
        "documents.not_standing",
    }
)


def _step(k: Look, choice: Choice, back: Returned | None) -> Step:
    rule, event = choice.step, choice.step.event
    needs = (*_unmet(k, choice, back), *_met(k, choice))
    form = form_of(k, event, back) if choice.open else None
    inverse = next((s.event for s in k.workflow.steps if s.inverse == event), "")
    return Step(
        event,
        k.v.word(rule.label),
        needs,
        choice.open,
        choice.permitted,
        form,
        inverse_of=inverse,
        who=() if choice.permitted else who_may(k, rule),
        note=_note(k, choice),
        place=place(k, rule),
        group=k.v.word(group_of(event)),
    )


def place(k: Look, rule: Rule) -> Literal["next", "more", "back"]:
    """Ahead in the order of the file, behind it, or beside."""
    order, here = list(k.workflow.states), k.dossier.case.state
    target = rule.lands(here, k.dossier.case.former)
    if rule.event in ONWARD or k.workflow.states[here].final:
        return "next"
    if target == here:
        return "more"
    if k.workflow.states[target].final:
        return "back" if target == "void" else "more"
    return "next" if order.index(target) > order.index(here) else "back"


def form_of(k: Look, event: str, back: Returned | None, id: str = "") -> Form | None:
    """The form of a step; one that asks nothing says beforehand what it will do."""
    asking = asking_of(k, event)
    return show(k.v, asking, back, id) if asking else None


def asking_of(k: Look, event: str) -> Asking | None:
    """What the step asks, with what it will do when nothing is asked."""
    asking = ask(k, event)
    if asking is None or asking.fields or not (event in k.choices and k.choices[event].open):
        return asking
    return replace(asking, lines=foreseen(k.v, asking))


def who_may(k: Look, rule: Rule) -> tuple[str, ...]:
    """Who may take a step, in words; its owner by name."""
    names = (p.rpartition(".")[2] if "." in p else p for p in rule.permit if p not in DOORLESS)
    return tuple(dict.fromkeys(_named(k, name) for name in names))


def _named(k: Look, name: str) -> str:
    if name in ("owner", "is_owner") and k.deal.owner:
        return k.v.say(f"置业顾问 {k.deal.owner}", f"salesperson {k.deal.owner}")
    return k.v.who(name)


def _note(k: Look, choice: Choice) -> str:
    """What the foot of the step says: who is waited for, or that all is there."""
    if choice.permitted or any(not w.asked for w in choice.wants):
        return ""
    return k.v.say("条件已齐，等待办理", "Every need is met; it waits to be done")


# ---- needs
def _unmet(k: Look, choice: Choice, back: Returned | None) -> Iterator[Need]:
    """What the case lacks. The same way out is opened once: further needs lead to it."""
    led: dict[str, str] = {}
    for want in choice.wants:
        if want.asked:
            continue
        yield need_of(k, choice.step.event, want.unmet, back, led)


def need_of(k: Look, step: str, unmet: Unmet, back: Returned | None, led: dict[str, str]) -> Need:
    """A need with its sentence, its rule, who clears it, and the way to do it here."""
    told = masked(k.v, unmet) if k.seen == "masked" else unmet
    mine = _mine(k, unmet)
    how = _how(k, step, unmet, back, led) if mine else None
    who = tuple(dict.fromkeys(_named(k, w) for w in unmet.who)) if not mine else ()
    signer = unmet.evidence.get("position")
    key = unmet.code if signer is None else f"{unmet.code}-{_paper(unmet)}{signer}"
    return Need(unmet.code, k.v.word(told), met=False, mine=mine, who=who, since=unmet.since, rule=unmet.rule, how=how, key=key)


def _mine(k: Look, unmet: Unmet) -> bool:
    event = way_out(k, unmet)
    if unmet.code in LINKED:
        return k.v.holds(*unmet.who)
    if event in k.choices:
        return k.choices[event].permitted
    return k.v.holds(*unmet.who) or ("owner" in unmet.who and k.deal.owner_id == k.v.actor.id)


def way_out(k: Look, unmet: Unmet) -> str:
    """The step of this deal that clears a need, if one does."""
    if unmet.code == "documents.not_issued" and unmet.evidence.get("kind") == "D-23":
        return "write_slip"
    if unmet.code in GENERIC:
        return GENERIC[unmet.code]
    if unmet.how is None or unmet.how.use_case not in k.v.dealflow.book.pages:
        return ""
    raised = k.v.dealflow.book[unmet.how.use_case].raises
    events = [event for kind, event in raised if kind == "deal"]
    return next((event for event in events if event in k.choices), events[0] if events else "")


def _how(k: Look, step: str, unmet: Unmet, back: Returned | None, led: dict[str, str]) -> Action | None:
    event, v = way_out(k, unmet), k.v
    if unmet.how and unmet.how.use_case == "units.take_step" and k.deal.unit_id:
        return Action(v.say("看房源", "See the unit"), href=f"/units?unit={k.deal.unit_id}")
    if unmet.code in LINKED:
        return Action(v.say("去办理", "Go there"), href=LINKED[unmet.code])
    if event not in k.choices or event == step:
        return None
    label, choice = v.word(k.choices[event].step.label), k.choices[event]
    if event in led:
        return Action(label, href=f"#{led[event]}")
    signer = unmet.evidence.get("position") if event in SIGNING else None
    mark = "" if signer is None else f"-{_paper(unmet)}{signer}"
    here = f"step-{step}-{unmet.code}{mark}"
    if not choice.open:
        return Action(label, href=f"#step-{event}")
    if signer is None:
        led[event] = here
    form = form_of(k, event, back, f"need-{step}-{event}{mark}")
    if form is None:
        return None
    if not form.returned:
        form = replace(form, fields=tuple(prefilled(form.fields, {**known(unmet), "signer": str(signer or "")})))
    return Action(label, form=form, icon=ICONS.get(event, ""))


def known(unmet: Unmet) -> dict[str, str]:
    """What the need itself says of the form that clears it."""
    if unmet.code == "deals.call_missing":
        return {"kind": "pre_signing_call"}
    return {"paper": str(unmet.evidence.get("kind", "")), "clause": str(unmet.evidence.get("clause", ""))[:1]}


def prefilled(fields: Iterable[Field], values: Mapping[str, str]) -> Iterator[Field]:
    """The fields with what is known already, where it is something to choose."""
    for f in fields:
        value = values.get(f.name, "")
        yield replace(f, value=value) if value and any(o.value == value for o in f.options) else f


def _paper(unmet: Unmet) -> str:
    """The paper that is signed, where it is not the agreement."""
    kind = str(unmet.evidence.get("kind", ""))
    return f"{kind}-" if kind not in ("", "D-18") else ""


ICONS: Final = {
    "sign_agreement": "pen",
    "sign_paper": "pen",
    "receive": "yuan",
    "follow_up": "phone",
    "check_identity": "eye",
    "explain_clauses": "list",
    "write_slip": "file",
    "write_agreement": "file",
    "prepare_sale": "pen",
    "take_deposit": "yuan",
    "take_hold": "yuan",
}


def _met(k: Look, choice: Choice) -> Iterator[Need]:
    """What holds already, by the same guards."""
    house, case = k.v.dealflow.house, k.dossier.case
    bound = next((b for b in house.of(case.kind, case.workflow).leaving[case.state] if b.step is choice.step), None)
    for name in _holding(k, bound) if bound else ():
        if name in MET:
            yield Need(f"met.{name}", k.v.word(MET[name]), met=True)


def _holding(k: Look, bound: BoundStep) -> Iterator[str]:
    for judge, used in bound.needs:
        if used and any(b.offer.reads for b in used) and not judge(k.dossier):
            yield used[-1].offer.name


def needs_of(v: Visit, reasons: tuple[Unmet, ...], seen: Sight) -> tuple[Need, ...]:
    """Reasons by themselves, for an act that has no form on the page."""
    told = ((u, masked(v, u) if seen == "masked" else u) for u in reasons)
    return tuple(Need(u.code, v.word(t), met=False, who=tuple(v.who(w) for w in u.who), rule=u.rule) for u, t in told)
