"""The pages' door: sessions by cookie, tokens of forms, headers, static files, problems as pages."""

import threading
import time
from dataclasses import replace
from urllib.parse import quote_from_bytes

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dealflow.asgi import POLICY, app_for, check_vendor_files
from dealflow.features.staff import queries as staff
from dealflow.web.security import SignedIn, own_path
from tests.makers.office import Office

PASSWORD = "lan-ting-2025"


@pytest.fixture
def app(office: Office) -> FastAPI:
    app = app_for(office.dealflow)

    @app.get("/a-page")
    def page(reader: SignedIn) -> dict[str, str]:
        return {"person": reader.actor.name, "csrf": reader.csrf}

    @app.post("/a-form")
    def form(reader: SignedIn) -> dict[str, str]:
        return {"person": reader.actor.name}

    return app


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def login(office: Office) -> str:
    person = office.world.people["A"]
    office.do(by="R", use_case="staff.set_password", person=person, password=PASSWORD)
    with office.dealflow.reading() as uow:
        return next(p.login for p in staff.people(uow.connection) if p.id == person)


@pytest.fixture
def signed(client: TestClient, login: str) -> TestClient:
    answer = client.post("/sign-in", data={"login": login, "password": PASSWORD, "next": "/a-page"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/a-page")
    return client


# ---- signing in
def test_a_page_asks_to_sign_in_and_comes_back(client: TestClient) -> None:
    answer = client.get("/a-page?q=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fa-page%3Fq%3D1")


def test_htmx_is_sent_to_the_sign_in_as_a_whole_page(client: TestClient) -> None:
    answer = client.get("/a-page", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fa-page")


def test_the_sign_in_page_has_its_form(client: TestClient) -> None:
    answer = client.get("/sign-in?next=/a-page")
    assert answer.status_code == 200
    assert 'name="password"' in answer.text
    assert 'value="/a-page"' in answer.text


def test_the_cookie_is_out_of_reach(client: TestClient, login: str) -> None:
    cookie = client.post("/sign-in", data={"login": login, "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("dealflow=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_a_wrong_password_comes_back_with_the_login_kept(client: TestClient, login: str) -> None:
    answer = client.post("/sign-in", data={"login": login, "password": "wrong-one"})
    assert answer.status_code == 422
    assert login in answer.text
    assert "登录名或密码不正确" in answer.text
    assert "wrong-one" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("login", ["\x00", "a\x00b", "x" * 200, "", "' or 1=1 --", "\ud83d"])
def test_an_odd_login_is_a_wrong_one(client: TestClient, login: str) -> None:
    content = b"password=x&login=" + quote_from_bytes(login.encode("utf-8", "surrogatepass")).encode()
    answer = client.post("/sign-in", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "",
        "a-page",
        "/a\nb",
        "/a\tb",
        "/" + "x" * 600,
    ],
)
def test_the_way_back_is_a_path_of_this_service(client: TestClient, login: str, wanted: str) -> None:
    assert own_path(wanted) == "/"
    answer = client.post("/sign-in", data={"login": login, "password": PASSWORD, "next": wanted[:600]})
    assert answer.headers["location"] == "/"


def test_a_signed_in_person_reads_pages(signed: TestClient) -> None:
    assert signed.get("/a-page").json()["person"] == "安然"


def test_a_signed_in_person_is_sent_on_from_the_sign_in(signed: TestClient) -> None:
    assert signed.get("/sign-in?next=/a-page").headers["location"] == "/a-page"


# ---- the token of forms
def test_a_form_without_the_pages_token_is_refused(signed: TestClient) -> None:
    answer = signed.post("/a-form", data={"x": "1"})
    assert answer.status_code == 403
    assert "安全标记" in answer.text


@pytest.mark.parametrize("by", ["field", "header", "multipart"])
def test_the_pages_token_is_taken_from_field_or_header(signed: TestClient, by: str) -> None:
    csrf = signed.get("/a-page").json()["csrf"]
    sent = {
        "field": {"data": {"csrf": csrf}},
        "header": {"headers": {"X-CSRF-Token": csrf}},
        "multipart": {"data": {"csrf": csrf}, "files": {"scan": b"%PDF-"}},
    }[by]
    assert signed.post("/a-form", **sent).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize("token", ["guess", "é", "", "\x00"])
def test_a_guessed_token_is_refused(signed: TestClient, token: str) -> None:
    assert signed.post("/a-form", data={"csrf": token}).status_code == 403


def test_nothing_is_sent_by_somebody_signed_out(client: TestClient) -> None:
    assert client.post("/a-form", data={"csrf": "x"}).headers["location"] == "/sign-in?next=%2F"


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(signed: TestClient) -> None:
    csrf, token = signed.get("/a-page").json()["csrf"], signed.cookies["dealflow"]
    answer = signed.post("/sign-out", data={"csrf": csrf})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    signed.cookies.clear()
    assert signed.get("/a-page", headers={"Cookie": f"dealflow={token}"}).status_code == 303


# ---- headers
@pytest.mark.parametrize(
    "path", ["/sign-in", "/nothing", "/healthz", "/static/mark.svg", "/api/deals", "/api/nothing", "/a-page"]
)
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in POLICY


def test_pages_and_answers_are_not_kept(client: TestClient) -> None:
    assert {client.get(path).headers["cache-control"] for path in ("/sign-in", "/api/deals", "/healthz")} == {"no-store"}


def test_files_with_a_fingerprint_are_kept_for_a_year(client: TestClient) -> None:
    kept = [client.get(f"/static/mark.svg{query}").headers["cache-control"] for query in ("?v=abc", "")]
    assert kept == ["public, max-age=31536000, immutable", "no-cache"]


@pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static//etc/passwd", "/static/css"])
def test_static_files_end_at_their_folder(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


# ---- problems
def test_a_page_that_is_not_there_offers_the_search(client: TestClient) -> None:
    answer = client.get("/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有找到" in answer.text


def test_a_problem_speaks_the_readers_language(client: TestClient) -> None:
    assert "Not found" in client.get("/nothing", headers={"Cookie": "locale=en"}).text


def test_a_failure_has_a_number_and_no_trace(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret of the house")

    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    number = next(r.args[0] for r in caplog.records if r.msg.startswith("error %s"))  # type: ignore[index]
    assert str(number) in answer.text


def test_more_than_25_megabytes_are_refused(client: TestClient) -> None:
    answer = client.post(
        "/sign-in", content=b"x" * (25 * 1024 * 1024 + 1), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")


# ---- the service itself
def test_health_tells_the_version_while_the_database_answers(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["version"]


def test_health_fails_when_the_database_does_not_answer(app: FastAPI, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OSError("gone")

    monkeypatch.setattr(type(office.dealflow), "ping", lambda _: away())
    assert TestClient(app).get("/healthz").status_code == 503


def test_missing_vendor_files_are_told_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dealflow.asgi.STATIC", tmp_path)
    check_vendor_files()
    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert "make assets" in caplog.text


def test_the_worker_runs_beside_the_server_and_stops_with_it(office: Office) -> None:
    deal = office.held().case
    inside = replace(office.dealflow, settings=replace(office.dealflow.settings, worker_inside=True))
    office.clock.move(hours=73)
    patience = time.monotonic() + 20
    with TestClient(app_for(inside)):
        while office.state(deal) == "reserved" and time.monotonic() < patience:
            office.dealflow.ping()
    assert office.state(deal) == "tracked"
    assert "worker" not in {thread.name for thread in threading.enumerate()}
