"""The database 1 ms away, and what crosses the wire: a proxy before the server that delays and counts.

Each connection has a process of its own, so that clients do not queue for one interpreter. Called by the bars.
"""

import multiprocessing
import os
import select
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import sqlalchemy as sa

FORK = multiprocessing.get_context("fork")
PIECE = 1 << 18
STARTS = frozenset(b"QE")  # simple query, execute: a statement begins


@contextmanager
def proxied(url: str, each_way: float = 0.0) -> Iterator[tuple[str, "Synchronized[int]"]]:
    """The same database behind the proxy, and a counter of the statements that have passed it so far."""
    address = sa.make_url(url)
    server = _socket_of(address)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        passed: Synchronized[int] = FORK.Value("q", 0)
        place = Path(folder) / server.name
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(place))
            door.listen(64)
            usher = FORK.Process(target=_usher, args=(door, server, each_way, passed))
            usher.start()
            try:
                query = {**address.query, "host": folder}
                yield address.set(query=query, host=None).render_as_string(hide_password=False), passed
            finally:
                usher.terminate()
                usher.join()


def _socket_of(address: sa.URL) -> Path:
    """The server's socket in the file system. Raises RuntimeError for a server that listens elsewhere."""
    folder = address.query.get("host")
    if not isinstance(folder, str) or not folder.startswith("/"):
        raise RuntimeError("the proxy stands before a server with a socket in the file system")
    return Path(folder) / f".s.PGSQL.{address.port or address.query.get('port') or 5432}"


def _usher(door: socket.socket, server: Path, each_way: float, passed: Any) -> None:
    """A process for each connection; they end with their connections."""
    while True:
        client, _ = door.accept()
        if os.fork() == 0:
            door.close()
            with suppress(OSError):  # one of the two has gone
                _carry(client, server, each_way, passed)
            os._exit(0)
        client.close()


def _carry(client: socket.socket, server: Path, each_way: float, passed: Any) -> None:
    """Bytes in both directions, each piece on its way for a while. Question and answer alternate: one loop is enough."""
    with socket.socket(socket.AF_UNIX) as other, client:
        other.connect(str(server))
        wire = Wire()
        while True:
            ready, _, _ = select.select((client, other), (), ())
            for source in ready:
                piece = source.recv(PIECE)
                if not piece:
                    return
                if each_way:
                    time.sleep(each_way)
                if source is client and (count := wire.statements(piece)):
                    with passed.get_lock():
                        passed.value += count
                (other if source is client else client).sendall(piece)


class Wire:
    """What a client says, message by message (protocol 3: a letter, four bytes of length, the rest)."""

    def __init__(self) -> None:
        self.left, self.greeted = b"", False

    def statements(self, piece: bytes) -> int:
        """How many statements begin in this piece."""
        self.left += piece
        count = 0
        while len(self.left) >= (head := 5 if self.greeted else 4):
            length = int.from_bytes(self.left[head - 4 : head]) + head - 4
            if len(self.left) < length:
                break
            count += self.greeted and self.left[0] in STARTS
            self.greeted = self.greeted or int.from_bytes(self.left[4:8]) >> 16 == 3  # the start-up message has no letter
            self.left = self.left[length:]
        return count
