"""What every route of the API asks for: the house, who is signed in, the key and the version of a command, a place in a list."""

import base64
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Header, Path, Query, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from dealflow.api.errors import Unsigned
from dealflow.bootstrap import Dealflow
from dealflow.casework.command import Command
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.staff import queries as staff
from dealflow.features.staff import rules
from dealflow.features.staff.queries import Session
from dealflow.kernel.actor import Actor
from dealflow.kernel.clock import read_moment
from dealflow.kernel.errors import Forbidden, Invalid, Unmet

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
MOST: Final = 200  # rows of a page at most
Place = tuple[datetime, int]

_cookie = APIKeyCookie(name=rules.COOKIE, auto_error=False, description="The pages' session; unsafe requests add X-CSRF-Token.")
_bearer = HTTPBearer(auto_error=False, description="The token of POST /session.")


def dealflow_of(request: Request) -> Dealflow:
    """The open office."""
    dealflow: Dealflow = request.app.state.dealflow
    return dealflow


House = Annotated[Dealflow, Depends(dealflow_of)]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, with what holds now, and by which token."""

    actor: Actor
    token: str
    session: Session


def caller(
    request: Request,
    dealflow: House,
    cookie: Annotated[str | None, Depends(_cookie)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    x_csrf_token: Annotated[str, Header(description="Needed with the cookie, for every unsafe request.")] = "",
) -> Caller:
    """Who is signed in. A cookie travels by itself, so an unsafe request must also prove that our page sent it."""
    token = bearer.credentials if bearer else cookie
    if not token:
        raise Unsigned
    with dealflow.reading() as uow:
        session = staff.actor_of_session(uow.connection, token, uow.now)
    if session is None:
        raise Unsigned
    if bearer is None and request.method not in SAFE and not hmac.compare_digest(x_csrf_token.encode(), session.csrf.encode()):
        text = ("请求缺少本页的安全标记，请刷新页面后再试", "The request lacks the page's token; reload the page")
        raise Forbidden([Unmet("session.csrf", zh=text[0], en=text[1])])
    return Caller(session.actor, token, session)


SignedIn = Annotated[Caller, Depends(caller)]
CaseId = Annotated[int, Path(ge=1, le=2**53 - 1)]
EventName = Annotated[str, Path(pattern=r"^[a-z][a-z_]{0,59}$")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
After = Annotated[str, Query(max_length=100, description="`next` of the page before.")]


@dataclass(frozen=True, slots=True)
class Asks:
    """Under which key a command is given, and which version the caller had seen."""

    key: str
    version: int | None

    def command(self, actor: Actor) -> Command:
        """The command. Keys of different people never meet, nor those of the clock."""
        return Command(f"api/{actor.id}/{self.key}", actor, expected_version=self.version)


def asks(
    idempotency_key: Annotated[
        str, Header(pattern=r"^[!-~]{8,100}$", description="The same key again gives the same answer and acts once.")
    ],
    if_match: Annotated[
        str | None,
        Header(pattern=r'^(\*|"[0-9]{1,15}"|[0-9]{1,15})$', description="The version that was seen: a newer one is a conflict."),
    ] = None,
) -> Asks:
    """The key and the version of a command."""
    seen = (if_match or "").strip('"')
    return Asks(idempotency_key, int(seen) if seen.isdigit() else None)


Keyed = Annotated[Asks, Depends(asks)]


def unkeyed(actor: Actor) -> Command:
    """A command that may be repeated without harm, or is only rehearsed."""
    return Command(f"api/{actor.id}/{secrets.token_hex(16)}", actor)


def sight_of(uow: UnitOfWork, actor: Actor) -> Callable[[int | None, int], rules.Sight]:
    """How much of a client this person sees, by owner and deal."""
    stands_for: frozenset[int] = frozenset()
    if "substitute" in actor.grants:
        held = (g for g in staff.grants_at(uow.connection, uow.now) if g.person_id == actor.id and g.grant == "substitute")
        stands_for = frozenset(g.subject for g in held if g.subject is not None)
    return lambda owner, deal: rules.sight(actor, owner, stands_for=stands_for, deal=deal)


def place_after(cursor: str) -> Place | None:
    """Where a list goes on. Raises Invalid for a cursor that is none of ours."""
    if not cursor:
        return None
    try:
        moment, _, last = base64.urlsafe_b64decode(cursor.encode()).decode().partition("/")
        at, row = read_moment(moment), int(last)
    except ValueError as error:
        raise Invalid("input.place", "after") from error
    if at is None or not 0 <= row < 2**53:
        raise Invalid("input.place", "after")
    return at, row


def cursor_of(at: datetime, row: int) -> str:
    """The place of the last row of a page."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}/{row}".encode()).decode()


def tag(response: Response, version: int) -> None:
    """The case's version, for If-Match."""
    response.headers["ETag"] = f'"{version}"'


def plain_values(fields: Mapping[str, object]) -> None:
    """Refuses what no database or history can hold, wherever in the body it stands. Raises Invalid naming the place."""
    waiting: list[tuple[str, object, int]] = [("", dict(fields), 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Invalid("input.nested", place)
        if isinstance(value, str):
            _plain_text(place, value)
        elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
            raise Invalid("input.number", place)
        elif isinstance(value, dict):
            for name, inner in value.items():
                _plain_text(place, name)
                waiting.append((f"{place}.{name}"[:200].lstrip("."), inner, depth + 1))
        elif isinstance(value, list):
            waiting += ((f"{place}.{n}".lstrip("."), inner, depth + 1) for n, inner in enumerate(value))


DEEPEST: Final = 12
LONGEST: Final = 4000


def _plain_text(place: str, text: str) -> None:
    if len(text) > LONGEST:
        raise Invalid("input.too_long", place, most=LONGEST)
    if any((c < " " and c not in "\t\n\r") or "\ud800" <= c <= "\udfff" for c in text):
        raise Invalid("input.characters", place)


async def plain_body(request: Request) -> None:
    """Judges every JSON body before its types do."""
    if request.headers.get("content-type", "").partition(";")[0].strip().endswith("json") and await request.body():
        try:
            whole = await request.json()
        except (ValueError, RecursionError):
            return  # the route says so itself
        plain_values(whole if isinstance(whole, dict) else {"": whole})
