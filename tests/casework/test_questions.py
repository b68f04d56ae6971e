"""A question asks for what its step may need and nothing else; its text reaches PostgreSQL with numbered places."""

from dealflow.casework.reading import answering, page_for, page_to_judge
from dealflow.db.postgres import numbered
from tests.casework.mini_house import house

HOUSE = house()
ORDER = HOUSE.versions("order")[0]


def events(*asked: str) -> set[str]:
    return {bound.step.event for bound in answering(ORDER, frozenset(asked))}


def parts(event: str) -> set[str]:
    return {part.record.__name__ for part in page_for(HOUSE, "order", frozenset({event})).parts}


def test_the_a_steps_that_can_follow_a_step_are_asked_for_and_those_that_follow_them() -> None:
    assert events("hold") == {"hold", "paid_up", "finish"}


def test_a_step_that_ends_where_no_a_step_begins_asks_for_none() -> None:
    assert events("doze") == {"doze"}


def test_a_step_back_to_the_former_state_may_be_followed_from_every_state() -> None:
    assert events("wake") == {"wake", "paid_up", "finish"}


def test_a_step_that_keeps_the_state_is_followed_from_every_state_it_is_taken_in() -> None:
    assert events("pay") == {"pay", "paid_up", "finish"}


def test_what_only_another_step_reads_is_not_read() -> None:
    assert parts("release") == {"Item"}
    assert parts("hold") == {"Item", "Line"}


def test_a_why_not_answer_reads_what_judging_reads_and_moves_nothing() -> None:
    page = page_to_judge(HOUSE, "order")
    assert {part.record.__name__ for part in page.parts} == {"Item"}
    assert (page.moved, page.pinned) == ((), ())


def test_a_name_that_stands_twice_has_one_number() -> None:
    assert numbered("select %(b)s, %(a)s::bigint, %(b)s, 'x%%'") == (b"select $1, $2::bigint, $1, 'x%'", ("b", "a"))
