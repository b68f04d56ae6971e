"""Who acts: a person with roles and dated grants that hold at this moment, or the service itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person (or the service: id 0) with the roles and grants that hold now."""

    id: int
    name: str
    roles: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()


CLOCK = Actor(0, "系统", frozenset({"clock"}))
SERVICE = Actor(0, "系统", frozenset({"service"}))
