"""Durations as policies and workflow files write them ("72h", "7d", "5wd"), and the moment at which one is due.

Called by the workflow reader and by everything that sets a deadline. A due moment is still in time: what it
brings about happens at the first instant after it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from dealflow.kernel.calendar import Calendar
from dealflow.kernel.errors import Invalid

Unit = Literal["m", "h", "d", "wd"]

WRITTEN: Final = re.compile(r"(0|[1-9][0-9]{0,5})(m|h|d|wd)")
WORDS: Final = {"m": ("分钟", "minute"), "h": ("小时", "hour"), "d": ("日", "day"), "wd": ("个工作日", "working day")}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length and what it is counted in: exact minutes or hours, calendar days, or working days."""

    length: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.length}{self.unit}"

    def words(self) -> tuple[str, str]:
        """In Chinese and English: ("72 小时", "72 hours"), ("1 日", "1 day"), ("5 个工作日", "5 working days")."""
        zh, en = WORDS[self.unit]
        return f"{self.length} {zh}", f"{self.length} {en}{'' if self.length == 1 else 's'}"

    def due(self, start: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
        """The last moment in time, aware, in UTC.

        Minutes and hours run exactly from `start`. Days end at 24:00 in `zone` of the last day, counted from the day of `start`,
        which is itself not counted: "7d" from 3 March ends on 10 March at 24:00, which is 11 March 00:00; "0d" ends with the day
        of `start`, "0wd" with the first working day from then on. Only working days look at the calendar; days never roll.
        Raises CalendarMissing for a year not loaded, Invalid "duration.naive" for a start without a zone."""
        if start.utcoffset() is None:
            raise Invalid("duration.naive", start=start.isoformat())
        if self.unit in ("m", "h"):
            minutes = self.length * (60 if self.unit == "h" else 1)
            return start.astimezone(UTC) + timedelta(minutes=minutes)
        return _end_of(self._last_day(start.astimezone(zone).date(), calendar), zone)

    def _last_day(self, first: date, calendar: Calendar) -> date:
        return calendar.add_working_days(first, self.length) if self.unit == "wd" else first + timedelta(days=self.length)


def parse(text: str) -> Duration:
    """Read "90m", "72h", "7d" or "5wd": a whole number without leading zeros, below a million, and its unit, nothing else.

    Raises Invalid "duration.not_a_duration" (text)."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise Invalid("duration.not_a_duration", text=text[:40])
    return Duration(int(found[1]), cast(Unit, found[2]))


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
