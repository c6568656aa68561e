"""A message as text for a terminal. Pure; never raises, never loses a source.

Where the terminal shows hyperlinks they are used; elsewhere each address is numbered and listed below the message,
on a line of its own and never wrapped, so that it can be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import chain
from typing import assert_never

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from bot.messages.actions import Ask, OpenPage
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choice,
    Choices,
    Code,
    Divider,
    Emphasis,
    Facts,
    Heading,
    Line,
    Link,
    Message,
    Moment,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Span,
    Strong,
    Table,
)
from bot.platforms.terminal.text import is_mark, one_line, printable, safe_url, typed

#: Below this nothing readable can be laid out; narrower terminals wrap by themselves.
NARROWEST = 20
_INDENT = 3
# Padding at the end of a line, also when a style is ended after it.
_TRAILING = re.compile(r" +((?:\x1b\[0m)?)$")
#: The widest label of a row; the rest of the width is for what it labels.
_LABEL = 24


def render(message: Message, width: int = 80, *, colour: bool = False, links: bool = False) -> str:
    """``message`` without its thread as lines of at most ``width`` cells, except addresses and unbreakable marks.

    ``colour`` adds ANSI styles, ``links`` OSC 8 hyperlinks; with neither the text is plain.
    """
    width = max(width, NARROWEST)
    page = _Page(links, frozenset(_named(message)))
    parts = [part for block in message.blocks for part in page.block(block)]
    parts += page.addresses()
    return _printed(parts, width, colour=colour or links, styles=colour)


def _named(message: Message) -> Iterator[str]:
    """Addresses that stand behind words rather than a footnote's mark."""
    for block in message.blocks:
        for part in (block, *block.body) if isinstance(block, Card) else (block,):
            yield from (span.url for span in _spans(part) if isinstance(span, Link) and not is_mark(span.text))


def _spans(block: Block) -> Iterable[Span]:
    match block:
        case Paragraph(line) | Note(line):
            return line
        case Bullets(lines):
            return chain.from_iterable(lines)
        case Quotation():
            return block.sources
        case Facts(pairs):
            return chain.from_iterable(line for _, line in pairs)
        case Table(_, rows):
            return chain.from_iterable(chain.from_iterable(rows))
        case Card():
            return (block.title,)
        case Heading() | Divider() | Choices():
            return ()
        case _:
            assert_never(block)


def _printed(parts: Iterable[RenderableType], width: int, *, colour: bool, styles: bool) -> str:
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_interactive=False,
        no_color=not styles,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        unbroken = isinstance(part, Text) and bool(part.no_wrap)
        console.print(part, crop=not unbroken, overflow="ignore" if unbroken else "fold", soft_wrap=unbroken)
    lines = [_TRAILING.sub(r"\1", line) for line in out.getvalue().split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


@dataclass(slots=True)
class _Rule:
    """A line as wide as what stands above it, or as the page."""

    character: str
    under: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        cells = min(Text(self.under).cell_len if self.under else options.max_width, options.max_width)
        yield Text(self.character * cells, style="dim")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, options.max_width)


@dataclass(slots=True)
class _Page:
    """Turns blocks into what rich lays out, numbering addresses as they come."""

    hyperlinks: bool
    named: frozenset[str]  #: addresses that some words lead to, so that a footnote's mark alone suffices elsewhere
    numbers: dict[str, int] = field(default_factory=dict)

    def block(self, block: Block) -> Iterator[RenderableType]:
        """The block and the blank line below it."""
        yield from self._block(block)
        yield Text()

    def _block(self, block: Block) -> Iterator[RenderableType]:  # noqa: C901  # one case a member of the union
        match block:
            case Heading(text, level):
                words = one_line(text)
                yield Text(words, style="bold")
                if level == 1 and words:
                    yield _Rule("═", words)
            case Paragraph(line):
                yield self._line(line)
            case Note(line):
                yield self._line(line, "dim")
            case Bullets():
                yield self._bullets(block)
            case Quotation():
                yield self._quotation(block)
            case Facts():
                yield self._facts(block)
            case Table():
                yield self._table(block)
            case Divider():
                yield _Rule("─")
            case Choices():
                yield from self._choices(block)
            case Card():
                yield from self._card(block)
            case _:
                assert_never(block)

    def _line(self, line: Line, style: str = "") -> Text:
        text = Text(style=style)
        for span in line:
            text.append_text(self._span(span))
        return text

    def _span(self, span: Span) -> Text:
        words = printable(span.text)
        match span:
            case Plain() | Moment():
                return Text(words)
            case Strong():
                return Text(words, style="bold")
            case Emphasis():
                return Text(words, style="italic")
            case Code():
                return Text(words, style="cyan")
            case Link(url=url):
                return self._link(words, url)
            case _:
                assert_never(span)

    def _link(self, words: str, url: str) -> Text:
        address = safe_url(url)
        if address is None:
            return Text(f"{words} ({one_line(url)})" if one_line(url) else words)
        if self.hyperlinks:
            return Text(words or address, style=Style(underline=True, link=address))
        number = self.numbers.setdefault(address, len(self.numbers) + 1)
        return Text(words if is_mark(words) and address in self.named else f"{words} [{number}]".lstrip())

    def _bullets(self, bullets: Bullets) -> RenderableType:
        grid = _grid()
        for number, line in enumerate(bullets.items, bullets.start):
            grid.add_row(Text(f"{number}." if bullets.numbered else "•"), self._line(line))
        return grid

    def _quotation(self, quotation: Quotation) -> RenderableType:
        words = Text(f"“{printable(quotation.words)}”", style="italic")
        rest = [one_line(part) for part in (quotation.speaker, quotation.context, quotation.said)]
        by = Text("— " + ", ".join(part for part in rest if part), style="dim")
        if quotation.sources:
            by.append(" · ").append_text(self._line(quotation.sources))
        return _Barred(Text("\n").join([words, by]))

    def _facts(self, facts: Facts) -> RenderableType:
        grid = _grid(separation=2)
        for label, line in facts.pairs:
            grid.add_row(Text(one_line(label), style="dim"), self._line(line))
        return grid

    def _table(self, table: Table) -> RenderableType:
        grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        for column in table.columns:
            grid.add_column(Text(one_line(column)), overflow="fold")
        for row in table.rows:
            grid.add_row(*(self._line(cell) for cell in row))
        return grid

    def _choices(self, choices: Choices) -> Iterator[RenderableType]:
        if choices.prompt:
            yield Text(one_line(choices.prompt), style="bold")
        if choices.pick:
            grid = _grid()
            for number, choice in enumerate(choices.choices, 1):
                label = Text(one_line(choice.label), style="bold")
                if choice.hint:
                    label.append(f" — {one_line(choice.hint)}", style="not bold dim")
                grid.add_row(Text(f"{number}."), label.append("\n").append_text(self._action(choice.action)))
            yield grid
            return
        yield Text(" · ").join(self._button(choice) for choice in choices.choices)

    def _button(self, choice: Choice) -> Text:
        if self.hyperlinks and isinstance(choice.action, OpenPage):
            return self._link(one_line(choice.label), choice.action.url)
        return Text(f"{one_line(choice.label)}: ", style="dim").append_text(self._action(choice.action))

    def _action(self, action: OpenPage | Ask) -> Text:
        match action:
            case Ask():
                return Text(typed(action), style="not dim cyan")
            case OpenPage(url):
                return self._link("", url)
            case _:
                assert_never(action)

    def _card(self, card: Card) -> Iterator[RenderableType]:
        title = Text(f"{card.number}. " if card.number is not None else "", style="bold")
        title.append_text(self._span(card.title))
        if card.badge:
            title.append(f"  [{one_line(card.badge)}]", style="not bold green")
        yield title
        for block in (*card.body, *([card.choices] if card.choices else [])):
            for part in self._block(block):
                yield Padding(part, (0, 0, 0, _INDENT))

    def addresses(self) -> Iterator[RenderableType]:
        """The numbered addresses, one a line."""
        for address, number in self.numbers.items():
            yield Text(f"[{number}] {address}", style="dim", no_wrap=True)


@dataclass(slots=True)
class _Barred:
    """Text with a bar down its left side."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.wrap(console, max(options.max_width - 2, 1), overflow="fold"):
            yield Text("│ ", style="dim").append_text(line)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(3, options.max_width)


def _grid(separation: int = 1) -> Grid:
    grid = Grid.grid(padding=(0, separation, 0, 0))
    grid.add_column(no_wrap=False, overflow="fold", max_width=_LABEL)
    grid.add_column(overflow="fold")
    return grid
