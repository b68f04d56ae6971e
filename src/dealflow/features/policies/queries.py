"""Every policy with its default and what the project decided. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from dealflow.db.tables.policies import policies as table
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import Policy


@dataclass(frozen=True, slots=True)
class Setting:
    """A policy as it stands for the project; texts are spelled as people type them."""

    policy: Policy
    default: str
    value: str
    set_by: int | None
    set_at: datetime | None

    @property
    def differs(self) -> bool:
        """The project decided otherwise than the default."""
        return self.value != self.default


def settings(connection: sa.Connection, policies: Policies, project_id: int) -> Sequence[Setting]:
    """Every policy in the order of the file, with its default and its value."""
    wanted = sa.select(table.c.key, table.c.value, table.c.set_by, table.c.set_at).where(table.c.project_id == project_id)
    chosen = {row.key: row for row in connection.execute(wanted)}
    found = []
    for key, value in policies.defaults().items():
        default, row = policies.text(key, value), chosen.get(key)
        by = (row.value, row.set_by, row.set_at) if row else (default, None, None)
        found.append(Setting(policies.keys[key], default, *by))
    return found
