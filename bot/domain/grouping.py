"""Digests grouped into stories, and kept grouped as digests come, change and go.

Digests are taken by publication, then id. Each joins the story whose recent digests it is most like, or founds one;
what comes later changes nothing about what came before. So the stories are a function of the set of digests, however
it came about, and a newer digest never parts older ones.

A change costs what it touches: a digest is decided again only where another that it is like, or one of the story of
such another, came, went or changed stories in the days before it.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from heapq import heappop, heappush

import numpy as np

from bot.domain.digests import Digest
from bot.domain.terms import terms_of
from bot.domain.weeks import GONE, Filed, Group, Key, Week, by_key

OPEN_FOR = timedelta(hours=72)
CLOSED_AFTER = timedelta(days=7)
# Tuned on the odd topics of ECB+ (tests/eval/stories.py), as are the counts of terms: the mean of six orders peaks
# at 0.30 and is within half a point of that at 0.32.
ALIKE = 0.3
# Two digests that are less alike than this say nothing about belonging together. Up to 0.1 it costs ECB+ nothing, and
# it keeps a change from reaching everything that shares a common word.
_KIN = 0.1
# The other side of a pair is reckoned with the terms in another order: what is nearly kin is looked at again.
_NEARLY_KIN = _KIN - 1e-4
# Rarity is counted in halvings of the share of recent digests that hold a term, so that one more digest seldom changes
# any; beyond five halvings all are rare (ECB+: four lose half a point, six and seven gain none).
_RAREST = 5
# Stands in for a corpus that is not there: with a dozen digests every word would look rare.
_PRIOR = 10
_OPEN, _WINDOW = OPEN_FOR.total_seconds(), CLOSED_AFTER.total_seconds()
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
        self._weeks: dict[int, Week] = {}
        self._correcting: defaultdict[str, set[str]] = defaultdict(set)
        self._last: Key = (-math.inf, "")
        self._groups: dict[Group, None] = {}

    def __len__(self) -> int:
        return len(self._filed)

    def groups(self) -> Iterator[Group]:
        """The groups, in no order; one keeps its identity, and its ``version``, while its digests stay."""
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
        first_at_end = bisect_left(coming, self._last, key=by_key)
        if leaving or first_at_end:
            self._amend(list(leaving.values()), coming[:first_at_end])
        for filed in coming[first_at_end:]:
            self._enter(filed)
            filed.week.weigh(filed, self._weights(filed))
            self._place(filed, *self._decided(filed))

    def _read(self, digest: Digest) -> Filed:
        at, counts = digest.article.published.timestamp(), terms_of(digest)
        terms = tuple(self._vocabulary.setdefault(term, len(self._vocabulary)) for term in counts)
        number = math.floor(at / _WINDOW)
        week = self._weeks.setdefault(number, Week(number))
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
        self._take_out(filed)

    def _weeks_before(self, filed: Filed) -> list[Week]:
        earlier = self._weeks.get(filed.week.number - 1)
        return [earlier, filed.week] if earlier else [filed.week]

    def _weights(self, filed: Filed) -> array[float]:
        """A unit vector: how much is said with each term, and how rare it was in the days up to then."""
        *earlier, week = self._weeks_before(filed)
        rank = week.rank(filed.key)
        number = 1 + rank + sum(len(each.order) for each in earlier)
        at_end = rank == len(week.order) - 1
        rarity = []
        for term in filed.terms:
            holding = week.holding(term) if at_end else int(np.searchsorted(week.ranks_holding(term), rank, "right"))
            holding += sum(each.holding(term) for each in earlier)
            rarity.append(_rarity(number, holding))
        weights = filed.counts * np.array(rarity)
        length = math.sqrt(float(np.square(weights).sum())) or 1.0
        return array("f", (weights / length).tolist())

    def _decided(self, filed: Filed) -> tuple[Group | None, float]:
        """The story that ``filed`` belongs to among those before it, None where it founds one, and its likeness."""
        since = filed.at - _WINDOW
        near = [
            (other, likeness)
            for week in self._weeks_before(filed)
            for other, likeness in week.alike(filed, _KIN)
            if since <= other.at and other.key < filed.key
        ]
        near.sort(key=lambda pair: pair[0].key)
        shared: defaultdict[Group, float] = defaultdict(float)
        for other, likeness in near:
            if other.group:
                shared[other.group] += likeness
        corrected = self._filed.get(filed.digest.article.supersedes or "")
        if corrected and corrected.group and corrected.key < filed.key:
            return corrected.group, shared[corrected.group]
        best, most = None, (0.0, (-math.inf, ""))
        for group, likeness in shared.items():
            # Of two that exceed alike, the one that moved last.
            if (margin := self._margin(filed, group, likeness)) >= most:
                best, most = group, margin
        return best, shared[best] if best else 0.0

    def _margin(self, filed: Filed, group: Group, shared: float) -> tuple[float, Key]:
        """By how much the cosine to the group's recent digests exceeds what its silence demands, and when it moved."""
        recent = group.between((filed.at - _WINDOW, ""), filed.key)
        square = len(recent) + 2.0 * sum(member.shared for member in recent)
        overdue = max(0.0, filed.at - recent[-1].at - _OPEN) / _OPEN
        return shared / math.sqrt(square) - self._alike * (1.0 + overdue), recent[-1].key

    def _place(self, filed: Filed, group: Group | None, shared: float) -> Group:
        self._take_out(filed)
        group = group or Group()
        self._groups[group] = None
        insort(group.members, filed, key=by_key)
        group.version += 1
        filed.group, filed.shared = group, shared
        return group

    def _take_out(self, filed: Filed) -> None:
        if (group := filed.group) is None:
            return
        group.members.remove(filed)
        group.version += 1
        filed.group = None
        if not group.members:
            del self._groups[group]

    def _amend(self, leaving: list[Filed], coming: list[Filed]) -> None:
        """Let digests go and come anywhere in the order, and decide again what that touches."""
        again = _Agenda()
        shaken = [(filed.group, filed) for filed in leaving]
        for filed in leaving:
            again.add(self._later_kin(filed), self._corrections(filed))
        unsteady: dict[Filed, None] = {}
        for filed in leaving:
            unsteady |= dict.fromkeys(self._reweighed(filed))
            self._leave(filed)
            unsteady.pop(filed, None)
        for filed in coming:
            self._enter(filed)
            unsteady |= dict.fromkeys(self._reweighed(filed))
        new = {filed: self._weights(filed) for filed in (*unsteady, *coming)}
        changed = [filed for filed, weights in new.items() if weights != filed.weights]
        for filed in changed:
            again.add(self._later_kin(filed))
        for filed in changed:
            filed.week.weigh(filed, new[filed])
        for filed in (*changed, *coming):
            again.add([filed], self._later_kin(filed), self._corrections(filed))
        for group, filed in shaken:
            if group:
                again.add(self._depending(group, filed, again))
        self._settle(again)

    def _settle(self, again: _Agenda) -> None:
        """Decide again, in order; where a decision changes, so may those on what is like the stories it concerns."""
        while (filed := again.next()) is not None:
            if filed.slot == GONE:
                continue
            before = filed.group
            group, shared = self._decided(filed)
            founded = before is not None and before.members[0] is filed
            if shared == filed.shared and before is not None and (before is group or (group is None and founded)):
                continue
            if group is None and founded:
                group = before
            after = self._place(filed, group, shared)
            again.add(self._corrections(filed))
            for each in dict.fromkeys((before, after)):
                if each:
                    again.add(self._depending(each, filed, again))

    def _later_kin(self, filed: Filed) -> Iterator[Filed]:
        """The digests after ``filed`` that may be like it."""
        later = self._weeks.get(filed.week.number + 1)
        for week in (filed.week, later) if later else (filed.week,):
            yield from (other for other, _ in week.alike(filed, _NEARLY_KIN) if other.key > filed.key)

    def _corrections(self, filed: Filed) -> Iterator[Filed]:
        """The digests that supersede ``filed``, and so follow it."""
        found = (self._filed.get(id_) for id_ in self._correcting.get(filed.digest.id, ()))
        return (other for other in found if other and other.key > filed.key)

    def _depending(self, group: Group, filed: Filed, again: _Agenda) -> Iterator[Filed]:
        """The digests whose decision may rest on whether ``filed`` is in ``group``: later ones like its members."""
        for member in group.between((filed.at - _WINDOW, ""), (filed.at + _WINDOW, "~")):
            if member.key > filed.key:
                yield member
            if again.first_time(member):
                yield from (other for other in self._later_kin(member) if other.key > filed.key)

    def _reweighed(self, filed: Filed) -> Iterator[Filed]:
        """The later digests that ``filed``, which is entered, makes weigh a term differently.

        Those are the digests whose count of digests, or of digests with the term, is just then a power of two.
        """
        earlier, later = (self._weeks.get(filed.week.number + step) for step in (-1, 1))
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


class _Agenda:
    """Digests to decide again, each once, in order."""

    def __init__(self) -> None:
        self._heap: list[tuple[Key, int, Filed]] = []
        self._noted: set[Filed] = set()
        self._looked_from: set[Filed] = set()

    def add(self, *several: Iterable[Filed]) -> None:
        """Note them, unless they are."""
        for filed in (each for some in several for each in some):
            if filed not in self._noted:
                self._noted.add(filed)
                heappush(self._heap, (filed.key, id(filed), filed))

    def next(self) -> Filed | None:
        """The first that is noted, and no longer; None where none is."""
        if not self._heap:
            return None
        _, _, filed = heappop(self._heap)
        self._noted.discard(filed)
        return filed

    def first_time(self, filed: Filed) -> bool:
        """Whether this was not asked of ``filed`` before."""
        if filed in self._looked_from:
            return False
        self._looked_from.add(filed)
        return True


def _rarity(number: int, holding: int) -> float:
    """What a term counts that ``holding`` of ``number`` digests hold."""
    return max(0, min((number + _PRIOR).bit_length() - holding.bit_length(), _RAREST)) + 0.5


def _powers(first: int, last: int) -> Iterator[int]:
    """The powers of two from ``first`` to ``last``."""
    power = 1 << max(0, first - 1).bit_length()
    while power <= last:
        yield power
        power <<= 1
