"""Writes of the units room outside the corridor: buildings, which have no lifecycle of their own here."""

from collections.abc import Mapping

import sqlalchemy as sa

from dealflow.db.tables.units import buildings


def add_building(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """A new building. Raises IntegrityError when the project has one of that code."""
    connection.execute(sa.insert(buildings).values(**row))


def license_building(connection: sa.Connection, building_id: int, values: Mapping[str, object]) -> None:
    """The building's sales licence, as it stands from now on."""
    connection.execute(sa.update(buildings).where(buildings.c.id == building_id).values(**values))
