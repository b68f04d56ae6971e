"""Draws a workflow for people: as a Mermaid state diagram and as rows of a table.

Called by `dealflow check` and by the page of a workflow. Labels are data of a file, so every sign that could mean something
to Mermaid or to a browser is written as its number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dealflow.workflow.moves import moves
from dealflow.workflow.records import NONE, ClockRule, Label, Need, Step, Use, Workflow

PLAIN_SIGN: Final = re.compile(r"[^A-Za-z0-9 \u3400-\u9fff（），、。·]")
MARKS: Final = {"service": "A", "clock": "T", "then": "C"}  # taken by itself, by a clock, by another case


@dataclass(frozen=True, slots=True)
class Row:
    """One step as a row that a person can read."""

    event: str
    label: Label
    sources: tuple[str, ...]
    target: str
    permit: tuple[str, ...]
    rules: tuple[str, ...]
    when: str
    needs: tuple[str, ...]
    effects: tuple[str, ...]
    issues: tuple[str, ...]
    starts: tuple[str, ...]


def mermaid(workflow: Workflow, locale: str = "zh") -> str:
    """A stateDiagram-v2. One arrow for each pair of states, with the labels of all steps that go there."""
    lines = ["stateDiagram-v2"]
    for state in workflow.states.values():
        lines.append(f'  state "{_escaped(_said(state.label, locale) or state.name)}" as {_id(state.name)}')
    arrows: dict[tuple[str, str], dict[str, None]] = {}
    for move in moves(workflow):
        arrows.setdefault((move.source, move.dest), {})[_arrow(move.step, locale)] = None
    for (source, dest), labels in arrows.items():
        lines.append(f"  {_id(source)} --> {_id(dest)} : {' · '.join(labels)}")
    lines += [f"  {_id(state.name)} --> [*]" for state in workflow.states.values() if state.final]
    return "\n".join(lines) + "\n"


def table(workflow: Workflow) -> tuple[Row, ...]:
    """All steps, in file order."""
    return tuple(
        Row(
            step.event,
            step.label,
            step.sources,
            step.target,
            step.permit,
            step.rules,
            written(step.when) if step.when else "",
            tuple(need_written(need) for need in step.needs),
            tuple(written(effect) for effect in step.effects),
            step.issues,
            tuple(_start(workflow.clocks.get(start.clock), start.clock) for start in step.starts),
        )
        for step in workflow.steps
    )


def written(use: Use) -> str:
    """A guard, effect or fact with its arguments: payments.amount_is($hold.fee)."""
    arguments = (str(each) if isinstance(each, str | int) else f"${each.key}" for each in use.args)
    return f"{use.name}({', '.join(arguments)})" if use.args else use.name


def need_written(need: Need) -> str:
    """A need on one line."""
    inner = ", ".join(need_written(each) for each in need.inner)
    if need.op == "guard" and need.use:
        return written(need.use)
    return f"when {written(need.use)}: {inner}" if need.use else f"{need.op}({inner})"


def _start(clock: ClockRule | None, name: str) -> str:
    if clock is None:
        return name
    after = clock.after if isinstance(clock.after, str | int) else f"${clock.after.key}"
    return f"{name} ({after})"


def _arrow(step: Step, locale: str) -> str:
    marks = " ".join(mark for word, mark in MARKS.items() if word in step.permit)
    return _escaped(f"{marks} {_said(step.label, locale) or step.event}".strip())


def _said(label: Label, locale: str) -> str:
    return label.zh if locale.startswith("zh") else label.en


def _escaped(text: str) -> str:
    return PLAIN_SIGN.sub(lambda sign: f"#{ord(sign[0])};", " ".join(text.split()))


def _id(state: str) -> str:
    """Names that Mermaid keeps for itself (end, state, note) must not stand alone."""
    return "[*]" if state == NONE else "s_" + "".join(_letters(state))


def _letters(name: str) -> Iterator[str]:
    for sign in name:
        yield sign if sign.isascii() and sign.isalnum() else "_" if sign == "_" else f"_{ord(sign)}_"
