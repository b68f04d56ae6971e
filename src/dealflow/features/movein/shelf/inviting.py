"""What a deal needs of this room: whether its building is ready, the appointment, the handover opened and cancelled."""

from collections.abc import Iterator

from dealflow.casework.changes import Change, Link, Open, Say, Set, Then
from dealflow.casework.dossier import Dossier
from dealflow.db.tables.movein import preparations
from dealflow.features.movein import rules
from dealflow.features.movein.parts.building import PREPARATION
from dealflow.features.movein.parts.handover import HANDOVER
from dealflow.features.movein.shelf.board import local, moment_of, shelf, today
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet

STATES = {  # of a building, as people call them
    "completed": ("已竣工", "completed"),
    "surveyed": ("已测绘", "surveyed"),
    "certified": ("已取得合格书", "certified"),
    "manual_ready": ("使用说明书已备", "manual there"),
}
OVER = frozenset({"keys_handed", "cancelled"})  # a handover that stands here is moved by nobody


@shelf.guard(PREPARATION)
def building_ready(d: Dossier) -> Iterator[Unmet]:
    """The building has gone through its steps, in their order (R-MVD-01, E-123)."""
    found = d.one(PREPARATION)
    if found is None:
        yield Unmet("movein.preparation_missing")
    elif not found.ready:
        zh, en = STATES.get(found.state, (found.state, found.state))
        yield Unmet("movein.building_not_ready", {"building": found.building, "state": zh, "state_en": en})


@shelf.guard()
def slot_given(d: Dossier) -> Iterator[Unmet]:
    """When and where the client is to come, ten whole days ahead (domain-facts 10.4: on 30 June, told by 19 June)."""
    slot = moment_of(d, "slot")
    first = rules.first_slot_day(today(d))
    if slot is None:
        yield Unmet("movein.slot_missing", who=("developer_clerk",))
    elif slot.astimezone(PROJECT_ZONE).date() < first:
        yield Unmet("movein.slot_too_early", {"slot": local(slot)[:10], "first": first.isoformat()})
    yield from _ends_late(d)
    if not d.text("place").strip():
        yield Unmet("movein.place_missing", who=("developer_clerk",))


@shelf.guard()
def slot_ahead(d: Dossier) -> Iterator[Unmet]:
    """Another appointment, agreed with the client: later than now is enough."""
    slot = moment_of(d, "slot")
    if slot is None:
        yield Unmet("movein.slot_missing", who=("property_team",))
    elif slot <= d.now:
        yield Unmet("movein.slot_past", {"slot": local(slot)})
    yield from _ends_late(d)


def _ends_late(d: Dossier) -> Iterator[Unmet]:
    slot, until = moment_of(d, "slot"), moment_of(d, "slot_until")
    if slot and until and until <= slot:
        yield Unmet("movein.slot_ends_early")


@shelf.effect(PREPARATION, opens=(("handover", "invite"),))
def open_handover(d: Dossier) -> Iterator[Change]:
    """The notice goes out and the handover begins. A building that is set back at the same moment makes this a conflict."""
    found = d.chosen(PREPARATION)
    changed = Say("movein.building_changed_now", {"building": found.building})
    yield Set(preparations, {"id": found.id}, {"noticed_at": d.now}, {"ready": True}, otherwise=changed)
    yield Link("building", found.id)
    links = {"deal": d.case.id, "unit": d.links["unit"], "building": found.id}
    slot = moment_of(d, "slot")
    answers = {"slot": slot, "slot_until": moment_of(d, "slot_until"), "place": d.text("place").strip()}
    yield Open("handover", "handover", "invite", links, answers)


@shelf.effect(HANDOVER, then=(("handover", "cancel"),))
def cancel_handover(d: Dossier) -> Iterator[Change]:
    """The notice is withdrawn: the handover it began ends."""
    if any(h.state not in OVER for h in d[HANDOVER]):
        yield Then("handover", "cancel", {"reason": d.text("reason").strip()})


@shelf.effect(HANDOVER, then=(("handover", "money_moved"),))
def tell_handover(d: Dossier) -> Iterator[Change]:
    """The deal's money has moved: a handover that waits for the price is judged at once. For receipts, clearing, corrections."""
    if any(h.state not in OVER for h in d[HANDOVER]):
        yield Then("handover", "money_moved")
