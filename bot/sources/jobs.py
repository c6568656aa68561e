"""What a worker can do. Imported in workers alone: it pulls in the parsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sources.extracted import Extracted, Refusal
from bot.sources.pages import article_of_page
from bot.sources.texts import article_of_text, looks_like_html


def _page(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    return _extracted(lambda now: article_of_page(body, facts["url"], facts["charset"], now), facts)


def _text(facts: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    if looks_like_html(body):
        return _page(facts, body)
    return _extracted(lambda now: article_of_text(body, facts["charset"], now), facts)


def _extracted(read: Callable[[datetime], Extracted], facts: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"article": read(datetime.fromisoformat(facts["now"])).model_dump(mode="json")}
    except Refusal as refusal:
        return {"refused": refusal.what, "hint": refusal.hint, "unreadable": refusal.unreadable}


JOBS: Mapping[str, Callable[[Mapping[str, Any], bytes], dict[str, Any]]] = {"page": _page, "text": _text}
