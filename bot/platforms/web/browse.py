"""The stored digests as a library: what to show of them for what was asked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from anyascii import anyascii

from bot.domain.articles import Article
from bot.domain.digests import KINDS, Digest, DigestEntity, evidence_of

PAGE_LENGTH = 40
# Enough to recognise the place in the article, too little to stand in for it.
_EXCERPT_LENGTH = 140
_EXCERPT_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader filters by; empty means all. ``page`` counts from 1."""

    words: str = ""
    topic: str = ""
    outlet: str = ""
    page: int = 1

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.words or self.topic or self.outlet)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the library, newest day first. ``topics`` and ``outlets`` are all there are, with their counts."""

    days: tuple[tuple[date, tuple[Digest, ...]], ...]
    found: int
    total: int
    page: int
    pages: int
    topics: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]


def listing(digests: Sequence[Digest], asked: Asked) -> Listing:
    """The digests that hold all the words asked for, of that topic and outlet."""
    newest = sorted(digests, key=lambda each: (each.day, each.article.published, each.id), reverse=True)
    found = [each for each in newest if _fits(each, asked)]
    pages = max(1, -(-len(found) // PAGE_LENGTH))
    page = min(max(asked.page, 1), pages)
    shown = found[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]
    return Listing(
        days=tuple((day, tuple(group)) for day, group in groupby(shown, key=lambda each: each.day)),
        found=len(found),
        total=len(digests),
        page=page,
        pages=pages,
        topics=_counted(topic for each in digests for topic in each.topics),
        outlets=_counted(each.article.outlet.name for each in digests),
    )


def _fits(digest: Digest, asked: Asked) -> bool:
    if asked.topic and asked.topic not in digest.topics:
        return False
    if asked.outlet and asked.outlet != digest.article.outlet.name:
        return False
    words = _folded(asked.words).split()
    return not words or _holds(digest, words)


def _holds(digest: Digest, words: Sequence[str]) -> bool:
    named = (name for entity in digest.entities for name in (entity.name, *entity.aliases))
    text = _folded(" ".join((digest.headline, digest.summary, digest.article.outlet.name, *named, *digest.topics)))
    return all(word in text for word in words)


def _folded(text: str) -> str:
    return anyascii(text).casefold()


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def corrections(digests: Iterable[Digest]) -> dict[str, str]:
    """Digests of articles that a later one supersedes, each with the later one's id."""
    return {each.article.supersedes: each.id for each in digests if each.article.supersedes}


def entities_by_kind(digest: Digest) -> list[tuple[str, list[DigestEntity]]]:
    """The digest's entities by kind, the most prominent first; kinds without any are left out."""
    ranked = sorted(digest.entities, key=lambda entity: -entity.salience)
    groups = ((kind, [entity for entity in ranked if entity.kind == kind]) for kind in KINDS)
    return [(kind, entities) for kind, entities in groups if entities]


def excerpt(digest: Digest, article: Article, number: int) -> str | None:
    """The beginning of a cited sentence, always less than the whole of it.

    None where the digest does not cite that sentence.
    """
    if number not in {each for _, evidence in evidence_of(digest) for each in evidence}:
        return None
    sentence = " ".join(article.sentence(number).split())
    most = min(_EXCERPT_LENGTH, int(len(sentence) * _EXCERPT_SHARE))
    kept = sentence[:most].rpartition(" ")[0] or sentence[:most]
    return f"{kept.rstrip(' ,;:–—-')} …"
