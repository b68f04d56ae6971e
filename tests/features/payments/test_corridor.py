"""Money through the shipped workflows: a hold, its end, a deposit in parts, cheques that come and bounce, refunds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dealflow.casework.command import CaseRef
from dealflow.db.tables.casework import events
from dealflow.features.payments.queries import Balance
from dealflow.kernel.errors import Forbidden, Refused
from tests.features.payments.office import PAYER, UNIT, Office, cash, cheque, opened
from tests.makers.dossiers import FINANCE, MANAGER, SALESPERSON


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found
        assert found.money_faults() == []  # whatever the test did, history, money and papers agree


@pytest.fixture
def refunding(tmp_path: Path) -> Iterator[Office]:
    """The office that pays the hold fee back on purchase (C-19, the alternative)."""
    with opened(tmp_path, {"hold.on_conversion": "refund"}) as found:
        yield found
        assert found.money_faults() == []


# ---- the hold
def test_five_hundred_hold_the_unit(office: Office) -> None:
    """E-073, R-HLD-01, R-HLD-07."""
    office.hold()
    assert (office.state(), office.state(UNIT), office.balance()) == ("reserved", "held", Balance(hold=50_000))
    (receipt,) = office.papers("D-14")
    assert all(word in receipt for word in ("1-1201", "50000", "现金", "自有资金", "2025-03-06T07:20:00Z"))


def test_three_hundred_are_refused(office: Office) -> None:
    """E-074."""
    with pytest.raises(Refused) as no:
        office.hold(amount="300.00")
    assert (no.value.codes, no.value.rules) == ({"payments.amount_not"}, {"R-HLD-01"})


def test_an_undesignated_salesperson_collects_nothing(office: Office) -> None:
    """E-086, R-DEP-04."""
    with pytest.raises(Forbidden) as no:
        office.deposit("10000.00", actor=SALESPERSON)
    assert no.value.rules == {"R-DEP-04"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"source_of_funds": ""}, "payments.source_missing"),
        ({**cheque("500.00"), "cheque_no": ""}, "payments.cheque_number_missing"),
        ({"capitals": "伍仟元整"}, "payments.capitals_differ"),
    ],
)
def test_an_incomplete_receipt_is_refused(office: Office, fields: dict[str, str], code: str) -> None:
    """E-089, E-090, R-DEP-06, R-DEP-07."""
    with pytest.raises(Refused) as no:
        office.hold(**fields)
    assert no.value.codes == {code}


def test_the_end_of_the_hold_sends_the_fee_back_in_full(office: Office) -> None:
    """E-077, R-HLD-04, R-HLD-05."""
    office.hold()
    office.clock.set("2025-03-06 15:20:01")
    office.fires("hold_expired")
    (refund,) = office.refunds()
    assert (office.state(), office.state(UNIT), office.balance()) == ("tracked", "for_sale", Balance(refunding=50_000))
    office.do("pay_refund", refund=refund.id, received_by="陈静", method="cash")
    assert (office.state(refund.id), office.balance()) == ("paid", Balance())
    (voucher,) = office.papers("D-16")
    assert '"receipt_number":"YH-D14-2500001"' in voucher
    assert "封号期满" in voucher


def test_money_goes_back_to_nobody_else(office: Office) -> None:
    """Lifecycle 4."""
    office.hold()
    office.fires("hold_expired")
    with pytest.raises(Refused) as no:
        office.do("pay_refund", refund=office.refunds()[0].id, received_by="周强", method="cash")
    assert no.value.codes == {"payments.refund_to_payer"}


def test_a_refund_the_bank_sends_back_is_paid_again(office: Office) -> None:
    """Lifecycle 4: paid → approved."""
    office.hold()
    office.fires("hold_expired")
    refund = office.refunds()[0].id
    transfer = {"refund": refund, "received_by": "陈静", "method": "transfer", "account": "6222 0000"}
    office.do("pay_refund", **transfer)
    office.clock.move(days=1)
    office.do_refund_back(refund)
    assert (office.state(refund), office.balance()) == ("approved", Balance(refunding=50_000))
    office.do("pay_refund", **transfer)
    assert (office.state(refund), office.balance()) == ("paid", Balance())


# ---- the deposit
def test_hold_fee_and_cash_complete_the_deposit_in_one_step(office: Office) -> None:
    """C-19, lifecycle rows 10, 11."""
    office.hold()
    office.deposit("9500.00")
    assert (office.state(), office.state(UNIT), office.balance()) == ("deposit_full", "deposit", Balance(deposit=1_000_000))
    (receipt,) = office.papers("D-17")
    assert all(
        told in receipt for told in ('"moved":50000', '"total":1000000', '"missing":0', '"moved_receipt":"YH-D14-2500001"')
    )
    assert office.papers("D-19") == []


def test_a_part_asks_for_the_rest_within_24_hours(office: Office) -> None:
    """E-085, R-DEP-05."""
    office.clock.set("2025-03-03 16:00")
    office.deposit("4000.00")
    (notice,) = office.papers("D-19")
    assert office.state() == "deposit_part"
    assert all(
        told in notice for told in ('"missing":600000', '"until":"2025-03-04T08:00:00Z"', '"first_paid":"2025-03-03T08:00:00Z"')
    )
    office.clock.set("2025-03-04 15:59")
    office.deposit("6000.00")
    assert office.state() == "deposit_full"


def test_a_deposit_before_the_payout_takes_the_fee_back(office: Office) -> None:
    """Lifecycle row 9."""
    office.hold()
    office.fires("hold_expired")
    (refund,) = office.refunds()
    office.deposit("9500.00")
    assert (office.state(), office.state(refund.id), office.balance()) == (
        "deposit_full",
        "withdrawn",
        Balance(deposit=1_000_000),
    )


def test_on_purchase_the_fee_may_go_back_instead(refunding: Office) -> None:
    """C-19, the alternative."""
    refunding.hold()
    refunding.deposit("10000.00")
    assert (refunding.state(), refunding.balance()) == ("deposit_full", Balance(deposit=1_000_000, refunding=50_000))


def test_a_cheque_completes_the_deposit_when_the_bank_shows_it(office: Office) -> None:
    """Lifecycle rows 30b, 11."""
    office.deposit(**cheque("10000.00"))
    assert (office.state(), office.balance()) == ("deposit_part", Balance(deposit_uncleared=1_000_000))
    office.do("clear_receipt", receipt=office.receipts()[0].id)
    assert (office.state(), office.balance()) == ("deposit_full", Balance(deposit=1_000_000))


def test_a_cheque_for_the_hold_is_paid_back_only_once_confirmed(office: Office) -> None:
    """Domain facts 3.3."""
    office.hold(**cheque("500.00"))
    office.fires("hold_expired")
    refund = office.refunds()[0].id
    with pytest.raises(Refused) as no:
        office.do("pay_refund", refund=refund, received_by="陈静", method="cash")
    assert no.value.codes == {"payments.refund_uncleared"}
    office.do("clear_receipt", receipt=office.receipts()[0].id)
    office.do("pay_refund", refund=refund, received_by="陈静", method="cash")
    assert office.state(refund) == "paid"


# ---- receipts are reversed and corrected
def test_a_bounced_part_leaves_the_deposit_short(office: Office) -> None:
    """Lifecycle rows 30c, 11a."""
    office.deposit("4000.00")
    office.deposit("6000.00")
    office.do("reverse_receipt", receipt=office.receipts()[1].id, reason="退票")
    assert (office.state(), office.balance()) == ("deposit_part", Balance(deposit=400_000))
    assert office.paper_states("D-17") == ["issued", "void"]


def test_a_bounced_deposit_within_the_hold_leaves_the_hold(office: Office) -> None:
    """Lifecycle row 11b: the former due moment is not past."""
    office.hold()
    office.clock.move(hours=1)
    office.deposit("9500.00")
    office.do("reverse_receipt", receipt=office.receipts()[1].id, reason="退票")
    assert (office.state(), office.state(UNIT), office.balance()) == ("reserved", "held", Balance(hold=50_000))


def test_a_bounced_deposit_after_the_hold_frees_the_unit_and_refunds_the_fee(office: Office) -> None:
    """Lifecycle row 11b: after the hold's end a moved fee goes to a refund case."""
    office.hold()
    office.deposit("9500.00")
    office.clock.set("2025-03-06 15:20:01")
    office.do("reverse_receipt", receipt=office.receipts()[1].id, reason="退票")
    assert (office.state(), office.state(UNIT), office.balance()) == ("tracked", "for_sale", Balance(refunding=50_000))


def test_a_hold_given_up_does_not_come_back_with_its_fee(office: Office) -> None:
    """Lifecycle rows 9, 11b: released early, taken back by a deposit, which then bounces before the hold would have ended."""
    office.hold()
    office.step("release_hold", SALESPERSON, reason="家人不同意")
    office.deposit("9500.00")
    office.do("reverse_receipt", receipt=office.receipts()[1].id, reason="退票")
    assert (office.state(), office.state(UNIT), office.balance()) == ("tracked", "for_sale", Balance(refunding=50_000))
    assert [r.state for r in office.refunds()] == ["withdrawn", "approved"]


def test_a_bounced_hold_fee_ends_the_hold(office: Office) -> None:
    """Lifecycle row 11b: reserved → tracked when its fee is reversed."""
    office.hold(**cheque("500.00"))
    office.do("reverse_receipt", receipt=office.receipts()[0].id, reason="退票")
    assert (office.state(), office.state(UNIT), office.balance()) == ("tracked", "for_sale", Balance())
    assert office.paper_states("D-14") == ["void"]


def test_a_bounced_fee_on_its_way_back_ends_its_refund(refunding: Office) -> None:
    """The deal goes on with its deposit; nothing is paid back that never came."""
    refunding.hold(**cheque("500.00"))
    refunding.deposit("4000.00")
    (refund,) = refunding.refunds()
    refunding.do("reverse_receipt", receipt=refunding.receipts()[0].id, reason="退票")
    assert (refunding.state(), refunding.state(refund.id), refunding.balance()) == (
        "deposit_part",
        "withdrawn",
        Balance(deposit=400_000),
    )


def test_a_corrected_receipt_is_reissued_and_the_state_stays_whole(office: Office) -> None:
    """Lifecycle row 30c."""
    office.hold()
    office.deposit("9500.00")
    wrong = office.receipts()[1].id
    office.do("correct_receipt", receipt=wrong, reason="付款方式有误", **{**cash("9500.00"), "method": "pos"})
    assert (office.state(), office.balance()) == ("deposit_full", Balance(deposit=1_000_000))
    assert office.paper_states("D-17") == ["void", "issued"]
    right = office.receipts()[2]
    assert (right.replaces, right.moved_fen, right.method) == (wrong, 50_000, "pos")


def test_a_corrected_hold_receipt_keeps_the_hold(office: Office) -> None:
    """Lifecycle row 30c."""
    office.hold()
    office.clock.move(hours=5)
    office.do("correct_receipt", receipt=office.receipts()[0].id, reason="付款方式有误", **{**cash("500.00"), "method": "scan"})
    assert (office.state(), office.balance()) == ("reserved", Balance(hold=50_000))
    assert all('"2025-03-06T07:20:00Z"' in facts for facts in office.papers("D-14"))


def test_a_corrected_receipt_names_who_collected_the_money(office: Office) -> None:
    """C-16: the manager collected, finance corrects."""
    office.hold(actor=MANAGER)
    office.do("correct_receipt", receipt=office.receipts()[0].id, reason="资金来源有误", **cash("500.00"))
    assert all('"collector":"孟经理"' in facts for facts in office.papers("D-14"))
    assert [r.handed_in_at for r in office.receipts()] == [None, None]


def test_a_receipt_is_reversed_once(office: Office) -> None:
    office.deposit("4000.00")
    office.deposit("1000.00")
    first = office.receipts()[0].id
    office.do("reverse_receipt", receipt=first, reason="退票")
    with pytest.raises(Refused) as no:
        office.do("reverse_receipt", receipt=first, reason="退票")
    assert no.value.codes == {"payments.receipt_void"}


def test_the_manager_gives_more_time_for_the_rest(office: Office) -> None:
    """E-085, R-DEP-05, C-43."""
    office.deposit("4000.00")
    office.clock.set("2025-03-04 16:01")
    office.step("extend_top_up", MANAGER, reason="客户出差", until="2025-03-06 18:00")
    assert office.due("top_up") == "2025-03-06T18:00:00+08:00"


def test_history_repeats_no_name_and_no_number_of_a_payer(office: Office) -> None:
    """Design 6: personal values stand in history as commitments."""
    office.hold()
    office.fires("hold_expired")
    office.do("pay_refund", refund=office.refunds()[0].id, received_by="陈静", method="transfer", account="6222000000")
    bodies = "".join(row[0] for row in office.rows(sa.select(events.c.body)))
    assert not [told for told in ("陈静", PAYER["document"], "6222000000") if told in bodies]


# ---- what a page shows before the step
def test_forms_of_money_are_open_before_anything_is_filled_in(office: Office) -> None:
    """The why-not answer closes a step for the case's sake only, never for an empty form."""
    assert {"take_hold", "take_deposit"} <= office.open_steps(FINANCE)
    office.hold()
    assert {"take_deposit", "reverse_receipt", "correct_receipt"} <= office.open_steps(FINANCE)
    assert "release_hold" in office.open_steps(SALESPERSON)


def test_confirming_is_closed_while_nothing_waits(office: Office) -> None:
    office.hold()
    assert "clear_receipt" not in office.open_steps(FINANCE)


def test_paying_is_open_until_the_form_is_wrong(office: Office) -> None:
    office.hold()
    office.fires("hold_expired")
    assert office.open_steps(FINANCE, CaseRef("refund", office.refunds()[0].id)) == {"pay"}


def test_the_preview_tells_what_becomes_of_the_money(office: Office) -> None:
    """Design 1: the same decision, not written."""
    office.hold()
    told = office.preview("take_deposit", **{**cash("9500.00"), "amount": 950_000})
    assert {"收款 ¥9,500.00（现金）", "封号费 ¥500.00 转入定金"} <= told
    assert office.balance() == Balance(hold=50_000)
