"""Lines that are shown, each with its sources: nothing the bot says lacks one.

The same fact told by several digests is one line with several sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

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


def same_fact(one: str, other: str) -> bool:
    """Whether two statements tell one fact: the shorter one's content words are nearly all in the other.

    Numbers must agree: "at least 40 injured" and "at least 60 injured" are two facts.
    """
    a, b = content_words(one), content_words(other)
    if not a or not b:
        return one.casefold() == other.casefold()
    if _numbers(a) != _numbers(b):
        return False
    return len(a & b) >= _SAME_FACT * min(len(a), len(b))


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


def merged(lines: Iterable[SourcedLine]) -> tuple[SourcedLine, ...]:
    """The lines with repeated facts told once, by the first that told them, with all their sources in order."""
    kept: list[SourcedLine] = []
    for line in lines:
        twin = next((i for i, known in enumerate(kept) if same_fact(known.text, line.text)), None)
        if twin is None:
            kept.append(line)
        else:
            sources = (*kept[twin].sources, *(s for s in line.sources if s not in kept[twin].sources))
            kept[twin] = kept[twin].model_copy(update={"sources": sources})
    return tuple(kept)


def sourced(digest: Digest, statements: Sequence[Statement]) -> list[SourcedLine]:
    """The digest's statements, each with the digest as its source."""
    return [SourcedLine(text=s.text, sources=(source_of(digest, s.evidence),)) for s in statements]
