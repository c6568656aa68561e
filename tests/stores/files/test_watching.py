from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.entities import Decisions
from bot.stores.files import FileDigestStore, watching
from tests.stores.files.situations import digest, put

pytestmark = pytest.mark.anyio

# No assertion about time: a change that is never told fails the test, a slow machine does not.
PATIENCE = 30.0
QUIET = 1.5


@pytest.fixture(params=["told", "looking"])
def poll(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """Both ways to notice a change: the system tells (no look within the test), or it never tells."""
    if request.param == "told":
        return 1_000.0

    async def silent(*_: object, **__: object) -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr(watching, "awatch", silent)
    return 0.3


@asynccontextmanager
async def listening(store: FileDigestStore) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Listen to changes; the yielded function waits for the next one and says whether there was one."""
    changes = store.changes()
    pending: set[asyncio.Task[None]] = set()

    async def told(patience: float = PATIENCE) -> bool:
        task = pending.pop() if pending else asyncio.create_task(_next(changes))
        done, waiting = await asyncio.wait({task}, timeout=patience)
        pending.update(waiting)
        return bool(done)

    try:
        yield told
    finally:
        for task in pending:
            task.cancel()
            await asyncio.wait({task})
        await changes.aclose()


async def _next(changes: AsyncIterator[None]) -> None:
    await anext(changes)


async def watched(folder: Path, poll: float) -> FileDigestStore:
    """A store that has loaded the folder."""
    store = FileDigestStore(folder, poll=poll)
    await store.load()
    return store


async def test_every_kind_of_change_is_told_once(tmp_path: Path, poll: float) -> None:
    """New, changed, in a new folder, removed, decisions: each is told, once, and then there is quiet."""
    store = await watched(tmp_path, poll)
    async with listening(store) as told:
        quiet = asyncio.create_task(_after(QUIET, lambda: put(tmp_path, "a.json", digest(1))))
        assert await told()
        assert quiet.done(), "told of a change before there was one"
        for change in (
            lambda: put(tmp_path, "a.json", digest(1, "Changed")),
            lambda: put(tmp_path, "2026/02/b.json", digest(2)),
            lambda: put(tmp_path, "2026/02/c.json", digest(3)),
            (tmp_path / "a.json").unlink,
            lambda: put(tmp_path, "entities.json", b"{}"),
        ):
            change()
            assert await told()
        assert not await _told_within(told, QUIET)


async def _after(seconds: float, act: Callable[[], object]) -> None:
    await asyncio.sleep(seconds)
    act()


async def _told_within(told: Callable[..., Awaitable[bool]], seconds: float) -> bool:
    return await told(seconds)


async def test_own_writes_are_told_to_all(tmp_path: Path, poll: float) -> None:
    """What one part of the bot files, every listener hears of; filing the same again is no change."""
    store = await watched(tmp_path, poll)
    async with listening(store) as first, listening(store) as second:
        await store.file(digest(1))
        assert await first()
        assert await second()
        await store.file(digest(1))
        assert not await _told_within(first, QUIET)
        await store.decide(Decisions())
        assert await first()


async def test_a_change_between_load_and_listening_is_told(tmp_path: Path, poll: float) -> None:
    """Nothing falls between the load and the first wait."""
    store = await watched(tmp_path, poll)
    put(tmp_path, "a.json", digest(1))
    async with listening(store) as told:
        assert await told()


async def test_a_folder_that_comes_later_is_seen(tmp_path: Path) -> None:
    """Watching a folder that is not there finds it once it is."""
    store = await watched(tmp_path / "later", poll=0.3)
    async with listening(store) as told:
        assert not await _told_within(told, QUIET)
        put(tmp_path, "later/a.json", digest(1))
        assert await told()


async def test_a_change_is_served_after_a_reload(tmp_path: Path) -> None:
    """Told, reloaded, served: what the bot does with a change, ten times over."""
    store = await watched(tmp_path, poll=0.3)
    async with listening(store) as told:
        for number in range(10):
            put(tmp_path, f"{number}.json", digest(number))
            assert await told()
            assert digest(number) in await store.load()
