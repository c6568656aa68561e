"""Lists of feeds as other readers keep them (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, ElementTree, ParseError, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml

from bot.ports import FoundFeed
from bot.sources.extracted import Refusal
from bot.sources.plain import plain

_MOST = 10_000
_TITLE, _URL = 500, 2000
_DEEPEST = 20


def opml_feeds(body: bytes) -> list[dict[str, str]]:
    """The feeds that an OPML file lists, as ``url``, ``title`` and ``folder``; each address once. Runs in a worker.

    Raises:
        Refusal: it is no OPML.
    """
    try:
        root = Xml.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refusal("is not a readable OPML file.", "Export it anew from your reader.", unreadable=True) from None
    if root.tag.lower() != "opml":
        raise Refusal("is XML, but no OPML file.", "Export it anew from your reader.", unreadable=True)
    found: dict[str, dict[str, str]] = {}
    body_element = next((child for child in root if child.tag.lower() == "body"), root)
    _gather(body_element, "", found, 0)
    if not found:
        raise Refusal("lists no feeds.", "Check that it is the file you mean.")
    return list(found.values())


def _gather(element: Element, folder: str, found: dict[str, dict[str, str]], depth: int) -> None:
    for child in element:
        if child.tag.lower() != "outline" or len(found) >= _MOST:
            continue
        fields = {name.lower(): plain(value) for name, value in child.attrib.items()}
        title = (fields.get("title") or fields.get("text") or "")[:_TITLE]
        address = fields.get("xmlurl", "")[:_URL]
        if address:
            found.setdefault(address, {"url": address, "title": title, "folder": folder})
        elif depth < _DEEPEST:
            _gather(child, f"{folder} / {title}" if folder and title else title or folder, found, depth + 1)


def opml_text(feeds: Sequence[FoundFeed], title: str, now: datetime) -> str:
    """An OPML 2.0 document that lists ``feeds`` in their folders."""
    root = Element("opml", version="2.0")
    head = SubElement(root, "head")
    SubElement(head, "title").text = plain(title)
    SubElement(head, "dateCreated").text = format_datetime(now)
    body = SubElement(root, "body")
    folders: dict[str, Element] = {}
    for feed in feeds:
        parent = body
        if feed.folder:
            if feed.folder not in folders:
                folders[feed.folder] = SubElement(body, "outline", text=plain(feed.folder))
            parent = folders[feed.folder]
        name = plain(feed.title) or feed.url
        SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    indent(ElementTree(root))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
