"""The mini office on the session's database."""

from collections.abc import Iterator

import pytest

from dealflow.db.engine import open_database
from dealflow.testing import FixedClock
from tests.casework.mini_house import Mini, furnish, house


@pytest.fixture
def mini(database_url: str) -> Iterator[Mini]:
    """An empty mini office at nine in the morning of 3 March 2025."""
    database = open_database(database_url, pool=40)
    furnish(database)
    yield Mini(database, house(), FixedClock("2025-03-03 09:00"))
    database.close()
