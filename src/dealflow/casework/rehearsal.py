"""A unit of work that decides and writes nothing: what a use case would do, by the same code that does it.

Called by the doors for previews, for use cases whose whole effect is a step of a case."""

from dataclasses import dataclass, field
from typing import Any

from dealflow.casework.plan import Line, Plan
from dealflow.casework.unit_of_work import UnitOfWork


@dataclass
class Rehearsal(UnitOfWork):
    """Keeps the plans that would have been written."""

    plans: list[Plan] = field(default_factory=list)

    def write(self, plan: Plan, command: Any) -> None:
        """Nothing is written."""
        self.plans.append(plan)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What would happen, in words."""
        return tuple(line for plan in self.plans for line in plan.lines)


def rehearse(uow: UnitOfWork) -> Rehearsal:
    """A rehearsal on the connection of a unit of work that only reads."""
    return Rehearsal(uow.connection, uow.database, uow.house, uow.now, uow.project_id)
