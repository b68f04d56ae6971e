"""The server that the suite runs on: real, new enough, and each database its own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import postgres

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
ALONE = {name: value for name, value in os.environ.items() if name != postgres.GIVEN}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres.server() as address:
        yield address


def asked(address: str, question: str) -> object:
    with psycopg.connect(postgres.plain(sa.make_url(address))) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def told(address: str, command: str) -> None:
    with psycopg.connect(postgres.plain(sa.make_url(address))) as connection:
        connection.execute(command.encode())


def test_the_server_is_a_real_postgresql_of_15_or_later(url: str) -> None:
    assert int(str(asked(url, "show server_version_num"))) >= 150000


def test_the_server_writes_through_to_the_disk(url: str) -> None:
    assert [asked(url, f"show {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")] == ["on", "on", "on"]


def test_the_server_listens_on_no_network(url: str) -> None:
    assert asked(url, "show listen_addresses") == ""


def test_a_fresh_database_is_empty(url: str) -> None:
    mine = postgres.fresh_database(url)
    assert asked(mine, "select count(*) from pg_tables where schemaname = 'public'") == 0


def test_a_clone_begins_as_its_template(url: str) -> None:
    template = postgres.fresh_database(url)
    told(template, "create table units as select '1-1201' as code")
    assert asked(postgres.clone(template), "select code from units") == "1-1201"


def test_what_a_clone_changes_its_template_does_not_see(url: str) -> None:
    template = postgres.fresh_database(url)
    told(template, "create table units as select '1-1201' as code")
    copy = postgres.clone(template)
    told(copy, "update units set code = '1-1202'")
    assert asked(template, "select code from units") == "1-1201"


def test_a_dropped_database_is_gone(url: str) -> None:
    mine = postgres.fresh_database(url)
    postgres.drop(mine)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        asked(mine, "select 1")


def test_sqlalchemy_takes_the_address_as_it_is(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select 1")) == 1
    engine.dispose()


def test_a_server_leaves_no_folder_behind() -> None:
    with postgres.running() as address:
        folder = Path(str(sa.make_url(address).query["host"]))
        assert (folder / "data").is_dir()
    assert not folder.exists()


def test_a_server_does_not_outlive_a_killed_run() -> None:
    """The parent is killed without a chance to clean up; the kernel tells the server."""
    script = "from tests.databases import postgres\nwith postgres.running() as url: print(url, flush=True); input()"
    run = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=ALONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with run:
        assert run.stdout is not None
        address = run.stdout.readline().strip()
        folder = Path(str(sa.make_url(address).query["host"]))
        server = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        lock = os.pidfd_open(server)
        run.send_signal(signal.SIGKILL)
    assert ended(lock)
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def ended(process: int) -> bool:
    """A pidfd becomes readable when its process ends."""
    try:
        readable, _, _ = select.select([process], [], [], 20)
    finally:
        os.close(process)
    return bool(readable)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_no_server_behind(way: signal.Signals) -> None:
    """As from a terminal: the whole group is told, the command and what stands around it."""
    script = "import os; print(os.environ['DEALFLOW_TEST_POSTGRES'], flush=True); input()"
    command = [sys.executable, "-m", "tools.with_postgres", sys.executable, "-c", script]
    pipe = subprocess.PIPE
    run = subprocess.Popen(
        command, cwd=ROOT, env=ALONE, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    with run:
        assert run.stdout is not None
        folder = Path(str(sa.make_url(run.stdout.readline().strip()).query["host"]))
        server = os.pidfd_open(int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0]))
        os.killpg(run.pid, way)
        assert run.wait(20) != 0
    assert ended(server)
    assert not folder.exists()


def test_the_command_beside_the_server_gives_the_exit_code() -> None:
    script = "import os, sys; sys.exit(7 if os.environ['DEALFLOW_TEST_POSTGRES'].startswith('postgresql+psycopg://') else 1)"
    done = subprocess.run(
        [sys.executable, "-m", "tools.with_postgres", sys.executable, "-c", script], cwd=ROOT, env=ALONE, check=False
    )
    assert done.returncode == 7


def test_a_server_that_cannot_start_fails_the_run(tmp_path: Path) -> None:
    """A folder that nobody may enter, and whose name is too long for a socket: no server, no command, no skipping."""
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tools.with_postgres", sys.executable, "-c", "print('ran')"],
        cwd=ROOT,
        env={**ALONE, "TMPDIR": str(deep)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "PostgreSQL did not answer" in done.stderr or "initdb failed" in done.stderr
