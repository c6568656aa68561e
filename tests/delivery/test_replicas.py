from __future__ import annotations

import asyncio
import gc
import threading
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Connection, select
from structlog.testing import capture_logs

from bot.domain.deliveries import Outcome, Part, Planned, plan
from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.ports import Claimable, Payload, Posted
from bot.stores.sql.jobs import ProcrastinateJobs
from bot.stores.sql.opening import open_database
from bot.stores.sql.postgres import PostgresDatabase
from bot.stores.sql.tables import SUBSCRIPTIONS
from tests.delivery.fakes import Bench
from tests.delivery.samples import NOW, PLACE, slot_at, subscription
from tests.fakes import FakeClock
from tests.postgres import Server

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=9)
SECOND = timedelta(seconds=1)


async def test_one_of_two_workers_has_a_slot(bench: Bench) -> None:
    """A claimed slot is nobody else's until its lease ends, and then it is the next one's."""
    await bench.ledger.add(Planned(slot_at(NOW)), PLACE)

    first = await bench.ledger.claim("a", NOW, LEASE, 5)
    second = await bench.ledger.claim("b", NOW + 8 * SECOND, LEASE, 5)
    third = await bench.ledger.claim("b", NOW + 9 * SECOND, LEASE, 5)

    assert [len(first), len(second), len(third)] == [1, 0, 1]
    assert third[0].fence > first[0].fence


async def test_a_worker_past_its_lease_changes_nothing(bench: Bench) -> None:
    """Woken after another took the slot, it may neither freeze, begin, settle, renew nor conclude."""
    await bench.ledger.add(Planned(slot_at(NOW)), PLACE)
    (old,) = await bench.ledger.claim("a", NOW, LEASE, 1)
    part = Part(0, "k-0", {"text": "x"})
    frozen = await bench.ledger.freeze(old, {"id": "e"}, [part])
    assert frozen is not None
    (new,) = await bench.ledger.claim("b", NOW + LEASE, LEASE, 1)

    assert await bench.ledger.freeze(old, {"id": "other"}, [part]) is None
    assert await bench.ledger.begin(frozen, 0, NOW + LEASE) is None
    assert await bench.ledger.settle(frozen, 0, None, NOW + LEASE) is None
    assert await bench.ledger.renew([old, new], NOW + LEASE, LEASE) == {new.slot.key}
    assert not await bench.ledger.conclude(old, "missed", NOW + LEASE, "late")
    assert (await bench.ledger.get(new.slot.key)).edition == {"id": "e"}


async def test_what_a_late_worker_brought_is_kept(bench: Bench) -> None:
    """Its message was taken though its lease had ended: the next one learns of it and sends nothing."""
    await bench.ledger.add(Planned(slot_at(NOW)), PLACE)
    (old,) = await bench.ledger.claim("a", NOW, LEASE, 1)
    frozen = await bench.ledger.freeze(old, {"id": "e"}, [Part(0, "k-0", {"text": "x"})])
    assert frozen is not None
    begun = await bench.ledger.begin(frozen, 0, NOW)
    assert begun is not None
    (new,) = await bench.ledger.claim("b", NOW + LEASE, LEASE, 1)

    assert await bench.ledger.finish(begun, 0, Outcome("delivered", ref="m7"), NOW + LEASE) is None

    assert await bench.ledger.settle(new, 0, None, NOW + LEASE) is None
    assert await bench.ledger.begin(new, 0, NOW + LEASE) is None
    assert await bench.ledger.conclude(new, "sending", NOW + LEASE, again_at=NOW + LEASE)
    bench.clock.move(LEASE)
    await bench.run()
    assert (await bench.ledger.get(new.slot.key)).state == "delivered"
    assert bench.platform.calls == 0


@pytest.mark.parametrize("there", [True, False])
async def test_what_a_late_worker_read_back_is_kept_if_it_is_there(bench: Bench, there: bool) -> None:
    """It found the message after its lease had ended: nobody sends again. That it found none proves nothing."""
    await bench.ledger.add(Planned(slot_at(NOW)), PLACE)
    (old,) = await bench.ledger.claim("a", NOW, LEASE, 1)
    frozen = await bench.ledger.freeze(old, {"id": "e"}, [Part(0, "k-0", {"text": "x"})])
    assert frozen is not None
    begun = await bench.ledger.begin(frozen, 0, NOW)
    assert begun is not None
    (new,) = await bench.ledger.claim("b", NOW + LEASE, LEASE, 1)

    assert await bench.ledger.settle(begun, 0, Posted(PLACE, "m7") if there else None, NOW + LEASE) is None

    (part,) = (await bench.ledger.get(new.slot.key)).parts
    assert (part.state, part.ref) == (("delivered", "m7") if there else ("sending", ""))
    assert bool(part.doubts) is not there
    assert (await bench.ledger.begin(new, 0, NOW + LEASE) is None) is there


async def test_a_lost_workers_slot_is_taken_over(bench: Bench) -> None:
    """Composed and begun by one that died: the next settles the doubt and posts it, once."""
    await bench.store.add(subscription())
    await bench.service._plan()
    (old,) = await bench.ledger.claim("dead", NOW, LEASE, 1)
    frozen = await bench.ledger.freeze(old, {"id": "e"}, [Part(0, f"{old.slot.key}-0", {"text": "x"})])
    assert frozen is not None
    assert await bench.ledger.begin(frozen, 0, NOW) is not None

    await bench.run(LEASE, 20 * SECOND, 30 * SECOND, SECOND)

    assert bench.platform.keys == [f"{old.slot.key}-0"]
    assert bench.platform.reads == 1


async def test_workspaces_come_in_turn(bench: Bench) -> None:
    """A workspace with a hundred channels does not keep one with a single channel waiting."""
    for number in range(30):
        await bench.ledger.add(Planned(slot_at(NOW, f"b-big{number:02}")), Place("slack", "BIG", f"C{number}"))
    await bench.ledger.add(Planned(slot_at(NOW, "b-small")), Place("slack", "SMALL", "C"))

    claimed = await bench.ledger.claim("a", NOW, LEASE, 4)
    share = await bench.ledger.claim("a", NOW, LEASE, 50, Claimable(share=2))
    busy = await bench.ledger.claim("a", NOW, LEASE, 50, Claimable(busy=frozenset({("slack", "BIG")})))

    assert Counter(each.place.workspace for each in claimed) == {"BIG": 3, "SMALL": 1}
    assert [each.place.workspace for each in share] == ["BIG", "BIG"]
    assert busy == []


async def test_stopping_lets_requests_end_and_puts_the_rest_down(bench: Bench) -> None:
    """SIGTERM in the middle: what is being sent is delivered, what waits is due at once for the next process."""
    gate, asking = asyncio.Event(), asyncio.Event()
    send = bench.platform.send

    async def slow(place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        asking.set()
        await gate.wait()
        return await send(place, payload, key, reply_to)

    bench.platform.send = slow  # type: ignore[method-assign]
    bench.desk.parts = 2
    await bench.store.add(subscription())
    await bench.service.wake()
    await asking.wait()

    asyncio.get_running_loop().call_later(0.1, gate.set)
    await bench.service.drain()
    (during,) = await bench.ledger.deliveries()
    await bench.service.wake()
    bench.service = bench.another("next")
    await bench.run()

    assert (during.state, during.parts[0].state, during.parts[1].state) == ("sending", "delivered", "pending")
    assert bench.platform.keys == ["b-test-260113080000-0", "b-test-260113080000-1"]


async def test_stopping_while_waiting_for_a_turn_leaves_nothing_in_doubt(bench: Bench) -> None:
    """A slot that waits for its channel's budget has sent nothing: it is due again, with no attempt recorded."""
    waiting = asyncio.Event()

    async def never(place: Place) -> None:
        waiting.set()
        await asyncio.Event().wait()

    bench.service._courier._pace.turn = never  # type: ignore[method-assign]
    await bench.store.add(subscription())
    await bench.service.wake()
    await waiting.wait()

    await bench.service.drain()

    (delivery,) = await bench.ledger.deliveries()
    assert delivery.state == "due"
    assert delivery.parts[0].attempts == ()


async def test_a_request_never_outlasts_the_lease(bench: Bench) -> None:
    """Where the lease cannot be renewed, the request is given up when it ends, as a doubt."""
    bench.measures = type(bench.measures)(lease=timedelta(seconds=0.3), send_timeout=timedelta(seconds=30))
    bench.service = bench.another("w")

    async def hang(*args: object, **kwargs: object) -> Posted:
        await asyncio.Event().wait()
        raise AssertionError

    async def lost(*args: object) -> frozenset[str]:
        return frozenset()

    bench.platform.send = hang  # type: ignore[method-assign]
    bench.ledger.renew = lost  # type: ignore[method-assign, assignment]
    await bench.store.add(subscription())

    await bench.service.wake()
    await asyncio.wait_for(bench.service.idle(), 5)

    (delivery,) = await bench.ledger.deliveries()
    assert delivery.parts[0].doubts


@pytest.fixture
async def shared(postgres: Server) -> AsyncIterator[PostgresDatabase]:
    """A PostgreSQL database."""
    url = postgres.database()
    database = await open_database(url)
    assert isinstance(database, PostgresDatabase)
    yield database
    await database.close()
    postgres.drop(url)


async def test_the_job_engine_delivers(shared: PostgresDatabase) -> None:
    """A slot's job is deferred with the slot, also when it must wait; nothing else claims here."""
    bench = Bench(shared)
    bench.clock = FakeClock(datetime.now(UTC))  # the engine goes by the server's clock
    bench.service = bench.another("w")
    jobs = ProcrastinateJobs(shared, ["slack"])
    await jobs.open()
    bench.ledger._jobs = jobs
    failures = iter([DeliveryError("502")])
    bench.platform.before = lambda key: next(failures, None)
    await bench.store.add(subscription())
    slot = slot_at(bench.clock.now())
    await bench.ledger.add(Planned(slot), PLACE)
    working = asyncio.create_task(jobs.work(bench.service.deliver))

    for _ in range(100):
        await asyncio.sleep(0.1)
        bench.clock.instant = datetime.now(UTC)
        if bench.platform.keys:
            break
    await bench.service.idle()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await jobs.close()

    assert bench.platform.keys == [f"{slot.key}-0"]
    assert bench.platform.calls == 2


async def test_what_another_replica_plans_is_left_to_it(shared: PostgresDatabase) -> None:
    """In a rush all of them plan: nobody waits for the subscription that another has, nor plans it once more."""
    bench = Bench(shared)
    await bench.store.add(subscription())
    ((ordered, after),) = await bench.ledger.waiting(NOW)
    planned = plan(ordered, after, NOW, timedelta(hours=2), (NOW, NOW))
    held, done = threading.Event(), threading.Event()

    def plan_slowly(connection: Connection) -> None:
        connection.execute(select(SUBSCRIPTIONS).with_for_update()).all()
        held.set()
        done.wait(10)

    other = asyncio.create_task(shared.write(plan_slowly))
    await asyncio.to_thread(held.wait, 10)

    meanwhile = await asyncio.wait_for(bench.ledger.plan(ordered, planned, NOW, None), 5)
    done.set()
    await other
    first = await bench.ledger.plan(ordered, planned, NOW, NOW + LEASE)
    again = await bench.ledger.plan(ordered, planned, NOW, NOW + LEASE)

    assert (meanwhile, first, again) == (0, 1, 0)


async def test_a_slot_and_its_job_are_committed_together(shared: PostgresDatabase) -> None:
    """A job that cannot be deferred leaves no slot behind, so it is planned again."""
    bench = Bench(shared)

    class Broken:
        def defer(self, *args: object, **kwargs: object) -> None:
            raise RuntimeError("no engine")

    bench.ledger._jobs = Broken()
    await bench.store.add(subscription())

    with pytest.raises(RuntimeError, match="no engine"):
        await bench.service._plan()

    assert await bench.ledger.deliveries() == []


async def test_the_job_engine_stops_though_the_server_is_away(
    shared: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to stop, the engine fails because of the server: it is stopped all the same, and does not begin anew."""
    jobs = ProcrastinateJobs(shared, ["slack"])
    running, runs = asyncio.Event(), []

    async def worker(**_: object) -> None:
        runs.append(1)
        running.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectorException from None

    monkeypatch.setattr(jobs._app, "run_worker_async", worker)
    working = asyncio.create_task(jobs.work(lambda key: asyncio.sleep(0)))
    await running.wait()

    working.cancel()
    done, _ = await asyncio.wait([working], timeout=10)

    assert done
    assert working.cancelled()
    assert len(runs) == 1


async def test_a_job_that_cannot_be_put_away_is_told_in_a_line(
    shared: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server goes away as a job ends: the engine's own task fails, which is no trace of stacks in the log."""
    jobs = ProcrastinateJobs(shared, ["slack"])
    await jobs.open()
    bench, ended, unheard = Bench(shared), asyncio.Event(), []
    bench.ledger._jobs = jobs
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))

    async def away(**_: object) -> None:
        ended.set()
        raise ConnectorException from OSError("the server is away")

    monkeypatch.setattr(jobs._app.job_manager, "finish_job", away)
    await bench.ledger.add(Planned(slot_at(NOW)), PLACE)
    with capture_logs() as lines:
        working = asyncio.create_task(jobs.work(lambda key: asyncio.sleep(0)))
        await asyncio.wait_for(ended.wait(), 10)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        gc.collect()
    await jobs.close()

    assert unheard == []
    (line,) = [line for line in lines if "not put away" in line["event"]]
    assert line["reason"] == "the server is away"
