"""PostgreSQL: the whole plan as one data-modifying statement on an AUTOCOMMIT connection. The statement is the transaction."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import count
from typing import Any

import msgspec
import psycopg
import sqlalchemy as sa
from psycopg.types.numeric import Int8Dumper
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from dealflow.db.meta import metadata
from dealflow.db.writes import Busy, Delete, Insert, Missed, Number, Update, Write, conflict_clause, update_text

INSIST = """create or replace function insist(ok boolean, what integer) returns boolean language plpgsql as
$$ begin if not ok then raise exception using errcode = 'DF409', message = what::text; end if; return true; end $$"""

_dialect = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call]
_encode = msgspec.json.Encoder().encode


def prepare(raw: Any) -> None:
    """A new connection: whole numbers travel as bigint, else 7 and 70000 make two prepared statements."""
    raw.adapters.register_dumper(int, Int8Dumper)
    raw.prepare_threshold = 2


def ask(connection: Connection, sql: str, values: Mapping[str, Any]) -> Any:
    """One row, through the driver's own cursor: SQLAlchemy's would cost a tenth more.

    A raw one: the ordinary cursor would look for places in our long text every time (it remembers none above 4096 characters).
    """
    text, names = numbered(sql)
    return _cursor(connection).execute(text, [values[name] for name in names]).fetchone()


def _cursor(connection: Connection) -> psycopg.RawCursor[Any]:
    driver: Any = connection.connection.driver_connection
    return psycopg.RawCursor(driver)


@cache
def numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The text with `$1` for each named place, and the names in that order."""
    names = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    place = {name: f"${n}" for n, name in enumerate(names, 1)}
    return re.sub(r"%\((\w+)\)s", lambda found: place[found[1]], sql).replace("%%", "%").encode(), names


def write(connection: Connection, writes: list[Write]) -> None:
    """Carry out the plan in one statement. Raises Missed with the loss of the write that missed, or Busy."""
    sql = one_statement(tuple(map(_shape, writes)))
    try:
        _cursor(connection).execute(sql, [v for w in writes for v in _values(w)])
    except psycopg.Error as error:
        raise _named(error, writes) from error


def _shape(write: Write) -> tuple[Any, ...]:
    match write:
        case Update():
            return ("must" if write.must else "may", *write.shape)
        case Delete():
            return ("first", *write.shape)
        case Insert():
            return ("over" if write.over else "insert", write.table.name, write.columns)
        case Number():
            return ("number", write.table.name, write.columns)


def _values(write: Write) -> list[Any]:
    match write:
        case Update() | Delete():
            return list(write.values)
        case Insert(_, columns, rows):
            return [_json(columns, rows)]
        case Number(_, columns, rows):
            counts = write.counts()
            left = dict(counts)
            at = columns.index("series")
            placed = []
            for row in rows:
                placed.append((*row, left[row[at]]))
                left[row[at]] -= 1
            series = _json(("name", "n"), tuple(counts.items()))
            return [series, _json((*columns, "back"), tuple(placed))]


def _json(columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> str:
    """Rows as one JSON parameter: the text does not depend on how many there are."""
    return _encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()


@cache
def one_statement(shapes: tuple[tuple[Any, ...], ...]) -> bytes:
    """The text for these shapes. Conditional updates run in order, each waiting for the one before: one lock order."""
    parts: list[str] = []
    checks: list[str] = []
    before = ""
    deleted: list[str] = []
    for i, (how, *shape) in enumerate(shapes):
        name = f"q{i}"
        if how == "must":
            parts.append(f"{name} as ({update_text(tuple(shape), '%s', 'true', 'false')}{before} returning 1)")
            checks.append(f"insist(exists(select from {name}), {i})")
            before = f" and exists(select from {name})"
        elif how == "may":
            parts.append(f"{name} as ({update_text(tuple(shape), '%s', 'true', 'false')})")
        elif how == "first":
            parts.append(f"{name} as ({update_text(tuple(shape), '%s', 'true', 'false')} returning 1)")
            deleted.append(f"(select count(*) from {name}) >= 0")
        elif how == "number":
            parts += _number(name, *shape)
        else:
            parts.append(f"{name} as ({_insert(*shape, over=how == 'over', after=' and '.join(deleted))})")
    places = count(1)
    return re.sub("%s", lambda _: f"${next(places)}", f"with {', '.join(parts)} select {', '.join(checks) or '1'}").encode()


def _columns(table: sa.Table, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{c} {table.c[c].type.compile(dialect=_dialect)}" for c in columns)


def _insert(table: str, columns: tuple[str, ...], *, over: bool, after: str) -> str:
    t = metadata.tables[table]
    names = ", ".join(columns)
    where = f" where {after}" if after else (" where true" if over else "")
    head = f"insert into {table} ({names}) select {names} from json_to_recordset(%s::json) as r({_columns(t, columns)}){where}"
    return head + (conflict_clause(t, columns) if over else "")


def _number(name: str, table: str, columns: tuple[str, ...]) -> list[str]:
    """Series bumped inside the statement, last in the lock order; number and seal made from what it gives."""
    t = metadata.tables[table]
    bump = (
        f"{name}s as (insert into series (name, next) "
        "select name, n + 1 from json_to_recordset(%s::json) as r(name text, n bigint) "
        "where true on conflict (name) do update set next = series.next + excluded.next - 1 returning name, next)"
    )
    names = ", ".join(columns)
    running = "(s.next - r.back)::text"
    number = f"r.series || lpad({running}, greatest(5, length({running})), '0')"
    seal = f"encode(sha256(convert_to({number} || E'\\n' || r.facts, 'UTF8')), 'hex')"
    rows = f"json_to_recordset(%s::json) as r({_columns(t, columns)}, back bigint) join {name}s s on s.name = r.series"
    chosen = ", ".join(f"r.{c}" for c in columns)
    return [bump, f"{name} as (insert into {table} ({names}, number, seal) select {chosen}, {number}, {seal} from {rows})"]


def _named(error: psycopg.Error, writes: list[Write]) -> Exception:
    """A refusal of the database in the words of the write that met it."""
    state = error.sqlstate
    if state == "DF409":
        missed = writes[int(error.diag.message_primary or "0")]
        assert isinstance(missed, Update)
        return Missed(missed.loss)
    if state == "23505":
        return Missed(
            next((w.losses[0] for w in writes if isinstance(w, Insert) and w.table.name == error.diag.table_name), None)
        )
    if state in ("40001", "40P01"):
        return Busy()
    return error
