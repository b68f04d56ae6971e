"""Makers of the rooms at the front desk: a deal's dossier as the desk sees it, and a small project to query."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace

from dealflow.casework.command import Command
from dealflow.casework.dossier import Dossier
from dealflow.casework.house import House
from dealflow.casework.parts import Part
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.db.engine import Database, open_database
from dealflow.db.tables.casework import cases, deadlines, projects
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.staff import people, person_roles
from dealflow.kernel.actor import Actor
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.workflow.policies import load
from tests.makers.dossiers import WORKFLOWS, dossier, moment

POLICIES = load(WORKFLOWS / "policies.yaml")
SECRETARY = Actor(9, "田小雨", frozenset({"front_desk_secretary"}))
SALESPERSON = Actor(11, "安然", frozenset({"salesperson"}))


at = moment


def desk(
    rows: Mapping[Part[Any], list[Any]] | None = None,
    *,
    state: str = "new_visit",
    now: str = "2025-03-03 09:00",
    entered: str = "",
    actor: Actor = SECRETARY,
    seq: int = 0,
    links: Mapping[str, int] | None = None,
    lapse: str = "",
    **answers: object,
) -> Dossier:
    """A deal's dossier as the desk sees it: answers by keyword, the moment of entry, the lapse clock if it runs."""
    clocks = {"lapse": lapse} if lapse else {}
    d = dossier(state=state, id=100, seq=seq, now=now, rows=rows, answers=answers, actor=actor, links=links, clocks=clocks)
    return replace(d, entered=at(entered or now))


def house() -> House:
    """A house with nothing in it but the shipped policies: for use cases that take no step."""
    return House({}, {}, {}, {}, {}, POLICIES, POLICIES.defaults(), STATUTORY, PROJECT_ZONE, lambda _: "")


def empty_project(url: str) -> Database:
    """An empty database, opened, with one project in it."""
    database = open_database(url)
    with database.several.begin() as connection:
        row = {"id": 1, "code": "LX", "name": "临溪苑", "address": "", "developer": ""}
        connection.execute(sa.insert(projects).values(row))
    return database


@contextmanager
def working(database: Database, now: str = "2025-03-03 09:00") -> Iterator[UnitOfWork]:
    """A unit of work on that project; commits at the end."""
    with database.several.begin() as connection:
        yield UnitOfWork(connection, database, house(), at(now), 1, several=True)


def command(key: str = "k", *roles: str, person: int = 1, name: str = "罗敏") -> Command:
    """A command by somebody with these roles."""
    return Command(key, Actor(person, name, frozenset(roles)))


def hire(connection: sa.Connection, person: int, name: str, *roles: str, active: bool = True) -> None:
    """A person with roles."""
    row = {
        "id": person,
        "project_id": 1,
        "login": f"p{person}",
        "name": name,
        "phone": "",
        "password": "",
        "active": active,
        "leader_id": None,
    }
    connection.execute(sa.insert(people).values(row))
    for role in roles:
        connection.execute(sa.insert(person_roles).values(person_id=person, role=role))


def know(
    connection: sa.Connection,
    client: int,
    phone: str,
    *,
    deal: int = 0,
    owner: int | None = None,
    open_: bool = True,
    state: str = "tracked",
    lapse: str = "",
) -> None:
    """A client, and a deal of his if asked for, with the end of its confirmation."""
    since = at("2025-03-03 09:00")
    row = {
        "id": client,
        "project_id": 1,
        "name": "陈静",
        "phone": phone,
        "area": "",
        "channel": "网络",
        "since": since,
        "archive": "{}",
    }
    connection.execute(sa.insert(clients).values(row))
    if deal:
        head = {"id": deal, "project_id": 1, "kind": "deal", "name": "", "workflow": 1, "state": state, "former": "new_visit"}
        more = {"version": 1, "seq": 1, "head": "", "opened_at": since, "moved_at": since}
        connection.execute(sa.insert(cases).values({**head, **more}))
        owned = {"id": deal, "project_id": 1, "client_id": client, "owner_id": owner, "confirmed_at": since}
        connection.execute(sa.insert(deals).values({**owned, "visited": True, "open": open_, "channel": "网络"}))
    if lapse:
        clock = {"case_id": deal, "clock": "lapse", "due_at": at(lapse), "open": True, "running": False, "fires": True}
        connection.execute(sa.insert(deadlines).values({**clock, "role": "", "set_by": 1, "next_try": at(lapse)}))
