"""PostgreSQL, shared by several replicas."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.stores.sql.database import Work, store_error

T = TypeVar("T")
# A replica does some dozen deliveries at a time, each with short transactions.
_CONNECTIONS = 8
_CONNECT_SECONDS = 5


class PostgresDatabase:
    """A database on a PostgreSQL server."""

    shared = True
    path = None

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_pre_ping=True,
            pool_timeout=20,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )

    async def write(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`."""
        try:
            async with self.engine.begin() as connection:
                return await connection.run_sync(work)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise store_error(self.url, error) from error

    async def read(self, work: Work[T]) -> T:
        """See :class:`bot.stores.sql.database.Database`."""
        try:
            async with self.engine.connect() as connection:
                return await connection.run_sync(work)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise store_error(self.url, error) from error

    async def close(self) -> None:
        """See :class:`bot.stores.sql.database.Database`."""
        await self.engine.dispose()
