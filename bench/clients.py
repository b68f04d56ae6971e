"""Clients as processes: warmed up, started together, their CPU and the database server's counted while they work.

Called by the bars. One run is one side on one fresh copy.
"""

import multiprocessing
import os
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any

from bench.server import Server
from bench.sides import SIDES, Side
from bench.world import Place, Seed

CLIENTS = 4
PATIENCE = 60.0
FORK = multiprocessing.get_context("fork")  # children inherit the compiled house; no connection is open then


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, for one step."""

    steps: int
    client_us: float
    server_us: float
    wall_us: float  # of the whole run: throughput is its inverse

    @property
    def cpu_us(self) -> float:
        """Client and server together."""
        return self.client_us + self.server_us


class Failed(Exception):
    """A client fell; what it said."""


def run(seed: Seed, name: str, url: str, server: Server | None, *, turns: int, warm: int, clients: int = CLIENTS) -> Run:
    """All clients at work on this copy: each on deals of its own, `turns` holds and releases on every one of them."""
    gate, told = FORK.Barrier(clients + 1), FORK.SimpleQueue()
    shares = [seed.places[n::clients] for n in range(clients)]
    children = [FORK.Process(target=_client, args=(seed, name, url, share, turns, warm, gate, told)) for share in shares]
    for child in children:
        child.start()
    try:
        _meet(gate, told)
        before = server.cpu_ns() if server else 0
        start = time.perf_counter()
        _meet(gate, told)
        _meet(gate, told)
        wall = time.perf_counter() - start
        spent = server.cpu_ns() - before if server else 0
        _meet(gate, told)
        client = sum(_told(told) for _ in children)
    finally:
        gate.abort()
        for child in children:
            child.join(PATIENCE)
    steps = sum(len(share) * turns * 2 for share in shares)
    return Run(steps, client / steps / 1000, spent / steps / 1000, wall / steps * 1e6)


def _meet(gate: Barrier, told: Any) -> None:
    try:
        gate.wait(PATIENCE)
    except BrokenBarrierError as error:
        raise Failed("clients did not come together" if told.empty() else told.get()) from error


def _told(told: Any) -> int:
    found = told.get()
    if isinstance(found, str):
        raise Failed(found)
    return int(found)


def _client(seed: Seed, name: str, url: str, share: tuple[Place, ...], turns: int, warm: int, gate: Barrier, told: Any) -> None:
    try:
        side = SIDES[name](seed, url)
        for n, place in enumerate((share * 2)[:warm]):
            _turn(side, place, f"warm/{n}")
        work = list(_keys(share, turns))
        for _ in range(2):  # all warm; the server's meter read
            gate.wait(PATIENCE)
        before = time.process_time_ns()
        for key, place in work:
            _turn(side, place, key)
        spent = time.process_time_ns() - before
        for _ in range(2):  # all done; the meter read again, while every connection still stands
            gate.wait(PATIENCE)
        side.close()
        told.put(spent)
    except BaseException:
        told.put(traceback.format_exc())
        gate.abort()
        os._exit(1)


def _keys(share: tuple[Place, ...], turns: int) -> Iterator[tuple[str, Place]]:
    for turn in range(turns):
        for place in share:
            yield f"turn/{turn}", place


def _turn(side: Side, place: Place, key: str) -> None:
    side.hold(f"{key}/{place.deal}/hold", place)
    side.release(f"{key}/{place.deal}/release", place)
