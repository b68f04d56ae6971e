"""Hand-made dossiers for pure tests of guards, effects and facts: every field defaulted, no database.

d = dossier(state="reserved", rows={UNIT: [...]}, answers={"amount": 50_000}, policy={"hold.fee": 60_000})
codes(is_free(d)); image = after(d, take(d))
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dealflow.casework.changes import Add, Change, Drop, Put, RowChange, Set
from dealflow.casework.dossier import Dossier, Head, Project, Running
from dealflow.casework.parts import Part
from dealflow.kernel.actor import Actor
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet
from dealflow.workflow.policies import load

WORKFLOWS = Path(__file__).parents[2] / "workflows"
PROJECT = Project(1, "YH", "云湖花园", "滨河路1号", "云湖置业有限公司")
FINANCE = Actor(21, "冯会计", frozenset({"finance"}))
MANAGER = Actor(22, "孟经理", frozenset({"sales_manager"}))
SALESPERSON = Actor(23, "安顾问", frozenset({"salesperson"}))


class Rows(dict[Part[Any], tuple[Any, ...]]):
    """Rows of the parts that a test names; every other part has none."""

    def __missing__(self, part: Part[Any]) -> tuple[Any, ...]:
        return self.setdefault(part, ())


@cache
def default_policy() -> Mapping[str, Any]:
    """The values of workflows/policies.yaml."""
    return load(WORKFLOWS / "policies.yaml").defaults()


def moment(local: str) -> datetime:
    """A moment of the project's zone, "2025-03-03 15:20", in UTC."""
    return datetime.fromisoformat(local).replace(tzinfo=PROJECT_ZONE).astimezone(UTC)


def head(kind: str = "deal", id: int = 1, state: str = "tracked", seq: int = 3) -> Head:
    """A case as the corridor reads it."""
    return Head(id, PROJECT.id, kind, "陈静", 1, state, "none", seq, seq, "")


def dossier(
    kind: str = "deal",
    state: str = "tracked",
    *,
    id: int = 1,
    seq: int = 3,
    now: str = "2025-03-03 15:20",
    rows: Mapping[Part[Any], Iterable[Any]] | None = None,
    answers: Mapping[str, object] | None = None,
    policy: Mapping[str, Any] | None = None,
    actor: Actor = FINANCE,
    links: Mapping[str, int] | None = None,
    clocks: Mapping[str, str] | None = None,
    linked: Mapping[str, Dossier] | None = None,
    key: str = "key",
) -> Dossier:
    """A dossier. `clocks` are due moments of running clocks by name, in the project's time."""
    return Dossier(
        case=head(kind, id, state, seq),
        now=moment(now),
        entered=moment(now),
        actor=actor,
        answers=answers or {},
        policy={**default_policy(), **(policy or {})},
        rows=Rows({part: tuple(found) for part, found in (rows or {}).items()}),
        links=links or {},
        clocks={name: Running(name, moment(due), True, True) for name, due in (clocks or {}).items()},
        project=PROJECT,
        linked=linked or {},
        key=key,
    )


def codes(reasons: Iterable[Unmet]) -> list[str]:
    """The codes of what is unmet, in order."""
    return [unmet.code for unmet in reasons]


def row_changes(changes: Iterable[Change]) -> list[RowChange]:
    """Of an effect's changes those that touch rows."""
    return [c for c in changes if isinstance(c, Add | Set | Put | Drop)]


def after(d: Dossier, changes: Iterable[Change]) -> Dossier:
    """The image once an effect's rows are written, for the parts that the test has named (also those without rows)."""
    return d.after(row_changes(changes))
