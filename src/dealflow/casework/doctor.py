"""Verifies what is written: chains, replayed states, money, papers, series, keys. Names what differs; repairs nothing."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from dealflow.casework.events import kept, spelled
from dealflow.casework.house import House
from dealflow.casework.writing import history_tables
from dealflow.db.meta import metadata
from dealflow.db.tables.casework import cases, deadlines, events, personal, series
from dealflow.db.tables.documents import papers
from dealflow.kernel import canonical
from dealflow.workflow.records import FORMER, NONE, SAME


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that differs: what, where, and how."""

    code: str
    case: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, what differs, and how many personal values were erased on purpose."""

    cases: int
    events: int
    papers: int
    erased: int
    findings: tuple[Finding, ...]


def examine(connection: Connection, house: House) -> Report:
    """Look at everything once."""
    heads = {row.id: row for row in connection.execute(sa.select(cases))}
    told: dict[str, dict[Any, dict[str, Any]]] = defaultdict(dict)
    findings: list[Finding] = []
    count, erased = 0, 0
    kept = {(r.case_id, r.seq, r.field): r for r in connection.execute(sa.select(personal))}
    rows = connection.execute(sa.select(events).order_by(events.c.case_id, events.c.seq))
    seen: set[int] = set()
    for case_id, chain in groupby(rows, key=lambda r: r.case_id):
        story = list(chain)
        seen.add(case_id)
        count += len(story)
        findings += _chain(case_id, story, heads.get(case_id))
        findings += _replay(house, story, heads.get(case_id))
        for event in story:
            body = msgspec.json.decode(event.body)
            erased += sum(1 for _ in _erased(body, kept))
            findings += _personal(body, kept)
            _gather(body, told)
    findings += [_finding("chain.missing", c, "没有任何历史", "has no history") for c in heads if c not in seen]
    findings += _money(connection, told)
    issued = list(connection.execute(sa.select(papers)))
    findings += _papers(issued, told)
    findings += _series(connection, issued)
    findings += _clocks(connection, house, heads)
    return Report(len(heads), count, len(issued), erased, tuple(findings))


def _finding(code: str, case: int, zh: str, en: str) -> Finding:
    return Finding(code, case, f"{case}：{zh}", f"{case} {en}")


def _chain(case_id: int, story: list[Row[Any]], head: Row[Any] | None) -> Iterator[Finding]:
    """Sequence numbers without gaps, each hash over the one before, the last one at the head of the case."""
    previous = ""
    for place, event in enumerate(story, 1):
        if event.seq != place:
            yield _finding("chain.gap", case_id, f"第{place}步缺失", f"lacks event {place}")
        if event.previous != previous or event.hash != canonical.chained(previous, event.body):
            yield _finding("chain.broken", case_id, f"第{event.seq}步的记录被改动", f"has an altered record at event {event.seq}")
        previous = event.hash
    if head is None or (head.head, head.seq) != (previous, len(story)):
        yield _finding("chain.head", case_id, "最新记录与历史不符", "has a head that is not the end of its history")


def _replay(house: House, story: list[Row[Any]], head: Row[Any] | None) -> Iterator[Finding]:
    """The state derived again from the events, step by step, by the version that the case is judged by."""
    state, former = NONE, NONE
    for event in story:
        body = msgspec.json.decode(event.body)
        columns = (event.case_id, event.seq, event.name, event.source, event.target)
        if columns != (body["case"], body["seq"], body["event"], body["from"], body["to"]):
            yield _finding(
                "replay.columns",
                event.case_id,
                f"第{event.seq}步的列与记录不符",
                f"has columns unlike the record at event {event.seq}",
            )
        steps = house.of(body["kind"], body["workflow"]).workflow.by.get((state, event.name), ())
        targets = {state if s.target == SAME else former if s.target == FORMER else s.target for s in steps}
        if event.source != state or event.target not in targets:
            yield _finding(
                "replay.step",
                event.case_id,
                f"第{event.seq}步不在流程表中",
                f"took a step at event {event.seq} that its table does not know",
            )
        if event.target != state:
            state, former = event.target, state
    if head is not None and (head.state, head.former) != (state, former):
        yield _finding("replay.state", head.id, f"现在的状态应为{state}", f"should stand in {state}, not {head.state}")


def _personal(body: dict[str, Any], kept: dict[Any, Row[Any]]) -> Iterator[Finding]:
    for name, answer in body["answers"].items():
        row = kept.get((body["case"], body["seq"], name))
        committed = isinstance(answer, dict) and set(answer) == {"commitment"}
        if committed and row is not None and canonical.commitment(row.salt, row.value) != answer["commitment"]:
            yield _finding("personal.altered", body["case"], f"“{name}”与当时所录不符", f"holds a {name} unlike the one recorded")


def _erased(body: dict[str, Any], kept: dict[Any, Row[Any]]) -> Iterator[str]:
    for name, answer in body["answers"].items():
        if isinstance(answer, dict) and set(answer) == {"commitment"} and (body["case"], body["seq"], name) not in kept:
            yield name


def _gather(body: dict[str, Any], told: dict[str, dict[Any, dict[str, Any]]]) -> None:
    """What one event adds and changes, in its order."""
    for name, rows in body["rows"].items():
        if not name.endswith(".set"):
            columns = kept(metadata.tables[name])
            told[name].update({row[0]: dict(zip(columns, row, strict=True)) for row in rows})
    for *row, facts in body["papers"]:
        told["papers"][row[0]] = {**dict(zip(papers.info["history"], row, strict=True)), "voided_at": None, "facts": facts}
    for name, rows in body["rows"].items():
        if name.endswith(".set"):
            for named, changed in rows:
                for row in told[name.removesuffix(".set")].values():
                    if all(row.get(c) == v for c, v in named.items()):
                        row.update(changed)


def _money(connection: Connection, told: dict[str, dict[Any, dict[str, Any]]]) -> Iterator[Finding]:
    """Rows that history repeats, compared column by column, both ways."""
    for table in history_tables():
        if table is papers:
            continue
        columns = kept(table)
        found = connection.execute(sa.select(*(table.c[c] for c in columns)))
        rows = {row[0]: {c: spelled(v) for c, v in zip(columns, row, strict=True)} for row in found}
        for key in rows.keys() | told[table.name].keys():
            if rows.get(key) != told[table.name].get(key):
                row = rows.get(key) or told[table.name][key]
                zh, en = f"{table.name}第{key}行与历史不符", f"has a row {key} in {table.name} unlike its history"
                yield _finding("money.differs", int(str(row.get("case_id") or row.get("deal_id") or 0)), zh, en)


def _papers(issued: list[Row[Any]], told: dict[str, dict[Any, dict[str, Any]]]) -> Iterator[Finding]:
    """Each paper as the event told it, sealed by its own hash."""
    for paper in issued:
        if canonical.sha256(f"{paper.number}\n{paper.facts}") != paper.seal:
            yield _finding("paper.seal", paper.of_case, f"单据{paper.number}被改动", f"has an altered paper {paper.number}")
        row = {c: getattr(paper, c) for c in papers.info["history"]}
        row |= {"voided_at": spelled(paper.voided_at), "facts": canonical.sha256(paper.facts)}
        if told["papers"].get(paper.id) != row:
            yield _finding(
                "paper.untold", paper.of_case, f"单据{paper.number}与历史不符", f"has a paper {paper.number} unlike its history"
            )
    there = {p.id for p in issued}
    for key, row in told["papers"].items():
        if key not in there:
            yield _finding("paper.lost", row["of_case"], f"单据{key}缺失", f"lacks the paper {key}")


def _series(connection: Connection, issued: list[Row[Any]]) -> Iterator[Finding]:
    """Each series gave every number up to its last, once."""
    given: dict[str, set[int]] = defaultdict(set)
    for paper in issued:
        given[paper.series].add(int(paper.number.removeprefix(paper.series)))
    for row in connection.execute(sa.select(series)):
        missing = set(range(1, row.next)) ^ given.get(row.name, set())
        if missing:
            yield _finding(
                "series.gap",
                0,
                f"{row.name}缺号或多号：{sorted(missing)[:5]}",
                f"series {row.name} has gaps or extras: {sorted(missing)[:5]}",
            )


def _clocks(connection: Connection, house: House, heads: dict[int, Row[Any]]) -> Iterator[Finding]:
    """An open clock runs or waits in the state where its case stands."""
    for row in connection.execute(sa.select(deadlines).where(deadlines.c.open)):
        case = heads[row.case_id]
        rule = house.of(case.kind, case.workflow).workflow.clocks.get(row.clock)
        if rule is None or case.state not in rule.runs_in | rule.waits_in or row.running != (case.state in rule.runs_in):
            yield _finding(
                "clock.stray", row.case_id, f"期限{row.clock}与状态不符", f"has a clock {row.clock} that does not fit its state"
            )
