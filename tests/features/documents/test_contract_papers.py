"""Papers of the contract: who signs which, slip and contract become void, numbers quoted later, the document bag. Pure."""

import pytest

from dealflow.casework.changes import Then
from dealflow.features.documents import rules
from dealflow.features.documents import shelf as offered
from dealflow.features.documents.parts import (
    BUYERS,
    DEAL_PAPERS,
    PAPERS,
    SCAN,
    SEEN,
    SIGNATURES,
    DealPaper,
    Paper,
    Scan,
    Seen,
    Signature,
)
from dealflow.features.documents.shelf import facts
from dealflow.kernel.errors import Invalid
from tests.makers.dossiers import MANAGER, codes, dossier, moment
from tests.makers.sale import ANNE, DEAL, make_signer

IDS = {"D-23": 803, "D-27": 807, "D-28": 808, "D-36": 836}
HASH = "a" * 64
BOTH = ("D-27", "D-28")


def with_papers(*, states=None, signed=(), buyers=2, **more):
    papers = [Paper(id, kind, f"JY-{kind}", (states or {}).get(kind, "issued"), None) for kind, id in IDS.items()]
    names = ["陈静", "王明"]
    rows = {
        PAPERS: papers,
        SIGNATURES: signed,
        BUYERS: [make_signer(n + 1, names[n]) for n in range(buyers)],
        SCAN: [Scan(HASH, False)],
    }
    return dossier(state="filed", rows=rows, links=IDS, **{"actor": ANNE, **more})


def answer(paper="D-27", signer=1):
    return {"paper": paper, "signer": signer, "way": "wet", "scan": HASH}


# ---- E-111, C-53
@pytest.mark.parametrize("kind", BOTH)
def test_two_purchasers_and_one_signature_are_not_complete_e_111_c_53(kind):
    d = with_papers(signed=[Signature(IDS[kind], DEAL, 1, "self")])
    (told,) = offered.signed_by_buyers(d, kind)
    assert (told.evidence["position"], "C-53" in told.rule) == (2, True)


def test_a_signature_on_the_contract_is_none_on_the_management_agreement():
    d = with_papers(answers=answer("D-28"), signed=[Signature(IDS["D-27"], DEAL, 1, "self")])
    assert codes(offered.signature_complete(d, *BOTH)) == []
    (added,) = offered.sign(d, *BOTH)
    assert added.row["paper_id"] == IDS["D-28"]


def test_the_same_buyer_signs_a_paper_once():
    d = with_papers(answers=answer("D-27"), signed=[Signature(IDS["D-27"], DEAL, 1, "self")])
    assert codes(offered.signature_complete(d, *BOTH)) == ["documents.already_signed"]


def test_a_contract_signed_by_all_or_void_takes_no_more_signatures():
    d = with_papers(states={"D-27": "signed"}, answers=answer("D-27"))
    (told,) = offered.named_open(d, *BOTH)
    assert (told.code, told.rule) == ("documents.not_issued", "R-CTR-03")
    assert codes(offered.named_open(with_papers(answers=answer("D-28")), *BOTH)) == []


def test_of_several_papers_the_one_meant_is_named():
    d = with_papers(answers={"signer": 1, "way": "wet", "scan": HASH})
    with pytest.raises(Invalid):
        list(offered.sign(d, *BOTH))


@pytest.mark.parametrize(("kind", "event"), [("D-18", "sign_agreement"), ("D-27", "sign_paper"), ("D-28", "sign_paper")])
def test_clients_sign_these_papers_by_these_events(kind, event):
    assert rules.SIGNING[kind] == event


def test_strokes_on_a_screen_are_not_offered():
    assert rules.WAYS == ("wet",)


# ---- standing, completing, voiding
def test_a_paper_stands_until_it_is_void_signed_or_not():
    assert codes(offered.stands(with_papers(states={"D-28": "signed"}), "D-28")) == []
    assert codes(offered.stands(with_papers(states={"D-27": "void"}), "D-27")) == ["documents.not_standing"]


def test_the_manager_signs_the_slip_r_pay_07():
    signed, then = offered.sign_slip(with_papers(actor=MANAGER))
    assert (signed.row["paper_id"], signed.row["capacity"], signed.row["signer"]) == (IDS["D-23"], "office", MANAGER.name)
    assert then == Then("D-23", "sign")


def test_what_was_signed_before_stays_as_it_is_when_the_contract_is_signed_anew():
    assert list(offered.contract_signed(with_papers())) == [Then("D-27", "sign"), Then("D-28", "sign")]
    assert list(offered.contract_signed(with_papers(states={"D-28": "signed"}))) == [Then("D-27", "sign")]


@pytest.mark.parametrize(
    ("effect", "kind"), [(offered.void_slip, "D-23"), (offered.void_contract, "D-27"), (offered.void_notice, "D-36")]
)
def test_slip_contract_and_notice_become_void_with_their_reason(effect, kind):
    noted, then = effect(with_papers(answers={"reason": "金额有误"}))
    assert (noted.key, noted.values["void_reason"]) == ({"id": IDS[kind]}, "金额有误")
    assert then == Then(kind, "void")
    assert list(effect(with_papers(states={kind: "void"}))) == []


def test_a_contract_with_errors_says_so():
    noted, _ = offered.void_contract(with_papers(answers={"errors": ["面积"]}))
    assert noted.values["void_reason"] == rules.WRONG


# ---- what later papers quote
def paper(kind, number, seq, state="issued"):
    return DealPaper(seq, kind, number, state, seq, moment("2025-03-03 12:00"), None)


def test_the_contract_quoted_is_the_newest_before_this_step_void_or_not():
    found = [paper("D-27", "first", 3, "void"), paper("D-27", "second", 9, "void"), paper("D-23", "slip", 2, "signed")]
    d = dossier(rows={DEAL_PAPERS: found})
    assert (facts.contract_number(d), facts.slip_number(d)) == ("second", "slip")


def test_a_void_slip_is_not_quoted():
    assert facts.slip_number(dossier(rows={DEAL_PAPERS: [paper("D-23", "slip", 2, "void")]})) is None


def test_the_bag_holds_what_was_seen_and_what_stands_r_pay_13():
    found = [
        paper("D-24", "second receipt", 8),
        paper("D-24", "receipt", 7),
        paper("D-24", "wrong", 6, "void"),
        paper("D-27", "c", 9),
    ]
    rows = {
        BUYERS: [make_signer(), make_signer(2, "云州贸易公司", "company")],
        DEAL_PAPERS: found,
        SEEN: [Seen(DEAL, moment("2025-03-01 10:00"))],
    }
    items = facts.bag_items(dossier(rows=rows))
    assert [item["no"] for item in items] == list(range(1, len(items) + 1))
    by_name = {(item["name"], item["whose"]): (item["number"], item["received_on"]) for item in items}
    assert by_name["身份证件", "陈静"] == ("", "2025-03-01")
    assert by_name["户口本", "陈静"] == ("", None)
    assert ("户口本", "云州贸易公司") not in by_name
    assert by_name["首付款收据（POS单）", ""] == ("receipt", "2025-03-03")
    assert by_name["交款单", ""] == ("", None)
