"""Where digests and articles are kept, and who makes digests."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.domain.entities import Decisions


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something in a digest folder is not served."""

    path: str  #: of the file, relative to the folder
    field: str  #: dotted path inside the file, with ``line N`` where the file cannot be parsed; may be empty
    reason: str  #: a sentence for a person


class DigestStore(Protocol):
    """Keeps digests and people's decisions about identity.

    A digest that cannot be served is set aside with its problem; it never hides the others.
    """

    async def load(self) -> Sequence[Digest]:
        """Every digest that can be served."""
        ...

    async def get(self, id_: str) -> Digest:
        """The digest of that id.

        Raises:
            NotFound: there is none that can be served.
        """
        ...

    async def file(self, digest: Digest) -> bool:
        """Keep ``digest``, replacing one of the same id atomically; True when it was not there before.

        Raises:
            StoreError: it could not be written; the earlier one is untouched.
        """
        ...

    async def problems(self) -> Sequence[Problem]:
        """What was set aside at the last load, and why."""
        ...

    async def decisions(self) -> Decisions:
        """People's decisions about identity; empty where there are none.

        Raises:
            StoreError: they are there but cannot be read. Serving goes on with the last good ones.
        """
        ...

    async def decide(self, decisions: Decisions) -> None:
        """Replace the decisions atomically.

        Raises:
            StoreError: they could not be written.
        """
        ...

    def changes(self) -> AsyncGenerator[None, None]:
        """Yield once after each change of the stored digests, within 2 s of it. Ends only when closed."""
        ...


class ArticleStore(Protocol):
    """Keeps the numbered sentences that evidence points into."""

    async def put(self, article: Article) -> None:
        """Keep ``article`` under its id, replacing an earlier one atomically.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def get(self, id_: str) -> Article | None:
        """The article of that digest id, or None where its sentences are not kept here.

        Raises:
            StoreError: they are kept but cannot be read.
        """
        ...


class Digester(Protocol):
    """Makes a digest that says nothing its article does not."""

    name: str  #: what goes into ``made.by``, such as ``extractive/1``

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; ``now`` goes into ``made.at``.

        Raises:
            NotAnArticle: there is nothing to digest.
            DigestError: no sound digest could be made.
        """
        ...

    def note(self, article: str) -> str:
        """What a person should know of how the digest of that id was made; empty where all went as it should."""
        ...
