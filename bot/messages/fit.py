"""Fitting a message to a platform's limits without knowing them.

A renderer says how large a block is (``measure``, a vector such as components and characters, additive over blocks) and
how much one payload holds (``limits``, the same units, less what frames every payload). The order of giving way:

1. split between blocks: a heading stays with what follows it, buttons with what precedes them;
2. shorten the running text of a card that can be read on elsewhere, and say so with a link;
3. drop a quotation whole, keeping its sources;
4. split inside a block, at a sentence's or word's end.

Never cut: a link, a quotation, a character as people see it (an emoji of several code points is one). No source is
lost. Everything here is pure and total: hostile input gives an ugly page at worst, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.messages.cutting import (
    ELLIPSIS,
    cut,
    graphemes,
    links_of,
    shortened,
    smallest,
    split_line,
    take,
)
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Link,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Span,
    Strong,
    Table,
    plain,
    text_of,
)

__all__ = [
    "ELLIPSIS",
    "READ_ON",
    "Measure",
    "Page",
    "Size",
    "cut",
    "graphemes",
    "links_of",
    "paginate",
    "sources_of",
    "split_line",
    "take",
    "without_quotation",
]

Size = tuple[int, ...]
Measure = Callable[[Block], Size]
Page = tuple[Block, ...]
_Part = TypeVar("_Part")

READ_ON = "… read on"
#: A card's running text is never shortened below this many characters; what then does not fit goes to the next page.
_LEAST_BODY = 80


# --- blocks -----------------------------------------------------------------------------------------------------------


def sources_of(block: Block) -> tuple[Link, ...]:
    """Every link that a block shows outside its buttons, each address once, in order."""
    return links_of(_spans(block))


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Paragraph() | Note():
            yield from block.spans
        case Bullets():
            yield from (span for item in block.items for span in item)
        case Quotation():
            yield from block.sources
        case Facts():
            yield from (span for _, line in block.pairs for span in line)
        case Table():
            yield from (span for row in block.rows for line in row for span in line)
        case Card():
            yield block.title
            for part in block.body:
                yield from _spans(part)
        case Heading() | Divider() | Choices():
            return


def without_quotation(quotation: Quotation) -> Note:
    """What stands in for a quotation that is dropped: whose it was, and where to read it."""
    gaps = [part for source in quotation.sources for part in (Plain(" "), source)]
    return Note((Plain(f"A quotation of {quotation.speaker} is too long to show whole here."), *gaps))


def paginate(blocks: Sequence[Block], measure: Measure, limits: Size) -> tuple[Page, ...]:
    """``blocks`` in pages that each measure at most ``limits``, in order, nothing lost but quotations too long to show.

    Args:
        blocks: what to show.
        measure: how large one block is; sizes add up over the blocks of a page.
        limits: what one page holds, in the same units and order.

    Returns:
        At least one page unless ``blocks`` is empty. A page that is one block which no rule can make smaller (a link
        longer than the limit) is left to the renderer.
    """
    pages: list[Page] = []
    page: list[Block] = []
    used: Size = (0,) * len(limits)
    for unit in _units(list(_fitting(blocks, measure, limits)), measure, limits):
        size = _sum((measure(block) for block in unit), len(limits))
        if page and not _within(_add(used, size), limits):
            pages.append(tuple(page))
            page, used = [], (0,) * len(limits)
        page.extend(unit)
        used = _add(used, size)
    if page:
        pages.append(tuple(page))
    trimmed = (_trimmed(page) for page in pages)
    return tuple(page for page in trimmed if page) or tuple(pages[:1])


def _units(blocks: Sequence[Block], measure: Measure, limits: Size) -> Iterator[list[Block]]:
    """Blocks that stay on one page: headings with what follows, buttons with what precedes, where both fit."""
    unit: list[Block] = []
    for block in blocks:
        joins = bool(unit) and (isinstance(unit[-1], Heading) or isinstance(block, Choices))
        if joins and _within(_sum((measure(part) for part in (*unit, block)), len(limits)), limits):
            unit.append(block)
            continue
        if unit:
            yield unit
        unit = [block]
    if unit:
        yield unit


def _trimmed(page: Page) -> Page:
    """A page without dividers at its edges."""
    start, end = 0, len(page)
    while start < end and isinstance(page[start], Divider):
        start += 1
    while end > start and isinstance(page[end - 1], Divider):
        end -= 1
    return page[start:end]


def _fitting(blocks: Iterable[Block], measure: Measure, limits: Size) -> Iterator[Block]:
    """The blocks, each made to fit alone: shortened, or in pieces."""
    for block in blocks:
        if _within(measure(block), limits):
            yield block
        else:
            yield from _pieces(block, measure, limits)


def _pieces(block: Block, measure: Measure, limits: Size) -> Iterator[Block]:
    """A block that is too large for one page, as blocks that are not."""

    def fits(part: Block) -> bool:
        return _within(measure(part), limits)

    match block:
        case Heading(text):
            yield from _text(Paragraph((Strong(text),)), fits)
        case Paragraph() | Note():
            yield from _text(block, fits)
        case Quotation():
            yield from _text(without_quotation(block), fits)
        case Bullets() | Facts() | Table() | Choices():
            yield from _list(block, fits)
        case Card():
            parts = tuple(_card(block, fits))
            yield from parts if parts == (block,) else _fitting(parts, measure, limits)
        case Divider():
            yield block


def _text(block: Paragraph | Note, fits: Callable[[Block], bool]) -> Iterator[Block]:
    for line in split_line(block.spans, lambda line: fits(replace(block, spans=line))):
        yield replace(block, spans=line)


def _list(block: Bullets | Facts | Table | Choices, fits: Callable[[Block], bool]) -> Iterator[Block]:
    """A block of several parts as blocks of fewer parts."""
    match block:
        case Bullets():
            yield from _bullets(block, fits)
        case Facts():
            pairs = [pair for label, line in block.pairs for pair in _pairs(label, line, fits)]
            yield from (Facts(group) for group in _groups(pairs, lambda group: fits(Facts(group))))
        case Table():
            yield from _tables(block, fits)
        case Choices():
            groups = _groups(block.choices, lambda group: fits(replace(block, choices=group)))
            yield from (replace(block, choices=group) for group in groups)


def _bullets(block: Bullets, fits: Callable[[Block], bool]) -> Iterator[Block]:
    """A list in parts that fit; numbers go on counting, and an item too long for a page goes on in the next part."""
    number = block.start
    items: list[tuple[int, Line]] = []
    for offset, item in enumerate(block.items):
        pieces = split_line(item, lambda part: fits(replace(block, items=(part,)))) or [item]
        items.extend((number + offset, piece) for piece in pieces)
    for group in _groups(items, lambda group: fits(replace(block, items=tuple(line for _, line in group)))):
        yield replace(block, items=tuple(line for _, line in group), start=group[0][0])


def _tables(block: Table, fits: Callable[[Block], bool]) -> Iterator[Block]:
    """A table in parts under the same columns; a row too large for a page becomes facts."""

    def table(rows: tuple[tuple[Line, ...], ...]) -> Table:
        return replace(block, rows=rows)

    for group in _groups(block.rows, lambda group: fits(table(group))):
        if len(group) > 1 or fits(table(group)):
            yield table(group)
            continue
        for column, line in zip(block.columns, group[0], strict=False):
            yield from (Facts((pair,)) for pair in _pairs(column, line, fits))


def _pairs(label: str, line: Line, fits: Callable[[Block], bool]) -> Iterator[tuple[str, Line]]:
    """One fact as several of the same label that each fit."""
    if not fits(Facts(((label, plain("")),))):
        label = cut(label, _LEAST_BODY)
    for piece in split_line(line, lambda part: fits(Facts(((label, part),)))) or [line]:
        yield label, piece


def _groups(parts: Sequence[_Part], fits: Callable[[tuple[_Part, ...]], bool]) -> Iterator[tuple[_Part, ...]]:
    """``parts`` in groups as long as fit, in order; one that does not fit alone is a group of its own."""
    group: tuple[_Part, ...] = ()
    for part in parts:
        if group and not fits((*group, part)):
            yield group
            group = ()
        group = (*group, part)
    if group:
        yield group


# --- cards ------------------------------------------------------------------------------------------------------------


def _card(card: Card, fits: Callable[[Block], bool]) -> Iterator[Block]:
    """A card that fits, followed by whatever of its body did not."""
    if isinstance(card.title, Link):
        shorter = _shorter_card(card, card.title, fits)
        if shorter is not None:
            yield shorter
            return
    yield from _split_card(card, fits)


def _shorter_card(card: Card, title: Link, fits: Callable[[Block], bool]) -> Card | None:
    """The card with its running text evenly shortened and a link to read on; None where that is not enough.

    Quotations give way, the last first, only after the text has.
    """
    body = card.body
    more = Note((Link(READ_ON, title.url),))
    while True:
        longest = max((len(text_of(line)) for part in body for line in _running(part)), default=0)
        low, high = _LEAST_BODY, longest
        best: Card | None = None
        while low <= high:
            room = (low + high) // 2
            attempt = replace(card, body=(*(_with_room(part, room) for part in body), more))
            if fits(attempt):
                best, low = attempt, room + 1
            else:
                high = room - 1
        if best is None and longest < _LEAST_BODY:
            plain = replace(card, body=(*body, more))
            best = plain if fits(plain) else None
        if best is not None:
            return best
        dropped = _drop_last_quotation(body)
        if dropped is None:
            return None
        body = dropped


def _running(part: Block) -> tuple[Line, ...]:
    match part:
        case Paragraph():
            return (part.spans,)
        case Bullets():
            return part.items
        case _:
            return ()


_BodyPart = Paragraph | Bullets | Quotation | Facts | Table | Note


def _with_room(part: _BodyPart, room: int) -> _BodyPart:
    match part:
        case Paragraph():
            return replace(part, spans=shortened(part.spans, room))
        case Bullets():
            return replace(part, items=tuple(shortened(item, room) for item in part.items))
        case _:
            return part


def _drop_last_quotation(body: tuple[_BodyPart, ...]) -> tuple[_BodyPart, ...] | None:
    for position in reversed(range(len(body))):
        part = body[position]
        if isinstance(part, Quotation):
            return (*body[:position], without_quotation(part), *body[position + 1 :])
    return None


def _split_card(card: Card, fits: Callable[[Block], bool]) -> Iterator[Block]:
    """The card with as much of its body as fits, then the rest as blocks, its buttons last."""
    kept: tuple[_BodyPart, ...] = ()
    bare = replace(card, body=(), choices=None)
    position = 0
    while position < len(card.body) and fits(replace(bare, body=(*kept, card.body[position]))):
        kept = (*kept, card.body[position])
        position += 1
    if position == len(card.body) and card.choices and fits(replace(bare, body=kept, choices=card.choices)):
        yield replace(bare, body=kept, choices=card.choices)
        return
    yield replace(bare, body=kept) if fits(bare) else _bare(bare, fits)
    yield from card.body[position:]
    if card.choices:
        yield card.choices


def _bare(card: Card, fits: Callable[[Block], bool]) -> Card:
    """A card of nothing but a title, its words shortened until it fits."""
    badge = cut(card.badge, _LEAST_BODY)
    title = smallest(card.title, lambda line: fits(replace(card, title=line[0], badge=badge)))
    return replace(card, title=title, badge=badge)


# --- sizes ------------------------------------------------------------------------------------------------------------


def _add(one: Size, other: Size) -> Size:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _sum(sizes: Iterable[Size], width: int) -> Size:
    total: Size = (0,) * width
    for size in sizes:
        total = _add(total, size)
    return total


def _within(size: Size, limits: Size) -> bool:
    return all(part <= limit for part, limit in zip(size, limits, strict=True))
