"""Buildings on their way to move-in: five steps each, the developer's papers, the fee schedule. Routes."""

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.movein import texts
from dealflow.features.movein.queries import building as queries
from dealflow.features.movein.queries import handover as steps_taken
from dealflow.kernel import money
from dealflow.kernel.errors import NotFound
from dealflow.kernel.money import Fen
from dealflow.web.acting import Done, act
from dealflow.web.asks_building import ask, begin
from dealflow.web.case_steps import refused, step_of
from dealflow.web.deals import CaseId
from dealflow.web.forms import Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.look import Steps, steps_of
from dealflow.web.pages import day, moment
from dealflow.web.views import Action, Badge, Check, Section, SheetPage, Table, TableRow
from dealflow.web.visit import Sent, Visit, Visiting

router = APIRouter()
DONE: Final = {"": 0, "completed": 1, "surveyed": 2, "certified": 3, "manual_ready": 4, "ready": 5}
LABELS: Final = (
    ("竣工", "Completed"),
    ("测绘验收", "Survey accepted"),
    ("质检合格书", "Quality certificate"),
    ("房屋使用说明书", "House manual"),
    ("资料齐全，可办入住", "All papers there: ready for move-in"),
)
EVENTS: Final = ("begin", "survey", "certify", "add_manual", "make_ready")
BESIDE: Final = ("attach", "post_schedule", "set_back")


@router.get("/buildings")
def listed(v: Visiting) -> Response:
    """Every building of the project with how far its preparation is."""
    return _page(v)


@router.post("/buildings/{building}/steps/{event}")
def step(v: Visiting, building: CaseId, event: str, form: Sent) -> Response:
    """Begin, or a step of the preparation. Raises NotFound."""
    with v.dealflow.reading() as uow:
        row = next((p for p in queries.preparations_of(uow.connection, uow.project_id) if p.building == building), None)
        steps = steps_of(v, uow, "building", row.id) if row and row.id else None
    if row is None or (steps is None and event != "begin") or (steps and event not in steps.choices):
        raise NotFound("step", event)
    asking = ask(v, row, steps.choices[event]) if steps else begin(v, row)
    result = act(v, asking, form)
    if isinstance(result, Done):
        return RedirectResponse(f"/buildings#building-{building}", 303)
    return _page(v, result)


def _page(v: Visit, back: Returned | None = None) -> Response:
    with v.dealflow.reading() as uow:
        found = queries.preparations_of(uow.connection, uow.project_id)
        sections = tuple(section(v, uow, row, back) for row in found)
        frame = frame_of(v, uow, v.say("楼栋入住准备", "Buildings"), "buildings")
    sub = v.say("五步备齐后方可发入住通知书", "Notices go out when all five steps are done")
    page = SheetPage(v.say("楼栋入住准备", "Buildings"), sections, sub, refused=refused(sections, back))
    return v.page("sheet.html", frame, page, back.status if back else 200)


def section(v: Visit, uow: UnitOfWork, row: queries.PreparationRow, back: Returned | None) -> Section:
    """One building: the five steps, what stands beside them, papers and rates."""
    steps = steps_of(v, uow, "building", row.id) if row.id else None
    states = uow.house.of("building", uow.house.current["building"]).workflow.states
    badge = (
        Badge(v.word(states[row.state].label), "ok" if row.ready else "acc") if row.id else Badge(v.say("未开始", "Not begun"))
    )
    actions: tuple[Action, ...] = ()
    if steps is None and v.holds("developer_clerk"):
        asking = begin(v, row)
        actions = (Action(asking.label, form=show(v, asking, back), tone="pri"),)
    beside = tuple(
        step_of(v, steps.choices[e], lambda c: ask(v, row, c), back, mark=str(row.building))
        for e in BESIDE
        if steps and e in steps.choices and steps.choices[e].permitted
    )
    checks = checklist(v, uow, row, steps, back)
    return Section(
        f"building-{row.building}",
        row.name,
        badge=badge,
        checks=checks,
        steps=beside,
        tables=_tables(v, uow, row),
        actions=actions,
    )


def checklist(
    v: Visit, uow: UnitOfWork, row: queries.PreparationRow, steps: Steps | None, back: Returned | None
) -> tuple[Check, ...]:
    """Done, now, to do; the form of the next one below it."""
    taken = {s.no: s for s in steps_taken.steps_of(uow.connection, row.id)} if row.id else {}
    found = []
    for n, (label, event) in enumerate(zip(LABELS, EVENTS, strict=True), start=1):
        choice = steps.choices.get(event) if steps else None
        now = n == DONE.get(row.state, 0) + 1
        shown = (step_of(v, choice, lambda c: ask(v, row, c), back, mark=str(row.building)),) if choice and now else ()
        told = taken.get(n)
        note = (
            " · ".join(filter(None, (moment(told.at), told.by_name, told.note))) if told and n <= DONE.get(row.state, 0) else ""
        )
        found.append(Check(v.say(*label), "past" if n <= DONE.get(row.state, 0) else "now" if now else "todo", note, shown))
    return tuple(found)


def _tables(v: Visit, uow: UnitOfWork, row: queries.PreparationRow) -> tuple[Table, ...]:
    if not row.id:
        return ()
    papers = tuple(
        TableRow(
            f"registered-{row.building}-{p.kind}",
            (v.say(*texts.PAPERS.get(p.kind, (p.title, p.title))), p.number or "–", p.body or "–", day(p.dated_on), p.by_name),
        )
        for p in queries.papers_of_building(uow.connection, row.id)
    )
    head = (
        v.say("资料", "Paper"),
        v.say("编号", "Number"),
        v.say("出具单位", "Body"),
        v.say("日期", "Day"),
        v.say("登记人", "By"),
    )
    rates = queries.rates_of(uow.connection, row.id)
    rows = tuple(
        TableRow(
            f"rate-{row.building}-{item}",
            (v.say(*texts.ITEMS[item]), money.shown(Fen(rate)), texts.PER[item]),
        )
        for item, rate in rates.items()
    )
    since = v.say(f"收费标准，自 {day(row.rates_from)}", f"Fee schedule from {day(row.rates_from)}") if row.rates_from else ""
    priced = (v.say("项目", "Fee"), v.say("单价", "Rate"), v.say("单位", "Per"))
    return (
        Table(f"registered-{row.building}", v.say("已登记资料", "Registered papers"), head, papers),
        Table(f"rates-{row.building}", since, priced, rows, figures=(1,)),
    )
