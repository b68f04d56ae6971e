"""Passwords, sessions, and what a guesser meets."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from dealflow.db.tables.staff import people, sessions
from dealflow.features.staff import queries, rules, service
from dealflow.features.staff.service import AddPerson, NotSignedIn, SetActive, SetPassword, SignedIn
from dealflow.kernel.errors import Forbidden, Refused
from tests.makers.front_desk import at, command, empty_project, working

PASSWORD = "lin-xi-2025"


@pytest.fixture
def office(database_url):
    """A project with one salesperson who may sign in."""
    database = empty_project(database_url)
    with working(database) as uow:
        asked = AddPerson(login="AnRan ", name="安然", password=PASSWORD, roles=("salesperson",))
        service.add_person(uow, command("an", "administrator"), asked)
    yield database
    database.close()


def sign_in(office, password: str = PASSWORD, login: str = "anran", now: str = "2025-03-03 09:00"):
    with working(office, now) as uow:
        return service.sign_in(uow, login, password)


def who(office, token: str, now: str = "2025-03-03 09:00"):
    with working(office, now) as uow:
        return queries.actor_of_session(uow.connection, token, at(now))


def test_the_right_password_opens_a_session_of_twelve_hours(office):
    signed = sign_in(office, login=" ANRAN")
    assert isinstance(signed, SignedIn)
    session = who(office, signed.token, "2025-03-03 20:59")
    assert (session.actor.name, session.actor.roles, session.csrf) == ("安然", {"salesperson"}, signed.csrf)
    assert who(office, signed.token, "2025-03-03 21:00") is None


def test_neither_password_nor_token_is_stored(office):
    signed = sign_in(office)
    with working(office) as uow:
        stored = uow.connection.scalar(sa.select(people.c.password))
        token = uow.connection.scalar(sa.select(sessions.c.token))
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
    assert signed.token not in token


@pytest.mark.parametrize(("login", "password"), [("anran", "wrong-password"), ("nobody", PASSWORD), ("anran", "")])
def test_a_failed_sign_in_does_not_say_what_was_wrong(office, login, password):
    assert sign_in(office, password, login) == NotSignedIn()


def test_after_five_failures_the_login_is_closed_also_for_the_right_password(office):
    for _ in range(5):
        sign_in(office, "wrong-password")
    closed = sign_in(office)
    assert isinstance(closed, NotSignedIn)
    assert closed.wait == timedelta(seconds=30)


def test_when_the_wait_is_over_the_right_password_ends_the_count(office):
    for _ in range(5):
        sign_in(office, "wrong-password")
    assert isinstance(sign_in(office, now="2025-03-03 09:00:30"), SignedIn)
    assert sign_in(office, "wrong-password", now="2025-03-03 09:01") == NotSignedIn()


@pytest.mark.parametrize(("failures", "seconds"), [(4, 0), (5, 30), (6, 60), (8, 240), (12, 3600), (500, 3600)])
def test_the_wait_doubles_up_to_an_hour(failures, seconds):
    start = at("2025-03-03 09:00")
    assert rules.locked_until(failures, start) - start == timedelta(seconds=seconds)


def test_failures_of_yesterday_no_longer_count(office):
    for _ in range(4):
        sign_in(office, "wrong-password")
    sign_in(office, "wrong-password", now="2025-03-04 09:01")
    assert isinstance(sign_in(office, now="2025-03-04 09:01"), SignedIn)


def test_signing_out_ends_the_session(office):
    signed = sign_in(office)
    with working(office) as uow:
        service.sign_out(uow, signed.token)
    assert who(office, signed.token) is None


def test_a_new_password_ends_every_session(office):
    signed = sign_in(office)
    with working(office) as uow:
        asked = SetPassword(person=signed.person_id, password="another-one", present=PASSWORD)
        service.set_password(uow, command("p", person=signed.person_id), asked)
    assert who(office, signed.token) is None
    assert isinstance(sign_in(office, "another-one"), SignedIn)


def test_ones_own_password_is_changed_with_the_present_one(office):
    signed = sign_in(office)
    asked = SetPassword(person=signed.person_id, password="another-one", present="wrong")
    with working(office) as uow, pytest.raises(Refused) as no:
        service.set_password(uow, command("p", "administrator", person=signed.person_id), asked)
    assert no.value.codes == {"staff.password_wrong"}


def test_anothers_password_is_the_administrators_business(office):
    signed = sign_in(office)
    with working(office) as uow, pytest.raises(Forbidden) as no:
        service.set_password(
            uow, command("p", "sales_manager", person=2), SetPassword(person=signed.person_id, password="another-one")
        )
    assert no.value.codes == {"staff.administrator_only"}


@pytest.mark.parametrize("password", ["short", "x" * 129, "anran"])
def test_a_password_that_is_easily_guessed_is_refused(office, password):
    signed = sign_in(office)
    with working(office) as uow, pytest.raises(Refused) as no:
        service.set_password(uow, command("p", "administrator"), SetPassword(person=signed.person_id, password=password))
    assert no.value.codes == {"staff.password_unfit"}


def test_one_who_has_left_is_signed_out_and_cannot_sign_in(office):
    signed = sign_in(office)
    with working(office) as uow:
        service.set_active(uow, command("x", "administrator"), SetActive(person=signed.person_id, active=False))
    assert who(office, signed.token) is None
    assert sign_in(office) == NotSignedIn()
