"""Driving the page in the system's Chromium: what a person does and what must hold, for any address.

The checks take a playwright page that has been opened on a running bot, so the same ones prove the page over fakes and
the whole bot started as a process.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
#: The time a person would wait before calling it broken; waiting ends as soon as it is there.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

# What a screen reader would say of each control, as far as it can be told without one: everything that can be focused
# has a name and a known role, every picture an alternative, every id is used once, headings do not skip a level.
_FAULTS = r"""
() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const start = (e) => e.outerHTML.slice(0, 120);
  const words = (ids) => (ids || "").split(/\s+/).map((id) => document.getElementById(id)?.textContent || "").join(" ");
  const labels = (e) => [...(e.labels || [])].map((label) => label.textContent).join(" ");
  const nameOf = (e) => (e.getAttribute("aria-label") || words(e.getAttribute("aria-labelledby")) || labels(e)
    || e.textContent || e.getAttribute("title") || "").trim();

  const controls = all("a[href], button, input:not([type=hidden]), select, summary").filter((e) => e.checkVisibility());
  for (const e of [...controls, ...all("[role=region], [role=group], nav")])
    if (!nameOf(e)) faults.push(`no name: ${start(e)}`);
  for (const e of all("img:not([alt])")) faults.push(`no alternative: ${start(e)}`);

  const ids = new Map();
  for (const e of all("[id]")) ids.set(e.id, (ids.get(e.id) || 0) + 1);
  for (const [id, count] of ids) if (count > 1) faults.push(`id ${id} is used ${count} times`);
  for (const name of ["aria-controls", "aria-describedby", "aria-labelledby", "aria-activedescendant", "for"])
    for (const e of all(`[${name}]`))
      for (const id of e.getAttribute(name).split(/\s+/)) if (!ids.has(id)) faults.push(`${name}=${id} leads nowhere`);

  if (all("main").length !== 1) faults.push("not exactly one main");
  if (all("h1").length !== 1) faults.push("not exactly one h1");
  if (!document.documentElement.lang) faults.push("no language");
  let level = 1;
  for (const e of all("main :is(h1, h2, h3, h4)").filter((e) => e.checkVisibility())) {
    const next = Number(e.tagName[1]);
    if (next > level + 1) faults.push(`heading skips to ${e.tagName}: ${e.textContent.slice(0, 60)}`);
    level = next;
  }

  for (const e of controls) {
    const box = e.getBoundingClientRect();
    const small = (box.width < 24 || box.height < 24) && getComputedStyle(e).display !== "inline";
    if (small && !e.closest(".hidden, .skip"))
      faults.push(`too small to touch, ${box.width} by ${box.height}: ${start(e)}`);
  }
  return faults;
}
"""


def chromium_path() -> str | None:
    """The system's Chromium, or None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; the test is skipped where the system has none."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 860,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
    touch: bool = False,
    tolerate: str = "nothing at all",
) -> Iterator[Page]:
    """The page at ``url`` in a fresh profile; fails on what the browser complains about, save what is tolerated."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script, has_touch=touch
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(url)
        if script:
            page.wait_for_selector("html.scripted", state="attached")
        yield page
    finally:
        context.close()
    complaints = [words for words in complaints if tolerate not in words]
    assert complaints == [], "\n".join(complaints)


def check_briefing(page: Page, *words: str) -> None:
    """The briefing is there: the bot says it, with these words and a button on each story."""
    message = page.locator(".message:not(.aside)").first
    expect(message.locator(".name")).to_have_text("Lede")
    for each in words:
        expect(message).to_contain_text(each)
    assert message.locator(".card .buttons button").count() > 0


def check_who(page: Page, typed: str, label: str, answer: str) -> None:
    """Typing the beginning of a name offers it; Tab takes it, Enter asks, and the answer comes to the asker alone."""
    line = page.get_by_role("combobox", name="Command or question")
    line.click()
    page.keyboard.type(typed, delay=15)
    option = page.get_by_role("option", name=label).first
    expect(option).to_be_visible()
    expect(line).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(line).to_have_value(f"{typed.split(' ', 1)[0]} {label}")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    aside = page.locator(".message.aside").last
    expect(aside).to_contain_text(answer)
    expect(aside).to_contain_text("Only you can see this")
    expect(line).to_have_value("")
    expect(line).to_be_focused()


def check_button(page: Page, label: str) -> None:
    """Pressing a button of the briefing answers below, in view, with the focus on the answer."""
    before = page.locator(".message").count()
    page.locator(".message:not(.aside)").first.get_by_role("button", name=label, exact=True).first.click()
    expect(page.locator(".message")).to_have_count(before + 1)
    answer = page.locator(".message").last
    expect(answer).to_be_focused()
    expect(answer).to_be_in_viewport()


def check_width(page: Page) -> None:
    """Nothing is wider than the screen."""
    page.wait_for_load_state()
    wide: Any = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"


def check_labels(page: Page) -> None:
    """Every control can be named, reached and touched."""
    page.wait_for_load_state()  # before its style sheets are there, nothing has its size
    faults: Any = page.evaluate(_FAULTS)
    assert faults == [], "\n".join(faults)
