"""Full-text search over what digests say: an inverted index ranked by BM25.

The last word of a query also matches as a beginning, so that a search works while it is typed; a word that occurs
nowhere is replaced by the nearest one that does (one typo in a word of more than four letters).
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
# The usual constants of BM25 (Robertson and Zaragoza 2009): saturation of repeats, and how much length counts.
_K1, _B = 1.2, 0.75
_COMPLETIONS = 50
_SHORTEST_WITH_TYPO = 5


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A document that holds the words asked for, with its BM25 score and which of its words matched."""

    id: str
    score: float
    words: frozenset[str]


def fold(text: str) -> list[str]:
    """Words without case and accents, in order."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = decomposed.translate({ord(c): None for c in set(decomposed) if unicodedata.combining(c)})
    return _WORD.findall(folded)


class TextIndex:
    """Documents by their words. Safe to use from several threads."""

    def __init__(self, documents: Mapping[str, Iterable[tuple[str, float]]]) -> None:
        """Index ``documents``: for each id its texts, each with how much a word in it counts (a headline more)."""
        self._lock = Lock()
        # By word, which documents hold it and how often: parallel arrays, a tenth of the memory of dictionaries.
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._words: list[str] = []
        self._places: dict[str, int] = {}
        self._ids: list[str] = []
        self._lengths: list[float] = []
        self._free: list[int] = []
        self._total = 0.0
        for id_, texts in documents.items():
            self._enter(id_, _counts(texts))
        self._words = sorted(self._postings)

    def add(self, id_: str, texts: Iterable[tuple[str, float]]) -> None:
        """Index one more document; one of its id must be removed before."""
        counts = _counts(texts)
        with self._lock:
            for word in self._enter(id_, counts):
                insort(self._words, word)

    def remove(self, id_: str, texts: Iterable[tuple[str, float]]) -> None:
        """Forget a document, given the texts that it was indexed with; nothing happens where it is unknown."""
        counts = _counts(texts)
        with self._lock:
            if (place := self._places.pop(id_, None)) is None:
                return
            self._total -= self._lengths[place]
            self._free.append(place)
            for word in counts:
                holders, held = self._postings[word]
                at = holders.index(place)
                del holders[at], held[at]
                if not holders:
                    del self._postings[word], self._words[bisect_left(self._words, word)]

    def _enter(self, id_: str, counts: Mapping[str, float]) -> list[str]:
        """Take a document in; the words that were new."""
        place = self._free.pop() if self._free else len(self._ids)
        if place == len(self._ids):
            self._ids.append(id_)
            self._lengths.append(0.0)
        self._ids[place], self._places[id_] = id_, place
        self._lengths[place] = sum(counts.values()) or 1.0
        self._total += self._lengths[place]
        new = []
        for word, count in counts.items():
            if (held := self._postings.get(word)) is None:
                held = self._postings[word] = array("i"), array("f")
                new.append(word)
            held[0].append(place)
            held[1].append(count)
        return new

    def __len__(self) -> int:
        return len(self._places)

    def search(self, query: str) -> list[TextMatch]:
        """Every document that holds all the words of ``query``, best first; some of them where none holds all."""
        asked = list(dict.fromkeys(fold(query)[:32]))
        if not asked:
            return []
        with self._lock:
            return self._found(asked)

    def _found(self, asked: list[str]) -> list[TextMatch]:
        last = asked[-1]
        scores: defaultdict[str, float] = defaultdict(float)
        matched: defaultdict[str, set[str]] = defaultdict(set)
        covered: Counter[str] = Counter()
        for word in asked:
            best: dict[str, float] = {}
            for form in self._forms(word, beginning=word == last):
                for id_, score in self._scored(form):
                    matched[id_].add(form)
                    best[id_] = max(best.get(id_, 0.0), score)
            for id_, score in best.items():
                scores[id_] += score
                covered[id_] += 1
        most = max(covered.values(), default=0)
        found = [TextMatch(id_, scores[id_], frozenset(matched[id_])) for id_, n in covered.items() if n == most]
        return sorted(found, key=lambda match: (-match.score, match.id))

    def _forms(self, word: str, beginning: bool) -> list[str]:
        forms = [word] if word in self._postings else []
        if beginning:
            start = bisect_left(self._words, word)
            forms += [w for w in self._words[start : start + _COMPLETIONS] if w.startswith(word) and w != word]
        if not forms and len(word) >= _SHORTEST_WITH_TYPO:
            forms = [
                w for w in self._words if abs(len(w) - len(word)) < 2 and OSA.distance(w, word, score_cutoff=1) < 2
            ]
        return forms

    def _scored(self, word: str) -> list[tuple[str, float]]:
        holders, counts = self._postings[word]
        number = len(self._places)
        mean = self._total / number
        rarity = math.log(1 + (number - len(holders) + 0.5) / (len(holders) + 0.5))
        scored = []
        for place, count in zip(holders, counts, strict=True):
            norm = _K1 * (1 - _B + _B * self._lengths[place] / mean)
            scored.append((self._ids[place], rarity * count * (_K1 + 1) / (count + norm)))
        return scored


def _counts(texts: Iterable[tuple[str, float]]) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for text, weight in texts:
        for word in fold(text):
            counts[word] += weight
    return counts
