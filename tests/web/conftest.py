"""People at the pages, signed in by the form, over an office of the tests' own."""

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dealflow.asgi import app_for
from dealflow.cli.play.worlds import STAFF
from tests.makers.office import Office

PASSWORD = "lan-ting-2025"
CODES = re.compile(r'data-code="([a-z_.]+)"')
MISSING = re.compile(r'data-missing="([a-z_.]+)"')


class Reader:
    """Somebody at the pages. Forms are sent as a browser sends them: with the page's token."""

    def __init__(self, app: FastAPI, login: str) -> None:
        self.client = TestClient(app)
        answer = self.client.post("/sign-in", data={"login": login, "password": PASSWORD}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        page = self.client.get("/").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        self.csrf = found[1]

    def get(self, path: str) -> str:
        """A page's text."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text[:500]
        return unescape(answer.text)

    def status(self, path: str) -> int:
        """Only the status."""
        return self.client.get(path, follow_redirects=False).status_code

    def send(self, path: str, *, key: str = "key-of-test", **fields: str) -> tuple[int, str]:
        """A form for good; gives the status and the page or the place to go to."""
        sent = {"csrf": self.csrf, "key": key, "confirmed": "yes", **fields}
        answer = self.client.post(path, data=sent, follow_redirects=False)
        return answer.status_code, answer.headers.get("location", unescape(answer.text))

    def post(self, path: str, **fields: str) -> str:
        """What a field is answered while somebody types in it: the token goes in htmx's header."""
        answer = self.client.post(path, data=fields, headers={"X-CSRF-Token": self.csrf})
        assert answer.status_code == 200, answer.text[:500]
        return unescape(answer.text)


def codes(page: str) -> list[str]:
    """The reasons with which a form came back, by code."""
    return CODES.findall(page)


def missing(page: str, event: str) -> list[str]:
    """The unmet needs of a step's panel."""
    panel = re.search(rf'<section class="card panel" id="step-{event}".*?</section>', page, re.S)
    return MISSING.findall(panel[0]) if panel else []


class Readers:
    """`readers("A")` signs A in, once."""

    def __init__(self, office: Office, app: FastAPI) -> None:
        self.office, self.app = office, app
        self.signed: dict[str, Reader] = {}

    def __call__(self, letter: str) -> Reader:
        if letter not in self.signed:
            by = "R" if letter != "R" else "M"
            assert by == "R", "the administrator's password is set in the sample world only"
            self.office.do(by="R", use_case="staff.set_password", person=letter, password=PASSWORD)
            self.signed[letter] = Reader(self.app, next(c.login for c in STAFF if c.letter == letter))
        return self.signed[letter]


@pytest.fixture
def readers(office: Office) -> Readers:
    office.dealflow.settings = replace(office.dealflow.settings, worker_inside=False)
    return Readers(office, app_for(office.dealflow))
