"""What was said in the page's channels, kept so that it survives a restart."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from bot.domain.errors import NotFound, StoreError
from bot.ports import Payload

_T = TypeVar("_T")
_VERSION = 1
# Another process (a command that posts) may be writing; its transactions take milliseconds.
_BUSY_SECONDS = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    parent INTEGER REFERENCES messages (id),
    payload TEXT NOT NULL,
    posted TEXT NOT NULL,
    edited TEXT,
    change INTEGER NOT NULL UNIQUE,
    UNIQUE (channel, key)
);
CREATE INDEX IF NOT EXISTS messages_parent ON messages (parent);
"""
_COLUMNS = "id, channel, key, parent, payload, posted, edited, change"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a channel. ``change`` grows with every post and edit of the whole log."""

    id: int
    channel: str
    key: str
    payload: Payload
    posted: datetime
    change: int
    parent: int | None = None
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A message of a channel and what was said below it, oldest first."""

    said: Said
    replies: tuple[Said, ...] = field(default=())

    @property
    def change(self) -> int:
        """The latest change of the message or one of its replies."""
        return max(said.change for said in (self.said, *self.replies))


class ChannelLog(Protocol):
    """Keeps messages by channel. A key is unique within its channel for ever."""

    async def post(self, channel: str, key: str, payload: Payload, now: datetime, parent: int | None = None) -> Said:
        """Keep a message; one of that key that is there already is returned unchanged instead.

        Raises:
            NotFound: there is no message ``parent`` in that channel.
            StoreError: it could not be kept.
        """
        ...

    async def edit(self, id_: int, payload: Payload, now: datetime) -> Said:
        """Replace a message's payload.

        Raises:
            NotFound: there is no such message.
            StoreError: it could not be kept; the earlier payload stays.
        """
        ...

    async def find(self, channel: str, key: str) -> Said | None:
        """The message of that key, or None.

        Raises:
            StoreError: the log cannot be read.
        """
        ...

    async def page(self, channel: str, limit: int, before: int | None = None) -> Sequence[Thread]:
        """The newest ``limit`` messages with an id below ``before``, oldest first, with their replies.

        Raises:
            StoreError: the log cannot be read.
        """
        ...

    async def changed(self, channel: str, after: int) -> Sequence[Thread]:
        """The messages that were posted, edited or replied to after that change, in the order of change.

        Raises:
            StoreError: the log cannot be read.
        """
        ...

    async def last_change(self) -> int:
        """The latest change of the whole log; 0 where nothing was said.

        Raises:
            StoreError: the log cannot be read.
        """
        ...

    async def channels(self) -> Sequence[str]:
        """The channels in which something was said, in the order of their first message.

        Raises:
            StoreError: the log cannot be read.
        """
        ...


class SqliteChannelLog:
    """The log in one SQLite file that several processes may use at once.

    Each call opens the file anew, in a thread: nothing to close, nothing held while idle.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ready = False

    async def post(self, channel: str, key: str, payload: Payload, now: datetime, parent: int | None = None) -> Said:
        """Keep a message once; see :meth:`ChannelLog.post`."""

        def keep(db: sqlite3.Connection) -> Said:
            if found := _one(db, "channel = ? AND key = ?", channel, key):
                return found
            if parent is not None and not _one(db, "id = ? AND channel = ?", parent, channel):
                raise NotFound(f"There is no message {parent} in #{channel} to reply to.")
            cursor = db.execute(
                "INSERT INTO messages (channel, key, parent, payload, posted, change) VALUES (?, ?, ?, ?, ?, "
                "(SELECT coalesce(max(change), 0) + 1 FROM messages))",
                (channel, key, parent, json.dumps(payload), now.isoformat()),
            )
            return _known(db, cursor.lastrowid)

        return await self._call(keep, write=True)

    async def edit(self, id_: int, payload: Payload, now: datetime) -> Said:
        """Replace a message's payload; see :meth:`ChannelLog.edit`."""

        def replace(db: sqlite3.Connection) -> Said:
            cursor = db.execute(
                "UPDATE messages SET payload = ?, edited = ?, change = (SELECT max(change) + 1 FROM messages) "
                "WHERE id = ?",
                (json.dumps(payload), now.isoformat(), id_),
            )
            if not cursor.rowcount:
                raise NotFound(f"There is no message {id_}.")
            return _known(db, id_)

        return await self._call(replace, write=True)

    async def find(self, channel: str, key: str) -> Said | None:
        """The message of that key; see :meth:`ChannelLog.find`."""
        return await self._call(lambda db: _one(db, "channel = ? AND key = ?", channel, key))

    async def page(self, channel: str, limit: int, before: int | None = None) -> Sequence[Thread]:
        """The newest messages; see :meth:`ChannelLog.page`."""

        def newest(db: sqlite3.Connection) -> list[Thread]:
            where = "channel = ? AND parent IS NULL AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?"
            return _threads(db, list(reversed(_rows(db, where, channel, before, before, limit))))

        return await self._call(newest)

    async def changed(self, channel: str, after: int) -> Sequence[Thread]:
        """What changed since; see :meth:`ChannelLog.changed`."""

        def since(db: sqlite3.Connection) -> list[Thread]:
            where = "id IN (SELECT coalesce(parent, id) FROM messages WHERE channel = ? AND change > ?)"
            return sorted(_threads(db, _rows(db, where, channel, after)), key=lambda thread: thread.change)

        return await self._call(since)

    async def last_change(self) -> int:
        """The latest change; see :meth:`ChannelLog.last_change`."""
        latest = "SELECT coalesce(max(change), 0) FROM messages"
        return await self._call(lambda db: int(db.execute(latest).fetchone()[0]))

    async def channels(self) -> Sequence[str]:
        """The channels; see :meth:`ChannelLog.channels`."""
        names = "SELECT channel FROM messages GROUP BY channel ORDER BY min(id)"
        return await self._call(lambda db: [row[0] for row in db.execute(names)])

    async def _call(self, work: Callable[[sqlite3.Connection], _T], write: bool = False) -> _T:
        def run() -> _T:
            with self._opened() as db:
                if not write:
                    return work(db)
                # A deferred transaction that reads and then writes fails at once when another one writes.
                db.execute("BEGIN IMMEDIATE")
                try:
                    result = work(db)
                    db.execute("COMMIT")
                except BaseException:
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    raise
                return result

        return await asyncio.to_thread(run)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
                self._prepare(db)
                yield db
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{self._path} cannot be used: {error}.", "Make it a writable file of its own.") from error

    def _prepare(self, db: sqlite3.Connection) -> None:
        if self._ready and self._path.stat().st_size:
            return
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            hint = "Start that version again, or point this one at another file."
            raise StoreError(f"{self._path} was written by a later version of Lede.", hint)
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(_SCHEMA)
        db.execute(f"PRAGMA user_version = {_VERSION}")
        self._ready = True


def _said(row: tuple[int, str, str, int | None, str, str, str | None, int]) -> Said:
    id_, channel, key, parent, payload, posted, edited, change = row
    when = datetime.fromisoformat(edited) if edited else None
    return Said(id_, channel, key, json.loads(payload), datetime.fromisoformat(posted), change, parent, when)


def _rows(db: sqlite3.Connection, where: str, *values: object) -> list[Said]:
    # ``where`` is always one of the constants above; values are bound.
    return [_said(row) for row in db.execute(f"SELECT {_COLUMNS} FROM messages WHERE {where}", values)]  # noqa: S608


def _one(db: sqlite3.Connection, where: str, *values: object) -> Said | None:
    return next(iter(_rows(db, where, *values)), None)


def _known(db: sqlite3.Connection, id_: int | None) -> Said:
    said = _one(db, "id = ?", id_)
    assert said is not None, id_
    return said


def _threads(db: sqlite3.Connection, heads: list[Said]) -> list[Thread]:
    marks = ", ".join("?" for _ in heads)
    replies = _rows(db, f"parent IN ({marks}) ORDER BY id", *(said.id for said in heads)) if heads else []
    return [Thread(said, tuple(reply for reply in replies if reply.parent == said.id)) for said in heads]
