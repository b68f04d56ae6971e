"""The questions of the front desk, the lines of its registers, and what they say on paper."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dealflow.casework.changes import Add
from dealflow.features.reception import rules, shelf
from dealflow.features.reception.parts import LINES, OWNERSHIP, RECEIVER, Line, Ownership, Receiver
from dealflow.kernel.calendar import STATUTORY
from dealflow.kernel.clock import PROJECT_ZONE
from dealflow.kernel.duration import parse
from tests.makers.front_desk import POLICIES, at, desk

A, B = Receiver(11, "安然", True, True), Receiver(12, "白桦", True, True)
VISIT = {"register": "visit", "name": "陈静", "phone": "19000000001", "channel": "网络", "first": True, "party": 2, "way": "turn"}


def codes(unmet):
    return [u.code for u in unmet]


def visit(owner: int | None = None, receiver: Receiver = B, lines: list[Line] | None = None, **more):
    """A visit; of a client whose deal is `owner`'s, if he has one."""
    rows = {RECEIVER: [receiver], OWNERSHIP: [Ownership(100, owner)] if owner else [], LINES: lines or []}
    return desk(rows, **{**VISIT, "received_by": receiver.id, **more})


def written(d):
    (change,) = shelf.write_line(d)
    assert isinstance(change, Add)
    return change.row


def line(**more) -> Line:
    """The line of the first visit."""
    row = {**written(visit(receiver=A)), **more}
    return Line(*(row[f] for f in Line.__struct_fields__))


def test_the_client_is_asked_whom_he_met_before_r_fdt_02():
    assert codes(shelf.earlier_contact_asked(desk(first=False))) == ["reception.earlier_contact_not_asked"]
    assert codes(shelf.earlier_contact_asked(desk())) == ["reception.earlier_contact_not_asked"]
    assert shelf.TEXTS["reception.earlier_contact_not_asked"].rule == "R-FDT-02"


@pytest.mark.parametrize("answers", [{"first": True}, {"first": False, "earlier": "安然"}])
def test_either_answer_to_the_question_will_do(answers):
    assert codes(shelf.earlier_contact_asked(desk(**answers))) == []


@pytest.mark.parametrize(
    ("given", "found", "code"),
    [
        (None, [], "reception.receiver_missing"),
        (99, [], "reception.receiver_unknown"),
        (13, [Receiver(13, "丁一", False, True)], "reception.receiver_inactive"),
        (14, [Receiver(14, "范财", True, False)], "reception.receiver_sells_not"),
    ],
)
def test_only_an_active_salesperson_receives_clients(given, found, code):
    assert codes(shelf.receiver_may_receive(desk({RECEIVER: found}, received_by=given))) == [code]


def test_the_turn_needs_no_reason():
    assert codes(shelf.allocation_reasoned(visit())) == []


@pytest.mark.parametrize("way", ["named", "returning", "courtesy", "compensation"])
def test_every_other_way_of_allocation_needs_its_reason_r_fdt_08(way):
    assert codes(shelf.allocation_reasoned(visit(way=way))) == ["reception.allocation_unreasoned"]
    assert codes(shelf.allocation_reasoned(visit(way=way, reason="客户点名"))) == []


def test_a_way_that_is_not_listed_is_refused():
    assert codes(shelf.allocation_reasoned(visit(way="favour", reason="x"))) == ["reception.way_unknown"]


def test_a_forgotten_name_ends_with_the_register_c_06():
    """The secretary follows the turn; the phone says that he is A's: B receives by courtesy, and the register is the reason."""
    d = visit(owner=A.id, receiver=B)
    assert codes(shelf.allocation_reasoned(d)) == []
    assert written(d)["way"] == "courtesy"
    assert written(d)["reason"] == rules.COURTESY_REASON


def test_his_own_salesperson_receives_a_returning_client():
    row = written(visit(owner=A.id, receiver=A))
    assert (row["way"], row["remarks"]) == ("returning", "")


def test_a_courtesy_that_is_stated_at_the_desk_still_needs_its_reason():
    assert codes(shelf.allocation_reasoned(visit(owner=A.id, receiver=B, way="courtesy"))) == ["reception.allocation_unreasoned"]


def test_a_courtesy_line_says_so_in_its_remarks_r_obl_03():
    assert written(visit(owner=A.id, receiver=B, remarks="看样板房"))["remarks"] == "义务；看样板房"
    assert written(visit(owner=A.id, receiver=B))["remarks"] == "义务"
    assert written(visit(way="courtesy", reason="安然休假", remarks="义务"))["remarks"] == "义务"


def test_a_named_request_of_anothers_client_stays_a_courtesy_e_038():
    """He asks for B by name; the valid confirmation is A's."""
    assert written(visit(owner=A.id, receiver=B, way="named", reason="客户点名"))["way"] == "courtesy"


def test_who_receives_his_own_client_is_seen_by_the_table():
    assert shelf.owner_receives(visit(owner=A.id, receiver=A)) is True
    assert shelf.owner_receives(visit(owner=A.id, receiver=B)) is False
    assert shelf.owner_receives(visit()) is False


def test_a_call_is_told_apart_from_a_visit():
    assert shelf.by_phone(desk(register="phone")) is True
    assert shelf.by_phone(desk(register="visit")) is False


def test_a_line_is_written_as_it_was_said_with_who_and_when():
    row = written(visit(needs="三房", area="江北", earlier=""))
    assert (row["case_id"], row["seq"], row["at"]) == (100, 1, at("2025-03-03 09:00"))
    assert (row["party"], row["one_family"], row["entered_by"], row["received_by"]) == (2, True, 9, 12)
    assert (row["needs"], row["area"], row["corrects"]) == ("三房", "江北", None)


def test_the_register_is_never_edited_e_031():
    """Whatever reception proposes adds a line; nothing replaces or takes one away."""
    changes = [*shelf.write_line(visit()), *shelf.write_correction(desk({LINES: [line()]}, reason="重复登记"))]
    assert {type(c) for c in changes} == {Add}


def test_a_correction_names_the_line_that_it_declares_void_r_reg_03():
    first = line()
    d = desk({LINES: [first]}, seq=1, reason="重复登记", now="2025-03-04 10:00")
    (change,) = shelf.write_correction(d)
    assert (change.row["corrects"], change.row["reason"], change.row["name"]) == (first.id, "重复登记", "陈静")
    assert change.row["id"] != first.id
    assert d.after([change])[LINES][0] == first


def test_a_correcting_line_gives_no_claim():
    d = desk({LINES: [line()]}, seq=1, reason="重复登记")
    after = d.after(list(shelf.write_correction(d)))
    assert (shelf.line_status(after), shelf.line_valid_until(after)) == ("更正", None)


def test_the_papers_tell_the_line_that_the_step_writes():
    d = visit(lines=[line()], seq=1, now="2025-03-05 14:00", owner=A.id, first=False, earlier="安然")
    after = d.after(list(shelf.write_line(d)))
    assert shelf.line_at(after) == at("2025-03-05 14:00")
    assert (shelf.line_receiver(after), shelf.line_allocation(after), shelf.line_remarks(after)) == ("白桦", "义务", "义务")
    assert (shelf.line_registered_by(after), shelf.line_earlier_contact(after)) == ("田小雨", "安然")
    assert (shelf.line_first_visit(after), shelf.line_party(after), shelf.line_family(after)) == (False, 2, True)


def test_the_first_line_knows_of_no_earlier_contact():
    d = visit()
    assert shelf.line_earlier_contact(d.after(list(shelf.write_line(d)))) == "无"


def test_a_callers_first_visit_is_his_first_visit_and_no_first_contact():
    d = visit(lines=[line(register="phone")], seq=1, owner=B.id)
    after = d.after(list(shelf.write_line(d)))
    assert shelf.line_first_visit(after) is True
    assert shelf.line_earlier_contact(after) == "有，见此前登记"


def test_a_second_visit_is_no_first_visit_whatever_is_said():
    assert written(visit(lines=[line()], seq=1, owner=B.id))["first"] is False


@pytest.mark.parametrize("register", ["visit", "phone"])
def test_a_claim_of_the_third_holds_through_the_tenth_e_034_e_053(register):
    d = visit(register=register)
    assert shelf.line_valid_until(d.after(list(shelf.write_line(d)))) == "2025-03-10"


def test_the_last_day_is_the_one_whose_end_is_the_due_moment_c_08():
    seven = parse("7d")
    due = seven.due(at("2025-03-03 09:00"), PROJECT_ZONE, STATUTORY)
    assert due - timedelta(seconds=1) < at("2025-03-11 00:00") == due
    assert str(rules.last_day(at("2025-03-03 23:59"), seven, PROJECT_ZONE, STATUTORY)) == "2025-03-10"


def test_calls_and_visits_have_terms_of_their_own():
    d = visit(register="phone")
    after = d.after(list(shelf.write_line(d)))
    shorter = {**POLICIES.defaults(), "phone.visit_within": parse("3d")}
    assert shelf.line_valid_until(replace(after, policy=shorter)) == "2025-03-06"


def test_facts_before_any_line_are_not_known():
    d = desk({LINES: [], RECEIVER: []})
    told = [shelf.line_at(d), shelf.line_name(d), shelf.line_channel(d), shelf.line_status(d), shelf.line_receiver(d)]
    assert told == [None] * 5
    assert (shelf.line_phone(d), shelf.line_needs(d), shelf.line_content(d), shelf.line_origin(d)) == ("", "", "", "")
