"""Full-text search over what digests say: an inverted index ranked by BM25.

The last word of a query also matches as a beginning, so that a search works while it is typed; a word that occurs
nowhere is replaced by the nearest one that does (one typo in a word of more than four letters).
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


class TextIndex:
    """Documents by their words. Built once for a set of documents; asking changes nothing."""

    def __init__(self, documents: Mapping[str, Iterable[tuple[str, float]]]) -> None:
        """Index ``documents``: for each id its texts, each with how much a word in it counts (a headline more)."""
        self._postings: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._lengths: dict[str, float] = {}
        for id_, texts in documents.items():
            counts: defaultdict[str, float] = defaultdict(float)
            for text, weight in texts:
                for word in fold(text):
                    counts[word] += weight
            self._lengths[id_] = sum(counts.values()) or 1.0
            for word, count in counts.items():
                self._postings[word][id_] = count
        self._words = sorted(self._postings)
        self._mean = sum(self._lengths.values()) / len(self._lengths) if self._lengths else 1.0

    def __len__(self) -> int:
        return len(self._lengths)

    def search(self, query: str) -> list[TextMatch]:
        """Every document that holds all the words of ``query``, best first; some of them where none holds all."""
        asked = list(dict.fromkeys(fold(query)[:32]))
        if not asked:
            return []
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
        postings = self._postings[word]
        number = len(self._lengths)
        rarity = math.log(1 + (number - len(postings) + 0.5) / (len(postings) + 0.5))
        scored = []
        for id_, count in postings.items():
            norm = _K1 * (1 - _B + _B * self._lengths[id_] / self._mean)
            scored.append((id_, rarity * count * (_K1 + 1) / (count + norm)))
        return scored
