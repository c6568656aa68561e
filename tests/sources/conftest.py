"""A site, a clock and the real sources, allowed to reach this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.sources.assembly import Sources
from tests.fakes import FakeClock
from tests.sources.site import Site, running

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)


@pytest.fixture
def clock() -> FakeClock:
    """Tuesday morning."""
    return FakeClock(NOW)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site on loopback without routes."""
    async with running() as opened:
        yield opened


@pytest.fixture
async def sources(clock: FakeClock) -> AsyncIterator[Sources]:
    """The real client, workers and sources; only loopback is open to them, and patience is short."""
    unprivileged = range(1024, 65536)
    async with Sources(
        clock, allow_networks=["127.0.0.0/8"], allow_ports=unprivileged, parsers=1, deadline=2.0, pause=0.0
    ) as opened:
        yield opened
