"""Durations and their due moments (C-08, C-20, R-HLD-02)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealflow.kernel.calendar import STATUTORY, Calendar, CalendarMissing
from dealflow.kernel.duration import Duration, parse
from dealflow.kernel.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
EMPTY = Calendar.of()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(duration: str, start: str, calendar: Calendar = STATUTORY) -> datetime:
    return parse(duration).due(local(start), SHANGHAI, calendar)


def test_a_hold_of_72_hours_ends_on_the_minute_R_HLD_02_C_20() -> None:
    assert due("72h", "2025-03-03 15:20") == local("2025-03-06 15:20")


def test_the_due_moment_of_a_hold_is_itself_in_time_and_the_next_instant_is_not_C_20_E_081() -> None:
    end = due("72h", "2025-03-03 15:20")
    assert local("2025-03-06 15:20:00") <= end < local("2025-03-06 15:20:00") + timedelta(microseconds=1)


def test_a_contact_on_3_march_is_good_through_10_march_24_00_C_08_E_034() -> None:
    end = due("7d", "2025-03-03 09:30")
    assert local("2025-03-10 23:59:59.999999") < end == local("2025-03-11 00:00")


@pytest.mark.parametrize("start", ["2025-03-03 00:00", "2025-03-03 12:00", "2025-03-03 23:59:59.999999"])
def test_calendar_days_are_counted_from_the_day_whatever_the_hour_C_08(start: str) -> None:
    assert due("7d", start) == local("2025-03-11 00:00")


def test_the_day_of_the_start_is_the_day_in_the_projects_zone() -> None:
    late_in_utc = datetime(2025, 3, 2, 16, 30, tzinfo=UTC)  # 00:30 on 3 March in Shanghai
    assert parse("7d").due(late_in_utc, SHANGHAI, STATUTORY) == local("2025-03-11 00:00")


def test_no_days_end_with_the_same_day() -> None:
    assert due("0d", "2026-03-02 10:00") == local("2026-03-03 00:00")


def test_calendar_days_do_not_roll_over_a_holiday() -> None:
    assert due("30d", "2026-01-16 10:00") == local("2026-02-16 00:00")


def test_working_days_end_at_midnight_of_the_last_one() -> None:
    assert due("5wd", "2026-03-02 10:00") == local("2026-03-10 00:00")


def test_working_days_step_over_holidays_and_count_make_up_days() -> None:
    assert due("7wd", "2026-09-24 18:00") == local("2026-10-13 00:00")


def test_no_working_days_end_with_the_first_working_day() -> None:
    assert due("0wd", "2026-10-01 10:00") == local("2026-10-09 00:00")


@pytest.mark.parametrize(("text", "end"), [("90m", "2026-03-02 11:30"), ("24h", "2026-03-03 10:00"), ("0m", "2026-03-02 10:00")])
def test_minutes_and_hours_are_exact(text: str, end: str) -> None:
    assert due(text, "2026-03-02 10:00") == local(end)


def test_a_due_moment_is_aware_and_in_utc() -> None:
    assert {due(text, "2026-03-02 10:00").tzinfo for text in ("72h", "7d", "5wd")} == {UTC}


def test_only_working_days_need_a_calendar() -> None:
    assert due("7d", "2030-01-01 10:00", EMPTY) == local("2030-01-09 00:00")
    with pytest.raises(CalendarMissing):
        due("1wd", "2030-01-01 10:00", EMPTY)


def test_hours_are_exact_where_the_clock_is_put_forward() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 28, 12, tzinfo=berlin)
    assert parse("24h").due(start, berlin, EMPTY) == datetime(2026, 3, 29, 13, tzinfo=berlin).astimezone(UTC)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid) as no:
        parse("72h").due(datetime(2026, 3, 2), SHANGHAI, STATUTORY)  # noqa: DTZ001
    assert no.value.code == "duration.naive"


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 30)), st.integers(min_value=0, max_value=60))  # noqa: DTZ001
def test_working_days_are_never_due_before_as_many_calendar_days(start: datetime, n: int) -> None:
    moment = start.replace(tzinfo=SHANGHAI)
    assert Duration(n, "wd").due(moment, SHANGHAI, STATUTORY) >= Duration(n, "d").due(moment, SHANGHAI, STATUTORY)


@given(st.integers(min_value=0, max_value=999_999), st.sampled_from(["m", "h", "d", "wd"]))
def test_a_duration_gives_its_text_back(length: int, unit: str) -> None:
    assert str(parse(f"{length}{unit}")) == f"{length}{unit}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("72h", ("72 小时", "72 hours")),
        ("7d", ("7 日", "7 days")),
        ("5wd", ("5 个工作日", "5 working days")),
        ("90m", ("90 分钟", "90 minutes")),
        ("1d", ("1 日", "1 day")),
        ("1wd", ("1 个工作日", "1 working day")),
        ("0d", ("0 日", "0 days")),
    ],
)
def test_a_duration_is_said_in_both_languages(text: str, words: tuple[str, str]) -> None:
    assert parse(text).words() == words


@pytest.mark.parametrize(
    "text",
    ["", "7", "d", "-1d", "+1d", "1.5h", "07d", "7 d", " 7d", "7d\n", "7D", "7days", "1w", "1h30m", "1000000d", "７d", "P7D"],
)
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(Invalid) as no:
        parse(text)
    assert no.value.code == "duration.not_a_duration"


def test_a_due_day_in_a_year_not_loaded_is_refused_by_the_year() -> None:
    with pytest.raises(CalendarMissing) as no:
        due("5wd", "2026-12-28 10:00")
    assert no.value.year == 2027
