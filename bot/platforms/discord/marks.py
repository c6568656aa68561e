"""How a message bears its key, so that it can be found again in a channel's history. Pure.

Discord takes a nonce with a message and drops a second one of the same nonce for a few minutes, but does not keep it:
history has no nonces. What it does keep and give back are the numeric ids of components. So the key is hashed into the
ids of the container and of the first component in it: 61 bits, unseen by people, free of side effects. The last bit of
the second id says whether the message is to be published, so that one found after a crash can still be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

_ID_BITS = 31  # ids are 32-bit integers with a sign; 0 means none
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def marked(payload: Mapping[str, Any], key: str, publish: bool = False) -> dict[str, Any]:
    """The payload bearing ``key``; everything else is as it was."""
    outer, inner = _ids(key, publish)
    frame, *others = payload["components"]
    first, *rest = frame["components"]
    frame = {**frame, "id": outer, "components": [{**first, "id": inner}, *rest]}
    return {**payload, "components": [frame, *others]}


def bears(message: Mapping[str, Any], key: str) -> bool:
    """Whether a message of the history is the one of ``key``."""
    if message.get("nonce") == key:
        return True
    found = _found(message)
    return found is not None and found in (_ids(key, False), _ids(key, True))


def to_be_published(message: Mapping[str, Any], key: str) -> bool:
    """Whether a message that bears ``key`` was meant to be published."""
    return _found(message) == _ids(key, True)


def _found(message: Mapping[str, Any]) -> tuple[int, int] | None:
    try:
        frame = message["components"][0]
        return int(frame["id"]), int(frame["components"][0]["id"])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _ids(key: str, publish: bool) -> tuple[int, int]:
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    outer = digest >> (64 - _ID_BITS) or 1
    inner = (digest & ((1 << (_ID_BITS - 1)) - 1)) << 1 | publish
    return outer, inner if inner not in (0, outer) else inner ^ 0b110


# --- snowflakes: ids that tell the time -------------------------------------------------------------------------------


def snowflake(instant: datetime) -> int:
    """The least id that something made at ``instant`` can have."""
    return max(0, (instant - _EPOCH) // timedelta(milliseconds=1)) << 22


def made_at(id_: int | str) -> datetime:
    """When the thing of that id was made."""
    return _EPOCH + timedelta(milliseconds=int(id_) >> 22)
