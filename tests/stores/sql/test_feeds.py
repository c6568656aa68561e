from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feeds import Entry, Feed, Known, Waiting, feed_id
from bot.ports import SeenPage, Validators
from bot.stores.sql.database import Database
from bot.stores.sql.feeds import SqlFeeds, SqlPages

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 1, 13, 7, 30, 1, 234567, tzinfo=UTC)


def feed(n: int, **more: object) -> Feed:
    """The nth feed, due now."""
    url = f"https://wire{n}.example/feed"
    return replace(Feed(feed_id(url), url, NOW + timedelta(seconds=n), NOW), **more)  # type: ignore[arg-type] # fields


ENTRY = Entry("urn:1", "https://wire.example/1", "Lake “falls” \U0001f30a", NOW, NOW, ("Jonas Roe",), "<p>x</p>")
FULL = feed(
    1,
    title="Sample Wire",
    site="https://wire.example/",
    folder="World / Lakes",
    interval=timedelta(minutes=37.5),
    etag='W/"1"',
    last_modified="Mon, 12 Jan 2026 07:00:00 GMT",
    sha256="ab" * 32,
    last_try=NOW,
    last_success=NOW,
    last_news=NOW,
    items=7,
    failures=2,
    error="It is in trouble (503).",
    known=Known(bytes(range(24))).plus([ENTRY]),
    waiting=(Waiting(ENTRY, 1, NOW + timedelta(hours=1)),),
)


async def test_a_feed_comes_back_as_it_was(database: Database) -> None:
    """Every field survives, to the microsecond and the byte, after adding and after replacing."""
    store = SqlFeeds(database)

    assert await store.add(FULL)
    added = await store.get(FULL.id)
    changed = replace(FULL, failures=0, waiting=(), known=Known(), state="gone")

    assert added == FULL
    assert await store.replace(changed)
    assert await store.get(FULL.id) == changed


async def test_a_feed_is_added_once(database: Database) -> None:
    """Of several that add the same feed at once, one does, and nothing of it is lost."""
    store = SqlFeeds(database)

    added = await asyncio.gather(*(store.add(feed(1, title=str(n))) for n in range(5)))

    assert sorted(added) == [False] * 4 + [True]
    assert len(await store.feeds()) == 1


async def test_a_removed_feed_stays_removed(database: Database) -> None:
    """A late write does not bring it back, and removing it again says that it is gone."""
    store = SqlFeeds(database)
    await store.add(FULL)

    removed = [await store.remove(FULL.id) for _ in range(2)]

    assert removed == [True, False]
    assert not await store.replace(FULL)
    assert await store.get(FULL.id) is None


async def test_feeds_are_listed_as_they_were_added(database: Database) -> None:
    """The order is theirs, not the database's."""
    store = SqlFeeds(database)
    for n in (3, 1, 2):
        await store.add(feed(n))

    assert [each.url for each in await store.feeds()] == [feed(n).url for n in (1, 2, 3)]


async def test_due_feeds_come_with_the_healthy_first(database: Database) -> None:
    """Not those of later or that are gone; those in trouble after all others; no more than asked for."""
    store = SqlFeeds(database)
    await store.add(feed(1, next_try=NOW - timedelta(hours=2), failures=3))
    await store.add(feed(2, next_try=NOW))
    await store.add(feed(3, next_try=NOW - timedelta(hours=1)))
    await store.add(feed(4, next_try=NOW + timedelta(microseconds=1)))
    await store.add(feed(5, next_try=NOW - timedelta(days=1), state="gone"))

    assert [each.url for each in await store.due(NOW, 9)] == [feed(n).url for n in (3, 2, 1)]
    assert [each.url for each in await store.due(NOW, 1)] == [feed(3).url]


async def test_feeds_with_pages_to_read_are_found(database: Database) -> None:
    """By the first of their entries that may be read now, also where the feed itself is gone."""
    store = SqlFeeds(database)
    soon, later = Waiting(ENTRY, 0, NOW), Waiting(ENTRY, 1, NOW + timedelta(hours=1))
    await store.add(feed(1, waiting=(later, soon), state="gone"))
    await store.add(feed(2, waiting=(later,)))
    await store.add(feed(3))

    assert [each.url for each in await store.waiting(NOW, 9)] == [feed(1).url]
    assert len(await store.waiting(NOW + timedelta(hours=1), 9)) == 2


async def test_pages_are_remembered(database: Database) -> None:
    """By their key, the latest word counts; an unknown key is unknown."""
    pages = SqlPages(database)
    first = SeenPage("https://wire.example/1", "aa" * 32, "2026-01-13-lake-falls-12345678", Validators('"1"', "Mon"))
    second = replace(first, sha256="bb" * 32, validators=Validators())

    await pages.remember(first)
    before = await pages.recall(first.key)
    await pages.remember(second)

    assert before == first
    assert await pages.recall(first.key) == second
    assert await pages.recall("https://wire.example/2") is None
