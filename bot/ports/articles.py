"""Where articles come from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.articles import Article


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask whether something changed (RFC 9110, 8.8). Falsy when it gave nothing."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article beside its page.

    A person's word outweighs the page's; a feed's (``outweighs`` False) only fills what the page leaves open.
    """

    title: str = ""
    outlet: str = ""
    published: datetime | None = None
    url: str = ""  #: where the article is, for a text that came otherwise
    byline: tuple[str, ...] = ()
    outweighs: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Something fetched that may hold an article."""

    source: str  #: the address or path, fit to be shown
    body: bytes
    url: str = ""  #: where it came from after redirects; empty for files
    media_type: str = ""
    charset: str = ""
    validators: Validators = Validators()
    written: datetime | None = None  #: when a file was last changed

    @property
    def sha256(self) -> str:
        """The hash of the body, in hexadecimal: the same bytes need no parsing again."""
        return hashlib.sha256(self.body).hexdigest()


class ArticleSource(Protocol):
    """Fetches pages and files, and reads the article in them."""

    async def fetch(self, source: str, validators: Validators | None = None, *, local: bool = False) -> Page | None:
        """What is at an address, or with ``local`` in a file or (``-``) standard input; None where it has not changed.

        ``local`` is for who sits at this machine, never for what comes in by chat or feed.

        Raises:
            SourceError: Unreachable, Gone, NotAllowed or Unreadable, each with what to do.
        """
        ...

    async def read(self, page: Page, given: Given = Given()) -> Article:
        """The article on ``page``.

        Raises:
            SourceError: Unreadable or NotAnArticle, each with what to do.
        """
        ...


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that became a digest: the same page again costs no parsing."""

    key: str  #: its canonical address, or ``sha256:…`` of a file
    sha256: str  #: of the body
    digest: str  #: id of the digest it became
    validators: Validators = Validators()


class PageMemory(Protocol):
    """Remembers which pages became which digests. Losing it costs work, never news."""

    async def recall(self, key: str) -> SeenPage | None:
        """What is remembered under ``key``."""
        ...

    async def remember(self, seen: SeenPage) -> None:
        """Remember ``seen``, in place of what was there under its key.

        Raises:
            StoreError: it could not be written.
        """
        ...
