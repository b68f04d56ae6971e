"""Opens a database by URL: one engine that writes, one that only reads, and the dialect's way to ask and to write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db import postgres, sqlite
from dealflow.db.writes import Write


@dataclass(frozen=True)
class Database:
    """An open database. `writers`: AUTOCOMMIT on PostgreSQL (one statement is the transaction), BEGIN IMMEDIATE on SQLite."""

    url: str
    dialect: str
    writers: sa.Engine
    several: sa.Engine  # for a unit of work that writes more than once
    readers: sa.Engine
    ask: Callable[[Connection, str, Mapping[str, Any]], Any]
    write: Callable[[Connection, list[Write]], None]

    def close(self) -> None:
        """Give all connections back."""
        for engine in {id(e): e for e in (self.writers, self.several, self.readers)}.values():
            engine.dispose()


def open_database(url: str, *, pool: int = 20) -> Database:
    """Open `sqlite:///path` or `postgresql+psycopg://...`. Nothing is created but an empty SQLite file."""
    if url.startswith("sqlite"):
        return _sqlite(url, pool)
    return _postgres(url, pool)


def _sqlite(url: str, pool: int) -> Database:
    engine = sa.create_engine(url, pool_size=pool, max_overflow=0, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", lambda raw, _: sqlite.prepare(raw))
    sqlite.listen(engine)
    writers = engine.execution_options(writing=True)
    return Database(url, "sqlite", writers, writers, engine, sqlite.ask, sqlite.write)


def _postgres(url: str, pool: int) -> Database:
    options = {"options": "-c timezone=UTC"}
    engine = sa.create_engine(url, pool_size=pool, max_overflow=0, connect_args=options, pool_pre_ping=False)
    sa.event.listen(engine, "connect", lambda raw, _: postgres.prepare(raw))
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Database(url, "postgresql", alone, engine, alone, postgres.ask, postgres.write)
