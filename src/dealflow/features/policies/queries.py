"""Every policy with its default and what is in force, and the proposals with their answers. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from dealflow.db.tables.policies import policies as table
from dealflow.db.tables.policies import policy_answers as answers
from dealflow.db.tables.policies import policy_proposals as proposals
from dealflow.db.tables.staff import people
from dealflow.workflow.policies import Policies
from dealflow.workflow.records import Policy

MOST: Final = 200  # answered proposals of one list


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


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that somebody proposed. `answer` is "confirmed" or "withdrawn", or None while it waits for a second person."""

    id: int
    key: str
    former: str
    value: str
    reason: str
    proposed_by: int
    proposer: str
    proposed_at: datetime
    answer: str | None
    answered_by: int | None
    answerer: str | None
    answered_at: datetime | None


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


def chosen(connection: sa.Connection, project_id: int, key: str) -> str | None:
    """The value that the project decided for a policy; None where the default holds."""
    return connection.scalar(sa.select(table.c.value).where(table.c.project_id == project_id, table.c.key == key))


def waiting(connection: sa.Connection, project_id: int, key: str = "") -> Sequence[Proposal]:
    """Proposals that nobody has answered, the oldest first; of one policy, if it is named."""
    wanted = _proposals(project_id).where(answers.c.answer.is_(None))
    if key:
        wanted = wanted.where(proposals.c.key == key)
    return [Proposal(*row) for row in connection.execute(wanted.order_by(proposals.c.proposed_at, proposals.c.id))]


def answered(connection: sa.Connection, project_id: int, limit: int = MOST) -> Sequence[Proposal]:
    """Proposals that were confirmed or withdrawn, the latest first."""
    wanted = _proposals(project_id).where(answers.c.answer.is_not(None)).limit(limit)
    return [Proposal(*row) for row in connection.execute(wanted.order_by(answers.c.answered_at.desc(), proposals.c.id.desc()))]


def proposal(connection: sa.Connection, project_id: int, id: int) -> Proposal | None:
    """A proposal of the project, answered or not."""
    row = connection.execute(_proposals(project_id).where(proposals.c.id == id)).first()
    return Proposal(*row) if row else None


def _proposals(project_id: int) -> sa.Select[Any]:
    p, a, proposer, answerer = proposals.c, answers.c, people.alias("proposer"), people.alias("answerer")
    columns = (p.id, p.key, p.former, p.value, p.reason, p.proposed_by, sa.func.coalesce(proposer.c.name, ""), p.proposed_at)
    answer = (a.answer, a.answered_by, answerer.c.name, a.answered_at)
    return (
        sa.select(*columns, *answer)
        .select_from(proposals)
        .outerjoin(answers, a.proposal_id == p.id)
        .outerjoin(proposer, proposer.c.id == p.proposed_by)
        .outerjoin(answerer, answerer.c.id == a.answered_by)
        .where(p.project_id == project_id)
    )
