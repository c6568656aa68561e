"""Subscriptions and slots for tests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.domain.places import Place
from bot.domain.schedules import Schedule
from bot.domain.subscriptions import Slot, Subscription

NOW = datetime(2026, 1, 13, 7, 0, 0, 123456, tzinfo=UTC)
PLACE = Place("slack", "T1", "C1")


def subscription(**changes: Any) -> Subscription:
    """A daily one at 08:00 in Berlin, made the day before :data:`NOW`."""
    fields: dict[str, Any] = {
        "id": "b-test",
        "place": PLACE,
        "schedule": Schedule(times=(time(8),), timezone="Europe/Berlin"),
        "since": NOW - timedelta(days=1),
        "created": NOW - timedelta(days=1),
    }
    return Subscription.model_validate(fields | changes)


def slot_at(instant: datetime, subscription: str = "b-test") -> Slot:
    """A slot at that instant, in UTC."""
    instant = instant.replace(microsecond=0)
    return Slot(subscription, instant.replace(tzinfo=None), "UTC", instant)
