"""Read: one statement that brings everything a command may look at.

Composed from the parts of all steps that may answer the event.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.casework.dossier import Dossier, Head, Project, Running
from dealflow.casework.house import BoundStep, BoundWorkflow, House, parts_of
from dealflow.casework.parts import PROJECT as THIS
from dealflow.casework.parts import CaseKey, Part, Record, distinct, linked
from dealflow.db.tables.casework import cases, commands, deadlines, links, projects
from dealflow.db.tables.policies import policies
from dealflow.kernel.actor import Actor
from dealflow.workflow.records import FORMER, NONE, SAME, Step

DIALECTS: Mapping[str, sa.Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": postgresql.psycopg.dialect(),  # type: ignore[no-untyped-call]
}


class Answered(Record, frozen=True):
    """What this key was answered before."""

    digest: str
    answer: str


class Chosen(Record, frozen=True):
    """A policy where the project differs from the default."""

    key: str
    value: str


class Linked(Record, frozen=True):
    """A link of the case."""

    name: str
    other: int


def _columns(record: type[Record], table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[f] for f in record.__struct_fields__]


HEAD: Part[Head] = Part("casework.head", Head, lambda case: sa.select(*_columns(Head, cases)).where(cases.c.id == case.id))
LINKS: Part[Linked] = Part(
    "casework.links", Linked, lambda case: sa.select(*_columns(Linked, links)).where(links.c.case_id == case.id)
)
CLOCKS: Part[Running] = Part(
    "casework.clocks", Running, lambda case: sa.select(*_columns(Running, deadlines)).where(deadlines.c.case_id == case.id)
)
ANSWERED: Part[Answered] = Part(
    "casework.answered",
    Answered,
    lambda _: sa.select(commands.c.digest, commands.c.answer).where(commands.c.key == sa.bindparam("key", None, type_=sa.Text())),
)
PROJECT: Part[Project] = Part(
    "casework.project", Project, lambda _: sa.select(*_columns(Project, projects)).where(projects.c.id == THIS)
)
POLICY: Part[Chosen] = Part(
    "casework.policy", Chosen, lambda _: sa.select(policies.c.key, policies.c.value).where(policies.c.project_id == THIS)
)


@dataclass(frozen=True)
class Page:
    """One case's share of a dossier: its parts, the cases its steps may move, the cases whose facts it judges."""

    kind: str
    parts: tuple[Part[Any], ...]
    moved: tuple[tuple[str, "Page"], ...]
    pinned: tuple[str, ...]

    def asked(self, case: CaseKey) -> Iterator[tuple[Part[Any], CaseKey]]:
        """Every part with the key of the case it is asked for, in the order in which `fill` takes them."""
        own: tuple[Part[Any], ...] = (HEAD, LINKS, CLOCKS, *self.parts)
        for part in own:
            yield part, case
        for name in self.pinned:
            yield HEAD, CaseKey(linked(case, name), name)
        for name, page in self.moved:
            yield from page.asked(CaseKey(linked(case, name), page.kind))

    def fill(self, found: Iterator[tuple[Any, ...]], base: Dossier, brought: Mapping[str, int]) -> Dossier | None:
        """A dossier from the decoded columns; None when there is no such case."""
        heads, linked_, clocks = next(found), next(found), next(found)
        rows = {part: next(found) for part in self.parts}
        others = {name: head for name in self.pinned for head in next(found)}
        moved = {name: page.fill(found, base, {}) for name, page in self.moved}
        if not heads:
            return None
        return msgspec.structs.replace(
            base,
            case=heads[0],
            rows=rows,
            links={**{link.name: link.other for link in linked_}, **brought},
            clocks={c.clock: c for c in clocks},
            linked={name: d for name, d in moved.items() if d},
            others=others,
        )

    def empty(self, found: Iterator[tuple[Any, ...]], base: Dossier, head: Head, brought: Mapping[str, int]) -> Dossier:
        """The dossier of a case that does not exist yet: what its first step may look at."""
        for _ in range(3):
            next(found)
        rows = {part: next(found) for part in self.parts}
        others = {name: h for name in self.pinned for h in next(found)}
        moved = {name: page.fill(found, base, {}) for name, page in self.moved}
        linked_ = {name: d for name, d in moved.items() if d}
        return msgspec.structs.replace(base, case=head, rows=rows, links=dict(brought), clocks={}, linked=linked_, others=others)


def page_to_judge(house: House, kind: str) -> Page:
    """The page of a kind for a why-not answer: what judging reads of every step that a person may take. Nothing is moved."""
    steps = (b for w in house.versions(kind) for b in w.steps if b.for_people and b.step.sources != (NONE,))
    return Page(kind, parts_of(steps, judging=True), (), ())


def page_for(house: House, kind: str, events: frozenset[str], seen: tuple[tuple[str, str], ...] = ()) -> Page:
    """The page of a kind for the steps that may answer these events, and for the A-steps that may follow them."""
    bound = [b for w in house.versions(kind) for b in answering(w, events)]
    offers = [o for b in bound for o in b.offers()]
    thens = dict.fromkeys(t for o in offers for t in o.then)
    wanted: dict[str, set[str]] = {}
    known = {name: other for w in house.versions(kind) for name, other in w.workflow.links.items()}
    for link, event in thens:
        if link in known and (kind, link) not in seen:
            wanted.setdefault(link, set()).add(event)
    moved = tuple((link, page_for(house, known[link], frozenset(asked), (*seen, (kind, link)))) for link, asked in wanted.items())
    parts = distinct(p for o in offers for p in o.reads)
    pinned = tuple(
        dict.fromkeys(
            p.of for p in parts if p.of and p.of in known and known[p.of] in house.current
        )  # the plan skips what it moves
    )
    return Page(kind, parts, moved, pinned)


def answering(workflow: BoundWorkflow, events: frozenset[str]) -> list[BoundStep]:
    """The steps that may answer these events, then the A-steps that leave a state in which one of them ends, and so on."""
    found = [b for b in workflow.steps if b.step.event in events]
    known = set(map(id, found))
    for bound in found:  # grows while it is walked
        for state in ends(workflow, bound.step):
            following = [a for a in workflow.automatic.get(state, ()) if id(a) not in known]
            known.update(map(id, following))
            found += following
    return found


def ends(workflow: BoundWorkflow, step: Step) -> Iterable[str]:
    """Every state in which a step may end."""
    if step.target == FORMER:
        return workflow.workflow.states
    return step.sources if step.target == SAME else (step.target,)


def as_json(select: sa.Select[Any], dialect: str) -> sa.ScalarSelect[Any]:
    """All rows of a SELECT as one JSON text. The only place that knows that the two databases spell this differently."""
    if select._group_by_clauses or select._distinct or select._limit_clause is not None or select._order_by_clauses:
        inner = select.subquery()
        return as_json(sa.select(*inner.c), dialect)
    columns = [_safe(c, dialect) for c in select.selected_columns]
    if dialect == "sqlite":
        rows: sa.ColumnElement[Any] = sa.func.json_group_array(sa.func.json_array(*columns))
    else:
        arrays = sa.func.json_agg(sa.func.json_build_array(*columns))
        rows = sa.func.coalesce(sa.cast(arrays, sa.Text), sa.literal_column("'[]'"))
    return select.with_only_columns(rows, maintain_column_froms=True).scalar_subquery()


def _safe(column: Any, dialect: str) -> Any:
    kind = column.type
    if isinstance(kind, sa.LargeBinary | sa.Float):
        raise TypeError(f"{column}: a part holds neither bytes nor floats")
    if isinstance(kind, sa.Numeric):
        return sa.cast(column, sa.Text)
    if isinstance(kind, sa.Boolean) and dialect == "sqlite":
        whens = sa.case(
            (column.is_(None), sa.literal_column("'null'")),
            (column, sa.literal_column("'true'")),
            else_=sa.literal_column("'false'"),
        )
        return sa.func.json(whens)
    return column


@dataclass(frozen=True)
class Question:
    """All that must be known to judge one event (or every step) of one kind: one statement, one decoder for each column."""

    sql: str
    page: Page
    decoders: tuple[Callable[[str], tuple[Any, ...]], ...]
    answers: tuple[str, ...]
    links: tuple[str, ...]
    constants: Mapping[str, Any]  # values that the parts' own expressions carry

    @staticmethod
    def about(house: House, kind: str, event: str | None, dialect: str) -> "Question":
        """The question for a kind and an event, composed once."""
        at = (kind, event, dialect)
        if at not in house.questions:
            page = page_to_judge(house, kind) if event is None else page_for(house, kind, frozenset({event}))
            house.questions[at] = compose(page, dialect)
        return house.questions[at]  # type: ignore[no-any-return]


def compose(page: Page, dialect: str) -> Question:
    """The statement of a page. Raises TypeError when a part's columns are not its record's fields."""
    case = CaseKey(sa.bindparam("case", None, type_=sa.BigInteger), page.kind, top=True)
    asked: list[tuple[Part[Any], CaseKey]] = [(ANSWERED, case), (PROJECT, case), (POLICY, case), *page.asked(case)]
    for part, key in asked:
        names = [c.key for c in part.rows(key).selected_columns]
        if names != list(part.record.__struct_fields__):
            raise TypeError(
                f"{part.name}: the SELECT gives {names}, {part.record.__name__} wants {part.record.__struct_fields__}"
            )
    columns = [as_json(part.rows(key), dialect).label(f"c{i}") for i, (part, key) in enumerate(asked)]
    compiled = sa.select(*columns).compile(dialect=DIALECTS[dialect], compile_kwargs={"render_postcompile": True})
    given = [str(n) for n in compiled.params]
    return Question(
        str(compiled),
        page,
        tuple(msgspec.json.Decoder(tuple[part.record, ...]).decode for part, _ in asked),  # type: ignore[name-defined]
        tuple(n.removeprefix("answer_") for n in given if n.startswith("answer_")),
        tuple(n.removeprefix("link_").replace("__", "-") for n in given if n.startswith("link_")),
        {n: v for n, v in compiled.params.items() if v is not None},
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command brings to the read."""

    kind: str
    case: int
    event: str | None
    key: str
    salt: str
    actor: Actor
    at: datetime
    entered: datetime
    answers: Mapping[str, object]
    links: Mapping[str, int]
    project: int
    on_behalf_of: int | None = None


def values(question: Question, asked: Asked) -> dict[str, object]:
    """The statement's parameters."""
    given: dict[str, object] = {**question.constants, "case": asked.case, "key": asked.key, "project": asked.project}
    given.update({f"answer_{n}": asked.answers.get(n) for n in question.answers})
    given.update({f"link_{n.replace('-', '__')}": asked.links.get(n) for n in question.links})
    return given


def dossier(house: House, question: Question, asked: Asked, columns: Any) -> tuple[Answered | None, Dossier | None]:
    """The dossier from the one row that the statement gave, and what the key was answered before."""
    found = iter([decode(column) for decode, column in zip(question.decoders, columns, strict=True)])
    answered, project, chosen = next(found), next(found), next(found)
    nothing = Head(asked.case, asked.project, asked.kind, "", house.current[asked.kind], NONE, NONE, 0, 0, "")
    base = Dossier(
        case=nothing,
        now=asked.at,
        entered=asked.entered,
        actor=asked.actor,
        answers=asked.answers,
        policy={**house.defaults, **{c.key: house.policies.parse(c.key, c.value) for c in chosen}},
        rows={},
        links={},
        clocks={},
        project=project[0],
        on_behalf_of=asked.on_behalf_of,
        key=asked.key,
        salt=asked.salt,
    )
    columns_left = list(found)
    filled = question.page.fill(iter(columns_left), base, asked.links)
    if filled is None and opens(house, asked.kind, asked.event):
        filled = question.page.empty(iter(columns_left), base, nothing, asked.links)
    return (answered[0] if answered else None), filled


def opens(house: House, kind: str, event: str | None) -> bool:
    """Whether a case of this kind may begin with this event. Nobody asks why a case that does not exist cannot go on."""
    if event is None:
        return False
    steps: tuple[BoundStep, ...] = house.of(kind, house.current[kind]).leaving.get(NONE, ())
    return any(event == b.step.event for b in steps)
