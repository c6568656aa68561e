"""Whether the rules, which know English, may speak about a text."""

from __future__ import annotations

from collections import Counter

from bot.digesters.extractive.text import Reading

_ENGLISH = frozenset(
    "the of and to in a is was that for on with as by at from it his her he she "
    "said has have are were this an be not they who will but their which had or "
    "been its would after about you your our if can how when what".split()
)


def is_english(reading: Reading) -> bool:
    """Whether enough of the running words are those that every English text needs."""
    counts = Counter(word for line in reading.body for word in line.words)
    total = sum(counts.values())
    return total > 0 and sum(counts[word] for word in _ENGLISH) / total > 0.16 and counts["the"] > 0
