"""Digests by the number, and folders in the states that the tests are about."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet, as_json
from bot.stores.files.text import json_text

FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def article(number: int) -> Article:
    """An article of three sentences; each number gives another one."""
    return Article(
        url=f"https://example.com/sample/{number}",
        title=f"Sample number {number}",
        outlet=Outlet(name="Sample Wire", domain="example.com"),
        published=FIRST_DAY + timedelta(hours=number),
        sentences=(
            f"Lamp number {number} was lit on Monday.",
            f'"It is bright," said keeper Ode Farrowmere of lamp {number}.',
            "It burns until spring.",
        ),
    )


def digest(number: int, headline: str = "") -> Digest:
    """The digest of :func:`article` ``number``."""
    of = article(number)
    return Digest.model_validate(
        {
            "format": 1,
            "id": of.id,
            "article": of.facts(),
            "headline": headline or f"Lamp {number} is lit",
            "summary": f"Lamp {number} burns until spring.",
            "key_points": [{"text": "The keeper finds it bright.", "evidence": [2]}],
            "entities": [{"id": "ode-farrowmere", "kind": "person", "name": "Ode Farrowmere", "mentions": [2]}],
            "quotes": [{"text": "It is bright", "speaker": "ode-farrowmere", "evidence": [2]}],
            "figures": [{"text": "a few", "value": None, "what": "lamps", "evidence": [1]}],
            "made": {"by": "hand", "at": of.published},
        }
    )


def raw(number: int = 1) -> dict[str, Any]:
    """The digest of that number as the JSON object in its file."""
    return as_json(digest(number))


def content(value: object) -> bytes:
    """``value`` as the bytes of a file."""
    return json.dumps(value).encode()


def put(folder: Path, name: str, kept: Digest | bytes) -> Path:
    """Write a digest, or any bytes, below ``folder`` as a person's editor would: in place."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(kept if isinstance(kept, bytes) else json_text(as_json(kept)).encode())
    return path
