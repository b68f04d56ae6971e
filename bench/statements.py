"""How many statements a step sends, counted where nothing can hide: on the wire before PostgreSQL, by SQLite's own trace.

Called by the bars.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from bench.sides import Product
from bench.world import Seed
from dealflow.casework.plan import Plan
from dealflow.casework.writing import writes_of
from dealflow.db.writes import Delete, Update

AGAIN = 10  # turns before the count: by then every statement is prepared


class Steps(NamedTuple):
    """Something about each of the two steps."""

    hold: Any
    release: Any


def over_the_wire(seed: Seed, url: str, passed: Any) -> Steps:
    """What passes the proxy for one hold and one release."""
    product = Product(seed, url)
    try:
        warm(seed, product)
        place = seed.places[-1]
        marks = [passed.value]
        product.hold("counted/hold", place)
        marks.append(passed.value)
        product.release("counted/release", place)
        marks.append(passed.value)
        return Steps(marks[1] - marks[0], marks[2] - marks[1])
    finally:
        product.close()


def on_sqlite(seed: Seed, url: str) -> tuple[Steps, Steps]:
    """What SQLite traces for one hold and one release, and their plans."""
    product = Product(seed, url)
    traced: list[str] = []
    sa.event.listen(product.dealflow.database.readers, "connect", lambda raw, _: raw.set_trace_callback(traced.append))
    try:
        warm(seed, product)
        place = seed.places[-1]
        marks, plans = [len(traced)], []
        for step in (product.hold, product.release):
            plans.append(step("counted", place) if step == product.hold else step("counted/release", place))
            marks.append(len(traced))
        return Steps(marks[1] - marks[0], marks[2] - marks[1]), Steps(*(found[0] for found in plans))
    finally:
        product.close()


def warm(seed: Seed, product: Product) -> None:
    """Turns that make every statement a prepared one."""
    for n, place in enumerate(seed.places[:AGAIN]):
        product.hold(f"warm/{n}/hold", place)
        product.release(f"warm/{n}/release", place)


def in_plan(plan: Plan) -> int:
    """Begin, read, one for each move, one for each table that the plan writes beside the cases moved, commit."""
    written = writes_of(plan, {"key": "", "digest": "", "answer": "", "at": None})
    tables = {w.table if isinstance(w, Update | Delete) else w.table.name for w in written} - {"cases"}
    if plan.papers:
        tables.add("series")
    return 2 + len(plan.moves) + len(tables) + 1
