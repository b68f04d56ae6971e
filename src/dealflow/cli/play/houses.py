"""Where scenarios and tests find an office to act in: a world is made once in a database, which each of them gets a copy of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from dealflow.bootstrap import Dealflow, Settings, bring_up, build, throwaway
from dealflow.cli.play import worlds
from dealflow.cli.play.stage import Stage
from dealflow.testing import FixedClock

EMPTY: Final = ""


@dataclass
class Houses:
    """Copies of worlds. `place` is a folder for SQLite files, or the address of a PostgreSQL server."""

    settings: Settings
    place: str
    templates: dict[str, Dealflow] = field(default_factory=dict)

    @contextmanager
    def open(self, world: str, moment: str | datetime) -> Iterator[Stage]:
        """A world of one's own at a moment, gone afterwards."""
        clock = FixedClock("2000-01-01")
        clock.set(moment)
        template = self.template(world)
        url = throwaway.copy(template.settings.database)
        dealflow = template.beside(url, clock)
        try:
            yield Stage(dealflow, worlds.again(dealflow, world), clock)
        finally:
            dealflow.close()
            throwaway.drop(url)

    def template(self, world: str) -> Dealflow:
        """The database of a world, made when it is first asked for, then left alone. EMPTY is tables without a project."""
        if world not in self.templates:
            settings = replace(self.settings, database=throwaway.make(self.place))
            clock = FixedClock("2000-01-01")
            clock.set(worlds.FOUNDED)
            bring_up(settings)
            dealflow = build(settings, clock=clock)
            if world != EMPTY:
                worlds.make(dealflow, world)
            dealflow.close()
            self.templates[world] = dealflow
        return self.templates[world]

    def close(self) -> None:
        """Drop every template."""
        for dealflow in self.templates.values():
            throwaway.drop(dealflow.settings.database)
        self.templates.clear()
