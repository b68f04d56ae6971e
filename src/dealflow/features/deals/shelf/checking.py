"""Before the payment slip: originals and eligibility, the clauses explained one by one, objections and the developer's answer."""

from collections.abc import Iterator

from dealflow.casework.changes import Add, Change, Put, Say, Set
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.deals import contracts, objections
from dealflow.features.deals.parts.contract import CONTRACT, OBJECTIONS, PURCHASERS, Contract, Objection
from dealflow.features.deals.rules import contract as rules
from dealflow.features.deals.shelf.board import shelf
from dealflow.kernel.errors import Invalid, Unmet

CHANGED = Say("deals.changed_now")


# ---- identity and eligibility
@shelf.guard(PURCHASERS)
def buyers_on_record(d: Dossier) -> Iterator[Unmet]:
    """There are buyers whose originals can be seen, to whom the clauses can be explained."""
    if not d[PURCHASERS]:
        yield Unmet("deals.no_buyers")


@shelf.guard()
def originals_seen(d: Dossier) -> Iterator[Unmet]:
    """Every buyer's original was seen; a photocopy does not do (R-PAY-02, E-101)."""
    if d.answers.get("originals") is not True:
        yield Unmet("deals.originals_unseen")


@shelf.guard()
def eligibility_given(d: Dossier) -> Iterator[Unmet]:
    """Whether the buyers may buy is said, be it no (R-PAY-02)."""
    if d.text("eligibility") not in rules.ELIGIBILITY:
        yield Unmet("deals.eligibility_missing")


@shelf.guard(CONTRACT, PURCHASERS)
def identity_passed(d: Dossier) -> Iterator[Unmet]:
    """These very buyers were seen and may buy. A check made before the subscription counts (R-PAY-05, E-102)."""
    noted = d.one(CONTRACT)
    if noted is None or noted.identity_at is None:
        yield Unmet("deals.identity_unchecked")
    elif noted.identity_documents != documents_of(d):
        yield Unmet("deals.identity_of_others")
    elif noted.eligibility != "passed":
        yield Unmet("deals.not_eligible")


@shelf.effect(CONTRACT, PURCHASERS)
def note_identity(d: Dossier) -> Iterator[Change]:
    """What was seen, of whom, by whom and when."""
    zh, en = rules.ELIGIBILITY[d.text("eligibility")]
    yield noting(
        d,
        Say("deals.will_note_identity", {"result": zh, "result_en": en}),
        identity_documents=documents_of(d),
        eligibility=d.text("eligibility"),
        identity_note=d.text("note").strip(),
        identity_state=d.case.state,
        identity_by=d.actor.id,
        identity_at=d.now,
    )


# ---- clauses
@shelf.guard()
def clauses_all_explained(d: Dossier) -> Iterator[Unmet]:
    """All ten clauses are ticked (R-PAY-03, R-PAY-04)."""
    explained = rules.letters_of(d.answers.get("clauses"))
    missing = [letter for letter in rules.CLAUSES if letter not in explained]
    if missing:
        zh, en = rules.words_of(missing)
        yield Unmet("deals.clauses_missing", {"clauses": zh, "clauses_en": en})


@shelf.guard(CONTRACT)
def clauses_explained(d: Dossier) -> Iterator[Unmet]:
    """The clauses were explained, now or before the subscription (R-PAY-05)."""
    noted = d.one(CONTRACT)
    if noted is None or noted.clauses_at is None:
        yield Unmet("deals.clauses_unexplained")


@shelf.effect(CONTRACT)
def note_clauses(d: Dossier) -> Iterator[Change]:
    """That all clauses were explained, by whom and when."""
    yield noting(
        d,
        Say("deals.will_note_clauses"),
        clauses_note=d.text("note").strip(),
        clauses_state=d.case.state,
        clauses_by=d.actor.id,
        clauses_at=d.now,
    )


# ---- objections: raised, answered by the developer alone, withdrawn on the client's word (R-CTR-13, E-105)
@shelf.guard()
def objection_named(d: Dossier) -> Iterator[Unmet]:
    """Which clause, and what the client objects to."""
    if letter(d) not in rules.CLAUSES:
        yield Unmet("deals.objection_clause_missing", {"known": "A-J"})
    if not d.text("text").strip():
        yield Unmet("deals.objection_text_missing")


@shelf.guard(OBJECTIONS)
def objection_new(d: Dossier) -> Iterator[Unmet]:
    """One objection to a clause at a time."""
    if any(one.clause == letter(d) for one in open_objections(d)):
        yield Unmet("deals.objection_there", {"clause": letter(d)})


@shelf.guard(OBJECTIONS)
def objection_open(d: Dossier) -> Iterator[Unmet]:
    """There is an objection that is neither confirmed nor withdrawn; to the named clause, if one is named."""
    if not [one for one in open_objections(d) if letter(d) in ("", one.clause)]:
        yield Unmet("deals.objection_none")


@shelf.guard()
def answer_given(d: Dossier) -> Iterator[Unmet]:
    """The developer confirms the change of the clause or refuses it, in words (R-ROLE-11)."""
    if not isinstance(d.answers.get("confirmed"), bool):
        yield Unmet("deals.answer_missing")
    if not d.text("text").strip():
        yield Unmet("deals.answer_text_missing")


@shelf.guard(OBJECTIONS)
def no_open_objection(d: Dossier) -> Iterator[Unmet]:
    """No objection stands: each is confirmed by the developer or withdrawn by the client (R-PAY-06, R-CTR-13)."""
    for one in open_objections(d):
        code = "deals.objection_unanswered" if one.confirmed is None else "deals.objection_refused"
        zh, en = rules.words_of(one.clause)
        yield Unmet(code, {"clause": zh, "clause_en": en, "text": one.text[:60]})


@shelf.effect()
def raise_objection(d: Dossier) -> Iterator[Change]:
    """The client objects to a clause. Nobody changes the text: the developer is asked."""
    row = {
        "id": d.fresh("objection"),
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "clause": letter(d),
        "text": d.text("text").strip(),
        "raised_at": d.now,
        "confirmed": None,
        "answer": None,
        "answered_by": None,
        "answered_at": None,
        "withdrawn_at": None,
    }
    yield Add(objections, row, says=Say("deals.will_object", {"clause": letter(d)}))


@shelf.effect(OBJECTIONS)
def answer_objection(d: Dossier) -> Iterator[Change]:
    """The developer's word on it. Raises Invalid when several stand and none is named."""
    one, confirmed = _meant(d), d.answers.get("confirmed") is True
    answered = {"confirmed": confirmed, "answer": d.text("text").strip(), "answered_by": d.actor.id, "answered_at": d.now}
    says = Say("deals.will_confirm" if confirmed else "deals.will_refuse", {"clause": one.clause})
    yield Set(objections, {"id": one.id}, answered, {"withdrawn_at": None}, otherwise=CHANGED, says=says)


@shelf.effect(OBJECTIONS)
def withdraw_objection(d: Dossier) -> Iterator[Change]:
    """The client no longer objects. Raises Invalid when several stand and none is named."""
    one = _meant(d)
    says = Say("deals.will_withdraw", {"clause": one.clause})
    yield Set(objections, {"id": one.id}, {"withdrawn_at": d.now}, {"withdrawn_at": None}, otherwise=CHANGED, says=says)


# ---- shared
def noting(d: Dossier, says: Say | None = None, /, **values: object) -> Put:
    """The contract's row with these values, the others as they stood. Needs CONTRACT."""
    stood = d.one(CONTRACT) or Contract(d.case.id)
    return Put(contracts, {name: values.get(name, getattr(stood, name)) for name in Contract.__struct_fields__}, says)


def documents_of(d: Dossier) -> str:
    """The buyers' documents, one a line in contract order. Needs PURCHASERS."""
    return "\n".join(one.document for one in sorted(d[PURCHASERS], key=lambda p: p.position))


def letter(d: Dossier) -> str:
    """The clause that the form names."""
    return d.text("clause").strip().upper()


def open_objections(d: Dossier) -> list[Objection]:
    """Those raised and not answered, or refused, and not withdrawn. Needs OBJECTIONS."""
    standing = (one for one in d[OBJECTIONS] if one.withdrawn_at is None and one.confirmed is not True)
    return sorted(standing, key=lambda one: one.seq)


def _meant(d: Dossier) -> Objection:
    found = [one for one in open_objections(d) if letter(d) in ("", one.clause)]
    if len(found) != 1:
        raise Invalid("deals.clause_missing", field="clause")
    return found[0]
