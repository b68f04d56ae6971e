"""What is due when, on a real database: the charges of a deal with their paid part, and what falls due in the project."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dealflow.casework.parts import CaseKey, Part
from dealflow.casework.reading import as_json
from dealflow.db.tables import payments
from dealflow.features.payments import parts, queries
from tests.features.payments.office import DEAL, opened
from tests.makers.dossiers import SALESPERSON, moment
from tests.makers.payments import charge_rows

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
MONEY = (
    ("price_deposit", 1_000_000),
    ("price", 29_000_000),
    ("price_uncleared", 5_000_000),
    ("prepayment", 3_000_000),
    ("hold", 50_000),
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A signed slip that was void once: its charges stand twice and are taken back once."""
    with opened(tmp_path) as office, office.database.several.begin() as c:
        for row in charge_rows():
            made = {**msgspec.structs.asdict(row), "seq": 9}
            taken_back = {**made, "id": row.id + 100, "fen": -row.fen, "reverses": row.id, "seq": 10}
            for values in (made, taken_back, {**made, "id": row.id + 200, "seq": 11}):
                c.execute(payments.charges.insert().values(values))
        for place, (account, fen) in enumerate(MONEY, 1):
            post(c, place, account, fen)
        yield c


def post(c: Connection, id_: int, account: str, fen: int) -> None:
    where = {"case_id": DEAL, "deal_id": DEAL, "posted_by": DEAL, "seq": 9, "account": account, "fen": fen}
    more = {"kind": "receipt", "receipt_id": 1, "reason": "", "at": moment("2025-03-08 11:00")}
    c.execute(payments.ledger.insert().values(id=id_, **where, **more))


def read(c: Connection, part: Part[Any]) -> tuple[Any, ...]:
    text = c.execute(sa.select(as_json(part.rows(CaseKey(sa.literal(DEAL, sa.BigInteger), "deal")), c.dialect.name)))
    return msgspec.json.decode(text.scalar_one(), type=tuple[part.record, ...])  # type: ignore[name-defined,no-any-return]


def test_charges_tell_what_is_paid_and_what_waits(connection: Connection) -> None:
    """Money fills them in their order; what the bank has not confirmed comes after what it has."""
    found = queries.charges_of(connection, DEAL)
    assert [(c.label, c.fen, c.paid, c.waiting, c.open) for c in found] == [
        ("定金", 1_000_000, 1_000_000, 0, 0),
        ("首付款", 29_000_000, 29_000_000, 0, 0),
        ("二期款", 20_000_000, 3_000_000, 5_000_000, 12_000_000),
        ("尾款", 48_000_000, 0, 0, 48_000_000),
    ]


def test_what_falls_due_is_listed_with_what_is_missing_and_who_urges(connection: Connection) -> None:
    """R-DEP-03: confirmed money alone counts."""
    assert queries.falling_due(connection, 1, date(2025, 4, 30)) == ()
    (line,) = queries.falling_due(connection, 1, MAY)
    told = (line.deal_id, line.label, line.missing, line.due_on, line.owner_id)
    assert told == (DEAL, "二期款", 17_000_000, MAY, SALESPERSON.id)


def test_what_falls_due_is_listed_page_by_page(connection: Connection) -> None:
    (first,) = queries.falling_due(connection, 1, JUNE, limit=1)
    (then,) = queries.falling_due(connection, 1, JUNE, after=(first.due_on, first.charge_id))
    assert [(first.due_on, first.missing), (then.due_on, then.missing)] == [(MAY, 17_000_000), (JUNE, 48_000_000)]


def test_another_projects_charges_are_not_listed(connection: Connection) -> None:
    assert queries.falling_due(connection, 2, JUNE) == ()


def test_the_balance_tells_each_account_of_the_price(connection: Connection) -> None:
    assert queries.balance_of(connection, DEAL) == queries.Balance(**dict(MONEY))


def test_charges_and_plan_are_read_as_they_were_written(connection: Connection) -> None:
    """Days too, on both databases."""
    assert {c for c in read(connection, parts.CHARGES) if c.id < 300} == set(charge_rows())
    assert [(p.label, p.amount_fen) for p in read(connection, parts.PLAN)] == [("房款", 98_000_000)]
