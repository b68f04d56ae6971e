"""How a reception was allocated, the words of the register, and the last day of a claim. Plain values only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dealflow.kernel.calendar import Calendar
from dealflow.kernel.duration import Duration

WAYS: Final = {"turn": "轮值", "named": "指名", "returning": "回访", "courtesy": "义务", "compensation": "补客户"}
COURTESY_MARK: Final = "义务"
RETURNING_REASON: Final = "按电话查得在册客户，由归属人接待"
COURTESY_REASON: Final = "按电话查得在册客户，归属他人"


@dataclass(frozen=True, slots=True)
class Allocation:
    """How a reception was given to its receiver, and why."""

    way: str
    reason: str


def allocation(way: str, reason: str, owner: int | None, receiver: int | None) -> Allocation:
    """What stands in the register. On a client who belongs to somebody the register decides, not his memory (C-06).

    His owner receives him as a returning client; anybody else by courtesy, whatever was said at the desk. The register is
    then reason enough where the secretary only followed the turn; every other way needs the reason that she gives."""
    given = reason.strip()
    if owner is None:
        return Allocation(way, given)
    if owner != receiver:
        return Allocation("courtesy", given or (COURTESY_REASON if way == "turn" else ""))
    if way in ("turn", "courtesy"):
        return Allocation("returning", given or (RETURNING_REASON if way == "turn" else ""))
    return Allocation(way, given)


def remarks(way: str, given: str) -> str:
    """The remarks of a line: a courtesy reception says so (R-OBL-03), once."""
    words = given.strip()
    if way != "courtesy" or words.startswith(COURTESY_MARK):
        return words
    return f"{COURTESY_MARK}；{words}" if words else COURTESY_MARK


def earlier_contact(earlier: str, known: bool) -> str:
    """Whether he was in contact before (R-FDT-02): as he says, else as the register knows."""
    return earlier.strip() or ("有，见此前登记" if known else "无")


def last_day(confirmed: datetime, valid: Duration, zone: ZoneInfo, calendar: Calendar) -> date:
    """The last day on which a claim that began then still holds: day D is good through D+7 (C-08)."""
    return (valid.due(confirmed, zone, calendar) - timedelta(microseconds=1)).astimezone(zone).date()
