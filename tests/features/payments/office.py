"""A deal with its unit on a real database, moved by the shipped workflows through the payments use cases."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dealflow import bootstrap
from dealflow.casework import doctor, unit_of_work
from dealflow.casework.advance import advance, preview, why_not
from dealflow.casework.command import Answer, CaseRef, Command
from dealflow.casework.house import House
from dealflow.db.engine import Database, open_database
from dealflow.db.schema import upgrade
from dealflow.db.tables import casework, clients, deals, documents, policies, staff, units
from dealflow.features.payments import queries
from dealflow.kernel.actor import CLOCK, Actor
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.testing import FixedClock
from tests.databases import postgres
from tests.makers.dossiers import FINANCE, MANAGER, SALESPERSON, moment

ROOT = Path(__file__).parents[3]
DEAL, UNIT, CLIENT = 1, 11, 5
PAYER = {"name": "陈静", "document": "449900199003070013"}
BEGUN = "2025-03-03 15:20"


def house() -> House:
    """The shipped workflows bound to all rooms; every character is printable here."""
    found = bootstrap.definitions(ROOT / "workflows", ROOT / "templates" / "documents")
    assert not found.faults, found.faults
    return bootstrap.compile_house(found, found.loaded.workflows, lambda _: "")


@dataclass
class Office:
    """One deal, tracked, prepared for unit 1-1201 with an agreed deposit of 10,000; its clock moves only when told."""

    database: Database
    house: House
    clock: FixedClock = field(default_factory=lambda: FixedClock(BEGUN))
    count: int = 0

    def do(self, name: str, actor: Actor = FINANCE, **fields: Any) -> Answer:
        """A use case by name."""
        with self.uow() as uow:
            answer: Answer = bootstrap.BOOK.do(uow, self.command(actor), f"payments.{name}", fields)
        return answer

    def step(self, event: str, actor: Actor = MANAGER, case: CaseRef = CaseRef("deal", DEAL), **answers: object) -> Answer:
        """A step without a form of its own."""
        with self.uow() as uow:
            return advance(uow, self.command(actor), case, event, answers)

    def do_refund_back(self, refund: int) -> Answer:
        """The bank returned a refund."""
        return self.step("sent_back", FINANCE, CaseRef("refund", refund), reason="账号有误")

    def open_steps(self, actor: Actor, case: CaseRef = CaseRef("deal", DEAL)) -> set[str]:
        """The events whose forms this actor may fill in now."""
        with self.uow() as uow:
            return {c.step.event for c in why_not(uow, self.command(actor), case)[1] if c.open}

    def preview(self, event: str, **answers: object) -> set[str]:
        """What a step would do, in words."""
        command = replace(self.command(FINANCE), use_case=f"payments.{event}")
        with self.uow() as uow:
            return {line.zh for line in preview(uow, command, CaseRef("deal", DEAL), event, answers).lines}

    def due(self, clock: str) -> str:
        """When a clock of the deal is due, in the project's time."""
        c = casework.deadlines.c
        (row,) = self.rows(sa.select(c.due_at).where(c.case_id == DEAL, c.clock == clock))
        return str(row[0].astimezone(PROJECT_ZONE).isoformat())

    def fires(self, event: str) -> Answer:
        """A clock of the deal acts."""
        return self.step(event, CLOCK)

    def command(self, actor: Actor) -> Command:
        self.count += 1
        return Command(f"key-{self.count}", actor)

    @contextmanager
    def uow(self) -> Iterator[unit_of_work.UnitOfWork]:
        with unit_of_work.unit_of_work(self.database, self.house, self.clock.now().astimezone(UTC), 1) as uow:
            yield uow

    def hold(self, **fields: Any) -> Answer:
        return self.do("take_hold_fee", **{**cash("500.00"), "deal": DEAL, "unit": UNIT, **fields})

    def deposit(self, amount: str, **fields: Any) -> Answer:
        return self.do("take_deposit", **{**cash(amount), "deal": DEAL, **fields})

    def rows(self, statement: sa.Select[Any]) -> list[Any]:
        with self.database.readers.connect() as c:
            return list(c.execute(statement))

    def state(self, case: int = DEAL) -> str:
        return str(self.rows(sa.select(casework.cases.c.state).where(casework.cases.c.id == case))[0][0])

    def balance(self) -> queries.Balance:
        with self.database.readers.connect() as c:
            return queries.balance_of(c, DEAL)

    def receipts(self) -> tuple[queries.ReceiptLine, ...]:
        """Oldest first."""
        with self.database.readers.connect() as c:
            return queries.receipts_of(c, DEAL)[::-1]

    def refunds(self) -> tuple[queries.RefundLine, ...]:
        with self.database.readers.connect() as c:
            return queries.refunds_of(c, DEAL)

    def papers(self, kind: str) -> list[str]:
        """The frozen facts of papers of a kind, in the order of issue."""
        p = documents.papers.c
        return [row[0] for row in self.rows(sa.select(p.facts).where(p.kind == kind).order_by(p.issued_at, p.number))]

    def paper_states(self, kind: str) -> list[str]:
        whole = documents.papers.join(casework.cases, casework.cases.c.id == documents.papers.c.id)
        p = documents.papers.c
        found = sa.select(casework.cases.c.state).select_from(whole).where(p.kind == kind).order_by(p.number)
        return [row[0] for row in self.rows(found)]

    def money_faults(self) -> list[str]:
        """What the doctor finds wrong with money and papers. The deal and its unit were put there without a history."""
        with self.database.readers.connect() as c:
            found = doctor.examine(c, self.house).findings
        return [f.en for f in found if f.case not in (DEAL, UNIT) or f.code.startswith(("money", "paper", "series"))]


def cash(amount: str) -> dict[str, Any]:
    """The fields of a receipt in cash."""
    return {"amount": amount, "payer": PAYER, "method": "cash", "source_of_funds": "自有资金"}


def cheque(amount: str) -> dict[str, Any]:
    """The fields of a receipt by cheque."""
    return {**cash(amount), "method": "cheque", "cheque_no": "30206610", "cheque_amount": amount}


@contextmanager
def opened(folder: Path, policy: Mapping[str, str] | None = None) -> Iterator[Office]:
    """The office, on SQLite or on the run's PostgreSQL server."""
    with _url(folder) as url:
        database = open_database(url)
        upgrade(database)
        with database.several.begin() as c:
            _fill(c, policy or {})
        yield Office(database, house())
        database.close()


@contextmanager
def _url(folder: Path) -> Iterator[str]:
    if os.environ.get("DEALFLOW_TEST_DATABASE") != "postgresql":
        yield f"sqlite:///{folder / 'office.db'}"
        return
    with postgres.server() as server:
        fresh = postgres.fresh_database(server)
        yield fresh
        postgres.drop(fresh)


def _fill(c: sa.Connection, policy: Mapping[str, str]) -> None:
    def add(table: sa.Table, **row: Any) -> None:
        c.execute(table.insert().values(**row))

    at = moment("2025-03-01 10:00")
    add(casework.projects, id=1, code="YH", name="云湖花园", address="滨河路1号", developer="云湖置业有限公司")
    for actor in (FINANCE, MANAGER, SALESPERSON):
        named = {"login": f"p{actor.id}", "name": actor.name, "phone": "19000000001", "password": "", "active": True}
        add(staff.people, id=actor.id, project_id=1, **named)
    who = {"name": "陈静", "phone": "19000000002", "area": "", "channel": "网络", "since": at, "archive": "{}"}
    add(clients.clients, id=CLIENT, project_id=1, **who)
    licence = {"licence_no": "云预售2025-01", "licence_from": date(2025, 1, 1), "escrow_account": None}
    add(units.buildings, id=3, project_id=1, code="1", name="1号楼", **licence)
    stands = {
        "project_id": 1,
        "workflow": 1,
        "former": "none",
        "version": 0,
        "seq": 0,
        "head": "",
        "opened_at": at,
        "moved_at": at,
    }
    add(casework.cases, id=UNIT, kind="unit", name="1-1201", state="for_sale", **stands)
    add(casework.cases, id=DEAL, kind="deal", name="陈静", state="tracked", **stands)
    size = {"floor": 12, "layout": "三房两厅", "orientation": "南", "area_cm2": 1_000_000, "inner_area_cm2": 800_000}
    prices = {"list_fen": 100_000_000, "lowest_fen": 95_000_000, "blocked": None}
    add(units.units, id=UNIT, building_id=3, code="1-1201", **size, **prices)
    add(casework.links, case_id=DEAL, name="client", other=CLIENT)
    add(casework.links, case_id=DEAL, name="unit", other=UNIT)
    sale = {"price_fen": 98_000_000, "plan": "lump_sum", "agreed_deposit_fen": 1_000_000, "unit_id": UNIT}
    lead = {
        "owner_id": SALESPERSON.id,
        "confirmed_at": at,
        "visited": True,
        "open": True,
        "channel": "网络",
        "earlier_deal": None,
    }
    add(deals.deals, id=DEAL, project_id=1, client_id=CLIENT, **lead, **sale)
    buyer = {"kind": "person", "name": "陈静", "document_kind": "id_card", "document": PAYER["document"], "phone": "19000000002"}
    add(deals.buyers, case_id=DEAL, position=1, address="", share_ppm=1_000_000, **buyer)
    add(deals.plan_lines, case_id=DEAL, position=1, label="房款", amount_fen=98_000_000, due_on=None, by_loan=False)
    for key, value in policy.items():
        add(policies.policies, project_id=1, key=key, value=value, set_by=MANAGER.id, set_at=at)
