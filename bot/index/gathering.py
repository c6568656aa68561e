"""The names that hold most of what is asked for, so that only they need be aligned.

Every word that may be meant brings the list of its names, and each name adds up what its words are worth. The sums are
made a block of names at a time. Once the pool is full, words too common to bring a name into it by themselves only add
to names that rarer words have brought, as MaxScore does (Turtle and Flood 1995).
"""

from __future__ import annotations

from array import array

from bot.index.names import Names

_MOST_ASKED, _MOST_WAYS = 12, 640
#: Lists of names by word are gone through from the shortest; so many names are counted at most.
_MOST_COUNTED = 60_000
#: Sums for so many names at a time stay in the processor's nearest memory.
_BLOCK = 16_384
_LEVELS, _POOL, _NONE = 1024, 1024, 2147483647
#: Lists from this length on are long; they are left out where no more names than these are in question and one of them
#: has so much of what could be found.
_LONG, _FEW, _ENOUGH = 512, 128, 0.6
#: What it says for a name that a word of it begins like one of the question, and against it for each word more.
_SAME_INITIAL, _EACH_MORE = 16, 20
_SIGNED, _INITIALS = 27, 0x7FFFFFF


class Gathering:
    """Gathers names; those most promising are in ``pool``, ``pooled`` of them."""

    names: Names
    tally: array[int]
    touched: array[int]
    touches: int
    ways: array[int]
    worths: array[float]
    sizes: array[int]
    way_count: int
    cursors: array[int]
    ends: array[int]
    nexts: array[int]
    adds: array[int]
    late_words: array[int]
    askers: array[int]
    asked: array[int]
    brings: array[int]
    helping: array[int]
    chosen: int
    many: int
    wanted: int
    kind: int
    most: int
    seen: int
    sign: int
    levels: array[int]
    floor: int
    pool: array[int]
    pool_levels: array[int]
    pooled: int

    def __init__(self, names: Names) -> None:
        self.names = names
        self.tally, self.touched = array("H", bytes(2 * _BLOCK)), array("i", bytes(4 * _BLOCK))
        self.ways, self.sizes = array("i", bytes(4 * _MOST_WAYS)), array("i", bytes(4 * _MOST_WAYS))
        self.worths = array("d", bytes(8 * _MOST_WAYS))
        self.cursors, self.ends = array("i", bytes(4 * _MOST_WAYS)), array("i", bytes(4 * _MOST_WAYS))
        self.nexts, self.adds = array("i", bytes(4 * _MOST_WAYS)), array("i", bytes(4 * _MOST_WAYS))
        self.late_words = array("i", bytes(4 * _MOST_WAYS))
        self.askers, self.asked = array("i", bytes(4 * _MOST_WAYS)), array("i", bytes(4 * _MOST_WAYS))
        self.brings, self.helping = array("i", bytes(4 * _MOST_ASKED)), array("i", bytes(4 * _MOST_ASKED))
        self.levels = array("i", bytes(4 * _LEVELS))
        self.pool, self.pool_levels = array("i", bytes(4 * _POOL)), array("i", bytes(4 * _POOL))
        self.touches = self.way_count = self.chosen = self.many = self.wanted = 0
        self.kind = -1
        self.most = self.seen = self.floor = self.pooled = self.sign = 0

    def begin(self, many: int, wanted: int, kind: int) -> None:
        """Begin a question of ``many`` words, just read; ``wanted`` names of the kind are to be gathered."""
        names = self.names
        late = names.count - names.settled
        if len(self.tally) <= late:
            self.tally, self.touched = array("H", bytes(4 * late)), array("i", bytes(8 * late))
        self.many, self.wanted, self.kind = many, wanted, kind
        self.sign = names.sign(many)
        self.way_count = 0

    def add_way(self, word: int, alike: float, i: int) -> None:
        """Look for names by ``word`` in place of the asked word ``i``, to which it is so much alike."""
        if word < 0 or self.way_count >= _MOST_WAYS or self.names.frequency[word] <= 0:
            return
        self.ways[self.way_count], self.askers[self.way_count] = word, i
        self.worths[self.way_count] = alike * self.names.rarity[word]
        self.sizes[self.way_count] = self.names.frequency[word]
        self.way_count += 1

    def gather_few(self) -> None:
        """Gather by short lists, and by the long ones too where those leave it open."""
        more = self._gather(_LONG)
        full = 0
        for i in range(self.many):
            full += self.brings[i]
        if more and not (self.seen <= _FEW and self.most > _ENOUGH * full):
            self._gather(_MOST_COUNTED)

    def gather_all(self) -> None:
        """Gather by all lists that are not too long."""
        self._gather(_MOST_COUNTED)

    def _gather(self, longest: int) -> int:
        """Add up for each name what its words are worth, a block of names at a time so that sums stay at hand.

        Lists of names by word longer than ``longest`` are left out; returns whether any were.
        """
        names = self.names
        more = self._choose(longest)
        self.pooled = self.seen = self.most = self.floor = 0
        for level in range(_LEVELS):
            self.levels[level] = 0
        self._weigh_words()
        first = self._first()
        while first < _NONE:
            base = first - first % _BLOCK
            self._part_words()
            for k in range(self.chosen):
                if self.nexts[k] < base + _BLOCK and not self.helping[self.asked[k]]:
                    self._count(k, base)
            for k in range(self.chosen):
                if self.nexts[k] < base + _BLOCK:
                    self._count_on(k, base)
            self._harvest(base)
            first = self._first()
        if names.late:
            for k in range(self.chosen):
                self._count_late(k)
            self._harvest(names.settled)
        self._cut_pool()
        return more

    def _weigh_words(self) -> None:
        """Note the most that each word of the question can bring a name."""
        for i in range(self.many):
            self.brings[i] = self.helping[i] = 0
        for k in range(self.chosen):
            self.brings[self.asked[k]] = max(self.brings[self.asked[k]], self.adds[k])

    def _part_words(self) -> None:
        """Words that cannot bring a name into the pool by themselves, not even together, only help (Turtle 1995)."""
        least = 2 * self.floor - self.many * _SAME_INITIAL
        while True:
            lightest = -1
            for i in range(self.many):
                if not self.helping[i] and (lightest < 0 or self.brings[i] < self.brings[lightest]):
                    lightest = i
            if lightest < 0 or self.brings[lightest] >= least:
                return
            self.helping[lightest] = 1
            least -= self.brings[lightest]

    def _choose(self, longest: int) -> int:
        """Choose the lists to go through, the shortest first, while they are not too much together."""
        names = self.names
        counted = self.chosen = more = 0
        size = larger = 1
        while larger:
            larger = 0
            for k in range(self.way_count):
                frequency = self.sizes[k]
                if frequency > longest:
                    more = 1
                elif frequency >= size * 2:
                    larger = 1
                elif frequency >= size and (counted + frequency < _MOST_COUNTED or counted == 0):
                    counted += frequency
                    word = self.ways[k]
                    settled = word < len(names.post_starts) - 2
                    self.cursors[self.chosen] = names.post_starts[word] if settled else 0
                    self.ends[self.chosen] = names.post_starts[word + 1] if settled else 0
                    self.adds[self.chosen] = max(1, int(self.worths[k] * 16.0))
                    self.late_words[self.chosen], self.asked[self.chosen] = word, self.askers[k]
                    self._go_on(self.chosen)
                    self.chosen += 1
            size *= 2
        return more

    def _go_on(self, k: int) -> None:
        at = self.cursors[k]
        self.nexts[k] = self.names.posts[at] if at < self.ends[k] else _NONE

    def _first(self) -> int:
        """The first name that is not yet counted."""
        first = _NONE
        for k in range(self.chosen):
            first = min(first, self.nexts[k])
        return first

    def _count(self, k: int, base: int) -> None:
        """Count a list as far as the block goes."""
        at, end, worth = self.cursors[k], self.ends[k], self.adds[k]
        posts = self.names.posts
        past = base + _BLOCK
        while at < end and posts[at] < past:
            self._touch(posts[at] - base, worth)
            at += 1
        self.cursors[k] = at
        self._go_on(k)

    def _count_on(self, k: int, base: int) -> None:
        """As ``_count``, for names alone that other lists hold too."""
        at, end, worth = self.cursors[k], self.ends[k], self.adds[k]
        posts = self.names.posts
        past = base + _BLOCK
        while at < end and posts[at] < past:
            if self.tally[posts[at] - base]:
                self.tally[posts[at] - base] += worth
            at += 1
        self.cursors[k] = at
        self._go_on(k)

    def _count_late(self, k: int) -> None:
        names = self.names
        at = names.late_heads[self.late_words[k]]
        while at:
            self._touch(names.late_names[at] - names.settled, self.adds[k])
            at = names.late_next[at]

    def _touch(self, place: int, worth: int) -> None:
        if self.tally[place] == 0:
            self.touched[self.touches] = place
            self.touches += 1
        self.tally[place] += worth

    def _harvest(self, base: int) -> None:
        """Put the names of the block that are worth enough into the pool, and clear the tally."""
        self.seen += self.touches
        bonus = self.many * _SAME_INITIAL
        for k in range(self.touches):
            place = self.touched[k]
            worth = self.tally[place]
            self.tally[place] = 0
            self.most = max(self.most, worth)
            level = 0
            if worth + bonus >= 2 * self.floor:
                level = self._level(base + place, worth)
            if level >= self.floor and self.names.wanted(base + place, self.kind):
                if self.pooled == _POOL:
                    self._cut_pool()
                if level >= self.floor:
                    self.levels[level] += 1
                    self.pool[self.pooled], self.pool_levels[self.pooled] = base + place, level
                    self.pooled += 1
        self.touches = 0

    def _level(self, name: int, worth: int) -> int:
        """How promising the name is: what its words are worth, and how its sign fits that of the question."""
        sign = self.names.signs[name]
        bits = sign & self.sign & _INITIALS
        while bits:
            bits &= bits - 1
            worth += _SAME_INITIAL
        more = (sign >> _SIGNED) - (self.sign >> _SIGNED)
        if more > 0:
            worth -= more * _EACH_MORE
        return min(_LEVELS - 1, max(0, worth) >> 1)

    def _cut_pool(self) -> None:
        """Leave as many names in the pool as will be aligned, those worth most; of equals the prominent."""
        wanted = self.wanted
        if self.pooled <= wanted:
            return
        least, total = _LEVELS - 1, self.levels[_LEVELS - 1]
        while least > self.floor and total + self.levels[least - 1] <= wanted:
            least -= 1
            total += self.levels[least]
        spare = wanted - total
        kept = 0
        for k in range(self.pooled):
            level = self.pool_levels[k]
            if level >= least or (level == least - 1 and spare > 0):
                spare -= level < least
                self.pool[kept], self.pool_levels[kept] = self.pool[k], level
                kept += 1
        for level in range(least):
            self.levels[level] = 0
        self.pooled, self.floor = kept, least
