"""Several replicas share work through Procrastinate: one job a slot, deferred in the slot's own transaction.

The engine only says who looks at a slot first. Whether it may be sent is the ledger's to decide, by lease and fence,
so a job that runs twice, late or never is no danger: one that never runs is found by the service's own claim.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import procrastinate
import structlog
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Connection, text

from bot.domain.errors import StoreError
from bot.domain.places import Place
from bot.stores.sql.database import store_error
from bot.stores.sql.postgres import PostgresDatabase

_log = structlog.get_logger(__name__)
_TASK = "deliver"
# Any number that no other program takes: replicas that start together make the engine's tables one after the other.
_ADVISORY_LOCK = 0x1EDF
# A worker beats this often; one silent for three beats is dead and its jobs are retried.
_BEAT = 2.0
_DEAD_AFTER = 3 * _BEAT
# A rush within this time is dealt out by turns; after it a workspace's next slot is its first again.
_RUSH = 60.0
_AGAIN = 1.0
#: How often :meth:`ProcrastinateJobs.keep` is to run.
KEEP_EVERY = timedelta(seconds=5)


class ProcrastinateJobs:
    """A :class:`bot.stores.sql.planning.JobQueue`, and the worker that takes from it.

    Args:
        database: where the ledger is; the engine keeps tables of its own beside it.
        platforms: those that this process serves; each is a queue.
        concurrency: jobs at a time.
    """

    def __init__(self, database: PostgresDatabase, platforms: Sequence[str], concurrency: int = 32) -> None:
        self._database = database
        self._platforms = list(platforms)
        self._concurrency = concurrency
        address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        # Deferring uses the ledger's connections; these are for fetching and finishing jobs.
        connector = procrastinate.PsycopgConnector(conninfo=address, min_size=1, max_size=6)
        self._app = procrastinate.App(connector=connector)
        self._app.task(name=_TASK, pass_context=False)(self._work)
        # Never opened: what it defers goes over the connection of the transaction at hand.
        self._deferring = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=address))
        self._deliver: Callable[[str], Awaitable[None]] | None = None
        self._turns: Counter[tuple[str, str]] = Counter()
        self._rush_since = 0.0

    async def open(self) -> None:
        """Connect, and make the engine's tables where there are none.

        Raises:
            StoreError: the server cannot be reached.
        """
        try:
            await self._app.open_async()
        except ConnectorException as error:
            raise store_error(self._database.url, error) from error
        await self._database.write(_make_tables)

    def defer(self, connection: Connection, key: str, place: Place, at: datetime | None = None) -> None:
        """See :meth:`bot.stores.sql.planning.JobQueue.defer`."""
        workspace = (place.platform, place.workspace)
        if (now := time.monotonic()) - self._rush_since > _RUSH:
            self._turns.clear()
            self._rush_since = now
        self._turns[workspace] += at is None
        job = self._deferring.configure_task(
            _TASK,
            queue=place.platform,
            schedule_at=at,
            # The workspaces by turns: each one's first slot before anyone's second.
            priority=-self._turns[workspace],
            connection=connection.connection.driver_connection,
        )
        job.defer(key=key)

    async def work(self, deliver: Callable[[str], Awaitable[None]]) -> None:
        """Run jobs through ``deliver`` until cancelled, also after the server was away."""
        self._deliver = deliver
        while True:
            try:
                await self._app.run_worker_async(
                    queues=self._platforms,
                    concurrency=self._concurrency,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=_BEAT,
                    stalled_worker_timeout=_DEAD_AFTER,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=1.0,
                    delete_jobs="always",
                )
            except Exception as error:  # noqa: BLE001 - whatever the engine meets, slots are still claimed without it
                _log.error("job engine stopped; it starts again", reason=_line(error))
            if (task := asyncio.current_task()) and task.cancelling():
                # Stopped while the server was away, the engine tells of the server and swallows the stop.
                raise asyncio.CancelledError
            await asyncio.sleep(_AGAIN)

    async def retry_stalled(self) -> int:
        """Have the jobs of dead workers run again; how many. For the timetable, every few seconds.

        Raises:
            StoreError: the server cannot be reached.
        """
        manager = self._app.job_manager
        try:
            stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=_DEAD_AFTER))
            for job in stalled:
                await manager.retry_job(job)
        except ConnectorException as error:
            raise store_error(self._database.url, error) from error
        return len(stalled)

    async def keep(self) -> None:
        """:meth:`retry_stalled` as a job of the timetable."""
        number = await self.retry_stalled()
        if number:
            _log.warning("jobs of a lost replica taken over", jobs=number)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._app.close_async()

    async def _work(self, key: str) -> None:
        if (task := asyncio.current_task()) is not None:
            task.add_done_callback(_told)
        if self._deliver is None:
            return
        try:
            await self._deliver(key)
        except StoreError as error:
            _log.error("slot not taken; it will be claimed again", slot=key, reason=str(error))


def replicas_alive(connection: Connection) -> bool:
    """Whether some replica's worker has told of itself lately."""
    if connection.execute(text("SELECT to_regclass('procrastinate_workers')")).scalar() is None:
        return False
    since = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :s)")
    return bool(connection.execute(since, {"s": _DEAD_AFTER}).scalar())


def _told(job: asyncio.Task[Any]) -> None:
    """Tell in a line that the engine could not put a job away; nobody else asks what became of its task."""
    if not job.cancelled() and (error := job.exception()):
        _log.warning("job done but not put away; its worker's end frees it", job=job.get_name(), reason=_line(error))


def _line(error: BaseException) -> str:
    return " ".join(str(error.__cause__ or error).split())[:200]


def _make_tables(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY_LOCK})
    if connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar() is not None:
        return
    schema: Any = procrastinate.schema.SchemaManager.get_schema()
    raw = connection.connection.driver_connection
    assert raw is not None
    # Not through SQLAlchemy: the script holds colons and percent signs that mean nothing here.
    raw.execute(schema)
