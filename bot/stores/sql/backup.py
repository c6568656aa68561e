"""Saving everything to one file and bringing it back, between either kind of database.

A backup is a SQLite file of the schema at the time. What was delivered after it was made is not in it, so after a
restore every slot of the last day is read back on its platform before anything is sent for it.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, create_engine, delete, func, insert, select, text, update

from bot.domain.errors import StoreError
from bot.stores.sql.alone import alone
from bot.stores.sql.database import Database, address_of
from bot.stores.sql.jobs import replicas_alive
from bot.stores.sql.opening import open_database
from bot.stores.sql.planning import READ_BACK, RESTORED
from bot.stores.sql.rows import SETTLED
from bot.stores.sql.schema import migrate, refuse_newer
from bot.stores.sql.statements import put
from bot.stores.sql.tables import ATTEMPTS, FACTS, METADATA, PARTS, SLOTS

T = TypeVar("T")
_ROWS = 1000  # at a time: neither a million rows in memory nor a round trip for each
_GARBAGE = "Choose a file that lede backup made."


async def backup(url: str, file: Path) -> None:
    """Save the database at ``url`` to ``file``, also while bots run; an earlier file is replaced at the end.

    Raises:
        StoreError: the database cannot be read, or the file cannot be written.
    """
    database = await open_database(url)
    try:
        path = database.path
        if path:
            await asyncio.to_thread(_atomically, file, lambda target: _copy_file(path, target))
        else:
            await _dump(database, file)
    finally:
        await database.close()


async def restore(url: str, file: Path, now: datetime) -> None:
    """Put the backup in ``file`` in the place of everything in the database at ``url``.

    ``now`` is the present by the clock that the database is used by.

    A SQLite file that was there is kept beside it as ``….before-restore``, also a damaged one.

    Raises:
        StoreError: the file is no backup or of a newer version, a bot is running on the database, or it cannot be
            written; then what was there is untouched.
    """
    await asyncio.to_thread(_checked, file)
    address = address_of(url)
    name = address.database
    path = Path(name) if address.get_backend_name() == "sqlite" and name and name != ":memory:" else None
    if path:
        with alone(path):
            await asyncio.to_thread(_replace, path, file)
    database = await open_database(url)
    try:
        if path is None:
            await _load(database, file)
        await database.write(lambda connection: _in_doubt(connection, now))
    finally:
        await database.close()


def _checked(file: Path) -> None:
    """Refuse what is no whole backup before anything is touched."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.", _GARBAGE)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT key FROM slots LIMIT 1")
    except sqlite3.Error as error:
        raise StoreError(f"{file} is no backup of Lede: {error}.", _GARBAGE) from None
    if not sound:
        raise StoreError(f"{file} is damaged.", _GARBAGE)
    refuse_newer(str(file), revision[0] if revision else None)


def _replace(path: Path, file: Path) -> None:
    """Put a copy of ``file`` where the database was, and that aside."""
    try:
        if path.exists():
            aside = path.with_name(path.name + ".before-restore")
            for end in ("-wal", "-shm"):
                beside = path.with_name(path.name + end)
                if beside.exists():
                    beside.replace(aside.with_name(aside.name + end))
            path.replace(aside)
    except OSError as error:
        raise StoreError(f"The database {path} cannot be put aside: {error.strerror}.") from None
    _atomically(path, lambda target: _copy_file(file, target))


def _copy_file(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)


def _atomically(file: Path, write: Callable[[Path], T]) -> T:
    """What ``write`` makes of a new file beside ``file``, which then takes its place."""
    temporary = Path()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        temporary = Path(name)
        os.close(descriptor)
        result = write(temporary)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(file)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError(f"{file} cannot be written: {error}.", "Look at the disk and the folder.") from None
    return result


async def _dump(database: Database, file: Path) -> None:
    """Copy every row of one consistent state of a server's database into a new file."""

    def reading(source: Connection, target: Path) -> None:
        source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        with _file(target) as writing:
            migrate(writing)
            for table in METADATA.sorted_tables:
                _copy_rows(source, writing, table)

    with tempfile.TemporaryDirectory(prefix="lede-backup-") as folder:
        whole = Path(folder) / "backup.db"
        await database.read(lambda source: reading(source, whole))
        await asyncio.to_thread(_atomically, file, lambda target: _copy_file(whole, target))


async def _load(database: Database, file: Path) -> None:
    """Put every row of a backup in the place of what a server's database holds, in one transaction."""

    def writing(target: Connection, source: Path) -> None:
        if replicas_alive(target):
            raise StoreError(
                "Another lede run uses this database.",
                "Stop every one first; one that was killed is forgotten after ten seconds.",
            )
        for table in reversed(METADATA.sorted_tables):
            target.execute(delete(table))
        with _file(source) as reading:
            migrate(reading)
            for table in METADATA.sorted_tables:
                _copy_rows(reading, target, table)

    with tempfile.TemporaryDirectory(prefix="lede-restore-") as folder:
        copy = Path(folder) / "backup.db"
        await asyncio.to_thread(_copy_file, file, copy)
        await database.write(lambda target: writing(target, copy))


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    """A transaction of a file that nobody else knows of."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _copy_rows(source: Connection, target: Connection, table: Table) -> None:
    rows = source.execution_options(yield_per=_ROWS).execute(select(table)).mappings()
    for batch in rows.partitions(_ROWS):
        target.execute(insert(table), [dict(row) for row in batch])


def _in_doubt(connection: Connection, now: datetime) -> None:
    """Let go of every claim, and put in doubt what may have been sent since the backup was made."""
    recent = SLOTS.c.ready_at.is_not(None) & (SLOTS.c.instant > now - READ_BACK)
    open_ = SLOTS.c.ready_at.is_not(None)
    connection.execute(update(SLOTS).where(open_).values(worker="", ready_at=SLOTS.c.instant, fence=SLOTS.c.fence + 1))
    connection.execute(update(SLOTS).where(recent & (SLOTS.c.instant < now + SETTLED)).values(ready_at=now + SETTLED))
    connection.execute(update(SLOTS).where(recent & SLOTS.c.edition.is_(None)).values(unread=True))
    unsent = (
        select(PARTS.c.slot, PARTS.c.number, SLOTS.c.instant, func.coalesce(func.max(ATTEMPTS.c.number), 0))
        .join(SLOTS, SLOTS.c.key == PARTS.c.slot)
        .outerjoin(ATTEMPTS, (ATTEMPTS.c.slot == PARTS.c.slot) & (ATTEMPTS.c.part == PARTS.c.number))
        .where(recent, PARTS.c.state != "delivered")
        .group_by(PARTS.c.slot, PARTS.c.number, SLOTS.c.instant)
    )
    doubts: list[dict[str, Any]] = [
        {
            "slot": slot,
            "part": part,
            "number": last + 1,
            "worker": "restore",
            "started": instant,
            "ended": instant,
            "outcome": "unknown",
            "error": "A backup was put back that may be older than its delivery.",
        }
        for slot, part, instant, last in connection.execute(unsent).all()
    ]
    if doubts:
        connection.execute(insert(ATTEMPTS), doubts)
    put(connection, FACTS, {"name": RESTORED, "value": now.isoformat()})
