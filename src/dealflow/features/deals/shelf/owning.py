"""Whose client he is: registration, ownership, loss and return. Guards, relations and effects of the lead."""

from collections.abc import Iterator
from datetime import datetime

from dealflow.casework.changes import Add, Change, Say, Set
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import deals, ownership
from dealflow.features.clients.parts import CLIENT_BY_PHONE, client_id
from dealflow.features.deals import rules
from dealflow.features.deals.parts import CONFIRMING, DEAL, NAMED, OTHER_DEALS, SUBSTITUTES, Named, OtherDeal
from dealflow.features.deals.shelf.board import shelf
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Invalid, Unmet

TAKEN = Say("deals.client_taken_now")
CHANGED = Say("deals.changed_now")


# ---- guards
@shelf.guard(OTHER_DEALS)
def client_unclaimed(d: Dossier) -> Iterator[Unmet]:
    """No valid confirmation stands on this client: no open deal without a deposit, no lost one of another still valid (E-047).

    Names the owner and nothing else (R-FUP-14). A deal with a deposit does not hinder a new one."""
    receiver = d.number("received_by")
    for other in d[OTHER_DEALS]:
        if other.open and other.owner_id == receiver:
            yield Unmet("deals.own_open_deal", {"deal": other.id})
        elif other.owner_id not in (None, receiver) and (other.open or _lost_but_valid(other, d.now)):
            yield Unmet("deals.claimed_by_another", {"owner": other.owner_name or ""})


@shelf.guard(OTHER_DEALS, DEAL)
def client_not_with_another(d: Dossier) -> Iterator[Unmet]:
    """Nobody has registered the client anew since the deal was lost (R-OWN-04)."""
    deal = d.one(DEAL)
    for other in d[OTHER_DEALS]:
        if other.open and deal and other.owner_id != deal.owner_id:
            yield Unmet("deals.client_with_another", {"owner": other.owner_name or ""})
        elif other.open:
            yield Unmet("deals.client_has_open_deal", {"deal": other.id})


@shelf.guard(DEAL)
def confirmation_valid(d: Dossier) -> Iterator[Unmet]:
    """The seven days are not over: the due moment itself is still in time (R-OWN-02, C-08)."""
    due = min((c.due_at for name in CONFIRMING if (c := d.clocks.get(name)) and c.open), default=None)
    if due is None or d.now > due:
        yield Unmet("deals.confirmation_over", {"due": f"{due.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}" if due else "—"})


@shelf.guard()
def reason_given(d: Dossier) -> Iterator[Unmet]:
    """The step says why."""
    if not d.text("reason").strip():
        yield Unmet("deals.reason_missing")


@shelf.guard()
def channel_known(d: Dossier) -> Iterator[Unmet]:
    """The salesperson found out how the client heard of the project (R-FDT-05)."""
    if not d.text("channel").strip():
        yield Unmet("deals.channel_missing")


@shelf.guard()
def lost_reason_listed(d: Dossier) -> Iterator[Unmet]:
    """The true reason, from the list; "other" in words (R-OBJ-01)."""
    reason = d.text("reason")
    if reason not in rules.LOST_REASONS:
        known = rules.LOST_REASONS.values()
        yield Unmet(
            "deals.lost_reason_unlisted",
            {"known": "、".join(zh for zh, _ in known), "known_en": ", ".join(en for _, en in known)},
        )
    elif reason == "other" and not d.text("text").strip():
        yield Unmet("deals.lost_reason_untold")


@shelf.guard(DEAL, NAMED)
def new_owner_valid(d: Dossier) -> Iterator[Unmet]:
    """The new owner is an active salesperson and not the present owner (R-OWN-22). Silent until the form names one."""
    wanted, deal = d.number("owner"), d.one(DEAL)
    if wanted is None:
        return
    named = _named(d, wanted)
    if named is None:
        yield Unmet("deals.new_owner_unknown")
    elif not (named.active and named.sells):
        yield Unmet("deals.new_owner_unfit", {"owner": named.name})
    elif deal and deal.owner_id == wanted:
        yield Unmet("deals.new_owner_same", {"owner": named.name})


# ---- relations and truths
@shelf.relation(DEAL)
def is_owner(d: Dossier) -> bool:
    """The client belongs to the one who acts (R-OWN-01)."""
    deal = d.one(DEAL)
    return deal is not None and deal.owner_id is not None and deal.owner_id == d.actor.id


@shelf.relation(SUBSTITUTES)
def is_substitute(d: Dossier) -> bool:
    """The sales manager lets him stand in for the owner, for this deal or for all of the owner's (C-41)."""
    return any(s.person_id == d.actor.id and s.since <= d.now and (s.until is None or d.now < s.until) for s in d[SUBSTITUTES])


@shelf.relation(policy=("subscription.signer",))
def may_sign_last(d: Dossier) -> bool:
    """The sales manager; the acting manager named for a period where the project allows it (R-SUB-04, C-65)."""
    acting = d.policy["subscription.signer"] == "acting_manager" and "acting_manager" in d.actor.grants
    return "sales_manager" in d.actor.roles or acting


@shelf.fact(DEAL, truth=True)
def first_visit_of_a_caller(d: Dossier) -> bool:
    """The client was registered by phone and has not been here yet (R-OWN-11)."""
    deal = d.one(DEAL)
    return deal is not None and not deal.visited


# ---- effects
@shelf.effect(CLIENT_BY_PHONE, OTHER_DEALS, NAMED)
def open_lead(d: Dossier) -> Iterator[Change]:
    """The client belongs to the one who receives him, from the time of the register on (R-OWN-05)."""
    owner = d.number("received_by")
    former = [other for other in d[OTHER_DEALS] if not other.open]
    row = {
        "id": d.case.id,
        "project_id": d.project.id,
        "client_id": client_id(d),
        "owner_id": owner,
        "confirmed_at": d.now,
        "visited": d.answers.get("register") != "phone",
        "open": True,
        "channel": d.text("channel"),
        "earlier_deal": max(former, key=lambda o: o.confirmed_at).id if former else None,
    }
    named = _named(d, owner)
    yield Add(deals, row, otherwise=TAKEN, says=Say("deals.will_open", {"owner": named.name if named else ""}))
    yield _record(d, None, owner, "登记", "R-OWN-01")


@shelf.effect(DEAL)
def note_visit(d: Dossier) -> Iterator[Change]:
    """He has been here."""
    deal = d.one(DEAL)
    if deal and not deal.visited:
        yield Set(deals, {"id": d.case.id}, {"visited": True})


@shelf.effect(DEAL)
def note_channel(d: Dossier) -> Iterator[Change]:
    """How he heard of the project, as the salesperson found out."""
    deal, channel = d.one(DEAL), d.text("channel").strip()
    if deal and channel and channel != deal.channel:
        yield Set(deals, {"id": d.case.id}, {"channel": channel})


@shelf.effect(DEAL)
def end_lead(d: Dossier) -> Iterator[Change]:
    """The confirmation ends: the client belongs to nobody any more, and whoever registers him next has him (R-OWN-04)."""
    deal = d.one(DEAL)
    yield Set(deals, {"id": d.case.id}, {"owner_id": None, "open": False}, otherwise=CHANGED, says=Say("deals.will_end"))
    reason, rule = _why_ended(d, visited=deal is not None and deal.visited)
    yield _record(d, deal.owner_id if deal else None, None, reason, rule)


@shelf.effect()
def lose(d: Dossier) -> Iterator[Change]:
    """He does not buy; the owner stays, and may reopen while the confirmation is valid (R-OBJ-02)."""
    reason = d.text("reason")
    zh, en = rules.LOST_REASONS[reason]
    values = {"open": False, "lost_reason": reason, "lost_text": d.text("text").strip() or None}
    yield Set(deals, {"id": d.case.id}, values, otherwise=CHANGED, says=Say("deals.will_lose", {"reason": zh, "reason_en": en}))


@shelf.effect()
def reopen(d: Dossier) -> Iterator[Change]:
    """He is looked after again."""
    yield Set(deals, {"id": d.case.id}, {"open": True, "lost_reason": None, "lost_text": None}, otherwise=TAKEN)


@shelf.effect(DEAL, NAMED)
def change_owner(d: Dossier) -> Iterator[Change]:
    """Another salesperson has the client from now on; from, to, reason, rule, decider and time are kept (R-OWN-22).

    Raises Invalid when no new owner is named: the guard is silent then, so that the form can be opened."""
    deal, wanted = d.chosen(DEAL), d.number("owner")
    named = _named(d, wanted)
    if wanted is None or named is None:
        raise Invalid("deals.owner_missing", field="owner")
    told = {"from_": deal.owner_name or "—", "to": named.name}
    expecting = {"owner_id": deal.owner_id}
    yield Set(
        deals, {"id": d.case.id}, {"owner_id": wanted}, expecting, otherwise=CHANGED, says=Say("deals.will_change_owner", told)
    )
    yield _record(d, deal.owner_id, wanted, d.text("reason").strip(), "R-OWN-14")


def _lost_but_valid(other: OtherDeal, now: datetime) -> bool:
    return other.state == "lost" and other.due_at is not None and now <= other.due_at


def _why_ended(d: Dossier, *, visited: bool) -> tuple[str, str]:
    if "clock" not in d.actor.roles:
        return d.text("reason").strip(), "R-REG-03"
    return ("超过七日未跟进", "R-OWN-02") if visited or not _due(d, "void") else ("来电后七日内未到访", "R-OWN-11")


def _due(d: Dossier, clock: str) -> bool:
    stands = d.clocks.get(clock)
    return stands is not None and stands.due_at <= d.now


def _named(d: Dossier, person: int | None) -> Named | None:
    return next((n for n in d[NAMED] if n.id == person), None)


def _record(d: Dossier, from_id: int | None, to_id: int | None, reason: str, rule: str) -> Add:
    row = {
        "id": d.fresh("ownership"),
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "from_id": from_id,
        "to_id": to_id,
        "reason": reason,
        "rule": rule,
        "decided_by": d.actor.id,
        "at": d.now,
    }
    return Add(ownership, row)
