"""Cutting text and lines where people would: between words, never inside a character as seen, never inside a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

import regex

from bot.messages.model import Emphasis, Line, Link, Plain, Span, Strong, text_of

ELLIPSIS = "…"
#: A cut looks this far back for the end of a word, as a share of what fits.
_LOOK_BACK = 0.4
#: A letter under more marks than this is a pile of accents, which may be taken apart.
_PILE = 16
_GRAPHEME = regex.compile(r"\X")


# --- text -------------------------------------------------------------------------------------------------------------


def graphemes(text: str) -> list[str]:
    """The characters of ``text`` as people see them: an emoji family, a flag, a letter with its accents is one."""
    return [match.group() for match in _GRAPHEME.finditer(text)]


def cut(text: str, limit: int, measure: Callable[[str], int] = len, mark: str = ELLIPSIS) -> str:
    """``text`` where it measures at most ``limit``, else its beginning and ``mark``.

    Cuts between characters as people see them, after a word where one ends near. For labels and titles, whose full
    text stands elsewhere; running text is split by :func:`take` instead.
    """
    if measure(text) <= limit:
        return text
    kept = _prefix(text, lambda part: measure(part + mark) <= limit)
    if kept.strip() and measure(kept.rstrip() + mark) <= limit:
        return kept.rstrip() + mark
    return _prefix(text, lambda part: measure(part) <= limit)


def _prefix(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of ``text`` that fits, ending after a word where one ends near."""
    ends = _ends(text)
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[: ends[middle - 1]]):
            low = middle
        else:
            high = middle - 1
    end = ends[low - 1] if low else 0
    if end == len(text):
        return text
    if not end:
        return _inside_grapheme(text, fits) if ends else ""
    return text[: _word_end(text, end)]


@lru_cache(maxsize=256)  # a text is tried at many lengths before it fits
def _ends(text: str) -> tuple[int, ...]:
    """Where each character as people see it ends."""
    if text.isascii() and "\r" not in text:
        return tuple(range(1, len(text) + 1))
    return tuple(match.end() for match in _GRAPHEME.finditer(text))


def _inside_grapheme(text: str, fits: Callable[[str], bool]) -> str:
    """As much as fits of a first character that alone is too large, such as a letter under a thousand accents.

    Joined emoji stay whole (then nothing fits); only a pile of marks on one letter is taken apart.
    """
    first = _GRAPHEME.match(text)
    marks = first.group() if first else ""
    if len(marks) < 2 or "\u200d" in marks or len(marks) <= _PILE:
        return ""
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(marks[:middle]) else (low, middle - 1)
    return marks[:low]


def _word_end(text: str, end: int) -> int:
    """Where to cut at or before ``end``: after the last white space, if it is not far back; ``end`` otherwise."""
    if text[end].isspace() or text[end - 1].isspace():
        return end
    earliest = int(end * (1 - _LOOK_BACK))
    for position in range(end - 1, earliest, -1):
        if text[position].isspace():
            return position + 1
    return end


# --- lines ------------------------------------------------------------------------------------------------------------


def take(line: Line, fits: Callable[[Line], bool]) -> tuple[Line, Line]:
    """The longest beginning of ``line`` that fits, and the rest.

    Links, moments and codes go whole to one side; other spans are cut between words. Of a link that does not fit
    alone the words are shortened, never its address. What cannot be made to fit is returned as the beginning all the
    same, so that repeated taking ends and loses nothing: what to do with it is the renderer's to decide.
    """
    head: list[Span] = []
    for position, span in enumerate(line):
        if fits((*head, span)):
            head.append(span)
            continue
        first, second = _halves(span, tuple(head), fits)
        rest = (*((second,) if second is not None else ()), *line[position + 1 :])
        if first is not None:
            head.append(first)
        elif not head:
            return (smallest(span, fits),), line[position + 1 :]
        return tuple(head), rest
    return tuple(head), ()


def smallest(span: Span, fits: Callable[[Line], bool]) -> Span:
    """A span that does not fit alone, with its words shortened where that makes it fit."""
    kept = _prefix(span.text, lambda part: fits((replace(span, text=part + ELLIPSIS),)))
    return replace(span, text=kept.rstrip() + ELLIPSIS) if kept.strip() else span


def _halves(span: Span, head: Line, fits: Callable[[Line], bool]) -> tuple[Span | None, Span | None]:
    """What of a span still fits after ``head``, and what does not."""
    match span:
        case Plain() | Strong() | Emphasis():
            kept = _prefix(span.text, lambda part: fits((*head, replace(span, text=part))))
        case _:
            return None, span
    if not kept:
        return None, span
    rest = span.text[len(kept) :]
    return replace(span, text=kept), replace(span, text=rest) if rest else None


def split_line(line: Line, fits: Callable[[Line], bool]) -> list[Line]:
    """``line`` in pieces that each fit, nothing lost; a piece that cannot be cut may be too large alone."""
    pieces: list[Line] = []
    rest = line
    while rest:
        head, rest = take(rest, fits)
        pieces.append(head)
    return pieces


def links_of(line: Iterable[Span]) -> tuple[Link, ...]:
    """The links of a line, each address once, in order."""
    seen: dict[str, Link] = {}
    for span in line:
        if isinstance(span, Link):
            seen.setdefault(span.url, span)
    return tuple(seen.values())


def shortened(line: Line, room: int) -> Line:
    """``line`` within ``room`` characters of words, then an ellipsis and the links that were cut off."""
    if len(text_of(line)) <= room:
        return line
    head, rest = take(line, lambda part: len(text_of(part)) <= room)
    if not rest:
        return line
    shown = {link.url for link in links_of(head)}
    lost = [link for link in links_of(rest) if link.url not in shown]
    spaced = [part for link in lost for part in (Plain(" "), link)]
    return (*_stripped(head), Plain(ELLIPSIS), *spaced)


def _stripped(line: Line) -> Line:
    last = line[-1] if line else None
    return (*line[:-1], replace(last, text=last.text.rstrip())) if isinstance(last, Plain) else line
