"""The machine confirms the moves of the published table and nothing else: no back doors, no callbacks, no models."""

import dataclasses
from itertools import product
from pathlib import Path

import pytest

from dealflow.kernel.errors import BadWorkflow
from dealflow.workflow.load import load
from dealflow.workflow.machine import Machines, Table
from dealflow.workflow.moves import moves
from dealflow.workflow.records import NONE, Step, Workflow

HEALTHY = Path(__file__).parent / "healthy"


@pytest.fixture(scope="module")
def sale() -> Workflow:
    return load(HEALTHY / "sale.yaml")


@pytest.fixture(scope="module")
def table(sale: Workflow) -> Table:
    return Table(sale)


def step(workflow: Workflow, event: str) -> Step:
    return next(each for each in workflow.steps if each.event == event)


def confirmed(table: Table, step: Step, source: str, dest: str) -> bool:
    try:
        table.confirm(step, source, dest)
    except BadWorkflow:
        return False
    return True


def test_the_library_gives_no_way_into_a_state_but_the_table(table: Table, sale: Workflow) -> None:
    for state in sale.states:
        assert f"to_{state}" not in table.machine.events
        assert not hasattr(table.machine, f"to_{state}")


def test_the_events_of_the_machine_are_those_of_the_file(table: Table, sale: Workflow) -> None:
    assert set(table.machine.events) == {each.event for each in sale.steps}


def test_the_machine_has_no_model_to_move_and_no_callback_to_call(table: Table) -> None:
    assert table.machine.models == []
    for move in table.machine.get_transitions():
        assert (move.conditions, move.prepare, move.before, move.after) == ([], [], [], [])


def test_exactly_the_moves_of_the_table_are_confirmed(table: Table, sale: Workflow) -> None:
    known = {(move.step.number, move.source, move.dest) for move in moves(sale)}
    places = (NONE, *sale.states)
    for each, source, dest in product(sale.steps, places, places):
        assert confirmed(table, each, source, dest) == ((each.number, source, dest) in known)


def test_a_step_that_stays_is_confirmed_only_in_its_own_state(table: Table, sale: Workflow) -> None:
    assert confirmed(table, step(sale, "follow_up"), "fresh", "fresh")
    assert not confirmed(table, step(sale, "follow_up"), "fresh", "held")


def test_going_back_is_confirmed_to_every_state_that_leads_in_and_to_no_other(table: Table, sale: Workflow) -> None:
    back = step(sale, "go_on")
    assert {state for state in sale.states if confirmed(table, back, "paused", state)} == {"fresh", "held", "paid"}


def test_a_step_of_another_version_is_not_confirmed(table: Table, sale: Workflow) -> None:
    foreign = dataclasses.replace(step(sale, "pay"), permit=("manager",))
    with pytest.raises(BadWorkflow, match=r"machine\.no_such_move"):
        table.confirm(foreign, "held", "paid")


def test_what_is_not_confirmed_says_the_move(table: Table, sale: Workflow) -> None:
    with pytest.raises(BadWorkflow) as no:
        table.confirm(step(sale, "pay"), "fresh", "paid")
    assert no.value.faults[0].path == ("fresh", "pay", "paid")


def test_one_machine_is_made_for_each_version(sale: Workflow) -> None:
    machines = Machines()
    same = load(HEALTHY / "sale.yaml")
    assert machines.of(sale) is machines.of(same)
    assert machines.of(load(HEALTHY / "slot.yaml")) is not machines.of(sale)
