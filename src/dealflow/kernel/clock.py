"""The clock is an argument: nothing below the hall asks the machine for the time."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

PROJECT_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the moment, aware and in UTC."""

    def now(self) -> datetime:
        """This moment."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


@lru_cache(64)  # one step tells the same moment a score of times
def iso(moment: datetime) -> str:
    """The one spelling of a moment in texts and on SQLite: UTC, six decimals, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


FIRST_YEAR, LAST_YEAR = 2000, 2100  # nothing that an office does lies outside; arithmetic on moments never leaves the calendar


def read_moment(given: object) -> datetime | None:
    """A moment as forms, JSON and cursors bring it: a value, or ISO text; without an offset it is the project's local time.

    None when nothing is given. Raises ValueError for what is no moment, or one outside the years 2000 to 2100.
    """
    if isinstance(given, str):
        given = datetime.fromisoformat(given.strip()) if given.strip() else None
    if given is None:
        return None
    if not isinstance(given, datetime):
        raise ValueError(f"no moment: {given!r}")
    if not FIRST_YEAR < given.year < LAST_YEAR:
        raise ValueError(f"outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return given if given.tzinfo else given.replace(tzinfo=PROJECT_ZONE)
