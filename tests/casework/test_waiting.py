"""Clocks of a case: due moments are inclusive, waiting clocks act on re-entry, each acts once, a broken one blocks nobody."""

import sqlalchemy as sa

from dealflow.casework import deadlines
from dealflow.casework.command import CaseRef
from dealflow.db.tables.casework import deadlines as table
from dealflow.db.tables.casework import events, tasks
from dealflow.kernel.errors import Refused
from tests.casework.mini_house import Mini


def held(mini: Mini, name: str = "o1", code: str = "A-1") -> CaseRef:
    item, order = mini.item(code), mini.order(name)
    mini.do(order, "hold", key=f"hold-{name}", amount=100, links={"item": item})
    return order


def sweep(mini: Mini) -> int:
    with mini.look() as uow:
        found = deadlines.due(uow.connection, uow.now, 1)
    for one in found:
        with mini.uow() as uow:
            deadlines.act(uow, one)
    return len(found)


def test_a_deadline_acts_at_the_first_instant_after_its_due_moment_e_081(mini: Mini) -> None:
    order = held(mini)
    mini.clock.move(hours=24)
    assert sweep(mini) == 0
    mini.clock.move(microseconds=1)
    assert sweep(mini) == 1  # the warning of 24 hours
    mini.clock.move(hours=48)
    assert (sweep(mini), mini.state(order)) == (1, "draft")


def test_a_deadline_fires_with_its_due_moment_as_business_time(mini: Mini) -> None:
    order = held(mini)
    mini.clock.move(days=9)
    sweep(mini)
    with mini.database.readers.connect() as c:
        event = c.execute(sa.select(events).where(events.c.case_id == order.id, events.c.name == "expire")).one()
    assert (event.entered_at - event.at).days == 6


def test_a_warning_leaves_a_task_and_the_case_where_it_is(mini: Mini) -> None:
    order = held(mini)
    mini.clock.move(hours=25)
    assert [sweep(mini), sweep(mini)] == [1, 0]
    assert mini.state(order) == "held"
    with mini.database.readers.connect() as c:
        assert [(t.topic, t.role, t.open) for t in c.execute(sa.select(tasks))] == [("nag", "clerk", True)]


def test_a_task_is_settled_when_the_case_leaves_the_states_of_its_clock(mini: Mini) -> None:
    order = held(mini)
    mini.clock.move(hours=25)
    sweep(mini)
    mini.do(order, "release", key="r")
    with mini.database.readers.connect() as c:
        assert [t.open for t in c.execute(sa.select(tasks))] == [False]


def test_a_clock_that_fell_due_while_waiting_acts_on_re_entry(mini: Mini) -> None:
    order = held(mini)
    mini.do(order, "doze", key="d")
    mini.clock.move(days=5)
    assert (sweep(mini), mini.state(order)) == (0, "asleep")
    mini.do(order, "wake", key="w")
    assert (sweep(mini), mini.state(order)) == (1, "draft")


def test_leaving_the_states_of_a_clock_ends_it(mini: Mini) -> None:
    order = held(mini)
    mini.do(order, "release", key="r")
    mini.clock.move(days=5)
    assert sweep(mini) == 0


def test_the_event_that_ends_a_clock_ends_it(mini: Mini) -> None:
    order = held(mini)
    mini.do(order, "pay", key="p", amount=200)
    with mini.database.readers.connect() as c:
        assert not any(row.open for row in c.execute(sa.select(table).where(table.c.case_id == order.id)))


def test_a_broken_deadline_is_set_aside_and_the_others_act(mini: Mini) -> None:
    first, second = held(mini, "o1", "A-1"), held(mini, "o2", "A-2")
    with mini.database.several.begin() as c:
        c.exec_driver_sql(f"delete from links where case_id = {first.id}")
    mini.clock.move(hours=73)
    with mini.look() as uow:
        found = [d for d in deadlines.due(uow.connection, uow.now, 1) if d.fires]
    for one in found:
        try:
            with mini.uow() as uow:
                deadlines.act(uow, one)
        except (Refused, LookupError) as error:
            with mini.uow(several=True) as uow:
                deadlines.postpone(uow.connection, one, uow.now, repr(error))
    assert (mini.state(first), mini.state(second)) == ("held", "draft")
    with mini.look() as uow:
        assert deadlines.due(uow.connection, uow.now, 1) == tuple(
            d for d in deadlines.due(uow.connection, uow.now, 1) if not d.fires
        )
