"""Feeds from addresses; feeds of sites; OPML files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import TypeAdapter, ValidationError

from bot.domain.addresses import shown
from bot.domain.errors import NotAnArticle, SourceError, Unreadable
from bot.domain.feeds import FeedDocument
from bot.ports import ArticleSource, Clock, FeedAnswer, FoundFeed, Validators
from bot.sources.client import Client, Fetched
from bot.sources.opml import opml_text
from bot.sources.politeness import Politeness
from bot.sources.workers import Workers

_ACCEPT = (
    "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
# Where sites keep their feed when they do not say so; few, for each is a request.
_USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json", "/news-sitemap.xml")
_TRIED = 3
_DOCUMENT = TypeAdapter(FeedDocument)
_FOUND = TypeAdapter(list[FoundFeed])


class Feeds:
    """A :class:`bot.ports.FeedSource`.

    Args:
        client: fetches.
        workers: parse.
        politeness: the hosts' pace.
        articles: reads OPML files from this machine.
        clock: what is dated later than it has no date.
    """

    def __init__(
        self, client: Client, workers: Workers, politeness: Politeness, articles: ArticleSource, clock: Clock
    ) -> None:
        self._client = client
        self._workers = workers
        self._politeness = politeness
        self._articles = articles
        self._clock = clock

    async def feed(self, url: str, validators: Validators | None = None, sha256: str = "") -> FeedAnswer:
        """See :meth:`bot.ports.FeedSource.feed`."""
        async with self._politeness.turn(url):
            fetched = await self._client.get(url, accept=_ACCEPT, validators=validators or None)
        unchanged = fetched.status == 304 or hashlib.sha256(fetched.body).hexdigest() == sha256
        document = None if unchanged else await self._document(fetched, url)
        kept = validators if fetched.status == 304 and validators and not fetched.validators else fetched.validators
        return FeedAnswer(document, fetched.url, kept, fetched.fresh_for, fetched.moved_to)

    async def _document(self, fetched: Fetched, url: str) -> FeedDocument:
        parsed = await self._parsed(fetched)
        if isinstance(parsed, FeedDocument):
            return parsed
        entries = []
        for part in parsed:
            async with self._politeness.turn(part):
                piece = await self._parsed(await self._client.get(part, accept=_ACCEPT))
            # An index inside an index is a maze; what it holds is found under its own address.
            entries += list(piece.entries) if isinstance(piece, FeedDocument) else []
        host = urlsplit(url)
        # The index itself says nothing of its parts' words: without a hash it is read each time.
        return FeedDocument("", f"{host.scheme}://{host.netloc}/", tuple(entries), "")

    async def _parsed(self, fetched: Fetched) -> FeedDocument | tuple[str, ...]:
        name = shown(fetched.url)
        charset = f"; charset={fetched.charset}" if fetched.charset else ""
        facts = {
            "url": fetched.url,
            "content_type": fetched.media_type + charset if fetched.media_type else "",
            "now": self._clock.now().isoformat(),
        }
        answer = await self._workers.run("feed", facts, fetched.body, name)
        _refuse(answer, name)
        try:
            if "parts" in answer:
                return tuple(str(part) for part in answer["parts"])
            return _DOCUMENT.validate_python(answer.get("feed"))
        except (ValidationError, TypeError):
            raise Unreadable(name, f"{name} gave a feed that makes no sense.", "Report it.") from None

    async def discover(self, url: str) -> Sequence[FoundFeed]:
        """See :meth:`bot.ports.FeedSource.discover`."""
        async with self._politeness.turn(url):
            fetched = await self._client.get(url, accept=_ACCEPT)
        try:
            document = await self._document(fetched, url)
        except Unreadable as error:
            if _is_markup(fetched):
                return await self._offered(fetched)
            raise error
        except NotAnArticle:
            return await self._offered(fetched)
        return [FoundFeed(fetched.moved_to or url, document.title)]

    async def _offered(self, page: Fetched) -> Sequence[FoundFeed]:
        """The feeds that a page declares, or else that answer in the usual places of its site."""
        name = shown(page.url)
        answer = await self._workers.run("links", {"url": page.url}, page.body, name)
        found = _FOUND.validate_python(answer.get("found", []))
        # Some sites declare dozens; the first three that are tried tell whether they can be had.
        told = [(each, await self._answers(each.url)) for each in found[:_TRIED]]
        working = [FoundFeed(each.url, _title(name, each.url) or each.title) for each, name in told if name]
        if working:
            return [*working, *found[_TRIED:]]
        for path in _USUAL:
            address = urljoin(page.url, path)
            if title := await self._answers(address):
                return [FoundFeed(address, _title(title, address))]
        raise NotAnArticle(name, f"{name} offers no feed.", "Look for an RSS or Atom link on the site and add that.")

    async def _answers(self, url: str) -> str:
        """The title (or address) of the feed at ``url``; empty where there is none."""
        try:
            answer = await self.feed(url)
        except SourceError:
            return ""
        return (answer.document.title or url) if answer.document else ""

    async def read_opml(self, source: str, *, local: bool = False) -> Sequence[FoundFeed]:
        """See :meth:`bot.ports.FeedSource.read_opml`."""
        if source.lower().startswith(("http://", "https://")):
            async with self._politeness.turn(source):
                fetched = await self._client.get(source, accept="text/x-opml, application/xml, text/xml, */*;q=0.1")
            name, body = shown(source), fetched.body
        else:
            page = await self._articles.fetch(source, local=local)
            assert page is not None  # files carry no validators
            name, body = page.source, page.body
        answer = await self._workers.run("opml", {}, body, name)
        _refuse(answer, name)
        return _FOUND.validate_python(answer["found"])

    def write_opml(self, feeds: Sequence[FoundFeed], title: str, now: datetime) -> str:
        """See :meth:`bot.ports.FeedSource.write_opml`."""
        return opml_text(feeds, title, now)


def _title(told: str, url: str) -> str:
    return "" if told == url else told


def _refuse(answer: dict[str, Any], name: str) -> None:
    if "refused" in answer:
        error = Unreadable if answer.get("unreadable") else NotAnArticle
        raise error(name, f"{name} {answer['refused']}", str(answer.get("hint", "")))


def _is_markup(fetched: Fetched) -> bool:
    return fetched.media_type in ("text/html", "application/xhtml+xml") or b"<html" in fetched.body[:2048].lower()
