"""The canonical form of a workflow: what has meaning, in one spelling, as JSON text in the shape of the file.

Called by load.py. Lines, comments, blanks and the ways to write one thing are gone; the order of steps and states is kept."""

import msgspec

from dealflow.workflow.records import Argument, ClockRule, Label, Need, PolicyKey, Start, State, Step, Use, Workflow

Form = dict[str, object]


def text(workflow: Workflow) -> str:
    """Canonical JSON. Keys stand in a fixed order, not sorted: the order of states and clocks is the order people see."""
    whole: Form = {
        "workflow": workflow.kind,
        "version": workflow.version,
        "label": _label(workflow.label),
        "initial": workflow.initial,
        "groups": {name: list(states) for name, states in workflow.groups.items()},
        "links": dict(workflow.links),
        "states": {name: _state(state) for name, state in workflow.states.items()},
        "clocks": {name: _clock(clock) for name, clock in workflow.clocks.items()},
        "steps": [_step(step) for step in workflow.steps],
    }
    return msgspec.json.encode(_written(whole)).decode()


def _written(form: Form) -> Form:
    """Without what says nothing: an empty list and a missing key mean the same."""
    return {key: value for key, value in form.items() if value not in ("", [], {}, False, None)}


def _label(label: Label) -> Form:
    return _written({"zh": label.zh, "en": label.en})


def _state(state: State) -> Form:
    return _written(
        {"stage": state.stage, "label": _label(state.label), "waits_for": state.waits_for, "final": state.final},
    )


def _clock(clock: ClockRule) -> Form:
    return _written(
        {
            "fires": clock.fires,
            "warns": clock.warns,
            "to": clock.role,
            "after": _argument(clock.after),
            "runs_in": sorted(clock.runs_in),
            "waits_in": sorted(clock.waits_in),
            "ends_on": sorted(clock.ends_on),
            "label": _label(clock.label),
            "rule": clock.rule,
            "repeats": clock.repeats,
        }
    )


def _step(step: Step) -> Form:
    return _written(
        {
            "event": step.event,
            "label": _label(step.label),
            "from": list(step.sources),
            "to": step.target,
            "permit": list(step.permit),
            "rules": list(step.rules),
            "raised_by": step.raised_by,
            "when": _use(step.when) if step.when else None,
            "needs": [_need(need) for need in step.needs],
            "effects": [_use(effect) for effect in step.effects],
            "issues": list(step.issues),
            "links": list(step.links),
            "starts": [_start(start) for start in step.starts],
            "inverse": step.inverse,
        }
    )


def _need(need: Need) -> object:
    inner = [_need(each) for each in need.inner]
    if need.op == "not":
        return {"not": inner[0]}
    if need.op in ("all", "any"):
        return {need.op: inner}
    assert need.use is not None
    return {"when": _use(need.use), "then": inner} if need.op == "when" else _use(need.use)


def _use(use: Use) -> object:
    return {use.name: [_argument(each) for each in use.args]} if use.args else use.name


def _argument(argument: Argument) -> str | int | bool:
    return f"${argument.key}" if isinstance(argument, PolicyKey) else argument


def _start(start: Start) -> object:
    return {start.clock: "former"} if start.former else start.clock
