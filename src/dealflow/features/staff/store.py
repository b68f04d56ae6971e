"""Writes of the staff room: people, roles, grants, sessions, failed sign-ins. Each statement may be repeated without harm."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.db.tables.staff import attempts, grants, people, person_roles, sessions
from dealflow.features.staff.rules import FORGOTTEN


def add_person(connection: sa.Connection, row: dict[str, object]) -> None:
    """A new person, once."""
    _once(connection, people, [row])


def add_roles(connection: sa.Connection, person_id: int, roles: tuple[str, ...]) -> None:
    """Roles that the person has from now on."""
    if roles:
        _once(connection, person_roles, [{"person_id": person_id, "role": role} for role in roles])


def drop_role(connection: sa.Connection, person_id: int, role: str) -> None:
    """A role that the person no longer has."""
    connection.execute(sa.delete(person_roles).where(person_roles.c.person_id == person_id, person_roles.c.role == role))


def set_password(connection: sa.Connection, person_id: int, password: str) -> None:
    """The person's new password hash."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(password=password))


def set_active(connection: sa.Connection, person_id: int, active: bool) -> None:
    """Whether the person may act."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(active=active))


def add_grant(connection: sa.Connection, row: dict[str, object]) -> None:
    """A dated grant, once."""
    _once(connection, grants, [row])


def end_grant(connection: sa.Connection, grant_id: int, at: datetime) -> None:
    """End a grant, unless it has ended before."""
    still = grants.c.until.is_(None) | (grants.c.until > at)
    connection.execute(sa.update(grants).where(grants.c.id == grant_id, still).values(until=at))


def add_session(connection: sa.Connection, row: dict[str, object], now: datetime) -> None:
    """A new session; those that have run out are swept away."""
    connection.execute(sa.delete(sessions).where(sessions.c.ends_at <= now))
    connection.execute(sa.insert(sessions).values(row))


def drop_session(connection: sa.Connection, token: str) -> None:
    """The end of one session, by the hash of its token."""
    connection.execute(sa.delete(sessions).where(sessions.c.token == token))


def drop_sessions_of(connection: sa.Connection, person_id: int) -> None:
    """The end of all sessions of a person."""
    connection.execute(sa.delete(sessions).where(sessions.c.person_id == person_id))


def count_failure(connection: sa.Connection, login: str, now: datetime) -> None:
    """One more failed sign-in of a login. Old ones no longer count and are swept away, so that guessing fills no table."""
    connection.execute(sa.delete(attempts).where(attempts.c.last_at < now - FORGOTTEN))
    row = _insert(connection, attempts).values(login=login, failures=1, last_at=now)
    more = {"failures": attempts.c.failures + 1, "last_at": row.excluded.last_at}
    connection.execute(row.on_conflict_do_update(index_elements=["login"], set_=more))


def forget_failures(connection: sa.Connection, login: str) -> None:
    """A sign-in that succeeded ends the count."""
    connection.execute(sa.delete(attempts).where(attempts.c.login == login))


def _once(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    keys = [c.name for c in table.primary_key]
    connection.execute(_insert(connection, table).values(rows).on_conflict_do_nothing(index_elements=keys))


def _insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
