"""What can be known about a case: a frozen record and a SELECT from the case's id. Written once for both databases."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import Add, Drop, Put, RowChange, Set
from dealflow.db.tables.casework import links


class Record(msgspec.Struct, frozen=True, array_like=True):
    """A row of a part: an array on the wire, fields in Python, built and type-checked in C."""


R = TypeVar("R", bound=Record)
Sql = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The id of the case in SQL. `top` is the case of the command, whose links the command may bring itself."""

    id: Sql
    kind: str
    top: bool = False


def linked(case: CaseKey, name: str) -> Sql:
    """The id at the other end of a link: the one this command brings, else the one on record.

    A case that is itself of that kind is its own other end.
    """
    if case.kind == name:
        return case.id
    on_record = (
        sa.select(links.c.other)
        .where(links.c.case_id == case.id, links.c.name == sa.literal_column(f"'{name}'"))
        .scalar_subquery()
    )
    if not case.top:
        return on_record
    return sa.func.coalesce(
        sa.bindparam(f"link_{name.replace('-', '__')}", None, type_=sa.BigInteger), on_record
    )  # SQLite: no hyphens


def answered(name: str, kind: sa.types.TypeEngine[Any] | None = None) -> Sql:
    """An answer of the command, as a value in SQL; NULL when it was not given."""
    return sa.bindparam(f"answer_{name}", None, type_=kind or sa.Text())


PROJECT: Sql = sa.bindparam("project", None, type_=sa.BigInteger)  # the project that the unit of work belongs to

Rows = Callable[[CaseKey], "sa.Select[Any]"]
Fold = Callable[[tuple[Any, ...], RowChange, Mapping[str, int], int], tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class Part(Generic[R]):
    """One thing that can be known about a case.

    `fold(rows, change, links, case_id)` gives the rows after a change of the step; without it the part does not follow
    changes and no A-step may read it. `of` names the link whose case holds these facts: when that case is not moved
    itself, its version is pinned.
    """

    name: str
    record: type[R]
    rows: Rows
    fold: Fold | None = None
    of: str = ""


def part(record: type[R], rows: Rows, *, fold: Fold | None = None, of: str = "") -> Part[R]:
    """A part from a record and a SELECT. The SELECT's columns are checked against the record's fields at start-up."""
    return Part(f"{record.__module__}.{record.__name__}", record, rows, fold, of)


def rows_of(record: type[R], table: sa.Table, by: str = "case_id", *, link: str = "", of: str = "") -> Part[R]:
    """Plain rows of one table found by one column: the case's id, or a link of the case. Follows changes by itself."""
    fields = record.__struct_fields__

    def rows(case: CaseKey) -> sa.Select[Any]:
        wanted = linked(case, link) if link else case.id
        return sa.select(*(table.c[f] for f in fields)).where(table.c[by] == wanted)

    def fold(found: tuple[Any, ...], change: RowChange, links_: Mapping[str, int], case_id: int) -> tuple[Any, ...]:
        return _after(record, table, by, links_.get(link, case_id) if link else case_id, found, change)

    return Part(f"{record.__module__}.{record.__name__}", record, rows, fold, of)


def _after(record: type[R], table: sa.Table, by: str, wanted: int, found: tuple[R, ...], change: RowChange) -> tuple[R, ...]:
    if change.table is not table:
        return found
    fields = record.__struct_fields__
    match change:
        case Add(_, row) if row.get(by) == wanted:
            return (*found, record(*(row.get(f) for f in fields)))
        case Put(_, row) if row.get(by) == wanted:
            keys = [c.name for c in table.primary_key if c.name in fields]
            kept = (r for r in found if any(getattr(r, k) != row[k] for k in keys))
            return (*kept, record(*(row.get(f) for f in fields)))
        case Set(_, key, values):
            new = {k: v for k, v in values.items() if k in fields}
            return tuple(msgspec.structs.replace(r, **new) if _matches(r, key) else r for r in found)
        case Drop(_, key):
            return tuple(r for r in found if not _matches(r, key))
    return found


def _matches(row: Record, key: Mapping[str, object]) -> bool:
    return all(getattr(row, k, v) == v for k, v in key.items())


def distinct(parts: Iterable[Part[Any]]) -> tuple[Part[Any], ...]:
    """Each part once, in the order of first mention."""
    return tuple(dict.fromkeys(parts))
