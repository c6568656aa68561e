"""Whatever the words, Discord shows the words: read back by a small reader of its markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.model import Code, Emphasis, Line, Link, Moment, Plain, Strong
from bot.platforms.discord.escape import GAP, clean, code, escape, link, safe_url
from bot.platforms.discord.markdown import inline, markdown
from tests.samples import HOSTILE_TEXTS, MORNING

#: Everything that Discord's client or server makes more of than its characters, in text whose escapes are gone.
_LOOKS = {
    "emphasis": r"\*\S|\S\*|_\S.*_|~~.+~~|\|\|.+\|\|",
    "code": r"`",
    "masked link": r"\[[^\]]*\]\(",
    "address": r"https?://",
    "mention, time, emoji in angle brackets": r"<[@#/:ati]",
    "broadcast": r"@(everyone|here)",
    "emoji by name": r":[\w+-]+:",
    "quote": r"(?m)^\s*>",
    "heading": r"(?m)^\s*#",
    "small print": r"(?m)^\s*-#",
    "list": r"(?m)^\s*[-*+](\s|$)",
    "numbered list": r"(?m)^\s*\d*[.)](\s|$)",
}
_ESCAPED = "\x01"


def read(shown: str) -> tuple[str, str]:
    """What people see of escaped text, and the same with each escaped character hidden from the rules of looks."""
    seen: list[str] = []
    live: list[str] = []
    at = 0
    while at < len(shown):
        if shown[at] == "\\" and at + 1 < len(shown) and re.match(r"[^\w\s]|_", shown[at + 1]):
            seen.append(shown[at + 1])
            live.append(_ESCAPED)
            at += 2
            continue
        seen.append("" if shown[at] == GAP else shown[at])
        live.append(shown[at])
        at += 1
    return "".join(seen), "".join(live)


def _looks(live: str) -> list[str]:
    return [name for name, pattern in _LOOKS.items() if re.search(pattern, live, re.IGNORECASE)]


def assert_shown(text: str) -> None:
    """``text`` is what people see of it escaped, and no rule of looks finds anything."""
    seen, live = read(escape(text))
    assert seen == clean(text).replace(GAP, "")
    assert _looks(live) == []


_MARKS = st.sampled_from([*"*_~|`[]()<>#-+.:/\\@!&> \n0123abt", "://", "@everyone", "<@1>", "http", "](", "```", GAP])
_TEXTS = st.one_of(st.text(), st.lists(_MARKS, max_size=40).map("".join))


@settings(max_examples=600)
@given(_TEXTS)
def test_escaped_text_shows_as_the_text(text: str) -> None:
    """No character is lost, added or turned into looks."""
    assert_shown(text)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_texts_show_as_they_are(name: str) -> None:
    """The collected attacks are words like any other."""
    assert_shown(HOSTILE_TEXTS[name])


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://b.example) [c](https://d.example)",
        "<@123> <@!123> <@&1> <#1> </who:1> <t:1618953630:R> <a:x:1> <:x:1> <id:home>",
        "@everyone @HERE @here",
        "# one\n## two\n-# three\n> four\n- five\n1. six\n>>> seven",
        "see https://evil.example/_x_ now :smile: :a:b:",
        "a\u202egnp.exe",
        "snake_case_name **bold** ||spoiler|| ``` code",
    ],
)
def test_known_attacks_are_words(text: str) -> None:
    """What the library's own escape lets through."""
    assert_shown(text)


def test_ordinary_words_are_left_alone() -> None:
    """Escapes are for marks: prose, times, prices and names are posted as they are."""
    prose = "Delcy Rodríguez said at 08:30 “We'll meet” — 4.5 % of $1,200 (about 3-4 days); it's A/B & so on!"

    assert escape(prose) == prose


@given(_TEXTS)
def test_the_server_finds_no_mention_in_the_raw_text(text: str) -> None:
    """The server reads raw text for pings, whatever the client shows; none is left there."""
    raw = escape(text)

    assert not re.search(r"@(everyone|here)|<@[!&]?\d+>|<#\d+>", raw)


@given(_TEXTS, _TEXTS)
def test_no_mark_hides_on_a_seam(one: str, two: str) -> None:
    """Two pieces that are harmless alone are harmless side by side."""
    _, live = read(markdown((Plain(one), Plain(two))))

    assert _looks(live) == []


@settings(max_examples=300)
@given(_TEXTS, _TEXTS)
def test_strong_words_are_nothing_but_strong(one: str, two: str) -> None:
    """Marks of emphasis surround the words and nothing in the words ends them."""
    shown = markdown((Strong(one), Emphasis(two)))
    seen, _ = read(shown)

    bare = "".join(re.sub(r"\s", "", clean(t)).replace(GAP, "") for t in (one, two))
    assert re.sub(r"[\s*]", "", seen) == bare.replace("*", "")


# --- links ------------------------------------------------------------------------------------------------------------

_LINK = re.compile(r"\[((?:\\.|[^\]\\])+)\]\((https?://[^\s()<>]+)\)")


@settings(max_examples=300)
@given(_TEXTS)
def test_a_link_is_one_link_to_its_own_address(text: str) -> None:
    """Words cannot end the link, add another, or pretend to be an address."""
    shown = link(text, "https://example.com/a_(b)?q=1&r=[2]")

    found = _LINK.findall(shown)
    assert [url for _, url in found] == ["https://example.com/a_%28b%29?q=1&r=%5B2%5D"]
    rest = _LINK.sub("", shown)
    assert _looks(read(rest)[1]) == [] or not rest.strip()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.com/ä b", "https://example.com/%C3%A4%20b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("HTTP://example.com", "http://example.com"),
        ("https://example.com/%20?a=%26#f", "https://example.com/%20?a=%26#f"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(url: str, safe: str) -> None:
    """An address is made fit for a masked link, or there is no link."""
    assert safe_url(url) == safe
    assert ("](" in link("words", url)) == bool(safe)


def test_words_that_look_like_an_address_stand_before_the_link() -> None:
    """Discord refuses to hide one address behind another, so the words are shown as words."""
    shown = link("https://bank.example", "https://evil.example/x")

    assert shown == r"https\://bank.example [↗](https://evil.example/x)"


# --- code and times ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/why 1", "`/why 1`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a``b", r"a\`\`b"),
        ("two\nlines", "`two lines`"),
        ("", ""),
        ("ping @everyone", f"`ping @{GAP}everyone`"),
    ],
)
def test_code_is_on_one_line_and_whole(text: str, shown: str) -> None:
    """Backticks inside never end the code."""
    assert code(text) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ((Strong(" lead "), Plain("text")), "**lead** text"),
        ((Strong("a"), Emphasis("b")), f"**a**{GAP}*b*"),
        ((Strong("a"), Strong("b")), "**ab**"),
        ((Code("/who"), Plain(" name")), "`/who` name"),
        ((Moment(MORNING, "08:00 Berlin"),), f"<t:{int(MORNING.timestamp())}:f>"),
        ((Moment(MORNING, "13 Jan 2026"),), "13 Jan 2026"),
        ((Link("Wire", "https://example.com"), Plain(".")), "[Wire](https://example.com)."),
    ],
)
def test_spans_have_their_looks(line: Line, shown: str) -> None:
    """Each kind of span is Discord's own way of saying it."""
    assert markdown(line) == shown


def test_an_item_is_one_line() -> None:
    """A line break inside an item cannot begin a line of its own."""
    assert inline((Plain("one\n# two"),)) == r"one \# two"
