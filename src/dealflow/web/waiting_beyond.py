"""What waits beyond the agreement for those whose own deals they are not: deals, filings, handovers. For `waiting`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dealflow.casework.running import clocks_of
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.deals import queries as deals
from dealflow.features.movein.queries import handover as handovers
from dealflow.web.pages import moment
from dealflow.web.views import TaskRow
from dealflow.web.visit import Visit, sight_of
from dealflow.web.words import NEXT, client_name, clock_bar, place_of, stage_word

MOST: Final = 100
SOON: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the person who looks, until `due` if there is an end to it."""

    row: TaskRow
    due: datetime | None
    hot: bool


def waiting_beyond(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    """By the role that a state waits for, as the workflow files say."""
    yield from _deals(v, uow)
    yield from _filings(v, uow)
    yield from _handovers(v, uow)


def _mine(v: Visit, uow: UnitOfWork, kind: str) -> tuple[str, ...]:
    """The states of a kind of case that wait for one of this person's roles."""
    states = uow.house.of(kind, uow.house.current[kind]).workflow.states
    return tuple(name for name, state in states.items() if state.waits_for in v.actor.roles and not state.final)


def _deals(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    states = _mine(v, uow, "deal")
    if not states:
        return
    workflow, sight = uow.house.of("deal", uow.house.current["deal"]).workflow, sight_of(uow, v.actor)
    rows = deals.search(uow.connection, uow.project_id, deals.Reader(v.actor.id, all=True), states=states, limit=MOST)
    clocks = clocks_of(uow.connection, [row.id for row in rows])
    for row in rows:
        running = next((c for c in clocks.get(row.id, ()) if c.running), None)
        bar = clock_bar(v, workflow, running, row.state) if running else None
        name = client_name(row.client, sight(row.owner_id, row.id))
        why = bar.label if bar else v.say("没有期限", "no deadline")
        stage, step = stage_word(v, workflow, row.state), place_of(workflow.states[row.state].stage)
        task = TaskRow(f"deal-{row.id}", f"/deals/{row.id}", name, row.unit, v.word(NEXT[row.state]), why, bar, stage, step)
        yield Waiting(task, running.due_at if running else None, hot=running is not None and running.due_at - v.now <= SOON)


def _filings(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    states = _mine(v, uow, "filing")
    if not states:
        return
    known, sight = uow.house.of("filing", uow.house.current["filing"]).workflow.states, sight_of(uow, v.actor)
    for filing in deals.filings_in(uow.connection, uow.project_id, states, MOST):
        name = client_name(filing.client, sight(filing.owner_id, filing.deal_id))
        what = v.say(f"网备：{known[filing.state].label.zh}", f"Filing: {known[filing.state].label.en}")
        task = TaskRow(
            f"filing-{filing.id}",
            f"/deals/{filing.deal_id}#filing",
            name,
            filing.contract_number or "",
            what,
            moment(filing.opened_at),
        )
        yield Waiting(task, None, hot=False)


def _handovers(v: Visit, uow: UnitOfWork) -> Iterator[Waiting]:
    states = _mine(v, uow, "handover")
    if not states:
        return
    known, sight = uow.house.of("handover", uow.house.current["handover"]).workflow.states, sight_of(uow, v.actor)
    for row in handovers.handovers_ahead(uow.connection, uow.project_id, limit=MOST):
        if row.state in states:
            due = row.slot_at if row.state in ("invited", "repair") else None
            what = v.say(f"入住办理：{known[row.state].label.zh}", f"Handover: {known[row.state].label.en}")
            name = client_name(row.client, sight(None, row.deal_id))
            task = TaskRow(f"handover-{row.id}", f"/handovers/{row.id}", name, row.unit, what, moment(row.slot_at))
            yield Waiting(task, due, hot=due is not None and due - v.now <= SOON)
