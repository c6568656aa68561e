"""A date expression with what it means."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression in a text."""

    start: int
    end: int
    when: str  #: as precise as ``precision`` says: ``2026``, ``2026-01``, ``2026-01-03``
    precision: Precision
    ahead: bool = False  #: whether the text speaks of it as still to come
    told: bool = True  #: whether its own words settle it; else its year is the one next to publication
    deictic: bool = False  #: whether it counts from the day of publication, as ``yesterday`` and ``on Friday`` do
    hangs: bool = False  #: whether it counts from another date of the text, as ``two days later`` does

    def stands_alone(self, text: str) -> bool:
        """Whether ``text``, from which it was taken, settles it whenever that was published."""
        own = not (self.deictic or self.hangs or self.ahead) and self.told
        return own or self.when[:4] in text[self.start : self.end]

    def day(self) -> date:
        """Its first day, for comparing."""
        parts = [int(p) for p in self.when.split("-")] + [1, 1]
        return date(parts[0], parts[1], parts[2])

    def last_day(self) -> date:
        """Its last day: what is only known to the month or year may be as late as this."""
        first = self.day()
        if self.precision == "day":
            return first
        month = first.month if self.precision == "month" else 12
        return date(first.year, month, calendar.monthrange(first.year, month)[1])


def dated(
    start: int,
    end: int,
    day: date | None,
    precision: Precision,
    *,
    ahead: bool = False,
    told: bool = True,
    deictic: bool = False,
    hangs: bool = False,
) -> Dated | None:
    """The expression from ``start`` to ``end`` as ``day``; None where there is none, or none of recorded history."""
    if day is None or not 1000 <= day.year <= 2200:
        return None
    when = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
    return Dated(start, end, when, precision, ahead, told, deictic, hangs)


def months_off(day: date, count: int) -> date | None:
    """The first of the month that lies ``count`` months from ``day``'s."""
    index = day.year * 12 + day.month - 1 + count
    return safe_day(index // 12, index % 12 + 1, 1)


def safe_day(year: int, month: int, day: int) -> date | None:
    """That day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


#: What ``last``, ``this`` and ``next`` add.
SHIFT = {"last": -1, "this": 0, "next": 1}
