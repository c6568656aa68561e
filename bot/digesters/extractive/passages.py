"""Paragraphs as one text, and the quotations marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.digesters.extractive.text import Line, Reading, Token

# A quotation left open runs on into at most so many sentences or paragraphs.
_RUN_ON = 8
_OPENING, _CLOSING = "“„«", "”»"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks: places in the passage, marks left out."""

    start: int
    end: int
    open: bool = False  #: whether the paragraph ends before the quotation does


@dataclass(frozen=True)
class Passage:
    """A paragraph: its sentences joined by single spaces."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]  #: where each sentence begins in ``text``
    tokens: tuple[Token, ...]  #: with places in ``text``
    quoted: tuple[Quoted, ...]
    continues: bool = False  #: whether it goes on with a quotation that the passage before left open

    @property
    def paragraph(self) -> int:
        """The number of its paragraph."""
        return self.lines[0].paragraph

    def line_at(self, place: int) -> int:
        """Which of its lines (counted from 0) holds a character."""
        found = 0
        for i, start in enumerate(self.starts):
            if start <= place:
                found = i
        return found

    def line_end(self, index: int) -> int:
        """Where a line ends in ``text``."""
        return self.starts[index] + len(self.lines[index].text)

    def within_quotes(self, place: int) -> bool:
        """Whether a character stands between quotation marks."""
        return any(q.start <= place < q.end for q in self.quoted)

    def numbers(self, start: int, end: int) -> tuple[int, ...]:
        """The sentence numbers that a stretch touches."""
        return tuple(self.lines[i].number for i in range(self.line_at(start), self.line_at(max(start, end - 1)) + 1))


def passages_of(reading: Reading) -> list[Passage]:
    """Every paragraph of the body, with its quotations."""
    found: list[Passage] = []
    for lines in reading.paragraphs() if reading.paragraphs_known else _guessed(reading.body):
        before = found[-1] if found else None
        carried = bool(before and before.quoted and before.quoted[-1].open)
        found.append(_passage(lines, carried))
    return found


def _guessed(body: Sequence[Line]) -> Iterable[tuple[Line, ...]]:
    """Where paragraphs are unknown: each sentence alone, but those that one quotation joins together."""
    group: list[Line] = []
    for line in body:
        group.append(line)
        quoted = _quoted(" ".join(each.text for each in group), False)
        adjacent = group[-1].number - group[0].number < _RUN_ON
        if quoted and quoted[-1].open and adjacent:
            continue
        yield from _closed(group)
        group = []
    yield from _closed(group)


def _closed(group: list[Line]) -> Iterable[tuple[Line, ...]]:
    """The group as one passage when its quotation closes within it, else sentence by sentence."""
    if group and not any(q.open for q in _quoted(" ".join(line.text for line in group), False)):
        yield tuple(group)
    else:
        yield from ((line,) for line in group)


def _passage(lines: tuple[Line, ...], carried: bool) -> Passage:
    starts: list[int] = []
    tokens: list[Token] = []
    at = 0
    for line in lines:
        starts.append(at)
        tokens.extend(Token(t.text, t.start + at, t.end + at) for t in line.tokens)
        at += len(line.text) + 1
    text = " ".join(line.text for line in lines)
    opens = carried and text[:1] in "\"'“‘"
    return Passage(lines, text, tuple(starts), tuple(tokens), tuple(_quoted(text, opens)), opens)


def _quoted(text: str, _: bool) -> list[Quoted]:
    double = _double(text)
    return double or _single(text)


def _double(text: str) -> list[Quoted]:
    found: list[Quoted] = []
    open_at: int | None = None
    for match in re.finditer(r"[\"“”„«»]|''|``|’’|‘‘", text):
        mark, at = match[0], match.start()
        if open_at is None:
            if _opens(text, match):
                open_at = match.end()
        elif mark in _OPENING and mark != "„" and not _ends(text, match):
            # A second opening: the first was never closed, and where it ends is anyone's guess.
            open_at = match.end()
        elif mark in _OPENING or _closes(text, match):
            found.append(Quoted(open_at, at))
            open_at = None
    if open_at is not None:
        found.append(Quoted(open_at, len(text), open=True))
    return [q for q in found if q.start < q.end]


def _opens(text: str, match: re.Match[str]) -> bool:
    if match[0] in _OPENING or match[0] in ("``", "‘‘"):
        return True
    before, after = text[match.start() - 1 : match.start()] or " ", text[match.end() : match.end() + 1]
    if match[0] in _CLOSING and not (before.isspace() and after.isalnum()):
        return False
    if before in "([" and match[0] == '"':
        return True
    return bool(after) and not after.isspace() and (before.isspace() or before in "([—–-/…'‘:")


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether an opening mark was set where one closes: ``too far,“ he said``."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return bool(before.strip()) and (not after.strip() or after in ".,;:!?)")


def _closes(text: str, match: re.Match[str]) -> bool:
    if match[0] in _CLOSING or match[0] in ("''", "’’"):
        return True
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not before.isspace() or not after or after.isspace() or after in ".,;:!?)"


_SINGLE = re.compile(
    r"(?:(?<=^)|(?<=[\s(\[—–]))[‘'](?=[\w\[…])(?!\d0s|em\b|til\b|cause\b|twas\b)([^‘]{8,900}?)[’'](?=$|[\s,.;:!?)—–])"
)


def _single(text: str) -> list[Quoted]:
    """Single marks, only in a paragraph without double ones: an apostrophe must not open or close anything."""
    found = []
    for match in _SINGLE.finditer(text):
        inner = match[1]
        # "workers' rights": a plural's apostrophe ends no quotation, unless punctuation stands before it.
        if inner[-1] in ".,!?…" or (len(inner.split()) >= 3 and not inner.endswith("s")):
            found.append(Quoted(match.start(1), match.end(1)))
    return found
