"""A small house for tests of the corridor alone: orders that hold items, one paper, two clocks. No room is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dealflow.casework import unit_of_work
from dealflow.casework.advance import advance
from dealflow.casework.changes import Add, Change, Link, Say, Set, Then
from dealflow.casework.command import Answer, CaseRef, Command, identify
from dealflow.casework.dossier import Dossier
from dealflow.casework.house import House, PaperKind, bind
from dealflow.casework.parts import Record, linked, part, rows_of
from dealflow.casework.shelf import Shelf, Text
from dealflow.casework.texts import TEXTS
from dealflow.db.engine import Database
from dealflow.db.tables.casework import cases, projects
from dealflow.db.tables.payments import ledger
from dealflow.db.tables.units import buildings, claims, units
from dealflow.kernel.actor import Actor
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet
from dealflow.testing import FixedClock
from dealflow.workflow.load import load_all
from dealflow.workflow.machine import Machines
from dealflow.workflow.records import Label

HERE = Path(__file__).parent / "mini"
CLERK = Actor(7, "职员", frozenset({"clerk"}))
STRANGER = Actor(8, "路人", frozenset({"visitor"}))


class Item(Record, frozen=True):
    """The item under the order's link, and who claims it."""

    id: int
    code: str
    claimed_by: int | None


class Line(Record, frozen=True):
    """A ledger line of the order."""

    id: int
    fen: int


live = (claims.c.unit_id == units.c.id) & claims.c.live
ITEM = part(
    Item,
    lambda case: (
        sa.select(units.c.id, units.c.code, claims.c.case_id.label("claimed_by"))
        .select_from(units.outerjoin(claims, live))
        .where(units.c.id == linked(case, "item"))
    ),
    of="item",
)
LINES = rows_of(Line, ledger)
WORDS = {
    "mini.item_none": Text("未选物", "no item chosen"),
    "mini.item_taken": Text("{item}已被占用", "{item} is taken", rule="R-9", who=("clerk",), how="mini.release"),
    "mini.taken_now": Text("{item}刚刚被占用", "{item} was taken a moment ago"),
    "mini.not_held": Text("{item}不在此单", "{item} is not held here"),
    "mini.amount": Text("应为{wanted}", "must be {wanted}", rule="R-2"),
    "mini.no_amount": Text("请填金额", "an amount is needed"),
    "mini.uncovered": Text("还差{missing}", "{missing} missing"),
    "mini.will_pay": Text("收款{fen}", "receive {fen}"),
}
shelf = Shelf("mini", WORDS)


@shelf.guard(ITEM)
def item_named(d: Dossier) -> Iterator[Unmet]:
    if d.one(ITEM) is None:
        yield Unmet("mini.item_none")


@shelf.guard(ITEM)
def item_free(d: Dossier) -> Iterator[Unmet]:
    item = d.one(ITEM)
    if item and item.claimed_by not in (None, d.case.id):
        yield Unmet("mini.item_taken", {"item": item.code})


@shelf.guard()
def amount_is(d: Dossier, wanted: int) -> Iterator[Unmet]:
    if d.number("amount") != wanted:
        yield Unmet("mini.amount", {"wanted": wanted})


@shelf.guard()
def amount_given(d: Dossier) -> Iterator[Unmet]:
    if not d.number("amount"):
        yield Unmet("mini.no_amount")


@shelf.guard(LINES)
def covers(d: Dossier, wanted: int) -> Iterator[Unmet]:
    missing = wanted - sum(line.fen for line in d[LINES])
    if missing > 0:
        yield Unmet("mini.uncovered", {"missing": missing})


@shelf.effect(ITEM, then=(("item", "take"),))
def take_item(d: Dossier) -> Iterator[Change]:
    item = d.chosen(ITEM)
    row = {"id": d.fresh("claim"), "unit_id": item.id, "case_id": d.case.id, "live": True, "since": d.now, "ended_at": None}
    yield Add(claims, row, Say("mini.taken_now", {"item": item.code}))
    yield Link("item", item.id)
    yield Then("item", "take")


@shelf.effect(ITEM, then=(("item", "give"),))
def free_item(d: Dossier) -> Iterator[Change]:
    item = d.chosen(ITEM)
    held = {"unit_id": item.id, "case_id": d.case.id}
    yield Set(claims, held, {"live": False, "ended_at": d.now}, {"live": True}, Say("mini.not_held", {"item": item.code}))
    yield Then("item", "give")


@shelf.effect()
def pay(d: Dossier) -> Iterator[Change]:
    fen = d.number("amount") or 0
    row = {"id": d.fresh("line"), "case_id": d.case.id, "seq": d.case.seq + 1, "account": "price", "kind": "receipt", "fen": fen}
    more = {"deal_id": d.case.id, "posted_by": d.case.id, "receipt_id": 0, "reason": "", "at": d.now}
    yield Add(ledger, {**row, **more}, says=Say("mini.will_pay", {"fen": fen}))


@shelf.fact(ITEM)
def item_code(d: Dossier) -> str | None:
    item = d.one(ITEM)
    return item.code if item else None


@shelf.fact()
def note(d: Dossier) -> str:
    return d.text("note") or "无"


@shelf.relation()
def is_friend(d: Dossier) -> bool:
    return "friend" in d.actor.grants


def house(folder: Path = HERE) -> House:
    """The mini house, compiled."""
    loaded = load_all(folder)
    assert not loaded.faults, loaded.faults
    offers = {"guards": shelf.guards, "effects": shelf.effects, "facts": shelf.facts, "relations": shelf.relations}
    title, inputs = Label("占用单", "Hold slip"), {"item": "mini.item_code", "note": "mini.note"}
    slip = PaperKind("D-99", title, "template", inputs, lambda facts: [Label(k, k) for k, v in facts.items() if not v])
    machines = Machines()
    bound = {(w.kind, w.version): bind(w, machines.of(w), offers, {"D-99": slip}, frozenset({"clerk"})) for w in loaded.workflows}
    words = {**TEXTS, **WORDS, "who.clerk": Text("职员", "clerk"), "who.is_friend": Text("友人", "friend")}
    defaults = loaded.policies.defaults()
    current = {w.kind: w.version for w in loaded.workflows}
    shelves = {"mini": shelf}
    return House(
        bound,
        current,
        shelves,
        words,
        {"D-99": slip},
        loaded.policies,
        defaults,
        STATUTORY,
        PROJECT_ZONE,
        lambda t: "☃" if "☃" in t else "",
    )


@dataclass
class Mini:
    """The mini office on a real database."""

    database: Database
    house: House
    clock: FixedClock

    def uow(self, *, several: bool = False) -> Any:
        """A unit of work."""
        return unit_of_work.unit_of_work(self.database, self.house, self.clock.now(), 1, several=several)

    def look(self) -> Any:
        """A unit of work that only reads."""
        return unit_of_work.reading_only(self.database, self.house, self.clock.now(), 1)

    def do(
        self, case: CaseRef, event: str, *, key: str, actor: Actor = CLERK, links: dict[str, int] | None = None, **more: Any
    ) -> Answer:
        """One step by its event."""
        seen, answers = more.pop("seen", None), more
        with self.uow() as uow:
            return advance(uow, Command(key, actor, expected_version=seen), case, event, answers, links or {})

    def order(self, name: str = "o1") -> CaseRef:
        """A new order."""
        case = CaseRef("order", identify(name, "order"))
        self.do(case, "open", key=f"open-{name}")
        return case

    def item(self, code: str = "A-1") -> int:
        """A new item: its case and its row."""
        case = CaseRef("item", identify(code, "item"))
        self.do(case, "create", key=f"create-{code}", code=code)
        row = {
            "id": case.id,
            "building_id": 1,
            "code": code,
            "floor": 1,
            "layout": "",
            "orientation": "",
            "area_cm2": 1,
            "inner_area_cm2": 1,
        }
        with self.database.several.begin() as c:
            c.execute(units.insert().values(**row, list_fen=1, lowest_fen=1, blocked=None))
        return case.id

    def state(self, case: int | CaseRef) -> str:
        """Where a case stands."""
        with self.database.readers.connect() as c:
            wanted = case.id if isinstance(case, CaseRef) else case
            return str(c.execute(sa.select(cases.c.state).where(cases.c.id == wanted)).scalar_one())

    def count(self, table: sa.Table) -> int:
        """How many rows a table has."""
        with self.database.readers.connect() as c:
            return int(c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def furnish(database: Database) -> None:
    """The rows that orders and items stand on."""
    with database.several.begin() as c:
        c.execute(projects.insert().values(id=1, code="MN", name="小屋", address="无", developer="无"))
        c.execute(buildings.insert().values(id=1, project_id=1, code="1", name="一栋", licence_no="证1"))
