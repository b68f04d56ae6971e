"""Receipts, refunds and the other steps at the pages' door; and that no form of any state ends in a failure."""

import pytest

from dealflow.features.payments import queries as payments
from dealflow.web.asks import ASKS
from tests.makers.office import Office
from tests.web.conftest import Readers, codes


def test_finance_pays_a_refund_to_the_one_who_paid(office: Office, readers: Readers) -> None:
    deal = office.held().case
    office.step(deal, "release_hold", "A", reason="客户放弃")
    refund = refund_of(office, deal)
    status, page = readers("F").send(f"/refunds/{refund}/pay", received_by="李明", method="cash")
    assert (status, codes(page)) == (409, ["payments.refund_to_payer"])
    assert readers("F").send(f"/refunds/{refund}/pay", received_by="陈静", method="cash")[0] == 303
    assert "已付" in readers("F").get(f"/deals/{deal}")


def test_a_payment_that_the_bank_sends_back_is_to_be_paid_again(office: Office, readers: Readers) -> None:
    deal = office.held().case
    office.step(deal, "release_hold", "A", reason="客户放弃")
    refund = refund_of(office, deal)
    readers("F").send(f"/refunds/{refund}/pay", received_by="陈静", method="transfer", account="6222 0000")
    assert readers("F").send(f"/refunds/{refund}/sent_back", key="another-key", reason="账号有误")[0] == 303
    assert "待付" in readers("F").get(f"/deals/{deal}")


def test_finance_confirms_a_transfer_and_the_deposit_counts(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "20000.00", method="transfer")
    assert "待到账" in readers("F").get(f"/deals/{deal}")
    assert readers("F").send(f"/receipts/{receipt_of(office, deal)}/clear")[0] == 303
    assert office.state(deal) == "deposit_full"


def test_a_receipt_is_reversed_with_a_reason_only(office: Office, readers: Readers) -> None:
    deal = office.held().case
    receipt = receipt_of(office, deal)
    status, page = readers("F").send(f"/receipts/{receipt}/reverse")
    assert (status, codes(page)) == (409, ["deals.reason_missing"])
    assert readers("F").send(f"/receipts/{receipt}/reverse", reason="款项未到")[0] == 303
    assert office.state(deal) == "tracked"
    assert "已作废" in readers("F").get(f"/deals/{deal}")


def test_a_corrected_receipt_takes_the_place_of_the_wrong_one(office: Office, readers: Readers) -> None:
    deal = office.held().case
    right = {"reason": "交款人写错", "amount": "500", "method": "pos", "source_of_funds": "自有资金"}
    payer = {"payer.name": "陈静", "payer.document_kind": "id_card", "payer.document": str(office.world.value("id1"))}
    assert readers("F").send(f"/receipts/{receipt_of(office, deal)}/correct", **right, **payer)[0] == 303
    page = readers("F").get(f"/deals/{deal}")
    assert "已作废" in page
    assert "JY-D14-2500002" in page


def test_a_salesperson_acts_on_no_receipt(office: Office, readers: Readers) -> None:
    deal = office.held().case
    assert readers("A").send(f"/receipts/{receipt_of(office, deal)}/reverse", reason="x")[0] == 403
    assert "红冲" not in readers("A").get(f"/deals/{deal}")


@pytest.mark.parametrize("state", ["new_visit", "tracked", "reserved", "deposit_part", "deposit_full", "lost", "lapsed"])
def test_every_form_sent_empty_in_every_state_is_answered(office: Office, readers: Readers, state: str) -> None:
    deal = standing(office, state)
    assert office.state(deal) == state
    answers = {
        (letter, event): readers(letter).send(f"/deals/{deal}/steps/{event}", confirmed="")[0]
        for letter in "AFMB"
        for event in ASKS
    }
    assert max(answers.values()) < 500, answers


def standing(office: Office, state: str) -> int:
    """A deal in a state."""
    if state in ("new_visit", "lapsed"):
        deal = office.visit()
        if state == "lapsed":
            office.pass_time("8d")
        return deal
    if state == "reserved":
        return office.held().case
    deal = office.tracked()
    if state == "lost":
        office.step(deal, "lose", "A", reason="price")
    if state in ("deposit_part", "deposit_full"):
        office.prepared(deal, "1-1201")
        office.deposit(deal, "20000.00" if state == "deposit_full" else "6000.00")
    return deal


def receipt_of(office: Office, deal: int) -> int:
    """The newest receipt of a deal."""
    with office.dealflow.reading() as uow:
        return payments.receipts_of(uow.connection, deal)[0].id


def refund_of(office: Office, deal: int) -> int:
    """The newest refund of a deal."""
    with office.dealflow.reading() as uow:
        return payments.refunds_of(uow.connection, deal)[-1].id
