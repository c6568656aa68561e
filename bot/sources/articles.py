"""Articles from addresses, files and standard input."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import stat
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.domain.addresses import host_of, shown
from bot.domain.articles import Article
from bot.domain.digests import NO_OUTLET, Outlet
from bot.domain.errors import NotAllowed, NotAnArticle, Unreadable
from bot.ports import Clock, Given, Page, Validators
from bot.sources.client import Client
from bot.sources.extracted import Extracted
from bot.sources.plain import plain, shortened
from bot.sources.politeness import Politeness
from bot.sources.workers import Workers

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1"
_HTML = frozenset(("text/html", "application/xhtml+xml", ""))
_LARGEST_FILE = 5_000_000
_LONGEST_TITLE = 110
_NAME, _TITLE, _URL = 300, 2000, 2000
_NOTHING = Given()
_NOT_PAGES = {"application/pdf": "a PDF", "application/json": "JSON", "application/zip": "an archive"}


class Articles:
    """A :class:`bot.ports.ArticleSource`.

    Args:
        client: fetches.
        workers: parse.
        politeness: what robots.txt and the host's pace allow.
        clock: dates what has no date.
    """

    def __init__(self, client: Client, workers: Workers, politeness: Politeness, clock: Clock) -> None:
        self._client = client
        self._workers = workers
        self._politeness = politeness
        self._clock = clock

    async def fetch(self, source: str, validators: Validators | None = None, *, local: bool = False) -> Page | None:
        """See :meth:`bot.ports.ArticleSource.fetch`."""
        if _is_address(source):
            return await self._fetch(source, validators)
        if not local:
            raise NotAllowed(
                shown(source), f"{shown(source)!r} is not a web address.", "Give one that begins with https://."
            )
        if source == "-":
            body = await asyncio.to_thread(sys.stdin.buffer.read, _LARGEST_FILE + 1)
            return _file_page("standard input", body, None)
        body, written = await asyncio.to_thread(_contents, source)
        return _file_page(source, body, written)

    async def _fetch(self, url: str, validators: Validators | None) -> Page | None:
        async with self._politeness.turn(url, page=True):
            answer = await self._client.get(url, accept=_ACCEPT, validators=validators)
        if answer.status == 304:
            return None
        name = shown(url)
        if answer.media_type not in _HTML and answer.media_type != "text/plain":
            what = _NOT_PAGES.get(answer.media_type) or answer.media_type.partition("/")[0]
            raise NotAnArticle(
                name, f"{name} is {what}, not a page.", "Give the address of a page with the article's text."
            )
        if not answer.body.strip():
            raise NotAnArticle(name, f"{name} is empty.", "Check the address.")
        return Page(name, answer.body, answer.url, answer.media_type, answer.charset, answer.validators)

    async def read(self, page: Page, given: Given = _NOTHING) -> Article:
        """See :meth:`bot.ports.ArticleSource.read`."""
        job = "page" if page.media_type in _HTML and page.url else "text"
        facts = {"url": page.url or given.url, "charset": page.charset, "now": self._clock.now().isoformat()}
        answer = await self._workers.run(job, facts, page.body, page.source)
        if "refused" in answer:
            error = Unreadable if answer.get("unreadable") else NotAnArticle
            raise error(page.source, f"{page.source} {answer['refused']}", str(answer.get("hint", "")))
        try:
            extracted = Extracted.model_validate(answer.get("article"))
            return article_from(extracted, page, given, self._clock.now())
        except ValidationError as error:
            fields = ", ".join(sorted({".".join(map(str, fault["loc"][:1])) for fault in error.errors()}))
            raise Unreadable(page.source, f"{page.source} gave an article that makes no sense ({fields}).") from None


def article_from(extracted: Extracted, page: Page, given: Given, now: datetime) -> Article:
    """The article, from what its page says and what is known beside it.

    A person's word comes first, then the page's, then a feed's; what nobody says is taken from the circumstances: the
    first sentence for a title, the host for the outlet, the file's or the fetching's time for the date.
    """
    strong, weak = (given, Given()) if given.outweighs else (Given(), given)
    first = extracted.paragraphs[0][0]
    url = strong.url or extracted.canonical or page.url or weak.url
    domain = re.sub(r"^www\.", "", host_of(url)) or None
    title = strong.title or extracted.title or weak.title or shortened(first, _LONGEST_TITLE)
    outlet = strong.outlet or extracted.source or extracted.site or weak.outlet or domain or NO_OUTLET
    told = strong.published or extracted.published or weak.published
    sentences = tuple(sentence for paragraph in extracted.paragraphs for sentence in paragraph)
    return Article(
        url=url if len(url) <= _URL and url else None,
        title=plain(title)[:_TITLE],
        outlet=Outlet(name=plain(outlet)[:_NAME], domain=domain),
        byline=tuple(plain(name)[:_NAME] for name in (strong.byline or extracted.byline or weak.byline) if plain(name)),
        published=told or page.written or now,
        undated=None if told else True,
        retrieved=now,
        language=extracted.language,
        sentences=sentences,
        paragraphs=_starts(extracted.paragraphs),
    )


def _starts(paragraphs: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    starts, number = [], 1
    for paragraph in paragraphs:
        starts.append(number)
        number += len(paragraph)
    return tuple(starts)


def _is_address(source: str) -> bool:
    try:
        return urlsplit(source).scheme.lower() in ("http", "https")
    except ValueError:
        return source.lower().startswith(("http:", "https:"))


def _contents(path: str) -> tuple[bytes, datetime]:
    try:
        # Not blocking, so that a pipe without a writer is told from a file instead of waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(path, f"{path} is not a file.", "Give a text or HTML file, or - for standard input.")
            return file.read(_LARGEST_FILE + 1), datetime.fromtimestamp(status.st_mtime, UTC)
    except (OSError, ValueError) as error:
        reason = {errno.ENOENT: "is not there", errno.EACCES: "may not be read", errno.EISDIR: "is a folder"}
        what = reason.get(getattr(error, "errno", None) or 0, "cannot be read")
        raise Unreadable(path, f"{path} {what}.", "Check the path.") from None


def _file_page(source: str, body: bytes, written: datetime | None) -> Page:
    if len(body) > _LARGEST_FILE:
        raise Unreadable(
            source, f"{source} is larger than {_LARGEST_FILE // 1_000_000} MB.", "No article is; check the path."
        )
    if not body.strip():
        raise NotAnArticle(source, f"{source} is empty.", "Check that it is the file you mean.")
    return Page(source, body, written=written)
