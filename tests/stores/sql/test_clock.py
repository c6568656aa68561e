"""Replicas that share a database share one time, the server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import wiring
from bot.settings import Settings
from bot.stores.sql import clock as clock_module
from bot.stores.sql.clock import ServerClock, clock_of
from bot.stores.sql.database import Database
from bot.wiring.doctor import clocks
from tests.delivery.samples import NOW
from tests.fakes import FakeClock
from tests.postgres import Server

pytestmark = pytest.mark.anyio
SECOND = timedelta(seconds=1)


class FakeServer:
    """Tells a time when it is asked; each answer takes as long as ``journeys`` says, half of it on the way back."""

    shared = True

    def __init__(self, counter: list[float]) -> None:
        self.counter = counter
        self.time = NOW
        self.journeys: list[float] = []

    async def read(self, work: Any) -> Any:
        """Work on the server itself."""
        return work(self)

    def execute(self, statement: object) -> FakeServer:
        """The question arrives."""
        self.journey = self.journeys.pop(0) if self.journeys else 0.0
        self.pass_by(self.journey / 2)
        self.told = self.time
        return self

    def scalar_one(self) -> datetime:
        """The answer arrives."""
        self.pass_by(self.journey / 2)
        return self.told

    def pass_by(self, seconds: float) -> None:
        """Time passes, here and there."""
        self.counter[0] += seconds
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    """A server whose time has nothing to do with this machine's."""
    counter = [1000.0]
    monkeypatch.setattr(clock_module, "elapsed", lambda: counter[0])
    return FakeServer(counter)


async def test_it_is_the_servers_time_and_goes_on(server: FakeServer) -> None:
    """Without asking again the clock stays with the server's."""
    clock = await clock_of(server, FakeClock(NOW - timedelta(days=1)))  # type: ignore[arg-type]

    server.pass_by(3600)

    assert clock.now() == server.time == NOW + timedelta(hours=1)


async def test_a_server_that_takes_over_sets_it_anew(server: FakeServer) -> None:
    """Another server may be set otherwise: replicas still agree, as all of them ask it."""
    clock = await ServerClock.read(server)  # type: ignore[arg-type]
    server.time -= timedelta(minutes=3)

    await clock.set()

    assert clock.now() == server.time


async def test_an_answer_that_was_held_up_is_not_believed(server: FakeServer) -> None:
    """A process stopped while it asks would be wrong by as long: it asks again, and goes by the quickest answer."""
    server.journeys = [4.0, 0.004]

    clock = await ServerClock.read(server)  # type: ignore[arg-type]

    assert abs(clock.now() - server.time) < SECOND / 100


async def test_alone_a_process_goes_by_its_machines_clock(database: Database) -> None:
    """On SQLite nobody else's clock matters."""
    local = FakeClock(NOW)

    assert (await clock_of(database, local) is local) is not database.shared


@pytest.mark.parametrize("wrong", [timedelta(minutes=5), timedelta(days=-400)])
async def test_a_replica_whose_clock_is_wrong_goes_by_the_servers(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, wrong: timedelta, tmp_path: Any
) -> None:
    """As it is put together: what it claims, records and plans is by the server's time, not by its machine's."""
    url = postgres.database()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DIGESTS_DIR", str(tmp_path))
    monkeypatch.setenv("ARTICLES_DIR", str(tmp_path / "articles"))
    monkeypatch.setattr(wiring.SystemClock, "now", lambda self: datetime.now(UTC) + wrong)

    async with wiring.open_newsroom(Settings(_env_file=None)) as office:
        told = office.clock.now()

    assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)
    (finding,) = clocks(told - wiring.SystemClock().now())
    assert ("behind this machine's" in finding.text) is (wrong > timedelta(0))
    postgres.drop(url)
