"""Two people decide within bounds, and nothing of it is lost; papers name terms in days."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dealflow.features.policies import queries, rules, service, shelf, store, texts
from dealflow.features.policies.service import OneProposal, ProposePolicy
from dealflow.features.policies.texts import TEXTS
from dealflow.kernel.duration import parse
from dealflow.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tests.makers.front_desk import POLICIES, at, command, desk, empty_project, hire, working


@pytest.fixture
def database(database_url):
    database = empty_project(database_url)
    yield database
    database.close()


def propose(database, key="hold.fee", value="600.00", reason="开发商通知", *, by=1, roles=("sales_manager",), again="") -> int:
    asked = ProposePolicy(key=key, value=value, reason=reason)
    with working(database) as uow:
        return service.propose_policy(uow, command(again or f"{by}/{key}/{value}", *roles, person=by), asked)


def confirm(database, proposal: int, *, by=2, roles=("administrator",), now="2025-03-03 10:00") -> str:
    with working(database, now) as uow:
        return service.confirm_policy(uow, command(f"c{by}", *roles, person=by), OneProposal(proposal=proposal))


def withdraw(database, proposal: int, *, by=1, roles=("sales_manager",)) -> None:
    with working(database, "2025-03-03 11:00") as uow:
        service.withdraw_proposal(uow, command(f"w{by}", *roles, person=by), OneProposal(proposal=proposal))


def setting(database, key: str = "hold.fee") -> queries.Setting:
    with working(database) as uow:
        return next(s for s in service.settings(uow) if s.policy.key == key)


def waiting(database) -> list[int]:
    with working(database) as uow:
        return [p.id for p in service.waiting(uow)]


def history(database) -> list[queries.Proposal]:
    with working(database) as uow:
        return list(service.history(uow))


def test_every_policy_has_its_default_until_the_project_decides(database):
    with working(database) as uow:
        found = service.settings(uow)
    assert [s.policy.key for s in found] == list(POLICIES.keys)
    assert not any(s.differs for s in found)


def test_a_proposal_changes_nothing_until_a_second_person_confirms(database):
    proposal = propose(database)
    assert setting(database).value == "500.00"
    assert waiting(database) == [proposal]


def test_what_a_second_person_confirms_is_in_force(database):
    assert confirm(database, propose(database, value=" 600 ")) == "600.00"
    found = setting(database)
    assert (found.default, found.value, found.set_by, found.set_at, found.differs) == (
        "500.00", "600.00", 2, at("2025-03-03 10:00"), True
    )  # fmt: skip


def test_nobody_confirms_his_own_proposal(database):
    proposal = propose(database)
    with pytest.raises(Forbidden) as no:
        confirm(database, proposal, by=1, roles=("administrator", "sales_manager"))
    assert no.value.codes == {"policies.own_proposal"}
    assert (setting(database).value, waiting(database)) == ("500.00", [proposal])


def test_the_history_keeps_who_when_why_and_the_former_value(database):
    with database.several.begin() as connection:
        hire(connection, 1, "罗敏")
        hire(connection, 2, "任远")
    confirm(database, propose(database))
    confirm(database, propose(database, value="700.00", by=2), by=1, now="2025-03-03 12:00")
    last, first = history(database)
    assert (last.former, last.value, first.former, first.value) == ("600.00", "700.00", "500.00", "600.00")
    assert (first.proposer, first.reason, first.proposed_at) == ("罗敏", "开发商通知", at("2025-03-03 09:00"))
    assert (first.answer, first.answerer, first.answered_at) == ("confirmed", "任远", at("2025-03-03 10:00"))


def test_a_withdrawn_proposal_has_no_effect_and_stays_in_the_history(database):
    proposal = propose(database)
    withdraw(database, proposal)
    assert (setting(database).value, waiting(database)) == ("500.00", [])
    assert [(p.id, p.answer, p.answered_by) for p in history(database)] == [(proposal, "withdrawn", 1)]


def test_a_second_person_may_decline_a_proposal(database):
    withdraw(database, propose(database), by=2, roles=("administrator",))
    assert [p.answered_by for p in history(database)] == [2]


@pytest.mark.parametrize(("first", "code"), [(withdraw, "policies.withdrawn_before"), (confirm, "policies.confirmed_before")])
def test_an_answered_proposal_is_confirmed_no_more(database, first, code):
    proposal = propose(database)
    first(database, proposal)
    with pytest.raises(Refused) as no:
        confirm(database, proposal, by=3)
    assert no.value.codes == {code}


def test_a_confirmed_proposal_is_not_withdrawn(database):
    proposal = propose(database)
    confirm(database, proposal)
    with pytest.raises(Refused) as no:
        withdraw(database, proposal)
    assert no.value.codes == {"policies.confirmed_before"}
    assert setting(database).value == "600.00"


def test_a_repeated_command_writes_nothing_twice(database):
    proposals = {propose(database, again="k"), propose(database, again="k"), propose(database, again="another key")}
    (proposal,) = proposals
    assert [confirm(database, proposal), confirm(database, proposal)] == ["600.00", "600.00"]
    assert (propose(database, again="k"), len(history(database))) == (proposal, 1)


def test_one_proposal_for_each_policy_waits_at_a_time(database):
    proposal = propose(database)
    with pytest.raises(Refused) as no:
        propose(database, value="700.00", by=2)
    assert [(r.code, r.evidence["proposal"]) for r in no.value.reasons] == [("policies.proposal_open", proposal)]
    assert propose(database, "hold.period", "48h") != proposal


def test_a_proposal_says_why_and_changes_something(database):
    with pytest.raises(Refused) as no:
        propose(database, value="500", reason=" ")
    assert no.value.codes == {"policies.reason_missing", "policies.unchanged"}


def test_a_proposal_over_a_value_that_is_gone_is_not_confirmed(database):
    proposal = propose(database)
    with working(database) as uow:
        service.begin_with(uow, {"hold.fee": "550.00"}, 9)
    with pytest.raises(Refused) as no:
        confirm(database, proposal)
    assert no.value.codes == {"policies.value_moved"}
    assert setting(database).value == "550.00"


def test_of_two_answers_at_the_same_moment_the_first_counts(database):
    proposal = propose(database)
    with database.several.begin() as connection:
        answers = [store.answer(connection, proposal, word, 2, at("2025-03-03 10:00")) for word in ("withdrawn", "confirmed")]
    assert answers == [True, False]
    assert [p.answer for p in history(database)] == ["withdrawn"]


def test_a_value_is_replaced_only_while_the_former_one_stands(database):
    now = at("2025-03-03 10:00")
    with database.several.begin() as connection:
        put = [store.put(connection, 1, "hold.fee", value, 2, now, former="500.00") for value in ("600.00", "700.00")]
    assert put == [True, False]
    assert setting(database).value == "600.00"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("hold.fee", "0.00", "policy.out_of_bounds"),
        ("hold.period", "three days", "policy.not_a_duration"),
        ("hold.period", "59m", "policy.out_of_bounds"),
        ("deposit.top_up", "59m", "policy.out_of_bounds"),
        ("followup.period", "23h", "policy.out_of_bounds"),
        ("phone.visit_within", "0d", "policy.out_of_bounds"),
        ("deposit.collectors", "anybody", "policy.not_a_choice"),
        ("hold.colour", "red", "policy.unknown"),
    ],
)
def test_a_value_outside_its_bounds_is_refused(database, key, value, code):
    with pytest.raises(Invalid) as no:
        propose(database, key, value)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("key", "value"),
    [("hold.period", "1h"), ("deposit.top_up", "60m"), ("followup.period", "24h"), ("phone.visit_within", "1wd")],
)
def test_the_shortest_term_is_within_the_bounds(database, key, value):
    assert confirm(database, propose(database, key, value)) == value


@pytest.mark.parametrize("act", [lambda d, p: propose(d, by=3, roles=("salesperson",)),
                                 lambda d, p: confirm(d, p, by=3, roles=("team_leader",)),
                                 lambda d, p: withdraw(d, p, by=3, roles=("auditor",))])  # fmt: skip
def test_nobody_else_decides_on_policies(database, act):
    proposal = propose(database)
    with pytest.raises(Forbidden) as no:
        act(database, proposal)
    assert no.value.codes == {"policies.not_permitted"}
    assert no.value.reasons[0].who == ("administrator", "sales_manager")
    assert waiting(database) == [proposal]


def test_a_proposal_that_is_not_there_is_not_found(database):
    with pytest.raises(NotFound):
        confirm(database, 77)


def test_no_door_sets_a_policy_by_one_person_alone():
    assert set(service.book.pages) == {"policies.propose_policy", "policies.confirm_policy", "policies.withdraw_proposal"}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_every_refusal_has_both_languages_and_is_told(code, text):
    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in (service, texts))
    assert text.zh and text.en and source.count(f'"{code}"') >= 2  # noqa: PT018


def test_the_contract_term_is_told_in_days_r_dep_03():
    assert shelf.contract_days(desk()) == 7
    assert shelf.contract_days(replace(desk(), policy={"contract.within": parse("10wd")})) == 10


@pytest.mark.parametrize(("term", "days"), [("24h", 1), ("25h", 2), ("90m", 1), ("72h", 3)])
def test_hours_and_minutes_are_rounded_up_to_days(term, days):
    assert rules.days(parse(term)) == days
