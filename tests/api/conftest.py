"""The real application over an office of the tests' own: people sign in by password, as programs do."""

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dealflow.asgi import app_for
from dealflow.casework.command import Command
from dealflow.cli.play.worlds import OPERATOR
from dealflow.features.staff import queries as staff
from tests.makers.office import Office

PASSWORD = "lan-ting-2025"


class Desk:
    """Somebody at the API, with a token. Each command has a key of its own unless told."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client, self.token, self.count = client, token, 0

    def headers(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **(more or {})}

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"/api{path}", params=params, headers=self.headers())

    def post(self, path: str, body: object = None, *, key: str = "", seen: str = "") -> Any:
        self.count += 1
        keyed = {"Idempotency-Key": key or f"key-of-test-{self.count}", **({"If-Match": seen} if seen else {})}
        return self.client.post(f"/api{path}", json=body if body is not None else {}, headers=self.headers(keyed))

    def step(self, deal: int, event: str, **answers: object) -> Any:
        return self.post(f"/deals/{deal}/steps/{event}", {"answers": answers})

    def do(self, use_case: str, **fields: object) -> Any:
        return self.post(f"/use-cases/{use_case}", fields)


class Desks:
    """The office by API: `desks("A")` signs A in, once."""

    def __init__(self, office: Office, app: FastAPI) -> None:
        self.office, self.client = office, TestClient(app)
        self.signed: dict[str, Desk] = {}

    def login(self, letter: str) -> str:
        """Gives somebody a password and tells his login."""
        person = self.office.world.people[letter]
        with self.office.dealflow.reading() as uow:
            login = next(p.login for p in staff.people(uow.connection) if p.id == person)
        with self.office.dealflow.unit_of_work(several=True) as uow:
            asked = {"person": person, "password": PASSWORD}
            self.office.dealflow.book.do(uow, Command(f"password/{letter}", OPERATOR), "staff.set_password", asked)
        return login

    def fresh(self, letter: str) -> str:
        """Signs somebody in anew; gives the token."""
        answer = self.client.post("/api/session", json={"login": self.login(letter), "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def __call__(self, letter: str) -> Desk:
        if letter not in self.signed:
            self.signed[letter] = Desk(self.client, self.fresh(letter))
        return self.signed[letter]


@pytest.fixture
def app(office: Office) -> FastAPI:
    return app_for(office.dealflow)


@pytest.fixture
def desks(office: Office, app: FastAPI) -> Desks:
    return Desks(office, app)
