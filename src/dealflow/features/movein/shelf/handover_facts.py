"""Facts of a handover for papers (D-36, D-39, D-42, D-44, D-45), told from the image after the step."""

from datetime import datetime

from dealflow.casework.dossier import Dossier
from dealflow.features.movein.parts.handover import (
    FEE_LINES,
    FEE_RECEIPTS,
    HANDOVER,
    INSPECTIONS,
    ITEMS,
    KEYS,
    PAPERS,
    STEPS,
    WAIVERS,
    FeeReceipt,
    Handover,
)
from dealflow.features.movein.shelf.board import moment_of, shelf
from dealflow.features.movein.shelf.handing import newest
from dealflow.features.movein.texts import DOCUMENTS, ENTRY, METHODS, PERIODS, RESULTS
from dealflow.features.movein.texts import ITEMS as NAMES
from dealflow.features.movein.texts import STEPS as STEP_NAMES
from dealflow.kernel.clock import PROJECT_ZONE

Person = dict[str, str]
BRING = {"notice": "原件", "identity": "全体业主原件", "contract_duplicate": "原件", "payment_proof": "收据或发票均可"}


# ---- the appointment (D-36, issued on the deal by the step that makes it)
@shelf.fact()
def slot_from(d: Dossier) -> datetime | None:
    """When the appointment begins."""
    return moment_of(d, "slot")


@shelf.fact()
def slot_until(d: Dossier) -> datetime | None:
    """When it ends, if that is said."""
    return moment_of(d, "slot_until")


@shelf.fact()
def place(d: Dossier) -> str | None:
    """Where to come."""
    return d.text("place").strip() or None


@shelf.fact()
def papers(d: Dossier) -> list[dict[str, str]]:
    """What to bring: the four entry papers, and a power where somebody comes for an owner (R-MVC-02)."""
    four = [{"name": zh, "note": BRING[name]} for name, (zh, _) in ENTRY.items()]
    return [*four, {"name": "授权委托书（代办时）", "note": "公证原件及受托人身份证"}]


# ---- the inspection (D-39)
@shelf.fact(INSPECTIONS, ITEMS)
def inspection_items(d: Dossier) -> list[dict[str, object]]:
    """What was looked at in the last inspection."""
    last = newest(d)
    own = sorted((i for i in d[ITEMS] if last and i.inspection_id == last.id), key=lambda i: i.no)
    return [{"no": i.no, "part": i.part, "item": i.item, "passed": i.passed, "note": i.note} for i in own]


@shelf.fact(INSPECTIONS)
def inspection_result(d: Dossier) -> str | None:
    """Its result in words."""
    last = newest(d)
    return RESULTS[last.result] if last else None


@shelf.fact(INSPECTIONS)
def inspection_reason(d: Dossier) -> str:
    """Why, when the home was refused."""
    last = newest(d)
    return last.reason if last else ""


@shelf.fact(INSPECTIONS)
def inspected_at(d: Dossier) -> datetime | None:
    """When."""
    last = newest(d)
    return last.at if last else None


@shelf.fact(INSPECTIONS)
def inspected_by(d: Dossier) -> str | None:
    """Who went along."""
    last = newest(d)
    return last.by_name if last else None


# ---- a fee receipt (D-44): the one that this step has written
def _receipt(d: Dossier) -> FeeReceipt | None:
    return max(d[FEE_RECEIPTS], key=lambda r: r.seq, default=None)


@shelf.fact(FEE_RECEIPTS, FEE_LINES)
def fee_lines(d: Dossier) -> list[dict[str, object]]:
    """What it was paid for."""
    r = _receipt(d)
    lines = sorted((x for x in d[FEE_LINES] if r and x.receipt_id == r.id), key=lambda x: x.no)
    return [{"name": NAMES[x.item][0], "period": PERIODS.get(x.period, ""), "basis": x.basis, "amount": x.fen} for x in lines]


@shelf.fact(FEE_RECEIPTS)
def receipt_payer(d: Dossier) -> Person | None:
    """Who paid."""
    r = _receipt(d)
    return _person(r.payer, r.payer_document_kind, r.payer_document) if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_received_at(d: Dossier) -> datetime | None:
    """When the money was received."""
    r = _receipt(d)
    return r.paid_at if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_amount(d: Dossier) -> int | None:
    """How much."""
    r = _receipt(d)
    return r.fen if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_method(d: Dossier) -> str | None:
    """How it was paid."""
    r = _receipt(d)
    return METHODS.get(r.method) if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_source(d: Dossier) -> str | None:
    """Where the payer's money comes from."""
    r = _receipt(d)
    return r.source_of_funds if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_reference(d: Dossier) -> str:
    """The number of the bank, terminal or wallet."""
    r = _receipt(d)
    return r.reference if r else ""


@shelf.fact(FEE_RECEIPTS)
def receipt_cheque_number(d: Dossier) -> str:
    """The cheque's number (R-DEP-07)."""
    r = _receipt(d)
    return r.cheque_no if r else ""


@shelf.fact(FEE_RECEIPTS)
def receipt_cheque_amount(d: Dossier) -> int | None:
    """The cheque's amount (R-DEP-07)."""
    r = _receipt(d)
    return r.cheque_fen if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_collector(d: Dossier) -> str | None:
    """Who took the money."""
    r = _receipt(d)
    return r.collector if r else None


@shelf.fact(FEE_RECEIPTS)
def receipt_note(d: Dossier) -> str:
    """The note on the receipt."""
    r = _receipt(d)
    return r.note if r else ""


# ---- the checklist (D-42) and the keys (D-45)
@shelf.fact(STEPS)
def steps(d: Dossier) -> list[dict[str, object]]:
    """The eight steps with when and who (R-MVC-02 to R-MVC-09)."""
    taken = sorted(d[STEPS], key=lambda s: s.no)
    return [{"no": s.no, "name": STEP_NAMES[s.no - 1], "done_at": s.at, "by": s.by_name, "note": s.note} for s in taken]


@shelf.fact(WAIVERS)
def waivers(d: Dossier) -> list[dict[str, object]]:
    """What was left out, why, on whose record (R-MVC-11)."""
    found = sorted(d[WAIVERS], key=lambda w: (w.at, w.item))
    return [
        {"name": NAMES[w.item][0], "reason": w.reason, "by": w.by_name, "day": w.at.astimezone(PROJECT_ZONE).date()}
        for w in found
    ]


@shelf.fact(FEE_RECEIPTS, FEE_LINES, PAPERS)
def fee_receipts(d: Dossier) -> list[dict[str, object]]:
    """The receipts that stand, each with its number."""
    numbers = {p.seq: p.number for p in d[PAPERS] if p.kind == "D-44"}
    standing = sorted((r for r in d[FEE_RECEIPTS] if not (r.void or r.returned)), key=lambda r: r.seq)
    return [{"name": _items(d, r), "number": numbers.get(r.seq, ""), "amount": r.fen} for r in standing]


def _items(d: Dossier, r: FeeReceipt) -> str:
    own = sorted((x for x in d[FEE_LINES] if x.receipt_id == r.id), key=lambda x: x.no)
    return "、".join(NAMES[x.item][0] for x in own)


@shelf.fact(KEYS)
def keys(d: Dossier) -> list[dict[str, object]]:
    """Kinds and numbers of keys and cards."""
    return [{"name": k.name, "count": k.count} for k in sorted(d[KEYS], key=lambda k: k.no)]


@shelf.fact(KEYS)
def key_count(d: Dossier) -> int:
    """All of them together."""
    return sum(k.count for k in d[KEYS])


def _handover(d: Dossier) -> Handover | None:
    return d.one(HANDOVER)


@shelf.fact(HANDOVER)
def keys_at(d: Dossier) -> datetime | None:
    """When they were handed over."""
    found = _handover(d)
    return found.keys_at if found else None


@shelf.fact(HANDOVER)
def keys_by(d: Dossier) -> str | None:
    """By whom."""
    found = _handover(d)
    return found.keys_by or None if found else None


@shelf.fact(HANDOVER)
def keys_receiver(d: Dossier) -> Person | None:
    """To whom."""
    found = _handover(d)
    return _person(found.receiver, found.receiver_document_kind, found.receiver_document) if found else None


def _person(name: str, kind: str, number: str) -> Person:
    return {"name": name, "id_kind": DOCUMENTS.get(kind, kind), "id_number": number}
