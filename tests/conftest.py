"""The world of the tests: clock, database, an office with people in it; nothing else. The network ends at this machine."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealflow.bootstrap import Settings, throwaway
from dealflow.cli.play.houses import EMPTY, Houses
from dealflow.testing import FixedClock
from tests.databases import postgres
from tests.makers.office import Office

ROOT = Path(__file__).parents[1]
NINE = "2025-03-03 09:00"
LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def _offline() -> Iterator[None]:
    """Connections leave this machine for nobody."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and address[0] not in LOCAL:
            raise ConnectionRefusedError(f"tests stay on this machine: {address}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where databases are made: a folder, or a PostgreSQL server. Never skipped: no server, no run."""
    if os.environ.get("DEALFLOW_TEST_DATABASE", "sqlite") == "postgresql":
        with postgres.server() as url:
            yield url
    else:
        yield str(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def houses(place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Houses]:
    """Worlds made once for the session, copied for each test."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings.from_env({"DEALFLOW_STATE": str(state), "DEALFLOW_FONTS": str(ROOT / "var/fonts")})
    found = Houses(settings, place)
    yield found
    found.close()


@pytest.fixture
def database_url(houses: Houses) -> Iterator[str]:
    """A database with the newest tables and nothing in them but the published workflows."""
    url = throwaway.copy(houses.template(EMPTY).settings.database)
    yield url
    throwaway.drop(url)


@pytest.fixture
def clock() -> FixedClock:
    """Monday, 3 March 2025, nine in the morning."""
    return FixedClock(NINE)


@pytest.fixture
def office(houses: Houses) -> Iterator[Office]:
    """An office with twelve people and a licensed building on sale, on Monday, 3 March 2025, nine in the morning."""
    with houses.open("office", NINE) as stage:
        yield Office(stage)
