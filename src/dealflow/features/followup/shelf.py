"""What the follow-up room offers to workflow files: when an entry counts, the entry itself, the tracking sheet. Pure."""

from collections.abc import Iterator
from datetime import datetime

from dealflow.casework.changes import Add, Change, Say
from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.db.tables.followup import follow_ups
from dealflow.features.followup import rules
from dealflow.features.followup.parts import CORRECTED, ENTRIES, WRITERS
from dealflow.features.followup.texts import TEXTS
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet

shelf = Shelf("followup", TEXTS)


@shelf.guard()
def result_given(d: Dossier) -> Iterator[Unmet]:
    """The result is written down, in the words of the form (R-FUP-03)."""
    method, kind, following = d.text("method"), d.text("kind"), rules.moment(d.answers.get("next_at"))
    if not d.text("result").strip():
        yield Unmet("followup.result_missing")
    if method and method not in rules.METHODS:
        yield Unmet("followup.method_unknown", {"method": method, "known": "、".join(rules.METHODS)})
    if kind and kind not in rules.KINDS:
        yield Unmet("followup.kind_unknown", {"kind": kind, "known": "、".join(rules.KINDS)})
    if following and following < d.now:
        yield Unmet("followup.next_in_past", {"next": _local(following)})


@shelf.guard(CORRECTED)
def corrects_own_entry(d: Dossier) -> Iterator[Unmet]:
    """A correction names an entry of this deal that its writer corrects himself (R-FUP-13)."""
    given = d.answers.get("corrects")
    if given is None:
        return
    found = d.one(CORRECTED)
    if found is None:
        yield Unmet("followup.entry_unknown", {"entry": given})
    elif found.by != d.actor.id:
        yield Unmet("followup.entry_of_another", {"entry": given})


@shelf.fact(policy=("followup.period",), truth=True)
def renews(d: Dossier) -> bool:
    """The entry is a contact that moves the end of the claim: no correction, and not before what is recorded already."""
    clock = d.clocks.get("lapse")
    due = clock.due_at if clock and clock.open else None
    return d.answers.get("corrects") is None and rules.renews(d.now, due, d.policy["followup.period"], PROJECT_ZONE, STATUTORY)


@shelf.effect(CORRECTED)
def enter(d: Dossier) -> Iterator[Change]:
    """A new entry of the tracking sheet; what it corrects stays readable."""
    corrected = d.one(CORRECTED)
    row = {
        "id": d.fresh("follow-up"),
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "at": d.now,
        "entered_at": d.entered,
        "by": d.actor.id,
        "method": d.text("method"),
        "kind": d.text("kind") or "contact",
        "content": d.text("content"),
        "result": d.text("result").strip(),
        "next_at": rules.moment(d.answers.get("next_at")),
        "corrects": corrected.id if corrected else None,
    }
    method = rules.METHODS.get(d.text("method"), rules.NOT_SAID)
    yield Add(
        follow_ups, row, says=Say("followup.will_enter", {"method": method.zh, "method_en": method.en, "result": row["result"]})
    )


@shelf.fact(ENTRIES, WRITERS)
def entries(d: Dossier) -> list[dict[str, object]]:
    """The lines of the tracking sheet in the order in which they were entered."""
    names = {w.id: w.name for w in d[WRITERS]} | {d.actor.id: d.actor.name}
    return [
        {
            "at": e.at,
            "method": rules.METHODS.get(e.method, rules.NOT_SAID).zh,
            "result": e.result if e.corrects is None else f"更正：{e.result}",
            "next_on": e.next_at.astimezone(PROJECT_ZONE).date().isoformat() if e.next_at else None,
            "by": names[e.by],
        }
        for e in sorted(d[ENTRIES], key=lambda e: e.seq)
    ]


@shelf.fact()
def book_number(d: Dossier) -> str:
    """The number of the tracking book: none, since books are not issued on paper."""
    return ""


@shelf.fact()
def page_number(d: Dossier) -> int | None:
    """The page in that book."""
    return None


def _local(at: datetime) -> str:
    return f"{at.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}"
