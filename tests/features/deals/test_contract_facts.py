"""What papers of the contract are told: exactly the columns they print, in Chinese, empty where nothing is known. Pure."""

import pytest

from dealflow.features.deals.parts.contract import (
    COLLEAGUES,
    CONTRACT,
    LOAN,
    OBJECTIONS,
    POWERS,
    PURCHASERS,
    SPOKEN_OF,
    WAIVERS,
    Colleague,
    Loan,
    SpokenOf,
)
from dealflow.features.deals.rules.contract import ten_thousandths
from dealflow.features.deals.shelf import closing_facts, contract_facts, talking
from tests.makers.contract import make_contract, make_objection, make_power, make_purchaser, make_waiver
from tests.makers.dossiers import codes, dossier, moment
from tests.makers.sale import ANNE, DEAL

AT = moment("2025-03-03 12:00")


def told(rows=(), **more):
    return dossier(rows=dict(rows), **{"actor": ANNE, **more})


@pytest.mark.parametrize(
    ("state", "occasion"), [("tracked", "认购前"), ("deposit_full", "认购前"), ("subscribed", "交款时"), (None, None)]
)
def test_the_check_says_on_which_occasion_it_was_made_r_pay_05(state, occasion):
    assert contract_facts.identity_occasion(told({CONTRACT: [make_contract(identity_state=state)]})) == occasion


def test_what_is_not_noted_is_not_told():
    d = told()
    assert [contract_facts.identity_originals(d), contract_facts.identity_eligibility(d), contract_facts.signing_at(d)] == [
        None
    ] * 3
    assert (contract_facts.identity_note(d), contract_facts.filing_number(d), contract_facts.owner_phone(d)) == ("", "", "")
    assert closing_facts.power_agent(d) is None
    assert closing_facts.original_keepers(d) is None


def test_an_earlier_check_names_who_made_it():
    noted = make_contract(identity_by=99, identity_at=AT, eligibility="failed")
    d = told({CONTRACT: [noted], COLLEAGUES: [Colleague(99, "白顾问")]})
    assert (contract_facts.identity_checked_by(d), contract_facts.identity_eligibility(d)) == ("白顾问", "不符合")


@pytest.mark.parametrize(
    ("objection", "state"),
    [
        (make_objection(), "待答复"),
        (make_objection(confirmed=False), "已答复"),
        (make_objection(confirmed=True), "已答复"),
        (make_objection(confirmed=False, withdrawn=True), "已撤回"),
    ],
)
def test_objections_are_printed_with_their_life(objection, state):
    (row,) = contract_facts.objections(told({OBJECTIONS: [objection]}))
    assert set(row) == {"clause", "text", "answer", "state"}
    assert row["state"] == state


def test_the_ten_clauses_are_ticked_together():
    rows = contract_facts.clauses(told({CONTRACT: [make_contract(clauses_at=AT)]}))
    assert "".join(str(row["letter"]) for row in rows) == "ABCDEFGHIJ"
    assert all(row["explained"] for row in rows)


def test_what_to_bring_follows_from_buyers_agents_and_plan_r_mtg_01():
    buyers = [make_purchaser(), make_purchaser(2, "云州贸易公司", kind="company")]
    plain = contract_facts.signing_papers(told({PURCHASERS: buyers, POWERS: [make_power()]}))
    assert [row["who"] for row in plain] == ["陈静", "云州贸易公司", "陈强", "全体买受人", "全体买受人"]
    loan = told({PURCHASERS: buyers, LOAN: [Loan(DEAL, 100, 240, "19000000001")]})
    assert len(contract_facts.signing_papers(loan)) == 4 + 8
    assert (contract_facts.loan_amount(loan), contract_facts.loan_months(loan)) == (100, 240)


def test_a_plan_without_a_loan_tells_none():
    d = told({LOAN: [Loan(DEAL, None, None, "19000000001")]})
    assert (contract_facts.loan_amount(d), contract_facts.loan_months(d), contract_facts.owner_phone(d)) == (
        None,
        None,
        "19000000001",
    )


@pytest.mark.parametrize(("rate", "words"), [(1, "万分之一"), (2, "万分之二"), (10, "万分之十"), (12, "万分之12")])
def test_a_rate_is_printed_in_ten_thousandths(rate, words):
    assert ten_thousandths(rate) == words


def test_the_last_power_is_told_with_both_persons():
    rows = {POWERS: [make_power(seq=3, agent="旧"), make_power(id=732, seq=9)], PURCHASERS: [make_purchaser()]}
    d = told(rows)
    assert closing_facts.power_agent(d) == {"name": "陈强", "id_kind": "居民身份证", "id_number": "4199009"}
    assert closing_facts.power_principal(d) == {"name": "陈静", "id_kind": "居民身份证", "id_number": "4199001"}


def test_a_waiver_is_printed_with_who_gave_it_and_why_e_116():
    (row,) = closing_facts.waivers(told({WAIVERS: [make_waiver("agreement_copy")], COLLEAGUES: [Colleague(22, "孟经理")]}))
    assert row == {"name": "收回客户所持认购书", "reason": "客户遗失", "by": "孟经理", "day": "2025-03-03"}


def test_a_talk_is_told_by_its_answers():
    d = told(
        {SPOKEN_OF: [SpokenOf(1, "1-1202", 1, 2), SpokenOf(2, "1-1201", 3, 4)]},
        answers={"needs": "三房", "next_on": "2025-03-06"},
    )
    assert [row["unit"] for row in talking.talk_units(d)] == ["1-1201", "1-1202"]
    assert (talking.talk_needs(d), talking.talk_next_on(d), talking.talk_feedback(d)) == ("三房", "2025-03-06", "")
    assert codes(talking.talk_given(d)) == ["deals.talk_next_missing"]
