"""What a step does with the price: deposit allocated, plan charged, money taken; its receipts cleared, reversed, corrected."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from dealflow.casework.changes import Add, Change, Deadline, Done, End, Send
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import ledger, receipts
from dealflow.features.payments import parts
from dealflow.features.payments.rules.charging import Line
from dealflow.features.payments.shelf import owing, pricing, receipting
from dealflow.features.payments.shelf.board import charges_of
from tests.makers.dossiers import after, codes, moment
from tests.makers.payments import (
    CASH,
    CHEQUE,
    DEAL,
    DEPOSIT_RECEIPT,
    PRICE_RECEIPT,
    deal,
    deposit_receipt,
    on,
    plan_rows,
    price_receipt,
    sold,
)
from tests.makers.payments import PLAN as PLAN_LINES

pytestmark = pytest.mark.once

PAID = (on("price", 29_000_000, PRICE_RECEIPT),)
BOUNCES = {"receipt": PRICE_RECEIPT, "reason": "退票"}


def stands(d: Dossier) -> dict[str, int]:
    found: dict[str, int] = {}
    for s in d[parts.STANDING]:
        found[s.account] = found.get(s.account, 0) + s.fen
    return found


def sums(d: Dossier) -> list[tuple[str, int]]:
    return [(c.label, c.fen) for c in charges_of(d)]


def of_type(changes: Iterable[Change], kind: type) -> list[Any]:
    return [c for c in changes if isinstance(c, kind)]


def cash(yuan: int, **other: Any) -> dict[str, Any]:
    return {**CASH, "amount": yuan * 100, **other}


def cheque(yuan: int, **other: Any) -> dict[str, Any]:
    return {**CHEQUE, "amount": yuan * 100, "cheque_amount": yuan * 100, **other}


# ---- the slip is signed
def subscribed(lines: Iterable[Line] = PLAN_LINES, standing: Iterable[Any] = (), **other: Any) -> Dossier:
    there = (on("deposit", 1_000_000, DEPOSIT_RECEIPT), *standing)
    d = deal("subscribed", [deposit_receipt()], there, **other)
    d.rows[parts.PLAN] = tuple(plan_rows(lines))  # type: ignore[index]
    d.rows[parts.CHARGES] = ()  # type: ignore[index]
    return d


def signed(d: Dossier) -> tuple[Dossier, list[Change]]:
    changes = [*pricing.allocate_deposit(d), *pricing.charge_plan(d)]
    return after(d, changes), changes


def test_the_deposit_counts_toward_the_price_and_is_still_marked_as_deposit() -> None:
    """R-PAY-07, lifecycle 7."""
    d, _ = signed(subscribed())
    assert stands(d) == {"price_deposit": 1_000_000}


def test_a_deposit_that_waits_waits_on_there() -> None:
    d, _ = signed(subscribed(standing=[on("deposit_uncleared", 500_000, 105)]))
    assert stands(d) == {"price_deposit": 1_000_000, "price_deposit_uncleared": 500_000}


def test_the_plan_becomes_charges_that_add_up_to_the_price() -> None:
    """Section 5: slip due = first line − deposit allocated."""
    d, _ = signed(subscribed())
    assert sums(d) == [("定金", 1_000_000), ("首付款", 29_000_000), ("二期款", 20_000_000), ("尾款", 48_000_000)]


def test_the_first_instalment_is_due_at_the_end_of_its_day() -> None:
    """Lifecycle row 14: per plan, 24:00."""
    _, changes = signed(subscribed())
    assert of_type(changes, Deadline) == [Deadline("slip_due", moment("2025-03-11 00:00"))]


def test_without_a_day_the_first_instalment_is_due_with_the_contract() -> None:
    """R-DEP-03: seven days from the agreement."""
    d, changes = signed(subscribed([Line("房款", 98_000_000, None, False)], clocks={"contract": "2025-03-09 00:00"}))
    assert of_type(changes, Deadline) == [Deadline("slip_due", moment("2025-03-09 00:00"))]
    assert [c.due_on for c in charges_of(d)] == [None, date(2025, 3, 8)]


def test_a_deposit_that_covers_the_first_line_leaves_the_slip_covered() -> None:
    """Section 5, lifecycle 2: a slip already covered pays itself."""
    d, _ = signed(subscribed([Line("首付款", 800_000, None, False), Line("尾款", 97_200_000, None, False)]))
    assert codes(owing.slip_covered(d)) == []


def test_part_payments_of_a_void_slip_count_again() -> None:
    """Lifecycle row 14b: 100,000 had been paid; they are no prepayment once the slip is signed anew."""
    was = sold(price=[price_receipt(10_000_000)], standing=[on("price", 10_000_000, PRICE_RECEIPT)])
    back = after(was, pricing.undo_allocation(was))
    assert stands(back) == {"deposit": 1_000_000, "price": 10_000_000}
    assert sums(back) == []
    again, _ = signed(back)
    assert stands(again) == {"price_deposit": 1_000_000, "price": 10_000_000}
    assert sums(again) == sums(was)


def test_a_void_slip_takes_each_charge_back_by_a_row_of_its_own() -> None:
    """Section 5: nothing posted is edited or deleted."""
    was = sold()
    back = after(was, pricing.undo_allocation(was))
    made = {c.id: c.fen for c in back[parts.CHARGES] if c.reverses is None}
    assert {c.reverses: -c.fen for c in back[parts.CHARGES] if c.reverses is not None} == made


def test_a_prepayment_of_a_void_slip_pays_the_next_one() -> None:
    d, _ = signed(subscribed(standing=[on("prepayment", 40_000_000, PRICE_RECEIPT)]))
    assert stands(d) == {"price_deposit": 1_000_000, "price": 29_000_000, "prepayment": 11_000_000}


# ---- money comes in
def test_the_first_instalment_in_one_receipt_covers_the_slip() -> None:
    """R-PAY-08."""
    d = sold(answers=cash(290_000))
    image = after(d, pricing.take_price(d))
    assert stands(image) == {"price_deposit": 1_000_000, "price": 29_000_000}
    assert codes(owing.slip_covered(image)) == []


def test_several_receipts_fill_the_slip() -> None:
    """Section 5."""
    d = sold(answers=cash(100_000))
    d = after(d, pricing.take_price(d))
    (unmet,) = owing.slip_covered(d)
    assert (unmet.code, unmet.evidence["missing"]) == ("payments.slip_short", "¥190,000.00")


def test_a_cheque_fills_the_slip_when_the_bank_shows_it() -> None:
    """Section 5, row 30b."""
    d = sold(answers=cheque(290_000))
    d = after(d, pricing.take_price(d))
    assert stands(d) == {"price_deposit": 1_000_000, "price_uncleared": 29_000_000}
    assert codes(owing.slip_covered(d)) == ["payments.slip_short"]
    (waits,) = (r for r in d[parts.RECEIPTS] if r.purpose == "price")
    shown = sold(price=[waits], standing=[on("price_uncleared", 29_000_000, waits.id)], answers={"receipt": waits.id})
    assert codes(owing.slip_covered(after(shown, receipting.clear(shown)))) == []


def test_more_than_is_due_is_prepayment() -> None:
    """Lifecycle row 30."""
    d = sold(answers=cash(300_000))
    assert stands(after(d, pricing.take_price(d))) == {"price_deposit": 1_000_000, "price": 29_000_000, "prepayment": 1_000_000}


def test_a_prepayment_pays_the_instalment_whose_day_has_come() -> None:
    """Lifecycle row 30: with the next receipt after 1 May."""
    early = (*PAID, on("prepayment", 5_000_000, 104))
    d = sold("filed", [price_receipt(), price_receipt(5_000_000, 104)], early, answers=cash(150_000), now="2025-05-02 10:00")
    assert stands(after(d, pricing.take_price(d))) == {"price_deposit": 1_000_000, "price": 49_000_000}


def test_at_settlement_prepayments_pay_what_has_fallen_due() -> None:
    d = sold("move_in", standing=[on("price", 76_000_000), on("prepayment", 21_000_500, 104)], now="2025-06-03 10:00")
    assert stands(after(d, pricing.use_prepayment(d))) == {"price_deposit": 1_000_000, "price": 97_000_000, "prepayment": 500}


def test_a_receipt_for_the_price_states_its_purpose() -> None:
    """R-PAY-08, R-DEP-06."""
    (row,) = [c.row for c in of_type(pricing.take_price(sold(answers=cash(290_000))), Add) if c.table is receipts]
    assert (row["purpose"], row["fen"], row["moved_fen"], row["unit_code"]) == ("price", 29_000_000, 0, "1-1201")


# ---- receipts bounce or were wrong
def test_a_bounced_payment_leaves_a_filed_deal_short_and_finance_and_manager_hear_of_it() -> None:
    """Section 5."""
    d = sold("filed", [price_receipt()], PAID, answers=BOUNCES, filing="filed")
    changes = list(receipting.reverse(d))
    image = after(d, changes)
    assert stands(image) == {"price_deposit": 1_000_000}
    assert owing.is_short(image) is True
    assert [(s.topic, s.role, s.evidence) for s in of_type(changes, Send)] == [
        ("deal_short", role, {"missing": "¥290,000.00"}) for role in ("finance", "sales_manager")
    ]


@pytest.mark.parametrize(("filing", "told"), [("entered", 0), ("reviewed", 0), ("rejected", 0), ("submitted", 2)])
def test_before_the_filing_is_submitted_the_ledger_moves_the_deal_back_instead(filing: str, told: int) -> None:
    """Lifecycle row 15b: later the deal stays and finance gets a task."""
    d = sold("first_paid", [price_receipt()], PAID, answers=BOUNCES, filing=filing)
    changes = list(receipting.reverse(d))
    assert len(of_type(changes, Send)) == told
    assert codes(owing.slip_not_covered(after(d, changes))) == []


def test_a_bounced_deposit_leaves_a_signed_slip_short() -> None:
    """Section 5: slip_signed too shows the agreed deposit."""
    d = sold(answers={"receipt": DEPOSIT_RECEIPT, "reason": "退票"})
    changes = list(receipting.reverse(d))
    assert (len(of_type(changes, Send)), owing.is_short(after(d, changes))) == (2, True)


def test_a_later_instalment_that_bounces_leaves_the_deal_whole() -> None:
    """Section 5: first_paid to move_in show the slip's sum."""
    money = (*PAID, on("price", 20_000_000, 104))
    d = sold("filed", [price_receipt(), price_receipt(20_000_000, 104)], money, answers={"receipt": 104, "reason": "退票"})
    changes = list(receipting.reverse(d))
    assert of_type(changes, Send) == []
    assert owing.is_short(after(d, changes)) is False


def test_money_that_makes_the_deal_whole_settles_the_task() -> None:
    d = sold("filed", answers=cash(290_000))
    assert owing.is_short(d) is True
    assert of_type(pricing.take_price(d), Done) == [Done("deal_short")]


def test_a_part_of_what_is_missing_settles_nothing() -> None:
    assert of_type(pricing.take_price(sold("filed", answers=cash(289_999))), Done) == []


def test_a_corrected_receipt_keeps_the_state_whole() -> None:
    """Lifecycle row 30c, section 5: reversed and reissued in one transaction."""
    form = cash(290_000, receipt=PRICE_RECEIPT, reason="付款方式有误", method="pos")
    d = sold("filed", [price_receipt()], PAID, answers=form)
    changes = list(receipting.correct(d))
    image = after(d, changes)
    assert stands(image) == {"price_deposit": 1_000_000, "price": 29_000_000}
    assert (of_type(changes, Send), owing.is_short(image)) == ([], False)


def test_a_corrected_receipt_over_more_books_the_rest_as_prepayment() -> None:
    """Lifecycle rows 30, 30c."""
    money = (on("price", 29_000_000, PRICE_RECEIPT), on("prepayment", 1_000_000, PRICE_RECEIPT))
    form = cash(310_000, receipt=PRICE_RECEIPT, reason="金额有误")
    d = sold("filed", [price_receipt(30_000_000)], money, answers=form)
    image = after(d, receipting.correct(d))
    assert stands(image) == {"price_deposit": 1_000_000, "price": 29_000_000, "prepayment": 2_000_000}


def test_a_receipt_corrected_to_a_cheque_leaves_the_deal_short_until_the_bank_shows_it() -> None:
    form = cheque(290_000, receipt=PRICE_RECEIPT, reason="付款方式有误")
    d = sold("filed", [price_receipt()], PAID, answers=form)
    changes = list(receipting.correct(d))
    assert (len(of_type(changes, Send)), owing.is_short(after(d, changes))) == (2, True)


def test_a_corrected_deposit_stays_allocated() -> None:
    form = cash(10_000, receipt=DEPOSIT_RECEIPT, reason="姓名有误")
    d = sold("filed", [price_receipt()], PAID, answers=form)
    assert stands(after(d, receipting.correct(d))) == {"price_deposit": 1_000_000, "price": 29_000_000}


def test_a_deposit_that_a_reversal_left_short_is_made_up_once_subscribed() -> None:
    """Lifecycle row 30: subscribed: only deposit that a reversal left short."""
    d = deal("subscribed", [deposit_receipt()], [on("deposit", 400_000, DEPOSIT_RECEIPT)], answers=cash(6_000))
    assert codes(owing.deposit_left_short(d)) == []
    changes = list(pricing.make_up_deposit(d))
    assert stands(after(d, changes)) == {"deposit": 1_000_000}
    assert of_type(changes, Done) == [Done("deal_short")]


# ---- reminders
@pytest.mark.parametrize(
    ("changed", "answers", "due"),
    [("", {}, "2025-05-02 00:00"), ("receipt", cash(200_000), "2025-06-02 00:00"), ("reversal", BOUNCES, "2025-05-02 00:00")],
)
def test_the_next_instalment_warns_on_its_day(changed: str, answers: dict[str, Any], due: str) -> None:
    """R-DEP-03, lifecycle row 30."""
    d = sold("filed", [price_receipt()], PAID, answers=answers)
    assert list(pricing.remind_of_next(d, changed)) == [Deadline("instalment", moment(due))]


def test_nothing_is_reminded_of_when_all_is_paid() -> None:
    d = sold("filed", [price_receipt()], (*PAID, on("price", 68_000_000, 104)))
    assert list(pricing.remind_of_next(d)) == [End("instalment")]


def test_every_line_of_the_price_names_its_deal_and_its_receipt() -> None:
    lines = [c.row for c in of_type(pricing.take_price(sold(answers=cash(300_000))), Add) if c.table is ledger]
    assert {(line["case_id"], line["deal_id"], line["posted_by"], line["seq"]) for line in lines} == {(DEAL, DEAL, DEAL, 10)}
    assert len({line["id"] for line in lines}) == 2
    assert len({line["receipt_id"] for line in lines}) == 1
