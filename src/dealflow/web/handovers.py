"""Handovers: those ahead, one with its checklist, its steps and its fee receipts as forms. Routes only."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from fastapi.datastructures import FormData
from fastapi.responses import RedirectResponse

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.movein.queries import handover as queries
from dealflow.kernel.errors import NotFound
from dealflow.web.acting import Done, act
from dealflow.web.asks_fees import ACTS, receipt_ask
from dealflow.web.asks_handover import ask
from dealflow.web.deals import CaseId, cursor_of, place_after
from dealflow.web.forms import Asking
from dealflow.web.frame import frame_of
from dealflow.web.handover_look import HandoverLook, look_at
from dealflow.web.handover_page import NOW, answer
from dealflow.web.pages import moment
from dealflow.web.views import Action, Badge, Section, SheetPage, Table, TableRow
from dealflow.web.visit import Sent, Visit, Visiting, sight_of
from dealflow.web.words import client_name

router = APIRouter()
PAGE: Final = 50


@router.get("/handovers")
def listed(v: Visiting, after: Annotated[str, Query(max_length=60)] = "") -> Response:
    """Handovers under way in the order of their appointments."""
    with v.dealflow.reading() as uow:
        found = queries.handovers_ahead(uow.connection, uow.project_id, place_after(after) or queries.FIRST, PAGE + 1)
        rows = _rows(v, uow, tuple(found[:PAGE]))
        frame = frame_of(v, uow, v.say("入住办理", "Handovers"), "handovers")
    head = (
        v.say("房号", "Unit"),
        v.say("客户", "Client"),
        v.say("办理时间", "Time"),
        v.say("地点", "Place"),
        v.say("进度", "Step"),
    )
    empty = v.say("没有约定的入住办理；发出入住通知书后出现在这里", "None is arranged; move-in notices bring them here")
    table = Table("handovers-t", "", head, rows, empty=empty)
    more: tuple[Action, ...] = ()
    if len(found) > PAGE:
        last = found[PAGE - 1]
        more = (Action(v.say("后面的", "More"), href=f"/handovers?after={cursor_of(last.slot_at, last.id)}"),)
    section = Section("handovers", v.say("待办理", "Ahead"), tables=(table,), actions=more)
    return v.page("sheet.html", frame, SheetPage(v.say("入住办理", "Handovers"), (section,)))


def _rows(v: Visit, uow: UnitOfWork, found: tuple[queries.HandoverRow, ...]) -> tuple[TableRow, ...]:
    """The client's name as far as the reader may see it; a salesperson sees his own clients'."""
    sight, states = sight_of(uow, v.actor), uow.house.of("handover", uow.house.current["handover"]).workflow.states
    mine: set[int] = set()
    if v.holds("salesperson"):
        reader = deals.Reader(v.actor.id)
        mine = {
            d.id for d in deals.search(uow.connection, uow.project_id, reader, owner=v.actor.id, states=("move_in",), limit=200)
        }
    rows = []
    for h in found:
        seen = "whole" if h.deal_id in mine else sight(None, h.deal_id)
        step = f"{NOW[h.state]} / 8" if h.state in NOW else "–"
        late = h.slot_at < v.now and h.state == "invited"
        badge = Badge(v.word(states[h.state].label), "warn" if late or h.state == "repair" else "acc")
        note = v.say(f"未到场 {h.missed} 次", f"missed {h.missed} times") if h.missed else ""
        cells = (h.unit, client_name(h.client, seen), moment(h.slot_at), h.place or "–", step)
        rows.append(TableRow(f"handover-{h.id}", cells, note, f"/handovers/{h.id}", badge))
    return tuple(rows)


@router.get("/handovers/{handover}")
def one(v: Visiting, handover: CaseId, done: Annotated[int, Query(ge=0, le=1)] = 0) -> Response:
    """One handover. `done` says once that the last act was done."""
    return answer(v, handover, done=bool(done))


@router.post("/handovers/{handover}/steps/{event}")
def step(v: Visiting, handover: CaseId, event: str, form: Sent) -> Response:
    """A step. Raises NotFound for one that the state does not have."""
    h = _look(v, handover)
    choice = h.steps.choices.get(event)
    if choice is None:
        raise NotFound("step", event)
    return _carried_out(h, ask(h, choice), form)


@router.post("/handovers/{handover}/fees/{receipt}/{deed}")
def on_receipt(v: Visiting, handover: CaseId, receipt: CaseId, deed: str, form: Sent) -> Response:
    """The property team acts on a fee receipt. Raises NotFound."""
    h = _look(v, handover)
    if deed not in ACTS or all(x.receipt != receipt for x in h.fees):
        raise NotFound("fee receipt", receipt)
    return _carried_out(h, receipt_ask(h, receipt, deed), form)


def _look(v: Visit, handover: int) -> HandoverLook:
    with v.dealflow.reading() as uow:
        return look_at(v, uow, handover)


def _carried_out(h: HandoverLook, asking: Asking, form: FormData) -> Response:
    result = act(h.v, asking, form, seen=h.seen)
    if isinstance(result, Done):
        return RedirectResponse(f"/handovers/{h.row.id}?done=1", 303)
    return answer(h.v, h.row.id, result)
