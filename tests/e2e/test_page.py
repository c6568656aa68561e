"""The whole bot in a real browser: what a newcomer sees after ``make demo``."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser import check_briefing, check_button, check_labels, check_who, check_width, chromium, opened
from tests.e2e.workplace import Workplace, eventually, workplace


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser; each test opens a fresh profile."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """The bot, serving the page as ``make demo`` does."""
    made = workplace(tmp_path_factory.mktemp("lede"))
    with made.running(only="web"):
        eventually(lambda: "Caracas" in httpx.get(made.url, follow_redirects=True, trust_env=False).text)
        yield made


def test_the_briefing_is_there(place: Workplace, browser: Browser) -> None:
    """Posted at the first start, with the story of the real article, and every control can be reached."""
    with opened(browser, place.url) as page:
        check_briefing(page, "briefing", "Caracas", "Who:")
        check_labels(page)


def test_who_completes_and_answers(place: Workplace, browser: Browser) -> None:
    """Typed halfway, chosen by keyboard, answered with her role as stated."""
    with opened(browser, place.url) as page:
        check_who(page, "/who Delcy", "Delcy Rodríguez", "interim President of Venezuela")


def test_buttons_answer(place: Workplace, browser: Browser) -> None:
    """Each carries what it asks; the answer comes below."""
    with opened(browser, place.url) as page:
        check_button(page, "Who is who")
        check_button(page, "More")


def test_a_phone_shows_it_whole_in_the_dark(place: Workplace, browser: Browser) -> None:
    """Nothing is wider than the screen, hostile headlines included."""
    with opened(browser, place.url, width=360, height=740, scheme="dark", touch=True) as page:
        check_briefing(page, "Caracas")
        check_width(page)
        check_labels(page)
