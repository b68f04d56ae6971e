"""What papers are told: receipt, hold, deposit so far, refund; from the image after the step."""

from typing import Any

import pytest

from dealflow.features.payments.shelf import proposing, refunding, telling
from dealflow.features.payments.shelf.board import shelf
from tests.makers.dossiers import FINANCE, after, moment
from tests.makers.payments import CASH, DEPOSIT_RECEIPT, deal, make_receipt, make_refund, on, refund_case

pytestmark = pytest.mark.once

PERSON = {"name": "陈静", "id_kind": "居民身份证", "id_number": "449900199003070013"}
D17 = ("receipt_amount", "receipt_hold_moved", "receipt_total", "deposit_paid", "deposit_missing", "hold_receipt_number")


def told(d: Any, *names: str) -> list[object]:
    return [shelf.facts[f"payments.{name}"].run(d) for name in names]


def test_the_hold_receipt_prints_payer_method_and_period() -> None:
    """R-HLD-07, E-073: reserved until 2025-03-06 15:20."""
    d = deal("tracked", answers={**CASH, "method": "pos"}, clocks={"hold": "2025-03-06 15:20"})
    image = after(d, proposing.receive(d, "hold_fee"))
    names = ("receipt_payer", "receipt_method", "receipt_collector", "hold_paid_at", "hold_until", "hold_amount")
    paid, until = moment("2025-03-03 15:20"), moment("2025-03-06 15:20")
    assert told(image, *names) == [PERSON, "POS刷卡", FINANCE.name, paid, until, 50_000]


def test_the_deposit_receipt_shows_cash_and_fee_as_a_total() -> None:
    """C-19: cash now + hold fee moved = total."""
    d = deal("reserved", [make_receipt()], [on("hold", 50_000)], answers={**CASH, "amount": 400_000})
    image = after(d, proposing.take_deposit(d))
    assert told(image, *D17) == [400_000, 50_000, 450_000, 450_000, 550_000, "YH-D14-25-000001"]


def test_a_deposit_receipt_without_a_fee_quotes_no_other_receipt() -> None:
    d = deal("tracked", answers={**CASH, "amount": 1_000_000})
    image = after(d, proposing.take_deposit(d))
    assert told(image, *D17) == [1_000_000, None, 1_000_000, 1_000_000, 0, ""]


def test_a_further_receipt_quotes_no_fee_it_did_not_move() -> None:
    first = make_receipt(DEPOSIT_RECEIPT, "deposit", 400_000, moved_fen=50_000)
    d = deal(
        "deposit_part",
        [make_receipt(), first],
        [on("deposit", 50_000), on("deposit", 400_000, DEPOSIT_RECEIPT)],
        answers={**CASH, "amount": 550_000},
    )
    image = after(d, proposing.take_deposit(d))
    assert told(image, *D17) == [550_000, None, 550_000, 1_000_000, 0, ""]


def test_a_fee_taken_back_from_its_refund_is_quoted_by_its_receipt() -> None:
    """Lifecycle row 9."""
    money = [on("hold", 50_000, case=61)]
    d = deal(
        "tracked", [make_receipt()], money, answers={**CASH, "amount": 950_000}, refund_state="approved", links={"refund": 61}
    )
    assert told(after(d, proposing.take_deposit(d)), "hold_receipt_number") == ["YH-D14-25-000001"]


def test_the_deposit_was_first_paid_by_the_first_receipt_that_stands() -> None:
    """R-DEP-05, E-085: the 24 hours run from it."""
    void = make_receipt(102, "deposit", 1, paid_at=moment("2025-03-03 15:00"), void=True)
    first = make_receipt(103, "deposit", 1, paid_at=moment("2025-03-03 16:00"))
    later = make_receipt(104, "deposit", 1, paid_at=moment("2025-03-04 15:59"))
    d = deal("deposit_part", [later, void, first], clocks={"top_up": "2025-03-04 16:00"})
    assert told(d, "deposit_first_at", "deposit_top_up_due") == [moment("2025-03-03 16:00"), moment("2025-03-04 16:00")]


def test_the_voucher_of_a_refund_tells_receipt_payee_sum_and_who_paid() -> None:
    """R-HLD-04, E-077."""
    d = refund_case(answers={"received_by": "陈静", "method": "cash"})
    image = after(d, refunding.pay_out(d))
    names = (
        "hold_receipt_number",
        "hold_amount",
        "refund_amount",
        "refund_payee",
        "refund_method",
        "refund_paid_by",
        "refund_account",
    )
    assert told(image, *names) == ["YH-D14-25-000001", 50_000, 50_000, PERSON, "现金", FINANCE.name, ""]
    assert told(image, "refund_reason", "refund_paid_at") == ["封号期满，未认购", moment("2025-03-03 15:20")]


def test_a_long_reason_fits_the_voucher() -> None:
    assert len(str(told(refund_case(refund=make_refund(reason="考" * 200)), "refund_reason")[0])) == telling.REASON_PLACES


def test_nothing_is_told_of_a_deal_without_money() -> None:
    d = deal("tracked")
    assert told(d, "receipt_amount", "hold_amount", "deposit_first_at", "refund_amount") == [None, None, None, None]
