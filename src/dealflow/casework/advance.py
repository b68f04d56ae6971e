"""The corridor: read, decide, write. The only place in the project where a case changes state."""

from collections.abc import Iterator, Mapping

import msgspec
import sqlalchemy as sa

from dealflow.casework.changes import Say
from dealflow.casework.command import Answer, Answers, CaseRef, Command
from dealflow.casework.decide import decide
from dealflow.casework.dossier import Dossier
from dealflow.casework.judging import Choice, choices
from dealflow.casework.plan import Plan
from dealflow.casework.reading import Answered
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.db.tables.casework import commands
from dealflow.kernel import canonical
from dealflow.kernel.errors import Conflict, Refused, Unmet

_decode = msgspec.json.Decoder(Answer).decode
NO_LINKS: Mapping[str, int] = {}


def advance(
    uow: UnitOfWork, command: Command, case: CaseRef, event: str, answers: Answers, links: Mapping[str, int] = NO_LINKS
) -> Answer:
    """Move one case one step, or refuse and say why. One statement in, one statement out.

    Raises Refused with every reason, Forbidden, NotFound, or Conflict when somebody was faster or the key is used otherwise.
    """
    digest = digest_of(command, case, event, answers, links)
    answered, dossier = uow.read(case, event, command, answers, links)
    if answered:
        return again(uow, answered, digest)
    on_time(uow, dossier)
    plan = decide(uow.house, dossier, event, command)
    uow.write(plan, {"key": command.key, "digest": digest, "answer": msgspec.json.encode(plan.answer).decode(), "at": uow.now})
    return plan.answer


def preview(
    uow: UnitOfWork, command: Command, case: CaseRef, event: str, answers: Answers, links: Mapping[str, int] = NO_LINKS
) -> Plan:
    """What the command would do, without doing it: the same read, the same decision."""
    _, dossier = uow.read(case, event, command, answers, links)
    on_time(uow, dossier)
    return decide(uow.house, dossier, event, command)


def why_not(uow: UnitOfWork, command: Command, case: CaseRef) -> tuple[Dossier, tuple[Choice, ...]]:
    """Every step of the case's state with what still stands in its way. One statement, however many steps."""
    _, dossier = uow.read(case, None, command, {}, NO_LINKS)
    return dossier, choices(uow.house, dossier)


def digest_of(command: Command, case: CaseRef, event: str, answers: Answers, links: Mapping[str, int]) -> str:
    """What the key stands for: who wants which step of which case with which answers."""
    at = command.at.isoformat() if command.at else ""
    whole = [
        case.kind,
        case.id,
        event,
        command.actor.id,
        command.on_behalf_of,
        at,
        dict(links),
        msgspec.to_builtins(dict(answers)),
    ]
    return canonical.sha256(canonical.text(whole))


def again(uow: UnitOfWork, answered: Answered, digest: str) -> Answer:
    """The same key again: the same answer. Raises Conflict when the key stood for another command."""
    expect_digest(uow, answered, digest)
    return _decode(answered.answer)


def expect_digest(uow: UnitOfWork, answered: Answered, digest: str) -> None:
    """Raises Conflict when the key stood for another command."""
    if answered.digest != digest:
        zh, en = uow.house.words(Say("casework.key_reused"))
        raise Conflict("casework.key_reused", zh, en)


def digest_of_use_case(command: Command, answers: Answers) -> str:
    """What the key of a use case without a step stands for."""
    whole = [command.use_case, command.actor.id, command.on_behalf_of, msgspec.to_builtins(dict(answers))]
    return canonical.sha256(canonical.text(whole))


def answered(uow: UnitOfWork, key: str) -> Answered | None:
    """What a key was answered before."""
    row = uow.connection.execute(sa.select(commands.c.digest, commands.c.answer).where(commands.c.key == key)).one_or_none()
    return Answered(*row) if row else None


def remember(uow: UnitOfWork, key: str, digest: str, answer: str) -> None:
    """Keep the answer of a use case without a step, in the same transaction as what it wrote."""
    if uow.rehearsal:
        return
    try:
        uow.connection.execute(commands.insert().values(key=key, digest=digest, answer=answer, at=uow.now))
    except sa.exc.IntegrityError as error:
        zh, en = uow.house.words(Say("casework.key_running"))
        raise Conflict("casework.key_running", zh, en) from error


def on_time(uow: UnitOfWork, dossier: Dossier) -> None:
    """A step is entered in time (see `untimely`), and none is taken past a deadline that has not acted yet.

    Raises Refused, or a Conflict that the door answers by letting the deadline act and trying once more.
    """
    if wrong := list(untimely(uow, dossier)):
        raise Refused([uow.house.tell(u) for u in wrong])
    clocks = uow.house.of(dossier.case.kind, dossier.case.workflow).workflow.clocks
    late = [c for c in dossier.clocks.values() if c.open and c.running and c.due_at < dossier.now and clocks[c.clock].fires]
    if late and "clock" not in dossier.actor.roles:
        label = clocks[late[0].clock].label
        zh, en = uow.house.words(Say("casework.clock_first", {"clock": label.zh, "clock_en": label.en}))
        raise Conflict("casework.clock_first", zh, en)


BACKDATES = frozenset({"clock", "sales_manager"})  # deadlines act at their own moment; for people, back-dating needs the manager


def untimely(uow: UnitOfWork, dossier: Dossier) -> Iterator[Unmet]:
    """Business time lies before the entry, not before the case began, and not longer ago than the policy allows (C-10)."""
    zone = uow.house.zone
    if dossier.now > dossier.entered:
        yield Unmet("casework.in_future")
    opened, within = dossier.case.opened_at, dossier.policy.get("entry.within")
    if opened and dossier.now < opened:
        yield Unmet("casework.before_case", {"opened": f"{opened.astimezone(zone):%Y-%m-%d %H:%M}"})
    if (
        within
        and BACKDATES.isdisjoint(dossier.actor.roles)
        and within.due(dossier.now, zone, uow.house.calendar) < dossier.entered
    ):
        zh, en = within.words()
        yield Unmet("casework.too_late", {"within": zh, "within_en": en})
