"""The digests below a folder, and reading again only what changed.

Blocking and not thread-safe: the store calls it from a thread, under its lock.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.digests import Digest
from bot.ports import Problem
from bot.stores.files.reading import DIGEST_BYTES, Fault, Unusable, digest_of, stored_bytes

DECISIONS_FILE = "entities.json"
SCHEMA_FILE = "digest.schema.json"

Stamp = tuple[int, int, int, int]
"""(modified, changed, size, inode): ``changed`` shows that permissions were mended, the inode that it was replaced."""

# File systems keep time as coarsely as 2 s: what was written that shortly before it was read may have been written
# once more with the same time, so it is read again.
_COARSEST_TIME = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies in the folder, without having read it."""

    stamps: dict[str, Stamp]  #: of every entry that may hold a digest, by relative path, in path order
    problems: tuple[Problem, ...] = ()  #: parts of the folder that cannot be listed
    decisions: Stamp | None = None  #: of the file of decisions, where there is one


@dataclass(frozen=True, slots=True)
class _Reading:
    stamp: Stamp
    settled: bool  #: no write after it can have left the stamp as it is
    result: Digest | tuple[Fault, ...]


@dataclass(slots=True)
class DigestFolder:
    """The digests in ``*.json`` files below a folder; hidden files and folders are not looked at."""

    root: Path
    listing: Listing = field(default_factory=lambda: Listing({}))
    digests: dict[str, Digest] = field(default_factory=dict)  #: by id, what can be served
    paths: dict[str, str] = field(default_factory=dict)  #: by id, the relative path of the file that holds it
    problems: tuple[Problem, ...] = ()  #: what was set aside, by path
    _readings: dict[str, _Reading] = field(default_factory=dict)

    def refresh(self) -> None:
        """Bring all attributes up to date with the files."""
        listing = listed(self.root)
        readings: dict[str, _Reading] = {}
        with _collector_at_rest():
            for path, stamp in listing.stamps.items():
                kept = self._readings.get(path)
                if kept is None or kept.stamp != stamp or not kept.settled:
                    kept = self._read(path, stamp)
                if kept is not None:
                    readings[path] = kept
        self.listing, self._readings = listing, readings
        self._sort_out()

    def is_current(self, path: str) -> bool:
        """Whether the file at that relative path is still the one that was read."""
        reading = self._readings.get(path)
        if reading is None or not reading.settled:
            return False
        try:
            return _stamp_of((self.root / path).stat()) == reading.stamp
        except OSError:
            return False

    def kept(self, path: str, digest: Digest) -> None:
        """Take note that ``digest`` was just written to ``path``, without listing the folder."""
        self.digests[digest.id] = digest
        self.paths[digest.id] = path
        self.problems = tuple(problem for problem in self.problems if problem.path != path)

    def _read(self, path: str, stamp: Stamp) -> _Reading | None:
        now = time.time_ns()
        settled = now - max(stamp[0], stamp[1]) > _COARSEST_TIME
        try:
            return _Reading(stamp, settled, digest_of(stored_bytes(self.root / path, self.root, DIGEST_BYTES)))
        except Unusable as unusable:
            return _Reading(stamp, settled, unusable.faults)
        except FileNotFoundError:
            return None

    def _sort_out(self) -> None:
        """Of files that hold one id the first by path is served."""
        digests: dict[str, Digest] = {}
        paths: dict[str, str] = {}
        problems = list(self.listing.problems)
        for path, reading in self._readings.items():
            if not isinstance(reading.result, Digest):
                problems.extend(Problem(path, where, reason) for where, reason in reading.result)
            elif (id_ := reading.result.id) in paths:
                problems.append(Problem(path, "id", f"{id_} is already the id of {paths[id_]}, which is served"))
            else:
                digests[id_], paths[id_] = reading.result, path
        self.digests, self.paths = digests, paths
        self.problems = tuple(sorted(problems, key=lambda problem: problem.path))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Digests hold no cycles, but making thousands sets the collector off again and again, which doubles a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def listed(root: Path) -> Listing:
    """List the folder; cheap enough to poll (it opens no file)."""
    try:
        is_folder, is_there = root.is_dir(), root.exists()
    except OSError as error:
        return Listing({}, (Problem(str(root), "", f"cannot be reached: {error.strerror}"),))
    if not is_folder:
        reason = "is a file, not a folder" if is_there else "is not there: create it, or correct the setting"
        return Listing({}, (Problem(str(root), "", reason),))
    found: dict[str, Stamp] = {}
    problems: list[Problem] = []
    _list_into(found, problems, root, "")
    found.pop(SCHEMA_FILE, None)
    decisions = found.pop(DECISIONS_FILE, None)
    return Listing(dict(sorted(found.items())), tuple(problems), decisions)


def _list_into(found: dict[str, Stamp], problems: list[Problem], folder: Path, prefix: str) -> None:
    try:
        entries = sorted(_visible(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(Problem(prefix.rstrip("/"), "", f"cannot be listed: {error.strerror}"))
        return
    for entry in entries:
        path = prefix + entry.name
        if entry.name.endswith(".json"):
            with suppress(FileNotFoundError):
                found[path] = _stamp(entry)
        if entry.is_dir(follow_symlinks=False):
            _list_into(found, problems, folder / entry.name, f"{path}/")
        elif entry.is_symlink() and _is_folder(entry):
            reason = "is a link to a folder, which is not followed: move the folder here"
            problems.append(Problem(path, "", reason))


def _visible(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    """Of what a link points to, so that a change there is seen; of the link itself where that is not there."""
    try:
        status = entry.stat()
    except OSError:
        status = entry.stat(follow_symlinks=False)
    return _stamp_of(status)


def _stamp_of(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
