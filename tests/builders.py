"""Small digests for tests: only what a law is about has to be said."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.articles import digest_id, slug, text_hash
from bot.domain.digests import Digest

MONDAY = datetime(2026, 1, 5, 6, tzinfo=UTC)


def named(name: str, id_: str = "", kind: str = "person", **more: Any) -> dict[str, Any]:
    """An entity entry of a digest file."""
    return {"id": id_ or slug(name), "kind": kind, "name": name, "mentions": [1], "salience": 0.5} | more


def role(title: str) -> dict[str, Any]:
    """A role of an entity entry, as stated."""
    return {"title": title, "stated": MONDAY.date().isoformat(), "evidence": [1]}


def digest(
    headline: str = "Something happened",
    *,
    at: datetime = MONDAY,
    points: Sequence[str] = (),
    entities: Sequence[dict[str, Any]] = (),
    outlet: str = "Sample Wire",
    url: str | None = None,
    summary: str = "",
    **more: Any,
) -> Digest:
    """A digest of an invented article of ten sentences; ``more`` replaces fields of the file."""
    sentences = tuple(f"{headline} {n}." for n in range(1, 11))
    address = url or f"https://example.com/{zlib.crc32(f'{headline}|{outlet}|{at}'.encode())}"
    sha256 = text_hash(sentences)
    article = {
        "url": address,
        "title": headline,
        "outlet": {"name": outlet},
        "published": at.isoformat(),
        "language": "en",
        "sha256": sha256,
        "sentences": len(sentences),
        "supersedes": more.pop("supersedes", None),
    }
    fields = {
        "format": 1,
        "id": digest_id(at, headline, address, sha256),
        "article": article,
        "headline": headline[:120],
        "summary": summary or f"{headline}, in short.",
        "key_points": [{"text": text, "evidence": [1]} for text in points],
        "entities": list(entities),
        "made": {"by": "hand", "at": at.isoformat()},
    }
    return Digest.model_validate(fields | more)
