"""The home page: what has a deadline, soonest first, and for the secretary today's register. One route."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, Response

from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.reception import queries as reception
from dealflow.features.reception.rules import way_named
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.identity import mask_phone
from dealflow.web.frame import DESK, frame_of
from dealflow.web.views import Stat, TaskGroup, TaskRow, TodayPage, Tone
from dealflow.web.visit import Visit, Visiting
from dealflow.web.waiting import waiting
from dealflow.web.waiting_beyond import Waiting

router = APIRouter()
GREETINGS: Final = (
    (5, "夜深了", "Good night"),
    (11, "早上好", "Good morning"),
    (13, "中午好", "Good day"),
    (18, "下午好", "Good afternoon"),
)


@router.get("/")
def today(v: Visiting) -> Response:
    """Everybody lands here."""
    with v.dealflow.reading() as uow:
        due = waiting(v, uow)
        groups = (*grouped(v, due), *_register(v, uow))
        page = TodayPage(v.now.astimezone(PROJECT_ZONE).date(), greeting(v), groups, stats(v, due), empty_note=nothing(v))
        frame = frame_of(v, uow, v.say("今天", "Today"), "today")
    return v.page("today.html", frame, page)


def greeting(v: Visit) -> str:
    """By the hour."""
    hour = v.now.astimezone(PROJECT_ZONE).hour
    zh, en = next(((zh, en) for until, zh, en in GREETINGS if hour < until), ("晚上好", "Good evening"))
    return v.say(f"{zh}，{v.actor.name}", f"{en}, {v.actor.name}")


def grouped(v: Visit, due: Iterable[Waiting]) -> tuple[TaskGroup, ...]:
    """Overdue, today, within three days, later, without an end."""
    midnight = v.now.astimezone(PROJECT_ZONE).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    bands: tuple[tuple[str, Tone, datetime | None], ...] = (
        (v.say("逾期", "Overdue"), "bad", v.now),
        (v.say("今天到期", "Due today"), "warn", midnight + timedelta(seconds=1)),
        (v.say("3 天内", "Within three days"), "", midnight + timedelta(days=3)),
        (v.say("以后", "Later"), "", None),
    )
    left, groups = list(due), []
    for title, tone, until in bands:
        rows = [w for w in left if w.due is not None and (until is None or w.due < until)]
        left = [w for w in left if w not in rows]
        groups.append((title, tone, rows))
    groups.append((v.say("没有期限", "No deadline"), "", left))
    return tuple(
        TaskGroup(title, tuple(w.row for w in rows), v.say(f"{len(rows)} 项", f"{len(rows)}"), tone)
        for title, tone, rows in groups
        if rows
    )


def stats(v: Visit, due: Iterable[Waiting]) -> tuple[Stat, ...]:
    """How much there is, and how much of it burns."""
    due = tuple(due)
    late = sum(w.due is not None and w.due < v.now for w in due)
    soon = sum(w.hot for w in due) - late
    return (
        Stat(v.say("待办", "Tasks"), str(len(due))),
        Stat(v.say("逾期", "Overdue"), str(late), tone="bad" if late else ""),
        Stat(v.say("24 小时内", "Within 24 hours"), str(soon), tone="warn" if soon else ""),
    )


def nothing(v: Visit) -> str:
    """What to do when nothing waits."""
    if v.holds(*DESK):
        return v.say("有客户来访或来电时，点“登记新访”。", "When somebody comes or calls, press “Register a visit”.")
    if v.holds("salesperson"):
        return v.say(
            "新客户由前台登记后出现在这里；也可以到“交易”里回访老客户。",
            "New clients appear here once the desk registers them; meanwhile look through your deals.",
        )
    if v.holds("finance"):
        return v.say("没有待付的退款和待到账的收据。", "No refund is to be paid and no receipt awaits the bank.")
    return v.say("没有等你处理的事；各单进展见“交易”。", "Nothing waits for you; see “Deals” for how things stand.")


def _register(v: Visit, uow: UnitOfWork) -> tuple[TaskGroup, ...]:
    """Today's lines of both registers, for the desk."""
    if not v.holds(*DESK):
        return ()
    found = [line for register in ("visit", "phone") for line in reception.lines(uow.connection, uow.project_id, register)]
    lines = sorted((x for x in found if _local_day(x.at) == _local_day(v.now)), key=lambda x: x.at, reverse=True)
    rows = tuple(_line(v, line) for line in lines)
    return (TaskGroup(v.say("今天的登记", "Registered today"), rows, v.say(f"{len(rows)} 条", str(len(rows)))),) if rows else ()


def _line(v: Visit, line: reception.RegisterLine) -> TaskRow:
    kind = v.say("来电", "Call") if line.register == "phone" else v.say(f"到访 {line.party} 人", f"Visit, party of {line.party}")
    at = f"{line.at.astimezone(PROJECT_ZONE):%H:%M}"
    what = v.say(f"{at} {kind} · 接待 {line.receiver}", f"{at} {kind} · received by {line.receiver}")
    why = " · ".join(filter(None, (v.word(way_named(line.way)), line.channel, line.remarks)))
    return TaskRow(f"line-{line.id}", f"/deals/{line.deal}", line.name, mask_phone(line.phone)[-4:], what, why)


def _local_day(at: datetime) -> str:
    return f"{at.astimezone(PROJECT_ZONE):%Y-%m-%d}"
