"""Digests as JSON files, one an article, that people may read, write and keep under version control."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from bot.domain.digests import Digest, as_json, newest_first
from bot.domain.entities import Decisions
from bot.domain.errors import NotFound, StoreError
from bot.ports import Problem
from bot.stores.files.atomic import write_atomically
from bot.stores.files.folder import DECISIONS_FILE, DigestFolder, Listing, listed
from bot.stores.files.reading import DIGEST_BYTES, Unusable, decisions_of, digest_of, stored_bytes
from bot.stores.files.text import json_text
from bot.stores.files.watching import POLL_SECONDS, changes_of


class FileDigestStore:
    """Implements :class:`bot.ports.DigestStore` over a folder.

    Every ``*.json`` below it is a digest, except ``entities.json`` (decisions about identity) and
    ``digest.schema.json`` at its top; hidden files and folders are left alone. What is wrong is set aside by name at
    once, also where an earlier version of the same file was right: what is served is what the files say. New digests
    go to ``YYYY/MM/<id>.json``. All file access happens in threads; several processes may share the folder, and of
    two that write one digest the last wins.

    Args:
        folder: need not be there yet; filing the first digest creates it.
        poll: seconds between two looks at the folder where the system does not tell of changes.
    """

    def __init__(self, folder: Path, *, poll: float = POLL_SECONDS) -> None:
        self._root = folder
        self._poll = poll
        self._folder = DigestFolder(folder)
        self._loaded: Listing | None = None
        self._lock = threading.Lock()

    async def load(self) -> Sequence[Digest]:
        """Every digest that can be served, newest first. Files that did not change are not read again."""
        return await asyncio.to_thread(self._load)

    async def get(self, id_: str) -> Digest:
        """The digest of that id, as its file says now.

        Raises:
            NotFound: there is none that can be served.
        """
        return await asyncio.to_thread(self._get, id_)

    async def file(self, digest: Digest) -> bool:
        """Keep ``digest``, replacing one of the same id atomically, wherever it lies.

        Returns:
            True when it was not there before.

        Raises:
            StoreError: it could not be written; the earlier one is untouched.
        """
        return await asyncio.to_thread(self._file, digest)

    async def problems(self) -> Sequence[Problem]:
        """What was set aside at the last load, by path, and why; :meth:`decisions` tells of its own file."""
        return await asyncio.to_thread(self._problems)

    async def decisions(self) -> Decisions:
        """People's decisions about identity; empty where there are none.

        Raises:
            StoreError: they are there but cannot be read.
        """
        return await asyncio.to_thread(self._decisions)

    async def decide(self, decisions: Decisions) -> None:
        """Replace the decisions atomically.

        Raises:
            StoreError: they could not be written.
        """
        content = json_text(decisions.model_dump(mode="json")).encode()
        await asyncio.to_thread(write_atomically, self._root / DECISIONS_FILE, content)

    def changes(self) -> AsyncGenerator[None, None]:
        """Yield once after each change of digests or decisions since the last load, within 2 s. Never ends by itself.

        Changes that come close together are told once. Close the iterator to stop watching.
        """
        known = self._loaded or listed(self._root)
        return changes_of(self._root, known, lambda: listed(self._root), self._poll)

    def _load(self) -> list[Digest]:
        with self._lock:
            self._refresh()
            return newest_first(list(self._folder.digests.values()))

    def _refresh(self) -> None:
        self._folder.refresh()
        self._loaded = self._folder.listing

    def _get(self, id_: str) -> Digest:
        with self._lock:
            path = self._folder.paths.get(id_)
            if path is None or not self._folder.is_current(path):
                self._refresh()
            try:
                return self._folder.digests[id_]
            except KeyError:
                raise NotFound(f"There is no digest {id_!r}.", "Search for a word of its headline.") from None

    def _file(self, digest: Digest) -> bool:
        content = json_text(as_json(digest)).encode()
        if len(content) > DIGEST_BYTES:
            raise StoreError(
                f"The digest {digest.id} has {len(content):,} bytes, more than the {DIGEST_BYTES:,} that are served.",
                "Shorten it.",
            )
        with self._lock:
            known = self._folder.paths.get(digest.id)
            if self._loaded is None or (known and not self._folder.is_current(known)):
                self._refresh()
                known = self._folder.paths.get(digest.id)
            path = known or f"{digest.day:%Y/%m}/{digest.id}.json"
            earlier = self._earlier(path, digest.id)
            if earlier != content:
                write_atomically(self._root / path, content)
                self._folder.kept(path, digest)
            return known is None

    def _earlier(self, path: str, id_: str) -> bytes | None:
        """What lies at ``path`` now; None where nothing does or what does is broken and may be replaced.

        Raises:
            StoreError: another digest lies there, which must not be lost.
        """
        try:
            content = stored_bytes(self._root / path, self._root, DIGEST_BYTES)
            there = digest_of(content)
        except (Unusable, FileNotFoundError):
            return None
        if there.id != id_:
            raise StoreError(
                f"{self._root / path} holds another digest, {there.id}.",
                "Rename that file to the id it holds, then try again.",
            )
        return content

    def _problems(self) -> tuple[Problem, ...]:
        with self._lock:
            if self._loaded is None:
                self._refresh()
            return self._folder.problems

    def _decisions(self) -> Decisions:
        try:
            return decisions_of(stored_bytes(self._root / DECISIONS_FILE, self._root, DIGEST_BYTES))
        except FileNotFoundError:
            return Decisions()
        except Unusable as unusable:
            raise StoreError(
                f"{self._root / DECISIONS_FILE} cannot be used: {unusable}.", "Mend it; `lede check` lists every fault."
            ) from None
