"""Working days, legal terms and the warning of a missing year (domain facts 10.1 to 10.3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.calendar import STATUTORY, Calendar, CalendarMissing, Year
from dealflow.kernel.errors import DealflowError, Invalid


def d(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        pytest.param("2026-03-02", 5, "2026-03-09", id="D01"),
        pytest.param("2026-09-24", 7, "2026-10-12", id="D02"),
        pytest.param("2026-02-13", 3, "2026-02-25", id="D03"),
        pytest.param("2025-01-24", 2, "2025-01-27", id="D04"),
        pytest.param("2026-12-25", 4, "2026-12-31", id="D05"),
    ],
)
def test_working_days_are_counted_over_holidays_and_make_up_days(start: str, n: int, end: str) -> None:
    assert STATUTORY.add_working_days(d(start), n) == d(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2026-11-02", 7, "2026-11-09", id="D06"),
        pytest.param("2026-11-06", 7, "2026-11-13", id="D07"),
        pytest.param("2026-01-16", 30, "2026-02-24", id="D08"),
        pytest.param("2026-10-03", 30, "2026-11-02", id="D09"),
        pytest.param("2026-04-21", 15, "2026-05-06", id="D10"),
        pytest.param("2026-04-20", 15, "2026-05-06", id="D11"),
        pytest.param("2026-09-05", 15, "2026-09-20", id="D12"),
    ],
)
def test_a_legal_term_of_days_ends_on_a_working_day(start: str, days: int, end: str) -> None:
    assert STATUTORY.legal_end(d(start), days) == d(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param("2025-11-30", 3, "2026-02-28", id="D13"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="D14"),
        pytest.param("2026-08-31", 1, "2026-09-30", id="D15"),
        pytest.param("2026-03-31", 6, "2026-09-30", id="D16"),
        pytest.param("2025-02-28", 12, "2026-02-28", id="a year"),
        pytest.param("2026-09-05", 1, "2026-10-08", id="rolls over the national holiday"),
        pytest.param("2025-12-15", 0, "2025-12-15", id="no months"),
    ],
)
def test_a_term_of_months_ends_on_the_matching_day_or_the_last_of_the_month(start: str, months: int, end: str) -> None:
    assert STATUTORY.add_months(d(start), months) == d(end)


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_announced_year_has_248_working_days(year: int) -> None:
    assert sum(map(STATUTORY.is_working, days_of(year))) == 248


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-11-23", True),  # an ordinary Monday
        ("2026-11-22", False),  # an ordinary Sunday
        ("2026-10-10", True),  # a make-up Saturday
        ("2026-10-07", False),  # a Wednesday in the national holiday
        ("2026-02-15", False),  # a Sunday in a block
        ("2025-10-08", False),
        ("2025-10-11", True),
    ],
)
def test_a_day_is_working_by_week_block_and_make_up(day: str, working: bool) -> None:
    assert STATUTORY.is_working(d(day)) is working


@pytest.mark.parametrize(
    ("day", "end"), [("2026-09-24", "2026-09-24"), ("2026-09-25", "2026-09-28"), ("2026-09-20", "2026-09-20")]
)
def test_no_working_days_end_on_the_first_working_day_from_the_start_on(day: str, end: str) -> None:
    assert STATUTORY.add_working_days(d(day), 0) == d(end)


@given(st.dates(d("2025-01-01"), d("2026-06-30")), st.integers(min_value=1, max_value=90))
def test_the_nth_working_day_has_n_working_days_behind_it(start: date, n: int) -> None:
    end = STATUTORY.add_working_days(start, n)
    passed = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]
    assert sum(map(STATUTORY.is_working, passed)) == n
    assert STATUTORY.is_working(end)


def test_a_term_that_runs_into_a_year_not_loaded_names_the_year() -> None:
    with pytest.raises(CalendarMissing) as no:
        STATUTORY.add_working_days(d("2026-12-25"), 5)
    assert no.value.year == 2027


def test_a_term_whose_end_would_roll_into_a_year_not_loaded_is_not_guessed() -> None:
    calendar = Calendar.of(Year.of(2026, [(d("2026-12-31"), d("2026-12-31"))], []))
    with pytest.raises(CalendarMissing):
        calendar.legal_end(d("2026-12-01"), 30)


@pytest.mark.parametrize("day", ["2024-12-31", "2027-01-01"])
def test_a_day_outside_the_loaded_years_is_neither_working_nor_free(day: str) -> None:
    with pytest.raises(CalendarMissing):
        STATUTORY.is_working(d(day))


def test_a_missing_calendar_is_explained_in_both_languages() -> None:
    missing = CalendarMissing(2027)
    assert isinstance(missing, DealflowError)
    assert "2027 年" in missing.zh
    assert "2027" in missing.en


@pytest.mark.parametrize(
    ("today", "ahead", "missing"),
    [
        ("2026-11-01", 60, ()),
        ("2026-11-02", 60, (2027,)),
        ("2026-11-01", 61, (2027,)),
        ("2025-12-31", 60, ()),
        ("2027-01-01", 60, (2027,)),
        ("2026-11-22", 500, (2027, 2028)),
    ],
)
def test_a_year_that_will_be_needed_is_warned_of_in_time(today: str, ahead: int, missing: tuple[int, ...]) -> None:
    assert STATUTORY.missing_soon(d(today), ahead) == missing


def test_a_loaded_year_ends_the_warning_and_leaves_the_old_calendar_as_it_was() -> None:
    longer = STATUTORY.with_year(Year.of(2027, [(d("2027-01-01"), d("2027-01-03"))], []))
    assert longer.missing_soon(d("2026-12-01")) == ()
    assert longer.add_working_days(d("2026-12-31"), 1) == d("2027-01-04")
    assert STATUTORY.missing_soon(d("2026-12-01")) == (2027,)


def test_a_year_given_again_replaces_the_first() -> None:
    changed = STATUTORY.with_year(Year.of(2026, [(d("2026-11-23"), d("2026-11-23"))], []))
    assert not changed.is_working(d("2026-11-23"))
    assert len(changed.years) == 2


@pytest.mark.parametrize(
    ("off", "made_up", "code"),
    [
        ([("2027-01-03", "2027-01-01")], [], "calendar.block"),
        ([("2026-12-31", "2027-01-01")], [], "calendar.other_year"),
        ([], ["2028-01-01"], "calendar.other_year"),
        ([], ["2027-01-04"], "calendar.make_up"),  # a Monday is worked anyway
        ([("2027-01-01", "2027-01-03")], ["2027-01-02"], "calendar.make_up"),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(off: list[tuple[str, str]], made_up: list[str], code: str) -> None:
    with pytest.raises(Invalid) as no:
        Year.of(2027, [(d(first), d(last)) for first, last in off], map(d, made_up))
    assert no.value.code == code


def test_a_term_of_less_than_nothing_is_refused() -> None:
    for count in (STATUTORY.add_working_days, STATUTORY.legal_end, STATUTORY.add_months):
        with pytest.raises(Invalid) as no:
            count(d("2026-03-02"), -1)
        assert no.value.code == "calendar.negative"
