"""Puts the bot together from settings: the only place that names concrete adapters and asks what time it is."""

from __future__ import annotations

import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.domain.errors import SettingsError
from bot.domain.places import Platform
from bot.ports import ChatPlatform, DeliveryLedger, DigestStore
from bot.services.library import Library
from bot.settings import Settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from bot.services.commands import Commands
    from bot.services.newsroom import Newsroom
    from bot.stores.sql.database import Database
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

    room: Newsroom
    commands: Commands
    ledger: DeliveryLedger
    database: Database
    intake: Intake
    platforms: dict[Platform, ChatPlatform]
    clock: SystemClock
    registry: CollectorRegistry
    doctors: list[Callable[[], Awaitable[Sequence[str]]]] = field(default_factory=list)

    async def health(self) -> Sequence[str]:
        """What is wrong now, over all that is open."""
        return [text for doctor in self.doctors for text in await doctor()]


@asynccontextmanager
async def open_newsroom(settings: Settings) -> AsyncIterator[Office]:
    """Open the stores and put the services together; platforms are added by whoever serves them.

    Raises:
        SettingsError: a setting names something that cannot be used.
        StoreError: the database cannot be opened.
    """
    from bot.stores.sql.opening import open_database

    database = await open_database(settings.database_url.get_secret_value())
    try:
        office = _office(settings, database)
        try:
            await office.room.library.refresh()
            yield office
        finally:
            await office.intake.close()
    finally:
        await database.close()


def _office(settings: Settings, database: Database) -> Office:
    from prometheus_client import CollectorRegistry

    from bot.services.commands import Commands
    from bot.services.delivery import DeliveryService, Measures, PrometheusMeter
    from bot.services.desk import Desk
    from bot.services.newsroom import Newsroom
    from bot.services.subscriptions import Subscriptions
    from bot.stores.files.articles import FileArticleStore
    from bot.stores.sql.ledger import SqlLedger
    from bot.stores.sql.subscriptions import SqlFollows, SqlSubscriptions
    from bot.wiring.ingesting import intake_of

    clock = SystemClock()
    store = digest_store(settings, database)
    library = Library(store, settings.only_reviewed)
    desk = Desk(library)
    subscriptions = Subscriptions(
        SqlSubscriptions(database, clock.now), clock, random.SystemRandom().choice, settings.timezone
    )
    ledger = SqlLedger(database)
    platforms: dict[Platform, ChatPlatform] = {}
    registry = CollectorRegistry()
    deliveries = DeliveryService(
        ledger,
        subscriptions,
        desk,
        platforms,
        clock,
        worker=f"{socket.gethostname()}-{uuid4().hex[:8]}",
        measures=Measures(grace=timedelta(minutes=settings.grace_minutes)),
        meter=PrometheusMeter(registry),
    )
    articles = FileArticleStore(settings.articles_dir)
    intake = intake_of(settings, clock, store, articles, library, database)
    doctors: list[Callable[[], Awaitable[Sequence[str]]]] = []
    room = Newsroom(
        library=library,
        desk=desk,
        clock=clock,
        zone=settings.zone,
        digests=store,
        articles=articles,
        follows=SqlFollows(database),
        subscriptions=subscriptions,
        deliveries=deliveries,
        ingest=intake.ingest,
        feeds=intake.feeds,
        health=lambda: _all(doctors),
    )
    return Office(room, Commands(room), ledger, database, intake, platforms, clock, registry, doctors)


async def _all(doctors: Sequence[Callable[[], Awaitable[Sequence[str]]]]) -> Sequence[str]:
    return [text for doctor in doctors for text in await doctor()]


__all__ = ["Office", "SystemClock", "digest_store", "load_library", "open_newsroom"]
