"""Price, plan, buyers, deposit, agreement: guards, effects and facts of the sale. Pure."""

from datetime import date

import pytest

from dealflow.casework.changes import Drop, Link, Put, Send
from dealflow.db.tables.deals import buyers
from dealflow.features.deals.parts import BUYERS, DEAL, OTHER_DEALS, PLAN, WITNESSES, Witness
from dealflow.features.deals.rules import percent
from dealflow.features.deals.shelf import agreed, facts
from dealflow.features.units.parts import UNIT
from tests.makers.dossiers import after, codes, dossier, moment
from tests.makers.sale import (
    ANNE,
    PRICE,
    U1,
    U2,
    answered_buyer,
    id_number,
    make_buyer,
    make_deal,
    make_line,
    make_other,
    make_unit,
    prepared_deal,
)

SALE = {"price": PRICE, "plan": "lump_sum", "deposit": 1_000_000, "buyers": [answered_buyer()]}
COUPLE = [answered_buyer(101, share_ppm=500_000), answered_buyer(102, name="王明", share_ppm=500_000)]


def preparing(rows=None, **answers):
    found = {DEAL: [make_deal()], UNIT: [make_unit()], **(rows or {})}
    return dossier(rows=found, answers={**SALE, **answers}, links={"unit": U1})


# ---- prepared
def test_a_sale_that_is_not_prepared_names_each_missing_thing():
    told = codes(agreed.sale_prepared(dossier(rows={DEAL: [make_deal()]})))
    assert told == ["deals.no_unit", "deals.no_price", "deals.no_plan", "deals.no_buyers", "deals.no_deposit"]


def test_a_prepared_sale_lacks_nothing():
    rows = {DEAL: [prepared_deal()], BUYERS: [make_buyer()], PLAN: [make_line()]}
    assert codes(agreed.sale_prepared(dossier(rows=rows, links={"unit": U1}))) == []


def test_a_sale_prepared_for_another_unit_is_not_this_sale():
    rows = {DEAL: [prepared_deal()], BUYERS: [make_buyer()], PLAN: [make_line()]}
    assert codes(agreed.sale_prepared(dossier(rows=rows, links={"unit": U2}))) == ["deals.prepared_for_other_unit"]


# ---- price
@pytest.mark.parametrize(
    ("price", "told"),
    [
        (129_999_999, ["deals.price_below"]),
        (130_000_000, []),
        (PRICE, []),
        (PRICE + 1, ["deals.price_above"]),
    ],
)
def test_the_price_lies_between_the_lowest_and_the_list_price(price, told):
    assert codes(agreed.price_allowed(preparing(price=price))) == told


def test_a_price_below_the_lowest_names_the_limit():
    (told,) = agreed.price_allowed(preparing(price=129_999_999))
    assert told.evidence["limit_yuan"] == "¥1,300,000.00"


def test_a_price_for_an_unknown_unit_is_refused():
    assert codes(agreed.price_allowed(preparing({UNIT: []}))) == ["deals.unit_unknown"]


# ---- plan
def line(amount, **more):
    return {"label": "房款", "amount": amount, "by_loan": False, **more}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, []),
        ({"plan": "gift"}, ["deals.plan_unknown"]),
        ({"lines": [line(PRICE - 1)]}, ["deals.plan_sum_wrong"]),
        ({"lines": [line(PRICE - 1), line(1)]}, []),
        ({"lines": [line(PRICE), line(0)]}, ["deals.plan_line_incomplete"]),
        ({"plan": "mortgage", "loan": 50_000_000}, []),
        ({"plan": "lump_sum", "loan": 50_000_000}, ["deals.plan_without_loan"]),
        ({"plan": "mortgage", "loan": 50_000_000, "lines": [line(PRICE)]}, ["deals.plan_loan_wrong"]),
        ({"plan": "mortgage", "loan": 1, "lines": [line(PRICE - 1), line(1, by_loan=True)]}, []),
    ],
)
def test_the_plan_adds_up_to_the_fen(answers, told):
    assert codes(agreed.plan_adds_up(preparing(**answers))) == told


def test_a_sum_that_is_off_names_the_difference():
    (told,) = agreed.plan_adds_up(preparing(lines=[line(PRICE - 12_345)]))
    assert told.evidence["difference_yuan"] == "¥123.45"


# ---- deposit
@pytest.mark.parametrize(("yuan", "told"), [(4_999, ["deals.deposit_too_low"]), (5_000, []), (200_000, [])])
def test_the_agreed_deposit_has_a_floor_and_no_ceiling_e_083_r_dep_01(yuan, told):
    assert codes(agreed.deposit_at_least(preparing(deposit=yuan * 100), 500_000)) == told


# ---- buyers
@pytest.mark.parametrize(
    ("named", "told"),
    [
        ([], ["deals.buyers_missing"]),
        ([answered_buyer()], []),
        ([answered_buyer(name=" ")], ["deals.buyer_unnamed"]),
        ([answered_buyer(name="陈\n静")], ["deals.buyer_name_unseen"]),
        ([answered_buyer(name="陈\u202e静")], ["deals.buyer_name_unseen"]),
        ([answered_buyer(name="字" * 60)], []),
        ([answered_buyer(name="字" * 61)], ["deals.buyer_name_long"]),
        ([answered_buyer(phone="123")], ["deals.buyer_phone_invalid"]),
        ([answered_buyer(document="419900198801011000")], ["deals.buyer_document_invalid"]),
        ([answered_buyer(document_kind="credit_code")], ["deals.buyer_document_kind", "deals.buyer_document_invalid"]),
        ([answered_buyer(kind="company")], ["deals.buyer_document_invalid"]),
        ([answered_buyer(document_kind="library_card")], ["deals.buyer_document_invalid"]),
        (COUPLE, []),
        ([COUPLE[0], {**COUPLE[1], "share_ppm": 499_999}], ["deals.shares_wrong"]),
        ([COUPLE[0], {**COUPLE[1], "share_ppm": None}], ["deals.shares_wrong"]),
        ([COUPLE[0], {**COUPLE[0]}], ["deals.buyer_twice"]),
    ],
)
def test_buyers_are_named_whole(named, told):
    assert codes(agreed.buyers_named(preparing(buyers=named))) == told


@pytest.mark.parametrize(("born", "told"), [("20070303", []), ("20070304", ["deals.buyer_minor"])])
def test_a_buyer_comes_of_age_on_his_birthday(born, told):
    assert codes(agreed.buyers_named(preparing(buyers=[answered_buyer(document=id_number(born))]))) == told


def test_a_refused_buyer_is_named_by_place_never_by_number():
    (told,) = agreed.buyers_named(preparing(buyers=[answered_buyer(document="419900198801011000")]))
    assert told.evidence == {
        "position": 1,
        "why": "identity.id_check",
        "reason": "校验码不符，请核对",
        "reason_en": "its check character does not agree",
    }


@pytest.mark.parametrize(
    ("ppm", "shown"), [(1_000_000, "100%"), (333_333, "33.3333%"), (500_000, "50%"), (5, "0.0005%"), (0, "0%")]
)
def test_shares_are_shown_in_percent_exactly(ppm, shown):
    assert percent(ppm) == shown


# ---- preparing
def test_preparing_writes_down_what_was_agreed():
    d = preparing(buyers=COUPLE)
    image = after(d, agreed.prepare(d))
    deal = image.chosen(DEAL)
    assert (deal.unit_id, deal.price_fen, deal.plan, deal.agreed_deposit_fen) == (U1, PRICE, "lump_sum", 1_000_000)
    assert [b.name for b in image[BUYERS]] == ["陈静", "王明"]
    assert [p.amount_fen for p in image[PLAN]] == [PRICE]
    assert Link("unit", U1) in list(agreed.prepare(d))


def test_a_sole_buyer_has_the_whole():
    (row,) = [c.row for c in agreed.prepare(preparing()) if isinstance(c, Put) and c.table is buyers]
    assert row["share_ppm"] == 1_000_000


def test_numbers_are_stored_in_their_one_spelling():
    given = answered_buyer(document=f" {id_number().lower()} ", phone="190 0000 0001")
    (row,) = [c.row for c in agreed.prepare(preparing(buyers=[given])) if isinstance(c, Put) and c.table is buyers]
    assert (row["document"], row["phone"]) == (id_number(), "19000000001")


def test_preparing_again_with_fewer_buyers_and_lines_drops_the_rest():
    d = preparing({BUYERS: [make_buyer(1), make_buyer(2, "王明")], PLAN: [make_line(1), make_line(2, 2)]})
    dropped = [(c.table.name, c.key["position"]) for c in agreed.prepare(d) if isinstance(c, Drop)]
    assert dropped == [("buyers", 2), ("plan_lines", 2)]
    assert [b.position for b in after(d, agreed.prepare(d))[BUYERS]] == [1]


def test_a_loan_without_lines_becomes_down_payment_and_loan():
    d = preparing(plan="mortgage", loan=90_000_000)
    lines = after(d, agreed.prepare(d))[PLAN]
    assert [(p.label, p.amount_fen, p.by_loan) for p in lines] == [
        ("首付款", PRICE - 90_000_000, False),
        ("贷款", 90_000_000, True),
    ]


# ---- agreement
def test_no_clause_is_added_to_the_agreement_e_097_r_sub_03():
    (told,) = agreed.no_free_clause(dossier(answers={"extra_clause": "送车位一个"}))
    assert told.evidence["clause"] == "送车位一个"
    assert codes(agreed.no_free_clause(dossier(answers={"extra_clause": "  "}))) == []


def test_errors_of_a_void_agreement_are_counted_and_told_to_the_manager_e_098_r_sub_07():
    d = dossier(rows={DEAL: [prepared_deal(agreement_void_places=2)]}, answers={"places": 3})
    changes = list(agreed.agreement_voided(d))
    assert after(d, changes).chosen(DEAL).agreement_void_places == 5
    (task,) = [c for c in changes if isinstance(c, Send)]
    assert (task.topic, task.role, task.evidence["places"]) == ("agreement_error_fine", "sales_manager", 3)


def test_a_void_agreement_without_errors_brings_no_task():
    d = dossier(rows={DEAL: [prepared_deal()]}, answers={"places": 0})
    assert not [c for c in agreed.agreement_voided(d) if isinstance(c, Send)]


def test_the_agreement_is_effective_from_the_last_signature_on():
    d = dossier()
    (change,) = agreed.subscribe(d)
    assert change.values == {"subscribed_at": d.now}


# ---- deposit
def test_the_first_deposit_gives_the_commission_right_and_ends_the_lead_r_dep_11_c_60():
    d = dossier(rows={DEAL: [prepared_deal()]})
    deal = after(d, agreed.deposit_taken(d)).chosen(DEAL)
    assert (deal.open, deal.commission_since) == (False, d.now)


def test_the_commission_right_keeps_its_first_day():
    first = moment("2025-03-01 10:00")
    d = dossier(rows={DEAL: [prepared_deal(commission_since=first)]})
    assert after(d, agreed.deposit_taken(d)).chosen(DEAL).commission_since == first


@pytest.mark.parametrize(("others", "open_"), [([], True), ([make_other()], False), ([make_other(open=False)], True)])
def test_a_deposit_that_is_not_there_makes_a_lead_again_unless_the_client_has_another(others, open_):
    d = dossier(rows={DEAL: [prepared_deal(open=False)], OTHER_DEALS: others})
    deal = after(d, agreed.lead_again(d)).chosen(DEAL)
    assert (deal.open, deal.commission_since) == (open_, None)


# ---- facts
def test_papers_tell_what_was_agreed():
    d = dossier(rows={DEAL: [prepared_deal()]})
    assert (facts.price(d), facts.plan_name(d), facts.deposit_agreed(d)) == (PRICE, "一次性付款", 1_000_000)
    assert facts.owner_name(d) == ANNE.name


def test_payment_dates_follow_the_plan_and_speak_of_days():
    lines = [make_line(2, 2, date(2026, 11, 22)), make_line(1, 1), make_line(3, 3, by_loan=True)]
    told = facts.payment_dates(dossier(rows={PLAN: lines}))
    assert [(row["amount"], row["due"]) for row in told] == [(1, "签订合同之日"), (2, "2026年11月22日"), (3, "贷款发放时")]


@pytest.mark.parametrize("fact", [facts.price, facts.plan_name, facts.deposit_agreed, facts.payment_dates, facts.owner_name])
def test_what_was_not_agreed_is_not_told(fact):
    assert fact(dossier()) is None


def test_whoever_had_it_signed_is_named_when_it_was_not_the_owner_r_com_03():
    colleague = Witness(24, "白顾问", moment("2025-03-03 11:00"))
    own = Witness(ANNE.id, ANNE.name, moment("2025-03-03 10:00"))
    assert facts.closed_by(dossier(rows={DEAL: [make_deal()], WITNESSES: [own, colleague]})) == "白顾问"
    assert facts.closed_by(dossier(rows={DEAL: [make_deal()], WITNESSES: [own]})) == ""
    assert facts.closed_by(dossier(rows={DEAL: [make_deal()]})) == ""
