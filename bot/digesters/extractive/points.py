"""What the article comes to: key points, what follows, what went before, why it matters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set

from bot.digesters.extractive import ranking
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.dates import dates_in
from bot.digesters.extractive.statements import Stated, stated
from bot.digesters.extractive.text import Line, Reading
from bot.domain.digests import Statement

_MOST_POINTS, _MOST_NEXT, _MOST_BACKGROUND = 5, 3, 3


def key_points_of(reading: Reading, resolver: Resolver) -> tuple[Statement, ...]:
    """The sentences the article turns on, each able to stand alone, none repeating another."""
    lines = reading.body[: ranking.MAX_RANKED]
    values = ranking.scores([line.text for line in lines], reading.article.title)
    ready: list[tuple[Stated, float]] = []
    for line, value in zip(lines, values, strict=True):
        alone = stated(line, resolver)
        if alone:
            ready.append((alone, value - 0.35 * alone.hangs - 0.15 * _told_in_person(alone.text)))
    # A list of hanging sentences would be worse than a short one.
    firm = [pair for pair in ready if not pair[0].hangs] or ready
    count = max(1, min(_MOST_POINTS, 1 + len(lines) // 4))
    chosen = ranking.choose([s.text for s, _ in firm], [v for _, v in firm], count)
    return tuple(_statement(firm[i][0]) for i in chosen)


def _told_in_person(text: str) -> bool:
    """Whether the writer speaks as ``I`` or ``we``, or to ``you``: an editor would not repeat it as a fact."""
    outside = re.sub(r"[\"“].*?[\"”]", "", text)
    return bool(re.search(r"\b(?:I|we|you|my|our|your|us|me|I[’']\w+)\b", outside))


def _statement(alone: Stated) -> Statement:
    return Statement(text=alone.text, evidence=tuple(sorted(set(alone.evidence))))


_FUTURE = re.compile(
    r"\b(?:will (?!not be known)|plans? to|planning to|is expected to|are expected "
    r"to|is due (?:to|on|in|next)|are due|is set to|are set to|"
    r"is scheduled|are scheduled|is slated|intends? to|is to be|are to be|is planned|"
    r"are planned|(?<!the )next (?:week|month|year))\b"
)
_DOUBT = re.compile(
    r"\b(?:if|would|could|might|unless|whether|may|hopes?|hoping|wants?|believes?|"
    r"thinks?|always|usually|often|never|every)\b|\?|\bwho will\b|\bthat will\b",
    re.IGNORECASE,
)


_ASIDE = re.compile(
    r"\b(?:because|fear\w*|when|before|after|while|although|though|which|who|whose|"
    r"whether|where|since|insist\w*|argu\w*|claim\w*|suggest\w*|worth|as)\b"
)


def _ahead(line: Line) -> bool:
    """Whether the sentence's own clause looks forward: neither in doubt nor in an aside."""
    match = _FUTURE.search(line.text)
    return (
        bool(match) and not _DOUBT.search(line.text) and not _ASIDE.search(line.text[: match.start()])
        if match
        else False
    )


def next_of(reading: Reading, resolver: Resolver, taken: Set[int]) -> tuple[Statement, ...]:
    """What is to come, as the article says plainly: no conditions, no one's hopes, nothing between quotation marks."""
    return tuple(
        _plain(
            reading,
            resolver,
            taken,
            _ahead,
            _MOST_NEXT,
        )
    )


_PAST = re.compile(
    r"\b(?:previously|in the past(?! (?:few |two |three )?(?:days?|weeks?|hours?))|"
    r"years? ago|decades ago|for decades|since (?:19|20)\d\d|last year|earlier this "
    r"(?:year|month)|founded in|was first|historically|in recent (?:years|months|"
    r"weeks))\b"
)


def background_of(reading: Reading, resolver: Resolver, taken: Set[int]) -> tuple[Statement, ...]:
    """What went before: sentences dated well before publication or told in the pluperfect."""
    published = reading.article.published.date()
    edge = published.toordinal() - 6
    first = {line.number for line in reading.body[:2]}

    def older(line: Line) -> bool:
        if line.number in first or _FUTURE.search(line.text):
            return False
        dates = dates_in(line.text, published)
        return (bool(dates) and all(d.last_day().toordinal() <= edge for d in dates)) or bool(_PAST.search(line.text))

    return tuple(_plain(reading, resolver, taken, older, _MOST_BACKGROUND))


def _plain(
    reading: Reading, resolver: Resolver, taken: Set[int], fits: Callable[[Line], bool], most: int
) -> Iterable[Statement]:
    count = 0
    for line in reading.body:
        if count == most:
            return
        if line.number in taken or re.search(r"[\"“”]", line.text) or not fits(line):
            continue
        alone = stated(line, resolver)
        if alone and not alone.hangs and not _told_in_person(alone.text):
            count += 1
            yield _statement(alone)


_WHY = re.compile(
    r"\b(?:for the first time|first time (?:in|since|that)|the first (?:\w+ ){1,4}(?:since|"
    r"in (?:more than|over|nearly|almost|\d|a|two|three|four|five|ten|decades))|"
    r"marks? (?:a|the) (?:\w+ ){0,3}(?:shift|end|change|step|turning|escalation|milestone|"
    r"blow|victory|first|reversal|setback|start|return)|unprecedented|"
    r"(?:the|its) (?:biggest|largest|worst|deadliest|highest|lowest|most \w+) (?:\w+ "
    r"){0,4}(?:since|in (?:more than|over|nearly|decades|years|\d|history|a decade|"
    r"a generation)|ever|on record)|"
    r"could (?:affect|lead|reshape|threaten|pave|open|mean|change|force|cost|have)|"
    r"raises? (?:fears|concerns|questions|doubts|hopes)|paves? the way|"
    r"(?:major|significant|serious|severe|heavy|crucial|historic) (?:blow|step|setback|"
    r"implications|consequences|threat|shift|victory|defeat|breakthrough)|at stake|"
    r"turning point|record (?:high|low)|"
    r"the (?:move|decision|ruling|deal|vote|agreement) (?:means|could|would|marks))\b",
    re.IGNORECASE,
)


def why_of(reading: Reading, resolver: Resolver) -> Statement | None:
    """The first sentence behind the lead that itself says what hangs on the news; most articles have none."""
    for line in reading.body[:20]:
        if _WHY.search(line.text) and not re.search(r"[\"“”]", line.text):
            alone = stated(line, resolver)
            if (
                alone
                and not _told_in_person(alone.text)
                and not re.match(r"(?:It|They|This|These|Those|That|There)\b", alone.text)
            ):
                return _statement(alone)
    return None
