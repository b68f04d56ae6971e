"""One request of a signed-in person: who looks, in which language, at what moment. Every page is answered through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Protocol

from fastapi import Depends, Request
from fastapi.datastructures import FormData
from fastapi.responses import HTMLResponse

from dealflow.bootstrap import Dealflow
from dealflow.casework.unit_of_work import UnitOfWork
from dealflow.features.staff import queries as staff
from dealflow.features.staff import rules
from dealflow.features.staff.rules import Sight
from dealflow.kernel.actor import Actor
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.web.errors import THEME_COOKIE, Locale, locale_of
from dealflow.web.pages import render
from dealflow.web.security import House, SignedIn
from dealflow.web.views import Frame

Theme = Literal["auto", "light", "dark"]


class InTwoLanguages(Protocol):
    """A label of a workflow, a text of a room."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at which page, when, and in which language. `here` is the page to come back to."""

    dealflow: Dealflow
    actor: Actor
    csrf: str
    locale: Locale
    theme: Theme
    now: datetime
    here: str

    @property
    def english(self) -> bool:
        """Whether this person reads English."""
        return self.locale == "en"

    @property
    def today(self) -> str:
        """The local day, as dates are written."""
        return f"{self.now.astimezone(PROJECT_ZONE):%Y-%m-%d}"

    def say(self, zh: str, en: str) -> str:
        """One of two sentences, in the reader's language."""
        return en if self.english else zh

    def word(self, label: InTwoLanguages) -> str:
        """A label in the reader's language."""
        return label.en if self.english else label.zh

    def who(self, name: str) -> str:
        """A role, grant or relation in words."""
        text = self.dealflow.house.texts.get(f"who.{name}")
        return self.word(text) if text else name

    def holds(self, *names: str) -> bool:
        """Whether this person has one of these roles or grants."""
        return not (self.actor.roles | self.actor.grants).isdisjoint(names)

    def page(self, template: str, frame: Frame, page: object, status: int = 200) -> HTMLResponse:
        """A whole page."""
        return HTMLResponse(render(template, self.locale, frame=frame, page=page), status)


def visit(request: Request, dealflow: House, reader: SignedIn) -> Visit:
    """The visit of a request. Raises Unsigned or Forbidden."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    chosen: Theme = "dark" if theme == "dark" else "light" if theme == "light" else "auto"
    query = f"?{request.url.query}" if request.url.query else ""
    here = f"{request.url.path}{query}" if request.method == "GET" else "/"
    return Visit(dealflow, reader.actor, reader.csrf, locale_of(request), chosen, dealflow.clock.now(), here)


async def sent(request: Request) -> FormData:
    """The form that was sent. Read once; whoever asks again gets the same."""
    return await request.form()


Visiting = Annotated[Visit, Depends(visit)]
Sent = Annotated[FormData, Depends(sent)]


def sight_of(uow: UnitOfWork, actor: Actor) -> Callable[[int | None, int], Sight]:
    """How much of a client this person sees, by owner and deal."""
    stands_for: frozenset[int] = frozenset()
    if "substitute" in actor.grants:
        held = (g for g in staff.grants_at(uow.connection, uow.now) if g.person_id == actor.id and g.grant == "substitute")
        stands_for = frozenset(g.subject for g in held if g.subject is not None)
    return lambda owner, deal: rules.sight(actor, owner, stands_for=stands_for, deal=deal)
