"""The filing: opened and opened again by the deal, entered by one and reviewed by another, filed and registered. Pure."""

import pytest

from dealflow.casework.changes import Open, Then
from dealflow.db.tables.deals import filings
from dealflow.features.deals.parts.filing import FILED_DEAL, FILING, FILING_CASE, FilingCase
from dealflow.features.deals.shelf import contract_facts, filing
from tests.makers.contract import FILING_ID, OFFICER, filed_deal, make_filing
from tests.makers.dossiers import after, codes, dossier
from tests.makers.sale import ANNE, DEAL


def of_deal(*states: str):
    rows = {FILING_CASE: [FilingCase(FILING_ID, state) for state in states]}
    return dossier(state="slip_signed", rows=rows, links={"filing": FILING_ID} if states else {})


def at_filing(state="entered", *, noted=None, deal=None, **more):
    rows = {FILING: [noted or make_filing()], FILED_DEAL: [deal or filed_deal()]}
    return dossier("filing", state, id=FILING_ID, rows=rows, links={"deal": DEAL}, **{"actor": OFFICER, **more})


# ---- the deal's side
def test_the_first_instalment_opens_a_filing_and_one_under_way_goes_on():
    assert list(filing.open_filing(of_deal())) == [Open("filing", "filing", "open", {"deal": DEAL})]
    assert list(filing.open_filing(of_deal("rejected"))) == []
    assert len(list(filing.open_filing(of_deal("cancelled")))) == 1


@pytest.mark.parametrize(
    ("state", "under_way", "not_submitted"),
    [
        ("entered", True, True),
        ("reviewed", True, True),
        ("rejected", True, True),
        ("submitted", True, False),
        ("filed", True, False),
        ("registered", True, False),
        ("cancelled", False, True),
    ],
)
def test_a_deal_goes_back_only_while_the_authority_has_nothing_row_15b(state, under_way, not_submitted):
    d = of_deal(state)
    assert (filing.filing_under_way(d), filing.filing_not_submitted(d)) == (under_way, not_submitted)


def test_a_filing_is_opened_again_only_while_there_is_one():
    assert list(filing.reopen_filing(of_deal("filed"))) == [Then("filing", "reopen")]
    assert list(filing.reopen_filing(of_deal())) == []


@pytest.mark.parametrize(
    ("states", "told"), [(("filed",), ["deals.filing_unregistered"]), (("registered",), []), ((), ["deals.filing_unregistered"])]
)
def test_originals_wait_for_the_registration_r_ctr_09(states, told):
    assert codes(filing.filing_registered(of_deal(*states))) == told


# ---- the filing's own steps
def test_a_new_filing_has_a_row_of_its_own():
    d = dossier("filing", "none", id=FILING_ID, links={"deal": DEAL})
    (added,) = filing.filing_open(d)
    assert (added.table, added.row["case_id"], added.row["deal_id"], added.row["entered_by"]) == (filings, FILING_ID, DEAL, None)


def test_nobody_reviews_what_he_entered_himself_c_28():
    d = at_filing(actor=ANNE, answers={"contract_number": "YS-1"})
    assert codes(filing.filing_data_entered(d)) == ["deals.filing_not_entered"]
    image = after(d, filing.filing_enter(d))
    assert codes(filing.filing_data_entered(image)) == []
    assert codes(filing.filing_other_person(image)) == ["deals.filing_same_person"]
    assert codes(filing.filing_other_person(at_filing(noted=image.chosen(FILING)))) == []


@pytest.mark.parametrize("actor", [ANNE, OFFICER])
def test_the_owner_of_the_deal_may_enter_it(actor):
    assert filing.filing_is_owner(at_filing(actor=actor)) is (actor is ANNE)


@pytest.mark.parametrize(("state", "told"), [("first_paid", []), ("slip_signed", ["deals.filing_deal_unpaid"])])
def test_nothing_is_submitted_before_the_first_instalment_r_pay_11(state, told):
    assert codes(filing.filing_deal_ready(at_filing(deal=filed_deal(state)))) == told


@pytest.mark.parametrize(("state", "told"), [("signed", ["deals.filing_deal_unstamped"]), ("stamped", []), ("move_in", [])])
def test_only_a_stamped_contract_is_registered_r_ctr_17(state, told):
    assert codes(filing.filing_deal_stamped(at_filing(deal=filed_deal(state)))) == told


def test_the_number_goes_to_the_deal_which_goes_on():
    d = at_filing("submitted", answers={"number": " BA-1 "})
    image = after(d, filing.filing_note_number(d))
    assert contract_facts.filing_number(image) == "BA-1"
    assert list(filing.filing_tells_deal(d)) == [Then("deal", "filing_done")]


def test_a_filing_that_begins_again_forgets_who_entered_it_and_its_number():
    noted = make_filing(contract_number="YS-1", entered_by=ANNE.id, reviewed_by=OFFICER.id, filing_number="BA-1")
    image_of = at_filing("filed", noted=noted)
    assert after(image_of, filing.filing_begin_again(image_of)).chosen(FILING) == make_filing()


def test_registration_has_its_own_number():
    d = at_filing("filed", noted=make_filing(filing_number="BA-1"), answers={"number": "DJ-1"})
    noted = after(d, filing.filing_note_registration(d)).chosen(FILING)
    assert (noted.filing_number, noted.registration_number) == ("BA-1", "DJ-1")


@pytest.mark.parametrize(
    ("guard", "code"),
    [
        (filing.filing_data_complete, "deals.draft_number_missing"),
        (filing.filing_number_given, "deals.filing_number_missing"),
        (filing.filing_reason_given, "deals.filing_reason_missing"),
    ],
)
def test_blank_answers_are_told(guard, code):
    assert codes(guard(at_filing(answers={"contract_number": " ", "number": "", "reason": " "}))) == [code]
