"""The object into which this room's guards, effects and facts are written, and what they share in reading."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from dealflow.casework.changes import Put, Say, Set
from dealflow.casework.dossier import Dossier
from dealflow.casework.shelf import Shelf
from dealflow.db.tables.movein import handovers, movein_steps
from dealflow.features.movein.texts import TEXTS
from dealflow.kernel.clock import PROJECT_ZONE, read_moment
from dealflow.kernel.errors import Unmet
from dealflow.kernel.money import Fen, yuan

shelf = Shelf("movein", TEXTS)


@shelf.guard()
def reason_given(d: Dossier) -> Iterator[Unmet]:
    """The step says why."""
    if not d.text("reason").strip():
        yield Unmet("movein.reason_missing")


def moment_of(d: Dossier, name: str) -> datetime | None:
    """An answer that is a moment: as a value, or as text in the project's time."""
    try:
        return read_moment(d.answers.get(name))
    except ValueError:
        return None


def day_of(d: Dossier, name: str) -> date | None:
    """An answer that is a day."""
    try:
        return date.fromisoformat(d.text(name).strip())
    except ValueError:
        return None


def today(d: Dossier) -> date:
    """The day of the step in the project's zone."""
    return d.now.astimezone(PROJECT_ZONE).date()


def rows(d: Dossier, name: str) -> list[Mapping[str, object]]:
    """An answer that is a list of objects."""
    given = d.answers.get(name)
    return [row for row in given if isinstance(row, Mapping)] if isinstance(given, list) else []


def whole(row: Mapping[str, object], name: str) -> int:
    """A whole number of such an object; nothing counts as zero."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def words(row: Mapping[str, object], name: str) -> str:
    """A text of such an object."""
    value = row.get(name)
    return "" if value is None else str(value).strip()


def shown(fen: int) -> str:
    """An amount as sentences show it."""
    return yuan(Fen(fen))


def local(moment: datetime) -> str:
    """A moment as sentences show it."""
    return f"{moment.astimezone(PROJECT_ZONE):%Y-%m-%d %H:%M}"


def done(d: Dossier, no: int, note: str = "", day: date | None = None) -> Put:
    """The step with this number was taken now, by whoever takes this one."""
    row = {"case_id": d.case.id, "no": no, "at": d.now, "day": day or today(d), "by_name": d.actor.name, "note": note[:40]}
    return Put(movein_steps, row)


def noted(d: Dossier, **values: object) -> Set:
    """The handover's own row, with these values from now on."""
    return Set(handovers, {"id": d.case.id}, values, otherwise=Say("movein.changed_now"))
