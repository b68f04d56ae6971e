"""Arithmetic of moving in on plain values: area difference, ten whole days ahead, fees by the schedule. No SQL, no clock."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NOTICE_DAYS: Final = 10  # whole days between the notice and the day of the slot
METRE: Final = 10_000  # cm2
MONTHS: Final = {"quarter": 3, "year": 12}  # by the quarter or by the year only (R-MVC-08, E-128)

MANAGEMENT: Final = "management_fee"
FUND: Final = "maintenance_fund"
PARKING: Final = "parking_rent"
FITTING_OUT: Final = "fitting_out_deposit"
STATEMENT: Final = "acceptance_statement"
MANDATORY: Final = (MANAGEMENT, FUND)
PERIODIC: Final = frozenset({MANAGEMENT, PARKING})
BY_AREA: Final = frozenset({MANAGEMENT, FUND})
ITEMS: Final = (MANAGEMENT, FUND, PARKING, FITTING_OUT)
WAIVABLE: Final = (STATEMENT, FITTING_OUT)  # parking has a step of its own

ACCEPTED: Final = frozenset({"accepted", "accepted_with_list"})
RESULTS: Final = (*sorted(ACCEPTED), "refused")
PROOFS: Final = ("receipt", "invoice")  # either will do (E-131)
IDENTITIES: Final = ("id_card", "passport", "permit", "licence", "other")  # ID card or another valid document (C-31)
AT_ONCE: Final = frozenset({"cash", "pos", "scan"})
METHODS: Final = AT_ONCE | {"transfer", "cheque"}  # these count when the bank's statement shows them


@dataclass(frozen=True, slots=True)
class Difference:
    """What an area error costs: positive, the buyer pays; negative, the seller gives back. In fen."""

    fen: int
    may_rescind: bool


def area_difference(contract_cm2: int, surveyed_cm2: int, metre_fen: int) -> Difference:
    """The 3 % rule (domain-facts 2.12): within it both ways by the unit price; a larger home costs no more than 3 %, a smaller
    one gives back twice what goes beyond. Compared and counted exactly, rounded once, half up, to the fen."""
    error, limit = 100 * (surveyed_cm2 - contract_cm2), 3 * contract_cm2  # hundredths of cm2
    if abs(error) <= limit:
        return Difference(_money(error, metre_fen), False)
    if error > 0:
        return Difference(_money(limit, metre_fen), True)
    return Difference(_money(-limit + 2 * (error + limit), metre_fen), True)


def _money(hundredths: int, metre_fen: int) -> int:
    """The price of an area in hundredths of cm2."""
    worth = half_up(abs(hundredths) * metre_fen, 100 * METRE)
    return worth if hundredths >= 0 else -worth


def metre_price(price_fen: int, area_cm2: int) -> int:
    """The shown unit price: total by area, half up to the fen."""
    return half_up(price_fen * METRE, area_cm2)


def half_up(over: int, under: int) -> int:
    """A quotient of numbers not below zero, rounded half up."""
    return (2 * over + under) // (2 * under)


def first_slot_day(today: date) -> date:
    """The first day on which a home may be handed over when the notice goes out today: ten whole days lie between."""
    return date.fromordinal(today.toordinal() + NOTICE_DAYS + 1)


def scheduled(item: str, period: str, rate_fen: int, area_cm2: int) -> int:
    """A fee by the schedule: a month's fee is rounded first, then taken as often as the period has months."""
    once = half_up(rate_fen * area_cm2, METRE) if item in BY_AREA else rate_fen
    return once * (MONTHS.get(period, 1) if item in PERIODIC else 1)


def unsigned(owners: dict[int, str], signed: set[int]) -> list[tuple[int, str]]:
    """Owners who have not signed the covenant yet, in contract order (C-53)."""
    return [(position, name) for position, name in sorted(owners.items()) if position not in signed]
