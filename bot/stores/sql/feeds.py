"""Feeds and how they are; which page became which digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, delete, select, update

from bot.domain.feeds import Feed, Known
from bot.ports import SeenPage, Validators
from bot.stores.sql.database import Database
from bot.stores.sql.statements import insert_new, put
from bot.stores.sql.tables import FEEDS, PAGES

_FEED = TypeAdapter(Feed)


class SqlFeeds:
    """A :class:`bot.ports.FeedStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def feeds(self) -> Sequence[Feed]:
        """See :meth:`bot.ports.FeedStore.feeds`."""
        return await self._those(_ROWS.order_by(FEEDS.c.added, FEEDS.c.id))

    async def get(self, id_: str) -> Feed | None:
        """See :meth:`bot.ports.FeedStore.get`."""
        return next(iter(await self._those(_ROWS.where(FEEDS.c.id == id_))), None)

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """See :meth:`bot.ports.FeedStore.due`."""
        ours = _ROWS.where(FEEDS.c.state == "active", FEEDS.c.next_try <= now)
        return await self._those(ours.order_by(FEEDS.c.failures > 0, FEEDS.c.next_try).limit(limit))

    async def waiting(self, now: datetime, limit: int) -> Sequence[Feed]:
        """See :meth:`bot.ports.FeedStore.waiting`."""
        return await self._those(_ROWS.where(FEEDS.c.waiting_at <= now).order_by(FEEDS.c.waiting_at).limit(limit))

    async def add(self, feed: Feed) -> bool:
        """See :meth:`bot.ports.FeedStore.add`."""
        row = {"id": feed.id, "added": feed.added} | _columns(feed)
        return bool(await self._database.write(lambda connection: insert_new(connection, FEEDS, [row])))

    async def replace(self, feed: Feed) -> bool:
        """See :meth:`bot.ports.FeedStore.replace`."""
        change = update(FEEDS).where(FEEDS.c.id == feed.id).values(**_columns(feed))
        return bool(await self._database.write(lambda connection: connection.execute(change).rowcount))

    async def remove(self, id_: str) -> bool:
        """See :meth:`bot.ports.FeedStore.remove`."""
        gone = delete(FEEDS).where(FEEDS.c.id == id_)
        return bool(await self._database.write(lambda connection: connection.execute(gone).rowcount))

    async def _those(self, rows: Select[Any]) -> list[Feed]:
        def work(connection: Connection) -> list[Feed]:
            return [_feed(row) for row in connection.execute(rows).mappings()]

        return await self._database.read(work)


_ROWS = select(FEEDS.c.body, FEEDS.c.known)


def _columns(feed: Feed) -> dict[str, Any]:
    return {
        "state": feed.state,
        "failures": feed.failures,
        "next_try": feed.next_try,
        "waiting_at": min((waiting.next_try for waiting in feed.waiting), default=None),
        "body": _FEED.dump_python(feed, mode="json", exclude={"known"}),
        "known": feed.known.records,
    }


def _feed(row: Mapping[Any, Any]) -> Feed:
    return _FEED.validate_python(row["body"] | {"known": Known(bytes(row["known"]))})


class SqlPages:
    """A :class:`bot.ports.PageMemory`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, key: str) -> SeenPage | None:
        """See :meth:`bot.ports.PageMemory.recall`."""
        ours = select(PAGES).where(PAGES.c.key == key)
        row = await self._database.read(lambda connection: connection.execute(ours).mappings().one_or_none())
        if row is None:
            return None
        return SeenPage(row["key"], row["sha256"], row["digest"], Validators(row["etag"], row["last_modified"]))

    async def remember(self, seen: SeenPage) -> None:
        """See :meth:`bot.ports.PageMemory.remember`."""
        row = {
            "key": seen.key,
            "sha256": seen.sha256,
            "digest": seen.digest,
            "etag": seen.validators.etag,
            "last_modified": seen.validators.last_modified,
        }
        await self._database.write(lambda connection: put(connection, PAGES, row))
