"""Every move a workflow can make, from one state to one state, with `same` and `former` written out.

Called by the checks, the machine and the drawing: all three must mean the same table."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dealflow.workflow.records import FORMER, NONE, SAME, Step, Workflow


@dataclass(frozen=True, slots=True)
class Move:
    """One step taken from one state, and where it ends."""

    step: Step
    source: str
    dest: str


def moves(workflow: Workflow) -> tuple[Move, ...]:
    """All moves, in file order. A step to `former` may end in every state that leads into its source."""
    plain = [
        Move(step, source, _plain(step, source)) for step in workflow.steps for source in step.sources if step.target != FORMER
    ]
    leading = formers(workflow, plain)
    back = [
        Move(step, source, former)
        for step in workflow.steps
        if step.target == FORMER
        for source in step.sources
        for former in leading.get(source, ())
    ]
    return tuple(sorted([*plain, *back], key=lambda move: move.step.number))


def formers(workflow: Workflow, plain: Iterable[Move]) -> Mapping[str, tuple[str, ...]]:
    """For each state the states from which it can be entered. Going back counts as entering too, hence the rounds."""
    found: dict[str, dict[str, None]] = {}
    for move in plain:
        if move.source not in (NONE, move.dest):
            found.setdefault(move.dest, {})[move.source] = None
    back = [source for step in workflow.steps if step.target == FORMER for source in step.sources]
    before = -1
    while before != (before := sum(map(len, found.values()))):
        for source in back:
            for former in tuple(found.get(source, ())):
                found.setdefault(former, {})[source] = None
    return {state: tuple(leading) for state, leading in found.items()}


def paths(found: Iterable[Move], start: str = NONE) -> dict[str, tuple[str, ...]]:
    """The shortest way to each state that can be reached: states and events by turns, beginning with `start`."""
    return walk(start, found, lambda place, move: move.dest if move.source == place else None)


def walk(start: str, found: Iterable[Move], taken: Callable[[str, Move], str | None]) -> dict[str, tuple[str, ...]]:
    """Breadth first from `start`. `taken` says in which place a move ends from a place, or None if it is not open there."""
    table = tuple(found)
    known: dict[str, tuple[str, ...]] = {start: (start,)}
    todo = deque([start])
    while todo:
        place = todo.popleft()
        for move in table:
            following = taken(place, move)
            if following is not None and following not in known:
                known[following] = (*known[place], move.step.event, following)
                todo.append(following)
    return known


def open_moves(workflow: Workflow) -> Iterator[Move]:
    """The moves that somebody may make, between states that exist."""
    for move in moves(workflow):
        if move.step.permit and move.dest in workflow.states:
            yield move


def _plain(step: Step, source: str) -> str:
    return source if step.target == SAME else step.target
