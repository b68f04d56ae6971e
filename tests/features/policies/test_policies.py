"""The project decides within bounds; papers name terms in days."""

import pytest
from msgspec.structs import replace

from dealflow.features.policies import queries, rules, service, shelf
from dealflow.features.policies.service import SetPolicy
from dealflow.kernel.duration import parse
from dealflow.kernel.errors import Forbidden, Invalid
from tests.makers.front_desk import POLICIES, command, desk, empty_project, working


@pytest.fixture
def database(database_url):
    database = empty_project(database_url)
    yield database
    database.close()


def choose(database, key: str, value: str, *roles: str, again: str = "k") -> str:
    with working(database) as uow:
        return service.set_policy(uow, command(again, *(roles or ("sales_manager",))), SetPolicy(key=key, value=value))


def setting(database, key: str) -> queries.Setting:
    with working(database) as uow:
        return next(s for s in service.settings(uow) if s.policy.key == key)


def test_every_policy_has_its_default_until_the_project_decides(database):
    with working(database) as uow:
        found = service.settings(uow)
    assert [s.policy.key for s in found] == list(POLICIES.keys)
    assert not any(s.differs for s in found)


def test_a_decision_is_stored_in_one_spelling_with_who_made_it(database):
    assert choose(database, "hold.fee", " 600 ") == "600.00"
    found = setting(database, "hold.fee")
    assert (found.default, found.value, found.set_by, found.differs) == ("500.00", "600.00", 1, True)


def test_the_last_decision_holds(database):
    choose(database, "hold.period", "48h")
    choose(database, "hold.period", "24h", "administrator", again="k2")
    assert setting(database, "hold.period").value == "24h"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("hold.fee", "0.00", "policy.out_of_bounds"),
        ("hold.period", "three days", "policy.not_a_duration"),
        ("deposit.collectors", "anybody", "policy.not_a_choice"),
        ("hold.colour", "red", "policy.unknown"),
    ],
)
def test_a_value_outside_its_bounds_is_refused(database, key, value, code):
    with pytest.raises(Invalid) as no:
        choose(database, key, value)
    assert no.value.code == code


def test_nobody_else_decides_on_policies(database):
    with pytest.raises(Forbidden) as no:
        choose(database, "hold.fee", "600.00", "salesperson")
    assert no.value.codes == {"policies.not_permitted"}
    assert no.value.reasons[0].zh
    assert no.value.reasons[0].who == ("administrator", "sales_manager")


def test_the_contract_term_is_told_in_days_r_dep_03():
    assert shelf.contract_days(desk()) == 7
    assert shelf.contract_days(replace(desk(), policy={"contract.within": parse("10wd")})) == 10


@pytest.mark.parametrize(("term", "days"), [("24h", 1), ("25h", 2), ("90m", 1), ("72h", 3)])
def test_hours_and_minutes_are_rounded_up_to_days(term, days):
    assert rules.days(parse(term)) == days
