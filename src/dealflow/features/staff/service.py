"""The use cases of the staff room: people, roles, dated grants, passwords, and signing in. No case moves here.

A repeated command writes nothing twice: ids come from its key. Doors call `sign_in` and `sign_out` without a command."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dealflow.casework.command import Command, identify
from dealflow.casework.inputs import Key, Local, Secret, Words, asked
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.casework.usecases import UseCases
from dealflow.features.staff import queries, rules, store
from dealflow.features.staff.texts import refusal
from dealflow.kernel.canonical import sha256
from dealflow.kernel.errors import Forbidden, NotFound, Refused, Unmet

book = UseCases("staff")

_hasher = PasswordHasher()


@asked
class AddPerson:
    """Somebody new. Without a password he cannot sign in yet."""

    login: Words
    name: Words
    phone: Secret = ""
    password: Secret = ""
    roles: tuple[str, ...] = ()
    leader: Key | None = None


@asked
class SetPassword:
    """A new password; for one's own, the present one as well."""

    person: Key
    password: Secret
    present: Secret = ""


@asked
class PersonRole:
    """A role of a person."""

    person: Key
    role: Words


@asked
class SetActive:
    """Whether a person may act."""

    person: Key
    active: bool


@asked
class Grant:
    """A grant from one moment to another. `subject` says on whose behalf a substitute acts."""

    person: Key
    grant: Words
    since: Local | None = None
    until: Local | None = None
    subject: Key | None = None


@asked
class EndGrant:
    """A grant by its id, which ends now."""

    grant: Key


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the cookie's value, which is stored nowhere, and the token that forms carry."""

    person_id: int
    token: str
    csrf: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """A sign-in that failed. `wait` is how long this login stays closed; it never says whether login or password was wrong."""

    wait: timedelta = timedelta()
    zh: str = "登录名或密码不正确"
    en: str = "Login or password is not right"


@book.use_case(zh="新增人员", en="Add person")
def add_person(uow: UnitOfWork, command: Command, asked: AddPerson) -> int:
    """Add somebody with roles; gives his id."""
    _only_administrator(command)
    person, login = identify(command.key, "person"), rules.login_of(asked.login)
    holder = queries.login_holder(uow.connection, login)
    reasons = list(_faults(asked, login))
    if holder not in (None, person):
        reasons.append(refusal("staff.login_taken", login=login))
    if reasons:
        raise Refused(reasons)
    row = {"id": person, "project_id": uow.project_id, "login": login, "name": asked.name.strip(), "phone": asked.phone}
    password = _hasher.hash(asked.password) if asked.password else ""
    store.add_person(uow.connection, {**row, "password": password, "active": True, "leader_id": asked.leader})
    store.add_roles(uow.connection, person, asked.roles)
    return person


@book.use_case(zh="设置密码", en="Set password")
def set_password(uow: UnitOfWork, command: Command, asked: SetPassword) -> None:
    """Set a password: the administrator anybody's, everybody his own. Every session of that person ends."""
    _works_here(uow, asked.person)
    known = queries.credentials(uow.connection, person_id=asked.person)
    if known is None:
        raise NotFound("person", asked.person)
    if command.actor.id == asked.person:
        if not _right(known.password, asked.present):
            raise Refused([refusal("staff.password_wrong")])
    else:
        _only_administrator(command)
    if not rules.password_fits(asked.password, known.login):
        raise Refused([_unfit()])
    store.set_password(uow.connection, asked.person, _hasher.hash(asked.password))
    store.drop_sessions_of(uow.connection, asked.person)


@book.use_case(zh="授予岗位", en="Give role")
def give_role(uow: UnitOfWork, command: Command, asked: PersonRole) -> None:
    """Give a role, to anybody but oneself."""
    _only_administrator(command)
    _not_to_oneself(command, asked.person)
    if asked.role not in rules.ROLES:
        raise Refused([refusal("staff.role_unknown", role=asked.role)])
    _works_here(uow, asked.person)
    store.add_roles(uow.connection, asked.person, (asked.role,))


@book.use_case(zh="收回岗位", en="Take role back")
def take_role(uow: UnitOfWork, command: Command, asked: PersonRole) -> None:
    """Take a role back, from the next request on. Never one's own: an administrator remains."""
    _only_administrator(command)
    _not_to_oneself(command, asked.person)
    _works_here(uow, asked.person)
    store.drop_role(uow.connection, asked.person, asked.role)


@book.use_case(zh="启用或停用人员", en="Activate or deactivate person")
def set_active(uow: UnitOfWork, command: Command, asked: SetActive) -> None:
    """Let a person act, or no longer; then every session of his ends."""
    _only_administrator(command)
    _not_to_oneself(command, asked.person)
    _works_here(uow, asked.person)
    store.set_active(uow.connection, asked.person, asked.active)
    if not asked.active:
        store.drop_sessions_of(uow.connection, asked.person)


@book.use_case(zh="授权", en="Grant")
def grant(uow: UnitOfWork, command: Command, asked: Grant) -> int:
    """Give a dated grant: the manager on_duty, designated_collector, substitute; the director acting_manager. Gives its id."""
    if asked.grant not in rules.GRANTS:
        raise Refused([refusal("staff.grant_unknown", grant=asked.grant)])
    _may_grant(command, asked.grant)
    _not_to_oneself(command, asked.person)
    since = asked.since or uow.now
    named = rules.GRANTS[asked.grant]
    if asked.grant in rules.OF_SOMEBODY and asked.subject is None:
        raise Refused([refusal("staff.grant_of_nobody", grant=named.zh, grant_en=named.en)])
    if asked.until is not None and asked.until <= since:
        raise Refused([refusal("staff.grant_ends_first")])
    _works_here(uow, asked.person)
    row = {"id": identify(command.key, "grant"), "person_id": asked.person, "grant": asked.grant, "subject": asked.subject}
    store.add_grant(uow.connection, {**row, "since": since, "until": asked.until, "given_by": command.actor.id})
    return identify(command.key, "grant")


@book.use_case(zh="结束授权", en="End grant")
def end_grant(uow: UnitOfWork, command: Command, asked: EndGrant) -> None:
    """End a grant now; whoever may give it may end it."""
    _may_grant(command, queries.held(uow.connection, asked.grant).grant)
    store.end_grant(uow.connection, asked.grant, uow.now)


def sign_in(uow: UnitOfWork, login: str, password: str) -> SignedIn | NotSignedIn:
    """Check a login and password; open a session of twelve hours.

    A failure is a value, not an error: the unit of work must commit, so that it counts. After five in a row the login is
    closed for a growing while, also for the right password."""
    login = rules.login_of(login)[: rules.LONGEST_LOGIN]
    before = queries.failures(uow.connection, login)
    closed = rules.locked_until(before.count, before.last_at) if before else uow.now
    if closed > uow.now:
        return NotSignedIn(closed - uow.now, "尝试次数过多，请稍后再试", "Too many attempts; try again later")
    known = queries.credentials(uow.connection, login=login)
    if not _right(known.password if known and known.password else _nobody(), password) or known is None:
        store.count_failure(uow.connection, login, uow.now)
        return NotSignedIn()
    store.forget_failures(uow.connection, login)
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    row = {"token": sha256(token), "person_id": known.person_id, "csrf": csrf, "made_at": uow.now}
    store.add_session(uow.connection, {**row, "ends_at": uow.now + rules.SESSION}, uow.now)
    return SignedIn(known.person_id, token, csrf, uow.now + rules.SESSION)


def sign_out(uow: UnitOfWork, token: str) -> None:
    """End the session of this cookie."""
    store.drop_session(uow.connection, sha256(token))


def _faults(asked: AddPerson, login: str) -> list[Unmet]:
    faults = [refusal("staff.role_unknown", role=role) for role in asked.roles if role not in rules.ROLES]
    if not 0 < len(login) <= rules.LONGEST_LOGIN:
        faults.append(refusal("staff.login_missing"))
    if not asked.name.strip():
        faults.append(refusal("staff.name_missing"))
    if asked.password and not rules.password_fits(asked.password, login):
        faults.append(_unfit())
    return faults


def _unfit() -> Unmet:
    return refusal("staff.password_unfit", shortest=rules.SHORTEST_PASSWORD, longest=rules.LONGEST_PASSWORD)


def _only_administrator(command: Command) -> None:
    if "administrator" not in command.actor.roles:
        raise Forbidden([refusal("staff.administrator_only")])


def _not_to_oneself(command: Command, person: int) -> None:
    if command.actor.id == person:
        raise Forbidden([refusal("staff.not_to_oneself")])


def _may_grant(command: Command, grant: str) -> None:
    granters, named = rules.GRANTERS[grant], rules.GRANTS[grant]
    if command.actor.roles.isdisjoint(granters):
        raise Forbidden([refusal("staff.may_not_grant", who=granters, grant=named.zh, grant_en=named.en)])


def _works_here(uow: UnitOfWork, person: int) -> None:
    if queries.project_of(uow.connection, person) != uow.project_id:
        raise NotFound("person", person)


def _right(stored: str, password: str) -> bool:
    """Whether the password is the one whose hash is stored."""
    try:
        return _hasher.verify(stored, password[: rules.LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """What a login that does not exist is checked against, so that it takes as long as one that does."""
    return _hasher.hash(secrets.token_hex())
