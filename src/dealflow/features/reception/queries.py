"""Whom a visitor belongs to, what a key has already written, and the registers for pages and API. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
import sqlalchemy as sa

from dealflow.casework.command import Answer
from dealflow.db.tables.casework import cases, commands, deadlines
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import deals
from dealflow.db.tables.reception import register_lines
from dealflow.db.tables.staff import people

CONFIRMING = ("lapse", "void")  # the clocks that end a confirmation


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """The client's one deal without a deposit (or a lost one still valid), and to whom it belongs."""

    id: int
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of a register as lists show it."""

    id: int
    deal: int
    register: str
    at: datetime
    name: str
    phone: str
    party: int
    channel: str
    receiver: str
    way: str
    remarks: str
    corrects: int | None


def open_deal(connection: sa.Connection, project_id: int, phone: str, at: datetime) -> OpenDeal | None:
    """The deal that a visitor with this phone (normalised) comes to: his open one, else a lost one that is still somebody's."""
    running = sa.exists().where(
        deadlines.c.case_id == deals.c.id,
        deadlines.c.clock.in_(CONFIRMING),
        deadlines.c.open == sa.true(),
        deadlines.c.due_at >= at,
    )
    lost = (cases.c.state == "lost") & deals.c.owner_id.is_not(None) & running
    wanted = (
        sa.select(deals.c.id, deals.c.owner_id)
        .join(clients, clients.c.id == deals.c.client_id)
        .join(cases, cases.c.id == deals.c.id)
        .where(clients.c.project_id == project_id, clients.c.phone == phone, (deals.c.open == sa.true()) | lost)
        .order_by(deals.c.open.desc(), deals.c.confirmed_at.desc())
    )
    row = connection.execute(wanted.limit(1)).first()
    return OpenDeal(*row) if row else None


def answered(connection: sa.Connection, key: str) -> Answer | None:
    """What this key was answered before: a retry must go the way it went the first time."""
    found = connection.scalar(sa.select(commands.c.answer).where(commands.c.key == key))
    return msgspec.json.decode(found, type=Answer) if found else None


def lines(
    connection: sa.Connection, project_id: int, register: str, *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> Sequence[RegisterLine]:
    """A register (visit or phone), newest line first; `after` is (at, id) of the last one seen."""
    r = register_lines.c
    wanted = (
        sa.select(
            r.id,
            r.case_id,
            r.register,
            r.at,
            r.name,
            r.phone,
            r.party,
            r.channel,
            people.c.name.label("receiver"),
            r.way,
            r.remarks,
            r.corrects,
        )
        .join(people, people.c.id == r.received_by)
        .where(r.project_id == project_id, r.register == register)
    )
    if after:
        at, last = after
        wanted = wanted.where((r.at < at) | ((r.at == at) & (r.id < last)))
    rows = connection.execute(wanted.order_by(r.at.desc(), r.id.desc()).limit(limit))
    return [RegisterLine(*tuple(row)) for row in rows]
