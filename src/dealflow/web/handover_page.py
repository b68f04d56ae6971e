"""The page of one handover: eight steps as a checklist, the inspection beside them, fees, keys. Called by its routes."""

from collections.abc import Iterator
from typing import Final

from fastapi import Response

from dealflow.features.movein import texts
from dealflow.kernel import money
from dealflow.kernel.money import Fen
from dealflow.web.asks_fees import receipt_asks
from dealflow.web.asks_handover import ask
from dealflow.web.asks_keys import RESULTS_EN
from dealflow.web.case_steps import refused, step_of
from dealflow.web.deal_papers import paper
from dealflow.web.forms import Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.handover_look import HandoverLook, look_at
from dealflow.web.pages import moment
from dealflow.web.views import Action, Badge, Check, Section, SheetPage, Step, Table, TableRow
from dealflow.web.visit import Visit
from dealflow.web.words import METHODS, client_name

NOW: Final = {  # state -> the step of the eight that is next
    "invited": 1,
    "repair": 1,
    "admitted": 2,
    "papers_shown": 3,
    "price_settled": 4,
    "covenant_signed": 5,
    "schedule_given": 6,
    "parking_settled": 7,
    "fees_paid": 8,
}
OF_STEP: Final = {  # step of the eight -> the events that belong to it
    1: ("admit",),
    2: ("show_papers",),
    4: ("write_covenant", "sign_covenant", "close_covenant", "void_covenant"),
    5: ("give_schedule",),
    6: ("settle_parking",),
    7: ("take_fees", "waive", "close_fees"),
    8: ("hand_over_keys",),
}
STEPS_EN: Final = (
    "Enter with four papers",
    "See certificate and manual",
    "Pay the rest of the price",
    "Sign the management covenant",
    "Receive the fee schedule",
    "Rent a parking place (optional)",
    "Pay management fee, maintenance fund and others",
    "Receive the keys",
)
APPOINTMENT: Final = ("reschedule", "no_show")
INSPECTION: Final = ("inspect", "repaired")


def answer(v: Visit, handover: int, back: Returned | None = None, *, done: bool = False) -> Response:
    """The page as it stands, with what came back. Raises NotFound."""
    with v.dealflow.reading() as uow:
        h = look_at(v, uow, handover)
        page = page_of(h, back, done=done)
        crumbs = (Action(v.say("入住办理", "Handovers"), href="/handovers"),)
        frame = frame_of(v, uow, page.title, "handovers", crumbs)
    return v.page("sheet.html", frame, page, back.status if back else 200)


def page_of(h: HandoverLook, back: Returned | None, *, done: bool) -> SheetPage:
    """All of it, or for whom the client does not concern only how far it is."""
    v, row = h.v, h.row
    states = v.dealflow.house.of("handover", v.dealflow.house.current["handover"]).workflow.states
    whole = (appointment(h, back), checklist(h, back), inspection(h, back), fees(h, back), papers(h))
    sections = tuple(s for s in (whole if h.seen != "masked" else (checklist(h, back),)) if s)
    slot = v.say(f"{moment(row.slot_at)} {row.place}", f"{moment(row.slot_at)} {row.place}") if h.seen != "masked" else ""
    return SheetPage(
        f"{row.unit} {client_name(row.client, h.seen)}",
        sections,
        slot,
        Badge(v.word(states[row.state].label), "ok" if row.state == "keys_handed" else "acc"),
        actions=(Action(v.say("打开交易", "Open the deal"), href=f"/deals/{row.deal_id}"),),
        notice=v.say("已办理", "Done") if done else "",
        refused=refused(sections, back),
    )


def _steps(h: HandoverLook, events: tuple[str, ...], back: Returned | None) -> Iterator[Step]:
    for event in events:
        choice = h.steps.choices.get(event)
        if choice is None or h.seen == "masked" or _idle(h, event):
            continue
        typed = ("movein.covenant_unoffered",) if event == "close_covenant" else ()
        found = step_of(h.v, choice, lambda c: ask(h, c), back, seen=h.seen, typed=typed)
        if found.permitted or event in OF_STEP.get(NOW.get(h.row.state, 0), ()):
            yield found


def _idle(h: HandoverLook, event: str) -> bool:
    """What has nothing to do here: a second covenant, a signature when all are there, one step late once it is taken."""
    paper = h.covenant
    if event == "sign_covenant":
        return paper is None or not h.unsigned
    if event == "void_covenant":
        return paper is None
    if event == "close_covenant" and 4 in h.taken:
        return paper is None or paper.state == "signed"
    return event == "write_covenant" and paper is not None


def checklist(h: HandoverLook, back: Returned | None) -> Section:
    """The eight steps in their order: what was noted of each, and what can be done now."""
    v, now = h.v, NOW.get(h.row.state, 0)
    checks = []
    for n, (zh, en) in enumerate(zip(texts.STEPS, STEPS_EN, strict=True), start=1):
        done = n in h.taken and n != now
        steps = tuple(_steps(h, OF_STEP.get(n, ()), back))
        checks.append(Check(v.say(zh, en), "past" if done else "now" if n == now else "todo", _note(h, n), steps))
    taken = sum(c.status == "past" for c in checks)
    return Section(
        "steps", v.say("办理八步", "Eight steps"), v.say(f"已完成 {taken} / 8", f"{taken} of 8 done"), checks=tuple(checks)
    )


def _note(h: HandoverLook, n: int) -> str:
    if h.seen == "masked":
        return ""
    v, taken = h.v, h.taken.get(n)
    if taken:
        return " · ".join(filter(None, (moment(taken.at), taken.by_name if taken.by_name != "系统" else "", taken.note)))
    if n == 3 and h.missing_fen > 0:
        missing = money.shown(Fen(h.missing_fen))
        return v.say(
            f"尚欠 {missing} 元，由财务收款后自动完成", f"CNY {missing} is still due; done by itself once finance has it"
        )
    if n == 4 and h.unsigned and h.covenant:
        names = v.say("、", ", ").join(b.name for b in h.unsigned)
        return v.say(f"待签：{names}", f"to sign: {names}")
    return ""


def appointment(h: HandoverLook, back: Returned | None) -> Section | None:
    """Moved, or missed."""
    v, steps = h.v, tuple(_steps(h, APPOINTMENT, back))
    until = f"–{moment(h.row.slot_until)[-5:]}" if h.row.slot_until else ""
    facts = [(v.say("办理时间", "Time"), f"{moment(h.row.slot_at)}{until}"), (v.say("办理地点", "Place"), h.row.place or "–")]
    if h.row.missed:
        facts.append((v.say("未到场", "Missed"), v.say(f"{h.row.missed} 次", f"{h.row.missed} times")))
    facts += [(v.say("业主", "Owner"), f"{b.position} {b.name}") for b in h.deal.buyers]
    return Section("appointment", v.say("预约", "Appointment"), facts=tuple(facts), steps=steps)


def inspection(h: HandoverLook, back: Returned | None) -> Section | None:
    """What was found, the last inspection first; it runs beside the steps from the door on."""
    v, steps = h.v, tuple(_steps(h, INSPECTION, back))
    if not steps and not h.inspections:
        return None
    rows = tuple(
        TableRow(
            f"inspected-{n}",
            (x.part, x.item, x.note or "–"),
            moment(x.at),
            state=Badge(v.say("合格", "passed"), "ok") if x.passed else Badge(v.say("不合格", "failed"), "bad"),
        )
        for n, x in enumerate(h.inspections)
    )
    last = h.inspections[0] if h.inspections else None
    badge = None
    if last:
        word = RESULTS_EN.get(last.result, last.result) if v.english else texts.RESULTS.get(last.result, last.result)
        badge = Badge(word, "bad" if last.result == "refused" else "ok")
    head = (v.say("部位", "Part"), v.say("内容", "Item"), v.say("说明", "Note"))
    sub = last.reason if last else ""
    return Section(
        "inspection", v.say("验房", "Inspection"), sub, badge, steps=steps, tables=(Table("inspected", "", head, rows),)
    )


def fees(h: HandoverLook, back: Returned | None) -> Section | None:
    """Receipts of the property company, line by line, and what was left out on record."""
    v = h.v
    if not h.fees and not h.waivers:
        return None
    rows, told = [], set()
    for n, x in enumerate(h.fees):
        state = Badge(v.say("已作废", "Void")) if x.void else Badge(v.say("已退还", "Given back")) if x.returned else (
            Badge(v.say("已到账", "Received"), "ok") if x.cleared else Badge(v.say("待到账", "Uncleared"), "warn")
        )  # fmt: skip
        acts = () if x.receipt in told else tuple(Action(a.label, form=show(v, a, back)) for a in receipt_asks(h, x.receipt))
        told.add(x.receipt)
        period = texts.PERIODS.get(x.period, "") if not v.english else x.period
        method = v.word(METHODS[x.method]) if x.method in METHODS else x.method
        note = " · ".join(filter(None, (x.number, period, x.basis)))
        cells = (v.say(*texts.ITEMS.get(x.item, (x.item, x.item))), client_name(x.payer, h.seen), method, money.shown(Fen(x.fen)))
        rows.append(TableRow(f"fee-{n}", cells, note, state=state, actions=acts))
    head = (v.say("项目", "Fee"), v.say("交款人", "Payer"), v.say("方式", "Method"), v.say("金额（元）", "Amount (CNY)"))
    tables = [Table("fees-t", "", head, tuple(rows), figures=(3,))]
    if h.waivers:
        waived = tuple(
            TableRow(f"waived-{n}", (v.say(*texts.ITEMS.get(w.item, (w.item, w.item))), w.reason, w.by_name), moment(w.at))
            for n, w in enumerate(h.waivers)
        )
        words = (v.say("放弃", "Left out"), v.say("原因", "Reason"), v.say("记录人", "By"))
        tables.append(Table("waived", v.say("放弃记录", "Left out on record"), words, waived))
    return Section("fees", v.say("入住费用", "Fees"), tables=tuple(tables))


def papers(h: HandoverLook) -> Section | None:
    """What was issued on the way, each opened by whom it concerns."""
    v = h.v
    rows = []
    for p in h.papers:
        shown = paper(v, p, h.seen, tuple(s for s in h.signatures if s.paper_id == p.id))
        rows.append(
            TableRow(
                f"paper-{p.id}",
                (shown.title, shown.by),
                f"{shown.note} · {moment(shown.at)}",
                shown.href,
                shown.state,
                shown.actions,
            )
        )
    if not rows:
        return None
    head = (v.say("名称", "Name"), v.say("提交人", "By"))
    return Section("papers", v.say("单据", "Papers"), tables=(Table("papers-t", "", head, tuple(rows)),))
