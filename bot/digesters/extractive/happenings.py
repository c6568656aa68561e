"""What happened, or will, on a date."""

from __future__ import annotations

import re
from datetime import date

from bot.digesters.extractive.dating import Dated
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.statements import Stated, Statements
from bot.digesters.extractive.text import Line, Reading
from bot.domain.digests import Event

_MOST = 10
# Fewer sentences hardly show whether a text reports.
_LONG = 8
# A date behind one of these dates something else than what the sentence tells.
_OTHERS = re.compile(
    r"\b(?:since|until|before|after|by|between|from|than|of|for|through|till|when|"
    r"as|ahead of|following|dating|end(?:ed|ing)|later than|who|which|that|where|what|how)\s"
    r"(?:(?!on\b|in\b)[\w’'-]+\s){0,4}$|\b(?:from|than|to) [$€£]?\d[\w.,%]*(?: late| early)? (?:on )?$"
)
_UNSURE = re.compile(
    r"\b(?:if|would|could|might|(?-i:may)|unless|whether|should|not|no|never|denied|alleged(?:ly)?|reportedly|"
    r"(?:was|were) (?:slated|scheduled|due|set|expected|supposed|planned) to|was to|were to|"
    r"(?:each|every) year|usually|typically|traditionally)\b|"
    # "She said he wasn't sad" is no doubt that she said it.
    r"^(?:(?!\b(?:said|says|told|that|who|which|whose|what|but|because)\b|[,;]).)*n[’']t\b",
    re.IGNORECASE,
)
# "The 11 September attacks", "a Sunday stroll": the day says which they are, not when the sentence's own deed was done.
_SAYS_WHICH = re.compile(r"(?:\b(?:the|an?|this|its|his|her|their)|[’']s|\b(?:post|pre)-) ?$", re.IGNORECASE)
# "Downplayed Roe's letter Thursday calling for a bridge": the day is the letter's.
_ITS_NOUN = re.compile(
    r"[’']s (?:tweet|post|statement|speech|letter|call|remarks?|comments?|interview|"
    r"report|vote) (?:on )?$"
)
# What a picture shows is no news: "In this May 5 file photo, …".
_PICTURED = re.compile(r"\bfile photo\b|\b(?:is|are) (?:seen|pictured|shown)\b|^(?:FILE|FILE PHOTO)\b")
# What tells of a day to come says so.
_HERALDED = re.compile(
    r"\b(?:will|to|is|are|may|shall|ahead|next|upcoming|until|[a-z]+s on|[a-z]+s at|"
    r"begins?|starts?|opens?|airs?|hits?|returns?)\b|"
    r"[’']ll\b"
)
# "By Friday, half had paid", "As of July 7": it is so by then, on what day it came about no one says.
_BOUND = re.compile(r"(?:By|Before|Until|Till|After|Since|As of|For|From|Ahead of|Following) (?:early |late )?$")
_LINKED = re.compile(r"^(?:But|And|Yet|So) b(?=y )")
# What opens with these dates the clause behind it; the news stands behind the comma.
_CIRCUMSTANCE = re.compile(
    r"(?:Following|After|Before|Since|When|While|If|As|Because|Although|Though|Despite|Amid|Until|Once|"
    r"Now that|Going into|Heading into|Leading up to|In the run-up to)\b[^,]*$"
)
# "Has asked those with blogs to write on Friday": what someone is to do then, he has not done.
_ASKED = re.compile(
    r"\b(?:call(?:ed|s|ing) (?:on|for)|ask(?:ed|s|ing)?|urg(?:ed|es|ing)|told|order(?:ed|s|ing)|invit(?:ed|es|ing)|"
    r"want(?:ed|s)?|allow(?:ed|s|ing)|hop(?:ed|es|ing)|wait(?:ed|s|ing)|prepar(?:ed|es|ing))\b[^,;]{0,80}? to [a-z]+ "
    r"[^,;]*$|"
    r"\b(?:targeting|eyeing|aiming|preparing|bracing|gearing|looking)\b|\bbelieves?\b|"
    # Who "has resigned" did so on no day that is told with it.
    r"\b(?:has|have) (?:(?:also|now|already|both|all|since|recently|\w+ly) )?(?:been |\w{3,}ed\b|"
    r"said|told|made|put|set|won|met|sent|left|held|begun|given|taken|written|sold|bought)(?:[^,;]*)$"
)


def events_of(reading: Reading, statements: Statements) -> tuple[Event, ...]:
    """Dated sentences whose one date belongs to what they tell, by date."""
    found: dict[tuple[str, int], tuple[Dated, Stated]] = {}
    for line in reading.body:
        told = _told(line, reading, statements)
        if told:
            found.setdefault((told[0].when, line.number), told)
    ordered = sorted(found.values(), key=lambda each: (each[0].when, each[1].evidence))[-_MOST:]
    written = statements.introduced(stated for _, stated in ordered)
    return tuple(
        Event(date=dated.when, precision=dated.precision, text=stated.text, evidence=stated.evidence)
        for (dated, _), stated in zip(ordered, written, strict=True)
    )


def _told(line: Line, reading: Reading, statements: Statements) -> tuple[Dated, Stated] | None:
    dates, published = reading.dates[line.number], reading.article.published.date()
    if len(dates) != 1 or dates[0].hangs or not _of_the_clause(line.text, dates[0]) or _UNSURE.search(line.text):
        return None
    # A page of reference was written on no day in particular.
    if dates[0].deictic and not statements.reports and len(reading.body) >= _LONG:
        return None
    if (dates[0].precision == "month" and _HABIT.match(line.text)) or _PICTURED.search(line.text):
        return None
    if dates[0].start < len(line.text) - len(without_dateline(line.text)) or _of_another(
        line.text, dates[0], published
    ):
        return None
    if (
        statements.within_quotes(line, dates[0].start)
        or _nowadays(line.text, dates[0])
        or _to_come(line.text, dates[0], published)
        or _long_ago(line, dates[0], reading)
        # What has gone on since March did not happen in March.
        or re.search(r"\bsince\b", line.text[: dates[0].start + 6][-12:], re.IGNORECASE)
        or re.match(r"Since\b[^,]*$", line.text[: dates[0].start])
    ):
        return None
    alone = statements.of(line)
    return (dates[0], alone) if alone and alone.firm and not alone.presumes else None


def _of_another(text: str, dated: Dated, published: date) -> bool:
    """Whether a date belongs to a noun, a bound, a circumstance or a wish and not to what the sentence tells."""
    before, after = _LINKED.sub("B", text[: dated.start]), text[dated.end :]
    ranged = re.search(r"\d ?[-–—]$", before)
    unheralded = dated.day() > published and not dated.deictic and not _HERALDED.search(text)
    says_which = _SAYS_WHICH.search(before) and re.match(r" [a-z]", after) and dated.precision == "day"
    aside = _CIRCUMSTANCE.match(before) and "," in after
    owned = _ITS_NOUN.search(before) and re.match(r" (?:[a-z]+ing|that|to)\b", after)
    other = says_which or aside or owned or ranged or unheralded or text[dated.start :].startswith("9/11")
    return bool(other or _BOUND.match(before) or _ASKED.search(before))


_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)


def _to_come(text: str, dated: Dated, published: date) -> bool:
    """Whether a weekday that was taken for a past one is to come: ``will meet on Friday`` in a Friday's paper."""
    if dated.day() > published or not _WEEKDAY.fullmatch(text[dated.start : dated.end].removeprefix("on ")):
        return False
    return bool(re.search(r"\b(?:will|going to|due to|set to)\b", text))


# "Today, the court ruled": something happened or will before anything merely is.
_HAPPENED = re.compile(
    r"^(?:(?!\b(?:is|are|has|have|says?|does|do|remains?|seems?)\b(?! (?:to|expected|set|due|being)\b)).)*?"
    r"\b(?:was|were|had|will|said|told|began|won|lost|met|made|took|gave|\w{3,}ed|"
    r"(?:is|are) (?:to|expected|set|due|being))\b"
)
_YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")


_AHEAD = re.compile(r"\b(?:will|scheduled|due|set to|expected|plans?|planned|intends?)\b")


def _long_ago(line: Line, dated: Dated, reading: Reading) -> bool:
    """Whether a day of a month without a year follows a year long past: it goes on with that story."""
    if _AHEAD.search(line.text) or not re.search(r"\d", line.text[dated.start : dated.end]):
        return False
    before = next((other for other in reading.lines if other.number == line.number - 1), None)
    if before is None or before.paragraph != line.paragraph or _YEAR.search(line.text):
        return False
    years = [int(year) for year in _YEAR.findall(before.text)]
    return bool(years) and max(years) < min(reading.article.published.year - 1, dated.day().year)


_STATE = re.compile(
    r"\b(?:is|are|has|have|remains?)\b(?!.*\b(?:announced|published|released|reported|filed|arrested|killed|sentenced|"
    r"expected|scheduled|set|due|to|being|opened|died|said)\b)"
)


_HABIT = re.compile(
    r"^In [A-Z][a-z]+, .{0,60}?\b(?:gets?|comes?|falls?|rises?|is|are|has|have|begins?|starts?|brings?)\b"
)


def _nowadays(text: str, dated: Dated) -> bool:
    """Whether ``today`` means these days: the clause before it tells how things are, not what happened."""
    if text[dated.start : dated.end].lower() != "today":
        return False
    before, after = text[: dated.start], text[dated.end : dated.end + 100]
    if re.search(r"\b(?:has|have) (?:\w+ )?(?:been|remained|continued)\b|\b(?:continues?|remains?|still)\b", before):
        return True
    opens = len(before.split()) <= 2
    return bool(_STATE.search(before)) or (opens and not _HAPPENED.match(after))


_MAIN_VERB = re.compile(
    r"\b(?:was|were|is|are|has|had|will|said|told|\w{3,}ed|began|won|lost|met|went|"
    r"came|took|gave|made|left|fell|rose|held|found|struck|shot|hit|sent|set|put|"
    r"led|beat|sold|bought|became|launched|quit|spoke|wrote|flew|drew|ran|shut|cut|broke|burst|fought|threw)\b"
)


# "The ship, which will sail on April 9, …"; "her film, out on May 1": another verb's date.
_RELATIVE = re.compile(
    r",? (?:which|who|whose|where|when|having)\b[^,]*$|\bthat [a-z]+(?:s|ed)\b[^,]*$|"
    r"(?<!was )(?<!were )(?<!been )(?<!be )(?<!is )(?<!are )\b(?:out|due|available|released|published|"
    r"scheduled|opening|dated|to be \w+(?:ed|ld|wn|en))"
    r"(?:\s(?:on|in|by|at) [\w’']+)?\s(?:on |in )?$|"
    # "A charity formed on May 3": the deed of what is only described.
    r"(?:, (?:an?|the)|\b(?:for|of|with|by|from) an?) [^,]*\b[a-z]+ (?:formed|founded|created|launched|held|signed|"
    r"built|"
    r"made|set up|born|killed|arrested|filed|written|sent|opened|published)\s(?:on |in )?$"
)
# "At a rally on Tuesday, she spoke" opens with its day; "Twelve states vote on Tuesday, as did two" does not.
_OPENING = re.compile(
    r"[\"“]?(?:[A-Z][a-z]+ing|At|In|On|During|Late|Early|Earlier|Later|Just|Then|Also|Separately|And|But|From|Under|For|"
    r"With|As|To|Before|After|Only|Even|This|That|By|Meanwhile|Shortly|Within|Over|Around|Since|[A-Z][a-z]+ly)\b"
)
# Behind these the date belongs to a participle: "wants to end the tariffs imposed on May 1".
_PRESENT = re.compile(
    r"\b(?:wants?|says?|needs?|seeks?|plans?|includes?|means?|shows?|tells|told|said that|announced that|has decided)\b"
)


# "Black Friday 2025 is going to be busy", "Thursday marks a year": the day itself is what is told of.
_SUBJECT = re.compile(r"(?:, [^,]*,)? (?:is|was|will|has|had|falls|fell|marks|marked|seems|promises)\b")


# "Through June 30, forty had applied": the day ends a time, and nothing happened on it.
_BOUNDS = re.compile(r"(?:Through|Until|By|After|Before|From|Since|Between|As of|Ahead of|Up to|Prior to)\b")


def _of_the_clause(text: str, dated: Dated) -> bool:
    """Whether the date belongs to the sentence's own verb: it opens the sentence, or follows that verb unparted."""
    before = text[: dated.start]
    if (not before and _SUBJECT.match(text[dated.end :])) or text[dated.end : dated.end + 2] in ("'s", "’s"):
        return False
    if _BOUNDS.match(before):
        return False
    if re.search(r"(?:\b(?:on|in|at|early|late|On|In|Early|Late)\s)?$", before) and len(before.split()) <= 2:
        return dated.precision == "day" or bool(re.match(r"(?:In|Early|Late|On)?\s*$", before))
    if (
        text[dated.end : dated.end + 1] == ","
        and "," not in before
        and not _MAIN_VERB.search(before)
        and not _OTHERS.search(before)
        and (_OPENING.match(text) or not dated.deictic)
    ):
        return dated.precision == "day"
    if _OTHERS.search(before) or _RELATIVE.search(before):
        return False
    clause = before.split(",")[0] if before.count(",") > 1 else before
    if _PRESENT.search(clause) or len(_MAIN_VERB.findall(clause)) > 2:
        return False
    return dated.precision == "day" and bool(_MAIN_VERB.search(clause))
