"""What a deal's ledger lacks of what its state must show (lifecycle 5), and the task that tells finance and manager so."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from dealflow.casework.changes import Change, Done, Send
from dealflow.casework.dossier import Dossier
from dealflow.casework.parts import Part
from dealflow.features.payments import rules
from dealflow.features.payments.parts import AGREED, CHARGES, DEAL_CASE, FILING_CASE, STANDING
from dealflow.features.payments.rules import DEPOSITS, FOR_PRICE, Money, charging
from dealflow.features.payments.shelf.board import agreed, charges_of, deal_of, money_of, shown, state_of

SHORT: Final = "deal_short"  # the task's topic
LOOKS: Final[tuple[Part[Any], ...]] = (STANDING, CHARGES, AGREED, DEAL_CASE)
MARKS: Final = (*LOOKS, FILING_CASE)
BEFORE_SUBMISSION: Final = frozenset({"entered", "reviewed", "rejected"})  # the filing then lets the deal go back (row 15b)


def lacking(d: Dossier, lines: Iterable[Money] = ()) -> int:
    """What is missing now, or once the lines are posted; nothing when the deal is whole."""
    state, deal = state_of(d), deal_of(d)
    bases = DEPOSITS if state == "subscribed" else FOR_PRICE
    there = rules.posted(money_of(d), lines)
    have = rules.confirmed(m for m in there if m.case == deal and m.base in bases)
    return rules.missing(charging.must_show(state, agreed(d) or 0, charges_of(d)), have)


def marks(d: Dossier, lines: Iterable[Money]) -> Iterator[Change]:
    """A task for finance and manager when these lines leave the deal short; it is settled when they make it whole."""
    lines = tuple(lines)
    if not charging.must_show(d.case.state, agreed(d) or 0, charges_of(d)):
        return
    missing = lacking(d, lines)
    if not missing:
        yield Done(SHORT)
    elif not lacking(d) and not _goes_back(d):
        for role in ("finance", "sales_manager"):
            yield Send(SHORT, role, {"missing": shown(missing)})


def _goes_back(d: Dossier) -> bool:
    """The ledger moves the deal back to the slip instead (row 15b)."""
    return d.case.state == "first_paid" and any(f.state in BEFORE_SUBMISSION for f in d[FILING_CASE])
