"""Dates that only the text around them settles: a story's year, and what counts from its last date.

A biography says "On October 2" of the year it has come to, news of the year it appears in; "two days later" counts from
the date before it in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.digesters.extractive.dates import dates_in
from bot.digesters.extractive.datewords import MONTH, NUMBER, WEEKDAY, month, number, weekday
from bot.digesters.extractive.dating import Dated, Precision, dated, months_off

# How many sentences a story's year or date is remembered for.
_MEMORY = 8
# A report that looks back comes to its own time again sooner: beyond so many sentences its months are of this year.
_GOES_ON = 3
# So many years long past make a text a history, where hardly anything counts from its publication.
_HISTORY = 3

_BEFORE_NOUN = re.compile(r"(?i)\b(?:the|its|his|her|their|a|an|[\w’']+[’']s)(?: \w+)? $")
_ANAPHORA = re.compile(
    r"(?i)\b(?:"
    rf"(?:in )?(?P<m>{MONTH})(?:,| of)? (?P<same>that|the same|that same) year"
    r"|(?P<that>(?:that|the same|that same|later (?:that|the same)) (?P<u1>day|month|year))\b(?! [a-z]*[’'-])"
    r"|(?<!over )(?<!within )(?<!for )(?<!during )(?:the )(?P<next>following|next|previous) "
    r"(?P<u2>day|morning|night|month|year)"
    rf"|(?P<n>{NUMBER}) (?P<u3>days?|months?|years?) (?P<off>later|afterwards?|earlier|after that|before that)"
    r"|the (?P<u4>day|year|month) (?P<beside>before|after)(?=[,.;]|$)"
    r")\b"
)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A date that the text has come to, and the sentence and paragraph that gave it."""

    day: date
    precision: Precision
    sentence: int
    paragraph: int
    told: bool  #: whether the text itself gave its year
    adverbial: bool  #: whether something happens then: ``in December 1988``, not ``the December 1988 bombing``


def dates_of_sentences(sentences: Sequence[str], starts: Set[int], published: date) -> list[list[Dated]]:
    """The dates of each sentence of a text, read in their order.

    Args:
        sentences: the text.
        starts: numbers, from 1, of the sentences that begin a paragraph; empty where that is not known.
        published: the day from which ``yesterday`` counts.
    """
    plain = list(_each_from_its_day(sentences, published))
    history = _is_history(sentences, plain, published)
    anchors: list[_Anchor] = []
    found: list[list[Dated]] = []
    paragraph = 0
    for index, (text, own) in enumerate(zip(sentences, plain, strict=True)):
        paragraph += index + 1 in starts
        here: list[Dated] = []
        if heading := re.fullmatch(r"\W*([12]\d{3})\W*", text):
            # A timeline's heading: what stands below it is of that year.
            anchors.append(_Anchor(date(int(heading[1]), 1, 1), "year", index, paragraph, True, True))
        for each in _in_order(text, own):
            settled = _settled(each, text, index, paragraph, anchors, history)
            if settled is None:
                continue
            here.append(settled)
            told = settled.told and not settled.deictic
            adverbial = not _BEFORE_NOUN.search(text[: settled.start])
            anchors.append(_Anchor(settled.day(), settled.precision, index, paragraph, told, adverbial))
        found.append(here)
    return found


# "It is Monday, May 3", "Today's Wednesday": a diary or a recording says which day it has come to.
_PRESENT_DAY = re.compile(
    rf"\b(?:[Ii]t(?: is| ?[’']s)|[Tt]oday(?: is| ?[’']s)|[Tt]onight is)(?: (?:now|currently|officially|already))?"
    rf"(?: \d\d?(?::\d\d)?(?: ?[ap]\.?m\.?)?,?(?: on)?)? "
    rf"(?P<day>{WEEKDAY}(?:,? (?:the )?{MONTH}[^,.;]*)?|{MONTH} \d[^,.;]*)"
)
# A recording appears within so many days.
_RECORDED = 31
_IN_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")


def _each_from_its_day(sentences: Sequence[str], published: date) -> Iterator[list[Dated]]:
    """The dates of each sentence alone; who writes as ``I`` may name the day from which ``tomorrow`` counts."""
    personal = sum(bool(_IN_PERSON.search(text)) for text in sentences) * 3 >= len(sentences)
    today, named = published, False
    for text in sentences:
        present = _PRESENT_DAY.search(text) if personal else None
        if present:
            days = [] if re.fullmatch(WEEKDAY, present["day"]) else dates_in(f"on {present['day']}", today)
            if days and days[0].precision == "day" and abs((days[0].day() - published).days) <= _RECORDED:
                today, named = days[0].day(), True
            elif named and not days:
                today += timedelta(days=(weekday(present["day"]) - today.weekday()) % 7)
        yield dates_in(text, today)


def _is_history(sentences: Sequence[str], plain: Sequence[Sequence[Dated]], published: date) -> bool:
    """Whether a text tells of years long past and hardly anything of it counts from the day of publication."""
    told = [d for dates in plain for d in dates if d.told and not d.deictic]
    fresh = sum(d.precision == "day" and abs((d.day() - published).days) <= _RECORDED for d in told)
    # Histories speak of "today" and "ten years ago" too.
    fresh += sum(
        d.deictic and not re.search(r"(?i)today|year|ago", text[d.start : d.end])
        for text, dates in zip(sentences, plain, strict=True)
        for d in dates
    )
    past = sum(d.day().year < published.year - 1 for d in told)
    return past >= max(_HISTORY, 6 * fresh)


def _in_order(text: str, own: list[Dated]) -> Iterator[Dated | re.Match[str]]:
    """The sentence's dates and, between them, its words that count from another date."""
    hanging = [m for m in _ANAPHORA.finditer(text) if not any(_is_told(d, m) for d in own)]
    apart = [d for d in own if not any(m.start() < d.end and d.start < m.end() for m in hanging)]
    both: list[Dated | re.Match[str]] = [*apart, *hanging]
    yield from sorted(both, key=lambda each: each.start if isinstance(each, Dated) else each.start())


def _is_told(each: Dated, match: re.Match[str]) -> bool:
    """Whether a date that needs no other one stands where the words do."""
    return each.told and each.start < match.end() and match.start() < each.end


def _settled(
    each: Dated | re.Match[str], text: str, index: int, paragraph: int, anchors: Sequence[_Anchor], history: bool
) -> Dated | None:
    near = [a for a in anchors if index - a.sentence <= (_GOES_ON if a.paragraph != paragraph else _MEMORY)]
    near = near if history else [a for a in near if a.paragraph == paragraph]
    if isinstance(each, re.Match):
        return _counted(each, near)
    if each.told or each.deictic:
        return each
    story = _story(near, index, history)
    return _moved(each, text, story) if story else each


def _story(near: Sequence[_Anchor], index: int, history: bool) -> _Anchor | None:
    """The date whose year a day or month without one goes on with."""
    told = [a for a in near if a.told]
    if history:
        return told[-1] if told else None
    # Others go on with an old story only right behind a day or month of it.
    close = [a for a in told if a.adverbial and index - a.sentence <= 1 and a.precision != "year"]
    return close[-1] if close and close[-1] is near[-1] else None


_BACKWARDS = re.compile(r"\b(?:had|earlier|previously|already|since|after|died|born)\b")


def _moved(each: Dated, text: str, story: _Anchor) -> Dated:
    """``each`` in the story's year, or in the next where the story has passed that month long ago."""
    year, rest = story.day.year, each.when[4:]
    if story.precision != "year" and story.day.month - each.day().month >= 6 and not _BACKWARDS.search(text):
        year += 1
    try:
        moved = replace(each, when=f"{year:04d}{rest}", told=True, ahead=False)
        moved.day()
    except ValueError:
        # There is no February 29 in that year.
        return each
    return moved


# --- what counts from another date --------------------------------------------------------------------------------


def _counted(match: re.Match[str], near: Sequence[_Anchor]) -> Dated | None:
    """The date that words such as ``two days later`` mean, from the last date that is as precise as they are."""
    if match["m"]:
        anchor = _last(near, "year")
        day = date(anchor.day.year, month(match["m"]), 1) if anchor else None
        return dated(match.start("m"), match.end(), day, "month", hangs=True)
    unit = _unit(match)
    anchor = _last(near, unit)
    shift = _shift(match)
    if anchor is None or shift is None:
        return None
    if unit == "day":
        day = anchor.day + timedelta(days=shift)
    elif unit == "month":
        day = months_off(anchor.day, shift)
    else:
        day = date(max(anchor.day.year + shift, 1), 1, 1)
    return dated(match.start(), match.end(), day, unit, hangs=True)


def _unit(match: re.Match[str]) -> Precision:
    word = next(match[name] for name in ("u1", "u2", "u3", "u4") if match[name]).lower().rstrip("s")
    return "month" if word == "month" else "year" if word == "year" else "day"


def _shift(match: re.Match[str]) -> int | None:
    if match["that"]:
        return 0
    if match["next"]:
        return -1 if match["next"].lower() == "previous" else 1
    if match["beside"]:
        return 1 if match["beside"].lower() == "after" else -1
    count = number(match["n"]) if match["n"] else None
    if count is None or count > 900:
        return None
    return -count if match["off"].lower() in ("earlier", "before that") else count


_FINER: dict[Precision, tuple[Precision, ...]] = {
    "year": ("year", "month", "day"),
    "month": ("month", "day"),
    "day": ("day",),
}


def _last(near: Sequence[_Anchor], unit: Precision) -> _Anchor | None:
    """The last date, where it is known to the unit that is counted."""
    return near[-1] if near and near[-1].precision in _FINER[unit] else None
