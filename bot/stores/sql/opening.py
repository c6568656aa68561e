"""Opens the database that an address names."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.errors import StoreError
from bot.ports import Clock
from bot.stores.sql.clock import clock_of
from bot.stores.sql.database import BUSY, Database, address_of
from bot.stores.sql.postgres import PostgresDatabase
from bot.stores.sql.schema import migrate
from bot.stores.sql.sqlite import SqliteDatabase


async def open_database(url: str, busy: timedelta = BUSY) -> Database:
    """Connect to ``url`` (``sqlite:///path`` or ``postgresql://…``) and bring it to the newest schema.

    Args:
        url: the address, as in ``DATABASE_URL``.
        busy: how long to wait for another process that writes to the same SQLite file.

    Raises:
        SettingsError: the address is of another kind or cannot be read.
        StoreError: it cannot be opened, is damaged, locked, full, read-only or of a newer version.
    """
    address = address_of(url)
    is_file = address.get_backend_name() == "sqlite"
    database: Database = SqliteDatabase(address, busy) if is_file else PostgresDatabase(address)
    try:
        await database.write(migrate)
    except StoreError:
        await database.close()
        raise
    return database


async def present_of(url: str, local: Clock) -> datetime:
    """The present by the clock that the database at ``url`` is used by; a file is not opened for it.

    Raises:
        SettingsError: the address is of another kind or cannot be read.
        StoreError: the server cannot be reached.
    """
    if address_of(url).get_backend_name() == "sqlite":
        return local.now()
    database = await open_database(url)
    try:
        return (await clock_of(database, local)).now()
    finally:
        await database.close()
