"""Checks all workflow files together and tells every fault at once, with file and line and, where it can, a way that shows it.

Called by bootstrap before the doors open, by `dealflow check`, and before a version is published."""

from collections.abc import Iterable, Iterator
from typing import Final

from dealflow.kernel.errors import BadWorkflow, Fault
from dealflow.workflow.between import between
from dealflow.workflow.book import Book, facts, guards
from dealflow.workflow.clocks import clocks
from dealflow.workflow.load import Loaded
from dealflow.workflow.names import names
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import PolicyKey, Vocabulary, Workflow
from dealflow.workflow.ways import ways

CROSSING: Final = frozenset(
    {
        "kind.unknown",
        "policy.unread",
        "policy.unknown",
        "clock.after",
        "then.unanswered",
        "open.unanswered",
        "paper.nobody_supplies",
    }
)


def check(workflows: Iterable[Workflow], policies: Policies, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """Every fault, in the order of files and lines. Nothing means the doors may open."""
    book = Book(tuple(workflows), policies, vocabulary)
    found = [*policies.faults, *_policies(book), *_versions(book)]
    for workflow in book.workflows:
        for look in (names, ways, clocks, between):
            found += look(book, workflow)
    return BadWorkflow(dict.fromkeys(found)).faults


def check_all(loaded: Loaded, vocabulary: Vocabulary) -> tuple[Fault, ...]:
    """The faults of a folder as it was loaded: of the form and of the meaning.

    When a file could not be read, what others miss of it is left out: it would only hide the fault that matters."""
    found = check(loaded.workflows, loaded.policies, vocabulary)
    if loaded.faults:
        found = tuple(fault for fault in found if fault.code not in CROSSING)
    return BadWorkflow([*loaded.faults, *found]).faults


def _versions(book: Book) -> Iterator[Fault]:
    seen: dict[tuple[str, int], Workflow] = {}
    for workflow in book.workflows:
        first = seen.setdefault((workflow.kind, workflow.version), workflow)
        if first is not workflow:
            zh = f"“{workflow.kind}”第 {workflow.version} 版已在 {first.file}"
            en = f'"{workflow.kind}" version {workflow.version} stands in {first.file} already'
            yield Fault("workflow.duplicate", workflow.file, workflow.at("version"), zh, en)


def _policies(book: Book) -> Iterator[Fault]:
    file, keys = book.policies.file, book.policies.keys
    read = _read_by_files(book) | book.words.known_policies
    by_code = _read_by_code(book)
    for key, policy in keys.items():
        if key not in read | by_code:
            yield Fault(
                "policy.unread",
                file,
                policy.line,
                f"策略项“{key}”无人读取",
                f'the policy key "{key}" is read by no file and no code',
            )
        if policy.type == "role" and policy.default not in book.words.roles:
            yield Fault("role.unknown", file, policy.line, f"未知的岗位“{policy.default}”", f'unknown role "{policy.default}"')
        if not (policy.label.zh.strip() and policy.label.en.strip()):
            zh, en = f"“{key}”缺少名称", f'"{key}" has no label in zh or en'
            yield Fault("label.missing", file, policy.line, zh, en)
    for key in sorted((by_code | book.words.known_policies) - keys.keys() - book.policies.broken):
        yield Fault(
            "policy.unknown", file, 1, f"程序读取未定义的策略项“{key}”", f'code reads the policy key "{key}", which is not here'
        )


def _read_by_files(book: Book) -> frozenset[str]:
    clocks_after = [clock.after for workflow in book.workflows for clock in workflow.clocks.values()]
    steps = [step for workflow in book.workflows for step in workflow.steps]
    uses = [use for step in steps for use in (*guards(step.needs), *facts(step), *step.effects)]
    arguments = [argument for use in uses for argument in use.args]
    return frozenset(each.key for each in (*clocks_after, *arguments) if isinstance(each, PolicyKey))


def _read_by_code(book: Book) -> frozenset[str]:
    words = book.words
    shelves = (words.guards, words.effects, words.facts, words.relations)
    return frozenset(key for shelf in shelves for offered in shelf.values() for key in offered.policies)
