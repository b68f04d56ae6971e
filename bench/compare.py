"""Proof that both sides do the same work: after one sequence the same number of rows in every table, and unbroken histories.

Called before anything is measured, and by the tests.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from bench.sides import SIDES
from bench.world import Seed
from dealflow.bootstrap import Dealflow, throwaway
from dealflow.casework.doctor import examine
from dealflow.db.meta import metadata
from dealflow.db.tables.casework import events
from dealflow.db.tables.documents import papers


class Unlike(Exception):
    """The floor does not do the product's work: nothing that it is compared with would mean anything."""


def compare(seed: Seed, deals: int = 4, turns: int = 2) -> dict[str, int]:
    """Both sides take the same steps; gives how many rows each table has then. Raises Unlike."""
    found = {name: _after(seed, name, deals, turns) for name in SIDES}
    for what, (floor, product) in _pairs(found["floor"], found["product"]).items():
        if floor != product:
            raise Unlike(f"{what}: the floor has {floor}, the product {product}")
    return {name: count for name, count in found["product"].items() if isinstance(count, int)}


def _pairs(floor: dict[str, Any], product: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (floor.get(name), product.get(name)) for name in floor.keys() | product.keys()}


def _after(seed: Seed, name: str, deals: int, turns: int) -> dict[str, Any]:
    url = seed.copy()
    side = SIDES[name](seed, url)
    try:
        for turn in range(turns):
            for place in seed.places[:deals]:
                side.hold(f"hold/{place.deal}/{turn}", place)
                if turn + 1 < turns:  # the last hold stays: both kinds of step leave their state behind
                    side.release(f"release/{place.deal}/{turn}", place)
        with_rows = seed.over(url)
        try:
            return {**_counts(with_rows), **_histories(with_rows)}
        finally:
            with_rows.close()
    finally:
        side.close()
        throwaway.drop(url)


def _counts(dealflow: Dealflow) -> dict[str, Any]:
    with dealflow.reading() as uow:
        tables = metadata.sorted_tables
        return {t.name: uow.connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in tables}


def _histories(dealflow: Dealflow) -> dict[str, Any]:
    """No finding of the doctor, and under each event's name the same fields with values of the same types."""
    with dealflow.reading() as uow:
        findings = examine(uow.connection, dealflow.house).findings
        if findings:
            raise Unlike(f"the doctor finds {len(findings)}, first: {findings[0].en}")
        rows = uow.connection.execute(sa.select(events.c.name, events.c.body))
        told = {f"body of {name}": _shape(msgspec.json.decode(body)) for name, body in rows}
        issued = uow.connection.execute(sa.select(papers.c.kind, papers.c.facts))
        return told | {f"facts of {kind}": _shape(msgspec.json.decode(facts)) for kind, facts in issued}


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    return [_shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__
