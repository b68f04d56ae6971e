"""Write: a plan as grouped statements, at most one write for each row, in one lock order; and what the loser of a race hears."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from dealflow.casework.changes import ALREADY, Add, Drop, Put, RowChange, Say, Set
from dealflow.casework.house import House
from dealflow.casework.plan import CaseWrite, PaperWrite, Plan
from dealflow.db.meta import metadata
from dealflow.db.tables import all as tables
from dealflow.db.tables.casework import cases, commands, events
from dealflow.db.tables.documents import papers
from dealflow.db.writes import Busy, Delete, Insert, Missed, Number, Update, Write, primary
from dealflow.kernel.errors import Conflict

assert tables.MODULES  # the metadata is whole before its order is asked
_ORDER = {table.name: i for i, table in enumerate(metadata.sorted_tables)}


def writes_of(plan: Plan, command: Mapping[str, Any] | None) -> list[Write]:
    """Moves first (the command's case before the others), what is pinned, conditional updates, then rows; series last."""
    out: list[Write] = [_moved(c) for c in plan.cases if c.new is None]
    out += [_pinned(e.case, e.version, e.otherwise) for e in plan.expects]
    changes = normalised(list(plan.changes))
    out += [_set(c) for c in changes if isinstance(c, Set)]
    out += [Delete(c.table.name, tuple(c.key), tuple(c.key.values())) for c in changes if isinstance(c, Drop)]
    out += [
        Update(
            "tasks",
            ("open", "closed_at"),
            (),
            ("case_id", "topic"),
            (("open", True),),
            (False, e.at, e.case, e.topic),
            False,
            None,
        )
        for e in plan.ends
    ]
    fresh: list[Add | Put] = [Add(cases, c.new) for c in plan.cases if c.new is not None]
    losses = {c.id: c.loss for c in plan.cases}
    fresh += [Add(events, m.event, losses[m.case]) for m in plan.moves]
    fresh += [c for c in changes if isinstance(c, Add | Put)]
    if command is not None:
        fresh.append(Add(commands, command, Say("casework.key_running")))
    out += _inserts(fresh)
    if plan.papers:
        out.append(_numbered(plan.papers))
    return out


def _moved(c: CaseWrite) -> Update:
    values = dict(c.values)
    k = values.pop("moves")
    given = (*values.values(), k, k, c.id, c.read_version)
    return Update("cases", tuple(values), ("version", "seq"), ("id", "version"), (), given, True, c.loss)


def _pinned(case: int, version: int, loss: Say) -> Update:
    return Update("cases", (), (), ("id", "version"), (), (case, version), True, loss)


def _set(change: Set) -> Update:
    fixed = tuple((k, v) for k, v in {**change.key, **change.expecting}.items() if v is None or isinstance(v, bool))
    plain = {k: v for k, v in {**change.key, **change.expecting}.items() if not (v is None or isinstance(v, bool))}
    values = (*change.values.values(), *plain.values())
    return Update(change.table.name, tuple(change.values), (), tuple(plain), fixed, values, True, change.otherwise)


def _inserts(fresh: list[Add | Put]) -> list[Write]:
    """One insert for each table, in an order that foreign keys accept."""
    groups: dict[tuple[str, tuple[str, ...], bool], list[Add | Put]] = {}
    for change in fresh:
        groups.setdefault((change.table.name, tuple(change.row), isinstance(change, Put)), []).append(change)
    ordered = sorted(groups.items(), key=lambda g: _ORDER[g[0][0]])
    return [
        Insert(
            found[0].table,
            columns,
            tuple(tuple(c.row.values()) for c in found),
            over,
            tuple(c.otherwise if isinstance(c, Add) else ALREADY for c in found),
        )
        for (_, columns, over), found in ordered
    ]


def _numbered(issued: tuple[PaperWrite, ...]) -> Number:
    columns = tuple(issued[0].row)
    return Number(papers, columns, tuple(tuple(p.row[c] for c in columns) for p in issued))


def normalised(changes: list[RowChange]) -> list[RowChange]:
    """At most one write for each row: PostgreSQL cannot touch a row twice in one statement."""
    out: list[RowChange] = []
    at: dict[tuple[Any, ...], int] = {}
    for change in changes:
        key = _row_key(change)
        stands = out[at[key]] if key in at else None
        if stands is None or isinstance(change, Drop) or isinstance(stands, Drop):
            if not isinstance(change, Drop):
                at[key] = len(out)
            out.append(change)
        else:
            out[at[key]] = _merged(stands, change)
    return out


def _row_key(change: RowChange) -> tuple[Any, ...]:
    row = change.key if isinstance(change, Set | Drop) else change.row
    keys = primary(change.table)
    return (
        (change.table.name, *(row.get(k) for k in keys))
        if all(k in row for k in keys)
        else (change.table.name, *sorted(row.items()))
    )


def _merged(first: RowChange, then: RowChange) -> RowChange:
    match first, then:
        case Add(table, row, otherwise, says), (Set() | Put() | Add()):
            new = then.values if isinstance(then, Set) else then.row
            return Add(table, {**row, **new}, otherwise, says)
        case Put(table, row, says), (Set() | Put() | Add()):
            new = then.values if isinstance(then, Set) else then.row
            return Put(table, {**row, **new}, says)
        case Set(table, key, values, expecting, otherwise, says), Set(_, _, more):
            return Set(table, key, {**values, **more}, expecting, otherwise, says)
        case Set(table, key, values, expecting, otherwise, says), (Put() | Add()):
            return Set(table, key, {**values, **{k: v for k, v in then.row.items() if k not in key}}, expecting, otherwise, says)
    return then


def told(house: House, error: Missed | Busy) -> Conflict:
    """What the loser hears."""
    say = Say("casework.busy") if isinstance(error, Busy) or error.loss is None else error.loss
    zh, en = house.words(say)
    return Conflict(say.code, zh, en, **say.evidence)


def history_tables() -> tuple[sa.Table, ...]:
    """Tables whose rows the chained events repeat."""
    return tuple(t for t in metadata.sorted_tables if t.info.get("history"))
