"""What a dossier may know of a handover: its row, steps taken, inspections, waivers, fees, keys, papers and signatures."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import RowChange, Set
from dealflow.casework.parts import CaseKey, Part, Record, linked, part, rows_of
from dealflow.db.tables.casework import cases
from dealflow.db.tables.documents import papers, signatures
from dealflow.db.tables.movein import (
    fee_lines,
    fee_receipts,
    handed_keys,
    handover_waivers,
    handovers,
    inspection_items,
    inspections,
    movein_steps,
)


class Done(Record, frozen=True):
    """A step taken: by whom and when."""

    case_id: int
    no: int
    at: datetime
    day: date
    by_name: str
    note: str


class Handover(Record, frozen=True):
    """The handover of the case, or the deal's last one."""

    id: int
    state: str
    deal_id: int
    slot_at: datetime
    slot_until: datetime | None
    place: str
    missed: int
    notice: bool
    identity: str
    contract_duplicate: bool
    payment_proof: str
    surveyed_cm2: int | None
    statement_shown: bool
    parking: str
    parking_space: str
    covenant_offered: bool
    receiver: str
    receiver_document_kind: str
    receiver_document: str
    keys_at: datetime | None
    keys_by: str


class Inspection(Record, frozen=True):
    """An inspection of the home."""

    id: int
    case_id: int
    seq: int
    result: str
    reason: str
    by_name: str
    at: datetime


class Item(Record, frozen=True):
    """What was looked at in an inspection."""

    inspection_id: int
    no: int
    case_id: int
    part: str
    item: str
    passed: bool
    note: str


class Waiver(Record, frozen=True):
    """What the client left out, on record."""

    case_id: int
    item: str
    reason: str
    by_name: str
    at: datetime


class FeeReceipt(Record, frozen=True):
    """A receipt of the property company."""

    id: int
    case_id: int
    seq: int
    fen: int
    method: str
    source_of_funds: str
    cheque_no: str
    cheque_fen: int | None
    reference: str
    payer: str
    payer_document_kind: str
    payer_document: str
    note: str
    collector: str
    paid_at: datetime
    cleared: bool
    void: bool
    returned: bool


class FeeLine(Record, frozen=True):
    """One fee on a receipt."""

    id: int
    case_id: int
    receipt_id: int
    no: int
    item: str
    period: str
    fen: int
    basis: str


class Key(Record, frozen=True):
    """Keys or cards of one kind that were handed over."""

    case_id: int
    no: int
    name: str
    count: int


class Paper(Record, frozen=True):
    """A numbered paper of the handover. `voided_at` is set by the step that makes it void."""

    id: int
    kind: str
    number: str
    seq: int
    state: str
    voided_at: datetime | None


class Signature(Record, frozen=True):
    """A signature on a paper of the handover."""

    paper_id: int
    case_id: int
    position: int
    capacity: str


def _handover(case: CaseKey) -> sa.Select[Any]:
    joined = handovers.join(cases, cases.c.id == handovers.c.id)
    columns = (cases.c.state if f == "state" else handovers.c[f] for f in Handover.__struct_fields__)
    return sa.select(*columns).select_from(joined).where(handovers.c.id == linked(case, "handover"))


def _handover_after(
    found: tuple[Handover, ...], change: RowChange, links: Mapping[str, int], case_id: int
) -> tuple[Handover, ...]:
    match change:
        case Set(table, key, values) if table is handovers and key["id"] == links.get("handover", case_id):
            known = {name: value for name, value in values.items() if name in Handover.__struct_fields__}
            return tuple(msgspec.structs.replace(h, **known) for h in found)
    return found


def _papers(case: CaseKey) -> sa.Select[Any]:
    joined = papers.join(cases, cases.c.id == papers.c.id)
    columns = (papers.c.id, papers.c.kind, papers.c.number, papers.c.seq, cases.c.state, papers.c.voided_at)
    return sa.select(*columns).select_from(joined).where(papers.c.of_case == case.id)


HANDOVER: Part[Handover] = part(Handover, _handover, fold=_handover_after)
STEPS = rows_of(Done, movein_steps)
INSPECTIONS = rows_of(Inspection, inspections)
ITEMS = rows_of(Item, inspection_items)
WAIVERS = rows_of(Waiver, handover_waivers)
FEE_RECEIPTS = rows_of(FeeReceipt, fee_receipts)
FEE_LINES = rows_of(FeeLine, fee_lines)
KEYS = rows_of(Key, handed_keys)
PAPERS: Part[Paper] = part(Paper, _papers)
SIGNATURES = rows_of(Signature, signatures)
