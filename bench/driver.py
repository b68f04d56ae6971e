"""A connection of the bare driver, with the same settings as the product's own, and the two spellings of a statement.

Called by the floor. Nothing of SQLAlchemy is here.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
import sqlalchemy as sa

from dealflow.db import postgres, sqlite
from dealflow.kernel.clock import iso


class Bare:
    """One connection, one cursor, statements one by one."""

    def __init__(self, url: str) -> None:
        self.sqlite = url.startswith("sqlite")
        self.connection = _file(url) if self.sqlite else _server(url)
        self.cursor: Any = self.connection.cursor()

    def begin(self) -> None:
        """A transaction that writes. psycopg begins one by itself, with a statement of its own."""
        if self.sqlite:
            self.cursor.execute("begin immediate")

    def commit(self) -> None:
        """Everything since begin."""
        self.connection.commit()

    def one(self, sql: str, *values: object) -> Any:
        """The first row, or None."""
        return self._run(sql, values).fetchone()

    def all(self, sql: str, *values: object) -> Any:
        """Every row."""
        return self._run(sql, values).fetchall()

    def change(self, sql: str, *values: object) -> None:
        """One statement that must touch exactly one row."""
        if self._run(sql, values).rowcount != 1:
            raise AssertionError(f"touched another number of rows than one: {sql}")

    def _run(self, sql: str, values: Sequence[object]) -> Any:
        if self.sqlite:
            return self.cursor.execute(spelled(sql), values)
        return self.cursor.execute(sql, values)

    def moment(self, value: datetime) -> object:
        """A moment as the tables hold it; made once for a step."""
        return iso(value) if self.sqlite else value

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()


@cache
def spelled(sql: str) -> str:
    """The SQLite spelling. Its write lock stands for every row lock; a partial index needs to see `= 1`."""
    return sql.replace("%s", "?").replace(" for update", "").replace("and live", "and live = 1")


@cache
def insert(table: str, *columns: str) -> str:
    """The text of a one-row insert."""
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))})"


def _file(url: str) -> Any:
    raw = sqlite3.connect(url.removeprefix("sqlite:///"))
    sqlite.prepare(raw)
    return raw


def _server(url: str) -> Any:
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    raw = psycopg.connect(address, options="-c timezone=UTC")
    postgres.prepare(raw)
    return raw
