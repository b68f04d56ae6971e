"""The compiled house: workflows bound to the rooms' shelves, papers, policies, texts.

Built once by the hall; read by the corridor.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dealflow.casework.changes import Say
from dealflow.casework.dossier import Dossier
from dealflow.casework.parts import Part, distinct
from dealflow.casework.shelf import Offer, Shelf, Text
from dealflow.kernel.calendar import Calendar
from dealflow.kernel.errors import How, Unmet
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import DOORLESS, Argument, ClockRule, Label, Need, PolicyKey, Step, Use, Workflow

Judge = Callable[[Dossier], list[Unmet]]
Guards = dict[tuple[str, tuple[Argument, ...]], tuple[Judge, tuple["Bound", ...]]]  # one judge for a guard that steps share


class Confirms(Protocol):
    """The machine underneath: confirms that a move exists in the published table."""

    def confirm(self, step: Step, source: str, dest: str) -> None:
        """Raises when the table has no such move."""
        ...


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What the corridor must know of a paper: its titles, its template's hash, which fact fills which input."""

    kind: str
    title: Label
    template: str
    inputs: Mapping[str, str]  # input -> fact
    faults: Callable[[Mapping[str, object]], list[Label]]  # what is missing or of the wrong type, in words


@dataclass(frozen=True, slots=True)
class Bound:
    """A guard, effect, fact or relation with its arguments from the file."""

    offer: Offer
    args: tuple[Argument, ...]

    def __call__(self, d: Dossier) -> Any:
        if not self.args:
            return self.offer.run(d)
        return self.offer.run(d, *(d.policy[a.key] if isinstance(a, PolicyKey) else a for a in self.args))


@dataclass(frozen=True, slots=True)
class BoundStep:
    """A step of a published workflow with everything it names found."""

    step: Step
    when: Bound | None
    needs: tuple[tuple[Judge, tuple[Bound, ...]], ...]
    effects: tuple[Bound, ...]
    relations: tuple[Bound, ...]
    holders: frozenset[str]  # roles and grants that may take it
    papers: tuple[PaperKind, ...]
    paper_facts: tuple[Offer, ...]
    asks: tuple[bool, ...]  # which needs look at the form only, not at the case
    for_people: bool  # a person may take it: not only the clock, the service or another case

    def offers(self) -> Iterator[Offer]:
        """Everything on a shelf that this step may run."""
        if self.when:
            yield self.when.offer
        for bound in (*(b for _, found in self.needs for b in found), *self.effects, *self.relations):
            yield bound.offer
        yield from self.paper_facts

    def judged(self) -> Iterator[Offer]:
        """What judging alone reads: condition, needs and relations."""
        if self.when:
            yield self.when.offer
        for bound in (*(b for _, found in self.needs for b in found), *self.relations):
            yield bound.offer

    def policy_keys(self) -> Iterator[str]:
        """Every policy key that judging and proposing may read."""
        for bound in (
            *((self.when,) if self.when else ()),
            *(b for _, found in self.needs for b in found),
            *self.effects,
            *self.relations,
        ):
            yield from (a.key for a in bound.args if isinstance(a, PolicyKey))
            yield from bound.offer.policies
        for offer in self.paper_facts:
            yield from offer.policies


@dataclass(frozen=True)
class BoundWorkflow:
    """A workflow whose every step is bound."""

    workflow: Workflow
    machine: Confirms
    steps: tuple[BoundStep, ...]
    candidates: Mapping[tuple[str, str], tuple[BoundStep, ...]]
    leaving: Mapping[str, tuple[BoundStep, ...]]
    automatic: Mapping[str, tuple[BoundStep, ...]]

    def clock(self, name: str) -> ClockRule:
        """A clock of this workflow."""
        return self.workflow.clocks[name]


@dataclass(frozen=True)
class House:
    """All that deciding needs and that does not change while the process lives."""

    workflows: Mapping[tuple[str, int], BoundWorkflow]
    current: Mapping[str, int]  # kind -> version that new cases begin with
    shelves: Mapping[str, Shelf]
    texts: Mapping[str, Text]
    papers: Mapping[str, PaperKind]
    policies: Policies
    defaults: Mapping[str, Any]  # every policy key with its default value
    calendar: Calendar
    zone: ZoneInfo
    unprintable: Callable[[str], str]  # characters of a text that no face of the papers has
    bare: dict[str, Unmet] = field(default_factory=dict)  # reasons without evidence told so far, by code
    questions: dict[Any, Any] = field(default_factory=dict)  # statements composed so far, by (kind, event, dialect)

    def of(self, kind: str, version: int) -> BoundWorkflow:
        """The published workflow that a case is judged by."""
        return self.workflows[kind, version]

    def versions(self, kind: str) -> tuple[BoundWorkflow, ...]:
        """All published versions of a kind still loaded."""
        return tuple(w for (k, _), w in self.workflows.items() if k == kind)

    def tell(self, unmet: Unmet) -> Unmet:
        """The reason with its sentences, rule, who and how filled in from the texts.

        A bare one reads the same every time: a why-not answer tells forty, so these are told once.
        """
        bare = not (unmet.evidence or unmet.rule or unmet.who or unmet.how or unmet.since)
        if bare and unmet.code in self.bare:
            return self.bare[unmet.code]
        told = self._told(unmet)
        if bare:
            self.bare[unmet.code] = told
        return told

    def _told(self, unmet: Unmet) -> Unmet:
        text = self.texts[unmet.code]
        return Unmet(
            code=unmet.code,
            evidence=unmet.evidence,
            rule=unmet.rule or text.rule,
            who=unmet.who or text.who,
            how=unmet.how or (How(text.how) if text.how else None),
            since=unmet.since,
            zh=_filled(text.zh, unmet.evidence),
            en=_filled(text.en, unmet.evidence),
        )

    def named(self, kind: str, name: str) -> dict[str, object]:
        """What a case is called in sentences: by its name, else by its kind."""
        label = self.of(kind, self.current[kind]).workflow.label
        return {"name": name or label.zh, "name_en": name or label.en}

    def words(self, say: Say) -> tuple[str, str]:
        """A sentence in both languages."""
        text = self.texts[say.code]
        return _filled(text.zh, say.evidence), _filled(text.en, say.evidence)


def _filled(sentence: str, evidence: Mapping[str, object]) -> str:
    """A sentence with its places filled. Most have none, and a why-not answer tells thirty."""
    return sentence.format_map(_Places(evidence)) if "{" in sentence else sentence


class _Places(dict[str, object]):
    """Fills the places of a sentence; a missing one stays visible instead of hiding the sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def bind(
    workflow: Workflow,
    machine: Confirms,
    offers: Mapping[str, Mapping[str, Offer]],
    papers: Mapping[str, PaperKind],
    roles: frozenset[str],
) -> BoundWorkflow:
    """Find everything a checked workflow names. `offers` holds guards, effects, facts and relations by kind and name."""
    guards: Guards = {}
    steps = tuple(_bound(step, offers, papers, guards) for step in workflow.steps)
    places = {(source, s.step.event) for s in steps for source in s.step.sources}
    states = {source for s in steps for source in s.step.sources} | set(workflow.states)
    return BoundWorkflow(
        workflow,
        machine,
        steps,
        {place: tuple(s for s in steps if place[0] in s.step.sources and place[1] == s.step.event) for place in places},
        {state: tuple(s for s in steps if state in s.step.sources) for state in states},
        {state: tuple(s for s in steps if state in s.step.sources and s.step.automatic) for state in states},
    )


def _bound(step: Step, offers: Mapping[str, Mapping[str, Offer]], papers: Mapping[str, PaperKind], guards: Guards) -> BoundStep:
    def use(kind: str, named: Use) -> Bound:
        return Bound(offers[kind][named.name], named.args)

    relations = tuple(Bound(offers["relations"][name.removeprefix("@")], ()) for name in step.permit if "." in name)
    issued = tuple(papers[kind] for kind in step.issues)
    needs = tuple(_need(need, offers, guards) for need in step.needs)
    return BoundStep(
        step=step,
        when=use("facts", step.when) if step.when else None,
        needs=needs,
        effects=tuple(use("effects", e) for e in step.effects),
        relations=relations,
        holders=frozenset(p for p in step.permit if "." not in p and p not in DOORLESS),
        papers=issued,
        paper_facts=tuple(dict.fromkeys(offers["facts"][fact] for paper in issued for fact in paper.inputs.values())),
        asks=tuple(not any(b.offer.reads for b in used) for _, used in needs),
        for_people=not DOORLESS.issuperset(step.permit),
    )


def _need(need: Need, offers: Mapping[str, Mapping[str, Offer]], guards: Guards) -> tuple[Judge, tuple[Bound, ...]]:
    """A need as a function of the dossier, and the guards and facts it runs."""
    if need.op == "guard":
        assert need.use
        at = (need.use.name, need.use.args)
        if at not in guards:
            guard = Bound(offers["guards"][need.use.name], need.use.args)
            guards[at] = (lambda d: list(guard(d))), (guard,)
        return guards[at]
    inner = [_need(n, offers, guards) for n in need.inner]
    judges, found = [j for j, _ in inner], tuple(b for _, bounds in inner for b in bounds)
    if need.op == "all":
        return (lambda d: [u for judge in judges for u in judge(d)]), found
    if need.op == "any":
        return (lambda d: _fewest([judge(d) for judge in judges])), found
    if need.op == "not":
        return (lambda d: [] if judges[0](d) else [Unmet("casework.must_not")]), found
    assert need.use
    condition = Bound(offers["facts"][need.use.name], need.use.args)
    return (lambda d: [u for judge in judges for u in judge(d)] if condition(d) else []), (condition, *found)


def _fewest(answers: list[list[Unmet]]) -> list[Unmet]:
    """Of alternatives none of which is met, the one that lacks least."""
    return min(answers, key=len, default=[])


def parts_of(steps: Iterator[BoundStep], *, judging: bool = False) -> tuple[Part[Any], ...]:
    """The parts that these steps read, each once."""
    return distinct(p for s in steps for o in (s.judged() if judging else s.offers()) for p in o.reads)
