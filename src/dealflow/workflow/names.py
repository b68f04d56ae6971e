"""Checks that every name in a workflow file means something, and is used as it is meant. Called by check.py."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dealflow.kernel import duration
from dealflow.kernel.errors import Fault, Invalid
from dealflow.workflow.book import Book, facts, guards, of_clock, of_step, unknown
from dealflow.workflow.records import DOORLESS, FORMER, NONE, SAME, ClockRule, Label, Offered, PolicyKey, Step, Use, Workflow

PAPER: Final = re.compile(r"[A-Z]+-[0-9]+[a-z]?")  # how an argument that names a paper looks


def names(book: Book, workflow: Workflow) -> Iterator[Fault]:
    """Every name and label of one file."""
    yield from _top(book, workflow)
    for clock in workflow.clocks.values():
        yield from _clock(book, workflow, clock)
    for step in workflow.steps:
        yield from _step(book, workflow, step)
        yield from _permit(book, workflow, step)
        yield from _uses(book, workflow, step)


def _top(book: Book, workflow: Workflow) -> Iterator[Fault]:
    yield from _label(workflow, workflow.at("label"), workflow.label, workflow.kind)
    for state in workflow.states.values():
        yield from _label(workflow, state.line, state.label, state.name)
    for name, states in workflow.groups.items():
        for state_name in states:
            if state_name not in workflow.states:
                yield unknown(workflow, workflow.at(f"groups.{name}"), "state.unknown", "状态", "state", state_name)
    if workflow.initial not in workflow.states:
        yield unknown(workflow, workflow.at("initial"), "state.unknown", "状态", "state", workflow.initial)
    for name, kind in workflow.links.items():
        if book.newest(kind) is None:
            yield unknown(workflow, workflow.at("links", name), "kind.unknown", "流程种类", "kind of case", kind)


def _clock(book: Book, workflow: Workflow, clock: ClockRule) -> Iterator[Fault]:
    yield from _label(workflow, clock.at("label"), clock.label, clock.name)
    for key, states in (("runs_in", clock.runs_in), ("waits_in", clock.waits_in)):
        for state in sorted(states - workflow.states.keys() - _grouped(workflow)):
            yield unknown(workflow, clock.at(key, state), "state.unknown", "状态", "state", state)
    events = {step.event for step in workflow.steps}
    for event in sorted(clock.ends_on - events):
        yield unknown(workflow, clock.at("ends_on", event), "event.unknown", "事件", "event", event)
    if clock.warns and clock.role not in book.words.roles:
        yield unknown(workflow, clock.at("to"), "role.unknown", "岗位", "role", clock.role)
    yield from _after(book, workflow, clock)


def _after(book: Book, workflow: Workflow, clock: ClockRule) -> Iterator[Fault]:
    line = clock.at("after")
    if isinstance(clock.after, PolicyKey):
        policy = book.policies.keys.get(clock.after.key)
        if not book.has_policy(clock.after.key):
            yield unknown(workflow, line, "policy.unknown", "策略项", "policy key", clock.after.key)
        elif policy is not None and policy.type != "duration":
            yield of_clock(
                workflow, line, clock, "clock.after", f"策略项“{policy.key}”不是时长", f'"{policy.key}" is not a duration'
            )
        return
    try:
        duration.parse(str(clock.after))
    except Invalid:
        yield of_clock(workflow, line, clock, "clock.after", f"“{clock.after}”不是时长", f'"{clock.after}" is not a duration')


def _step(book: Book, workflow: Workflow, step: Step) -> Iterator[Fault]:
    yield from _label(workflow, step.at("label"), step.label, step.event)
    for source in step.sources:
        if source not in workflow.states and source != NONE and source not in _grouped(workflow):
            yield unknown(workflow, step.at("from", source), "state.unknown", "状态", "state", source)
    if step.target not in workflow.states and step.target not in (SAME, FORMER):
        yield unknown(workflow, step.at("to"), "state.unknown", "状态", "state", step.target)
    for paper in step.issues:
        yield from _paper(book, workflow, step, paper)
    for link in step.links:
        if link not in workflow.links:
            yield unknown(workflow, step.at("links", link), "link.unknown", "关联", "link", link)
    for start in step.starts:
        if start.clock not in workflow.clocks:
            yield unknown(workflow, start.line or step.line, "clock.unknown", "时限", "clock", start.clock)
    if step.raised_by and step.raised_by not in book.words.use_cases:
        yield unknown(workflow, step.at("raised_by"), "use_case.unknown", "用例", "use case", step.raised_by)


def _paper(book: Book, workflow: Workflow, step: Step, paper: str) -> Iterator[Fault]:
    line = step.at("issues", paper)
    if paper not in book.words.papers:
        yield unknown(workflow, line, "paper.unknown", "单据", "paper", paper)
    for fact in book.words.papers.get(paper, ()):
        if fact not in book.words.facts:
            zh, en = f"单据“{paper}”所需的事实“{fact}”无人提供", f'paper "{paper}" needs the fact "{fact}", which no room tells'
            yield of_step(workflow, line, step, "paper.fact_unknown", zh, en)


def _permit(book: Book, workflow: Workflow, step: Step) -> Iterator[Fault]:
    if not step.permit:
        yield of_step(workflow, step.at("permit"), step, "permit.empty", "没有任何人可以执行", "nobody may take it")
    for word in step.permit:
        line = step.at("permit", word)
        if word.startswith("@"):
            if word[1:] not in book.words.relations:
                yield unknown(workflow, line, "relation.unknown", "关系", "relation", word)
        elif word not in DOORLESS | book.words.roles | book.words.grants:
            yield unknown(workflow, line, "role.unknown", "岗位或授权", "role or grant", word)


def _uses(book: Book, workflow: Workflow, step: Step) -> Iterator[Fault]:
    for use in guards(step.needs):
        yield from _use(book, workflow, step, use, book.words.guards, ("guard.unknown", "条件", "guard"))
    for use in step.effects:
        yield from _use(book, workflow, step, use, book.words.effects, ("effect.unknown", "效果", "effect"))
    for use in facts(step):
        yield from _use(book, workflow, step, use, book.words.facts, ("fact.unknown", "事实", "fact"))
        fact = book.words.facts.get(use.name)
        if fact is not None and not fact.truth:
            zh, en = f"“{use.name}”不是是非题", f'"{use.name}" does not answer yes or no'
            yield of_step(workflow, use.line or step.line, step, "fact.no_truth", zh, en)


def _use(
    book: Book, workflow: Workflow, step: Step, use: Use, shelf: Mapping[str, Offered], kind: tuple[str, str, str]
) -> Iterator[Fault]:
    line, offered = use.line or step.line, shelf.get(use.name)
    if offered is None:
        yield unknown(workflow, line, *kind, use.name)
        return
    if not offered.least <= len(use.args) <= offered.most:
        wanted = f"{offered.least}" if offered.least == offered.most else f"{offered.least}-{offered.most}"
        zh, en = f"“{use.name}”应有 {wanted} 个参数", f'"{use.name}" takes {wanted} arguments, not {len(use.args)}'
        yield of_step(workflow, line, step, "arguments.number", zh, en)
    for argument in use.args:
        if isinstance(argument, PolicyKey):
            if not book.has_policy(argument.key):
                yield unknown(workflow, line, "policy.unknown", "策略项", "policy key", argument.key)
        elif (offered.asks_paper or offered.supplies_paper) and _no_paper(book, argument):
            yield unknown(workflow, line, "paper.unknown", "单据", "paper", str(argument))


def _no_paper(book: Book, argument: object) -> bool:
    return isinstance(argument, str) and PAPER.fullmatch(argument) is not None and argument not in book.words.papers


def _grouped(workflow: Workflow) -> frozenset[str]:
    """States named by a group: an unknown one is told once, at the group."""
    return frozenset(state for states in workflow.groups.values() for state in states)


def _label(workflow: Workflow, line: int, label: Label, name: str) -> Iterator[Fault]:
    for language, text in (("zh", label.zh), ("en", label.en)):
        if not text.strip():
            zh, en = f"“{name}”缺少 {language} 名称", f'"{name}" has no label in {language}'
            yield Fault("label.missing", workflow.file, line, zh, en)
