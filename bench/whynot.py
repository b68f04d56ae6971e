"""Read and why-not of every step, against read and judge one step. Called by the bars."""

import time
from collections.abc import Callable

from bench.server import Server
from bench.sides import Product
from bench.world import Place
from dealflow.casework.advance import why_not
from dealflow.casework.command import CaseRef, Command
from dealflow.casework.judging import choose, permitted, unmet

WARM = 20
TIMES = 200


def ask(product: Product, meter: Server | None) -> tuple[float, float]:
    """CPU in us of judging one step of a tracked deal, and of all of them."""
    places = product.seed.places
    return _spent(lambda place: _one(product, place), places, meter), _spent(lambda place: _all(product, place), places, meter)


def _spent(question: Callable[[Place], None], places: tuple[Place, ...], meter: Server | None) -> float:
    for n in range(WARM):
        question(places[n % len(places)])
    server, client = meter.cpu_ns() if meter else 0, time.process_time_ns()
    for n in range(TIMES):
        question(places[n % len(places)])
    spent = time.process_time_ns() - client
    return (spent + (meter.cpu_ns() - server if meter else 0)) / TIMES / 1000


def _one(product: Product, place: Place) -> None:
    """The hold, asked in the same way: nothing filled in yet, everything unmet told."""
    with product.dealflow.reading() as uow:
        _, d = uow.read(CaseRef("deal", place.deal), "take_hold", Command("", product.seed.cashier), {}, {})
        bound = choose(uow.house, d, "take_hold")
        assert permitted(bound, d)
        assert [uow.house.tell(u) for u in unmet(bound, d)]


def _all(product: Product, place: Place) -> None:
    with product.dealflow.reading() as uow:
        _, choices = why_not(uow, Command("", product.seed.cashier), CaseRef("deal", place.deal))
        assert len(choices) > 1
