"""SQLite: one writing thread, a few reading ones.

SQLite has one writer, so writers queue here rather than inside SQLite, and all that wait share one ``BEGIN
IMMEDIATE`` and one fsync, each in its own savepoint. SQLAlchemy's plain engine on a thread of its own takes one
switch of threads a transaction; its asyncio engine takes one a statement, which measured four times slower.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from bot.domain.errors import StoreError
from bot.stores.sql.database import Work, store_error

T = TypeVar("T")
# More in one transaction would make the first of them wait without saving another fsync.
_SHARE = 64
_READERS = 4


@dataclass(slots=True)
class _Waiting(Generic[T]):
    work: Work[T]
    result: asyncio.Future[T]


class SqliteDatabase:
    """A SQLite file (or one in memory, for tests)."""

    shared = False

    def __init__(self, url: URL, busy: timedelta) -> None:
        in_memory = url.database in (None, "", ":memory:")
        self.url = url
        self.path = None if in_memory else Path(url.database or "")
        self._make_folder()
        self._writer = _engine(url, busy, immediate=True, in_memory=in_memory)
        self._writing_thread = ThreadPoolExecutor(1, "sqlite-writer")
        if in_memory:
            self._reader, self._reading_threads = self._writer, self._writing_thread
        else:
            self._reader = _engine(url, busy, immediate=False)
            self._reading_threads = ThreadPoolExecutor(_READERS, "sqlite-reader")
        self._waiting: deque[_Waiting[Any]] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def write(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`."""
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._drain())
        result: T = await waiting.result
        return result

    async def read(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`."""

        def reading() -> T:
            with self._reader.connect() as connection:
                return work(connection)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._reading_threads, reading)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise store_error(self.url, error) from error

    async def close(self) -> None:
        """See :class:`bot.stores.sql.database.Database`."""
        if self._writing is not None:
            await self._writing
        self._writing_thread.shutdown()
        self._reading_threads.shutdown()
        self._reader.dispose()
        self._writer.dispose()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _SHARE))]
            works = [each.work for each in batch]
            done = await loop.run_in_executor(self._writing_thread, self._together, works)
            for each, result in zip(batch, done, strict=True):
                if each.result.done():
                    continue
                if isinstance(result, _Failed):
                    each.result.set_exception(result.error)
                else:
                    each.result.set_result(result)

    def _together(self, works: Sequence[Work[Any]]) -> list[Any]:
        """The results of all works, committed at once; a work that raised is undone and gives :class:`_Failed`."""
        try:
            with self._writer.begin() as connection:
                return [_apart(connection, work) for work in works]
        except (DBAPIError, PoolTimeout, OSError) as error:
            return [_Failed(store_error(self.url, error)) for _ in works]

    def _make_folder(self) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The folder of the database {self.path} cannot be made: {error.strerror}.",
                "Look at the path and its permissions in DATABASE_URL.",
            ) from None


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


def _apart(connection: Connection, work: Work[Any]) -> Any:
    """What ``work`` returns or raises; what it raised leaves no trace, and the others in the transaction stand."""
    savepoint = connection.begin_nested()
    try:
        result = work(connection)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 - handed to the caller whose work it was
        savepoint.rollback()
        return _Failed(error)
    savepoint.commit()
    return result


def _engine(url: URL, busy: timedelta, immediate: bool, in_memory: bool = False) -> Engine:
    """An engine that begins transactions itself: the driver's deferred ones fail at once when two read, then write."""
    arguments = {"timeout": busy.total_seconds(), "check_same_thread": False}
    size: dict[str, Any] = {"pool_size": 1 if immediate else _READERS, "max_overflow": 0}
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else size
    engine = create_engine(url, connect_args=arguments, **pool)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: what is said to be recorded survives a loss of power, not only of the process.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        if not immediate:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
