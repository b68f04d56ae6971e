"""How a reception was allocated, the words of the register, and the last day of a claim. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dealflow.kernel.calendar import Calendar
from dealflow.kernel.duration import Duration
from dealflow.workflow.records import Label

WAYS: Final[Mapping[str, Label]] = {
    "turn": Label("轮值", "turn"),
    "named": Label("指名", "named by the client"),
    "returning": Label("回访", "returning client"),
    "courtesy": Label("义务", "courtesy"),
    "compensation": Label("补客户", "compensation"),
}
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


def way_named(way: str) -> Label:
    """A way of allocation in both languages; one that is not listed as it was given."""
    return WAYS.get(way, Label(way, way))


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
