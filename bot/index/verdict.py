"""Tells a clear winner, a tie and no match apart.

The rule: matches that score at least ``ANSWER`` are answers. The best of them is found if it leads every other answer
by more than ``TIE``; otherwise all that are within ``TIE`` of the best are meant alike and the asker chooses. Scores
are made for this rule: they do not depend on prominence, and a query that only says a part of several names (their
surname, say) scores alike for all of them, however long the rest of the name is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.index.records import Match

ANSWER = 0.5
TIE = 0.1
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One entity is meant."""

    match: Match


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several are meant equally well, most prominent first."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing by that name; these come nearest."""

    nearest: tuple[Match, ...]


Verdict: TypeAlias = Found | Ambiguous | Unknown


def verdict(matches: Sequence[Match]) -> Verdict:
    """What ``matches`` of one query, best first, amount to."""
    if not matches or matches[0].score < ANSWER:
        return Unknown(tuple(matches[:_NEAREST]))
    best = matches[0]
    alike = tuple(m for m in matches if m.score >= max(ANSWER, best.score - TIE))
    return Found(best) if len(alike) == 1 else Ambiguous(alike)
