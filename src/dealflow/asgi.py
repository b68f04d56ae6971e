"""Joins pages and API into one ASGI application: headers, sizes, static files, error numbers, health, the worker inside.

`cli serve` gives `app_for(build(settings))` to the HTTP server; tests give it to a client."""

import logging
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dealflow.api.application import api_for
from dealflow.api.errors import plain_problem
from dealflow.bootstrap import Dealflow
from dealflow.jobs import worker
from dealflow.web import app, session
from dealflow.web import errors as pages
from dealflow.web.pages import STATIC

log = logging.getLogger(__name__)

POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 25 * MEGABYTE
LARGEST_JSON: Final = MEGABYTE
LASTING: Final = "public, max-age=31536000, immutable"
VENDOR: Final = ("htmx.min.js", "hx-sse.min.js")
ROUTERS: Final[tuple[APIRouter, ...]] = (session.router, app.router)

Broken = Callable[[Request, str], Response]
TooMuch = Callable[[Request], Response]


class TooLarge(Exception):
    """More arrives than the service takes."""


class Arrival:
    """Counts what arrives, whatever the request said of its length."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        kind = dict(scope["headers"]).get(b"content-type", b"")
        self.most = LARGEST_JSON if b"json" in kind else LARGEST
        self.receive, self.arrived = receive, 0

    @property
    def over(self) -> bool:
        """More has arrived than is taken."""
        return self.arrived > self.most

    async def next(self) -> Message:
        """The next piece. Raises TooLarge; frameworks may take that for a body they cannot read, so `over` decides."""
        message = await self.receive()
        self.arrived += len(message.get("body", b""))
        if self.over:
            raise TooLarge
        return message


class Net:
    """Inside each application: gives a failure nobody can explain a number, logs it, and answers without a trace of it."""

    def __init__(self, app: ASGIApp, broken: Broken, too_large: TooMuch, leaves: str = "") -> None:
        self.app, self.broken, self.too_large, self.leaves = app, broken, too_large, leaves

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer in its place when it fails before anything was sent."""
        if scope["type"] != "http" or (self.leaves and scope["path"].startswith(self.leaves)):
            await self.app(scope, receive, send)
            return
        begun, arrival = False, Arrival(scope, receive)

        async def noting(message: Message) -> None:
            nonlocal begun
            if begun or not arrival.over:
                begun = True
                await send(message)

        try:
            await self.app(scope, arrival.next, noting)
        except Exception:
            if begun or not arrival.over:
                await self.failed(scope, receive, send, begun=begun)
        if arrival.over and not begun:
            await self.too_large(Request(scope))(scope, receive, send)

    async def failed(self, scope: Scope, receive: Receive, send: Send, *, begun: bool) -> None:
        """In the log with its number; to the person the number alone."""
        number = secrets.token_hex(4)
        log.exception("error %s at %s %s", number, scope["method"], scope["path"])
        if begun:
            raise
        await self.broken(Request(scope), number)(scope, receive, send)


class Headers:
    """Around everything: the security headers of every answer, and what must not be kept is not kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the answer does not say itself."""

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, adding if scope["type"] == "http" else send)


class Files(StaticFiles):
    """The pages' files: for a year when the address carries their fingerprint, else to be asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file with how long it may be kept."""
        response = await super().get_response(path, scope)
        fixed = b"v=" in scope["query_string"] and response.status_code in (200, 304)
        response.headers["Cache-Control"] = LASTING if fixed else "no-cache"
        return response


def app_for(dealflow: Dealflow) -> FastAPI:
    """Pages, API and static files of an open office, as one application."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        """While the server runs: the worker beside it, if the settings say so."""
        check_vendor_files()
        stop = threading.Event()
        beside = threading.Thread(target=worker.run, args=(dealflow, stop), name="worker", daemon=True)
        if dealflow.settings.worker_inside:
            beside.start()
        yield
        stop.set()
        if beside.is_alive():
            beside.join(timeout=30)

    whole = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=life, redirect_slashes=False)
    whole.state.dealflow = dealflow
    whole.add_api_route("/healthz", health)
    whole.mount("/static", Files(directory=STATIC), name="static")
    for router in ROUTERS:
        whole.include_router(router)
    whole.mount("/api", api_app(dealflow))
    pages.handle_errors(whole, dealflow)
    whole.add_middleware(Net, broken=pages.broken_page, too_large=lambda request: pages.page_of(request, 413), leaves="/api/")
    whole.add_middleware(Headers)
    return whole


def api_app(dealflow: Dealflow) -> FastAPI:
    """The API with its own net, so that it fails in its own form."""
    api = api_for(dealflow)
    api.add_middleware(
        Net,
        broken=lambda _, number: plain_problem(500, "broken", number=number),
        too_large=lambda _: plain_problem(413, "too_large"),
    )
    return api


def health(request: Request) -> Response:
    """Whether the database answers; asked by whoever watches the service."""
    dealflow: Dealflow = request.app.state.dealflow
    try:
        dealflow.ping()
    except Exception:  # whatever the driver raises: the answer is that it does not answer
        log.exception("the database does not answer")
        return JSONResponse({"status": "failing", "version": version("dealflow")}, 503)
    return JSONResponse({"status": "ok", "version": version("dealflow")})


def check_vendor_files() -> None:
    """Pages work without htmx, less well; whoever starts the service is told once."""
    missing = [name for name in VENDOR if not (STATIC / "vendor" / name).is_file()]
    if missing:
        log.error("missing in %s: %s; run `make assets`", STATIC / "vendor", ", ".join(missing))
