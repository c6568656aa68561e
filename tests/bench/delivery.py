"""Slots a second: the service with its ledger on SQLite and PostgreSQL, against the bare commits it cannot do without.

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
from typing import Any

import structlog

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


def filled(path: Path, past: int) -> None:
    """A ledger with so many past deliveries, written straight into its tables."""
    asyncio.run(_made(f"sqlite:///{path}"))
    connection = sqlite3.connect(path)
    day = 86_400_000_000
    latest = int(datetime.now(UTC).timestamp()) * 1_000_000
    connection.execute("PRAGMA synchronous=OFF")
    connection.executemany(
        "INSERT INTO slots VALUES (?,?,?,'UTC',?,'regular',0,'slack',?,?,'','delivered','','',"
        "'{\"id\":\"e\"}',1,'',NULL,0,0,?,?)",
        (
            (f"b-{n % 1000:04}-{n}", f"b-{n % 1000:04}", _wall(at), at, f"T{n % 50}", f"C{n % 1000}", at, at)
            for n in range(past)
            for at in (latest - day - (past - n) * 1_000_000,)
        ),
    )
    connection.executemany(
        "INSERT INTO parts VALUES (?,0,?,'{\"text\":\"news\"}',NULL,'delivered','1.2','')",
        ((f"b-{n % 1000:04}-{n}", f"k{n}") for n in range(past)),
    )
    connection.executemany(
        "INSERT INTO attempts VALUES (?,0,1,'w',1,1,'delivered',NULL,'','','')",
        ((f"b-{n % 1000:04}-{n}",) for n in range(past)),
    )
    connection.commit()
    connection.close()


def _wall(at: int) -> str:
    return datetime.fromtimestamp(at / 1e6, UTC).replace(tzinfo=None).isoformat()


async def _made(url: str) -> None:
    await (await open_database(url)).close()


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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--slots", type=int, default=1000)
    parser.add_argument("--past", type=int, default=100_000)
    given = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        peer = bare(Path(folder) / "bare.db", given.slots * _COMMITS) / _COMMITS
        rate = measured(f"sqlite:///{folder}/lede.db", given.slots, 1)
        print(f"SQLite, 1 process: {rate:.0f} slots/s; bare sqlite3, {_COMMITS} commits a slot: {peer:.0f}/s", end="")
        print(f"; ratio {rate / peer:.2f}")
    try:
        server = Server()
    except Unavailable as reason:
        print(f"PostgreSQL cannot be started here: {reason}")
    else:
        single = 0.0
        for replicas in (1, 2, 4):
            rate = measured(server.database(), given.slots, replicas)
            single = single or rate
            print(f"PostgreSQL, {replicas} replicas: {rate:.0f} slots/s; ratio to one {rate / single:.2f}")
        server.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "past.db"
        filled(path, given.past)
        told = asyncio.run(started(f"sqlite:///{path}"))
        print(f"With {given.past:,} past deliveries ({path.stat().st_size / 1e6:.0f} MB): ", end="")
        print(", ".join(f"{name} {value:.1f}" for name, value in told.items()))
    sys.exit(0)


if __name__ == "__main__":
    main()
