"""Feasts and named days: the day of a year that each falls on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

_MONDAY, _THURSDAY = 0, 3


def easter(year: int) -> date:
    """Easter Sunday of a year, by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(weekday: int, n: int, month: int, days: int = 0) -> Callable[[int], date]:
    """``days`` behind the ``n``-th such weekday of a month; ``n`` of 0 is the last one."""

    def day(year: int) -> date:
        start = date(year, month, 1) if n else date(year, month + 1, 1)
        first = start + timedelta(days=(weekday - start.weekday()) % 7)
        return first + timedelta(days=7 * (n - 1) + days)

    return day


_FEASTS: dict[str, Callable[[int], date]] = {
    r"New Year[’']?s? Day": _fixed(1, 1),
    r"New Year[’']?s? Eve": _fixed(12, 31),
    r"(?:St\.? )?Valentine[’']?s? Day": _fixed(2, 14),
    r"St\.? Patrick[’']?s? Day": _fixed(3, 17),
    r"April Fools?[’']?s? Day": _fixed(4, 1),
    r"May Day": _fixed(5, 1),
    r"(?:the )?(?:Fourth|4th) of July": _fixed(7, 4),
    r"Bastille Day": _fixed(7, 14),
    r"Halloween": _fixed(10, 31),
    r"All Saints[’']? Day": _fixed(11, 1),
    r"Armistice Day": _fixed(11, 11),
    r"Christmas Eve": _fixed(12, 24),
    r"Christmas(?: Day)?(?! Eve)": _fixed(12, 25),
    r"Boxing Day": _fixed(12, 26),
    r"Ash Wednesday": _from_easter(-46),
    r"Palm Sunday": _from_easter(-7),
    r"Maundy Thursday": _from_easter(-3),
    r"Good Friday": _from_easter(-2),
    r"Holy Saturday": _from_easter(-1),
    r"Easter(?: Sunday)?(?! Monday)": _from_easter(0),
    r"Easter Monday": _from_easter(1),
    r"Ascension Day": _from_easter(39),
    r"Pentecost|Whit ?[Ss]unday": _from_easter(49),
    r"Whit Monday": _from_easter(50),
    r"Martin Luther King(?:,? Jr\.?)? Day|MLK Day": _nth(_MONDAY, 3, 1),
    r"Presidents?[’']?s? Day": _nth(_MONDAY, 3, 2),
    r"Memorial Day": _nth(_MONDAY, 0, 5),
    r"Labou?r Day": _nth(_MONDAY, 1, 9),
    r"Columbus Day": _nth(_MONDAY, 2, 10),
    r"Thanksgiving(?: Day)?": _nth(_THURSDAY, 4, 11),
    r"Black Friday": _nth(_THURSDAY, 4, 11, 1),
    r"Cyber Monday": _nth(_THURSDAY, 4, 11, 4),
}
#: The name of any of them; a feast's season, dinner or tree is none.
FEAST = (
    "(?:"
    + "|".join(sorted(_FEASTS, key=len, reverse=True))
    + r")\b(?![’']s\b|-| (?:[Pp]arade|[Cc]arols?|[Ii]sland|[Tt]rees?|[Cc]ards?|[Dd]inner|[Ss]eason|[Mm]arkets?"
    r"|[Gg]ifts?|[Pp]resents?|[Ss]pecial|[Aa]lbum|[Pp]art(?:y|ies)|[Hh]olidays?|[Bb]reak|[Ww]eekend|[Rr]ising|[Bb]ombings?"
    r"|[Ss]ales?|[Bb]unny|[Ee]ggs?|[Mm]assacre|[Pp]lot|Accords?|Agreement))"
)
_PATTERNS = tuple((re.compile(name), day) for name, day in _FEASTS.items())


def feast_in(name: str, year: int) -> date | None:
    """The day of ``year`` on which the feast of that name falls."""
    return next((day(year) for pattern, day in _PATTERNS if pattern.fullmatch(name)), None)
