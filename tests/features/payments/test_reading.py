"""Parts and lists on a real database: a deal of two receipts, its refund, its papers."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.casework.changes import Add
from dealflow.casework.parts import CaseKey, Part
from dealflow.casework.reading import as_json
from dealflow.db.engine import open_database
from dealflow.db.schema import upgrade
from dealflow.db.tables import casework, documents, payments, staff
from dealflow.features.payments import parts, queries
from dealflow.features.payments.parts import Standing
from dealflow.kernel.errors import NotFound
from tests.databases import postgres
from tests.makers.dossiers import moment
from tests.makers.payments import DEAL, DEPOSIT_RECEIPT, HOLD_RECEIPT, REFUND, make_receipt, make_refund

AT = moment("2025-03-03 15:20")
PAPER = 1101
LINES = (  # case, account, fen, receipt, kind, seq
    (DEAL, "hold", 50_000, HOLD_RECEIPT, "receipt", 2),
    (DEAL, "hold", -50_000, HOLD_RECEIPT, "refund", 3),
    (REFUND, "hold", 50_000, HOLD_RECEIPT, "refund", 1),
    (DEAL, "deposit_uncleared", 950_000, DEPOSIT_RECEIPT, "receipt", 4),
)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The database of the run: a new file, or a new database on the run's server."""
    if os.environ.get("DEALFLOW_TEST_DATABASE") != "postgresql":
        yield f"sqlite:///{tmp_path / 'office.db'}"
        return
    with postgres.server() as server:
        fresh = postgres.fresh_database(server)
        yield fresh
        postgres.drop(fresh)


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    database = open_database(url)
    upgrade(database)
    with database.several.begin() as found:
        fill(found)
        yield found
    database.close()


def add(connection: Connection, table: sa.Table, **row: Any) -> None:
    connection.execute(table.insert().values(**row))


def fill(connection: Connection) -> None:
    add(connection, casework.projects, id=1, code="YH", name="云湖花园", address="滨河路1号", developer="云湖置业")
    person = {"project_id": 1, "phone": "19000000001", "password": "", "active": True}
    add(connection, staff.people, id=21, login="f", name="冯会计", **person)
    common = {
        "project_id": 1,
        "workflow": 1,
        "former": "none",
        "version": 4,
        "seq": 4,
        "head": "",
        "opened_at": AT,
        "moved_at": AT,
    }
    for id_, kind, state in ((DEAL, "deal", "deposit_part"), (REFUND, "refund", "approved"), (PAPER, "paper", "issued")):
        add(connection, casework.cases, id=id_, kind=kind, name="陈静", state=state, **common)
    add(connection, casework.links, case_id=REFUND, name="deal", other=DEAL)
    add(connection, casework.links, case_id=DEAL, name="refund", other=REFUND)
    more = {"replaces": None}
    hold = make_receipt()
    waiting = make_receipt(
        DEPOSIT_RECEIPT, "deposit", 950_000, method="cheque", cleared=False, seq=4, paid_at=moment("2025-03-04 00:00")
    )
    for receipt in (hold, waiting):
        add(connection, payments.receipts, **msgspec.structs.asdict(receipt), **more)
    for place, (case, account, fen, receipt_id, kind, seq) in enumerate(LINES):
        named = {"case_id": case, "deal_id": DEAL, "posted_by": case, "seq": seq, "account": account, "fen": fen}
        add(connection, payments.ledger, id=place + 1, kind=kind, receipt_id=receipt_id, reason="", at=AT, **named)
    add(connection, payments.refunds, **msgspec.structs.asdict(make_refund()), unit_code="1-1201")
    issued = {"template": "", "facts": "{}", "seal": "", "issued_at": AT, "issued_by": 21, "file": None, "engine": None}
    add(
        connection,
        documents.papers,
        id=PAPER,
        of_case=DEAL,
        seq=2,
        kind="D-14",
        series="YH-D14-25-",
        number="YH-D14-25-000001",
        **issued,
    )


def rows(connection: Connection, part: Part[Any], kind: str = "deal", id_: int = DEAL) -> tuple[Any, ...]:
    """The part as the corridor reads it: one JSON text, decoded into its record."""
    select = part.rows(CaseKey(sa.literal(id_, sa.BigInteger), kind))
    assert [c.key for c in select.selected_columns] == list(part.record.__struct_fields__)
    text = connection.execute(sa.select(as_json(select, connection.dialect.name))).scalar_one()
    return msgspec.json.decode(text, type=tuple[part.record, ...])  # type: ignore[name-defined]


STANDS = {
    Standing(HOLD_RECEIPT, REFUND, "hold", 50_000),
    Standing(DEPOSIT_RECEIPT, DEAL, "deposit_uncleared", 950_000),
}


def test_money_is_summed_by_receipt_case_and_account(connection: Connection) -> None:
    assert set(rows(connection, parts.STANDING)) == STANDS


def test_a_refund_sees_the_money_of_its_deal(connection: Connection) -> None:
    assert set(rows(connection, parts.STANDING, "refund", REFUND)) == STANDS


def test_the_fold_follows_lines_as_the_database_sums_them(connection: Connection) -> None:
    """Design 4: the image after the lines is what the next read finds."""
    found: tuple[Standing, ...] = ()
    assert parts.STANDING.fold is not None
    for case, account, fen, receipt, _, _ in LINES:
        line = {"case_id": case, "deal_id": DEAL, "account": account, "fen": fen, "receipt_id": receipt}
        found = parts.STANDING.fold(found, Add(payments.ledger, line), {}, DEAL)
    assert set(found) == set(rows(connection, parts.STANDING))


def test_a_line_of_another_deal_changes_nothing() -> None:
    assert parts.STANDING.fold is not None
    line = {"case_id": 7, "deal_id": 7, "account": "hold", "fen": 1, "receipt_id": 1}
    assert parts.STANDING.fold((), Add(payments.ledger, line), {}, DEAL) == ()


@pytest.mark.parametrize(
    ("part", "count"),
    [
        (parts.RECEIPTS, 2),
        (parts.REFUND, 1),
        (parts.REFUND_CASE, 1),
        (parts.RECEIPT_PAPERS, 1),
        (parts.PEOPLE, 1),
        (parts.AGREED, 0),
        (parts.UNIT, 0),
        (parts.PLAN, 0),
        (parts.CHARGES, 0),
        (parts.DEAL_CASE, 1),
        (parts.FILING_CASE, 0),
        (parts.SLIP_PAPER, 0),
    ],
)
def test_every_part_reads(connection: Connection, part: Part[Any], count: int) -> None:
    assert len(rows(connection, part)) == count


@pytest.mark.parametrize("part", [parts.RECEIPTS, parts.REFUND, parts.RECEIPT_PAPERS, parts.PEOPLE, parts.DEAL_CASE])
def test_a_refund_reads_the_rows_of_its_deal(connection: Connection, part: Part[Any]) -> None:
    assert set(rows(connection, part, "refund", REFUND)) == set(rows(connection, part))


def test_the_ledger_lists_every_line_with_the_number_of_its_receipt(connection: Connection) -> None:
    found = queries.ledger_of(connection, DEAL)
    assert [(line.case_id, line.fen) for line in found if line.number == "YH-D14-25-000001"] == [
        (DEAL, 50_000),
        (DEAL, -50_000),
        (REFUND, 50_000),
    ]


def test_the_balance_tells_accounts_and_refunds_apart(connection: Connection) -> None:
    assert queries.balance_of(connection, DEAL) == queries.Balance(deposit_uncleared=950_000, refunding=50_000)


def test_receipts_of_a_deal_come_newest_first_with_number_and_collector(connection: Connection) -> None:
    found = queries.receipts_of(connection, DEAL)
    assert [(r.id, r.number, r.collector) for r in found] == [
        (DEPOSIT_RECEIPT, "", "冯会计"),
        (HOLD_RECEIPT, "YH-D14-25-000001", "冯会计"),
    ]


def test_a_collectors_day_is_the_projects_day(connection: Connection) -> None:
    """Midnight in Shanghai is 16:00 of the day before in UTC."""
    assert [r.id for r in queries.receipts_by(connection, 21, date(2025, 3, 3))] == [HOLD_RECEIPT]
    assert [r.id for r in queries.receipts_by(connection, 21, date(2025, 3, 4))] == [DEPOSIT_RECEIPT]


def test_what_the_bank_has_not_confirmed_is_listed_page_by_page(connection: Connection) -> None:
    (first,) = queries.uncleared(connection, 1)
    assert first.id == DEPOSIT_RECEIPT
    assert queries.uncleared(connection, 1, after=(first.paid_at, first.id)) == ()


def test_open_refunds_are_listed_page_by_page(connection: Connection) -> None:
    (first,) = queries.open_refunds(connection, 1)
    assert (first.id, first.fen, first.state) == (REFUND, 50_000, "approved")
    assert queries.open_refunds(connection, 1, after=(first.opened_at, first.id)) == ()
    assert queries.refunds_of(connection, DEAL) == (first,)
    assert queries.refund_of(connection, REFUND) == first


def test_a_receipt_leads_to_its_deal_and_paper(connection: Connection) -> None:
    assert queries.receipt_place(connection, HOLD_RECEIPT) == queries.ReceiptPlace(DEAL, PAPER, REFUND)


def test_an_unknown_receipt_is_not_found(connection: Connection) -> None:
    with pytest.raises(NotFound):
        queries.receipt_place(connection, 5)
