"""SQLite: the plan as grouped statements inside BEGIN IMMEDIATE, the read inside the same lock."""

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.meta import metadata
from dealflow.db.writes import Delete, Insert, Missed, Number, Update, Write, conflict_clause, update_text
from dealflow.kernel.clock import iso

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "cache_size=-65536",
    "temp_store=MEMORY",
)


sqlite3.register_adapter(datetime, iso)  # the driver asks for moments only; asking every value ourselves cost a tenth of a write
sqlite3.register_adapter(date, date.isoformat)


def prepare(raw: Any) -> None:
    """A new connection: we say BEGIN ourselves."""
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def ask(connection: Connection, sql: str, values: Mapping[str, Any]) -> Any:
    """One row, through the driver's own cursor."""
    driver: Any = connection.connection.driver_connection
    return driver.execute(sql, values).fetchone()


def write(connection: Connection, writes: list[Write]) -> None:
    """Carry out the plan statement by statement. Raises Missed with the loss of the write that missed; the caller rolls back."""
    driver: Any = connection.connection.driver_connection
    for one in writes:
        match one:
            case Update():
                touched = driver.execute(update_text(one.shape, "?", "1", "0"), one.values).rowcount
                if one.must and touched != 1:
                    raise Missed(one.loss)
            case Delete():
                driver.execute(update_text(one.shape, "?", "1", "0"), one.values)
            case Insert():
                _insert(driver, one)
            case Number():
                _number(driver, one)


def _insert(driver: Any, one: Insert) -> None:
    try:
        driver.execute(_insert_text(one.table.name, one.columns, len(one.rows), one.over), [v for row in one.rows for v in row])
    except sqlite3.IntegrityError as error:
        if "FOREIGN KEY" in str(error):
            raise
        raise Missed(one.losses[0]) from error


@cache
def _insert_text(table: str, columns: tuple[str, ...], rows: int, over: bool) -> str:
    marks = f"({', '.join('?' * len(columns))})"
    values = f"insert into {table} ({', '.join(columns)}) values {', '.join([marks] * rows)}"
    return values + (conflict_clause(metadata.tables[table], columns) if over else "")


@cache
def _bump_text(names: int) -> str:
    return (
        f"insert into series (name, next) values {', '.join(['(?, ?)'] * names)} "
        "on conflict (name) do update set next = next + excluded.next - 1 returning name, next"
    )


def _number(driver: Any, one: Number) -> None:
    """Bump each series, then write the rows with number and seal."""
    counts = one.counts()
    bumped = driver.execute(_bump_text(len(counts)), [value for name, n in counts.items() for value in (name, n + 1)])
    following = {name: next_ - counts[name] for name, next_ in bumped.fetchall()}
    series, facts = one.columns.index("series"), one.columns.index("facts")
    rows = []
    for row in one.rows:
        number = f"{row[series]}{following[row[series]]:05d}"
        following[row[series]] += 1
        rows.append((*row, number, hashlib.sha256(f"{number}\n{row[facts]}".encode()).hexdigest()))
    _insert(driver, Insert(one.table, (*one.columns, "number", "seal"), tuple(rows), False, (None,)))


def begin(connection: Connection) -> None:
    """Writers take the lock at once (two readers that turn writers would meet in a deadlock); readers only look."""
    writing = connection.get_execution_options().get("writing", False)
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def listen(engine: sa.Engine) -> None:
    """Let an engine begin its transactions our way."""
    sa.event.listen(engine, "begin", begin)
