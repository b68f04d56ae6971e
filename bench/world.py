"""The world that is measured: an office with deals in tracking, each with a unit of its own, made through use cases.

Made once for each database; every side of every round gets a copy. Called by the bars and by the comparison.
"""

from dataclasses import dataclass
from pathlib import Path

from dealflow import bootstrap
from dealflow.bootstrap import Dealflow, throwaway
from dealflow.casework.command import Answer
from dealflow.cli.play import worlds
from dealflow.kernel.actor import Actor
from dealflow.kernel.clock import Clock
from dealflow.settings import Settings
from dealflow.testing import FixedClock

ROOT = Path(__file__).resolve().parents[1]
OPENED = "2025-03-03 09:00"
MEASURED = "2025-03-03 15:00"
MOST = 96  # deals: as many as there are invented phones (domain-facts 4.1)


@dataclass(frozen=True, slots=True)
class Place:
    """A deal in tracking and the unit that its client wants."""

    deal: int
    unit: int
    payer: str
    document: str


@dataclass(frozen=True)
class Seed:
    """A made world: the house over its database, who acts, and the deals with their units."""

    dealflow: Dealflow
    url: str
    project: int
    cashier: Actor
    owner: Actor
    places: tuple[Place, ...]

    def copy(self) -> str:
        """The address of a fresh copy; the caller drops it."""
        self.dealflow.close()  # nobody may be connected to the template of a PostgreSQL copy
        return throwaway.copy(self.url)

    def over(self, url: str) -> Dealflow:
        """The same house over a copy, at the measured moment."""
        return self.dealflow.beside(url, clock())


def clock() -> Clock:
    """The moment at which everything measured happens."""
    return FixedClock(MEASURED)


def make(place: str, state: Path, deals: int = MOST) -> Seed:
    """A world on a new database: on the PostgreSQL server of this address, or in this folder."""
    url = throwaway.make(place)
    fonts = ROOT / "var" / "fonts"
    settings = Settings.from_env({"DEALFLOW_STATE": str(state), "DEALFLOW_FONTS": str(fonts), "DEALFLOW_DATABASE": url})
    bootstrap.bring_up(settings)
    dealflow = bootstrap.build(settings, clock=FixedClock(OPENED))
    office = worlds.make(dealflow, "office")
    people = {letter: office.person(letter) for letter in "SAFM"}
    with worlds.several(dealflow, office.project) as uow:
        act = worlds.Acts(dealflow, uow, worlds.Keys("bench"))
        house = act.do("building", "units.add_building", worlds.OPERATOR, {**worlds.LICENSED, "code": "9", "name": "9 号楼"})
        places = tuple(_place(act, people, house.id, n) for n in range(1, deals + 1))
    dealflow.close()
    return Seed(dealflow, url, office.project, people["F"], people["A"], places)


def _place(act: worlds.Acts, people: dict[str, Actor], building: int, n: int) -> Place:
    """One more unit on sale; one client, registered and tracked."""
    floor, room = 1 + n // 10, f"{1 + n // 10:02d}{1 + n % 10:02d}"
    unit: Answer = act.do(f"unit {n}", "units.add_unit", worlds.OPERATOR, _unit(building, room, floor))
    act.do(f"offer {n}", "units.take_step", people["M"], {"unit": unit.case, "event": "offer"})
    visit = {"name": "陈静", "phone": f"190000000{n:02d}", "channel": "网络", "party": 2}
    visit |= {"received_by": people["A"].id, "way": "turn"}
    deal: Answer = act.do(f"visit {n}", "reception.register_visit", people["S"], visit)
    act.do(f"track {n}", "deals.open_tracking", people["A"], {"deal": deal.case, "channel": "网络", "archive": {}})
    return Place(deal.case, unit.case, "陈静", worlds.id_number(n))


def _unit(building: int, room: str, floor: int) -> dict[str, object]:
    return {"building": building, "code": room, "floor": floor, **worlds.figures("01", floor)}
