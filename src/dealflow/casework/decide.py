"""Decide: from a dossier to a plan. Pure: reads nothing, writes nothing. The deed and the preview are the same decision."""

from collections.abc import Mapping

from msgspec.structs import replace

from dealflow.casework.changes import Change, Done, Open, RowChange, Say, Send, Then
from dealflow.casework.command import Command
from dealflow.casework.dossier import Dossier
from dealflow.casework.house import BoundStep, House
from dealflow.casework.judging import choose, permitted, require, unmet
from dealflow.casework.plan import Plan
from dealflow.casework.trail import Draft, Todo, Trail
from dealflow.kernel.errors import BadWorkflow, Conflict, Fault
from dealflow.workflow.records import NONE

MOST_MOVES = 8  # of one case in one command; more is a fault of the definition


def decide(house: House, dossier: Dossier, event: str, command: Command) -> Plan:
    """Everything the command will do, cascades and A-steps included.

    1. The step of the command's case.  2. Its A-steps on the image, until none opens.  3. What it asks of other cases,
    one at a time, each finished before the next.  4. The A-steps again, for what the others changed.
    Raises Refused with all reasons, Forbidden, or Conflict when the person saw an older state.
    """
    expect_version(house, dossier, command)
    draft = Draft(house, dossier, command)
    first = draft.trail(dossier)
    take(draft, first, choose(house, dossier, event), person=True)
    follow(draft, first)
    while draft.todo:
        trail, event_, answers = draft.todo.popleft()
        take_next(draft, trail, event_, answers)
    return draft.plan()


def expect_version(house: House, dossier: Dossier, command: Command) -> None:
    """A form that showed an older state is told so, before anything is judged."""
    seen = command.expected_version
    if seen is not None and seen != dossier.case.version:
        zh, en = house.words(Say("casework.newer", house.named(dossier.case.kind, dossier.case.name)))
        raise Conflict("casework.newer", zh, en, case=dossier.case.id, seen=seen, now=dossier.case.version)


def take_next(draft: Draft, trail: Trail, event: str, answers: Mapping[str, object]) -> None:
    """A step that another case asked for."""
    trail.image = replace(trail.image, answers=answers)
    take(draft, trail, choose(draft.house, trail.image, event))
    follow(draft, trail)
    if not draft.todo:
        for other in list(draft.trails.values()):
            follow(draft, other)


def take(draft: Draft, trail: Trail, bound: BoundStep, *, person: bool = False, automatic: bool = False) -> None:
    """Judge one step, note its event, gather its changes, tell its papers."""
    d = trail.image
    require(draft.house, bound, d, draft.command.use_case, cascade=not person and not automatic, automatic=automatic)
    changes = [change for effect in bound.effects for change in effect(d)]
    source = trail.state
    target = bound.step.lands(source, trail.former)
    if source != NONE:
        draft.house.of(d.case.kind, d.case.workflow).machine.confirm(bound.step, source, target)
    rows, asked = sort_out(draft, trail, changes)
    trail.enter(target)
    draft.set_clocks(trail, bound, source)
    draft.apply(trail, rows)
    papers = draft.issue(trail, bound.papers)
    draft.record(trail, bound, source, target, rows, papers)
    draft.todo.extend(asked)


def sort_out(draft: Draft, trail: Trail, changes: list[Change]) -> tuple[list[RowChange], list[Todo]]:
    """Changes by what becomes of them: rows to write, other cases to move; tasks, links and clocks are noted at once."""
    rows: list[RowChange] = []
    asked: list[Todo] = []
    for change in changes:
        match change:
            case Then(link, event, answers):
                asked.append(
                    (draft.other(trail, link), event, answers)
                )  # found now: the step may put another paper under the link
            case Open():
                draft.opening.append((trail, change))
            case Send():
                rows.append(draft.task(trail, change))
            case Done(topic):
                draft.end_tasks(trail, topic)
            case _:
                rows.extend(draft.note(trail, change))
    return rows, asked


def follow(draft: Draft, trail: Trail) -> None:
    """Open what the step opens, then take the A-steps of the state just entered, until none opens."""
    draft.open_cases(take)
    while step := opened(draft.house, trail):
        if len(trail.moves) >= MOST_MOVES:
            at = Fault(
                "workflow.endless",
                trail.kind,
                step.step.line,
                "自动步骤没有尽头",
                "the A-steps never come to rest",
                tuple(m.step.step.event for m in trail.moves),
            )
            raise BadWorkflow([at])
        take(draft, trail, step, automatic=True)
        draft.open_cases(take)


def opened(house: House, trail: Trail) -> BoundStep | None:
    """The first A-step of the trail's state that nothing stands in the way of."""
    d = trail.image
    for bound in house.of(d.case.kind, d.case.workflow).automatic.get(trail.state, ()):
        if (bound.when is None or bound.when(d)) and permitted(bound, d, automatic=True) and not any(unmet(bound, d)):
            return bound
    return None
