"""One step as read, decide, write, on a real database, with a house of its own."""

import pytest

from dealflow.casework.advance import preview, why_not
from dealflow.casework.command import Command
from dealflow.casework.doctor import examine
from dealflow.db.tables.casework import cases, commands, deadlines, events, links
from dealflow.db.tables.documents import papers
from dealflow.db.tables.payments import ledger
from dealflow.db.tables.units import claims
from dealflow.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tests.casework.mini_house import CLERK, STRANGER, Mini


def test_a_step_moves_the_case_and_the_case_it_asked_for(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    answer = mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    assert (answer.state, answer.version, answer.seq) == ("held", 2, 2)
    assert (mini.state(order), mini.state(item)) == ("held", "taken")


def test_a_refusal_carries_every_reason_with_its_rule_and_both_languages(mini: Mini) -> None:
    order = mini.order()
    with pytest.raises(Refused) as no:
        mini.do(order, "hold", key="k1", amount=99)
    assert [(r.code, r.rule) for r in no.value.reasons] == [("mini.item_none", ""), ("mini.amount", "R-2")]
    assert (no.value.reasons[1].zh, no.value.reasons[1].en) == ("应为100", "must be 100")


def test_a_refusal_leaves_nothing_behind(mini: Mini) -> None:
    order = mini.order()
    before = mini.count(events), mini.count(commands)
    with pytest.raises(Refused):
        mini.do(order, "hold", key="k1", amount=99)
    assert (mini.count(events), mini.count(commands)) == before


def test_who_may_not_take_a_step_hears_who_may(mini: Mini) -> None:
    order = mini.order()
    with pytest.raises(Forbidden) as no:
        mini.do(order, "hold", key="k1", actor=STRANGER, amount=100)
    assert no.value.rules == {"R-1"}
    assert no.value.reasons[0].who == ("clerk", "is_friend")


def test_the_same_key_again_gives_the_same_answer_and_acts_once(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    answers = [mini.do(order, "hold", key="k1", amount=100, links={"item": item}) for _ in range(5)]
    assert answers == [answers[0]] * 5
    assert mini.count(claims) == 1


def test_the_same_key_for_another_command_is_refused(mini: Mini) -> None:
    order = mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": mini.item()})
    with pytest.raises(Conflict) as no:
        mini.do(order, "release", key="k1")
    assert no.value.code == "casework.key_reused"


def test_a_form_that_showed_an_older_version_is_told_so(mini: Mini) -> None:
    order = mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": mini.item()})
    with pytest.raises(Conflict) as no:
        mini.do(order, "release", key="k2", seen=1)
    assert no.value.code == "casework.newer"


def test_an_unknown_case_is_not_found(mini: Mini) -> None:
    order = mini.order()
    with pytest.raises(NotFound):
        mini.do(type(order)("order", 42), "hold", key="k1")
    with pytest.raises(NotFound):
        mini.do(type(order)("item", order.id), "take", key="k2")


def test_an_event_the_state_does_not_know_is_refused_by_name(mini: Mini) -> None:
    with pytest.raises(Refused) as no:
        mini.do(mini.order(), "release", key="k1")
    assert no.value.codes == {"casework.no_such_step"}
    assert "草稿" in no.value.reasons[0].zh


def test_a_cascade_step_is_no_persons_to_take(mini: Mini) -> None:
    item = mini.item()
    with pytest.raises(Forbidden):
        mini.do(type(mini.order())("item", item), "take", key="k1")


def test_a_steps_are_taken_on_the_image_in_the_same_transaction(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    answer = mini.do(order, "pay", key="k2", amount=250)
    assert (answer.state, answer.seq) == ("done", 5)
    assert mini.state(item) == "free"
    assert mini.count(ledger) == 1


def test_an_a_step_waits_until_its_need_is_met(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    assert [mini.do(order, "pay", key=f"p{i}", amount=60).state for i in range(4)] == ["held", "paid", "paid", "done"]


def test_the_former_state_is_where_the_case_came_from(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    mini.do(order, "doze", key="k2")
    assert mini.do(order, "wake", key="k3").state == "held"
    mini.do(order, "pay", key="k4", amount=100)
    mini.do(order, "doze", key="k5")
    assert mini.do(order, "wake", key="k6").state == "paid"


def test_a_paper_gets_the_next_number_of_its_series_and_a_case_of_its_own(mini: Mini) -> None:
    for i in range(3):
        mini.do(mini.order(f"o{i}"), "hold", key=f"h{i}", amount=100, links={"item": mini.item(f"A-{i}")})
    with mini.database.readers.connect() as c:
        numbers = [row.number for row in c.execute(papers.select().order_by(papers.c.number))]
    assert numbers == ["MN-D99-2500001", "MN-D99-2500002", "MN-D99-2500003"]


def test_a_paper_that_cannot_be_printed_is_refused_before_a_number_is_taken(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    with pytest.raises(Refused) as no:
        mini.do(order, "hold", key="k1", amount=100, note="☃", links={"item": item})
    assert no.value.codes == {"casework.paper_unprintable"}
    assert mini.count(papers) == 0


def test_the_preview_writes_nothing_and_tells_what_the_deed_does(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    tables = (cases, events, links, claims, papers, deadlines, commands)
    before = [mini.count(t) for t in tables]
    with mini.look() as uow:
        plan = preview(uow, Command("k1", CLERK), order, "hold", {"amount": 100}, {"item": item})
    assert [mini.count(t) for t in tables] == before
    assert next(line.en for line in plan.lines if line.kind == "move") == "Order: Hold (Draft → Held)"
    answer = mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    assert answer == plan.answer


def test_why_not_names_every_step_of_the_state_and_what_it_lacks(mini: Mini) -> None:
    order = mini.order()
    with mini.look() as uow:
        _, found = why_not(uow, Command("", STRANGER), order)
    assert [(c.step.event, c.permitted, [w.unmet.code for w in c.wants]) for c in found] == [
        ("hold", False, ["mini.item_none", "mini.amount"])
    ]
    assert [w.asked for w in found[0].wants] == [False, True]


def test_every_chain_verifies_and_replays(mini: Mini) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    mini.do(order, "pay", key="k2", amount=250)
    with mini.look() as uow:
        report = examine(uow.connection, mini.house)
    assert report.findings == ()
    assert (report.cases, report.events) == (3, 5 + 3 + 1)  # the order's, the item's, the paper's


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("update events set body = replace(body, '\"amount\":250', '\"amount\":251') where name = 'pay'", "chain.broken"),
        ("update cases set state = 'held' where kind = 'order'", "replay.state"),
        ("update ledger set fen = 251", "money.differs"),
        ("delete from ledger", "money.differs"),
        ("update papers set facts = replace(facts, 'A-1', 'A-2')", "paper.seal"),
        ("update papers set number = 'MN-D99-2500009'", "series.gap"),
        ("update series set next = 9", "series.gap"),
        ("delete from events where name = 'pay'", "chain.gap"),
    ],
)
def test_one_altered_row_is_found_and_named(mini: Mini, statement: str, code: str) -> None:
    item, order = mini.item(), mini.order()
    mini.do(order, "hold", key="k1", amount=100, links={"item": item})
    mini.do(order, "pay", key="k2", amount=250)
    with mini.database.several.begin() as c:
        c.exec_driver_sql(statement)
    with mini.look() as uow:
        assert code in {f.code for f in examine(uow.connection, mini.house).findings}
