"""Many at once: one wins, the losers hear what was taken, nothing is half made.

Either net alone is enough; without both the control fails.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from dealflow.casework import writing
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.decide import decide
from dealflow.casework.doctor import examine
from dealflow.db.tables.casework import cases, commands
from dealflow.db.tables.units import claims
from dealflow.db.writes import Missed, Update, Write
from dealflow.kernel.errors import Conflict, Refused
from tests.casework.mini_house import CLERK, Mini

MANY = 32
LOST = {"mini.taken_now", "mini.item_taken", "casework.moved_on"}


def at_once(works: list[Callable[[], str]]) -> list[str]:
    """Start all works at the same instant; what each of them says."""
    said: list[str] = [""] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], str]) -> None:
        start.wait()
        said[place] = work()

    threads = [threading.Thread(target=run, args=(i, w)) for i, w in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def live_claims(mini: Mini) -> int:
    with mini.database.readers.connect() as c:
        return len(c.execute(sa.select(claims.c.id).where(claims.c.live)).all())


def test_thirty_two_who_want_one_item_at_once_one_gets_it_r_dep_10(mini: Mini) -> None:
    item = mini.item()
    orders = [mini.order(f"o{i}") for i in range(MANY)]

    def want(order: CaseRef, key: str) -> str:
        try:
            return mini.do(order, "hold", key=key, amount=100, links={"item": item}).state
        except Conflict as lost:
            return lost.code
        except Refused as no:
            return " ".join(sorted(no.codes))

    said = at_once([lambda o=o, i=i: want(o, f"k{i}") for i, o in enumerate(orders)])  # type: ignore[misc]
    assert said.count("held") == 1
    assert {s for s in said if s != "held"} <= LOST
    assert sorted(mini.state(o) for o in orders) == ["draft"] * (MANY - 1) + ["held"]
    assert live_claims(mini) == 1
    with mini.look() as uow:
        assert examine(uow.connection, mini.house).findings == ()


def test_one_key_five_times_at_once_acts_once(mini: Mini) -> None:
    item, order = mini.item(), mini.order()

    def send() -> str:
        for _ in range(2):  # a door tries a Conflict once more
            try:
                return str(mini.do(order, "hold", key="same", amount=100, links={"item": item}))
            except Conflict as running:
                heard = running.code
        return heard

    said = at_once([send] * 5)
    assert len(set(said)) == 1
    assert "held" in said[0]
    with mini.database.readers.connect() as c:
        assert len(c.execute(sa.select(commands).where(commands.c.key == "same")).all()) == 1
    assert live_claims(mini) == 1


def blind(write: Write) -> Write:
    """The write of a case without its version check."""
    if isinstance(write, Update) and write.table == "cases" and write.keys == ("id", "version"):
        return replace(write, keys=("id",), values=write.values[:-1])
    return write


def without_nets(mini: Mini) -> None:
    """Take the unique indexes away that would refuse a second claim and a second event of one number."""
    with mini.database.several.begin() as c:
        c.exec_driver_sql("drop index one_live_claim_per_unit")
        if mini.database.dialect == "postgresql":
            c.exec_driver_sql("alter table events drop constraint pk_events")
        else:
            c.exec_driver_sql("create table x as select * from events")
            c.exec_driver_sql("drop table events")
            c.exec_driver_sql("alter table x rename to events")


@pytest.mark.parametrize(("version", "nets"), [(True, True), (True, False), (False, True), (False, False)])
def test_each_net_alone_is_enough_and_the_control_without_both_fails(mini: Mini, version: bool, nets: bool) -> None:
    item = mini.item()
    orders = [mini.order(f"o{i}") for i in range(MANY)]
    if not nets:
        without_nets(mini)
    decided = threading.Barrier(MANY)

    def want(order: CaseRef, key: str) -> str:
        command = Command(key, CLERK)
        with mini.look() as uow:  # everybody reads and decides before anybody writes
            _, dossier = uow.read(order, "hold", command, {"amount": 100}, {"item": item})
            plan = decide(mini.house, dossier, "hold", command)
        writes = writing.writes_of(plan, {"key": key, "digest": "", "answer": "", "at": mini.clock.now()})
        decided.wait()
        try:
            with mini.database.writers.begin() as c:
                mini.database.write(c, writes if version else [blind(w) for w in writes])
        except Missed as lost:
            return str(lost.loss.code)
        return "held"

    said = at_once([lambda o=o, i=i: want(o, f"k{i}") for i, o in enumerate(orders)])  # type: ignore[misc]
    if version or nets:
        assert said.count("held") == live_claims(mini) == 1
        assert {s for s in said if s != "held"} <= LOST
    else:
        assert live_claims(mini) > 1


def test_two_who_change_one_case_at_once_one_is_told_that_it_moved_on(mini: Mini) -> None:
    order = mini.order()
    mini.do(order, "hold", key="h", amount=100, links={"item": mini.item()})
    command: Any = Command("p1", CLERK)
    with mini.look() as uow:
        _, dossier = uow.read(order, "pay", command, {"amount": 5}, {})
        plan = decide(mini.house, dossier, "pay", command)
    mini.do(order, "pay", key="p2", amount=7)
    with pytest.raises(Conflict) as no, mini.uow() as uow:
        uow.write(plan, {"key": "p1", "digest": "", "answer": "", "at": mini.clock.now()})
    assert no.value.code == "casework.moved_on"
    with mini.database.readers.connect() as c:
        assert c.execute(sa.select(cases.c.version).where(cases.c.id == order.id)).scalar_one() == 3


def test_what_was_judged_on_a_linked_case_that_is_not_moved_is_pinned(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="h", amount=100, links={"item": item})
    command: Any = Command("n1", CLERK)
    with mini.look() as uow:
        _, dossier = uow.read(order, "inspect", command, {}, {})
        plan = decide(mini.house, dossier, "inspect", command)
    assert [e.case for e in plan.expects] == [item]
    with mini.database.several.begin() as c:
        c.execute(sa.update(cases).where(cases.c.id == item).values(version=cases.c.version + 1))
    with pytest.raises(Conflict) as no, mini.uow() as uow:
        uow.write(plan, {"key": "n1", "digest": "", "answer": "", "at": mini.clock.now()})
    assert no.value.code == "casework.moved_on"
