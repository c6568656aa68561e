"""A process that was paused past its lease sends nothing, wherever it was paused."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.deliveries import Delivery
from bot.fuse import AlarmFuse
from bot.ports import PermitEnded, ask_to_write, elapsed
from bot.services.delivery.hand import Hand
from tests.delivery.fakes import Bench
from tests.delivery.samples import NOW, PLACE, slot_at, subscription
from tests.faults.killing import fork

pytestmark = pytest.mark.anyio
LEASE = 0.3


def paused(moment: str, fused: bool, written: int) -> Callable[[], object]:
    """Work for a process that stops itself before or after it asks to write, and notes in a pipe that it wrote."""

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGSTOP)

    async def work() -> None:
        hand = Hand(Delivery(slot_at(NOW), PLACE), elapsed() + LEASE, AlarmFuse() if fused else None)
        async with hand.within(timedelta(seconds=10), elapsed()):
            if moment == "before":
                stop()
            ask_to_write()
            if moment == "after":
                stop()
            os.write(written, b"x")
        await asyncio.sleep(2 * LEASE)

    return work


def end_of(moment: str, fused: bool = True, sleep: float = 2 * LEASE) -> tuple[int, bytes]:
    """How a process ended that was stopped there for so long, and what it wrote."""
    reading, writing = os.pipe()
    pid = fork(paused(moment, fused, writing))  # type: ignore[arg-type]
    os.close(writing)
    if moment != "never":
        os.waitpid(pid, os.WUNTRACED)
        time.sleep(sleep)
        os.kill(pid, signal.SIGCONT)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as pipe:
        return status, pipe.read()


def test_stopped_between_the_last_look_and_the_write_it_never_writes() -> None:
    """It ends by the fuse before its next instruction; without one it would write."""
    status, written = end_of("after")
    _, without = end_of("after", fused=False)

    assert (os.WIFSIGNALED(status), os.WTERMSIG(status)) == (True, signal.SIGALRM)
    assert (written, without) == (b"", b"x")


def test_stopped_before_the_last_look_it_goes_on_without_writing() -> None:
    """It is not allowed to write, and lives."""
    status, written = end_of("before")

    assert os.WIFEXITED(status)
    assert written == b""


@pytest.mark.parametrize(("moment", "sleep"), [("never", 0.0), ("before", 0.05), ("after", 0.05)])
def test_a_short_stop_does_no_harm(moment: str, sleep: float) -> None:
    """Within its lease it writes, and the fuse is out afterwards."""
    status, written = end_of(moment, sleep=sleep)

    assert (status, written) == (0, b"x")


async def test_the_time_to_write_counts_from_when_the_attempt_was_dated() -> None:
    """Where recording it took long, others may take its doubt for settled before a request of full length ended."""
    hand = Hand(Delivery(slot_at(NOW), PLACE), elapsed() + 60)

    async with hand.within(timedelta(seconds=20), elapsed() - 21) as leave:
        with pytest.raises(PermitEnded):
            leave.ask()

    assert (leave.given, leave.refused) == (False, True)


async def test_what_was_not_written_is_no_doubt(bench: Bench) -> None:
    """Refused at the last moment: recorded as certainly not sent, so that the next one sends without reading back."""

    def late(key: str) -> Exception | None:
        for hand, _ in bench.service._hands.values():
            hand.deadline = 0.0  # as after a long pause
        try:
            ask_to_write()
        except PermitEnded as ended:
            return ended
        return None

    bench.platform.before = late
    await bench.store.add(subscription())
    await bench.run()
    (during,) = await bench.ledger.deliveries()
    bench.platform.before = lambda key: None
    await bench.run(timedelta(seconds=1), timedelta(seconds=60))
    (after,) = await bench.ledger.deliveries()

    assert not during.parts[0].doubts
    assert during.parts[0].attempts[0].outcome == "failed"
    assert after.state == "delivered"
    assert (bench.platform.reads, len(bench.platform.keys)) == (0, 1)


def test_what_no_slot_stands_for_may_always_go() -> None:
    """An answer to a command has no lease."""
    ask_to_write()
