"""What is to come, and what went before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set

from bot.digesters.extractive.clauses import VERB
from bot.digesters.extractive.dating import Dated
from bot.digesters.extractive.points import as_statement, of_itself
from bot.digesters.extractive.ranking import stems
from bot.digesters.extractive.statements import Stated, Statements
from bot.digesters.extractive.text import Line, Reading
from bot.domain.digests import Statement

_MOST_NEXT, _MOST_BACKGROUND = 3, 3
_RECENT = 31
# Something is arranged: no day need be named.
_ARRANGED = (
    # A plan that someone has is a matter of its own: "part of a plan to", "anger over the plans to".
    r"(?<!\ba )(?<!\bthe )(?<!\bof )(?<!\bany )(?<!\bno )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\btheir )"
    r"(?<!['’]s )"
    r"(?<!s['’] )(?<!\bup )(?<!\bover )(?<!\bputting )plans? to|"
    r"planning to|is expected to|are expected to|is due (?:to|on|in|next)|are due|(?:is|are) set to|"
    r"(?:is|are) scheduled|(?:is|are) slated|intends? to|is to be|are to be|is planned|are planned"
)
_LEAST_REPEATED = 2
_WEEKDAY = r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
# "Officially sworn in on Monday afternoon" says no more than "sworn in on Monday".
_NUANCE = re.compile(rf"\b\w+ly\b|\b(?:morning|afternoon|evening|night)\b|\b(?:{_ARRANGED})\b")
_FUTURE = re.compile(rf"\b(?:{_ARRANGED}|will (?!not be known|nonetheless|still be|always|be able to|remain))\b")
_SURE = re.compile(rf"\b(?:{_ARRANGED})\b")
# A bare "will" tells of abilities and hopes as often as of what is to happen; a time tells them apart.
_TIME = re.compile(
    r"\b(?:tomorrow|tonight|later (?:this|today|on|in)|this (?:week|month|year|summer|autumn|fall|winter|"
    r"spring|weekend|"
    r"evening|afternoon)|(?:next|coming) (?:few )?(?:week|month|year|season|summer|autumn|fall|winter|"
    r"spring|days|weeks|"
    r"months|years|\w+day)|(?<!as )soon|shortly|by the end of|from (?:next|now)|"
    r"in (?:the )?\w+ (?:days|weeks|months))\b"
)
_NEXT_TIME = re.compile(r"(?<![Tt]he )\b[Nn]ext (?:week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_DOUBT = re.compile(
    r"\b(?:if|would|could|might|unless|whether|(?-i:may)|hopes?|hoping|wants?|believes?|"
    r"thinks?|always|usually|often|never|every|"
    r"undoubtedly|probably|perhaps|surely|certainly|sounds like|shaping up)\b|\?|\bwho will\b|\bthat will\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:because|fear\w*|worr\w+|concern\w*|doubt\w*|when|before|after|while|although|though|which|who|whose|"
    r"whether|where|since|what|than|insist\w*|argu\w*|claim\w*|suggest\w*|worth|as|so \w+)\b"
)
_TOLD_AS_PAST = re.compile(
    r"\b(?!said\b|announced\b|confirmed\b|told\b|added\b|needed\b|expected\b|scheduled\b|planned\b|called\b|united\b)"
    r"(?:\w{3,}ed|began|won|lost|met|went|came|took|gave|made|left|fell|rose|held|found|sent|was|were|had)\b",
    re.IGNORECASE,
)


def _repeats(part: str, statements: Statements) -> bool:
    """Whether the points have told already what is to come, with its number: ``is expected to lose 9m crowns``."""
    words = set(stems(_NUANCE.sub("", part)))
    dated = re.search(rf"\d|{_WEEKDAY}", part)
    return len(words) >= _LEAST_REPEATED and dated is not None and words <= statements.known


# "The firm, founded in 1990, plans to": what stands between commas is another matter.
_BETWEEN_COMMAS = re.compile(r",[^,]*,")


def next_of(reading: Reading, statements: Statements, taken: Set[int]) -> tuple[Statement, ...]:
    """What is to come, as the article says plainly: no conditions, no one's hopes, nothing between quotation marks."""
    published = reading.article.published.date()

    def ahead(line: Line) -> bool:
        text = line.text
        if _DOUBT.search(text):
            return False
        match = _FUTURE.search(text)
        if match and _repeats(text[match.start() :], statements):
            return False
        if match and not _ASIDE.search(text[: match.start()]):
            later = [d for d in reading.dates[line.number] if d.last_day() > published]
            past = _TOLD_AS_PAST.search(_BETWEEN_COMMAS.sub("", text[: match.start()]))
            return not past and bool(_SURE.search(text) or _TIME.search(text) or later)
        timed = _NEXT_TIME.search(text)
        return (
            bool(timed) and not _TOLD_AS_PAST.search(text) and not _ASIDE.search(text[: timed.start() if timed else 0])
        )

    return tuple(_plain(reading, statements, taken, ahead, _MOST_NEXT))


_PAST = re.compile(
    # "Letters previously marked as secret" are letters of today.
    r"\b(?:(?<=\bhas )previously|(?<=\bhave )previously|(?<=\bhad )previously|(?<=\bwas )previously|"
    r"(?<=\bwere )previously|in the past(?! (?:few |two |three )?years?\b|"
    r" (?:\w+ )?(?:days?|weeks?|months?|hours?|sessions?|quarters?|games?|matches)\b)|"
    r"years? ago|decades ago|for decades|since (?:19|20)\d\d|last year|earlier this "
    r"(?:year|month)|founded in|was first|historically|in recent (?:years|months|weeks))\b"
)
# These date something else than what the sentence tells.
_ANOTHER = re.compile(
    r"\b(?:from|of|than|after|before|by|until|since|following|dating|ended|ending|worth|imposed|planned|selected|published|released|"
    r"scheduled|announced|expected|for)\s(?:(?!on\b|in\b)[\w’'.$%-]+\s){0,4}$|"
    r"\b\w{3,}ed by (?:[\w.’']+ ){1,4}(?:in |on )?$|\bcompared (?:to|with)\b[^,]*$|"
    r"\b(?:that|which|who|whose|when|where|as|because|although|though|after|before|until|if)\b[^,]*$"
)
_PRESENT = re.compile(
    r"\b(?:wants?|says?|seeks?|includes?|means?|shows?|reports?|claims?|fears?|is|are|am|looks?|expects?|continues?|"
    r"remains?|believes?|thinks?|hopes?|warns?|predicts?|joins?|ensures?|makes?|comes?|could|might)\b"
)
_NEWS = re.compile(
    r"^If\b|\bfirst (?:\w+ ){0,7}since\b|\bfirst (?:\w+ ){0,4}(?:in (?:\w+ ){0,3}(?:years|decades))\b|\bfirst time\b|"
    r"\bwould (?:likely|probably|have to)\b"
)


# "The 2018 model", "Harbour Manager 2005": the year belongs to a name.
_IN_A_NAME = re.compile(
    r"(?i:\b(?:the|an?|its)|[’']s) $|[a-z,] (?:[A-Z][\w’'-]+ )*(?!Christmas|Easter|Spring|Summer|Autumn|Fall|Winter)"
    r"[A-Z][\w’'-]+ $"
)
_IRREGULAR = re.compile(
    r"\b(?:has|have|bought|sold|built|spent|kept|wrote|spoke|grew|became|ran|led|paid|cut|put|set|hit|shot|struck|died|said|"
    r"told|announced|broke|drew|flew|saw|heard|read|beat|stood|brought|taught|caught|fought|thought|drove|chose|rode)\b"
)


def _in_apposition(text: str, dated: Dated) -> bool:
    """Whether a date belongs to what only describes someone: ``Roe, the champion of 2000, has been charged``."""
    before = re.search(r", (?!(?:on|in) $)[^,]*$", text[: dated.start])
    after = re.match(r"[^,]*,", text[dated.end :])
    return bool(before and after and not VERB.search(f"{before[0]} {after[0]}"))


def background_of(reading: Reading, statements: Statements, taken: Set[int]) -> tuple[Statement, ...]:
    """What went before: sentences that tell of a time well before publication, in the past."""
    # What is of the last weeks is still the news, and so are last month's figures; undated news may be old itself.
    edge = 0 if reading.article.undated else reading.article.published.toordinal() - _RECENT
    first = {line.number for line in reading.body[:2]}

    def old(dated: Dated, text: str) -> bool:
        before = text[: dated.start]
        if dated.precision == "year" and _IN_A_NAME.search(before):
            return False
        # "The most since October" is today's news, and so is what has been "since the war began in October".
        if before and re.match(r"since\b", text[dated.start :], re.IGNORECASE):
            return False
        if re.match(r"Since\b[^,]*\b(?:\w+ed|began|took|came|fell|left|was|were|had)\b[^,]*$", before):
            return False
        if _in_apposition(text, dated) or text[dated.start :].startswith("9/11"):
            return False
        return dated.last_day().toordinal() <= edge and not _ANOTHER.search(before) and not _PRESENT.search(before)

    def older(line: Line) -> bool:
        text = line.text
        past = _TOLD_AS_PAST.search(text) or _IRREGULAR.search(text)
        if line.number in first or _FUTURE.search(text) or _NEWS.search(text) or not past:
            return False
        dates = reading.dates[line.number]
        if dates and all(d.last_day().toordinal() <= edge for d in dates) and any(old(d, text) for d in dates):
            return True
        match = _PAST.search(text)
        if match is None or _PRESENT.search(text[: match.start()]):
            return False
        since = match[0].startswith(("since", "for decades", "in recent"))
        aside = since and re.search(r"\b(?:said|says|told)\b", text[: match.start()])
        aside = aside or _ANOTHER.search(text[: match.start()])
        return not aside and (not since or bool(re.search(r"\b(?:has|have|had)\b", text[: match.start()])))

    return tuple(_plain(reading, statements, taken, older, _MOST_BACKGROUND))


def _plain(
    reading: Reading, statements: Statements, taken: Set[int], fits: Callable[[Line], bool], most: int
) -> Iterable[Statement]:
    found: list[Stated] = []
    for line in reading.body:
        if len(found) == most:
            break
        if line.number in taken or re.search(r"[\"“”]", line.text) or not fits(line):
            continue
        alone = statements.of(line)
        if alone and alone.firm and not alone.presumes and not of_itself(alone.text, reading.article.outlet.name):
            found.append(alone)
    return tuple(as_statement(each) for each in statements.introduced(found))
