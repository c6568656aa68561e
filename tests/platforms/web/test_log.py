"""The channel log keeps every message once, across restarts and processes."""

from __future__ import annotations

import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from bot.domain.errors import NotFound, StoreError
from bot.platforms.web.log import ChannelLog, SqliteChannelLog

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the log is, in a folder that is made when needed."""
    return tmp_path / "var" / "web.sqlite3"


@pytest.fixture
def log(path: Path) -> ChannelLog:
    """An empty log."""
    return SqliteChannelLog(path)


async def test_nothing_was_said(log: ChannelLog) -> None:
    """A new log is empty, not an error."""
    assert await log.channels() == []
    assert await log.page("briefing", 10) == []
    assert await log.changed("briefing", 0) == []
    assert await log.last_change() == 0
    assert await log.find("briefing", "a") is None


async def test_a_key_is_kept_once(log: ChannelLog) -> None:
    """The same key again returns the first message unchanged; in another channel it is another message."""
    first = await log.post("briefing", "a", {"html": "one"}, NOW)
    again = await log.post("briefing", "a", {"html": "two"}, NOW + timedelta(hours=1))
    other = await log.post("other", "a", {"html": "three"}, NOW)
    assert again == first
    assert other.id != first.id
    assert [thread.said for thread in await log.page("briefing", 10)] == [first]
    assert await log.channels() == ["briefing", "other"]


async def test_it_survives_a_restart(path: Path) -> None:
    """Another process that opens the file finds the same."""
    payload = {"html": "<p>é 👩‍👩‍👧</p>", "text": "x"}
    said = await SqliteChannelLog(path).post("briefing", "a", payload, NOW)
    assert await SqliteChannelLog(path).find("briefing", "a") == said
    assert said.payload == payload
    assert said.posted == NOW


async def test_pages_go_back(log: ChannelLog) -> None:
    """The newest come first page by page, each page oldest first, none twice."""
    for n in range(7):
        await log.post("briefing", f"k{n}", {}, NOW)
    newest = await log.page("briefing", 3)
    older = await log.page("briefing", 3, newest[0].said.id)
    oldest = await log.page("briefing", 3, older[0].said.id)
    assert [t.said.key for t in (*oldest, *older, *newest)] == [f"k{n}" for n in range(7)]


async def test_replies_stay_with_their_message(log: ChannelLog) -> None:
    """A reply is no message of its own, and a reply to nothing, or elsewhere, is refused."""
    head = await log.post("briefing", "a", {}, NOW)
    await log.post("briefing", "b", {}, NOW)
    reply = await log.post("briefing", "a-1", {}, NOW, parent=head.id)
    first, second = await log.page("briefing", 10)
    assert first.replies == (reply,)
    assert second.replies == ()
    for channel, parent in (("briefing", 99), ("other", head.id)):
        with pytest.raises(NotFound):
            await log.post(channel, "c", {}, NOW, parent=parent)


async def test_changes_are_told_once(log: ChannelLog) -> None:
    """Each post, edit and reply counts as a change of its message; what was seen is not told again."""
    a = await log.post("briefing", "a", {"n": 1}, NOW)
    b = await log.post("briefing", "b", {}, NOW)
    seen = await log.last_change()
    assert await log.changed("briefing", seen) == []
    edited = await log.edit(a.id, {"n": 2}, NOW + timedelta(minutes=1))
    assert (edited.payload, edited.edited, edited.posted) == ({"n": 2}, NOW + timedelta(minutes=1), NOW)
    await log.post("briefing", "b-1", {}, NOW, parent=b.id)
    changed = await log.changed("briefing", seen)
    assert [thread.said.key for thread in changed] == ["a", "b"]
    assert [thread.change for thread in changed] == [seen + 1, seen + 2]
    assert await log.changed("other", 0) == []
    with pytest.raises(NotFound):
        await log.edit(99, {}, NOW)


async def test_many_at_once(log: ChannelLog) -> None:
    """Concurrent posts of one key are one message, of many keys all of them."""
    async with anyio.create_task_group() as group:
        for n in range(30):
            group.start_soon(log.post, "briefing", f"k{n % 10}", {"n": n}, NOW)
    assert sorted(thread.said.key for thread in await log.page("briefing", 99)) == [f"k{n}" for n in range(10)]


def _post_all(path: Path) -> None:
    async def post() -> None:
        for n in range(15):
            await SqliteChannelLog(path).post("briefing", f"k{n}", {}, NOW)

    anyio.run(post)


async def test_processes_share_it(path: Path) -> None:
    """Several processes that post the same keys at once leave each once."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_post_all, args=(path,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        await anyio.to_thread.run_sync(writer.join)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(await SqliteChannelLog(path).page("briefing", 99)) == 15


async def test_a_damaged_file_is_named(path: Path) -> None:
    """What is no database, or cannot be opened, is an error that names the file."""
    await anyio.Path(path.parent).mkdir()
    await anyio.Path(path).write_bytes(b"this is no database, but long enough to be looked at " * 40)
    with pytest.raises(StoreError, match=r"web\.sqlite3"):
        await SqliteChannelLog(path).post("briefing", "a", {}, NOW)


async def test_a_later_version_is_left_alone(path: Path) -> None:
    """A file of a version to come is neither read nor changed."""
    path.parent.mkdir()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="later version"):
        await SqliteChannelLog(path).channels()


async def test_a_removed_file_is_made_anew(path: Path, log: ChannelLog) -> None:
    """A file deleted under a running bot does not stop it."""
    await log.post("briefing", "a", {}, NOW)
    for file in path.parent.iterdir():
        file.unlink()
    await log.post("briefing", "b", {}, NOW)
    assert [thread.said.key for thread in await log.page("briefing", 9)] == ["b"]
