"""Units, money, papers, tasks, policies and the book of use cases by API; and the document that describes them."""

import re
from typing import Any

import pytest

from dealflow.api.errors import mask_names
from dealflow.bootstrap import BOOK
from tests.api.conftest import Desks
from tests.makers.office import Office


# ---- units
def test_the_stock_shows_who_claims_a_unit_masked(office: Office, desks: Desks) -> None:
    held = office.held()
    claimed = [u for u in desks("A").get("/units").json()["units"] if u["claim"]]
    assert [(u["code"], u["state"], u["claim"]["client"], u["claim"]["deal"]) for u in claimed] == [
        ("1-1201", "held", "陈*", held.case)
    ]


def test_the_manager_withholds_a_unit(office: Office, desks: Desks) -> None:
    unit = office.world.unit("1-0101")
    done = desks("M").post(f"/units/{unit}/steps/withhold", {"answers": {"reason": "样板间"}})
    assert (done.status_code, done.json()["state"]) == (200, "withheld")
    assert done.headers["etag"] == desks("M").get(f"/units/{unit}").headers["etag"]


def test_a_salesperson_does_not_withhold_a_unit(office: Office, desks: Desks) -> None:
    unit = office.world.unit("1-0101")
    assert desks("A").post(f"/units/{unit}/steps/withhold", {"answers": {"reason": "样板间"}}).status_code == 403


def test_what_only_a_deal_does_to_a_unit_nobody_else_does(office: Office, desks: Desks) -> None:
    unit = office.world.unit("1-0101")
    assert desks("R").post(f"/units/{unit}/steps/hold").status_code == 403


# ---- money and papers
def test_the_money_of_a_deal_is_exact_text(office: Office, desks: Desks) -> None:
    deal = office.held().case
    money = desks("F").get(f"/deals/{deal}/money").json()
    assert money["balance"] == {
        "hold": "500.00",
        "hold_uncleared": "0.00",
        "deposit": "0.00",
        "deposit_uncleared": "0.00",
        "refunding": "0.00",
        "price_deposit": "0.00",
        "price_deposit_uncleared": "0.00",
        "price": "0.00",
        "price_uncleared": "0.00",
        "prepayment": "0.00",
        "prepayment_uncleared": "0.00",
    }
    assert [(r["amount"], r["payer"]) for r in money["receipts"]] == [("500.00", "陈静")]


def test_a_refund_waits_until_finance_pays_it(office: Office, desks: Desks) -> None:
    deal = office.held().case
    office.step(deal, "release_hold", "A", reason="另选")
    [refund] = desks("F").get("/refunds").json()["refunds"]
    assert (refund["state"], refund["amount"], refund["deal"]) == ("approved", "500.00", deal)
    paid = desks("F").do("payments.pay_refund", refund=refund["id"], received_by="陈静", method="cash")
    assert (paid.status_code, paid.json()["state"]) == (200, "paid")
    assert desks("F").get("/refunds").json()["refunds"] == []
    assert desks("F").get(f"/refunds/{refund['id']}").json()["state"] == "paid"


def test_a_refusal_of_another_payer_names_the_buyers_masked_only(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    payer = {"name": "孙小明", "document": office.world.value("id2")}
    paid = {"amount": "20000.00", "payer": payer, "method": "cash", "source_of_funds": "自有资金"}
    refused = desks("F").do("payments.take_deposit", deal=deal, **paid)
    [told] = refused.json()["reasons"]
    assert (told["code"], told["evidence"]["buyers"]) == ("payments.other_payer_unnoted", "陈*")
    assert "陈静" not in refused.text


def test_each_of_several_names_is_masked() -> None:
    assert mask_names("陈静、欧阳娜娜") == "陈*、欧阳**"


def test_a_refund_sent_back_waits_again(office: Office, desks: Desks) -> None:
    deal = office.held().case
    office.step(deal, "release_hold", "A", reason="另选")
    [refund] = desks("F").get("/refunds").json()["refunds"]
    desks("F").do("payments.pay_refund", refund=refund["id"], received_by="陈静", method="cash")
    back = desks("F").post(f"/refunds/{refund['id']}/steps/sent_back", {"answers": {"reason": "账号有误"}})
    assert (back.status_code, back.json()["state"]) == (200, "approved")


def test_a_paper_is_printed_when_it_is_asked_for(office: Office, desks: Desks) -> None:
    paper = office.held().papers["D-14"]
    before = desks("F").get(f"/papers/{paper}").json()
    answer = desks("F").get(f"/papers/{paper}/pdf")
    assert (answer.status_code, answer.headers["content-type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["content-disposition"] == f'inline; filename="{before["number"]}.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert [before["printed"], desks("F").get(f"/papers/{paper}").json()["printed"]] == [False, True]
    assert desks("F").get(f"/papers/{paper}/pdf").content == answer.content


def test_a_paper_of_anothers_client_stays_closed(office: Office, desks: Desks) -> None:
    paper = office.held().papers["D-14"]
    shown = {letter: desks(letter).get(f"/papers/{paper}").json()["may_open"] for letter in "ABMS"}
    assert shown == {"A": True, "B": False, "M": True, "S": False}
    assert [desks(letter).get(f"/papers/{paper}/pdf").status_code for letter in "BS"] == [403, 403]


# ---- tasks
def test_a_deposit_in_part_asks_the_manager_when_its_term_has_passed(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    office.deposit(deal, "5000.00")
    office.pass_time("25h")
    tasks = {letter: desks(letter).get("/tasks").json()["tasks"] for letter in "MAB"}
    assert [(t["topic"], t["case"]["id"], t["label"]["zh"]) for t in tasks["M"]] == [("deposit_top_up", deal, "补足定金")]
    assert tasks["B"] == []


# ---- policies
def proposed(desks: Desks, letter: str, key: str = "hold.fee", value: str = "600", reason: str = "开发商通知") -> Any:
    body = {"value": value, "reason": reason}
    return desks.client.put(f"/api/policies/{key}", json=body, headers=desks(letter).headers())


def test_a_policy_is_proposed_by_one_person_and_confirmed_by_another(desks: Desks) -> None:
    answer = proposed(desks, "M")
    assert (answer.status_code, answer.json()["former"], answer.json()["value"]) == (202, "500.00", "600.00")
    [waits] = desks("R").get("/policies").json()["waiting"]
    assert (waits["proposer"], waits["reason"], waits["answer"]) == ("孟琪", "开发商通知", None)
    assert desks("R").post(f"/policies/proposals/{waits['id']}/confirm").json() == {"key": "hold.fee", "value": "600.00"}
    shown = desks("M").get("/policies").json()
    [fee] = [p for p in shown["policies"] if p["key"] == "hold.fee"]
    assert (fee["value"], fee["default"], fee["minimum"], fee["maximum"]) == ("600.00", "500.00", "0.01", "100000.00")
    assert (shown["waiting"], [(h["id"], h["answer"]) for h in shown["history"]]) == ([], [(waits["id"], "confirmed")])


def test_nobody_confirms_his_own_proposal_by_api(desks: Desks) -> None:
    made = proposed(desks, "M").json()["id"]
    answer = desks("M").post(f"/policies/proposals/{made}/confirm")
    assert (answer.status_code, [r["code"] for r in answer.json()["reasons"]]) == (403, ["policies.own_proposal"])


def test_the_same_proposal_again_is_the_one_that_waits(desks: Desks) -> None:
    assert len({proposed(desks, "M").json()["id"] for _ in range(2)}) == 1


def test_a_proposal_is_withdrawn(desks: Desks) -> None:
    made = proposed(desks, "M").json()["id"]
    assert desks("M").post(f"/policies/proposals/{made}/withdraw").status_code == 204
    assert desks("R").post(f"/policies/proposals/{made}/confirm").status_code == 409


def test_a_proposal_that_nobody_made_is_not_found(desks: Desks) -> None:
    assert [desks("M").post(f"/policies/proposals/77/{act}").status_code for act in ("confirm", "withdraw")] == [404, 404]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("hold.fee", "0.00", "policy.out_of_bounds"),
        ("hold.fee", "many", "policy.not_a_money"),
        ("no.such", "1", "policy.unknown"),
    ],
)
def test_a_value_out_of_bounds_is_told(desks: Desks, key: str, value: str, code: str) -> None:
    answer = proposed(desks, "M", key, value)
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:dealflow:problem:{code}")
    assert answer.json()["faults"][0]["zh"] != answer.json()["faults"][0]["en"]


def test_a_salesperson_proposes_and_decides_no_policy(desks: Desks) -> None:
    made = proposed(desks, "M").json()["id"]
    acts = [desks("A").post(f"/policies/proposals/{made}/{act}").status_code for act in ("confirm", "withdraw")]
    assert [proposed(desks, "A").status_code, *acts] == [403, 403, 403]


# ---- the book
def test_every_use_case_has_a_route_with_its_own_input(desks: Desks) -> None:
    document = desks("A").get("/openapi.json").json()
    for name, page in BOOK.pages.items():
        body = document["paths"][f"/use-cases/{name}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        properties = document["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]["properties"]
        assert properties.keys() == page.input.__dataclass_fields__.keys(), name


def test_the_book_lists_what_each_use_case_raises(desks: Desks) -> None:
    listed = {u["name"]: u for u in desks("A").get("/use-cases").json()["use_cases"]}
    assert listed.keys() == BOOK.pages.keys()
    assert listed["payments.take_hold_fee"]["raises"] == [{"kind": "deal", "event": "take_hold"}]


def test_a_visitor_is_registered_by_api(office: Office, desks: Desks) -> None:
    fields = {"name": "王芳", "phone": office.world.value("phone9"), "channel": "网络", "way": "turn"}
    done = desks("S").do("reception.register_visit", **fields, received_by=office.world.people["A"])
    assert (done.status_code, done.json()["state"], done.json()["papers"].keys()) == (200, "new_visit", {"D-02", "D-04"})


def test_an_administrator_adds_somebody_and_is_told_his_id(office: Office, desks: Desks) -> None:
    made = desks("R").do("staff.add_person", login="xinren", name="新仁", roles=["salesperson"])
    assert made.status_code == 200, made.text
    assert made.json()["id"] > 0
    gone = desks("R").do("staff.set_active", person=made.json()["id"], active=False)
    assert (gone.status_code, gone.content) == (204, b"")


def test_nobody_but_the_administrator_adds_people(desks: Desks) -> None:
    assert desks("M").do("staff.add_person", login="xinren", name="新仁").status_code == 403


# ---- the document
def operations(document: Any) -> Any:
    return [(path, method, o) for path, methods in document["paths"].items() for method, o in methods.items()]


def test_every_route_tells_its_problems(desks: Desks) -> None:
    document = desks("A").get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, method, operation in operations(document):
        statuses = operation["responses"].keys()
        assert {"401", "422"} <= statuses, (path, method)
        wrong = [
            s for s, r in operation["responses"].items() if s >= "400" and r["content"].keys() != {"application/problem+json"}
        ]
        assert wrong == [], (path, method)


def test_every_operation_has_a_name_of_its_own(desks: Desks) -> None:
    names = [o["operationId"] for _, _, o in operations(desks("A").get("/openapi.json").json())]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_commands_ask_for_a_key(desks: Desks) -> None:
    document = desks("A").get("/openapi.json").json()
    for path, _, operation in operations(document):
        if re.search(r"/steps/\{event\}$", path):
            required = {p["name"].lower() for p in operation["parameters"] if p["required"]}
            assert "idempotency-key" in required, path


def test_no_page_from_elsewhere_documents_the_api(desks: Desks) -> None:
    assert [desks("A").get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
