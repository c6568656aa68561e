"""Fixtures that run a test on both databases; import what is needed into a conftest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.stores.sql.database import Database
from bot.stores.sql.opening import open_database
from tests.postgres import Server, running_server

postgres = pytest.fixture(scope="session", name="postgres")(running_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lede.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.database()
    yield url
    server.drop(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of each kind."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()
