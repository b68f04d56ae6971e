"""What a dossier may know of a deal's money: receipts, where their money stands, its charges and refund, names for papers.

Parts that begin with the deal answer its refund, filing and handover too: their link `deal` leads to the same rows.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from dealflow.casework.changes import Add, RowChange
from dealflow.casework.parts import CaseKey, Part, Record, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.deals import buyers, deals, plan_lines
from dealflow.db.tables.documents import papers
from dealflow.db.tables.payments import charges, ledger, receipts, refunds
from dealflow.db.tables.staff import people
from dealflow.db.tables.units import units
from dealflow.features.payments.rules import Money, posted


class Receipt(Record, frozen=True):
    """A receipt of the deal."""

    id: int
    case_id: int
    seq: int
    purpose: str
    fen: int
    moved_fen: int
    unit_id: int
    unit_code: str
    method: str
    source_of_funds: str
    cheque_no: str
    cheque_fen: int | None
    reference: str
    payer: str
    payer_document_kind: str
    payer_document: str
    note: str
    collector_id: int
    paid_at: datetime
    cleared: bool
    void: bool
    handed_in_at: datetime | None


class Standing(Record, frozen=True):
    """A sum of one receipt in one account of the deal or of one of its refunds."""

    receipt_id: int
    case_id: int
    account: str
    fen: int


class Agreed(Record, frozen=True):
    """The deposit that the sale was prepared with."""

    id: int
    agreed_deposit_fen: int | None


class PlanLine(Record, frozen=True):
    """A line of the payment plan, from which charges are made."""

    case_id: int
    position: int
    label: str
    amount_fen: int
    due_on: date | None
    by_loan: bool


class ChargeRow(Record, frozen=True):
    """A charge, or the row that takes one back."""

    id: int
    case_id: int
    position: int
    label: str
    fen: int
    due_on: date | None
    by_loan: bool
    reverses: int | None


class CaseState(Record, frozen=True):
    """Where the deal, or its filing, stands."""

    id: int
    state: str


class FilingState(CaseState, frozen=True):
    """Where the deal's filing stands."""


class Buyer(Record, frozen=True):
    """A buyer of the deal."""

    case_id: int
    position: int
    name: str


class ChosenUnit(Record, frozen=True):
    """The unit that receipts name."""

    id: int
    code: str


class Refund(Record, frozen=True):
    """Money on its way back."""

    id: int
    deal_id: int
    purpose: str
    fen: int
    payer: str
    payer_document_kind: str
    payer_document: str
    receipt_id: int
    reason: str
    method: str
    account: str
    received_by: str
    paid_by: int | None
    paid_at: datetime | None


class RefundCase(Record, frozen=True):
    """How far the deal's last refund has come."""

    id: int
    state: str


class ReceiptPaper(Record, frozen=True):
    """A numbered receipt on paper. Its number is known once its step is over."""

    id: int
    of_case: int
    seq: int
    kind: str
    number: str


class SlipPaper(Record, frozen=True):
    """The payment slip that is not void, with what it says."""

    id: int
    facts: str


class Person(Record, frozen=True):
    """Who collected or paid out."""

    id: int
    name: str


def unchanged(found: tuple[Any, ...], _: RowChange, __: Mapping[str, int], ___: int) -> tuple[Any, ...]:
    """A fold for what no step of these rooms changes."""
    return found


def _standing(case: CaseKey) -> sa.Select[Any]:
    fen, place = sa.func.sum(ledger.c.fen), (ledger.c.receipt_id, ledger.c.case_id, ledger.c.account)
    sums = sa.select(*place, sa.cast(fen, sa.BigInteger).label("fen")).group_by(*place)
    return sums.where(ledger.c.deal_id == linked(case, "deal")).having(fen != 0)


def _after_line(found: tuple[Standing, ...], change: RowChange, links: Mapping[str, int], case_id: int) -> tuple[Standing, ...]:
    """The sums once a line is posted, on whichever case of the deal."""
    match change:
        case Add(table, row) if table is ledger and row["deal_id"] == links.get("deal", case_id):
            line = Standing(*(row[f] for f in ("receipt_id", "case_id", "account", "fen")))  # type: ignore[arg-type]
            return tuple(Standing(m.receipt, m.case, m.account, m.fen) for m in posted(money(found), money((line,))))
    return found


def _refund_case(case: CaseKey) -> sa.Select[Any]:
    return sa.select(cases.c.id, cases.c.state).where(cases.c.id == linked(case, "refund"))


def _deal_case(case: CaseKey) -> sa.Select[Any]:
    return sa.select(cases.c.id, cases.c.state).where(cases.c.id == linked(case, "deal"))


def _filing_case(case: CaseKey) -> sa.Select[Any]:
    return sa.select(cases.c.id, cases.c.state).where(cases.c.id == linked(case, "filing"))


def _receipt_papers(case: CaseKey) -> sa.Select[Any]:
    columns = (papers.c.id, papers.c.of_case, papers.c.seq, papers.c.kind, papers.c.number)
    return sa.select(*columns).where(papers.c.of_case == linked(case, "deal"), papers.c.kind.in_(tuple(PAPER_OF.values())))


def _slip_paper(case: CaseKey) -> sa.Select[Any]:
    stands = (papers.c.of_case == linked(case, "deal"), papers.c.kind == "D-23", papers.c.voided_at.is_(None))
    return sa.select(papers.c.id, papers.c.facts).where(*stands)


def _people(case: CaseKey) -> sa.Select[Any]:
    deal = linked(case, "deal")
    collectors = sa.select(receipts.c.collector_id).where(receipts.c.case_id == deal)
    payers_out = sa.select(refunds.c.paid_by).where(refunds.c.deal_id == deal, refunds.c.paid_by.is_not(None))
    return sa.select(people.c.id, people.c.name).where(people.c.id.in_(collectors) | people.c.id.in_(payers_out))


PAPER_OF: Final = {"hold_fee": "D-14", "deposit": "D-17", "price": "D-24"}  # the paper on which a receipt is issued

RECEIPTS = rows_of(Receipt, receipts, link="deal")
STANDING: Part[Standing] = part(Standing, _standing, fold=_after_line, of="deal")
AGREED = rows_of(Agreed, deals, by="id", link="deal")
PLAN = rows_of(PlanLine, plan_lines)
CHARGES = rows_of(ChargeRow, charges, link="deal", of="deal")
DEAL_CASE: Part[CaseState] = part(CaseState, _deal_case, fold=unchanged, of="deal")
FILING_CASE: Part[FilingState] = part(FilingState, _filing_case, fold=unchanged)
BUYERS = rows_of(Buyer, buyers)
UNIT = rows_of(ChosenUnit, units, by="id", link="unit")
REFUND = rows_of(Refund, refunds, by="id", link="refund")
REFUND_CASE: Part[RefundCase] = part(RefundCase, _refund_case, fold=unchanged)
RECEIPT_PAPERS: Part[ReceiptPaper] = part(ReceiptPaper, _receipt_papers, fold=unchanged)
SLIP_PAPER: Part[SlipPaper] = part(SlipPaper, _slip_paper, fold=unchanged)
PEOPLE: Part[Person] = part(Person, _people, fold=unchanged)


def money(found: Iterable[Standing]) -> tuple[Money, ...]:
    """The sums as plain values for the rules, in one order whatever the database gave."""
    return tuple(
        sorted((Money(s.case_id, s.account, s.receipt_id, s.fen) for s in found), key=lambda m: (m.receipt, m.case, m.account))
    )
