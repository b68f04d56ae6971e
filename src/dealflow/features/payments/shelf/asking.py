"""Guards about what the form of a payment says: payer, receipt, refund. They look at the answers only, never at the case."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, cast, get_args

from dealflow.casework.dossier import Dossier
from dealflow.features.payments.rules import METHODS
from dealflow.features.payments.shelf.board import local, payer, shelf, shown
from dealflow.features.payments.texts import DOCUMENTS
from dealflow.features.payments.texts import METHODS as METHOD_WORDS
from dealflow.kernel import identity, money
from dealflow.kernel.clock import PROJECT_ZONE, read_moment
from dealflow.kernel.errors import Invalid, Unmet

KNOWN_METHODS: Final = "、".join(METHOD_WORDS.values())


@shelf.guard()
def payer_identified(d: Dossier) -> Iterator[Unmet]:
    """The payer has a name and a document whose number is sound."""
    given = payer(d)
    kind, number = str(given.get("document_kind") or "id_card"), str(given.get("document") or "").strip()
    if not str(given.get("name") or "").strip():
        yield Unmet("payments.payer_missing")
    if kind not in get_args(identity.DocumentKind):
        yield Unmet("payments.payer_document_kind_unknown", {"kind": kind, "known": "、".join(DOCUMENTS)})
    elif not number:
        yield Unmet("payments.payer_document_missing")
    else:
        try:
            identity.document(cast(identity.DocumentKind, kind), number, d.now.astimezone(PROJECT_ZONE).date())
        except Invalid as error:
            yield Unmet("payments.payer_document_wrong", {"kind": kind, "document": DOCUMENTS[kind], "why": error.code})


@shelf.guard()
def amount_is(d: Dossier, fen: int) -> Iterator[Unmet]:
    """The amount is exactly this one (E-074)."""
    amount = d.number("amount")
    if amount != fen:
        yield Unmet("payments.amount_not", {"due": shown(fen), "amount": "—" if amount is None else shown(amount)})


@shelf.guard()
def receipt_complete(d: Dossier) -> Iterator[Unmet]:
    """Everything a receipt must state is there (R-DEP-06), for a cheque its number and amount too (R-DEP-07)."""
    amount = d.number("amount") or 0
    if "unit" not in d.links:
        yield Unmet("payments.unit_missing")
    if amount <= 0:
        yield Unmet("payments.amount_missing")
    if d.text("method") not in METHODS:
        yield Unmet("payments.method_missing", {"known": KNOWN_METHODS})
    if not d.text("source_of_funds").strip():
        yield Unmet("payments.source_missing")
    if amount > 0 and d.text("capitals").strip():
        yield from _capitals_agree(d.text("capitals").strip(), amount)
    if d.text("method") == "cheque":
        yield from _cheque_stated(d, amount)


def _capitals_agree(capitals: str, amount: int) -> Iterator[Unmet]:
    try:
        same = money.from_capitals(capitals) == amount
    except Invalid:
        same = False
    if not same:
        expected = money.capitals(money.Fen(amount))
        yield Unmet("payments.capitals_differ", {"amount": shown(amount), "capitals": capitals[:60], "expected": expected})


def _cheque_stated(d: Dossier, amount: int) -> Iterator[Unmet]:
    cheque = d.number("cheque_amount")
    if not d.text("cheque_no").strip():
        yield Unmet("payments.cheque_number_missing")
    if cheque is None:
        yield Unmet("payments.cheque_amount_missing")
    elif amount > 0 and cheque != amount:
        yield Unmet("payments.cheque_amount_differs", {"cheque": shown(cheque), "amount": shown(amount)})


@shelf.guard()
def new_due_given(d: Dossier) -> Iterator[Unmet]:
    """A new moment for the rest of the deposit, later than now (C-43)."""
    until = new_due(d)
    if until is None:
        yield Unmet("payments.due_missing")
    elif until <= d.now:
        yield Unmet("payments.due_past", {"until": local(until)})


def new_due(d: Dossier) -> datetime | None:
    """The moment given, as a value or as text in the project's time."""
    try:
        return read_moment(d.answers.get("until"))
    except ValueError:
        return None


@shelf.guard()
def refund_receiver_named(d: Dossier) -> Iterator[Unmet]:
    """Who received the money back, how, and for a transfer on which account."""
    if not d.text("received_by").strip():
        yield Unmet("payments.receiver_missing")
    if d.text("method") not in METHODS:
        yield Unmet("payments.refund_method_missing", {"known": KNOWN_METHODS})
    if d.text("method") == "transfer" and not d.text("account").strip():
        yield Unmet("payments.refund_account_missing")


@shelf.guard()
def reason_given(d: Dossier) -> Iterator[Unmet]:
    """Why the bank sent the money back."""
    if not d.text("reason").strip():
        yield Unmet("payments.reason_missing")
