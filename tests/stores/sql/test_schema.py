from __future__ import annotations

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.stores.sql.database import Database
from bot.stores.sql.opening import open_database
from bot.stores.sql.schema import migrate
from bot.stores.sql.tables import METADATA

pytestmark = pytest.mark.anyio


async def test_the_migrations_make_the_tables(database: Database) -> None:
    """What the code expects and what the revisions make are the same, on both databases."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    assert await database.read(differences) == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    """Every start migrates."""
    await database.write(migrate)
    await database.write(migrate)


async def test_replicas_that_start_together_migrate_once(database_url: str) -> None:
    """Four at a time on an empty database: all open it, none fails."""
    opened = await asyncio.gather(*(open_database(database_url) for _ in range(4)))

    for each in opened:
        await each.close()
