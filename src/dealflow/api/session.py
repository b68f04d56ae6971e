"""Signing in and out by JSON: the token goes into `Authorization: Bearer`, and nothing else travels by itself."""

import math
from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from dealflow.api.door import House, SignedIn
from dealflow.api.errors import TITLES, Problem, answer
from dealflow.api.schemas import problems
from dealflow.features.staff import service as staff
from dealflow.features.staff.service import NotSignedIn

router = APIRouter(prefix="/session", tags=["session"])


class SignIn(BaseModel, extra="forbid"):
    """Login and password."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=200)


class Session(BaseModel):
    """A new session."""

    token: str
    csrf: str
    person: int
    ends_at: datetime


class Me(BaseModel):
    """Who is signed in, with what holds now."""

    person: int
    name: str
    roles: list[str]
    grants: list[str]
    csrf: str
    ends_at: datetime


@router.post("", responses=problems(413), status_code=201)
def sign_in(dealflow: House, asked: SignIn) -> Session:
    """Open a session. After several failures a login stays closed for a while; `Retry-After` says how long."""
    with dealflow.unit_of_work(several=True) as uow:
        found = staff.sign_in(uow, asked.login, asked.password)
    if isinstance(found, NotSignedIn):
        return _refused(found)  # type: ignore[return-value]  # FastAPI passes a response through
    return Session(token=found.token, csrf=found.csrf, person=found.person_id, ends_at=found.ends_at)


def _refused(found: NotSignedIn) -> Response:
    title, title_en = TITLES[401]
    told = Problem(
        type="urn:dealflow:problem:staff.not_signed_in",
        title=title,
        title_en=title_en,
        status=401,
        detail=found.zh,
        detail_en=found.en,
        kind="unsigned",
    )
    wait = math.ceil(found.wait.total_seconds())
    return answer(told, {"WWW-Authenticate": "Bearer", **({"Retry-After": str(wait)} if wait else {})})


@router.get("", responses=problems())
def me(caller: SignedIn) -> Me:
    """Who is signed in."""
    actor = caller.actor
    return Me(
        person=actor.id,
        name=actor.name,
        roles=sorted(actor.roles),
        grants=sorted(actor.grants),
        csrf=caller.session.csrf,
        ends_at=caller.session.ends_at,
    )


@router.delete("", status_code=204, responses=problems(403))
def sign_out(dealflow: House, caller: SignedIn) -> None:
    """End this session."""
    with dealflow.unit_of_work() as uow:
        staff.sign_out(uow, caller.token)
