"""Killed at any moment (kill -9): every case is whole, every chain verifies, every deadline acts once."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from dealflow.casework import deadlines
from dealflow.casework.doctor import examine
from dealflow.db.tables.casework import events, tasks
from tests.casework.killed import sweep
from tests.casework.mini_house import Mini

KILLS = 20
ROOT = Path(__file__).parents[2]


def kill_one(url: str, name: str, after: int) -> None:
    """Start a run and kill it while it is at its n-th piece of work."""
    run = subprocess.Popen([sys.executable, "-m", "tests.casework.killed", url, name], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    for _ in range(after):
        assert run.stdout.readline(), "the run ended by itself"
    run.kill()
    run.wait()
    run.stdout.close()


@pytest.mark.slow
def test_twenty_kills_leave_every_case_whole(mini: Mini) -> None:
    chance = random.Random(20250303)
    for i in range(KILLS):
        kill_one(mini.database.url, f"run{i}", chance.randint(1, 40))
    mini.clock.move(days=365)
    sweep(mini)
    sweep(mini)
    with mini.look() as uow:
        report = examine(uow.connection, mini.house)
        assert report.findings == ()
        assert report.events > KILLS * 5
        assert deadlines.due(uow.connection, uow.now, 1) == ()


@pytest.mark.slow
def test_a_deadline_acts_once_however_often_its_run_is_killed(mini: Mini) -> None:
    for i in range(3):
        kill_one(mini.database.url, f"run{i}", 3)
    mini.clock.move(days=365)
    for _ in range(3):
        sweep(mini)
    with mini.database.readers.connect() as c:
        fired = sa.select(events.c.case_id, sa.func.count()).where(events.c.name == "expire").group_by(events.c.case_id)
        assert {n for _, n in c.execute(fired)} == {1}
        nagged = sa.select(tasks.c.case_id, sa.func.count()).group_by(tasks.c.case_id)
        assert {n for _, n in c.execute(nagged)} == {1}
