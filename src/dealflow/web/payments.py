"""Acts on a receipt or a refund, from the deal's page: confirm, reverse, correct, pay, sent back. Routes only."""

from collections.abc import Callable, Mapping
from typing import Final

from fastapi import APIRouter, Response

from dealflow.features.payments import queries
from dealflow.features.payments.queries import ReceiptLine, RefundLine
from dealflow.kernel.errors import NotFound
from dealflow.web import deal_money
from dealflow.web.deals import CaseId, carried_out
from dealflow.web.forms import Asking
from dealflow.web.look import Look, look
from dealflow.web.visit import Sent, Visiting

router = APIRouter()
RECEIPT: Final[Mapping[str, Callable[[Look, ReceiptLine], Asking]]] = {
    "clear": deal_money.clear,
    "reverse": deal_money.reverse,
    "correct": deal_money.correct,
}
REFUND: Final[Mapping[str, Callable[[Look, RefundLine], Asking]]] = {"pay": deal_money.pay, "sent_back": deal_money.sent_back}


@router.post("/receipts/{receipt}/{act}")
def on_receipt(v: Visiting, receipt: CaseId, act: str, form: Sent) -> Response:
    """Finance acts on a receipt. Raises NotFound."""
    if act not in RECEIPT:
        raise NotFound("act", act)
    with v.dealflow.reading() as uow:
        k = look(v, uow, queries.receipt_place(uow.connection, receipt).deal_id)
    line = next(r for r in k.receipts if r.id == receipt)
    return carried_out(v, k, RECEIPT[act](k, line), form)


@router.post("/refunds/{refund}/{act}")
def on_refund(v: Visiting, refund: CaseId, act: str, form: Sent) -> Response:
    """Finance acts on a refund. Raises NotFound."""
    if act not in REFUND:
        raise NotFound("act", act)
    with v.dealflow.reading() as uow:
        k = look(v, uow, queries.refund_of(uow.connection, refund).deal_id)
    line = next(r for r in k.refunds if r.id == refund)
    return carried_out(v, k, REFUND[act](k, line), form)
