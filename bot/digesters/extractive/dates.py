"""Dates as a text gives them, resolved against the day it was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBERS = {
    w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1}
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|scheduled|due|set to|expected|plans? to|planned for|"
    r"planning to|going to|slated|upcoming|ahead of|"
    r"is to|are to|takes? place|deadline|expires?|begins? on|starts? on)\b|[’']ll\b",
    re.IGNORECASE,
)
_DIRECTLY_AHEAD = re.compile(r"\b(?:by|until|next|coming|before|through|till)\s$", re.IGNORECASE)
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|did|said|told|\w{3,}ed|began|won|lost|met|went|came|took|"
    r"gave|made|left|fell|rose|held|found|struck|shot|"
    r"sent|led|beat|sold|bought|became|wrote|saw)(?:\s+\S+){0,4}\s+(?:on |in |late |early )?$"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression in a text."""

    start: int
    end: int
    when: str  #: as precise as ``precision`` says: ``2026``, ``2026-01``, ``2026-01-03``
    precision: Precision
    ahead: bool = False  #: whether the text speaks of it as still to come

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


def dates_in(text: str, published: date) -> list[Dated]:
    """Every date that ``text`` gives and that can be told from it, in order, the longest where they overlap."""
    found: list[Dated] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(text):
            if any(d.start < match.end() and match.start() < d.end for d in found):
                continue
            try:
                resolved = resolve(match, text, published)
            except (OverflowError, ValueError):
                # A publication date at the edge of the calendar has no day before or after it.
                resolved = None
            if resolved:
                found.append(resolved)
    return sorted(found, key=lambda d: d.start)


def _dated(match: re.Match[str], day: date | None, precision: Precision, ahead: bool = False) -> Dated | None:
    if day is None or not 1000 <= day.year <= 2200:
        return None
    text = day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]
    return Dated(match.start(), match.end(), text, precision, ahead)


def _ahead(match: re.Match[str], text: str) -> bool:
    """Whether the clause before the date looks forward."""
    before = re.split(r"[.;:]\s", text[: match.start()])[-1]
    clause = re.split(r", (?:who|which|after|when|where) ", before)[-1][-90:]
    if _DIRECTLY_AHEAD.search(clause):
        return True
    if _AHEAD.search(clause) and not _PAST_VERB.search(_AHEAD.split(clause)[-1]):
        return True
    # "On Monday, the court will sit": the date opens the clause, its verb follows.
    bare = not re.sub(r"\b(?:[OoIi]n|[Aa]t)\b", "", clause).strip()
    return bare and bool(re.match(r",?\s[^.]{0,60}\bwill\b", text[match.end() :]))


def _month(name: str) -> int:
    return next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name.lower().rstrip(".")[:3]))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(match: re.Match[str], text: str, published: date, month: int, day: int) -> int:
    """The year a date without one means: the nearest that its tense allows."""
    options = [o for y in (-1, 0, 1) if (o := _safe(published.year + y, month, day))]
    if not options:
        return published.year
    if _ahead(match, text):
        later = [o for o in options if o >= published]
        near = [o for o in later if (o - published).days < 300]
        return (near or later or options)[0].year
    earlier = [o for o in options if o <= published + timedelta(days=1)]
    best = (earlier or options)[-1]
    # "on December 15" in an article of December 10 is five days ahead, not a year ago.
    if (published - best).days > 270:
        soon = [o for o in options if 0 <= (o - published).days < 60]
        return soon[0].year if soon else best.year
    return best.year


def _iso(match: re.Match[str], _: str, __: date) -> Dated | None:
    return _dated(match, _safe(int(match["y"]), int(match["m"]), int(match["d"])), "day")


def _full(match: re.Match[str], text: str, published: date) -> Dated | None:
    month, day = _month(match["m"]), int(match["d"])
    if match["y"]:
        return _dated(match, _safe(int(match["y"]), month, day), "day")
    if not _plain_day(match, text):
        return None
    year = _year(match, text, published, month, min(day, 28))
    resolved = _safe(year, month, day)
    return _dated(match, resolved, "day", bool(resolved and resolved > published))


def _plain_day(match: re.Match[str], text: str) -> bool:
    """``May 5 percent``, ``March 12,000``: no day follows the month there."""
    return not re.match(r"(?:[,.]\d|\s*(?:%|percent|per cent|million|billion|people|[-–]\d{4}\b))", text[match.end() :])


def _month_year(match: re.Match[str], _: str, __: date) -> Dated | None:
    return _dated(match, _safe(int(match["y"]), _month(match["m"]), 1), "month")


def _month_alone(match: re.Match[str], text: str, published: date) -> Dated | None:
    month, which = _month(match["m"]), (match["w"] or "").lower()
    if which == "last":
        year = published.year - (month >= published.month)
    elif which == "next":
        year = published.year + (month <= published.month)
    elif which == "this":
        year = published.year
    elif _ahead(match, text):
        year = published.year + (month < published.month)
    else:
        year = published.year - (month > published.month)
    return _dated(match, _safe(year, month, 1), "month", date(year, month, 1) > published)


def _weekday(match: re.Match[str], text: str, published: date) -> Dated | None:
    index, which = _DAYS.index(match["d"].lower()), (match["w"] or "").lower().strip()
    back = (published.weekday() - index) % 7
    if which in ("next", "coming", "this coming") or (which != "last" and back and _ahead(match, text)):
        day = published + timedelta(days=(7 - back) if back or which == "next" else 0)
    elif which == "last":
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return _dated(match, day, "day", day > published)


def _near(match: re.Match[str], _: str, published: date) -> Dated | None:
    word = match[0].lower()
    shift = 1 if "tomorrow" in word else -1 if "yesterday" in word or "last night" in word else 0
    return _dated(match, published + timedelta(days=shift), "day", shift > 0)


def _ago(match: re.Match[str], _: str, published: date) -> Dated | None:
    word = match["n"].lower()
    count = int(word) if word.isdigit() else _NUMBERS.get(word)
    if count is None or count > 900:
        return None
    sign = 1 if match[0].lower().startswith("in ") else -1
    unit = match["u"].lower().rstrip("s")
    if unit == "day":
        return _dated(match, published + sign * timedelta(days=count), "day", sign > 0)
    if unit == "month":
        return _dated(match, _months_off(published, sign * count), "month", sign > 0)
    return _dated(match, _safe(published.year + sign * count, 1, 1), "year", sign > 0) if unit == "year" else None


def _months_off(day: date, count: int) -> date | None:
    index = day.year * 12 + day.month - 1 + count
    return _safe(index // 12, index % 12 + 1, 1)


def _relative(match: re.Match[str], _: str, published: date) -> Dated | None:
    shift = {"last": -1, "next": 1, "this": 0}[match["w"].lower()]
    unit = match["u"].lower()
    if unit == "year":
        return _dated(match, _safe(published.year + shift, 1, 1), "year", shift > 0)
    if unit == "month":
        return _dated(match, _months_off(published, shift), "month", shift > 0)
    # A week has no date of its own; where all its days lie in one month, the month is sure.
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    sunday = monday + timedelta(days=6)
    return _dated(match, monday, "month", shift > 0) if monday.month == sunday.month else None


def _year_alone(match: re.Match[str], _: str, published: date) -> Dated | None:
    year = int(match["y"])
    return _dated(match, _safe(year, 1, 1), "year", year > published.year) if year <= published.year + 30 else None


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], str, date], Dated | None]]
_ORD = r"(?:st|nd|rd|th)?"
_RULES: tuple[_Rule, ...] = (
    (re.compile(r"\b(?P<y>[12]\d{3})-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"), _iso),
    (re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>[0-3]?\d){_ORD}(?!\d|:\d)(?:,? (?P<y>[12]\d{{3}})\b)?"), _full),
    (re.compile(rf"\b(?P<d>[0-3]?\d){_ORD}(?: of)? (?P<m>{_MONTH})(?![a-z])(?:,? (?P<y>[12]\d{{3}})\b)?"), _full),
    (re.compile(rf"\b(?P<m>{_MONTH}),? (?:of )?(?P<y>[12]\d{{3}})\b"), _month_year),
    (
        re.compile(
            rf"(?i:\b(?:(?:in|since|until|by|from|of|during|early|late|mid) ?-?){{1,2}} "
            rf"?(?:(?:early|late) )?|(?=last|next|this))(?i:(?P<w>last|next|this) "
            rf")?(?P<m>{_MONTH})(?![a-z’'])(?! \d)"
        ),
        _month_alone,
    ),
    (re.compile(rf"(?i:\b(?P<w>last|next|this coming|this|coming) )?\b(?P<d>{_WEEKDAY})(?!s\b|[’']s Child)"), _weekday),
    (
        re.compile(
            r"(?i)\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)\b(?![’']s)"
        ),
        _near,
    ),
    (re.compile(r"(?i)\b(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + r") (?P<u>days?|months?|years?) ago\b"), _ago),
    (re.compile(r"(?i)\b(?P<w>last|next|this) (?P<u>year|month|week)\b(?![’'-])"), _relative),
    (
        re.compile(
            r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Uu]ntil )|(?<=\b[Oo]f "
            r")|(?<=\b[Ff]rom )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Dd]uring "
            r"))(?P<y>1[89]\d\d|20\d\d)\b(?![-–]\d|,\d|\.\d|s\b)"
        ),
        _year_alone,
    ),
)
