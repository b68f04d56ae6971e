"""Writes the project's decisions: one row for each policy that differs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dealflow.db.tables.policies import policies


def put(connection: sa.Connection, project_id: int, key: str, value: str, by: int, at: datetime) -> None:
    """Set a value, or take the place of the one that stands. The same again changes nothing."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = insert(policies).values(project_id=project_id, key=key, value=value, set_by=by, set_at=at)
    changed = {"value": row.excluded.value, "set_by": row.excluded.set_by, "set_at": row.excluded.set_at}
    differs = policies.c.value != row.excluded.value
    connection.execute(row.on_conflict_do_update(index_elements=["project_id", "key"], set_=changed, where=differs))
