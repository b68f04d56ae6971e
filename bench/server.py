"""The PostgreSQL server's CPU, from /proc: every process that the postmaster has begun.

Called around a run. The server must be on this machine.
"""

from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server by its postmaster's process id."""

    pid: int

    def cpu_ns(self) -> int:
        """What all its living processes have spent so far."""
        return sum(_spent(pid) for pid in (self.pid, *_children(self.pid)))


def of(url: str) -> Server:
    """The server behind an address. Raises RuntimeError for one on another machine: its CPU cannot be seen."""
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        backend = connection.info.backend_pid
        stat = PROC / str(backend) / "stat"
        if not stat.exists() or "postgres" not in stat.read_text():
            raise RuntimeError("the PostgreSQL server is not on this machine")
        return Server(_parent(backend))


def _fields(pid: int) -> list[str]:
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _parent(pid: int) -> int:
    return int(_fields(pid)[1])


def _children(pid: int) -> list[int]:
    text = (PROC / str(pid) / "task" / str(pid) / "children").read_text()
    return [int(child) for child in text.split()]


def _spent(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "schedstat").read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it ended meanwhile
