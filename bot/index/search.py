"""From a query to the names it may mean: by key where it is written as recorded, else through its rarest words."""

# ruff: noqa: SIM110 - a loop over an array compiles to C, a generator does not

from __future__ import annotations

from array import array

from bot.index.alignment import Alignment
from bot.index.names import Names

_EQUAL, _JOINED, _NICKNAME, _TYPO, _SOUND = 0, 4, 8, 16, 32
_REORDERED, _TITLE = 64, 512
_MOST_FOUND, _MOST_ASKED = 256, 12
#: Lists of names by word are gone through from the shortest; so many names are counted at most.
_MOST_COUNTED = 60_000
#: Sums for so many names at a time stay in the processor's nearest memory.
_BLOCK = 16_384
_LEVELS, _POOL, _NONE = 1024, 1024, 2147483647
_ALIGNED = 64
_MOST_WAYS = 640
#: Long lists are left out where few names are in question and one of them has so much of what could be found.
_LONG, _FEW, _ENOUGH = 512, 128, 0.6
_BESIDE = 3
#: A word heard so often is looked for as it is written, unless the best name found scores less than the other number.
_HEARD, _DOUBTED = 0.1, 0.8
#: What it says for a name that a word of it begins like one of the question, and against it for each word more.
_SAME_INITIAL, _EACH_MORE = 16, 20
_SIGNED, _INITIALS = 27, 0x7FFFFFF


class Search:
    """Finds names; ``found`` holds the last answer, best first, with ``scores`` and ``hows``."""

    names: Names
    query: Alignment
    found: array[int]
    scores: array[float]
    hows: array[int]
    count: int
    limit: int
    kind: int
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
    most: int
    seen: int
    sign: int
    full: float
    heaviest: float
    levels: array[int]
    floor: int
    pool: array[int]
    pool_levels: array[int]
    pooled: int
    bag: array[int]

    def __init__(self, names: Names) -> None:
        self.names = names
        self.query = Alignment(names)
        self.found = array("i", bytes(4 * (_MOST_FOUND + 1)))
        self.scores, self.hows = array("d", bytes(8 * (_MOST_FOUND + 1))), array("i", bytes(4 * (_MOST_FOUND + 1)))
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
        self.bag = array("i", bytes(4 * 256))
        self.count = self.limit = self.touches = self.way_count = self.chosen = 0
        self.kind = -1
        self.most = self.seen = self.floor = self.pooled = self.sign = 0
        self.full = self.heaviest = 0.0

    def find(self, folded: bytes, known_as: list[tuple[int, bytes]], limit: int, kind: int) -> int:
        """Search; ``known_as`` are other names of single asked words. Returns how many were found."""
        self.count = 0
        self.limit = min(_MOST_FOUND, limit)
        self.kind = kind
        many = self.query.ask(folded)
        if not many or self.limit < 1:
            return 0
        if self._by_words(many):
            self._beside()
            return self.count
        self._by_letters(many)
        self._by_parts(known_as)
        return self.count

    def answer(self) -> list[tuple[int, int, float, int]]:
        """What was found, best first: name, entity, score, and how the words go together."""
        owners = self.names.owners
        return [(self.found[k], owners[self.found[k]], self.scores[k], self.hows[k]) for k in range(self.count)]

    # By key.

    def _by_words(self, many: int) -> int:
        """Names of exactly these words, in any order; failing that, without the titles."""
        names, words = self.names, self.query.words
        size = titles = 0
        for i in range(many):
            if words[i] < 0:
                return 0
            self.bag[i] = words[i]
            titles += words[i] < names.generic
        if self._with_bag(many, 1.0, _EQUAL):
            return self.count
        if 0 < titles < many:
            for i in range(many):
                if words[i] >= names.generic:
                    self.bag[size] = words[i]
                    size += 1
            self._with_bag(size, 0.99, _TITLE)
        return self.count

    def _with_bag(self, size: int, score: float, how: int) -> int:
        names = self.names
        total = 0
        for i in range(size):
            total += names.mixed(self.bag[i])
        at = names.bags[names.bucket(total)]
        while at and self.count < self.limit:
            name = at - 1
            at = names.bag_next[name]
            order = self._same_words(name, size)
            if order and self._wanted(name):
                self._keep(name, score if order == 1 else score - 0.01, how if order == 1 else how | _REORDERED)
        return self.count

    def _same_words(self, name: int, size: int) -> int:
        """1 where the name has the words of the bag in their order, 2 in another, else 0."""
        names = self.names
        start = names.spans[name]
        if names.spans[name + 1] - start != size:
            return 0
        same = 1
        for i in range(size):
            if names.tokens[start + i] != self.bag[i]:
                same = 2
        if same == 1:
            return 1
        for i in range(size):
            balance = 0
            for j in range(size):
                balance += (names.tokens[start + j] == self.bag[i]) - (self.bag[j] == self.bag[i])
            if balance:
                return 0
        return 2

    def _by_letters(self, many: int) -> None:
        """Names of the same letters with other spaces."""
        names = self.names
        total = names.at[many - 1] + names.sizes[many - 1]
        value = names.run_of_text(total)
        at = names.runs[value & (len(names.runs) - 1)]
        while at and self.count < self.limit:
            name = at - 1
            at = names.run_next[name]
            if self._wanted(name) and names.has_letters(name, total):
                self._keep(name, 0.97, _JOINED)

    def _beside(self) -> None:
        """A few names more that share the rarest word with what was found, for whoever meant another."""
        names, query = self.names, self.query
        rarest = query.words[0]
        for i in range(query.many):
            if names.frequency[query.words[i]] < names.frequency[rarest]:
                rarest = query.words[i]
        wanted = self.limit if query.many == 1 else _BESIDE
        if rarest < names.words.settled:
            for at in range(names.post_starts[rarest], names.post_starts[rarest + 1]):
                wanted -= self._add_beside(names.posts[at])
                if wanted <= 0 or self.count >= self.limit:
                    return
        at = names.late_heads[rarest]
        while at and wanted > 0 and self.count < self.limit:
            wanted -= self._add_beside(names.late_names[at])
            at = names.late_next[at]

    def _add_beside(self, name: int) -> int:
        if not self._wanted(name) or self._holds(name):
            return 0
        score = self.query.score(name)
        self._keep(name, score, self.query.how)
        return 1

    # By parts.

    def _by_parts(self, known_as: list[tuple[int, bytes]]) -> None:
        """Look for names by the words asked for, and by what the unheard-of ones may be; if in doubt by all they may be."""
        names, query = self.names, self.query
        late = names.count - names.settled
        if len(self.tally) <= late:
            self.tally, self.touched = array("H", bytes(4 * late)), array("i", bytes(8 * late))
        self.sign = names.sign(query.many)
        self.way_count = 0
        self.full = 0.0
        for i in range(query.many):
            if names.sizes[i] > 1 or query.many == 1:
                self.heaviest = 0.0
                self._way(query.words[i], 1.0, i)
                if query.known[i] < _HEARD:
                    self._near_ways(i)
                self.full += self.heaviest * 16.0
        self._nicknames(known_as)
        if self._gather(_LONG) and not (self.seen <= _FEW and self.most > _ENOUGH * self.full):
            self._gather(_MOST_COUNTED)
        self._align_best()
        if not self.count or self.scores[0] < _DOUBTED:
            for i in range(query.many):
                if query.known[i] >= _HEARD and (names.sizes[i] > 1 or query.many == 1):
                    self._near_ways(i)
            for i in range(query.many - 1):
                self._ways_together(i)
            self._gather(_MOST_COUNTED)
            self._align_best()

    def _near_ways(self, i: int) -> None:
        """The words that may be meant where the asked one was written."""
        names, query, words = self.names, self.query, self.names.words
        size = names.sizes[i]
        near = words.neighbours(names.text, names.drops, names.at[i], size)
        for k in range(near):
            other = words.length(words.near[k])
            query.judge(i, words.costs[k], max(other, size), query.bones[i] if words.sounds[k] else 0)
            if query.alike > 0.0:
                query.remember(i, words.near[k], query.alike, query.how)
                self._way(words.near[k], query.alike, i)
        if query.known[i] < 0.3 and size > 3:
            for cut in range(2, size - 1):
                first = words.number(names.text, names.at[i], cut)
                if first >= 0:
                    self._way_apart(i, first, cut)
                    self._way_apart(i, first, cut + 1)

    def _way_apart(self, i: int, first: int, cut: int) -> None:
        """The asked word may be two: the one it begins with, and what follows from ``cut`` on."""
        names = self.names
        if names.sizes[i] - cut > 1:
            second = names.words.number(names.text, names.at[i] + cut, names.sizes[i] - cut)
            if second >= 0:
                self._way(first, 0.6, i)
                self._way(second, 0.6, i)

    def _ways_together(self, i: int) -> None:
        """The words by which names are looked for in place of the asked one and the next, written together."""
        names, query, words = self.names, self.query, self.names.words
        size = names.sizes[i] + names.sizes[i + 1]
        if size > 40:
            return
        self._way(words.number(names.text, names.at[i], size), 0.9, i)
        if size > 5 and names.sizes[i] > 1 and (query.known[i] < 0.5 or query.known[i + 1] < 0.5):
            near = words.neighbours(names.text, names.drops, names.at[i], size)
            for k in range(min(6, near)):
                self._way(words.near[k], 0.8, i)

    def _nicknames(self, known_as: list[tuple[int, bytes]]) -> None:
        names, query = self.names, self.query
        for i, other in known_as:
            if i < query.many:
                word = names.number_of(other)
                if word >= 0:
                    alike = query.known_as(i, word)
                    self._way(word, alike, i)

    def _way(self, word: int, alike: float, i: int) -> None:
        if word < 0 or self.way_count >= _MOST_WAYS or self.names.frequency[word] <= 0:
            return
        self.ways[self.way_count], self.askers[self.way_count] = word, i
        self.worths[self.way_count] = alike * self.names.rarity[word]
        if self.worths[self.way_count] > self.heaviest:
            self.heaviest = self.worths[self.way_count]
        self.sizes[self.way_count] = self.names.frequency[word]
        self.way_count += 1

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
        for i in range(self.query.many):
            self.brings[i] = self.helping[i] = 0
        for k in range(self.chosen):
            self.brings[self.asked[k]] = max(self.brings[self.asked[k]], self.adds[k])

    def _part_words(self) -> None:
        """Words that cannot bring a name into the pool by themselves, not even together, only help (Turtle 1995)."""
        least = 2 * self.floor - self.query.many * _SAME_INITIAL
        while True:
            lightest = -1
            for i in range(self.query.many):
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
        bonus = self.query.many * _SAME_INITIAL
        for k in range(self.touches):
            place = self.touched[k]
            worth = self.tally[place]
            self.tally[place] = 0
            self.most = max(self.most, worth)
            level = 0
            if worth + bonus >= 2 * self.floor:
                level = self._level(base + place, worth)
            if level >= self.floor and self._wanted(base + place):
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
        wanted = max(2 * self.limit, _ALIGNED)
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

    def _align_best(self) -> None:
        """Align the names of the pool."""
        for k in range(self.pooled):
            score = self.query.score(self.pool[k])
            self._keep(self.pool[k], score, self.query.how)

    # Keeping the best.

    def _wanted(self, name: int) -> bool:
        if self.kind < 0 and not self.names.dead:
            return True
        entity = self.names.owners[name]
        return self.names.lives[entity] != 0 and (self.kind < 0 or self.names.kinds[entity] == self.kind)

    def _holds(self, name: int) -> bool:
        for k in range(self.count):
            if self.names.owners[self.found[k]] == self.names.owners[name]:
                return True
        return False

    def _keep(self, name: int, score: float, how: int) -> None:
        """Put the name in its place among those found, one for an entity."""
        names = self.names
        owner = names.owners[name]
        for k in range(self.count):
            if names.owners[self.found[k]] == owner:
                if self.scores[k] >= score:
                    return
                self._drop(k)
                break
        if score <= 0.0:
            return
        place = self.count
        while place > 0 and self._better(score, owner, place - 1):
            place -= 1
        if place >= self.limit:
            return
        if self.count == self.limit:
            self.count -= 1
        k = self.count
        while k > place:
            self.found[k], self.scores[k], self.hows[k] = self.found[k - 1], self.scores[k - 1], self.hows[k - 1]
            k -= 1
        self.found[place], self.scores[place], self.hows[place] = name, score, how
        self.count += 1

    def _better(self, score: float, owner: int, place: int) -> bool:
        """Whether a score beats the one kept there; equals are told by prominence."""
        apart = score - self.scores[place]
        if apart > 1e-6 or apart < -1e-6:
            return apart > 0.0
        weights, other = self.names.weights, self.names.owners[self.found[place]]
        return weights[owner] > weights[other]

    def _drop(self, place: int) -> None:
        for k in range(place, self.count - 1):
            self.found[k], self.scores[k], self.hows[k] = self.found[k + 1], self.scores[k + 1], self.hows[k + 1]
        self.count -= 1
