"""Deals by API: refusals that explain themselves, keys, versions, who sees what."""

import pytest

from tests.api.conftest import Desk, Desks
from tests.makers.office import Office

GUESSED = 4_242_424_242


def hold_fee(office: Office, deal: int, amount: str = "500.00", **more: object) -> dict[str, object]:
    paid = {"payer": office.payer(), "method": "pos", "source_of_funds": "自有资金"}
    return {"deal": deal, "unit": office.world.unit("1-1201"), "amount": amount, **paid, **more}


# ---- refusals
def test_a_salesperson_who_may_not_collect_is_told_who_may(office: Office, desks: Desks) -> None:
    """E-086, R-DEP-04."""
    answer = desks("A").do("payments.take_hold_fee", **hold_fee(office, office.tracked()))
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    [reason] = answer.json()["reasons"]
    assert reason["code"] == "casework.not_permitted"
    assert reason["rule"] == "R-DEP-04"
    assert "财务" in reason["zh"]
    assert "finance" in reason["en"]


def test_a_hold_fee_of_300_is_refused_with_value_and_limit(office: Office, desks: Desks) -> None:
    """E-074, R-HLD-01."""
    problem = desks("F").do("payments.take_hold_fee", **hold_fee(office, office.tracked(), "300.00")).json()
    assert (problem["status"], problem["type"]) == (409, "urn:dealflow:problem:refused")
    [reason] = problem["reasons"]
    assert reason == {
        "code": "payments.amount_not",
        "rule": "R-HLD-01",
        "zh": "应收 ¥500.00，填写的是 ¥300.00",
        "en": "The amount is ¥500.00; ¥300.00 was entered",
        "who": ["finance", "sales_manager", "designated_collector"],
        "how": None,
        "since": None,
        "evidence": {"due": "¥500.00", "amount": "¥300.00"},
    }


def test_an_unregistered_client_cannot_hold_a_unit(office: Office, desks: Desks) -> None:
    """E-030, R-REG-02: there is no deal without a register entry."""
    answer = desks("F").do("payments.take_hold_fee", **hold_fee(office, GUESSED))
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:dealflow:problem:not_found")


def test_a_client_whose_archive_is_not_open_cannot_hold_a_unit(office: Office, desks: Desks) -> None:
    """E-030: a new visit is no tracked client yet."""
    problem = desks("F").do("payments.take_hold_fee", **hold_fee(office, office.visit())).json()
    assert [r["code"] for r in problem["reasons"]] == ["casework.no_such_step"]
    assert problem["status"] == 409


def test_a_refusal_holds_every_reason_at_once(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    bad = hold_fee(office, deal, "300.00", source_of_funds="", payer={"name": "陈静", "document": ""})
    codes = {r["code"] for r in desks("F").do("payments.take_hold_fee", **bad).json()["reasons"]}
    assert {"payments.amount_not", "payments.payer_document_missing"} <= codes
    assert len(codes) >= 3


def test_nothing_refused_has_changed_the_deal(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    before = desks("F").get(f"/deals/{deal}").headers["etag"]
    desks("F").do("payments.take_hold_fee", **hold_fee(office, deal, "300.00"))
    assert desks("F").get(f"/deals/{deal}").headers["etag"] == before


def test_a_step_with_its_own_form_names_its_use_case(office: Office, desks: Desks) -> None:
    [reason] = desks("F").step(office.tracked(), "take_hold").json()["reasons"]
    assert reason["code"] == "casework.own_form"
    assert reason["how"] == {"use_case": "payments.take_hold_fee", "arguments": {}}


def test_why_not_tells_what_is_missing_and_which_form_raises_the_step(office: Office, desks: Desks) -> None:
    steps = {s["event"]: s for s in desks("A").get(f"/deals/{office.tracked()}/steps").json()["steps"]}
    assert steps["follow_up"]["use_case"] == "followup.record"
    assert steps["follow_up"]["open"] is True
    assert steps["take_hold"]["permitted"] is False
    assert {w["code"] for w in steps["void_registration"]["wants"]} == {"deals.reason_missing"}


# ---- steps
def test_a_step_gives_the_new_state_and_version(office: Office, desks: Desks) -> None:
    answer = desks("A").step(office.tracked(), "lose", reason="price", text="")
    assert answer.status_code in (200, 409), answer.text
    done = desks("F").do("payments.take_hold_fee", **hold_fee(office, office.tracked(n=2, name="李雷"))).json()
    assert (done["kind"], done["state"], done["version"]) == ("deal", "reserved", 3)
    assert done["papers"].keys() == {"D-14", "D-15"}


def test_the_preview_says_what_the_deed_then_does(office: Office, desks: Desks) -> None:
    deal = office.tracked()
    finance, body = desks("F"), hold_fee(office, deal)
    lines = finance.post("/use-cases/payments.take_hold_fee/preview", body).json()["lines"]
    assert desks("F").get(f"/deals/{deal}").json()["state"] == "tracked"
    done = finance.do("payments.take_hold_fee", **body).json()
    assert next(line["data"]["to"] for line in lines if line["kind"] == "move") == done["state"]
    assert {line["data"]["kind"] for line in lines if line["kind"] == "paper"} == done["papers"].keys()


def test_a_preview_is_refused_as_the_deed_would_be(office: Office, desks: Desks) -> None:
    body = hold_fee(office, office.tracked(), "300.00")
    rehearsed = desks("F").post("/use-cases/payments.take_hold_fee/preview", body)
    assert rehearsed.json()["reasons"] == desks("F").do("payments.take_hold_fee", **body).json()["reasons"]


def test_a_step_past_a_deadline_finds_that_the_deadline_has_acted(office: Office, desks: Desks) -> None:
    """R-HLD-02: after 72 hours the hold has ended, though no worker has looked yet."""
    deal, owner = office.held().case, desks("A")
    office.clock.move(hours=73)
    late = Desk(desks.client, desks.fresh("A"))
    [reason] = late.step(deal, "release_hold", reason="另选").json()["reasons"]
    assert reason["code"] == "casework.no_such_step"
    assert late.get(f"/deals/{deal}").json()["state"] == "tracked"
    assert owner.get(f"/deals/{deal}").status_code == 401


# ---- keys and versions
def test_the_same_key_gives_the_same_answer_and_acts_once(office: Office, desks: Desks) -> None:
    deal, finance = office.tracked(), desks("F")
    answers = [
        finance.post("/use-cases/payments.take_hold_fee", hold_fee(office, deal), key="one-payment").text for _ in range(5)
    ]
    assert len(set(answers)) == 1
    assert len(finance.get(f"/deals/{deal}/money").json()["receipts"]) == 1


def test_the_same_key_with_another_body_is_a_conflict(office: Office, desks: Desks) -> None:
    deal, finance = office.tracked(), desks("F")
    finance.post("/use-cases/payments.take_hold_fee", hold_fee(office, deal), key="one-payment")
    again = finance.post("/use-cases/payments.take_hold_fee", hold_fee(office, deal, note="又一次"), key="one-payment")
    assert (again.status_code, again.json()["type"]) == (409, "urn:dealflow:problem:casework.key_reused")


def test_two_people_may_use_the_same_key(office: Office, desks: Desks) -> None:
    one, other = office.tracked(), office.tracked(n=2, name="李雷")
    first = desks("F").post("/use-cases/payments.take_hold_fee", hold_fee(office, one), key="same-words")
    body = hold_fee(office, other) | {"unit": office.world.unit("1-1202")}
    assert [first.status_code, desks("M").post("/use-cases/payments.take_hold_fee", body, key="same-words").status_code] == [
        200,
        200,
    ]


def test_a_command_without_a_key_is_malformed(office: Office, desks: Desks) -> None:
    answer = desks.client.post(f"/api/deals/{office.tracked()}/steps/reopen", json={"answers": {}}, headers=desks("A").headers())
    assert answer.status_code == 422
    assert [f["field"] for f in answer.json()["faults"]] == ["idempotency-key"]


def test_an_older_version_is_a_conflict(office: Office, desks: Desks) -> None:
    deal, finance = office.tracked(), desks("F")
    seen = finance.get(f"/deals/{deal}").headers["etag"]
    office.do(by="A", use_case="followup.record", deal=deal, method="phone", result="再考虑")
    answer = finance.post("/use-cases/payments.take_hold_fee", hold_fee(office, deal), seen=seen)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:dealflow:problem:casework.newer")


def test_the_version_that_was_seen_is_taken(office: Office, desks: Desks) -> None:
    deal, finance = office.tracked(), desks("F")
    seen = finance.get(f"/deals/{deal}").headers["etag"]
    answer = finance.post("/use-cases/payments.take_hold_fee", hold_fee(office, deal), seen=seen)
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"3"'


# ---- who sees what
def test_the_owner_sees_his_client_whole(office: Office, desks: Desks) -> None:
    deal = desks("A").get(f"/deals/{office.tracked()}").json()
    assert (deal["client"], deal["phone"], deal["whole"]) == ("陈静", "19000000051", True)


@pytest.mark.parametrize(
    ("letter", "client", "phone"), [("B", "陈*", "190****0051"), ("F", "陈静", "190****0051"), ("M", "陈静", "19000000051")]
)
def test_others_see_as_much_as_their_work_needs(office: Office, desks: Desks, letter: str, client: str, phone: str) -> None:
    deal = office.tracked()
    [listed] = desks(letter).get("/deals").json()["deals"]
    shown = desks(letter).get(f"/deals/{deal}").json()
    assert [(d["client"], d["phone"]) for d in (listed, shown)] == [(client, phone)] * 2


def test_the_tracking_records_of_anothers_client_stay_closed(office: Office, desks: Desks) -> None:
    """E-061, R-ROLE-13."""
    deal = office.tracked()
    office.do(by="A", use_case="followup.record", deal=deal, method="phone", result="再考虑")
    answers = {letter: desks(letter).get(f"/deals/{deal}/follow-ups") for letter in "ABFM"}
    assert {letter: a.status_code for letter, a in answers.items()} == {"A": 200, "B": 403, "F": 403, "M": 200}
    assert answers["B"].json()["reasons"][0]["rule"] == "R-ROLE-13"
    assert answers["A"].json()["follow_ups"][0]["result"] == "再考虑"


def test_a_salesperson_does_not_find_anothers_client_by_phone(office: Office, desks: Desks) -> None:
    office.tracked()
    assert desks("B").get("/deals", q="19000000051").json()["deals"] == []
    assert len(desks("A").get("/deals", q="19000000051").json()["deals"]) == 1


def test_no_answer_to_another_salesperson_names_the_client(office: Office, desks: Desks) -> None:
    office.held()
    deal = desks("F").get("/deals").json()["deals"][0]["id"]
    for path in (
        "/deals",
        f"/deals/{deal}",
        *(f"/deals/{deal}/{part}" for part in ("events", "papers", "money", "steps")),
        "/units",
    ):
        assert "陈静" not in desks("B").get(path).text, path


def test_history_tells_steps_without_personal_values(office: Office, desks: Desks) -> None:
    deal = office.held().case
    answer = desks("A").get(f"/deals/{deal}/events")
    assert [e["event"] for e in answer.json()["events"]] == ["register", "open_tracking", "take_hold"]
    assert "陈静" not in answer.text


# ---- lists
def test_pages_follow_one_another_without_loss(office: Office, desks: Desks) -> None:
    made = {office.visit(n=n, name="李雷") for n in (1, 2, 3)}
    first = desks("M").get("/deals", limit=2).json()
    second = desks("M").get("/deals", limit=2, after=first["next"]).json()
    assert {d["id"] for page in (first, second) for d in page["deals"]} == made
    assert second["next"] is None


def test_deals_are_found_by_state_and_owner(office: Office, desks: Desks) -> None:
    tracked, _ = office.tracked(), office.visit(n=2, name="李雷", owner="B")
    assert [d["id"] for d in desks("M").get("/deals", state="tracked").json()["deals"]] == [tracked]
    mine = desks("M").get("/deals", owner=office.world.people["A"]).json()["deals"]
    assert [d["id"] for d in mine] == [tracked]


# ---- guessed
@pytest.mark.parametrize("path", ["", "/events", "/papers", "/money", "/follow-ups", "/steps"])
def test_a_guessed_deal_is_not_found(desks: Desks, path: str) -> None:
    answer = desks("M").get(f"/deals/{GUESSED}{path}")
    assert (answer.status_code, answer.json()["kind"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["/units/{}", "/units/{}/steps", "/refunds/{}", "/refunds/{}/steps", "/papers/{}", "/papers/{}/pdf"]
)
def test_other_guessed_ids_are_not_found(desks: Desks, path: str) -> None:
    assert desks("M").get(path.format(GUESSED)).status_code == 404


def test_a_deal_is_no_unit(office: Office, desks: Desks) -> None:
    assert desks("M").get(f"/units/{office.tracked()}/steps").status_code == 404


def test_a_step_of_a_guessed_deal_opens_nothing(desks: Desks) -> None:
    assert desks("S").step(GUESSED, "register").status_code in (404, 409)
    assert desks("M").get(f"/deals/{GUESSED}").status_code == 404
