"""The clause of a sentence that a figure stands in: what is told with it, whole or not at all."""

from __future__ import annotations

import re

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A sentence so short is told whole; a clause may be as long as a cell of a table bears.
_SHORT, _LONGEST = 240, 280
# "More like $12,000 per episode": so few words are a sentence only with a verb that shows.
_CURT = 7


# No one states what is asked, nor a clause that stops before its verb: "a clinic in Leeds, where he".
_UNSTATED = re.compile(r"\?[\"”’']?$|\b(?:where|when|which|who|and|but|that|as|because) (?:he|she|it|they|we|I|who)$")
# "… may leak and that crews", cut before what the crews do.
_DANGLING = re.compile(r",? (?:and|but) that (?P<rest>(?:[\w’'-]+ ?){1,4})$")
# What was said ends at its mark: "It cost £40,' he added".
_SAID_AFTER = re.compile(r"[,.][’'] (?:(?:he|she|they)|[A-Z]\w+) (?:said|says|added|told|wrote|explained)\b.*$")


def clause_around(text: str, start: int, end: int) -> str:
    """The whole sentence around a figure where it is short, else its whole clause; nothing where neither will do."""
    clause = _clause_around(text, start, end)
    said = _SAID_AFTER.search(clause)
    if said and clause[: said.start()].count("‘") + clause[: said.start()].count(" '") == 0:
        clause = clause[: said.start()]
    dangling = _DANGLING.search(clause)
    if dangling and dangling.start() > clause.find(text[start:end].strip()) and not VERB.search(dangling["rest"]):
        clause = clause[: dangling.start()]
    return "" if _UNSTATED.search(clause) or text[start:end].strip() not in clause else clause


def _clause_around(text: str, start: int, end: int) -> str:
    if _INCHES.search(text) and len(re.findall(r"[\"“”]", text)) % 2:
        return ""
    low, high = _quoted_part(text, start, end)
    sentence = _bare(text[low:high])
    broken = sentence[:1].islower() and " " in sentence
    if (low == 0 and broken) or sentence.count("(") != sentence.count(")"):
        return ""  # a line that a page has broken in two
    if len(sentence) <= _SHORT and low == 0:
        curt = len(sentence.split()) <= _CURT and not VERB.search(sentence)
        return "" if curt or len(sentence.split()) <= 3 else _told(sentence)
    low, high = _clause(text[:high], start, end, low)
    part = _bare(text[low:high])
    stops = re.search(r"\bthat\b", text[low:start]) and not VERB.search(text[end:high])
    begins = low == 0 or _BEGINS.match(part)
    stops = stops or (_LIMITED.match(sentence) and not _LIMITED.match(part))
    if begins and _is_clause(part) and len(part) <= _LONGEST and not _CUT_OFF.match(part) and not stops:
        return _told(part)
    return _told(sentence) if len(sentence) <= _LONGEST and _is_clause(sentence) else ""


# "11.9 percent were Greek": of whom, the part before it says; "If we cut it by 5%": the part behind it says what then.
_CUT_OFF = re.compile(rf"(?:{NUMBER})(?:%| per ?cent| pct) (?!of\b)|(?:[Ii]f|[Ww]hen|[Ww]hile|[Uu]nless|[Oo]nce)\b")


# "Excluding these items, sales would have risen by 5%": without its limit the number is another one.
_LIMITED = re.compile(r"(?:Excluding|Including|Without|Adjust(?:ed|ing) for|Assuming|Unless|If|Had|Except for)\b")


# A clause of its own begins with what it is about, not with a verb.
_BEGINS = re.compile(
    r"[\"“‘(]?(?:[A-Z\d$£€]|(?:the|an?|its?|their|his|her|some|many|most|more|about|at least|nearly|almost|around|only|"
    r"all|both|each|no|another|few|several|up to|over|just|one|two|three|four|five|six|seven|eight|nine|ten|he|she|"
    r"they|we|I|there|that|this|these|those|what|who|"
    r"[a-z]+ (?:is|are|was|were|has|have|had|will|would|could|can|may|said))\b)"
)


def _bare(part: str) -> str:
    """A stretch without the marks around it; brackets go where they hold all of it."""
    part = part.strip(" ,;:—–-.")
    return part[1:].removesuffix(")").strip(" .") if part.startswith("(") and part.count("(") == 1 else part


# "So far" is no link to the sentence before.
_LINK = re.compile(
    r"^(?:(?:And|But|Yet|So(?! (?:far|much|long|many|too)\b)|and|but|or) |(?:However|Still|Separately|Meanwhile), )"
)


def _told(clause: str) -> str:
    clause = _LINK.sub("", clause)
    return clause[:1].upper() + clause[1:] if re.match(r"[a-z]+ ", clause) else clause


def _quoted_part(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the quotation of some length that holds a figure begins and ends, or the side of a mark without partner."""
    marks = [m.start() for m in re.finditer(r"[\"“”]", text)]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    for opened, closed in pairs:
        if opened < start and end <= closed and closed - opened > 40:
            return opened + 1, closed
    if len(marks) % 2:
        low = max((m + 1 for m in marks if m < start), default=0)
        return low, min((m for m in marks if m >= end), default=len(text))
    return 0, len(text)


# 34" is a length, and no one begins to speak there.
_INCHES = re.compile(r"\d[\"”]")


_DEPENDENT = re.compile(
    r"^(?:its|their|his|her|even (?:if|though|as)|while|which|who|whose|where|when|as|because|since|if|that|"
    r"though|although|with|making|than|to|for|from|at|in|on|of|"
    r"by|up|down|or|nor|including|seasoned|according|said|says|compared|held|then|thereby|but|yet|so|"
    r"(?!\b(?:during|nothing|something|everything|anything|king|spring|morning|evening|being)\b)[a-z]+ing|"
    r"(?:[a-z]+ed|committed|thought|had|has|have|was|were|is|are|will|would|can|could|may|put|run|left|sent|"
    r"went|fell|rose|"
    r"lost|won|made|took|gave|got))\b"
)


def _clause(text: str, start: int, end: int, low: int) -> tuple[int, int]:
    """Where the clause around a figure begins and ends: never within brackets, a quotation or a list."""
    spans = [m.span() for m in re.finditer(r"\([^()]*\)|[\"“][^\"“”]*[\"”]", text)]
    breaks = [
        m
        for m in re.finditer(r"[,;:](?=\s)|\s[—–-]\s|—", text)
        if m.start() >= low and not any(a < m.start() < b for a, b in spans)
    ]
    starts = [low, *(m.end() for m in breaks)]
    ends = [*(m.start() for m in breaks), len(text)]
    first = max(i for i, place in enumerate(starts) if place <= start)
    last = next(i for i, place in enumerate(ends) if place >= end)
    # What stands between commas without a verb of its own only explains what is before it.
    while first > 0 and text[starts[first] - 1] != ";" and not _is_clause(text[starts[first] : ends[first]].strip()):
        first -= 1
    while last + 1 < len(ends) and not _NEW_THOUGHT.match(text[ends[last] : ends[last] + 40]):
        last += 1
    return starts[first], ends[last]


# A clause has ended where a mark is followed by one of these; a list or a predicate goes on.
_NEW_THOUGHT = re.compile(
    r"^[;:]|^\s?[—–-]|"
    r"^, (?:and|but|yet|so|or) (?:\w+ ){1,3}(?:is|are|was|were|has|have|had|will|would|said|\w{3,}ed)\b|"
    r"^, (?:while|which|who|whose|where|when|as|with|according|because|since|after|before|although|though|said|says|"
    r"compared|down|up|including|even|not|per|from|in|on|at|for|to|by|adding|making|leaving|bringing|[a-z]+ing|"
    r"(?:he|she|they|it|[A-Z]\w+) (?:said|says|added|told|wrote))\b"
)


def _is_clause(part: str) -> bool:
    bare = re.sub(r"^(?:and|but|or) ", "", part)
    return bool(len(bare.split()) >= 4 and not _DEPENDENT.match(bare) and VERB.search(bare))


#: A verb that shows as one by its form.
VERB = re.compile(
    r"(?:\b|(?=['’]))(?:was|were|is|are|has|have|had|will|would|could|can|may|said|"
    r"told|\w{3,}ed|began|won|lost|met|went|came|took|gave|made|"
    r"left|fell|rose|held|found|sent|set|put|led|beat|sold|bought|became|cost|costs|grew|paid|spent|saw|sees|gets?|got|"
    r"going|'re|’re|stands?|stood|totals?|includes?|owns?|owes?|needs?|expects?|claims?|shows?|makes?|means?)\b"
)
