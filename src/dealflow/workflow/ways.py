"""Checks the ways through one workflow: states nobody reaches or leaves, steps that hide each other, steps taken for ever.

Called by check.py."""

from collections.abc import Iterator

from dealflow.kernel.errors import Fault
from dealflow.workflow.book import Book, of_step
from dealflow.workflow.moves import Move, moves, open_moves, paths
from dealflow.workflow.records import FORMER, NONE, Step, Workflow


def ways(book: Book, workflow: Workflow) -> Iterator[Fault]:
    """Every fault of the table as a graph."""
    open_ways = tuple(open_moves(workflow))
    yield from _states(workflow, open_ways)
    yield from _rivals(workflow)
    yield from _returns(workflow, open_ways)
    yield from _automatic(book, workflow)
    yield from _circles(workflow)


def _states(workflow: Workflow, open_ways: tuple[Move, ...]) -> Iterator[Fault]:
    begun = any(move.source == NONE and move.dest == workflow.initial for move in open_ways)
    if not begun and workflow.initial in workflow.states:
        zh, en = f"没有由 none 到“{workflow.initial}”的步骤", f'no step leads from none to "{workflow.initial}"'
        yield Fault("initial.no_step", workflow.file, workflow.at("initial"), zh, en)
    known = paths(open_ways) | ({} if begun else paths(open_ways, workflow.initial))
    left = {move.source for move in open_ways if move.dest != move.source}
    for state in workflow.states.values():
        if state.name not in known:
            zh, en = f"无法到达状态“{state.name}”", f'nobody can reach the state "{state.name}"'
            yield Fault("state.unreachable", workflow.file, state.line, zh, en)
        elif state.name not in left and not state.final:
            zh, en = f"状态“{state.name}”无法离开，也不是终态", f'nobody can leave the state "{state.name}", and it is not final'
            yield Fault("state.no_way_out", workflow.file, state.line, zh, en, known[state.name])


def _rivals(workflow: Workflow) -> Iterator[Fault]:
    """Several candidates for one event in one state: the first whose `when` holds is taken, the one without comes last."""
    told: set[tuple[int, int]] = set()
    for (state, event), candidates in workflow.by.items():
        for place, step in enumerate(candidates):
            hidden_by = next((earlier for earlier in candidates[:place] if _hides(earlier, step)), None)
            if hidden_by is None or (hidden_by.number, step.number) in told:
                continue
            told.add((hidden_by.number, step.number))
            if step.when is None:
                zh, en = f"在“{state}”与第 {hidden_by.line} 行无法区分", f'in "{state}" not told apart from line {hidden_by.line}'
                yield of_step(workflow, step.line, step, "step.ambiguous", zh, en, (state, event))
            else:
                zh, en = (
                    f"在“{state}”被第 {hidden_by.line} 行遮蔽",
                    f'in "{state}" never chosen: line {hidden_by.line} comes first',
                )
                yield of_step(workflow, step.at("when"), step, "step.shadowed", zh, en, (state, event))


def _hides(earlier: Step, later: Step) -> bool:
    if earlier.when is None or later.when is None:
        return earlier.when is None
    return (earlier.when.name, earlier.when.args) == (later.when.name, later.when.args)


def _returns(workflow: Workflow, open_ways: tuple[Move, ...]) -> Iterator[Fault]:
    """`to: former` and `inverse`: the ways back."""
    events = {step.event for step in workflow.steps}
    every = moves(workflow)
    for step in workflow.steps:
        if step.target == FORMER:
            led = {move.source for move in every if move.step is step}
            for source in step.sources:
                if source not in led and source in (*workflow.states, NONE):
                    zh, en = f"没有状态通向“{source}”，无处可返回", f'no state leads into "{source}": there is none to return to'
                    yield of_step(workflow, step.at("to"), step, "former.nowhere", zh, en, (source, step.event))
        if step.inverse and step.inverse not in events:
            zh, en = f"撤销步骤“{step.inverse}”不存在", f'its inverse "{step.inverse}" names no step'
            yield of_step(workflow, step.at("inverse"), step, "inverse.unknown", zh, en)
        elif step.inverse:
            ends = [move for move in open_ways if move.step is step]
            if ends and not any((move.dest, step.inverse) in workflow.by for move in ends):
                zh, en = f"到达后不能执行撤销步骤“{step.inverse}”", f'its inverse "{step.inverse}" is not open where it ends'
                path = (ends[0].source, step.event, ends[0].dest)
                yield of_step(workflow, step.at("inverse"), step, "inverse.elsewhere", zh, en, path)


def _automatic(book: Book, workflow: Workflow) -> Iterator[Fault]:
    """An A-step is judged on the image: what it reads must follow the changes of the step before."""
    for step in workflow.steps:
        for use, offered in book.read_by(step) if step.automatic else ():
            if not offered.followed:
                zh, en = (
                    f"“{use.name}”不随变更更新，自动步骤不能使用",
                    f'"{use.name}" does not follow changes: an A-step may not use it',
                )
                yield of_step(workflow, use.line or step.line, step, "service.not_followed", zh, en)


def _circles(workflow: Workflow) -> Iterator[Fault]:
    """A-steps without needs that lead back to where they began would be taken for ever."""
    free = [move for move in moves(workflow) if move.step.automatic and not move.step.needs and move.step.when is None]
    told: set[str] = set()
    for first in free:
        back = paths(free, first.dest).get(first.source)
        if back is not None and first.source not in told:
            told.update(back[::2])
            zh, en = "自动步骤无条件循环", "A-steps without needs go round for ever"
            path = (first.source, first.step.event, *back)
            yield of_step(workflow, first.step.line, first.step, "service.loop", zh, en, path)
