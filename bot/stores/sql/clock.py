"""One time for all replicas: the database server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from bot.ports import Clock, elapsed
from bot.stores.sql.database import Database

#: How often :meth:`ServerClock.set` is to run: a server that takes over may be set otherwise.
SET_EVERY = timedelta(seconds=5)
_ANSWERS = 5
# An answer that took longer leaves its moment in doubt: the process was held up while it was under way.
_QUICK = 0.02


class ServerClock:
    """A :class:`bot.ports.Clock` that goes by the database server's time, whatever this machine's own clock says.

    Replicas act on instants that others wrote: the end of a lease, the moment from which a doubt settles, when a
    slot is due. Were each to go by its own clock, one that is some seconds ahead would read a channel back before a
    late post shows, and send again. Between two readings of the server's time it counts on by a clock that nobody
    sets. Made by :meth:`read`.
    """

    def __init__(self, database: Database, zero: datetime) -> None:
        self._database = database
        self._zero = zero

    @classmethod
    async def read(cls, database: Database) -> ServerClock:
        """The server's clock as it is now.

        Raises:
            StoreError: the server cannot be reached.
        """
        return cls(database, await database.read(_zero))

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return self._zero + timedelta(seconds=elapsed())

    async def set(self) -> None:
        """Ask the server again.

        Raises:
            StoreError: the server cannot be reached; the clock goes on as it was.
        """
        self._zero = await self._database.read(_zero)


async def clock_of(database: Database, local: Clock) -> Clock:
    """The time that ``database`` is used by: the server's where processes share it, else this machine's.

    Raises:
        StoreError: the server cannot be reached.
    """
    return await ServerClock.read(database) if database.shared else local


def _zero(connection: Connection) -> datetime:
    """When our count of seconds began, by the server's time: as the quickest of a few answers says."""
    took, zero = _asked(connection)
    for _ in range(_ANSWERS - 1):
        if took < _QUICK:
            break
        took, zero = min((took, zero), _asked(connection))
    return zero


def _asked(connection: Connection) -> tuple[float, datetime]:
    """How many seconds an answer took, and when our count began by it."""
    before = elapsed()
    told: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    after = elapsed()
    return after - before, told.astimezone(UTC) - timedelta(seconds=(before + after) / 2)
