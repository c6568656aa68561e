"""Lines that are shown, each with its sources: nothing the bot says lacks one.

The same fact told by several digests is one line with several sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.digests import Digest, Frozen, Source, Statement, source_of

# Two statements share a fact when this part of the shorter one's content words is in the other. Below it, lines that
# only speak of the same people would be merged; the samples' rewordings of one fact lie above.
_SAME_FACT = 0.75
_WORD = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    """
    a about after again all also an and any are as at be because been before being between both but by can could did
    do does for from had has have he her his how i if in into is it its more most new no not now of on one or other
    our out over said say says she should so some such than that the their them then there these they this those
    through to two under up us was we were what when which while who will with would you your
    """.split()
)


class SourcedLine(Frozen):
    """One statement in our own words with everything that supports it."""

    text: str
    sources: tuple[Source, ...]


class QuoteLine(Frozen):
    """What someone said, verbatim, with who said it and where it was published."""

    text: str
    speaker: str
    speaker_name: str
    about: tuple[str, ...] = ()
    context: str | None = None
    said: str | None = None
    sources: tuple[Source, ...]


class FigureLine(Frozen):
    """A number with what it counts and who stated it."""

    text: str
    value: int | float | None
    unit: str | None = None
    what: str
    stated_by: str | None = None
    sources: tuple[Source, ...]


class EventLine(Frozen):
    """Something dated."""

    date: str
    precision: str
    text: str
    sources: tuple[Source, ...]


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, folded: no case, no accents, no stop words."""
    return frozenset(word for word in words_of(text) if word not in STOP_WORDS)


def words_of(text: str) -> list[str]:
    """All words in order, folded: no case, no accents."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        # A text has few different characters: each is asked for once.
        folded = decomposed.translate({ord(c): None for c in set(decomposed) if unicodedata.combining(c)})
    return _WORD.findall(folded)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a statement is compared by, read once however many it is compared with."""

    text: str
    words: frozenset[str]
    numbers: frozenset[str]

    def same(self, other: _Fact) -> bool:
        if self.numbers != other.numbers:
            return False
        if not self.words or not other.words:
            return self.text == other.text
        return len(self.words & other.words) >= _SAME_FACT * min(len(self.words), len(other.words))


def _fact(text: str) -> _Fact:
    words = content_words(text)
    return _Fact(text.casefold(), words, frozenset(word for word in words if word[0].isdigit()))


def same_fact(one: str, other: str) -> bool:
    """Whether two statements tell one fact: the shorter one's content words are nearly all in the other.

    Numbers must agree: "at least 40 injured" and "at least 60 injured" are two facts.
    """
    return _fact(one).same(_fact(other))


def merged(lines: Iterable[SourcedLine]) -> tuple[SourcedLine, ...]:
    """The lines with repeated facts told once, by the first that told them, with all their sources in order."""
    kept: list[tuple[_Fact, SourcedLine]] = []
    for line in lines:
        fact = _fact(line.text)
        twin = next((i for i, (known, _) in enumerate(kept) if known.same(fact)), None)
        if twin is None:
            kept.append((fact, line))
        else:
            first, told = kept[twin]
            sources = (*told.sources, *(s for s in line.sources if s not in told.sources))
            kept[twin] = first, told.model_copy(update={"sources": sources})
    return tuple(line for _, line in kept)


def varied(quotes: Iterable[QuoteLine]) -> tuple[QuoteLine, ...]:
    """The quotations in their order, those that repeat most words of an earlier one last."""
    facts: list[_Fact] = []
    fresh: list[QuoteLine] = []
    repeated: list[QuoteLine] = []
    for quote in quotes:
        fact = _fact(quote.text)
        told = any(known.same(fact) for known in facts)
        (repeated if told else fresh).append(quote)
        facts.append(fact)
    return (*fresh, *repeated)


def sourced(digest: Digest, statements: Sequence[Statement]) -> list[SourcedLine]:
    """The digest's statements, each with the digest as its source."""
    return [SourcedLine(text=s.text, sources=(source_of(digest, s.evidence),)) for s in statements]
