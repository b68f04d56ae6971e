"""Originals and eligibility, clauses one by one, objections and the developer's word. Pure."""

import pytest

from dealflow.db.tables.deals import contracts, objections
from dealflow.features.deals.parts.contract import CONTRACT, OBJECTIONS, PURCHASERS
from dealflow.features.deals.shelf import checking
from dealflow.kernel.errors import Invalid
from tests.makers.contract import DEVELOPER, make_contract, make_objection, make_purchaser
from tests.makers.dossiers import after, codes, dossier
from tests.makers.sale import ANNE, DEAL


def before_slip(*, noted=(), buyers=(make_purchaser(),), objected=(), state="subscribed", **more):
    rows = {CONTRACT: noted, PURCHASERS: buyers, OBJECTIONS: objected}
    return dossier(state=state, rows=rows, **{"actor": ANNE, **more})


CHECKED = {"originals": True, "eligibility": "passed", "note": "夫妻"}


# ---- E-101, E-102
@pytest.mark.parametrize("given", [False, None, "true", 1])
def test_a_photocopy_does_not_close_the_check_e_101_r_pay_02(given):
    assert codes(checking.originals_seen(before_slip(answers={"originals": given}))) == ["deals.originals_unseen"]


def test_the_originals_are_those_of_buyers_on_record():
    assert codes(checking.buyers_on_record(before_slip(buyers=()))) == ["deals.no_buyers"]


@pytest.mark.parametrize(("given", "told"), [("passed", []), ("failed", []), ("", ["deals.eligibility_missing"])])
def test_eligibility_is_said_be_it_no(given, told):
    assert codes(checking.eligibility_given(before_slip(answers={"eligibility": given}))) == told


def test_a_check_made_before_the_subscription_counts_later_e_102_r_pay_05():
    d = before_slip(state="tracked", answers=CHECKED)
    image = after(d, checking.note_identity(d))
    noted = image.chosen(CONTRACT)
    assert (noted.identity_state, noted.identity_by, noted.identity_at) == ("tracked", ANNE.id, d.now)
    assert codes(checking.identity_passed(image)) == []


def test_without_a_check_nothing_goes_on():
    assert codes(checking.identity_passed(before_slip())) == ["deals.identity_unchecked"]


def test_other_buyers_are_checked_anew():
    d = before_slip(answers=CHECKED)
    seen = after(d, checking.note_identity(d)).chosen(CONTRACT)
    others = before_slip(noted=[seen], buyers=[make_purchaser(document="4199002")])
    assert codes(checking.identity_passed(others)) == ["deals.identity_of_others"]


def test_buyers_who_may_not_buy_wait_for_the_manager():
    d = before_slip(answers={**CHECKED, "eligibility": "failed"})
    assert codes(checking.identity_passed(after(d, checking.note_identity(d)))) == ["deals.not_eligible"]


# ---- clauses
@pytest.mark.parametrize("given", [list("ABCDEFGHIJ"), "A B C D E F G H I J", "abcdefghij"])
def test_all_ten_clauses_are_explained_r_pay_04(given):
    assert codes(checking.clauses_all_explained(before_slip(answers={"clauses": given}))) == []


def test_the_clauses_left_out_are_named():
    (told,) = checking.clauses_all_explained(before_slip(answers={"clauses": list("ABCDEFGH")}))
    assert told.evidence["clauses"] == "I 违约责任、J 争议解决方式"


def test_an_explanation_is_noted_beside_what_was_noted_before():
    d = before_slip(noted=[make_contract(eligibility="passed")], answers={"note": ""})
    (put,) = checking.note_clauses(d)
    assert (put.table, put.row["eligibility"], put.row["clauses_by"]) == (contracts, "passed", ANNE.id)
    assert codes(checking.clauses_explained(after(d, [put]))) == []
    assert codes(checking.clauses_explained(d)) == ["deals.clauses_unexplained"]


# ---- E-105
def test_an_objection_stops_the_slip_until_the_developer_answers_e_105_r_ctr_13():
    d = before_slip(answers={"clause": "i", "text": "违约金太低"})
    assert codes(checking.objection_named(d)) == []
    image = after(d, checking.raise_objection(d))
    (told,) = checking.no_open_objection(image)
    assert (told.code, told.evidence["clause"]) == ("deals.objection_unanswered", "I 违约责任")


@pytest.mark.parametrize(("confirmed", "left"), [(True, []), (False, ["deals.objection_refused"])])
def test_a_confirmed_change_settles_it_a_refusal_does_not_r_role_11(confirmed, left):
    d = before_slip(objected=[make_objection()], actor=DEVELOPER, answers={"confirmed": confirmed, "text": "依示范文本"})
    image = after(d, checking.answer_objection(d))
    assert codes(checking.no_open_objection(image)) == left
    assert image.chosen(OBJECTIONS).answer == "依示范文本"


def test_the_client_withdraws_what_the_developer_refused():
    d = before_slip(objected=[make_objection(confirmed=False)])
    image = after(d, checking.withdraw_objection(d))
    assert codes(checking.no_open_objection(image)) == []
    assert codes(checking.objection_open(image)) == ["deals.objection_none"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"clause": "K", "text": "x"}, ["deals.objection_clause_missing"]),
        ({"clause": "A", "text": " "}, ["deals.objection_text_missing"]),
        ({}, ["deals.objection_clause_missing", "deals.objection_text_missing"]),
    ],
)
def test_an_objection_names_a_clause_and_says_what(answers, told):
    assert codes(checking.objection_named(before_slip(answers=answers))) == told


def test_one_objection_to_a_clause_at_a_time():
    standing = [make_objection(clause="I")]
    assert codes(checking.objection_new(before_slip(objected=standing, answers={"clause": "I"}))) == ["deals.objection_there"]
    assert codes(checking.objection_new(before_slip(objected=standing, answers={"clause": "J"}))) == []


def test_of_several_objections_the_one_meant_is_named():
    both = [make_objection(701, "I"), make_objection(702, "J")]
    with pytest.raises(Invalid):
        list(checking.withdraw_objection(before_slip(objected=both)))
    (changed,) = checking.withdraw_objection(before_slip(objected=both, answers={"clause": "J"}))
    assert (changed.table, changed.key) == (objections, {"id": 702})


def test_an_answer_is_a_yes_or_no_in_words():
    assert codes(checking.answer_given(before_slip())) == ["deals.answer_missing", "deals.answer_text_missing"]


def test_a_row_is_made_for_the_deal_itself():
    (put,) = checking.note_clauses(before_slip())
    assert put.row["case_id"] == DEAL
