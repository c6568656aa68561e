"""The web renderer keeps the laws of messages for every sample and text: words stay words, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.actions import Ask, OpenPage, ask, decode
from bot.messages.model import (
    Bullets,
    Card,
    Choice,
    Choices,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    plain,
)
from bot.platforms.web.render import render
from bot.platforms.web.text import clean, mark_number
from tests.samples import FULL, HOSTILE_TEXTS, SAMPLES, THIN, choices, links, quotations

everywhere = pytest.mark.parametrize("name", SAMPLES)

_TAGS = frozenset(
    "a bdi blockquote br button cite code dd div dl dt em figcaption figure h2 h3 hr li ol p section span strong sup "
    "table tbody td th thead time tr ul".split()
)
_ATTRIBUTES = frozenset(
    "aria-label class datetime href name rel role scope start tabindex target title type value".split()
)
_VOID = frozenset({"br", "hr"})


class Reader(HTMLParser):
    """Reads HTML as a browser would and refuses what a renderer of ours never writes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hrefs: list[str] = []
        self.codes: list[str] = []
        self.buttons: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, "elements are closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        assert tag in _TAGS
        assert {name for name, _ in attrs} <= _ATTRIBUTES
        given = dict(attrs)
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "br":
            self.words.append("\n")
        if href := given.get("href"):
            assert href.startswith(("http://", "https://"))
            assert given["rel"] == "noopener noreferrer nofollow"
            self.hrefs.append(href)
        if tag == "button":
            assert given["type"] == "submit"
            assert given["name"] == "action"
            self.codes.append(given["value"] or "")
            self.buttons.append("")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        assert self._open.pop() == tag, "elements are nested"

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words.append(data)
        if "button" in self._open:
            self.buttons[-1] += data

    def handle_comment(self, data: str) -> None:
        """Never written."""
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        """Never written."""
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        """Never written."""
        raise AssertionError(f"an instruction: {data}")

    @property
    def text(self) -> str:
        """All words as shown."""
        return "".join(self.words)


def squeezed(text: str) -> str:
    """Without white space, which HTML collapses."""
    return "".join(text.split())


def read(*blocks: Paragraph | Choices | Card | Bullets | Quotation | Heading | Note) -> Reader:
    """What a browser makes of a message of these blocks."""
    return Reader(render(Message("x", blocks, "x"))["html"])


def test_golden(golden: Callable[[str, str], None]) -> None:
    """The markup of a full message changes only on purpose."""
    golden("web/full.html", render(FULL)["html"].replace("><", ">\n<") + "\n")


@everywhere
def test_only_our_own_markup(name: str) -> None:
    """Nothing but a fixed set of elements and attributes comes out, well nested."""
    Reader(render(SAMPLES[name])["html"])


@everywhere
def test_every_address_is_there(name: str) -> None:
    """No source is lost."""
    assert links(SAMPLES[name]) <= set(Reader(render(SAMPLES[name])["html"]).hrefs)


@everywhere
def test_quotations_are_whole(name: str) -> None:
    """A quotation is shown with all its words."""
    text = squeezed(Reader(render(SAMPLES[name])["html"]).text)
    for words in quotations(SAMPLES[name]):
        assert squeezed(f"“{clean(words)}”") in text


@everywhere
def test_the_summary_is_there(name: str) -> None:
    """Notices and screen readers get plain words, never none."""
    payload = render(SAMPLES[name])
    assert payload["text"].strip()
    assert squeezed(payload["text"]) == squeezed(clean(SAMPLES[name].summary))
    assert payload["tone"] == SAMPLES[name].tone


@everywhere
def test_a_payload_can_be_kept(name: str) -> None:
    """Whatever came in, the payload encodes to UTF-8 and holds no control characters."""
    for value in render(SAMPLES[name]).values():
        value.encode()
        assert not [c for c in value if ord(c) < 32 and c not in "\n\t"]


@pytest.mark.parametrize("name", ["thin", "full", "overlong"])
def test_buttons_carry_their_actions(name: str) -> None:
    """Each button's code means the action it was made from, and each has words."""
    read = Reader(render(SAMPLES[name])["html"])
    expected = [choice.action for choice in choices(SAMPLES[name]) if isinstance(choice.action, Ask)]
    assert [decode(code) for code in read.codes] == expected
    assert all(words.strip() for words in read.buttons)


@given(st.text(st.characters(exclude_categories=[])) | st.sampled_from(list(HOSTILE_TEXTS.values())))
def test_any_text_is_shown_as_text(text: str) -> None:
    """Whatever the words are, they come out as those words, in every place words can stand."""
    line = (Plain(text), Link(text, "https://a.example/?a=1&b=<2>"))
    read_ = read(
        Heading(text), Paragraph(line), Bullets((line,)), Quotation(text, text, text, text, line), Note(line),
        Card(Link(text, "https://a.example"), text, 1, (Paragraph(line),)),
        Choices((Choice(text, ask("who", name=text), text),), pick=True, prompt=text),
    )  # fmt: skip
    assert mark_number(text) or squeezed(clean(text)) in squeezed(read_.text)
    assert len(read_.codes) == 1
    action = decode(read_.codes[0])
    assert action is not None
    assert action.options == (("name", clean(text)),)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a b.example", "", "//a.example"])
def test_an_unsafe_address_is_words(url: str) -> None:
    """An address that is no web page never becomes a link, and is not swallowed."""
    page = read(Paragraph((Link("words", url),)), Choices((Choice("Open", OpenPage(url)),)))
    assert page.hrefs == []
    assert "words" in page.text
    assert squeezed(url) in squeezed(page.text)


def test_marks_cling_to_their_words() -> None:
    """A footnote's mark is raised, tells a screen reader what it is, and never begins a line of its own."""
    html = render(Message("x", (Paragraph((Plain("So."), Plain(" "), Link("¹²", "https://a.example"))),), "x"))["html"]
    assert html.startswith('<p>So.<sup class="mark"><a href="https://a.example"')
    assert 'aria-label="Source 12">12</a></sup>' in html


def test_a_mark_without_an_address() -> None:
    """The mark of a source that has no address looks like one, but leads nowhere."""
    html = render(Message("x", (Paragraph((Plain("So."), Plain(" "), Plain("¹"))), Note(plain("¹ Wire"))), "x"))["html"]
    mark = '<sup class="mark"><span role="img" aria-label="Source 1">1</span></sup>'
    assert html == f'<p>So.{mark}</p><p class="note">¹ Wire</p>'


def test_direction_stays_inside() -> None:
    """Text that turns the direction of writing is set apart from what follows it."""
    html = render(Message("x", (Paragraph((Plain("\u202eevil"), Plain(" after"))),), "x"))["html"]
    assert html == "<p><bdi>\u202eevil</bdi> after</p>"


def test_a_broken_line_is_broken() -> None:
    """A line feed in a text is a break, whatever kind it was."""
    assert render(Message("x", (Paragraph(plain("a\nb\r\nc\u2028d")),), "x"))["html"] == "<p>a<br>b<br>c<br>d</p>"


def test_a_list_counts_from_its_start() -> None:
    """The second page of a numbered list goes on where the first ended."""
    html = render(Message("x", (Bullets((plain("six"),), numbered=True, start=6),), "x"))["html"]
    assert html == '<ol start="6"><li>six</li></ol>'


def test_the_thread_is_not_in_it() -> None:
    """Details are sent as replies of their own."""
    assert "cracks found" not in render(FULL)["html"]
    assert render(THIN)["html"] == "<p>Nothing new since Monday.</p>"
