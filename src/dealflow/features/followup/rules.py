"""The words of the tracking sheet, when an entry is in time, and which contact renews the seven days. Plain values only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dealflow.kernel.calendar import Calendar
from dealflow.kernel.clock import read_moment
from dealflow.kernel.duration import Duration
from dealflow.workflow.records import Label

METHODS: Final[Mapping[str, Label]] = {
    "phone": Label("电话", "phone"),
    "visit": Label("面谈", "meeting"),
    "message": Label("短信/微信", "message"),
    "letter": Label("信函", "letter"),
    "event": Label("活动", "event"),
}
KINDS: Final[Mapping[str, Label]] = {
    "contact": Label("联系", "contact"),
    "pre_signing_call": Label("签约前确认电话", "confirming call before signing"),
    "negotiation": Label("洽谈", "negotiation"),
}
NOT_SAID: Final = Label("未注明", "not said")


def renews(contact: datetime, due: datetime | None, period: Duration, zone: ZoneInfo, calendar: Calendar) -> bool:
    """Whether a contact moves the end of the claim; one that lies before a contact already recorded does not pull it back."""
    return due is None or period.due(contact, zone, calendar) >= due


def moment(value: object) -> datetime | None:
    """A moment as forms and JSON bring it."""
    return read_moment(value)
