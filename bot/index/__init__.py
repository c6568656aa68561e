"""The in-memory entity index (names to entities, in any spelling) and the text index; pure, no I/O."""

from __future__ import annotations

from bot.index.entities import EntityIndex
from bot.index.records import Completion, EntityRecord, Match
from bot.index.verdict import ANSWER, Ambiguous, Found, Unknown, Verdict, verdict

__all__ = [
    "ANSWER",
    "Ambiguous",
    "Completion",
    "EntityIndex",
    "EntityRecord",
    "Found",
    "Match",
    "Unknown",
    "Verdict",
    "verdict",
]
