"""PostgreSQL, shared by several replicas.

As with SQLite, a transaction runs in a thread of its own from beginning to end: the asyncio engine changes between
greenlets and the loop at every statement, which measured a third more time of the processor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.stores.sql.database import Work, store_error

T = TypeVar("T")
# A replica does some dozen deliveries at a time, each with short transactions.
_CONNECTIONS = 12
# A server that vanished without a word is noticed by the kernel, within the time of a lease.
_CONNECT = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 9000,
}


class PostgresDatabase:
    """A database on a PostgreSQL server."""

    shared = True
    path = None

    def __init__(self, url: URL) -> None:
        self.url = url
        # Stale connections are not looked for before each use, a round trip every time: the first that is found
        # empties the pool.
        self._engine = create_engine(
            url, pool_size=_CONNECTIONS, max_overflow=0, pool_timeout=20, connect_args=_CONNECT
        )
        # All that is read at once is of one state: a backup's tables belong together.
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._threads = ThreadPoolExecutor(_CONNECTIONS, "postgres")

    async def write(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`."""

        def writing() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return await self._done(writing)

    async def read(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`. Asked once more where the connection had been lost."""

        def reading() -> T:
            with self._reading.connect() as connection:
                return work(connection)

        def read() -> T:
            try:
                return reading()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                return reading()

        return await self._done(read)

    async def close(self) -> None:
        """See :class:`bot.stores.sql.database.Database`."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    async def _done(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise store_error(self.url, error) from error
