"""Names to entities: whatever spelling a person has in mind, while others are typing."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator

from bot.index import scoring
from bot.index.engine import Engine
from bot.index.folding import fold
from bot.index.records import Completion, EntityRecord, Match
from bot.index.storage import Numbers, Texts
from bot.index.words import KINDS, PARTICLE, TITLE

_MOST = 100
# A fit that is good enough without a look at words two edits away.
_CLEAR = 0.8
_LEAST_CHANGES = 5_000
_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789"


class EntityIndex:
    """Entities by their names, in memory; what is added or removed counts at once.

    Safe to be used from several threads. A million names take about 200 MB.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clear(16)
        self._settle()

    @classmethod
    def build(cls, records: Iterable[EntityRecord]) -> EntityIndex:
        """An index of ``records``; of several with one id, the last counts."""
        index = cls()
        index._clear(1024)
        for record in records:
            index._push(record)
        index._settle()
        return index

    def __len__(self) -> int:
        return self._count

    def add(self, record: EntityRecord) -> None:
        """Make ``record`` findable at once; it replaces an earlier one of its id."""
        with self._lock:
            self._push(record)
            self._tidy()

    def remove(self, id: str) -> None:  # noqa: A002 - the pinned interface's word
        """Forget the entity; nothing happens where it is unknown."""
        with self._lock:
            entity = self._numbers.find(id)
            if entity >= 0 and self._bury(entity):
                self._tidy()

    def search(self, query: str, limit: int = 5, kind: str | None = None) -> list[Match]:
        """The entities ``query`` may mean, best first.

        Args:
            query: a name as someone writes it; its first 400 characters count.
            limit: how many at most.
            kind: only entities of this kind.

        Returns:
            Matches whose scores ``verdict`` reads; empty where nothing comes near.
        """
        code = 0 if kind is None else self._kinds.get(kind, -1)
        folded = fold(query)
        if not folded or code < 0 or limit < 1:
            return []
        limit = min(limit, _MOST)
        with self._lock:
            asked = self._engine.ask(folded)
            found = self._whole(query, folded, asked, code)
            if found and asked == 1 and len(found) < limit:
                found += self._parts(limit, code)
            return self._matches(found or self._nearly(folded, limit, code), limit)

    def complete(self, prefix: str, limit: int = 25, kind: str | None = None) -> list[Completion]:
        """The entities whose name goes on from ``prefix``, at any of its words, the most prominent first.

        Several words must all begin a word of the name; names that begin with them as typed come first. One typing
        error is forgiven where nothing goes on otherwise.
        """
        code = 0 if kind is None else self._kinds.get(kind, -1)
        folded = fold(prefix)
        if not folded or code < 0 or limit < 1:
            return []
        limit = min(limit, _MOST)
        ends = prefix[-1].isspace()
        with self._lock:
            names = self._going_on(folded, limit, code, ends)
            if not names and len(folded) > 2:
                for variant in self._variants(folded):
                    names = self._going_on(variant, limit, code, False)
                    if names:
                        break
            return self._completions(names, limit)

    # ---- filling

    def _clear(self, expected: int) -> None:
        self._engine = Engine(expected)
        self._ids = Texts()
        self._numbers = Numbers(self._ids)
        self._texts = Texts()
        self._kinds: dict[str, int] = {}
        self._kind_names = [""]
        self._weights = array("f")
        self._codes = array("B")
        self._hidden: dict[int, str] = {}
        self._count = 0
        self._changes = 0

    def _push(self, record: EntityRecord) -> None:
        earlier = self._numbers.find(record.id)
        if earlier >= 0:
            self._bury(earlier)
        code = self._kinds.get(record.kind)
        if code is None:
            code = self._kinds[record.kind] = len(self._kind_names)
            self._kind_names.append(record.kind)
        entity = self._engine.push_entity(record.weight, code)
        self._ids.append(record.id)
        self._numbers.append(record.id)
        self._weights.append(record.weight)
        self._codes.append(code)
        for name in (record.name, *record.aliases):
            self._texts.append(name)
            self._engine.push_name(fold(name))
        if record.kind not in ("person", "place"):
            self._push_acronyms(record)
        self._count += 1
        self._changes += 1
        assert entity == len(self._weights) - 1

    def _push_acronyms(self, record: EntityRecord) -> None:
        for name in (record.name, *record.aliases):
            short = scoring.acronym(name)
            if short:
                self._hidden[len(self._texts)] = name
                self._texts.append(short)
                self._engine.push_name(short.lower().encode())

    def _bury(self, entity: int) -> bool:
        if not self._engine.bury(entity):
            return False
        self._count -= 1
        self._changes += 1
        return True

    def _settle(self) -> None:
        order = sorted(range(len(self._weights)), key=self._weights.__getitem__, reverse=True)
        self._engine.settle(array("i", order or [0]))
        self._changes = 0

    def _tidy(self) -> None:
        """Arrange everything anew once about as much was changed as there was, so that no change costs much."""
        if self._changes > max(_LEAST_CHANGES, self._count):
            records = list(self._records())
            self._clear(len(records))
            for record in records:
                self._push(record)
            self._settle()

    def _records(self) -> Iterator[EntityRecord]:
        for entity in range(len(self._ids)):
            if self._engine.is_alive(entity):
                first, end = self._engine.first_of(entity), self._engine.first_of(entity + 1)
                names = [self._texts[name] for name in range(first, end) if name not in self._hidden]
                kind = self._kind_names[self._codes[entity]]
                yield EntityRecord(self._ids[entity], names[0], kind, tuple(names[1:]), self._weights[entity])

    # ---- asking

    def _whole(self, query: str, folded: bytes, asked: int, kind: int) -> list[tuple[float, float, int, str]]:
        """Names that are the question, but for case, accents, order, titles before them, or spaces."""
        found = []
        for name, ordered in self._engine.written(0, asked):
            text = self._texts[name]
            if name in self._hidden:
                score, reason = scoring.ACRONYM
            elif text == query:
                score, reason = scoring.EXACT
            else:
                score, reason = scoring.FOLDED if ordered else scoring.REORDERED_WHOLE
            found.append((score, score, name, reason))
        if not found:
            words = folded.split()
            start = 0
            while not found and start + 1 < asked and KINDS.get(words[start]) in (TITLE, PARTICLE):
                start += 1
                found = [
                    (scoring.TITLED_WHOLE[0],) * 2 + (name, "title") for name, _ in self._engine.written(start, asked)
                ]
        if not found:
            found = [(scoring.SPACED[0],) * 2 + (name, "spacing") for name in self._engine.joined()]
        if kind:
            found = [each for each in found if self._codes[self._engine.owner_of(each[2])] == kind]
        return found

    def _parts(self, limit: int, kind: int) -> list[tuple[float, float, int, str]]:
        score, reason = scoring.PART_OF_NAME
        return [(score, score, name, reason) for name in self._engine.posted(4 * limit, kind)]

    def _nearly(self, folded: bytes, limit: int, kind: int) -> list[tuple[float, float, int, str]]:
        wanted = max(40, 2 * limit)
        words = folded.count(b" ") + 1
        found = self._engine.nearly(wanted, kind, False)
        if max((score for score, _, _ in found), default=0.0) < _CLEAR:
            found = self._engine.nearly(wanted, kind, True) or found
        return [
            (score, scoring.calibrated(score, flags, words), name, scoring.reason(flags))
            for score, name, flags in found
        ]

    def _matches(self, found: list[tuple[float, float, int, str]], limit: int) -> list[Match]:
        """The best name of each entity; of equals the more prominent entity first."""
        owner = self._engine.owner_of
        if len(found) > 1:
            found.sort(key=lambda each: (-each[0], -self._weights[owner(each[2])], each[2]))
        matches: dict[int, Match] = {}
        for _, score, name, reason in found:
            entity = owner(name)
            if entity not in matches:
                shown = self._texts[self._engine.first_of(entity)]
                alias = self._hidden.get(name) or self._texts[name]
                kind = self._kind_names[self._codes[entity]]
                matches[entity] = Match(self._ids[entity], shown, score, alias, reason, kind)
                if len(matches) == limit:
                    break
        return list(matches.values())

    # ---- completing

    def _going_on(self, folded: bytes, limit: int, kind: int, ends: bool) -> list[int]:
        self._engine.ask(folded)
        return self._engine.going_on(limit + 8, kind, ends)

    def _variants(self, folded: bytes) -> Iterator[bytes]:
        """What may have been meant: one letter more, fewer or another, or two swapped, first where words exist."""
        length = len(folded)
        for i in range(length - 1, 0, -1):
            start, rest = folded[:i], folded[i:]
            if len(rest) > 1:
                yield start + rest[1:2] + rest[:1] + rest[2:]
            yield start + rest[1:]
            for letter in _LETTERS:
                yield start + bytes((letter,)) + rest[1:]
                yield start + bytes((letter,)) + rest

    def _completions(self, names: list[int], limit: int) -> list[Completion]:
        found: dict[int, Completion] = {}
        for name in names:
            entity = self._engine.owner_of(name)
            if entity not in found:
                shown = self._texts[self._engine.first_of(entity)]
                alias = self._hidden.get(name) or self._texts[name]
                label = shown if alias == shown else f"{shown} ({alias})"
                found[entity] = Completion(self._ids[entity], shown, label)
                if len(found) == limit:
                    break
        return list(found.values())
