"""Where feeds are read and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.feeds import Feed, FeedDocument
from bot.ports.articles import Validators


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed's server said. ``document`` is None where nothing changed."""

    document: FeedDocument | None
    url: str  #: where it came from after redirects
    validators: Validators
    fresh_for: timedelta | None = None  #: how long the server says it stays as it is
    moved_to: str = ""  #: where it has moved for good


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a site offers, or an OPML file lists."""

    url: str
    title: str = ""
    folder: str = ""


class FeedSource(Protocol):
    """Fetches feeds, finds them on sites, reads and writes OPML."""

    async def feed(self, url: str, validators: Validators | None = None, sha256: str = "") -> FeedAnswer:
        """The feed at ``url``; nothing is parsed where its validators or the hash of its body are as given.

        Raises:
            SourceError: Unreachable, Gone, NotAllowed or Unreadable, each with what to do.
        """
        ...

    async def discover(self, url: str) -> Sequence[FoundFeed]:
        """The feeds of the site at ``url``, likeliest first; ``url`` itself where it is one.

        Raises:
            SourceError: the site cannot be had, or offers none.
        """
        ...

    async def read_opml(self, source: str, *, local: bool = False) -> Sequence[FoundFeed]:
        """The feeds that an OPML file lists, each once, in its order.

        Raises:
            SourceError: it cannot be had, or is no OPML.
        """
        ...

    def write_opml(self, feeds: Sequence[FoundFeed], title: str, now: datetime) -> str:
        """An OPML 2.0 document that lists ``feeds``."""
        ...


class FeedStore(Protocol):
    """Keeps the feeds and how they are, for several processes: a removed feed never comes back by a late write."""

    async def feeds(self) -> Sequence[Feed]:
        """All feeds, in the order in which they were added."""
        ...

    async def get(self, id_: str) -> Feed | None:
        """The feed of that id."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Active feeds whose next try has come: healthy ones first, then those that waited longest."""
        ...

    async def waiting(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Feeds with an entry whose page is to be read now, those that waited longest first."""
        ...

    async def add(self, feed: Feed) -> bool:
        """Keep a new feed; False where there is one of its id already.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def replace(self, feed: Feed) -> bool:
        """Keep ``feed`` as it is now; False where it is no longer there.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def remove(self, id_: str) -> bool:
        """Forget the feed of that id; False where there is none.

        Raises:
            StoreError: it could not be written.
        """
        ...
