"""Addresses as people and logs may see them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

_SECRET_NAME = re.compile(r"(?i)(key|token|secret|sig|signature|auth|pass|pwd|code|session|hash|jwt|credential)")
# Long runs of letters and digits without a word in them are keys, not slugs.
_SECRET_PART = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_~+=]{20,}|[0-9a-fA-F]{24,}|[A-Za-z0-9_-]{48,}")
_WEBHOOK = re.compile(r"(?i)/(api/)?(webhooks?|services|hooks|workflows|triggers)/")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_LONGEST = 300


def shown(address: str) -> str:
    """``address`` fit for logs, errors and lists: no credentials, no keys, no webhook's path, one line, no fragment.

    What is not an http or https address (a path, ``-``) comes back as it is, on one line and shortened.
    """
    text = _CONTROL.sub(" ", address).strip()
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return _cut(text.split("?")[0].rpartition("@")[2])
    if parts.scheme.lower() not in ("http", "https"):
        return _cut(text)
    host = parts.hostname or ""
    return _cut(f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{_path(parts)}{_query(parts)}")


def host_of(address: str) -> str:
    """The host of an http or https address in lower case without a trailing dot; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _path(parts: SplitResult) -> str:
    if match := _WEBHOOK.search(parts.path):
        return parts.path[: match.end()] + "…"
    return "/".join("…" if _SECRET_PART.fullmatch(part) else part for part in parts.path.split("/"))


def _query(parts: SplitResult) -> str:
    if not parts.query:
        return ""
    pairs = parse_qsl(parts.query[:2000], keep_blank_values=True, max_num_fields=None)[:20]
    kept = [f"{k}={'…' if _SECRET_NAME.search(k) or _SECRET_PART.fullmatch(v) else v}" for k, v in pairs]
    return "?" + _CONTROL.sub("+", "&".join(kept)) if kept else "?…"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
