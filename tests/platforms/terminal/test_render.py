"""The terminal's renderer keeps the laws of messages for every sample, width and text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.messages.actions import Ask, OpenPage, ask
from bot.messages.model import Bullets, Choice, Choices, Link, Message, Note, Paragraph, Plain, Quotation, plain
from bot.platforms.terminal.render import render
from bot.platforms.terminal.text import printable, typed
from bot.services.parsing import parse
from tests.samples import FULL, HOSTILE_TEXTS, SAMPLES, choices, links, quotations

_STYLES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;[^\x1b\x07]*\x1b\\")
_OSC_ID = re.compile(r"\x1b\]8;id=[^;]*;")

everywhere = pytest.mark.parametrize("name", SAMPLES)
widths = pytest.mark.parametrize("width", [1, 20, 41, 80, 200])


@cache
def shown(name: str, width: int, colour: bool = False, links: bool = False) -> str:
    """A sample as rendered; the large ones take long enough to be worth keeping."""
    return render(SAMPLES[name], width, colour=colour, links=links)


def squeezed(text: str) -> str:
    """The words alone: without white space and the bars beside quotations, which wrapping moves about."""
    return re.sub(r"[\s│]", "", text)


@pytest.mark.parametrize("name", ["thin", "full"])
@pytest.mark.parametrize("width", [40, 80])
def test_golden(name: str, width: int, golden: Callable[[str, str], None]) -> None:
    """What the samples look like changes only on purpose."""
    golden(f"terminal/{name}-{width}.txt", shown(name, width))


def test_golden_in_colour(golden: Callable[[str, str], None]) -> None:
    """So does what a terminal with colours and hyperlinks shows."""
    golden("terminal/full-colour.txt", _OSC_ID.sub("\x1b]8;;", render(FULL, 80, colour=True, links=True)))


@everywhere
@widths
def test_every_address_is_there(name: str, width: int) -> None:
    """No source is lost: each address stands unbroken on a line of its own, once."""
    lines = shown(name, width).splitlines()
    for url in links(SAMPLES[name]):
        assert sum(line.endswith(f"] {url}") for line in lines) == 1, url


@everywhere
def test_hyperlinks_lead_to_every_address(name: str) -> None:
    """With hyperlinks, no address is lost either."""
    text = shown(name, 80, colour=True, links=True)
    targets = set(re.findall(r"\x1b\]8;[^;\x1b]*;([^\x1b]+)\x1b\\", text))
    assert links(SAMPLES[name]) <= targets


@everywhere
@widths
def test_quotations_are_whole(name: str, width: int) -> None:
    """A quotation is shown with all its words, wherever it wraps."""
    text = squeezed(shown(name, width))
    for words in quotations(SAMPLES[name]):
        assert squeezed(f"“{printable(words)}”") in text


@everywhere
@widths
def test_lines_fit(name: str, width: int) -> None:
    """No line is wider than asked for, save addresses, which must not be broken."""
    for line in shown(name, width).splitlines():
        if not re.match(r"\[\d+\] https?://", line):
            assert cell_len(line) <= max(width, 20), line


@everywhere
def test_nothing_is_obeyed(name: str) -> None:
    """No control character from outside reaches the terminal, with or without styles of our own."""
    for text in (shown(name, 80), _STYLES.sub("", shown(name, 80, colour=True, links=True))):
        assert not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
        assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@everywhere
def test_colour_changes_no_word(name: str) -> None:
    """Without its styles a coloured text is the plain one."""
    bare = _STYLES.sub("", shown(name, 80, colour=True))
    assert [line.rstrip() for line in bare.splitlines()] == shown(name, 80).splitlines()


@pytest.mark.parametrize("name", ["full", "overlong"])
def test_every_button_can_be_typed(name: str) -> None:
    """What a button would do stands there as a command."""
    text = squeezed(shown(name, 80))
    for choice in choices(SAMPLES[name]):
        if not isinstance(choice.action, OpenPage):
            assert squeezed(typed(choice.action)) in text


@given(st.text() | st.sampled_from(list(HOSTILE_TEXTS.values())), st.integers(1, 120))
def test_any_text_is_shown_as_text(text: str, width: int) -> None:
    """Whatever the words are, they come out as words: none is lost, none is read as markup."""
    message = Message("x", (Paragraph(plain(text)), Quotation(text, text)), "x")
    lines = render(message, width)
    assert squeezed(printable(text)) in squeezed(lines)
    assert not [c for c in lines if c != "\n" and unicodedata.category(c) == "Cc"]


def test_a_mark_stands_alone_only_where_words_lead_there_too() -> None:
    """A footnote's mark needs no number of its own when its source is named; alone it does."""
    named = Message("x", (Paragraph((Plain("a "), Link("¹", "https://a.example"))),
                          Note((Plain("¹ "), Link("A", "https://a.example")))), "x")  # fmt: skip
    alone = Message("x", (Paragraph((Plain("a "), Link("¹", "https://a.example"))),), "x")
    assert "a ¹\n" in render(named)
    assert "a ¹ [1]\n" in render(alone)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/\x1b]0;x\x07", "ftp://a.example", ""])
def test_an_unsafe_address_is_words(url: str) -> None:
    """An address that is no web page is shown as words, never as a hyperlink."""
    text = render(Message("x", (Paragraph((Link("words", url),)),), "x"), links=True)
    assert "words" in text
    assert "\x1b]8" not in text


def test_numbers_go_on_where_the_list_does() -> None:
    """A numbered list counts from its start."""
    text = render(Message("x", (Bullets((plain("six"), plain("seven")), numbered=True, start=6),), "x"))
    assert text == "6. six\n7. seven\n"


def test_a_choice_says_what_to_type() -> None:
    """Candidates are numbered, told apart by their hints, with the command that picks each."""
    pick = Choices((Choice("Tamm", ask("who", name="ilse tamm"), "minister"),), pick=True, prompt="Which?")
    assert render(Message("x", (pick,), "x")) == "Which?\n1. Tamm — minister\n   who ilse tamm\n"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (ask("who", name="ilse tamm"), "who ilse tamm"),
        (ask("quotes", story="8ec"), "quotes story:8ec"),
        (ask("story", story="8ec", page=2), "story story:8ec page:2"),
        (ask("search", text="two words"), 'search text:"two words"'),
        (ask("help"), "help"),
    ],
)
def test_typed(action: Ask, expected: str) -> None:
    """An action is shown in words that parse back to it."""
    assert typed(action) == expected
    assert parse(expected).options == dict(action.options)
