"""What was agreed with the client: unit, price, plan, buyers, deposit; and the deal after the deposit and the agreement."""

from collections.abc import Iterator, Mapping
from datetime import date

from dealflow.casework.changes import Change, Drop, Link, Put, Say, Send, Set
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import buyers, deals, plan_lines
from dealflow.features.deals import rules
from dealflow.features.deals.parts import BUYERS, DEAL, OTHER_DEALS, PLAN
from dealflow.features.deals.shelf.board import shelf
from dealflow.features.deals.texts import WHY
from dealflow.features.units.parts import UNIT
from dealflow.kernel import identity, money
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet
from dealflow.kernel.money import Fen

CHANGED = Say("deals.changed_now")
SUMS = ("price", "limit", "sum", "difference", "loan", "deposit")


# ---- guards
@shelf.guard(DEAL, BUYERS, PLAN)
def sale_prepared(d: Dossier) -> Iterator[Unmet]:
    """The sale is written down whole: each missing thing is told by itself (row 32)."""
    deal = d.one(DEAL)
    if deal is None or deal.unit_id is None:
        yield Unmet("deals.no_unit")
    elif deal.unit_id != d.links.get("unit"):
        yield Unmet("deals.prepared_for_other_unit")
    if deal is None or deal.price_fen is None:
        yield Unmet("deals.no_price")
    if deal is None or deal.plan is None or not d[PLAN]:
        yield Unmet("deals.no_plan")
    if not d[BUYERS]:
        yield Unmet("deals.no_buyers")
    if deal is None or deal.agreed_deposit_fen is None:
        yield Unmet("deals.no_deposit")


@shelf.guard(UNIT)
def price_allowed(d: Dossier) -> Iterator[Unmet]:
    """The price lies between the unit's lowest and its list price. Silent until the form gives unit and price."""
    price, unit = d.number("price"), d.one(UNIT)
    if price is None or "unit" not in d.links:
        return
    if unit is None or unit.project_id != d.project.id:
        yield Unmet("deals.unit_unknown")
    elif price < unit.lowest_fen:
        yield _sums("deals.price_below", {"price": price, "limit": unit.lowest_fen})
    elif price > unit.list_fen:
        yield _sums("deals.price_above", {"price": price, "limit": unit.list_fen})


@shelf.guard()
def plan_adds_up(d: Dossier) -> Iterator[Unmet]:
    """The plan is known and its lines sum to the price, to the fen (R-SUB-02)."""
    plan, price, loan = d.text("plan"), d.number("price"), d.number("loan")
    if plan not in rules.PLANS:
        known = {"known": "、".join(rules.PLANS.values()), "known_en": ", ".join(rules.PLANS_EN.values())}
        yield Unmet("deals.plan_unknown", known)
    if price is None:
        return
    lines = rules.lines_of(d.answers.get("lines"), price, loan)
    for code, evidence in rules.plan_faults(plan, lines, price, loan):
        yield _sums(code, evidence)


@shelf.guard()
def buyers_named(d: Dossier) -> Iterator[Unmet]:
    """Every buyer has a name, a valid document and phone, is of age; several have shares that make a whole."""
    for code, evidence in rules.buyers_faults(rules.buyers_of(d.answers.get("buyers")), _today(d)):
        reason, reason_en = WHY.get(str(evidence.get("why")), WHY[""])
        yield Unmet(code, {**evidence, "reason": reason, "reason_en": reason_en} if "why" in evidence else evidence)


@shelf.guard()
def deposit_at_least(d: Dossier, least: int) -> Iterator[Unmet]:
    """The agreed deposit reaches the project's floor; it has no ceiling (R-DEP-01, E-083)."""
    agreed = d.number("deposit") or 0
    if agreed < least:
        yield _sums("deals.deposit_too_low", {"deposit": agreed, "limit": least})


@shelf.guard()
def no_free_clause(d: Dossier) -> Iterator[Unmet]:
    """Nothing is promised beyond the form (R-SUB-03, E-097)."""
    clause = d.text("extra_clause").strip()
    if clause:
        yield Unmet("deals.free_clause", {"clause": clause[:80]})


# ---- effects
@shelf.effect(BUYERS, PLAN)
def prepare(d: Dossier) -> Iterator[Change]:
    """Unit, price, plan, buyers and deposit as agreed now take the place of what was agreed before."""
    unit, price, loan = d.links["unit"], d.number("price") or 0, d.number("loan")
    named = rules.buyers_of(d.answers.get("buyers"))
    values = {
        "unit_id": unit,
        "price_fen": price,
        "plan": d.text("plan"),
        "agreed_deposit_fen": d.number("deposit"),
        "loan_fen": loan,
        "loan_months": d.number("loan_months"),
        "bank": d.text("bank") or None,
    }
    told = {
        "price_yuan": money.yuan(Fen(price)),
        "deposit_yuan": money.yuan(Fen(d.number("deposit") or 0)),
        "plan": rules.PLANS[d.text("plan")],
        "plan_en": rules.PLANS_EN[d.text("plan")],
        "buyers": len(named),
    }
    yield Set(deals, {"id": d.case.id}, values, otherwise=CHANGED, says=Say("deals.will_prepare", told))
    yield from _buyers(d, named)
    yield from _lines(d, rules.lines_of(d.answers.get("lines"), price, loan))
    yield Link("unit", unit)


@shelf.effect(DEAL)
def deposit_taken(d: Dossier) -> Iterator[Change]:
    """The first deposit receipt: the client may begin another deal; the commission right begins (R-DEP-11, R-COM-01, C-60)."""
    deal = d.chosen(DEAL)
    values = {"open": False, "commission_since": deal.commission_since or d.now}
    earns = Say("deals.will_earn", {"owner": deal.owner_name or ""})
    yield Set(deals, {"id": d.case.id}, values, otherwise=CHANGED, says=earns)


@shelf.effect(OTHER_DEALS)
def lead_again(d: Dossier) -> Iterator[Change]:
    """The deposit is not there after all: a lead again, without commission right, open unless the client has another by now."""
    another = any(other.open for other in d[OTHER_DEALS])
    yield Set(deals, {"id": d.case.id}, {"open": not another, "commission_since": None}, otherwise=CHANGED)


@shelf.effect()
def subscribe(d: Dossier) -> Iterator[Change]:
    """The agreement is effective from now on (R-SUB-04)."""
    yield Set(deals, {"id": d.case.id}, {"subscribed_at": d.now}, otherwise=CHANGED)


@shelf.effect(DEAL)
def agreement_voided(d: Dossier) -> Iterator[Change]:
    """The agreement is no longer effective; places filled in wrongly are counted, and the manager is told (R-SUB-07, E-098)."""
    deal, places = d.chosen(DEAL), d.number("places") or 0
    counted = (deal.agreement_void_places or 0) + places
    yield Set(deals, {"id": d.case.id}, {"subscribed_at": None, "agreement_void_places": counted}, otherwise=CHANGED)
    if places:
        yield Send("agreement_error_fine", "sales_manager", {"places": places, "owner": deal.owner_id})


def _buyers(d: Dossier, named: tuple[rules.Buyer, ...]) -> Iterator[Change]:
    """Rows by position, so that each is written once; positions that are no longer there are dropped."""
    for buyer in named:
        row = {
            "case_id": d.case.id,
            "position": buyer.position,
            "kind": buyer.kind,
            "name": buyer.name,
            "document_kind": buyer.document_kind,
            "document": rules.normal_document(buyer, _today(d)),
            "phone": identity.phone(buyer.phone),
            "address": buyer.address,
            "share_ppm": buyer.share if len(named) > 1 else rules.WHOLE,
        }
        yield Put(buyers, row)
    for former in d[BUYERS]:
        if former.position > len(named):
            yield Drop(buyers, {"case_id": d.case.id, "position": former.position})


def _lines(d: Dossier, lines: tuple[rules.Line, ...]) -> Iterator[Change]:
    for position, line in enumerate(lines, start=1):
        row = {"case_id": d.case.id, "position": position, "label": line.label, "amount_fen": line.amount}
        yield Put(plan_lines, {**row, "due_on": line.due_on, "by_loan": line.by_loan})
    for former in d[PLAN]:
        if former.position > len(lines):
            yield Drop(plan_lines, {"case_id": d.case.id, "position": former.position})


def _sums(code: str, evidence: Mapping[str, object]) -> Unmet:
    """An unmet need whose sums can also be read in yuan."""
    shown = {f"{name}_yuan": money.yuan(Fen(value)) for name in SUMS if isinstance(value := evidence.get(name), int)}
    return Unmet(code, {**evidence, **shown})


def _today(d: Dossier) -> date:
    return d.now.astimezone(PROJECT_ZONE).date()
