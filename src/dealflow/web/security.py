"""Who looks at a page: the session cookie, the token that every form carries, and the way to the sign-in. Used by all pages."""

import hmac
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import Depends, Request, Response

from dealflow.bootstrap import Dealflow
from dealflow.features.staff import queries as staff
from dealflow.features.staff import rules
from dealflow.features.staff.queries import Session
from dealflow.kernel.actor import Actor
from dealflow.kernel.errors import DealflowError, Forbidden, Unmet

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
HOME: Final = "/"


class Unsigned(DealflowError):
    """Nobody is signed in: the page asks to sign in first and then comes back here."""

    kind = "unsigned"

    def __init__(self, back: str = HOME) -> None:
        super().__init__(back)
        self.back = back


def dealflow_of(request: Request) -> Dealflow:
    """The open office."""
    dealflow: Dealflow = request.app.state.dealflow
    return dealflow


House = Annotated[Dealflow, Depends(dealflow_of)]


@dataclass(frozen=True, slots=True)
class Reader:
    """The signed-in person: who acts with what holds now, and the token that his forms carry."""

    actor: Actor
    csrf: str
    token: str


async def sent_token(request: Request) -> AsyncIterator[str]:
    """The token of the form or of htmx's header; empty when there is none. Files of the form are let go with the request."""
    header = request.headers.get("X-CSRF-Token", "")
    if header or request.method in SAFE or not request.headers.get("content-type", "").startswith(FORM_TYPES):
        yield header
        return
    async with request.form() as form:
        value = form.get("csrf", "")
        yield value if isinstance(value, str) else ""


def session_of(request: Request, dealflow: Dealflow) -> Session | None:
    """Who is signed in under the request's cookie, if anybody."""
    token = request.cookies.get(rules.COOKIE, "")
    if not token:
        return None
    with dealflow.reading() as uow:
        return staff.actor_of_session(uow.connection, token, uow.now)


def signed_in(request: Request, dealflow: House, sent: Annotated[str, Depends(sent_token)]) -> Reader:
    """The signed-in person. Raises Unsigned, or Forbidden for an unsafe request that our own page did not send."""
    session = session_of(request, dealflow)
    if session is None:
        raise Unsigned(way_back(request))
    if request.method not in SAFE and not same(sent, session.csrf):
        raise Forbidden([FOREIGN])
    return Reader(session.actor, session.csrf, request.cookies[rules.COOKIE])


FOREIGN: Final = Unmet(
    "session.csrf",
    zh="请求缺少本页的安全标记，请返回并刷新页面后再试",
    en="The request lacks the page's token; go back, reload the page and try again",
)
SignedIn = Annotated[Reader, Depends(signed_in)]


def same(sent: str, known: str) -> bool:
    """Compared in a time that tells nothing."""
    return bool(known) and hmac.compare_digest(sent.encode(errors="replace"), known.encode())


def own_path(wanted: str) -> str:
    """A path of this service, or home: no other host, no scheme, nothing a browser could read as one."""
    return wanted if OWN.fullmatch(wanted) else HOME


OWN: Final = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}")


def way_back(request: Request) -> str:
    """Where to go after the sign-in: the page that was asked for, or home when something was being sent."""
    if request.method not in SAFE:
        return HOME
    query = f"?{request.url.query}" if request.url.query else ""
    return own_path(f"{quote(request.url.path)}{query}")


def give_cookie(response: Response, dealflow: Dealflow, token: str) -> None:
    """The session's cookie: no script reads it, no other site's form sends it."""
    response.set_cookie(
        rules.COOKIE,
        token,
        max_age=int(rules.SESSION.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=dealflow.settings.secure_cookies,
    )


def take_cookie(response: Response, dealflow: Dealflow) -> None:
    """The cookie is gone from this browser."""
    response.delete_cookie(rules.COOKIE, path="/", httponly=True, samesite="lax", secure=dealflow.settings.secure_cookies)
