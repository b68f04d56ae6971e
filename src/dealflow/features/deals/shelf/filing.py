"""The filing of the contract: how a deal opens it and opens it again, and the steps of the filing case itself (C-28)."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Open, Put, Say, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import filings
from dealflow.features.deals.parts.filing import FILED_DEAL, FILING, FILING_CASE, Filing
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.kernel.errors import Unmet

OVER = frozenset({"cancelled"})
NOT_SUBMITTED = frozenset({"entered", "reviewed", "rejected"})
READY, REGISTERED = "first_paid", "registered"


# ---- what a deal asks of its filing
@shelf.fact(FILING_CASE, truth=True)
def filing_under_way(d: Dossier) -> bool:
    """The deal has a filing that was not cancelled: it goes on, and its contract stands."""
    return any(one.state not in OVER for one in d[FILING_CASE])


@shelf.fact(FILING_CASE, truth=True)
def filing_not_submitted(d: Dossier) -> bool:
    """The authority has nothing of it yet: a deal whose money falls short may still go back."""
    return all(one.state in NOT_SUBMITTED | OVER for one in d[FILING_CASE])


@shelf.guard(FILING_CASE)
def filing_registered(d: Dossier) -> Iterator[Unmet]:
    """The authority has registered the contract (R-CTR-09, R-CTR-17)."""
    if not any(one.state == REGISTERED for one in d[FILING_CASE]):
        yield Unmet("deals.filing_unregistered")


@shelf.effect(FILING_CASE, opens=(("filing", "open"),))
def open_filing(d: Dossier) -> Iterator[Change]:
    """A filing is opened; one that is under way goes on."""
    if not filing_under_way(d):
        yield Open("filing", "filing", "open", {"deal": d.case.id})


@shelf.effect(FILING_CASE, then=(("filing", "reopen"),))
def reopen_filing(d: Dossier) -> Iterator[Change]:
    """The filing begins again with its entry: what was filed is not so any more."""
    if filing_under_way(d):
        yield Then("filing", "reopen")


# ---- the filing's own steps
@shelf.relation(FILED_DEAL)
def filing_is_owner(d: Dossier) -> bool:
    """The client of the deal that is filed belongs to the one who acts."""
    deal = d.one(FILED_DEAL)
    return deal is not None and deal.owner_id == d.actor.id


@shelf.guard()
def filing_data_complete(d: Dossier) -> Iterator[Unmet]:
    """The number that the authority gave to the draft."""
    if not d.text("contract_number").strip():
        yield Unmet("deals.draft_number_missing")


@shelf.guard(FILING)
def filing_data_entered(d: Dossier) -> Iterator[Unmet]:
    """Somebody has entered the contract (R-CTR-01)."""
    if _noted(d).entered_by is None:
        yield Unmet("deals.filing_not_entered")


@shelf.guard(FILING)
def filing_other_person(d: Dossier) -> Iterator[Unmet]:
    """Nobody reviews what he entered himself."""
    if _noted(d).entered_by == d.actor.id:
        yield Unmet("deals.filing_same_person")


@shelf.guard(FILED_DEAL)
def filing_deal_ready(d: Dossier) -> Iterator[Unmet]:
    """The first instalment is there and whole: only then does the deal stand in that state."""
    deal = d.one(FILED_DEAL)
    if deal is None or deal.state != READY:
        yield Unmet("deals.filing_deal_unpaid")


@shelf.guard(FILED_DEAL)
def filing_deal_stamped(d: Dossier) -> Iterator[Unmet]:
    """The developer has stamped the contract that is to be registered (R-CTR-17)."""
    deal = d.one(FILED_DEAL)
    if deal is None or deal.state not in rules.STAMPED:
        yield Unmet("deals.filing_deal_unstamped")


@shelf.guard()
def filing_number_given(d: Dossier) -> Iterator[Unmet]:
    """The number that the authority gave."""
    if not d.text("number").strip():
        yield Unmet("deals.filing_number_missing")


@shelf.guard()
def filing_reason_given(d: Dossier) -> Iterator[Unmet]:
    """Why the authority sent it back."""
    if not d.text("reason").strip():
        yield Unmet("deals.filing_reason_missing")


@shelf.effect()
def filing_open(d: Dossier) -> Iterator[Change]:
    """The filing's row, nothing noted yet."""
    empty = dict.fromkeys(Filing.__struct_fields__)
    yield Add(filings, {**empty, "case_id": d.case.id, "deal_id": d.links["deal"]})


@shelf.effect(FILING)
def filing_enter(d: Dossier) -> Iterator[Change]:
    """The contract is entered, or entered right after the authority sent it back."""
    number = d.text("contract_number").strip()
    entered = {"contract_number": number, "entered_by": d.actor.id, "entered_at": d.now}
    yield _noting(d, Say("deals.will_enter_filing", {"number": number}), **entered, reviewed_by=None, reviewed_at=None)


@shelf.effect(FILING)
def filing_note_review(d: Dossier) -> Iterator[Change]:
    """Who reviewed it."""
    yield _noting(d, reviewed_by=d.actor.id, reviewed_at=d.now)


@shelf.effect(FILING)
def filing_note_number(d: Dossier) -> Iterator[Change]:
    """The authority's site shows it as filed, under this number."""
    number = d.text("number").strip()
    yield _noting(d, Say("deals.will_file", {"number": number}), filing_number=number, filed_at=d.now)


@shelf.effect(then=(("deal", "filing_done"),))
def filing_tells_deal(d: Dossier) -> Iterator[Change]:
    """The deal goes on; when it may not, the filing is refused with that reason."""
    yield Then("deal", "filing_done")


@shelf.effect(FILING)
def filing_note_registration(d: Dossier) -> Iterator[Change]:
    """The registration authority has it, under this number (R-CTR-17)."""
    number = d.text("number").strip()
    yield _noting(d, Say("deals.will_register", {"number": number}), registration_number=number, registered_at=d.now)


@shelf.effect(FILING)
def filing_begin_again(d: Dossier) -> Iterator[Change]:
    """What was entered, reviewed and filed no longer holds."""
    yield _noting(d, **{name: None for name in Filing.__struct_fields__ if name not in ("case_id", "deal_id")})


def _noted(d: Dossier) -> Filing:
    return d.one(FILING) or Filing(d.case.id, d.links["deal"])


def _noting(d: Dossier, says: Say | None = None, /, **values: object) -> Put:
    """The filing's row with these values, the others as they stood. Needs FILING."""
    stood = _noted(d)
    return Put(filings, {name: values.get(name, getattr(stood, name)) for name in Filing.__struct_fields__}, says)
