"""Guards and effects of the property company's money: schedule, parking, receipts, what is mandatory, what is left out."""

from collections.abc import Iterator, Mapping

from dealflow.casework.changes import Add, Change, Drop, Say
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.movein import fee_lines, fee_receipts, handover_waivers
from dealflow.features.movein import rules
from dealflow.features.movein.parts.building import RATES
from dealflow.features.movein.parts.deal import HOME
from dealflow.features.movein.parts.handover import FEE_LINES, FEE_RECEIPTS, HANDOVER, WAIVERS
from dealflow.features.movein.shelf.board import done, noted, rows, shelf, shown, whole, words
from dealflow.features.movein.shelf.entering import waiver
from dealflow.features.movein.texts import ITEMS, PERIODS
from dealflow.kernel.errors import Unmet


# ---- schedule and parking
@shelf.guard(RATES)
def schedule_posted(d: Dossier) -> Iterator[Unmet]:
    """The property company has posted its fees (R-MVD-04)."""
    if not d[RATES]:
        yield Unmet("movein.schedule_missing")


@shelf.effect()
def note_schedule(d: Dossier) -> Iterator[Change]:
    """The owner has the fee schedule."""
    yield done(d, 5)


@shelf.guard()
def parking_decided(d: Dossier) -> Iterator[Unmet]:
    """A place is taken, and which; or none, and why (R-MVC-07, R-MVC-11, E-127)."""
    needed = {"taken": "space", "waived": "reason"}.get(d.text("decision"))
    if needed is None or not d.text(needed).strip():
        yield Unmet("movein.parking_undecided")


@shelf.effect(WAIVERS)
def settle_parking(d: Dossier) -> Iterator[Change]:
    """The place, or the waiver."""
    taken, space = d.text("decision") == "taken", d.text("space").strip()
    yield noted(d, parking=d.text("decision"), parking_space=space if taken else "")
    yield done(d, 6, f"租用 {space}" if taken else f"放弃：{d.text('reason').strip()}")
    if not taken:
        yield waiver(d, rules.PARKING)
    elif any(w.item == rules.PARKING for w in d[WAIVERS]):
        yield Drop(handover_waivers, {"case_id": d.case.id, "item": rules.PARKING})


# ---- a receipt
@shelf.guard()
def fee_lines_told(d: Dossier) -> Iterator[Unmet]:
    """What is paid for, line by line; by the quarter or the year only (R-MVC-08, E-128); the lines make the receipt's sum."""
    lines = rows(d, "lines")
    if not lines:
        yield Unmet("movein.lines_missing")
    for line in lines:
        yield from _line_told(line)
    total, amount = sum(whole(line, "amount") for line in lines), d.number("amount")
    if lines and total != amount:
        yield Unmet("movein.lines_differ", {"lines": shown(total), "amount": "—" if amount is None else shown(amount)})


def _line_told(line: Mapping[str, object]) -> Iterator[Unmet]:
    item, period = words(line, "item"), words(line, "period")
    if item not in rules.ITEMS:
        yield Unmet("movein.line_unknown", {"item": item})
        return
    zh, en = ITEMS[item]
    if item in rules.PERIODIC and period not in rules.MONTHS:
        yield Unmet("movein.period_wrong", {"item": zh, "item_en": en, "period": period or "—"})
    if whole(line, "amount") <= 0:
        yield Unmet("movein.line_amount_missing", {"item": zh, "item_en": en})


@shelf.guard(RATES, HOME)
def fees_by_schedule(d: Dossier) -> Iterator[Unmet]:
    """A sum that is not the schedule's (a broken month, a local rule) says how it was found. Silent until lines are given."""
    for line in rows(d, "lines"):
        item, amount = words(line, "item"), whole(line, "amount")
        due = _scheduled(d, item, words(line, "period"))
        if due is not None and amount > 0 and amount != due and not words(line, "basis"):
            zh, en = ITEMS[item]
            told = {"item": zh, "item_en": en, "due": shown(due), "amount": shown(amount)}
            yield Unmet("movein.basis_missing", told)


def _scheduled(d: Dossier, item: str, period: str) -> int | None:
    """The schedule's sum; None where it has none, or where the period is no period."""
    rate, home = next((r for r in d[RATES] if r.item == item), None), d.one(HOME)
    if rate is None or home is None or (item in rules.PERIODIC and period not in rules.MONTHS):
        return None
    return rules.scheduled(item, period, rate.rate_fen, home.area_cm2)


@shelf.effect(RATES, HOME)
def take_fees(d: Dossier) -> Iterator[Change]:
    """The receipt and its lines. Cheques and transfers count once they are confirmed."""
    given, method = d.answers.get("payer"), d.text("method")
    payer = given if isinstance(given, Mapping) else {}
    receipt = d.fresh("fee_receipt")
    row = {
        "id": receipt,
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "fen": d.number("amount"),
        "method": method,
        "source_of_funds": d.text("source_of_funds").strip(),
        "cheque_no": d.text("cheque_no").strip(),
        "cheque_fen": d.number("cheque_amount") if method == "cheque" else None,
        "reference": d.text("reference").strip(),
        "payer": words(payer, "name"),
        "payer_document_kind": words(payer, "document_kind") or "id_card",
        "payer_document": words(payer, "document"),
        "note": d.text("note").strip(),
        "collector_id": d.actor.id,
        "collector": d.actor.name,
        "paid_at": d.now,
        "cleared": method in rules.AT_ONCE,
        "void": False,
        "returned": False,
    }
    yield Add(fee_receipts, row, says=Say("movein.will_receive", {"amount": shown(d.number("amount") or 0)}))
    for no, line in enumerate(rows(d, "lines"), 1):
        yield Add(fee_lines, _line(d, receipt, no, line))


def _line(d: Dossier, receipt: int, no: int, line: Mapping[str, object]) -> dict[str, object]:
    item, period = words(line, "item"), words(line, "period")
    known = {"id": d.fresh(f"fee_line/{no}"), "case_id": d.case.id, "receipt_id": receipt, "no": no, "item": item}
    basis = words(line, "basis") or _formula(d, item, period)
    return {**known, "period": period if item in rules.PERIODIC else "", "fen": whole(line, "amount"), "basis": basis}


def _formula(d: Dossier, item: str, period: str) -> str:
    """How the schedule makes the sum, as the receipt prints it."""
    rate, home = next((r for r in d[RATES] if r.item == item), None), d.one(HOME)
    if rate is None or home is None:
        return ""
    area = f"{home.area_cm2 // 10_000}.{home.area_cm2 % 10_000 // 100:02d} ㎡ × " if item in rules.BY_AREA else ""
    months = f" × {rules.MONTHS[period]} 个月" if item in rules.PERIODIC else ""
    return f"{area}{shown(rate.rate_fen).removeprefix('¥')} 元{months}"


# ---- what is mandatory, what is left out
@shelf.guard()
def waivable(d: Dossier) -> Iterator[Unmet]:
    """Only the fitting-out deposit is left out here, with a reason (R-MVC-11); parking and statement have their own steps."""
    if d.text("item") != rules.FITTING_OUT:
        yield Unmet("movein.not_waivable", {"item": d.text("item")})


@shelf.effect()
def waive(d: Dossier) -> Iterator[Change]:
    """The client leaves it out."""
    yield waiver(d, d.text("item"))


@shelf.guard(FEE_RECEIPTS, FEE_LINES, WAIVERS, RATES, HANDOVER)
def fees_settled(d: Dossier, insist: bool) -> Iterator[Unmet]:
    """Mandatory fees are paid and confirmed; optional ones paid or left out on record. Where the law forbids to insist, only the
    maintenance fund is mandatory (domain-facts 6.1)."""
    for item in _mandatory(d) if insist else (rules.FUND,):
        yield from _paid(d, item)
    if insist and any(r.item == rules.FITTING_OUT for r in d[RATES]):
        left_out = any(w.item == rules.FITTING_OUT for w in d[WAIVERS])
        if not left_out and list(_paid(d, rules.FITTING_OUT)):
            yield _unmet("movein.fee_undecided", rules.FITTING_OUT)


def _mandatory(d: Dossier) -> tuple[str, ...]:
    taken = any(h.parking == "taken" for h in d[HANDOVER])
    return (*rules.MANDATORY, rules.PARKING) if taken else rules.MANDATORY


def _paid(d: Dossier, item: str) -> Iterator[Unmet]:
    standing = {r.id: r for r in d[FEE_RECEIPTS] if not (r.void or r.returned)}
    paid = [standing[line.receipt_id] for line in d[FEE_LINES] if line.item == item and line.receipt_id in standing]
    if not paid:
        yield _unmet("movein.fee_unpaid", item)
    elif not any(r.cleared for r in paid):
        yield _unmet("movein.fee_uncleared", item)


def _unmet(code: str, item: str) -> Unmet:
    zh, en = ITEMS[item]
    return Unmet(code, {"item": zh, "item_en": en})


@shelf.effect(FEE_RECEIPTS, FEE_LINES, HANDOVER)
def note_fees(d: Dossier) -> Iterator[Change]:
    """The fees are settled; where they were only offered, the record says so."""
    open_ = [ITEMS[item][0] for item in _mandatory(d) if list(_paid(d, item))]
    periods = {PERIODS[line.period] for line in d[FEE_LINES] if line.item == rules.MANAGEMENT}
    yield done(d, 7, f"已告知，未交：{'、'.join(open_)}" if open_ else "、".join(sorted(periods)))
