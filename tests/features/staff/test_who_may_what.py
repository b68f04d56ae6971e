"""People, roles and dated grants: who gives them, and what holds when."""

from pathlib import Path

import pytest

from dealflow.features.staff import queries, rules, service
from dealflow.features.staff.service import AddPerson, EndGrant, Grant, PersonRole, SetActive
from dealflow.features.staff.texts import TEXTS
from dealflow.kernel.errors import Forbidden, NotFound, Refused
from dealflow.workflow.load import load
from dealflow.workflow.records import DOORLESS
from tests.makers.front_desk import at, command, empty_project, hire, working

WORKFLOWS = Path(__file__).parents[3] / "workflows"


@pytest.fixture
def office(database_url):
    """A project with A, who sells, and one who has left."""
    database = empty_project(database_url)
    with working(database) as uow:
        hire(uow.connection, 11, "安然", "salesperson")
        hire(uow.connection, 12, "丁一", "salesperson", active=False)
    yield database
    database.close()


def actor(office, now: str = "2025-03-03 09:00", person: int = 11):
    with working(office, now) as uow:
        return queries.actor(uow.connection, person, uow.now)


def granted(office, role: str, grant: str, key: str = "g", **more) -> int:
    with working(office) as uow:
        return service.grant(uow, command(key, role), Grant(person=11, grant=grant, **more))


@pytest.mark.parametrize("kind", ["deal", "unit", "paper", "refund"])
def test_every_role_and_grant_of_the_shipped_workflows_is_known(kind):
    named = {p for s in load(WORKFLOWS / f"{kind}.yaml").steps for p in s.permit if "." not in p} - DOORLESS
    assert named <= rules.ROLES.keys() | rules.GRANTS.keys()


def test_every_role_and_grant_is_named_in_both_languages():
    assert all(label.zh and label.en for label in (*rules.ROLES.values(), *rules.GRANTS.values()))
    assert rules.GRANTERS.keys() == rules.GRANTS.keys()


def test_a_new_person_acts_with_his_roles(office):
    with working(office) as uow:
        asked = AddPerson(login="bai", name="白桦", roles=("salesperson", "team_leader"))
        person = service.add_person(uow, command("b", "administrator"), asked)
    assert actor(office, person=person).roles == {"salesperson", "team_leader"}


def test_the_same_command_twice_adds_one_person(office):
    for _ in range(2):
        with working(office) as uow:
            service.add_person(uow, command("b", "administrator"), AddPerson(login="bai", name="白桦", roles=("finance",)))
    with working(office) as uow:
        assert [p.name for p in queries.people(uow.connection, 1)].count("白桦") == 1


def test_every_fault_of_a_new_person_is_told_at_once(office):
    with working(office) as uow, pytest.raises(Refused) as no:
        service.add_person(
            uow, command("b", "administrator"), AddPerson(login="p11", name=" ", password="short", roles=("king",))
        )
    assert no.value.codes == {"staff.login_taken", "staff.name_missing", "staff.password_unfit", "staff.role_unknown"}
    assert all(r.zh and r.en and "{" not in r.zh + r.en for r in no.value.reasons)


@pytest.mark.parametrize("role", ["sales_manager", "sales_director", "salesperson"])
def test_only_the_administrator_adds_people_and_roles(office, role):
    with working(office) as uow:
        with pytest.raises(Forbidden):
            service.add_person(uow, command("b", role), AddPerson(login="bai", name="白桦"))
        with pytest.raises(Forbidden):
            service.give_role(uow, command("r", role), PersonRole(person=11, role="finance"))


def test_a_role_counts_once_given_and_no_longer_once_taken_back(office):
    with working(office) as uow:
        service.give_role(uow, command("r", "administrator"), PersonRole(person=11, role="team_leader"))
    assert actor(office).roles == {"salesperson", "team_leader"}
    with working(office) as uow:
        service.take_role(uow, command("t", "administrator"), PersonRole(person=11, role="salesperson"))
    assert actor(office).roles == {"team_leader"}


def test_nobody_gives_himself_a_role(office):
    with working(office) as uow, pytest.raises(Forbidden) as no:
        service.give_role(uow, command("r", "administrator", person=11), PersonRole(person=11, role="finance"))
    assert no.value.codes == {"staff.not_to_oneself"}


def test_one_who_has_left_does_not_act(office):
    with working(office) as uow, pytest.raises(NotFound):
        queries.actor(uow.connection, 12, uow.now)


def test_one_who_comes_back_acts_again(office):
    with working(office) as uow:
        service.set_active(uow, command("x", "administrator"), SetActive(person=12, active=True))
    assert actor(office, person=12).name == "丁一"


def test_a_grant_holds_from_its_first_moment_to_its_last(office):
    granted(office, "sales_manager", "designated_collector", since=at("2025-03-04 09:00"), until=at("2025-03-05 18:00"))
    held = {
        now: actor(office, now).grants for now in ("2025-03-04 08:59", "2025-03-04 09:00", "2025-03-05 17:59", "2025-03-05 18:00")
    }
    assert list(held.values()) == [frozenset(), {"designated_collector"}, {"designated_collector"}, frozenset()]


@pytest.mark.parametrize(
    ("role", "grant"),
    [
        ("sales_manager", "acting_manager"),
        ("sales_director", "designated_collector"),
        ("salesperson", "on_duty"),
        ("finance", "substitute"),
    ],
)
def test_a_grant_is_refused_to_whoever_may_not_give_it(office, role, grant):
    with pytest.raises(Forbidden) as no:
        granted(office, role, grant, subject=12)
    assert no.value.codes == {"staff.may_not_grant"}
    assert no.value.reasons[0].who == rules.GRANTERS[grant]


def test_the_director_names_the_acting_manager_c_65(office):
    granted(office, "sales_director", "acting_manager")
    assert actor(office).grants == {"acting_manager"}


def test_a_substitute_stands_in_for_somebody_r_obl_04(office):
    with pytest.raises(Refused) as no:
        granted(office, "sales_manager", "substitute")
    assert no.value.codes == {"staff.grant_of_nobody"}


def test_a_grant_ends_after_it_begins(office):
    with pytest.raises(Refused) as no:
        granted(office, "sales_manager", "on_duty", until=at("2025-03-02 09:00"))
    assert no.value.codes == {"staff.grant_ends_first"}


def test_the_same_grant_command_twice_makes_one_grant(office):
    assert granted(office, "sales_manager", "on_duty") == granted(office, "sales_manager", "on_duty")
    with working(office) as uow:
        assert len(queries.grants_at(uow.connection, uow.now)) == 1


def test_a_grant_that_is_ended_no_longer_holds(office):
    grant = granted(office, "sales_manager", "on_duty")
    with working(office, "2025-03-03 12:00") as uow:
        service.end_grant(uow, command("e", "sales_manager"), EndGrant(grant=grant))
    assert actor(office, "2025-03-03 11:59").grants == {"on_duty"}
    assert actor(office, "2025-03-03 12:00").grants == frozenset()


def test_people_of_another_project_are_unknown_here(office):
    with working(office) as uow, pytest.raises(NotFound):
        service.give_role(uow, command("r", "administrator"), PersonRole(person=999, role="finance"))


def test_every_sentence_is_told_by_the_room_or_a_door():
    places = Path(service.__file__).parents[2].rglob("*.py")
    told = "".join(file.read_text(encoding="utf-8") for file in places if file.name != "texts.py")
    assert [code for code in TEXTS if f'"{code}"' not in told] == []
