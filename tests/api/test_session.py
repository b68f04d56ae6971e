"""Signing in by JSON; tokens, cookies and the page's own token."""

import pytest

from tests.api.conftest import PASSWORD, Desks
from tests.makers.office import Office

UNSIGNED = ["/deals", "/deals/1", "/units", "/tasks", "/policies", "/use-cases", "/papers/1/pdf", "/refunds", "/session"]


@pytest.mark.parametrize("path", UNSIGNED)
def test_nobody_signed_in_is_told_to_sign_in(desks: Desks, path: str) -> None:
    answer = desks.client.get(f"/api{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("value", ["Bearer wrong", "Bearer ", "Basic abc", "Bearer \x00", "Bearer " + "x" * 5000])
def test_a_wrong_token_is_nobody(desks: Desks, value: str) -> None:
    assert desks.client.get("/api/deals", headers={"Authorization": value.replace("\x00", "%00")}).status_code == 401


def test_the_session_tells_who_one_is(office: Office, desks: Desks) -> None:
    me = desks("F").get("/session").json()
    assert (me["person"], me["name"], me["roles"]) == (office.world.people["F"], "方岚", ["finance"])


def test_login_and_password_are_not_told_apart(desks: Desks) -> None:
    login = desks.login("A")
    wrong = [desks.client.post("/api/session", json={"login": n, "password": "wrong-one"}) for n in (login, "nobody")]
    assert {a.status_code for a in wrong} == {401}
    assert wrong[0].json() == wrong[1].json()


def test_guessing_closes_the_login_for_a_while(desks: Desks) -> None:
    login = desks.login("A")
    for _ in range(5):
        desks.client.post("/api/session", json={"login": login, "password": "wrong-one"})
    answer = desks.client.post("/api/session", json={"login": login, "password": PASSWORD})
    assert answer.status_code == 401
    assert int(answer.headers["retry-after"]) > 0


def test_a_signed_out_token_is_nobody(desks: Desks) -> None:
    a = desks("A")
    assert desks.client.delete("/api/session", headers=a.headers()).status_code == 204
    assert a.get("/deals").status_code == 401


def test_a_session_ends_after_twelve_hours(office: Office, desks: Desks) -> None:
    a = desks("A")
    office.clock.move(hours=12)
    assert a.get("/deals").status_code == 401


def test_a_role_taken_back_holds_no_longer(office: Office, desks: Desks) -> None:
    office.tracked()
    m = desks("M")
    assert m.get("/deals").json()["deals"][0]["whole"] is True
    office.do(by="R", use_case="staff.take_role", person=office.world.people["M"], role="sales_manager")
    assert m.get("/deals").json()["deals"][0]["whole"] is False


def test_a_deactivated_person_is_nobody(office: Office, desks: Desks) -> None:
    a = desks("A")
    office.do(by="R", use_case="staff.set_active", person=office.world.people["A"], active=False)
    assert a.get("/deals").status_code == 401


def by_cookie(desks: Desks, csrf: str) -> int:
    headers = {"Cookie": f"dealflow={desks('M').token}".encode(), "X-CSRF-Token": csrf.encode()}
    answer = desks.client.put("/api/policies/hold.fee", json={"value": "600.00", "reason": "x"}, headers=headers)
    return int(answer.status_code)


def test_the_pages_cookie_needs_the_pages_token(desks: Desks) -> None:
    csrf = desks("M").get("/session").json()["csrf"]
    assert [by_cookie(desks, given) for given in ("", "guess", "é", csrf)] == [403, 403, 403, 202]


def test_anothers_token_does_not_help(desks: Desks) -> None:
    assert by_cookie(desks, desks("A").get("/session").json()["csrf"]) == 403


def test_the_cookie_alone_may_look(desks: Desks) -> None:
    assert desks.client.get("/api/deals", headers={"Cookie": f"dealflow={desks('M').token}"}).status_code == 200
