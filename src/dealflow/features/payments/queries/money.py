"""Reads of money that is there: ledger and balance of a deal, receipts, refunds, what is uncleared."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.db.tables.casework import cases, deadlines
from dealflow.db.tables.documents import papers
from dealflow.db.tables.payments import ledger, receipts, refunds
from dealflow.db.tables.staff import people
from dealflow.features.payments.parts import PAPER_OF
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import NotFound

PAGE = 50
FIRST = (datetime(1970, 1, 1, tzinfo=PROJECT_ZONE), 0)  # before every row: where a list begins
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of a deal's ledger. `number` is that of the receipt by which the money came."""

    id: int
    case_id: int
    account: str
    kind: str
    fen: int
    receipt_id: int
    number: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on a deal, and what of its money lies on refunds that are not paid yet. In fen."""

    hold: int = 0
    hold_uncleared: int = 0
    deposit: int = 0
    deposit_uncleared: int = 0
    refunding: int = 0
    price_deposit: int = 0
    price_deposit_uncleared: int = 0
    price: int = 0
    price_uncleared: int = 0
    prepayment: int = 0
    prepayment_uncleared: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt as lists show it. Names are whole: the door masks them for whom they do not concern."""

    id: int
    deal_id: int
    deal_name: str
    number: str
    paper_id: int
    purpose: str
    fen: int
    moved_fen: int
    unit_code: str
    method: str
    payer: str
    collector_id: int
    collector: str
    paid_at: datetime
    cleared: bool
    void: bool
    replaces: int | None
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A refund as lists show it. `due_at` is when it must be paid, while it waits."""

    id: int
    deal_id: int
    name: str
    state: str
    purpose: str
    fen: int
    payer: str
    unit_code: str
    reason: str
    opened_at: datetime
    due_at: datetime | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReceiptPlace:
    """Where a receipt belongs: its deal, the paper it was issued on, and the last refund that was opened for its money."""

    deal_id: int
    paper_id: int | None
    refund_id: int | None


_on_paper = sa.and_(
    papers.c.of_case == receipts.c.case_id,
    papers.c.seq == receipts.c.seq,
    papers.c.kind == sa.case(PAPER_OF, value=receipts.c.purpose),
)


def receipt_place(connection: Connection, receipt: int) -> ReceiptPlace:
    """The deal, the paper and the last refund of a receipt. Raises NotFound."""
    opened = sa.select(refunds.c.id).join(cases, cases.c.id == refunds.c.id).where(refunds.c.receipt_id == receipts.c.id)
    last = opened.order_by(cases.c.opened_at.desc(), refunds.c.id).limit(1).correlate(receipts).scalar_subquery()
    found = sa.select(receipts.c.case_id, papers.c.id, last).select_from(receipts.outerjoin(papers, _on_paper))
    row = connection.execute(found.where(receipts.c.id == receipt)).one_or_none()
    if row is None:
        raise NotFound("receipt", receipt)
    return ReceiptPlace(row[0], row[1], row[2])


def ledger_of(connection: Connection, deal: int) -> tuple[LedgerLine, ...]:
    """Every line of the deal's money, on the deal and on its refunds, in the order of posting."""
    line, number = ledger.c, sa.func.coalesce(papers.c.number, "")
    whole = ledger.outerjoin(receipts, receipts.c.id == line.receipt_id).outerjoin(papers, _on_paper)
    columns = (line.id, line.case_id, line.account, line.kind, line.fen, line.receipt_id, number, line.reason, line.at)
    own = sa.case((line.posted_by == deal, 0), else_=1)  # at one moment the deal's own steps come before those of its refunds
    order = (line.at, own, line.seq, line.fen, line.id)
    rows = connection.execute(sa.select(*columns).select_from(whole).where(line.deal_id == deal).order_by(*order))
    return tuple(LedgerLine(*row) for row in rows)


def balance_of(connection: Connection, deal: int) -> Balance:
    """What stands on the deal by account, and on its refunds together."""
    place = sa.case((ledger.c.case_id == deal, ledger.c.account), else_="refunding").label("place")
    sums = sa.select(place, sa.cast(sa.func.sum(ledger.c.fen), sa.BigInteger)).where(ledger.c.deal_id == deal).group_by(place)
    known = {name: int(fen) for name, fen in connection.execute(sums)}
    return Balance(**known)


def _receipt_lines() -> sa.Select[Any]:
    r = receipts.c
    whole = (
        receipts.join(cases, cases.c.id == r.case_id)
        .outerjoin(papers, _on_paper)
        .outerjoin(people, people.c.id == r.collector_id)
    )
    return sa.select(
        r.id,
        r.case_id,
        cases.c.name,
        sa.func.coalesce(papers.c.number, ""),
        sa.func.coalesce(papers.c.id, 0),
        r.purpose,
        r.fen,
        r.moved_fen,
        r.unit_code,
        r.method,
        r.payer,
        r.collector_id,
        sa.func.coalesce(people.c.name, ""),
        r.paid_at,
        r.cleared,
        r.void,
        r.replaces,
        r.handed_in_at,
    ).select_from(whole)


def _lines(connection: Connection, wanted: sa.Select[Any]) -> tuple[ReceiptLine, ...]:
    return tuple(ReceiptLine(*row) for row in connection.execute(wanted))


def receipts_of(connection: Connection, deal: int) -> tuple[ReceiptLine, ...]:
    """The deal's receipts, void ones too, the newest first."""
    return _lines(connection, _receipt_lines().where(receipts.c.case_id == deal).order_by(receipts.c.seq.desc()))


def receipts_by(connection: Connection, collector: int, day: date) -> tuple[ReceiptLine, ...]:
    """What a person collected on a day of the project's zone, in the order of payment."""
    since = datetime.combine(day, time.min, PROJECT_ZONE)
    on_day = (receipts.c.paid_at >= since, receipts.c.paid_at < since + timedelta(days=1))
    wanted = _receipt_lines().where(receipts.c.collector_id == collector, *on_day)
    return _lines(connection, wanted.order_by(receipts.c.paid_at, receipts.c.id))


def uncleared(connection: Connection, project: int, after: Place = FIRST, limit: int = PAGE) -> tuple[ReceiptLine, ...]:
    """Receipts that await the bank's confirmation, the oldest first; the next page begins after (paid_at, id)."""
    waits = (cases.c.project_id == project, receipts.c.cleared.is_(False), receipts.c.void.is_(False))
    place = sa.tuple_(receipts.c.paid_at, receipts.c.id) > sa.tuple_(*_place(receipts.c.paid_at, after))
    return _lines(connection, _receipt_lines().where(*waits, place).order_by(receipts.c.paid_at, receipts.c.id).limit(limit))


def _place(column: sa.Column[datetime], after: Place) -> tuple[sa.ColumnElement[datetime], sa.ColumnElement[int]]:
    return sa.literal(after[0], column.type), sa.literal(after[1], sa.BigInteger)


def _refund_lines() -> sa.Select[Any]:
    r, payout = refunds.c, sa.and_(deadlines.c.case_id == refunds.c.id, deadlines.c.clock == "payout", deadlines.c.open)
    due = deadlines.c.due_at
    columns = (
        r.id,
        r.deal_id,
        cases.c.name,
        cases.c.state,
        r.purpose,
        r.fen,
        r.payer,
        r.unit_code,
        r.reason,
        cases.c.opened_at,
        due,
        r.paid_at,
    )
    return sa.select(*columns).select_from(refunds.join(cases, cases.c.id == r.id).outerjoin(deadlines, payout))


def _refunds(connection: Connection, wanted: sa.Select[Any]) -> tuple[RefundLine, ...]:
    return tuple(RefundLine(*row) for row in connection.execute(wanted))


def refunds_of(connection: Connection, deal: int) -> tuple[RefundLine, ...]:
    """All refunds of a deal, in the order of opening."""
    return _refunds(connection, _refund_lines().where(refunds.c.deal_id == deal).order_by(cases.c.opened_at, refunds.c.id))


def refund_of(connection: Connection, refund: int) -> RefundLine:
    """One refund. Raises NotFound."""
    found = _refunds(connection, _refund_lines().where(refunds.c.id == refund))
    if not found:
        raise NotFound("refund", refund)
    return found[0]


def open_refunds(connection: Connection, project: int, after: Place = FIRST, limit: int = PAGE) -> tuple[RefundLine, ...]:
    """Refunds that wait to be paid, the oldest first; the next page begins after (opened_at, id)."""
    place = sa.tuple_(cases.c.opened_at, refunds.c.id) > sa.tuple_(*_place(cases.c.opened_at, after))
    wanted = _refund_lines().where(cases.c.project_id == project, cases.c.state == "approved", place)
    return _refunds(connection, wanted.order_by(cases.c.opened_at, refunds.c.id).limit(limit))
