"""A building on its way: what each step asks for, and that no notice goes out before it is ready. Pure."""

from datetime import date

import pytest

from dealflow.casework.changes import Add, Link, Open, Put, Set, Then
from dealflow.db.tables.movein import building_papers, fee_rates, preparations
from dealflow.features.movein.parts.building import (
    BUILDING_PAPERS,
    PREPARATION,
    RATES,
    SCAN,
    SITE,
    BuildingPaper,
    Rate,
    Scan,
    Site,
)
from dealflow.features.movein.parts.handover import HANDOVER, STEPS, Done
from dealflow.features.movein.shelf import building_facts, inviting, preparing
from tests.makers.dossiers import PROJECT, codes, dossier, moment
from tests.makers.movein import BUILDING, make_handover, make_preparation

FILE = "a" * 64
CERTIFICATE = {"number": "Z-1", "body": "云州市质监站", "on": "2025-03-01", "scan": FILE}


def building(state: str = "completed", rows=None, **more):
    known = {PREPARATION: [make_preparation(state=state, ready=False)]}
    return dossier("building", state, id=BUILDING, rows={**known, **(rows or {})}, **more)


def paper(kind: str) -> BuildingPaper:
    return BuildingPaper(BUILDING, kind, FILE, "Z-1", "云州市质监站", "", "合格", date(2025, 3, 1), "孔德")


def deal(rows=None, **more):
    return dossier("deal", "stamped", rows=rows, links={"unit": 501}, **more)


# ---- the building's steps
def test_a_preparation_begins_once_for_each_building():
    begun = dossier("building", "none", rows={SITE: [Site(5, PROJECT.id, "1 号楼", BUILDING)]})
    assert codes(preparing.building_known(begun)) == ["movein.preparation_begun"]
    other = dossier("building", "none", rows={SITE: [Site(5, 99, "1 号楼", None)]})
    assert codes(preparing.building_known(other)) == ["movein.building_unknown"]


def test_whoever_begins_second_hears_that_it_has_begun():
    d = dossier("building", "none", rows={SITE: [Site(5, PROJECT.id, "1 号楼", None)]}, answers={"completed_on": "2025-02-01"})
    added, done = preparing.begin(d)
    assert (added.table, added.otherwise.code) == (preparations, "movein.begun_now")
    assert (done.row["no"], done.row["day"]) == (1, date(2025, 2, 1))


@pytest.mark.parametrize(("given", "code"), [("", "movein.completion_missing"), ("2025-03-04", "movein.day_ahead")])
def test_completion_has_a_day_that_has_come(given, code):
    assert codes(preparing.completion_dated(building(answers={"completed_on": given}))) == [code]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("number", "movein.certificate_number_missing"),
        ("body", "movein.certificate_body_missing"),
        ("on", "movein.day_missing"),
        ("scan", "movein.file_missing"),
    ],
)
def test_a_certificate_states_number_body_day_and_has_its_scan_r_mvd_02(field, code):
    assert codes(preparing.certificate_told(building(answers={**CERTIFICATE, field: ""}))) == [code]
    assert codes(preparing.certificate_told(building(answers=CERTIFICATE))) == []


def test_a_scan_that_was_never_stored_is_refused():
    assert codes(preparing.file_stored(building(answers={"scan": FILE}))) == ["movein.file_unknown"]
    assert codes(preparing.file_stored(building(answers={"scan": FILE}, rows={SCAN: [Scan(FILE)]}))) == []


def test_a_registered_paper_is_on_the_papers_of_the_same_step():
    d = building("surveyed", answers=CERTIFICATE, rows={BUILDING_PAPERS: []})
    registered, _ = preparing.note_certificate(d)
    assert isinstance(registered, Put)
    assert registered.table is building_papers
    image = d.after([registered])
    assert building_facts.certificate_number(image) == "Z-1"
    assert building_facts.certificate_on(image) == date(2025, 3, 1)


def test_a_schedule_states_management_fee_and_fund_r_mvd_04():
    given = {"on": "2025-03-01", "scan": FILE, "rates": {"management_fee": 280, "parking_rent": 0}}
    assert codes(preparing.schedule_told(building(answers=given))) == ["movein.rate_wrong", "movein.rates_missing"]
    rates = {"management_fee": 280, "maintenance_fund": 8500}
    added = [c for c in preparing.post_schedule(building(answers={**given, "rates": rates})) if isinstance(c, Add)]
    assert {(a.table.name, a.row["item"], a.row["rate_fen"]) for a in added} == {
        (fee_rates.name, "management_fee", 280),
        (fee_rates.name, "maintenance_fund", 8500),
    }


def test_a_building_is_ready_with_all_papers_only_c_30():
    rows = {BUILDING_PAPERS: [paper("D-39"), paper("D-40"), paper("D-41")], RATES: [Rate(BUILDING, "management_fee", 280)]}
    assert codes(preparing.papers_attached(building("manual_ready", rows))) == []
    rows[BUILDING_PAPERS] = rows[BUILDING_PAPERS][1:]
    (missing,) = preparing.papers_attached(building("manual_ready", rows))
    assert missing.evidence["papers"] == "验收项目说明书"


def test_setting_a_building_back_stops_notices():
    ready, back = next(preparing.make_ready(building())), next(preparing.set_back(building()))
    assert (ready.values, back.values) == ({"ready": True}, {"ready": False})


def test_the_checklist_shows_five_steps_the_last_without_a_day_r_mvd_01():
    steps = [Done(BUILDING, n, moment("2025-03-01 09:00"), date(2025, 3, 1), "孔德", "") for n in (1, 2, 3, 4)]
    told = building_facts.building_steps(building("ready", {STEPS: steps, BUILDING_PAPERS: [paper("D-37")]}))
    assert [s["no"] for s in told] == [1, 2, 3, 4, 5]
    assert told[2]["certificate"] == "Z-1"
    assert told[4]["done_on"] is None


# ---- the deal's notice
def test_no_notice_before_the_certificate_e_123_r_mvd_01():
    waiting = deal({PREPARATION: [make_preparation(state="surveyed", ready=False)]})
    (unmet,) = inviting.building_ready(waiting)
    assert (unmet.code, unmet.evidence["state_en"]) == ("movein.building_not_ready", "surveyed")
    assert codes(inviting.building_ready(deal())) == ["movein.preparation_missing"]
    assert codes(inviting.building_ready(deal({PREPARATION: [make_preparation()]}))) == []


@pytest.mark.parametrize(
    ("slot", "wanted"),
    [
        ("2025-03-14 08:00", []),
        ("2025-03-13 20:00", ["movein.slot_too_early"]),
        ("", ["movein.slot_missing"]),
        ("soon", ["movein.slot_missing"]),
    ],
)
def test_ten_whole_days_lie_between_notice_and_slot(slot, wanted):
    assert codes(inviting.slot_given(deal(answers={"slot": slot, "place": "物业中心"}, now="2025-03-03 23:30"))) == wanted


def test_an_appointment_says_where_and_does_not_end_before_it_begins():
    given = {"slot": "2025-03-20 09:00", "slot_until": "2025-03-20 08:00"}
    assert codes(inviting.slot_given(deal(answers=given))) == ["movein.slot_ends_early", "movein.place_missing"]


def test_a_notice_opens_the_handover_and_races_with_setting_the_building_back():
    given = {"slot": "2025-03-20 09:00", "place": "物业中心"}
    d = deal({PREPARATION: [make_preparation()]}, answers=given)
    pinned, link, opened = inviting.open_handover(d)
    assert isinstance(pinned, Set)
    assert (pinned.expecting, pinned.otherwise.code) == ({"ready": True}, "movein.building_changed_now")
    assert link == Link("building", BUILDING)
    assert isinstance(opened, Open)
    assert opened.links == {"deal": d.case.id, "unit": 501, "building": BUILDING}
    assert opened.answers["slot"] == moment("2025-03-20 09:00")


def test_a_withdrawn_notice_ends_the_handover_it_began():
    d = deal({HANDOVER: [make_handover(state="admitted")]}, answers={"reason": "复验"})
    assert list(inviting.cancel_handover(d)) == [Then("handover", "cancel", {"reason": "复验"})]
    assert list(inviting.tell_handover(d)) == [Then("handover", "money_moved")]


@pytest.mark.parametrize("state", ["keys_handed", "cancelled"])
def test_a_handover_that_is_over_is_moved_by_nobody(state):
    d = deal({HANDOVER: [make_handover(state=state)]})
    assert [*inviting.cancel_handover(d), *inviting.tell_handover(d)] == []


def test_a_notice_lists_what_is_due_and_only_reminds_where_the_law_says_so():
    rows = {RATES: [Rate(BUILDING, "management_fee", 280), Rate(BUILDING, "maintenance_fund", 8500)]}
    policy = {"movein.fees_block_keys": False, "movein.property_company": ""}
    told = building_facts.fees(deal(rows, policy=policy))
    assert [(f["name"], f["must"]) for f in told] == [("房款余额", True), ("物业管理费", False), ("公共维修基金", True)]
    assert told[1]["payee"] == PROJECT.developer
