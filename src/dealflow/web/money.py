"""The money page (收款): what falls due, what the bank has still to show, refunds to pay, a collector's receipts of a day."""

from datetime import date, timedelta
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.payments import queries
from dealflow.features.staff import queries as staff
from dealflow.features.staff.rules import ROLES
from dealflow.kernel import money
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Forbidden, Unmet
from dealflow.kernel.money import Fen
from dealflow.web.frame import frame_of
from dealflow.web.pages import clock_time, moment
from dealflow.web.views import Badge, Field, Form, Option, Section, SheetPage, Table, TableRow
from dealflow.web.visit import Visit, Visiting, sight_of
from dealflow.web.words import METHODS, PURPOSES, client_name

router = APIRouter()
READERS: Final = ("finance", "sales_manager", "sales_director", "auditor")
AHEAD: Final = timedelta(days=14)
MOST: Final = 200


@router.get("/money")
def page(
    v: Visiting,
    day: Annotated[str, Query(max_length=10)] = "",
    collector: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0,
) -> Response:
    """For finance and those who answer for it. Raises Forbidden."""
    if not v.holds(*READERS):
        who = {"who_zh": "、".join(_roles(v, "zh")), "who_en": ", ".join(_roles(v, "en"))}
        raise Forbidden([v.dealflow.house.tell(Unmet("casework.not_permitted", who, who=READERS))])
    with v.dealflow.reading() as uow:
        sections = (due(v, uow), uncleared(v, uow), refunds(v, uow), of_day(v, uow, _day(v, day), collector or v.actor.id))
        frame = frame_of(v, uow, v.say("收款", "Money"), "money")
    return v.page("sheet.html", frame, SheetPage(v.say("收款", "Money"), sections))


def _roles(v: Visit, language: Literal["zh", "en"]) -> list[str]:
    return [getattr(ROLES[role], language) for role in READERS]


def _day(v: Visit, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return v.now.astimezone(PROJECT_ZONE).date()


def due(v: Visit, uow: UnitOfWork) -> Section:
    """What clients have to pay until two weeks from now, the oldest first."""
    today, sight = v.now.astimezone(PROJECT_ZONE).date(), sight_of(uow, v.actor)
    found = queries.falling_due(uow.connection, uow.project_id, today + AHEAD, limit=MOST)
    rows = tuple(
        TableRow(
            f"due-{x.charge_id}",
            (
                client_name(x.deal_name, sight(x.owner_id, x.deal_id)),
                x.label,
                x.due_on.isoformat(),
                exact(x.fen),
                exact(x.missing),
            ),
            href=f"/deals/{x.deal_id}#money",
            state=_badge(v, x.due_on, today),
        )
        for x in found
    )
    head = (
        v.say("客户", "Client"),
        v.say("款项", "Line"),
        v.say("应付日期", "Due"),
        v.say("应收（元）", "Amount (CNY)"),
        v.say("未收（元）", "Open (CNY)"),
    )
    table = Table("due-t", "", head, rows, (3, 4), v.say("两周内没有到期的房款", "Nothing falls due within two weeks"))
    return Section("due", v.say("到期应收", "Falling due"), v.say(f"{len(rows)} 笔", f"{len(rows)}"), tables=(table,))


def _badge(v: Visit, on: date, today: date) -> Badge:
    if on < today:
        return Badge(v.say(f"逾期 {(today - on).days} 天", f"{(today - on).days} d over"), "bad")
    return Badge(v.say("今天", "today"), "warn") if on == today else Badge(v.say("未到期", "ahead"))


def uncleared(v: Visit, uow: UnitOfWork) -> Section:
    """Receipts whose money the bank has not shown yet."""
    sight = sight_of(uow, v.actor)
    found = queries.uncleared(uow.connection, uow.project_id, limit=MOST)
    rows = tuple(_receipt(v, x, client_name(x.payer, sight(None, x.deal_id))) for x in found)
    table = Table("uncleared-t", "", _receipt_head(v), rows, (3,), v.say("没有待到账的收据", "No receipt awaits the bank"))
    return Section("uncleared", v.say("待到账", "Uncleared"), v.say(f"{len(found)} 张", f"{len(found)}"), tables=(table,))


def _receipt_head(v: Visit) -> tuple[str, ...]:
    return (
        v.say("收据", "Receipt"),
        v.say("交款人", "Payer"),
        v.say("方式", "Method"),
        v.say("金额（元）", "Amount (CNY)"),
        v.say("时间", "Time"),
    )


def _receipt(v: Visit, x: queries.ReceiptLine, payer: str, *, short: bool = False) -> TableRow:
    purpose = v.word(PURPOSES[x.purpose]) if x.purpose in PURPOSES else x.purpose
    method = v.word(METHODS[x.method]) if x.method in METHODS else x.method
    state = Badge(v.say("已作废", "Void")) if x.void else Badge(v.say("已到账", "Received"), "ok") if x.cleared else Badge(
        v.say("待到账", "Uncleared"), "warn")  # fmt: skip
    cells = (
        f"{purpose} {x.unit_code}".strip(),
        payer,
        method,
        exact(x.fen),
        clock_time(x.paid_at) if short else moment(x.paid_at),
    )
    return TableRow(f"{'day' if short else 'wait'}-{x.id}", cells, x.number, f"/deals/{x.deal_id}#receipt-{x.id}", state)


def refunds(v: Visit, uow: UnitOfWork) -> Section:
    """Refunds that wait to be paid."""
    sight = sight_of(uow, v.actor)
    found = queries.open_refunds(uow.connection, uow.project_id, limit=MOST)
    rows = tuple(
        TableRow(
            f"refund-{x.id}",
            (
                client_name(x.payer, sight(None, x.deal_id)),
                x.unit_code or "–",
                exact(x.fen),
                moment(x.due_at) if x.due_at else "–",
            ),
            x.reason,
            f"/deals/{x.deal_id}#refund-{x.id}",
            Badge(v.say("逾期", "over"), "bad") if x.due_at and x.due_at < v.now else Badge(v.say("待付", "to be paid"), "acc"),
        )
        for x in found
    )
    head = (v.say("收款人", "Payee"), v.say("房号", "Unit"), v.say("金额（元）", "Amount (CNY)"), v.say("期限", "Due"))
    table = Table("refunds-t", "", head, rows, (2,), v.say("没有待付的退款", "No refund is to be paid"))
    return Section("refunds", v.say("待付退款", "Refunds to pay"), v.say(f"{len(rows)} 笔", f"{len(rows)}"), tables=(table,))


def of_day(v: Visit, uow: UnitOfWork, on: date, collector: int) -> Section:
    """What one person collected on a day, with the sum of what stands."""
    sight, people = sight_of(uow, v.actor), staff.people(uow.connection, uow.project_id)
    found = queries.receipts_by(uow.connection, collector, on)
    named = tuple(Option(str(p.id), p.name) for p in people if p.active)
    form = Form(
        "day-list",
        "/money#day",
        (
            Field("collector", v.say("收款人", "Collected by"), "select", str(collector), named),
            Field("day", v.say("日期", "Day"), "date", on.isoformat()),
        ),
        v.say("查看", "Show"),
        method="get",
    )
    total = exact(sum(x.fen for x in found if not x.void))
    rows = tuple(_receipt(v, x, client_name(x.payer, sight(None, x.deal_id)), short=True) for x in found)
    table = Table("day-t", "", _receipt_head(v), rows, (3,), v.say("这一天没有收款", "Nothing was collected on this day"))
    sub = v.say(f"有效收据合计 {total} 元", f"Receipts that stand: CNY {total}")
    return Section("day", v.say("当日收款", "Receipts of a day"), sub, tables=(table,), filter=form)


def exact(fen: int) -> str:
    """A sum with its two places."""
    return money.shown(Fen(fen))
