"""The floor of the benches does the product's work: the same rows in every table, histories the doctor finds whole."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import world
from bench.bars import Bar, statements_pg, statements_sqlite
from bench.compare import Unlike, compare
from bench.floor import Floor
from bench.world import Seed
from dealflow.bootstrap import throwaway
from tests.databases import postgres

pytestmark = [pytest.mark.slow, pytest.mark.once]

PLACES = ("sqlite", *(("postgresql",) if postgres.GIVEN in os.environ else ()))


@pytest.fixture(scope="module", params=PLACES)
def seed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seed]:
    folder: Path = tmp_path_factory.mktemp("bench")
    made = world.make(os.environ[postgres.GIVEN] if request.param == "postgresql" else str(folder), folder, deals=6)
    yield made
    throwaway.drop(made.url)


def test_both_sides_leave_the_same_rows_and_whole_histories(seed):
    rows = compare(seed, deals=3, turns=2)
    assert rows["receipts"] == 6
    assert rows["refunds"] == 3


def test_a_floor_that_does_less_is_found_out(seed, monkeypatch):
    monkeypatch.setattr(Floor, "_keep", lambda *_: None)
    with pytest.raises(Unlike, match="personal"):
        compare(seed, deals=1, turns=1)


def test_a_step_keeps_its_number_of_statements(seed):
    bar = (statements_pg if seed.url.startswith("postgresql") else statements_sqlite)(seed)
    assert bar.holds, bar.line()


def test_a_bar_is_printed_on_one_line():
    assert Bar("step.cpu.pg", 1.04, True, 1.3).line() == "bar step.cpu.pg 1.04 <= 1.3 holds"
    assert Bar("step.far.pg", 3.2, False, 4).line() == "bar step.far.pg 3.2 >= 4 short"
