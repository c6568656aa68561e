"""The present, how long ago, and being woken."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

# The clock that counts on while the machine sleeps; others sleep with it and would find a lease untouched.
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed() -> float:
    """Seconds since some moment, those included that this machine slept. Nobody sets this clock."""
    return time.clock_gettime(_COUNTER)


class Clock(Protocol):
    """The only source of the present. Processes that share a database share one, whatever their machines' own say."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


class Timetable(Protocol):
    """Wakes the bot; decides nothing."""

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[None]]) -> None:
        """Call ``job`` at once and then every ``interval``, never twice at a time; errors are logged, not fatal."""
        ...

    async def run(self) -> None:
        """Keep waking until cancelled."""
        ...
