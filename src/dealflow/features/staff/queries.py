"""Who acts, with what holds now: by id, by session, by login; and the people of a project. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dealflow.db.tables.staff import attempts, grants, person_roles, sessions
from dealflow.db.tables.staff import people as persons
from dealflow.kernel.actor import Actor
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person, the token his forms carry, and when he must sign in again."""

    actor: Actor
    csrf: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here."""

    id: int
    login: str
    name: str
    phone: str
    active: bool
    leader_id: int | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A dated grant."""

    id: int
    person_id: int
    grant: str
    subject: int | None
    since: datetime
    until: datetime | None
    given_by: int


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    person_id: int
    login: str
    password: str  # argon2 hash; empty for one who may not sign in
    project_id: int


@dataclass(frozen=True, slots=True)
class Failures:
    """How often a login failed in a row, and when last."""

    count: int
    last_at: datetime


def actor(connection: sa.Connection, person_id: int, at: datetime) -> Actor:
    """The person with the roles and grants that hold at that moment. Raises NotFound for one who is not active."""
    rows = connection.execute(_acting(at).where(persons.c.id == person_id)).all()
    if not rows:
        raise NotFound("person", person_id)
    return _actor(rows)


def actor_of_session(connection: sa.Connection, token: str, now: datetime) -> Session | None:
    """Who is signed in under this cookie's value, with what holds now; None when nobody is."""
    wanted = (
        _acting(now)
        .add_columns(sessions.c.csrf, sessions.c.ends_at)
        .join(sessions, sessions.c.person_id == persons.c.id)
        .where(sessions.c.token == sha256(token), sessions.c.ends_at > now)
    )
    rows = connection.execute(wanted).all()
    return Session(_actor(rows), rows[0].csrf, rows[0].ends_at) if rows else None


def people(connection: sa.Connection, project_id: int | None = None) -> Sequence[Person]:
    """Everybody, or everybody of one project, by name."""
    p = persons.c
    wanted = sa.select(p.id, p.login, p.name, p.phone, p.active, p.leader_id).order_by(p.name, p.id)
    if project_id is not None:
        wanted = wanted.where(p.project_id == project_id)
    roles = defaultdict(list)
    for person_id, role in connection.execute(
        sa.select(person_roles.c.person_id, person_roles.c.role).order_by(person_roles.c.role)
    ):
        roles[person_id].append(role)
    rows = connection.execute(wanted)
    return [Person(r.id, r.login, r.name, r.phone, r.active, r.leader_id, tuple(roles[r.id])) for r in rows]


def grants_at(connection: sa.Connection, at: datetime) -> Sequence[Held]:
    """Every grant that holds at that moment."""
    g = grants.c
    wanted = sa.select(g.id, g.person_id, g.grant, g.subject, g.since, g.until, g.given_by).where(*_holds(at))
    return [Held(*tuple(row)) for row in connection.execute(wanted.order_by(g.person_id, g.id))]


def held(connection: sa.Connection, grant_id: int) -> Held:
    """A grant by its id. Raises NotFound."""
    g = grants.c
    row = connection.execute(
        sa.select(g.id, g.person_id, g.grant, g.subject, g.since, g.until, g.given_by).where(g.id == grant_id)
    ).first()
    if row is None:
        raise NotFound("grant", grant_id)
    return Held(*tuple(row))


def credentials(connection: sa.Connection, *, login: str = "", person_id: int | None = None) -> Credentials | None:
    """What a sign-in of an active person is checked against, found by login or by id."""
    p = persons.c
    wanted = sa.select(p.id, p.login, p.password, p.project_id).where(p.active == sa.true())
    row = connection.execute(wanted.where(p.id == person_id if person_id is not None else p.login == login)).first()
    return Credentials(*tuple(row)) if row else None


def project_of(connection: sa.Connection, person_id: int) -> int | None:
    """The project in which somebody works, active or not."""
    return connection.scalar(sa.select(persons.c.project_id).where(persons.c.id == person_id))


def login_holder(connection: sa.Connection, login: str) -> int | None:
    """The id of whoever has this login, active or not."""
    return connection.scalar(sa.select(persons.c.id).where(persons.c.login == login))


def failures(connection: sa.Connection, login: str) -> Failures | None:
    """The failed sign-ins of a login since the last that succeeded."""
    row = connection.execute(sa.select(attempts.c.failures, attempts.c.last_at).where(attempts.c.login == login)).first()
    return Failures(*tuple(row)) if row else None


def _holds(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return grants.c.since <= at, grants.c.until.is_(None) | (grants.c.until > at)


def _acting(at: datetime) -> sa.Select[Any]:
    """Active people, a row for each role and each grant that holds."""
    role = sa.select(person_roles.c.person_id, sa.literal("role").label("kind"), person_roles.c.role.label("word"))
    grant = sa.select(grants.c.person_id, sa.literal("grant").label("kind"), grants.c.grant.label("word")).where(*_holds(at))
    words = sa.union_all(role, grant).subquery()
    return (
        sa.select(persons.c.id, persons.c.name, words.c.kind, words.c.word)
        .select_from(persons)
        .outerjoin(words, words.c.person_id == persons.c.id)
        .where(persons.c.active == sa.true())
    )


def _actor(rows: Iterable[Any]) -> Actor:
    found = list(rows)
    roles = frozenset(r.word for r in found if r.kind == "role")
    return Actor(found[0].id, found[0].name, roles, frozenset(r.word for r in found if r.kind == "grant"))
