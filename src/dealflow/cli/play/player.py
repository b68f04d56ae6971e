"""Plays one scenario: each step through the use cases that the doors call. A step that goes another way stops it and says why."""

from collections.abc import Mapping
from dataclasses import dataclass

from dealflow.casework import story
from dealflow.casework.command import Answer
from dealflow.cli.play.files import At, Do, Page, Scenario, See, Step, Wait
from dealflow.cli.play.observe import differs, look, view
from dealflow.cli.play.pages import squeezed, text_of
from dealflow.cli.play.resolve import fields_of, reference
from dealflow.cli.play.stage import Stage
from dealflow.cli.play.views import local
from dealflow.features.policies import service as policies
from dealflow.kernel.errors import Conflict, DealflowError, Invalid, NotFound, Refused, Unmet
from dealflow.kernel.yaml_file import Plain


class Failed(Exception):
    """A step that went another way than written: what was expected, what was, and the story of the case."""

    def __init__(self, expected: str, found: str, case: int | None = None) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found, self.case = expected, found, case


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a scenario went. `line` is the step at which it failed, in the file of `part`: this one or one that comes before."""

    scenario: Scenario
    line: int = 0
    expected: str = ""
    found: str = ""
    story: tuple[str, ...] = ()
    part: Scenario | None = None

    @property
    def passed(self) -> bool:
        """Every step went as written."""
        return not self.line

    def __str__(self) -> str:
        if self.passed:
            return f"{self.scenario.file}: {self.scenario.name}"
        told = [
            f"{(self.part or self.scenario).file}:{self.line}: {self.scenario.name}",
            f"  expected: {self.expected}",
            f"  found:    {self.found}",
        ]
        return "\n".join([*told, *(f"  | {line}" for line in self.story)])


def play(stage: Stage, scenario: Scenario) -> Outcome:
    """Every step in order, until one goes another way. What comes before is played first, with its own policies."""
    for part in scenario.parts:
        set_policies(stage, part.policy)
        for step in part.steps:
            try:
                act(stage, step)
            except Failed as failed:
                return Outcome(scenario, step.line, failed.expected, failed.found, tell(stage, failed.case), part)
            except DealflowError as error:
                history = tell(stage, named_case(stage, step))
                return Outcome(scenario, step.line, "the step to be taken", explained(error), history, part)
    return Outcome(scenario)


def set_policies(stage: Stage, policy: Mapping[str, str]) -> None:
    """Differences from the defaults, with which this world begins: nobody is asked to confirm them."""
    with stage.dealflow.unit_of_work(several=True) as uow:
        policies.begin_with(uow, policy, stage.world.people["R"])


def act(stage: Stage, step: Step) -> None:
    """One step."""
    match step:
        case Do():
            do(stage, step)
        case Wait():
            stage.until(stage.clock.now() + step.length)
        case At():
            if step.moment < stage.clock.now():
                raise Failed("a moment that is still to come", f"it is {local(stage.clock.now())}")
            stage.until(step.moment)
        case See():
            for thing, wanted in step.things.items():
                see(stage, thing, wanted)
        case Page():
            paper(stage, step)


def do(stage: Stage, step: Do) -> None:
    """A use case, as written to be done or to be refused."""
    fields = fields_of(stage, stage.dealflow.book[step.use_case], step.fields)
    case = named_case(stage, step)
    try:
        given = stage.do(step.by, step.use_case, fields, at=step.at, key=step.key, on_behalf_of=step.on_behalf_of)
    except DealflowError as error:
        if step.refused is None:
            raise
        wanted, found = frozenset(step.refused), reasons(error, frozenset(step.refused))
        if wanted != found:
            raise Failed(f"refused for {told(wanted)}", f"{told(found)}: {explained(error)}", case) from error
        return
    if step.refused is not None:
        raise Failed(f"refused for {told(frozenset(step.refused))}", f"done: {given}", case)
    if step.named:
        stage.named[step.named] = given


def reasons(error: DealflowError, wanted: frozenset[str]) -> frozenset[str]:
    """Why it was refused, in the words the scenario uses: a reason by its code where that is written, else by its rules."""
    match error:
        case Refused(reasons=found):
            return frozenset(word for reason in found for word in _words(reason, wanted))
        case Conflict(code=code) | Invalid(code=code):
            return frozenset({code})
        case NotFound():
            return frozenset({"not_found"})
    return frozenset({error.kind})


def _words(reason: Unmet, wanted: frozenset[str]) -> tuple[str, ...]:
    return (reason.code,) if reason.code in wanted or not reason.rule else tuple(reason.rule.split())


def see(stage: Stage, thing: str, wanted: Mapping[str, Plain]) -> None:
    """How a thing stands, compared with what is written."""
    seen = view(stage, thing)
    for name, value in wanted.items():
        meant, found = resolved(stage, value), look(seen, name)
        if differs(meant, found):
            raise Failed(f"{thing} {name}: {meant}", str(found), seen.id)


def resolved(stage: Stage, value: Plain) -> object:
    """A value with its references found."""
    if isinstance(value, dict):
        return {key: resolved(stage, one) for key, one in value.items()}
    if isinstance(value, list):
        return [resolved(stage, one) for one in value]
    return reference(stage, value) if isinstance(value, str) and value.startswith("$") else value


def paper(stage: Stage, step: Page) -> None:
    """The newest paper of a kind, printed, and the texts it must and must not hold."""
    seen = view(stage, step.of)
    mine = [one for one in seen.papers if one.kind == step.kind]
    if not mine:
        raise Failed(f"a paper {step.kind}", told(frozenset(one.kind for one in seen.papers)), seen.id)
    text = text_of(stage, mine[-1].id)
    for wanted in (str(resolved(stage, one)) for one in step.contains):
        if squeezed(wanted) not in text:
            raise Failed(f"{step.kind} to hold “{wanted}”", text, seen.id)
    for unwanted in (str(resolved(stage, one)) for one in step.lacks):
        if squeezed(unwanted) in text:
            raise Failed(f"{step.kind} without “{unwanted}”", text, seen.id)


def explained(error: DealflowError) -> str:
    """An error in one line."""
    match error:
        case Refused(reasons=found):
            return f"{error.kind}: " + "; ".join(f"{r.code} ({r.rule}) {r.en} / {r.zh}" for r in found)
        case Invalid(evidence=evidence):
            return f"{error.kind}: {error} {evidence}"
    return f"{error.kind}: {error}"


def told(words: frozenset[str]) -> str:
    """A set in a sentence."""
    return ", ".join(sorted(words)) or "nothing"


def named_case(stage: Stage, step: Step) -> int | None:
    """The case that a step is about: the first field that refers to one, else the last case that anything was done with."""
    written = step.fields.values() if isinstance(step, Do) else ()
    for value in written:
        if isinstance(value, str) and value.startswith("$") and not value.startswith("$world"):
            found = stage.named.get(value.removeprefix("$").partition(".")[0])
            if isinstance(found, Answer):
                return found.case
    return next((one.case for one in reversed(stage.named.values()) if isinstance(one, Answer)), None)


def tell(stage: Stage, case: int | None) -> tuple[str, ...]:
    """The story of a case, a line for each step."""
    if case is None:
        return ()
    with stage.dealflow.reading() as uow:
        events = story.events_of(uow.connection, uow.house, case)
    return tuple(_told(event) for event in events)


def _told(e: story.Event) -> str:
    moved = f"{e.source_label.zh} → {e.target_label.zh} ({e.source} → {e.target})"
    return f"{e.seq}. {local(e.at)} {e.by.zh} {e.label.zh} {e.event}: {moved}"
