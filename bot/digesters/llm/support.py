"""How well an article supports a statement: one number, and a statement laid beside a sentence word by word.

What is wrong in a statement is mostly what is new in it, or what stands together in it and not in the article. So the
measure counts the pieces of the article that a statement is put together of, and the words that it brings together.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from bot.digesters.extractive.lexicon import fold, titles
from bot.digesters.llm.lists import SMALL

# Longer runs of words add nothing to singles, pairs and triples.
_RUNS = (1, 2, 3)
# Words this near each other, small ones not counted, are told together. Half as far separates true from wrong about as
# well (tests/eval/gate.py).
_TOGETHER = 8
# A match that goes on from the one before it is worth this much more than one that stands alone.
_RUN_ON = 0.6

# Inflections only: "killer" is not "killed", and "statement" is not "state".
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("ss", "ss"), ("s", ""))
_INFLECTED, _ROOT = 4, 3

_TOKEN = re.compile(r"[^\W_]+(?:[.,:]\d+)*(?:['’](?!s\b)[^\W_]+)?|['’]s\b|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    text: str  #: folded: lower case, no accents
    key: str  #: what is compared: its stem
    start: int
    end: int
    capital: bool
    parted: bool  #: a mark stands between it and the word before, or it begins the text
    opens: bool  #: that mark may open an aside: it is no closing bracket
    owner: bool = False  #: "Roe's"


@dataclass(frozen=True)
class Phrase:
    """A text as words."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words' stems, in order."""
        return tuple(word.key for word in self.words)

    @cached_property
    def known(self) -> frozenset[str]:
        """The stems that it holds."""
        return frozenset(self.keys)

    @cached_property
    def runs(self) -> tuple[frozenset[tuple[str, ...]], ...]:
        """Its runs of one, two and three stems."""
        return tuple(frozenset(runs_of(self.keys, n)) for n in _RUNS)


@lru_cache(maxsize=4096)
def phrase(text: str) -> Phrase:
    """``text`` as words; possessive endings and marks are none."""
    words: list[Word] = []
    mark = "\n"
    for match in _TOKEN.finditer(text):
        found, at = match[0], match.start()
        if found[0].isalnum():
            folded = fold(found).replace("’", "'")
            capital = found[0].isupper()
            words.append(Word(folded, _key(folded), at, match.end(), capital, bool(mark), mark not in ("", ")", "]")))
            mark = ""
        elif found in ("'s", "’s") and words and words[-1].end == at:
            words[-1] = replace(words[-1], owner=True)
        elif _parts(text, at, words):
            mark = mark if found in "\"“”„«»'‘’" and mark else found
    return Phrase(text, tuple(words))


def _parts(text: str, at: int, words: Sequence[Word]) -> bool:
    """Whether the mark there parts words: not within a word, before a figure, or behind "Mr." and initials."""
    touching = bool(words) and words[-1].end == at
    if text[at] == "." and touching:
        return not (words[-1].text in titles() or len(words[-1].text) == 1)
    return text[at] not in "-‑$£€¥%&#" and not (text[at] in "'’" and touching)


def _key(folded: str) -> str:
    if folded.endswith("n't"):
        return "not"
    if folded[0].isdigit() or len(folded) < _INFLECTED:
        return folded
    for ending, instead in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) + len(instead) >= _ROOT:
            folded = folded[: -len(ending)] + instead
            break
    return folded.removesuffix("e") if len(folded) > _ROOT else folded


def runs_of(keys: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """Every run of ``length`` stems that stand together."""
    return list(zip(*(keys[i:] for i in range(length)), strict=False))


def coverage(text: str, sentence: str) -> float:
    """The share, 0 to 1, of ``text``'s words, pairs and triples of words that ``sentence`` holds."""
    ours, theirs = phrase(text), phrase(sentence)
    if not ours.words:
        return 0.0
    parts = []
    for length, held in zip(_RUNS, theirs.runs, strict=True):
        runs = runs_of(ours.keys, length)
        parts.append(sum(run in held for run in runs) / len(runs) if runs else float(ours.known <= theirs.known))
    return sum(parts) / len(parts)


class _Ground:
    """An article's words by where they stand, and which of them it brings together."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.keys = [phrase(sentence).keys for sentence in sentences]
        self.places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.together: set[tuple[str, ...]] = set()
        for number, (sentence, keys) in enumerate(zip(sentences, self.keys, strict=True)):
            for place, key in enumerate(keys):
                self.places[key].append((number, place))
            self.together.update(_together(phrase(sentence)))

    def longest(self, keys: Sequence[str]) -> int:
        """How many of ``keys`` a sentence has in a run, from the first on; 1 where none has even that."""
        lengths = (
            sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(keys, held[place:], strict=False)))
            for held, place in ((self.keys[number], place) for number, place in self.places.get(keys[0], ()))
        )
        return max(lengths, default=1)


_ground = lru_cache(maxsize=8)(_Ground)


def _together(text: Phrase) -> list[tuple[str, ...]]:
    """Pairs of words that are told together, in whatever order."""
    keys = [word.key for word in text.words if word.text not in SMALL]
    return [tuple(sorted((key, other))) for i, key in enumerate(keys) for other in keys[i + 1 : i + 1 + _TOGETHER]]


def support(text: str, sentences: Iterable[str]) -> float:
    """How well an article's sentences support ``text``, 0 to 1.

    The mean of two shares: of its words that go on where the word before stood, when it is put together of as few of
    the article's pieces as can be; and of its pairs of words told together that a sentence tells together too.
    A statement about one that the article makes about another is all of the article's words; its pairs are not.
    """
    ground, ours = _ground(tuple(sentences)), phrase(text)
    keys = ours.keys
    if not any(key in ground.places for key in keys):
        return 0.0
    pieces, at = 0, 0
    while at < len(keys):
        at += ground.longest(keys[at:])
        pieces += 1
    unbroken = 1 - (pieces - 1) / max(len(keys) - 1, 1)
    told = _together(ours)
    return (unbroken + sum(pair in ground.together for pair in told) / max(len(told), 1)) / 2


@dataclass(frozen=True)
class Beside:
    """A statement laid beside a sentence: which word stands for which, in the order of both."""

    ours: Phrase
    theirs: Phrase
    pairs: tuple[tuple[int, int], ...]

    @cached_property
    def foreign(self) -> tuple[int, ...]:
        """The statement's words for which none of the sentence's stands in this order."""
        held = {i for i, _ in self.pairs}
        return tuple(i for i in range(len(self.ours.words)) if i not in held)

    @cached_property
    def first(self) -> int:
        """The first of the sentence's words retold; 0 where none is."""
        return self.pairs[0][1] if self.pairs else 0

    @cached_property
    def last(self) -> int:
        """The last of the sentence's words retold."""
        return self.pairs[-1][1] if self.pairs else len(self.theirs.words) - 1

    def gaps(self) -> list[tuple[int, int]]:
        """Where words were left out: pairs of the sentence's words retold, next to each other but for the gap."""
        places = [j for _, j in self.pairs]
        return [(j, k) for j, k in itertools.pairwise(places) if k > j + 1]


@lru_cache(maxsize=1024)
def beside(text: str, sentence: str) -> Beside:
    """Lay ``text`` beside ``sentence``: the most words in order, in as few runs as can be."""
    ours, theirs = phrase(text), phrase(sentence)
    a, b = ours.keys, theirs.keys
    width = len(b) + 1
    best = [[0.0] * width for _ in range(len(a) + 1)]
    ending = [[-1.0] * width for _ in range(len(a) + 1)]
    for i, key in enumerate(a, 1):
        above, row, before, ends = best[i - 1], best[i], ending[i - 1], ending[i]
        for j, other in enumerate(b, 1):
            if key == other:
                ends[j] = 1 + max(above[j - 1], before[j - 1] + _RUN_ON if before[j - 1] >= 0 else 0.0)
            row[j] = max(above[j], row[j - 1], ends[j])
    return Beside(ours, theirs, _traced(best, ending))


def _traced(best: list[list[float]], ending: list[list[float]]) -> tuple[tuple[int, int], ...]:
    pairs = []
    i, j = len(best) - 1, len(best[0]) - 1
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            pairs.append((i - 1, j - 1))
            while ending[i - 1][j - 1] >= 0 and ending[i][j] == 1 + (ending[i - 1][j - 1] + _RUN_ON):
                i, j = i - 1, j - 1
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
    return tuple(reversed(pairs))
