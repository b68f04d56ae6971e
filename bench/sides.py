"""The two sides of a measurement, with one face: open on a copy, take the hold, release it, close.

The product goes through the use cases in units of work, as a door does; the floor through the bare driver.
"""

from dataclasses import dataclass
from datetime import UTC
from typing import Any, Protocol

from bench.driver import Bare
from bench.floor import Floor, Setting
from bench.world import Place, Seed, clock
from dealflow.casework.command import Command

REASON = "客户改变主意"


class Side(Protocol):
    """One client at work on one copy."""

    def hold(self, key: str, place: Place) -> Any:
        """Take the hold fee."""

    def release(self, key: str, place: Place) -> Any:
        """Give the hold up."""

    def close(self) -> None:
        """Give connections back."""


class Product:
    """The use cases, each in a unit of work of its own."""

    def __init__(self, seed: Seed, url: str) -> None:
        self.seed, self.dealflow = seed, seed.over(url)

    def hold(self, key: str, place: Place) -> Any:
        """payments.take_hold_fee"""
        fields = {"deal": place.deal, "unit": place.unit, "amount": "500.00", "method": "pos", "source_of_funds": "自有资金"}
        fields |= {"payer": {"name": place.payer, "document": place.document}}
        return self._do(Command(key, self.seed.cashier), "payments.take_hold_fee", fields)

    def release(self, key: str, place: Place) -> Any:
        """deals.take_step release_hold"""
        fields = {"deal": place.deal, "event": "release_hold", "answers": {"reason": REASON}}
        return self._do(Command(key, self.seed.owner), "deals.take_step", fields)

    def _do(self, command: Command, use_case: str, fields: dict[str, object]) -> Any:
        with self.dealflow.unit_of_work() as uow:
            self.dealflow.book.do(uow, command, use_case, fields)
            return uow.plans

    def close(self) -> None:
        """Give connections back."""
        self.dealflow.close()


@dataclass
class Driver:
    """The floor's statements."""

    seed: Seed
    url: str

    def __post_init__(self) -> None:
        self.bare = Bare(self.url)
        self.floor = Floor(self.bare, setting(self.seed))

    def hold(self, key: str, place: Place) -> None:
        """The list of statements of a hold."""
        self.floor.take_hold(key, self.seed.cashier, place)

    def release(self, key: str, place: Place) -> None:
        """The list of statements of its end."""
        self.floor.release(key, self.seed.owner, place)

    def close(self) -> None:
        """Give the connection back."""
        self.bare.close()


SIDES: dict[str, type[Product] | type[Driver]] = {"product": Product, "floor": Driver}


def setting(seed: Seed) -> Setting:
    """What the floor knows without asking, from the same house."""
    house, now = seed.dealflow.house, clock().now()
    kinds = {kind: house.papers[kind] for kind in ("D-14", "D-15")}
    return Setting(
        seed.project,
        now.astimezone(UTC),
        house.defaults["refund.within"].due(now, house.zone, house.calendar),
        {kind: paper.template for kind, paper in kinds.items()},
        {kind: paper.title.zh for kind, paper in kinds.items()},
    )
