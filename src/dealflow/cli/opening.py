"""Opens the office for a command, from the settings in the environment; finds people by their login."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from dealflow.bootstrap import Dealflow, Settings, build
from dealflow.features.staff import queries as staff
from dealflow.kernel.actor import Actor
from dealflow.kernel.errors import NotFound


def settings(database: str = "") -> Settings:
    """What the environment says, with another database if one is named."""
    found = Settings.from_env(os.environ)
    return replace(found, database=database) if database else found


@contextmanager
def opened(found: Settings | None = None) -> Iterator[Dealflow]:
    """An open office, closed at the end of the command."""
    found = found or settings()
    found.state.mkdir(parents=True, exist_ok=True)
    dealflow = build(found)
    try:
        yield dealflow
    finally:
        dealflow.close()


def person(dealflow: Dealflow, login: str) -> Actor:
    """Somebody by login, with the roles and grants that hold now. Raises NotFound."""
    with dealflow.reading() as uow:
        known = staff.login_holder(uow.connection, login.strip().lower())
        if known is None:
            raise NotFound("login", login)
        return staff.actor(uow.connection, known, uow.now)
