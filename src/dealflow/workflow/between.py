"""Checks what a workflow owes to others: papers that somebody must supply, cases it moves or opens, forms that raise its events.

Called by check.py."""

from collections.abc import Iterator

from dealflow.kernel.errors import Fault
from dealflow.workflow.book import Book, of_step
from dealflow.workflow.moves import Move, open_moves, walk
from dealflow.workflow.names import PAPER
from dealflow.workflow.records import NONE, Need, Step, Use, Workflow

HELD = "\N{CHECK MARK}"  # behind the name of a state: the paper is there


def between(book: Book, workflow: Workflow) -> Iterator[Fault]:
    """Papers, linked cases and use cases of one file."""
    yield from _papers(book, workflow)
    for step in workflow.steps:
        yield from _linked(book, workflow, step)
        yield from _raised(book, workflow, step)


def _papers(book: Book, workflow: Workflow) -> Iterator[Fault]:
    """A paper that a step needs must have been supplied on some way to it; shows a way on which it is missing."""
    ways = tuple(open_moves(workflow))
    elsewhere = {
        paper
        for other in book.workflows
        if other.kind != workflow.kind
        for step in other.steps
        for paper in _supplies(book, step)
    }
    asked = {paper: None for step in workflow.steps for _, paper in _asked(book, step)}
    for paper in asked:
        if paper in elsewhere or paper not in book.words.papers:
            continue
        known = _with_paper(book, ways, paper)
        for step in workflow.steps:
            lines = [use.line or step.line for use, each in _asked(book, step) if each == paper]
            short = [known[state] for state in step.sources if state in known and state + HELD not in known]
            if lines and short:
                zh, en = f"所需单据“{paper}”此前无人可以提供", f'needs the paper "{paper}", which nobody may supply before'
                yield of_step(workflow, lines[0], step, "paper.nobody_supplies", zh, en, (*short[0], step.event))


def _with_paper(book: Book, ways: tuple[Move, ...], paper: str) -> dict[str, tuple[str, ...]]:
    """Where a case can stand without the paper and, marked, with it."""

    def taken(place: str, move: Move) -> str | None:
        held = place.endswith(HELD)
        if place.removesuffix(HELD) != move.source or (not held and _blocks(book, move.step.needs, paper)):
            return None
        return move.dest + HELD if held or paper in _supplies(book, move.step) else move.dest

    return walk(NONE, ways, taken)


def _supplies(book: Book, step: Step) -> set[str]:
    made = {paper for use, offered in book.effects(step) if offered.supplies_paper for paper in _named(use)}
    return made.union(step.issues) if step.permit else set()


def _asked(book: Book, step: Step) -> Iterator[tuple[Use, str]]:
    """The papers without which some need of a step cannot be met. Alternatives and negations ask for none by themselves."""
    for need in step.needs:
        yield from _papers_of(book, need)


def _papers_of(book: Book, need: Need) -> Iterator[tuple[Use, str]]:
    if need.op == "guard" and need.use and (offered := book.words.guards.get(need.use.name)) and offered.asks_paper:
        yield from ((need.use, paper) for paper in _named(need.use))
    if need.op in ("all", "when"):
        for each in need.inner:
            yield from _papers_of(book, each)
    if need.op == "any" and need.inner:
        first, *others = [list(_papers_of(book, each)) for each in need.inner]
        common = set.intersection(*({paper for _, paper in branch} for branch in [first, *others]))
        yield from ((use, paper) for use, paper in first if paper in common)


def _blocks(book: Book, needs: tuple[Need, ...], paper: str) -> bool:
    """Without the paper the step is closed in every case, not only while some fact holds."""
    return any(each == paper for need in needs if need.op != "when" for _, each in _papers_of(book, need))


def _named(use: Use) -> list[str]:
    return [argument for argument in use.args if isinstance(argument, str) and PAPER.fullmatch(argument)]


def _linked(book: Book, workflow: Workflow, step: Step) -> Iterator[Fault]:
    """Cases moved or opened by an effect must answer, with the permit `then`."""
    for use, offered in book.effects(step):
        line = use.line or step.line
        for link, event in sorted(offered.then):
            if link not in workflow.links:
                zh, en = (
                    f"“{use.name}”推动关联“{link}”，本流程没有它",
                    f'"{use.name}" moves the link "{link}", which this kind does not have',
                )
                yield of_step(workflow, line, step, "then.no_link", zh, en)
            elif (other := book.newest(workflow.links[link])) and not _answers(other, event):
                zh = f"“{use.name}”推动“{other.kind}”的“{event}”，对方没有可由 then 执行的该步骤"
                en = f'"{use.name}" moves "{other.kind}" by "{event}", which has no such step permitted to then'
                yield of_step(workflow, line, step, "then.unanswered", zh, en)
        for kind, event in sorted(offered.opens):
            opened = book.newest(kind)
            if opened is None or not _answers(opened, event, NONE):
                zh = f"“{use.name}”以“{event}”新建“{kind}”，对方没有可由 then 执行的首个步骤"
                en = f'"{use.name}" opens a "{kind}" by "{event}", which is no first step permitted to then'
                yield of_step(workflow, line, step, "open.unanswered", zh, en)


def _answers(workflow: Workflow, event: str, source: str = "") -> bool:
    return any(
        step.event == event and "then" in step.permit and (not source or source in step.sources) for step in workflow.steps
    )


def _raised(book: Book, workflow: Workflow, step: Step) -> Iterator[Fault]:
    raised = book.words.use_cases.get(step.raised_by)
    if step.raised_by and raised is not None and (workflow.kind, step.event) not in raised:
        zh, en = f"用例“{step.raised_by}”并不发起此事件", f'the use case "{step.raised_by}" does not raise this event'
        yield of_step(workflow, step.at("raised_by"), step, "use_case.other_event", zh, en)
