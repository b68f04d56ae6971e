"""Notice, confirming call, floor plan, dates, agreement back, power of attorney, waivers: what a signature waits for. Pure."""

import pytest

from dealflow.casework.changes import Send
from dealflow.features.deals.parts import DEAL as DEAL_ROW
from dealflow.features.deals.parts.contract import CALLS, CONTRACT, PURCHASERS, STORED, WAIVERS, Stored
from dealflow.features.deals.shelf import asking, signing
from dealflow.kernel.errors import Invalid
from tests.makers.contract import D18, D27, make_call, make_contract, make_purchaser, make_waiver
from tests.makers.dossiers import MANAGER, after, codes, dossier, moment
from tests.makers.sale import ANNE, id_number, prepared_deal

APPOINTMENT = "2025-03-10 10:00"
LINKS = {"D-18": D18, "D-27": D27}


def filed(*, noted=None, calls=(), waived=(), now="2025-03-10 09:00", **more):
    rows = {
        CONTRACT: [noted or make_contract(appointment_at=moment(APPOINTMENT))],
        CALLS: calls,
        WAIVERS: [make_waiver(what) for what in waived],
        DEAL_ROW: [prepared_deal()],
        PURCHASERS: [make_purchaser()],
        STORED: (),
    }
    return dossier(state="filed", rows={**rows, **more.pop("rows", {})}, now=now, links=LINKS, **{"actor": ANNE, **more})


# ---- R-CTR-11, C-57
@pytest.mark.parametrize(
    ("call", "told", "late"),
    [
        ("2025-03-06 23:59", ["deals.call_missing"], False),  # day -4 does not count
        ("2025-03-07 00:00", [], False),
        ("2025-03-08 23:59", [], False),
        ("2025-03-09 00:00", [], True),  # late: accepted and flagged
        ("2025-03-10 08:00", [], True),
        ("2025-03-10 09:30", ["deals.call_missing"], False),  # not made yet
    ],
)
def test_the_confirming_call_is_on_day_three_or_two_before_or_late_c_57(call, told, late):
    d = filed(calls=[make_call(call)])
    assert codes(signing.called_before_signing(d)) == told
    signed = list(signing.note_signed(d))
    assert signed[0].row["called_late"] is late
    assert any(isinstance(change, Send) and change.topic == "pre_signing_call_late" for change in signed) is late


def test_one_call_in_time_is_enough_and_a_later_one_makes_it_no_late_one():
    d = filed(calls=[make_call("2025-03-07 10:00", 711), make_call("2025-03-09 10:00", 712)])
    assert next(iter(signing.note_signed(d))).row["called_late"] is False


@pytest.mark.parametrize(
    "calls",
    [
        [make_call("2025-03-08 10:00", kind="contact")],
        [make_call("2025-03-08 10:00", 711), make_call("2025-03-08 11:00", 712, kind="contact", corrects=711)],
    ],
)
def test_another_contact_or_a_corrected_entry_is_no_confirming_call(calls):
    assert codes(signing.called_before_signing(filed(calls=calls))) == ["deals.call_missing"]


def test_the_manager_waives_the_call_r_ctr_11():
    assert codes(signing.called_before_signing(filed(waived=["pre_signing_call"]))) == []


def test_without_a_notice_there_is_one_reason_not_two():
    d = filed(noted=make_contract())
    assert codes([*signing.notice_sent(d), *signing.called_before_signing(d)]) == ["deals.notice_unsent"]


# ---- appointment
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"at": "2025-03-10 10:00", "place": "签约室"}, []),
        ({"at": "2025-03-10 08:00", "place": "签约室"}, ["deals.appointment_past"]),
        ({"at": "soon", "place": " "}, ["deals.appointment_missing", "deals.place_missing"]),
        ({}, ["deals.appointment_missing", "deals.place_missing"]),
    ],
)
def test_a_notice_says_when_and_where_r_ctr_02(answers, told):
    assert codes(asking.appointment_given(filed(answers=answers))) == told


def test_a_later_notice_takes_the_place_of_the_earlier():
    d = filed(answers={"at": "2025-03-12 14:00", "place": "签约室"})
    noted = after(d, signing.note_appointment(d)).chosen(CONTRACT)
    assert (noted.appointment_at, noted.notice_by) == (moment("2025-03-12 14:00"), ANNE.id)


# ---- E-114
def test_floor_plan_and_dates_belong_to_the_contract_that_stands_e_114():
    d = filed(answers={"file": "a" * 64, "signed_on": "2025-03-10"})
    assert codes([*signing.dates_filled(d), *signing.floor_plan_attached(d)]) == [
        "deals.dates_blank",
        "deals.floor_plan_missing",
    ]
    image = after(d, signing.note_floor_plan(d))
    image = after(image, signing.note_dates(image))
    assert codes([*signing.dates_filled(image), *signing.floor_plan_attached(image)]) == []
    reissued = dossier(state="filed", rows={CONTRACT: image[CONTRACT]}, links={"D-27": 999})
    assert codes([*signing.dates_filled(reissued), *signing.floor_plan_attached(reissued)]) == [
        "deals.dates_blank",
        "deals.floor_plan_missing",
    ]


def test_a_floor_plan_is_a_stored_file():
    assert codes(asking.file_given(filed())) == ["deals.file_missing"]
    assert codes(asking.file_stored(filed())) == []
    assert codes(asking.file_stored(filed(answers={"file": "a" * 64}))) == ["deals.file_unknown"]
    stored = filed(answers={"file": "a" * 64}, rows={STORED: [Stored("a" * 64)]})
    assert codes(asking.file_stored(stored)) == []


@pytest.mark.parametrize(
    ("given", "told"), [("2025-03-10", []), ("2025-02-30", ["deals.date_missing"]), (None, ["deals.date_missing"])]
)
def test_a_date_is_a_day_of_the_calendar_r_ctr_05(given, told):
    assert codes(asking.dates_given(filed(answers={"signed_on": given}))) == told


# ---- E-116
def test_a_lost_copy_of_the_agreement_waits_for_the_managers_word_e_116_r_sub_06():
    assert codes(signing.agreement_back(filed())) == ["deals.agreement_out"]
    assert codes(signing.agreement_back(filed(waived=["agreement_copy"]))) == []
    d = filed()
    assert codes(signing.agreement_back(after(d, signing.note_agreement_back(d)))) == []


def test_the_copy_that_came_back_is_of_this_agreement():
    d = filed(noted=make_contract(agreement_paper=700, agreement_back_at=moment(APPOINTMENT)))
    assert codes(signing.agreement_back(d)) == ["deals.agreement_out"]


def test_only_these_things_are_waived_and_the_reason_is_kept():
    assert codes(asking.waivable_named(filed(answers={"what": "original_id"}))) == ["deals.not_waivable"]
    d = filed(actor=MANAGER, answers={"what": "agreement_copy", "reason": " 客户遗失 "})
    (added,) = signing.note_waiver(d)
    assert (added.row["reason"], added.row["by"]) == ("客户遗失", MANAGER.id)


# ---- E-109
POWER = {
    "signer": 1,
    "agent": "陈强",
    "agent_document": id_number(),
    "notary": "云州公证处",
    "certificate": "第1号",
    "scope": "代为签署",
    "notarised": True,
    "original": True,
}


def power(**given):
    d = filed(answers={**POWER, **given})
    return codes([*asking.power_of_a_buyer(d), *asking.agent_identified(d), *asking.power_notarised(d)])


def test_a_notarised_power_is_checked_and_kept_r_ctr_15():
    assert power() == []
    (added,) = signing.note_power(filed(answers=POWER))
    assert (added.row["position"], added.row["paper_id"], added.row["seen_by"]) == (1, D27, ANNE.id)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"notarised": False}, "deals.power_unnotarised"),
        ({"certificate": ""}, "deals.power_unnotarised"),
        ({"original": False}, "deals.power_copy"),
        ({"scope": ""}, "deals.power_scope_missing"),
        ({"until": "2025-03-09"}, "deals.power_over"),
        ({"signer": 2}, "deals.power_of_nobody"),
        ({"agent": " "}, "deals.agent_unnamed"),
        ({"agent_document": "123"}, "deals.agent_document_wrong"),
        ({"agent_document_kind": "library card"}, "deals.agent_document_wrong"),
    ],
)
def test_a_plain_power_of_attorney_is_refused_e_109(given, told):
    assert power(**given) == [told]


def test_a_power_on_its_last_day_still_holds():
    assert power(until="2025-03-10") == []


def test_a_power_of_nobody_is_never_written():
    with pytest.raises(Invalid):
        list(signing.note_power(filed(answers={**POWER, "signer": None})))


# ---- loans come later
@pytest.mark.parametrize("plan", ["mortgage", "provident_fund", "combined"])
def test_a_plan_with_a_loan_waits_for_set_one_of_its_papers_r_mtg_02(plan):
    d = filed(rows={DEAL_ROW: [prepared_deal(plan=plan)]})
    (told,) = signing.plan_without_loan(d)
    assert (told.code, told.evidence["plan"] != "") == ("deals.loan_set_incomplete", True)


@pytest.mark.parametrize("plan", ["lump_sum", "instalments"])
def test_a_full_payer_needs_no_loan_papers(plan):
    assert codes(signing.plan_without_loan(filed(rows={DEAL_ROW: [prepared_deal(plan=plan)]}))) == []
