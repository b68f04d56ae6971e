"""Who counts as known, what makes a claim, and the archive that only grows."""

import pytest

from dealflow.casework.changes import Add, Link, Set
from dealflow.features.clients import queries, rules, shelf
from dealflow.features.clients.parts import BUYERS, CLIENT, CLIENT_BY_PHONE, Buyer, Client, ClientByPhone, client_id
from tests.makers.front_desk import at, desk, empty_project, know


def known(archive: str = "{}") -> Client:
    return Client(7, "陈静", "19000000001", "江北", "网络", at("2025-03-03 09:00"), archive)


def codes(unmet):
    return [u.code for u in unmet]


def test_a_registration_without_a_valid_phone_gives_no_claim_r_reg_10():
    reasons = list(shelf.phone_valid(desk(phone="123456")))
    assert codes(reasons) == ["clients.phone_invalid"]
    assert shelf.TEXTS["clients.phone_invalid"].rule == "R-REG-10"


def test_the_refused_phone_is_quoted_masked():
    (reason,) = shelf.phone_valid(desk(phone="123456789012345"))
    assert reason.evidence == {"phone": "123****2345"}


def test_a_mobile_phone_is_valid():
    assert codes(shelf.phone_valid(desk(phone="19000000001"))) == []


def test_a_client_has_a_name():
    assert codes(shelf.named(desk(name="  "))) == ["clients.name_missing"]


@pytest.mark.parametrize("name", ["陈\n静", "陈\x07静", "陈\u2028静", "陈\u202e静"])
def test_a_name_without_breaks_and_unseen_characters_r_reg_02(name):
    assert codes(shelf.named(desk(name=name))) == ["clients.name_unseen"]


def test_a_name_of_sixty_characters_is_the_longest_r_reg_02():
    assert codes(shelf.named(desk(name="字" * 60))) == []
    (told,) = shelf.named(desk(name="字" * 61))
    assert (told.code, told.evidence) == ("clients.name_long", {"length": 61, "limit": 60})


def test_an_unknown_phone_adds_a_client_and_links_him():
    d = desk({CLIENT_BY_PHONE: []}, name=" 陈静 ", phone="19000000001", channel="网络")
    added, link = list(shelf.remember(d))
    assert isinstance(added, Add)
    assert (added.row["name"], added.row["phone"], added.row["archive"]) == ("陈静", "19000000001", "{}")
    assert link == Link("client", added.row["id"])


def test_a_known_phone_adds_nobody_whatever_name_is_given():
    d = desk({CLIENT_BY_PHONE: [ClientByPhone(7, "陈静")]}, name="陈小姐", phone="19000000001")
    assert list(shelf.remember(d)) == [Link("client", 7)]


def test_a_retry_gives_a_new_client_the_same_id():
    d = desk({CLIENT_BY_PHONE: []}, phone="19000000001")
    assert client_id(d) == client_id(desk({CLIENT_BY_PHONE: []}, phone="19000000001"))


def test_the_archive_has_42_numbered_items_in_six_groups_r_arc_03():
    assert [f.no for f in rules.FIELDS] == list(range(1, 43))
    assert [sum(f.group == g.key for f in rules.FIELDS) for g in rules.GROUPS] == [8, 8, 9, 7, 6, 4]
    assert len({f.key for f in rules.FIELDS}) == 42


@pytest.mark.parametrize("archive", [None, {}])
def test_an_archive_begins_with_name_and_salesperson_alone_e_068(archive):
    assert codes(shelf.archive_opened(desk(archive=archive))) == []


def test_an_item_that_the_archive_does_not_have_is_refused_by_name():
    reasons = list(shelf.archive_opened(desk(archive={"sex": "女", "shoe_size": "38"})))
    assert codes(reasons) == ["clients.archive_field_unknown"]
    assert reasons[0].evidence == {"fields": "shoe_size"}


def test_an_archive_that_is_no_list_of_items_is_refused():
    assert codes(shelf.archive_opened(desk(archive="女"))) == ["clients.archive_malformed"]


def test_an_overlong_item_is_refused_with_the_limit():
    reasons = list(shelf.archive_opened(desk(archive={"health": "好" * 401})))
    assert [(u.code, u.evidence["limit"]) for u in reasons] == [("clients.archive_too_long", 400)]


def test_what_is_learned_is_added_and_nothing_known_is_lost():
    d = desk({CLIENT: [known('{"sex":"女"}')]}, archive={"健康状况": "良好", "34": "无", "sex": ""})
    (change,) = shelf.open_archive(d)
    assert isinstance(change, Set)
    assert change.values["archive"] == '{"car":"无","health":"良好","sex":"女"}'
    assert change.expecting == {"archive": '{"sex":"女"}'}


def test_the_archive_on_paper_shows_every_item_also_unfilled_ones():
    d = desk({CLIENT: [known('{"sex":"女"}')]}, links={"client": 7}, archive={"car": "无"})
    after = d.after(list(shelf.open_archive(d)))
    sheet = shelf.archive(after)
    assert len(sheet) == 42
    assert sheet[0] == {"group": "基本信息", "no": 1, "name": "性别", "value": "女"}
    assert sheet[33]["value"] == "无"
    assert sheet[1]["value"] == ""


def test_a_file_number_is_short_and_different_for_every_client():
    assert rules.number_of(1) == "K000-0000-0001"
    assert rules.number_of(2**52 - 1) == "K3ZZ-ZZZZ-ZZZZ"


def test_facts_of_an_unknown_client_are_not_known():
    d = desk({CLIENT: []})
    assert (shelf.name(d), shelf.phone(d), shelf.number(d), shelf.archive(d)) == (None, None, None, None)


def test_buyers_come_in_contract_order_with_chinese_document_labels():
    two = Buyer(100, 2, "陈静", "passport", "E12345678", "19000000002", "")
    one = Buyer(100, 1, "孙小明", "id_card", "320099199001010017", "19000000001", "临溪路 1 号")
    told = shelf.buyers(desk({BUYERS: [two, one]}))
    assert [(b["name"], b["id_kind"]) for b in told] == [("孙小明", "居民身份证"), ("陈静", "护照")]


def test_a_client_is_found_by_his_phone_within_the_project(database_url):
    database = empty_project(database_url)
    with database.several.begin() as connection:
        know(connection, 7, "19000000001")
        know(connection, 8, "19000000002")
        assert queries.by_phone(connection, 1, "19000000001").id == 7
        assert queries.by_phone(connection, 2, "19000000001") is None
        assert [c.id for c in queries.search(connection, 1, "0002")] == [8]
        first = queries.search(connection, 1, limit=1)[0]
        assert [c.id for c in queries.search(connection, 1, after=(first.since, first.id))] == [7]
    database.close()
