"""Arithmetic of moving in: the 3 % rule by its table, ten whole days, fees by the schedule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.features.movein import rules

TABLE = [  # domain-facts 2.12: contract cm2, surveyed cm2, fen for a square metre, may rescind, what the buyer pays
    ("A1", 1_000_000, 1_030_000, 2_000_000, False, 6_000_000),
    ("A2", 1_000_000, 1_030_100, 2_000_000, True, 6_000_000),
    ("A3", 1_000_000, 970_000, 2_000_000, False, -6_000_000),
    ("A4", 1_000_000, 960_000, 2_000_000, True, -10_000_000),
    ("A5", 893_700, 920_500, 1_588_888, False, 4_258_220),
    ("A6", 893_700, 920_600, 1_588_888, True, 4_259_968),
    ("A7", 1_185_200, 1_185_200, 3_000_000, False, 0),
]
AREAS = st.integers(1, 10_000_000)


@pytest.mark.parametrize(("case", "contract", "surveyed", "metre", "rescind", "fen"), TABLE)
def test_the_area_error_is_settled_as_the_law_says(case, contract, surveyed, metre, rescind, fen):
    assert rules.area_difference(contract, surveyed, metre) == rules.Difference(fen, rescind), case


@given(AREAS, AREAS, st.integers(1, 10_000_000))
def test_a_buyer_never_pays_for_more_than_three_per_cent(contract, surveyed, metre):
    found = rules.area_difference(contract, surveyed, metre)
    assert found.fen <= rules.half_up(3 * contract * metre, 100 * rules.METRE)
    assert (found.fen > 0) <= (surveyed > contract)
    assert found.may_rescind == (abs(surveyed - contract) * 100 > 3 * contract)


def test_a_shown_unit_price_is_the_total_by_the_area_half_up():
    assert rules.metre_price(145_908_000, 1_158_000) == 1_260_000
    assert rules.metre_price(1, 20_000) == 1
    assert rules.metre_price(1, 20_001) == 0


def test_delivery_on_30_june_is_told_on_19_june_at_the_latest():
    assert rules.first_slot_day(date(2026, 6, 19)) == date(2026, 6, 30)
    assert rules.first_slot_day(date(2026, 6, 20)) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("item", "period", "rate", "fen"),
    [
        ("management_fee", "quarter", 280, 97_272),  # 324.24 a month, three months
        ("management_fee", "year", 280, 389_088),
        ("maintenance_fund", "", 8_500, 984_300),
        ("parking_rent", "quarter", 30_000, 90_000),
        ("fitting_out_deposit", "", 200_000, 200_000),
    ],
)
def test_a_fee_by_the_schedule(item, period, rate, fen):
    assert rules.scheduled(item, period, rate, 1_158_000) == fen


def test_a_months_fee_is_rounded_before_it_is_taken_three_times():
    assert rules.scheduled("management_fee", "quarter", 1, 15_000) == 6  # 1.5 fen a month are 2


def test_every_owner_signs_c_53():
    assert rules.unsigned({2: "赵明", 1: "陈静"}, {2}) == [(1, "陈静")]
