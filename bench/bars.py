"""The bars of design.md 12 about steps and why-not answers: what is measured, how, and the limit each must keep.

Called by `python -m bench`. A value is the median over interleaved rounds: both sides in turn, each on a fresh copy.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from bench import server
from bench.clients import CLIENTS, Run, run
from bench.proxy import proxied
from bench.server import Server
from bench.sides import Product
from bench.statements import Steps, in_plan, on_sqlite, over_the_wire
from bench.whynot import ask
from bench.world import Seed
from dealflow.bootstrap import throwaway

ROUNDS = 7
LEAST = 3  # rounds, however slow the machine
WARM = 12  # turns of each client before the meter runs: a driver plans a statement anew for its first seven times
TURNS = 2  # holds and releases on every deal
FAR_ROUNDS = 3
MILLISECOND = 0.001


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the bench."""

    name: str
    value: float
    at_most: bool
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the value keeps to the limit, as printed."""
        return round(self.value, 2) <= self.limit if self.at_most else round(self.value, 2) >= self.limit

    def line(self) -> str:
        """As `make bench` prints it."""
        sign = "<=" if self.at_most else ">="
        return f"bar {self.name} {self.value:.4g} {sign} {self.limit:.4g} {'holds' if self.holds else 'short'}"


def statements_pg(seed: Seed) -> Bar:
    """Statements of a step as they cross the wire, the worse of the two: one reads, one writes."""
    with copied(seed) as url, proxied(url) as (behind, passed):
        steps = over_the_wire(seed, behind, passed)
    note(f"statements of hold and release on PostgreSQL: {steps.hold}, {steps.release}")
    return Bar("step.statements.pg", max(steps.hold, steps.release), True, 2)


def statements_sqlite(seed: Seed) -> Bar:
    """Statements of a step as SQLite traces them, begin and commit among them, the worse of the two against its limit.

    The limit is begin + read + one for each move + one for each table that the plan writes + commit, counted in the plan itself.
    """
    with copied(seed) as url:
        steps, plans = on_sqlite(seed, url)
    limits = Steps(in_plan(plans.hold), in_plan(plans.release))
    note(f"statements of hold and release on SQLite: {steps.hold} of {limits.hold}, {steps.release} of {limits.release}")
    value, limit = max(zip(steps, limits, strict=True), key=lambda pair: pair[0] - pair[1])
    return Bar("step.statements.sqlite", value, True, limit)


def cpu(seed: Seed, name: str, limit: float, meter: Server | None, until: float) -> Bar:
    """CPU of client and server for a step through the use case, against the bare driver: four clients as processes."""
    ratios: list[float] = []
    for _ in rounds(ROUNDS, until):
        floor, product = (_near(seed, side, meter) for side in ("floor", "product"))
        ratios.append(product.cpu_us / floor.cpu_us)
        note(f"{name}: {told(product)} against {told(floor)}: {ratios[-1]:.2f}")
    return Bar(name, median(ratios), True, limit)


def _near(seed: Seed, side: str, meter: Server | None) -> Run:
    with copied(seed) as url:
        return run(seed, side, url, meter, turns=TURNS, warm=WARM)


def far(seed: Seed, until: float) -> Bar:
    """Throughput with the database 1 ms away, against the bare driver there: four clients as processes."""
    ratios: list[float] = []
    for _ in rounds(FAR_ROUNDS, until):
        floor, product = (_far(seed, side) for side in ("floor", "product"))
        ratios.append(floor.wall_us / product.wall_us)
        note(f"step.far.pg: {1e6 / product.wall_us:.0f} steps a second against {1e6 / floor.wall_us:.0f}: {ratios[-1]:.2f}")
    return Bar("step.far.pg", median(ratios), False, 4)


def _far(seed: Seed, side: str) -> Run:
    with copied(seed) as url, proxied(url, MILLISECOND / 2) as (behind, _):
        return run(seed, side, behind, None, turns=1, warm=WARM)


def why_not(seed: Seed, name: str, limit: float, meter: Server | None, until: float) -> Bar:
    """CPU of read and why-not of every step of a tracked deal, against read and judge one step of it (the hold)."""
    ratios: list[float] = []
    with copied(seed) as url:
        product = Product(seed, url)
        for _ in rounds(ROUNDS, until):
            one, every = ask(product, meter)
            ratios.append(every / one)
            note(f"{name}: all {every:.0f} us against one {one:.0f} us: {ratios[-1]:.2f}")
        product.close()
    return Bar(name, median(ratios), True, limit)


def all_bars(files: Seed, served: Seed | None, seconds: float) -> Iterator[Bar]:
    """Every bar, within this many seconds or little more."""
    end = time.monotonic() + seconds
    work: list[Callable[[float], Bar]] = [lambda _: statements_sqlite(files)]
    work += [lambda until: cpu(files, "step.cpu.sqlite", 2.5, None, until)]
    work += [lambda until: why_not(files, "whynot.all.sqlite", 2, None, until)]
    if served:
        meter = server.of(served.url)
        work = [lambda _: statements_pg(served), *work]
        work += [lambda until: cpu(served, "step.cpu.pg", 1.3, meter, until)]
        work += [lambda until: why_not(served, "whynot.all.pg", 1.5, meter, until)]
        work += [lambda until: far(served, until)]
    for place, bar in enumerate(work):
        yield bar(time.monotonic() + max(0.0, end - time.monotonic()) / (len(work) - place))


def rounds(most: int, until: float) -> Iterator[int]:
    """Up to this many rounds, fewer when time runs out, but enough for a median."""
    for n in range(most):
        if n >= LEAST and time.monotonic() > until:
            return
        yield n


@contextmanager
def copied(seed: Seed) -> Iterator[str]:
    """A fresh copy of the world, dropped afterwards."""
    url = seed.copy()
    try:
        yield url
    finally:
        throwaway.drop(url)


def told(run_: Run) -> str:
    """A run in words."""
    return f"{run_.client_us:.0f}+{run_.server_us:.0f} us"


def note(text: str) -> None:
    """What lies behind a bar, for whoever wants to know."""
    print(f"  {text}", file=sys.stderr)


assert CLIENTS == 4  # as design.md 12 says
