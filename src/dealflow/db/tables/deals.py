"""Tables of the deals room: what a deal knows beside its state, buyers, plan, ownership record; contract and filing."""

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

contracts = sa.Table(  # what is noted on the way from the subscription to the stamped contract: one row for each deal
    "contracts",
    metadata,
    of_case(primary_key=True),
    column("identity_documents", nullable=True),  # the buyers' documents that were seen, one a line: other buyers are seen anew
    column("eligibility", nullable=True),  # passed or failed
    column("identity_note", nullable=True),
    column("identity_state", nullable=True),  # where the deal stood: before subscription or at payment (R-PAY-05)
    column("identity_by", Id, nullable=True),
    column("identity_at", Moment, nullable=True),
    column("clauses_note", nullable=True),
    column("clauses_state", nullable=True),
    column("clauses_by", Id, nullable=True),
    column("clauses_at", Moment, nullable=True),
    column("appointment_at", Moment, nullable=True),
    column("appointment_place", nullable=True),
    column("notice_by", Id, nullable=True),
    column("notice_at", Moment, nullable=True),
    column("floor_plan", nullable=True),  # SHA-256 of the stored file
    column("floor_plan_paper", Id, nullable=True),  # the contract that it is pasted into: a new one needs it anew
    column("signed_on", sa.Date, nullable=True),  # the date filled in
    column("dates_paper", Id, nullable=True),
    column("agreement_paper", Id, nullable=True),  # the agreement whose client's copy came back
    column("agreement_back_at", Moment, nullable=True),
    column("signed_at", Moment, nullable=True),
    column("called_late", sa.Boolean, nullable=True),  # the confirming call came later than day -2
    column("error_places", sa.Integer, nullable=True),  # all of them, original and duplicate counted each (C-50)
    column("proofread_by", Id, nullable=True),
    column("proofread_at", Moment, nullable=True),
    column("stamped_by", Id, nullable=True),
    column("stamped_at", Moment, nullable=True),
)

objections = sa.Table(
    "objections",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("clause"),  # A to J
    column("text"),
    column("raised_at", Moment),
    column("confirmed", sa.Boolean, nullable=True),  # null: the developer has not answered yet
    column("answer", nullable=True),
    column("answered_by", Id, nullable=True),
    column("answered_at", Moment, nullable=True),
    column("withdrawn_at", Moment, nullable=True),
    sa.Index("ix_objections_case_id", "case_id"),
)

waivers = sa.Table(  # what the sales manager lets pass, with his reason
    "waivers",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("what"),  # pre_signing_call, agreement_copy
    column("reason"),
    column("by", Id),
    column("at", Moment),
    sa.Index("ix_waivers_case_id", "case_id"),
)

powers = sa.Table(  # notarised powers of attorney that were checked (R-CTR-15)
    "powers",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("position", sa.Integer),  # the buyer who gives it
    column("agent"),
    column("agent_document_kind"),
    column("agent_document"),
    column("notary"),
    column("certificate"),  # number of the notary's certificate
    column("scope"),
    column("until", sa.Date, nullable=True),  # null: no end named
    column("original", sa.Boolean),
    column("paper_id", Id, nullable=True),  # the contract that it covers
    column("seen_by", Id),
    column("at", Moment),
    sa.Index("ix_powers_case_id", "case_id"),
)

contract_errors = sa.Table(
    "contract_errors",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("position", sa.Integer),
    column("copy"),  # original, duplicate: each counts (C-50)
    column("place"),
    column("wrong_text"),
    column("right_text"),
    sa.Index("ix_contract_errors_case_id", "case_id"),
)

originals = sa.Table(  # who keeps which original of the contract (R-CTR-09)
    "originals",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("position", sa.Integer),
    column("copy"),  # original, duplicate
    column("keeper"),  # client, developer, bank
    column("number"),  # empty when it bears none
    column("received_by"),
    column("at", Moment),
    sa.Index("ix_originals_case_id", "case_id"),
)

filings = sa.Table(  # what is noted of a filing: one row for each filing case
    "filings",
    metadata,
    of_case(primary_key=True),
    of_case("deal_id"),
    column("contract_number", nullable=True),  # given by the authority to the draft
    column("entered_by", Id, nullable=True),
    column("entered_at", Moment, nullable=True),
    column("reviewed_by", Id, nullable=True),
    column("reviewed_at", Moment, nullable=True),
    column("filing_number", nullable=True),
    column("filed_at", Moment, nullable=True),
    column("registration_number", nullable=True),
    column("registered_at", Moment, nullable=True),
    sa.Index("ix_filings_deal_id", "deal_id"),
)
