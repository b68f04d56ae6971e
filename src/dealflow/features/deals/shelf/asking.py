"""What the forms before a signature ask for: appointment, stored file, dates, waiver, the agent and his power of attorney."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast, get_args

from dealflow.casework.dossier import Dossier
from dealflow.features.deals.parts.contract import PURCHASERS, STORED
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.kernel import identity
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Invalid, Unmet


@shelf.guard()
def appointment_given(d: Dossier) -> Iterator[Unmet]:
    """When and where the contract will be signed."""
    at = rules.moment(d.answers.get("at"))
    if at is None:
        yield Unmet("deals.appointment_missing")
    elif at <= d.now:
        yield Unmet("deals.appointment_past", {"at": local(at)})
    if not d.text("place").strip():
        yield Unmet("deals.place_missing")


@shelf.guard()
def file_given(d: Dossier) -> Iterator[Unmet]:
    """A file is named."""
    if not d.text("file").strip():
        yield Unmet("deals.file_missing")


@shelf.guard(STORED)
def file_stored(d: Dossier) -> Iterator[Unmet]:
    """The file that is named has been stored. Silent until one is named."""
    if d.text("file").strip() and d.one(STORED) is None:
        yield Unmet("deals.file_unknown")


@shelf.guard()
def dates_given(d: Dossier) -> Iterator[Unmet]:
    """The date of signing that stands in the contract (R-CTR-05)."""
    if rules.day(d.answers.get("signed_on")) is None:
        yield Unmet("deals.date_missing")


@shelf.guard()
def waivable_named(d: Dossier) -> Iterator[Unmet]:
    """What is waived is one of the things that may be."""
    if d.text("what") not in rules.WAIVABLE:
        names = rules.WAIVABLE.values()
        yield Unmet(
            "deals.not_waivable", {"known": "、".join(zh for zh, _ in names), "known_en": ", ".join(en for _, en in names)}
        )


@shelf.guard()
def power_notarised(d: Dossier) -> Iterator[Unmet]:
    """A buyer's agent shows a power that a notary has certified, and its original (R-CTR-15, E-109)."""
    if d.answers.get("notarised") is not True or not d.text("certificate").strip() or not d.text("notary").strip():
        yield Unmet("deals.power_unnotarised")
    if d.answers.get("original") is not True:
        yield Unmet("deals.power_copy")
    if not d.text("scope").strip():
        yield Unmet("deals.power_scope_missing")
    if d.text("until").strip() and ((until := rules.day(d.answers.get("until"))) is None or until < _today(d)):
        yield Unmet("deals.power_over")


@shelf.guard()
def agent_identified(d: Dossier) -> Iterator[Unmet]:
    """The agent has a name and a document whose number is sound."""
    if not d.text("agent").strip():
        yield Unmet("deals.agent_unnamed")
    try:
        agent_document(d)
    except Invalid:
        yield Unmet("deals.agent_document_wrong")


@shelf.guard(PURCHASERS)
def power_of_a_buyer(d: Dossier) -> Iterator[Unmet]:
    """The power is given by a buyer. Silent until the form names his place."""
    position = d.number("signer")
    if position is not None and position not in {p.position for p in d[PURCHASERS]}:
        yield Unmet("deals.power_of_nobody", {"position": position, "buyers": len(d[PURCHASERS])})


def agent_document(d: Dossier) -> tuple[str, str]:
    """Kind and number of the agent's document in its one spelling. Raises Invalid."""
    kind = d.text("agent_document_kind") or "id_card"
    if kind not in get_args(identity.DocumentKind):
        raise Invalid("identity.document_kind", field="agent_document_kind")
    return kind, identity.document(cast(identity.DocumentKind, kind), d.text("agent_document"), _today(d))


def _today(d: Dossier) -> date:
    return d.now.astimezone(PROJECT_ZONE).date()


def local(at: datetime) -> str:
    return f"{at.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}"
