"""Names to entities, in whatever spelling they are asked."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from threading import Lock

from bot.index.completing import Completing
from bot.index.folding import fold
from bot.index.ids import Ids
from bot.index.names import Names
from bot.index.records import Completion, EntityRecord, Match
from bot.index.search import Search
from bot.index.verdict import ANSWER
from bot.index.words import KINDS, LEGAL, PRIOR, RELATED, TITLE

_LEGAL = [word for word, kind in KINDS.items() if kind == LEGAL]
_TITLES = [word for word, kind in KINDS.items() if kind == TITLE]
_COMMON = [(word, expected) for word, expected in PRIOR.items() if KINDS.get(word) not in (LEGAL, TITLE)]
#: What a match needed, most telling first: bits of the alignment, and the word for it.
_REASONS = (
    (32, "transliteration"),
    (16, "typo"),
    (8, "nickname"),
    (4, "spacing"),
    (3, "initials"),
    (128, "some of the words"),
    (256, "part of the name"),
    (512, "title"),
    (1024, "legal form"),
    (64, "reordered"),
)
_REASON_OF = [next((word for bits, word in _REASONS if how & bits), "folded") for how in range(2048)]
_SPELT, _LACKS, _LATIN = 16 | 32, 128, "\u036f"
_BY_SCORE = attrgetter("score")
#: Alignment scores from here on are answers; the scale is bent so that this is 0.5.
_ANSWERED = 0.816
#: What a single word scores that is but a part of the name, even where it is recorded as an alias as well.
_PART = 0.94
#: What it scores at most beside a word that is not of it: a Hugo Rodríguez is hardly the Delcy Rodríguez on record.
_UNSURE_PART = 0.9 * _ANSWERED
_LONGEST_ACRONYM = 8
#: Changes are kept beside the settled index until there are so many, and an eighth of the names.
_UNSETTLED = 2048


class EntityIndex:
    """Entities by their names. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kinds: dict[str, int] = {}
        self._kind_names: list[str] = []
        self._fill(())

    @classmethod
    def build(cls, records: Iterable[EntityRecord]) -> EntityIndex:
        """An index of ``records``; of several with one id the last counts."""
        index = cls()
        index._fill(records)
        return index

    def _fill(self, records: Iterable[EntityRecord]) -> None:
        """Begin anew with ``records``, numbered by prominence."""
        self._ids = Ids()
        self._written: list[str] = []
        self._parts: set[int] = set()
        self._acronyms: set[int] = set()
        self._core = Names(_LEGAL, _TITLES, _COMMON)
        last = {record.id: record for record in records}
        ordered = sorted(last.values(), key=lambda record: -record.weight)
        self._core.reserve(len(ordered), sum(1 + len(record.aliases) for record in ordered))
        for record in ordered:
            self._enter(record)
        self._core.settle()
        self._search, self._completing = Search(self._core, RELATED), Completing(self._core)

    def _enter(self, record: EntityRecord) -> None:
        if (earlier := self._ids.put(record.id)) >= 0:
            self._core.remove(earlier)
        kind = self._kinds.get(record.kind, -1)
        if kind < 0:
            kind = self._kinds[record.kind] = len(self._kinds)
            self._kind_names.append(record.kind)
        self._core.begin(kind, record.weight)
        folded = fold(record.name)
        self._core.add(folded)
        self._written.append(record.name)
        for alias in record.aliases:
            short = fold(alias)
            if b" " not in short.strip() and b" " in folded and short.strip() in folded.split():
                self._parts.add(self._core.count)
            self._core.add(short)
            self._written.append(alias)
        if record.kind == "organisation":
            self._enter_acronym(record.name, folded)

    def _enter_acronym(self, name: str, folded: bytes) -> None:
        words = [word for word in folded.split() if word not in KINDS]
        if 2 < len(words) <= _LONGEST_ACRONYM:
            self._acronyms.add(self._core.count)
            self._core.add(b"".join(word[:1] for word in words))
            self._written.append(name)

    def add(self, record: EntityRecord) -> None:
        """Make ``record`` findable at once; it replaces an earlier one of its id."""
        with self._lock:
            first = self._core.count
            self._enter(record)
            for name in range(first, self._core.count):
                self._core.hang(name)
            if self._core.count - self._core.settled > _UNSETTLED + self._core.settled // 8:
                self._fill([self._record(entity) for entity in self._core.living()])

    def _record(self, entity: int) -> EntityRecord:
        first, end = self._core.first_of(entity), self._core.first_of(entity + 1)
        names = [self._written[name] for name in range(first, end) if name not in self._acronyms]
        kind, weight = self._kind_names[self._core.kind_of(entity)], self._core.weight_of(entity)
        return EntityRecord(self._ids.of(entity), names[0], kind, tuple(names[1:]), weight)

    def remove(self, id: str) -> None:  # noqa: A002 - the pinned interface's word
        """Forget the entity; nothing happens where it is unknown."""
        with self._lock:
            if (entity := self._ids.remove(id)) >= 0:
                self._core.remove(entity)

    def __len__(self) -> int:
        return self._ids.living

    def search(self, query: str, limit: int = 5, kind: str | None = None) -> list[Match]:
        """The entities ``query`` may mean, best first."""
        folded = fold(query)
        number = -1 if kind is None else self._kinds.get(kind, 255)
        matches = self._found(query, folded, limit, number)
        if (not matches or matches[0].score < ANSWER) and (bare := _untitled(folded)):
            titled = [match._replace(reason="title") for match in self._found(query, bare, limit, number)]
            matches = max(titled, matches, key=lambda found: found[0].score if found else 0.0)
        return matches

    def _found(self, query: str, folded: bytes, limit: int, number: int) -> list[Match]:
        with self._lock:
            self._search.find(folded, limit, number)
            matches = [self._match(query, *found) for found in self._search.answer()]
        matches.sort(key=_BY_SCORE, reverse=True)
        return matches

    def _match(self, query: str, name: int, entity: int, score: float, how: int) -> Match:
        written = self._written
        alias = written[name]
        reason = _REASON_OF[how]
        if name in self._parts and how & _LACKS:
            score = min(score, _UNSURE_PART)
        elif name in self._parts and score > _PART:
            score, reason = _PART, "part of the name"
        elif name in self._acronyms:
            reason = "acronym"
        elif not how and query == alias:
            reason = "exact"
        elif how & _SPELT and max(query) > _LATIN:
            reason = "transliteration"
        core = self._core
        kind = self._kind_names[core.kind_of(entity)]
        return Match(self._ids.of(entity), written[core.first_of(entity)], _bent(score), alias, reason, kind)

    def complete(self, prefix: str, limit: int = 25, kind: str | None = None) -> list[Completion]:
        """The entities whose name goes on from ``prefix``, at any of its words, most prominent first."""
        folded = fold(prefix) if not prefix.isspace() else b""
        number = -1 if kind is None else self._kinds.get(kind, 255)
        with self._lock:
            return [self._completion(*found) for found in self._completing.find(folded, limit, number)]

    def _completion(self, name: int, entity: int) -> Completion:
        shown, matched = self._written[self._core.first_of(entity)], self._written[name]
        return Completion(self._ids.of(entity), shown, shown if shown == matched else f"{shown} ({matched})")


def _untitled(folded: bytes) -> bytes:
    """The words behind leading titles, as *president trump* asks for a Trump; empty where no title leads them."""
    words = folded.split()
    titles = next((i for i, word in enumerate(words) if KINDS.get(word) != TITLE), len(words))
    return b" ".join(words[titles:]) if titles else b""


def _bent(score: float) -> float:
    """The score on the scale whose middle parts answers from guesses."""
    if score < _ANSWERED:
        return max(0.0, score * 0.5 / _ANSWERED)
    return min(1.0, 0.5 + (score - _ANSWERED) * 0.5 / (1.0 - _ANSWERED))
