"""The working calendar: which days are working days, and where a period counted in days, working days or months ends.

Called by durations and by every room with a legal or banking term. A year that is not loaded is an error, never a guess."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dealflow.kernel.errors import DealflowError, Invalid
from dealflow.kernel.holidays import ARRANGEMENTS

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


class CalendarMissing(DealflowError):
    """The holidays of a year are not loaded, so nothing may be counted in it. Says the year, in both languages."""

    kind = "calendar_missing"

    def __init__(self, year: int) -> None:
        self.code, self.year = "calendar.missing", year
        self.zh = f"{year} 年的节假日安排尚未录入，无法计算期限"
        self.en = f"the holidays of {year} are not loaded, so no term can be counted in that year"
        super().__init__(f"{self.code}: {self.zh} / {self.en}")


@dataclass(frozen=True, slots=True)
class Year:
    """One announced year: every day off (weekends inside a holiday block too) and the weekend days worked in exchange."""

    number: int
    off: frozenset[date]
    made_up: frozenset[date]

    @classmethod
    def of(cls, number: int, off: Iterable[tuple[date, date]], made_up: Iterable[date]) -> "Year":
        """Build a year from blocks (first day, last day, both off) and make-up days.

        Raises Invalid: calendar.block (first, last) for a block that ends before it begins, calendar.other_year (day),
        calendar.make_up (day) for a make-up day that is no weekend day or lies in a block."""
        days_off: set[date] = set()
        for first, last in off:
            if last < first:
                raise Invalid("calendar.block", first=first, last=last)
            days_off.update(first + timedelta(days=n) for n in range((last - first).days + 1))
        worked = frozenset(made_up)
        for day in sorted(days_off | worked):
            if day.year != number:
                raise Invalid("calendar.other_year", day=day)
        for day in sorted(worked):
            if day.weekday() < SATURDAY or day in days_off:
                raise Invalid("calendar.make_up", day=day)
        return cls(number, frozenset(days_off), worked)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that are loaded, in order."""

    years: tuple[Year, ...]

    @classmethod
    def of(cls, *years: Year) -> "Calendar":
        """A calendar of these years; a year given twice counts as it was given last."""
        return cls(tuple(sorted({year.number: year for year in years}.values(), key=lambda year: year.number)))

    def with_year(self, year: Year) -> "Calendar":
        """The same calendar with this year added or replaced."""
        return Calendar.of(*self.years, year)

    def is_working(self, day: date) -> bool:
        """Monday to Friday outside a holiday block, or a make-up day. Raises CalendarMissing."""
        year = self._year(day.year)
        return day in year.made_up or (day.weekday() < SATURDAY and day not in year.off)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one. Raises CalendarMissing."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is itself not counted; n = 0 gives the first working day from `day` on.

        Raises CalendarMissing, or Invalid "calendar.negative" (n)."""
        _not_negative(n)
        if n == 0:
            return self.on_or_after(day)
        for _ in range(n):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def legal_end(self, day: date, days: int) -> date:
        """The last day of a period of calendar days; `day` is not counted; a rest day at the end rolls to the next working day.

        Raises CalendarMissing, or Invalid "calendar.negative" (n)."""
        return self.on_or_after(day + timedelta(days=_not_negative(days)))

    def add_months(self, day: date, n: int) -> date:
        """The last day of a period of months: the matching day, or the month's last, rolled like `legal_end`. A year is 12.

        Raises CalendarMissing, or Invalid "calendar.negative" (n)."""
        years, month = divmod(day.month - 1 + _not_negative(n), 12)
        year, month = day.year + years, month + 1
        return self.on_or_after(date(year, month, min(day.day, monthrange(year, month)[1])))

    def missing_soon(self, today: date, days_ahead: int = 60) -> tuple[int, ...]:
        """The years between today and that many days ahead that are not loaded, so that somebody loads them in time."""
        loaded = {year.number for year in self.years}
        last = today + timedelta(days=days_ahead)
        return tuple(year for year in range(today.year, last.year + 1) if year not in loaded)

    def _year(self, number: int) -> Year:
        place = bisect_left(self.years, number, key=lambda year: year.number)
        if place == len(self.years) or self.years[place].number != number:
            raise CalendarMissing(number)
        return self.years[place]


def _not_negative(n: int) -> int:
    if n < 0:
        raise Invalid("calendar.negative", n=n)
    return n


def _announced(number: int) -> Year:
    blocks, made_up = ARRANGEMENTS[number]

    def day(month_day: str) -> date:
        return date.fromisoformat(f"{number}-{month_day}")

    return Year.of(number, [(day(first), day(last)) for first, last in blocks], map(day, made_up))


STATUTORY: Final = Calendar.of(*map(_announced, ARRANGEMENTS))
