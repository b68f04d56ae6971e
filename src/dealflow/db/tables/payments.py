"""Tables of the payments room: one ledger for each deal (and each refund), receipts, charges, refunds.

`info["history"]` names columns that never change and that chained events repeat, `info["changing"]` those whose changes they
repeat too: money can be derived again from history alone.
History repeats the values of every change to such a table, so refunds, which name receiver and account, are none.
"""

import sqlalchemy as sa

from dealflow.db.meta import Fen, Id, Moment, column, key, metadata, of_case

ledger = sa.Table(
    "ledger",
    metadata,
    key(),
    of_case(),  # whose account it is: the deal, or a refund of the deal
    of_case("deal_id"),  # the deal whose money it is, wherever it stands
    of_case("posted_by"),  # the case whose event posted it: `seq` counts there
    column("seq", Id),
    column("account"),  # hold, deposit, price_deposit, price, prepayment; unconfirmed money stands in .._uncleared
    column("kind"),  # receipt, clear, transfer, allocation, reversal, refund, returned
    column("fen", Fen),  # what it adds to the account; negative takes away
    column("receipt_id", Id),  # the receipt by which this money came in
    column("reason"),
    column("at", Moment),
    sa.Index("ix_ledger_case_id", "case_id"),
    sa.Index("ix_ledger_deal_id", "deal_id"),
    info={"history": ("id", "case_id", "account", "kind", "fen", "receipt_id")},
)

receipts = sa.Table(
    "receipts",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("purpose"),  # hold_fee, deposit, price
    column("fen", Fen),
    column("moved_fen", Fen),  # hold fee credited beside the cash of a deposit receipt
    column("unit_id", Id),
    column("unit_code"),
    column("method"),  # cash, pos, transfer, cheque, scan
    column("source_of_funds"),
    column("cheque_no"),
    column("cheque_fen", Fen, nullable=True),
    column("reference"),  # the bank's, terminal's or wallet's own number
    column("payer"),
    column("payer_document_kind"),
    column("payer_document"),
    column("note"),
    column("collector_id", Id),
    column("paid_at", Moment),
    column("cleared", sa.Boolean),
    column("void", sa.Boolean),
    column("replaces", Id, nullable=True),
    column("handed_in_at", Moment, nullable=True),
    sa.Index("ix_receipts_case_id", "case_id"),
    sa.Index("ix_receipts_collector_id", "collector_id", "paid_at"),
    info={"history": ("id", "case_id", "purpose", "fen", "moved_fen", "method", "replaces"), "changing": ("void", "cleared")},
)

charges = sa.Table(  # what is to be paid, from the signed slip on; a row is never changed, another one takes it back
    "charges",
    metadata,
    key(),
    of_case(),
    column("seq", Id),
    column("position", sa.Integer),  # the order in which money fills them: 0 the deposit, 1 the slip, then by date, the loan last
    column("label"),
    column("fen", Fen),
    column("due_on", sa.Date, nullable=True),  # without a day: due when the contract is signed
    column("by_loan", sa.Boolean),
    column("reverses", Id, nullable=True),  # the charge that this row takes back
    sa.Index("ix_charges_case_id", "case_id"),
    sa.Index("ix_charges_due_on", "due_on"),
    info={"history": ("id", "case_id", "position", "fen", "reverses")},
)

refunds = sa.Table(
    "refunds",
    metadata,
    of_case("id", primary_key=True),
    of_case("deal_id"),
    column("purpose"),
    column("fen", Fen),
    column("payer"),
    column("payer_document_kind"),
    column("payer_document"),
    column("unit_code"),
    column("receipt_id", Id),
    column("reason"),
    column("method"),
    column("account"),
    column("received_by"),
    column("paid_by", Id, nullable=True),
    column("paid_at", Moment, nullable=True),
    sa.Index("ix_refunds_deal_id", "deal_id"),
    info={"history": ("id", "deal_id", "fen", "receipt_id"), "changing": ("paid_at",)},
)
