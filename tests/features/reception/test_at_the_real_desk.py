"""The front desk on the shipped definitions and a real database: from the first visit to the tracking sheet."""

from collections.abc import Iterator

import msgspec
import pytest
import sqlalchemy as sa

from dealflow.bootstrap import BOOK, compile_house, definitions
from dealflow.casework import published
from dealflow.casework.command import Answer, Command
from dealflow.casework.house import House
from dealflow.casework.unit_of_work import unit_of_work
from dealflow.db.engine import Database
from dealflow.db.tables.casework import deadlines
from dealflow.db.tables.clients import clients
from dealflow.db.tables.documents import papers
from dealflow.features.clients import queries as client_queries
from dealflow.features.followup import queries as follow_up_queries
from dealflow.features.reception import queries
from dealflow.features.staff import queries as staff_queries
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.errors import Forbidden, Refused
from tests.makers.dossiers import WORKFLOWS
from tests.makers.front_desk import at, empty_project, hire

S, M, A, B = 9, 10, 11, 12
PHONE = "19000000001"


class Office:
    """Secretary S, manager M, salespeople A and B, on an empty project."""

    def __init__(self, database: Database, house: House) -> None:
        self.database, self.house, self.count = database, house, 0

    def do(self, by: int, use_case: str, now: str = "2025-03-03 09:00", key: str = "", **fields: object) -> Answer:
        """A use case by its name, as the doors call it."""
        self.count += 1
        with unit_of_work(self.database, self.house, at(now), 1) as uow:
            actor = staff_queries.actor(uow.connection, by, uow.now)
            return BOOK.do(uow, Command(key or f"k{self.count}", actor), use_case, fields)

    def visit(self, receiver: int = A, now: str = "2025-03-03 09:00", key: str = "", **more: object) -> Answer:
        """陈静 comes."""
        fields = {"name": "陈静", "phone": PHONE, "channel": "网络", "party": 2, "received_by": receiver, "way": "turn", **more}
        return self.do(S, "reception.register_visit", now, key, **fields)

    def call(self, receiver: int = A, now: str = "2025-03-03 09:00", **more: object) -> Answer:
        """陈静 calls."""
        fields = {"name": "陈静", "phone": PHONE, "channel": "网络", "received_by": receiver, "way": "turn", **more}
        return self.do(S, "reception.register_call", now, **fields)

    def tracked(self) -> int:
        """A's client, tracked since 3 March 09:00."""
        deal = self.visit().case
        self.do(A, "deals.open_tracking", deal=deal, channel="网络", archive={"sex": "女"})
        return deal

    def due(self, deal: int, clock: str) -> str:
        """When a running clock of a deal is due, in the project's time."""
        wanted = sa.select(deadlines.c.due_at).where(deadlines.c.case_id == deal, deadlines.c.clock == clock, deadlines.c.open)
        with self.database.readers.connect() as connection:
            found = connection.scalar(wanted)
        return f"{found.astimezone(PROJECT_ZONE):%m-%d %H:%M}" if found else ""

    def facts(self, paper: int) -> dict[str, object]:
        """What is frozen in a paper."""
        with self.database.readers.connect() as connection:
            return msgspec.json.decode(connection.scalar(sa.select(papers.c.facts).where(papers.c.id == paper)))


@pytest.fixture
def office(database_url) -> Iterator[Office]:
    """The office on the shipped workflows and papers."""
    found = definitions(WORKFLOWS, WORKFLOWS.parent / "templates" / "documents")
    database = empty_project(database_url)
    versions = published.publish(database, found.loaded.workflows, at("2025-01-01"))
    with database.several.begin() as connection:
        hire(connection, S, "苏云", "front_desk_secretary")
        hire(connection, M, "孟琪", "sales_manager")
        hire(connection, A, "安然", "salesperson")
        hire(connection, B, "白杨", "salesperson")
    yield Office(database, compile_house(found, versions, lambda _: ""))
    database.close()


def test_a_first_visit_writes_the_register_and_the_confirmation_slip(office):
    answer = office.visit(needs="三房")
    assert (answer.state, sorted(answer.papers)) == ("new_visit", ["D-02", "D-04"])
    assert office.facts(answer.papers["D-02"])["received_by"] == "安然"
    assert office.facts(answer.papers["D-04"])["valid_until"] == "2025-03-10"


def test_a_call_is_confirmed_to_the_one_it_is_assigned_to_c_59(office):
    answer = office.call(content="问地址")
    assert sorted(answer.papers) == ["D-01", "D-04"]
    assert office.facts(answer.papers["D-01"])["answered_by"] == "安然"
    assert (office.due(answer.case, "void"), office.due(answer.case, "lapse")) == ("03-11 00:00", "")


def test_a_visit_sent_twice_is_one_visit(office):
    assert office.visit(key="same") == office.visit(key="same")
    with office.database.readers.connect() as connection:
        assert len(queries.lines(connection, 1, "visit")) == 1
        assert connection.scalar(sa.select(sa.func.count()).select_from(clients)) == 1


def test_a_visit_received_by_another_is_a_courtesy_on_the_owners_deal_r_obl_03(office):
    deal = office.tracked()
    answer = office.visit(B, "2025-03-05 14:00", phone="+86 190-0000-0001")
    assert answer.case == deal
    assert list(answer.papers) == ["D-02"]
    told = office.facts(answer.papers["D-02"])
    assert (told["allocation"], told["remarks"], told["first_visit"]) == ("义务", "义务", False)
    assert office.due(deal, "lapse") == "03-11 00:00"


def test_the_owner_who_receives_his_client_renews_the_seven_days(office):
    deal = office.tracked()
    office.visit(A, "2025-03-10 20:00")
    assert office.due(deal, "lapse") == "03-18 00:00"


def test_a_new_registration_of_anothers_client_names_the_owner_and_nothing_else_e_047(office):
    office.tracked()
    with pytest.raises(Refused) as no:
        office.visit(B, claim_new=True)
    (reason,) = no.value.reasons
    assert "安然" in reason.zh
    assert PHONE not in reason.zh + reason.en


def test_a_call_of_a_known_client_is_a_line_on_his_deal_and_moves_no_deadline_c_07(office):
    deal = office.tracked()
    due = office.due(deal, "lapse")
    office.call(B)
    assert office.due(deal, "lapse") == due


def test_a_new_registration_by_phone_of_anothers_client_is_refused_e_047(office):
    office.tracked()
    with pytest.raises(Refused) as no:
        office.call(B, claim_new=True)
    assert "安然" in no.value.reasons[0].zh


def test_everything_that_is_missing_at_the_desk_is_told_at_once(office):
    with pytest.raises(Refused) as no:
        office.visit(S, name=" ", phone="12", first=False, way="named")
    assert [r.code for r in no.value.reasons] == [
        "clients.phone_invalid",
        "clients.name_missing",
        "reception.earlier_contact_not_asked",
        "reception.receiver_sells_not",
        "reception.allocation_unreasoned",
    ]
    assert "R-REG-10" in no.value.rules
    assert all("{" not in r.zh + r.en for r in no.value.reasons)


def test_an_archive_with_nothing_but_the_name_is_opened_with_a_number_e_068(office):
    deal = office.visit().case
    answer = office.do(A, "deals.open_tracking", deal=deal, channel="网络", archive={})
    told = office.facts(answer.papers["D-06"])
    assert told["client_number"]
    assert {f["value"] for f in told["fields"]} == {""}
    with office.database.readers.connect() as connection:
        assert client_queries.by_phone(connection, 1, PHONE).name == "陈静"


def test_a_courtesy_receiver_may_not_record_a_follow_up_e_060(office):
    deal = office.tracked()
    office.visit(B, "2025-03-05 14:00")
    with pytest.raises(Forbidden) as no:
        office.do(B, "followup.record", "2025-03-05 16:00", deal=deal, method="phone", result="再考虑")
    assert no.value.rules == {"R-OBL-04"}


def test_the_seven_days_run_from_the_contact_not_from_its_entry_c_10(office):
    deal = office.tracked()
    office.do(A, "followup.record", "2025-03-06 09:00", deal=deal, method="phone", result="再考虑", at="2025-03-05 18:00")
    assert office.due(deal, "lapse") == "03-13 00:00"


def test_a_contact_entered_too_late_is_no_evidence_c_10(office):
    deal = office.tracked()
    with pytest.raises(Refused) as no:
        office.do(A, "followup.record", "2025-03-06 09:00", deal=deal, method="phone", result="再考虑", at="2025-03-04 18:00")
    assert (no.value.codes, no.value.rules) == ({"casework.too_late"}, {"C-10"})


def test_a_wrong_entry_is_corrected_by_another_and_both_stay_readable_r_fup_13(office):
    deal = office.tracked()
    wrong = office.do(A, "followup.record", deal=deal, method="phone", result="要三房")
    office.do(A, "followup.record", deal=deal, method="phone", result="要两房", corrects=wrong.seq)
    with office.database.readers.connect() as connection:
        second, first = follow_up_queries.of_deal(connection, deal)
    assert (first.result, second.result, second.corrects) == ("要三房", "要两房", first.id)


def test_a_void_registration_is_corrected_by_a_line_that_names_it_r_reg_03(office):
    deal = office.visit().case
    office.do(M, "deals.take_step", deal=deal, event="void_registration", answers={"reason": "重复登记"})
    with office.database.readers.connect() as connection:
        found = queries.lines(connection, 1, "visit")
    original = next(line for line in found if line.corrects is None)
    assert [line.corrects for line in found if line.corrects] == [original.id]
