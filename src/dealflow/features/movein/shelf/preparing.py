"""Guards and effects of a building's steps: surveyed, certified, manual there, ready; and back (R-MVD-01, R-MVD-02)."""

from collections.abc import Iterator, Mapping
from datetime import date

from dealflow.casework.changes import Add, Change, Drop, Put, Say, Set
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.movein import building_papers, fee_rates, preparations
from dealflow.features.movein import rules
from dealflow.features.movein.parts.building import BUILDING_PAPERS, PREPARATION, RATES, SCAN, SITE, Preparation
from dealflow.features.movein.shelf.board import day_of, done, shelf, today
from dealflow.features.movein.texts import PAPERS
from dealflow.kernel.errors import Unmet

ATTACHED = ("D-39", "D-40")  # papers of the developer that have no step of their own
NEEDED = (*ATTACHED, "D-41")


# ---- guards
@shelf.guard(SITE)
def building_known(d: Dossier) -> Iterator[Unmet]:
    """A building of the project whose preparation has not begun."""
    site = d.one(SITE)
    if site is None or site.project_id != d.project.id:
        yield Unmet("movein.building_unknown")
    elif site.preparation is not None:
        yield Unmet("movein.preparation_begun", {"building": site.name})


@shelf.guard()
def completion_dated(d: Dossier) -> Iterator[Unmet]:
    """The day of completion, not ahead of today."""
    if day_of(d, "completed_on") is None:
        yield Unmet("movein.completion_missing")
    yield from _not_ahead(d, "completed_on")


@shelf.guard()
def survey_told(d: Dossier) -> Iterator[Unmet]:
    """Which survey team accepted the building, and when."""
    if not d.text("body").strip():
        yield Unmet("movein.surveyor_missing")
    yield from _dated(d)


@shelf.guard()
def certificate_told(d: Dossier) -> Iterator[Unmet]:
    """The certificate's number, who issued it, when; and its scan."""
    if not d.text("number").strip():
        yield Unmet("movein.certificate_number_missing")
    if not d.text("body").strip():
        yield Unmet("movein.certificate_body_missing")
    yield from _dated(d)
    yield from _scan_named(d)


@shelf.guard()
def manual_told(d: Dossier) -> Iterator[Unmet]:
    """The manual's title and day; and its scan."""
    if not d.text("title").strip():
        yield Unmet("movein.manual_title_missing")
    yield from _dated(d)
    yield from _scan_named(d)


@shelf.guard()
def attachment_told(d: Dossier) -> Iterator[Unmet]:
    """Which of the developer's other papers it is, with its day and scan."""
    if d.text("kind") not in ATTACHED:
        yield Unmet("movein.kind_unknown", {"kind": d.text("kind")})
    yield from _dated(d)
    yield from _scan_named(d)


@shelf.guard()
def schedule_told(d: Dossier) -> Iterator[Unmet]:
    """The property company's rates, since when they hold, and the scan of its schedule (R-MVD-04)."""
    rates = _rates(d)
    for item, rate in rates.items():
        if item not in rules.ITEMS or rate <= 0:
            yield Unmet("movein.rate_wrong", {"item": item})
    if not set(rules.MANDATORY) <= rates.keys():
        yield Unmet("movein.rates_missing")
    if day_of(d, "on") is None:
        yield Unmet("movein.day_missing")
    yield from _scan_named(d)


@shelf.guard(SCAN)
def file_stored(d: Dossier) -> Iterator[Unmet]:
    """The scan that is named is kept. Silent until one is named."""
    if d.text("scan") and d.one(SCAN) is None:
        yield Unmet("movein.file_unknown")


@shelf.guard(BUILDING_PAPERS, RATES)
def papers_attached(d: Dossier) -> Iterator[Unmet]:
    """Statement, covenant and fee schedule are there (R-MVD-02; C-30: the statement must exist, showing it is optional)."""
    have = {p.kind for p in d[BUILDING_PAPERS]}
    if missing := [PAPERS[kind] for kind in NEEDED if kind not in have or (kind == "D-41" and not d[RATES])]:
        told = {"papers": "、".join(zh for zh, _ in missing), "papers_en": ", ".join(en for _, en in missing)}
        yield Unmet("movein.papers_missing", told)


# ---- effects
@shelf.effect(SITE)
def begin(d: Dossier) -> Iterator[Change]:
    """The building is complete: its preparation begins. One case for each building."""
    site = d.chosen(SITE)
    told = {"building": site.name}
    row = {"id": d.case.id, "building_id": site.id, "ready": False, "rates_from": None, "noticed_at": None}
    yield Add(preparations, row, otherwise=Say("movein.begun_now", told), says=Say("movein.will_begin", told))
    yield done(d, 1, d.text("number").strip(), day_of(d, "completed_on"))


@shelf.effect()
def note_survey(d: Dossier) -> Iterator[Change]:
    """The survey team's acceptance."""
    yield _registered(d, "survey")
    yield done(d, 2, d.text("number").strip(), day_of(d, "on"))


@shelf.effect()
def note_certificate(d: Dossier) -> Iterator[Change]:
    """The quality certificate of the outside body."""
    yield _registered(d, "D-37", "合格")
    yield done(d, 3, d.text("number").strip(), day_of(d, "on"))


@shelf.effect()
def note_manual(d: Dossier) -> Iterator[Change]:
    """The house manual."""
    yield _registered(d, "D-38")
    yield done(d, 4, "", day_of(d, "on"))


@shelf.effect()
def attach(d: Dossier) -> Iterator[Change]:
    """Another paper of the developer's; a newer one takes the place of the older."""
    yield _registered(d, d.text("kind"))


@shelf.effect(PREPARATION)
def post_schedule(d: Dossier) -> Iterator[Change]:
    """The property company's fees for this building; they take the place of former ones as a whole."""
    yield _registered(d, "D-41")
    yield _preparation(d, rates_from=day_of(d, "on"))
    yield Drop(fee_rates, {"case_id": d.case.id})
    for item, rate in _rates(d).items():
        yield Add(fee_rates, {"case_id": d.case.id, "item": item, "rate_fen": rate})


@shelf.effect(PREPARATION)
def make_ready(d: Dossier) -> Iterator[Change]:
    """From now on notices may go out."""
    yield _preparation(d, ready=True)


@shelf.effect(PREPARATION)
def set_back(d: Dossier) -> Iterator[Change]:
    """No further notice goes out; those that did stay, and whoever comes with one waits."""
    yield _preparation(d, ready=False)


def _dated(d: Dossier) -> Iterator[Unmet]:
    if day_of(d, "on") is None:
        yield Unmet("movein.day_missing")
    yield from _not_ahead(d, "on")


def _not_ahead(d: Dossier, name: str) -> Iterator[Unmet]:
    day = day_of(d, name)
    if day and day > today(d):
        yield Unmet("movein.day_ahead", {"day": day.isoformat()})


def _scan_named(d: Dossier) -> Iterator[Unmet]:
    if not d.text("scan").strip():
        yield Unmet("movein.file_missing")


def _rates(d: Dossier) -> Mapping[str, int]:
    given = d.answers.get("rates")
    found = given.items() if isinstance(given, Mapping) else ()
    return {str(item): rate if isinstance(rate, int) else 0 for item, rate in found}


def _registered(d: Dossier, kind: str, result: str = "") -> Put:
    row = {
        "case_id": d.case.id,
        "kind": kind,
        "file": d.text("scan").strip(),
        "number": d.text("number").strip(),
        "body": d.text("body").strip(),
        "title": d.text("title").strip() or PAPERS[kind][0],
        "result": result,
        "dated_on": day_of(d, "on"),
        "by_name": d.actor.name,
        "at": d.now,
    }
    zh, en = PAPERS[kind]
    return Put(building_papers, row, says=Say("movein.will_register", {"paper": zh, "paper_en": en}))


def _preparation(d: Dossier, **values: date | bool | None) -> Set:
    found: Preparation = d.chosen(PREPARATION)
    changed = Say("movein.building_changed_now", {"building": found.building})
    return Set(preparations, {"id": found.id}, values, otherwise=changed)
