from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import StoreError
from bot.timetable import ApsTimetable

pytestmark = pytest.mark.anyio
TENTH = timedelta(milliseconds=100)


async def test_a_job_runs_at_once_and_again() -> None:
    """The first call does not wait for the interval."""
    timetable = ApsTimetable()
    twice = asyncio.Event()
    calls = []

    async def job() -> None:
        calls.append(1)
        if len(calls) == 2:
            twice.set()

    timetable.every("job", TENTH, job)
    running = asyncio.create_task(timetable.run())
    await twice.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert len(calls) >= 2


async def test_a_job_never_overlaps_itself_and_holds_up_no_other() -> None:
    """While one hangs, another goes on; the one that hangs is not started again."""
    timetable = ApsTimetable()
    often = asyncio.Event()
    started, others = [], []

    async def hangs() -> None:
        started.append(1)
        await asyncio.Event().wait()

    async def quick() -> None:
        others.append(1)
        if len(others) == 4:
            often.set()

    timetable.every("hangs", TENTH, hangs)
    timetable.every("quick", TENTH, quick)
    running = asyncio.create_task(timetable.run())
    await often.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert len(started) == 1


@pytest.mark.parametrize("fault", [StoreError("locked"), RuntimeError("a bug")])
async def test_a_fault_does_not_stop_the_clock(fault: Exception) -> None:
    """It is logged, and the job runs again at its next time."""
    timetable = ApsTimetable()
    again = asyncio.Event()
    faults = iter([fault])

    async def job() -> None:
        if error := next(faults, None):
            raise error
        again.set()

    timetable.every("job", TENTH, job)
    running = asyncio.create_task(timetable.run())
    await again.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_an_interval_too_short_to_keep_is_refused() -> None:
    """The scheduler would make zero a second without a word."""

    async def job() -> None:
        """Nothing."""

    with pytest.raises(ValueError, match="too short"):
        ApsTimetable().every("job", timedelta(0), job)
