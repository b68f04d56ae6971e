"""Tables of the movein room: the preparation of a building, and the handover of a unit with its fees, inspections and keys."""

import sqlalchemy as sa

from dealflow.db.meta import Fen, Id, Moment, column, key, metadata, of_case

preparations = sa.Table(  # one for each building, under the id of its case
    "preparations",
    metadata,
    of_case("id", primary_key=True),
    column("building_id", Id, sa.ForeignKey("buildings.id"), unique=True),
    column("ready", sa.Boolean),  # a notice is issued only while this is so: what the two race for
    column("rates_from", sa.Date, nullable=True),  # since when the property company's fees hold
    column("noticed_at", Moment, nullable=True),  # the last notice that went out
)

building_papers = sa.Table(  # papers of other bodies that were registered; a newer one takes the place of the older
    "building_papers",
    metadata,
    of_case(primary_key=True),
    column("kind", primary_key=True),  # D-37 to D-41, survey
    column("file"),  # SHA-256 of the stored file; empty for a survey without one
    column("number"),
    column("body"),  # who issued it
    column("title"),
    column("result"),
    column("dated_on", sa.Date),
    column("by_name"),
    column("at", Moment),
)

fee_rates = sa.Table(  # what the property company asks for in this building
    "fee_rates",
    metadata,
    of_case(primary_key=True),
    column("item", primary_key=True),  # management_fee, maintenance_fund, parking_rent, fitting_out_deposit
    column("rate_fen", Fen),  # by square metre and month, by square metre, by space and month, by home
)

movein_steps = sa.Table(  # who took which step when, of a building's preparation or of a handover; taken again, it is the newer
    "movein_steps",
    metadata,
    of_case(primary_key=True),
    column("no", sa.Integer, primary_key=True, autoincrement=False),
    column("at", Moment),
    column("day", sa.Date),
    column("by_name"),
    column("note"),
)

handovers = sa.Table(
    "handovers",
    metadata,
    of_case("id", primary_key=True),
    of_case("deal_id"),
    of_case("unit_id"),
    column("slot_at", Moment),
    column("slot_until", Moment, nullable=True),
    column("place"),
    column("missed", sa.Integer),  # slots at which nobody came
    column("notice", sa.Boolean),  # the four entry papers (R-MVC-02)
    column("identity"),  # which document; empty: not shown yet
    column("contract_duplicate", sa.Boolean),
    column("payment_proof"),  # receipt or invoice (E-131)
    column("surveyed_cm2", sa.BigInteger, nullable=True),
    column("statement_shown", sa.Boolean),  # the optional paper of step 2
    column("parking"),  # taken, waived; empty: not decided yet
    column("parking_space"),
    column("covenant_offered", sa.Boolean),  # where the law forbids to insist on it
    column("water"),  # what the meters show at the keys
    column("electricity"),
    column("gas"),
    column("receiver"),
    column("receiver_document_kind"),
    column("receiver_document"),
    column("keys_at", Moment, nullable=True),
    column("keys_by"),
    sa.Index("ix_handovers_deal_id", "deal_id"),
)

inspections = sa.Table(
    "inspections",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("result"),  # accepted, accepted_with_list, refused
    column("reason"),
    column("by_name"),
    column("at", Moment),
    sa.Index("ix_inspections_case_id", "case_id"),
)

inspection_items = sa.Table(
    "inspection_items",
    metadata,
    column("inspection_id", Id, primary_key=True),
    column("no", sa.Integer, primary_key=True, autoincrement=False),
    of_case(),
    column("part"),  # 客厅
    column("item"),  # 墙面
    column("passed", sa.Boolean),
    column("note"),
    sa.Index("ix_inspection_items_case_id", "case_id"),
)

handover_waivers = sa.Table(  # what the client leaves out, never silently (R-MVC-11)
    "handover_waivers",
    metadata,
    of_case(primary_key=True),
    column("item", primary_key=True),  # acceptance_statement, parking_rent, fitting_out_deposit
    column("reason"),
    column("by_name"),
    column("at", Moment),
)

fee_receipts = sa.Table(  # money of the property company: never in the deal's ledger
    "fee_receipts",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("fen", Fen),
    column("method"),
    column("source_of_funds"),
    column("cheque_no"),
    column("cheque_fen", Fen, nullable=True),
    column("reference"),
    column("payer"),
    column("payer_document_kind"),
    column("payer_document"),
    column("note"),
    column("collector_id", Id),
    column("collector"),
    column("paid_at", Moment),
    column("cleared", sa.Boolean),
    column("void", sa.Boolean),
    column("returned", sa.Boolean),
    sa.Index("ix_fee_receipts_case_id", "case_id"),
    info={"history": ("id", "case_id", "fen", "method")},
)

fee_lines = sa.Table(
    "fee_lines",
    metadata,
    key(),
    of_case(),
    column("receipt_id", Id, sa.ForeignKey("fee_receipts.id")),
    column("no", sa.Integer),
    column("item"),
    column("period"),  # quarter, year; empty: once
    column("fen", Fen),
    column("basis"),  # how the sum was found, as the receipt prints it
    sa.Index("ix_fee_lines_case_id", "case_id"),
    info={"history": ("id", "case_id", "receipt_id", "item", "period", "fen")},
)

fee_returns = sa.Table(  # fees given back when the notice is withdrawn
    "fee_returns",
    metadata,
    column("receipt_id", Id, sa.ForeignKey("fee_receipts.id"), primary_key=True),
    of_case(),
    column("received_by"),
    column("method"),
    column("account"),
    column("by_id", Id),
    column("at", Moment),
    sa.Index("ix_fee_returns_case_id", "case_id"),
)

handed_keys = sa.Table(
    "handed_keys",
    metadata,
    of_case(primary_key=True),
    column("no", sa.Integer, primary_key=True, autoincrement=False),
    column("name"),  # 入户门钥匙
    column("count", sa.Integer),
)
