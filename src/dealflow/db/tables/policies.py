"""Tables of the policies room: what is in force where the project differs from the default, and who proposed and decided it.

Proposals and their answers are only added to: what was in force before is never lost."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata

policies = sa.Table(
    "policies",
    metadata,
    column("project_id", Id, sa.ForeignKey("projects.id"), primary_key=True),
    column("key", primary_key=True),
    column("value"),
    column("set_by", Id),
    column("set_at", Moment),
)

policy_proposals = sa.Table(
    "policy_proposals",
    metadata,
    key(),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("key"),
    column("former"),  # in force when it was proposed; nothing else may be in force when it is confirmed
    column("value"),
    column("reason"),
    column("proposed_by", Id),
    column("proposed_at", Moment),
)

policy_answers = sa.Table(  # one for each proposal that waits no more
    "policy_answers",
    metadata,
    key("proposal_id", sa.ForeignKey("policy_proposals.id")),
    column("answer"),  # confirmed, withdrawn
    column("answered_by", Id),
    column("answered_at", Moment),
)
