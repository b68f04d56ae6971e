"""Databases that are made, copied and dropped: for scenarios and tests, each its own. Reached through bootstrap."""

import shutil
import uuid
from pathlib import Path

import sqlalchemy as sa


def make(place: str) -> str:
    """A new, empty database: on the PostgreSQL server of this address, or as a file in this folder. Gives its address."""
    if place.startswith("postgresql"):
        return _create(place, "")
    return f"sqlite:///{Path(place) / _name()}.sqlite"


def copy(template: str) -> str:
    """A new database that begins as a copy of this one. Nobody may be connected to the template meanwhile."""
    if template.startswith("postgresql"):
        name = sa.make_url(template).database
        return _create(template, f' template "{name}" strategy file_copy')
    file = _file(template)
    new = file.with_name(f"{_name()}.sqlite")
    shutil.copyfile(file, new)
    return f"sqlite:///{new}"


def drop(url: str) -> None:
    """Remove a database, whoever is still connected."""
    if url.startswith("postgresql"):
        _order(url, f'drop database if exists "{sa.make_url(url).database}" with (force)')
        return
    file = _file(url)
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)


def _create(server: str, how: str) -> str:
    name = _name()
    _order(server, f'create database "{name}"{how}')
    url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def _order(url: str, command: str) -> None:
    """Databases are made and dropped from the maintenance database, outside any transaction."""
    place = sa.make_url(url).set(drivername="postgresql+psycopg", database="postgres")
    engine = sa.create_engine(place, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(command)


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _name() -> str:
    return f"throwaway_{uuid.uuid4().hex}"
