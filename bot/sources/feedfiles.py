"""Feeds of every kind, parsed. Runs in a worker: feedparser can be led into minutes of work and odd errors."""

from __future__ import annotations

import hashlib
import html
import json
import re
from calendar import timegm
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser  # type: ignore[import-untyped] # has no stubs
from lxml import html as markup
from lxml.etree import ParserError

from bot.domain.feeds import Entry, FeedDocument
from bot.sources.extracted import Refusal
from bot.sources.metadata import instant
from bot.sources.plain import plain
from bot.sources.sitemaps import sitemap_of
from bot.sources.texts import looks_like_html

# Beyond these a feed is an archive or an attack; the newest entries come first in all but a few.
_ENTRIES = 500
_TITLE, _ID, _URL, _CONTENT, _NAMES = 500, 500, 2000, 60_000, 12
# Texts inside a feed are a second choice after its pages: the newest may fill this much in all.
_CONTENTS = 1_500_000
_TAG = re.compile(r"<[^<>]{0,300}>")
_SOONEST_TTL, _LATEST_TTL = timedelta(minutes=1), timedelta(days=1)


def feed_of(body: bytes, url: str, content_type: str, now: datetime) -> FeedDocument | tuple[str, ...]:
    """The feed in ``body``, or the addresses of its parts where it is an index of sitemaps.

    Args:
        body: as it came, without content encoding.
        url: where it came from; relative addresses are read against it.
        content_type: the header, for its charset.
        now: entries dated beyond the day after have no date.

    Raises:
        Refusal: it is no feed.
    """
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    digest = hashlib.sha256(body).hexdigest()
    if head.startswith(b"{"):
        return _json_feed(body, url, digest, now)
    if re.search(rb"<(\w+:)?(urlset|sitemapindex)\b", body[:4096]):
        return sitemap_of(body, url, digest, now)
    return _xml_feed(body, url, content_type, digest, now)


def _xml_feed(body: bytes, url: str, content_type: str, digest: str, now: datetime) -> FeedDocument:
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    feed, fault = parsed.get("feed", {}), ""
    if not parsed.get("version"):
        if looks_like_html(body):
            raise Refusal("is a web page, not a feed.", "Add the site's address: its feeds are then looked for.")
        raise Refusal("is not a feed.", "Check the address.", unreadable=True)
    if parsed.get("bozo") and not isinstance(parsed.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        fault = "It is not well-formed; what could be read was read."
    entries = [_xml_entry(raw, url, now) for raw in parsed.entries[:_ENTRIES]]
    return FeedDocument(
        title=_words(feed.get("title")),
        site=_address(feed.get("link"), url),
        entries=_bounded(entries),
        sha256=digest,
        ttl=_ttl(feed),
        fault=fault,
    )


def _bounded(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that say anything, with as much text as crosses from a worker in good time."""
    kept, left = [], _CONTENTS
    for entry in entries:
        left -= len(entry.content)
        if entry.url or entry.content or entry.title:
            kept.append(entry if left >= 0 else replace(entry, content=""))
    return tuple(kept)


def _xml_entry(raw: Any, base: str, now: datetime) -> Entry:
    contents = [str(part.get("value", "")) for part in raw.get("content", [])] + [str(raw.get("summary", ""))]
    people = raw.get("authors") or [raw.get("author_detail") or {}]
    # Past feedparser's own look-up, which answers with the date of publication and a warning.
    updated = _moment(dict.get(raw, "updated_parsed"), now)
    return Entry(
        id=plain(str(raw.get("id", "")))[:_ID],
        url=_address(raw.get("link"), base) or _address(raw.get("id") if raw.get("guidislink") else "", base),
        title=_words(raw.get("title")),
        published=_moment(raw.get("published_parsed"), now) or updated,
        updated=updated,
        byline=_names(person.get("name") for person in people if isinstance(person, dict)),
        content=max(contents, key=len)[:_CONTENT],
    )


def _json_feed(body: bytes, url: str, digest: str, now: datetime) -> FeedDocument:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal("is not a feed: its JSON is broken.", "Check the address.", unreadable=True) from None
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(value.get("version", "")):
        raise Refusal("is JSON, but no JSON Feed.", "Check the address.", unreadable=True)
    entries = (_json_entry(item, url, now) for item in items[:_ENTRIES] if isinstance(item, dict))
    return FeedDocument(
        title=_words(value.get("title")),
        site=_address(value.get("home_page_url"), url),
        entries=_bounded(entries),
        sha256=digest,
    )


def _json_entry(item: dict[str, Any], base: str, now: datetime) -> Entry:
    people = item.get("authors") or [item.get("author")]
    text = item.get("content_html") or html.escape(str(item.get("content_text") or item.get("summary") or ""))
    dates = [instant(str(item.get(name) or ""), now) for name in ("date_published", "date_modified")]
    return Entry(
        id=plain(str(item.get("id", "")))[:_ID],
        url=_address(item.get("url") or item.get("external_url") or item.get("id"), base, strict=True),
        title=_words(item.get("title")),
        published=dates[0] or dates[1],
        updated=dates[1],
        byline=_names(p.get("name") for p in people if isinstance(p, dict)) if isinstance(people, list) else (),
        content=str(text)[:_CONTENT],
    )


def _words(value: object) -> str:
    """A title as words: feeds write it as text, as HTML and as escaped HTML."""
    text = str(value or "")[: 4 * _TITLE]
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    return plain(text)[:_TITLE]


def _names(values: Iterable[object]) -> tuple[str, ...]:
    names = (_words(value)[:100] for value in values if value)
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))[:_NAMES]


def _address(value: object, base: str, *, strict: bool = False) -> str:
    text = plain(str(value or ""))
    if not text or (strict and not text.startswith(("http://", "https://", "/"))):
        return ""
    try:
        address = urljoin(base, text)
        parts = urlsplit(address)
        ok = parts.scheme in ("http", "https") and parts.hostname and not parts.username and len(address) <= _URL
    except ValueError:
        return ""
    return address if ok and " " not in address else ""


def _moment(parsed: Any, now: datetime) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return moment if moment and moment.year >= 1990 and moment <= now + timedelta(days=1) else None


def _ttl(feed: Any) -> timedelta | None:
    text = str(feed.get("ttl", "")).strip()
    if text.isdecimal() and len(text) < 7:
        return min(max(timedelta(minutes=int(text)), _SOONEST_TTL), _LATEST_TTL)
    return None


def feeds_on_page(body: bytes, url: str) -> list[dict[str, str]]:
    """The feeds that an HTML page offers, as ``url`` and ``title``: those it declares, then those it links to."""
    try:
        tree: Any = markup.document_fromstring(body)
    except (ParserError, ValueError):
        return []
    base = next(iter(tree.xpath("//base/@href")), url)
    found: dict[str, str] = {}
    for link in tree.xpath("//link[@href]"):
        kinds = (link.get("rel") or "").lower().split()
        if {"alternate", "feed"} & set(kinds) and re.search(
            r"(?i)(rss|atom|feed)\+?(xml|json)?$", link.get("type") or ""
        ):
            found.setdefault(_address(link.get("href"), urljoin(url, base)), _words(link.get("title")))
    for anchor in tree.xpath("//a[@href]")[:3000]:
        address = _address(anchor.get("href"), urljoin(url, base))
        if re.search(r"(?i)(/rss|/atom|/feed|\.rss|\.atom|rss\.xml|feed\.(xml|json)|atom\.xml)/?($|\?)", address):
            found.setdefault(address, _words(anchor.text_content()))
    # A site's own feed before the feeds of its comments.
    pairs = [(address, title) for address, title in found.items() if address]
    pairs.sort(key=lambda pair: bool(re.search(r"(?i)comment", pair[0] + pair[1])))
    return [{"url": address, "title": title} for address, title in pairs[:30]]
