"""Makers of the payments room: receipts, money that stands, a deal or a refund that knows its money."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import parts
from dealflow.features.payments.parts import Agreed, ChosenUnit, Receipt, ReceiptPaper, Refund, RefundCase, Standing
from tests.makers.dossiers import dossier, moment

DEAL, UNIT, REFUND = 1, 11, 61
HOLD_RECEIPT, DEPOSIT_RECEIPT = 101, 102
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
    return ReceiptPaper(receipt.id + 1000, DEAL, receipt.seq, "D-14" if receipt.purpose == "hold_fee" else "D-17", number)


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
