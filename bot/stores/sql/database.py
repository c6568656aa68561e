"""One database, SQLite or PostgreSQL: transactions, and errors in one clear line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import SettingsError, StoreError

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What is done inside one transaction: a plain function, so that none stays open while something else happens."""

# Another process (a backup, `lede briefing add`) holds the lock for milliseconds; this long only when it hangs.
BUSY = timedelta(seconds=10)


class Database(Protocol):
    """An open database of the newest schema; :func:`bot.stores.sql.opening.open_database` makes one."""

    @property
    def url(self) -> URL:
        """Its address."""
        ...

    @property
    def shared(self) -> bool:
        """Whether several replicas may use it at once."""
        ...

    @property
    def path(self) -> Path | None:
        """The file of a SQLite database; None for a server's or one in memory."""
        ...

    async def write(self, work: Work[T]) -> T:
        """What ``work`` returns, committed.

        Raises:
            StoreError: it could not be committed. After a lost connection it may have been: write what may be
                written twice, or look before writing again.
        """
        ...

    async def read(self, work: Work[T]) -> T:
        """What ``work`` returns, from one consistent state.

        Raises:
            StoreError: it could not be read.
        """
        ...

    async def close(self) -> None:
        """Finish what is being written and let go of the database."""
        ...


_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def address_of(url: str) -> URL:
    """The address with the driver we use: ``sqlite:///path`` or ``postgresql://…``.

    Raises:
        SettingsError: it is of another kind, or cannot be read.
    """
    hint = "Use sqlite:///var/lede.db or postgresql://user:password@host/name."
    try:
        address = make_url(url)
        backend = address.drivername.partition("+")[0]
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise SettingsError("DATABASE_URL is no database address.", hint) from None
    if backend not in _DRIVERS:
        raise SettingsError(f"DATABASE_URL names {backend}, which Lede does not know.", hint)
    return address.set(drivername=_DRIVERS[backend])


# SQLite needs as much beside the file for the index of its log.
_SHARED_MEMORY = 32_768
_SQLITE_WORDS = (
    ("locked", "is locked by another process", "Stop the other process, or wait until it is done."),
    ("full", "cannot grow: the disk is full", "Free some space; nothing acknowledged is lost."),
    ("readonly", "is read-only", "Give the bot's user the right to write the file and its folder."),
    ("not a database", "is damaged or no SQLite file", "Put a backup in its place with lede restore FILE."),
    ("malformed", "is damaged", "Put a backup in its place with lede restore FILE."),
    ("unable to open", "cannot be opened", "Look at the path and its permissions in DATABASE_URL."),
    ("disk i/o", "cannot be read or written: the disk reports an error", "Look at the disk."),
)


def store_error(url: URL, error: Exception) -> StoreError:
    """One line that names the database, never its password, and says what to do."""
    cause = getattr(error, "orig", None) or error
    words = " ".join(str(cause).split())[:200]
    if url.get_backend_name() != "sqlite":
        where = f"The database {url.database} on {url.host or url.query.get('host') or 'this machine'}"
        if isinstance(error, PoolTimeout):
            return StoreError(f"{where} is busy: no connection was free.", "Raise its limit, or run fewer replicas.")
        return StoreError(f"{where} did not do as asked: {words}", "See whether PostgreSQL runs and can be reached.")
    folded = _seen(url.database, words.casefold())
    for sign, what, hint in _SQLITE_WORDS:
        if sign in folded:
            return StoreError(f"The database {url.database} {what}.", hint)
    return StoreError(f"The database {url.database} did not do as asked: {words}")


def _seen(database: str | None, words: str) -> str:
    """What SQLite says, or what it says less well: at opening, a full or read-only disk is a file it cannot open."""
    path = Path(database or "")
    if not (words.startswith(("disk i/o", "unable to open")) and path.is_file()):
        return words
    if shutil.disk_usage(path.parent).free < _SHARED_MEMORY:
        return "full"
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return words if writable else "readonly"
