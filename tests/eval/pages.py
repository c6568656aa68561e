"""News pages with their reference text as articles: the folder of an extraction benchmark."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.articles import Article
from bot.domain.digests import Outlet
from tests.eval.corpus import placed

_TITLE = (
    r'property="og:title"\s+content="([^"]+)"',
    r'content="([^"]+)"\s+property="og:title"',
    r"<title[^>]*>([^<]+)",
)
_DAY = re.compile(
    r"(?i)(?:datePublished|article:published_time|pubdate|publish-?date|dc\.date)[^0-9]{1,40}((?:19|20)\d\d-\d\d-\d\d)"
)


def articles(folder: Path) -> Iterator[tuple[str, Article]]:
    """Every page of ``folder`` (``reference.json`` beside ``<id>.html.gz``) with its id."""
    reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    for id_, entry in sorted(reference.items()):
        page = gzip.decompress((folder / f"{id_}.html.gz").read_bytes()).decode("utf-8", "replace")
        found = next((m for pattern in _TITLE if (m := re.search(pattern, page))), None)
        title = " ".join(html.unescape(found[1]).split()) if found else ""
        day = _DAY.search(page)
        published = (
            datetime.fromisoformat(day[1]).replace(hour=12, tzinfo=UTC)
            if day
            else datetime(2019, 11, 20, 12, tzinfo=UTC)
        )
        domain = urlsplit(entry["url"]).hostname or "page"
        made = placed(entry["articleBody"], title or "Untitled", published).article
        outlet = Outlet(name=domain.removeprefix("www."), domain=domain)
        yield id_, made.model_copy(update={"url": entry["url"], "outlet": outlet})
