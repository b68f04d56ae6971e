"""Table of the clients room: who the project knows, by phone."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata

clients = sa.Table(
    "clients",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("name"),
    column("phone"),  # normalised; one client for each phone within a project
    column("area"),  # where he comes from
    column("channel"),  # how he heard of the project
    column("since", Moment),
    column("archive"),  # the archive's fields that are known, as canonical JSON
    sa.UniqueConstraint("project_id", "phone"),
)
