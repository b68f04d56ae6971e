"""Table of the reception desk: the two registers. Lines are numbered without gaps and never changed."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata, of_case

register_lines = sa.Table(
    "register_lines",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    of_case(),
    column("seq", Id),  # the event that wrote the line
    column("register"),  # visit or phone
    column("at", Moment),
    column("party", sa.Integer),
    column("one_family", sa.Boolean),
    column("name"),
    column("phone"),
    column("area"),
    column("channel"),
    column("first", sa.Boolean),
    column("earlier"),  # whom he met before, as he says
    column("received_by", Id),
    column("way"),  # turn, named, returning, courtesy, compensation
    column("reason"),
    column("needs"),
    column("content"),  # what was spoken of, for calls
    column("remarks"),
    column("entered_by", Id),
    column("corrects", Id, nullable=True),  # the line that this one declares void
    sa.Index("ix_register_lines_case_id", "case_id"),
)
