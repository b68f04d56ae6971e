"""Writes of the units room outside the corridor: the project and its buildings, which have no lifecycle of their own here."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.db.tables.casework import projects
from dealflow.db.tables.units import buildings, sellers


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


def describe_building(connection: sa.Connection, building_id: int, values: Mapping[str, object]) -> None:
    """What contracts say of the building, as it stands from now on."""
    connection.execute(sa.update(buildings).where(buildings.c.id == building_id).values(**values))


def describe_seller(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """What contracts say of the developer: one row for each project, the newest wins."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    told = {name: value for name, value in row.items() if name != "project_id"}
    connection.execute(insert(sellers).values(**row).on_conflict_do_update(index_elements=["project_id"], set_=told))
