"""What waits for a person, by deadline: a salesperson's clients, the manager's signatures, finance's money.

Read by the home page and by the navigation's count."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from dealflow.casework.advance import why_not
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.running import Clock, clocks_of
from dealflow.casework.tasks import open_tasks
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.movein.queries import handover as handovers
from dealflow.features.payments import queries as payments
from dealflow.features.payments.rules.charging import SLIP
from dealflow.web.pages import money
from dealflow.web.views import ClockBar, TaskRow
from dealflow.web.visit import Visit, sight_of
from dealflow.web.waiting_beyond import Waiting, waiting_beyond
from dealflow.web.words import NEXT, client_name, clock_bar, left_words, place_of, stage_word
from dealflow.workflow.records import Label, Workflow

LIVE: Final = (
    "new_visit",
    "tracked",
    "reserved",
    "deposit_part",
    "deposit_full",
    "subscribed",
    "slip_signed",
    "first_paid",
    "filed",
)
PLACED: Final = re.compile(r"[，,（(]?\s*[^，,（(]*\{\w+\}.*$")  # the part of a task's sentence that says how much
STATES: Final = {  # a task by its topic -> the state of the deal that it is about
    "deposit_top_up": "deposit_part",
    "agreement_due": "deposit_full",
    "slip_due": "slip_signed",
    "filing_due": "first_paid",
    "signing_notice_due": "filed",
    "proofreading_due": "signed",
    "papers_to_authorities": "stamped",
}
LAST: Final = {  # state -> the signature that is the last one: step, what it is, what has been before
    "deposit_full": ("agree", Label("经理签认购书", "Sign the agreement last"), Label("认购人均已签字", "signed by every buyer")),
    "subscribed": ("sign_slip", Label("经理签交款单", "Sign the payment slip"), Label("交款单已填写", "the slip is written")),
}
MOST: Final = 200
DAY: Final = timedelta(days=1)


def waiting(v: Visit, uow: UnitOfWork) -> tuple[Waiting, ...]:
    """Everything that waits for this person, the earliest end first."""
    found = [*_clients(v, uow), *_warnings(v, uow), *_signatures(v, uow), *_money(v, uow), *waiting_beyond(v, uow)]
    once = {task.row.id: task for task in found}
    return tuple(sorted(once.values(), key=lambda task: (task.due is None, task.due or v.now)))


def deal_workflow(uow: UnitOfWork) -> Workflow:
    """The deals' newest definition, for labels."""
    return uow.house.of("deal", uow.house.current["deal"]).workflow


def _clients(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    """A salesperson's own deals, by the clock that runs out first."""
    if not v.holds("salesperson"):
        return
    reader = deals.Reader(v.actor.id)
    rows = deals.search(uow.connection, uow.project_id, reader, owner=v.actor.id, states=LIVE, limit=MOST)
    clocks = clocks_of(uow.connection, [row.id for row in rows])
    for row in rows:
        running = next((c for c in clocks.get(row.id, ()) if c.running), None)
        yield _of_deal(v, uow, row, running, row.client, row.phone)


def _of_deal(v: Visit, uow: UnitOfWork, row: deals.DealRow, running: Clock | None, name: str, phone: str) -> Waiting:
    workflow = deal_workflow(uow)
    bar = clock_bar(v, workflow, running, row.state) if running else None
    follow = running is not None and running.name in ("lapse", "void")
    task = TaskRow(
        id=f"deal-{row.id}",
        href=f"/deals/{row.id}#timeline" if follow else f"/deals/{row.id}",
        name=name,
        note=row.unit or phone[-4:],
        what=v.say("跟进客户", "Follow up") if follow and row.state == "tracked" else v.word(NEXT[row.state]),
        why=bar.label if bar else v.say("没有期限", "no deadline"),
        clock=bar,
        stage=stage_word(v, workflow, row.state),
        step=place_of(workflow.states[row.state].stage),
        phone=phone if row.whole else "",
        act=v.say("记录跟进", "Log a follow-up") if follow and row.state == "tracked" else "",
    )
    return Waiting(task, running.due_at if running else None, hot=running is not None and running.due_at - v.now <= DAY)


def _warnings(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    """Clocks that ran out and warned this person or his role."""
    roles, sight, workflow = v.actor.roles | v.actor.grants, sight_of(uow, v.actor), deal_workflow(uow)
    for task in open_tasks(uow.connection, uow.project_id, v.actor.id, roles, limit=MOST):
        rules = uow.house.of(task.kind, uow.house.current[task.kind]).workflow.clocks.values()
        rule = next((clock for clock in rules if clock.warns == task.topic), None)
        text = uow.house.texts.get(f"task.{task.topic}")
        seen = sight(task.owner_id, task.case) if task.kind == "deal" else "name"
        due = task.due_at or task.made_at
        deal = _deal_of(uow, task.kind, task.case)
        words = v.word(rule.label) if rule else v.word(text) if text else task.topic
        label = _told(uow, task.topic, deal, words)
        bar = ClockBar(label, due, 1, 1, left_words(v, due - v.now), "bad")
        row = TaskRow(
            f"task-{task.id}",
            f"/handovers/{task.case}" if task.kind == "handover" else f"/deals/{deal}",
            client_name(task.name, seen),
            "",
            label,
            v.say("已到期", "ran out"),
            bar,
        )
        state = STATES.get(task.topic, "")
        stage = stage_word(v, workflow, state) if state else ""
        yield Waiting(_staged(row, stage, place_of(workflow.states[state].stage) if state else 0), due, hot=True)


def _deal_of(uow: UnitOfWork, kind: str, case: int) -> int:
    """The deal that a task leads to."""
    if kind == "refund":
        return payments.refund_of(uow.connection, case).deal_id
    if kind == "handover":
        return handovers.handover(uow.connection, uow.project_id, case).deal_id
    if kind == "filing":
        found = deals.filing(uow.connection, uow.project_id, case)
        return found.deal_id if found else case
    return case


def _told(uow: UnitOfWork, topic: str, deal: int, words: str) -> str:
    """The sentence of a task. What is missing of a deal's money is counted now; other numbers stand on the deal's page."""
    if "{missing}" in words:
        charges = payments.charges_of(uow.connection, deal)
        missing = sum(c.fen - c.paid for c in charges if c.position <= SLIP)
        if missing > 0:
            return words.format(missing=money(missing))
    return PLACED.sub("", words).strip() if "{" in words else words


def _staged(row: TaskRow, stage: str, step: int) -> TaskRow:
    return TaskRow(row.id, row.href, row.name, row.note, row.what, row.why, row.clock, stage, step)


def _signatures(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    """Agreements that every buyer has signed, and payment slips: they wait for the last signature."""
    if not v.holds("sales_manager", "acting_manager"):
        return
    reader = deals.Reader(v.actor.id, all=True)
    rows = deals.search(uow.connection, uow.project_id, reader, states=tuple(LAST), limit=50)
    clocks = clocks_of(uow.connection, [row.id for row in rows])
    for row in rows:
        _, choices = why_not(uow, Command("", v.actor), CaseRef("deal", row.id))
        event, what, why = LAST[row.state]
        if any(c.step.event == event and c.open for c in choices):
            running = next((c for c in clocks.get(row.id, ()) if c.running), None)
            found = _of_deal(v, uow, row, running, row.client, "")
            task = TaskRow(
                f"sign-{row.id}",
                f"/deals/{row.id}#step-{event}",
                row.client,
                row.unit,
                v.word(what),
                v.word(why),
                found.row.clock,
                found.row.stage,
                found.row.step,
                act=v.say("去签字", "Sign"),
            )
            yield Waiting(task, found.due, found.hot)


def _money(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    """Refunds to pay and receipts whose money the bank has not shown yet."""
    if not v.holds("finance"):
        return
    for refund in payments.open_refunds(uow.connection, uow.project_id, limit=MOST):
        bar = _refund_bar(v, uow, refund.opened_at, refund.due_at) if refund.due_at else None
        what = v.say(f"付退款 {money(refund.fen)} 元", f"Pay back CNY {money(refund.fen)}")
        row = TaskRow(
            f"refund-{refund.id}", f"/deals/{refund.deal_id}#money", refund.payer, refund.unit_code, what, refund.reason, bar
        )
        yield Waiting(row, refund.due_at, hot=refund.due_at is not None and refund.due_at - v.now <= DAY)
    for receipt in payments.uncleared(uow.connection, uow.project_id, limit=MOST):
        what = v.say(f"确认到账 {money(receipt.fen)} 元", f"Confirm CNY {money(receipt.fen)}")
        href = f"/deals/{receipt.deal_id}#money"
        row = TaskRow(f"receipt-{receipt.id}", href, receipt.payer, receipt.unit_code, what, receipt.number)
        yield Waiting(row, None, hot=False)


def _refund_bar(v: Visit, uow: UnitOfWork, since: datetime, due: datetime) -> ClockBar:
    workflow = uow.house.of("refund", uow.house.current["refund"]).workflow
    return clock_bar(v, workflow, Clock("payout", since, due, running=True), "approved")
