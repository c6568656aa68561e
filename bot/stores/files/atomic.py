"""Replacing a file so that a reader sees the old or the new one, whole, also after a crash."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.domain.errors import StoreError

_HINTS = {
    errno.ENOSPC: "Free some space on the disk and try again.",
    errno.EDQUOT: "Free some space within the quota and try again.",
    errno.EROFS: "Mount the folder writable, or point the setting at one that is.",
    errno.EACCES: "Give the user that runs the bot write access to the folder.",
    errno.EPERM: "Give the user that runs the bot write access to the folder.",
    errno.ENOTDIR: "A file stands where a folder is needed: move it away.",
}


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, creating its folders; blocking.

    The bytes go to a hidden file in the same folder, reach the disk, and then take the name. Of several writers the
    last one wins; none can leave a mixture.

    Raises:
        StoreError: it could not be written; what was at ``path`` before is untouched.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        new_folders = _make_folders(path.parent)
        try:
            _write_through(temporary, data)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in (path.parent, *(new.parent for new in new_folders)):
            _sync_folder(folder)
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "")
        raise StoreError(f"{path} could not be written: {error.strerror or error}.", hint) from error


def _make_folders(folder: Path) -> list[Path]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renamed entry itself durable, where the system can open a folder for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
