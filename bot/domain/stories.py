"""Digests about the same thing are a story.

Grouping follows the order of publication, one digest at a time: a digest joins the open story it is most like, or
founds one. Likeness is the cosine of the digest's TF-IDF vector, over words and pairs of words, to the story's.
A story is open for 72 hours after its latest digest; for some days more it takes what is ever more like it, so that a
strike's end finds its beginning while last month's flood and today's stay two.
A corrected article always joins the story of the one it supersedes, and stands in its place.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter

from bot.domain.digests import Digest
from bot.domain.lines import STOP_WORDS, words_of

OPEN_FOR = timedelta(hours=72)
CLOSED_AFTER = timedelta(days=7)
# Tuned on the odd topics of ECB+ (tests/eval/stories.py), and on the cautious side: to merge two events misleads, to
# tell one as two merely repeats.
ALIKE = 0.16
# Names and numbers tell events apart better than other words; pairs of words add little beside them (same figures).
_NAMES_COUNT, _PAIRS_COUNT = 2.0, 0.5
# What a digest is compared by: its weightiest terms. 60 cost ECB+ two points of F1; all gain none and cost time.
_TELLING_TERMS = 150
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]+|\d+")
# Stands in for a corpus that is not there: with a dozen digests every word would look rare.
_PRIOR_DIGESTS = 10


@dataclass(frozen=True, slots=True)
class Story:
    """Digests about one thing, newest first. ``superseded`` ones were corrected by another of the same story.

    ``key`` is the founding digest's: short, stable as the story grows, and good in a button.
    """

    key: str
    digests: tuple[Digest, ...]
    superseded: tuple[Digest, ...] = ()

    @property
    def lead(self) -> Digest:
        """The newest digest: the state of things."""
        return self.digests[0]

    @property
    def latest(self) -> datetime:
        """When the story last moved."""
        return self.digests[0].article.published

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who reported it, each once, newest first."""
        return tuple(dict.fromkeys(d.article.outlet.name for d in self.digests))

    @property
    def topics(self) -> tuple[str, ...]:
        """All topics, each once."""
        return tuple(dict.fromkeys(topic for d in self.digests for topic in d.topics))

    def holds(self, reference: str) -> bool:
        """Whether ``reference`` is this story's key or a digest of it, by id or key."""
        ids = (each for d in (*self.digests, *self.superseded) for each in (d.id, d.key))
        return reference == self.key or reference in ids


@dataclass(slots=True, eq=False)
class _Open:
    """A story while it is being gathered. ``direction`` is the sum of its members' vectors, ``square`` its length's."""

    latest: datetime
    members: list[Digest] = field(default_factory=list)
    direction: dict[str, float] = field(default_factory=dict)
    square: float = 0.0


class _Desk:
    """The open stories, found by their terms: a digest is compared only with stories that share some with it."""

    def __init__(self, alike: float) -> None:
        self.found: list[_Open] = []
        self._alike = alike
        self._open: dict[_Open, None] = {}
        self._holding: defaultdict[str, dict[_Open, float]] = defaultdict(dict)

    def place(self, digest: Digest, vector: dict[str, float], home: _Open | None) -> _Open:
        """Put ``digest`` into ``home``, the story most like it, or a new one; which it was."""
        now = digest.article.published
        for story in [each for each in self._open if now - each.latest > CLOSED_AFTER]:
            self._close(story)
        likeness = self._likeness(vector)
        chosen = home or self._most_alike(likeness, now)
        if chosen is None:
            chosen = _Open(now)
            self.found.append(chosen)
        shared = sum(weight * chosen.direction.get(term, 0.0) for term, weight in vector.items())
        chosen.square += 1.0 + 2.0 * shared
        chosen.members.append(digest)
        chosen.latest = now
        self._open[chosen] = None
        for term, weight in vector.items():
            chosen.direction[term] = chosen.direction.get(term, 0.0) + weight
            self._holding[term][chosen] = chosen.direction[term]
        return chosen

    def _close(self, story: _Open) -> None:
        del self._open[story]
        for term in story.direction:
            self._holding[term].pop(story, None)

    def _likeness(self, vector: dict[str, float]) -> dict[_Open, float]:
        """The dot product with each open story that shares a term."""
        shared: defaultdict[_Open, float] = defaultdict(float)
        for term, weight in vector.items():
            for story, held in self._holding.get(term, {}).items():
                shared[story] += weight * held
        return shared

    def _most_alike(self, shared: dict[_Open, float], now: datetime) -> _Open | None:
        """The story that exceeds by most the likeness its silence demands, or None where none reaches it.

        Likeness is the cosine to the story's direction; of two that exceed alike, the one that was founded first.
        """
        best, margin = None, 0.0
        for story in self._open:
            if (dot := shared.get(story, 0.0)) <= 0.0:
                continue
            overdue = max(timedelta(0), now - story.latest - OPEN_FOR) / OPEN_FOR
            beyond = dot / math.sqrt(story.square) - self._alike * (1 + overdue)
            if beyond > margin or (best is None and beyond == margin):
                best, margin = story, beyond
        return best


def stories_of(digests: Iterable[Digest], alike: float = ALIKE) -> tuple[Story, ...]:
    """Group digests into stories, those that moved last first. Depends on nothing but the digests."""
    ordered = sorted(digests, key=lambda d: (d.article.published, d.id))
    counts = {digest.id: _terms(digest) for digest in ordered}
    rarity = _rarity(counts.values())
    desk, home = _Desk(alike), dict[str, _Open]()
    for digest in ordered:
        weights = {term: math.log1p(n) * rarity[term] for term, n in counts[digest.id].items()}
        vector = _unit(dict(nlargest(_TELLING_TERMS, weights.items(), key=itemgetter(1))))
        home[digest.id] = desk.place(digest, vector, home.get(digest.article.supersedes or ""))
    stories = [_story(each.members) for each in desk.found]
    return tuple(sorted(stories, key=lambda s: (s.latest, s.key), reverse=True))


def _story(members: list[Digest]) -> Story:
    newest_first = tuple(reversed(members))
    gone = {d.article.supersedes for d in members}
    current = tuple(d for d in newest_first if d.id not in gone) or newest_first[:1]
    return Story(members[0].key, current, tuple(d for d in newest_first if d not in current))


def _terms(digest: Digest) -> dict[str, float]:
    """How often each word and each pair of neighbouring words occurs in what the digest says and whom it names."""
    terms: defaultdict[str, float] = defaultdict(float)
    texts = [digest.headline, digest.article.title, digest.summary, *(p.text for p in digest.key_points)]
    for text in texts:
        named = {word for match in _NAME.findall(text) for word in words_of(match)}
        words = [(_stem(word), word in named) for word in words_of(text) if word not in STOP_WORDS]
        for word, is_name in words:
            terms[word] += _NAMES_COUNT if is_name else 1.0
        for (one, _), (next_, _) in pairwise(words):
            terms[f"{one} {next_}"] += _PAIRS_COUNT
    for entity in digest.entities:
        for word in words_of(entity.name):
            terms[_stem(word)] += _NAMES_COUNT * entity.salience
    return terms


def _stem(word: str) -> str:
    """Without the commonest English endings, so that "reopens" and "reopening" meet; rough, but the same for all."""
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _rarity(documents: Iterable[dict[str, float]]) -> dict[str, float]:
    number = 0
    containing: defaultdict[str, int] = defaultdict(int)
    for terms in documents:
        number += 1
        for term in terms:
            containing[term] += 1
    return {term: math.log((number + _PRIOR_DIGESTS) / n) for term, n in containing.items()}


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {term: weight / length for term, weight in vector.items()}
