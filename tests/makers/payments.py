"""Makers of the payments room: receipts, money that stands, a deal or a refund that knows its money."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import parts
from dealflow.features.payments.parts import (
    Agreed,
    CaseState,
    ChargeRow,
    ChosenUnit,
    FilingState,
    PlanLine,
    Receipt,
    ReceiptPaper,
    Refund,
    RefundCase,
    Standing,
)
from dealflow.features.payments.rules import charging
from dealflow.features.payments.rules.charging import Line
from tests.makers.dossiers import dossier, moment

DEAL, UNIT, REFUND = 1, 11, 61
HOLD_RECEIPT, DEPOSIT_RECEIPT, PRICE_RECEIPT = 101, 102, 103
PAYER = {"name": "陈静", "document_kind": "id_card", "document": "449900199003070013"}
CASH = {"amount": 50_000, "payer": PAYER, "method": "cash", "source_of_funds": "自有资金"}
CHEQUE = {**CASH, "method": "cheque", "cheque_no": "30206610", "cheque_amount": 50_000}


def make_receipt(id: int = HOLD_RECEIPT, purpose: str = "hold_fee", fen: int = 50_000, **other: Any) -> Receipt:
    """A receipt in cash that stands; the hold fee's is from event 2."""
    plain = Receipt(
        id=id,
        case_id=DEAL,
        seq=2 if purpose == "hold_fee" else 3,
        purpose=purpose,
        fen=fen,
        moved_fen=0,
        unit_id=UNIT,
        unit_code="1-1201",
        method="cash",
        source_of_funds="自有资金",
        cheque_no="",
        cheque_fen=None,
        reference="",
        payer="陈静",
        payer_document_kind="id_card",
        payer_document="449900199003070013",
        note="",
        collector_id=21,
        paid_at=moment("2025-03-03 15:20"),
        cleared=True,
        void=False,
        handed_in_at=moment("2025-03-03 15:20"),
    )
    return replace(plain, **other)


def on(account: str, fen: int, receipt: int = HOLD_RECEIPT, case: int = DEAL) -> Standing:
    """Money of a receipt in an account."""
    return Standing(receipt, case, account, fen)


def make_refund(**other: Any) -> Refund:
    """The refund of a hold fee, not paid yet."""
    plain = Refund(
        id=REFUND,
        deal_id=DEAL,
        purpose="hold_fee",
        fen=50_000,
        payer="陈静",
        payer_document_kind="id_card",
        payer_document="449900199003070013",
        receipt_id=HOLD_RECEIPT,
        reason="封号期满，未认购",
        method="",
        account="",
        received_by="",
        paid_by=None,
        paid_at=None,
    )
    return replace(plain, **other)


def paper(receipt: Receipt, number: str = "YH-D14-25-000001") -> ReceiptPaper:
    """The paper of a receipt."""
    return ReceiptPaper(receipt.id + 1000, DEAL, receipt.seq, parts.PAPER_OF[receipt.purpose], number)


def money_rows(
    receipts: Iterable[Receipt] = (),
    standing: Iterable[Standing] = (),
    agreed: int | None = 1_000_000,
    refund: Refund | None = None,
    refund_state: str = "",
) -> dict[Any, Iterable[Any]]:
    """The rows of every part of this room."""
    receipts = tuple(receipts)
    return {
        parts.RECEIPTS: receipts,
        parts.STANDING: standing,
        parts.AGREED: [Agreed(DEAL, agreed)],
        parts.UNIT: [ChosenUnit(UNIT, "1-1201")],
        parts.REFUND: [refund] if refund else [],
        parts.REFUND_CASE: [RefundCase(REFUND, refund_state)] if refund_state else [],
        parts.RECEIPT_PAPERS: [paper(r) for r in receipts],
    }


def deal(
    state: str = "reserved",
    receipts: Iterable[Receipt] = (),
    standing: Iterable[Standing] = (),
    *,
    agreed: int | None = 1_000_000,
    refund: Refund | None = None,
    refund_state: str = "",
    links: Mapping[str, int] | None = None,
    **other: Any,
) -> Dossier:
    """A deal with its money; its unit is chosen."""
    rows = money_rows(receipts, standing, agreed, refund, refund_state)
    return dossier("deal", state, id=DEAL, rows=rows, links={"unit": UNIT, **(links or {})}, **other)


def refund_case(state: str = "approved", standing: Iterable[Standing] | None = None, **other: Any) -> Dossier:
    """The refund of the deal's hold fee; by default its money is there."""
    money = (on("hold", 50_000, case=REFUND),) if standing is None else standing
    rows = money_rows([make_receipt()], money, refund=other.pop("refund", make_refund()))
    return dossier("refund", state, id=REFUND, seq=1, rows=rows, links={"deal": DEAL, "unit": UNIT}, **other)


# ---- a deal whose slip is signed: 10,000 deposit, 300,000 at once, 200,000 in May, 480,000 in June
PLAN = (
    Line("首付款", 30_000_000, date(2025, 3, 10), False),
    Line("二期款", 20_000_000, date(2025, 5, 1), False),
    Line("尾款", 48_000_000, date(2025, 6, 1), False),
)


def plan_rows(lines: Iterable[Line] = PLAN) -> list[PlanLine]:
    """The plan as it is on record."""
    return [PlanLine(DEAL, at, line.label, line.fen, line.due_on, line.by_loan) for at, line in enumerate(lines, 1)]


def charge_rows(lines: Iterable[Line] = PLAN, deposit: int = 1_000_000) -> list[ChargeRow]:
    """The charges that a signed slip made of a plan."""
    made = charging.charged(tuple(lines), deposit, date(2025, 3, 10))
    return [ChargeRow(200 + c.position, DEAL, c.position, c.label, c.fen, c.due_on, c.by_loan, None) for c in made]


def deposit_receipt(fen: int = 1_000_000, **other: Any) -> Receipt:
    """The deposit in one receipt."""
    return make_receipt(DEPOSIT_RECEIPT, "deposit", fen, **other)


def price_receipt(fen: int = 29_000_000, id: int = PRICE_RECEIPT, **other: Any) -> Receipt:
    """A receipt for the price."""
    return make_receipt(id, "price", fen, **{"seq": id - 98, **other})


def sold(
    state: str = "slip_signed",
    price: Iterable[Receipt] = (),
    standing: Iterable[Standing] = (),
    *,
    charges: Iterable[ChargeRow] | None = None,
    filing: str = "",
    deposit: Standing | None = None,
    **other: Any,
) -> Dossier:
    """A deal whose deposit is allocated to the price, with the charges of its plan and what was paid since."""
    there = (deposit or on("price_deposit", 1_000_000, DEPOSIT_RECEIPT), *standing)
    rows = money_rows([deposit_receipt(), *price], there)
    rows[parts.PLAN] = plan_rows()
    rows[parts.CHARGES] = charge_rows() if charges is None else charges
    rows[parts.FILING_CASE] = [FilingState(71, filing)] if filing else []
    return dossier("deal", state, id=DEAL, seq=9, rows=rows, links={"unit": UNIT, **other.pop("links", {})}, **other)


def beside(state: str, standing: Iterable[Standing] = (), kind: str = "handover") -> Dossier:
    """A case beside a sold deal in a state, such as its filing or handover: it reads the deal's money through its link."""
    rows = money_rows([deposit_receipt()], (on("price_deposit", 1_000_000, DEPOSIT_RECEIPT), *standing))
    rows[parts.CHARGES] = charge_rows()
    rows[parts.DEAL_CASE] = [CaseState(DEAL, state)]
    return dossier(kind, "papers_shown", id=81, rows=rows, links={"deal": DEAL})
