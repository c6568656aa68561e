"""What was posted to the terminal, in a file of JSON lines that is only ever appended to."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bot.domain.errors import StoreError


@dataclass(frozen=True, slots=True)
class Entry:
    """One posted or edited message. An edit bears the ``ref`` of what it replaces."""

    ref: str
    channel: str
    key: str
    posted: str  #: RFC 3339, UTC
    text: str
    reply_to: str = ""
    edit: bool = False

    @property
    def at(self) -> datetime:
        """When it was posted."""
        return datetime.fromisoformat(self.posted)


class Record:
    """The entries of one file, shared safely by processes on one machine.

    A line torn by a crash is passed over; the next entry begins on a line of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[Entry]:
        """Every whole entry, oldest first.

        Raises:
            StoreError: the file is there but cannot be read.
        """
        try:
            with self._path.open("rb") as file:
                return list(_entries(file))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unusable(error) from error

    def add_once(self, entry: Entry) -> tuple[Entry, bool]:
        """Keep ``entry`` unless its channel has one of that key; the entry kept, and whether it is new.

        Raises:
            StoreError: it could not be written.
        """
        try:
            with self._locked() as file:
                same = (e for e in _entries(file) if (e.channel, e.key, e.edit) == (entry.channel, entry.key, False))
                if (earlier := next(same, None)) and not entry.edit:
                    return earlier, False
                _append(file, entry)
                return entry, True
        except OSError as error:
            raise self._unusable(error) from error

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _unusable(self, error: OSError) -> StoreError:
        reason = error.strerror or type(error).__name__
        return StoreError(f"{self._path} cannot be used: {reason}.", "Make it readable and writable.")


def _entries(file: BinaryIO) -> Iterator[Entry]:
    file.seek(0)
    for line in file:
        try:
            yield Entry(**json.loads(line))
        except (ValueError, TypeError):  # torn by a crash, or written by a later version
            continue


def _append(file: BinaryIO, entry: Entry) -> None:
    size = file.seek(0, os.SEEK_END)
    if size:
        file.seek(size - 1)
        if file.read(1) != b"\n":
            file.write(b"\n")
    file.write(json.dumps(asdict(entry), ensure_ascii=True).encode() + b"\n")
    file.flush()
    os.fsync(file.fileno())
