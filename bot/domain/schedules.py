"""When a briefing is due, in the words people use and by the clock on their wall.

A schedule knows nothing of instants: it names local times on local days. :mod:`bot.domain.slots` turns it into
instants, with the time zone's rules of that day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_serializer, field_validator, model_validator
from rapidfuzz import fuzz, process

from bot.domain.digests import Frozen
from bot.domain.errors import BadRequest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAST = "last"  #: the last day of a month, in ``monthly:last``

# English, German and Spanish: the languages the commands are described in.
_DAY_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "mon monday montag mo lun lunes",
            "tue tues tuesday dienstag di mar martes",
            "wed wednesday mittwoch mi mie mié miércoles miercoles",
            "thu thur thurs thursday donnerstag do jue jueves",
            "fri friday freitag fr vie viernes",
            "sat saturday samstag sonnabend sa sab sáb sábado sabado",
            "sun sunday sonntag so dom domingo",
        )
    )
    for name in names.split()
}
_DAY_SETS = {
    "daily": range(7),
    "every day": range(7),
    "weekdays": range(5),
    "workdays": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
}
_TIME = re.compile(r"(?i)(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|h|uhr)?")
_SKIP = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_RANGE = re.compile(r"\s*(?:–|\.\.|\bto\b|-)\s*")
_TIME_HINT = "Write hours and minutes, such as 08:00 or 17:30."
_DAYS_HINT = "Write daily, mon-fri, weekends, mon,thu or monthly:1,15."


class Days(Frozen):
    """Which days: weekdays (0 is Monday), or days of the month.

    A day of the month that a month has not (the 31st in April) is its last day; 0 always is the last.
    """

    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    month_days: tuple[Annotated[int, Field(ge=0, le=31)], ...] = ()

    @model_validator(mode="after")
    def _names_a_day(self) -> Days:
        if bool(self.weekdays) == bool(self.month_days):
            raise ValueError("name either weekdays or days of the month")
        return self

    def hold(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        if self.weekdays:
            return day.weekday() in self.weekdays
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day in {last if n == 0 else min(n, last) for n in self.month_days}

    def __str__(self) -> str:
        """As one would type it; :func:`days_of` reads it back."""
        if self.month_days:
            return "monthly:" + ",".join(LAST if n == 0 else str(n) for n in self.month_days)
        known = {tuple(range(7)): "daily", tuple(range(5)): "mon-fri", (5, 6): "weekends"}
        return known.get(self.weekdays) or ",".join(WEEKDAYS[n] for n in self.weekdays)


DAILY = Days(weekdays=tuple(range(7)))


class Quiet(Frozen):
    """Hours in which nothing may be posted late; they may span midnight. ``until`` itself is no longer quiet."""

    since: time
    until: time

    @model_validator(mode="after")
    def _lasts(self) -> Quiet:
        if self.since == self.until:
            raise ValueError("quiet hours begin and end at the same time")
        return self

    def holds(self, moment: time) -> bool:
        """Whether ``moment`` lies in them."""
        if self.since < self.until:
            return self.since <= moment < self.until
        return moment >= self.since or moment < self.until

    def __str__(self) -> str:
        return f"{self.since:%H:%M}-{self.until:%H:%M}"


class Schedule(Frozen):
    """Local times on local days of one time zone.

    ``skip`` are dates on which nothing is due: ``2026-12-25``, or ``12-25`` for every year.
    """

    times: Annotated[tuple[time, ...], Field(min_length=1, max_length=48)]
    timezone: str
    days: Days = DAILY
    quiet: Quiet | None = None
    skip: tuple[str, ...] = ()

    @field_validator("times")
    @classmethod
    def _in_order(cls, times: tuple[time, ...]) -> tuple[time, ...]:
        return tuple(sorted({t.replace(second=0, microsecond=0, tzinfo=None) for t in times}))

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in zone_names():
            raise ValueError(f"{name} is no IANA time zone")
        return name

    @model_validator(mode="after")
    def _audible(self) -> Schedule:
        if self.quiet and (hushed := [t for t in self.times if self.quiet.holds(t)]):
            raise ValueError(f"{hushed[0]:%H:%M} lies in the quiet hours {self.quiet}")
        return self

    @field_serializer("times")
    def _times_short(self, times: tuple[time, ...]) -> list[str]:
        return [f"{t:%H:%M}" for t in times]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone's rules."""
        return ZoneInfo(self.timezone)

    def on(self, day: date) -> tuple[time, ...]:
        """The times due on that local day, ascending."""
        skipped = day.isoformat() in self.skip or f"{day:%m-%d}" in self.skip
        return self.times if self.days.hold(day) and not skipped else ()

    def __str__(self) -> str:
        """For people: ``08:00, 17:30 mon-fri Europe/Berlin``."""
        return f"{', '.join(f'{t:%H:%M}' for t in self.times)} {self.days} {self.timezone}"


# --- reading what people type -------------------------------------------------------------------------------------


def times_of(text: str) -> tuple[time, ...]:
    """The times in ``text``: ``08:00``, ``8``, ``8:30 pm``, ``0800``, several separated by commas or spaces.

    Raises:
        BadRequest: one of them is no time of day, or there is none.
    """
    parts = [part.strip() for part in re.split(r"[,;]|\s+(?=\d)|\s+(?:and|und|y)\s+", text.strip()) if part.strip()]
    if not parts:
        raise BadRequest("There is no time of day.", _TIME_HINT)
    return tuple(sorted({_time_of(part) for part in parts}))


def _time_of(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None:
        raise BadRequest(f"“{text}” is no time of day.", _TIME_HINT)
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").lower()[:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            raise BadRequest(f"“{text}” is no time of day.", _TIME_HINT)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise BadRequest(f"“{text}” is no time of day.", _TIME_HINT + (" Midnight is 00:00." if hour == 24 else ""))
    return time(hour, minute)


def days_of(text: str) -> Days:
    """The days in ``text``: ``daily``, ``mon-fri``, ``weekends``, ``mon,thu``, ``monthly:1,15``, ``monthly:last``.

    Raises:
        BadRequest: some of it names no day.
    """
    folded = text.strip().casefold()
    if folded in _DAY_SETS:
        return Days(weekdays=tuple(_DAY_SETS[folded]))
    if folded.startswith("monthly"):
        return Days(month_days=_month_days(folded.removeprefix("monthly").lstrip(": ") or "1", text))
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", folded))):
        if part in _DAY_SETS:
            found.update(_DAY_SETS[part])
            continue
        first, dash, last = part.partition("-")
        if first not in _DAY_NAMES or (last if dash else first) not in _DAY_NAMES:
            raise BadRequest(f"“{part}” is no day.", _DAYS_HINT)
        start, end = _DAY_NAMES[first], _DAY_NAMES[last if dash else first]
        found.update((start + n) % 7 for n in range((end - start) % 7 + 1))
    if not found:
        raise BadRequest("There are no days.", _DAYS_HINT)
    return Days(weekdays=tuple(sorted(found)))


def _month_days(listed: str, text: str) -> tuple[int, ...]:
    numbers: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", listed)):
        if part == LAST:
            numbers.add(0)
        elif part.isdecimal() and 1 <= int(part) <= 31:
            numbers.add(int(part))
        else:
            raise BadRequest(f"“{text}”: {part} is no day of the month.", "Write monthly:1,15 or monthly:last.")
    return tuple(sorted(numbers))


def quiet_of(text: str) -> Quiet:
    """Quiet hours such as ``22:00-07:00``.

    Raises:
        BadRequest: it is not two times with a hyphen between, or both are the same.
    """
    hint = "Write when they begin and end, such as 22:00-07:00."
    parts = _RANGE.split(text.strip())
    if len(parts) != 2:
        raise BadRequest(f"“{text}” are no quiet hours.", hint)
    since, until = _time_of(parts[0]), _time_of(parts[1])
    if since == until:
        raise BadRequest(f"Quiet hours {text} begin and end at the same time.", hint)
    return Quiet(since=since, until=until)


def skip_of(text: str) -> tuple[str, ...]:
    """Dates to skip: ``2026-12-25`` or, every year, ``12-25``; several separated by commas or spaces.

    Raises:
        BadRequest: one of them is no date.
    """
    found: set[str] = set()
    for part in filter(None, re.split(r"[,;\s]+", text.strip())):
        match = _SKIP.fullmatch(part)
        try:
            if match is None:
                raise ValueError
            date(int(match[1] or 2024), int(match[2]), int(match[3]))  # 2024 has a 29 February
        except ValueError:
            raise BadRequest(f"“{part}” is no date.", "Write 2026-12-25, or 12-25 for every year.") from None
        found.add(part)
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The names of all IANA time zones on this machine."""
    apart = ("posix/", "right/")
    return frozenset(n for n in available_timezones() if not n.startswith(apart) and n not in ("Factory", "localtime"))


@lru_cache(maxsize=1)
def _zones_by_city() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(zone_names()):
        for spelling in {name.casefold(), name.rpartition("/")[2].casefold().replace("_", " ")}:
            found.setdefault(spelling, []).append(name)
    return found


def zone_of(text: str) -> str:
    """The IANA name of a time zone, from its name in any case or from its city alone.

    Raises:
        BadRequest: there is none; the hint holds the nearest names.
    """
    asked = text.strip()
    if asked in zone_names():
        return asked
    folded = asked.casefold()
    known = _zones_by_city()
    match = known.get(folded) or known.get(folded.replace(" ", "_")) or known.get(folded.replace("_", " "))
    if match and len(match) == 1:
        return match[0]
    nearest = match or zones_like(asked)
    hint = f"Did you mean {' or '.join(nearest[:3])}?" if nearest else "Write an IANA name such as Europe/Berlin."
    raise BadRequest(f"“{asked}” is no time zone.", hint)


def zones_like(text: str, limit: int = 3) -> list[str]:
    """The names nearest to ``text``, best first; empty when nothing is near."""
    folded = text.casefold().replace("_", " ")
    near = process.extract(folded, _zones_by_city().keys(), scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=60)
    names = (name for spelling, _, _ in near for name in _zones_by_city()[spelling])
    return list(dict.fromkeys(names))[:limit]
