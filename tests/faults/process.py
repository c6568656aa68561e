"""The bot's delivering part as a process of its own: an unmodified service, ledger and timetable-like loop."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.domain.errors import BadRequest, NotFound, StoreError
from bot.domain.places import Place
from bot.domain.schedules import Schedule
from bot.domain.subscriptions import Subscription
from bot.fuse import AlarmFuse
from bot.ports import Clock
from bot.services.delivery import Budgets, DeliveryService, Measures, Pace
from bot.services.subscriptions import Subscriptions
from bot.stores.sql.clock import ServerClock, clock_of
from bot.stores.sql.database import Database
from bot.stores.sql.jobs import ProcrastinateJobs
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.opening import open_database
from bot.stores.sql.postgres import PostgresDatabase
from bot.stores.sql.subscriptions import SqlSubscriptions
from tests.delivery.fakes import FakeDesk
from tests.faults.platform import SEND_TIMEOUT, StandInPlatform

WORKSPACES = 7
T = TypeVar("T")


@dataclass(frozen=True)
class RealClock:
    """The time of this machine, or of one whose clock is wrong by ``skew``."""

    skew: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The present, as that machine has it."""
        return datetime.now(UTC) + self.skew


@dataclass(frozen=True)
class Setting:
    """What a bot process is given."""

    database: str
    platform: str
    resend_within: timedelta = timedelta(0)
    at_once: int = 12
    parts: int = 1
    details: int = 1
    skew: timedelta = timedelta(0)  #: how wrong the clocks of processes may be, either way


def service_of(setting: Setting, ledger: SqlLedger, store: SqlSubscriptions, clock: Clock) -> DeliveryService:
    """The service as wiring makes it, with measures small enough for a test."""
    platform = StandInPlatform(setting.platform, setting.resend_within)
    measures = Measures(
        grace=timedelta(days=2),
        send_timeout=SEND_TIMEOUT,
        lease=timedelta(seconds=2),
        at_once=setting.at_once,
        share=setting.at_once,
        slack=timedelta(seconds=1) if setting.database.startswith("postgres") else timedelta(0),
    )
    return DeliveryService(
        ledger,
        Subscriptions(store, clock, random.choice),
        FakeDesk(parts=setting.parts, details=setting.details),
        {"slack": platform},
        clock,
        f"w{os.getpid()}",
        measures,
        Pace(Budgets(channel=1e6, workspace=1e6, burst=1000, process=1e6)),
        fuse=AlarmFuse() if setting.database.startswith("postgres") else None,
    )


async def serve(setting: Setting) -> None:
    """Deliver until killed; SIGTERM drains. On PostgreSQL as one of several replicas, with the job engine."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    database = await opened(setting.database)
    jobs = ProcrastinateJobs(database, ["slack"], setting.at_once) if isinstance(database, PostgresDatabase) else None
    clock = await until_reached(lambda: clock_of(database, RealClock(random.uniform(-1, 1) * setting.skew)))
    ledger, store = SqlLedger(database, jobs), SqlSubscriptions(database, clock.now)
    service = service_of(setting, ledger, store, clock)
    tasks = []
    if jobs:
        await until_reached(jobs.open)
        tasks = [asyncio.create_task(jobs.work(service.deliver)), asyncio.create_task(every(1.0, jobs.keep))]
    if isinstance(clock, ServerClock):
        tasks.append(asyncio.create_task(every(1.0, clock.set)))
    else:
        await ledger.take_over(clock.now())
    waking = asyncio.create_task(every(0.2 if jobs else 0.02, service.wake))
    await stopped.wait()
    await service.drain()
    for task in (waking, *tasks):
        task.cancel()
    await asyncio.gather(waking, *tasks, return_exceptions=True)
    if jobs:
        await jobs.close()
    await database.close()


async def every(seconds: float, job: Callable[[], Awaitable[None]]) -> None:
    """What the timetable does."""
    while True:
        with suppress(StoreError):
            await job()
        await asyncio.sleep(seconds)


async def until_reached(call: Callable[[], Awaitable[T]]) -> T:
    """What ``call`` returns, once the server is there: it is restarted meanwhile."""
    for _ in range(100):
        try:
            return await call()
        except StoreError:
            await asyncio.sleep(0.2)
    return await call()


async def opened(url: str) -> Database:
    """The database, once it is there."""
    return await until_reached(lambda: open_database(url))


async def subscribe(setting: Setting, numbers: range) -> None:
    """Add a subscription for each number, due a minute ago, so that each has one slot; remove those delivered."""
    database = await opened(setting.database)
    ledger, store = SqlLedger(database), SqlSubscriptions(database, RealClock().now)
    for delivery in await until_reached(lambda: ledger.deliveries(("delivered",), limit=len(numbers) * 3)):
        with suppress(NotFound):
            await store.remove(delivery.slot.subscription)
    now = datetime.now(UTC)
    due = (now - timedelta(minutes=1)).replace(second=0, microsecond=0)
    for number in numbers:
        await added(
            store,
            Subscription(
                id=f"b-{number:05d}",
                place=Place("slack", f"T{number % WORKSPACES}", f"C{number}"),
                schedule=Schedule(times=(due.time(),), timezone="UTC"),
                since=due - timedelta(minutes=1),
                created=now,
            ),
        )
    await database.close()


async def added(store: SqlSubscriptions, subscription: Subscription) -> None:
    """Keep it, though the server may be restarted meanwhile: then it may be there already."""
    with suppress(BadRequest):
        await until_reached(lambda: store.add(subscription))


async def undelivered(setting: Setting, slots: int) -> int:
    """How many of so many slots are not delivered; one that ended otherwise is an error."""
    database = await opened(setting.database)
    ledger = SqlLedger(database)
    counts = await until_reached(lambda: ledger.counts(datetime(2000, 1, 1, tzinfo=UTC)))
    await database.close()
    ended = {state: number for state, number in counts.items() if state in ("missed", "refused", "skipped")}
    assert not ended, ended
    return slots - counts.get("delivered", 0)
