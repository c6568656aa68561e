"""What an article is about, in a word or three."""

from __future__ import annotations

from collections import Counter

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.text import Reading

_MOST = 3


def topics_of(reading: Reading) -> tuple[str, ...]:
    """Slugs of the topics that enough different words of the article speak for, strongest first."""
    counts: Counter[str] = Counter()
    for line in reading.body:
        weight = 2 if line.number <= 3 else 1
        for word in line.words:
            counts[word] += weight
    for word in lexicon.fold(reading.article.title).split():
        counts[word.strip(".,:;!?'\"")] += 3
    scored = []
    for topic, words in lexicon.topics().items():
        present = [word for word in words if counts[word]]
        total = sum(min(counts[word], 6) for word in present)
        if len(present) >= 3 or (len(present) == 2 and total >= 6):
            scored.append((total + 2 * len(present), topic))
    scored.sort(reverse=True)
    best = scored[0][0] if scored else 0
    return tuple(topic for score, topic in scored[:_MOST] if score >= 0.55 * best)
