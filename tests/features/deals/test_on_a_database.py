"""Deals through the use cases on a real database: whose client he is, what was agreed, lists and pages."""

import pytest

from dealflow.features.deals import queries
from dealflow.features.deals.queries import Reader
from dealflow.features.units import queries as units
from dealflow.kernel.errors import Forbidden, Invalid
from tests.makers.office import Office


def search(office: Office, reader: str, **asked):
    with office.dealflow.reading() as uow:
        return queries.search(uow.connection, uow.project_id, Reader(office.world.people[reader]), **asked)


def page(office: Office, deal: int, reader: str):
    with office.dealflow.reading() as uow:
        found = queries.one(uow.connection, uow.project_id, deal, Reader(office.world.people[reader]))
    assert found
    return found


# ---- E-047
def register(office: Office, n: int, owner: str, **more):
    fields = {"name": "陈静", "phone": office.world.value(f"phone{n}"), "channel": "网络", "received_by": owner, "way": "turn"}
    return office.do(by="S", use_case="reception.register_visit", **{**fields, **more})


def test_a_client_of_anothers_valid_confirmation_is_refused_e_047(office):
    office.visit(1, owner="A")
    with office.refused("deals.claimed_by_another") as told:
        register(office, 1, "B", claim_new=True)
    assert "安然" in told.value.reasons[0].zh


def test_after_the_seven_days_he_belongs_to_whoever_registers_him_and_the_old_deal_is_named_r_own_04(office):
    old = office.visit(1, owner="A")
    office.pass_time("7d")
    assert office.state(old) == "new_visit"
    office.pass_time("24h")
    assert office.state(old) == "lapsed"
    new = register(office, 1, "B").case
    assert page(office, new, "B").earlier_deal == old
    assert [o.to for o in page(office, old, "M").owners] == ["安然", ""]


def test_a_lost_client_stays_his_owners_while_the_confirmation_is_valid(office):
    deal = office.tracked()
    office.step(deal, "lose", "A", reason="price")
    with office.refused("R-OWN-05", "R-OWN-06", "R-FUP-14"):
        register(office, 1, "B", claim_new=True)
    office.step(deal, "reopen", "A", method="phone", result="再看一次")
    assert office.state(deal) == "tracked"


def test_a_lost_client_whose_confirmation_is_over_is_not_reopened_r_own_02(office):
    deal = office.tracked()
    office.step(deal, "lose", "A", reason="price")
    office.pass_time("8d 1m")
    with office.refused("deals.confirmation_over"):
        office.step(deal, "reopen", "A", method="phone", result="再看一次")
    assert register(office, 1, "B").state == "new_visit"


def test_a_client_with_a_deposit_may_begin_another_deal(office):
    first = office.tracked()
    office.prepared(first, "1-1201")
    office.deposit(first, "20000.00")
    second = register(office, 1, "B").case
    assert second != first
    office.doctor()


# ---- E-049
def test_the_client_goes_to_another_on_his_own_request_and_it_is_on_record_e_049_r_own_22(office):
    deal = office.tracked()
    office.step(deal, "change_owner", "M", reason="客户要求更换", owner=office.world.people["B"])
    (_, changed) = page(office, deal, "B").owners
    assert (changed.from_, changed.to, changed.reason, changed.rule, changed.decided_by) == (
        "安然",
        "白杨",
        "客户要求更换",
        "R-OWN-14",
        "孟琪",
    )
    with pytest.raises(Forbidden):
        office.step(deal, "lose", "A", reason="price")


def test_a_change_of_owner_names_the_new_one(office):
    deal = office.tracked()
    with pytest.raises(Invalid):
        office.step(deal, "change_owner", "M", reason="客户要求更换")


# ---- the generic door
def test_a_step_with_its_own_form_is_refused_and_names_it(office):
    deal = office.tracked()
    with office.refused("casework.own_form") as told:
        office.step(deal, "take_hold", "F")
    assert told.value.reasons[0].how.use_case == "payments.take_hold_fee"


def test_malformed_answers_are_refused_before_anything_is_judged(office):
    with pytest.raises(Invalid):
        office.step(office.tracked(), "change_owner", "M", reason="x", owner="nobody")


# ---- preparing
def test_a_deposit_waits_for_a_prepared_sale(office):
    deal = office.tracked()
    with office.refused(
        "deals.no_unit", "deals.no_price", "deals.no_plan", "deals.no_buyers", "deals.no_deposit", "payments.unit_missing"
    ):
        office.deposit(deal, "5000.00")


def test_four_thousand_nine_hundred_and_ninety_nine_is_refused_e_083(office):
    deal = office.tracked()
    with office.refused("R-DEP-01"):
        office.prepared(deal, "1-1201", deposit="4999.00")
    office.prepared(deal, "1-1201", deposit="5000.00")
    office.prepared(deal, "1-1201", deposit="200000.00")
    assert page(office, deal, "A").agreed_deposit_fen == 20_000_000


def test_a_deal_that_holds_one_unit_is_not_prepared_for_another(office):
    deal = office.held("1-1201").case
    with office.refused("units.other_claimed"):
        office.prepared(deal, "1-1202")


def test_a_hold_on_another_unit_makes_what_was_prepared_stale(office):
    deal = office.tracked()
    office.prepared(deal, "1-1202")
    office.hold(deal, "1-1201")
    with office.refused("deals.prepared_for_other_unit"):
        office.deposit(deal, "20000.00")


def test_preparing_twice_leaves_only_what_was_agreed_last(office):
    deal = office.tracked()
    couple = [
        {"name": n, "document": office.world.value(f"id{i}"), "phone": office.world.value(f"phone{i}"), "share_ppm": 500_000}
        for i, n in ((1, "陈静"), (2, "王明"))
    ]
    price = listed(office, "1-1201")
    lines = [
        {"label": "首付款", "amount": "100000.00", "due_on": "2025-04-01"},
        {"label": "余款", "amount": yuan(price - 10_000_000)},
    ]
    sale = {"deal": deal, "unit": "1-1201", "price": yuan(price), "deposit": "20000.00"}
    office.do(by="A", use_case="deals.prepare_sale", **sale, plan="instalments", buyers=couple, lines=lines)
    assert [line.due_on and line.due_on.isoformat() for line in page(office, deal, "A").lines] == ["2025-04-01", None]
    office.prepared(deal, "1-1201")
    found = page(office, deal, "A")
    assert ([b.name for b in found.buyers], len(found.lines), found.plan) == (["陈静"], 1, "lump_sum")


def listed(office: Office, code: str) -> int:
    with office.dealflow.reading() as uow:
        found = units.one(uow.connection, uow.project_id, office.world.unit(code))
    assert found
    return found.list_fen


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


# ---- the agreement
def agreed(office: Office) -> int:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "20000.00")
    return deal


def test_no_free_clause_e_097_r_sub_03(office):
    deal = agreed(office)
    with office.refused("R-SUB-03"):
        office.step(deal, "write_agreement", "A", extra_clause="送车位一个")


def test_three_errors_void_and_reissue_the_agreement_e_098_r_sub_07(office):
    deal = agreed(office)
    office.step(deal, "write_agreement", "A")
    office.do(by="A", use_case="documents.record_signature", deal=deal, signer=1, scan=office.world.value("scan"))
    office.step(deal, "agree", "M")
    assert page(office, deal, "A").subscribed_at is not None
    office.step(deal, "void_agreement", "M", reason="面积写错", places="3")
    found = page(office, deal, "A")
    assert (found.state, found.subscribed_at) == ("deposit_full", None)
    office.doctor()


def test_a_higher_deposit_voids_the_open_agreement_once_and_the_deal_is_short(office):
    deal = agreed(office)
    office.step(deal, "write_agreement", "A")
    office.prepared(deal, "1-1201", deposit="30000.00")
    assert office.state(deal) == "deposit_part"
    office.deposit(deal, "10000.00")
    office.step(deal, "write_agreement", "A")
    office.doctor()


# ---- lists and pages
def test_others_clients_are_masked_and_not_found_by_name_or_phone(office):
    office.held("1-1201", name="孙小明")
    assert [row.client for row in search(office, "A")] == ["孙小明"]
    assert [(row.client, row.phone) for row in search(office, "B")] == [("孙**", "190****0051")]
    assert [len(search(office, who, words="小明")) for who in "AB"] == [1, 0]
    assert [len(search(office, who, words="0051")) for who in "AB"] == [1, 0]
    assert [len(search(office, who, words="1-12")) for who in "AB"] == [1, 1]


def test_the_page_of_anothers_deal_shows_no_numbers(office):
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    (buyer,) = page(office, deal, "B").buyers
    assert "*" in buyer.name
    assert "*" in buyer.document
    assert "*" in buyer.phone


def test_lists_go_on_where_they_ended(office):
    for n in range(1, 6):
        office.visit(n, name="陈静")
    first = search(office, "A", limit=3)
    rest = search(office, "A", limit=3, after=(first[-1].moved_at, first[-1].id))
    assert (len(first), len(rest)) == (3, 2)
    assert not {row.id for row in first} & {row.id for row in rest}


def test_lists_by_state_and_owner(office):
    office.visit(1, owner="A")
    held = office.held("1-1201", n=2, owner="B").case
    assert [row.id for row in search(office, "B", states={"reserved"})] == [held]
    assert [row.id for row in search(office, "A", owner=office.world.people["B"])] == [held]
    with office.dealflow.reading() as uow:
        assert queries.counts(uow.connection, uow.project_id) == {"new_visit": 1, "reserved": 1}
