"""Memory of what was already handled, so that a request sent again has no effect."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

#: Ten minutes of 300 requests a second; beyond it the oldest go first.
_CAPACITY = 200_000


class Seen:
    """Remembers keys for a time, in the order they came."""

    def __init__(self, keep: timedelta, capacity: int = _CAPACITY) -> None:
        self._keep = keep
        self._capacity = capacity
        self._until: OrderedDict[str, datetime] = OrderedDict()

    def first(self, key: str, now: datetime) -> bool:
        """Whether ``key`` comes for the first time; from now on it no longer does."""
        self._forget(now)
        if key in self._until:
            return False
        self._until[key] = now + self._keep
        return True

    def _forget(self, now: datetime) -> None:
        while self._until:
            key, until = next(iter(self._until.items()))
            if until > now and len(self._until) < self._capacity:
                return
            del self._until[key]
