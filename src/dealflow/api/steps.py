"""Steps of any case: which are open and why others are not, what one would do, taking it. Used by deals, units and refunds."""

from collections.abc import Callable
from typing import Any

from fastapi import Response
from pydantic import BaseModel, Field

from dealflow.api.door import Caller, tag, unkeyed
from dealflow.api.errors import Reason, reason
from dealflow.api.schemas import Done, Preview, PreviewLine, Words
from dealflow.bootstrap import Dealflow
from dealflow.casework.advance import why_not
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.house import House
from dealflow.casework.judging import Choice
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.kernel.errors import NotFound


class StepAsked(BaseModel, extra="forbid"):
    """The answers of a step, by the names that its needs read."""

    answers: dict[str, Any] = Field(default={}, examples=[{"reason": "客户放弃"}])


class Want(Reason):
    """What is still missing. `asked`: the step's own form asks for it; the rest is about the case."""

    asked: bool


class StepOut(BaseModel):
    """A step of the case's state. `use_case` is the form of its own that raises it, if it has one."""

    event: str
    label: Words
    permitted: bool
    open: bool
    use_case: str | None
    permit: list[str]
    rules: list[str]
    issues: list[str]
    inverse: str | None
    met: int
    wants: list[Want]


class Steps(BaseModel):
    """Every step that a person may take from the state in which the case stands."""

    state: str
    version: int
    steps: list[StepOut]


Take = Callable[[UnitOfWork, Command], Answer]


def steps_of(dealflow: Dealflow, caller: Caller, case: CaseRef, response: Response) -> Steps:
    """The why-not answer."""
    with dealflow.reading() as uow:
        dossier, choices = why_not(uow, Command("", caller.actor), case)
        if dossier.case.version == 0:  # a case that a first step might open is none yet
            raise NotFound(case.kind, case.id)
        found = [_step(uow.house, choice) for choice in choices]
    tag(response, dossier.case.version)
    return Steps(state=dossier.case.state, version=dossier.case.version, steps=found)


def _step(house: House, choice: Choice) -> StepOut:
    step = choice.step
    return StepOut(
        event=step.event,
        label=Words.of(step.label),
        permitted=choice.permitted,
        open=choice.open,
        use_case=step.raised_by or None,
        permit=list(step.permit),
        rules=list(step.rules),
        issues=list(step.issues),
        inverse=step.inverse or None,
        met=choice.met,
        wants=[Want(asked=want.asked, **reason(house, want.unmet).model_dump()) for want in choice.wants],
    )


def taken(dealflow: Dealflow, command: Command, take: Take, response: Response) -> Done:
    """A step, committed before the answer leaves."""
    answer = dealflow.carry_out(lambda uow: take(uow, command))
    tag(response, answer.version)
    return Done.of(answer)


def previewed(dealflow: Dealflow, caller: Caller, take: Callable[[UnitOfWork, Command], object]) -> Preview:
    """The same command, rehearsed. Refused as the deed would be."""
    with dealflow.rehearsing() as uow:
        take(uow, unkeyed(caller.actor))
        return Preview(lines=[PreviewLine.of(line) for plan in uow.plans for line in plan.lines])
