"""What a digest is compared by: its words, folded and cut to their stems, and how much each counts."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from bot.domain.digests import Digest
from bot.domain.lines import STOP_WORDS, words_of

# Names and numbers tell events apart better than other words. Tuned, like the next, on the odd topics of ECB+
# (tests/eval/stories.py); runs of two words added nothing to it.
_NAMES_COUNT = 4.0
# What is told further down is less of what the article is about: each key point counts this part of the one before.
_FADING = 0.93
# The stop words are English; of other languages, words so short stand in for them.
_SHORT = 3
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+|\d+")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s")


def terms_of(digest: Digest) -> dict[str, float]:
    """How much is said with each word: in the digest's texts, and in whom it names."""
    terms: defaultdict[str, float] = defaultdict(float)
    shortest = 0 if digest.article.language.casefold().startswith("en") else _SHORT
    weighted = [(digest.headline, 1.0), (digest.article.title, 1.0), (digest.summary, 1.0)]
    weighted += [(point.text, _FADING**place) for place, point in enumerate(digest.key_points, start=1)]
    for text, weight in weighted:
        named = {word for match in _NAME.findall(text) for word in words_of(match)}
        for word in words_of(text):
            if word not in STOP_WORDS and (word in named or len(word) > shortest):
                terms[stem(word)] += weight * (_NAMES_COUNT if word in named else 1.0)
    for entity in digest.entities:
        for word in words_of(entity.name):
            terms[stem(word)] += _NAMES_COUNT * entity.salience
    return {term: count for term, count in terms.items() if count > 0.0}


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Without the commonest English endings, so that "reopens" and "reopening" meet; rough, but the same for all."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
