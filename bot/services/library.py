"""Everything the stored digests say, in memory: entities, stories and both indexes, swapped whole when they change.

Questions are answered from one snapshot, so an answer never mixes two states of the library.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from threading import Lock

import structlog

from bot.domain.digests import Digest
from bot.domain.entities import Decisions, Entity, EntityBook, EntityRegistry
from bot.domain.errors import StoreError
from bot.domain.stories import Stories, Story
from bot.index import EntityIndex, EntityRecord, Match
from bot.index.texts import TextIndex, TextMatch
from bot.ports import DigestStore, Problem

_log = structlog.get_logger()
# A word in the headline says more of what a story is about than one in its background.
_HEADLINE, _SUMMARY, _REST = 3.0, 2.0, 1.0
# Beyond this part of all, an index is cheaper made anew.
_ANEW = 0.2


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
    unread: int = 0  #: digests that are stored, but not told before a person has read them

    @property
    def waiting(self) -> str:
        """How many digests a person has to read first, in words; empty where none."""
        wait = "1 digest waits" if self.unread == 1 else f"{self.unread} digests wait"
        return f"{wait} to be read before being told" if self.unread else ""

    def story(self, reference: str) -> Story | None:
        """The story with that key, or the one that holds the digest of that id or key."""
        if found := self.stories_by_digest.get(reference):
            return found
        return next((story for story in self.stories if story.holds(reference)), None)

    def since(self, before: Snapshot) -> Iterator[Digest]:
        """The digests that are new or changed since the state ``before``."""
        return (digest for id_, digest in self.digests.items() if before.digests.get(id_) is not digest)

    def named(self, query: str, limit: int = 5) -> list[Match]:
        """The entities that ``query`` may mean, best first; the index may be a moment ahead."""
        return [match for match in self.names.search(query, limit=limit) if match.id in self.book]

    def holding(self, text: str) -> list[TextMatch]:
        """The digests that hold the words, best first."""
        return [match for match in self.texts.search(text) if match.id in self.digests]


def snapshot_of(
    digests: Sequence[Digest], decisions: Decisions | None = None, problems: Sequence[Problem] = ()
) -> Snapshot:
    """Arrange ``digests`` for every question; pure, and heavy enough to be run outside the event loop."""
    return Holdings(decisions or Decisions()).snapshot(digests, problems)


class Holdings:
    """What a library is arranged by, brought up to date with what changed instead of made anew."""

    def __init__(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self._lock = Lock()
        self._digests: dict[str, Digest] = {}
        self._registry = EntityRegistry(decisions)
        self._stories = Stories()
        self._book = self._registry.book()
        self._by_digest: dict[str, Story] = {}
        self._by_entity: dict[str, tuple[Story, ...]] = {}
        self._names = EntityIndex.build(())
        self._texts = TextIndex({})

    def snapshot(self, digests: Sequence[Digest], problems: Sequence[Problem] = ()) -> Snapshot:
        """The library of exactly these ``digests``. One call at a time: who was cancelled leaves its thread at work."""
        with self._lock:
            return self._snapshot(digests, problems)

    def _snapshot(self, digests: Sequence[Digest], problems: Sequence[Problem]) -> Snapshot:
        held, now = self._digests, {digest.id: digest for digest in digests}
        new = [d for id_, d in now.items() if (known := held.get(id_)) is not d and known != d]
        left = [held[id_] for id_ in (*(held.keys() - now.keys()), *(d.id for d in new if d.id in held))]
        gone = [digest.id for digest in left if digest.id not in now]
        # Where nothing changed, the digest that is held stays: all else refers to it.
        self._digests = {id_: held.get(id_, d) for id_, d in now.items()} | {d.id: d for d in new}
        book, told = self._book, dict.fromkeys(self._by_digest.values())
        touched = self._registry.change(new, gone)
        self._stories.change(new, gone)
        stories = self._stories.all()
        touched |= self._registry.correct(frozenset(d.id for story in stories for d in story.superseded))
        self._book = self._registry.book()
        self._retell(told, stories, book, touched)
        self._index_names(touched)
        self._index_texts(left, new)
        return Snapshot(
            digests=self._digests,
            book=self._book,
            stories=stories,
            stories_by_entity=dict(self._by_entity),
            stories_by_digest=dict(self._by_digest),
            names=self._names,
            texts=self._texts,
            problems=tuple(problems),
        )

    def _retell(
        self, known: Mapping[Story, None], stories: Sequence[Story], before: EntityBook, touched: set[str]
    ) -> None:
        """Bring up to date which story a digest is in, and which stories name an entity."""
        current = dict.fromkeys(stories)
        named = set(touched)
        for story in (story for story in known if story not in current):
            for digest in (*story.digests, *story.superseded):
                self._by_digest.pop(digest.id, None)
                named.update(before.named_by(digest))
        for story in (story for story in stories if story not in known):
            for digest in (*story.digests, *story.superseded):
                self._by_digest[digest.id] = story
                named.update(self._book.named_by(digest))
        for id_ in named:
            self._by_entity.pop(id_, None)
            if found := self._naming(id_):
                self._by_entity[id_] = found

    def _naming(self, id_: str) -> tuple[Story, ...]:
        """The stories of whose digests one names the entity, those that moved last first."""
        entity = self._book.get(id_)
        if entity is None:
            return ()
        found = dict.fromkeys(self._by_digest[a.digest.id] for a in entity.appearances)
        return tuple(sorted(found, key=lambda story: (story.latest, story.key), reverse=True))

    def _index_names(self, touched: set[str]) -> None:
        if len(touched) > _ANEW * len(self._book):
            self._names = EntityIndex.build(_record(entity) for entity in self._book.values())
            return
        for id_ in touched:
            if entity := self._book.get(id_):
                self._names.add(_record(entity))
            else:
                self._names.remove(id_)

    def _index_texts(self, left: Sequence[Digest], new: Sequence[Digest]) -> None:
        if len(left) + len(new) > _ANEW * len(self._digests):
            self._texts = TextIndex({id_: _texts_of(digest) for id_, digest in self._digests.items()})
            return
        for digest in left:
            self._texts.remove(digest.id, _texts_of(digest))
        for digest in new:
            self._texts.add(digest.id, _texts_of(digest))


def _record(entity: Entity) -> EntityRecord:
    return EntityRecord(entity.id, entity.name, entity.kind, entity.aliases, entity.weight)


def _texts_of(digest: Digest) -> list[tuple[str, float]]:
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


def unread_of(stored: Sequence[Digest]) -> list[Digest]:
    """Those that no person has read; what another stands in place of waits for nobody."""
    replaced = {digest.article.supersedes for digest in stored}
    return [digest for digest in stored if not digest.made.reviewed and digest.id not in replaced]


class Library:
    """Holds the current snapshot and follows the store. With ``only_reviewed``, what no person has read is not told."""

    def __init__(self, store: DigestStore, only_reviewed: bool = False) -> None:
        self._store = store
        self._only_reviewed = only_reviewed
        self._decisions = Decisions()
        self._holdings = Holdings(self._decisions)
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
            if self._decisions != self._holdings.decisions:
                self._holdings = Holdings(self._decisions)
            try:
                made = await asyncio.to_thread(self._holdings.snapshot, digests, problems)
            except Exception:
                self._holdings = Holdings(self._decisions)  # a change that is half worked in is not built on
                raise
            self._current = replace(made, unread=len(unread_of(stored)) if self._only_reviewed else 0)
            _report(before, self._current)
        for listener in self._listeners:
            listener(before, self._current)
        return self._current

    async def follow(self) -> None:
        """Refresh after every change of the store, until cancelled."""
        async with aclosing(self._store.changes()) as changes:
            async for _ in changes:
                await self.refresh()


def _report(before: Snapshot, after: Snapshot) -> None:
    """Say what changed, and each problem once: when it appears."""
    if before.digests.keys() != after.digests.keys():
        _log.info("library.loaded", digests=len(after.digests), stories=len(after.stories), entities=len(after.book))
    for problem in after.problems:
        if problem not in before.problems:
            _log.warning("library.set_aside", path=problem.path, field=problem.field, reason=problem.reason)
