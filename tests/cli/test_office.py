"""The office of the tests is a true one: its people, its units, its clock."""

from tests.makers.office import Office


def test_a_hold_lapses_72_hours_after_the_receipt_r_hld_02(office: Office) -> None:
    held = office.held("1-1201")
    office.pass_time("72h")
    assert office.state("1-1201") == "held"
    office.pass_time("1s")
    assert (office.state("1-1201"), office.state(held.case)) == ("for_sale", "tracked")
    office.doctor()


def test_300_instead_of_500_is_refused_e_074(office: Office) -> None:
    deal = office.tracked()
    with office.refused("R-HLD-01"):
        office.hold(deal, "1-1201", amount="300.00")
    assert office.state("1-1201") == "for_sale"
