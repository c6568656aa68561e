"""How sure a match is, and why, in words."""

from __future__ import annotations

from math import exp

from bot.index.codes import (
    BEGINNING,
    EQUAL,
    INITIAL,
    JOINED,
    LEGAL,
    MORE,
    NICKNAME,
    PART,
    REORDERED,
    SOUND,
    TITLED,
    TYPO,
)
from bot.index.folding import fold
from bot.index.words import KINDS

EXACT = (1.0, "exact")
FOLDED = (0.99, "folded")
REORDERED_WHOLE = (0.98, "reordered")
TITLED_WHOLE = (0.97, "title")
ACRONYM = (0.96, "acronym")
SPACED = (0.95, "spacing")
PART_OF_NAME = (0.75, "part of the name")
_BEST = 0.94
_BASE, _SLOPE = -15.5, 20.4
_BELIEFS = ((1 << SOUND, 0.8), (1 << INITIAL, -2.0), (1 << NICKNAME, -2.2), (MORE, 2.5), (PART, -1.3))
_PART_AND_INEXACT, _EACH_FURTHER = -1.7, -0.4
# The first that applies is told.
_REASONS = (
    (1 << TYPO, "typo"),
    (1 << SOUND, "transliteration"),
    (1 << NICKNAME, "nickname"),
    (1 << INITIAL, "initials"),
    (1 << JOINED, "spacing"),
    (1 << BEGINNING, "beginning of a word"),
    (MORE, "some of the words"),
    (PART, "part of the name"),
    (LEGAL, "legal form"),
    (TITLED, "title"),
    (REORDERED, "reordered"),
)


def reason(flags: int) -> str:
    """Why a name fits, in words for a card; ``flags`` as the engine tells them."""
    return next((words for bit, words in _REASONS if flags & bit), "folded")


def calibrated(score: float, flags: int, words: int) -> float:
    """How sure a name is to be meant, from how well it fits: 0.5 and above is an answer.

    A logistic curve, fitted to questions for names that are and names that are not in a list: so far apart the best
    fits of both lie. Initials, short forms and words left out fit many names well and are believed less; that a word
    of the question is missing has lowered ``score`` already.

    Args:
        score: as the engine tells it, 0..1.
        flags: likewise.
        words: of the question.
    """
    if not flags & ~(1 << EQUAL | PART | REORDERED | TITLED | LEGAL):
        return (PART_OF_NAME[0] + (0.1 if words > 1 else 0.0)) if flags & PART else 0.93
    inexact = sum(1 for how in (TYPO, SOUND, INITIAL, NICKNAME, BEGINNING, JOINED) if flags & 1 << how)
    evidence = _BASE + _SLOPE * score + sum(belief for bit, belief in _BELIEFS if flags & bit)
    if flags & PART and inexact:
        evidence += _PART_AND_INEXACT
    evidence += _EACH_FURTHER * max(0, inexact - 1)
    return _BEST / (1.0 + exp(-evidence))


def acronym(name: str) -> str:
    """The initials of a name of three words or more, small words and legal forms left out; empty for others."""
    words = [word for word in fold(name).split() if not KINDS.get(word)]
    return "".join(chr(word[0]) for word in words).upper() if 3 <= len(words) <= 8 else ""
