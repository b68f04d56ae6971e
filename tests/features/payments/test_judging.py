"""What the money of a case allows: who may collect, what is covered, which receipt stands, what may be paid back."""

from typing import Any

import pytest

from dealflow.casework.dossier import Dossier
from dealflow.features.payments.parts import Receipt, Standing
from dealflow.features.payments.shelf import judging
from dealflow.kernel.actor import Actor
from tests.makers.dossiers import FINANCE, MANAGER, SALESPERSON, codes
from tests.makers.payments import DEPOSIT_RECEIPT, HOLD_RECEIPT, REFUND, deal, make_receipt, make_refund, on, refund_case

pytestmark = pytest.mark.once

DESIGNATED = Actor(24, "白顾问", frozenset({"salesperson"}), frozenset({"designated_collector"}))
STRICT = {"deposit.collectors": "finance_only"}


# ---- who may collect
@pytest.mark.parametrize(("actor", "may"), [(FINANCE, True), (MANAGER, True), (DESIGNATED, True), (SALESPERSON, False)])
def test_finance_manager_and_designated_collect(actor: Actor, may: bool) -> None:
    """R-DEP-04, C-16, E-086."""
    assert judging.may_collect(deal(actor=actor)) is may


@pytest.mark.parametrize(("actor", "may"), [(FINANCE, True), (MANAGER, False), (DESIGNATED, False)])
def test_the_strict_variant_lets_finance_alone_collect(actor: Actor, may: bool) -> None:
    """R-DEP-08, C-16."""
    assert judging.may_collect(deal(actor=actor, policy=STRICT)) is may


# ---- the deposit
def paid(*standing: Standing, agreed: int | None = 1_000_000, **other: Any) -> Dossier:
    receipts = [make_receipt(), make_receipt(DEPOSIT_RECEIPT, "deposit", 950_000)]
    return deal("deposit_part", receipts, standing, agreed=agreed, **other)


def test_cash_and_moved_fee_together_cover_the_deposit() -> None:
    """C-19: 9,500 and the 500 of the hold."""
    d = paid(on("deposit", 950_000, DEPOSIT_RECEIPT), on("deposit", 50_000))
    assert codes(judging.deposit_covered(d)) == []
    assert codes(judging.deposit_not_covered(d)) == ["payments.deposit_enough"]


def test_money_that_waits_does_not_cover_the_deposit() -> None:
    """Lifecycle row 11: the cleared ledger shows the agreed deposit."""
    d = paid(on("deposit_uncleared", 950_000, DEPOSIT_RECEIPT), on("deposit", 50_000))
    (unmet,) = judging.deposit_covered(d)
    assert unmet.evidence == {"paid": "¥500.00", "agreed": "¥10,000.00", "missing": "¥9,500.00", "uncleared": "¥9,500.00"}
    assert codes(judging.deposit_not_covered(d)) == []


def test_a_sale_without_an_agreed_deposit_is_never_covered() -> None:
    assert codes(judging.deposit_covered(paid(on("deposit", 950_000, DEPOSIT_RECEIPT), agreed=None))) == [
        "payments.deposit_short"
    ]


def test_more_than_agreed_covers_it() -> None:
    """R-DEP-01: no maximum."""
    assert codes(judging.deposit_covered(paid(on("deposit", 20_000_000, DEPOSIT_RECEIPT)))) == []


@pytest.mark.parametrize(("amount", "completes"), [(949_999, False), (950_000, True)])
def test_a_receipt_completes_the_deposit_with_the_hold_fee_that_moves_along(amount: int, completes: bool) -> None:
    """C-19, E-085."""
    d = deal("reserved", [make_receipt()], [on("hold", 50_000)], answers={"amount": amount})
    assert judging.completes_deposit(d) is completes


def test_a_hold_fee_to_be_refunded_completes_nothing() -> None:
    """C-19, the alternative."""
    d = deal(
        "reserved", [make_receipt()], [on("hold", 50_000)], answers={"amount": 950_000}, policy={"hold.on_conversion": "refund"}
    )
    assert judging.completes_deposit(d) is False


def test_a_hold_fee_on_a_refund_not_yet_paid_completes_it_too() -> None:
    """Lifecycle row 9."""
    money = [on("hold", 50_000, case=REFUND)]
    d = deal("tracked", [make_receipt()], money, answers={"amount": 950_000}, refund=make_refund(), refund_state="approved")
    assert judging.completes_deposit(d) is True


def test_a_cheque_completes_it_although_it_waits() -> None:
    money = [on("deposit_uncleared", 400_000, DEPOSIT_RECEIPT)]
    d = deal("deposit_part", [make_receipt(DEPOSIT_RECEIPT, "deposit", 400_000)], money, answers={"amount": 600_000})
    assert judging.completes_deposit(d) is True


def test_nothing_is_left_when_only_the_moved_fee_is_there() -> None:
    """Lifecycle row 11b."""
    assert codes(judging.no_deposit_left(paid(on("deposit", 50_000)))) == []


def test_a_waiting_cheque_is_deposit_left() -> None:
    """Lifecycle row 11b."""
    assert codes(judging.no_deposit_left(paid(on("deposit_uncleared", 1, DEPOSIT_RECEIPT)))) == ["payments.deposit_there"]


# ---- the hold
@pytest.mark.parametrize(("now", "runs"), [("2025-03-06 15:20", True), ("2025-03-06 15:20:00.000001", False)])
def test_the_hold_runs_on_until_its_due_moment_which_is_in_time(now: str, runs: bool) -> None:
    """C-20, E-081."""
    assert judging.hold_runs_on(paid(on("deposit", 50_000), now=now, clocks={"hold": "2025-03-06 15:20"})) is runs


def test_without_a_moved_fee_no_hold_runs_on() -> None:
    d = paid(on("deposit", 950_000, DEPOSIT_RECEIPT), clocks={"hold": "2025-03-06 15:20"})
    assert judging.hold_runs_on(d) is False


def test_a_hold_fee_that_waits_is_a_hold_fee() -> None:
    assert codes(judging.no_hold_left(deal(standing=[on("hold_uncleared", 50_000)]))) == ["payments.hold_fee_there"]
    assert codes(judging.no_hold_left(deal(standing=[on("hold", 50_000, case=REFUND)]))) == []


def test_a_hold_may_be_given_up_early_by_default() -> None:
    """C-19."""
    assert codes(judging.early_release_allowed(deal(clocks={"hold": "2025-03-06 15:20"}))) == []


def test_a_project_may_refuse_early_release_until_the_hold_is_over() -> None:
    """C-19."""
    strict = {"hold.early_release": False}
    early = deal(clocks={"hold": "2025-03-06 15:20"}, policy=strict)
    late = deal(clocks={"hold": "2025-03-06 15:20"}, policy=strict, now="2025-03-07 09:00")
    assert codes(judging.early_release_allowed(early)) == ["payments.hold_not_over"]
    assert codes(judging.early_release_allowed(late)) == []


def test_a_deal_with_money_is_not_made_void() -> None:
    """R-REG-03, lifecycle row 1b."""
    assert codes(judging.no_money(deal(standing=[on("hold_uncleared", 50_000)]))) == ["payments.money_there"]
    assert codes(judging.no_money(deal(standing=[on("hold", 50_000, case=REFUND)]))) == []


# ---- receipts
CHEQUE_RECEIPT = make_receipt(method="cheque", cleared=False)


@pytest.mark.parametrize(
    ("receipt", "named", "expected"),
    [
        (CHEQUE_RECEIPT, HOLD_RECEIPT, []),
        (make_receipt(), HOLD_RECEIPT, ["payments.receipt_cleared"]),
        (make_receipt(void=True, cleared=False), HOLD_RECEIPT, ["payments.receipt_void"]),
        (CHEQUE_RECEIPT, 999, ["payments.receipt_unknown"]),
        (CHEQUE_RECEIPT, None, []),
        (make_receipt(), None, ["payments.nothing_uncleared"]),
    ],
)
def test_only_a_receipt_that_waits_is_confirmed(receipt: Receipt, named: int | None, expected: list[str]) -> None:
    """Lifecycle row 30b."""
    d = deal(receipts=[receipt], standing=[on("hold_uncleared", 50_000)], answers={"receipt": named})
    assert codes(judging.receipt_uncleared(d)) == expected


HAS_PAPER = {"receipt_paper": HOLD_RECEIPT + 1000}


def test_a_receipt_whose_money_is_on_the_deal_stands() -> None:
    """Lifecycle row 30c."""
    d = deal(receipts=[make_receipt()], standing=[on("deposit", 50_000)], answers={"receipt": HOLD_RECEIPT}, links=HAS_PAPER)
    assert codes(judging.receipt_stands(d)) == []


def test_a_void_receipt_does_not_stand() -> None:
    d = deal(receipts=[make_receipt(void=True)], answers={"receipt": HOLD_RECEIPT}, links=HAS_PAPER)
    assert codes(judging.receipt_stands(d)) == ["payments.receipt_void"]


def test_a_receipt_whose_money_is_paid_back_is_not_reversed() -> None:
    d = deal(receipts=[make_receipt()], answers={"receipt": HOLD_RECEIPT}, links=HAS_PAPER, refund_state="paid")
    assert codes(judging.receipt_stands(d)) == ["payments.receipt_money_gone"]


def test_a_receipt_whose_money_lies_on_an_open_refund_is_reversed_but_not_corrected() -> None:
    money, named = [on("hold_uncleared", 50_000, case=REFUND)], {"receipt": HOLD_RECEIPT}
    reversal = deal(receipts=[make_receipt()], standing=money, answers=named, links=HAS_PAPER, refund_state="approved")
    correction = deal(
        receipts=[make_receipt()], standing=money, answers={**named, "amount": 50_000}, links=HAS_PAPER, refund_state="approved"
    )
    assert codes(judging.receipt_stands(reversal)) == []
    assert codes(judging.receipt_stands(correction)) == ["payments.receipt_money_gone"]


def test_only_the_receipts_own_paper_becomes_void() -> None:
    d = deal(
        receipts=[make_receipt()], standing=[on("hold", 50_000)], answers={"receipt": HOLD_RECEIPT}, links={"receipt_paper": 5}
    )
    assert codes(judging.receipt_stands(d)) == ["payments.receipt_paper_differs"]


def test_the_hold_fees_receipt_is_known_from_the_deposits() -> None:
    receipts = [make_receipt(), make_receipt(DEPOSIT_RECEIPT, "deposit", 950_000)]
    assert judging.corrects_hold_fee(deal(receipts=receipts, answers={"receipt": HOLD_RECEIPT})) is True
    assert judging.corrects_hold_fee(deal(receipts=receipts, answers={"receipt": DEPOSIT_RECEIPT})) is False


# ---- refunds
def test_confirmed_money_is_paid_back() -> None:
    """R-HLD-04."""
    assert codes(judging.refund_money_cleared(refund_case(answers={"received_by": "陈静"}))) == []


def test_a_cheque_is_paid_back_only_when_the_bank_confirmed_it() -> None:
    """Domain facts 3.3."""
    assert codes(judging.refund_money_cleared(refund_case(standing=[on("hold_uncleared", 50_000, case=REFUND)]))) == [
        "payments.refund_uncleared"
    ]


def test_a_refund_without_its_money_is_not_paid() -> None:
    assert codes(judging.refund_money_cleared(refund_case(standing=[on("hold", 50_000)]))) == ["payments.refund_not_there"]


def test_money_goes_back_to_the_one_who_paid() -> None:
    """Lifecycle 4: to the payer's own account."""
    assert codes(judging.refund_money_cleared(refund_case(answers={"received_by": "周强"}))) == ["payments.refund_to_payer"]
