"""Tables of the deals room: what a deal knows beside its state, its buyers, its payment plan, its ownership record."""

import sqlalchemy as sa

from dealflow.db.meta import Fen, Id, Moment, column, key, live_where, metadata, of_case

deals = sa.Table(
    "deals",
    metadata,
    of_case("id", primary_key=True),
    column("project_id", Id, sa.ForeignKey("projects.id")),
    column("client_id", Id, sa.ForeignKey("clients.id")),
    column("owner_id", Id, nullable=True),  # null once the confirmation has ended
    column("confirmed_at", Moment),  # time of confirmation: that of the register
    column("visited", sa.Boolean),
    column("open", sa.Boolean),  # the client's one deal without a deposit, or a lost one still valid
    column("channel"),
    column("earlier_deal", Id, nullable=True),
    column("price_fen", Fen, nullable=True),
    column("plan", nullable=True),  # lump_sum, instalments, mortgage, provident_fund, combined
    column("agreed_deposit_fen", Fen, nullable=True),
    column("loan_fen", Fen, nullable=True),
    column("loan_months", sa.Integer, nullable=True),
    column("bank", nullable=True),
    column("lost_reason", nullable=True),
    column("lost_text", nullable=True),  # what stands behind the reason "other"
    column("agreement_void_places", sa.Integer, nullable=True),
    column("unit_id", Id, nullable=True),  # the unit that price and plan were agreed for
    column("commission_since", Moment, nullable=True),  # the first deposit receipt gives the commission right (R-DEP-11)
    column("subscribed_at", Moment, nullable=True),  # the agreement is effective
    sa.Index("ix_deals_owner_id", "owner_id"),
    sa.Index("ix_deals_client_id", "client_id"),
)
sa.Index("one_open_deal_per_client", deals.c.client_id, unique=True, **live_where(deals.c.open))

buyers = sa.Table(
    "buyers",
    metadata,
    of_case(primary_key=True),
    column("position", sa.Integer, primary_key=True, autoincrement=False),
    column("kind"),  # person or company
    column("name"),
    column("document_kind"),
    column("document"),
    column("phone"),
    column("address"),
    column("share_ppm", sa.Integer),
)

plan_lines = sa.Table(
    "plan_lines",
    metadata,
    of_case(primary_key=True),
    column("position", sa.Integer, primary_key=True, autoincrement=False),
    column("label"),
    column("amount_fen", Fen),
    column("due_on", sa.Date, nullable=True),
    column("by_loan", sa.Boolean),
)

ownership = sa.Table(
    "ownership",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("from_id", Id, nullable=True),
    column("to_id", Id, nullable=True),
    column("reason"),
    column("rule"),
    column("decided_by", Id),
    column("at", Moment),
    sa.Index("ix_ownership_case_id", "case_id"),
)
