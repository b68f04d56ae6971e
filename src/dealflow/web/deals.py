"""Deals: the list with its search, one deal, and every step of it as a form. Routes only; the page is `deal_page`'s."""

from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Response
from fastapi.datastructures import FormData
from fastapi.responses import RedirectResponse

from dealflow.casework.running import Clock, clocks_of
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries
from dealflow.kernel.clock import read_moment
from dealflow.kernel.errors import NotFound
from dealflow.web.acting import Done, act
from dealflow.web.deal_page import answer, differences
from dealflow.web.deal_steps import asking_of
from dealflow.web.forms import Asking
from dealflow.web.frame import DESK, frame_of
from dealflow.web.look import Look, look
from dealflow.web.views import Action, Badge, DealRow, DealsPage, Tab
from dealflow.web.visit import Sent, Visit, Visiting, sight_of
from dealflow.web.waiting import deal_workflow
from dealflow.web.words import ENDED, NEXT, client_phone, clock_bar, place_of, stage_word, state_badge

router = APIRouter()
CaseId = Annotated[int, Path(ge=1, le=2**53 - 1)]
PAGE: Final = 50
SCOPES: Final = (("mine", "我的", "Mine"), ("all", "全部", "All"))
STAGES: Final = (  # tabs of the list, by the states they hold
    ("new_visit", ("new_visit",), "新访", "New visit"),
    ("tracked", ("tracked",), "跟踪", "Tracking"),
    ("reserved", ("reserved",), "封号", "Held"),
    ("subscribed", ("deposit_part", "deposit_full", "subscribed"), "认购", "Subscribed"),
    (
        "contract",
        ("slip_signed", "first_paid", "filed", "signed", "proofread", "stamped"),
        "签约",
        "Contract",
    ),
    ("move_in", ("move_in",), "入住", "Move-in"),
    ("after_sales", ("after_sales",), "售后", "After-sales"),
    ("ended", ENDED, "已结束", "Ended"),
)


@router.get("/deals")
def find(
    v: Visiting,
    q: Annotated[str, Query(max_length=60)] = "",
    scope: Annotated[str, Query(max_length=10)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """Deals by name, end of a phone or room, last moved first; clients of others masked."""
    sells = v.holds("salesperson") and not v.holds("team_leader")
    scope = scope if scope in ("mine", "all") else "mine" if sells and not q else "all"
    with v.dealflow.reading() as uow:
        page = _listed(v, uow, q, scope, state, after)
        frame = frame_of(v, uow, v.say("交易", "Deals"), "deals")
    return v.page("deals.html", frame, page)


def _listed(v: Visit, uow: UnitOfWork, q: str, scope: str, state: str, after: str) -> DealsPage:
    sight = sight_of(uow, v.actor)
    reader = queries.Reader(v.actor.id, all=sight(None, 0) != "masked")
    owner = v.actor.id if scope == "mine" else None
    states = next((states for key, states, _, _ in STAGES if key == state or state in states), ())
    found = queries.search(
        uow.connection, uow.project_id, reader, words=q, owner=owner, states=states, after=place_after(after), limit=PAGE + 1
    )
    rows = found[:PAGE]
    clocks = clocks_of(uow.connection, [row.id for row in rows])
    shown = tuple(_row(v, uow, row, clocks.get(row.id, ()), whole=sight(row.owner_id, row.id) == "whole") for row in rows)
    more = _link(q=q, scope=scope, state=state, after=cursor_of(rows[-1].moved_at, rows[-1].id)) if len(found) > PAGE else ""
    counts = queries.counts(uow.connection, uow.project_id, owner=owner)
    total = sum(counts.values())
    register = Action(v.say("登记新访", "Register a visit"), href="/register", icon="plus") if v.holds(*DESK) else None
    sub = v.say(f"共 {total} 单", f"{total} in all")
    return DealsPage(shown, q, _tabs(v, counts, scope, state), sub, more, register)


def _tabs(v: Visit, counts: dict[str, int], scope: str, state: str) -> tuple[Tab, ...]:
    first = [(key, zh, en) for key, zh, en in SCOPES if key == "all" or v.holds("salesperson")]
    tabs = [Tab(v.say(zh, en), _link(scope=key), not state and scope == key) for key, zh, en in first]
    for key, states, zh, en in STAGES:
        current = bool(state) and (state == key or state in states)
        tabs.append(Tab(v.say(zh, en), _link(scope=scope, state=key), current, sum(counts.get(s, 0) for s in states)))
    return tuple(tabs)


def _row(v: Visit, uow: UnitOfWork, row: queries.DealRow, clocks: tuple[Clock, ...], *, whole: bool) -> DealRow:
    workflow = deal_workflow(uow)
    state = workflow.states[row.state]
    running = next((c for c in clocks if c.running), None)
    waits = v.say(f"等 {v.who(state.waits_for)}", f"waits for {v.who(state.waits_for)}") if state.waits_for else ""
    if state.waits_for == "owner" and row.owner_id == v.actor.id:
        waits = v.say("等你办理", "waits for you")
    elif state.waits_for == "owner" and row.owner:
        waits = v.say(f"等 {row.owner}", f"waits for {row.owner}")
    odd: Badge | None = state_badge(v, workflow, row.state) if row.state in (*ENDED, "deposit_part", "deposit_full") else None
    return DealRow(
        str(row.id),
        f"/deals/{row.id}",
        row.client,
        client_phone(row.phone, "whole" if whole else "name"),
        row.unit,
        stage_word(v, workflow, row.state),
        place_of(state.stage),
        8,
        v.word(NEXT.get(row.state, state.label)),
        waits,
        row.owner,
        clock_bar(v, workflow, running, row.state) if running else None,
        odd,
    )


def _link(**query: str) -> str:
    """An address of the list, its parts written as addresses want them."""
    given = {name: value for name, value in query.items() if value}
    return f"/deals?{urlencode(given)}" if given else "/deals"


def cursor_of(at: datetime, row: int) -> str:
    """Where the next page begins."""
    return f"{at.isoformat()}~{row}"


def place_after(text: str) -> tuple[datetime, int] | None:
    """Where a page begins; a cursor that is none begins at the beginning."""
    moment, _, last = text.partition("~")
    try:
        at, row = read_moment(moment), int(last)
    except ValueError:
        return None
    return (at, row) if at and 0 <= row < 2**53 else None


@router.get("/deals/{deal}")
def one(
    v: Visiting,
    deal: CaseId,
    show: Annotated[str, Query(max_length=10)] = "all",
    done: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """One deal. `done` is the number of the event that was just made: the page says what it did, once."""
    return answer(v, deal, shown=show if show in ("contacts", "changes") else "all", done=done)


@router.post("/deals/{deal}/steps/{event}")
def step(v: Visiting, deal: CaseId, event: str, form: Sent) -> Response:
    """A step: what it would do, then the deed, or the page with the form and every reason."""
    with v.dealflow.reading() as uow:
        k = look(v, uow, deal)
    asking = asking_of(k, event)
    if asking is None:
        raise NotFound("step", event)
    return carried_out(v, k, asking, form)


def carried_out(v: Visit, k: Look, asking: Asking, form: FormData) -> Response:
    """The answer to a form of this deal: the deal's page, anew after the deed."""
    version = str(form.get("version", ""))
    clash = (
        differences(v, k.id, int(version)) if version.isascii() and version.isdigit() and int(version) != k.deal.version else ()
    )
    result = act(v, asking, form, clash, k.seen)
    if isinstance(result, Done):
        if result.answer.kind == "filing":
            return RedirectResponse(f"/deals/{k.id}#filing", 303)
        seq = result.answer.seq if result.answer.kind == "deal" else ""
        return RedirectResponse(f"/deals/{k.id}?done={seq}" if seq else f"/deals/{k.id}#money", 303)
    return answer(v, k.id, back=result)
