"""Guards and effects of the inspection, which runs beside the steps, and of the keys, which come last (R-MVC-09, R-MVC-10)."""

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from dealflow.casework.changes import Add, Change, Say, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.movein import handed_keys, inspection_items, inspections
from dealflow.features.movein import rules
from dealflow.features.movein.parts.deal import HOME
from dealflow.features.movein.parts.handover import INSPECTIONS, Inspection
from dealflow.features.movein.shelf.board import done, noted, rows, shelf, today, whole, words
from dealflow.features.movein.texts import RESULTS
from dealflow.kernel import identity
from dealflow.kernel.errors import Invalid, Unmet

REFUSED = "refused"


# ---- the inspection
@shelf.fact(truth=True)
def refused(d: Dossier) -> bool:
    """The client refuses the home as it is."""
    return d.text("result") == REFUSED


@shelf.guard()
def inspection_told(d: Dossier) -> Iterator[Unmet]:
    """A result, item by item, that fits what was found; a refusal says why."""
    result, items = d.text("result"), rows(d, "items")
    if result not in rules.RESULTS:
        yield Unmet("movein.result_unknown")
    if not items or not all(words(i, "part") and words(i, "item") and isinstance(i.get("passed"), bool) for i in items):
        yield Unmet("movein.items_missing")
    failed = sum(1 for i in items if i.get("passed") is False)
    if (result == "accepted" and failed) or (result == "accepted_with_list" and items and not failed):
        yield Unmet("movein.items_contradict", {"failed": failed, "result": RESULTS[result]})
    if result == REFUSED and not d.text("reason").strip():
        yield Unmet("movein.refusal_unreasoned")


@shelf.guard(INSPECTIONS)
def inspection_accepted(d: Dossier) -> Iterator[Unmet]:
    """The last inspection accepted the home, with a repair list or without; a refused one is inspected anew."""
    last = newest(d)
    if last is None:
        yield Unmet("movein.uninspected")
    elif last.result not in rules.ACCEPTED:
        yield Unmet("movein.not_accepted", {"result": RESULTS[last.result]})


def newest(d: Dossier) -> Inspection | None:
    """The last inspection. Needs INSPECTIONS."""
    return max(d[INSPECTIONS], key=lambda i: i.seq, default=None)


@shelf.effect()
def inspect(d: Dossier) -> Iterator[Change]:
    """The inspection with every item; former ones stay readable."""
    own = d.fresh("inspection")
    row = {"id": own, "case_id": d.case.id, "seq": d.case.seq + 1, "result": d.text("result")}
    yield Add(inspections, {**row, "reason": d.text("reason").strip(), "by_name": d.actor.name, "at": d.now})
    for no, item in enumerate(rows(d, "items"), 1):
        seen = {"part": words(item, "part"), "item": words(item, "item"), "passed": item.get("passed") is True}
        yield Add(inspection_items, {"inspection_id": own, "no": no, "case_id": d.case.id, **seen, "note": words(item, "note")})


# ---- the keys
@shelf.guard()
def keys_counted(d: Dossier) -> Iterator[Unmet]:
    """Keys and cards by kind, each counted."""
    keys = rows(d, "keys")
    if not keys or not all(words(k, "name") and whole(k, "count") > 0 for k in keys):
        yield Unmet("movein.keys_missing")


@shelf.guard()
def meters_read(d: Dossier) -> Iterator[Unmet]:
    """What the water and electricity meters show; gas where there is a meter."""
    if not (d.text("water").strip() and d.text("electricity").strip()):
        yield Unmet("movein.meters_missing")


@shelf.guard()
def receiver_identified(d: Dossier) -> Iterator[Unmet]:
    """Who receives the keys has a name and a document whose number is sound."""
    given = _receiver(d)
    kind, number = words(given, "document_kind") or "id_card", words(given, "document")
    if not words(given, "name") or not number or kind not in get_args(identity.DocumentKind):
        yield Unmet("movein.receiver_missing")
        return
    try:
        identity.document(cast(identity.DocumentKind, kind), number, today(d))
    except Invalid as error:
        yield Unmet("movein.receiver_document_wrong", {"why": error.code})


@shelf.effect(HOME, then=(("deal", "keys_handed"),))
def hand_over_keys(d: Dossier) -> Iterator[Change]:
    """The home is the client's: keys, meters, receiver on record; the deal goes on to after-sales."""
    given = _receiver(d)
    meters = {name: d.text(name).strip() for name in ("water", "electricity", "gas")}
    receiver = {
        "receiver": words(given, "name"),
        "receiver_document_kind": words(given, "document_kind") or "id_card",
        "receiver_document": words(given, "document"),
    }
    yield noted(d, **meters, **receiver, keys_at=d.now, keys_by=d.actor.name)
    home = d.one(HOME)
    for no, k in enumerate(rows(d, "keys"), 1):
        said = Say("movein.will_hand_over", {"unit": home.code if home else ""}) if no == 1 else None
        row = {"case_id": d.case.id, "no": no, "name": words(k, "name"), "count": whole(k, "count")}
        yield Add(handed_keys, row, says=said)
    yield done(d, 8)
    yield Then("deal", "keys_handed")


def _receiver(d: Dossier) -> Mapping[str, object]:
    given = d.answers.get("receiver")
    return given if isinstance(given, Mapping) else {}
