"""The service under a real browser: a server in a thread over the tests' own office, its clock moved by the tests.

Every page fails its test on a console error, a page error or a violation of the content policy.
"""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from dealflow.asgi import app_for
from dealflow.cli.play.worlds import STAFF
from tests.makers.office import Office

PASSWORD = "ting-lan-2025"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PICTURES = os.environ.get("DEALFLOW_PICTURES", "")
SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
ANSWERS = re.compile(r"status of (403|409|422) ")  # a refusal is an answer, which the browser calls an error


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's own Chromium, quiet."""
    assert CHROMIUM, "no chromium: apt-get install chromium, or name it in CHROMIUM"
    quiet = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update")
    return {"executable_path": CHROMIUM, "headless": True, "args": ["--no-sandbox", "--disable-sync", *quiet]}


@dataclass
class Person:
    """Somebody at a browser, with what the pages complained about."""

    page: Page
    url: str
    letter: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Look at a page."""
        self.page.goto(self.url + path)

    def sign_in(self) -> None:
        """By the form."""
        self.open("/sign-in")
        self.page.get_by_label("登录名").fill(next(c.login for c in STAFF if c.letter == self.letter))
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("heading", level=1, name="今天").wait_for()

    def missing(self, event: str) -> list[str]:
        """The unmet needs of a step, by code, in the order of the page."""
        needs = self.page.locator(f"#step-{event} [data-missing]")
        return [str(needs.nth(n).get_attribute("data-missing")) for n in range(needs.count())]

    def start(self, event: str) -> Locator:
        """Press the step's button, beside the panel or in the phone's dock; gives the form that opens."""
        beside, dock = self.page.locator(f"#sheet-{event} > summary"), self.page.locator(f'[data-opens="sheet-{event}"]')
        (beside if beside.is_visible() else dock).click()
        return self.page.locator(f"form#{event}")

    def check(self, form: Locator) -> list[str]:
        """Send the form for the first time; gives what will happen."""
        form.get_by_role("button", name="核对").click()
        lines = form.locator(".will li")
        lines.first.wait_for()
        return [text.strip() for text in lines.all_inner_texts()]

    def refused(self, form: Locator, button: str = "核对") -> list[str]:
        """Send the form; gives the codes of the reasons with which it comes back."""
        form.get_by_role("button", name=button).click()
        reasons = form.locator("[data-code]")
        reasons.first.wait_for()
        return [str(reasons.nth(n).get_attribute("data-code")) for n in range(reasons.count())]

    def confirm(self, form: Locator) -> str:
        """Send it for good; gives what the page then says."""
        form.locator("button[type=submit]").last.click()
        said = self.page.locator(".said")
        said.wait_for()
        return said.inner_text().strip()

    def picture(self, name: str) -> None:
        """A picture of the whole page, where somebody asked for pictures."""
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]


@dataclass
class Served:
    """An office that is served: people by letter, each at a browser of his own."""

    office: Office
    url: str
    browser: Browser
    size: str = "desktop"
    scheme: str = "light"
    scripts: bool = True
    people: dict[str, Person] = field(default_factory=dict)

    def __call__(self, letter: str) -> Person:
        """Somebody, signed in."""
        if letter not in self.people:
            self.people[letter] = self._signed_in(letter)
        return self.people[letter]

    def _signed_in(self, letter: str) -> Person:
        if letter != "R":
            self.office.do(by="R", use_case="staff.set_password", person=letter, password=PASSWORD)
        person = self.stranger(letter)
        person.sign_in()
        return person

    def stranger(self, letter: str = "") -> Person:
        """Somebody who is not signed in."""
        context = self.browser.new_context(
            viewport=SIZES[self.size],  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme=self.scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            has_touch=self.size == "phone",
            java_script_enabled=self.scripts,
        )
        context.set_default_timeout(10_000)
        person = Person(context.new_page(), self.url, letter)
        person.page.on("console", lambda message: _noted(person, message))
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        return person

    def let_pass(self, length: str) -> None:
        """Time goes on for everybody; deadlines act. Days later everybody signs in again: a session lasts twelve hours."""
        self.office.pass_time(length)
        for person in self.people.values():
            person.sign_in()


def _noted(person: Person, message: ConsoleMessage) -> None:
    if message.type == "error" and not ANSWERS.search(message.text):
        person.complaints.append(message.text)


@pytest.fixture
def served(office: Office, browser: Browser) -> Iterator[Served]:
    """The office under its address; nothing acts by itself, so that the tests say when time passes."""
    office.dealflow.settings = replace(office.dealflow.settings, worker_inside=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app_for(office.dealflow), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    found = Served(office, f"http://127.0.0.1:{port}", browser)
    yield found
    complaints = {person.letter: person.complaints for person in found.people.values() if person.complaints}
    for context in browser.contexts:
        context.close()
    server.should_exit = True
    thread.join(timeout=10)
    assert complaints == {}
