"""Lines of the neutral message as Discord's markdown. Pure; words are escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from bot.messages.model import Code, Emphasis, Line, Link, Moment, Plain, Span, Strong
from bot.platforms.discord.escape import GAP, code, escape, link, one_line


def markdown(line: Iterable[Span]) -> str:
    """One line or a few, as its spans say; a line break inside a span stays one."""
    shown = ""
    for span in _merged(line):
        # A list's or heading's mark may be spread over spans: "1" and ". one".
        piece = _span(span, not shown.rpartition("\n")[2].strip(" \t0123456789"))
        # Two marks of emphasis that touch would be read as one of another kind.
        shown += GAP + piece if shown.endswith("*") and piece.startswith("*") else piece
    return shown.strip()


def inline(line: Iterable[Span]) -> str:
    """The same on one line, for list items, facts and notes."""
    return one_line(markdown(line))


def quoted(text: str) -> str:
    """Each line of ``text`` as a block quote."""
    return "\n".join(f"> {part}" for part in text.split("\n"))


def small(text: str) -> str:
    """Each line of ``text`` as small print."""
    return "\n".join(f"-# {part}" for part in text.split("\n") if part.strip())


def _merged(line: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one span, so that no mark hides on the seam between two."""
    waiting: Span | None = None
    for span in line:
        if isinstance(span, Plain | Strong | Emphasis) and type(waiting) is type(span):
            waiting = replace(span, text=waiting.text + span.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _span(span: Span, line_start: bool) -> str:
    match span:
        case Plain(text):
            return escape(text, line_start)
        case Strong(text):
            return _marked("**", text)
        case Emphasis(text):
            return _marked("*", text)
        case Code(text):
            return code(text)
        case Link(text, url):
            return link(text, url)
        case Moment():
            return _moment(span)
        case _:
            assert_never(span)


def _marked(mark: str, text: str) -> str:
    """Emphasis that begins and ends at words: with white space inside the marks Discord shows the marks."""
    words = escape(text)
    bare = words.strip()
    if not bare or bare == GAP:
        return words
    lead = words[: len(words) - len(words.lstrip())]
    tail = words[len(words.rstrip()) :]
    return f"{lead}{mark}{bare}{mark}{tail}"


def _moment(moment: Moment) -> str:
    """A time of day in each reader's own time; a mere date as it is written, since a zone could change the day."""
    if ":" not in moment.text:
        return escape(moment.text)
    return f"<t:{int(moment.instant.timestamp())}:f>"


def bulleted(items: Iterable[Line], start: int | None = None) -> str:
    """A list; numbered from ``start`` where it is given."""
    marks = (f"{number}. " for number in range(start, 10**9)) if start is not None else iter(lambda: "- ", "")
    return "\n".join(mark + text for mark, item in zip(marks, items, strict=False) if (text := inline(item)))
