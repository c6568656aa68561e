"""How sure a match is, and why, in words."""

from __future__ import annotations

from bot.index.codes import (
    BEGINNING,
    EQUAL,
    INITIAL,
    JOINED,
    KNOWN,
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
    (TITLED, "title"),
    (REORDERED, "reordered"),
)


def reason(flags: int) -> str:
    """Why a name fits, in words for a card; ``flags`` as the engine tells them."""
    return next((words for bit, words in _REASONS if flags & bit), "folded")


def calibrated(score: float, flags: int, folded: bytes) -> float:
    """From how well a name fits, 0..1, how sure it is to be meant: 0.5 and above is an answer."""
    if not flags & ~(1 << EQUAL | PART | REORDERED | TITLED):
        return PART_OF_NAME[0] if flags & PART else 0.93
    if flags & MORE:
        score *= 0.8
    if flags & KNOWN:
        score *= 0.9
    return min(0.94, max(0.0, (score - 0.3) / 0.7))


def acronym(name: str) -> str:
    """The initials of a name of three words or more, small words and legal forms left out; empty for others."""
    words = [word for word in fold(name).split() if not KINDS.get(word)]
    return "".join(chr(word[0]) for word in words).upper() if 3 <= len(words) <= 8 else ""
