"""Which step answers an event, who may take it, and what still stands in its way.

Pure: used by the deed, the preview and the why-not answer.
"""

from collections.abc import Iterator

import msgspec

from dealflow.casework.dossier import Dossier
from dealflow.casework.house import BoundStep, House, Judge
from dealflow.kernel.errors import Forbidden, How, Refused, Unmet
from dealflow.workflow.records import DOORLESS, Step


class Want(msgspec.Struct, frozen=True):
    """One unmet need of a step. `asked` marks what the step's own form asks for; the rest is about the case."""

    unmet: Unmet
    asked: bool


class Choice(msgspec.Struct, frozen=True):
    """A step of the case's state as this actor sees it: open, or closed with every reason."""

    step: Step
    permitted: bool
    wants: tuple[Want, ...]
    met: int  # needs about the case that hold

    @property
    def open(self) -> bool:
        """Nothing about the case stands in the way: the form may be filled in."""
        return self.permitted and all(w.asked for w in self.wants)


def choose(house: House, d: Dossier, event: str) -> BoundStep:
    """The step that answers an event: the first in file order whose condition holds. Raises Refused when there is none."""
    for candidate in house.of(d.case.kind, d.case.workflow).candidates.get((d.case.state, event), ()):
        if candidate.when is None or candidate.when(d):
            return candidate
    raise Refused([house.tell(_no_such_step(house, d, event))])


def _no_such_step(house: House, d: Dossier, event: str) -> Unmet:
    workflow = house.of(d.case.kind, d.case.workflow).workflow
    state = workflow.states.get(d.case.state)
    label = next((s.label for s in workflow.steps if s.event == event), None)
    return Unmet(
        "casework.no_such_step",
        {
            "kind": workflow.label.zh,
            "kind_en": workflow.label.en,
            "state": state.label.zh if state else d.case.state,
            "state_en": state.label.en if state else d.case.state,
            "event": label.zh if label else event,
            "event_en": label.en if label else event,
        },
    )


def permitted(bound: BoundStep, d: Dossier, *, cascade: bool = False, automatic: bool = False) -> bool:
    """Whether this actor may take the step: by role, grant, relation or clock; as an A-step; by the step that began it."""
    permit, actor = bound.step.permit, d.actor
    if automatic:
        return "service" in permit
    if cascade and "then" in permit:
        return True
    if "clock" in permit and "clock" in actor.roles:
        return True
    held = actor.roles | actor.grants
    return not held.isdisjoint(bound.holders) or any(relation(d) for relation in bound.relations)


def unmet(bound: BoundStep, d: Dossier) -> Iterator[Unmet]:
    """Everything that stands in the way, in file order. All needs are always judged."""
    for judge, _ in bound.needs:
        yield from judge(d)


def require(house: House, bound: BoundStep, d: Dossier, use_case: str, *, cascade: bool = False, automatic: bool = False) -> None:
    """Raises Forbidden or Refused unless the step may be taken now."""
    if not permitted(bound, d, cascade=cascade, automatic=automatic):
        raise Forbidden([house.tell(not_permitted(house, bound))])
    if bound.step.raised_by and not (cascade or automatic) and use_case != bound.step.raised_by:
        raise Refused([house.tell(Unmet("casework.own_form", {"use_case": bound.step.raised_by}, how=How(bound.step.raised_by)))])
    reasons = [house.tell(u) for u in unmet(bound, d)]
    if reasons:
        raise Refused(reasons)


def not_permitted(house: House, bound: BoundStep) -> Unmet:
    """The reason a person hears who may not take the step: who may."""
    who = tuple(p.rpartition(".")[2] if "." in p else p for p in bound.step.permit if p not in DOORLESS)
    words = [house.texts.get(f"who.{w}") for w in who]
    zh = "、".join(t.zh if t else w for t, w in zip(words, who, strict=True)) or "系统"
    en = ", ".join(t.en if t else w for t, w in zip(words, who, strict=True)) or "the service itself"
    return Unmet("casework.not_permitted", {"who_zh": zh, "who_en": en}, rule=" ".join(bound.step.rules), who=who)


def choices(house: House, d: Dossier) -> tuple[Choice, ...]:
    """Every step of the case's state that a person may take, with what still stands in its way."""
    found: dict[str, Choice] = {}
    told: dict[Judge, list[Unmet]] = {}  # a guard that several steps share is asked once
    for bound in house.of(d.case.kind, d.case.workflow).leaving.get(d.case.state, ()):
        step = bound.step
        if step.event in found or not bound.for_people or (bound.when is not None and not bound.when(d)):
            continue
        wants, met = [], 0
        for (judge, _), asked in zip(bound.needs, bound.asks, strict=True):
            if (reasons := told.get(judge)) is None:
                reasons = told[judge] = [house.tell(u) for u in judge(d)]
            met += not reasons and not asked
            wants += [Want(u, asked) for u in reasons]
        found[step.event] = Choice(step, permitted(bound, d), tuple(wants), met)
    return tuple(found.values())
