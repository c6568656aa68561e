from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.domain.errors import NotFound, SettingsError, StoreError
from bot.stores.sql.opening import open_database
from bot.stores.sql.subscriptions import SqlSubscriptions
from tests.delivery.samples import NOW, subscription
from tests.postgres import Server

pytestmark = pytest.mark.anyio
SOON = timedelta(milliseconds=300)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database with one subscription in it."""
    path = tmp_path / "lede.db"
    database = await open_database(f"sqlite:///{path}")
    await SqlSubscriptions(database, lambda: NOW).add(subscription())
    await database.close()
    return path


def url(path: Path) -> str:
    """Its address."""
    return f"sqlite:///{path}"


async def test_locked_by_another_process_it_waits(path: Path) -> None:
    """A lock that is let go in time is waited for."""
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database = await open_database(url(path))
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, other.close)
    release.start()

    await SqlSubscriptions(database, lambda: NOW).add(subscription(id="b-next"))

    release.join()
    await database.close()


async def test_locked_for_too_long_it_says_so(path: Path) -> None:
    """One line that names the file and the next step; reading goes on, and afterwards writing too."""
    database = await open_database(url(path), SOON)
    store = SqlSubscriptions(database, lambda: NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"lede\.db is locked by another process") as told:
            await store.add(subscription(id="b-next"))
        assert told.value.hint
        assert "\n" not in str(told.value)
        assert len(await store.all()) == 1

    await store.add(subscription(id="b-next"))
    assert len(await store.all()) == 2
    await database.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"garbage" * 1000, "damaged or no SQLite file"), (b"SQLite format 3\0" + b"\xff" * 4000, "damaged|did not do")],
)
async def test_a_corrupt_file_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """Its header, or what follows: one line, and the file is left as it is."""
    path = tmp_path / "lede.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match=words) as told:
        await open_database(url(path), SOON)

    assert "lede.db" in str(told.value)
    assert path.read_bytes() == content


async def test_a_newer_schema_is_refused(path: Path) -> None:
    """Nothing is migrated downwards or guessed."""
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreError, match=r"newer version of Lede \(revision 9999\)"):
        await open_database(url(path))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("mounting a small file system takes root and the right to mount")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


def read_only(folder: Path) -> None:
    """Mount it anew, for reading only."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


async def test_on_a_full_disk_nothing_acknowledged_is_lost(small_disk: Path) -> None:
    """Writing stops with one clear line; what was acknowledged is there after space was made, and writing goes on."""
    path = small_disk / "lede.db"
    database = await open_database(url(path))
    store = SqlSubscriptions(database, lambda: NOW)
    ballast = small_disk / "ballast"
    kept: list[str] = []

    async def fill() -> None:
        for number in range(2000):
            if number == 50:
                free = os.statvfs(small_disk)
                ballast.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 60_000))
            await store.add(subscription(id=f"b-{number:04}", options={"filler": "x" * 2000}))
            kept.append(f"b-{number:04}")

    with pytest.raises(StoreError, match="disk is full") as told:
        await fill()
    assert "Free some space" in told.value.hint
    assert len(kept) >= 50
    await database.close()
    ballast.unlink()

    database = await open_database(url(path))
    store = SqlSubscriptions(database, lambda: NOW)
    assert [each.id for each in await store.all()] == kept
    await store.add(subscription(id="b-after"))
    await database.close()


async def test_started_on_a_full_disk_it_says_so(small_disk: Path, path: Path) -> None:
    """Before a byte of the database is touched there is no room for the index of its log."""
    shutil.copy(path, small_disk)
    free = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(b"x" * (free.f_bavail * free.f_frsize))

    with pytest.raises(StoreError, match="disk is full"):
        await open_database(url(small_disk / "lede.db"), SOON)


async def test_a_read_only_disk_says_so(small_disk: Path) -> None:
    """Neither opening nor writing pretends to have worked."""
    path = small_disk / "lede.db"
    await (await open_database(url(path))).close()
    read_only(small_disk)

    async def write() -> None:
        database = await open_database(url(path), SOON)
        await SqlSubscriptions(database, lambda: NOW).add(subscription())

    with pytest.raises(StoreError, match=r"lede\.db is read-only") as told:
        await write()
    assert told.value.hint


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://x/y", "sqlite", "postgresql+asyncpg://h:bad/x"])
async def test_other_addresses_are_refused(address: str) -> None:
    """The operator learns which two kinds there are."""
    with pytest.raises(SettingsError) as told:
        await open_database(address)

    assert "sqlite:///" in told.value.hint


async def test_a_server_that_is_away_is_named_without_its_password() -> None:
    """Host and database, what to look at, and never the secret."""
    with pytest.raises(StoreError, match=r"lede on 127\.0\.0\.1") as told:
        await open_database("postgresql://lede:hunter2@127.0.0.1:9/lede")

    assert "hunter2" not in str(told.value)
    assert told.value.hint


async def test_a_server_that_crashes_comes_back(postgres: Server) -> None:
    """Writing fails with one line while it is away, and goes on by itself once it is back."""
    address = postgres.database()
    database = await open_database(address)
    store = SqlSubscriptions(database, lambda: NOW)
    await store.add(subscription())

    await asyncio.to_thread(postgres.stop)
    with pytest.raises(StoreError):
        await store.add(subscription(id="b-next"))
    await asyncio.to_thread(postgres.start)
    await store.add(subscription(id="b-next"))

    assert len(await store.all()) == 2
    await database.close()


async def test_one_that_fails_takes_no_other_along(path: Path) -> None:
    """Writers that share a transaction: what one raises undoes its own rows alone."""
    database = await open_database(url(path))

    def fails(connection: Connection) -> None:
        connection.execute(text("INSERT INTO facts VALUES ('lost', '1')"))
        raise NotFound("on purpose")

    async def put(name: str) -> None:
        await database.write(lambda c: c.execute(text("INSERT INTO facts VALUES (:n, '1')"), {"n": name}).rowcount)

    results = await asyncio.gather(put("a"), database.write(fails), put("b"), return_exceptions=True)
    names = await database.read(lambda c: list(c.execute(text("SELECT name FROM facts ORDER BY name")).scalars()))

    assert [type(each) for each in results] == [type(None), NotFound, type(None)]
    assert names == ["a", "b"]
    await database.close()
