"""What goes into the entity index and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity to be found by any of its names."""

    id: str
    name: str  #: as shown
    kind: str = "person"
    aliases: tuple[str, ...] = ()
    weight: float = 1.0  #: prominence: orders equals, never beats a better match


class Match(NamedTuple):
    """An entity that a query may mean, with how well its closest name fits and why."""

    id: str
    name: str
    score: float  #: 0..1; from 0.5 on it is an answer
    alias: str  #: the name or alias that matched, as recorded
    reason: str  #: in words, such as "exact", "typo" or "nickname"
    kind: str = "person"


class Completion(NamedTuple):
    """An entity whose name goes on from what has been typed."""

    id: str
    name: str
    label: str  #: the name, with the alias that matched where it is another one
