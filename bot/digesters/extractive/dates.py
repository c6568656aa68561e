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
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|" + "|".join(m.upper() for m in _MONTHS) + ")"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBERS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|scheduled|due|set to|expected|plans? to|planned for|"
    r"planning to|going to|slated|upcoming|ahead of|"
    r"is to|are to|takes? place|deadline|expires?|begins on|starts on)\b|[’']ll\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?<!\bbe )\b(?:was|were|had|did)\b(?! (?:to|due|set|expected|scheduled|planned)\b)")
# A timetable's present tense looks ahead: "the shuttle launches June 28", "the show opens on Friday".
_DIRECTLY_AHEAD = re.compile(
    r"\b(?:(?:by|until|next|coming|before|through|till)|"
    r"(?:launches|opens|starts|begins|ends|closes|airs|premieres|returns|arrives|expires|kicks off|takes effect|runs"
    r"|goes on sale|comes out)(?: on| from)?)\s$",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|said|told|\w{3,}ed|began|won|lost|met|went|came|took|"
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
    directly = _DIRECTLY_AHEAD.search(clause)
    if directly:
        # "It was used a million times by Thursday night" looks back.
        return not (directly[0].lower().startswith(("by", "before", "until")) and _DONE.search(clause))
    if _AHEAD.search(clause) and not _PAST_VERB.search(_AHEAD.split(clause)[-1]):
        return True
    # "On Monday, the court will sit": the date opens the clause, its verb follows.
    bare = not re.sub(r"\b(?:[OoIi]n|[Aa]t)\b", "", clause).strip()
    return bare and bool(re.match(r",?\s[^.]{0,60}\b(?:will|(?:is|are) (?:to|due to|set to))\b", text[match.end() :]))


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
        if re.search(r"\bfrom\s$", text[: match.start()]):
            # "is to run from January 23 through March 9" may have begun.
            return min(options, key=lambda o: abs((o - published).days)).year
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
    year = _year_beside(match, text) or _year(match, text, published, month, min(day, 28))
    resolved = _safe(year, month, day)
    told = _fitting(match["wd"], published, month, day)
    if told and resolved and resolved.weekday() != told.weekday():
        resolved = told
    return _dated(match, resolved, "day", bool(resolved and resolved > published))


def _fitting(weekday: str | None, published: date, month: int, day: int) -> date | None:
    """The nearest day of that month and day which falls on the weekday that stands before it."""
    if not weekday:
        return None
    index = _DAYS.index(weekday.lower())
    options = [o for y in (-1, 0, 1) if (o := _safe(published.year + y, month, day)) and o.weekday() == index]
    # Writers err about weekdays too: one that fits only a year away says nothing.
    return next((o for o in options if abs((o - published).days) < 300), None)


# "From March to August 2011", "on May 3 and June 4, 2011": the year behind the last belongs to the first too.
_YEAR_BEHIND = re.compile(
    rf"\s?(?:,|-|–|—|to|through|until|till|and|or)\s?(?:{_MONTH}\s?)?(?:[0-3]?\d(?:st|nd|rd|th)?\b(?!\d|:))?"
    rf"(?:,? (?P<y>[12]\d{{3}})\b)"
)
_YEAR_BEFORE = re.compile(r"^(?:[Ll]ater )?[Ii]n (?P<y>[12]\d{3}), [^.;]*$")


def _year_beside(match: re.Match[str], text: str) -> int | None:
    """The year that a range's end or the sentence's opening gives a date without one."""
    beside = _YEAR_BEHIND.match(text, match.end()) or _YEAR_BEFORE.match(text[: match.start()])
    return int(beside["y"]) if beside else None


def _plain_day(match: re.Match[str], text: str) -> bool:
    """``May 5 percent``, ``March 12,000``: no day follows the month there."""
    return not re.match(r"(?:[,.]\d|\s*(?:%|percent|per cent|million|billion|people|[-–]\d{4}\b))", text[match.end() :])


def _month_year(match: re.Match[str], _: str, __: date) -> Dated | None:
    return _dated(match, _safe(int(match["y"]), _month(match["m"]), 1), "month")


def _month_alone(match: re.Match[str], text: str, published: date) -> Dated | None:
    month, which = _month(match["m"]), (match["w"] or "").lower()
    beside = _year_beside(match, text)
    if beside:
        year = beside
    elif which == "last":
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


def _weeks_ago(match: re.Match[str], _: str, published: date) -> Dated | None:
    """A week has no date of its own; where all its days lie in one month, the month is sure."""
    word = match["n"].lower()
    count = int(word) if word.isdigit() else _NUMBERS.get(word)
    return _week(match, published, -count) if count is not None and count < 200 else None


def _week(match: re.Match[str], published: date, shift: int) -> Dated | None:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    sunday = monday + timedelta(days=6)
    return _dated(match, monday, "month", shift > 0) if monday.month == sunday.month else None


def _attacks(match: re.Match[str], _: str, __: date) -> Dated | None:
    """The one day that is called by its number."""
    return _dated(match, date(2001, 9, 11), "day")


def _relative(match: re.Match[str], _: str, published: date) -> Dated | None:
    shift = {"last": -1, "next": 1, "this": 0}[match["w"].lower()]
    unit = match["u"].lower()
    if unit == "year":
        return _dated(match, _safe(published.year + shift, 1, 1), "year", shift > 0)
    if unit == "month":
        return _dated(match, _months_off(published, shift), "month", shift > 0)
    return _week(match, published, shift)


def _year_alone(match: re.Match[str], _: str, published: date) -> Dated | None:
    year = int(match["y"])
    return _dated(match, _safe(year, 1, 1), "year", year > published.year) if year <= published.year + 100 else None


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], str, date], Dated | None]]
_ORD = r"(?:st|nd|rd|th)?"
# "Black Friday" is the name of another day.
_NO_FEAST = "".join(
    f"(?<!{name} )" for name in ("Black", "Good", "Cyber", "Super", "Easter", "Palm", "Ash", "Bloody", "Giving", "Holy")
)
_WEEKDAY_FIRST = rf"\b(?:(?P<wd>{_WEEKDAY}),? (?:the )?)?"
_YEAR_LAST = r"(?:,? (?P<y>[12]\d{3})\b)?"
_BEFORE_MONTH = (
    r"(?i:\b(?:(?:in|since|until|by|from|of|during|early|late|mid|around|through|to|before|after|between) ?-?){1,2} ?"
    r"(?:(?:early|late) )?|(?=last|next|this))"
)
# A number before 1800 is a year only where nothing is counted by it.
_YEAR = (
    r"(?<![\d.,$£€])(?P<y>1[89]\d\d|20\d\d|1[0-7]\d\d(?=[,.;:)]|$"
    r"| (?:and|as|by|to|with|when|after|at|it|he|she|they|the|gave|was|were)\b))\b(?![-–]\d|,\d|\.\d|s\b)"
)
_YEAR_OF = "".join(
    rf"|(?<=\b{w} )"
    for w in "[Ii]n|[Tt]he year|[Ss]ince|[Bb]y|[Uu]ntil|[Oo]f|[Ff]rom|[Ee]arly|[Ll]ate|[Dd]uring".split("|")
)
_COUNT = r"(?i)\b(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_RULES: tuple[_Rule, ...] = (
    (re.compile(r"\b(?P<y>[12]\d{3})-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"), _iso),
    (re.compile(rf"{_WEEKDAY_FIRST}(?P<m>{_MONTH}) (?P<d>[0-3]?\d){_ORD}(?!\d|:\d){_YEAR_LAST}"), _full),
    (re.compile(rf"{_WEEKDAY_FIRST}(?P<d>[0-3]?\d){_ORD}(?: of)? (?P<m>{_MONTH})(?![a-z]){_YEAR_LAST}"), _full),
    (re.compile(rf"\b(?P<m>{_MONTH}),? (?:of )?(?P<y>[12]\d{{3}})\b"), _month_year),
    (re.compile(rf"{_BEFORE_MONTH}(?i:(?P<w>last|next|this) )?(?P<m>{_MONTH})(?![a-z’'])(?! \d)"), _month_alone),
    (
        re.compile(
            rf"(?i:\b(?P<w>last|next|this coming|this|coming) )?{_NO_FEAST}\b(?P<d>{_WEEKDAY})(?!s\b|[’']s Child)"
        ),
        _weekday,
    ),
    (
        re.compile(
            r"(?i)\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)\b(?![’']s)"
        ),
        _near,
    ),
    (re.compile(_COUNT + r" (?P<u>days?|months?|years?) ago\b"), _ago),
    (re.compile(_COUNT + r" weeks? ago\b"), _weeks_ago),
    (re.compile(r"(?<![\d/])9/11(?!\d|/)"), _attacks),
    (re.compile(r"(?i)\b(?P<w>last|next|this) (?P<u>year|month|week)\b(?![’'-])"), _relative),
    (re.compile(f"(?:{_YEAR_OF}){_YEAR}"), _year_alone),
)
