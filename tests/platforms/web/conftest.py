"""The page as it is served: a platform on a free port of the loopback, over fakes."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.platforms.web.log import SqliteChannelLog
from bot.platforms.web.platform import WebPlatform
from tests.fakes import FakeClock, FakeCommands
from tests.platforms.web.test_browse import article, digest

NOW = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)


@dataclass(slots=True)
class Served:
    """A page, what is behind it, and a browser's worth of client in front of it."""

    platform: WebPlatform
    commands: FakeCommands
    log: SqliteChannelLog
    clock: FakeClock
    problems: list[str]
    client: httpx.AsyncClient

    async def post(self, path: str, script: bool = True, **fields: str | list[str]) -> httpx.Response:
        """Send a form as our page does, with its script or without."""
        headers = {"Origin": self.platform.url} | ({"Accept": "application/json"} if script else {})
        return await self.client.post(path, data=fields, headers=headers)


def platform_on(path: Path, commands: FakeCommands, clock: FakeClock, problems: list[str]) -> WebPlatform:
    """A page over fakes on any free port: two digests, one with its article kept, another's route and a metric."""
    kept = article()
    registry = CollectorRegistry()
    Counter("sample", "Something counted.", registry=registry).inc()

    async def article_of(id_: str) -> Article | None:
        return kept if id_ == kept.id else None

    async def events(request: Request) -> Response:
        return PlainTextResponse((await request.body()).decode())

    async def ready() -> list[str]:
        return problems

    def digests() -> list[Digest]:
        return [digest(kept), digest(article("Ferry"), "A ferry sails", ("sea",))]

    numbers = itertools.count(1)
    return WebPlatform(
        commands,
        SqliteChannelLog(path),
        clock,
        digests=digests,
        article=article_of,
        port=0,
        hosts=("lede.example",),
        zone=ZoneInfo("Europe/Berlin"),
        routes=[Route("/slack/events", events, methods=["POST"])],
        ready=ready,
        registry=registry,
        token=lambda: f"token-{next(numbers):012}",
    )


@contextlib.asynccontextmanager
async def running(platform: WebPlatform) -> AsyncIterator[str]:
    """Serve ``platform`` while inside; gives its address."""
    task = asyncio.create_task(platform.run())
    started = asyncio.create_task(platform.started.wait())
    await asyncio.wait((task, started), return_when=asyncio.FIRST_COMPLETED)
    started.cancel()
    if task.done():
        await task
    try:
        yield platform.url
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def served(tmp_path: Path, anyio_backend: str) -> AsyncIterator[Served]:
    """The page over HTTP."""
    commands, clock, problems = FakeCommands(), FakeClock(NOW), list[str]()
    path = tmp_path / "web.sqlite3"
    platform = platform_on(path, commands, clock, problems)
    async with running(platform) as url, httpx.AsyncClient(base_url=url, trust_env=False, timeout=10) as client:
        yield Served(platform, commands, SqliteChannelLog(path), clock, problems, client)
