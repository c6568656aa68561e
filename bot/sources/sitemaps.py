"""Sitemaps, of news or of everything, and indexes of them (sitemaps.org; Google's news extension)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml

from bot.domain.feeds import Entry, FeedDocument
from bot.sources.extracted import Refusal
from bot.sources.metadata import instant
from bot.sources.plain import plain

_ENTRIES = 500
# Of an index only the parts that can hold what is new.
_PARTS = 3
_URL = 2000


def sitemap_of(body: bytes, url: str, digest: str, now: datetime) -> FeedDocument | tuple[str, ...]:
    """The pages that a sitemap lists, newest first; for an index the addresses of its likeliest parts.

    Raises:
        Refusal: it is no well-formed XML, or uses what no sitemap needs.
    """
    try:
        root = Xml.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refusal("is not a readable sitemap.", "Check the address.", unreadable=True) from None
    if _local(root) == "sitemapindex":
        return _parts(root, url, now)
    entries = [entry for element in root if _local(element) == "url" and (entry := _entry(element, now))]
    entries.sort(key=lambda entry: entry.published.timestamp() if entry.published else 0.0, reverse=True)
    outlet = next((_text(e) for e in root.iter() if _local(e) == "name" and _text(e)), "")
    parts = urlsplit(url)
    return FeedDocument(outlet, f"{parts.scheme}://{parts.netloc}/", tuple(entries[:_ENTRIES]), digest)


def _entry(element: Element, now: datetime) -> Entry | None:
    fields: dict[str, str] = {}
    for child in element.iter():
        fields.setdefault(_local(child), _text(child))
    address = fields.get("loc", "")
    if not address.startswith(("http://", "https://")) or len(address) > _URL:
        return None
    changed = instant(fields.get("lastmod", ""), now)
    published = instant(fields.get("publication_date", ""), now)
    return Entry(address, address, fields.get("title", "")[:500], published or changed, changed)


def _parts(root: Element, url: str, now: datetime) -> tuple[str, ...]:
    found: list[tuple[Any, ...]] = []
    for element in root:
        fields = {_local(child): _text(child) for child in element}
        address = fields.get("loc", "")
        if address.startswith(("http://", "https://")) and len(address) <= _URL and address != url:
            changed = instant(fields.get("lastmod", ""), now)
            found.append(("news" in address.lower(), changed.timestamp() if changed else 0.0, address))
    return tuple(address for *_, address in sorted(found, reverse=True)[:_PARTS])


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Element) -> str:
    return plain(element.text or "")
