"""The sign-in page, signing in and signing out."""

import math
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from dealflow.features.staff import service as staff
from dealflow.features.staff.service import NotSignedIn
from dealflow.web.errors import bare_frame, locale_of
from dealflow.web.pages import render
from dealflow.web.security import House, SignedIn, give_cookie, own_path, session_of, take_cookie
from dealflow.web.views import Field, Problem, SignInPage
from dealflow.web.views import Form as Shown

router = APIRouter()


@router.get("/sign-in")
def sign_in_page(request: Request, dealflow: House, next: str = "/") -> Response:
    """The form; whoever is signed in already goes on."""
    if session_of(request, dealflow):
        return RedirectResponse(own_path(next), 303)
    return _page(request, own_path(next))


@router.post("/sign-in")
def sign_in(
    request: Request,
    dealflow: House,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=600)] = "/",
) -> Response:
    """Check login and password. A form of another site cannot use this: it would need the password."""
    login = "".join(c for c in login if c.isprintable())
    with dealflow.unit_of_work(several=True) as uow:
        found = staff.sign_in(uow, login, password)
    if isinstance(found, NotSignedIn):
        return _page(request, own_path(next), login, found)
    answer = RedirectResponse(own_path(next), 303)
    give_cookie(answer, dealflow, found.token)
    return answer


@router.post("/sign-out")
def sign_out(dealflow: House, reader: SignedIn) -> Response:
    """End the session here and in the database."""
    with dealflow.unit_of_work() as uow:
        staff.sign_out(uow, reader.token)
    answer = RedirectResponse("/sign-in", 303)
    take_cookie(answer, dealflow)
    return answer


def _page(request: Request, back: str, login: str = "", failed: NotSignedIn | None = None) -> Response:
    """The sign-in page, with what was wrong when a try failed."""
    locale = locale_of(request)
    en = locale == "en"
    fields = (
        Field("login", "Login" if en else "登录名", value=login, autocomplete="username"),
        Field("password", "Password" if en else "密码", "password", autocomplete="current-password"),
        Field("next", "", "hidden", value=back, required=False),
    )
    problem = Problem(failed.en if en else failed.zh) if failed else None
    form = Shown("sign-in", "/sign-in", fields, "Sign in" if en else "登录", problem=problem, in_place=False)
    frame = bare_frame(request, "Sign in" if en else "登录")
    body = render("sign_in.html", locale, frame=frame, page=SignInPage(form))
    wait = math.ceil(failed.wait.total_seconds()) if failed else 0
    return HTMLResponse(body, 422 if failed else 200, {"Retry-After": str(wait)} if wait else None)
