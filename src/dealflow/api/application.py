"""The JSON API as an application of its own, mounted under /api by `asgi`: its routes, its problems, its OpenAPI document."""

from importlib.metadata import version
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from dealflow.api import deals, money, papers, policies, session, tasks, units, use_cases
from dealflow.api.door import plain_body
from dealflow.api.errors import MEDIA_TYPE, handle_errors
from dealflow.bootstrap import Dealflow

ABOUT: Final = """The sales office's API.

Sign in at `/session`; commands carry an `Idempotency-Key`, lists a cursor, cases an `ETag`.

A step that may not be taken answers 409 with every reason: code, rule, both languages, who can clear it and how."""

ROUTERS: Final[tuple[APIRouter, ...]] = (
    session.router,
    deals.router,
    money.of_deals,
    papers.of_deals,
    money.router,
    papers.router,
    papers.files,
    units.router,
    tasks.router,
    policies.router,
    use_cases.router,
)


def api_for(dealflow: Dealflow) -> FastAPI:
    """The API of an open office."""
    app = FastAPI(
        title="dealflow",
        version=version("dealflow"),
        description=ABOUT,
        docs_url=None,  # Swagger's page comes from elsewhere, which the pages' policy forbids
        redoc_url=None,
        dependencies=[Depends(plain_body)],
        generate_unique_id_function=_named,
        redirect_slashes=False,
    )
    app.state.dealflow = dealflow
    for router in ROUTERS:
        app.include_router(router)
    handle_errors(app, dealflow.house)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _named(route: APIRoute) -> str:
    """An operation's name: the noun and the function, `deals_show`."""
    noun = str(route.tags[0]) if route.tags else "api"
    return f"{noun.replace(' ', '_')}_{route.name}"


def _document(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1; what goes wrong is application/problem+json everywhere."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, servers=[{"url": "/api"}]
        )
        for path in document["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if status >= "400" and "application/json" in response.get("content", {}):
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        app.openapi_schema = document
    return app.openapi_schema
