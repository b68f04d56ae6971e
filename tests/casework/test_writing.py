"""A plan touches each row once, and both databases read back what was written."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dealflow.casework.changes import Add, Drop, Put, Say, Set
from dealflow.casework.parts import Record, part
from dealflow.casework.reading import DIALECTS, Page, as_json, compose
from dealflow.casework.writing import normalised
from dealflow.db.engine import open_database
from dealflow.db.tables.casework import deadlines, links, series
from dealflow.db.tables.units import buildings, claims
from dealflow.db.writes import Insert, Missed, Update

AT = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def test_a_row_that_is_added_and_then_set_is_written_once() -> None:
    added = Add(claims, {"id": 1, "unit_id": 2, "live": True})
    assert normalised([added, Set(claims, {"id": 1}, {"live": False})]) == [Add(claims, {"id": 1, "unit_id": 2, "live": False})]


def test_two_sets_of_one_row_become_one_that_expects_what_the_first_did() -> None:
    first, then = Set(claims, {"id": 1}, {"live": False}, {"live": True}), Set(claims, {"id": 1}, {"since": AT}, {"live": False})
    assert normalised([first, then]) == [Set(claims, {"id": 1}, {"live": False, "since": AT}, {"live": True})]


def test_the_last_of_two_puts_of_one_row_stays() -> None:
    row = {"case_id": 1, "name": "unit"}
    assert normalised([Put(links, {**row, "other": 2}), Put(links, {**row, "other": 3})]) == [Put(links, {**row, "other": 3})]


def test_rows_of_different_keys_stay_apart() -> None:
    changes = [
        Put(deadlines, {"case_id": 1, "clock": "a"}),
        Put(deadlines, {"case_id": 1, "clock": "b"}),
        Drop(links, {"case_id": 1}),
    ]
    assert normalised(changes) == changes  # type: ignore[arg-type]


class Odd(Record, frozen=True):
    id: int
    live: bool
    since: datetime
    ended_at: datetime | None


class House(Record, frozen=True):
    id: int
    licence_no: str | None
    licence_from: date | None


ODD = part(Odd, lambda case: sa.select(claims.c.id, claims.c.live, claims.c.since, claims.c.ended_at))
HOUSE = part(House, lambda case: sa.select(buildings.c.id, buildings.c.licence_no, buildings.c.licence_from))


def test_booleans_moments_dates_and_nulls_read_back_the_same_on_both_databases(mini: object, database_url: str) -> None:
    database = open_database(database_url)
    with database.several.begin() as c:
        c.exec_driver_sql("update buildings set licence_from = '2024-02-29'")
    question = compose(Page("order", (HOUSE,), (), ()), database.dialect)
    with database.readers.connect() as c:
        row = database.ask(c, question.sql, {"case": 1, "key": "", "project": 1})
    assert question.decoders[-1](row[-1]) == (House(1, "证1", date(2024, 2, 29)),)
    database.close()


@pytest.mark.parametrize("kind", [sa.Float(), sa.LargeBinary()])
def test_a_part_with_floats_or_bytes_is_refused_when_it_is_composed(kind: sa.types.TypeEngine[object]) -> None:
    select = sa.select(sa.column("x", kind))
    with pytest.raises(TypeError):
        as_json(select, "sqlite")


def test_a_part_whose_columns_are_not_its_fields_is_refused_by_name() -> None:
    wrong = part(Odd, lambda case: sa.select(claims.c.id, claims.c.live))
    with pytest.raises(TypeError, match="Odd"):
        compose(Page("order", (wrong,), (), ()), "sqlite")


def test_a_grouped_part_is_one_json_text_on_both_dialects() -> None:
    grouped = sa.select(claims.c.case_id, sa.func.count()).group_by(claims.c.case_id)
    for name, dialect in DIALECTS.items():
        assert "GROUP BY" in str(sa.select(as_json(grouped, name)).compile(dialect=dialect))


def test_a_conditional_update_that_misses_names_its_loss_and_undoes_the_rest(mini: object, database_url: str) -> None:
    database = open_database(database_url)
    loss = Say("casework.busy")
    writes = [
        Update("cases", ("state",), (), ("id",), (), ("x", 12345), True, loss),
        Insert(series, ("name", "next"), (("s", 1),), False, (None,)),
    ]
    with pytest.raises(Missed) as missed, database.writers.begin() as c:
        database.write(c, list(writes))
    assert missed.value.loss == loss
    with database.readers.connect() as c:
        assert c.execute(sa.select(sa.func.count()).select_from(series).where(series.c.name == "s")).scalar_one() == 0
    database.close()
