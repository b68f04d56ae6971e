"""Arithmetic on plain values for units: room numbers, the licence's first day, what a price list must hold. No SQL, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """What a new unit is described with: areas in cm2, prices in fen."""

    floor: int | None
    area: int | None
    inner_area: int | None
    listed: int | None
    lowest: int | None


def in_force(licence: str | None, since: date | None, day: date) -> bool:
    """Whether a sales licence covers the day. A licence without a first day covers none."""
    return bool(licence) and since is not None and since <= day


def full_code(building: str, code: str) -> str:
    """The code by which the office calls a unit: "1201" in building 1 is "1-1201"; a full code stays."""
    room = code.strip()
    return room if not room or room.startswith(f"{building}-") else f"{building}-{room}"


def room_of(code: str) -> str:
    """The room alone: "1-1201" is room "1201"."""
    return code.partition("-")[2] or code


def lacking(figures: Figures) -> Iterator[str]:
    """The fields that are missing or cannot be true, by name."""
    if figures.floor is None:
        yield "floor"
    if not _positive(figures.area):
        yield "area_cm2"
    if figures.inner_area is None or figures.inner_area < 0 or figures.inner_area > (figures.area or 0):
        yield "inner_area_cm2"
    if not _positive(figures.listed):
        yield "list_price"
    if not _positive(figures.lowest) or (figures.lowest or 0) > (figures.listed or 0):
        yield "lowest_price"


def _positive(value: int | None) -> bool:
    return value is not None and value > 0
