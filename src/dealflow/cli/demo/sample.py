"""A sample project for a first look: one building, twenty units, ten people, ten clients. Loaded by `serve --sample`.

Everything happens through use cases, in the days before now, with a clock that is moved; names and numbers are invented."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from dealflow.bootstrap import Dealflow
from dealflow.casework.command import Answer
from dealflow.cli.play import worlds
from dealflow.cli.play.stage import Stage
from dealflow.cli.play.worlds import Acts, Keys, World, build, id_number, phone, several
from dealflow.features.staff import queries as staff
from dealflow.features.units import queries as units
from dealflow.kernel import money
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import NotFound
from dealflow.kernel.money import Fen
from dealflow.testing import FixedClock

PASSWORD: Final = "lanting-2025"  # noqa: S105  (of invented people, on the reader's own machine; printed at every start)
STAFF: Final = tuple(one for one in worlds.STAFF if one.letter in "RDMTSFOABC")
ROOMS: Final = worlds.ROOMS[:20]
KEYS: Final = Keys("sample")
FIRST: Final = timedelta(days=7)  # how long ago the office opened


def load_once(dealflow: Dealflow) -> bool:
    """Make the sample in an empty database; leave any other alone. Says whether it was made."""
    try:
        return not dealflow.project_id
    except NotFound:
        now = dealflow.clock.now()
        clock = FixedClock("2000-01-01")
        clock.set(now - FIRST)
        past = dealflow.beside(dealflow.settings.database, clock)
        try:
            Days(Stage(past, found(past), clock), now).live()
        finally:
            past.close()
        return True


def sign_ins(dealflow: Dealflow) -> list[tuple[object, ...]]:
    """Logins of those who work here, with their roles."""
    with dealflow.reading() as uow:
        people = staff.people(uow.connection, uow.project_id)
    return [(p.login, p.name, ", ".join(p.roles)) for p in people if p.active]


def found(dealflow: Dealflow) -> World:
    """The project with its people and its stock."""
    with several(dealflow, KEYS.project) as uow:
        act = Acts(dealflow, uow, KEYS)
        act.do("project", "units.open_project", worlds.OPERATOR, worlds.PROJECT)
        for one in STAFF:
            leader = KEYS.person(one.leader) if one.leader else None
            fields = {
                "login": one.login,
                "name": one.name,
                "phone": worlds.staff_phone(one),
                "roles": one.roles,
                "leader": leader,
            }
            act.do(one.letter, "staff.add_person", worlds.OPERATOR, {**fields, "password": PASSWORD})
        build(act, worlds.LICENSED, ROOMS, offered=True)
        worlds.store_files(act)
    people = {one.letter: KEYS.person(one.letter) for one in STAFF}
    return World(KEYS.project, people, {f"1-{room}": KEYS.unit(f"1-{room}") for room, _ in ROOMS}, dealflow)


class Days:
    """The days before now. Every act has its moment, counted back from now; deadlines act in between."""

    def __init__(self, stage: Stage, now: datetime) -> None:
        self.stage, self.now = stage, now
        self.paid = {"method": "cash", "source_of_funds": "自有资金"}

    def live(self) -> None:
        """Ten clients, in the order of what happened."""
        self.at(6, "10:00")
        lapsing, subscribed = self.tracked(1, "吴桐", "C"), self.tracked(2, "郑越", "A")
        self.hold(lapsing, 1, "吴桐", "1-0403")
        self.at(5, "14:30")
        lost, followed = self.tracked(3, "沈易", "A"), self.tracked(4, "陈静", "A")
        self.step("A", lost, "lose", reason="price")
        self.at(3, "15:00")
        self.subscribe(subscribed, 2, "郑越", "A", "1-0501")
        self.at(2, "11:20")
        self.do("A", "followup.record", deal=followed, method="phone", result="周末带家人复访")
        self.calls(5, "冯雪", "A")
        self.at(1, "14:10")
        self.hold(self.tracked(6, "周宁", "B"), 6, "周宁", "1-0302")
        self.at(1, "16:40")
        self.prepared_and_paid(self.tracked(7, "孙晓", "B"), 7, "孙晓", "B", "1-0204", "6000.00")
        self.at(0, "09:15")
        cheque = {"method": "cheque", "cheque_no": "10203040", "cheque_amount": "10000.00"}
        self.prepared_and_paid(self.tracked(8, "韩梅", "C"), 8, "韩梅", "C", "1-0104", "10000.00", **cheque)
        self.at(0, "09:50")
        waiting = self.tracked(9, "蒋文", "B")
        self.prepared_and_paid(waiting, 9, "蒋文", "B", "1-0301", "10000.00")
        self.step("B", waiting, "write_agreement")
        self.visit(10, "李可", "C")
        self.stage.until(self.now)

    def at(self, days: int, hour: str) -> None:
        """Go on to an hour of the day so many days before today, but never past now."""
        day = self.now.astimezone(PROJECT_ZONE).date() - timedelta(days=days)
        self.stage.until(min(datetime.combine(day, time.fromisoformat(hour), PROJECT_ZONE), self.now))

    def do(self, by: str, use_case: str, **fields: Any) -> Answer:
        """A use case by letter."""
        answer: Answer = self.stage.do(by, use_case, fields, key=f"sample/{self.stage.count}")
        return answer

    def step(self, by: str, deal: int, event: str, **answers: object) -> Answer:
        """A step without a form of its own."""
        return self.do(by, "deals.take_step", deal=deal, event=event, answers=answers)

    def visit(self, n: int, name: str, owner: str) -> int:
        """Somebody new comes and is received."""
        person = self.stage.world.people[owner]
        return self.do(
            "S", "reception.register_visit", name=name, phone=phone(n), channel="网络", received_by=person, way="turn"
        ).case

    def calls(self, n: int, name: str, owner: str) -> int:
        """Somebody new calls."""
        person = self.stage.world.people[owner]
        asked = {"received_by": person, "way": "turn", "content": "询问三房价格"}
        return self.do("S", "reception.register_call", name=name, phone=phone(n), channel="网络", **asked).case

    def tracked(self, n: int, name: str, owner: str) -> int:
        """A new client whose archive is open."""
        deal = self.visit(n, name, owner)
        self.do(owner, "deals.open_tracking", deal=deal, channel="网络", archive={"购房原因": "改善居住"})
        return deal

    def hold(self, deal: int, n: int, name: str, unit: str) -> None:
        """The hold fee in cash."""
        payer = {"name": name, "document": id_number(n)}
        self.do(
            "F", "payments.take_hold_fee", deal=deal, unit=self.stage.world.unit(unit), amount="500.00", payer=payer, **self.paid
        )

    def prepared_and_paid(self, deal: int, n: int, name: str, owner: str, unit: str, paid: str, **how: str) -> None:
        """A sale at list price with a deposit of 10,000, and what was paid of it."""
        with self.stage.dealflow.reading() as uow:
            row = units.one(uow.connection, uow.project_id, self.stage.world.unit(unit))
        price = money.plain(Fen(row.list_fen)) if row else ""
        buyer = {"name": name, "document": id_number(n), "phone": phone(n)}
        agreed = {"price": price, "plan": "lump_sum", "deposit": "10000.00", "buyers": [buyer]}
        self.do(owner, "deals.prepare_sale", deal=deal, unit=self.stage.world.unit(unit), **agreed)
        payer = {"name": name, "document": id_number(n)}
        self.do("F", "payments.take_deposit", deal=deal, amount=paid, payer=payer, **{**self.paid, **how})

    def subscribe(self, deal: int, n: int, name: str, owner: str, unit: str) -> None:
        """All the way to the effective agreement."""
        self.prepared_and_paid(deal, n, name, owner, unit, "10000.00")
        self.step(owner, deal, "write_agreement")
        self.do(owner, "documents.record_signature", deal=deal, paper="D-18", signer=1, scan=self.stage.world.value("scan"))
        self.step("M", deal, "agree")
