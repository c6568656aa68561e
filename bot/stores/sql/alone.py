"""One running bot for one SQLite file: two would each think the other's claims were a dead process's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.errors import StoreError

try:
    import fcntl
except ImportError:  # pragma: no cover - not on Windows, where nothing holds this law
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone(path: Path | None) -> Iterator[None]:
    """Be the only process that runs on the database at ``path``; None (a server, or memory) needs no lock.

    The lock ends with the process, however it ends; its file stays.

    Raises:
        StoreError: another process runs on it.
    """
    if path is None or fcntl is None:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be locked: {error.strerror}.", "Give the bot's user the right to its folder."
        ) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"Another lede run uses the database {path}.",
                "Stop it first, or use PostgreSQL to run several.",
            ) from None
        yield
    finally:
        os.close(descriptor)
