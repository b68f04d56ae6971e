"""What people do with money: take a hold fee, a deposit or the price, confirm, reverse or correct a receipt, pay a refund."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from dealflow.casework.advance import advance
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.inputs import Key, Local, Secret, Words, Yuan, answers_of, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.payments import queries

book = UseCases("payments")

Method = Literal["cash", "pos", "transfer", "cheque", "scan", ""]  # nothing chosen is refused by the step, with its rule


@asked
class Payer:
    """Who pays, with the document he shows."""

    name: Secret = ""
    document_kind: Words = "id_card"
    document: Secret = ""


@asked
class ReceiptFields:
    """What every receipt states (R-DEP-06, R-DEP-07). `capitals`, if given, must agree with the amount."""

    amount: Yuan
    payer: Payer
    method: Method = ""
    source_of_funds: Words = ""
    cheque_no: Words = ""
    cheque_amount: Yuan | None = None
    reference: Words = ""
    note: Words = ""
    capitals: Words = ""
    at: Local | None = None


@asked
class TakeHoldFee(ReceiptFields):
    """The hold fee for one unit (R-HLD-07)."""

    deal: Key
    unit: Key


@asked
class TakeDeposit(ReceiptFields):
    """The deposit or a part of it; its unit is the deal's."""

    deal: Key


@asked
class TakePrice(ReceiptFields):
    """Money for the price, after the signed slip (R-PAY-07, R-PAY-08); its unit is the deal's."""

    deal: Key


@asked
class ClearReceipt:
    """The receipt whose money the bank's statement shows."""

    receipt: Key
    note: Words = ""
    at: Local | None = None


@asked
class ReverseReceipt:
    """The receipt whose money never came or was not this deal's, and why."""

    receipt: Key
    reason: Words = ""
    at: Local | None = None


@asked
class CorrectReceipt(ReceiptFields):
    """The wrong receipt, why it is wrong, and everything the right one states."""

    receipt: Key
    reason: Words = ""


@asked
class PayRefund:
    """The refund, who received the money and how; by transfer, on which account."""

    refund: Key
    received_by: Secret = ""
    method: Method = ""
    account: Secret = ""
    at: Local | None = None


@book.use_case(zh="收封号费", en="Take hold fee", raises=(("deal", "take_hold"),))
def take_hold_fee(uow: UnitOfWork, command: Command, asked: TakeHoldFee) -> Answer:
    """Take the hold fee for one unit: the unit is held, the receipt and the hold confirmation are issued."""
    answers = answers_of(asked, "deal", "unit", "at")
    return advance(uow, _at(command, asked.at), CaseRef("deal", asked.deal), "take_hold", answers, links={"unit": asked.unit})


@book.use_case(zh="收定金", en="Take deposit", raises=(("deal", "take_deposit"),))
def take_deposit(uow: UnitOfWork, command: Command, asked: TakeDeposit) -> Answer:
    """Take the deposit or a part of it; a hold fee goes into it."""
    answers = answers_of(asked, "deal", "at")
    return advance(uow, _at(command, asked.at), CaseRef("deal", asked.deal), "take_deposit", answers)


@book.use_case(zh="收房款", en="Take price money", raises=(("deal", "receive"),))
def take_price(uow: UnitOfWork, command: Command, asked: TakePrice) -> Answer:
    """Take the first instalment, a further one or a part; more than is due is prepayment."""
    answers = answers_of(asked, "deal", "at")
    return advance(uow, _at(command, asked.at), CaseRef("deal", asked.deal), "receive", answers)


@book.use_case(zh="确认到账", en="Clear receipt", raises=(("deal", "clear_receipt"),))
def clear_receipt(uow: UnitOfWork, command: Command, asked: ClearReceipt) -> Answer:
    """Confirm that the money of a cheque or transfer is on the account."""
    place = queries.receipt_place(uow.connection, asked.receipt)
    return advance(uow, _at(command, asked.at), CaseRef("deal", place.deal_id), "clear_receipt", answers_of(asked, "at"))


@book.use_case(zh="红冲收据", en="Reverse receipt", raises=(("deal", "reverse_receipt"),))
def reverse_receipt(uow: UnitOfWork, command: Command, asked: ReverseReceipt) -> Answer:
    """Make a receipt void and take its money out of the ledger; the deal goes back as far as its money does."""
    return _on_receipt(uow, _at(command, asked.at), asked.receipt, "reverse_receipt", answers_of(asked, "at"))


@book.use_case(zh="更正收据", en="Correct receipt", raises=(("deal", "correct_receipt"),))
def correct_receipt(uow: UnitOfWork, command: Command, asked: CorrectReceipt) -> Answer:
    """Make a receipt void and issue the right one in its place, in one step."""
    return _on_receipt(uow, _at(command, asked.at), asked.receipt, "correct_receipt", answers_of(asked, "at"))


@book.use_case(zh="支付退款", en="Pay refund", raises=(("refund", "pay"),))
def pay_refund(uow: UnitOfWork, command: Command, asked: PayRefund) -> Answer:
    """Pay a refund to the one who had paid; the voucher is issued."""
    return advance(uow, _at(command, asked.at), CaseRef("refund", asked.refund), "pay", answers_of(asked, "refund", "at"))


def _on_receipt(uow: UnitOfWork, command: Command, receipt: int, event: str, answers: dict[str, object]) -> Answer:
    """A step that voids the paper of a receipt: the paper, and the refund that may hold the money, go along as links."""
    place = queries.receipt_place(uow.connection, receipt)
    found = {"receipt_paper": place.paper_id, "refund": place.refund_id}
    links = {name: case for name, case in found.items() if case is not None}
    return advance(uow, command, CaseRef("deal", place.deal_id), event, answers, links=links)


def _at(command: Command, at: datetime | None) -> Command:
    return command if at is None else replace(command, at=at)
