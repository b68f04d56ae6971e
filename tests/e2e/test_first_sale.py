"""The first sale in the browser: registered, held, expired, held again, paid in two parts, signed by client and manager.

Each blocked move names exactly what it lacks, and what a step says before is what the page shows after."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Person, Served

pytestmark = [pytest.mark.slow, pytest.mark.once]
PHONE = "19000000071"
NOT_PREPARED = ["deals.no_unit", "deals.no_price", "deals.no_plan", "deals.no_buyers", "deals.no_deposit"]
SCAN = {"name": "签字页.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"}


def pay(form: Locator, amount: str, method: str, document: str, unit: str = "") -> None:
    """Fill a receipt as the cashier does."""
    if unit:
        option = form.locator("select[name=unit] option").filter(has_text=unit)
        form.locator("select[name=unit]").select_option(value=option.get_attribute("value"))
    form.locator("[name=amount]").fill(amount)
    form.locator("[name=method]").select_option(method)
    form.locator('[name="payer.name"]').fill("陈静")
    form.locator('[name="payer.document"]').fill(document)


def registered(desk: Person) -> str:
    """A new client comes in; gives the path of the deal."""
    desk.open("/register")
    desk.page.get_by_label("手机号").press_sequentially(PHONE, delay=5)
    expect(desk.page.locator(".probe")).to_have_text("新客户")
    desk.page.get_by_label("姓名").fill("陈静")
    desk.page.get_by_label("渠道").select_option("网络")
    desk.page.get_by_label("接待人").select_option(label="安然")
    desk.picture("register")
    desk.page.get_by_role("button", name="登记到访").click()
    desk.page.wait_for_url("**/deals/*")
    expect(desk.page.locator(".said")).to_contain_text("登记来访")
    return "/deals/" + desk.page.url.split("/deals/")[1].split("?")[0]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_first_sale_from_the_door_to_the_agreement(served: Served, size: str) -> None:
    served.size = size
    document = str(served.office.world.value("id1"))
    deal = registered(served("S"))
    owner, finance, manager = served("A"), served("F"), served("M")

    owner.open(deal)
    form = owner.start("open_tracking")
    assert "交易：建档跟踪（新访 → 跟踪）" in owner.check(form)
    assert owner.confirm(form).startswith("已办理：建档跟踪，现为“跟踪”")
    assert owner.missing("take_hold") == []
    assert owner.missing("take_deposit") == NOT_PREPARED
    owner.picture("deal-tracked")

    finance.open(deal)
    assert finance.missing("take_deposit") == NOT_PREPARED
    form = finance.start("take_hold")
    pay(form, "300", "pos", document, unit="1-1201")
    assert finance.refused(form) == ["payments.amount_not"]
    expect(form.locator('[name="payer.document"]')).to_have_value(document)
    finance.picture("refused")
    form.locator("[name=amount]").fill("500")
    assert "1-1201 为本客户封号" in finance.check(form)
    finance.picture("to-confirm")
    said = finance.confirm(form)
    assert said.startswith("已办理：封号，现为“封号”")
    assert "封号费收据" in said

    served.let_pass("72h 1s")
    owner.open(deal)
    expect(owner.page.locator(".deal-h .tag, .stage-m b").filter(has_text="跟踪").first).to_be_attached()
    expect(owner.page.locator("#timeline")).to_contain_text("封号到期")
    expect(owner.page.locator("#money")).to_contain_text("待付")
    owner.page.locator(".composer-d > summary").click()
    follow = owner.page.locator("form#follow_up")
    follow.get_by_label("结果").fill("客户仍想要这套，下午再来")
    follow.get_by_role("button", name="记录跟进").click()
    expect(owner.page.locator("#timeline .quote").first).to_contain_text("客户仍想要这套")
    finance.open("/")
    expect(finance.page.locator("#tasks")).to_contain_text("付退款 500 元")
    finance.picture("today-finance")

    finance.open(deal)
    form = finance.start("take_hold")
    pay(form, "500", "cash", document, unit="1-1201")
    finance.check(form)
    assert finance.confirm(form).startswith("已办理：封号")

    owner.open(deal)
    assert owner.missing("take_deposit") == NOT_PREPARED
    need = owner.page.locator("#step-take_deposit [data-missing]").first
    need.locator("summary").click()
    form = need.locator("form")
    form.locator("[name=price]").fill("1,450,000")
    form.locator("[name=deposit]").fill("4,999")
    buyer = form.locator("[data-row]").first
    buyer.get_by_label("证件号码").fill(document)
    assert owner.refused(form) == ["deals.deposit_too_low"]
    form.locator("[name=deposit]").fill("10,000")
    owner.check(form)
    assert owner.confirm(form).startswith("已办理：准备认购")
    assert owner.missing("take_deposit") == []

    finance.open(deal)
    form = finance.start("take_deposit")
    pay(form, "4,000", "pos", document)
    finance.check(form)
    assert "现为“定金未齐”" in finance.confirm(form)
    expect(finance.page.locator("#money")).to_contain_text("还差")
    form = finance.start("take_deposit")
    expect(form.locator("[name=amount]")).to_have_value("5,000.00")
    pay(form, "5,000", "cash", document)
    finance.check(form)
    assert "现为“定金已齐”" in finance.confirm(form)

    manager.open(deal)
    assert manager.missing("agree") == ["documents.not_issued", "documents.buyer_unsigned"]
    owner.open(deal)
    assert owner.missing("agree") == ["documents.not_issued", "documents.buyer_unsigned"]
    form = owner.page.locator("form#need-agree-write_agreement")
    expect(form).to_be_visible()  # short enough to stand open
    assert "出具认购书" in [line.strip() for line in form.locator(".will li").all_inner_texts()]
    assert owner.confirm(form).startswith("已办理：出具认购书")
    assert owner.missing("agree") == ["documents.buyer_unsigned"]
    owner.picture("deal-to-sign")

    form = owner.page.locator("form#need-agree-sign_agreement-1")
    expect(form).to_be_visible()
    assert owner.refused(form) == ["documents.scan_missing"]
    form.locator("input[type=file]").first.set_input_files(SCAN)
    assert "陈静在认购书上签字" in owner.check(form)
    assert owner.confirm(form).startswith("已办理：登记客户签字")
    assert owner.missing("agree") == []

    manager.open("/")
    expect(manager.page.locator("#tasks")).to_contain_text("经理签认购书")
    manager.picture("today-manager")
    manager.open(deal)
    form = manager.start("agree")
    assert "交易：经理签认购书（定金已齐 → 已认购）" in [line.strip() for line in form.locator(".will li").all_inner_texts()]
    assert "现为“已认购”" in manager.confirm(form)
    expect(manager.page.locator("#papers")).to_contain_text("孟琪 保管")
    owner.open(deal)
    expect(owner.page.locator(".clock").first).to_contain_text("七日内签约")
    owner.picture("deal-subscribed")
    served.office.doctor()
