"""A handover from the four papers to the keys: what stops it, what goes on. Pure."""

import pytest

from dealflow.casework.changes import Add, Drop, Send, Set, Then
from dealflow.db.tables.documents import signatures
from dealflow.db.tables.movein import handover_waivers
from dealflow.db.tables.payments import ledger
from dealflow.features.movein.parts.building import RATES, SCAN, Rate, Scan
from dealflow.features.movein.parts.deal import CHARGES, Charge
from dealflow.features.movein.parts.handover import (
    FEE_LINES,
    FEE_RECEIPTS,
    HANDOVER,
    INSPECTIONS,
    PAPERS,
    SIGNATURES,
    WAIVERS,
    Signature,
    Waiver,
)
from dealflow.features.movein.shelf import covenant, entering, fees, handing, inviting, receipts
from dealflow.kernel.errors import Invalid
from tests.makers.dossiers import after, codes, moment
from tests.makers.movein import (
    BUILDING,
    DEAL,
    HANDED,
    PRICE,
    SLIP,
    handover,
    make_covenant,
    make_handover,
    make_inspection,
    make_line,
    make_receipt,
)
from tests.makers.sale import id_number

FOUR = {"notice": True, "identity": "id_card", "contract_duplicate": True, "payment_proof": "receipt"}
PAID = {
    FEE_RECEIPTS: [make_receipt(91), make_receipt(92)],
    FEE_LINES: [make_line("management_fee", 91, "year"), make_line("maintenance_fund", 92)],
}
DEPOSIT_RATE = [
    Rate(BUILDING, "management_fee", 280),
    Rate(BUILDING, "maintenance_fund", 8_500),
    Rate(BUILDING, "fitting_out_deposit", 200_000),
]


# ---- in
@pytest.mark.parametrize("name", FOUR)
def test_all_four_papers_are_needed_to_start_r_mvc_02_e_124(name):
    assert codes(entering.entry_papers(handover(answers={**FOUR, name: False if FOUR[name] is True else ""}))) == [
        "movein.entry_paper_missing"
    ]


@pytest.mark.parametrize("proof", ["receipt", "invoice"])
def test_receipts_or_invoices_prove_the_payment_e_131(proof):
    assert codes(entering.entry_papers(handover(answers={**FOUR, "payment_proof": proof}))) == []


def test_another_valid_document_proves_identity_c_31():
    assert codes(entering.entry_papers(handover(answers={**FOUR, "identity": "passport"}))) == []
    assert codes(entering.entry_papers(handover(answers={**FOUR, "identity": "tram ticket"}))) == ["movein.entry_paper_unknown"]


def test_papers_shown_once_stay_on_record():
    assert not entering.papers_on_record(handover())
    known = make_handover(notice=True, identity="id_card", contract_duplicate=True, payment_proof="invoice")
    assert entering.papers_on_record(handover(rows={HANDOVER: [known]}))


def test_a_handover_waits_while_its_deal_is_elsewhere_or_short():
    assert codes(entering.deal_whole(handover())) == []
    assert codes(entering.deal_whole(handover(deal="stamped"))) == ["movein.deal_not_moving_in"]
    assert codes(entering.deal_whole(handover(paid=49_999_999))) == ["movein.deal_short"]


def test_a_charge_that_was_taken_back_asks_for_nothing():
    back = [SLIP, Charge(62, DEAL, 1, 50_000_000, 61), Charge(63, DEAL, 1, 40_000_000, None)]
    assert codes(entering.deal_whole(handover(paid=40_000_000, rows={CHARGES: back}))) == []


def test_the_acceptance_statement_is_shown_or_left_out_with_a_reason_r_mvc_11():
    shown = {"certificate": True, "manual": True}
    assert codes(entering.papers_shown(handover(answers=shown))) == ["movein.statement_unshown"]
    d = handover(answers={**shown, "reason": "客户不看"})
    assert codes(entering.papers_shown(d)) == []
    assert [c.row["item"] for c in entering.show_papers(d) if getattr(c, "table", None) is handover_waivers] == [
        "acceptance_statement"
    ]


def test_a_statement_shown_later_ends_its_waiver():
    left_out = [Waiver(HANDED, "acceptance_statement", "客户不看", "彭物业", moment("2025-03-14 09:00"))]
    d = handover(answers={"certificate": True, "manual": True, "statement": True}, rows={WAIVERS: left_out})
    assert any(isinstance(c, Drop) and c.table is handover_waivers for c in entering.show_papers(d))


def test_an_area_difference_is_told_to_finance():
    given = {"certificate": True, "manual": True, "statement": True, "surveyed_cm2": 1_160_000}
    (sent,) = [c for c in entering.show_papers(handover(answers=given)) if isinstance(c, Send)]
    assert (sent.role, sent.evidence) == ("finance", {"amount": 252_000, "may_rescind": False})


# ---- the price
def test_one_yuan_open_stops_the_handover_e_126_r_mvc_04():
    (unmet,) = entering.price_settled(handover(paid=PRICE - 100))
    assert (unmet.code, unmet.evidence["missing"]) == ("movein.price_open", "¥1.00")
    assert codes(entering.price_settled(handover())) == []


def test_a_payment_in_the_same_step_settles_the_price():
    d = handover(paid=PRICE - 100)
    paid = Add(ledger, {"case_id": DEAL, "account": "prepayment", "fen": 100})
    assert codes(entering.price_settled(after(d, [paid]))) == []


def test_money_that_the_bank_has_not_confirmed_settles_nothing():
    d = handover(paid=PRICE - 100)
    waiting = Add(ledger, {"case_id": DEAL, "account": "price_uncleared", "fen": 100})
    assert codes(entering.price_settled(after(d, [waiting]))) == ["movein.price_open"]


# ---- the covenant
BY_HAND = {"signer": 2, "way": "wet", "scan": "0" * 64}


def signed(*positions: int) -> list[Signature]:
    return [Signature(801, HANDED, n, "self") for n in positions]


def test_every_owner_signs_before_the_property_company_c_53_r_mvd_03():
    rows = {PAPERS: [make_covenant()], SIGNATURES: signed(2)}
    d = handover("price_settled", owners=("陈静", "赵明"), rows=rows)
    (unmet,) = covenant.covenant_settled(d, True)
    assert (unmet.code, unmet.evidence["name"]) == ("movein.covenant_unsigned", "陈静")


def test_signatures_on_a_void_covenant_do_not_count():
    rows = {PAPERS: [make_covenant()], SIGNATURES: [Signature(800, HANDED, 1, "self")]}
    assert codes(covenant.covenant_settled(handover(rows=rows), True)) == ["movein.covenant_unsigned"]


def test_where_the_law_forbids_to_insist_an_offer_on_record_is_enough():
    assert codes(covenant.covenant_settled(handover(), False)) == ["movein.covenant_unoffered"]
    assert codes(covenant.covenant_settled(handover(answers={"offered": True}), False)) == []
    offered = handover(rows={HANDOVER: [make_handover(covenant_offered=True)]})
    assert codes(covenant.covenant_settled(offered, False)) == []
    assert codes(covenant.covenant_settled(offered, True)) == ["movein.covenant_unwritten"]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, []),
        ({**BY_HAND, "signer": 3}, ["movein.not_an_owner"]),
        ({**BY_HAND, "signer": 1}, ["movein.signed_already"]),
        ({**BY_HAND, "scan": ""}, ["movein.scan_missing"]),
        ({**BY_HAND, "way": "screen"}, ["movein.way_unknown"]),
        ({**BY_HAND, "scan": "1" * 64}, ["movein.file_unknown"]),
        (BY_HAND, []),
    ],
)
def test_a_signature_is_an_owners_who_has_not_signed(given, wanted):
    rows = {PAPERS: [make_covenant()], SIGNATURES: signed(1), SCAN: [Scan("0" * 64)] if given.get("scan") == "0" * 64 else []}
    assert codes(covenant.signature_fits(handover(owners=("陈静", "赵明"), rows=rows, answers=given))) == wanted


def test_a_signature_without_a_signer_is_malformed():
    with pytest.raises(Invalid):
        list(covenant.sign_covenant(handover(rows={PAPERS: [make_covenant()]})))


def test_the_property_company_signs_last_and_once():
    d = handover("price_settled", rows={PAPERS: [make_covenant()], SIGNATURES: signed(1)})
    _, added, then = covenant.close_covenant(d)
    assert (added.table, added.row["capacity"], then) == (signatures, "office", Then("D-40", "sign"))
    again = handover("price_settled", rows={PAPERS: [make_covenant("signed")], SIGNATURES: signed(1)})
    assert [type(c).__name__ for c in covenant.close_covenant(again)] == ["Put"]


# ---- fees
@pytest.mark.parametrize(
    ("period", "wanted"), [("quarter", []), ("year", []), ("month", ["movein.period_wrong"]), ("", ["movein.period_wrong"])]
)
def test_the_management_fee_is_paid_by_quarter_or_year_only_e_128_r_mvc_08(period, wanted):
    line = {"item": "management_fee", "period": period, "amount": 97_272}
    assert codes(fees.fee_lines_told(handover(answers={"lines": [line], "amount": 97_272}))) == wanted


def test_the_lines_make_the_receipts_sum_r_dep_06():
    line = {"item": "maintenance_fund", "amount": 984_300}
    assert codes(fees.fee_lines_told(handover(answers={"lines": [line], "amount": 984_299}))) == ["movein.lines_differ"]


def test_a_sum_beside_the_schedule_says_how_it_was_found():
    line = {"item": "management_fee", "period": "quarter", "amount": 97_271}
    assert codes(fees.fees_by_schedule(handover(answers={"lines": [line]}))) == ["movein.basis_missing"]
    assert codes(fees.fees_by_schedule(handover(answers={"lines": [{**line, "basis": "首月按日计"}]}))) == []
    assert codes(fees.fees_by_schedule(handover(answers={"lines": [{**line, "amount": 97_272}]}))) == []


def test_a_receipt_prints_how_the_schedule_makes_its_sum():
    line = {"item": "management_fee", "period": "quarter", "amount": 97_272}
    d = handover(answers={"lines": [line], "amount": 97_272, "method": "transfer", "payer": {"name": "陈静", "document": "1"}})
    receipt, added = fees.take_fees(d)
    assert (receipt.row["cleared"], receipt.row["payer"]) == (False, "陈静")
    assert added.row["basis"] == "115.80 ㎡ × 2.80 元 × 3 个月"


def test_mandatory_fees_are_paid_before_the_keys_r_mvc_09():
    assert codes(fees.fees_settled(handover(), True)) == ["movein.fee_unpaid", "movein.fee_unpaid"]
    assert codes(fees.fees_settled(handover(rows=PAID), True)) == []


def test_a_fee_by_transfer_counts_when_it_is_confirmed():
    rows = {**PAID, FEE_RECEIPTS: [make_receipt(91, cleared=False), make_receipt(92)]}
    assert codes(fees.fees_settled(handover(rows=rows), True)) == ["movein.fee_uncleared"]


@pytest.mark.parametrize("gone", ["void", "returned"])
def test_a_receipt_that_is_gone_pays_nothing(gone):
    rows = {**PAID, FEE_RECEIPTS: [make_receipt(91, **{gone: True}), make_receipt(92)]}
    assert codes(fees.fees_settled(handover(rows=rows), True)) == ["movein.fee_unpaid"]


def test_where_the_law_forbids_to_insist_only_the_fund_is_mandatory():
    rows = {FEE_RECEIPTS: [make_receipt(92)], FEE_LINES: [make_line("maintenance_fund", 92)]}
    assert codes(fees.fees_settled(handover(rows=rows), False)) == []
    assert codes(fees.fees_settled(handover(), False)) == ["movein.fee_unpaid"]


def test_no_parking_place_is_a_waiver_on_record_and_keys_are_possible_e_127():
    d = handover(answers={"decision": "waived", "reason": "无车"})
    assert codes(fees.parking_decided(d)) == []
    assert [c.row["item"] for c in fees.settle_parking(d) if getattr(c, "table", None) is handover_waivers] == ["parking_rent"]
    assert codes(fees.fees_settled(handover(rows={**PAID, HANDOVER: [make_handover(parking="waived")]}), True)) == []


def test_a_parking_place_that_is_taken_is_paid_for():
    rows = {**PAID, HANDOVER: [make_handover(parking="taken", parking_space="B-12")]}
    assert codes(fees.fees_settled(handover(rows=rows), True)) == ["movein.fee_unpaid"]


@pytest.mark.parametrize("given", [{}, {"decision": "taken"}, {"decision": "waived"}, {"decision": "later", "reason": "x"}])
def test_parking_is_never_left_out_silently_r_mvc_11(given):
    assert codes(fees.parking_decided(handover(answers=given))) == ["movein.parking_undecided"]


def test_the_fitting_out_deposit_is_paid_or_left_out_on_record_r_mvc_11():
    rows = {**PAID, RATES: DEPOSIT_RATE}
    assert codes(fees.fees_settled(handover(rows=rows), True)) == ["movein.fee_undecided"]
    left_out = [Waiver(HANDED, "fitting_out_deposit", "自有装修队", "彭物业", moment("2025-03-14 09:00"))]
    assert codes(fees.fees_settled(handover(rows={**rows, WAIVERS: left_out}), True)) == []


@pytest.mark.parametrize("item", ["management_fee", "maintenance_fund", ""])
def test_nothing_mandatory_is_left_out(item):
    assert codes(fees.waivable(handover(answers={"item": item}))) == ["movein.not_waivable"]


def test_fees_go_back_after_a_withdrawn_notice_and_the_task_ends_with_the_last():
    (sent,) = entering.end(handover(rows={FEE_RECEIPTS: [make_receipt(91, 300), make_receipt(92, 200, void=True)]}))
    assert sent.evidence == {"amount": 300}
    d = handover("cancelled", answers={"receipt": 91}, rows={FEE_RECEIPTS: [make_receipt(91), make_receipt(92)]})
    assert [type(c).__name__ for c in receipts.return_fees(d)] == ["Set", "Put"]
    last = handover("cancelled", answers={"receipt": 91}, rows={FEE_RECEIPTS: [make_receipt(91)]})
    assert [type(c).__name__ for c in receipts.return_fees(last)] == ["Set", "Put", "Done"]


def test_a_receipt_is_void_once_and_only_of_this_handover():
    rows = {FEE_RECEIPTS: [make_receipt(91, void=True)]}
    assert codes(receipts.fees_stand(handover(rows=rows, answers={"receipt": 91}))) == ["movein.receipt_gone"]
    assert codes(receipts.fees_stand(handover(rows=rows, answers={"receipt": 5}))) == ["movein.receipt_unknown"]
    assert codes(receipts.fees_unconfirmed(handover(rows={FEE_RECEIPTS: [make_receipt()]}, answers={"receipt": 91}))) == [
        "movein.receipt_cleared"
    ]


def test_with_no_receipt_there_is_none_to_void_or_confirm():
    assert codes(receipts.fees_stand(handover())) == ["movein.no_receipt"]
    assert codes(receipts.fees_unconfirmed(handover(rows={FEE_RECEIPTS: [make_receipt()]}))) == ["movein.nothing_unconfirmed"]
    assert codes(receipts.fees_unconfirmed(handover(rows={FEE_RECEIPTS: [make_receipt(cleared=False)]}))) == []


# ---- inspection and keys
GOOD, BAD = ({"part": "客厅", "item": "墙面", "passed": ok} for ok in (True, False))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"result": "accepted", "items": [GOOD]}, []),
        ({"result": "accepted", "items": [GOOD, BAD]}, ["movein.items_contradict"]),
        ({"result": "accepted_with_list", "items": [GOOD]}, ["movein.items_contradict"]),
        ({"result": "accepted_with_list", "items": [GOOD, BAD]}, []),
        ({"result": "refused", "items": [BAD]}, ["movein.refusal_unreasoned"]),
        ({"result": "refused", "items": [BAD], "reason": "渗水"}, []),
        ({"result": "perhaps", "items": []}, ["movein.result_unknown", "movein.items_missing"]),
    ],
)
def test_an_inspection_goes_item_by_item_and_fits_its_result(given, wanted):
    assert codes(handing.inspection_told(handover(answers=given))) == wanted


def test_keys_wait_for_an_accepted_inspection_and_the_last_one_counts():
    assert codes(handing.inspection_accepted(handover())) == ["movein.uninspected"]
    refused = [make_inspection("accepted", 3), make_inspection("refused", 4)]
    assert codes(handing.inspection_accepted(handover(rows={INSPECTIONS: refused}))) == ["movein.not_accepted"]
    again = [*refused, make_inspection("accepted_with_list", 9)]
    assert codes(handing.inspection_accepted(handover(rows={INSPECTIONS: again}))) == []


def test_keys_are_counted_meters_read_and_the_receiver_known_r_mvc_09():
    assert codes(handing.keys_counted(handover(answers={"keys": [{"name": "入户门钥匙", "count": 0}]}))) == [
        "movein.keys_missing"
    ]
    assert codes(handing.meters_read(handover(answers={"water": "12"}))) == ["movein.meters_missing"]
    assert codes(handing.receiver_identified(handover())) == ["movein.receiver_missing"]
    wrong = {"receiver": {"name": "陈静", "document": "12"}}
    assert codes(handing.receiver_identified(handover(answers=wrong))) == ["movein.receiver_document_wrong"]


def test_keys_move_the_deal_to_after_sales():
    given = {
        "keys": [{"name": "入户门钥匙", "count": 5}, {"name": "单元门卡", "count": 3}],
        "receiver": {"name": "陈静", "document": id_number()},
        "water": "12",
        "electricity": "30",
    }
    d = handover(answers=given)
    assert codes([*handing.keys_counted(d), *handing.meters_read(d), *handing.receiver_identified(d)]) == []
    row, *keys, _, then = handing.hand_over_keys(d)
    assert isinstance(row, Set)
    assert [k.row["count"] for k in keys] == [5, 3]
    assert then == Then("deal", "keys_handed")


def test_another_appointment_need_not_be_ten_days_ahead():
    assert codes(inviting.slot_ahead(handover(answers={"slot": "2025-03-15 09:00"}))) == []
    assert codes(inviting.slot_ahead(handover(answers={"slot": "2025-03-14 09:00"}))) == ["movein.slot_past"]
