"""Writes of the units room outside the corridor: the project and its buildings, which have no lifecycle of their own here."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.db.tables.casework import projects
from dealflow.db.tables.units import buildings


def open_project(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """The project, once."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(projects).values(**row).on_conflict_do_nothing(index_elements=["id"]))


def add_building(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """A new building. Raises IntegrityError when the project has one of that code."""
    connection.execute(sa.insert(buildings).values(**row))


def license_building(connection: sa.Connection, building_id: int, values: Mapping[str, object]) -> None:
    """The building's sales licence, as it stands from now on."""
    connection.execute(sa.update(buildings).where(buildings.c.id == building_id).values(**values))
