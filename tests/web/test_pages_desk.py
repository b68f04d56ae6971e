"""The front desk, the home page, units and policies at the pages' door."""

import re

from tests.makers.office import Office
from tests.web.conftest import Readers, codes


def visitor(office: Office, n: int = 1, **more: str) -> dict[str, str]:
    """A visit as the form sends it."""
    given = {
        "kind": "visit",
        "phone": str(office.world.value(f"phone{n}")),
        "name": "陈静",
        "first": "yes",
        "channel": "网络",
        "party": "2",
    }
    return {**given, "one_family": "yes", "received_by": str(office.world.people["A"]), "way": "turn", **more}


def test_the_secretary_registers_a_visit_and_comes_to_the_deal(office: Office, readers: Readers) -> None:
    status, place = readers("S").send("/register", **visitor(office))
    assert status == 303
    assert re.fullmatch(r"/deals/\d+\?done=1", place)
    assert "陈静" in readers("S").get(place)


def test_r_fdt_02_earlier_contact_must_be_named(office: Office, readers: Readers) -> None:
    status, page = readers("S").send("/register", **visitor(office, first="no"))
    assert (status, codes(page)) == (409, ["reception.earlier_contact_not_asked"])


def test_a_salesperson_registers_nobody(office: Office, readers: Readers) -> None:
    assert readers("A").send("/register", **visitor(office))[0] == 403


def probed(readers: Readers, office: Office, phone: str) -> str:
    """The line below the phone field."""
    return readers("S").post("/register/probe", phone=str(office.world.value(phone)))


def test_the_probe_names_the_owner_and_nobody_else(office: Office, readers: Readers) -> None:
    office.visit(name="孙小明")
    line = probed(readers, office, "phone1")
    assert "老客户，归安然，确认有效至 03-10 24:00" in line
    assert "孙小明" not in line


def test_the_probe_of_a_new_phone_says_so(office: Office, readers: Readers) -> None:
    assert "新客户" in probed(readers, office, "phone9")


def test_the_probe_takes_no_phone_from_an_address(office: Office, readers: Readers) -> None:
    assert readers("S").status(f"/register/probe?phone={office.world.value('phone1')}") == 405


def test_the_probe_answers_only_our_own_page(office: Office, readers: Readers) -> None:
    assert readers("S").send("/register/probe", csrf="", phone=str(office.world.value("phone1")))[0] == 403


def test_fields_that_answer_while_typing_send_by_post(readers: Readers) -> None:
    page = readers("S").get("/register")
    assert 'data-live hx-post="/register/probe"' in page
    assert 'hx-get="/register/probe"' not in page


def test_a_sum_is_said_in_capitals_while_it_is_typed(readers: Readers) -> None:
    assert "伍仟元整" in readers("F").post("/words/money", price="5,000")


def test_the_home_of_finance_lists_refunds_and_uncleared_receipts(office: Office, readers: Readers) -> None:
    held = office.held().case
    office.step(held, "release_hold", "A", reason="客户放弃")
    paid = office.tracked(2, "李明")
    office.prepared(paid, "1-0101", 2, "李明")
    office.deposit(paid, "8000.00", 2, "李明", method="transfer")
    page = readers("F").get("/")
    assert "付退款 500 元" in page
    assert "确认到账 8,000 元" in page


def test_the_home_of_a_salesperson_lists_his_clients_by_deadline(office: Office, readers: Readers) -> None:
    office.tracked(1, "陈静")
    office.held("1-0101", 2, "李明")
    page = readers("A").get("/")
    assert page.index("李明") < page.index("陈静")
    assert "陈静" not in readers("B").get("/")


def test_an_empty_home_says_what_to_do(readers: Readers) -> None:
    page = readers("S").get("/")
    assert "今天没有到期的事" in page
    assert "登记新访" in page


def test_the_manager_withholds_a_unit_with_a_reason(office: Office, readers: Readers) -> None:
    unit = office.world.unit("1-0101")
    status, page = readers("M").send(f"/units/{unit}/steps/withhold", reason="")
    assert (status, codes(page)) == (409, ["units.reason_missing"])
    assert readers("M").send(f"/units/{unit}/steps/withhold", reason="留作样板")[0] == 303
    assert office.state("1-0101") == "withheld"


def test_a_salesperson_withholds_nothing(office: Office, readers: Readers) -> None:
    unit = office.world.unit("1-0101")
    assert "收回保留" not in readers("A").get(f"/units?unit={unit}")
    assert readers("A").send(f"/units/{unit}/steps/withhold", reason="x")[0] == 403


def test_the_sheet_shows_every_unit_of_the_building(readers: Readers) -> None:
    assert readers("A").get("/units").count("data-cell") == 22


def waits(readers: Readers, letter: str = "M") -> str:
    """The proposal that waits, as this person's page names it."""
    return re.findall(r'id="proposal-(\d+)"', readers(letter).get("/policies"))[0]


def test_a_policy_out_of_bounds_is_refused_and_a_good_one_only_proposed(readers: Readers) -> None:
    assert readers("M").send("/policies/hold.fee", value="0", reason="x")[0] == 422
    assert readers("M").send("/policies/hold.fee", value="600.00", reason="开发商通知")[0] == 303
    page = readers("M").get("/policies")
    assert "500 元 → 600 元" in page.replace(".00", "")
    assert "修改待确认" in page
    assert re.search(r'id="policy-hold.fee".*?<b>500(\.00)? 元</b>', page, re.S)


def test_the_proposer_may_withdraw_but_not_confirm(readers: Readers) -> None:
    readers("M").send("/policies/hold.fee", value="600.00", reason="开发商通知")
    proposal = waits(readers)
    assert f"/policies/proposals/{proposal}/confirm" not in readers("M").get("/policies")
    status, page = readers("M").send(f"/policies/proposals/{proposal}/confirm", key="key-confirm")
    assert "封号费：500.00 元 → 600.00 元" in readers("M").get("/policies")
    assert (status, "不能确认自己提出的修改" in page) == (403, True)
    assert readers("M").send(f"/policies/proposals/{proposal}/withdraw", key="key-withdraw")[0] == 303
    assert "已撤回" in readers("M").get("/policies")


def test_a_second_person_confirms_and_the_history_shows_both(office: Office, readers: Readers) -> None:
    asked = {"key": "hold.fee", "value": "600.00", "reason": "开发商通知"}
    proposal = office.stage.do("R", "policies.propose_policy", asked)
    assert readers("M").send(f"/policies/proposals/{proposal}/confirm")[0] == 303
    page = readers("M").get("/policies")
    history = page[page.index('id="history"') :]
    assert all(text in history for text in ("任欣", "孟琪", "开发商通知", "已确认"))
    assert re.search(r'id="policy-hold.fee".*?<b>600(\.00)? 元</b>', page, re.S)


def test_an_answer_that_came_too_late_is_told_on_the_page(office: Office, readers: Readers) -> None:
    proposal = office.stage.do("R", "policies.propose_policy", {"key": "hold.fee", "value": "600.00", "reason": "x"})
    office.stage.do("R", "policies.withdraw_proposal", {"proposal": proposal})
    status, page = readers("M").send(f"/policies/proposals/{proposal}/confirm")
    assert (status, "这项修改已经撤回" in page) == (409, True)


def test_only_known_proposals_and_answers_are_found(readers: Readers) -> None:
    assert [readers("M").send(f"/policies/proposals/{path}")[0] for path in ("77/confirm", "0/confirm", "77/burn")] == [404] * 3


def test_a_salesperson_answers_no_proposal(office: Office, readers: Readers) -> None:
    proposal = office.stage.do("R", "policies.propose_policy", {"key": "hold.fee", "value": "600.00", "reason": "x"})
    assert readers("A").send(f"/policies/proposals/{proposal}/confirm")[0] == 403


def test_a_paper_is_found_by_its_number(office: Office, readers: Readers) -> None:
    office.held()
    page = readers("F").get("/papers?q=jy-d14-2500001")
    assert "封号费收据" in page
    assert "打开交易" in page
