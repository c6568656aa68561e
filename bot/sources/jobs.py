"""What a worker can do. Imported in workers alone: it pulls in the parsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.domain.feeds import FeedDocument
from bot.sources.extracted import Extracted, Refusal
from bot.sources.feedfiles import feed_of, feeds_on_page
from bot.sources.opml import opml_feeds
from bot.sources.pages import article_of_page
from bot.sources.texts import article_of_text, looks_like_html


def _page(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return _extracted(lambda now: article_of_page(body, facts["url"], facts["charset"], now), facts)


def _text(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    if looks_like_html(body):
        return _page(facts, body)
    return _extracted(lambda now: article_of_text(body, facts["charset"], now), facts)


def _extracted(read: Callable[[datetime], Extracted], facts: Mapping[str, Any]) -> dict[str, Any]:
    return _told(lambda: {"article": read(datetime.fromisoformat(facts["now"])).model_dump(mode="json")})


def _feed(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    def parsed() -> dict[str, Any]:
        feed = feed_of(body, facts["url"], facts["content_type"], datetime.fromisoformat(facts["now"]))
        if isinstance(feed, tuple):
            return {"parts": list(feed)}
        return {"feed": _DOCUMENT.dump_python(feed, mode="json")}

    return _told(parsed)


def _links(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return {"found": feeds_on_page(body, facts["url"])}


def _opml(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return _told(lambda: {"found": opml_feeds(body)})


def _told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return work()
    except Refusal as refusal:
        return {"refused": refusal.what, "hint": refusal.hint, "unreadable": refusal.unreadable}


_DOCUMENT = TypeAdapter(FeedDocument)
JOBS: Mapping[str, Callable[[Mapping[str, Any], bytes], dict[str, Any]]] = {
    "page": _page,
    "text": _text,
    "feed": _feed,
    "links": _links,
    "opml": _opml,
}
