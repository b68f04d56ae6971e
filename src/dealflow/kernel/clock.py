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
