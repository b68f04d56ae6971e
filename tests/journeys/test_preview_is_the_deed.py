"""What the preview says is what the events and rows show; and whatever is asked, the office stays whole."""

from typing import Any

import pytest
import sqlalchemy as sa

from dealflow.casework.changes import Add
from dealflow.casework.command import Command
from dealflow.casework.plan import Plan
from dealflow.db.tables.casework import deadlines, events
from dealflow.db.tables.documents import papers
from dealflow.db.tables.payments import ledger, receipts, refunds
from dealflow.kernel.errors import Conflict, DealflowError, Invalid, Refused
from tests.journeys.chance import Ask, Chance
from tests.makers.office import Office

COMMANDS = 150
SEEDS = tuple(range(1, 9))


def rehearsed(office: Office, ask: Ask, key: str) -> Plan | DealflowError:
    """The decision, not carried out."""
    fields = office_fields(office, ask)
    try:
        with office.dealflow.rehearsing() as uow:
            office.dealflow.book.do(uow, Command(key, office.world.person(ask.by)), ask.use_case, fields)
            return uow.plans[-1]
    except DealflowError as no:
        return no


def office_fields(office: Office, ask: Ask) -> dict[str, object]:
    """Units by code, people by letter."""
    named = {"unit": office.world.units, "received_by": office.world.people}
    return {k: named[k].get(str(v), v) if k in named else v for k, v in ask.fields.items()}


def done(office: Office, ask: Ask, key: str) -> Any:
    """The deed, under the same key."""
    try:
        with office.dealflow.unit_of_work() as uow:
            return office.dealflow.book.do(
                uow, Command(key, office.world.person(ask.by)), ask.use_case, office_fields(office, ask)
            )
    except DealflowError as no:
        return no


def rows(office: Office, statement: sa.Select[Any]) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    with office.dealflow.database.readers.connect() as c:
        return [tuple(row) for row in c.execute(statement)]


def compare(office: Office, plan: Plan, before: set[int]) -> None:
    """Every line of the preview is a row, and every new row of the ledger was in the plan."""
    told = [line for line in plan.lines if line.kind == "move"]
    happened = sorted((m.case, m.event["seq"], m.step.step.event, m.source, m.target) for m in plan.moves)
    e = events.c
    for case in {m.case for m in plan.moves}:
        wanted = [h for h in happened if h[0] == case]
        statement = sa.select(e.case_id, e.seq, e.name, e.source, e.target).where(e.case_id == case).order_by(e.seq)
        assert rows(office, statement)[-len(wanted) :] == wanted
    spoken = sorted((h[2], h[4]) for h in happened if (h[2], h[3]) != ("issue", "none"))  # a paper's own line tells its opening
    assert sorted((str(x.data["event"]), str(x.data["to"])) for x in told) == spoken
    issued = {line.data["paper"]: line.data["kind"] for line in plan.lines if line.kind == "paper"}
    assert dict(rows(office, sa.select(papers.c.id, papers.c.kind).where(papers.c.id.in_(issued)))) == issued
    due = {(x.data["case"], x.data["clock"]): x.data["due"] for x in plan.lines if x.kind == "deadline"}
    for (case, clock), moment in due.items():
        d = deadlines.c
        assert rows(office, sa.select(d.due_at).where(d.case_id == case, d.clock == clock)) == [(moment,)]
    posted = {c.row["id"]: c.row["fen"] for c in plan.changes if isinstance(c, Add) and c.table is ledger}
    now = dict(rows(office, sa.select(ledger.c.id, ledger.c.fen)))
    assert {k: v for k, v in now.items() if k not in before} == posted


def whole(office: Office) -> None:
    """No account below zero; no unit claimed twice; chains, money and papers verify."""
    sums = sa.select(ledger.c.case_id, ledger.c.account, sa.func.sum(ledger.c.fen)).group_by(ledger.c.case_id, ledger.c.account)
    assert [s for s in rows(office, sums) if s[2] < 0] == []
    office.doctor()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_preview_says_is_what_the_deed_does(office: Office, seed: int) -> None:
    chance = Chance(office, seed)
    carried_out = 0
    for i in range(COMMANDS):
        ask, key = chance.draw(), f"chance/{seed}/{i}"
        before = {k for (k,) in rows(office, sa.select(ledger.c.id))}
        said, did = rehearsed(office, ask, key), done(office, ask, key)
        if isinstance(said, DealflowError):
            assert isinstance(did, type(said)), (ask, said, did)
            assert isinstance(said, Refused | Conflict | Invalid), (ask, said)
            if isinstance(said, Refused):
                assert [r.code for r in said.reasons] == [r.code for r in did.reasons]
            continue
        assert not isinstance(did, DealflowError), (ask, did)
        assert did == said.answer
        compare(office, said, before)
        carried_out += 1
        chance.receipts = [k for (k,) in rows(office, sa.select(receipts.c.id).order_by(receipts.c.paid_at, receipts.c.id))]
        chance.refunds = [k for (k,) in rows(office, sa.select(refunds.c.id).order_by(refunds.c.id))]
        if i % 20 == 0:
            office.pass_time("5h")
    assert carried_out > 20
    whole(office)
