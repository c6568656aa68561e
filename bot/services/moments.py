"""Moments as people type them: ``3d``, ``12h``, ``yesterday``, ``2026-01-10``, ``2026-01-10 08:00``."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import BadRequest

_BACK = re.compile(r"(?i)^(\d{1,4})\s*(m|h|d|w)[a-z]*$")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, that ``text`` means; a date without a time is its beginning in ``zone``.

    Raises:
        BadRequest: it is none of these forms.
    """
    words = text.strip().lower()
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if words in ("now", "today", "yesterday"):
        return {"now": now, "today": midnight, "yesterday": midnight - timedelta(days=1)}[words].astimezone(UTC)
    if back := _BACK.match(words):
        return now - int(back[1]) * _UNITS[back[2]]
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        hint = "Write a span back such as 3d or 12h, yesterday, or a date such as 2026-01-10."
        raise BadRequest(f"“{text[:40]}” is no moment.", hint) from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
