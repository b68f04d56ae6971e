"""Table of the follow-up room: each recorded contact. A wrong entry is corrected by another that names it."""

import sqlalchemy as sa

from dealflow.db.meta import Id, Moment, column, key, metadata, of_case

follow_ups = sa.Table(
    "follow_ups",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("at", Moment),
    column("entered_at", Moment),
    column("by", Id),
    column("method"),  # phone, visit, message, letter, event
    column("kind"),  # contact, pre_signing_call, negotiation
    column("content"),
    column("result"),
    column("next_at", Moment, nullable=True),
    column("corrects", Id, nullable=True),
    sa.Index("ix_follow_ups_case_id", "case_id"),
)
