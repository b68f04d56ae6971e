"""What a dossier may know of the deal behind a handover: where it stands, its owners, its unit, its money."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from dealflow.casework.changes import Add, RowChange
from dealflow.casework.parts import CaseKey, Part, Record, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import buyers, deals
from dealflow.db.tables.payments import charges, ledger
from dealflow.db.tables.units import units


class Owner(Record, frozen=True):
    """A buyer: an owner of the home."""

    case_id: int
    position: int
    kind: str
    name: str


class Sale(Record, frozen=True):
    """The deal: where it stands and the price agreed."""

    id: int
    state: str
    price_fen: int | None


class Home(Record, frozen=True):
    """The unit, as far as fees and areas go."""

    id: int
    code: str
    area_cm2: int


class Paid(Record, frozen=True):
    """What stands in one account of the deal."""

    account: str
    fen: int


class Charge(Record, frozen=True):
    """A charge of the deal, or the row that takes one back."""

    id: int
    case_id: int
    position: int
    fen: int
    reverses: int | None


def _sale(case: CaseKey) -> sa.Select[Any]:
    joined = deals.join(cases, cases.c.id == deals.c.id)
    return sa.select(deals.c.id, cases.c.state, deals.c.price_fen).select_from(joined).where(deals.c.id == linked(case, "deal"))


def _paid(case: CaseKey) -> sa.Select[Any]:
    fen = sa.cast(sa.func.sum(ledger.c.fen), sa.BigInteger).label("fen")
    return sa.select(ledger.c.account, fen).where(ledger.c.case_id == linked(case, "deal")).group_by(ledger.c.account)


def _paid_after(found: tuple[Paid, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Paid, ...]:
    match change:
        case Add(table, row) if table is ledger and row["case_id"] == links.get("deal", case_id):
            return (*found, Paid(str(row["account"]), int(str(row["fen"]))))
    return found


def _kept(found: tuple[Any, ...], _: RowChange, __: Mapping[str, int], ___: int) -> tuple[Any, ...]:
    """A fold for what neither a step of the handover nor a payment changes."""
    return found


OWNERS = rows_of(Owner, buyers, link="deal")
SALE: Part[Sale] = part(Sale, _sale, fold=_kept, of="deal")
HOME = rows_of(Home, units, by="id", link="unit")
PAID: Part[Paid] = part(Paid, _paid, fold=_paid_after, of="deal")
CHARGES = rows_of(Charge, charges, link="deal", of="deal")
