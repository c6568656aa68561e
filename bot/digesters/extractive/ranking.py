"""Which sentences an article turns on: links between them, nearness to the whole, place, length."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.digesters.extractive import lexicon

# The matrix of sentence pairs is bounded; what stands further down in so long a text is hardly its point.
MAX_RANKED = 300
_DAMPING, _ROUNDS = 0.85, 30
STOP_WORDS = frozenset(
    "a an the and or but if then else of in on at to for from by with without as "
    "is are was were be been being am do does "
    "did have has had will would can could may might shall should must not no nor "
    "so than that this these those it its he "
    "she they them his her their him we us our you your i me my who whom whose which "
    "what when where why how all any both "
    "each few more most other some such only own same too very just also about above after again against before below "
    "between during into over under up down out off there here said says say told according".split()
)


def stems(text: str) -> list[str]:
    """Content words of ``text`` with their common endings taken off."""
    found = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", lexicon.fold(text))
    return [_stem(word) for word in found if word not in STOP_WORDS and len(word) > 1]


def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    for ending in (
        "ations",
        "ation",
        "ingly",
        "edly",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


Matrix = NDArray[np.float64]


def vectors(texts: Sequence[str]) -> Matrix:
    """One unit vector a text, of its words' weights; rare words weigh more."""
    counts = [Counter(stems(text)) for text in texts]
    documents = Counter(word for count in counts for word in count)
    index = {word: i for i, word in enumerate(sorted(documents))}
    matrix = np.zeros((len(texts), max(len(index), 1)))
    for row, count in enumerate(counts):
        for word, n in count.items():
            matrix[row, index[word]] = (1 + math.log(n)) * math.log(1 + len(texts) / documents[word])
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms == 0, 1, norms)


def _page_rank(similarity: Matrix) -> Matrix:
    links = similarity.copy()
    np.fill_diagonal(links, 0)
    sums = links.sum(axis=1, keepdims=True)
    size = len(links)
    links = np.where(sums > 0, links / np.where(sums == 0, 1, sums), 1 / size)
    rank = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        rank = (1 - _DAMPING) / size + _DAMPING * links.T @ rank
    highest: float = rank.max()
    return np.asarray(rank / highest, dtype=np.float64)


def scores(texts: Sequence[str], title: str, weights: tuple[float, ...] = (0.25, 0.25, 0.5, 0.15, 0.2)) -> list[float]:
    """How much each of an article's sentences is its point.

    Args:
        texts: the sentences in order, at most ``MAX_RANKED``.
        title: what the article is headed, another witness of its point.
        weights: of links, nearness to the whole, place, length, and likeness to the title.
    """
    if not texts:
        return []
    matrix = vectors([*texts, title])
    body, head = matrix[:-1], matrix[-1]
    centroid = body.mean(axis=0)
    near = body @ centroid
    parts = (
        _page_rank(body @ body.T),
        near / max(float(near.max()), 1e-9),
        np.array([1 / (1 + 0.45 * i) for i in range(len(texts))]),
        np.array([_length_fit(len(text.split())) for text in texts]),
        body @ head,
    )
    return [float(value) for value in sum(w * p for w, p in zip(weights, parts, strict=True))]


def _length_fit(words: int) -> float:
    """1 for a sentence of usual length, less for the curt and the endless."""
    if words < 8:
        return 0.0
    return min(1.0, words / 16) if words <= 34 else max(0.0, 1 - (words - 34) / 25)


# Where the first sentence shares none of the headline's words, one that shares so many is the news.
_NEWS_SHARES = 3
# An anecdote takes up no more sentences than these.
_ANECDOTE = 10


def begins(texts: Sequence[str], title: str) -> int:
    """The index of the sentence where the news begins: the first, unless a scene is set that the headline is not of."""
    titled = set(stems(title))
    # What someone says comes behind the news.
    shared = [0 if text[0] in "“\"‘'" else len(titled & set(stems(text))) for text in texts[:_ANECDOTE]]
    if not shared or shared[0]:
        return 0
    return next((at for at, count in enumerate(shared) if count >= _NEWS_SHARES), 0)


# So many words of the shorter of two texts stand in the longer where one repeats the other.
_REPEATED = 0.85


def _holds(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of two texts says what the other does: a page's summary and its first sentence."""
    least = min(len(one), len(other))
    return least > 0 and len(one & other) >= _REPEATED * least


def choose(texts: Sequence[str], values: Sequence[float], count: int, variety: float = 0.55) -> list[int]:
    """Indices of the best ``count`` texts, none repeating another, in the order of the text (MMR)."""
    matrix = vectors(texts)
    similarity = matrix @ matrix.T
    words = [frozenset(stems(text)) for text in texts]
    chosen: list[int] = []
    while len(chosen) < min(count, len(texts)):
        best, best_value = -1, -math.inf
        for i, value in enumerate(values):
            if i in chosen:
                continue
            overlap = max((float(similarity[i, j]) for j in chosen), default=0.0)
            if overlap > 0.7 or any(_holds(words[i], words[j]) for j in chosen):
                continue
            if value - variety * overlap > best_value:
                best, best_value = i, value - variety * overlap
        if best < 0:
            break
        chosen.append(best)
    return sorted(chosen)
