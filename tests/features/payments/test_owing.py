"""What the price allows: no money before the slip, nothing but money while short, keys only when all is paid."""

import json

import pytest

from dealflow.casework.dossier import Dossier
from dealflow.features.payments import parts
from dealflow.features.payments.parts import SlipPaper
from dealflow.features.payments.shelf import judging, owing
from tests.makers.dossiers import codes
from tests.makers.payments import (
    DEPOSIT_RECEIPT,
    HOLD_RECEIPT,
    PRICE_RECEIPT,
    beside,
    deal,
    deposit_receipt,
    make_receipt,
    on,
    plan_rows,
    price_receipt,
    sold,
)

pytestmark = pytest.mark.once

SLIP_PAID = on("price", 29_000_000, PRICE_RECEIPT)


def test_without_a_signed_slip_no_price_money_is_taken() -> None:
    """E-104, R-PAY-07."""
    (unmet,) = owing.slip_signed_first(deal("subscribed"))
    assert unmet.code == "payments.slip_unsigned"


def written(deposit: int = 1_000_000, due: int = 29_000_000, now: int = 1_000_000) -> Dossier:
    """A slip written over a deposit, which is now another one."""
    d = deal("subscribed", [deposit_receipt()], [on("deposit", now, DEPOSIT_RECEIPT)])
    told = {"buyers": "陈静", "price": 98_000_000, "line_amount": 30_000_000, "deposit_paid": deposit, "due": due}
    d.rows[parts.PLAN] = tuple(plan_rows())  # type: ignore[index]
    d.rows[parts.SLIP_PAPER] = (SlipPaper(91, json.dumps(told)),)  # type: ignore[index]
    return d


def test_the_manager_signs_what_will_be_charged() -> None:
    """R-PAY-06, R-PAY-07."""
    assert codes(owing.slip_agrees(written())) == []
    assert owing.slip_outdated(written()) is False


def test_a_slip_written_before_the_deposit_changed_is_not_signed() -> None:
    """R-PAY-06: it is written anew."""
    d = written(deposit=500_000, due=29_500_000)
    (unmet,) = owing.slip_agrees(d)
    assert (unmet.code, unmet.evidence) == ("payments.slip_outdated", {"written": "¥295,000.00", "due": "¥290,000.00"})
    assert owing.slip_outdated(d) is True


def test_a_slip_not_written_yet_is_asked_for_elsewhere() -> None:
    d = deal("subscribed", [deposit_receipt()], [on("deposit", 1_000_000, DEPOSIT_RECEIPT)])
    assert (codes(owing.slip_agrees(d)), owing.slip_outdated(d)) == ([], False)


def test_without_a_slip_nothing_is_covered_and_nothing_is_settled() -> None:
    """R-PAY-07."""
    d = deal("subscribed", [deposit_receipt()], [on("deposit", 1_000_000, DEPOSIT_RECEIPT)])
    assert codes(owing.slip_covered(d)) == ["payments.slip_unsigned"]
    assert codes(owing.price_settled(d)) == ["payments.slip_unsigned"]


@pytest.mark.parametrize(("fen", "covered"), [(28_999_999, False), (29_000_000, True), (29_000_001, True)])
def test_the_slip_is_covered_to_the_fen(fen: int, covered: bool) -> None:
    """R-PAY-08, lifecycle row 15."""
    d = sold(standing=[on("price", fen, PRICE_RECEIPT)])
    assert (codes(owing.slip_covered(d)) == []) is covered
    assert (codes(owing.slip_not_covered(d)) == []) is not covered


def test_a_prepayment_counts_toward_what_is_due() -> None:
    d = sold(standing=[on("prepayment", 29_000_000, PRICE_RECEIPT)])
    assert codes(owing.slip_covered(d)) == []


def test_money_that_waits_covers_no_slip() -> None:
    """Section 5: cheques and transfers count when cleared."""
    (unmet,) = owing.slip_covered(sold(standing=[on("price_uncleared", 29_000_000, PRICE_RECEIPT)]))
    assert unmet.evidence == {
        "paid": "¥10,000.00",
        "due": "¥300,000.00",
        "missing": "¥290,000.00",
        "uncleared": "¥290,000.00",
    }


@pytest.mark.parametrize(("fen", "expected"), [(97_000_000, []), (96_999_900, ["payments.price_open"])])
def test_a_balance_open_by_one_yuan_settles_nothing(fen: int, expected: list[str]) -> None:
    """E-126, R-MVC-04."""
    assert codes(owing.price_settled(sold("move_in", standing=[on("price", fen, PRICE_RECEIPT)]))) == expected


def test_the_handover_judges_the_price_by_the_deals_ledger() -> None:
    """Lifecycle 4: price_settled by the ledger."""
    assert codes(owing.price_settled(beside("move_in", [on("price", 97_000_000)]))) == []
    assert codes(owing.price_settled(beside("move_in", [SLIP_PAID]))) == ["payments.price_open"]


@pytest.mark.parametrize("state", ["filed", "signed", "proofread", "stamped", "move_in"])
def test_a_deal_below_its_slip_is_short(state: str) -> None:
    """Section 5."""
    assert owing.is_short(sold(state)) is True
    assert codes(owing.nothing_short(sold(state))) == ["payments.deal_short"]
    assert codes(owing.nothing_short(sold(state, standing=[SLIP_PAID]))) == []


def test_filing_and_handover_know_whether_the_deal_is_whole() -> None:
    """Lifecycle 4: every step needs the deal whole."""
    assert codes(owing.nothing_short(beside("first_paid", [SLIP_PAID], "filing"))) == []
    assert codes(owing.nothing_short(beside("move_in"))) == ["payments.deal_short"]


def test_a_signed_slip_that_waits_for_its_money_is_not_short() -> None:
    assert owing.is_short(sold()) is False


@pytest.mark.parametrize(("fen", "short"), [(999_999, True), (1_000_000, False)])
def test_a_subscribed_deal_shows_its_agreed_deposit(fen: int, short: bool) -> None:
    """Section 5."""
    d = deal("subscribed", [deposit_receipt()], [on("deposit", fen, DEPOSIT_RECEIPT)])
    assert owing.is_short(d) is short


def test_part_payments_of_a_void_slip_are_no_deposit() -> None:
    d = deal("subscribed", [deposit_receipt()], [on("price", 5_000_000, PRICE_RECEIPT)])
    assert owing.is_short(d) is True


@pytest.mark.parametrize("state", ["tracked", "deposit_part", "deposit_full"])
def test_where_the_ledger_moves_the_deal_nothing_is_short(state: str) -> None:
    """Rows 11a, 11b."""
    assert owing.is_short(deal(state)) is False


def test_a_whole_deposit_is_not_made_up() -> None:
    d = deal("subscribed", [deposit_receipt()], [on("deposit", 1_000_000, DEPOSIT_RECEIPT)])
    assert codes(owing.deposit_left_short(d)) == ["payments.deposit_enough"]


def test_a_unit_is_not_given_up_while_price_money_is_there() -> None:
    """Row 11b: no such money left on the deal."""
    d = deal("deposit_part", [price_receipt()], [SLIP_PAID])
    assert codes(judging.no_deposit_left(d)) == ["payments.deposit_there"]


@pytest.mark.parametrize(
    ("named", "is_price"), [(PRICE_RECEIPT, True), (DEPOSIT_RECEIPT, False), (HOLD_RECEIPT, False), (None, True)]
)
def test_a_receipt_for_the_price_is_known_from_the_others(named: int | None, is_price: bool) -> None:
    d = sold("filed", [make_receipt(), price_receipt()], [SLIP_PAID], answers={"receipt": named})
    assert owing.corrects_price(d) is is_price


def test_only_the_first_payment_receipt_becomes_void_with_its_receipt() -> None:
    """R-PAY-08: D-24."""
    named = {"receipt": PRICE_RECEIPT}
    right = sold("filed", [price_receipt()], [SLIP_PAID], answers=named, links={"receipt_paper": PRICE_RECEIPT + 1000})
    wrong = sold("filed", [price_receipt()], [SLIP_PAID], answers=named, links={"receipt_paper": DEPOSIT_RECEIPT + 1000})
    assert codes(judging.receipt_stands(right)) == []
    assert codes(judging.receipt_stands(wrong)) == ["payments.receipt_paper_differs"]
