"""Pages in the browser beside the first sale: accessibility, narrow screens, English, no scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Served

pytestmark = [pytest.mark.slow, pytest.mark.once]
HAN = re.compile(r"[一-鿿]")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def busy(served: Served) -> dict[str, str]:
    """An office with something everywhere; gives the paths of its pages by name."""
    office = served.office
    tracked = office.tracked()
    office.held("1-0101", 2, "李明")
    full = office.tracked(3, "王芳")
    office.prepared(full, "1-0102", 3, "王芳")
    office.deposit(full, "20000.00", 3, "王芳")
    office.step(full, "write_agreement", "A")
    office.do(by="A", use_case="followup.record", deal=full, method="phone", result="周六来签字")
    unit = office.world.unit("1-0101")
    return {
        "today": "/",
        "list": "/deals",
        "deal": f"/deals/{full}",
        "other": f"/deals/{tracked}",
        "units": f"/units?unit={unit}",
        "papers": "/papers?q=JY-D18-2500001",
        "register": "/register",
    }


def violations(person: Person) -> list[str]:
    """What axe finds, in short."""
    found = Axe().run(person.page, options=RULES).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages(served: Served, scheme: str, size: str) -> None:
    paths = busy(served)
    served.scheme, served.size = scheme, size
    found: dict[str, list[str]] = {}
    for letter, name in (
        ("A", "today"),
        ("A", "list"),
        ("A", "deal"),
        ("A", "other"),
        ("A", "units"),
        ("A", "papers"),
        ("S", "register"),
        ("F", "deal"),
    ):
        person = served(letter)
        person.open(paths[name])
        person.picture(f"{name}-{letter}-{scheme}")
        if faults := violations(person):
            found[f"{letter} {name}"] = faults
    assert found == {}


def test_at_320_pixels_nothing_is_cut_off_to_the_side(served: Served) -> None:
    paths = busy(served)
    person = served("A")
    person.page.set_viewport_size({"width": 320, "height": 700})
    wide = {}
    for name in ("today", "list", "deal", "papers", "register"):
        person.open(paths[name])
        if (over := person.page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            wide[name] = over
    assert wide == {}


def test_without_scripts_a_person_signs_in_reads_a_deal_and_logs_a_follow_up(served: Served) -> None:
    paths = busy(served)
    served.scripts = False
    person = served("A")
    person.open(paths["deal"])
    person.page.locator(".composer-d > summary").click()
    form = person.page.locator("form#follow_up")
    form.get_by_label("结果").fill("改到周日来签字")
    form.get_by_role("button", name="记录跟进").click()
    expect(person.page.locator("#timeline .quote").first).to_contain_text("改到周日来签字")


def test_without_scripts_a_step_is_confirmed_in_two_rounds(served: Served) -> None:
    deal = served.office.visit()
    served.scripts = False
    person = served("A")
    person.open(f"/deals/{deal}")
    person.page.locator("#sheet-open_tracking > summary").click()
    form = person.page.locator("form#open_tracking")
    form.get_by_role("button", name="核对").click()
    expect(form.locator(".will")).to_contain_text("建档跟踪")
    form.get_by_role("button", name="返回修改").click()
    form.get_by_role("button", name="核对").click()
    form.get_by_role("button", name="确认建档跟踪").click()
    expect(person.page.locator(".said")).to_contain_text("已办理：建档跟踪")


def test_the_english_pages_speak_english_outside_of_the_data(served: Served) -> None:
    paths = busy(served)
    person = served("A")
    person.page.context.add_cookies([{"name": "locale", "value": "en", "url": served.url}])
    left: dict[str, list[str]] = {}
    for name in ("today", "list", "deal", "units", "register", "papers"):
        person.open(paths[name])
        words = person.page.locator(
            "h1, h2, h3, dt, th, label, legend, button, summary, .tag, .stages b, .will li"
        ).all_inner_texts()
        if chinese := sorted({w.strip() for w in words if HAN.search(w) and not DATA.search(w)}):
            left[name] = chinese
    assert left == {}


DATA = re.compile("中文|陈静|李明|王芳|安然|白杨|程飞|唐薇|方岚|苏云|号楼|两|三|房款|来自|室")


def test_the_theme_is_kept_for_the_next_page(served: Served) -> None:
    person = served("A")
    person.page.locator("details.menu > summary").click()
    with person.page.expect_response("**/me/theme"):
        person.page.get_by_role("button", name="深色").click()
    expect(person.page.locator("html")).to_have_attribute("data-theme", "dark")
    person.open("/deals")
    expect(person.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_stale_form_says_what_happened_meanwhile_and_keeps_what_was_typed(served: Served) -> None:
    deal = served.office.tracked()
    person = served("A")
    person.open(f"/deals/{deal}")
    served.office.hold(deal, "1-1201", 1)
    person.page.locator("#step-lose > details > summary").click()
    form = person.page.locator("form#lose")
    form.get_by_label("未成交原因").select_option("price")
    form.get_by_label("说明").fill("预算不够")
    form.get_by_role("button", name="核对").click()
    expect(person.page.locator(".refusal, .note.warn").first).to_be_visible()
    expect(person.page.locator("main")).to_contain_text("已有新变动")
