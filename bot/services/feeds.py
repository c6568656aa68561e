"""Feeds: added, listed, imported, polled; their entries read one after another.

Two jobs share the work, so that many articles never keep feeds from being asked: :meth:`FeedService.poll_due` asks
feeds and puts what is new in their waiting lists, :meth:`FeedService.read_waiting` reads the pages. A feed is written
down after every step, so a crash loses nothing and repeats at most one page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

import structlog

from bot.domain.addresses import shown
from bot.domain.articles import canonical_url
from bot.domain.errors import BadRequest, Gone, NotFound, SourceError, StoreError
from bot.domain.feeds import (
    Feed,
    Waiting,
    after_answer,
    after_failure,
    choice_of,
    complaint,
    feed_id,
    postponed,
    queued,
    scheduled,
    settled,
)
from bot.ports import Clock, FeedAnswer, FeedSource, FeedStore, FoundFeed, Given, Validators
from bot.services.ingest import IngestResult, IngestService, text_page

_log = structlog.get_logger()
# Most of a poll is waiting for servers; a page costs processor time.
_FEEDS_AT_ONCE, _PAGES_AT_ONCE = 24, 4
# One wake's share: what is left comes with the next.
_FEEDS_A_WAKE, _PAGES_A_WAKE = 500, 60
# A teaser is no article; a feed that carries whole texts carries more than this.
_LEAST_CONTENT = 600

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class FeedAdded:
    """A feed that is read from now on; ``new`` is False where it was already. ``others`` are offered beside it."""

    feed: Feed
    new: bool
    others: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing an OPML file would do."""

    new: tuple[FoundFeed, ...]
    known: tuple[FoundFeed, ...]
    refused: tuple[tuple[FoundFeed, str], ...]  #: with the reason


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """What asking one feed brought. ``error`` is empty where it answered."""

    feed: Feed
    new: int = 0
    changed: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class EntryRead:
    """What became of one entry; ``later`` when it is tried again."""

    feed: Feed
    title: str
    result: IngestResult
    later: bool = False


class FeedService:
    """Keeps feeds and reads them.

    Args:
        source: fetches and parses.
        store: where they are kept.
        ingest: takes in their articles.
        clock: the present.
        chance: a number in 0..1 each time, to spread what would come at once.
    """

    def __init__(
        self, source: FeedSource, store: FeedStore, ingest: IngestService, clock: Clock, chance: Callable[[], float]
    ) -> None:
        self._source = source
        self._store = store
        self._ingest = ingest
        self._clock = clock
        self._chance = chance
        self._locks: dict[str, asyncio.Lock] = {}

    # --- what people arrange

    async def list(self) -> Sequence[Feed]:
        """All feeds, in the order in which they were added."""
        return await self._store.feeds()

    async def add(self, url: str) -> FeedAdded:
        """Read the feed at ``url``, or the likeliest of the site there, from now on.

        Raises:
            SourceError: it cannot be had, or offers no feed.
            BadRequest: it is no address.
        """
        if (known := await self._store.get(_id(url))) is not None:
            return FeedAdded(await self._revived(known), new=False)
        found, *others = await self._source.discover(url)
        feed = self._fresh(found)
        if await self._store.add(feed):
            _log.info("feeds.added", feed=shown(feed.url))
            return FeedAdded(feed, True, tuple(others))
        return FeedAdded(await self._revived(await self._store.get(feed.id) or feed), False, tuple(others))

    async def plan_import(self, source: str, *, local: bool = False) -> ImportPlan:
        """What importing the OPML file at ``source`` would add; changes nothing.

        Raises:
            SourceError: it cannot be had, or is no OPML.
        """
        have = {feed.id for feed in await self._store.feeds()}
        new: list[FoundFeed] = []
        known: list[FoundFeed] = []
        refused: list[tuple[FoundFeed, str]] = []
        for found in await self._source.read_opml(source, local=local):
            try:
                id_ = _id(found.url)
            except BadRequest as error:
                refused.append((found, error.what))
                continue
            (known if id_ in have else new).append(found)
            have.add(id_)
        return ImportPlan(tuple(new), tuple(known), tuple(refused))

    async def carry_out(self, plan: ImportPlan) -> Sequence[Feed]:
        """Add the new feeds of ``plan``; those that someone else added meanwhile are left as they are.

        They are not asked yet: the first poll tells which of them answer.
        """
        added = []
        for found in plan.new:
            feed = self._fresh(found)
            if await self._store.add(feed):
                added.append(feed)
        _log.info("feeds.imported", feeds=len(added))
        return added

    async def export(self, title: str = "Lede") -> str:
        """All feeds as OPML."""
        found = [FoundFeed(feed.url, feed.title, feed.folder) for feed in await self._store.feeds()]
        return self._source.write_opml(found, title, self._clock.now())

    async def remove(self, reference: str) -> Feed:
        """Stop reading the feed of that address, id or title; its articles stay.

        Raises:
            NotFound: there is none.
            BadRequest: several go by that title.
        """
        feed = await self.find(reference)
        await self._store.remove(feed.id)
        _log.info("feeds.removed", feed=shown(feed.url))
        return feed

    async def find(self, reference: str) -> Feed:
        """The feed of that address, id or title.

        Raises:
            NotFound: there is none.
            BadRequest: several go by that title.
        """
        feeds = await self._store.feeds()
        wanted = reference.strip()
        for same in (
            [feed for feed in feeds if wanted in (feed.id, feed.url) or _canonical(wanted) == _canonical(feed.url)],
            [feed for feed in feeds if feed.title.casefold() == wanted.casefold()],
        ):
            if len(same) > 1:
                addresses = ", ".join(shown(feed.url) for feed in same)
                raise BadRequest(f"Several feeds are called {wanted}.", f"Give the address: {addresses}.")
            if same:
                return same[0]
        raise NotFound(f"No feed is read from {shown(wanted)}.", "See the list of feeds for those there are.")

    async def complaints(self) -> Sequence[str]:
        """What is wrong with feeds, a sentence each."""
        now = self._clock.now()
        told = ((feed, complaint(feed, now)) for feed in await self._store.feeds())
        return [f"Feed {feed.name}: {words}" for feed, words in told if words]

    # --- what the timetable calls

    async def poll_due(self) -> None:
        """Ask the feeds whose time has come; what is new waits to be read."""
        async for _ in self._poll(await self._store.due(self._clock.now(), _FEEDS_A_WAKE)):
            pass

    async def read_waiting(self) -> None:
        """Read pages that wait, a bounded number, in turn from each feed."""
        async for _ in self._read(await self._store.waiting(self._clock.now(), _PAGES_A_WAKE)):
            pass

    async def poll(self, references: Sequence[str] = ()) -> AsyncIterator[FeedPolled | EntryRead]:
        """Ask feeds now, whether due or not, and read all that is new; yields as it goes, for a progress bar.

        Args:
            references: addresses, ids or titles; all feeds that are not gone where there are none.

        Raises:
            NotFound, BadRequest: a reference names none or several.
        """
        chosen = [await self.find(each) for each in references] or [f for f in await self.list() if f.state == "active"]
        async for polled in self._poll(chosen):
            yield polled
        left = -1
        while ready := [f for each in chosen if (f := await self._store.get(each.id)) and _ready(f, self._clock.now())]:
            before, left = left, sum(len(feed.waiting) for feed in ready)
            if left == before:
                return  # nothing could be written down: the next poll begins here again
            async for read in self._read(ready):
                yield read

    # --- asking

    async def _poll(self, feeds: Sequence[Feed]) -> AsyncIterator[FeedPolled]:
        async for polled in _several(feeds, self._ask, _FEEDS_AT_ONCE):
            yield polled

    async def _ask(self, feed: Feed) -> FeedPolled:
        try:
            answer = await self._source.feed(feed.url, Validators(feed.etag, feed.last_modified), feed.sha256)
        except SourceError as error:
            return await self._failed(feed, error)
        return await self._answered(feed, answer)

    async def _failed(self, feed: Feed, error: SourceError) -> FeedPolled:
        now, chance, gone = self._clock.now(), self._chance(), isinstance(error, Gone)
        words = str(error)
        _log.info("feeds.failed", feed=shown(feed.url), reason=error.what)
        kept = await self._change(
            feed, lambda f: after_failure(f, words, now, chance, retry_after=error.retry_after, gone=gone)
        )
        return FeedPolled(kept or feed, error=words)

    async def _answered(self, feed: Feed, answer: FeedAnswer) -> FeedPolled:
        now, chance, document = self._clock.now(), self._chance(), answer.document
        choice = choice_of(feed, document, now) if document else None

        def changed(before: Feed) -> Feed:
            after = after_answer(before, document, choice, now)
            after = queued(after, choice, now) if choice else after
            after = replace(
                after,
                url=answer.moved_to or after.url,
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
            )
            news = bool(choice and choice.new)
            ttl = document.ttl if document else None
            return scheduled(after, news, now, chance, fresh_for=answer.fresh_for, ttl=ttl)

        kept = await self._change(feed, changed)
        if answer.moved_to:
            _log.info("feeds.moved", feed=shown(feed.url), to=shown(answer.moved_to))
        return FeedPolled(kept or feed, len(choice.new) if choice else 0, len(choice.changed) if choice else 0)

    # --- reading

    async def _read(self, feeds: Sequence[Feed]) -> AsyncIterator[EntryRead]:
        now = self._clock.now()
        queues = [[(feed, waiting) for waiting in _ready(feed, now)] for feed in feeds]
        in_turn = [each for row in zip_longest(*queues) for each in row if each is not None][:_PAGES_A_WAKE]
        async for read in _several(in_turn, self._take, _PAGES_AT_ONCE):
            yield read

    async def _take(self, work: tuple[Feed, Waiting]) -> EntryRead:
        feed, waiting = work
        result = await self._ingested(feed, waiting)
        again = postponed(waiting, self._clock.now(), result.retry_after) if result.temporary else None
        filed = result.status in ("added", "updated")
        await self._change(feed, lambda before: settled(before, waiting, filed=filed, again=again))
        return EntryRead(feed, waiting.entry.title, result, later=again is not None)

    async def _ingested(self, feed: Feed, waiting: Waiting) -> IngestResult:
        entry = waiting.entry
        given = Given(entry.title, feed.title, entry.published, entry.url, entry.byline, outweighs=False)
        result = IngestResult(feed.url, "refused", reason="The entry has neither an address nor a text.")
        if entry.url:
            result = await self._ingest.add(entry.url, given)
        last = not result.temporary or postponed(waiting, self._clock.now()) is None
        if result.status == "refused" and last and len(entry.content) >= _LEAST_CONTENT:
            source = entry.url or feed.url
            return await self._ingest.add_page(source, text_page(source, entry.content, entry.url), given)
        return result

    # --- keeping

    async def _change(self, feed: Feed, change: Callable[[Feed], Feed]) -> Feed | None:
        """Write down a change of the feed as it now is; None where it was removed meanwhile or cannot be written."""
        lock = self._locks.setdefault(feed.id, asyncio.Lock())
        async with lock:
            current = await self._store.get(feed.id)
            if current is None:
                return None
            after = change(current)
            try:
                return after if await self._store.replace(after) else None
            except StoreError as error:
                # The next poll does the same again; other feeds go on.
                _log.error("feeds.not_kept", feed=shown(feed.url), reason=str(error))
                return None

    async def _revived(self, feed: Feed) -> Feed:
        """Whoever adds a feed again wants it asked again, also where it was gone."""
        if feed.state == "active":
            return feed
        now = self._clock.now()
        back = await self._change(feed, lambda f: replace(f, state="active", failures=0, error="", next_try=now))
        return back or feed

    def _fresh(self, found: FoundFeed) -> Feed:
        now = self._clock.now()
        return Feed(_id(found.url), found.url, now, now, found.title, folder=found.folder)


async def _several(work: Sequence[T], one: Callable[[T], Awaitable[R]], at_once: int) -> AsyncIterator[R]:
    """The results of ``one`` for each of ``work`` as they come, ``at_once`` at a time; a surprise stops all."""
    places = asyncio.Semaphore(at_once)

    async def placed(each: T) -> R:
        async with places:
            return await one(each)

    tasks = [asyncio.ensure_future(placed(each)) for each in work]
    try:
        for task in asyncio.as_completed(tasks):
            yield await task
    finally:
        for pending in tasks:
            pending.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _ready(feed: Feed, now: datetime) -> list[Waiting]:
    return [waiting for waiting in feed.waiting if waiting.next_try <= now]


def _id(url: str) -> str:
    try:
        return feed_id(url)
    except ValueError:
        raise BadRequest(f"{shown(url)} is not a web address.", "Give one that begins with https://.") from None


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:
        return url
