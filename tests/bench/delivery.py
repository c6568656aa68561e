"""Slots a second: the service with its ledger on SQLite and PostgreSQL, against the bare commits it cannot do without.

The peers are written straight to the drivers: ``sqlite3`` with four commits a slot, and Procrastinate with one job a
slot whose rows psycopg commits. Neither settles doubts, renews leases nor knows what a briefing is.

Run as ``make bench-delivery`` or ``python -m tests.bench.delivery --slots 2000 --past 1000000``. The platform answers
at once and in the process, so what is measured is planning, claiming, freezing, recording attempts and outcomes.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import sqlite3
import sys
import tempfile
import time as clock
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, LiteralString

import procrastinate
import psycopg_pool
import structlog
from sqlalchemy import BigInteger, Connection, bindparam, text

from bot.domain.places import Place
from bot.domain.schedules import Schedule
from bot.services.delivery import Measures
from bot.stores.sql.database import Database
from bot.stores.sql.jobs import ProcrastinateJobs
from bot.stores.sql.opening import open_database
from bot.stores.sql.postgres import PostgresDatabase
from tests.delivery.fakes import Bench
from tests.delivery.samples import subscription
from tests.fakes import FakeClock
from tests.faults.process import RealClock
from tests.postgres import Server, Unavailable

_WORKSPACES = 50
# Commits of one slot: freeze, begin, finish, and its share of plan and claim.
_COMMITS = 4


async def subscribe(database: Database, slots: int, now: datetime) -> None:
    """So many subscriptions, each due once."""
    bench = Bench(database, clock=FakeClock(now))
    schedule = Schedule(times=(time(now.hour, now.minute),), timezone="UTC")

    def wanted(number: int) -> Any:
        place = Place("slack", f"T{number % _WORKSPACES}", f"C{number}")
        since = now - timedelta(minutes=5)
        return subscription(id=f"b-{number:05}", place=place, schedule=schedule, since=since, created=since)

    for start in range(0, slots, 500):
        await asyncio.gather(*(bench.store.add(wanted(n)) for n in range(start, min(slots, start + 500))))


async def deliver(url: str, slots: int, now: datetime) -> None:
    """Wake until all is delivered, by whichever process."""
    database = await open_database(url)
    jobs = ProcrastinateJobs(database, ["slack"], 32) if isinstance(database, PostgresDatabase) else None
    slack = timedelta(seconds=3) if jobs else timedelta(0)
    bench = Bench(database, measures=Measures(at_once=64, share=64, slack=slack))
    bench.clock = bench.platform.clock = RealClock()  # type: ignore[assignment]  # leases end by the real time
    bench.ledger._jobs = jobs
    bench.service = bench.another(f"w{os.getpid()}")
    working = None
    if jobs:
        await jobs.open()
        working = asyncio.create_task(jobs.work(bench.service.deliver))
    while (await bench.ledger.counts(now - timedelta(days=1))).get("delivered", 0) < slots:
        await bench.service.wake()
        await asyncio.sleep(0.05)
    if jobs and working:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await jobs.close()
    await database.close()


def forked(work: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run it in a process of its own."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            asyncio.run(work())
            status = 0
        finally:
            os._exit(status)
    return pid


def measured(url: str, slots: int, replicas: int) -> float:
    """Slots a second with so many replicas."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)

    async def prepare() -> None:
        database = await open_database(url)
        await subscribe(database, slots, now)
        await database.close()

    os.waitpid(forked(prepare), 0)
    began = clock.perf_counter()
    for pid in [forked(lambda: deliver(url, slots, now)) for _ in range(replicas)]:
        os.waitpid(pid, 0)
    return slots / (clock.perf_counter() - began)


def bare(path: Path, commits: int) -> float:
    """Commits a second of plain ``sqlite3`` with the same durability: the peer."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (n INTEGER)")
    began = clock.perf_counter()
    for number in range(commits):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES (?)", (number,))
        connection.execute("COMMIT")
    connection.close()
    return commits / (clock.perf_counter() - began)


async def bare_jobs(url: str, slots: int) -> float:
    """Slots a second of bare Procrastinate and psycopg: a row and its job, taken, frozen, begun and finished."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=1, max_size=6))
    left, done = slots, asyncio.Event()
    async with psycopg_pool.AsyncConnectionPool(url, min_size=12, max_size=12, open=False) as pool, app.open_async():

        async def commit(statement: LiteralString, *values: object) -> None:
            async with pool.connection() as connection:
                await connection.execute(statement, values)

        @app.task(name="slot")
        async def slot(number: int) -> None:
            nonlocal left
            await commit("UPDATE bare SET worker = 'w', fence = fence + 1 WHERE n = %s", number)
            await commit("UPDATE bare SET edition = %s WHERE n = %s", '{"id": "e"}', number)
            await commit("INSERT INTO tried VALUES (%s, 'sending')", number)
            await commit("UPDATE tried SET outcome = 'delivered' WHERE n = %s", number)
            left -= 1
            if left == 0:
                done.set()

        await app.schema_manager.apply_schema_async()
        await commit("CREATE TABLE bare (n int PRIMARY KEY, worker text, fence int DEFAULT 0, edition json)")
        await commit("CREATE TABLE tried (n int PRIMARY KEY, outcome text)")
        began = clock.perf_counter()
        working = asyncio.create_task(
            app.run_worker_async(concurrency=32, install_signal_handlers=False, delete_jobs="always")
        )
        for start in range(0, slots, 64):
            await asyncio.gather(*(_planned(pool, slot, n) for n in range(start, min(slots, start + 64))))
        await done.wait()
        took = clock.perf_counter() - began
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return slots / took


async def _planned(pool: psycopg_pool.AsyncConnectionPool, slot: Any, number: int) -> None:
    """A row and its job in one transaction, as the ledger has them."""
    async with pool.connection() as connection:
        await connection.execute("INSERT INTO bare (n) VALUES (%s)", (number,))
        await slot.configure(connection=connection).defer_async(number=number)


_PAST = (
    """INSERT INTO slots (key, subscription, nominal, timezone, instant, kind, moved, platform, workspace, channel,
       thread, state, reason, hint, edition, fence, worker, failures, unread, delivered_at, updated)
       SELECT 'b-' || n % 1000 || '-' || n, 'b-' || n % 1000, {wall}, 'UTC', at, 'regular', FALSE, 'slack',
       'T' || n % 50, 'C' || n % 1000, '', 'delivered', '', '', '{{"id": "e"}}', 1, '', 0, FALSE, at, at
       FROM (WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :past)
             SELECT n, :latest - (:past - n) * 1000000 AS at FROM numbers) AS past""",
    """INSERT INTO parts (slot, number, key, payload, state, ref, url)
       SELECT key, 0, 'k' || key, '{{"text": "news"}}', 'delivered', '1.2', '' FROM slots""",
    """INSERT INTO attempts (slot, part, number, worker, started, ended, outcome, error, hint, code)
       SELECT key, 0, 1, 'w', 1, 1, 'delivered', '', '', '' FROM slots""",
)
_WALL = {
    "sqlite": "strftime('%Y-%m-%dT%H\\:%M\\:%S', at / 1000000, 'unixepoch')",
    "postgresql": """to_char(to_timestamp(at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS')""",
}


async def fill(url: str, past: int) -> None:
    """A ledger with so many deliveries, the last of them a day old."""
    latest = int((datetime.now(UTC) - timedelta(days=1)).timestamp()) * 1_000_000
    typed = (bindparam("past", past, BigInteger), bindparam("latest", latest, BigInteger))

    def work(connection: Connection) -> None:
        for statement in _PAST:
            made = text(statement.format(wall=_WALL[connection.dialect.name]))
            connection.execute(made.bindparams(*(each for each in typed if f":{each.key}" in statement)))
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # as its autovacuum does

    database = await open_database(url)
    await database.write(work)
    await database.close()


async def started(url: str) -> dict[str, float]:
    """How long the first steps take on a full ledger, in milliseconds, and what the process weighs, in MB."""
    now = datetime.now(UTC).replace(microsecond=0)
    took: dict[str, float] = {}

    async def timed(name: str, work: Coroutine[Any, Any, Any]) -> Any:
        began = clock.perf_counter()
        result = await work
        took[name] = (clock.perf_counter() - began) * 1000
        return result

    database = await timed("open", open_database(url))
    bench = Bench(database, clock=FakeClock(now))
    await bench.store.add(subscription(since=now - timedelta(minutes=1)))
    await timed("first wake", bench.service.wake())
    await timed("second wake", bench.service.wake())
    await timed("counts of a day", bench.ledger.counts(now - timedelta(days=1)))
    await timed("last of a channel", bench.ledger.delivered_to(Place("slack", "T0", "C0")))
    await timed("troubles", bench.service.troubles(now))
    await timed("newest hundred", bench.ledger.deliveries())
    await database.close()
    took["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def throughput(slots: int, folder: str, server: Server | None) -> None:
    """Slots a second beside the peers, each run right after the other."""
    peer = bare(Path(folder) / "bare.db", slots * _COMMITS) / _COMMITS
    rate = measured(f"sqlite:///{folder}/lede.db", slots, 1)
    print(f"SQLite, 1 process: {rate:.0f} slots/s; bare sqlite3, {_COMMITS} commits a slot: {peer:.0f}/s", end="")
    print(f"; ratio {rate / peer:.2f}")
    if server is None:
        return
    first = 0.0
    for replicas in (1, 2, 4):
        peer = asyncio.run(bare_jobs(server.database(), slots))
        rate = measured(server.database(), slots, replicas)
        first = first or rate
        print(f"PostgreSQL, {replicas} replicas: {rate:.0f} slots/s, {rate / first:.2f} of one", end="")
        print(f"; one process of bare Procrastinate: {peer:.0f}/s; ratio {rate / peer:.2f}")


def start_up(url: str, past: int) -> None:
    """The first steps on a full ledger, in a process of their own, as it is weighed."""

    async def work() -> None:
        told = ", ".join(f"{name} {value:.1f}" for name, value in (await started(url)).items())
        print(f"{url.partition(':')[0]} with {past:,} past deliveries: {told}", flush=True)

    os.waitpid(forked(lambda: fill(url, past)), 0)
    os.waitpid(forked(work), 0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--slots", type=int, default=1000)
    parser.add_argument("--past", type=int, default=100_000)
    given = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    server = None
    try:
        server = Server()
    except Unavailable as reason:
        print(f"PostgreSQL cannot be started here: {reason}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            if given.slots:
                throughput(given.slots, folder, server)
            start_up(f"sqlite:///{folder}/past.db", given.past)
            if server:
                start_up(server.database(), given.past)
    finally:
        if server:
            server.close()


if __name__ == "__main__":
    main()
