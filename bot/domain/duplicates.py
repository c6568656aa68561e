"""Is this article known, changed or new, and what changed.

One article is known by its address. The same words at another outlet are another source of the same story and are
kept; the same words twice at one outlet are one article that moved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.articles import Article, canonical_url
from bot.domain.digests import Digest, Outlet

# An outlet that prints nearly the same words again so soon after prints the same article, at another address.
SAME_WITHIN = timedelta(days=4)
# Share of word runs in common. A corrected article stays well above; reports out of one template (quakes, earnings)
# differ in every sentence and stay below.
NEARLY_SAME = 0.75
_LIKE_TITLES = 0.5
_RUN = 5


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What of a filed digest is needed to know its article again."""

    id: str
    title: str
    outlet: str  #: its key, see :func:`outlet_key`
    url: str  #: canonical; empty where it has none
    sha256: str
    published: datetime
    undated: bool
    by_hand: bool  #: made or reviewed by a person


@dataclass(frozen=True, slots=True)
class Changes:
    """How an article differs from what it was."""

    added: int
    removed: int
    title: bool
    date: bool = False  #: whether the later state tells the day that nobody had told

    def __str__(self) -> str:
        parts = []
        if self.title:
            parts.append("another title")
        if self.date:
            parts.append("its date")
        if self.added:
            parts.append(f"{self.added} new or reworded sentence{'s' if self.added > 1 else ''}")
        if self.removed:
            parts.append(f"{self.removed} sentence{'s' if self.removed > 1 else ''} gone or reworded")
        return ", ".join(parts)


class KnownArticles:
    """An index of filed digests by the address, the words and the outlet of their articles."""

    def __init__(self, digests: Iterable[Digest] = ()) -> None:
        self._by_id: dict[str, KnownArticle] = {}
        self._by_url: dict[str, str] = {}
        self._by_text: defaultdict[str, list[str]] = defaultdict(list)
        self._by_outlet_day: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for digest in sorted(digests, key=lambda d: (d.article.published, d.made.at)):
            self.add(digest)

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, digest: Digest) -> None:
        """Know ``digest``'s article; a later one of the same address stands before an earlier."""
        facts = digest.article
        before = self._by_id.get(digest.id)
        if before and (before.sha256, before.undated) == (facts.sha256, facts.undated is True):
            return
        self.forget(digest.id)
        known = KnownArticle(
            digest.id,
            facts.title,
            outlet_key(facts.outlet),
            canonical_url(facts.url) if facts.url else "",
            facts.sha256,
            facts.published,
            facts.undated is True,
            digest.made.by == "hand" or digest.made.reviewed is not None,
        )
        self._by_id[known.id] = known
        self._by_text[known.sha256].append(known.id)
        self._by_outlet_day[known.outlet, known.published.toordinal()].append(known.id)
        if known.url:
            self._by_url[known.url] = known.id

    def forget(self, id_: str) -> None:
        """Know the article of that digest no longer."""
        known = self._by_id.pop(id_, None)
        if known is None:
            return
        if self._by_url.get(known.url) == id_:
            del self._by_url[known.url]
        for ids in (self._by_text[known.sha256], self._by_outlet_day[known.outlet, known.published.toordinal()]):
            if id_ in ids:
                ids.remove(id_)

    def get(self, id_: str) -> KnownArticle | None:
        """The known article of that digest."""
        return self._by_id.get(id_)

    def at(self, url: str) -> KnownArticle | None:
        """The latest known article of that address."""
        return self._by_id.get(self._by_url.get(url, ""))

    def same_words(self, article: Article) -> KnownArticle | None:
        """A known article of exactly these words and the same outlet, or of any where ``article`` has no address."""
        ours = outlet_key(article.outlet)
        for id_ in self._by_text.get(article.sha256, ()):
            known = self._by_id[id_]
            if known.sha256 == article.sha256 and (known.outlet == ours or not article.url):
                return known
        return None

    def copies(self, article: Article) -> list[str]:
        """Ids of digests of exactly these words, at whatever outlet."""
        return [id_ for id_ in self._by_text.get(article.sha256, ()) if self._by_id[id_].sha256 == article.sha256]

    def perhaps_same(self, article: Article) -> list[KnownArticle]:
        """Known articles of the same outlet and days with a like title, likeliest first; their words decide."""
        ours, day = outlet_key(article.outlet), article.published.toordinal()
        near = (
            self._by_id[id_]
            for offset in range(-SAME_WITHIN.days, SAME_WITHIN.days + 1)
            for id_ in self._by_outlet_day.get((ours, day + offset), ())
        )
        likely = [(likeness_of_titles(known.title, article.title), known) for known in near]
        likely = [pair for pair in likely if pair[0] >= _LIKE_TITLES]
        return [known for _, known in sorted(likely, key=lambda pair: -pair[0])[:5]]


def outlet_key(outlet: Outlet) -> str:
    """What makes an outlet the same: its domain, or its name where that is not known."""
    domain = re.sub(r"^(www\d?|m|amp|edition|feeds?|rss)\.", "", (outlet.domain or "").lower())
    return domain or " ".join(_words(outlet.name))


def likeness_of_titles(first: str, second: str) -> float:
    """Share of words that two titles have in common, 0 to 1."""
    a, b = set(_words(first)), set(_words(second))
    return len(a & b) / len(a | b) if a and b else 0.0


def likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """Share of runs of five words that two texts have in common (Jaccard), 0 to 1."""
    a, b = _runs(first), _runs(second)
    return len(a & b) / len(a | b) if a and b else 0.0


def changes(earlier: Article, later: Article) -> Changes | None:
    """What changed between two states of an article; None where its words did not, nor is its day told at last."""
    before, after = ({" ".join(_words(s)) for s in article.sentences} - {""} for article in (earlier, later))
    title = _words(earlier.title) != _words(later.title)
    date = bool(earlier.undated and not later.undated)
    if before == after and not title and not date:
        return None
    return Changes(len(after - before), len(before - after), title, date)


def _runs(sentences: Sequence[str]) -> set[tuple[str, ...]]:
    words = [word for sentence in sentences for word in _words(sentence)]
    return {tuple(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
