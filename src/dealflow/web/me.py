"""The person's own settings: appearance and language, kept by his browser."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from dealflow.web.errors import LOCALE_COOKIE, THEME_COOKIE
from dealflow.web.security import own_path
from dealflow.web.visit import Visit, Visiting

router = APIRouter(prefix="/me")
YEAR = 365 * 24 * 3600
Typed = Annotated[str, Form(max_length=600)]


@router.post("/theme")
def theme(v: Visiting, theme: Typed = "auto", back: Typed = "/") -> Response:
    """Light, dark, or as the system has it."""
    return _remembered(v, THEME_COOKIE, theme if theme in ("light", "dark") else "auto", back)


@router.post("/locale")
def locale(v: Visiting, locale: Typed = "zh_CN", back: Typed = "/") -> Response:
    """Chinese or English."""
    return _remembered(v, LOCALE_COOKIE, "en" if locale == "en" else "zh_CN", back)


def _remembered(v: Visit, name: str, value: str, back: str) -> Response:
    answer = RedirectResponse(own_path(back), 303)
    answer.set_cookie(
        name, value, max_age=YEAR, path="/", httponly=True, samesite="lax", secure=v.dealflow.settings.secure_cookies
    )
    return answer
