"""Payments: what clients pay before the contract and what goes back to them. Hold fees, deposits, receipts, refunds.

Owns the tables ledger, receipts and refunds. The ledger is append-only: a line adds fen to an account of a case and names
the receipt by which the money came in, so that it is always known where the money of a receipt stands.
"""
