"""Table of the policies room: what the project decided where it differs from the default."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, metadata

policies = sa.Table(
    "policies",
    metadata,
    column("project_id", Id, sa.ForeignKey("projects.id"), primary_key=True),
    column("key", primary_key=True),
    column("value"),
    column("set_by", Id),
    column("set_at", Moment),
)
