"""Registration, ownership, loss and return: guards, relations and effects of the lead. Pure."""

import msgspec
import pytest

from dealflow.casework.changes import Add, Set
from dealflow.casework.dossier import Running
from dealflow.db.tables.deals import deals, ownership
from dealflow.features.clients.parts import CLIENT_BY_PHONE, ClientByPhone
from dealflow.features.deals.parts import DEAL, NAMED, OTHER_DEALS, SUBSTITUTES, Substitute
from dealflow.features.deals.shelf import owning
from dealflow.features.deals.shelf.facts import owner_name
from dealflow.kernel.actor import CLOCK, Actor
from dealflow.kernel.errors import Invalid
from tests.makers.dossiers import FINANCE, MANAGER, after, codes, dossier, moment
from tests.makers.sale import ANNE, make_deal, make_named, make_other

REGISTERED = {"received_by": ANNE.id, "phone": "19000000001", "name": "陈静", "channel": "网络"}


def registering(*others, **answers):
    known = {CLIENT_BY_PHONE: [ClientByPhone(71, "陈静")], NAMED: [make_named(ANNE.id, ANNE.name)]}
    rows = {DEAL: [], OTHER_DEALS: others, **known}
    return dossier(state="none", seq=0, rows=rows, answers={**REGISTERED, **answers})


def lead(**more):
    return dossier(rows={DEAL: [make_deal()]}, actor=ANNE, **more)


# ---- E-047
def test_a_client_of_anothers_valid_confirmation_is_refused_with_his_name_alone_e_047():
    (told,) = owning.client_unclaimed(registering(make_other()))
    assert told.code == "deals.claimed_by_another"
    assert told.evidence == {"owner": "白顾问"}


def test_a_lost_deal_of_another_protects_him_until_its_due_moment():
    lost = make_other(state="lost", open=False, due_at=moment("2025-03-03 15:20"))
    assert codes(owning.client_unclaimed(registering(lost))) == ["deals.claimed_by_another"]
    over = msgspec.structs.replace(lost, due_at=moment("2025-03-03 15:19"))
    assert codes(owning.client_unclaimed(registering(over))) == []


def test_a_deal_with_a_deposit_does_not_hinder_a_new_one():
    assert codes(owning.client_unclaimed(registering(make_other(state="deposit_full", open=False, due_at=None)))) == []


def test_a_lapsed_deal_without_owner_does_not_hinder_a_new_one_r_own_04():
    lapsed = make_other(state="lapsed", open=False, owner_id=None, owner_name=None, due_at=None)
    assert codes(owning.client_unclaimed(registering(lapsed))) == []


def test_ones_own_open_deal_is_used_again():
    own = make_other(owner_id=ANNE.id, owner_name=ANNE.name)
    assert codes(owning.client_unclaimed(registering(own))) == ["deals.own_open_deal"]


# ---- opening
def test_the_client_belongs_to_his_receiver_from_the_time_of_the_register_r_own_05():
    d = registering()
    opened, record = owning.open_lead(d)
    assert opened.table is deals
    assert (opened.row["owner_id"], opened.row["confirmed_at"], opened.row["open"]) == (ANNE.id, d.now, True)
    assert record.table is ownership
    assert (record.row["from_id"], record.row["to_id"], record.row["at"]) == (None, ANNE.id, d.now)


@pytest.mark.parametrize(("register", "visited"), [("visit", True), ("phone", False)])
def test_a_caller_has_not_been_here_yet(register, visited):
    d = registering(register=register)
    opened, _ = owning.open_lead(d)
    assert opened.row["visited"] is visited
    assert owning.first_visit_of_a_caller(after(d, owning.open_lead(d))) is not visited


def test_a_return_is_a_new_deal_that_names_the_latest_former_one():
    older = make_other(id=5, state="lapsed", open=False, owner_id=None, confirmed_at=moment("2024-01-01 09:00"))
    newer = make_other(id=6, state="void", open=False, owner_id=None, confirmed_at=moment("2024-06-01 09:00"))
    opened, _ = owning.open_lead(registering(newer, older))
    assert opened.row["earlier_deal"] == 6


def test_the_loser_of_two_registrations_hears_it():
    opened, _ = owning.open_lead(registering())
    assert opened.otherwise.code == "deals.client_taken_now"


def test_the_confirmation_slip_names_the_owner_that_the_step_makes():
    d = registering()
    assert owner_name(after(d, owning.open_lead(d))) == ANNE.name


# ---- visits, channel
def test_the_first_visit_of_a_caller_is_noted_once():
    d = dossier(rows={DEAL: [make_deal(visited=False)]})
    image = after(d, owning.note_visit(d))
    assert image.chosen(DEAL).visited is True
    assert list(owning.note_visit(image)) == []


def test_the_channel_is_found_out_by_the_salesperson_r_fdt_05():
    assert codes(owning.channel_known(lead(answers={"channel": " "}))) == ["deals.channel_missing"]
    d = lead(answers={"channel": "朋友介绍"})
    assert codes(owning.channel_known(d)) == []
    assert after(d, owning.note_channel(d)).chosen(DEAL).channel == "朋友介绍"


# ---- ends
@pytest.mark.parametrize(
    ("visited", "clocks", "rule"),
    [
        (True, {"lapse": "2025-03-03 15:20"}, "R-OWN-02"),
        (False, {"void": "2025-03-03 15:20"}, "R-OWN-11"),
        (False, {"lapse": "2025-03-03 15:20"}, "R-OWN-02"),
    ],
)
def test_when_the_clock_ends_a_lead_its_rule_is_kept(visited, clocks, rule):
    d = dossier(rows={DEAL: [make_deal(visited=visited)]}, actor=CLOCK, clocks=clocks)
    ended, record = owning.end_lead(d)
    assert (ended.values["owner_id"], ended.values["open"]) == (None, False)
    assert (record.row["from_id"], record.row["to_id"], record.row["rule"]) == (ANNE.id, None, rule)


def test_a_registration_that_the_manager_voids_keeps_his_reason_r_own_22():
    d = dossier(rows={DEAL: [make_deal()]}, actor=MANAGER, answers={"reason": "登记有误"})
    _, record = owning.end_lead(d)
    assert (record.row["reason"], record.row["rule"], record.row["decided_by"]) == ("登记有误", "R-REG-03", MANAGER.id)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, ["deals.lost_reason_unlisted"]),
        ({"reason": "不想买"}, ["deals.lost_reason_unlisted"]),
        ({"reason": "other"}, ["deals.lost_reason_untold"]),
        ({"reason": "other", "text": "出国"}, []),
        ({"reason": "price"}, []),
    ],
)
def test_the_true_reason_comes_from_the_list_r_obj_01(answers, told):
    assert codes(owning.lost_reason_listed(dossier(answers=answers))) == told


def test_a_lost_deal_keeps_its_owner_and_frees_the_place_of_the_open_one():
    d = lead(answers={"reason": "price"})
    image = after(d, owning.lose(d))
    assert (image.chosen(DEAL).open, image.chosen(DEAL).owner_id) == (False, ANNE.id)


@pytest.mark.parametrize(("now", "told"), [("2025-03-11 00:00", []), ("2025-03-11 00:01", ["deals.confirmation_over"])])
def test_a_lost_deal_is_reopened_while_its_confirmation_is_valid_r_own_02_c_08(now, told):
    d = lead(state="lost", now=now, clocks={"lapse": "2025-03-11 00:00"})
    assert codes(owning.confirmation_valid(d)) == told


def test_a_caller_who_never_came_is_confirmed_until_the_earlier_of_both_clocks():
    d = lead(state="lost", now="2025-03-11 12:00", clocks={"lapse": "2025-03-12 00:00", "void": "2025-03-11 00:00"})
    assert codes(owning.confirmation_valid(d)) == ["deals.confirmation_over"]


def test_a_clock_that_has_ended_confirms_nothing():
    d = lead(state="lost")
    d = type(d)(**{f: getattr(d, f) for f in d.__struct_fields__} | {"clocks": {"lapse": Running("lapse", d.now, False, False)}})
    assert codes(owning.confirmation_valid(d)) == ["deals.confirmation_over"]


def test_a_client_registered_by_another_since_is_not_taken_back_r_own_04():
    d = dossier(rows={DEAL: [make_deal(open=False)], OTHER_DEALS: [make_other()]})
    assert codes(owning.client_not_with_another(d)) == ["deals.client_with_another"]


def test_a_second_open_deal_of_the_same_owner_is_told_as_such():
    d = dossier(rows={DEAL: [make_deal(open=False)], OTHER_DEALS: [make_other(owner_id=ANNE.id)]})
    assert codes(owning.client_not_with_another(d)) == ["deals.client_has_open_deal"]


def test_a_reopened_deal_is_the_clients_open_one_again():
    d = dossier(rows={DEAL: [make_deal(open=False)]})
    (change,) = owning.reopen(d)
    assert isinstance(change, Set)
    assert change.values["open"] is True
    assert change.otherwise.code == "deals.client_taken_now"


# ---- change of owner, E-049
@pytest.mark.parametrize(
    ("named", "told"),
    [
        ([], ["deals.new_owner_unknown"]),
        ([make_named(active=False)], ["deals.new_owner_unfit"]),
        ([make_named(sells=False)], ["deals.new_owner_unfit"]),
        ([make_named()], []),
    ],
)
def test_the_new_owner_is_an_active_salesperson(named, told):
    assert codes(owning.new_owner_valid(dossier(rows={DEAL: [make_deal()], NAMED: named}, answers={"owner": 24}))) == told


def test_the_present_owner_is_no_new_one():
    rows = {DEAL: [make_deal()], NAMED: [make_named(ANNE.id, ANNE.name)]}
    assert codes(owning.new_owner_valid(dossier(rows=rows, answers={"owner": ANNE.id}))) == ["deals.new_owner_same"]


def test_a_change_of_owner_stores_from_to_reason_rule_decider_and_time_r_own_22():
    answers = {"owner": 24, "reason": "客户要求更换"}
    d = dossier(rows={DEAL: [make_deal()], NAMED: [make_named()]}, answers=answers, actor=MANAGER)
    changed, record = owning.change_owner(d)
    assert (changed.values, changed.expecting) == ({"owner_id": 24}, {"owner_id": ANNE.id})
    kept = ("from_id", "to_id", "reason", "rule", "decided_by", "at")
    assert [record.row[k] for k in kept] == [ANNE.id, 24, "客户要求更换", "R-OWN-14", MANAGER.id, d.now]
    assert owner_name(after(d, [changed])) == "白顾问"


def test_a_change_to_nobody_never_happens():
    with pytest.raises(Invalid):
        list(owning.change_owner(lead()))


def test_a_reason_is_asked_for():
    assert codes(owning.reason_given(dossier())) == ["deals.reason_missing"]


# ---- relations
def test_only_the_owner_is_the_owner():
    assert owning.is_owner(lead())
    assert not owning.is_owner(dossier(rows={DEAL: [make_deal()]}, actor=FINANCE))


def test_a_deal_without_owner_belongs_to_nobody_not_even_to_the_service():
    assert not owning.is_owner(dossier(rows={DEAL: [make_deal(owner_id=None)]}, actor=CLOCK))


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("2025-03-03 15:20", None, True),
        ("2025-03-03 15:21", None, False),
        ("2025-03-01 09:00", "2025-03-03 15:20", False),
        ("2025-03-01 09:00", "2025-03-03 15:19", False),
    ],
)
def test_a_substitute_stands_in_while_his_grant_holds_c_41(since, until, holds):
    grant = Substitute(24, moment(since), moment(until) if until else None)
    d = dossier(rows={SUBSTITUTES: [grant]}, actor=Actor(24, "白顾问", frozenset({"salesperson"})))
    assert owning.is_substitute(d) is holds


@pytest.mark.parametrize(
    ("actor", "signer", "may"),
    [
        (MANAGER, "manager_only", True),
        (Actor(30, "唐组长", frozenset({"team_leader"}), frozenset({"acting_manager"})), "acting_manager", True),
        (Actor(30, "唐组长", frozenset({"team_leader"}), frozenset({"acting_manager"})), "manager_only", False),
        (ANNE, "acting_manager", False),
    ],
)
def test_the_manager_signs_last_or_whoever_acts_for_him_r_sub_04_c_65(actor, signer, may):
    assert owning.may_sign_last(dossier(actor=actor, policy={"subscription.signer": signer})) is may


def test_every_row_of_a_registration_is_new():
    assert all(isinstance(change, Add) for change in owning.open_lead(registering()))
