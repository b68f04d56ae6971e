"""Named starting worlds, made through use cases on an empty database. Called by the player, by tests and by benches.

Everybody and everything here is invented; identity numbers lie in areas (NN9900) that no county owns."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from dealflow.bootstrap import Dealflow
from dealflow.casework.command import Answer, Command, identify
from dealflow.casework.unit_of_work import UnitOfWork, unit_of_work
from dealflow.features.documents import service as documents
from dealflow.features.staff import queries as staff
from dealflow.features.units.service import BuildingAdded
from dealflow.kernel.actor import Actor
from dealflow.kernel.canonical import sha256
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import NotFound
from dealflow.kernel.identity import ID_CHECKS, ID_WEIGHTS

FOUNDED: Final = datetime(2025, 1, 2, 9, 0, tzinfo=PROJECT_ZONE)  # every scenario begins after this
OPERATOR: Final = Actor(0, "系统", frozenset({"administrator"}))  # whoever may start the programme on its own machine


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the office: the letter by which scenarios call him, login, name and roles."""

    letter: str
    login: str
    name: str
    roles: tuple[str, ...]
    leader: str = ""


STAFF: Final = (
    Colleague("R", "renxin", "任欣", ("administrator",)),
    Colleague("D", "dongyi", "董毅", ("sales_director",)),
    Colleague("M", "mengqi", "孟琪", ("sales_manager",)),
    Colleague("T", "tangwei", "唐薇", ("team_leader", "salesperson")),
    Colleague("S", "suyun", "苏云", ("front_desk_secretary",)),
    Colleague("F", "fanglan", "方岚", ("finance",)),
    Colleague("O", "ouyang", "欧阳静", ("mortgage_officer",)),
    Colleague("P", "pengtao", "彭涛", ("property_team",)),
    Colleague("K", "kongde", "孔德", ("developer_clerk",)),
    Colleague("A", "anran", "安然", ("salesperson",), "T"),
    Colleague("B", "baiyang", "白杨", ("salesperson",), "T"),
    Colleague("C", "chengfei", "程飞", ("salesperson",), "T"),
)
PROJECT: Final = {
    "code": "JY",
    "name": "江屿澜庭",
    "address": "云州市江屿区澜庭路 1 号",
    "developer": "云州江屿置业有限公司",
}
LICENSED: Final = {"code": "1", "name": "1 号楼", "licence_no": "云房预售字（2024）第 011 号", "licence_from": "2024-06-01"}
UNLICENSED: Final = {"code": "2", "name": "2 号楼"}
ROOMS: Final = (*((f"{floor:02d}{room:02d}", floor) for floor in range(1, 6) for room in range(1, 5)), ("1201", 12), ("1202", 12))
FILES: Final = {  # what a scanner would have stored: `$world.scan`, `$world.floor_plan` are their hashes
    "scan": b"%PDF-1.4\n% a signed copy\n%%EOF\n",
    "floor_plan": b"%PDF-1.4\n% a floor plan\n%%EOF\n",
}
LAYOUTS: Final = (  # by the last figure of the room: layout, orientation, built and inner area in cm2, yuan for a square metre
    ("三室两厅两卫", "南", 1_158_000, 926_400, 12_000),
    ("两室两厅一卫", "东南", 892_500, 714_000, 11_600),
    ("两室两厅一卫", "西南", 892_500, 714_000, 11_400),
    ("三室两厅两卫", "南北", 1_236_000, 988_800, 12_400),
)


@dataclass(frozen=True)
class World:
    """What a starting world holds, by the names that scenarios use."""

    project: int
    people: Mapping[str, int]
    units: Mapping[str, int]
    dealflow: Dealflow
    buildings: Mapping[str, int] = field(default_factory=dict)

    def person(self, letter: str) -> Actor:
        """Somebody by his letter, with the roles and grants that hold now."""
        with self.dealflow.reading() as uow:
            return staff.actor(uow.connection, self.people[letter], uow.now)

    def unit(self, code: str) -> int:
        """A unit by the code that people call it."""
        if code not in self.units:
            raise NotFound("unit", code)
        return self.units[code]

    def value(self, name: str) -> object:
        """What `$world.name` stands for: id1.., phone1.., scan, floor_plan, building1.., a unit's code, a letter."""
        if name in FILES:
            return sha256(FILES[name])
        kind, digits = name.rstrip("0123456789"), name[len(name.rstrip("0123456789")) :]
        if kind == "id" and digits:
            return id_number(int(digits))
        if kind == "phone" and digits:
            return phone(int(digits))
        found = {**self.people, **self.units, **self.buildings}.get(name)
        if found is None:
            raise NotFound("world", name)
        return found


def id_number(n: int) -> str:
    """The n-th invented identity number: an adult of an area that no county owns, with its check character."""
    body = f"419900{1980 + n % 20}{1 + n % 12:02d}{1 + n % 28:02d}{100 + n:03d}"
    return body + ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11]


def phone(n: int) -> str:
    """The n-th invented client phone."""
    return f"190000000{50 + n:02d}"


def make(dealflow: Dealflow, name: str) -> World:
    """Make a world on an empty database. Raises NotFound for an unknown name."""
    if name not in WORLDS:
        raise NotFound("world", name)
    return WORLDS[name](dealflow)


def again(dealflow: Dealflow, name: str) -> World:
    """The world of a database that is a copy of one in which it was made: its ids follow from its name."""
    if name not in WORLDS:
        raise NotFound("world", name)
    return _world(dealflow, Keys(name))


@dataclass(frozen=True, slots=True)
class Keys:
    """Command keys of a world, and the ids that follow from them."""

    world: str

    def key(self, what: str) -> str:
        """The key under which a thing is made."""
        return f"world/{self.world}/{what}"

    @property
    def project(self) -> int:
        """The project's id."""
        return identify(self.key("project"), "project")

    def person(self, letter: str) -> int:
        """A person's id, as the staff room makes it from the key."""
        return identify(self.key(letter), "person")

    def unit(self, code: str) -> int:
        """A unit's id, as the units room makes it from the key."""
        return identify(self.key(code), "unit")

    def building(self, code: str) -> int:
        """A building's id, made in the same way."""
        return identify(self.key(f"building {code}"), "building")


def office(dealflow: Dealflow) -> World:
    """One project, twelve people, a licensed building with 22 units on sale, a building without a licence with two."""
    keys = Keys("office")
    with several(dealflow, keys.project) as uow:
        act = Acts(dealflow, uow, keys)
        act.do("project", "units.open_project", OPERATOR, PROJECT)
        for one in STAFF:
            leader = keys.person(one.leader) if one.leader else None
            fields = {"login": one.login, "name": one.name, "phone": staff_phone(one), "roles": one.roles, "leader": leader}
            act.do(one.letter, "staff.add_person", OPERATOR, fields)
        build(act, LICENSED, ROOMS, offered=True)
        build(act, UNLICENSED, ROOMS[:2], offered=False)
        store_files(act)
    return _world(dealflow, keys)


@contextmanager
def several(dealflow: Dealflow, project: int) -> Iterator[UnitOfWork]:
    """A unit of work of a project that may not exist yet, for many use cases at once."""
    with unit_of_work(dealflow.database, dealflow.house, dealflow.clock.now(), project, several=True) as uow:
        yield uow


@dataclass
class Acts:
    """Use cases done one after the other in one unit of work, each under a key of its own."""

    dealflow: Dealflow
    uow: UnitOfWork
    keys: Keys

    def do(self, what: str, use_case: str, by: Actor, fields: Mapping[str, object]) -> Any:
        """One use case; gives what it gives."""
        return self.dealflow.book.do(self.uow, Command(self.keys.key(what), by), use_case, fields)


def build(act: Acts, building: Mapping[str, object], rooms: tuple[tuple[str, int], ...], *, offered: bool) -> None:
    """A building with its units, on sale or not."""
    place: BuildingAdded = act.do(f"building {building['code']}", "units.add_building", OPERATOR, building)
    manager = Actor(act.keys.person("M"), "孟琪", frozenset({"sales_manager"}))
    for room, floor in rooms:
        code = f"{building['code']}-{room}"
        unit: Answer = act.do(
            code, "units.add_unit", OPERATOR, {"building": place.id, "code": room, "floor": floor, **figures(room, floor)}
        )
        if offered:
            act.do(f"offer {code}", "units.take_step", manager, {"unit": unit.case, "event": "offer"})


def store_files(act: Acts) -> None:
    """The files that signatures and contracts of this world name."""
    for name, content in FILES.items():
        command = Command(act.keys.key(name), OPERATOR)
        documents.store_file(act.uow, command, content, f"{name}.pdf", act.dealflow.files)


def figures(room: str, floor: int) -> dict[str, object]:
    """Layout, areas and prices of a room; a higher floor costs a little more."""
    layout, orientation, area, inner, metre = LAYOUTS[int(room[-1]) - 1]
    listed = area * (metre + 50 * floor) // 10_000
    return {
        "layout": layout,
        "orientation": orientation,
        "area_cm2": area,
        "inner_area_cm2": inner,
        "list_price": f"{listed}.00",
        "lowest_price": f"{listed * 97 // 100}.00",
    }


def staff_phone(one: Colleague) -> str:
    """The invented phone of a colleague."""
    return f"190000000{1 + STAFF.index(one):02d}"


def _world(dealflow: Dealflow, keys: Keys) -> World:
    units = (*(f"1-{room}" for room, _ in ROOMS), *(f"2-{room}" for room, _ in ROOMS[:2]))
    people = {one.letter: keys.person(one.letter) for one in STAFF}
    buildings = {f"building{code}": keys.building(code) for code in ("1", "2")}
    return World(keys.project, people, {code: keys.unit(code) for code in units}, dealflow, buildings)


WORLDS: Final = {"office": office}
