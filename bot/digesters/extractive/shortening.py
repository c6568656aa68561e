"""A text cut to a length where it may end."""

from __future__ import annotations

import re

SUBORDINATE = re.compile(
    r"^(?:Because|While|When|As|After|Since|Although|Though|If|By|In|On|At|For|With|Before|Until|During|Despite|Under|"
    r"From|To|Once|Given|Unlike|Like)\b"
)


def shortened(text: str, limit: int) -> str:
    """``text`` cut to ``limit`` characters at a clause's or word's end, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    clause = max(head.rfind(mark) for mark in (". ", "; ", ": ", " – ", " — ", ", "))
    if clause > limit * 0.6:
        return head[:clause].rstrip(" ,;:–—.") + "…"
    return _whole_words(text, limit)


def _whole_words(text: str, limit: int) -> str:
    return LOOSE_END.sub("", text[: limit - 1].rsplit(" ", 1)[0]).rstrip(" ,;:–—.") + "…"


# Small words that lead on to what was cut off.
LOOSE_END = re.compile(
    r"(?:\s(?:a|an|the|and|or|but|of|in|on|at|for|from|to|with|by|as|than|that|its|his|her|their|is|are|was|were))+\s*$",
    re.IGNORECASE,
)


_CLAUSE_ENDS = re.compile(
    r"(?:,|;| [–—-]|(?<=[?!]))\s|\s(?=(?:after|as|while|when|because|which|before|amid|following|although)\s)"
)


# A quotation that has begun and not ended.
_QUOTES_ON = re.compile(r"“[^”]*$|(?<!\w)‘(?:[^’]|’(?=\w))*$|^[^\"]*(?:\"[^\"]*\"[^\"]*)*\"[^\"]*$")


def first_clause(text: str, limit: int) -> str:
    """As many whole clauses of ``text`` from its beginning as make a headline of at most ``limit`` characters."""
    if len(text) <= limit:
        return text.rstrip(".")
    # "As the boats sank, …": what happened then stands behind the comma.
    circumstance = SUBORDINATE.match(text) is not None and ", " in text
    least = max(limit // 3, text.index(", ") if circumstance else 0)
    ends = [m.start() for m in _CLAUSE_ENDS.finditer(text[: limit + 1]) if m.start() > least]
    ends = [end for end in ends if not _QUOTES_ON.search(text[:end])]
    if ends:
        return text[: ends[-1]].rstrip(" ,;:–—")
    return _whole_words(text, limit) if circumstance else shortened(text, limit)
