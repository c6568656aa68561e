"""Dates as a sentence gives them, resolved against the day it was published."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.digesters.extractive import deictic_dates, named_dates
from bot.digesters.extractive.datewords import MONTH, NUMBER, ORDINAL, SHORT_WEEKDAY, SPOKEN_YEAR, WEEKDAY
from bot.digesters.extractive.dating import Dated
from bot.digesters.extractive.feasts import FEAST


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


# --- the rules, in the order in which they claim their words ------------------------------------------------------

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], str, date], Dated | None]]
_ORD = r"(?:st|nd|rd|th)?"
_POST = r"(?: (?P<post>last|next)(?=[,.;:)]|$))?"
# "Black Friday" is the name of another day.
_NO_FEAST = (
    "".join(
        f"(?<!{name} )"
        for name in ("Black", "Good", "Cyber", "Super", "Easter", "Palm", "Ash", "Bloody", "Giving", "Holy")
    )
    + "(?<!The Sun on )(?<!Mail on )"
)
# Nor is what bears a day in its name that day.
_NO_TITLE = (
    r"(?! (?:Times|Telegraph|Mirror|Mail|Herald|Express|Post|Tribune|Independent|Bloody|Brunch|Politics|Supplement|"
    r"Night (?:Live|Football|Lights|Fever|Takeaway|Raw))\b)"
)
_WEEKDAY_FIRST = rf"\b(?:(?P<wd>{WEEKDAY}|{SHORT_WEEKDAY}),? (?:the )?)?"
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
_RULES: tuple[_Rule, ...] = (
    (re.compile(r"\b(?P<y>[12]\d{3})-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"), named_dates.iso),
    (
        re.compile(r"(?<![\d/.])(?P<a>[0-3]?\d)(?P<s>[/.])(?P<b>[0-3]?\d)(?P=s)(?P<y>[12]\d{3})(?![\d/])"),
        named_dates.numeric,
    ),
    (re.compile(rf"\b(?P<y>[12]\d{{3}}) (?P<m>{MONTH}) (?P<d>[0-3]?\d)(?!\d|:|,? [12]\d{{3}})"), named_dates.full),
    (
        re.compile(rf"\b(?P<m>{MONTH})(?: (?P<d>[0-3]?\d){_ORD})?(?:,| of)? (?P<w>(?i:last|this|next)) year\b"),
        named_dates.month_of_year,
    ),
    (
        re.compile(
            r"\b(?P<m>(?i:September|Sept?\.?)) (?P<d>11)(?:th)?,?(?= (?:terror\w*|attacks?|hijack\w+|atrocit\w+)\b)"
        ),
        named_dates.attacks,
    ),
    (
        re.compile(rf"{_WEEKDAY_FIRST}(?P<m>{MONTH}) (?P<d>[0-3]?\d){_ORD}(?!\d|:\d)(?:{_YEAR_LAST}){_POST}"),
        named_dates.full,
    ),
    (
        re.compile(rf"{_WEEKDAY_FIRST}\b(?P<m>{MONTH}) the (?P<d>[0-3]?\d(?=st|nd|rd|th)|{ORDINAL}){_ORD}{_YEAR_LAST}"),
        named_dates.full,
    ),
    (
        re.compile(
            rf"{_WEEKDAY_FIRST}(?P<d>[0-3]?\d){_ORD}(?: day)?(?: of)? (?P<m>{MONTH})(?![a-z]){_YEAR_LAST}{_POST}"
        ),
        named_dates.full,
    ),
    (
        re.compile(rf"\b[Tt]he (?P<d>{ORDINAL})(?: day)? of (?P<m>{MONTH})(?![a-z]){_YEAR_LAST}{_POST}"),
        named_dates.full,
    ),
    (
        re.compile(
            rf"(?:(?P<m>{MONTH}) (?:of )?|\b(?:[Ii]n|[Oo]f|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Yy]ear|[Aa]nd) )"
            rf"(?P<y>{SPOKEN_YEAR})\b"
            r"(?![- ](?:years?|people|men|women|days?|minutes?|hours?|miles?|percent|thousand)\b|-)"
        ),
        named_dates.spoken,
    ),
    (re.compile(rf"\b(?P<m>{MONTH}),? (?:of )?(?P<y>[12]\d{{3}})\b"), named_dates.month_year),
    (
        re.compile(
            rf"(?:(?i:\b(?:on|by|until|since|before|after|at|for|from|to|through|around|late|early|this|last|next) )|^|"
            rf"(?=(?:{FEAST}),? [12]\d{{3}}\b))(?P<f>{FEAST})"
            rf"(?:,? (?P<y>[12]\d{{3}})\b|(?P<whole> (?P<w>last|this|next) year\b))?"
        ),
        named_dates.feast,
    ),
    (
        re.compile(rf"{_BEFORE_MONTH}(?i:(?P<w>last|next|this) )?(?P<m>{MONTH})(?![a-z’'])(?! \d){_POST}"),
        named_dates.month_alone,
    ),
    (
        re.compile(
            rf"(?i:\b(?P<w>last|next|this coming|this past|past|this|coming) )?{_NO_FEAST}\b"
            rf"(?P<d>{WEEKDAY}|(?<=\b[Oo]n ){SHORT_WEEKDAY}|(?<=\b[Tt]his |\b[Ll]ast |\b[Nn]ext ){SHORT_WEEKDAY})"
            rf"(?!s\b|[’']s Child){_NO_TITLE}"
            rf"(?:(?: morning| afternoon| evening| night)?(?:,| of)? (?P<week>(?i:last|this|next)) week\b|{_POST})"
        ),
        deictic_dates.weekday,
    ),
    (
        re.compile(rf"(?i)\b(?P<n>{NUMBER}) years? ago (?P<day>today|tomorrow|yesterday|this day)\b"),
        deictic_dates.to_the_day,
    ),
    (
        re.compile(
            r"(?i)\b(?:the day (?:before yesterday|after tomorrow)|today|yesterday|tomorrow|tonight|"
            r"this (?:morning|afternoon|evening)|(?<!to )this day(?! in\b| and age\b| of\b)|last night)\b(?![’']s)"
        ),
        deictic_dates.near,
    ),
    (
        re.compile(
            rf"(?i)(?P<in>\bin )?\b(?P<n>{NUMBER}) (?P<u>days?|weeks?|months?|years?)[’']?(?: |\b)"
            r"(?P<how>ago\b|time\b|from now\b|from today\b|)"
        ),
        deictic_dates.counted,
    ),
    (re.compile(r"(?<![\d/])9/11(?!\d|/)"), named_dates.attacks),
    (re.compile(r"(?i)\b(?P<w>last|next|this) (?P<u>year|month|week)\b(?![’'-])"), deictic_dates.relative),
    (
        re.compile(
            r"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom) the (?P<d>[0-3]?\d)(?:st|nd|rd|th)"
            r"(?=[,.;:!?)]|$| (?:and|at|with|when|for|to|but|as)\b)"
        ),
        deictic_dates.day_alone,
    ),
    (re.compile(f"(?:{_YEAR_OF}){_YEAR}"), named_dates.year_alone),
    (
        re.compile(
            r"\b(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Ff]rom|[Uu]ntil|[Ss]ummer|[Ff]all) (?P<q>[’'‘])(?P<y>\d\d)\b(?![’'s])"
        ),
        named_dates.short_year,
    ),
)
