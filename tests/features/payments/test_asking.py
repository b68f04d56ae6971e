"""What the form of a payment must say: payer, receipt, new due, receiver of a refund."""

from typing import Any

import pytest

from dealflow.casework.dossier import Dossier
from dealflow.features.payments.shelf import asking
from tests.makers.dossiers import codes
from tests.makers.payments import CASH, CHEQUE, PAYER, deal

pytestmark = pytest.mark.once


def paying(form: dict[str, Any], **changed: Any) -> Dossier:
    return deal(answers={k: v for k, v in {**form, **changed}.items() if v is not None})


def test_a_receipt_with_unit_amount_method_and_source_is_complete() -> None:
    """R-DEP-06."""
    assert codes(asking.receipt_complete(paying(CASH))) == []


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("amount", "payments.amount_missing"),
        ("method", "payments.method_missing"),
        ("source_of_funds", "payments.source_missing"),
    ],
)
def test_each_field_missing_is_named_alone(missing: str, code: str) -> None:
    """R-DEP-06, E-089."""
    assert codes(asking.receipt_complete(paying(CASH, **{missing: None}))) == [code]


def test_a_receipt_names_its_unit() -> None:
    """R-DEP-06."""
    d = paying(CASH)
    without = {k: v for k, v in d.links.items() if k != "unit"}
    from_nowhere = Dossier(**{**{f: getattr(d, f) for f in d.__slots__}, "links": without})
    assert codes(asking.receipt_complete(from_nowhere)) == ["payments.unit_missing"]


def test_an_empty_form_is_told_everything_at_once() -> None:
    """R-DEP-06."""
    assert codes(asking.receipt_complete(paying({}))) == [
        "payments.amount_missing",
        "payments.method_missing",
        "payments.source_missing",
    ]


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_more_than_zero(amount: int) -> None:
    """R-DEP-06."""
    assert codes(asking.receipt_complete(paying(CASH, amount=amount))) == ["payments.amount_missing"]


def test_a_cheque_states_number_and_amount() -> None:
    """R-DEP-07, E-089."""
    assert codes(asking.receipt_complete(paying(CHEQUE))) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"cheque_no": " "}, "payments.cheque_number_missing"),
        ({"cheque_amount": None}, "payments.cheque_amount_missing"),
        ({"cheque_amount": 49_999}, "payments.cheque_amount_differs"),
    ],
)
def test_a_cheque_without_number_or_with_another_amount_is_refused(changed: dict[str, Any], code: str) -> None:
    """R-DEP-07, E-089."""
    assert codes(asking.receipt_complete(paying(CHEQUE, **changed))) == [code]


def test_cash_needs_no_cheque_number() -> None:
    """E-089."""
    assert codes(asking.receipt_complete(paying(CASH, cheque_no=""))) == []


def test_figures_and_capitals_must_agree() -> None:
    """R-DEP-06, E-090: figures 5,000.00, capitals 伍万元整."""
    wrong = paying(CASH, amount=500_000, capitals="伍万元整")
    (unmet,) = asking.receipt_complete(wrong)
    assert (unmet.code, unmet.evidence["expected"]) == ("payments.capitals_differ", "伍仟元整")


@pytest.mark.parametrize("capitals", ["伍仟元整", "人民币伍仟元正", " 伍仟圆整 "])
def test_capitals_that_agree_are_taken_in_every_spelling(capitals: str) -> None:
    """R-DEP-06."""
    assert codes(asking.receipt_complete(paying(CASH, amount=500_000, capitals=capitals))) == []


def test_words_that_are_no_amount_do_not_agree() -> None:
    """R-DEP-06."""
    assert codes(asking.receipt_complete(paying(CASH, capitals="五百块"))) == ["payments.capitals_differ"]


def test_the_hold_fee_is_exactly_the_policy() -> None:
    """R-HLD-01, E-074: 300 instead of 500."""
    (unmet,) = asking.amount_is(paying(CASH, amount=30_000), 50_000)
    assert unmet.evidence == {"due": "¥500.00", "amount": "¥300.00"}


def test_five_hundred_is_the_hold_fee() -> None:
    """R-HLD-01, E-073."""
    assert codes(asking.amount_is(paying(CASH), 50_000)) == []


def test_a_payer_with_a_sound_number_is_identified() -> None:
    assert codes(asking.payer_identified(paying(CASH))) == []


@pytest.mark.parametrize(
    ("payer", "code"),
    [
        ({"name": ""}, "payments.payer_missing"),
        ({"document": " "}, "payments.payer_document_missing"),
        ({"document": "449900199003070014"}, "payments.payer_document_wrong"),
        ({"document_kind": "library_card"}, "payments.payer_document_kind_unknown"),
    ],
)
def test_a_payer_without_name_or_sound_document_is_refused(payer: dict[str, str], code: str) -> None:
    assert codes(asking.payer_identified(paying(CASH, payer={**PAYER, **payer}))) == [code]


def test_a_refusal_never_repeats_the_number_of_a_document() -> None:
    (unmet,) = asking.payer_identified(paying(CASH, payer={**PAYER, "document": "449900199003070014"}))
    assert "449900199003070014" not in str(unmet)


@pytest.mark.parametrize("until", ["2025-03-05 18:00", "2025-03-05T18:00:00+08:00"])
def test_a_later_moment_is_a_new_due(until: str) -> None:
    """C-43."""
    assert codes(asking.new_due_given(paying({"until": until}))) == []


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (None, "payments.due_missing"),
        ("tomorrow", "payments.due_missing"),
        ("2025-03-03 15:20", "payments.due_past"),
        ("2025-03-03 15:19", "payments.due_past"),
    ],
)
def test_a_new_due_lies_later_than_now(until: str | None, code: str) -> None:
    """C-43."""
    assert codes(asking.new_due_given(paying({"until": until}))) == [code]


def test_a_refund_names_receiver_method_and_for_a_transfer_the_account() -> None:
    """R-HLD-04."""
    assert codes(asking.refund_receiver_named(paying({}))) == ["payments.receiver_missing", "payments.refund_method_missing"]
    assert codes(asking.refund_receiver_named(paying({"received_by": "陈静", "method": "transfer"}))) == [
        "payments.refund_account_missing"
    ]
    assert codes(asking.refund_receiver_named(paying({"received_by": "陈静", "method": "cash"}))) == []


def test_a_payout_sent_back_has_a_reason() -> None:
    assert codes(asking.reason_given(paying({"reason": " "}))) == ["payments.reason_missing"]
    assert codes(asking.reason_given(paying({"reason": "账号有误"}))) == []
