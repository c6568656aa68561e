"""The offline digester behind the port: bounded work in a process of its own."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.digesters.extractive.compose import VERSION
from bot.digesters.extractive.linking import Known, linked, nothing_known
from bot.digesters.worker import Worker
from bot.domain.articles import Article
from bot.domain.digests import Digest


class ExtractiveDigester:
    """Makes digests by rules; a worker process keeps the event loop free and the cost bounded.

    Args:
        known: the entities already known by a name, for linking; none by default.
        timeout: seconds after which an article is given up.
        memory: bytes the worker may use.
        tagger: whether to use the optional tagger (``lede[nlp]``) where it is installed and sound.
    """

    def __init__(
        self, known: Known = nothing_known, *, timeout: float = 60.0, memory: int = 2 << 30, tagger: bool = True
    ) -> None:
        self.name = VERSION
        self._known = known
        self._worker = Worker(timeout=timeout, memory=memory, tagger=tagger)

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; ``now`` goes into ``made.at``.

        Raises:
            NotAnArticle: there is no running text.
            DigestError: it took too long or too much memory.
        """
        digest = await asyncio.to_thread(self._worker.digest, article, now)
        return linked(digest, self._known)

    def note(self, article: str) -> str:
        """Nothing: rules have no other way."""
        return ""

    def close(self) -> None:
        """End the worker process; it also ends by itself with this object or this process."""
        self._worker.close()
