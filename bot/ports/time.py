"""The present, and being woken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """The only source of the present."""

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
