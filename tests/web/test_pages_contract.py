"""The pages of a deal from the agreement to the stamped contract: forms, needs that lead to them, the filing, the plan."""

import re

import pytest

from dealflow.web.asks import ASKS
from tests.makers.office import Office
from tests.web.conftest import Readers, codes, missing
from tests.web.ways import walked

PLAIN = ("write_slip", "sign_slip", "take_back_agreement", "sign_contract", "proofread", "stamp")
CLAUSES = {f"clauses.{letter}": "yes" for letter in "ABCDEFGHIJ"}


@pytest.mark.parametrize("part", ["subscribed", "filed", "stamped", "move_in"])
def test_every_form_sent_empty_in_every_state_of_the_way_is_answered(office: Office, readers: Readers, part: str) -> None:
    deal = walked(office, part)
    answers = {
        (letter, event): readers(letter).send(f"/deals/{deal}/steps/{event}", confirmed="")[0]
        for letter in "ATMKOF"
        for event in (*ASKS, *PLAIN)
    }
    assert max(answers.values()) < 500, answers


# ---- before the slip
def test_clauses_come_back_with_the_ticks_that_were_set_and_the_missing_ones_named(office: Office, readers: Readers) -> None:
    deal = walked(office, "subscribed")
    some = {name: tick for name, tick in CLAUSES.items() if name != "clauses.J"}
    status, page = readers("A").send(f"/deals/{deal}/steps/explain_clauses", **some, note="客户提问较多")
    assert (status, codes(page)) == (409, ["deals.clauses_missing"])
    assert "J 争议解决方式" in page
    assert re.search(r'type="checkbox" value="yes" checked id="explain_clauses-clauses.A"', page)
    assert "客户提问较多" in page


def test_e_101_one_unseen_original_keeps_identity_from_being_checked(office: Office, readers: Readers) -> None:
    deal = walked(office, "subscribed")
    status, page = readers("A").send(f"/deals/{deal}/steps/check_identity", eligibility="passed")
    assert (status, codes(page)) == (409, ["deals.originals_unseen"])
    assert readers("A").send(f"/deals/{deal}/steps/check_identity", eligibility="passed", **{"seen.1": "yes"})[0] == 303


def test_an_objection_is_answered_by_the_developer_alone_and_then_shown_as_confirmed(office: Office, readers: Readers) -> None:
    deal = walked(office, "subscribed")
    assert readers("A").send(f"/deals/{deal}/steps/raise_objection", clause="I", text="违约金太低")[0] == 303
    assert "待开发商答复" in readers("A").get(f"/deals/{deal}")
    answer = {"clause": "I", "answer": "true", "text": "同意"}
    assert readers("A").send(f"/deals/{deal}/steps/answer_objection", key="not-the-owner", **answer)[0] == 403
    assert readers("K").send(f"/deals/{deal}/steps/answer_objection", **answer)[0] == 303
    assert "已确认变更" in readers("A").get(f"/deals/{deal}")


def test_steps_beside_stand_under_the_heading_where_they_belong(office: Office, readers: Readers) -> None:
    page = readers("A").get(f"/deals/{walked(office, 'subscribed')}")
    headings = re.findall(r'class="steps-g">([^<]+)<', page)
    assert headings == ["客户", "签约准备"]


def test_what_has_nothing_to_do_is_not_offered(office: Office, readers: Readers) -> None:
    page = readers("A").get(f"/deals/{walked(office, 'subscribed')}")
    for event in ("withdraw_objection", "answer_objection", "take_deposit", "receive"):
        assert f'id="step-{event}"' not in page


# ---- slip, price, plan
def test_price_money_is_taken_on_the_page_and_the_plan_shows_due_paid_and_open(office: Office, readers: Readers) -> None:
    deal = walked(office, "subscribed")
    assert readers("A").send(f"/deals/{deal}/steps/write_slip")[0] == 303
    assert readers("M").send(f"/deals/{deal}/steps/sign_slip", key="slip-is-signed")[0] == 303
    page = readers("F").get(f"/deals/{deal}")
    assert 'value="449,080.00"' in page or 'value="449080.00"' in page
    paid = {"amount": "449080.00", "method": "pos", "source_of_funds": "自有资金", "payer.name": "陈静"}
    payer = {"payer.document_kind": "id_card", "payer.document": str(office.world.value("id1"))}
    assert readers("F").send(f"/deals/{deal}/steps/receive", **paid, **payer)[0] == 303
    assert office.state(deal) == "first_paid"
    money = readers("F").get(f"/deals/{deal}")
    assert "房款收据" in money
    assert "定金抵房款" in money
    plan = re.search(r'<table class="tbl cards" id="charges">.*?</table>', money, re.S)
    assert plan
    assert re.findall(r"尾款|[\d,]+\.\d\d", plan[0])[-4:] == ["尾款", "1,000,000.00", "0.00", "1,000,000.00"]


def test_e_104_price_money_before_the_signed_slip_is_refused(office: Office, readers: Readers) -> None:
    deal = walked(office, "subscribed")
    paid = {"amount": "1000", "method": "pos", "source_of_funds": "自有资金", "payer.name": "陈静"}
    status, page = readers("F").send(f"/deals/{deal}/steps/receive", **paid, **{"payer.document": str(office.world.value("id1"))})
    assert status == 409
    assert "payments.slip_unsigned" in page


# ---- filing
def test_the_filing_goes_its_steps_on_the_deals_page(office: Office, readers: Readers) -> None:
    deal = paid_first(office)
    status, page = readers("A").send(f"/deals/{deal}/filing/enter_data")
    assert (status, codes(page)) == (409, ["deals.draft_number_missing"])
    assert readers("A").send(f"/deals/{deal}/filing/enter_data", key="enters-it-now", contract_number="YS2025-7")[0] == 303
    assert readers("A").send(f"/deals/{deal}/filing/review", key="reviews-it-too")[0] == 403
    for n, (event, number) in enumerate((("review", ""), ("submit", ""), ("file", "BA2025-7"))):
        assert readers("O").send(f"/deals/{deal}/filing/{event}", key=f"key-of-filing-{n}", number=number)[0] == 303
    assert office.state(deal) == "filed"
    assert "BA2025-7" in readers("A").get(f"/deals/{deal}")


def test_a_step_that_the_filing_does_not_have_now_is_not_found(office: Office, readers: Readers) -> None:
    deal = paid_first(office)
    assert readers("O").send(f"/deals/{deal}/filing/register", number="1")[0] == 404


def paid_first(office: Office) -> int:
    """A deal whose first instalment is there."""
    deal = walked(office, "subscribed")
    office.step(deal, "write_slip", "A")
    office.step(deal, "sign_slip", "M")
    paid = {"amount": "449080.00", "payer": office.payer(), "method": "pos", "source_of_funds": "自有资金"}
    office.do(by="F", use_case="payments.take_price", deal=deal, **paid)
    return deal


# ---- signing and after
def test_a_panel_leads_from_each_missing_need_to_its_form(office: Office, readers: Readers) -> None:
    deal = walked(office, "filed")
    page = readers("A").get(f"/deals/{deal}")
    assert missing(page, "sign_contract") == [
        "deals.notice_unsent",
        "documents.buyer_unsigned",
        "documents.buyer_unsigned",
        "deals.dates_blank",
        "deals.floor_plan_missing",
        "deals.agreement_out",
    ]
    for event in (
        "send_notice",
        "fill_dates",
        "attach_floor_plan",
        "take_back_agreement",
        "sign_paper-D-27-1",
        "sign_paper-D-28-1",
    ):
        assert f'id="need-sign_contract-{event}"' in page


def test_an_appointment_without_a_place_comes_back_with_its_time(office: Office, readers: Readers) -> None:
    deal = walked(office, "filed")
    status, page = readers("A").send(f"/deals/{deal}/steps/send_notice", at="2025-03-10T10:00")
    assert (status, codes(page)) == (409, ["deals.place_missing"])
    assert 'value="2025-03-10T10:00"' in page


def test_a_signature_on_the_contract_is_recorded_with_its_scan(office: Office, readers: Readers) -> None:
    deal = walked(office, "filed")
    scan = {"scan.kept": str(office.world.value("scan")), "scan.named": "签字页.pdf"}
    assert readers("A").send(f"/deals/{deal}/steps/sign_paper", paper="D-27", signer="1", **scan)[0] == 303
    page = readers("A").get(f"/deals/{deal}")
    assert 'id="need-sign_contract-sign_paper-D-27-1"' not in page
    assert 'id="need-sign_contract-sign_paper-D-28-1"' in page


def test_a_bank_keeps_no_original_of_a_sale_without_a_loan_e_118(office: Office, readers: Readers) -> None:
    deal = walked(office, "stamped")
    kept = {}
    for n, (keeper, name) in enumerate((("client", "陈静"), ("developer", "孔德"), ("bank", "某银行"))):
        kept |= {f"keepers.{n}.keeper": keeper, f"keepers.{n}.copy": "original", f"keepers.{n}.name": name}
    status, page = readers("O").send(f"/deals/{deal}/steps/hand_out_originals", **kept)
    assert (status, codes(page)) == (409, ["deals.bank_without_loan"])
    assert 'value="某银行"' in page


def test_a_full_payer_moves_in_after_the_contract_and_meets_no_stage_of_a_loan(office: Office, readers: Readers) -> None:
    deal = walked(office, "move_in")
    page = readers("A").get(f"/deals/{deal}")
    bar = re.search(r'<ol class="stages".*?</ol>', page, re.S)
    assert bar
    assert re.findall(r'<li class="(\w+)"', bar[0]) == ["past", "past", "past", "past", "past", "now", "todo"]


@pytest.mark.parametrize("letter", ["B", "C"])
def test_masking_holds_on_the_way_to_the_keys(office: Office, readers: Readers, letter: str) -> None:
    deal = walked(office, "move_in")
    for path in (f"/deals/{deal}", "/deals?scope=all", "/", "/handovers", "/buildings"):
        page = readers(letter).get(path)
        assert "陈静" not in page
        assert str(office.world.value("phone1")) not in page
        assert str(office.world.value("id1")) not in page
