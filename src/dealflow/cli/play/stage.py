"""Where scenarios and tests act: an open office in a world, a clock moved by hand, deadlines that act each at its own moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from dealflow.bootstrap import Dealflow
from dealflow.casework import deadlines
from dealflow.casework.command import Answer, Command
from dealflow.cli.play.worlds import World
from dealflow.features.staff import queries as staff
from dealflow.kernel.actor import Actor
from dealflow.testing import FixedClock

INSTANT: Final = timedelta(microseconds=1)  # a due moment is still in time: a deadline acts at the first instant after it
REGISTERS: Final = frozenset({"staff", "policies"})  # rooms whose use cases move no case and may write several rows


class Lost(AssertionError):
    """A deadline that acted left itself due: time would never go on."""


@dataclass
class Stage:
    """An office with a world in it. `named` holds what use cases gave, by the names that later steps use."""

    dealflow: Dealflow
    world: World
    clock: FixedClock
    named: dict[str, object] = field(default_factory=dict)
    count: int = 0

    def do(
        self,
        by: str,
        use_case: str,
        fields: Mapping[str, object],
        *,
        at: datetime | None = None,
        key: str = "",
        on_behalf_of: str = "",
        version: int | None = None,
    ) -> Any:
        """A use case as the doors do it: an actor with what he holds now, a key, a unit of work of its own."""
        self.count += 1
        behalf = self.world.people[on_behalf_of] if on_behalf_of else None
        command = Command(f"play/{key or self.count}", self.actor(by), version, behalf, at)
        room = use_case.partition(".")[0]
        with self.dealflow.unit_of_work(several=room in REGISTERS) as uow:
            return self.dealflow.book.do(uow, command, use_case, fields)

    def actor(self, letter: str) -> Actor:
        """Somebody by his letter, with the roles and grants that hold at this moment."""
        with self.dealflow.reading() as uow:
            return staff.actor(uow.connection, self.world.people[letter], uow.now)

    def until(self, moment: datetime) -> tuple[Answer, ...]:
        """Let time pass. Deadlines act in the order of their due moments, the clock standing just after each."""
        acted: list[Answer] = []
        while due := self._next(moment):
            self.clock.set(max(self.clock.now(), due + INSTANT))
            acted += self._act(due)
        self.clock.set(max(self.clock.now(), moment))
        return tuple(acted)

    def _next(self, until: datetime) -> datetime | None:
        """The earliest due moment that is past at that time."""
        with self.dealflow.reading() as uow:
            found = next(deadlines.moments(uow.connection, until, uow.project_id), None)
        return found if found is not None and found < until else None

    def _act(self, moment: datetime) -> list[Answer]:
        with self.dealflow.reading() as uow:
            waiting = deadlines.due(uow.connection, uow.now, uow.project_id)
        if not waiting:
            raise Lost(f"nothing acts on the deadline of {moment}")
        answers = []
        for deadline in waiting:
            with self.dealflow.unit_of_work() as uow:
                answers.append(deadlines.act(uow, deadline))
        return [answer for answer in answers if answer is not None]
