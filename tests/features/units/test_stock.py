"""Buildings, units and the grid on a real database, through the use cases."""

import pytest

from dealflow.features.units import queries
from dealflow.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.makers.office import Office

ROOM = {
    "floor": 3,
    "layout": "两室两厅",
    "orientation": "南",
    "area_cm2": 900_000,
    "list_price": "900000.00",
    "lowest_price": "850000.00",
}


def building(office: Office, code: str = "3", **more):
    fields = {"code": code, "name": f"{code} 号楼", **more}
    return office.do(by="R", use_case="units.add_building", **fields)


def grid(office: Office):
    with office.dealflow.reading() as uow:
        return {row.code: row for row in queries.grid(uow.connection, uow.project_id)}


def test_only_the_administrator_adds_buildings(office):
    with pytest.raises(Forbidden):
        office.do(by="M", use_case="units.add_building", code="3", name="3 号楼")


def test_a_building_code_is_taken_once(office):
    with pytest.raises(Conflict):
        building(office, "1")


def test_the_same_building_twice_under_one_key_is_one(office):
    fields = {"by": "R", "use_case": "units.add_building", "key": "again", "code": "3", "name": "3 号楼"}
    assert office.do(**fields) == office.do(**fields)


def test_a_unit_is_called_by_building_and_room_and_not_yet_on_sale(office):
    unit = office.do(by="R", use_case="units.add_unit", building=building(office).id, code="0301", **ROOM)
    assert office.state("1-1201") == "for_sale"
    assert grid(office)["3-0301"].state == "unreleased"
    with office.dealflow.reading() as uow:
        assert queries.find(uow.connection, uow.project_id, "3-0301") == unit.case


def test_a_unit_exists_once(office):
    with pytest.raises(Conflict) as told:
        office.do(by="R", use_case="units.add_unit", building=queries_building(office, "1"), code="1201", **ROOM)
    assert told.value.code == "units.code_taken"


def queries_building(office: Office, code: str) -> int:
    with office.dealflow.reading() as uow:
        return next(b.id for b in queries.buildings_of(uow.connection, uow.project_id) if b.code == code)


def test_a_unit_with_a_lowest_price_above_its_list_price_is_refused(office):
    with office.refused("units.data_missing"):
        office.do(
            by="R", use_case="units.add_unit", building=building(office).id, code="0301", **{**ROOM, "lowest_price": "900000.01"}
        )


def test_no_unit_is_offered_before_the_licence_is_in_force(office):
    place = building(office)
    unit = office.do(by="R", use_case="units.add_unit", building=place.id, code="0301", **ROOM).case
    offer = {"by": "M", "use_case": "units.take_step", "unit": unit, "event": "offer"}
    with office.refused("units.unlicensed"):
        office.do(**offer)
    office.do(by="R", use_case="units.license_building", building=place.id, licence_no="第 012 号", licence_from="2025-03-03")
    office.do(**offer)
    assert grid(office)["3-0301"].state == "for_sale"


def test_a_licence_of_no_building_is_not_found(office):
    with pytest.raises(NotFound):
        office.do(by="R", use_case="units.license_building", building=1, licence_no="第 012 号", licence_from="2025-03-03")


def test_money_is_written_as_text(office):
    with pytest.raises(Invalid):
        office.do(by="R", use_case="units.add_unit", building=1, code="0301", **{**ROOM, "list_price": 900_000})


def test_the_grid_shows_whoever_holds_a_unit_masked_and_until_when(office):
    office.held("1-1201", name="孙小明")
    row = grid(office)["1-1201"]
    assert (row.state, row.client, row.owner) == ("held", "孙**", "安然")
    assert row.due_at is not None
    assert grid(office)["1-1202"].client == ""


def test_a_held_unit_is_not_withheld(office):
    office.held("1-1201")
    with office.refused("casework.no_such_step"):
        office.do(by="M", use_case="units.take_step", unit="1-1201", event="withhold", answers={"reason": "保留"})


def test_a_withheld_unit_is_not_sold_and_comes_back(office):
    step = {"by": "M", "use_case": "units.take_step", "unit": "1-1202"}
    office.do(**step, event="withhold", answers={"reason": "保留给老客户"})
    deal = office.tracked()
    with office.refused("units.not_for_sale"):
        office.hold(deal, "1-1202")
    office.do(**step, event="offer")
    office.hold(deal, "1-1202")
    assert office.state("1-1202") == "held"


def test_a_blocked_unit_takes_no_money_until_the_block_is_lifted(office):
    step = {"by": "M", "use_case": "units.take_step", "unit": "1-1202"}
    office.do(**step, event="block", answers={"reason": "法院查封"})
    deal = office.tracked()
    with office.refused("units.blocked"):
        office.hold(deal, "1-1202")
    with office.refused("units.blocked"):
        office.do(**step, event="block", answers={"reason": "再次查封"})
    office.do(**step, event="lift_block", answers={"reason": "已解除"})
    office.hold(deal, "1-1202")
    assert grid(office)["1-1202"].blocked is None


def test_no_door_moves_a_unit_as_a_deal_does(office):
    with pytest.raises(Forbidden):
        office.do(by="M", use_case="units.take_step", unit="1-1202", event="hold")


def test_a_second_hold_is_refused_e_082_r_hld_06(office):
    office.held("1-1201")
    other = office.tracked(2, "赵明", "B")
    with office.refused("R-HLD-06"):
        office.hold(other, "1-1201", 2, "赵明")


def test_the_holder_goes_first_and_may_convert_e_076_r_hld_03(office):
    mine = office.held("1-1201").case
    other = office.tracked(2, "赵明", "B")
    office.prepared(other, "1-1201", 2, "赵明", owner="B")
    with office.refused("R-HLD-03"):
        office.deposit(other, "50000.00", 2, "赵明")
    office.prepared(mine, "1-1201")
    office.deposit(mine, "20000.00")
    assert office.state("1-1201") == "deposit"


def test_the_first_to_pay_has_the_unit_e_091_r_dep_10(office):
    first, second = office.tracked(1), office.tracked(2, "赵明", "B")
    office.prepared(first, "1-1201")
    office.prepared(second, "1-1201", 2, "赵明", owner="B")
    office.deposit(first, "20000.00")
    with office.refused("R-DEP-10"):
        office.deposit(second, "20000.00", 2, "赵明")


def test_a_unit_is_free_again_when_the_hold_ends_r_hld_05(office):
    office.held("1-1201")
    office.pass_time("72h 1s")
    assert office.state("1-1201") == "for_sale"
    assert grid(office)["1-1201"].client == ""
    office.doctor()
