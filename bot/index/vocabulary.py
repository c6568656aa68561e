"""The words of all names: by spelling, by what is spelt nearly alike, and in alphabetical order.

Near spellings are found as SymSpell does (Garbe 2012): words that differ by two edits share what is left of them
after two omissions each, so the first letters of each word are filed under all they can be shortened to. What sounds
alike is filed under its skeleton of consonants. Words that came after the last ``settle`` are few and looked through.
"""

# ruff: noqa: SIM110 - a loop over an array compiles to C, a generator does not

from __future__ import annotations

from array import array
from typing import TypeVar

from bot.index.letters import Letters

_Number = TypeVar("_Number", int, float)

#: Only so many letters are shortened; more would only find fewer words that are no match anyway.
_SHORTENED = 7
#: Words of fewer letters are filed under one omission only: two would leave next to nothing.
_TWICE = 6
_FNV, _PRIME, _MASK = 2166136261, 16777619, 0xFFFFFFFF
_SKELETON = 77  # sets keys of skeletons apart from keys of spellings
_MOST_NEAR = 40
_MOST_TRIED = 4000


def grown(old: array[_Number], size: int) -> array[_Number]:
    """A copy of ``old`` with room for ``size`` items."""
    items = memoryview(old)
    new: array[_Number] = array(items.format, bytes(size * items.itemsize))
    memoryview(new)[: len(items)] = items
    return new


class Vocabulary:
    """Words by number, in the order in which they were learnt."""

    letters: Letters
    count: int
    settled: int
    blob: array[int]
    drops: array[int]
    starts: array[int]
    masks: array[int]
    skeletons: array[int]
    slots: array[int]
    heads: array[int]
    filed: array[int]
    order: array[int]
    ranks: array[int]
    seen: array[int]
    turn: int
    places: array[int]
    near: array[int]
    costs: array[int]
    sounds: array[int]

    def __init__(self) -> None:
        self.letters = Letters()
        self.count = self.settled = self.turn = 0
        self.blob, self.drops = array("B", bytes(4096)), array("B", bytes(4096))
        self.starts, self.masks = array("i", bytes(4 * 513)), array("I", bytes(4 * 512))
        self.skeletons = array("I", bytes(4 * 512))
        self.slots = array("i", bytes(4 * 1024))
        self.heads, self.filed = array("i", bytes(4 * 66)), array("i", bytes(4))
        self.order, self.ranks = array("i", bytes(4)), array("i", bytes(4))
        self.seen = array("i", bytes(4))
        self.places = array("Q", bytes(8 * 36))
        self.near, self.costs = array("i", bytes(4 * _MOST_NEAR)), array("i", bytes(4 * _MOST_NEAR))
        self.sounds = array("B", bytes(_MOST_NEAR))

    def length(self, word: int) -> int:
        """How many letters the word has."""
        return self.starts[word + 1] - self.starts[word]

    def _is(self, word: int, text: array[int], start: int, length: int) -> bool:
        at = self.starts[word]
        if self.starts[word + 1] - at != length:
            return False
        for i in range(length):
            if self.blob[at + i] != text[start + i]:
                return False
        return True

    def _slot(self, text: array[int], start: int, length: int) -> int:
        """Where the word is in the hash table, or the free place where it belongs."""
        value = _FNV
        for i in range(length):
            value = ((value ^ text[start + i]) * _PRIME) & _MASK
        last = len(self.slots) - 1
        place = (value ^ (value >> 15)) & last
        while self.slots[place] and not self._is(self.slots[place] - 1, text, start, length):
            place = (place + 1) & last
        return place

    def number(self, text: array[int], start: int, length: int) -> int:
        """The number of the word, -1 where it is unknown."""
        return self.slots[self._slot(text, start, length)] - 1

    def learn(self, text: array[int], start: int, length: int) -> int:
        """The number of the word, a new one where it is unknown."""
        place = self._slot(text, start, length)
        if self.slots[place]:
            return self.slots[place] - 1
        word = self.count
        end = self.starts[word] + length
        if word + 2 > len(self.masks):
            self.starts = grown(self.starts, len(self.masks) * 3 // 2 + 1)
            self.skeletons = grown(self.skeletons, len(self.masks) * 3 // 2)
            self.masks = grown(self.masks, len(self.masks) * 3 // 2)
        if end > len(self.blob):
            self.blob, self.drops = grown(self.blob, end * 3 // 2), grown(self.drops, end * 3 // 2)
        self.masks[word] = self.mask_of(text, start, length)
        self.skeletons[word] = self.letters.skeleton(text, start, length)
        for i in range(length):
            self.blob[self.starts[word] + i] = text[start + i]
        self.starts[word + 1] = end
        self.letters.fill_drops(self.drops, self.blob, self.starts[word], length)
        self.slots[place] = word + 1
        self.count = word + 1
        if self.count * 3 > len(self.slots) * 2:
            self._widen()
        return word

    def _widen(self) -> None:
        self.slots = array("i", bytes(8 * len(self.slots)))
        for word in range(self.count):
            start = self.starts[word]
            self.slots[self._slot(self.blob, start, self.starts[word + 1] - start)] = word + 1

    def mask_of(self, text: array[int], start: int, length: int) -> int:
        """Which letters occur, a bit each; digits share the last six."""
        mask = 0
        for i in range(length):
            letter = text[start + i]
            mask |= 1 << (letter if letter < 26 else 26 + letter % 6)
        return mask

    def differing(self, mask: int, word: int) -> int:
        """How many letters occur in only one of the word and another of which this is the mask."""
        bits = mask ^ self.masks[word]
        count = 0
        while bits:
            bits &= bits - 1
            count += 1
        return count

    def distance(self, text: array[int], drops: array[int], start: int, length: int, word: int, limit: int) -> int:
        """How far the letters are from the word, in tenths of an edit."""
        at = self.starts[word]
        size = self.starts[word + 1] - at
        return self.letters.distance(text, drops, start, length, self.blob, self.drops, at, size, limit)

    # Near spellings.

    def settle(self, frequency: array[int]) -> None:
        """File every word that occurs under its shortened forms, and put all in alphabetical order."""
        size = 64
        while size < self.count * 6:
            size *= 2
        self.heads = array("i", bytes(4 * (size + 2)))
        self.filed = array("i", bytes(4))
        for word in range(self.count):
            if frequency[word]:
                self._file(word, False)
        total = 0
        for bucket in range(size + 1):
            total += self.heads[bucket]
            self.heads[bucket] = total
        self.filed = array("i", bytes(4 * (total + 1)))
        for word in range(self.count - 1, -1, -1):
            if frequency[word]:
                self._file(word, True)
        self.settled = self.count
        self.seen = array("i", bytes(4 * (self.count + 1)))
        self._alphabetise()

    def _file(self, word: int, write: bool) -> None:
        """Count the word in its buckets, or write it there."""
        start = self.starts[word]
        length = self.starts[word + 1] - start
        cut = min(_SHORTENED, length)
        for i in range(-1, cut):
            for j in range(i, cut if length >= _TWICE and i >= 0 else i + 1):
                self._put(self._key(self.blob, start, cut, i, j), word, write)
        self._put(self._sound(self.skeletons[word]), word, write)

    def _put(self, key: int, word: int, write: bool) -> None:
        bucket = key & (len(self.heads) - 3)
        if write:
            self.heads[bucket] -= 1
            self.filed[self.heads[bucket]] = word
        else:
            self.heads[bucket] += 1

    def _key(self, text: array[int], start: int, cut: int, i: int, j: int) -> int:
        """The hash of the first ``cut`` letters without the ones at ``i`` and ``j``; -1 leaves none out."""
        value = _FNV
        for k in range(cut):
            if k != i and k != j:
                value = ((value ^ text[start + k]) * _PRIME) & _MASK
        return value ^ (value >> 15)

    def _sound(self, skeleton: int) -> int:
        value = ((skeleton ^ _SKELETON) * _PRIME) & _MASK
        return value ^ (value >> 15)

    def neighbours(self, text: array[int], drops: array[int], start: int, length: int) -> int:
        """Find words spelt or sounding like this one; they are in ``near``, with their ``costs`` in tenths of an edit.

        ``sounds`` says whose skeleton is the same. Returns how many there are; the word itself is not among them.
        """
        self.turn += 1
        found = tried = 0
        self.letters.pattern(self.places, 0, text, start, length)
        cut = min(_SHORTENED, length)
        mask = self.mask_of(text, start, length)
        bones = self.letters.skeleton(text, start, length)
        many = self.letters.bones
        key = self._sound(bones)
        for i in range(-2, cut):
            for j in range(i, cut if length >= _TWICE and i >= 0 else i + 1):
                if i > -2:
                    key = self._key(text, start, cut, i, j)
                bucket = key & (len(self.heads) - 3)
                for at in range(self.heads[bucket], self.heads[bucket + 1]):
                    word = self.filed[at]
                    if self.seen[word] != self.turn and tried < _MOST_TRIED:
                        self.seen[word] = self.turn
                        tried += 1
                        found = self._weigh(word, text, start, length, drops, mask, bones, many, found)
        for word in range(self.settled, self.count):
            found = self._weigh(word, text, start, length, drops, mask, bones, many, found)
        return found

    def _weigh(
        self,
        word: int,
        text: array[int],
        start: int,
        length: int,
        drops: array[int],
        mask: int,
        bones: int,
        many: int,
        found: int,
    ) -> int:
        """Keep the word among the nearest if it is near enough."""
        at = self.starts[word]
        size = self.starts[word + 1] - at
        apart = size - length if size > length else length - size
        if apart > 4:
            return found
        differing = self.differing(mask, word)
        alike = many > 1 and self.skeletons[word] == bones
        if differing > (7 if alike else 4) or (apart > 2 and not alike):
            return found
        longer = max(length, size)
        limit = longer * 5 if alike else 20 if longer > 5 else 14 if longer > 3 else 10
        if found == _MOST_NEAR and self.costs[found - 1] <= limit:
            limit = self.costs[found - 1] - 1
        if not alike and self.letters.edits(self.places, 0, length, self.blob, at, size) > 3:
            return found
        cost = self.distance(text, drops, start, length, word, limit)
        if cost > limit or (cost == 0 and size == length and self._is(word, text, start, length)):
            return found
        return self._keep(word, cost, alike, found)

    def _keep(self, word: int, cost: int, alike: bool, found: int) -> int:
        """Put the word among the nearest, in order of cost."""
        if found == _MOST_NEAR:
            if self.costs[found - 1] <= cost:
                return found
            found -= 1
        place = found
        while place > 0 and self.costs[place - 1] > cost:
            self.near[place] = self.near[place - 1]
            self.costs[place] = self.costs[place - 1]
            self.sounds[place] = self.sounds[place - 1]
            place -= 1
        self.near[place], self.costs[place], self.sounds[place] = word, cost, alike
        return found + 1

    # Alphabetical order.

    def _before(self, one: int, other: int) -> bool:
        a, b = self.starts[one], self.starts[other]
        n, m = self.starts[one + 1] - a, self.starts[other + 1] - b
        shorter = min(m, n)
        for i in range(shorter):
            if self.blob[a + i] != self.blob[b + i]:
                return self.blob[a + i] < self.blob[b + i]
        return n < m

    def _alphabetise(self) -> None:
        """Merge sort, bottom up."""
        count = self.count
        self.order = array("i", range(count))
        self.ranks = array("i", bytes(4 * (count + 1)))
        width = 1
        while width < count:
            self._merge(self.order, self.ranks, width)
            self.order, self.ranks = self.ranks, self.order
            width *= 2
        for rank in range(count):
            self.ranks[self.order[rank]] = rank

    def _merge(self, order: array[int], target: array[int], width: int) -> None:
        """Merge neighbouring sorted runs of ``width`` words."""
        count = self.count
        low = 0
        while low < count:
            middle = min(count, low + width)
            high = min(count, middle + width)
            left, right = low, middle
            for k in range(low, high):
                if left < middle and (right >= high or not self._before(order[right], order[left])):
                    target[k] = order[left]
                    left += 1
                else:
                    target[k] = order[right]
                    right += 1
            low += 2 * width

    def begins(self, word: int, text: array[int], start: int, length: int) -> bool:
        """Whether the word begins with these letters."""
        at = self.starts[word]
        if self.starts[word + 1] - at < length:
            return False
        for i in range(length):
            if self.blob[at + i] != text[start + i]:
                return False
        return True

    def rank_from(self, text: array[int], start: int, length: int, past: bool) -> int:
        """The rank of the first settled word that does not sort before these letters; ``past`` those beginning so."""
        low, high = 0, self.settled
        while low < high:
            middle = (low + high) // 2
            if self._sorts_before(self.order[middle], text, start, length, past):
                low = middle + 1
            else:
                high = middle
        return low

    def _sorts_before(self, word: int, text: array[int], start: int, length: int, past: bool) -> bool:
        at = self.starts[word]
        size = self.starts[word + 1] - at
        for i in range(min(length, size)):
            if self.blob[at + i] != text[start + i]:
                return self.blob[at + i] < text[start + i]
        return past if size >= length else True
