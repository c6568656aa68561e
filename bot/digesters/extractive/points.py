"""What the article comes to: its key points, and why it matters where it says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import replace
from itertools import pairwise

from bot.digesters.extractive import ranking
from bot.digesters.extractive.furniture import without_dateline
from bot.digesters.extractive.genres import said_by
from bot.digesters.extractive.statements import SOON, Stated, Statements
from bot.digesters.extractive.text import Line, Reading
from bot.domain.digests import Statement

_Valued = tuple[Stated, float]
_MOST_POINTS, _ENOUGH = 5, 3
# An essay's claims are read one by one, each with its writer's name: a few give its drift.
_MOST_CLAIMS = 3
# What a sentence loses that holds in general; the first sentence's place is worth .5.
_GENERAL = 0.4
# What a sentence loses that the next one turns round.
_SET_UP = 0.25
# What is told of someone in whose life a report only sets its scene.
_SCENE = 0.3
# Who speaks to a reader comes to the matter late: what shares a word with the headline speaks of it.
_TITLED = 0.8
# Where little of an article can be told by itself it speaks to its reader, and what can be told is hardly its point.
_FEW_POINTS, _SPOKEN_SHARE = 2, 0.3
# A sentence that says only that nothing was said, or addresses the reader, is no point of any story.
_POINTLESS = re.compile(
    r"^(?:Below|Above|Here|The following)(?:(?: the \w+)? (?:is|are|you)|[’']s)\b|"
    r"^If (?!.*\b(?:said|says|told|warned|according)\b)|"
    r"\b(?:declined to (?:comment|say|give|discuss)|(?:did not|didn[’']t|had not|has not) (?:immediately )?(?:respond|"
    r"reply|return|comment)|could not (?:immediately )?be reached|no comment|refused to comment|"
    r"(?:it[’']s|it is) time to \w+|[Ww]elcome to|[Ll]et[’']s|[Ll]et us|remains to be seen|only time will tell)\b|"
    r"\b(?:has|have) (?:\w+ ){1,5}before\.$"
)


def key_points_of(reading: Reading, statements: Statements, taken: Set[int]) -> tuple[Statement, ...]:
    """The sentences the article turns on, each able to stand alone, none repeating another.

    Args:
        reading: the article.
        statements: its sentences as they stand alone.
        taken: numbers of sentences that are told elsewhere already.
    """
    lines = reading.body[: SOON if statements.personal else ranking.MAX_RANKED]
    values = ranking.scores([line.text for line in lines], reading.article.title)
    ready: list[_Valued] = []
    set_up = {line.number for line, below in pairwise(reading.body) if _turns(line, below)}
    for line, value in zip(lines, values, strict=True):
        if statements.below is not None and line.number >= statements.below:
            break
        alone = None if line.number in taken else _told(statements, line)
        if alone and (
            _POINTLESS.search(without_dateline(line.text)) or of_itself(alone.text, reading.article.outlet.name)
        ):
            continue
        if alone:
            titled = statements.personal and statements.touches(line.text)
            general = _in_general(alone.text) and not _heads(reading, statements, line)
            less = _GENERAL * general + _SET_UP * (line.number in set_up) + _SCENE * statements.of_scene(line)
            ready.append((alone, value + _TITLED * titled - less))
    # So would "the" things that no one has heard of, where the rest will do.
    told = [pair for pair in ready if not pair[0].presumes]
    firm = told if len(told) >= 2 or not statements.reports else ready
    # What others say between quotation marks is told with them, and speaks to no reader.
    few = len(firm) < _SPOKEN_SHARE * sum(not statements.spoken(line) for line in lines)
    firm = _enough(firm, lambda stated: statements.follows(stated.text), _ENOUGH if statements.reports else 1)
    if statements.reports and not statements.voice:
        firm = _enough(firm, lambda stated: stated.evidence[-1] >= statements.news, _FEW_POINTS)
    first = reading.body[0]
    plain = {first.number} if _heads(reading, statements, first) else set()
    firm = _enough(firm, lambda stated: stated.evidence[-1] in plain or not _in_general(stated.text))
    count = max(1, min(_FEW_POINTS if few else _MOST_POINTS, 1 + len(lines) // 4))
    if statements.voice:
        count = min(count, 1 if statements.personal else _MOST_CLAIMS)
    chosen = [firm[i][0] for i in ranking.choose([s.text for s, _ in firm], [v for _, v in firm], count)]
    if statements.voice:
        return tuple(as_statement(replace(each, text=said_by(statements.voice, each.text))) for each in chosen)
    return tuple(as_statement(each) for each in statements.introduced(chosen))


# "It leads the league. But it has lost nine games."
_TURNS = re.compile(r"(?:But|Yet|Still|However)\b")


def _turns(line: Line, below: Line) -> bool:
    """Whether a sentence only sets up the next one of its paragraph, which turns it round."""
    return line.paragraph == below.paragraph and _TURNS.match(below.text) is not None


def _told(statements: Statements, line: Line) -> Stated | None:
    """A sentence as a point: its writer's word where the article argues, else one that an editor would repeat."""
    if statements.voice:
        return statements.written(line)
    alone = statements.of(line)
    # The writer's "I" and "you" and a sentence that hangs on another would be worse than a short list.
    return alone if alone and alone.firm else None


def _enough(ready: list[_Valued], fits: Callable[[Stated], bool], least: int = _ENOUGH) -> list[_Valued]:
    """Those that fit, where enough do: asides and what holds in general are points of nothing else."""
    fitting = [pair for pair in ready if fits(pair[0])]
    return fitting if len(fitting) >= least else ready


_HAPPENED = re.compile(
    r"\b(?:\w{3,}ed|said|says|told|was|were|had|won|lost|began|made|took|gave|left|fell|rose|held|found|sent|met|will|"
    r"went|came|became|grew|led|set|cut|put|hit|sold|bought|paid|shot|struck|died|beat|broke|drew|saw)\b"
)


def _in_general(text: str) -> bool:
    """Whether a sentence names no one, counts nothing and tells of nothing that happened: how a feature warms up."""
    named = re.search(r"\d|(?<=[\w,;:’'\"”)] )[\"“‘(]?[A-Z]", text)
    return not named and not _HAPPENED.search(text)


def _heads(reading: Reading, statements: Statements, line: Line) -> bool:
    """Whether a line is the news itself: a report's first sentence that speaks of what the headline does."""
    return line is reading.body[0] and statements.reports and statements.touches(line.text)


# "Port News looks at how the net worked": what a paper does for its readers is none of its news.
_NEWSROOM = re.compile(
    r"(?:The )?(?:[A-Z][\w.’'-]* ){0,3}(?:News|BBC|CNN|NPR|Times|Post|Guardian|Journal|Magazine|Online|Press|Radio|"
    r"Herald|Reuters|Bloomberg|Weekly)(?: [A-Z]\w+)? "
    r"(?:investigates|explores|examines|explains|assesses|analyses|profiles|(?:takes a )?looks?(?: back)? (?:at|into)|"
    r"finds out|asks|rounds up|speaks to|talks to|answers)\b"
)


def of_itself(text: str, outlet: str) -> bool:
    """Whether the paper tells of its own doings."""
    doings = (
        r"(?:reporters?|journalists?|correspondents?|spoke|talked|attended|observed|visited|asked|provides?|"
        r"takes? stock|looks? (?:at|back)|rounds? up|explains?)"
    )
    if _NEWSROOM.match(text):
        return True
    name = re.escape(outlet.split()[0] if len(outlet.split()[0]) > 3 else outlet)
    met = rf"[^,]*\b(?:spoke|talked|sat down|met) (?:to|with) (?:[Tt]he )?{name}\b(?!.*\bthat\b)"
    return (
        re.match(rf"(?:The )?{re.escape(outlet)} {doings}\b|{met}|As (?:The |the )?{name}\b[^,]* reported\b", text)
        is not None
    )


def as_statement(alone: Stated) -> Statement:
    """The record of a statement."""
    return Statement(text=alone.text, evidence=tuple(sorted(set(alone.evidence))))


# "For the first time in a while" makes nothing matter.
_LONG = (
    r"(?:more than |over |nearly |almost )?"
    r"(?:\d+|two|three|four|five|ten|a hundred|decades|a decade|a generation|history)\b"
)
_WHY = re.compile(
    rf"\b(?:for the first time(?=[.,;]| ever\b| in {_LONG})|first time (?:since|that)|first time in {_LONG}|"
    r"the first (?!two|three|four|five|six|few|\d)(?:\w+ ){1,4}(?:since|"
    r"in (?:more than|over|nearly|almost|\d|two|three|four|five|ten|decades))|"
    r"marks? (?:a|the) (?:\w+ ){0,3}(?:shift|end|change|step|turning|escalation|milestone|"
    r"blow|victory|first|reversal|setback|start|return)|(?<!not )unprecedented (?:move|step|decision|act|ruling|power)|"
    r"(?:the|its) (?:biggest|largest|worst|deadliest|highest|lowest|most \w+) (?:\w+ "
    r"){0,4}(?:since|in (?:more than|over|nearly|decades|years|\d|history|a decade|"
    r"a generation)|ever|on record)|"
    r"(?<!\bhe )(?<!\bshe )(?<!\bthey )could (?:affect|reshape|threaten|pave|open|mean|change|force|"
    # What "could have been" is over.
    r"have (?:to|an?|no|big|far|major|serious|wide|severe|significant|lasting|implications|consequences|"
    r"repercussions))|"
    r"raises? (?:fears|concerns|questions|doubts|hopes)|paves? the way|"
    r"(?:major|significant|serious|severe|heavy|crucial|historic) (?:blow|step|setback|"
    r"implications|consequences|threat|shift|victory|defeat|breakthrough)|at stake|"
    r"turning point|record (?:high|low)|"
    r"the (?:move|decision|ruling|deal|vote|agreement) (?:means|could|marks))\b",
    re.IGNORECASE,
)


# "The highest since Nov. 14", "the most since June": a few months make nothing matter.
_MONTH = r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|[A-Z][a-z]{2,3}\.)"
_LATELY = re.compile(rf"(?<=since)(?: last)? (?:early |late )?(?:{_MONTH}|\w+day)(?! \d{{4}}|(?: \d\d?)?, \d{{4}})")


def why_of(reading: Reading, statements: Statements) -> Statement | None:
    """The first sentence behind the lead that itself says what hangs on the news; most articles have none."""
    for line in reading.body[1:20]:
        why = _WHY.search(line.text)
        if why and not _LATELY.match(line.text, why.end()) and not re.search(r"[\"“”]", line.text):
            alone = statements.of(line)
            if alone and alone.firm and not alone.presumes and statements.touches(alone.text):
                return as_statement(statements.introduced([alone])[0])
    return None
