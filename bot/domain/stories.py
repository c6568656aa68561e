"""Digests about the same thing are a story.

What is most alike is put together first, then groups that are alike on the whole (see :mod:`bot.domain.grouping`), so
a later digest may show that two stories are one, or that one is two. After 72 hours of silence a story takes only
what is ever more like it, and after seven days nothing, so that a strike's end finds its beginning while last month's
flood and today's stay two. A corrected article always joins the story of the one it supersedes, and stands in its
place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.digests import Digest
from bot.domain.grouping import ALIKE, CLOSED_AFTER, OPEN_FOR, Grouping
from bot.domain.weeks import Group


@dataclass(frozen=True, slots=True)
class Story:
    """Digests about one thing, newest first. ``superseded`` ones were corrected by another of the same story.

    ``key`` is the founding digest's: short, stable as the story grows, and good in a button. One that joins an
    older story is found under either's key.
    """

    key: str
    digests: tuple[Digest, ...]
    superseded: tuple[Digest, ...] = ()

    def __hash__(self) -> int:
        """By the key alone: to hash all that the digests say takes long."""
        return hash(self.key)

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

    def as_of(self, moment: datetime) -> Story:
        """The story of what was published by then, corrections that came later undone; as it is where nothing was."""
        if self.latest <= moment:
            return self
        members = sorted((*self.digests, *self.superseded), key=lambda d: (d.article.published, d.id))
        by_then = [d for d in members if d.article.published <= moment]
        return _story(by_then) if by_then else self

    def holds(self, reference: str) -> bool:
        """Whether ``reference`` is this story's key or a digest of it, by id or key."""
        ids = (each for d in (*self.digests, *self.superseded) for each in (d.id, d.key))
        return reference == self.key or reference in ids


class Stories:
    """The stories of a set of digests, kept as it changes; what a change leaves alone stays the same object."""

    def __init__(self, digests: Iterable[Digest] = (), alike: float = ALIKE) -> None:
        self._grouping = Grouping(digests, alike)
        self._told: dict[Group, Story] = {}

    def change(self, digests: Iterable[Digest] = (), gone: Iterable[str] = ()) -> None:
        """Take ``digests`` in, each in the place of an earlier one of its id, and forget those ``gone`` by id."""
        self._grouping.change(digests, gone)

    def all(self) -> tuple[Story, ...]:
        """Every story, those that moved last first."""
        before, self._told = self._told, {}
        for group in self._grouping.groups():
            self._told[group] = before.get(group) or _story([filed.digest for filed in group.members])
        return tuple(sorted(self._told.values(), key=lambda s: (s.latest, s.key), reverse=True))


def stories_of(digests: Iterable[Digest], alike: float = ALIKE) -> tuple[Story, ...]:
    """Group digests into stories, those that moved last first. Depends on nothing but the digests."""
    return Stories(digests, alike).all()


def _story(members: list[Digest]) -> Story:
    newest_first = tuple(reversed(members))
    gone = {d.article.supersedes for d in members}
    current = tuple(d for d in newest_first if d.id not in gone) or newest_first[:1]
    return Story(members[0].key, current, tuple(d for d in newest_first if d not in current))


__all__ = ["ALIKE", "CLOSED_AFTER", "OPEN_FOR", "Stories", "Story", "stories_of"]
