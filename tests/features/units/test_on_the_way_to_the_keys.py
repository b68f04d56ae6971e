"""The unit follows its deal to the keys; what contracts say of unit, building and developer."""

from datetime import date

import pytest

from dealflow.casework.changes import Then
from dealflow.features.units import shelf as offered
from dealflow.features.units.parts import DESCRIBED, SELLER, Described, Seller
from dealflow.features.units.service import BuildingAdded
from dealflow.features.units.shelf import facts
from dealflow.kernel.errors import Forbidden, Invalid, NotFound
from tests.makers.dossiers import dossier
from tests.makers.office import Office
from tests.makers.sale import U1

DESCRIBED_UNIT = Described(
    U1, 12, "三室两厅", "南", "账户", date(2026, 12, 31), "出让", date(2094, 5, 1), "住宅", "剪力墙", "毛坯"
)
CODE = "91119900MA00TK018U"


@pytest.mark.parametrize("event", ["contract", "back_to_deposit", "file", "unfile", "deliver"])
def test_a_deal_moves_its_unit(event):
    assert list(getattr(offered, event)(dossier(links={"unit": U1}))) == [Then("unit", event)]
    assert offered.shelf.effects[f"units.{event}"].then == (("unit", event),)


def test_the_contract_describes_unit_and_building():
    d = dossier(rows={DESCRIBED: [DESCRIBED_UNIT]})
    assert (facts.floor(d), facts.layout(d), facts.orientation(d)) == (12, "三室两厅", "南")
    assert (facts.land_way(d), facts.land_until(d), facts.planned_use(d)) == ("出让", "2094-05-01", "住宅")
    assert (facts.structure(d), facts.decoration(d), facts.escrow_account(d)) == ("剪力墙", "毛坯", "账户")
    assert facts.delivery_on(d) == "2026-12-31"


def test_what_is_not_on_record_is_empty_and_delivery_follows_the_projects_usual_time():
    d = dossier(now="2025-03-03 15:20")
    assert [fact(d) for fact in (facts.land_way, facts.structure, facts.seller_document, facts.seller_address)] == [""] * 4
    assert facts.delivery_on(d) == "2027-03-03"


def test_the_contract_names_the_developer_whole():
    d = dossier(rows={SELLER: [Seller(1, CODE, "云州市滨河路 9 号", "云法人")]})
    assert (facts.seller_document(d), facts.seller_representative(d)) == (CODE, "云法人")


# ---- through the use cases
def building(office: Office) -> int:
    added: BuildingAdded = office.do(by="R", use_case="units.add_building", code="9", name="9 号楼")
    return added.id


def test_a_building_is_described_and_what_is_left_out_stays(office):
    nine = building(office)
    office.do(by="R", use_case="units.describe_building", building=nine, delivery_on="2026-12-31", structure="剪力墙")
    office.do(by="R", use_case="units.describe_building", building=nine, decoration="毛坯")
    office.do(by="R", use_case="units.describe_building", building=nine)
    with office.dealflow.reading() as uow:
        row = uow.connection.exec_driver_sql(f"select delivery_on, structure, decoration from buildings where id = {nine}").one()
    assert (str(row[0]), row[1], row[2]) == ("2026-12-31", "剪力墙", "毛坯")


def test_only_the_administrator_describes_and_only_what_is_there(office):
    with pytest.raises(Forbidden):
        office.do(by="M", use_case="units.describe_seller", document=CODE, address="a", representative="b")
    with pytest.raises(NotFound):
        office.do(by="R", use_case="units.describe_building", building=1)


def test_the_developers_credit_code_is_checked(office):
    with pytest.raises(Invalid):
        office.do(by="R", use_case="units.describe_seller", document="123", address="a", representative="b")


def test_what_is_told_of_the_developer_last_holds(office):
    for person in ("旧法人", "云法人"):
        office.do(by="R", use_case="units.describe_seller", document=CODE.lower(), address=" 滨河路 9 号 ", representative=person)
    with office.dealflow.reading() as uow:
        assert uow.connection.exec_driver_sql("select document, address, representative from sellers").all() == [
            (CODE, "滨河路 9 号", "云法人")
        ]
