"""Checks the clocks of a workflow: each is started, runs where it lands, and is answered wherever it may fire.

Called by check.py."""

from collections.abc import Iterator

from dealflow.kernel.errors import Fault
from dealflow.workflow.book import Book, of_clock, of_step
from dealflow.workflow.moves import Move, open_moves, paths
from dealflow.workflow.records import ClockRule, Workflow


def clocks(_: Book, workflow: Workflow) -> Iterator[Fault]:
    """Every fault of the clocks of one file."""
    ways = tuple(open_moves(workflow))
    started = {start.clock for step in workflow.steps for start in step.starts}
    for clock in workflow.clocks.values():
        if clock.name not in started:
            yield of_clock(workflow, clock.line, clock, "clock.never_started", "没有步骤启动它", "no step starts it")
        yield from _answered(workflow, clock, ways)
        yield from _waiting(workflow, clock, ways)
    yield from _landing(workflow, ways)


def _answered(workflow: Workflow, clock: ClockRule, ways: tuple[Move, ...]) -> Iterator[Fault]:
    """What it fires must be open to a clock in every state where it runs."""
    if not clock.fires:
        return
    known = paths(ways)
    for state in sorted(clock.runs_in & workflow.states.keys()):
        if not any("clock" in step.permit for step in workflow.by.get((state, clock.fires), ())):
            zh = f"在“{state}”没有由时限触发的步骤“{clock.fires}”"
            en = f'in "{state}" no step "{clock.fires}" is permitted to a clock'
            path = known.get(state, ())
            yield of_clock(workflow, clock.at("fires"), clock, "clock.unanswered", zh, en, path)
            return


def _waiting(workflow: Workflow, clock: ClockRule, ways: tuple[Move, ...]) -> Iterator[Fault]:
    """A state where it waits must lead back to one where it runs, without one in between where it would end."""
    for state in sorted(clock.runs_in & clock.waits_in):
        zh, en = f"在“{state}”既计时又等待", f'both runs and waits in "{state}"'
        yield of_clock(workflow, clock.at("waits_in", state), clock, "clock.runs_and_waits", zh, en)
    inside = clock.runs_in | clock.waits_in
    kept = [move for move in ways if move.dest in inside and move.step.event not in clock.ends_on]
    for state in sorted((clock.waits_in - clock.runs_in) & workflow.states.keys()):
        if not clock.runs_in & paths(kept, state).keys():
            zh, en = f"在“{state}”等待后不会再计时", f'waits in "{state}" but never runs again from there'
            path = paths(ways).get(state, ())
            yield of_clock(workflow, clock.at("waits_in", state), clock, "clock.waits_for_ever", zh, en, path)


def _landing(workflow: Workflow, ways: tuple[Move, ...]) -> Iterator[Fault]:
    """A step that sets a clock must land where the clock runs or waits; anywhere else it would end at once."""
    told: set[tuple[str, int]] = set()
    for move in ways:
        for start in move.step.starts:
            clock = workflow.clocks.get(start.clock)
            if clock is None or move.dest in clock.runs_in | clock.waits_in or (clock.name, move.step.number) in told:
                continue
            told.add((clock.name, move.step.number))
            zh = f"启动时限“{clock.name}”，但它在“{move.dest}”不计时"
            en = f'starts the clock "{clock.name}", which does not run in "{move.dest}"'
            path = (move.source, move.step.event, move.dest)
            yield of_step(workflow, start.line or move.step.line, move.step, "clock.lands_outside", zh, en, path)
