"""What names a day, month or year, with its year or without: ``January 3``, ``May 2019``, ``Good Friday``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.digesters.extractive import datewords
from bot.digesters.extractive.datewords import MONTH
from bot.digesters.extractive.dating import SHIFT, Dated, dated, safe_day
from bot.digesters.extractive.feasts import feast_in
from bot.digesters.extractive.tenses import looks_ahead, looks_back


def _ahead(match: re.Match[str], text: str) -> bool:
    return looks_ahead(text, match.start(), match.end())


def _nearest(match: re.Match[str], text: str, published: date, day_of: Callable[[int], date | None]) -> date | None:
    """The day of a date without a year: of last year's, this year's and next year's the nearest its tense allows."""
    options = [o for y in (-1, 0, 1) if (o := day_of(published.year + y))]
    if not options:
        return None
    if _ahead(match, text):
        if end := _end_of_range(match, text, published):
            # "is to run from January 23 through March 9" may have begun.
            return next((o for o in reversed(options) if o <= end), options[0])
        later = [o for o in options if o >= published]
        near = [o for o in later if (o - published).days < 300]
        return (near or later or options)[0]
    earlier = [o for o in options if o <= published + timedelta(days=1)]
    best = (earlier or options)[-1]
    # "on December 15" in an article of December 10 is five days ahead, not a year ago, unless it is told as done.
    if (published - best).days > 270 and not looks_back(text, match.start(), match.end()):
        soon = [o for o in options if 0 <= (o - published).days < 60]
        return soon[0] if soon else best
    return best


_RANGE_END = re.compile(rf"\s?(?:to|through|until|till|-|–|—)\s?(?P<m>{MONTH}) (?P<d>[0-3]?\d)\b")


def _end_of_range(match: re.Match[str], text: str, published: date) -> date | None:
    """The next day on which the range ends that a date to come begins: ``from November 20 to December 11``."""
    end = _RANGE_END.match(text, match.end()) if re.search(r"\bfrom\s$", text[: match.start()]) else None
    if end is None:
        return None
    month, day = datewords.month(end["m"]), int(end["d"])
    options = [o for y in (0, 1) if (o := safe_day(published.year + y, month, day)) and o >= published]
    return options[0] if options else None


# --- days of a month ----------------------------------------------------------------------------------------------


def iso(match: re.Match[str], _: str, __: date) -> Dated | None:
    """``2026-01-03``."""
    return dated(match.start(), match.end(), safe_day(int(match["y"]), int(match["m"]), int(match["d"])), "day")


def numeric(match: re.Match[str], _: str, __: date) -> Dated | None:
    """``25/12/2015`` and ``12/25/2015``; one that can be read both ways says nothing sure."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if first <= 12 and second <= 12 and first != second and match["s"] != ".":
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    return dated(match.start(), match.end(), safe_day(year, month, day), "day")


def full(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``January 3, 2026``, ``the fifth of May``: a day of a month, its year told by the tense where it is left out."""
    month, day = datewords.month(match["m"]), datewords.ordinal(match["d"])
    if match["y"]:
        return dated(match.start(), match.end(), safe_day(int(match["y"]), month, day), "day")
    if not _plain_day(match, text):
        return None
    return _without_year(match, text, published, month, day)


def _without_year(match: re.Match[str], text: str, published: date, month: int, day: int) -> Dated | None:
    groups = match.groupdict()
    post = (groups.get("post") or "").lower()
    told = _fitting(groups.get("wd"), published, month, day)
    if beside := _year_beside(match, text):
        resolved, told = safe_day(beside, month, day), told or published
    elif post:
        options = [o for y in (-1, 0, 1) if (o := safe_day(published.year + y, month, day))]
        late = [o for o in options if o > published]
        resolved = late[0] if post == "next" and late else next((o for o in reversed(options) if o <= published), None)
    else:
        resolved = _nearest(match, text, published, lambda year: safe_day(year, month, day)) or _nearest(
            match, text, published, lambda year: safe_day(year, month, min(day, 28))
        )
        resolved = told if told and resolved and resolved.weekday() != told.weekday() else resolved
    ahead = bool(resolved and resolved > published and not beside)
    return dated(match.start(), match.end(), resolved, "day", ahead=ahead, told=bool(told) or ahead)


def _fitting(weekday: str | None, published: date, month: int, day: int) -> date | None:
    """The nearest day of that month and day which falls on the weekday that stands before it."""
    if not weekday:
        return None
    index = datewords.weekday(weekday)
    options = [o for y in (-1, 0, 1) if (o := safe_day(published.year + y, month, day)) and o.weekday() == index]
    # Writers err about weekdays too: one that fits only a year away says nothing.
    return next((o for o in options if abs((o - published).days) < 300), None)


# "From March to August 2011", "on May 3 and June 4, 2011": the year behind the last belongs to the first too.
_YEAR_BEHIND = re.compile(
    rf"\s?(?:,|-|–|—|to|through|until|till|and|or)\s?(?:{MONTH}\s?)?(?:[0-3]?\d(?:st|nd|rd|th)?\b(?!\d|:))?"
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


def feast(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``on Christmas Day``, ``Good Friday 2015``."""
    which = (match["w"] or "").lower()
    shift = {"last": -1, "this": 0, "next": 1}.get(which)
    if match["y"]:
        resolved = feast_in(match["f"], int(match["y"]))
    elif shift is not None and match["whole"]:
        resolved = feast_in(match["f"], published.year + shift)
    else:
        resolved = _nearest(match, text, published, lambda year: feast_in(match["f"], year))
    ahead = bool(resolved and resolved > published and not match["y"])
    return dated(match.start("f"), match.end(), resolved, "day", ahead=ahead, told=bool(match["y"] or which) or ahead)


def attacks(match: re.Match[str], _: str, __: date) -> Dated | None:
    """The one day that is called by its number."""
    return dated(match.start(), match.end(), date(2001, 9, 11), "day")


# --- months, years ------------------------------------------------------------------------------------------------


def month_year(match: re.Match[str], _: str, __: date) -> Dated | None:
    """``May 2019``."""
    return dated(match.start(), match.end(), safe_day(int(match["y"]), datewords.month(match["m"]), 1), "month")


def month_of_year(match: re.Match[str], _: str, published: date) -> Dated | None:
    """``in May last year``, ``on June 5 of this year``."""
    year = published.year + SHIFT[match["w"].lower()]
    day = datewords.ordinal(match["d"]) if match["d"] else 1
    resolved = safe_day(year, datewords.month(match["m"]), day)
    ahead = bool(resolved and resolved > published)
    return dated(match.start("m"), match.end(), resolved, "day" if match["d"] else "month", ahead=ahead)


def month_alone(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``in May``: the nearest that its tense allows."""
    month, which = datewords.month(match["m"]), (match["w"] or match["post"] or "").lower()
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
    ahead = date(year, month, 1) > published
    told = bool(beside or which) or ahead
    return dated(match.start(), match.end(), safe_day(year, month, 1), "month", ahead=ahead, told=told)


def year_alone(match: re.Match[str], _: str, published: date) -> Dated | None:
    """``in 2019``; what lies more than a century ahead is no year."""
    year = int(match["y"])
    ahead = year > published.year
    return (
        dated(match.start(), match.end(), safe_day(year, 1, 1), "year", ahead=ahead)
        if year <= published.year + 100
        else None
    )


def short_year(match: re.Match[str], _: str, published: date) -> Dated | None:
    """``class of ’71``: the latest such year that is past."""
    year = published.year // 100 * 100 + int(match["y"])
    return dated(match.start("q"), match.end(), safe_day(year - 100 * (year > published.year), 1, 1), "year")


def spoken(match: re.Match[str], _: str, __: date) -> Dated | None:
    """``in nineteen eighty-four``, with a month before it or without."""
    year, month = datewords.spoken_year(match["y"]), match["m"]
    first = safe_day(year, datewords.month(month) if month else 1, 1)
    return dated(match.start("m" if month else "y"), match.end(), first, "month" if month else "year")
