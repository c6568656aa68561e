"""A message as everyone would read it, before any platform's dialect.

Text is never markup. Words from outside enter only as the text of a span, and a renderer escapes them once, at the
leaf. The unions are closed: a renderer matches every member and ends in ``assert_never``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from bot.messages.actions import Action

Tone = Literal["news", "answer", "choice", "problem", "notice"]


# --- spans: runs of text inside a line ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that lead the line."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart: a label, an attribution."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type: a command, an id."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open a page. ``url`` is http or https; :func:`linked` makes one only from such an address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, which a platform may show in each reader's own time; ``text`` is what others show."""

    instant: datetime
    text: str


Span = Plain | Strong | Emphasis | Code | Link | Moment
Line = tuple[Span, ...]


# --- blocks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the message; ``level`` 1 leads the message, 2 a part of it."""

    text: str
    level: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One running line or a few."""

    spans: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines of equal rank, in order; ``numbered`` shows 1., 2. and so on, counting from ``start``."""

    items: tuple[Line, ...]
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """What someone said, verbatim: shown whole or not at all. ``sources`` lead to where it was published."""

    words: str
    speaker: str
    context: str = ""
    said: str = ""
    sources: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Things compared, such as figures: a row of column names and equally long rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: sources, dates, how to go on."""

    spans: Line


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button or list entry. ``hint`` tells alike ones apart; ``primary`` marks the expected one."""

    label: str
    action: Action
    hint: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons in a row, or with ``pick`` one of several to choose from (a list or a select menu)."""

    choices: tuple[Choice, ...]
    pick: bool = False
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One story: its parts belong together and are split only when nothing else fits.

    ``title`` may link to the article; ``badge`` is a word such as *new*; ``body`` holds no card.
    """

    title: Span
    badge: str = ""
    number: int | None = None
    body: tuple[Paragraph | Bullets | Quotation | Facts | Table | Note, ...] = ()
    choices: Choices | None = None


Block = Heading | Paragraph | Bullets | Quotation | Facts | Table | Note | Divider | Choices | Card


@dataclass(frozen=True, slots=True)
class Message:
    """One thing the bot says.

    ``blocks`` are all that is shown; ``title`` names the message where a platform needs a name apart from it (a forum
    post, a thread, a page) and is not shown above the blocks, whose first is usually a heading of level 1.
    ``summary`` is what a notification, a screen reader or a client without blocks shows: plain words, never empty.
    ``thread`` are messages that belong below this one (details of a briefing's stories).
    """

    title: str
    blocks: tuple[Block, ...]
    summary: str
    tone: Tone = "answer"
    thread: tuple[Message, ...] = field(default=())

    def with_blocks(self, *blocks: Block) -> Message:
        """The same message with ``blocks`` after its own."""
        return replace(self, blocks=(*self.blocks, *blocks))


# --- making spans -----------------------------------------------------------------------------------------------------


def plain(text: str) -> Line:
    """A line of nothing but words."""
    return (Plain(text),)


def linked(text: str, url: str | None) -> Span:
    """A link where ``url`` is an http or https address, else the words alone."""
    if url and url.lower().startswith(("https://", "http://")) and not any(c.isspace() for c in url):
        return Link(text, url)
    return Plain(text)


def text_of(spans: Iterable[Span]) -> str:
    """The words of a line without their looks."""
    return "".join(span.text for span in spans)


def day(moment: date) -> str:
    """A date as shown everywhere: ``9 Jan 2026``."""
    return f"{moment.day} {moment:%b %Y}"
