"""The front desk: a visit or a call registered with the phone first, and the lines that answer while somebody types."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from dealflow.casework.running import clocks_of
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.clients import queries as clients
from dealflow.features.deals import queries as deals
from dealflow.features.reception import queries as reception
from dealflow.features.reception.rules import WAYS
from dealflow.features.staff import queries as staff
from dealflow.kernel import identity, money
from dealflow.kernel.errors import Invalid
from dealflow.web.acting import Done, act
from dealflow.web.asking import at_field, choose, options
from dealflow.web.forms import Asking, Returned, show
from dealflow.web.frame import DESK, frame_of
from dealflow.web.pages import render, until
from dealflow.web.views import Field, Option, Probe, RegisterPage, Tab
from dealflow.web.visit import Sent, Visit, Visiting, sight_of
from dealflow.web.words import CHANNELS

router = APIRouter()
USE_CASES: Final = {"visit": "reception.register_visit", "call": "reception.register_call"}
OTHER_WAYS: Final = tuple(way for way in WAYS if way != "turn")


@router.get("/register")
def register(
    v: Visiting, kind: Annotated[str, Query(max_length=10)] = "visit", deal: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0
) -> Response:
    """The form; `deal` says that the visitor comes for this deal."""
    return _page(v, kind if kind in USE_CASES else "visit", deal)


@router.post("/register")
def registered(v: Visiting, form: Sent) -> Response:
    """Into the register; then the client's deal."""
    kind = "call" if form.get("kind") == "call" else "visit"
    given = str(form.get("deal", ""))
    deal = int(given) if given.isascii() and given.isdigit() and len(given) < 17 else 0
    with v.dealflow.reading() as uow:
        asking = asking_of(v, uow, kind, deal)
    result = act(v, asking, form)
    if isinstance(result, Done):
        return RedirectResponse(f"/deals/{result.answer.case}?done={result.answer.seq}", 303)
    return _page(v, kind, deal, result)


def _page(v: Visit, kind: str, deal: int, back: Returned | None = None) -> Response:
    with v.dealflow.reading() as uow:
        asking = asking_of(v, uow, kind, deal)
        title = v.say("到访登记", "Register a visit") if kind == "visit" else v.say("来电登记", "Register a call")
        frame = frame_of(v, uow, title, "register")
    tabs = () if deal else tuple(Tab(v.say(zh, en), f"/register?kind={k}", k == kind) for k, zh, en in KINDS)
    return v.page("register.html", frame, RegisterPage(show(v, asking, back), tabs), back.status if back else 200)


KINDS: Final = (("visit", "到访", "Visit"), ("call", "来电", "Call"))


def asking_of(v: Visit, uow: UnitOfWork, kind: str, deal: int) -> Asking:
    """What the desk asks, the phone first."""
    name, phone = _known(v, uow, deal) if deal else ("", "")
    fixed: dict[str, object] = {"deal": deal} if deal else {}
    label = v.say("登记到访", "Register the visit") if kind == "visit" else v.say("登记来电", "Register the call")
    hidden = (Field("kind", "", "hidden", kind, required=False), Field("deal", "", "hidden", str(deal or ""), required=False))
    fields = (*_person(v, name, phone), *_party(v, kind), *_reception(v, uow), *_rest(v, kind))
    return Asking(
        "register", "/register", label, (*hidden, *fields), USE_CASES[kind], fixed, shape=_shape, confirmed=False, in_place=False
    )


def _shape(found: dict[str, object]) -> dict[str, object]:
    """Words of the form to the use case's: which form it was is known; first or not is a yes or no."""
    plain = {name: value for name, value in found.items() if name not in ("kind", "deal")}
    return {**plain, "first": found.get("first") != "no"} | (
        {"one_family": found["one_family"] == "yes"} if "one_family" in found else {}
    )


def _known(v: Visit, uow: UnitOfWork, deal: int) -> tuple[str, str]:
    found = deals.one(uow.connection, uow.project_id, deal, deals.Reader(v.actor.id, all=True))
    seen = sight_of(uow, v.actor)(found.owner_id, deal) if found else "masked"
    if found is None or seen == "masked":
        return "", ""
    return found.client, found.phone if seen == "whole" else ""


def _person(v: Visit, name: str, phone: str) -> tuple[Field, ...]:
    yes = (Option("yes", v.say("是", "Yes")), Option("no", v.say("不是，联系过", "No, met before")))
    return (
        Field("phone", v.say("手机号", "Phone"), "phone", phone, live="/register/probe", longest=30),
        Field("name", v.say("姓名", "Name"), value=name, longest=40),
        Field(
            "first",
            v.say("是否首次来（此前没有联系过销售人员）", "First contact (met no salesperson before)"),
            "choice",
            "yes",
            yes,
        ),
        Field("earlier", v.say("此前联系过谁", "Whom he met before"), longest=60, shown_when=("first", ("no",)), wide=True),
    )


def _party(v: Visit, kind: str) -> tuple[Field, ...]:
    channel = Field("channel", v.say("渠道", "Channel"), "select", "", options(v, CHANNELS, choose(v)))
    area = Field("area", v.say("来自区域", "Area"), required=False, longest=40)
    if kind == "call":
        return channel, area
    yes = (Option("yes", v.say("是", "Yes")), Option("no", v.say("否", "No")))
    return (
        channel,
        area,
        Field("party", v.say("人数", "Party of"), "number", "1", longest=2),
        Field("one_family", v.say("一家人", "One family"), "choice", "yes", yes),
    )


def _reception(v: Visit, uow: UnitOfWork) -> tuple[Field, ...]:
    people = tuple(
        Option(str(p.id), p.name) for p in staff.people(uow.connection, uow.project_id) if p.active and "salesperson" in p.roles
    )
    return (
        Field("received_by", v.say("接待人", "Received by"), "select", "", (Option("", choose(v)), *people), wide=True),
        Field("way", v.say("分配方式", "Allocated by"), "choice", "turn", options(v, WAYS)),
        Field("reason", v.say("分配原因", "Reason of the allocation"), longest=200, shown_when=("way", OTHER_WAYS), wide=True),
    )


def _rest(v: Visit, kind: str) -> tuple[Field, ...]:
    content = (
        (Field("content", v.say("通话内容", "What was said"), "textarea", required=False, longest=1000),)
        if kind == "call"
        else ()
    )
    return (
        Field("needs", v.say("需求", "Needs"), "textarea", required=False, longest=400),
        *content,
        Field("remarks", v.say("备注", "Remarks"), required=False, longest=200),
        at_field(v),
    )


# ---- lines that answer while somebody types
@router.post("/register/probe")
def probe(v: Visiting, form: Sent) -> HTMLResponse:
    """Whether the register knows this phone: whose client he is and until when. Names nobody else (R-FUP-14).

    Asked by POST: an address ends in logs and in the browser's memory, and a phone number does not belong there."""
    given = form.get("phone", "")
    phone = given[:40] if isinstance(given, str) else ""
    if not v.holds(*DESK, "salesperson", "sales_manager", "team_leader") or len(phone.strip()) < 7:
        return HTMLResponse("")
    try:
        spelled = identity.phone(phone)
    except Invalid:
        return _line(v, Probe(v.say("还不是有效号码", "No valid number yet"), "warn") if len(phone.strip()) > 10 else Probe(""))
    with v.dealflow.reading() as uow:
        return _line(v, _found(v, uow, spelled))


def _found(v: Visit, uow: UnitOfWork, phone: str) -> Probe:
    c = uow.connection
    known = reception.open_deal(c, uow.project_id, phone, v.now)
    if known is None:
        seen_before = clients.by_phone(c, uow.project_id, phone) is not None
        if seen_before:
            return Probe(v.say("老客户，现无归属，可新登记", "Known client, nobody's at present: register anew"), "ok")
        return Probe(v.say("新客户", "New client"), "ok")
    owner = next((p.name for p in staff.people(c, uow.project_id) if p.id == known.owner_id), "–")
    due = next(
        (clock.due_at for clock in clocks_of(c, (known.id,)).get(known.id, ()) if clock.name in reception.CONFIRMING), None
    )
    valid = v.say(f"，确认有效至 {until(due)}", f", confirmed until {until(due)}") if due else ""
    text = v.say(f"老客户，归{owner}{valid}", f"Known client of {owner}{valid}")
    return Probe(text, "warn", f"/deals/{known.id}", v.say("打开交易", "Open the deal"))


@router.post("/words/money")
def words_of_money(v: Visiting, form: Sent) -> HTMLResponse:
    """The typed sum in capitals, whatever the field is called."""
    given = next((text for name, text in form.items() if name != "csrf"), "")
    typed = given.replace(",", "").replace("，", "").strip() if isinstance(given, str) else ""
    try:
        return _line(v, Probe(money.capitals(money.from_text(typed)))) if typed else HTMLResponse("")
    except Invalid:
        return HTMLResponse("")


def _line(v: Visit, found: Probe) -> HTMLResponse:
    return HTMLResponse(render("_parts/probe.html", v.locale, probe=found) if found.text else "")
