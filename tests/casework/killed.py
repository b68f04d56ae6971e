"""Runs orders through the mini house until it is killed. Started by test_kills.py: `python -m tests.casework.killed URL NAME`."""

import sys
from itertools import count

from dealflow.casework import deadlines
from dealflow.db.engine import open_database
from dealflow.kernel.errors import Conflict
from dealflow.testing import FixedClock
from tests.casework.mini_house import Mini, house


def sweep(mini: Mini) -> None:
    """Act on what is due."""
    with mini.look() as uow:
        found = deadlines.due(uow.connection, uow.now, 1)
    for one in found:
        try:
            with mini.uow() as uow:
                deadlines.act(uow, one)
        except Conflict:
            continue


def main(url: str, name: str) -> None:
    """Say a word before every step, so that the killer can fall on any of them."""
    mini = Mini(open_database(url), house(), FixedClock("2025-03-03 09:00"))
    for i in count():
        for step in (take, let_expire):
            print(i, flush=True)
            step(mini, f"{name}-{i}-{step.__name__}")


def take(mini: Mini, name: str) -> None:
    """An order that is held and paid in two parts."""
    item, order = mini.item(name), mini.order(name)
    mini.do(order, "hold", key=f"h{name}", amount=100, links={"item": item})
    for part in (120, 90):
        mini.do(order, "pay", key=f"p{part}{name}", amount=part)


def let_expire(mini: Mini, name: str) -> None:
    """An order whose hold runs out."""
    item, order = mini.item(name), mini.order(name)
    mini.do(order, "hold", key=f"h{name}", amount=100, links={"item": item})
    mini.clock.move(hours=73)
    sweep(mini)


if __name__ == "__main__":
    main(*sys.argv[1:3])
