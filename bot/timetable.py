"""Wakes the bot. APScheduler keeps the intervals and nothing else: no job store, no cron, no misfire dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from bot.domain.errors import BotError

_log = structlog.get_logger(__name__)


class ApsTimetable:
    """A :class:`bot.ports.Timetable`.

    What is due is decided elsewhere by wall time, so a wake that comes late or once for several loses nothing:
    ``misfire_grace_time=None`` keeps late ones, ``coalesce`` makes one of many. A job that is still running is left
    alone here rather than by ``max_instances=1``, which warns of it every second.
    """

    def __init__(self) -> None:
        self._jobs: list[tuple[str, timedelta, Callable[[], Awaitable[None]]]] = []
        self._busy: set[str] = set()

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[None]]) -> None:
        """See :meth:`bot.ports.Timetable.every`.

        Raises:
            ValueError: the interval is below a tenth of a second (APScheduler would make it a second unasked).
        """
        if interval < timedelta(milliseconds=100):
            raise ValueError(f"{name}: an interval of {interval} is too short")
        self._jobs.append((name, interval, job))

    async def run(self) -> None:
        """See :meth:`bot.ports.Timetable.run`."""
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        for name, interval, job in self._jobs:
            trigger = IntervalTrigger(seconds=interval.total_seconds(), timezone="UTC")
            scheduler.add_job(self._wake, trigger, args=(name, job), id=name)
        scheduler.start()
        try:
            await asyncio.gather(*(self._wake(name, job) for name, _, job in self._jobs))
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    async def _wake(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        if name in self._busy:
            return
        self._busy.add(name)
        try:
            await job()
        except BotError as error:
            _log.error("job failed; it runs again at its next time", job=name, reason=str(error))
        except Exception:  # noqa: BLE001 - one job's fault must not stop the clock
            _log.exception("job failed; it runs again at its next time", job=name)
        finally:
            self._busy.discard(name)
