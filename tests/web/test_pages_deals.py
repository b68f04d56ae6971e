"""Deals at the pages' door: what each role sees, what a step needs and does, and that refusals are the domain's own."""

import pytest

from dealflow.casework.command import Command
from dealflow.cli import telling
from dealflow.features.staff import queries as staff
from dealflow.kernel.errors import DealflowError, Refused
from tests.makers.office import Office
from tests.web.conftest import Reader, Readers, codes, missing

NOT_PREPARED = ["deals.no_unit", "deals.no_price", "deals.no_plan", "deals.no_buyers", "deals.no_deposit"]


def receipt(office: Office, amount: str, **more: str) -> dict[str, str]:
    """A receipt as the form sends it."""
    paid = {"amount": amount, "payer.name": "陈静", "payer.document": str(office.world.value("id1")), "method": "pos"}
    return {**paid, "payer.document_kind": "id_card", "source_of_funds": "自有资金", **more}


def refusal(office: Office, letter: str, use_case: str, **fields: object) -> Refused:
    """The same refusal by the use case itself."""
    with office.dealflow.reading() as uow:
        actor = staff.actor(uow.connection, office.world.people[letter], uow.now)
    with office.dealflow.rehearsing() as uow, pytest.raises(DealflowError) as no:
        office.dealflow.book.do(uow, Command("same-again", actor), use_case, fields)
    assert isinstance(no.value, Refused)
    return no.value


def by_terminal(error: Refused) -> list[str]:
    """The codes as the command line tells them."""
    return [reason["code"] for reason in telling.told(error)["reasons"]]


def by_api(reader: Reader, use_case: str, **fields: object) -> list[str]:
    """The codes as the API tells them."""
    headers = {"X-CSRF-Token": reader.csrf, "Idempotency-Key": "key-of-the-api"}
    answer = reader.client.post(f"/api/use-cases/{use_case}", json=fields, headers=headers)
    return [reason["code"] for reason in answer.json()["reasons"]]


# ---- the same promise at every door
def test_e_074_three_hundred_instead_of_five_hundred_is_refused_on_the_page_as_everywhere(
    office: Office, readers: Readers
) -> None:
    deal = office.tracked()
    fields = receipt(office, "300.00", unit=str(office.world.unit("1-1201")))
    status, page = readers("F").send(f"/deals/{deal}/steps/take_hold", **fields)
    paid = {"amount": "300.00", "payer": dict(office.payer()), "method": "pos", "source_of_funds": "自有资金"}
    same = {"deal": deal, "unit": office.world.unit("1-1201"), **paid}
    told = refusal(office, "F", "payments.take_hold_fee", **same)
    assert (status, codes(page)) == (409, ["payments.amount_not"])
    assert by_api(readers("F"), "payments.take_hold_fee", **same) == by_terminal(told) == codes(page)
    assert told.reasons[0].zh in page


def test_e_086_an_undesignated_salesperson_takes_no_deposit_on_the_page_either(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    status, page = readers("A").send(f"/deals/{deal}/steps/take_deposit", **receipt(office, "6000.00"))
    same = {"deal": deal, "amount": "6000.00", "payer": dict(office.payer()), "method": "pos", "source_of_funds": "自有资金"}
    told = refusal(office, "A", "payments.take_deposit", **same)
    assert (status, page.count("data-missing")) == (403, 1)
    assert by_api(readers("A"), "payments.take_deposit", **same) == by_terminal(told) == ["casework.not_permitted"]
    assert told.reasons[0].zh in page
    assert office.state(deal) == "tracked"


def test_a_panel_names_exactly_the_needs_that_the_domain_names(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    page = readers("A").get(f"/deals/{deal}")
    assert missing(page, "take_deposit") == NOT_PREPARED
    assert missing(page, "take_hold") == []


def test_an_unlicensed_building_is_no_unit_to_choose_and_sending_it_anyway_is_refused(office: Office, readers: Readers) -> None:
    deal, unit = office.tracked(), office.world.unit("2-0101")
    assert f'value="{unit}"' not in readers("F").get(f"/deals/{deal}")
    status, page = readers("F").send(f"/deals/{deal}/steps/take_hold", **receipt(office, "500.00", unit=str(unit)))
    assert status == 409
    assert codes(page) == ["units.unlicensed", "units.not_for_sale"]


# ---- rounds, keys, versions
def test_the_first_round_shows_what_will_happen_and_does_nothing(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    fields = receipt(office, "500.00", unit=str(office.world.unit("1-1201")))
    status, page = readers("F").send(f"/deals/{deal}/steps/take_hold", **fields, confirmed="")
    assert status == 200
    assert "1-1201 为本客户封号" in page
    assert office.state(deal) == "tracked"


def test_the_same_key_twice_acts_once(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    fields = receipt(office, "500.00", unit=str(office.world.unit("1-1201")))
    first = readers("F").send(f"/deals/{deal}/steps/take_hold", **fields)
    assert readers("F").send(f"/deals/{deal}/steps/take_hold", **fields) == first
    assert office.look(deal, "receipts") is not None


def test_a_form_of_an_older_version_is_a_clash_that_keeps_what_was_typed(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    office.do(by="A", use_case="followup.record", deal=deal, method="phone", result="再考虑")
    status, page = readers("A").send(f"/deals/{deal}/steps/lose", reason="price", text="预算不够", version="1")
    assert status == 409
    assert "已有新变动" in page
    assert "预算不够" in page
    assert "记录跟进" in page


def test_a_malformed_sum_comes_back_with_the_field_named(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    fields = receipt(office, "5OO", unit=str(office.world.unit("1-1201")))
    status, page = readers("F").send(f"/deals/{deal}/steps/take_hold", **fields)
    assert status == 422
    assert 'id="take_hold-amount-err"' in page
    assert 'value="5OO"' in page


def test_thousands_commas_are_taken(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    status, _ = readers("F").send(f"/deals/{deal}/steps/take_deposit", **receipt(office, "6,000.00"))
    assert (status, office.state(deal)) == (303, "deposit_part")


def test_a_form_without_the_pages_token_is_refused(office: Office, readers: Readers) -> None:
    deal = office.visit()
    readers("A").csrf = "another"
    assert readers("A").send(f"/deals/{deal}/steps/open_tracking", channel="网络")[0] == 403
    assert office.state(deal) == "new_visit"


def test_buyers_with_shares_in_percent_are_written_in_millionths(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    buyers = {}
    for n, (name, share) in enumerate((("陈静", "66.6667"), ("李明", "33.3333"))):
        buyers |= {f"buyers.{n}.kind": "person", f"buyers.{n}.name": name, f"buyers.{n}.document_kind": "id_card"}
        buyers |= {
            f"buyers.{n}.document": str(office.world.value(f"id{n + 1}")),
            f"buyers.{n}.phone": str(office.world.value(f"phone{n + 1}")),
        }
        buyers |= {f"buyers.{n}.share": share}
    agreed = {"unit": str(office.world.unit("1-1201")), "price": "1,450,000", "plan": "lump_sum", "deposit": "10,000"}
    status, page = readers("A").send(f"/deals/{deal}/steps/prepare_sale", **agreed, **buyers)
    assert status == 303, page[:600]
    shown = readers("A").get(f"/deals/{deal}")
    assert "66.6667%" in shown
    assert "33.3333%" in shown


# ---- who sees what
@pytest.mark.parametrize("letter", ["B", "C", "K"])
def test_no_full_phone_or_document_of_a_client_stands_in_a_page_of_one_whom_he_does_not_concern(
    office: Office, readers: Readers, letter: str
) -> None:
    deal = office.tracked()
    office.prepared(deal, "1-1201")
    phone, document = str(office.world.value("phone1")), str(office.world.value("id1"))
    for path in (
        f"/deals/{deal}",
        "/deals?scope=all",
        "/deals?scope=all&q=1-1201",
        "/",
        f"/units?unit={office.world.unit('1-1201')}",
    ):
        page = readers(letter).get(path)
        assert phone not in page
        assert document not in page


def test_a_client_of_another_salesperson_is_masked(office: Office, readers: Readers) -> None:
    deal = office.tracked(name="孙小明")
    page = readers("B").get(f"/deals/{deal}")
    assert "孙**" in page
    assert "孙小明" not in page


def test_tracking_records_of_another_are_not_on_the_page(office: Office, readers: Readers) -> None:
    deal = office.tracked()
    office.do(by="A", use_case="followup.record", deal=deal, method="phone", result="预算两百万")
    assert "预算两百万" not in readers("B").get(f"/deals/{deal}")
    assert "预算两百万" not in readers("F").get(f"/deals/{deal}")
    assert "预算两百万" in readers("A").get(f"/deals/{deal}")
    assert "预算两百万" in readers("M").get(f"/deals/{deal}")


def test_a_salesperson_finds_no_client_of_another_by_name_or_phone(office: Office, readers: Readers) -> None:
    office.tracked(name="孙小明")
    phone = str(office.world.value("phone1"))
    assert "没有找到" in readers("B").get("/deals?q=孙小明")
    assert "没有找到" in readers("B").get(f"/deals?q={phone[-4:]}")
    assert "孙小明" in readers("M").get("/deals?q=孙小明")


@pytest.mark.parametrize(
    ("letter", "entries"),
    [
        ("S", ["/", "/register", "/deals", "/units", "/papers"]),
        ("A", ["/", "/deals", "/units", "/papers"]),
        ("F", ["/", "/deals", "/units", "/papers"]),
        ("M", ["/", "/deals", "/units", "/papers", "/policies"]),
    ],
)
def test_navigation_is_by_role_and_every_entry_opens(readers: Readers, letter: str, entries: list[str]) -> None:
    page = readers(letter).get("/")
    inside = page[page.index('<nav class="side') if '<nav class="side' in page else page.index("<nav") :]
    assert all(f'href="{path}"' in inside for path in entries)
    assert [readers(letter).status(path) for path in entries] == [200] * len(entries)


def test_policies_are_not_everybodys(readers: Readers) -> None:
    assert readers("A").status("/policies") == 403


def test_a_paper_is_opened_by_whom_it_concerns_and_printed_at_once(office: Office, readers: Readers) -> None:
    answer = office.held()
    paper = answer.papers["D-14"]
    assert readers("F").client.get(f"/papers/{paper}.pdf").content.startswith(b"%PDF-")
    assert readers("B").status(f"/papers/{paper}.pdf") == 403


def test_an_unknown_deal_is_not_found(readers: Readers) -> None:
    assert readers("A").status("/deals/12345") == 404
