"""Migrations from nothing give exactly the tables, on both databases."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from dealflow.db.engine import open_database
from dealflow.db.meta import metadata
from dealflow.db.schema import current, newest, upgrade
from dealflow.db.tables import all as tables


def test_upgrading_from_nothing_gives_exactly_the_tables(database_url: str) -> None:
    assert tables.MODULES
    database = open_database(database_url)
    with database.readers.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    database = open_database(database_url)
    assert current(database) == newest() == upgrade(database)
    database.close()


def test_one_live_claim_per_unit_is_kept_by_the_database_r_hld_06(database_url: str) -> None:
    database = open_database(database_url)
    with database.readers.connect() as connection:
        indexes = {i["name"]: i for i in sa.inspect(connection).get_indexes("claims")}
    assert indexes["one_live_claim_per_unit"]["unique"]
    database.close()
