"""What reception offers to workflow files: the questions of the front desk and the lines of its registers. Pure."""

from collections.abc import Iterator
from datetime import datetime

from dealflow.casework.changes import Add, Change, Say
from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.db.tables.reception import register_lines
from dealflow.features.reception import rules
from dealflow.features.reception.parts import LINES, OWNERSHIP, RECEIVER, Line
from dealflow.features.reception.texts import TEXTS
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Unmet

shelf = Shelf("reception", TEXTS)


# ---- truths
@shelf.fact(truth=True)
def by_phone(d: Dossier) -> bool:
    """The registration comes from a call."""
    return d.answers.get("register") == "phone"


@shelf.fact(OWNERSHIP, truth=True)
def owner_receives(d: Dossier) -> bool:
    """The one to whom the client belongs receives him himself."""
    owner = _owner(d)
    return owner is not None and owner == d.number("received_by")


# ---- guards
@shelf.guard()
def earlier_contact_asked(d: Dossier) -> Iterator[Unmet]:
    """He was asked whom he met before: it is his first contact, or it is said whom he met (R-FDT-02)."""
    if d.answers.get("first") is not True and not d.text("earlier").strip():
        yield Unmet("reception.earlier_contact_not_asked")


@shelf.guard(RECEIVER)
def receiver_may_receive(d: Dossier) -> Iterator[Unmet]:
    """Whoever receives is a salesperson who works here."""
    given, receiver = d.number("received_by"), d.one(RECEIVER)
    if given is None:
        yield Unmet("reception.receiver_missing")
    elif receiver is None:
        yield Unmet("reception.receiver_unknown", {"receiver": given})
    elif not receiver.active:
        yield Unmet("reception.receiver_inactive", {"receiver": receiver.name})
    elif not receiver.sells:
        yield Unmet("reception.receiver_sells_not", {"receiver": receiver.name})


@shelf.guard(OWNERSHIP)
def allocation_reasoned(d: Dossier) -> Iterator[Unmet]:
    """The turn speaks for itself; every other way of allocation has its reason (R-FDT-08). Silent until a way is named."""
    way = d.text("way")
    if not way:
        return
    if way not in rules.WAYS:
        yield Unmet("reception.way_unknown", {"way": way, "known": "、".join(rules.WAYS)})
        return
    found = _allocation(d)
    if found.way != "turn" and not found.reason:
        named = rules.way_named(found.way)
        yield Unmet("reception.allocation_unreasoned", {"way": named.zh, "way_en": named.en})


# ---- effects
@shelf.effect(RECEIVER, OWNERSHIP, LINES)
def write_line(d: Dossier) -> Iterator[Change]:
    """A new line of the register, written once and never changed (R-REG-03)."""
    found, receiver = _allocation(d), d.one(RECEIVER)
    row = {
        **_written(d),
        "register": d.text("register") or "visit",
        "at": d.now,
        "party": d.number("party") or 1,
        "one_family": d.answers.get("one_family") is not False,
        "name": d.text("name").strip(),
        "phone": d.text("phone"),
        "area": d.text("area"),
        "channel": d.text("channel"),
        "first": d.answers.get("first") is True and all(line.register != "visit" for line in d[LINES]),
        "earlier": d.text("earlier").strip(),
        "received_by": d.number("received_by"),
        "way": found.way,
        "reason": found.reason,
        "needs": d.text("needs"),
        "content": d.text("content"),
        "remarks": rules.remarks(found.way, d.text("remarks")),
        "corrects": None,
    }
    named = rules.way_named(found.way)
    told = {"name": row["name"], "way": named.zh, "way_en": named.en, "receiver": receiver.name if receiver else ""}
    yield Add(register_lines, row, says=Say("reception.will_write", told))


@shelf.effect(LINES)
def write_correction(d: Dossier) -> Iterator[Change]:
    """A line that declares the registration void and names it; the registration itself stays readable (R-REG-03, C-52)."""
    first = min(d[LINES], key=lambda line: line.seq, default=None)
    if first is None:
        return
    kept = (
        "register",
        "party",
        "one_family",
        "name",
        "phone",
        "area",
        "channel",
        "first",
        "earlier",
        "received_by",
        "way",
        "needs",
        "content",
    )
    row = {
        **_written(d),
        **{name: getattr(first, name) for name in kept},
        "at": d.now,
        "reason": d.text("reason"),
        "remarks": "更正：登记作废",
        "corrects": first.id,
    }
    yield Add(register_lines, row, says=Say("reception.will_correct", {"name": first.name}))


# ---- facts of the line that the step writes
@shelf.fact(LINES)
def line_at(d: Dossier) -> datetime | None:
    """When he came or called: the time of confirmation too (R-OWN-05)."""
    line = _line(d)
    return line.at if line else None


@shelf.fact(LINES)
def line_name(d: Dossier) -> str | None:
    """Who came or called."""
    line = _line(d)
    return line.name if line else None


@shelf.fact(LINES)
def line_phone(d: Dossier) -> str:
    """His phone."""
    line = _line(d)
    return line.phone if line else ""


@shelf.fact(LINES)
def line_channel(d: Dossier) -> str | None:
    """How he heard of the project."""
    line = _line(d)
    return line.channel if line else None


@shelf.fact(LINES)
def line_origin(d: Dossier) -> str:
    """Where he comes from."""
    line = _line(d)
    return line.area if line else ""


@shelf.fact(LINES)
def line_party(d: Dossier) -> int | None:
    """How many came."""
    line = _line(d)
    return line.party if line else None


@shelf.fact(LINES)
def line_family(d: Dossier) -> bool | None:
    """Whether they are one family."""
    line = _line(d)
    return line.one_family if line else None


@shelf.fact(LINES)
def line_first_visit(d: Dossier) -> bool | None:
    """Whether it is his first visit: as he says, and as the register knows."""
    line = _line(d)
    return line.first if line else None


@shelf.fact(LINES)
def line_earlier_contact(d: Dossier) -> str | None:
    """Whom he met before."""
    line = _line(d)
    return rules.earlier_contact(line.earlier, len(d[LINES]) > 1 or not line.first) if line else None


@shelf.fact(RECEIVER)
def line_receiver(d: Dossier) -> str | None:
    """Who receives him."""
    receiver = d.one(RECEIVER)
    return receiver.name if receiver else None


@shelf.fact()
def line_registered_by(d: Dossier) -> str:
    """Who writes the line."""
    return d.actor.name


@shelf.fact(LINES)
def line_allocation(d: Dossier) -> str | None:
    """How the reception was allocated."""
    line = _line(d)
    return rules.way_named(line.way).zh if line else None


@shelf.fact(LINES)
def line_needs(d: Dossier) -> str:
    """What he looks for."""
    line = _line(d)
    return line.needs if line else ""


@shelf.fact(LINES)
def line_content(d: Dossier) -> str:
    """What was spoken of on the phone."""
    line = _line(d)
    return line.content if line else ""


@shelf.fact(LINES)
def line_remarks(d: Dossier) -> str:
    """Remarks, with 义务 on a courtesy line."""
    line = _line(d)
    return line.remarks if line else ""


@shelf.fact(LINES)
def line_status(d: Dossier) -> str | None:
    """Whether the line stands or corrects another."""
    line = _line(d)
    return None if line is None else "有效" if line.corrects is None else "更正"


@shelf.fact(LINES, policy=("followup.period", "phone.visit_within"))
def line_valid_until(d: Dossier) -> str | None:
    """The last day of the claim that this line gives; none for a line that gives none."""
    line = _line(d)
    if line is None or line.corrects is not None:
        return None
    valid = d.policy["phone.visit_within" if line.register == "phone" else "followup.period"]
    return rules.last_day(line.at, valid, PROJECT_ZONE, STATUTORY).isoformat()


def _line(d: Dossier) -> Line | None:
    return max(d[LINES], key=lambda line: line.seq, default=None)


def _owner(d: Dossier) -> int | None:
    found = d.one(OWNERSHIP)
    return found.owner_id if found else None


def _allocation(d: Dossier) -> rules.Allocation:
    return rules.allocation(d.text("way"), d.text("reason"), _owner(d), d.number("received_by"))


def _written(d: Dossier) -> dict[str, object]:
    return {
        "id": d.fresh("register line"),
        "project_id": d.project.id,
        "case_id": d.case.id,
        "seq": d.case.seq + 1,
        "entered_by": d.actor.id,
    }
