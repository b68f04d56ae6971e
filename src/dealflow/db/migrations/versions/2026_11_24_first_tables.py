"""The first tables, and the function by which PostgreSQL names the write that missed."""

import sqlalchemy as sa
from alembic import op

from dealflow.db.meta import Id, Moment
from dealflow.db.postgres import INSIST

revision = "first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the newer tables."""
    op.create_table(
        "attempts",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_attempts")),
    )
    op.create_table(
        "commands",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_commands")),
    )
    op.create_table(
        "files",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stored_at", Moment(), nullable=False),
        sa.Column("stored_by", Id, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_files")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("lease_until", Moment(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_state", "jobs", ["state", "made_at"], unique=False)
    op.create_table(
        "projects",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("developer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("code", name=op.f("uq_projects_code")),
    )
    op.create_table(
        "series",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next", Id, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_series")),
    )
    op.create_table(
        "workflows",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "version", name=op.f("pk_workflows")),
    )
    op.create_table(
        "buildings",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("licence_no", sa.Text(), nullable=True),
        sa.Column("licence_from", sa.Date(), nullable=True),
        sa.Column("escrow_account", sa.Text(), nullable=True),
        sa.Column("delivery_on", sa.Date(), nullable=True),
        sa.Column("land_way", sa.Text(), nullable=True),
        sa.Column("land_until", sa.Date(), nullable=True),
        sa.Column("planned_use", sa.Text(), nullable=True),
        sa.Column("structure", sa.Text(), nullable=True),
        sa.Column("decoration", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_buildings_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buildings")),
        sa.UniqueConstraint("project_id", "code", name=op.f("uq_buildings_project_id_code")),
    )
    op.create_table(
        "cases",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workflow", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("version", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("moved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_cases_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    op.create_index("ix_cases_kind_state", "cases", ["project_id", "kind", "state"], unique=False)
    op.create_table(
        "clients",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_clients_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("project_id", "phone", name=op.f("uq_clients_project_id_phone")),
    )
    op.create_table(
        "people",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("leader_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_people_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("login", name=op.f("uq_people_login")),
    )
    op.create_table(
        "policies",
        sa.Column("project_id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_by", Id, nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_policies_project_id")),
        sa.PrimaryKeyConstraint("project_id", "key", name=op.f("pk_policies")),
    )
    op.create_table(
        "policy_proposals",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", Id, nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_policy_proposals_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_proposals")),
    )
    op.create_table(
        "sellers",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("representative", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_sellers_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_sellers")),
    )
    op.create_table(
        "building_papers",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_building_papers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_building_papers")),
    )
    op.create_table(
        "buyers",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document_kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("share_ppm", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_buyers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_buyers")),
    )
    op.create_table(
        "charges",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_loan", sa.Boolean(), nullable=False),
        sa.Column("reverses", Id, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_charges_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        info={"history": ("id", "case_id", "position", "fen", "reverses")},
    )
    op.create_index("ix_charges_case_id", "charges", ["case_id"], unique=False)
    op.create_index("ix_charges_due_on", "charges", ["due_on"], unique=False)
    op.create_table(
        "contract_errors",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("wrong_text", sa.Text(), nullable=False),
        sa.Column("right_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contract_errors_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_errors")),
    )
    op.create_index("ix_contract_errors_case_id", "contract_errors", ["case_id"], unique=False)
    op.create_table(
        "contracts",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("identity_documents", sa.Text(), nullable=True),
        sa.Column("eligibility", sa.Text(), nullable=True),
        sa.Column("identity_note", sa.Text(), nullable=True),
        sa.Column("identity_state", sa.Text(), nullable=True),
        sa.Column("identity_by", Id, nullable=True),
        sa.Column("identity_at", Moment(), nullable=True),
        sa.Column("clauses_note", sa.Text(), nullable=True),
        sa.Column("clauses_state", sa.Text(), nullable=True),
        sa.Column("clauses_by", Id, nullable=True),
        sa.Column("clauses_at", Moment(), nullable=True),
        sa.Column("appointment_at", Moment(), nullable=True),
        sa.Column("appointment_place", sa.Text(), nullable=True),
        sa.Column("notice_by", Id, nullable=True),
        sa.Column("notice_at", Moment(), nullable=True),
        sa.Column("floor_plan", sa.Text(), nullable=True),
        sa.Column("floor_plan_paper", Id, nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("dates_paper", Id, nullable=True),
        sa.Column("agreement_paper", Id, nullable=True),
        sa.Column("agreement_back_at", Moment(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("called_late", sa.Boolean(), nullable=True),
        sa.Column("error_places", sa.Integer(), nullable=True),
        sa.Column("proofread_by", Id, nullable=True),
        sa.Column("proofread_at", Moment(), nullable=True),
        sa.Column("stamped_by", Id, nullable=True),
        sa.Column("stamped_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contracts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_contracts")),
    )
    op.create_table(
        "deadlines",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("fires", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("set_by", Id, nullable=False),
        sa.Column("next_try", Moment(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_deadlines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "clock", name=op.f("pk_deadlines")),
    )
    op.create_index(
        "ix_deadlines_due",
        "deadlines",
        ["next_try"],
        unique=False,
        postgresql_where=sa.text("open and running"),
        sqlite_where=sa.text("open = 1 and running = 1"),
    )
    op.create_table(
        "deals",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("client_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.Column("visited", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("earlier_deal", Id, nullable=True),
        sa.Column("price_fen", sa.BigInteger(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("agreed_deposit_fen", sa.BigInteger(), nullable=True),
        sa.Column("loan_fen", sa.BigInteger(), nullable=True),
        sa.Column("loan_months", sa.Integer(), nullable=True),
        sa.Column("bank", sa.Text(), nullable=True),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("lost_text", sa.Text(), nullable=True),
        sa.Column("agreement_void_places", sa.Integer(), nullable=True),
        sa.Column("unit_id", Id, nullable=True),
        sa.Column("commission_since", Moment(), nullable=True),
        sa.Column("subscribed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_deals_client_id")),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_deals_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_deals_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    op.create_index("ix_deals_client_id", "deals", ["client_id"], unique=False)
    op.create_index("ix_deals_owner_id", "deals", ["owner_id"], unique=False)
    op.create_index(
        "one_open_deal_per_client",
        "deals",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open = 1"),
    )
    op.create_table(
        "events",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_events")),
    )
    op.create_table(
        "fee_rates",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("rate_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fee_rates_case_id")),
        sa.PrimaryKeyConstraint("case_id", "item", name=op.f("pk_fee_rates")),
    )
    op.create_table(
        "fee_receipts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("source_of_funds", sa.Text(), nullable=False),
        sa.Column("cheque_no", sa.Text(), nullable=False),
        sa.Column("cheque_fen", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_document_kind", sa.Text(), nullable=False),
        sa.Column("payer_document", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("collector_id", Id, nullable=False),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.Column("paid_at", Moment(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fee_receipts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_receipts")),
        info={"history": ("id", "case_id", "fen", "method")},
    )
    op.create_index("ix_fee_receipts_case_id", "fee_receipts", ["case_id"], unique=False)
    op.create_table(
        "filings",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("deal_id", Id, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=True),
        sa.Column("entered_by", Id, nullable=True),
        sa.Column("entered_at", Moment(), nullable=True),
        sa.Column("reviewed_by", Id, nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("filing_number", sa.Text(), nullable=True),
        sa.Column("filed_at", Moment(), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=True),
        sa.Column("registered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_filings_case_id")),
        sa.ForeignKeyConstraint(["deal_id"], ["cases.id"], name=op.f("fk_filings_deal_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_filings")),
    )
    op.create_index("ix_filings_deal_id", "filings", ["deal_id"], unique=False)
    op.create_table(
        "follow_ups",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.Column("corrects", Id, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_follow_ups_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    op.create_index("ix_follow_ups_case_id", "follow_ups", ["case_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("grant", sa.Text(), nullable=False),
        sa.Column("subject", Id, nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("given_by", Id, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_grants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index("ix_grants_person_id", "grants", ["person_id"], unique=False)
    op.create_table(
        "handed_keys",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handed_keys_case_id")),
        sa.PrimaryKeyConstraint("case_id", "no", name=op.f("pk_handed_keys")),
    )
    op.create_table(
        "handover_waivers",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handover_waivers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "item", name=op.f("pk_handover_waivers")),
    )
    op.create_table(
        "handovers",
        sa.Column("id", Id, nullable=False),
        sa.Column("deal_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("slot_at", Moment(), nullable=False),
        sa.Column("slot_until", Moment(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Boolean(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("contract_duplicate", sa.Boolean(), nullable=False),
        sa.Column("payment_proof", sa.Text(), nullable=False),
        sa.Column("surveyed_cm2", sa.BigInteger(), nullable=True),
        sa.Column("statement_shown", sa.Boolean(), nullable=False),
        sa.Column("parking", sa.Text(), nullable=False),
        sa.Column("parking_space", sa.Text(), nullable=False),
        sa.Column("covenant_offered", sa.Boolean(), nullable=False),
        sa.Column("water", sa.Text(), nullable=False),
        sa.Column("electricity", sa.Text(), nullable=False),
        sa.Column("gas", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("receiver_document_kind", sa.Text(), nullable=False),
        sa.Column("receiver_document", sa.Text(), nullable=False),
        sa.Column("keys_at", Moment(), nullable=True),
        sa.Column("keys_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["cases.id"], name=op.f("fk_handovers_deal_id")),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_handovers_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["cases.id"], name=op.f("fk_handovers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_deal_id", "handovers", ["deal_id"], unique=False)
    op.create_table(
        "inspection_items",
        sa.Column("inspection_id", Id, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inspection_items_case_id")),
        sa.PrimaryKeyConstraint("inspection_id", "no", name=op.f("pk_inspection_items")),
    )
    op.create_index("ix_inspection_items_case_id", "inspection_items", ["case_id"], unique=False)
    op.create_table(
        "inspections",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inspections_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
    )
    op.create_index("ix_inspections_case_id", "inspections", ["case_id"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("deal_id", Id, nullable=False),
        sa.Column("posted_by", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ledger_case_id")),
        sa.ForeignKeyConstraint(["deal_id"], ["cases.id"], name=op.f("fk_ledger_deal_id")),
        sa.ForeignKeyConstraint(["posted_by"], ["cases.id"], name=op.f("fk_ledger_posted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        info={"history": ("id", "case_id", "account", "kind", "fen", "receipt_id")},
    )
    op.create_index("ix_ledger_case_id", "ledger", ["case_id"], unique=False)
    op.create_index("ix_ledger_deal_id", "ledger", ["deal_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("other", Id, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_links_case_id")),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_links")),
    )
    op.create_index("ix_links_other", "links", ["other", "name"], unique=False)
    op.create_table(
        "movein_steps",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_movein_steps_case_id")),
        sa.PrimaryKeyConstraint("case_id", "no", name=op.f("pk_movein_steps")),
    )
    op.create_table(
        "objections",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_objections_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    op.create_index("ix_objections_case_id", "objections", ["case_id"], unique=False)
    op.create_table(
        "originals",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("keeper", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_originals_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originals")),
    )
    op.create_index("ix_originals_case_id", "originals", ["case_id"], unique=False)
    op.create_table(
        "ownership",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("from_id", Id, nullable=True),
        sa.Column("to_id", Id, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("decided_by", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ownership_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
    )
    op.create_index("ix_ownership_case_id", "ownership", ["case_id"], unique=False)
    op.create_table(
        "papers",
        sa.Column("id", Id, nullable=False),
        sa.Column("of_case", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("issued_by", Id, nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("voided_at", Moment(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("kept_by", Id, nullable=True),
        sa.Column("kept_since", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_papers_id")),
        sa.ForeignKeyConstraint(["of_case"], ["cases.id"], name=op.f("fk_papers_of_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("number", name=op.f("uq_papers_number")),
        info={"history": ("id", "of_case", "kind", "template")},
    )
    op.create_index("ix_papers_of_case", "papers", ["of_case", "kind"], unique=False)
    op.create_table(
        "person_roles",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_roles_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_roles")),
    )
    op.create_table(
        "personal",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_personal_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", "field", name=op.f("pk_personal")),
    )
    op.create_table(
        "plan_lines",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_loan", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plan_lines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_plan_lines")),
    )
    op.create_table(
        "policy_answers",
        sa.Column("proposal_id", Id, autoincrement=False, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", Id, nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["policy_proposals.id"], name=op.f("fk_policy_answers_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_policy_answers")),
    )
    op.create_table(
        "powers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("agent_document_kind", sa.Text(), nullable=False),
        sa.Column("agent_document", sa.Text(), nullable=False),
        sa.Column("notary", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("original", sa.Boolean(), nullable=False),
        sa.Column("paper_id", Id, nullable=True),
        sa.Column("seen_by", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_powers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_powers")),
    )
    op.create_index("ix_powers_case_id", "powers", ["case_id"], unique=False)
    op.create_table(
        "preparations",
        sa.Column("id", Id, nullable=False),
        sa.Column("building_id", Id, nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("rates_from", sa.Date(), nullable=True),
        sa.Column("noticed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"], name=op.f("fk_preparations_building_id")),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_preparations_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparations")),
        sa.UniqueConstraint("building_id", name=op.f("uq_preparations_building_id")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("moved_fen", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("source_of_funds", sa.Text(), nullable=False),
        sa.Column("cheque_no", sa.Text(), nullable=False),
        sa.Column("cheque_fen", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_document_kind", sa.Text(), nullable=False),
        sa.Column("payer_document", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("collector_id", Id, nullable=False),
        sa.Column("paid_at", Moment(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("replaces", Id, nullable=True),
        sa.Column("handed_in_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_receipts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        info={"history": ("id", "case_id", "purpose", "fen", "moved_fen", "method", "replaces")},
    )
    op.create_index("ix_receipts_case_id", "receipts", ["case_id"], unique=False)
    op.create_index("ix_receipts_collector_id", "receipts", ["collector_id", "paid_at"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", Id, nullable=False),
        sa.Column("deal_id", Id, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_document_kind", sa.Text(), nullable=False),
        sa.Column("payer_document", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.Text(), nullable=False),
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("paid_by", Id, nullable=True),
        sa.Column("paid_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["cases.id"], name=op.f("fk_refunds_deal_id")),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_refunds_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    op.create_index("ix_refunds_deal_id", "refunds", ["deal_id"], unique=False)
    op.create_table(
        "register_lines",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("one_family", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("received_by", Id, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("entered_by", Id, nullable=False),
        sa.Column("corrects", Id, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_register_lines_case_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_register_lines_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_lines")),
    )
    op.create_index("ix_register_lines_case_id", "register_lines", ["case_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sessions")),
    )
    op.create_table(
        "tasks",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", Id, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_case_id", "tasks", ["case_id"], unique=False)
    op.create_index(
        "ix_tasks_open", "tasks", ["role"], unique=False, postgresql_where=sa.text("open"), sqlite_where=sa.text("open = 1")
    )
    op.create_table(
        "units",
        sa.Column("id", Id, nullable=False),
        sa.Column("building_id", Id, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("orientation", sa.Text(), nullable=False),
        sa.Column("area_cm2", sa.BigInteger(), nullable=False),
        sa.Column("inner_area_cm2", sa.BigInteger(), nullable=False),
        sa.Column("list_fen", sa.BigInteger(), nullable=False),
        sa.Column("lowest_fen", sa.BigInteger(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["building_id"], ["buildings.id"], name=op.f("fk_units_building_id")),
        sa.ForeignKeyConstraint(["id"], ["cases.id"], name=op.f("fk_units_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("building_id", "code", name=op.f("uq_units_building_id_code")),
    )
    op.create_table(
        "waivers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_waivers_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    op.create_index("ix_waivers_case_id", "waivers", ["case_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_claims_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_claims_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_case_id", "claims", ["case_id"], unique=False)
    op.create_index(
        "one_live_claim_per_unit",
        "claims",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("live"),
        sqlite_where=sa.text("live = 1"),
    )
    op.create_table(
        "fee_lines",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fee_lines_case_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["fee_receipts.id"], name=op.f("fk_fee_lines_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_lines")),
        info={"history": ("id", "case_id", "receipt_id", "item", "period", "fen")},
    )
    op.create_index("ix_fee_lines_case_id", "fee_lines", ["case_id"], unique=False)
    op.create_table(
        "fee_returns",
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_fee_returns_case_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["fee_receipts.id"], name=op.f("fk_fee_returns_receipt_id")),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_fee_returns")),
    )
    op.create_index("ix_fee_returns_case_id", "fee_returns", ["case_id"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("paper_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("scan", sa.Text(), nullable=True),
        sa.Column("witness", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signatures_case_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_signatures_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("paper_id", "capacity", "position", name=op.f("uq_signatures_paper_id_capacity_position")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(INSIST)


def downgrade() -> None:
    """Back to the older tables."""
    op.drop_table("signatures")
    op.drop_index("ix_fee_returns_case_id", table_name="fee_returns")
    op.drop_table("fee_returns")
    op.drop_index("ix_fee_lines_case_id", table_name="fee_lines")
    op.drop_table("fee_lines")
    op.drop_index(
        "one_live_claim_per_unit", table_name="claims", postgresql_where=sa.text("live"), sqlite_where=sa.text("live = 1")
    )
    op.drop_index("ix_claims_case_id", table_name="claims")
    op.drop_table("claims")
    op.drop_index("ix_waivers_case_id", table_name="waivers")
    op.drop_table("waivers")
    op.drop_table("units")
    op.drop_index("ix_tasks_open", table_name="tasks", postgresql_where=sa.text("open"), sqlite_where=sa.text("open = 1"))
    op.drop_index("ix_tasks_case_id", table_name="tasks")
    op.drop_table("tasks")
    op.drop_table("sessions")
    op.drop_index("ix_register_lines_case_id", table_name="register_lines")
    op.drop_table("register_lines")
    op.drop_index("ix_refunds_deal_id", table_name="refunds")
    op.drop_table("refunds")
    op.drop_index("ix_receipts_collector_id", table_name="receipts")
    op.drop_index("ix_receipts_case_id", table_name="receipts")
    op.drop_table("receipts")
    op.drop_table("preparations")
    op.drop_index("ix_powers_case_id", table_name="powers")
    op.drop_table("powers")
    op.drop_table("policy_answers")
    op.drop_table("plan_lines")
    op.drop_table("personal")
    op.drop_table("person_roles")
    op.drop_index("ix_papers_of_case", table_name="papers")
    op.drop_table("papers")
    op.drop_index("ix_ownership_case_id", table_name="ownership")
    op.drop_table("ownership")
    op.drop_index("ix_originals_case_id", table_name="originals")
    op.drop_table("originals")
    op.drop_index("ix_objections_case_id", table_name="objections")
    op.drop_table("objections")
    op.drop_table("movein_steps")
    op.drop_index("ix_links_other", table_name="links")
    op.drop_table("links")
    op.drop_index("ix_ledger_deal_id", table_name="ledger")
    op.drop_index("ix_ledger_case_id", table_name="ledger")
    op.drop_table("ledger")
    op.drop_index("ix_inspections_case_id", table_name="inspections")
    op.drop_table("inspections")
    op.drop_index("ix_inspection_items_case_id", table_name="inspection_items")
    op.drop_table("inspection_items")
    op.drop_index("ix_handovers_deal_id", table_name="handovers")
    op.drop_table("handovers")
    op.drop_table("handover_waivers")
    op.drop_table("handed_keys")
    op.drop_index("ix_grants_person_id", table_name="grants")
    op.drop_table("grants")
    op.drop_index("ix_follow_ups_case_id", table_name="follow_ups")
    op.drop_table("follow_ups")
    op.drop_index("ix_filings_deal_id", table_name="filings")
    op.drop_table("filings")
    op.drop_index("ix_fee_receipts_case_id", table_name="fee_receipts")
    op.drop_table("fee_receipts")
    op.drop_table("fee_rates")
    op.drop_table("events")
    op.drop_index(
        "one_open_deal_per_client", table_name="deals", postgresql_where=sa.text("open"), sqlite_where=sa.text("open = 1")
    )
    op.drop_index("ix_deals_owner_id", table_name="deals")
    op.drop_index("ix_deals_client_id", table_name="deals")
    op.drop_table("deals")
    op.drop_index(
        "ix_deadlines_due",
        table_name="deadlines",
        postgresql_where=sa.text("open and running"),
        sqlite_where=sa.text("open = 1 and running = 1"),
    )
    op.drop_table("deadlines")
    op.drop_table("contracts")
    op.drop_index("ix_contract_errors_case_id", table_name="contract_errors")
    op.drop_table("contract_errors")
    op.drop_index("ix_charges_due_on", table_name="charges")
    op.drop_index("ix_charges_case_id", table_name="charges")
    op.drop_table("charges")
    op.drop_table("buyers")
    op.drop_table("building_papers")
    op.drop_table("sellers")
    op.drop_table("policy_proposals")
    op.drop_table("policies")
    op.drop_table("people")
    op.drop_table("clients")
    op.drop_index("ix_cases_kind_state", table_name="cases")
    op.drop_table("cases")
    op.drop_table("buildings")
    op.drop_table("workflows")
    op.drop_table("series")
    op.drop_table("projects")
    op.drop_index("ix_jobs_state", table_name="jobs")
    op.drop_table("jobs")
    op.drop_table("files")
    op.drop_table("commands")
    op.drop_table("attempts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function insist(boolean, integer)")
