from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing
from pathlib import Path

import pytest

from bot.domain.entities import Decisions, Merge
from bot.domain.errors import NotFound
from bot.ports import DigestStore
from bot.stores.files import FileDigestStore
from bot.stores.sql.digests import PostgresDigestStore
from bot.stores.sql.opening import open_database
from bot.stores.sql.postgres import PostgresDatabase
from tests.databases import postgres as postgres
from tests.postgres import Server
from tests.stores.files.situations import digest

pytestmark = pytest.mark.anyio
Another = Callable[[], Awaitable[DigestStore]]
_SOON = 2.0  # seconds: within these a change is seen everywhere


@pytest.fixture(params=["files", "postgresql"])
async def another(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Another]:
    """Makes one more store over the same digests, as another replica has it."""
    async with AsyncExitStack() as stack:
        if request.param == "files":
            folder = tmp_path / "digests"
            folder.mkdir()

            async def files() -> DigestStore:
                return FileDigestStore(folder)

            yield files
            return
        server: Server = request.getfixturevalue("postgres")
        url = server.database()
        stack.callback(server.drop, url)

        async def shared() -> DigestStore:
            database = await open_database(url)
            stack.push_async_callback(database.close)
            assert isinstance(database, PostgresDatabase)
            return PostgresDigestStore(database)

        yield shared


async def change(changes: AsyncIterator[None]) -> None:
    """Return at the next change."""
    await anext(changes)


async def test_what_is_filed_is_loaded_newest_first(another: Another) -> None:
    """Filed through one store, loaded through another, equal to what was filed; filing says whether it was new."""
    store = await another()

    assert [await store.file(digest(n)) for n in (1, 3, 2)] == [True, True, True]
    assert await store.file(digest(1, "Corrected")) is False

    assert list(await (await another()).load()) == [digest(3), digest(2), digest(1, "Corrected")]
    assert await store.get(digest(1).id) == digest(1, "Corrected")


@pytest.mark.parametrize("id_", ["2026-01-05-none-01234567", "../../etc/passwd", "", "\x00"])
async def test_unknown_ids_are_not_found(another: Another, id_: str) -> None:
    """However it is written."""
    with pytest.raises(NotFound):
        await (await another()).get(id_)


async def test_decisions_are_kept(another: Another) -> None:
    """Empty at first, then what was decided, in every store."""
    store = await another()
    decided = Decisions(merges=(Merge(into="b", ids=("a",)),))

    assert await store.decisions() == Decisions()
    await store.decide(decided)
    assert await (await another()).decisions() == decided


async def test_a_change_is_told_everywhere_soon(another: Another) -> None:
    """A digest or a decision filed by one replica wakes another within two seconds."""
    store, other = await another(), await another()
    await other.load()
    async with aclosing(other.changes()) as changes:
        told = asyncio.create_task(change(changes))
        await asyncio.sleep(0.5)
        if told.done():  # a store may begin by saying that something may have changed
            told = asyncio.create_task(change(changes))

        await store.file(digest(1))
        await asyncio.wait_for(told, _SOON)
        assert list(await other.load()) == [digest(1)]
        told = asyncio.create_task(change(changes))
        await asyncio.sleep(0.3)
        await store.decide(Decisions())
        await asyncio.wait_for(told, _SOON)


async def test_filing_the_same_wakes_no_one(another: Another) -> None:
    """A digest that did not change is no change."""
    store, other = await another(), await another()
    await store.file(digest(1))
    await other.load()
    async with aclosing(other.changes()) as changes:
        told = asyncio.create_task(change(changes))
        await asyncio.sleep(0.5)
        if told.done():
            told = asyncio.create_task(change(changes))

        assert await store.file(digest(1)) is False
        done, _ = await asyncio.wait([told], timeout=0.7)
        told.cancel()
        await asyncio.gather(told, return_exceptions=True)

        assert not done


async def test_changes_outlive_a_restart_of_the_server(postgres: Server) -> None:
    """After the server crashed, what was filed since is told."""
    url = postgres.database()
    database = await open_database(url)
    assert isinstance(database, PostgresDatabase)
    store = PostgresDigestStore(database)
    async with aclosing(store.changes()) as changes:
        await asyncio.wait_for(anext(changes), _SOON)
        told = asyncio.create_task(change(changes))
        await asyncio.sleep(0.2)

        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.start)

        await asyncio.wait_for(told, 5)
        assert list(await store.load()) == []
    await database.close()
