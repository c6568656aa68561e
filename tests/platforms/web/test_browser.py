"""The page in a real browser: by mouse, by keyboard, on a phone, in the dark, without a script."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.domain.places import Place
from bot.messages.model import Message
from bot.platforms.web.platform import WebPlatform
from tests.browser import check_briefing, check_button, check_labels, check_who, check_width, chromium, opened
from tests.fakes import FakeClock, FakeCommands
from tests.platforms.web.conftest import NOW, platform_on
from tests.platforms.web.test_browse import article
from tests.samples import FULL, HOSTILE, THIN

HERE = Place("web", "", "briefing")


@dataclass(slots=True)
class Serving:
    """A page served from a thread of its own, and a way to post to it meanwhile."""

    platform: WebPlatform
    loop: asyncio.AbstractEventLoop
    commands: FakeCommands

    @property
    def url(self) -> str:
        """The briefing's channel."""
        return f"{self.platform.url}/c/briefing"

    def post(self, key: str, message: Message) -> None:
        """Post a message and its thread, as a delivery does."""

        async def send() -> None:
            head = await self.platform.send(HERE, self.platform.render(message)[0], key)
            for n, reply in enumerate(message.thread):
                await self.platform.send(HERE, self.platform.render(reply)[0], f"{key}-{n}", head)

        asyncio.run_coroutine_threadsafe(send(), self.loop).result(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; each opens a fresh profile."""
    with chromium() as found:
        yield found


@pytest.fixture
def page_on(tmp_path: Path, browser: Browser) -> Iterator[Serving]:
    """A page with one briefing, running in a thread while the test drives the browser."""
    commands = FakeCommands()
    platform = platform_on(tmp_path / "web.sqlite3", commands, FakeClock(NOW), [])
    started, serving = threading.Event(), list[Serving]()
    stop = asyncio.Event()

    async def serve() -> None:
        running = asyncio.create_task(platform.run())
        await platform.started.wait()
        serving.append(Serving(platform, asyncio.get_running_loop(), commands))
        started.set()
        await stop.wait()
        running.cancel()
        await asyncio.wait([running])

    # The browser's driver has this thread's event loop.
    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(30)
    serving[0].post("slot-1", FULL)
    yield serving[0]
    serving[0].loop.call_soon_threadsafe(stop.set)
    thread.join()


def test_a_morning(page_on: Serving, browser: Browser) -> None:
    """The briefing is there, a name completes and is answered, a button works, nothing is unnamed."""
    with opened(browser, page_on.url) as page:
        check_briefing(page, "The Ambry Gorge dam holds", "Why it matters")
        check_labels(page)
        check_who(page, "/who Delcy", "Delcy Rodríguez", "interim President of Venezuela")
        assert page_on.commands.requests[-1].options == {"name": "delcy-rodriguez"}
        check_button(page, "More")
        check_labels(page)
        check_width(page)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844), (740, 360)])
def test_on_a_phone(page_on: Serving, browser: Browser, width: int, height: int) -> None:
    """Everything fits a phone, upright and lying, also hostile text; everything can be touched."""
    page_on.post("slot-2", HOSTILE)
    with opened(browser, page_on.url, width=width, height=height, touch=True) as page:
        check_width(page)
        page.get_by_role("button", name="Show commands").tap()
        expect(page.get_by_role("option", name="/who")).to_be_visible()
        check_width(page)
        check_labels(page)
        page.get_by_role("option", name="/help").tap()
        expect(page.get_by_role("combobox")).to_have_value("/help ")
        for path in ("/digests", f"/digests/{article().id}", f"/digests/{article().id}/sentences/1"):
            page.goto(f"{page_on.platform.url}{path}")
            check_width(page)
            check_labels(page)


def test_by_keyboard_alone(page_on: Serving, browser: Browser) -> None:
    """A slash leads to the box; arrows go round, Escape closes, Enter takes what is marked and then asks."""
    with opened(browser, page_on.url) as page:
        page.bring_to_front()  # else keys may go to a page that is not active
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("/")
        line = page.get_by_role("combobox")
        expect(line).to_be_focused()
        first = page.get_by_role("option").first
        expect(first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(first).to_have_attribute("aria-selected", "true")
        expect(line).to_have_attribute("aria-activedescendant", "completion-0")
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.keyboard.type("who rod", delay=15)
        page.keyboard.press("Enter")  # at once: the list may still show what completes an earlier line
        expect(page.locator(".message.aside").last).to_contain_text("Which one do you mean?")
        page.keyboard.press("ArrowUp")
        expect(line).to_have_value("/who rod")


def test_choosing_and_sharing(page_on: Serving, browser: Browser) -> None:
    """A choice is replaced by what was chosen, which can be shared with everyone or dismissed."""
    with opened(browser, page_on.url) as page, opened(browser, page_on.url) as other:
        page.get_by_role("combobox").fill("/who Rodríguez")
        page.keyboard.press("Enter")
        aside = page.locator(".message.aside")
        aside.get_by_role("button", name="Jorge Rodríguez").press("Enter")
        expect(aside).to_contain_text("head of the National Assembly")
        expect(aside).to_be_focused()
        aside.get_by_role("button", name="Share").click()
        expect(aside).to_have_count(0)
        expect(other.locator(".message").last).to_contain_text("head of the National Assembly")
        expect(other.get_by_role("status")).to_contain_text("New: Jorge Rodríguez")
        page.get_by_role("combobox").fill("/nonsense")
        page.keyboard.press("Enter")
        expect(aside).to_contain_text("There is no command")
        aside.get_by_role("button", name="Dismiss").click()
        expect(aside).to_have_count(0)


def test_dismissing_leads_back(page_on: Serving, browser: Browser) -> None:
    """An answer that a button brought far below is dismissed, and one is back at the button."""
    with opened(browser, page_on.url) as page:
        button = page.locator("#m-1").get_by_role("button", name="More").first
        button.press("Enter")
        answer = page.locator(".message").last
        expect(answer).to_be_focused()
        answer.get_by_role("button", name="Dismiss").press("Enter")
        expect(button).to_be_focused()
        expect(button).to_be_in_viewport()


def test_news_comes_by_itself(page_on: Serving, browser: Browser) -> None:
    """A briefing that is posted while the page is open appears and is announced; an opened thread stays open."""
    with opened(browser, page_on.url) as page:
        expect(page.locator("#live")).to_contain_text("Live")
        thread = page.locator("#m-1 details")
        thread.locator("summary").click()
        page_on.post("slot-2", THIN)
        expect(page.locator(".message").last).to_contain_text("Nothing new since Monday.")
        expect(page.get_by_role("status")).to_have_text("New: Nothing new since Monday.")
        page_on.post("slot-1", FULL)
        expect(thread).to_have_attribute("open", "")
        expect(page.locator("#m-1")).to_have_count(1)


def test_without_a_script(page_on: Serving, browser: Browser) -> None:
    """Reading, asking, pressing, sharing and dismissing work with plain forms."""
    with opened(browser, page_on.url, script=False) as page:
        check_briefing(page, "The Ambry Gorge dam holds")
        page.get_by_label("Command or question").fill("/who Rodríguez")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Delcy Rodríguez").click()
        aside = page.locator(".message.aside")
        expect(aside).to_contain_text("interim President of Venezuela")
        expect(aside).to_have_count(1)
        aside.get_by_role("button", name="Share").click()
        expect(aside).to_have_count(0)
        expect(page.locator(".message").last).to_contain_text("interim President of Venezuela")
        page.get_by_role("button", name="Dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_colours(page_on: Serving, browser: Browser) -> None:
    """The system's colours are followed until others are chosen, which then hold."""

    def ground(scheme_page: object) -> str:
        return str(scheme_page.evaluate("getComputedStyle(document.body).backgroundColor"))  # type: ignore[attr-defined]  # a playwright page

    with opened(browser, page_on.url) as light, opened(browser, page_on.url, scheme="dark") as dark:
        bright, dim = ground(light), ground(dark)
        assert bright != dim
        dark.get_by_role("button", name="Light").click()
        expect(dark.locator("html")).to_have_attribute("data-theme", "light")
        assert ground(dark) == bright
        dark.reload()
        expect(dark.locator("body")).to_have_css("background-color", bright)
        expect(dark.get_by_role("button", name="Light")).to_have_attribute("aria-pressed", "true")


def test_the_library(page_on: Serving, browser: Browser) -> None:
    """A digest is found, opened and traced: its numbers show how the sentence begins, Escape closes it again."""
    with opened(browser, f"{page_on.platform.url}/digests") as page:
        page.get_by_label("Words or names").fill("lodz")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="A bridge opens").click()
        check_labels(page)
        cite = page.get_by_role("link", name="Sentence 1").first
        cite.click()
        expect(page.locator(".peek")).to_have_text("Łódź opened a bridge on …")
        page.keyboard.press("Escape")
        expect(page.locator(".peek")).to_have_count(0)
        expect(cite).to_be_focused()
        page.get_by_role("button", name="The Mayor").click()
        page.wait_for_url("**/c/briefing#a-*")
        assert page_on.commands.requests[-1].options == {"name": "The Mayor"}


def test_a_lost_bot_is_told(page_on: Serving, browser: Browser) -> None:
    """When the bot cannot be reached the page says so and keeps what was typed."""
    with opened(browser, page_on.url, tolerate="ERR_FAILED") as page:
        page.route("**/say", lambda route: route.abort())
        page.get_by_role("combobox").fill("/who Delcy")
        page.keyboard.press("Enter")
        expect(page.locator(".message").last).to_contain_text("Lede cannot be reached")
        expect(page.get_by_role("combobox")).to_have_value("/who Delcy")
