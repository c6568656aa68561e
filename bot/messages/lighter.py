"""A message with less in it to measure and nothing less to read: for platforms that count every character of a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.messages.fit import sources_of
from bot.messages.model import Block, Bullets, Card, Facts, Line, Link, Note, Paragraph, Plain, Quotation, Span, Table

_MARK = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹, ")


def with_marks_unlinked(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with footnote marks as mere marks wherever the same address is linked by name.

    A mark such as ¹ costs its whole address each time; the note that resolves it has the link too. A mark whose
    address is named nowhere stays linked, so that no source is lost.
    """
    kept = tuple(blocks)
    named = {link.url for block in kept for link in sources_of(block) if not _is_mark(link.text)}

    def unlinked(span: Span) -> Span:
        return Plain(span.text) if isinstance(span, Link) and _is_mark(span.text) and span.url in named else span

    return tuple(_with_spans(block, lambda line: tuple(unlinked(span) for span in line)) for block in kept)


def _is_mark(text: str) -> bool:
    return bool(text) and set(text) <= _MARK


def _with_spans(block: Block, change: Callable[[Line], Line]) -> Block:
    match block:
        case Card():
            return replace(block, body=tuple(_part_with_spans(part, change) for part in block.body))
        case Paragraph() | Bullets() | Quotation() | Facts() | Table() | Note():
            return _part_with_spans(block, change)
        case _:
            return block


_Part = Paragraph | Bullets | Quotation | Facts | Table | Note


def _part_with_spans(part: _Part, change: Callable[[Line], Line]) -> _Part:
    match part:
        case Paragraph() | Note():
            return replace(part, spans=change(part.spans))
        case Bullets():
            return replace(part, items=tuple(change(item) for item in part.items))
        case Quotation():
            return replace(part, sources=change(part.sources))
        case Facts():
            return replace(part, pairs=tuple((label, change(line)) for label, line in part.pairs))
        case Table():
            return replace(part, rows=tuple(tuple(change(cell) for cell in row) for row in part.rows))
