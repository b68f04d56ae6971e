"""A form that was sent: first what it would do, then the deed; a refusal comes back as the form with every reason.

Called by the routes of deals, money, units and the desk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi.datastructures import FormData
from starlette.datastructures import UploadFile

from dealflow.casework.command import Command
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.documents import service as documents
from dealflow.features.staff.rules import Sight
from dealflow.kernel import words
from dealflow.kernel.calendar import CalendarMissing
from dealflow.kernel.errors import Conflict, DealflowError, Forbidden, Invalid, Refused, Unmet
from dealflow.kernel.identity import mask_id, mask_name, mask_phone
from dealflow.web.forms import KEPT, NAMED, Asking, Returned, key_of, values_of
from dealflow.web.places import PLACES
from dealflow.web.places_keys import LATER
from dealflow.web.views import Difference
from dealflow.web.visit import Visit

MASKS: Final = {
    "name": mask_name,
    "client": mask_name,
    "payer": mask_name,
    "buyer": mask_name,
    "phone": mask_phone,
    "document": mask_id,
}
NEWER: Final = "casework.newer"  # the form showed an older version of the case
REGISTERS: Final = frozenset({"staff", "policies"})  # rooms whose use cases may write several rows


@dataclass(frozen=True, slots=True)
class Done:
    """The deed was done; `answer` is what its use case gave."""

    answer: Any


def act(v: Visit, asking: Asking, form: FormData, clash: tuple[Difference, ...] = (), seen: Sight = "whole") -> Done | Returned:
    """Carry out what was sent, or give back the form: to be confirmed (200), with faults (422) or reasons (403, 409)."""
    key, shown = key_of(form), _shown(asking, form)
    values = values_of(asking.fields, form)
    try:
        values = {**values, **_files(v, asking, form)}
        if form.get("edit"):
            return Returned(shown, key, values)
        fields = asking.read(values)
        command = Command(f"web/{v.actor.id}/{key}", v.actor, expected_version=_version(form))
        if asking.rounds and not form.get("confirmed"):
            return Returned(shown, key, values, lines=rehearsed(v, command, asking, fields))
        return Done(done(v, command, asking, fields))
    except (Conflict, CalendarMissing) as error:
        told = v.say(error.zh, error.en)
        return Returned(shown, key, values, 409, told, ((error.code, "", told),), clash=clash if error.code == NEWER else ())
    except Refused as error:
        status = 403 if isinstance(error, Forbidden) else 409
        return Returned(shown, key, values, status, heading(v, error), tuple(reasons_of(v, error.reasons, seen)))
    except Invalid as error:
        faults = tuple((error.code, place, v.say(zh, en)) for place, zh, en in words.faults(error))
        return Returned(shown, key, values, 422, v.say(f"有 {len(faults)} 处需要改", f"To be mended: {len(faults)}"), faults)


def rehearsed(v: Visit, command: Command, asking: Asking, fields: Mapping[str, object]) -> tuple[str, ...]:
    """What the deed would do, in words. Refused as the deed would be."""
    with v.dealflow.rehearsing() as uow:
        _run(v, uow, command, asking, fields)
        return tuple(dict.fromkeys(v.word(line) for plan in uow.plans for line in plan.lines))


def done(v: Visit, command: Command, asking: Asking, fields: Mapping[str, object]) -> Any:
    """The deed, committed before anybody is told."""
    several = asking.use_case.partition(".")[0] in REGISTERS
    return v.dealflow.carry_out(lambda uow: _run(v, uow, command, asking, fields), several=several)


def _run(v: Visit, uow: UnitOfWork, command: Command, asking: Asking, fields: Mapping[str, object]) -> Any:
    if asking.run:
        return asking.run(uow, command, fields)
    return v.dealflow.book.do(uow, command, asking.use_case, fields)


def foreseen(v: Visit, asking: Asking) -> tuple[str, ...]:
    """What a deed that asks nothing would do; nothing when it would be refused."""
    try:
        return rehearsed(v, Command("", v.actor), asking, asking.read({}))
    except DealflowError:
        return ()


def heading(v: Visit, error: Refused) -> str:
    """How a list of reasons begins."""
    if isinstance(error, Forbidden):
        return v.say("这一步不由你办理", "Not yours to do")
    return v.say(f"还不能办理，差 {len(error.reasons)} 项", f"Not possible yet; missing: {len(error.reasons)}")


def reasons_of(v: Visit, reasons: Iterable[Unmet], seen: Sight) -> Iterable[tuple[str, str, str]]:
    """Every reason with its code, its place in the form and its sentence, as the domain says it."""
    for unmet in reasons:
        told = masked(v, unmet) if seen == "masked" else unmet
        place = PLACES.get(unmet.code, "") or LATER.get(unmet.code, "")
        if "position" in unmet.evidence and place.startswith("buyers.n."):
            place = place.replace(".n.", f".{int(str(unmet.evidence['position'])) - 1}.")
        yield unmet.code, place, v.word(told)


def masked(v: Visit, unmet: Unmet) -> Unmet:
    """The reason without anybody's name or number, for a reader whom the client does not concern."""
    evidence = {n: MASKS[n](str(x)) if n in MASKS and isinstance(x, str) else x for n, x in unmet.evidence.items()}
    if evidence == dict(unmet.evidence) or unmet.code not in v.dealflow.house.texts:
        return unmet
    return v.dealflow.house.tell(Unmet(unmet.code, evidence, unmet.rule, unmet.who, unmet.how, unmet.since))


def _shown(asking: Asking, form: FormData) -> str:
    """Under which id the form stood on the page: the same step may be offered in two places."""
    given = form.get("shown", "")
    return given if isinstance(given, str) and given else asking.id


def _version(form: FormData) -> int | None:
    given = form.get("version", "")
    return int(given) if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 16 else None


def _files(v: Visit, asking: Asking, form: FormData) -> dict[str, str]:
    """Files that came along are kept at once, so that no round loses them. Raises Invalid for one that may not be kept."""
    found: dict[str, str] = {}
    for name in (f.name for f in asking.fields if f.kind == "file"):
        for file in form.getlist(name):
            if isinstance(file, UploadFile) and file.filename:
                content = file.file.read()
                with v.dealflow.unit_of_work(several=True) as uow:
                    kept = documents.store_file(uow, Command("", v.actor), content, file.filename, v.dealflow.files)
                found |= {name + KEPT: kept.hash, name + NAMED: kept.name}
    return found
