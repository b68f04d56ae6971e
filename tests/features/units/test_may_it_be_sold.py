"""Guards of the units room: licence, sale, claims, blocks. Pure."""

from datetime import date

import pytest

from dealflow.features.units.parts import CLAIMED, UNIT, Claimed, Unit
from dealflow.features.units.shelf import (
    chosen,
    for_sale,
    free_or_held_here,
    is_blocked,
    is_free,
    licensed,
    not_blocked,
    same_as_claimed,
)
from tests.makers.dossiers import codes, dossier
from tests.makers.sale import DEAL, RIVAL, U1, U2, held_by, make_unit


def about(unit: Unit | None, **more):
    return dossier(rows={UNIT: [unit] if unit else []}, links={"unit": U1}, **more)


def test_a_unit_must_be_chosen():
    assert codes(chosen(dossier())) == ["units.not_chosen"]
    assert codes(chosen(dossier(links={"unit": U1}))) == []


def test_a_unit_that_nobody_knows_is_told_once():
    d = about(None)
    told = [code for guard in (chosen, licensed, for_sale, is_free, not_blocked) for code in codes(guard(d))]
    assert told == ["units.unknown"]


def test_a_unit_of_another_project_is_not_known():
    assert codes(licensed(about(make_unit(project_id=2)))) == ["units.unknown"]


@pytest.mark.parametrize(
    ("number", "since", "told"),
    [
        ("第 011 号", date(2025, 3, 3), []),
        ("第 011 号", date(2025, 3, 4), ["units.unlicensed"]),
        ("第 011 号", None, ["units.unlicensed"]),
        (None, date(2025, 3, 3), ["units.unlicensed"]),
    ],
)
def test_no_money_without_a_licence_in_force_on_the_day(number, since, told):
    assert codes(licensed(about(make_unit(licence_no=number, licence_from=since)))) == told


def test_the_licence_counts_by_the_local_day():
    """00:30 of 4 March in the project's zone is still 3 March in UTC."""
    unit = make_unit(licence_from=date(2025, 3, 4))
    assert codes(licensed(about(unit, now="2025-03-04 00:30"))) == []
    assert codes(licensed(about(unit, now="2025-03-03 23:59"))) == ["units.unlicensed"]


@pytest.mark.parametrize("state", ["unreleased", "withheld"])
def test_a_unit_not_offered_is_not_for_sale(state):
    unit = make_unit(state=state)
    assert codes(for_sale(about(unit))) == ["units.not_for_sale"]
    assert codes(free_or_held_here(about(unit))) == ["units.not_for_sale"]


def test_a_second_hold_is_refused_for_one_reason_e_082():
    d = about(held_by(RIVAL))
    told = [*for_sale(d), *is_free(d)]
    assert [(u.code, u.rule) for u in told] == [("units.taken", "R-HLD-06")]


def test_the_refusal_tells_nothing_of_the_other_client():
    (told,) = is_free(about(held_by(RIVAL)))
    assert told.evidence == {"unit": "1-1201"}


def test_another_deposit_during_a_hold_is_refused_e_076_c_18():
    (told,) = free_or_held_here(about(held_by(RIVAL)))
    assert told.code == "units.held_for_another"


def test_the_second_to_pay_is_refused_e_091_r_dep_10():
    (told,) = free_or_held_here(about(held_by(RIVAL, "deposit")))
    assert (told.code, told.rule) == ("units.taken", "R-DEP-10")


def test_the_holder_may_convert_at_any_moment_e_076():
    assert codes(free_or_held_here(about(held_by(DEAL)))) == []


def test_a_free_unit_may_be_paid_for():
    assert codes(free_or_held_here(about(make_unit()))) == []


def test_a_blocked_unit_says_why():
    (told,) = not_blocked(about(make_unit(blocked="法院查封")))
    assert told.evidence["why"] == "法院查封"


def test_only_a_blocked_unit_has_a_block_to_lift():
    assert codes(is_blocked(about(make_unit()))) == ["units.not_blocked"]
    assert codes(is_blocked(about(make_unit(blocked="法院查封")))) == []


def test_a_deal_that_claims_a_unit_is_not_prepared_for_another():
    rows = {UNIT: [make_unit(id=U2, code="1-1202")], CLAIMED: [Claimed(900, U1, "1-1201")]}
    (told,) = same_as_claimed(dossier(rows=rows, links={"unit": U2}))
    assert told.evidence == {"claimed": "1-1201", "unit": "1-1202"}
    assert codes(same_as_claimed(dossier(rows=rows, links={"unit": U1}))) == []


def test_a_deal_without_a_claim_may_choose_any_unit():
    assert codes(same_as_claimed(about(make_unit()))) == []
