"""What counts from the day of publication: ``on Friday``, ``yesterday``, ``three years ago``, ``next month``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.digesters.extractive import datewords
from bot.digesters.extractive.dating import SHIFT, Dated, Precision, dated, months_off, safe_day
from bot.digesters.extractive.tenses import looks_ahead


def weekday(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``on Friday``, ``last Monday``, ``Thursday of next week``: the one before or behind, as the tense says."""
    index = datewords.weekday(match["d"])
    which = (match["w"] or match["post"] or "").lower().strip()
    back = (published.weekday() - index) % 7
    if match["week"]:
        monday = published - timedelta(days=published.weekday())
        day = monday + timedelta(days=index, weeks=SHIFT[match["week"].lower()])
    elif which in ("next", "coming", "this coming") or (
        which not in ("last", "past", "this past") and back and looks_ahead(text, match.start(), match.end())
    ):
        day = published + timedelta(days=(7 - back) if back or which == "next" else 0)
    elif which in ("last", "past", "this past"):
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return dated(match.start(), match.end(), day, "day", ahead=day > published, deictic=True)


_DAYS_OFF = {"yesterday": -1, "last night": -1, "tomorrow": 1}


# Behind a word of its sentence a capital begins a name.
_WITHIN = re.compile(r"[\w,’']\s$")


def near(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``yesterday``, ``tonight``, ``the day after tomorrow``; ``Port Tonight`` and ``USA Today`` are names."""
    if re.match(r"[A-Z][a-z]", match[0]) and _WITHIN.search(text[: match.start()]):
        return None
    word = match[0].lower()
    shift = next((n for name, n in _DAYS_OFF.items() if name in word), 0)
    shift *= 2 if word.startswith("the day") else 1
    return dated(match.start(), match.end(), published + timedelta(days=shift), "day", ahead=shift > 0, deictic=True)


def counted(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``three years ago``, ``two months from now``; a bare ``in two months`` where it is to come."""
    count, back = datewords.number(match["n"]), match["how"].lower() == "ago"
    bare = not match["how"]
    if count is None or count > 900 or (bare and not (match["in"] and looks_ahead(text, match.start(), match.end()))):
        return None
    unit, signed = match["u"].lower().rstrip("s"), -count if back else count
    if unit == "week":
        # A week has no date of its own; where all its days lie in one month, the month is sure.
        return _week(match, published, signed) if count < 200 else None
    day: date | None = published + timedelta(days=signed)
    if unit == "month":
        day = months_off(published, signed)
    elif unit == "year":
        day = safe_day(published.year + signed, 1, 1)
    precision: Precision = "day" if unit == "day" else "month" if unit == "month" else "year"
    return dated(match.start(), match.end(), day, precision, ahead=not back, deictic=True)


def to_the_day(match: re.Match[str], _: str, published: date) -> Dated | None:
    """``ten years ago today``, ``three years ago tomorrow night``."""
    count, shift = datewords.number(match["n"]), _DAYS_OFF.get(match["day"].lower(), 0)
    day = published + timedelta(days=shift)
    then = safe_day(day.year - count, day.month, day.day) if count else None
    return dated(match.start(), match.end(), then, "day", deictic=True)


def _week(match: re.Match[str], published: date, shift: int) -> Dated | None:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    sunday = monday + timedelta(days=6)
    day = monday if monday.month == sunday.month else None
    return dated(match.start(), match.end(), day, "month", ahead=shift > 0, deictic=True)


def relative(match: re.Match[str], _: str, published: date) -> Dated | None:
    """``last year``, ``next month``, ``this week``."""
    shift = SHIFT[match["w"].lower()]
    unit = match["u"].lower()
    if unit == "week":
        return _week(match, published, shift)
    day = safe_day(published.year + shift, 1, 1) if unit == "year" else months_off(published, shift)
    precision: Precision = "year" if unit == "year" else "month"
    return dated(match.start(), match.end(), day, precision, ahead=shift > 0, deictic=True)


def day_alone(match: re.Match[str], text: str, published: date) -> Dated | None:
    """``on the 29th``: of this month, the one before or the one behind, as the tense says."""
    day, options = int(match["d"]), []
    for shift in (-1, 0, 1):
        first = months_off(published, shift)
        options += [o for o in [first and safe_day(first.year, first.month, day)] if o]
    later = [o for o in options if o >= published]
    earlier = [o for o in options if o <= published]
    resolved = later[0] if looks_ahead(text, match.start(), match.end()) and later else earlier[-1] if earlier else None
    ahead = bool(resolved and resolved > published)
    return dated(match.start("d"), match.end(), resolved, "day", ahead=ahead, deictic=True)
