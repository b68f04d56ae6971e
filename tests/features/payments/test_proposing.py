"""What a step does with money: effects on the image, line by line."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from dealflow.casework.changes import Add, Change, Deadline, Open, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.payments import ledger, receipts, refunds
from dealflow.features.payments import parts
from dealflow.features.payments.shelf import judging, proposing, receipting, refunding
from tests.makers.dossiers import FINANCE, MANAGER, after, codes, dossier, moment
from tests.makers.payments import CASH, CHEQUE, DEAL, DEPOSIT_RECEIPT, HOLD_RECEIPT, REFUND, deal, make_receipt, on, refund_case

pytestmark = pytest.mark.once

DEPOSIT = make_receipt(DEPOSIT_RECEIPT, "deposit", 950_000, moved_fen=50_000, seq=4)
HELD = {"receipts": [make_receipt()], "standing": [on("hold", 50_000)]}
MOVED = {"receipts": [make_receipt(), DEPOSIT], "standing": [on("deposit", 50_000), on("deposit", 950_000, DEPOSIT_RECEIPT)]}
TO_REFUND = {"hold.on_conversion": "refund"}


def lines(changes: Iterable[Change]) -> list[tuple[int, str, int]]:
    return [(c.row["case_id"], c.row["account"], c.row["fen"]) for c in changes if isinstance(c, Add) and c.table is ledger]  # type: ignore[misc]


def receipt_in(changes: Iterable[Change]) -> dict[str, Any]:
    (row,) = [c.row for c in changes if isinstance(c, Add) and c.table is receipts]
    return dict(row)


def of_type(changes: Iterable[Change], kind: type) -> Iterator[Any]:
    return (c for c in changes if isinstance(c, kind))


def stands(d: Dossier) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for s in d[parts.STANDING]:
        found[s.case_id, s.account] = found.get((s.case_id, s.account), 0) + s.fen
    return found


# ---- the hold fee
def test_a_hold_fee_in_cash_stands_on_hold() -> None:
    """R-HLD-01, E-073."""
    d = deal("tracked", answers=CASH)
    assert stands(after(d, proposing.receive(d, "hold_fee"))) == {(DEAL, "hold"): 50_000}


def test_a_hold_fee_by_cheque_waits() -> None:
    d = deal("tracked", answers=CHEQUE)
    assert lines(proposing.receive(d, "hold_fee")) == [(DEAL, "hold_uncleared", 50_000)]


def test_the_receipt_states_everything() -> None:
    """R-HLD-07, R-DEP-06, R-DEP-07, E-073."""
    row = receipt_in(proposing.receive(deal("tracked", answers={**CHEQUE, "reference": "T-1"}), "hold_fee"))
    stated = (
        "unit_code",
        "fen",
        "method",
        "source_of_funds",
        "cheque_no",
        "cheque_fen",
        "payer",
        "cleared",
        "paid_at",
        "seq",
        "reference",
    )
    assert [row[f] for f in stated] == [
        "1-1201",
        50_000,
        "cheque",
        "自有资金",
        "30206610",
        50_000,
        "陈静",
        False,
        moment("2025-03-03 15:20"),
        4,
        "T-1",
    ]


def test_a_receipt_in_cash_keeps_no_cheque() -> None:
    row = receipt_in(proposing.receive(deal("tracked", answers={**CHEQUE, "method": "cash"}), "hold_fee"))
    assert (row["cheque_no"], row["cheque_fen"]) == ("", None)


@pytest.mark.parametrize(("actor", "handed_in"), [(FINANCE, moment("2025-03-03 15:20")), (MANAGER, None)])
def test_who_is_not_finance_owes_the_money_until_handed_in(actor: Any, handed_in: Any) -> None:
    """Lifecycle 5."""
    assert receipt_in(proposing.receive(deal("tracked", answers=CASH, actor=actor), "hold_fee"))["handed_in_at"] == handed_in


def test_ids_are_the_same_when_the_command_is_sent_again() -> None:
    d = deal("tracked", answers=CASH)
    assert list(proposing.receive(d, "hold_fee")) == list(proposing.receive(d, "hold_fee"))


# ---- the hold ends
def test_the_fee_goes_to_a_refund_in_full() -> None:
    """R-HLD-04, E-077: 500 of 500."""
    d = deal("reserved", **HELD, answers={"reason": "再考虑"})
    changes = list(proposing.fee_to_refund(d))
    (opened,) = of_type(changes, Open)
    assert lines(changes) == [(DEAL, "hold", -50_000)]
    assert (opened.kind, opened.event, opened.links, opened.answers["fen"]) == (
        "refund",
        "open_approved",
        {"deal": DEAL, "unit": 11},
        50_000,
    )


@pytest.mark.parametrize(
    ("state", "actor", "reason", "why"),
    [
        ("reserved", "clock", "", "封号期满，未认购"),
        ("reserved", "salesperson", "家人不同意", "放弃封号：家人不同意"),
        ("deposit_part", "finance", "支票退票", "定金已冲销，封号期已满"),
    ],
)
def test_the_refund_says_why(state: str, actor: str, reason: str, why: str) -> None:
    d = deal(state, **HELD, answers={"reason": reason}, actor=type(FINANCE)(0, "系统", frozenset({actor})))
    (opened,) = of_type(proposing.fee_to_refund(d), Open)
    assert opened.answers["reason"] == why


def test_the_refund_receives_exactly_what_the_deal_gave_up() -> None:
    """Cash in is cash on the books: deal and refund together still hold 500."""
    d = deal("reserved", **HELD)
    changes = list(proposing.fee_to_refund(d))
    (opened,) = of_type(changes, Open)
    refund = dossier("refund", "none", id=REFUND, seq=0, answers=opened.answers, links=opened.links)
    image = after(after(d, changes), refunding.open_refund(refund))
    assert stands(image) == {(REFUND, "hold"): 50_000}


def test_money_that_waits_waits_on_the_refund() -> None:
    d = deal("reserved", [make_receipt(method="cheque", cleared=False)], [on("hold_uncleared", 50_000)])
    (opened,) = of_type(proposing.fee_to_refund(d), Open)
    refund = dossier("refund", "none", id=REFUND, seq=0, answers=opened.answers, links=opened.links)
    assert lines(refunding.open_refund(refund)) == [(REFUND, "hold_uncleared", 50_000)]


def test_two_fees_go_back_in_two_refunds() -> None:
    """Each to its own payer; the first is the deal's link."""
    second = make_receipt(105, payer="周强", seq=6)
    d = deal("deposit_part", [make_receipt(), second], [on("deposit", 50_000), on("deposit", 50_000, 105)])
    opened = list(of_type(proposing.fee_to_refund(d), Open))
    assert [(o.name, o.answers["payer"], o.linked) for o in opened] == [("refund", "陈静", True), ("refund_2", "周强", False)]


def test_without_a_fee_nothing_is_refunded() -> None:
    assert list(proposing.fee_to_refund(deal("deposit_part"))) == []


# ---- the deposit
def test_the_hold_fee_moves_into_the_deposit() -> None:
    """C-19: the receipt shows cash and moved; no second cash receipt."""
    d = deal("reserved", **HELD, answers={**CASH, "amount": 950_000})
    changes = list(proposing.take_deposit(d))
    row = receipt_in(changes)
    assert (row["fen"], row["moved_fen"]) == (950_000, 50_000)
    assert stands(after(d, changes)) == {(DEAL, "deposit"): 1_000_000}


def test_the_image_after_the_deposit_is_covered() -> None:
    """Lifecycle row 11: judged in the same transaction."""
    d = deal("reserved", **HELD, answers={**CASH, "amount": 950_000})
    assert codes(judging.deposit_covered(after(d, proposing.take_deposit(d)))) == []


def test_with_the_other_policy_the_fee_goes_back_to_the_client() -> None:
    """C-19, the alternative."""
    d = deal("reserved", **HELD, answers={**CASH, "amount": 950_000}, policy=TO_REFUND)
    changes = list(proposing.take_deposit(d))
    assert receipt_in(changes)["moved_fen"] == 0
    assert lines(changes) == [(DEAL, "deposit", 950_000), (DEAL, "hold", -50_000)]
    assert [o.kind for o in of_type(changes, Open)] == ["refund"]


def test_a_deposit_before_the_payout_takes_the_fee_back() -> None:
    """Lifecycle row 9."""
    d = deal(
        "tracked",
        [make_receipt()],
        [on("hold", 50_000, case=REFUND)],
        answers={**CASH, "amount": 950_000},
        refund_state="approved",
        links={"refund": REFUND},
    )
    changes = list(proposing.take_deposit(d))
    assert list(of_type(changes, Then)) == [Then("refund", "withdraw")]
    assert stands(after(d, changes)) == {(DEAL, "deposit"): 1_000_000}


@pytest.mark.parametrize("state", ["paid", "withdrawn"])
def test_a_refund_that_is_over_is_left_alone(state: str) -> None:
    d = deal("tracked", [make_receipt()], answers={**CASH, "amount": 950_000}, refund_state=state, links={"refund": REFUND})
    changes = list(proposing.take_deposit(d))
    assert (receipt_in(changes)["moved_fen"], list(of_type(changes, Then))) == (0, [])


def test_a_further_part_moves_no_fee_again() -> None:
    d = deal("deposit_part", **MOVED, answers={**CASH, "amount": 100_000})
    assert lines(proposing.take_deposit(d)) == [(DEAL, "deposit", 100_000)]


def test_the_rest_may_come_later() -> None:
    """R-DEP-05, C-43, E-085."""
    (change,) = proposing.extend_top_up(deal("deposit_part", answers={"until": "2025-03-05 18:00"}))
    assert change == Deadline("top_up", moment("2025-03-05 18:00"))


def test_an_undone_deposit_leaves_the_fee_on_hold_again() -> None:
    """Lifecycle row 11b."""
    d = deal("deposit_part", [make_receipt()], [on("deposit", 50_000)])
    assert stands(after(d, proposing.fee_back_to_hold(d))) == {(DEAL, "hold"): 50_000}


# ---- receipts
def test_a_cheque_counts_once_the_bank_shows_it() -> None:
    """Lifecycle row 30b."""
    waiting = make_receipt(DEPOSIT_RECEIPT, "deposit", 1_000_000, method="cheque", cleared=False)
    d = deal(
        "deposit_part", [waiting], [on("deposit_uncleared", 1_000_000, DEPOSIT_RECEIPT)], answers={"receipt": DEPOSIT_RECEIPT}
    )
    image = after(d, receipting.clear(d))
    assert stands(image) == {(DEAL, "deposit"): 1_000_000}
    assert image[parts.RECEIPTS][0].cleared
    assert codes(judging.deposit_covered(image)) == []


def test_a_cheque_is_confirmed_where_its_money_lies() -> None:
    """Lifecycle row 30b, any state: the refund can be paid then."""
    waiting = make_receipt(method="cheque", cleared=False)
    d = deal("tracked", [waiting], [on("hold_uncleared", 50_000, case=REFUND)], answers={"receipt": HOLD_RECEIPT})
    assert stands(after(d, receipting.clear(d))) == {(REFUND, "hold"): 50_000}


def test_a_reversed_deposit_takes_only_its_cash() -> None:
    """Lifecycle rows 30c, 11b: the moved fee stays."""
    d = deal("deposit_full", **MOVED, answers={"receipt": DEPOSIT_RECEIPT, "reason": "退票"})
    changes = list(receipting.reverse(d))
    image = after(d, changes)
    assert stands(image) == {(DEAL, "deposit"): 50_000}
    assert codes(judging.no_deposit_left(image)) == []
    assert list(of_type(changes, Then)) == [Then("receipt_paper", "void", {"reason": "退票"})]


def test_a_reversed_hold_fee_is_taken_out_of_the_deposit() -> None:
    d = deal("deposit_full", **MOVED, answers={"receipt": HOLD_RECEIPT, "reason": "退票"})
    assert lines(receipting.reverse(d)) == [(DEAL, "deposit", -50_000)]


def test_a_reversed_cheque_leaves_the_account_where_it_waits() -> None:
    waiting = make_receipt(method="cheque", cleared=False)
    d = deal("reserved", [waiting], [on("hold_uncleared", 50_000)], answers={"receipt": HOLD_RECEIPT, "reason": "退票"})
    image = after(d, receipting.reverse(d))
    assert stands(image) == {}
    assert codes(judging.no_hold_left(image)) == []


def test_a_reversed_fee_on_a_refund_ends_the_refund() -> None:
    d = deal(
        "deposit_part",
        [make_receipt(method="cheque", cleared=False)],
        [on("hold_uncleared", 50_000, case=REFUND)],
        answers={"receipt": HOLD_RECEIPT, "reason": "退票"},
        refund_state="approved",
        links={"refund": REFUND},
    )
    changes = list(receipting.reverse(d))
    assert stands(after(d, changes)) == {}
    assert Then("refund", "withdraw") in changes


def test_a_void_receipt_is_not_reversed_twice() -> None:
    d = deal("reserved", **HELD, answers={"receipt": HOLD_RECEIPT, "reason": "退票"})
    (change,) = of_type(receipting.reverse(d), Set)
    assert (change.key, change.expecting, change.values) == ({"id": HOLD_RECEIPT}, {"void": False}, {"void": True})


def test_a_corrected_deposit_keeps_the_fee_it_moved() -> None:
    """Lifecycle row 30c: reversed and reissued in one transaction."""
    d = deal("deposit_full", **MOVED, answers={**CASH, "amount": 900_000, "receipt": DEPOSIT_RECEIPT, "reason": "金额有误"})
    changes = list(receipting.correct(d))
    row = receipt_in(changes)
    assert (row["moved_fen"], row["replaces"], row["fen"]) == (50_000, DEPOSIT_RECEIPT, 900_000)
    assert stands(after(d, changes)) == {(DEAL, "deposit"): 950_000}


def test_a_corrected_receipt_keeps_who_collected_and_when() -> None:
    d = deal(
        "reserved",
        **HELD,
        answers={**CASH, "receipt": HOLD_RECEIPT, "reason": "付款方式有误"},
        actor=MANAGER,
        now="2025-03-04 10:00",
    )
    row = receipt_in(receipting.correct(d))
    assert (row["collector_id"], row["paid_at"]) == (21, moment("2025-03-03 15:20"))


def test_a_corrected_hold_fee_stays_in_the_deposit() -> None:
    d = deal("deposit_full", **MOVED, answers={**CHEQUE, "receipt": HOLD_RECEIPT, "reason": "付款方式有误"})
    assert lines(receipting.correct(d)) == [(DEAL, "deposit", -50_000), (DEAL, "deposit_uncleared", 50_000)]


def test_a_corrected_deposit_credits_no_fee_that_was_reversed() -> None:
    receipts_ = [make_receipt(void=True), DEPOSIT]
    form = {**CASH, "amount": 950_000, "receipt": DEPOSIT_RECEIPT, "reason": "姓名有误"}
    d = deal("deposit_part", receipts_, [on("deposit", 950_000, DEPOSIT_RECEIPT)], answers=form)
    assert receipt_in(receipting.correct(d))["moved_fen"] == 0


# ---- refunds
def test_a_paid_refund_holds_nothing() -> None:
    """R-HLD-04."""
    d = refund_case(answers={"received_by": "陈静", "method": "cash"})
    changes = list(refunding.pay_out(d))
    assert stands(after(d, changes)) == {}
    (paid,) = of_type(changes, Set)
    assert (paid.table, paid.values["paid_by"], paid.values["paid_at"]) == (refunds, FINANCE.id, moment("2025-03-03 15:20"))


def test_a_payout_sent_back_stands_on_the_refund_again() -> None:
    """Lifecycle 4: paid → approved."""
    d = refund_case("paid", standing=[], answers={"reason": "账号有误"})
    assert stands(after(d, refunding.take_back_payout(d))) == {(REFUND, "hold"): 50_000}


def test_every_line_names_its_deal_its_receipt_and_the_event_that_posted_it() -> None:
    d = refund_case(answers={"received_by": "陈静", "method": "cash"})
    (line,) = [c.row for c in of_type(refunding.pay_out(d), Add)]
    assert (line["deal_id"], line["receipt_id"], line["posted_by"], line["seq"]) == (DEAL, HOLD_RECEIPT, REFUND, 2)
