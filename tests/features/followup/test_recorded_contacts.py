"""Only a recorded contact counts, entered in time, corrected by its writer, never changed."""

from datetime import UTC, datetime

import pytest

from dealflow.casework.changes import Add
from dealflow.features.followup import shelf
from dealflow.features.followup.parts import CORRECTED, ENTRIES, WRITERS, Corrected, Entry, Writer
from tests.makers.front_desk import SALESPERSON, at, desk


def codes(unmet):
    return [u.code for u in unmet]


def contact(rows=None, **more):
    answers = {"method": "phone", "result": "再考虑", **more}
    return desk({CORRECTED: [], ENTRIES: [], WRITERS: [], **(rows or {})}, actor=SALESPERSON, state="tracked", seq=4, **answers)


def test_a_contact_without_a_recorded_result_does_not_count_r_fup_03():
    assert codes(shelf.result_given(contact(result=" "))) == ["followup.result_missing"]
    assert shelf.TEXTS["followup.result_missing"].rule == "R-FUP-03"


@pytest.mark.parametrize(("field", "code"), [("method", "followup.method_unknown"), ("kind", "followup.kind_unknown")])
def test_words_of_the_form_are_refused_when_unknown(field, code):
    assert codes(shelf.result_given(contact(**{field: "telepathy"}))) == [code]


def test_the_next_contact_lies_after_this_one():
    assert codes(shelf.result_given(contact(next_at=at("2025-03-02 09:00")))) == ["followup.next_in_past"]
    assert codes(shelf.result_given(contact(next_at=at("2025-03-05 09:00")))) == []


def test_a_correction_names_an_entry_of_this_deal():
    assert codes(shelf.corrects_own_entry(contact(corrects=5))) == ["followup.entry_unknown"]
    assert codes(shelf.corrects_own_entry(contact())) == []


def test_nobody_corrects_the_entry_of_another_r_fup_13():
    assert codes(shelf.corrects_own_entry(contact({CORRECTED: [Corrected(5, 12)]}, corrects=5))) == ["followup.entry_of_another"]
    assert codes(shelf.corrects_own_entry(contact({CORRECTED: [Corrected(5, 11)]}, corrects=5))) == []


def test_an_entry_is_written_with_who_when_and_what_came_of_it():
    (change,) = shelf.enter(contact(content="问价格", next_at="2025-03-06T09:00:00+08:00"))
    assert isinstance(change, Add)
    row = change.row
    assert (row["case_id"], row["seq"], row["by"], row["kind"]) == (100, 5, 11, "contact")
    assert (row["method"], row["content"], row["result"], row["corrects"]) == ("phone", "问价格", "再考虑", None)
    assert row["next_at"] == at("2025-03-06 09:00")


def test_a_correction_adds_an_entry_that_names_the_wrong_one():
    (change,) = shelf.enter(contact({CORRECTED: [Corrected(777, 11)]}, corrects=3))
    assert isinstance(change, Add)
    assert change.row["corrects"] == 777


def test_a_correction_does_not_renew_the_seven_days():
    assert shelf.renews(contact()) is True
    assert shelf.renews(contact(corrects=3)) is False


def test_a_contact_entered_after_a_later_one_does_not_pull_the_end_back():
    """The clock runs to the end of the eleventh, from a contact on the fourth; this one was on the third."""
    assert shelf.renews(desk(now="2025-03-03 09:00", lapse="2025-03-12 00:00")) is False
    assert shelf.renews(desk(now="2025-03-04 09:00", lapse="2025-03-12 00:00")) is True


def test_the_tracking_sheet_lists_entries_as_entered_with_their_writers():
    second = Entry(2, 100, 4, at("2025-03-05 10:00"), 11, "visit", "看房", at("2025-03-08 23:30"), None)
    first = Entry(1, 100, 3, at("2025-03-04 10:00"), 12, "phone", "再考虑", None, None)
    told = shelf.entries(contact({ENTRIES: [second, first], WRITERS: [Writer(12, "白桦")]}))
    assert [(e["method"], e["result"], e["next_on"], e["by"]) for e in told] == [
        ("电话", "再考虑", None, "白桦"),
        ("面谈", "看房", "2025-03-08", "安然"),
    ]


def test_the_entry_of_the_step_itself_is_on_the_sheet():
    d = contact(corrects=None)
    assert [e["by"] for e in shelf.entries(d.after(list(shelf.enter(d))))] == ["安然"]


def test_no_book_is_issued_on_paper():
    assert (shelf.book_number(desk()), shelf.page_number(desk())) == ("", None)


def test_moments_from_the_database_are_shown_in_the_projects_day():
    late = Entry(1, 100, 3, datetime(2025, 3, 4, tzinfo=UTC), 11, "phone", "x", datetime(2025, 3, 4, 16, tzinfo=UTC), None)
    assert shelf.entries(contact({ENTRIES: [late]}))[0]["next_on"] == "2025-03-05"
