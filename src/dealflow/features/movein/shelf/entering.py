"""Guards and effects of a handover's way in: invited, admitted with four papers, shown the developer's papers, price settled."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Done, Drop, Put, Say, Send
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.movein import handover_waivers, handovers
from dealflow.features.movein import rules
from dealflow.features.movein.parts.deal import CHARGES, HOME, PAID, SALE, Charge
from dealflow.features.movein.parts.handover import FEE_RECEIPTS, HANDOVER, WAIVERS
from dealflow.features.movein.shelf.board import done, local, moment_of, noted, shelf, shown
from dealflow.features.movein.texts import ENTRY, IDENTITIES, ITEMS, PAPERS, PROOFS
from dealflow.kernel.errors import Unmet

FOR_PRICE = frozenset({"price_deposit", "price", "prepayment"})  # accounts of the deal that count towards the price
SLIP = 1  # the charges up to the signed slip, the deposit included
SHOWN = {"certificate": "D-37", "manual": "D-38"}


# ---- the deal behind the handover
@shelf.guard(SALE, PAID, CHARGES)
def deal_whole(d: Dossier) -> Iterator[Unmet]:
    """The deal is at moving in, and nothing that was paid for its slip has bounced (lifecycle 5: else the handover waits)."""
    sale = d.one(SALE)
    if sale is None or sale.state != "move_in":
        yield Unmet("movein.deal_not_moving_in")
    due, paid = _slip(d), _paid(d)
    if paid < due:
        yield Unmet("movein.deal_short", {"due": shown(due), "paid": shown(paid)})


@shelf.guard(SALE, PAID)
def price_settled(d: Dossier) -> Iterator[Unmet]:
    """The whole price is in and confirmed; one yuan less stops here (R-MVC-04, E-126)."""
    sale = d.one(SALE)
    price, paid = (sale.price_fen or 0) if sale else 0, _paid(d)
    if sale is None or not price or paid < price:
        yield Unmet("movein.price_open", {"price": shown(price), "paid": shown(paid), "missing": shown(max(0, price - paid))})


def missing_price(d: Dossier) -> int:
    """What is still due of the price. Needs SALE and PAID."""
    sale = d.one(SALE)
    return max(0, ((sale.price_fen or 0) if sale else 0) - _paid(d))


def _paid(d: Dossier) -> int:
    """What is in for the price and confirmed by the bank."""
    return sum(p.fen for p in d[PAID] if p.account in FOR_PRICE)


def _slip(d: Dossier) -> int:
    charges: tuple[Charge, ...] = d[CHARGES]
    back = {c.reverses for c in charges}
    return sum(c.fen for c in charges if c.position <= SLIP and c.reverses is None and c.id not in back)


# ---- invited and admitted
@shelf.guard()
def entry_papers(d: Dossier) -> Iterator[Unmet]:
    """The four papers, all at once (R-MVC-02, E-124): receipts or invoices prove the payment alike (E-131)."""
    for name, (zh, en) in ENTRY.items():
        if not d.text(name).strip() or d.answers.get(name) is False:
            yield Unmet("movein.entry_paper_missing", {"paper": zh, "paper_en": en})
    for name, kinds in (("identity", rules.IDENTITIES), ("payment_proof", rules.PROOFS)):
        if (given := d.text(name).strip()) and given not in kinds:
            zh, en = ENTRY[name]
            yield Unmet("movein.entry_paper_unknown", {"paper": zh, "paper_en": en, "kind": given})


@shelf.fact(HANDOVER, truth=True)
def papers_on_record(d: Dossier) -> bool:
    """The client came with his four papers before: they stay on record when he is invited again."""
    return any(h.notice and h.identity and h.contract_duplicate and h.payment_proof for h in d[HANDOVER])


@shelf.effect()
def invite(d: Dossier) -> Iterator[Change]:
    """The handover as it begins: an appointment, and nothing on record yet."""
    slot, empty = moment_of(d, "slot"), ("identity", "payment_proof", "parking", "parking_space", "water", "electricity", "gas")
    said = Say("movein.will_invite", {"slot": local(slot) if slot else ""})
    row = {
        "id": d.case.id,
        "deal_id": d.links["deal"],
        "unit_id": d.links["unit"],
        "slot_at": slot,
        "slot_until": moment_of(d, "slot_until"),
        "place": d.text("place").strip(),
        "missed": 0,
        "notice": False,
        "contract_duplicate": False,
        "surveyed_cm2": None,
        "statement_shown": False,
        "covenant_offered": False,
        "receiver": "",
        "receiver_document_kind": "",
        "receiver_document": "",
        "keys_at": None,
        "keys_by": "",
    }
    yield Add(handovers, {**row, **dict.fromkeys(empty, "")}, says=said)


@shelf.effect(HANDOVER)
def invite_again(d: Dossier) -> Iterator[Change]:
    """Another appointment; what is on record stays."""
    place = d.text("place").strip() or d.chosen(HANDOVER).place
    yield noted(d, slot_at=moment_of(d, "slot"), slot_until=moment_of(d, "slot_until"), place=place)


@shelf.effect(HANDOVER)
def note_missed(d: Dossier) -> Iterator[Change]:
    """Nobody came."""
    yield noted(d, missed=d.chosen(HANDOVER).missed + 1)


@shelf.effect()
def admit(d: Dossier) -> Iterator[Change]:
    """The client is let in with his four papers."""
    identity, proof = d.text("identity").strip(), d.text("payment_proof").strip()
    yield noted(d, notice=True, identity=identity, contract_duplicate=True, payment_proof=proof)
    yield done(d, 1, f"{IDENTITIES[identity]}；{PROOFS[proof]}")


@shelf.effect(FEE_RECEIPTS)
def end(d: Dossier) -> Iterator[Change]:
    """The notice was withdrawn: fees that were paid go back, by the property team."""
    standing = [r for r in d[FEE_RECEIPTS] if not (r.void or r.returned)]
    if standing:
        yield Send("give_fees_back", "property_team", {"amount": sum(r.fen for r in standing)})


# ---- the developer's papers and the area
@shelf.guard()
def papers_shown(d: Dossier) -> Iterator[Unmet]:
    """Certificate and manual are shown; the acceptance statement too, or left out with a reason (R-MVC-03, R-MVC-11)."""
    for name, kind in SHOWN.items():
        if d.answers.get(name) is not True:
            zh, en = PAPERS[kind]
            yield Unmet("movein.papers_unshown", {"paper": zh, "paper_en": en})
    if d.answers.get("statement") is not True and not d.text("reason").strip():
        yield Unmet("movein.statement_unshown")
    surveyed = d.number("surveyed_cm2")
    if surveyed is not None and surveyed <= 0:
        yield Unmet("movein.survey_wrong")


@shelf.effect(SALE, HOME, WAIVERS)
def show_papers(d: Dossier) -> Iterator[Change]:
    """What was shown; and, when the survey differs from the contract, what finance has to settle for it (domain-facts 2.12)."""
    seen, surveyed = d.answers.get("statement") is True, d.number("surveyed_cm2")
    yield noted(d, statement_shown=seen, **({} if surveyed is None else {"surveyed_cm2": surveyed}))
    yield done(d, 2, "" if seen else f"放弃验收项目说明书：{d.text('reason').strip()}")
    if not seen:
        yield waiver(d, rules.STATEMENT)
    elif any(w.item == rules.STATEMENT for w in d[WAIVERS]):
        yield Drop(handover_waivers, {"case_id": d.case.id, "item": rules.STATEMENT})
    if found := area_difference(d, surveyed):
        yield Done("area_difference")
        if found.fen or found.may_rescind:
            yield Send("area_difference", "finance", {"amount": found.fen, "may_rescind": found.may_rescind})


def area_difference(d: Dossier, surveyed: int | None) -> rules.Difference | None:
    """What the area error costs by the contract's unit price. Needs SALE and HOME."""
    sale, home = d.one(SALE), d.one(HOME)
    if surveyed is None or home is None or sale is None or not sale.price_fen:
        return None
    return rules.area_difference(home.area_cm2, surveyed, rules.metre_price(sale.price_fen, home.area_cm2))


def waiver(d: Dossier, item: str) -> Put:
    """Something optional is left out, with its reason, never silently (R-MVC-11)."""
    zh, en = ITEMS[item]
    row = {"case_id": d.case.id, "item": item, "reason": d.text("reason").strip(), "by_name": d.actor.name, "at": d.now}
    return Put(handover_waivers, row, says=Say("movein.will_waive", {"item": zh, "item_en": en}))


@shelf.effect()
def note_price(d: Dossier) -> Iterator[Change]:
    """The ledger shows the whole price."""
    yield done(d, 3)
