"""What the checks look at together: all workflows, the policies and the vocabulary, and small questions about them.

Called by check.py and the modules of the single checks."""

from collections.abc import Iterator
from dataclasses import dataclass

from dealflow.kernel.errors import Fault
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import ClockRule, Need, Offered, Step, Use, Vocabulary, Workflow


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that is checked at once."""

    workflows: tuple[Workflow, ...]
    policies: Policies
    words: Vocabulary

    def newest(self, kind: str) -> Workflow | None:
        """The newest version of a kind: the one that new cases follow."""
        return max((each for each in self.workflows if each.kind == kind), key=lambda each: each.version, default=None)

    def has_policy(self, key: str) -> bool:
        """The key stands in the policies' file, whole or broken."""
        return key in self.policies.keys or key in self.policies.broken

    def effects(self, step: Step) -> Iterator[tuple[Use, Offered]]:
        """The effects of a step that are on a shelf."""
        for use in step.effects:
            if use.name in self.words.effects:
                yield use, self.words.effects[use.name]

    def read_by(self, step: Step) -> Iterator[tuple[Use, Offered]]:
        """All guards, facts and effects of a step that are on a shelf."""
        for use in guards(step.needs):
            if use.name in self.words.guards:
                yield use, self.words.guards[use.name]
        for use in facts(step):
            if use.name in self.words.facts:
                yield use, self.words.facts[use.name]
        yield from self.effects(step)


def guards(needs: tuple[Need, ...]) -> Iterator[Use]:
    """Every guard named by needs, however deep."""
    for need in needs:
        if need.op == "guard" and need.use:
            yield need.use
        yield from guards(need.inner)


def facts(step: Step) -> Iterator[Use]:
    """Every fact that a step asks by `when`."""
    if step.when:
        yield step.when
    yield from _conditions(step.needs)


def _conditions(needs: tuple[Need, ...]) -> Iterator[Use]:
    for need in needs:
        if need.op == "when" and need.use:
            yield need.use
        yield from _conditions(need.inner)


def of_step(workflow: Workflow, line: int, step: Step, code: str, zh: str, en: str, path: tuple[str, ...] = ()) -> Fault:
    """A fault of a step, which names the step."""
    return Fault(code, workflow.file, line, f"步骤“{step.event}”：{zh}", f'step "{step.event}": {en}', path)


def of_clock(workflow: Workflow, line: int, clock: ClockRule, code: str, zh: str, en: str, path: tuple[str, ...] = ()) -> Fault:
    """A fault of a clock, which names the clock."""
    return Fault(code, workflow.file, line, f"时限“{clock.name}”：{zh}", f'clock "{clock.name}": {en}', path)


def unknown(workflow: Workflow, line: int, code: str, zh: str, en: str, name: str) -> Fault:
    """A name that means nothing."""
    return Fault(code, workflow.file, line, f"未知的{zh}“{name}”", f'unknown {en} "{name}"')
