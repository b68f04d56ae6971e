"""What papers are told of the price (D-23, D-24, D-25, D-36), from the image after the step."""

from datetime import date
from typing import Any

import pytest

from dealflow.features.payments import parts
from dealflow.features.payments.shelf import pricing
from dealflow.features.payments.shelf.board import shelf
from tests.makers.dossiers import after, moment
from tests.makers.payments import CASH, DEPOSIT_RECEIPT, PRICE_RECEIPT, deal, deposit_receipt, on, plan_rows, price_receipt, sold

pytestmark = pytest.mark.once

SLIP = ("slip_line_name", "slip_line_amount", "deposit_paid", "slip_due", "slip_due_by")
PAID = on("price", 29_000_000, PRICE_RECEIPT)


def told(d: Any, *names: str) -> list[object]:
    return [shelf.facts[f"payments.{name}"].run(d) for name in names]


def taken(d: Any) -> Any:
    return after(d, pricing.take_price(d))


def test_the_slip_prints_the_first_line_less_the_deposit() -> None:
    """D-23, section 5; written before it is signed."""
    d = deal("subscribed", [deposit_receipt()], [on("deposit", 1_000_000, DEPOSIT_RECEIPT)])
    d.rows[parts.PLAN] = tuple(plan_rows())
    assert told(d, *SLIP) == ["首付款", 30_000_000, 1_000_000, 29_000_000, date(2025, 3, 10)]


def test_once_signed_the_slip_tells_the_same() -> None:
    assert told(sold(), *SLIP) == ["首付款", 30_000_000, 1_000_000, 29_000_000, date(2025, 3, 10)]


def test_the_receipt_tells_which_charges_it_fills() -> None:
    """D-24, R-PAY-08."""
    first = {**CASH, "amount": 29_000_000}
    assert told(taken(sold(answers=first)), "receipt_fills") == [[{"name": "首期房款", "amount": 29_000_000}]]


def test_a_receipt_over_several_charges_names_each_with_its_part() -> None:
    d = sold(
        "filed", [price_receipt(28_000_000)], [on("price", 28_000_000, PRICE_RECEIPT)], answers={**CASH, "amount": 70_000_000}
    )
    fills = [("首期房款", 1_000_000), ("二期款", 20_000_000), ("尾款", 48_000_000), ("预收款", 1_000_000)]
    assert told(taken(d), "receipt_fills") == [[{"name": name, "amount": fen} for name, fen in fills]]


def test_the_receipt_tells_what_is_paid_and_what_is_still_to_come() -> None:
    """D-24: the deposit counts."""
    d = taken(sold(answers={**CASH, "amount": 29_000_000}))
    assert told(d, "price_paid", "price_missing", "receipt_amount") == [30_000_000, 68_000_000, 29_000_000]


def test_the_sales_detail_tells_when_the_slip_was_paid() -> None:
    """D-25, R-PAY-09."""
    d = sold("first_paid", [price_receipt()], [PAID], now="2025-03-08 11:00")
    assert told(d, "slip_due", "price_paid", "slip_paid_at") == [29_000_000, 30_000_000, moment("2025-03-08 11:00")]


def test_before_the_slip_is_covered_no_moment_is_told() -> None:
    assert told(sold(), "slip_paid_at") == [None]


def test_without_a_slip_nothing_is_missing_of_the_price_yet() -> None:
    assert told(deal("subscribed"), "price_missing", "slip_due", "slip_line_name") == [None, None, None]


def test_the_move_in_notice_tells_what_is_still_to_be_paid() -> None:
    """D-36, R-MVC-04."""
    d = sold("stamped", [price_receipt()], [PAID, on("price", 67_999_900, 104)])
    assert told(d, "price_missing") == [100]
