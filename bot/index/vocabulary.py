"""Every word of the names, once: found as written, misspelt, in another transliteration, or by its beginning."""

from __future__ import annotations

from array import array
from math import log

from bot.index.codes import FRESH
from bot.index.letters import Letters
from bot.index.pools import Lists, doubled, grown_bytes, grown_floats, grown_ints, zeros
from bot.index.words import KINDS, PRIOR

MASK = 0xFFFFFFFFFFFFFFFF
MASK32 = 0xFFFFFFFF
# What a corpus of any size is mixed with, so that few names already tell a rare word from a common one.
PRIOR_NAMES = 60_000.0
LONGEST = 60  #: letters of words that are found misspelt


class Vocabulary(Letters):
    """The words of all names, numbered."""

    def __init__(self, expected: int) -> None:
        """Make room for about ``expected`` words; more are taken all the same."""
        super().__init__(expected)
        size = 64
        while size < 2 * expected:
            size *= 2
        self.count = 0
        self.slots = zeros("i", size)
        self.slot_mask = size - 1
        self.bones = zeros("Q", expected + 16)
        self.weights = array("f", bytes(4 * (expected + 16)))
        self.kinds = zeros("B", expected + 16)
        self.live = False
        self.names = PRIOR_NAMES
        self.near = Lists(1)
        self.near_mask = 0
        self.grams = Lists(1)
        self.gram_mask = 0
        self.order = zeros("i", 1)
        self.ordered = 0
        self.fresh = zeros("i", FRESH + 1)
        self.freshly = 0
        self.shared = zeros("B", 1)
        self.touched = zeros("i", 1)

    def find(self, lo: int, hi: int) -> int:
        """The number of the word written there, or -1."""
        place = self.hash(lo, hi, -1) & self.slot_mask
        while self.slots[place]:
            word = self.slots[place] - 1
            if self.same(lo, hi, self.begin[word], self.begin[word + 1]):
                return word
            place = (place + 1) & self.slot_mask
        return -1

    def intern(self, lo: int, hi: int) -> int:
        """The number of the word written there, which is new from now on if it was not known."""
        word = self.find(lo, hi)
        if word < 0:
            word = self.create(lo, hi)
        return word

    def create(self, lo: int, hi: int) -> int:
        """Number a new word."""
        word = self.count
        start = self.begin[word]
        length = hi - lo
        if word + 2 > len(self.begin):
            self.widen(doubled(len(self.begin), word + 2))
        if start + length > len(self.letters):
            self.letters = grown_bytes(self.letters, doubled(len(self.letters), start + length))
        for i in range(length):
            self.letters[start + i] = self.letters[lo + i]
        self.begin[word + 1] = start + length
        self.count += 1
        self.bones[word] = self.skeleton(start, start + length)
        self.kinds[word] = KINDS.get(self.text(word), 0)
        if 3 * self.count > 2 * (self.slot_mask + 1):
            self.rehash()
        else:
            self.place(word)
        if self.live:
            self.enter(word)
        return word

    def widen(self, room: int) -> None:
        """Have room for ``room`` words."""
        self.begin = grown_ints(self.begin, room)
        self.weights = grown_floats(self.weights, room)
        self.kinds = grown_bytes(self.kinds, room)
        bones = zeros("Q", room)
        memoryview(bones)[: len(self.bones)] = memoryview(self.bones)
        self.bones = bones
        if self.live:
            self.shared = grown_bytes(self.shared, room)
            self.touched = grown_ints(self.touched, room)

    def place(self, word: int) -> None:
        """Put a word into the hash table."""
        place = self.hash(self.begin[word], self.begin[word + 1], -1) & self.slot_mask
        while self.slots[place]:
            place = (place + 1) & self.slot_mask
        self.slots[place] = word + 1

    def rehash(self) -> None:
        """Double the hash table."""
        self.slot_mask = 2 * self.slot_mask + 1
        self.slots = zeros("i", self.slot_mask + 1)
        for word in range(self.count):
            self.place(word)

    def text(self, word: int) -> bytes:
        """The letters of a word."""
        return bytes(self.letters[self.begin[word] : self.begin[word + 1]])

    def settle(self, names: int) -> None:
        """Arrange the words for looking up; those that come later are entered one by one."""
        self.names = PRIOR_NAMES + names
        size = 64
        while size < self.count * 2:
            size *= 2
        self.near = Lists(size)
        self.near_mask = size - 1
        size = 256
        while size < 65536 and size < self.count:
            size *= 2
        self.grams = Lists(size)
        self.gram_mask = size - 1
        room = len(self.begin)
        self.shared = zeros("B", room)
        self.touched = zeros("i", room)
        for word in range(self.count):
            self.link(word, False)
        self.near.settle()
        self.grams.settle()
        for word in range(self.count):
            self.link(word, True)
        order = sorted(range(self.count), key=[self.text(word) for word in range(self.count)].__getitem__)
        self.order = array("i", order) if order else zeros("i", 1)
        self.ordered = self.count
        self.freshly = 0
        self.live = True

    def link(self, word: int, append: bool) -> None:
        """Count or enter a word under everything that it is looked up by."""
        lo = self.begin[word]
        hi = self.begin[word + 1]
        if hi - lo > LONGEST:
            return
        self.put(self.near, self.hash(lo, hi, -1) & self.near_mask, word, append)
        if hi - lo < 3:
            return
        self.put(self.near, self.bone_key(self.bones[word]), word, append)
        if hi - lo > 3:
            for i in range(lo, hi):
                if i == lo or self.letters[i] != self.letters[i - 1]:
                    self.put(self.near, self.hash(lo, hi, i) & self.near_mask, word, append)
        if hi - lo > 4:
            for i in range(lo - 1, hi - 1):
                self.put(self.grams, self.gram(lo, hi, i), word, append)

    def put(self, lists: Lists, key: int, word: int, append: bool) -> None:
        """Count or append one entry."""
        if append:
            lists.append(key, word)
        else:
            lists.count(key)

    def bone_key(self, bone: int) -> int:
        """Where words of this skeleton are listed."""
        mixed = ((bone ^ (bone >> 29)) * 0x9E3779B1) & MASK
        return (mixed >> 21) & self.near_mask

    def gram(self, lo: int, hi: int, i: int) -> int:
        """Where words are listed that have the three letters from ``i`` on; beyond the ends stands a mark."""
        first = self.letters[i] if i >= lo else 32
        last = self.letters[i + 2] if i + 2 < hi else 32
        value = (((first * 37 + self.letters[i + 1]) * 37 + last) * 2654435761) & MASK32
        return (value >> 12) & self.gram_mask

    def enter(self, word: int) -> None:
        """Make a new word found from now on."""
        self.link(word, True)
        place = self.freshly
        while place > 0 and self.compare(self.fresh[place - 1], self.begin[word], self.begin[word + 1]) > 0:
            self.fresh[place] = self.fresh[place - 1]
            place -= 1
        self.fresh[place] = word
        self.freshly += 1
        if self.freshly == FRESH:
            self.merge()

    def merge(self) -> None:
        """Put the latest words in order among all."""
        order = zeros("i", self.ordered + self.freshly)
        i = 0
        j = 0
        for k in range(self.ordered + self.freshly):
            if j == self.freshly or (i < self.ordered and self.before(self.order[i], self.fresh[j])):
                order[k] = self.order[i]
                i += 1
            else:
                order[k] = self.fresh[j]
                j += 1
        self.order = order
        self.ordered += self.freshly
        self.freshly = 0

    def first_from(self, lo: int, hi: int, fresh: bool, above: bool) -> int:
        """The place of the first word in order that is not below the stretch, or that is beyond all it begins."""
        low = 0
        high = self.freshly if fresh else self.ordered
        while low < high:
            middle = (low + high) // 2
            word = self.fresh[middle] if fresh else self.order[middle]
            smaller = above if self.begins(word, lo, hi) and hi > lo else self.compare(word, lo, hi) < 0
            if smaller:
                low = middle + 1
            else:
                high = middle
        return low

    def weigh(self, word: int, occurrences: int) -> None:
        """Remember how much a word tells, in nats: the rarer the more; titles and particles tell little."""
        prior = PRIOR.get(self.text(word), 1.0)
        weight = log(self.names / (occurrences + prior))
        if self.begin[word + 1] - self.begin[word] == 1:
            weight = min(weight, 2.5)
        self.weights[word] = weight

    def spellings(self, lo: int, hi: int, wide: bool) -> int:
        """Collect in ``touched`` words that may be the one written there; with ``wide`` those two edits away too.

        Returns how many. ``shared`` is left at zero.
        """
        found = 0
        if hi - lo < 3 or hi - lo > LONGEST:
            return 0
        found = self.collect(self.near, self.hash(lo, hi, -1) & self.near_mask, found, 200)
        found = self.collect(self.near, self.bone_key(self.skeleton(lo, hi)), found, 200)
        for i in range(lo, hi):
            if i == lo or self.letters[i] != self.letters[i - 1]:
                found = self.collect(self.near, self.hash(lo, hi, i) & self.near_mask, found, 200)
        if wide and hi - lo > 4:
            return self.sharing(lo, hi, found)
        for i in range(found):
            self.shared[self.touched[i]] = 0
        return found

    def collect(self, lists: Lists, key: int, found: int, mark: int) -> int:
        """Add the words of a list that are not among the ``found`` yet."""
        start = lists.start[key]
        for i in range(start, start + lists.size[key]):
            word = lists.items[i]
            if self.shared[word] == 0:
                self.shared[word] = mark
                self.touched[found] = word
                found += 1
        return found

    def sharing(self, lo: int, hi: int, found: int) -> int:
        """Add words that share enough groups of three letters, common groups left out when there are too many."""
        budget = 40_000
        for i in range(lo - 1, hi - 1):
            key = self.gram(lo, hi, i)
            start = self.grams.start[key]
            size = self.grams.size[key]
            if size > budget:
                continue
            budget -= size
            for k in range(start, start + size):
                word = self.grams.items[k]
                if self.shared[word] == 0:
                    self.touched[found] = word
                    found += 1
                if self.shared[word] < 250:
                    self.shared[word] += 1
        length = hi - lo
        enough = 2 if length < 7 else 3 if length < 10 else 4
        kept = 0
        for i in range(found):
            word = self.touched[i]
            gap = self.begin[word + 1] - self.begin[word] - length
            if self.shared[word] >= enough and -3 < gap < 3:
                self.touched[kept] = word
                kept += 1
            self.shared[word] = 0
        return kept
