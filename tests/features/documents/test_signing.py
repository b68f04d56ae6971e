"""Papers that stand, signatures and voiding: guards and effects of the documents room. Pure."""

import pytest

from dealflow.casework.changes import Add, Set, Then
from dealflow.db.tables.documents import papers, signatures
from dealflow.features.documents import shelf as offered
from dealflow.features.documents.parts import BUYERS, PAPERS, SCAN, SIGNATURES, Scan
from dealflow.kernel.errors import Invalid
from tests.makers.dossiers import MANAGER, after, codes, dossier, moment
from tests.makers.sale import ANNE, make_paper, make_signature, make_signer

HASH = "a" * 64
SIGNED = {"signer": 1, "way": "wet", "scan": HASH}


def with_paper(paper=None, signed=(), *, buyers=1, scans=(Scan(HASH, False),), **more):
    names = ["陈静", "王明", "陈强"]
    rows = {
        PAPERS: [paper or make_paper()],
        SIGNATURES: signed,
        BUYERS: [make_signer(n + 1, names[n]) for n in range(buyers)],
        SCAN: scans,
    }
    return dossier(state="deposit_full", rows=rows, links={"D-18": 801}, **more)


# ---- which paper stands
@pytest.mark.parametrize(
    ("paper", "open_", "not_open"),
    [
        (make_paper(), [], ["documents.already_open"]),
        (make_paper(state="signed"), ["documents.not_issued"], ["documents.already_open"]),
        (make_paper(state="void"), ["documents.not_issued"], []),
        (make_paper(voided_at=moment("2025-03-03 12:00")), ["documents.not_issued"], []),
        (make_paper(id=999), ["documents.not_issued"], []),
    ],
)
def test_the_paper_under_the_link_stands_unless_it_is_void(paper, open_, not_open):
    assert codes(offered.open(with_paper(paper), "D-18")) == open_
    assert codes(offered.not_open(with_paper(paper), "D-18")) == not_open


def test_a_second_agreement_is_refused_with_the_number_of_the_first():
    (told,) = offered.not_open(with_paper(), "D-18")
    assert told.evidence["number"] == "JY-D18-25-000001"


# ---- who has signed, C-53
def test_every_buyer_must_sign_and_the_missing_ones_are_named_c_53():
    told = list(offered.signed_by_buyers(with_paper(signed=[make_signature(2)], buyers=3), "D-18"))
    assert [(u.evidence["position"], u.evidence["name"]) for u in told] == [(1, "陈静"), (3, "陈强")]


def test_signatures_on_a_void_paper_do_not_count():
    assert codes(offered.signed_by_buyers(with_paper(signed=[make_signature(1, paper=700)]), "D-18")) == [
        "documents.buyer_unsigned"
    ]


def test_the_offices_signature_is_no_buyers():
    signed = [make_signature(1, capacity="office")]
    assert codes(offered.signed_by_buyers(with_paper(signed=signed), "D-18")) == ["documents.buyer_unsigned"]


def test_a_companys_signature_fills_its_place():
    assert codes(offered.signed_by_buyers(with_paper(signed=[make_signature(1, capacity="company")]), "D-18")) == []


# ---- recording a signature
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (SIGNED, []),
        ({**SIGNED, "signer": 2}, ["documents.not_a_buyer"]),
        ({**SIGNED, "way": "screen"}, ["documents.way_unknown"]),
        ({"signer": 1, "way": "wet"}, ["documents.scan_missing"]),
        ({}, []),
    ],
)
def test_a_signature_is_recorded_whole(answers, told):
    assert codes(offered.signature_complete(with_paper(answers=answers), "D-18")) == told


def test_a_scan_that_was_never_stored_proves_nothing():
    assert codes(offered.signature_complete(with_paper(scans=[], answers=SIGNED), "D-18")) == ["documents.scan_unknown"]


def test_nobody_signs_twice():
    d = with_paper(signed=[make_signature(1)], answers=SIGNED)
    assert codes(offered.signature_complete(d, "D-18")) == ["documents.already_signed"]


def test_a_signature_says_who_signed_what_how_and_who_was_there():
    d = with_paper(answers=SIGNED, actor=ANNE)
    (added,) = offered.sign(d, "D-18")
    kept = ("paper_id", "case_id", "signer", "position", "capacity", "way", "scan", "witness", "at")
    assert isinstance(added, Add)
    assert added.table is signatures
    assert [added.row[k] for k in kept] == [801, 1, "陈静", 1, "self", "wet", HASH, ANNE.id, d.now]
    assert codes(offered.signed_by_buyers(after(d, [added]), "D-18")) == []


def test_a_company_signs_as_a_company():
    d = dossier(rows={PAPERS: [make_paper()], BUYERS: [make_signer(kind="company")]}, links={"D-18": 801}, answers=SIGNED)
    (added,) = offered.sign(d, "D-18")
    assert added.row["capacity"] == "company"


def test_a_signature_of_nobody_is_never_written():
    with pytest.raises(Invalid):
        list(offered.sign(with_paper(), "D-18"))


# ---- the last signature
def test_the_last_signature_makes_it_effective_and_its_giver_keeps_it_r_sub_04_r_sub_05():
    d = with_paper(actor=MANAGER)
    signed, kept, then = offered.sign_last(d, "D-18")
    assert (signed.row["capacity"], signed.row["signer"]) == ("office", MANAGER.name)
    assert (kept.table, kept.values) == (papers, {"kept_by": MANAGER.id, "kept_since": d.now})
    assert then == Then("D-18", "sign")


# ---- voiding
def test_a_void_paper_keeps_its_reason_and_moves_its_case():
    d = with_paper(make_paper(state="signed"), answers={"reason": "面积写错"})
    noted, then = offered.void(d, "D-18")
    assert isinstance(noted, Set)
    assert noted.values == {"voided_at": d.now, "void_reason": "面积写错"}
    assert then == Then("D-18", "void")


@pytest.mark.parametrize(("state", "voided"), [("issued", 2), ("signed", 0), ("void", 0)])
def test_only_an_open_paper_is_voided_in_passing(state, voided):
    assert len(list(offered.void_if_open(with_paper(make_paper(state=state)), "D-18"))) == voided


def test_a_paper_is_voided_once_in_one_plan():
    """Changing the sale voids it, and the deposit that is short because of that must not void it again."""
    d = with_paper()
    image = after(d, offered.void_if_open(d, "D-18"))
    assert list(offered.void_if_open(image, "D-18")) == []


def test_without_a_paper_there_is_nothing_to_void_or_to_sign():
    d = dossier()
    assert [*offered.void(d, "D-18"), *offered.void_if_open(d, "D-18"), *offered.sign_last(d, "D-18")] == []


@pytest.mark.parametrize(
    ("places", "told"), [(None, ["documents.places_missing"]), (-1, ["documents.places_missing"]), (0, []), (3, [])]
)
def test_the_places_filled_in_wrongly_are_counted_r_sub_07(places, told):
    assert codes(offered.places_named(dossier(answers={"places": places}))) == told
