from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import StoreError
from bot.domain.places import Actor, Place
from bot.stores.sql.alone import alone
from bot.stores.sql.backup import backup, restore
from bot.stores.sql.database import Database
from bot.stores.sql.jobs import ProcrastinateJobs, replicas_alive
from bot.stores.sql.opening import open_database
from bot.stores.sql.postgres import PostgresDatabase
from bot.stores.sql.subscriptions import SqlFollows
from tests.delivery.fakes import Bench, FakeDesk
from tests.delivery.samples import NOW, subscription
from tests.postgres import Server

pytestmark = pytest.mark.anyio
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("during", ["before", "half"])
async def test_after_a_restore_nothing_is_posted_twice(database_url: str, tmp_path: Path, during: str) -> None:
    """A backup of before today's briefing, or of its middle, is put back after it: what is there is found, once."""
    file = tmp_path / "saved.db"
    database = await open_database(database_url)
    bench = Bench(database, desk=FakeDesk(parts=2))
    await bench.store.add(subscription())
    await bench.store.add(subscription(id="b-late", place=Place("slack", "T1", "C2")))
    await SqlFollows(database).follow("slack", "T1", Actor("U1"), "velmora", NOW)
    if during == "half":
        bench.platform.before = lambda key: TimeoutError() if key.endswith("-1") else None
        await bench.run()
        bench.platform.before = lambda key: None
        await backup(database_url, file)
        await bench.run(MINUTE, MINUTE, MINUTE)
    else:
        await backup(database_url, file)
        await bench.run()
    posted = sorted(bench.platform.keys)
    assert len(posted) == 4
    await database.close()

    await restore(database_url, file, bench.clock.now())
    database = await open_database(database_url)
    again = Bench(database, clock=bench.clock, desk=FakeDesk(parts=2))
    again.platform.held = bench.platform.held
    await again.run(MINUTE, MINUTE, MINUTE, MINUTE, DAY - 10 * MINUTE)
    today = sorted(again.platform.keys)
    await again.run(10 * MINUTE)

    assert today == posted
    assert len(again.platform.keys) == 8
    assert await SqlFollows(database).followed("slack", "T1", Actor("U1")) == ["velmora"]
    await database.close()


async def test_what_was_never_posted_is_posted_after_a_restore(database_url: str, tmp_path: Path) -> None:
    """The channel is read back, nothing is there, so it is sent; what is out of its time is missed."""
    file = tmp_path / "saved.db"
    database = await open_database(database_url)
    bench = Bench(database)
    await bench.store.add(subscription())
    await database.close()
    await backup(database_url, file)

    await restore(database_url, file, NOW + HOUR)
    database = await open_database(database_url)
    after = Bench(database)
    after.clock.move(HOUR)
    await after.run(2 * MINUTE)
    (delivery,) = await after.ledger.deliveries()

    assert (delivery.state, after.platform.reads) == ("delivered", 1)
    await database.close()


async def test_what_shows_late_is_waited_for_after_a_restore(database_url: str, tmp_path: Path) -> None:
    """The bot was killed as it posted, and at once a backup of before is put back: the late post is found."""
    file = tmp_path / "saved.db"
    database = await open_database(database_url)
    bench = Bench(database)
    await bench.store.add(subscription())
    await backup(database_url, file)
    await bench.run()
    await database.close()
    (late,) = bench.platform.held

    await restore(database_url, file, bench.clock.now())
    database = await open_database(database_url)
    again = Bench(database, clock=bench.clock)
    await again.run(MINUTE)
    again.platform.held.append(late)
    await again.run(MINUTE, MINUTE)

    assert again.platform.held == [late]
    assert [each.state for each in await again.ledger.deliveries()] == ["delivered"]
    await database.close()


async def _alive(database: Database) -> None:
    while not await database.read(replicas_alive):  # noqa: ASYNC110 - another connection tells of itself
        await asyncio.sleep(0.05)


async def test_a_restore_needs_every_replica_to_be_stopped(postgres: Server, tmp_path: Path) -> None:
    """One that runs, though it has nothing in hand, would plan on as if nothing had happened."""
    url = postgres.database()
    database = await open_database(url)
    assert isinstance(database, PostgresDatabase)
    jobs = ProcrastinateJobs(database, ["slack"])
    await jobs.open()
    await backup(url, tmp_path / "saved.db")
    working = asyncio.create_task(jobs.work(lambda key: asyncio.sleep(0)))
    await asyncio.wait_for(_alive(database), 30)

    with pytest.raises(StoreError, match="Another lede run"):
        await restore(url, tmp_path / "saved.db", NOW)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await jobs.close()
    await restore(url, tmp_path / "saved.db", NOW)

    await database.close()
    postgres.drop(url)


async def test_a_backup_while_the_bot_writes_is_whole(database_url: str, tmp_path: Path) -> None:
    """Taken in the middle of work, every slot in it has its parts and attempts, and the bot goes on."""
    database = await open_database(database_url)
    bench = Bench(database)
    for number in range(60):
        await bench.store.add(subscription(id=f"b-{number:04}", place=Place("slack", f"T{number % 9}", f"C{number}")))

    work = asyncio.create_task(bench.run(*[timedelta(seconds=1)] * 3))
    await asyncio.sleep(0.1)
    await backup(database_url, tmp_path / "saved.db")
    await work

    assert len(bench.platform.keys) == 60
    with closing(sqlite3.connect(tmp_path / "saved.db")) as saved:
        assert saved.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert saved.execute("PRAGMA foreign_key_check").fetchall() == []
        assert saved.execute("SELECT count(*) FROM subscriptions").fetchone() == (60,)
    await database.close()


@pytest.mark.parametrize("garbage", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"\0" * 200])
async def test_what_is_no_backup_is_refused(database_url: str, tmp_path: Path, garbage: bytes) -> None:
    """One clear line that names the file, and what was there stays."""
    file = tmp_path / "garbage"
    file.write_bytes(garbage)
    database = await open_database(database_url)
    await Bench(database).store.add(subscription())
    await database.close()

    with pytest.raises(StoreError, match="garbage is"):
        await restore(database_url, file, NOW)
    with pytest.raises(StoreError, match="no file"):
        await restore(database_url, tmp_path / "absent", NOW)

    database = await open_database(database_url)
    assert len(await Bench(database).store.all()) == 1
    await database.close()


async def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Nothing is touched."""
    url = f"sqlite:///{tmp_path / 'lede.db'}"
    await (await open_database(url)).close()
    await backup(url, tmp_path / "saved.db")
    with closing(sqlite3.connect(tmp_path / "saved.db")) as saved, saved:
        saved.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreError, match="newer version"):
        await restore(url, tmp_path / "saved.db", NOW)

    assert not (tmp_path / "lede.db.before-restore").exists()


async def test_a_restore_needs_the_bot_to_be_stopped(tmp_path: Path) -> None:
    """While a bot runs on the file it is refused; so is a second bot."""
    url = f"sqlite:///{tmp_path / 'lede.db'}"
    await (await open_database(url)).close()
    await backup(url, tmp_path / "saved.db")

    with alone(tmp_path / "lede.db"), pytest.raises(StoreError, match="Another lede run"):
        await restore(url, tmp_path / "saved.db", NOW)
    with alone(tmp_path / "lede.db"), pytest.raises(StoreError, match="Another lede run"), alone(tmp_path / "lede.db"):
        pass
    with alone(None), alone(None):
        pass


async def test_a_damaged_database_is_replaced_and_kept_aside(tmp_path: Path) -> None:
    """A restore is what one does when the file is broken: it works, and the broken one is not thrown away."""
    path = tmp_path / "lede.db"
    url = f"sqlite:///{path}"
    database = await open_database(url)
    await Bench(database).store.add(subscription())
    await database.close()
    await backup(url, tmp_path / "saved.db")
    path.write_bytes(b"garbage" * 1000)

    await restore(url, tmp_path / "saved.db", NOW)

    database = await open_database(url)
    assert [each.id for each in await Bench(database).store.all()] == ["b-test"]
    await database.close()
    assert (tmp_path / "lede.db.before-restore").read_bytes().startswith(b"garbage")
