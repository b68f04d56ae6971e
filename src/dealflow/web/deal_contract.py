"""What is on record of the contract, and the handover as the deal's page shows it: short, with the way to its own page."""

from collections.abc import Iterator

from dealflow.features.deals.rules import contract as rules
from dealflow.web.asks_contract import listed
from dealflow.web.look import Look
from dealflow.web.pages import day, moment
from dealflow.web.views import Action, Badge, Facts, Section, Table, TableRow


def contract(k: Look) -> Facts | None:
    """Checks, appointment, dates, signature, stamp; only what there is."""
    if k.seen == "masked":
        return None
    rows = tuple(_rows(k))
    return Facts(k.v.say("合同", "Contract"), rows) if rows else None


def _rows(k: Look) -> Iterator[tuple[str, str]]:
    v, n = k.v, k.notes
    if n.identity_at:
        words = v.say(*rules.ELIGIBILITY.get(n.eligibility or "", ("", "")))
        yield v.say("证件与资格", "Identity"), f"{words} · {moment(n.identity_at)}"
    if n.clauses_at:
        yield v.say("讲解条款", "Clauses"), moment(n.clauses_at)
    if n.appointment_at:
        yield v.say("签约时间", "Signing"), f"{moment(n.appointment_at)} {n.appointment_place or ''}".strip()
    if n.signed_on:
        yield v.say("签署日期", "Dated"), day(n.signed_on)
    if n.floor_plan:
        yield v.say("平面图", "Floor plan"), v.say("已粘贴", "attached")
    if n.agreement_back_at:
        yield v.say("收回认购书", "Agreement back"), moment(n.agreement_back_at)
    if n.signed_at:
        late = v.say("（确认电话晚于规定）", " (confirming call came late)") if n.called_late else ""
        yield v.say("签约", "Signed"), f"{moment(n.signed_at)}{late}"
    if n.error_places:
        yield v.say("差错", "Errors"), v.say(f"{n.error_places} 处", f"{n.error_places} places")
    if n.proofread_at:
        yield v.say("校对", "Proofread"), moment(n.proofread_at)
    if n.stamped_at:
        yield v.say("盖章", "Stamped"), moment(n.stamped_at)
    for kept in k.originals:
        keeper = v.say(*rules.KEEPERS.get(kept.keeper, (kept.keeper, kept.keeper)))
        copy = v.say(*rules.COPIES.get(kept.copy, (kept.copy, kept.copy)))
        yield (
            v.say(f"{copy}由{keeper}保管", f"{copy} kept by the {keeper}"),
            " ".join(filter(None, (kept.number, kept.received_by))),
        )


def objections(k: Look) -> Section | None:
    """What the client objected to, and what became of it."""
    if k.seen == "masked" or not k.objections:
        return None
    v = k.v
    clauses = {o.value: o.label for o in listed(v, rules.CLAUSES, first=False, coded=True)}
    rows = []
    for n, o in enumerate(k.objections, start=1):
        state = (
            Badge(v.say("已撤回", "Withdrawn"))
            if o.withdrawn_at
            else Badge(v.say("待开发商答复", "Awaits the developer"), "warn")
            if o.confirmed is None
            else Badge(v.say("已确认变更", "Confirmed"), "ok")
            if o.confirmed
            else Badge(v.say("不同意变更", "Refused"), "bad")
        )
        rows.append(
            TableRow(
                f"objection-{n}", (clauses.get(o.clause, o.clause), o.text, o.answer or "–"), moment(o.raised_at), state=state
            )
        )
    head = (v.say("条款", "Clause"), v.say("异议", "Objection"), v.say("答复", "Answer"))
    return Section("objections", v.say("条款异议", "Objections"), tables=(Table("objections-t", "", head, tuple(rows)),))


def handover(k: Look) -> Section | None:
    """How far moving in is, with the way to its page."""
    v, h = k.v, k.handover
    if h is None:
        return None
    states = v.dealflow.house.of("handover", v.dealflow.house.current["handover"]).workflow.states
    facts = ((v.say("办理时间", "Appointment"), moment(h.slot_at)), (v.say("办理地点", "Place"), h.place or "–"))
    action = Action(v.say("打开入住办理", "Open the handover"), href=f"/handovers/{h.id}", icon="key")
    return Section(
        "handover",
        v.say("入住办理", "Handover"),
        badge=Badge(v.word(states[h.state].label), "ok" if h.state == "keys_handed" else "acc"),
        facts=facts,
        actions=(action,),
    )
