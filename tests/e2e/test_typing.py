"""Fields that answer while somebody types: what leaves the browser, and where it stands."""

from urllib.parse import parse_qs

from playwright.sync_api import Request, expect

from tests.e2e.conftest import Served

PHONE = "19000000088"


def test_a_typed_phone_leaves_alone_and_never_in_an_address(served: Served) -> None:
    desk, sent = served("S"), list[Request]()
    desk.page.on("request", lambda request: sent.append(request))
    desk.open("/register")
    desk.page.get_by_label("姓名").fill("陈静")
    desk.page.get_by_label("手机号").press_sequentially(PHONE, delay=5)
    expect(desk.page.locator(".probe")).to_have_text("新客户")
    probes = [request for request in sent if request.url.endswith("/register/probe")]
    assert [parse_qs(request.post_data or "") for request in probes][-1] == {"phone": [PHONE]}
    assert all(PHONE not in request.url for request in sent)
