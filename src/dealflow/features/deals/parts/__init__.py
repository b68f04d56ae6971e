"""What a dossier may know of a deal: its row with the owner, what was agreed, other deals of the client, people it names."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import Add, RowChange, Set
from dealflow.casework.parts import PROJECT, CaseKey, Record, answered, linked, part, rows_of
from dealflow.db.tables.casework import cases, deadlines
from dealflow.db.tables.clients import clients
from dealflow.db.tables.deals import buyers, deals, plan_lines
from dealflow.db.tables.documents import signatures
from dealflow.db.tables.staff import grants, people, person_roles

CONFIRMING = ("lapse", "void")  # the clocks that end a confirmation


class Deal(Record, frozen=True):
    """The deal's row. `owner_name` is that of the owner on record; an owner whom this step makes is found in NAMED."""

    id: int
    client_id: int
    owner_id: int | None
    owner_name: str | None
    visited: bool
    open: bool
    channel: str
    price_fen: int | None
    plan: str | None
    agreed_deposit_fen: int | None
    agreement_void_places: int | None
    unit_id: int | None
    commission_since: datetime | None


class Buyer(Record, frozen=True):
    """One buyer of the deal, in contract order."""

    case_id: int
    position: int
    name: str


class PlanLine(Record, frozen=True):
    """One line of the payment plan."""

    case_id: int
    position: int
    label: str
    amount_fen: int
    due_on: date | None
    by_loan: bool


class OtherDeal(Record, frozen=True):
    """Another deal of the same client. `due_at` is when the confirmation on it ends."""

    id: int
    state: str
    owner_id: int | None
    owner_name: str | None
    open: bool
    confirmed_at: datetime
    due_at: datetime | None


class Named(Record, frozen=True):
    """A person whom the step names: who receives, who is to be the new owner."""

    id: int
    name: str
    active: bool
    sells: bool


class Substitute(Record, frozen=True):
    """A dated grant to stand in for the owner of this deal."""

    person_id: int
    since: datetime
    until: datetime | None


class Witness(Record, frozen=True):
    """Who recorded a buyer's signature."""

    person_id: int
    name: str
    at: datetime


def _deal(case: CaseKey) -> sa.Select[Any]:
    joined = deals.outerjoin(people, people.c.id == deals.c.owner_id)
    columns = [people.c.name.label(f) if f == "owner_name" else deals.c[f] for f in Deal.__struct_fields__]
    return sa.select(*columns).select_from(joined).where(deals.c.id == linked(case, "deal"))


def _deal_after(found: tuple[Deal, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Deal, ...]:
    wanted = links.get("deal", case_id)
    match change:
        case Add(table, row) if table is deals and row["id"] == wanted:
            return (Deal(*(row.get(f) for f in Deal.__struct_fields__)),)  # type: ignore[arg-type]
        case Set(table, key, values) if table is deals and key["id"] == wanted:
            known = {name: value for name, value in values.items() if name in Deal.__struct_fields__}
            renamed = {"owner_name": None} if "owner_id" in known else {}
            return tuple(msgspec.structs.replace(deal, **known, **renamed) for deal in found)
    return found


def _client(case: CaseKey) -> sa.ColumnElement[Any]:
    by_phone = sa.select(clients.c.id).where(clients.c.project_id == PROJECT, clients.c.phone == answered("phone"))
    return sa.func.coalesce(linked(case, "client"), by_phone.scalar_subquery())


def _other_deals(case: CaseKey) -> sa.Select[Any]:
    clocks = sa.or_(*(deadlines.c.clock == sa.literal_column(f"'{name}'") for name in CONFIRMING))
    confirmed = sa.and_(deadlines.c.case_id == deals.c.id, clocks, deadlines.c.open)
    due = sa.select(sa.func.min(deadlines.c.due_at)).where(confirmed).scalar_subquery()
    columns = (
        deals.c.id,
        cases.c.state,
        deals.c.owner_id,
        people.c.name.label("owner_name"),
        deals.c.open,
        deals.c.confirmed_at,
        due.label("due_at"),
    )
    joined = deals.join(cases, cases.c.id == deals.c.id).outerjoin(people, people.c.id == deals.c.owner_id)
    return sa.select(*columns).select_from(joined).where(deals.c.client_id == _client(case), deals.c.id != case.id)


def _unmoved(found: tuple[Any, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Any, ...]:
    """Facts that no step of a deal changes: other deals of its client, people, grants."""
    return found


def _named(case: CaseKey) -> sa.Select[Any]:
    sells = sa.exists().where(person_roles.c.person_id == people.c.id, person_roles.c.role == sa.literal_column("'salesperson'"))
    wanted = sa.or_(*(people.c.id == answered(name, sa.BigInteger()) for name in ("received_by", "owner")))
    return sa.select(people.c.id, people.c.name, people.c.active, sells.label("sells")).where(wanted)


def _substitutes(case: CaseKey) -> sa.Select[Any]:
    owner = sa.select(deals.c.owner_id).where(deals.c.id == case.id).scalar_subquery()
    about = sa.or_(grants.c.subject == case.id, grants.c.subject == owner)
    wanted = sa.and_(grants.c.grant == sa.literal_column("'substitute'"), about)
    return sa.select(grants.c.person_id, grants.c.since, grants.c.until).where(wanted)


def _witnesses(case: CaseKey) -> sa.Select[Any]:
    joined = signatures.join(people, people.c.id == signatures.c.witness)
    columns = (people.c.id.label("person_id"), people.c.name, signatures.c.at)
    clients_own = sa.and_(signatures.c.case_id == case.id, signatures.c.capacity != sa.literal_column("'office'"))
    return sa.select(*columns).select_from(joined).where(clients_own)


DEAL = part(Deal, _deal, fold=_deal_after)
BUYERS = rows_of(Buyer, buyers)
PLAN = rows_of(PlanLine, plan_lines)
OTHER_DEALS = part(OtherDeal, _other_deals, fold=_unmoved)
NAMED = part(Named, _named, fold=_unmoved)
SUBSTITUTES = part(Substitute, _substitutes, fold=_unmoved)
WITNESSES = part(Witness, _witnesses, fold=_unmoved)
