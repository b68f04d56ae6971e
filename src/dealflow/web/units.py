"""The unit control sheet (销控表): the grid of a building, one unit in detail, and its own steps for those who may."""

from collections import Counter
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.units import queries
from dealflow.features.units.queries import BuildingRow, UnitRow
from dealflow.features.units.rules import room_of
from dealflow.kernel import money
from dealflow.kernel.errors import NotFound
from dealflow.kernel.money import Fen
from dealflow.web.acting import Done, act, foreseen
from dealflow.web.asking import reason
from dealflow.web.deal_page import area
from dealflow.web.deals import CaseId
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.frame import frame_of
from dealflow.web.look import Steps, steps_of
from dealflow.web.views import (
    UNIT_LOOKS,
    Action,
    Badge,
    Tab,
    Tone,
    UnitCell,
    UnitColumn,
    UnitDetail,
    UnitFloor,
    UnitLegend,
    UnitsPage,
)
from dealflow.web.visit import Sent, Visit, Visiting, sight_of
from dealflow.web.words import left_words

router = APIRouter()
TONES: Final[dict[str, Tone]] = {"for_sale": "ok", "held": "hold", "deposit": "warn"}
ASKING_WHY: Final = frozenset({"withhold", "block", "lift_block"})
WAN: Final = 1_000_000  # fen in ten thousand yuan


@router.get("/units")
def sheet(
    v: Visiting, building: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0, unit: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0
) -> Response:
    """The grid of one building; `unit` is the one looked at."""
    return _page(v, building, unit)


@router.post("/units/{unit}/steps/{event}")
def step(v: Visiting, unit: CaseId, event: str, form: Sent) -> Response:
    """Offer, withhold, block or lift the block. Raises NotFound."""
    with v.dealflow.reading() as uow:
        row, steps = queries.one(uow.connection, uow.project_id, unit), steps_of(v, uow, "unit", unit)
    rules = v.dealflow.house.of("unit", v.dealflow.house.current["unit"]).workflow.steps
    rule = next((s for s in rules if s.event == event), None)
    if row is None or rule is None:
        raise NotFound("step", event)
    result = act(v, asking_of(v, row, event, v.word(rule.label), steps), form)
    if isinstance(result, Done):
        return RedirectResponse(f"/units?unit={unit}", 303)
    return _page(v, row.building_id, unit, result)


def _page(v: Visit, building: int, unit: int, back: Returned | None = None) -> Response:
    with v.dealflow.reading() as uow:
        c = uow.connection
        buildings = queries.buildings_of(c, uow.project_id)
        chosen = queries.one(c, uow.project_id, unit) if unit else None
        if unit and chosen is None:
            raise NotFound("unit", unit)
        here = next(
            (b for b in buildings if b.id == (chosen.building_id if chosen else building)), buildings[0] if buildings else None
        )
        stock = tuple(queries.grid(c, uow.project_id))
        page = page_of(v, uow, tuple(buildings), here, stock, chosen, back)
        frame = frame_of(v, uow, v.say("销控表", "Unit control"), "units")
    return v.page("units.html", frame, page, back.status if back else 200)


def page_of(
    v: Visit, uow: UnitOfWork, buildings: tuple[BuildingRow, ...], here: BuildingRow | None, stock: tuple[UnitRow, ...],
    chosen: UnitRow | None, back: Returned | None,
) -> UnitsPage:  # fmt: skip
    """The sheet of one building."""
    rows = tuple(u for u in stock if here and u.building_id == here.id)
    lines = sorted({room_of(u.code)[-2:] for u in rows})
    columns = tuple(UnitColumn(line, _column_note(line, rows)) for line in lines)
    by_place = {(u.floor, room_of(u.code)[-2:]): u for u in rows}
    floors = tuple(
        UnitFloor(str(floor), tuple(_cell(v, by_place.get((floor, line)), chosen) for line in lines))
        for floor in sorted({u.floor for u in rows}, reverse=True)
    )
    free = sum(u.state == "for_sale" for u in rows)
    licence = here.licence_no if here and here.licence_no else v.say("尚无预售许可", "no sales licence yet")
    sub = (
        v.say(
            f"{here.name} {len(rows)} 套 · 可售 {free} 套 · {licence}",
            f"{here.name}: {len(rows)} units, {free} for sale · {licence}",
        )
        if here
        else ""
    )
    detail = _detail(v, uow, chosen, back) if chosen else None
    tabs = tuple(
        Tab(b.name, f"/units?building={b.id}", b is here, sum(u.state == "for_sale" for u in stock if u.building_id == b.id))
        for b in buildings
    )
    return UnitsPage(v.say("房源", "Units"), sub, columns, floors, legend(v, rows), detail, tabs)


def _column_note(line: str, rows: tuple[UnitRow, ...]) -> str:
    unit = next(u for u in rows if room_of(u.code).endswith(line))
    return f"{unit.layout[:2]} {unit.area_cm2 // 10_000}㎡"


def _word(v: Visit, state: str) -> str:
    states = v.dealflow.house.of("unit", v.dealflow.house.current["unit"]).workflow.states
    return v.word(states[state].label) if state in states else state


def _glyph(v: Visit, state: str) -> str:
    return UNIT_LOOKS[state][1] if not v.english else GLYPHS_EN.get(state, "·")


GLYPHS_EN: Final = {"unreleased": "×", "withheld": "×", "for_sale": "S", "held": "H", "deposit": "D"}


def _cell(v: Visit, u: UnitRow | None, chosen: UnitRow | None) -> UnitCell | None:
    if u is None:
        return None
    look, _ = UNIT_LOOKS[u.state]
    price = v.say(f"{wan(u.list_fen)}万", f"{wan(u.list_fen)}0k") if u.state == "for_sale" else ""
    left = left_words(v, u.due_at - v.now).removeprefix("剩 ").replace(" ", "") if u.due_at else ""
    blocked = v.say(f"，已冻结：{u.blocked}", f", blocked: {u.blocked}") if u.blocked else ""
    listed = v.say(f"表价 {money.shown(Fen(u.list_fen))} 元", f"CNY {money.shown(Fen(u.list_fen))}")
    label = " ".join(filter(None, (u.code, _word(v, u.state), u.layout, listed, u.client, left))) + blocked
    return UnitCell(
        str(u.id), f"/units?unit={u.id}", room_of(u.code), look, _glyph(v, u.state), label, price or u.client, left,
        chosen is not None and chosen.id == u.id, bool(u.blocked),
    )  # fmt: skip


def wan(fen: int) -> str:
    """Ten thousands of yuan with one place, rounded half up."""
    tenths = (fen * 10 + WAN // 2) // WAN
    return f"{tenths // 10}.{tenths % 10}"


def legend(v: Visit, rows: tuple[UnitRow, ...]) -> tuple[UnitLegend, ...]:
    """How many units stand in each state."""
    counts = Counter(u.state for u in rows)
    states = ("for_sale", "held", "deposit", "withheld", "unreleased")
    return tuple(
        UnitLegend(UNIT_LOOKS[s][0], _glyph(v, s), _word(v, s), counts[s])
        for s in states
        if counts[s] or s in ("for_sale", "held", "deposit")
    )


def _detail(v: Visit, uow: UnitOfWork, u: UnitRow, back: Returned | None) -> UnitDetail:
    steps = steps_of(v, uow, "unit", u.id)
    metre = u.list_fen * 10_000 // u.area_cm2 if u.area_cm2 else 0
    facts = [
        (v.say("单价", "Per ㎡"), money.shown(Fen(metre))),
        (v.say("建筑面积", "Built area"), area(u.area_cm2)),
        (v.say("套内面积", "Inner area"), area(u.inner_area_cm2) if u.inner_area_cm2 else "–"),
        (v.say("户型", "Layout"), u.layout),
        (v.say("朝向", "Orientation"), u.orientation),
    ]
    if v.holds("sales_manager", "administrator", "sales_director"):
        lowest = queries.lowest_price(uow.connection, u.id)
        facts.append((v.say("底价", "Lowest price"), money.shown(Fen(lowest)) if lowest is not None else "–"))
    if u.claimed_by:
        facts += [(v.say("客户", "Client"), u.client), (v.say("置业顾问", "Salesperson"), u.owner or "–")]
    if u.due_at:
        facts.append((v.say("封号期", "Hold"), left_words(v, u.due_at - v.now)))
    note = v.say(f"已冻结：{u.blocked}", f"Blocked: {u.blocked}") if u.blocked else ""
    refused = "；".join(text for _, _, text in back.reasons) if back and not back.confirming else ""
    state = Badge(_word(v, u.state), TONES.get(u.state, ""))
    actions = _actions(v, uow, u, steps, back)
    return UnitDetail(f"{u.building} {u.code}", state, u.list_fen, tuple(facts), actions, note or refused)


def _actions(v: Visit, uow: UnitOfWork, u: UnitRow, steps: Steps, back: Returned | None) -> tuple[Action, ...]:
    found = []
    if u.claimed_by and sight_of(uow, v.actor)(u.owner_id, u.claimed_by) != "masked":
        found.append(Action(v.say("打开交易", "Open the deal"), href=f"/deals/{u.claimed_by}"))
    for event, choice in steps.choices.items():
        if choice.open:
            asking = asking_of(v, u, event, v.word(choice.step.label), steps)
            found.append(Action(asking.label, form=show(v, asking, back), tone="danger" if asking.danger else ""))
    return tuple(found)


def asking_of(v: Visit, u: UnitRow, event: str, label: str, steps: Steps) -> Asking:
    """A step of the unit: with its reason, or nothing but the wish."""
    fields = (reason(v),) if event in ASKING_WHY else ()
    fixed = {"unit": u.id, "event": event}
    asking = Asking(
        f"{event}-{u.id}", f"/units/{u.id}/steps/{event}", label, fields, "units.take_step", fixed, steps.version, answers=True,
        danger=event == "block",
    )  # fmt: skip
    if fields or not (event in steps.choices and steps.choices[event].open):
        return asking
    return replace(asking, lines=foreseen(v, asking))
