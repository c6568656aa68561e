"""A state machine over the ledger: any order of wakes, faults, crashes and waiting ends in one message a part."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import time, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.errors import DeliveryError, StoreError
from bot.domain.places import Place
from bot.domain.schedules import Schedule
from bot.services.delivery import DeliveryService, Measures
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.opening import open_database
from tests.delivery.fakes import Bench, FakeDesk
from tests.delivery.samples import NOW, subscription

T = TypeVar("T")
_PARTS = 2
_CALLS = ("claim", "freeze", "begin", "finish", "settle", "conclude", "plan")


class Mortal:
    """A process's view of the ledger: after so many calls it is dead, and nothing it does has an effect.

    ``half`` lets the fatal call reach the ledger, though its answer does not come back.
    """

    def __init__(self, ledger: SqlLedger) -> None:
        self.ledger = ledger
        self.left: int | None = None
        self.half = False

    @property
    def dead(self) -> bool:
        """Whether it is."""
        return self.left is not None and self.left <= 0

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.ledger, name)

        async def counted(*args: Any, **kwargs: Any) -> Any:
            if self.dead:
                raise StoreError("this process is dead")
            if self.left is not None and name in _CALLS:
                self.left -= 1
                if self.dead:
                    if self.half:
                        await call(*args, **kwargs)
                    raise StoreError("this process died")
            return await call(*args, **kwargs)

        return counted


class Deliveries(RuleBasedStateMachine):
    """Two workers, a platform that fails as it likes, and a clock that moves."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        database = self.run(open_database("sqlite:///:memory:"))
        measures = Measures(grace=timedelta(hours=2), pause_after=100)
        self.bench = Bench(database, desk=FakeDesk(parts=_PARTS), measures=measures)
        self.workers: list[tuple[Mortal, DeliveryService]] = [self.worker(), self.worker()]
        self.faults: list[tuple[bool, DeliveryError]] = []
        self.bench.platform.before = lambda key: self.fault(True)
        self.bench.platform.after = lambda key: self.fault(False)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Its result."""
        return self.loop.run_until_complete(work)

    def worker(self) -> tuple[Mortal, DeliveryService]:
        """A new process."""
        mortal = Mortal(self.bench.ledger)
        bench = self.bench
        whole, bench.ledger = bench.ledger, mortal  # type: ignore[assignment]
        service = bench.another(f"w{id(mortal)}")
        bench.ledger = whole
        return mortal, service

    def fault(self, before: bool) -> DeliveryError | None:
        """The next fault, if it comes at this point of a request."""
        if self.faults and self.faults[0][0] == before:
            return self.faults.pop(0)[1]
        return None

    @initialize(channels=st.integers(1, 3))
    def subscribe(self, channels: int) -> None:
        """Every half hour in a few channels of two workspaces."""
        times = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))
        for number in range(channels):
            place = Place("slack", f"T{number % 2}", f"C{number}")
            wanted = subscription(
                id=f"b-{number:04}", place=place, since=NOW, schedule=Schedule(times=times, timezone="UTC")
            )
            self.run(self.bench.store.add(wanted))

    @rule(which=st.integers(0, 1))
    def wake(self, which: int) -> None:
        """One process takes what it can."""
        mortal, service = self.workers[which]
        try:
            self.run(service.wake())
        except StoreError:
            assert mortal.dead
        self.run(service.idle())
        if mortal.dead:
            self.workers[which] = self.worker()

    @rule(which=st.integers(0, 1), calls=st.integers(1, 12), half=st.booleans())
    def die_soon(self, which: int, calls: int, half: bool) -> None:
        """A process will die at one of its next calls."""
        self.workers[which][0].left = calls
        self.workers[which][0].half = half

    @rule(seconds=st.sampled_from([1, 5, 10, 31, 60, 600, 1800, 1801, 7200, 20000]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.bench.clock.move(timedelta(seconds=seconds))

    @rule(before=st.booleans(), kind=st.sampled_from(["doubt", "fails", "asks", "refuses"]))
    def break_next(self, before: bool, kind: str) -> None:
        """Something is wrong with a request to come; only a doubt can come after the message was taken."""
        told = {
            "doubt": DeliveryError("dropped", maybe_sent=True),
            "fails": DeliveryError("502"),
            "asks": DeliveryError("slow down", retry_after=timedelta(seconds=20)),
            "refuses": DeliveryError("no", permanent=True),
        }
        self.faults.append((before, told[kind]) if before else (False, told["doubt"]))

    @rule(readable=st.booleans())
    def readable(self, readable: bool) -> None:
        """The channel can, or cannot, be read back."""
        error = DeliveryError("may not read", "Grant the scope.", permanent=True)
        self.bench.platform.unreadable = None if readable else error

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """No key is held more than once, at any time."""
        repeated = {key: n for key, n in Counter(self.bench.platform.keys).items() if n > 1}
        assert not repeated

    def teardown(self) -> None:
        """With everything well again, every slot ends, and the platform holds just what the ledger says."""
        self.faults.clear()
        self.bench.platform.unreadable = None
        for _ in range(8):
            for which in (0, 1):
                self.wake(which)
            self.wait(400)
        held = set(self.bench.platform.keys)
        for delivery in self.run(self.bench.ledger.deliveries(limit=10_000)):
            there = [part.number for part in delivery.parts if part.key in held]
            told = [part.number for part in delivery.parts if part.state == "delivered"]
            assert delivery.state != "claimed"
            if delivery.state not in ("unknown", "due", "sending"):
                assert there == told, delivery
            if delivery.state == "delivered":
                assert there == list(range(_PARTS)), delivery
        self.nothing_is_there_twice()
        self.run(self.bench.database.close())
        self.loop.close()


Deliveries.TestCase.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDeliveries = Deliveries.TestCase
TestDeliveries.__doc__ = "Any order of wakes, faults, deaths and waiting leaves one message a part, or says why not."
