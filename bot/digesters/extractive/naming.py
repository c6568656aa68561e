"""How someone is called in a sentence that is told alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.people import Person
from bot.digesters.extractive.ranking import STOP_WORDS, stems
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Line

_MARKS = re.compile(r"[\"“”„«»]")
# An article or a particle before a surname: it is not the surname alone.
_PARTICLES = frozenset("a an the de du da di del la le van von der den bin ibn al el".split())


def place_of(surname: str, text: str) -> int | None:
    """Where a surname first stands by itself, outside quotations, without a title or given name before it."""
    for match in re.finditer(rf"(?<!-)\b{re.escape(surname)}\b(?! [A-Z&]|-\w)", text):
        before = text[: match.start()].split()
        if before and (before[-1].lower() in _PARTICLES or before[-1].endswith(("'s", "’s"))):
            continue
        alone = (
            not before
            or not before[-1].lstrip("“‘\"'(")[:1].isupper()
            or before[-1].lower() in STOP_WORDS
            or before[-1][-1] == ","
            or before[-1].rstrip(".") in ("Mr", "Mrs", "Ms", "Miss")
        )
        if alone and len(_MARKS.findall(text[: match.start()])) % 2 == 0:
            return match.start()
    return None


def named_at(person: Person, before: int) -> tuple[str, tuple[int, ...]]:
    """What to call the person in a sentence, and the last sentence before it that does so: in full, if any does."""
    full = [s.line for s in person.spans if s.line < before and s.key == fold(person.name)]
    if full:
        return person.name, (full[-1],)
    short = [s for s in person.spans if s.line < before]
    return (short[-1].text, (short[-1].line,)) if short else (person.name, tuple(person.lines[:1]))


def opens_clause(before: str) -> bool:
    """Whether a pronoun is its sentence's subject: nothing before it but a connective or a phrase of time."""
    words = before.replace(",", " ").split()
    return not words or (len(words) <= 5 and not re.search(r"[\"“”]", before) and words[0].lower() in _OPENERS)


_OPENERS = frozenset(
    "but and yet still however also later earlier then now on in at after before meanwhile instead".split()
)


# So far back a reader of the article still has another's full name in mind.
_IN_MIND = 4


def of_another(people: Sequence[Person], line: int) -> bool:
    """Whether a bare surname in a sentence may mean another of that name than a reader of the sentence alone takes.

    That reader takes it for whom the article names most; the article's own reader for the one just named in full.
    """
    for surname in {p.last for p in people}:
        bearers = [p for p in people if p.last == surname]
        if len(bearers) < 2 or not any(s.line == line and _bare(s) for p in bearers for s in p.spans):
            continue
        most = max(bearers, key=lambda p: len(p.spans))
        full = [
            (s.line, s.start, p) for p in bearers for s in p.spans if not _bare(s) and 0 <= line - s.line <= _IN_MIND
        ]
        if full and max(full, key=lambda named: named[:2])[2] is not most:
            return True
    return False


def _bare(span: Span) -> bool:
    return len(span.words) == 1 and not span.title


_OF_A_SCENE = 1
_BEFALLEN = re.compile(
    r"\b(?:dead|died|dies|killed|shot|arrested|charged|convicted|sentenced|acquitted|elected|appointed|resigned|fired|sued|"
    r"indicted|won|beat|according to|police|announced|said)\b"
)
_CIRCUMSTANCE = re.compile(r"(?:When|As|Before|After|For|Like) (?=[A-Z])")


def scene_of(people: Iterable[Person], line: Line, title: str) -> Person | None:
    """With whose bare name a report's first sentence begins, where its headline does not name him.

    News tells what someone is; ``Ana Roe had come home`` is the scene it is set in. A sentence that has more of the
    headline's words, or in which something befalls someone, is the news none the less.
    """
    if len(set(stems(line.text)) & set(stems(title))) > _OF_A_SCENE or _BEFALLEN.search(line.text):
        return None
    start = len(line.text) - len(without_dateline(line.text))
    circumstance = _CIRCUMSTANCE.match(line.text, start)
    start = circumstance.end() if circumstance else start
    first = ((p, s) for p in people for s in p.spans if s.line == line.number and s.start == start and len(s.words) > 1)
    return next((p for p, s in first if line.text[s.end : s.end + 1] == " " and p.last not in fold(title)), None)
