"""Whether a visit opens a deal or belongs to one: the register decides, by phone."""

import pytest
import sqlalchemy as sa

from dealflow.casework.command import identify
from dealflow.db.tables.casework import commands
from dealflow.features.reception import queries, service
from dealflow.features.reception.service import RegisterVisit
from tests.makers.front_desk import at, empty_project, know, working

PHONE = "19000000001"


def asked(**more) -> RegisterVisit:
    return RegisterVisit(**{"name": "陈静", "phone": PHONE, "channel": "网络", "received_by": 12, "way": "turn", **more})


def deal_for(database_url, visit: RegisterVisit, *, answer: str = "", **known) -> int | None:
    """The deal that a visit goes to, once somebody is known (and the key answered before)."""
    database = empty_project(database_url)
    with working(database) as uow:
        if known:
            know(uow.connection, 7, PHONE, **known)
        if answer:
            row = {"key": "k", "digest": "", "answer": answer, "at": uow.now}
            uow.connection.execute(sa.insert(commands).values(row))
        found = service._deal_of(uow, "k", visit, service._spelled(visit.phone))
    database.close()
    return found


def test_an_unknown_visitor_becomes_a_new_deal(database_url):
    assert deal_for(database_url, asked()) is None


def test_a_client_with_a_live_lead_comes_to_that_deal_whoever_receives_him_e_034_e_038(database_url):
    assert deal_for(database_url, asked(), deal=100, owner=11) == 100


def test_the_phone_finds_him_however_it_is_typed(database_url):
    assert deal_for(database_url, asked(phone="+86 190-0000-0001"), deal=100, owner=11) == 100


def test_a_deal_with_a_deposit_does_not_hinder_a_new_one(database_url):
    assert deal_for(database_url, asked(), deal=100, owner=11, open_=False) is None


def test_a_lapsed_client_is_new_to_the_register_e_035(database_url):
    """The end of the confirmation closes the deal: its row is no longer open."""
    assert deal_for(database_url, asked(), deal=100, owner=None, open_=False) is None


@pytest.mark.parametrize(("now", "deal"), [("2025-03-10 23:59", 100), ("2025-03-11 00:00", 100), ("2025-03-11 00:01", None)])
def test_a_lost_client_comes_to_his_deal_while_the_confirmation_holds_e_034(database_url, now, deal):
    lost = {"deal": 100, "owner": 11, "open_": False, "state": "lost", "lapse": "2025-03-11 00:00"}
    assert deal_for(database_url, asked(at=at(now)), **lost) == deal


def test_a_visit_may_name_its_deal(database_url):
    assert deal_for(database_url, asked(deal=300), deal=100, owner=11) == 300


def test_a_new_registration_of_anothers_client_is_made_only_when_asked_for_e_047(database_url):
    """The new deal is then refused by the workflow, which names the owner."""
    assert deal_for(database_url, asked(claim_new=True), deal=100, owner=11) is None


def test_a_retry_of_a_registration_registers_again_though_the_client_is_known_now(database_url):
    new = identify("k", "deal")
    answer = f'{{"kind":"deal","case":{new},"state":"new_visit","version":1,"seq":1}}'
    assert deal_for(database_url, asked(), deal=new, owner=12, answer=answer) is None


def test_a_retry_of_a_visit_goes_to_the_deal_it_went_to(database_url):
    answer = '{"kind":"deal","case":100,"state":"tracked","version":2,"seq":2}'
    assert deal_for(database_url, asked(), deal=100, owner=None, open_=False, answer=answer) == 100


def test_a_phone_that_cannot_be_read_stays_as_typed_for_the_step_to_refuse_r_reg_10():
    assert service._spelled("12 34") == "12 34"


def test_the_registers_are_read_newest_line_first(database_url):
    database = empty_project(database_url)
    with working(database) as uow:
        assert queries.lines(uow.connection, 1, "visit") == []
        assert queries.lines(uow.connection, 1, "visit", after=(at("2025-03-03 09:00"), 1)) == []
    database.close()
