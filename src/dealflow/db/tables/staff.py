"""Tables of the staff room: people, their roles and dated grants, their sessions."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata

people = sa.Table(
    "people",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("login", unique=True),
    column("name"),
    column("phone"),
    column("password"),
    column("active", sa.Boolean),
    column("leader_id", Id, nullable=True),
)

person_roles = sa.Table(
    "person_roles",
    metadata,
    column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
    column("role", primary_key=True),
)

grants = sa.Table(
    "grants",
    metadata,
    key(),
    column("person_id", Id, sa.ForeignKey("people.id")),
    column("grant"),  # on_duty, designated_collector, acting_manager, substitute
    column("subject", Id, nullable=True),
    column("since", Moment),
    column("until", Moment, nullable=True),
    column("given_by", Id),
    sa.Index("ix_grants_person_id", "person_id"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    column("token", primary_key=True),  # SHA-256 of the cookie's value
    column("person_id", Id, sa.ForeignKey("people.id")),
    column("csrf"),
    column("made_at", Moment),
    column("ends_at", Moment),
)

attempts = sa.Table(
    "attempts",
    metadata,
    column("login", primary_key=True),
    column("failures", sa.Integer),
    column("last_at", Moment),
)
