"""What went wrong, as a page with the ways out: the one table from kind to status of this door, and its handlers."""

from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from dealflow.bootstrap import Dealflow
from dealflow.kernel import words
from dealflow.kernel.calendar import CalendarMissing
from dealflow.kernel.errors import Conflict, DealflowError, Invalid, Refused, Unmet
from dealflow.web.pages import render
from dealflow.web.security import Unsigned
from dealflow.web.views import Action, Frame, Need, ProblemPage

STATUS: Final[Mapping[str, int]] = {
    "unsigned": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "refused": 409,
    "calendar_missing": 409,
    "invalid": 422,
    "not_upgraded": 503,
    "bad_workflow": 503,
    "no_fonts": 503,
    "not_ready": 503,
}
Locale = Literal["zh_CN", "en"]
LOCALE_COOKIE: Final = "locale"
THEME_COOKIE: Final = "theme"
TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("请求无法读取", "The request cannot be read"),
    403: ("这一步不由你办理", "Not yours to do"),
    404: ("没有找到", "Not found"),
    405: ("此处不接受这种请求", "This is not how this place is asked"),
    409: ("现在不能办理", "Not possible now"),
    413: ("内容过大", "Too large"),
    422: ("填写的内容有误", "What was filled in is malformed"),
    503: ("服务暂时不可用", "The service is not available"),
}
BROKEN: Final = ("服务出错", "The service failed")
TEXTS: Final[Mapping[int, tuple[str, str]]] = {
    404: ("可能已被移走，或地址有误。可以在这里查找。", "It may have moved, or the address is wrong. Search for it here."),
    413: ("文件不超过 20 MB。", "Files have 20 MB at most."),
}
TELL: Final = (
    "这不是你的操作造成的。请稍后再试；若仍不行，请把错误编号告知管理员。",
    "You did not cause this. Try again in a moment; if it goes on, tell the administrator the error number.",
)


def locale_of(request: Request) -> Locale:
    """The language that this browser chose."""
    return "en" if request.cookies.get(LOCALE_COOKIE) == "en" else "zh_CN"


def bare_frame(request: Request, title: str) -> Frame:
    """The frame of a page that stands alone: nobody's name, no navigation."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return Frame(
        title=title,
        project="dealflow",
        project_note="",
        person="",
        role="",
        nav=(),
        current="",
        csrf="",
        now=request.app.state.dealflow.clock.now(),
        locale=locale_of(request),
        theme="dark" if theme == "dark" else "light" if theme == "light" else "auto",
    )


def page_of(request: Request, status: int, text: str = "", reasons: tuple[Need, ...] = (), number: str = "") -> Response:
    """The problem as a page of its own."""
    locale = locale_of(request)
    en = locale == "en"
    title = TITLES.get(status, BROKEN)[en]
    back = Action("Back to the start" if en else "回到首页", href="/")
    page = ProblemPage(status, title, text or TEXTS.get(status, ("", ""))[en], reasons, (back,), status == 404, number)
    return HTMLResponse(render("problem.html", locale, frame=bare_frame(request, title), page=page), status)


def broken_page(request: Request, number: str) -> Response:
    """A failure nobody can explain: its number finds it in the log."""
    return page_of(request, 500, TELL[locale_of(request) == "en"], number=number)


def need(dealflow: Dealflow, unmet: Unmet, locale: Locale) -> Need:
    """A reason as the pages show it; roles in words."""
    en = locale == "en"
    who = (dealflow.house.texts.get(f"who.{name}") for name in unmet.who)
    names = tuple((text.en if en else text.zh) for text in who if text)
    return Need(unmet.code, unmet.en if en else unmet.zh, met=False, who=names, since=unmet.since, rule=unmet.rule)


def told(error: DealflowError, locale: Locale) -> str:
    """What an error says in one sentence."""
    en = locale == "en"
    if isinstance(error, Conflict | CalendarMissing):
        return error.en if en else error.zh
    if isinstance(error, Invalid):
        return words.of(error)[en]
    if isinstance(error, Refused):
        return " ".join(unmet.en if en else unmet.zh for unmet in error.reasons)
    return ""


def to_sign_in(request: Request, back: str) -> Response:
    """Signed out: to the sign-in, and back afterwards. htmx is told to go there as a whole page."""
    where = f"/sign-in?next={quote(back, safe='')}"
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def handle_errors(app: FastAPI, dealflow: Dealflow) -> None:
    """Every error of this door becomes a page; what nobody can explain is left to the net of `asgi`."""

    @app.exception_handler(DealflowError)
    def explained(request: Request, error: DealflowError) -> Response:
        if isinstance(error, Unsigned):
            return to_sign_in(request, error.back)
        if error.kind not in STATUS:
            raise error
        locale = locale_of(request)
        if isinstance(error, Refused):
            return page_of(request, STATUS[error.kind], reasons=tuple(need(dealflow, u, locale) for u in error.reasons))
        return page_of(request, STATUS[error.kind], told(error, locale))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> Response:
        in_path = any(fault["loc"][0] == "path" for fault in error.errors())
        return page_of(request, 404 if in_path else 422)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        return page_of(request, error.status_code)
