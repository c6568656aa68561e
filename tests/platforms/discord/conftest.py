"""The unmodified platform over the stand-in, logged in or serving."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.platforms.discord.answering import Patience
from bot.platforms.discord.platform import DiscordPlatform
from tests.fakes import FakeCommands
from tests.platforms.discord.standin import TOKEN, StandIn


class Now:
    """The present: these tests are about real connections."""

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC)


class Bot:
    """The platform and what it was built with."""

    def __init__(
        self,
        standin: StandIn,
        test_guilds: tuple[str, ...] = (),
        token: str = TOKEN,
        gateway_url: str | None = None,
        timeout: float = 8.0,
    ) -> None:
        self.commands = FakeCommands()
        self.left: list[str] = []
        self.platform = DiscordPlatform(
            token,
            self.commands,
            Now(),
            api_url=standin.url,
            gateway_url=standin.gateway_url if gateway_url is None else gateway_url,
            test_guilds=test_guilds,
            on_left=self._leave,
            patience=Patience(answer=0.15, suggestions=0.3),
            timeout=timeout,
        )

    async def _leave(self, workspace: str) -> None:
        self.left.append(workspace)

    @contextlib.asynccontextmanager
    async def running(self, standin: StandIn) -> AsyncIterator[Bot]:
        """Serve commands until the end of the block."""
        serving = asyncio.create_task(self.platform.run())
        try:
            await asyncio.wait_for(standin.gateway.ready.wait(), 10)
            yield self
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving


@pytest.fixture
def unused_port() -> int:
    """A port of the loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def standin(anyio_backend: str) -> AsyncIterator[StandIn]:
    """A Discord that finds nothing wrong with what it was sent."""
    async with StandIn().serving() as served:
        yield served
        assert served.check() == []


@pytest.fixture
async def platform(standin: StandIn) -> AsyncIterator[DiscordPlatform]:
    """The platform without its gateway, as the command line uses it."""
    made = Bot(standin).platform
    yield made
    await made.close()


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    """The platform serving."""
    async with Bot(standin).running(standin) as served:
        yield served
