"""Everything the stored digests say, in memory: entities, stories and both indexes, swapped whole when they change.

Questions are answered from one snapshot, so an answer never mixes two states of the library.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.digests import Digest
from bot.domain.entities import Decisions, EntityBook, entity_book
from bot.domain.errors import StoreError
from bot.domain.stories import Story, stories_of
from bot.index import EntityIndex, EntityRecord
from bot.index.texts import TextIndex
from bot.ports import DigestStore, Problem

_log = structlog.get_logger()
# A word in the headline says more of what a story is about than one in its background.
_HEADLINE, _SUMMARY, _REST = 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the library."""

    digests: Mapping[str, Digest]
    book: EntityBook
    stories: tuple[Story, ...]  #: those that moved last first
    stories_by_entity: Mapping[str, tuple[Story, ...]]
    stories_by_digest: Mapping[str, Story]
    names: EntityIndex
    texts: TextIndex
    problems: tuple[Problem, ...] = ()

    def story(self, reference: str) -> Story | None:
        """The story with that key, or the one that holds the digest of that id or key."""
        if found := self.stories_by_digest.get(reference):
            return found
        return next((story for story in self.stories if story.holds(reference)), None)


def snapshot_of(
    digests: Sequence[Digest], decisions: Decisions | None = None, problems: Sequence[Problem] = ()
) -> Snapshot:
    """Arrange ``digests`` for every question; pure, and heavy enough to be run outside the event loop."""
    book = entity_book(digests, decisions)
    stories = stories_of(digests)
    by_entity: defaultdict[str, list[Story]] = defaultdict(list)
    by_digest: dict[str, Story] = {}
    for story in stories:
        by_digest |= {digest.id: story for digest in (*story.digests, *story.superseded)}
        named = {e.id for digest in story.digests for entry in digest.entities if (e := book.meant(digest, entry.id))}
        for id_ in named:
            by_entity[id_].append(story)
    records = (EntityRecord(e.id, e.name, e.kind, e.aliases, e.weight) for e in book.values())
    return Snapshot(
        digests={digest.id: digest for digest in digests},
        book=book,
        stories=stories,
        stories_by_entity={id_: tuple(found) for id_, found in by_entity.items()},
        stories_by_digest=by_digest,
        names=EntityIndex.build(records),
        texts=TextIndex({digest.id: _texts(digest) for digest in digests}),
        problems=tuple(problems),
    )


def _texts(digest: Digest) -> list[tuple[str, float]]:
    rest = [s.text for s in (*digest.key_points, *digest.next_, *digest.background)]
    rest += [e.text for e in digest.events] + [q.text for q in digest.quotes] + [f.what for f in digest.figures]
    rest += [digest.why_it_matters.text] if digest.why_it_matters else []
    names = [name for entity in digest.entities for name in (entity.name, *entity.aliases)]
    return [
        (digest.headline, _HEADLINE),
        (digest.article.title, _HEADLINE),
        (digest.summary, _SUMMARY),
        (" ".join(names + list(digest.topics)), _SUMMARY),
        (" ".join(rest), _REST),
    ]


class Library:
    """Holds the current snapshot and follows the store. With ``only_reviewed``, what no person has read is not told."""

    def __init__(self, store: DigestStore, only_reviewed: bool = False) -> None:
        self._store = store
        self._only_reviewed = only_reviewed
        self._decisions = Decisions()
        self._current = snapshot_of(())
        self._loading = asyncio.Lock()
        self._listeners: list[Callable[[Snapshot, Snapshot], None]] = []

    @property
    def current(self) -> Snapshot:
        """The snapshot to answer from; take it once a question."""
        return self._current

    def on_change(self, listener: Callable[[Snapshot, Snapshot], None]) -> None:
        """Call ``listener`` with the earlier and the new snapshot after each change."""
        self._listeners.append(listener)

    async def refresh(self) -> Snapshot:
        """Load what the store holds now. Decisions that cannot be read leave the last good ones in force."""
        async with self._loading:
            stored = await self._store.load()
            digests = [d for d in stored if d.made.reviewed] if self._only_reviewed else stored
            problems = list(await self._store.problems())
            try:
                self._decisions = await self._store.decisions()
            except StoreError as error:
                problems.append(Problem("entities.json", "", str(error)))
            before = self._current
            self._current = await asyncio.to_thread(snapshot_of, digests, self._decisions, problems)
            _report(before, self._current)
        for listener in self._listeners:
            listener(before, self._current)
        return self._current

    async def follow(self) -> None:
        """Refresh after every change of the store, until cancelled."""
        async for _ in self._store.changes():
            await self.refresh()


def _report(before: Snapshot, after: Snapshot) -> None:
    """Say what changed, and each problem once: when it appears."""
    if before.digests.keys() != after.digests.keys():
        _log.info("library.loaded", digests=len(after.digests), stories=len(after.stories), entities=len(after.book))
    for problem in after.problems:
        if problem not in before.problems:
            _log.warning("library.set_aside", path=problem.path, field=problem.field, reason=problem.reason)
