"""Grouped statements of a plan, in the order in which they must hold. What both dialects carry out, each in its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

Fixed = tuple[tuple[str, bool | None], ...]  # true, false and null belong to the text: a partial index needs to see them


@dataclass(frozen=True, slots=True)
class Update:
    """Conditional update of one row. `must`: it touches exactly one row, or everything is undone and `loss` is told."""

    table: str
    sets: tuple[str, ...]
    adds: tuple[str, ...]  # columns that grow by the value given
    keys: tuple[str, ...]
    fixed: Fixed
    values: tuple[Any, ...]  # sets, then adds, then keys
    must: bool
    loss: Any

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the statement's text depends on."""
        return ("update", self.table, self.sets, self.adds, self.keys, self.fixed)


@dataclass(frozen=True, slots=True)
class Delete:
    """Rows of a list that is replaced as a whole; carried out before the inserts."""

    table: str
    keys: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def shape(self) -> tuple[Any, ...]:
        """What the statement's text depends on."""
        return ("delete", self.table, self.keys)


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of one table. `over`: a row with the same primary key is replaced.

    `losses` says, by row, what a unique index means.
    """

    table: sa.Table
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    over: bool
    losses: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """Rows that get the next numbers of shared series while they are written: `number` and `seal` are added by the statement."""

    table: sa.Table
    columns: tuple[str, ...]  # has series and facts
    rows: tuple[tuple[Any, ...], ...]

    def counts(self) -> Mapping[str, int]:
        """How many numbers each series gives, in the order of names: one lock order for all."""
        at = self.columns.index("series")
        names = sorted(str(row[at]) for row in self.rows)
        return {name: names.count(name) for name in dict.fromkeys(names)}


Write = Update | Delete | Insert | Number


class Missed(Exception):
    """A statement did not touch what it had to. Carries the loss of that statement; nothing of the plan remains."""

    def __init__(self, loss: Any) -> None:
        super().__init__(str(loss))
        self.loss = loss


class Busy(Exception):
    """The database gave way to another transaction; nothing of the plan remains."""


@cache
def update_text(shape: tuple[Any, ...], mark: str, true: str, false: str) -> str:
    """The text of an update or delete."""
    spelled = {None: "is null", True: f"= {true}", False: f"= {false}"}
    if shape[0] == "delete":
        _, table, keys = shape
        return f"delete from {table} where {' and '.join(f'{k} = {mark}' for k in keys)}"
    _, table, sets, adds, keys, fixed = shape
    values = [f"{c} = {mark}" for c in sets] + [f"{c} = {c} + {mark}" for c in adds] or ["version = version"]
    where = [f"{k} = {mark}" for k in keys] + [f"{k} {spelled[v]}" for k, v in fixed]
    return f"update {table} set {', '.join(values)} where {' and '.join(where)}"


@cache
def primary(table: sa.Table) -> tuple[str, ...]:
    """The names of a table's primary key."""
    return tuple(c.name for c in table.primary_key)


def conflict_clause(table: sa.Table, columns: Sequence[str]) -> str:
    """What an insert does when the primary key is there already: take its place."""
    keys = primary(table)
    values = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in keys)
    return f" on conflict ({', '.join(keys)}) do " + (f"update set {values}" if values else "nothing")
