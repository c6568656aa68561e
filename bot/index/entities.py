"""Names to entities: tokens of the query aligned with tokens of each name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz.distance import OSA

from bot.index.records import Completion, EntityRecord, Match

_TITLES = frozenset("president senator minister prime dr mr mrs ms prof sir pope king queen".split())
_LONGEST = 200


def _folded(text: str) -> list[str]:
    """Words of ``text`` in small ASCII letters and digits."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST].casefold())
    plain = anyascii("".join(c for c in decomposed if not unicodedata.combining(c))).lower()
    return "".join(c if c.isalnum() else " " for c in plain.replace("'", "")).split()


def _alike(asked: str, word: str) -> float:
    """How alike two words are, 0..1; 0 where they are too far apart to be one word misspelt."""
    distance = OSA.distance(asked, word)
    allowed = 0 if len(asked) < 4 else 1 if len(asked) < 6 else 2
    return 0.0 if distance > allowed else 1.0 - distance / max(len(asked), len(word))


def _aligned(asked: list[str], name: list[str]) -> float:
    """Share of the query that finds its word in the name; a little less for what the name has besides."""
    free = list(name)
    found = 0.0
    for word in asked:
        best = max(free, key=lambda other: _alike(word, other), default="")
        if best and _alike(word, best):
            found += _alike(word, best) * len(word)
            free.remove(best)
    share = found / max(1, sum(map(len, asked)))
    return share * (0.9 if free else 1.0)


class EntityIndex:
    """Entities by their names."""

    def __init__(self) -> None:
        self._records: dict[str, EntityRecord] = {}
        self._names: dict[str, list[tuple[str, list[str]]]] = {}

    @classmethod
    def build(cls, records: Iterable[EntityRecord]) -> EntityIndex:
        """An index of ``records``."""
        index = cls()
        for record in records:
            index.add(record)
        return index

    def add(self, record: EntityRecord) -> None:
        """Make ``record`` findable at once; it replaces an earlier one of its id."""
        self._records[record.id] = record
        self._names[record.id] = [(name, _folded(name)) for name in (record.name, *record.aliases)]

    def remove(self, id: str) -> None:  # noqa: A002 - the pinned interface's word
        """Forget the entity; nothing happens where it is unknown."""
        self._records.pop(id, None)
        self._names.pop(id, None)

    def __len__(self) -> int:
        return len(self._records)

    def search(self, query: str, limit: int = 5, kind: str | None = None) -> list[Match]:
        """The entities ``query`` may mean, best first."""
        asked = _folded(query)
        asked = [word for word in asked if word not in _TITLES] or asked
        found = []
        for record in self._records.values():
            if kind is not None and record.kind != kind:
                continue
            scored = [(_aligned(asked, words), name, words) for name, words in self._names[record.id]]
            score, alias, words = max(scored, key=lambda each: each[0])
            if score > 0.3:
                reason = "exact" if words == asked else "reordered" if sorted(words) == sorted(asked) else "typo"
                found.append((score, record, alias, "part of the name" if score == 0.9 else reason))
        found.sort(key=lambda each: (-each[0], -each[1].weight, each[1].id))
        return [Match(r.id, r.name, score, alias, reason, r.kind) for score, r, alias, reason in found[:limit]]

    def complete(self, prefix: str, limit: int = 25, kind: str | None = None) -> list[Completion]:
        """The entities whose name goes on from ``prefix``, at any of its words, most prominent first."""
        asked = " ".join(_folded(prefix))
        found = []
        for record in self._records.values():
            if kind is not None and record.kind != kind:
                continue
            for name, words in self._names[record.id]:
                if any(" ".join(words[i:]).startswith(asked) for i in range(len(words))):
                    found.append((record, name))
                    break
        found.sort(key=lambda each: (-each[0].weight, each[0].name))
        return [Completion(r.id, r.name, r.name if r.name == n else f"{r.name} ({n})") for r, n in found[:limit]]
