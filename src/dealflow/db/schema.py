"""Brings a database to the newest tables, after a backup copy where it is a file. Called by bootstrap, CLI and tests."""

import shutil
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from dealflow.db.engine import Database

_HERE = Path(__file__).parent / "migrations"


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(database: Database) -> str:
    """The revision that the database has; empty for a new one."""
    with database.readers.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(database: Database) -> str:
    """To the newest revision, in one transaction. Returns the revision. A file with content is copied beside itself first."""
    had = current(database)
    if had == newest():
        return had
    if had and database.dialect == "sqlite":
        file = Path(database.url.removeprefix("sqlite:///"))
        with database.writers.begin() as connection:
            connection.exec_driver_sql("select 1")
            shutil.copy2(file, file.with_suffix(f".before-{had}"))
    with database.several.begin() as connection:
        command.upgrade(_config(connection), "head")
    return newest()
