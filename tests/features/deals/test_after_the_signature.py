"""Errors found at proofreading, who may proofread, the stamp, who keeps the originals. Pure."""

import pytest

from dealflow.casework.changes import Add, Send
from dealflow.features.deals.parts import DEAL as DEAL_ROW
from dealflow.features.deals.parts.contract import CONTRACT, ERRORS, ORIGINALS
from dealflow.features.deals.shelf import closing_facts, finishing
from tests.makers.contract import DEVELOPER, LEADER, OFFICER, make_contract, make_original
from tests.makers.dossiers import MANAGER, after, codes, dossier
from tests.makers.sale import ANNE, prepared_deal


def signed(*, noted=(), deal=None, out=(), **more):
    rows = {CONTRACT: noted, DEAL_ROW: [deal or prepared_deal()], ORIGINALS: out, ERRORS: ()}
    return dossier(state="signed", rows=rows, **{"actor": LEADER, **more})


# ---- proofreading
@pytest.mark.parametrize(
    ("actor", "owner", "may"),
    [(LEADER, ANNE.id, True), (LEADER, LEADER.id, False), (ANNE, ANNE.id, False), (MANAGER, ANNE.id, False)],
)
def test_a_team_leader_proofreads_never_the_owner_r_ctr_06(actor, owner, may):
    assert finishing.may_proofread(signed(actor=actor, deal=prepared_deal(owner_id=owner))) is may


def test_two_places_in_both_copies_are_four_and_eighty_yuan_e_122_c_50():
    errors = [{"copy": "both", "place": "第三条", "wrong": "115", "right": "115.8"}, {"copy": "both", "place": "附件一"}]
    d = signed(noted=[make_contract(error_places=1)], answers={"errors": errors})
    changes = list(finishing.note_errors(d))
    assert sum(isinstance(change, Add) for change in changes) == 4
    image = after(d, changes)
    assert image.chosen(CONTRACT).error_places == 5
    assert closing_facts.proofread_fine(image) == 80_00
    assert [row["copy"] for row in closing_facts.proofread_errors(image)] == ["正本", "副本", "正本", "副本"]
    assert closing_facts.proofread_result(image) == "发现差错，作废重出"
    assert [c.evidence["places"] for c in changes if isinstance(c, Send)] == [4]


def test_a_contract_without_errors_costs_nothing():
    d = signed()
    assert (closing_facts.proofread_errors(d), closing_facts.proofread_fine(d), closing_facts.proofread_result(d)) == (
        [],
        0,
        "校对通过",
    )


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ([], ["deals.errors_missing"]),
        ([{"place": " "}], ["deals.errors_missing"]),
        (None, ["deals.errors_missing"]),
        (["签署日期空白"], []),
        ("签署日期空白\n面积", []),
        ([{"copy": "third", "place": "面积"}], ["deals.copy_unknown"]),
    ],
)
def test_every_wrong_place_is_named_r_ctr_20(errors, told):
    assert codes(finishing.errors_named(signed(answers={"errors": errors}))) == told


@pytest.mark.parametrize(("given", "wrong"), [(True, True), (False, False), (None, False)])
def test_whether_data_of_the_filing_are_wrong_is_said(given, wrong):
    assert finishing.filed_data_wrong(signed(answers={"filed_data": given})) is wrong


def test_errors_undo_an_earlier_proofreading():
    d = signed(answers={"errors": ["面积"]})
    proofread = after(d, finishing.note_proofread(d))
    assert proofread.chosen(CONTRACT).proofread_by == LEADER.id
    assert after(proofread, finishing.note_errors(proofread)).chosen(CONTRACT).proofread_by is None


def test_the_stamp_is_a_line_of_the_seal_register_r_ctr_07():
    d = signed(actor=DEVELOPER)
    noted = after(d, finishing.note_stamp(d)).chosen(CONTRACT)
    assert (noted.stamped_by, noted.stamped_at) == (DEVELOPER.id, d.now)


# ---- originals
CLIENT = {"keeper": "client", "copy": "original", "number": "1", "name": "陈静"}
SELLER = {"keeper": "developer", "copy": "original", "number": "2", "name": "孔经办"}
BANK = {"keeper": "bank", "copy": "duplicate", "name": "云州银行"}


@pytest.mark.parametrize(
    ("keepers", "told"),
    [
        ([CLIENT, SELLER], []),
        ([CLIENT], ["deals.keeper_missing"]),
        ([], ["deals.keeper_missing", "deals.keeper_missing"]),
        ([CLIENT, SELLER, {**BANK, "keeper": "lawyer"}], ["deals.keeper_unknown"]),
        ([CLIENT, {**SELLER, "number": "1"}], ["deals.original_twice"]),
        ([CLIENT, {**SELLER, "name": ""}], ["deals.receiver_unnamed"]),
        ([CLIENT, {**SELLER, "copy": "third"}], ["deals.copy_unknown"]),
    ],
)
def test_client_and_developer_keep_a_copy_each_r_ctr_09(keepers, told):
    assert codes(finishing.keepers_named(signed(answers={"keepers": keepers}))) == told


@pytest.mark.parametrize(("plan", "told"), [("lump_sum", ["deals.bank_without_loan"]), ("mortgage", [])])
def test_a_lump_sum_clients_originals_never_go_to_a_bank_e_118(plan, told):
    d = signed(deal=prepared_deal(plan=plan), answers={"keepers": [CLIENT, SELLER, BANK]})
    assert codes(finishing.bank_keeps_with_loan(d)) == told


def test_the_originals_are_out_once_the_client_has_his():
    d = signed(actor=OFFICER, answers={"keepers": [CLIENT, SELLER]})
    assert codes(finishing.originals_out(d)) == ["deals.originals_here"]
    image = after(d, finishing.note_originals(d))
    assert codes(finishing.originals_out(image)) == []
    assert [(row["keeper"], row["copy"], row["name"]) for row in closing_facts.original_keepers(image)] == [
        ("买受人", "正本", "陈静"),
        ("开发商", "正本", "孔经办"),
    ]
    assert codes(finishing.originals_out(signed(out=[make_original("developer")]))) == ["deals.originals_here"]
