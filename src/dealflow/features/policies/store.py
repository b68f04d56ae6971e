"""Writes the project's decisions: what is in force, what was proposed and answered. Proposals and answers are only added."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.db.tables.policies import policies, policy_answers, policy_proposals


def put(
    connection: sa.Connection, project_id: int, key: str, value: str, by: int, at: datetime, *, former: str | None = None
) -> bool:
    """Put a value in force in place of the one that stands; with `former`, only if that one stands. Says whether it did."""
    row = _insert(connection, policies).values(project_id=project_id, key=key, value=value, set_by=by, set_at=at)
    changed = {"value": row.excluded.value, "set_by": row.excluded.set_by, "set_at": row.excluded.set_at}
    stands = policies.c.value != row.excluded.value if former is None else policies.c.value == former
    written = row.on_conflict_do_update(index_elements=["project_id", "key"], set_=changed, where=stands)
    return connection.execute(written.returning(policies.c.key)).first() is not None


def propose(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """A proposal, once."""
    connection.execute(_insert(connection, policy_proposals).values(row).on_conflict_do_nothing(index_elements=["id"]))


def answer(connection: sa.Connection, proposal: int, word: Literal["confirmed", "withdrawn"], by: int, at: datetime) -> bool:
    """The one answer of a proposal. Says whether it is this one: somebody may have been faster."""
    row = _insert(connection, policy_answers).values(proposal_id=proposal, answer=word, answered_by=by, answered_at=at)
    once = row.on_conflict_do_nothing(index_elements=["proposal_id"])
    return connection.execute(once.returning(policy_answers.c.proposal_id)).first() is not None


def _insert(connection: sa.Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
