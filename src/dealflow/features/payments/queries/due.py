"""Reads for pages about what is due when: the charges of a deal with their paid part, and what falls due in a project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import deals
from dealflow.db.tables.payments import charges, ledger
from dealflow.features.payments.rules import FOR_PRICE, WAITING
from dealflow.features.payments.rules.charging import SLIP, Charge, filled

PAGE = 50
FIRST = (date.min, 0)  # before every row: where a list begins


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A charge of a deal. `paid` counts confirmed money only, `waiting` what the bank has still to confirm."""

    position: int
    label: str
    fen: int
    paid: int
    waiting: int
    due_on: date | None
    by_loan: bool

    @property
    def open(self) -> int:
        """What nobody has paid yet, confirmed or not."""
        return self.fen - self.paid - self.waiting


@dataclass(frozen=True, slots=True)
class DueLine:
    """A charge that falls due and is not fully paid by confirmed money. `owner_id` urges the client (R-DEP-03)."""

    charge_id: int
    deal_id: int
    deal_name: str
    state: str
    owner_id: int | None
    label: str
    fen: int
    missing: int
    due_on: date


def charges_of(connection: Connection, deal: int) -> tuple[ChargeLine, ...]:
    """The charges that stand on a deal, in the order in which money fills them; none before a slip is signed."""
    c = charges.c
    columns = (c.position, c.label, c.fen, c.due_on, c.by_loan)
    wanted = sa.select(*columns).where(c.case_id == deal, _stands()).order_by(c.position)
    found = [Charge(*row) for row in connection.execute(wanted)]
    sums = {name: int(fen) for name, fen in connection.execute(_sums(deal))}
    confirmed = _sum(sums, FOR_PRICE)
    both = confirmed + _sum(sums, (base + WAITING for base in FOR_PRICE))
    parts = zip(found, filled(found, confirmed), filled(found, both, confirmed), strict=True)
    return tuple(ChargeLine(f.position, f.label, f.fen, paid, waiting, f.due_on, f.by_loan) for f, paid, waiting in parts)


def falling_due(
    connection: Connection, project: int, until: date, after: tuple[date, int] = FIRST, limit: int = PAGE
) -> tuple[DueLine, ...]:
    """What clients have to pay up to a day and have not, the oldest first; the next page begins after (due_on, charge_id)."""
    filling = _filling(project)
    f = filling.c
    columns = (f.id, f.case_id, cases.c.name, cases.c.state, deals.c.owner_id, f.label, f.fen)
    missing = sa.case((f.through - f.pool < f.fen, f.through - f.pool), else_=f.fen)
    whole = filling.join(cases, cases.c.id == f.case_id).join(deals, deals.c.id == f.case_id)
    place = sa.tuple_(f.due_on, f.id) > sa.tuple_(sa.literal(after[0], sa.Date), sa.literal(after[1], sa.BigInteger))
    wanted = sa.select(*columns, sa.cast(missing, sa.BigInteger), f.due_on).select_from(whole)
    open_ = (f.position >= SLIP, f.by_loan.is_(False), f.due_on <= until, f.through > f.pool, f.fen > 0, place)
    return tuple(DueLine(*row) for row in connection.execute(wanted.where(*open_).order_by(f.due_on, f.id).limit(limit)))


def _stands() -> sa.ColumnElement[bool]:
    back = charges.alias("back")
    return charges.c.reverses.is_(None) & ~sa.exists(sa.select(back.c.id).where(back.c.reverses == charges.c.id))


def _sums(deal: int) -> sa.Select[Any]:
    fen = sa.cast(sa.func.sum(ledger.c.fen), sa.BigInteger)
    return sa.select(ledger.c.account, fen).where(ledger.c.case_id == deal).group_by(ledger.c.account)


def _sum(sums: dict[str, int], names: Iterable[str]) -> int:
    return sum(sums.get(name, 0) for name in names)


def _filling(project: int) -> sa.Subquery:
    """Each standing charge of the project with the sum of charges up to it, and the confirmed money that fills them."""
    c = charges.c
    through = sa.func.sum(c.fen).over(partition_by=c.case_id, order_by=c.position).label("through")
    paid = sa.select(sa.func.coalesce(sa.func.sum(ledger.c.fen), 0))
    pool = paid.where(ledger.c.case_id == c.case_id, ledger.c.account.in_(FOR_PRICE)).scalar_subquery().label("pool")
    columns = (c.id, c.case_id, c.position, c.label, c.fen, c.due_on, c.by_loan, through, pool)
    of_project = sa.select(*columns).join(cases, cases.c.id == c.case_id)
    return of_project.where(cases.c.project_id == project, _stands()).subquery()
