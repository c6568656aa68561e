"""Digests grouped into stories, and kept grouped as digests come, change and go.

Digests are merged where they are most alike, then what is merged is, as long as two groups are alike on the whole
(average linkage). So the stories are a function of the set of digests, however it came about; only with which rarity
a word counts depends on what came before, so that news does not reweigh the past.

Groups that are alike on the whole hold two digests that are. So whatever is grouped together is connected by pairs of
digests that are alike, and a change costs what it touches: only the digests connected to what came, went or weighs
differently are grouped again.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

import numpy as np

from bot.domain.digests import Digest
from bot.domain.linkage import merged
from bot.domain.terms import terms_of
from bot.domain.weeks import GONE, WHOLE, Filed, Group, Key, Week, by_key

OPEN_FOR = timedelta(hours=72)
CLOSED_AFTER = timedelta(days=7)
# Tuned on the odd topics of ECB+ (tests/eval/stories.py), as are the counts of terms: the mean of three orders peaks
# here and is within two points of that from 0.24 to 0.30.
ALIKE = 0.28
# Rarity is counted in halvings of the share of recent digests that hold a term, so that one more digest seldom changes
# any; beyond five halvings all are rare (ECB+: four lose half a point, six and seven gain none).
_RAREST = 5
# Stands in for a corpus that is not there: with a dozen digests every word would look rare.
_PRIOR = 10
_WINDOW = CLOSED_AFTER.total_seconds()
# More digests than this are not grouped at once; what holds them together least is cut first.
_MOST_AT_ONCE, _STRICTER = 500, 1.1
# Beyond this part of all digests, a change is cheaper when all are grouped anew.
_ANEW = 0.2


class Grouping:
    """The stories of a set of digests. One thread at a time."""

    def __init__(self, digests: Iterable[Digest] = (), alike: float = ALIKE) -> None:
        self._alike = alike
        self._begin()
        self.change(digests)

    def _begin(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._filed: dict[str, Filed] = {}
        self._weeks: defaultdict[int, dict[str, Week]] = defaultdict(dict)
        self._correcting: defaultdict[str, set[str]] = defaultdict(set)
        self._last: Key = (-math.inf, "")
        self._groups: dict[Group, None] = {}

    def __len__(self) -> int:
        return len(self._filed)

    def groups(self) -> Iterator[Group]:
        """The groups, in no order; one stays the same object while its digests do."""
        return iter(self._groups)

    def change(self, digests: Iterable[Digest] = (), gone: Iterable[str] = ()) -> None:
        """Take ``digests`` in, each in the place of an earlier one of its id, and forget those ``gone`` by id."""
        new = {digest.id: digest for digest in digests}
        leaving = {id_: filed for id_ in (*gone, *new) if (filed := self._filed.get(id_))}
        if self._filed and len(leaving) + len(new) > _ANEW * len(self._filed):
            new = {id_: filed.digest for id_, filed in self._filed.items() if id_ not in leaving} | new
            leaving = {}
            self._begin()
        coming = sorted((self._read(digest) for digest in new.values()), key=by_key)
        at_end = not leaving and (not coming or coming[0].key > self._last)
        touched = self._appended(coming) if at_end else self._amended(list(leaving.values()), coming)
        self._regroup(touched)

    def _read(self, digest: Digest) -> Filed:
        at, counts = digest.article.published.timestamp(), terms_of(digest)
        terms = tuple(self._vocabulary.setdefault(term, len(self._vocabulary)) for term in counts)
        number = math.floor(at / _WINDOW)
        language = digest.article.language.partition("-")[0].casefold()
        week = self._weeks[number].setdefault(language, Week(number, language))
        return Filed(digest, (at, digest.id), terms, np.log1p(np.array(list(counts.values()), np.float64)), week)

    def _enter(self, filed: Filed) -> None:
        self._filed[filed.digest.id] = filed
        filed.week.insert(filed)
        self._last = max(self._last, filed.key)
        if corrected := filed.digest.article.supersedes:
            self._correcting[corrected].add(filed.digest.id)

    def _leave(self, filed: Filed) -> None:
        del self._filed[filed.digest.id]
        filed.week.remove(filed)
        if corrected := filed.digest.article.supersedes:
            self._correcting[corrected].discard(filed.digest.id)

    def _appended(self, coming: list[Filed]) -> list[Filed]:
        """Take in what comes after all others: nothing that is there weighs differently."""
        for filed in coming:
            self._enter(filed)
            filed.week.weigh(filed, self._weights(filed))
            self._bind(filed)
        return coming

    def _amended(self, leaving: list[Filed], coming: list[Filed]) -> list[Filed]:
        """Let digests go and come anywhere in the order; the digests that may belong elsewhere for it."""
        unsteady: dict[Filed, None] = {}
        touched: dict[Filed, None] = {}
        for filed in leaving:
            unsteady |= dict.fromkeys(self._reweighed(filed))
            touched |= dict.fromkeys(self._connected(filed))
            self._leave(filed)
            unsteady.pop(filed, None)
        for filed in coming:
            self._enter(filed)
            unsteady |= dict.fromkeys(self._reweighed(filed))
        new = {filed: self._weights(filed) for filed in (*unsteady, *coming)}
        changed = [filed for filed, weights in new.items() if weights != filed.weights]
        for filed in changed:
            filed.week.weigh(filed, new[filed])
        for filed in leaving:
            _unbind(filed)
        for filed in changed:
            touched |= dict.fromkeys(filed.alike)
            _unbind(filed)
        for filed in (*changed, *coming):
            self._bind(filed)
            touched |= dict.fromkeys((filed, *self._connected(filed)))
        for filed in leaving:
            if filed.group:
                self._groups.pop(filed.group, None)
        return [filed for filed in touched if filed.slot != GONE]

    def _weights(self, filed: Filed) -> array[float]:
        """A unit vector: how much is said with each term, and how rare it was in its language in the days up to then.

        Where most digests are of one language, every word of another is rare among all of them.
        """
        earlier, week = self._week(filed, -1), filed.week
        rank = week.rank(filed.key)
        number = 1 + rank + (len(earlier.order) if earlier else 0)
        at_end = rank == len(week.order) - 1
        if at_end:
            holding = [week.holding(term) for term in filed.terms]
        else:
            holding = [int(np.searchsorted(week.ranks_holding(term), rank, "right")) for term in filed.terms]
        if earlier:
            holding = [held + earlier.holding(term) for held, term in zip(holding, filed.terms, strict=True)]
        weights = filed.counts * np.array([_rarity(number, held) for held in holding])
        length = math.sqrt(float(np.square(weights).sum())) or 1.0
        # Whole numbers, so that the order in which products are summed changes nothing.
        return array("f", np.rint(weights * (WHOLE / length)).tolist())

    def _week(self, filed: Filed, step: int) -> Week | None:
        """The week so many after that of ``filed``, of its language."""
        return self._weeks[filed.week.number + step].get(filed.week.language)

    def _bind(self, filed: Filed) -> None:
        """Find what is so like ``filed`` that it may be grouped with it."""
        for number in range(filed.week.number - 1, filed.week.number + 2):
            for week in self._weeks[number].values():
                for other, likeness in week.alike(filed, self._alike):
                    if abs(other.at - filed.at) <= _WINDOW:
                        filed.alike[other] = other.alike[filed] = likeness

    def _connected(self, filed: Filed, alike: float = 0.0) -> Iterator[Filed]:
        """What ``filed`` may be grouped with: what is so like it, what it corrects and what corrects it."""
        yield from (other for other, likeness in filed.alike.items() if likeness >= alike)
        for id_ in (filed.digest.article.supersedes or "", *self._correcting.get(filed.digest.id, ())):
            if (other := self._filed.get(id_)) is not None:
                yield other

    def _regroup(self, touched: Iterable[Filed]) -> None:
        """Group all that is connected to ``touched`` again."""
        seen: set[Filed] = set()
        for filed in touched:
            if filed in seen:
                continue
            component = self._component(filed, self._alike, None)
            seen.update(component)
            for piece in self._pieces(component, self._alike):
                self._file(merged(piece, self._ties(piece), self._alike, OPEN_FOR, CLOSED_AFTER))

    def _component(self, filed: Filed, alike: float, within: set[Filed] | None) -> list[Filed]:
        """All that is connected to ``filed``, in order."""
        found, waiting = {filed}, [filed]
        while waiting:
            each = waiting.pop()
            for other in self._connected(each, alike):
                if other not in found and (within is None or other in within):
                    found.add(other)
                    waiting.append(other)
        return sorted(found, key=by_key)

    def _pieces(self, component: list[Filed], alike: float) -> Iterator[list[Filed]]:
        """What is grouped at once, of all that is connected: all of it unless that is too much."""
        if len(component) <= _MOST_AT_ONCE:
            yield component
        elif alike > 1.0:
            yield from (component[n : n + _MOST_AT_ONCE] for n in range(0, len(component), _MOST_AT_ONCE))
        else:
            rest = dict.fromkeys(component)
            while rest:
                piece = self._component(next(iter(rest)), alike * _STRICTER, set(rest))
                for filed in piece:
                    del rest[filed]
                yield from self._pieces(piece, alike * _STRICTER)

    def _ties(self, piece: list[Filed]) -> list[tuple[int, int]]:
        """The places of what belongs together whatever it says: a correction and what it corrects."""
        places = {filed.digest.id: place for place, filed in enumerate(piece)}
        corrected = ((place, places.get(filed.digest.article.supersedes or "")) for place, filed in enumerate(piece))
        return [(one, other) for one, other in corrected if other is not None and other != one]

    def _file(self, found: list[list[Filed]]) -> None:
        """Note the groups; those that are as they were stay the same objects."""
        before = {filed.group for members in found for filed in members if filed.group}
        fresh = [members for members in found if members[0].group is None or members[0].group.members != members]
        kept = {members[0].group for members in found} - {members[0].group for members in fresh}
        for group in before - kept:
            self._groups.pop(group, None)
        for members in fresh:
            group = Group(members)
            self._groups[group] = None
            for filed in members:
                filed.group = group

    def _reweighed(self, filed: Filed) -> Iterator[Filed]:
        """The later digests that ``filed``, which is entered, makes weigh a term differently.

        Those are the digests whose count of digests, or of digests with the term, is just then a power of two.
        """
        earlier, later = (self._week(filed, step) for step in (-1, 1))
        for before, week in ((earlier, filed.week), (filed.week, later)):
            if week is None:
                continue
            first = week.rank(filed.key) + 1 if week is filed.week else 0
            if first >= len(week.order):
                continue
            number = len(before.order) if before else 0
            for power in _powers(number + _PRIOR + first + 1, number + _PRIOR + len(week.order)):
                yield week.order[power - _PRIOR - number - 1]
            for term in filed.terms:
                base = before.holding(term) if before else 0
                ranks = week.ranks_holding(term)
                start = int(np.searchsorted(ranks, first))
                for power in _powers(base + start + 1, base + len(ranks)):
                    rank = int(ranks[power - base - 1])
                    if _rarity(number + rank + 1, power) != _rarity(number + rank + 1, power - 1):
                        yield week.order[rank]


def _unbind(filed: Filed) -> None:
    """Forget what is like ``filed``."""
    for other in filed.alike:
        other.alike.pop(filed, None)
    filed.alike.clear()


def _rarity(number: int, holding: int) -> float:
    """What a term counts that ``holding`` of ``number`` digests hold."""
    return max(0, min((number + _PRIOR).bit_length() - holding.bit_length(), _RAREST)) + 0.5


def _powers(first: int, last: int) -> Iterator[int]:
    """The powers of two from ``first`` to ``last``."""
    power = 1 << max(0, first - 1).bit_length()
    while power <= last:
        yield power
        power <<= 1
