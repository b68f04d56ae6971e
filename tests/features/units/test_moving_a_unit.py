"""Effects and facts of the units room: claims begin, go on and end; a unit is made, blocked; what papers say of it. Pure."""

import pytest

from dealflow.casework.changes import Add, Link, Set, Then
from dealflow.db.tables.units import claims, units
from dealflow.features.units import shelf as offered
from dealflow.features.units.parts import BUILDING, CLAIMED, UNIT, Building, Claimed
from dealflow.features.units.shelf import facts
from tests.makers.dossiers import PROJECT, after, codes, dossier
from tests.makers.sale import DEAL, U1, held_by, make_unit

NEW = {
    "building": 31,
    "code": "1-1201",
    "floor": 12,
    "layout": "三室两厅",
    "orientation": "南",
    "area_cm2": 1_158_000,
    "inner_area_cm2": 926_400,
    "list_price": 138_960_000,
    "lowest_price": 130_000_000,
}


def about(unit, **more):
    return dossier(rows={UNIT: [unit]}, links={"unit": U1}, **more)


def adding(**given):
    return dossier("unit", "none", rows={BUILDING: [Building(31, PROJECT.id, "1")]}, answers={**NEW, **given})


def test_a_hold_claims_the_unit_and_moves_it():
    d = about(make_unit())
    claim, link, then = offered.hold(d)
    assert isinstance(claim, Add)
    assert claim.table is claims
    assert (claim.row["unit_id"], claim.row["case_id"], claim.row["live"]) == (U1, DEAL, True)
    assert (link, then) == (Link("unit", U1), Then("unit", "hold"))


def test_the_loser_of_a_race_hears_which_unit_was_taken_e_092():
    claim, *_ = offered.hold(about(make_unit()))
    assert claim.otherwise.code == "units.taken_now"
    assert claim.otherwise.evidence == {"unit": "1-1201"}


def test_the_image_knows_the_claim():
    d = about(make_unit())
    image = after(d, offered.hold(d))
    assert image.chosen(UNIT).claimed_by == DEAL
    assert codes(offered.free_or_held_here(image)) == []


def test_a_deposit_on_a_free_unit_claims_it():
    claim, then = offered.secure(about(make_unit()))
    assert claim.table is claims
    assert then == Then("unit", "secure")


def test_a_deposit_on_the_deals_own_hold_keeps_the_claim():
    assert list(offered.secure(about(held_by(DEAL)))) == [Then("unit", "secure")]


def test_a_release_ends_the_claim_and_frees_the_unit_r_hld_05():
    d = dossier(rows={CLAIMED: [Claimed(900, U1, "1-1201")], UNIT: [held_by(DEAL)]}, links={"unit": U1})
    ended, then = offered.release(d)
    assert isinstance(ended, Set)
    assert (ended.key, ended.expecting, ended.values["live"]) == ({"id": 900}, {"live": True}, False)
    assert then == Then("unit", "release")


def test_after_a_release_the_image_has_no_claim():
    d = dossier(rows={CLAIMED: [Claimed(900, U1, "1-1201")], UNIT: [held_by(DEAL)]}, links={"unit": U1})
    image = after(d, offered.release(d))
    assert image[CLAIMED] == ()
    assert image.chosen(UNIT).claimed_by is None


def test_without_a_claim_there_is_nothing_to_release():
    assert list(offered.release(dossier())) == []


def test_a_hold_goes_on_with_the_claim_it_has():
    assert list(offered.hold_again(about(held_by(DEAL, "deposit")))) == [Then("unit", "hold_again")]


def test_a_block_keeps_its_reason_and_is_lifted_again():
    d = about(make_unit(), answers={"reason": " 法院查封 "})
    image = after(d, offered.block(d))
    assert image.chosen(UNIT).blocked == "法院查封"
    assert after(image, offered.lift_block(image)).chosen(UNIT).blocked is None


def test_a_complete_unit_may_be_made():
    assert codes(offered.data_complete(adding())) == []
    (row,) = offered.create(adding())
    assert (row.table, row.row["code"], row.row["list_fen"]) == (units, "1-1201", 138_960_000)


def test_a_unit_stands_in_a_building_of_the_project():
    d = dossier("unit", "none", rows={BUILDING: [Building(31, 2, "1")]}, answers=NEW)
    assert codes(offered.data_complete(d)) == ["units.building_unknown"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("layout", " "),
        ("orientation", ""),
        ("floor", None),
        ("area_cm2", 0),
        ("inner_area_cm2", 1_158_001),
        ("list_price", 0),
        ("lowest_price", 138_960_001),
    ],
)
def test_a_unit_without_a_true_figure_is_refused(field, value):
    assert "units.data_missing" in codes(offered.data_complete(adding(**{field: value})))


def test_a_reason_is_asked_for():
    assert codes(offered.reason_given(dossier(answers={"reason": "  "}))) == ["units.reason_missing"]
    assert codes(offered.reason_given(dossier(answers={"reason": "保留房源"}))) == []


def test_papers_name_the_unit_and_where_it_lies():
    d = about(make_unit())
    assert facts.code(d) == "1-1201"
    assert facts.address(d) == "滨河路1号1 号楼1201室"
    assert (facts.area(d), facts.inner_area(d)) == (1_158_000, 926_400)
    assert facts.licence_number(d) == "云房预售字（2024）第 011 号"
    assert facts.seller_name(d) == "云湖置业有限公司"


def test_an_inner_area_that_was_not_measured_is_not_told():
    assert facts.inner_area(about(make_unit(inner_area_cm2=0))) is None


@pytest.mark.parametrize("fact", [facts.code, facts.address, facts.area, facts.inner_area, facts.licence_number])
def test_without_a_unit_nothing_is_told(fact):
    assert fact(dossier()) is None
