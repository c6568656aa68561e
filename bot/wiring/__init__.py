"""Puts the bot together from settings: the only place that names concrete adapters and asks what time it is."""

from __future__ import annotations

import random
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.domain.errors import SettingsError
from bot.domain.places import Platform
from bot.ports import ChatPlatform, Clock, DigestStore
from bot.services.library import Library
from bot.settings import Settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from bot.services.commands import Commands
    from bot.services.delivery import DeliveryService
    from bot.services.desk import Desk
    from bot.services.newsroom import Newsroom
    from bot.services.subscriptions import Subscriptions
    from bot.stores.sql.database import Database
    from bot.stores.sql.jobs import ProcrastinateJobs
    from bot.stores.sql.ledger import SqlLedger
    from bot.wiring.ingesting import Intake


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return datetime.now(UTC)


def digest_store(settings: Settings, database: Database | None = None) -> DigestStore:
    """Where digests are kept.

    Raises:
        SettingsError: PostgreSQL is asked for, but the database is another, or is not open.
    """
    if settings.digests_store == "files":
        from bot.stores.files.digests import FileDigestStore

        if not settings.digests_dir.is_dir():
            raise SettingsError(
                f"DIGESTS_DIR {settings.digests_dir} is no folder.", "Create it, or name the right one."
            )
        return FileDigestStore(settings.digests_dir)
    from bot.stores.sql.digests import PostgresDigestStore
    from bot.stores.sql.postgres import PostgresDatabase

    if not isinstance(database, PostgresDatabase):
        raise SettingsError("DIGESTS_STORE=postgres needs a postgresql:// address.", "Set DATABASE_URL to one.")
    return PostgresDigestStore(database)


async def load_library(settings: Settings) -> Library:
    """The library as it is now, for one question."""
    if settings.digests_store == "files":
        library = Library(digest_store(settings), settings.only_reviewed)
        await library.refresh()
        return library
    async with open_newsroom(settings) as office:
        return office.room.library


@dataclass(slots=True)
class Office:
    """Everything that is open: the newsroom, its commands, and what running needs of it."""

    ledger: SqlLedger
    database: Database
    jobs: ProcrastinateJobs | None
    intake: Intake
    platforms: dict[Platform, ChatPlatform]
    clock: Clock
    registry: CollectorRegistry
    room: Newsroom = field(init=False)
    commands: Commands = field(init=False)

    async def ready(self) -> Sequence[str]:
        """What keeps the platforms from serving now."""
        return [text for platform in self.platforms.values() for text in await platform.health()]

    async def health(self) -> Sequence[str]:
        """What is wrong now, feeds included."""
        return [*await self.ready(), *await self.intake.feeds.complaints()]


@asynccontextmanager
async def open_newsroom(settings: Settings, serving: Sequence[Platform] = ()) -> AsyncIterator[Office]:
    """Open the stores and put the services together; platforms are added by whoever serves them.

    ``serving`` names the platforms of a bot that runs: on PostgreSQL its slots go through the job engine.

    Raises:
        SettingsError: a setting names something that cannot be used.
        StoreError: the database cannot be opened.
    """
    from bot.stores.sql.clock import clock_of
    from bot.stores.sql.opening import open_database

    database = await open_database(settings.database_url.get_secret_value())
    try:
        office = _office(settings, database, await clock_of(database, SystemClock()), job_engine(database, serving))
        try:
            await office.room.library.refresh()
            yield office
        finally:
            await office.intake.close()
    finally:
        await database.close()


def job_engine(database: Database, serving: Sequence[Platform]) -> ProcrastinateJobs | None:
    """Where several replicas can share the work, what deals it out; None on one machine's SQLite."""
    from bot.stores.sql.postgres import PostgresDatabase

    if not serving or not isinstance(database, PostgresDatabase):
        return None
    from bot.stores.sql.jobs import ProcrastinateJobs

    return ProcrastinateJobs(database, list(serving))


def _office(settings: Settings, database: Database, clock: Clock, jobs: ProcrastinateJobs | None) -> Office:
    from prometheus_client import CollectorRegistry

    from bot.services.commands import Commands
    from bot.services.desk import Desk
    from bot.services.newsroom import Newsroom
    from bot.services.subscriptions import Subscriptions
    from bot.stores.files.articles import FileArticleStore
    from bot.stores.sql.ledger import SqlLedger
    from bot.stores.sql.subscriptions import SqlFollows, SqlSubscriptions
    from bot.wiring.ingesting import intake_of

    registry, choose = CollectorRegistry(), random.SystemRandom().choice
    store, articles = digest_store(settings, database), FileArticleStore(settings.articles_dir)
    library = Library(store, settings.only_reviewed)
    subscriptions = Subscriptions(SqlSubscriptions(database, clock.now), clock, choose, settings.timezone)
    intake = intake_of(settings, clock, store, articles, library, database)
    office = Office(SqlLedger(database, jobs), database, jobs, intake, {}, clock, registry)
    desk = Desk(library)
    office.room = Newsroom(
        library=library,
        desk=desk,
        clock=clock,
        zone=settings.zone,
        digests=store,
        articles=articles,
        follows=SqlFollows(database),
        subscriptions=subscriptions,
        deliveries=_delivering(settings, office, subscriptions, desk),
        ingest=intake.ingest,
        feeds=intake.feeds,
        health=office.health,
    )
    office.commands = Commands(office.room)
    return office


def _delivering(settings: Settings, office: Office, subscriptions: Subscriptions, desk: Desk) -> DeliveryService:
    from bot.fuse import AlarmFuse
    from bot.services.delivery import DeliveryService, Measures, Pace, PrometheusMeter
    from bot.services.delivery.pace import DISCORD

    # A job engine is given a moment to take a slot before it is taken without it.
    slack = timedelta(seconds=2) if office.jobs else timedelta(0)
    return DeliveryService(
        office.ledger,
        subscriptions,
        desk,
        office.platforms,
        office.clock,
        worker=f"{socket.gethostname()}-{uuid4().hex[:8]}",
        measures=Measures(grace=timedelta(minutes=settings.grace_minutes), slack=slack),
        pace=Pace(special={"discord": DISCORD}),
        meter=PrometheusMeter(office.registry),
        # Where no other process can take a slot over, a pause while writing does no harm.
        fuse=AlarmFuse() if office.database.shared else None,
    )


__all__ = ["Office", "SystemClock", "digest_store", "load_library", "open_newsroom"]
