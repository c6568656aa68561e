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
_MOST_NEAR = 64
_MOST_TRIED = 1500
#: What is looked at of a word when it may be near stands together, so that it is fetched at once: where its letters
#: begin, which letters occur, its skeleton, and the last look-up that met it.
_CARD, _LETTERS_OF, _BONES, _SEEN = 4, 1, 2, 3


def grown(old: array[_Number], size: int) -> array[_Number]:
    """A copy of ``old`` with room for ``size`` items."""
    items = memoryview(old)
    new: array[_Number] = array(items.format, bytes(size * items.itemsize))
    kept = min(size, len(items))
    memoryview(new)[:kept] = items[:kept]
    return new


class Vocabulary:
    """Words by number, in the order in which they were learnt."""

    letters: Letters
    count: int
    settled: int
    blob: array[int]
    cards: array[int]
    slots: array[int]
    heads: array[int]
    filed: array[int]
    numbers: int
    order: array[int]
    ranks: array[int]
    heard: array[int]
    turn: int
    places: array[int]
    near: array[int]
    costs: array[int]
    unlikely: array[int]
    sounds: array[int]

    def __init__(self) -> None:
        self.letters = Letters()
        self.count = self.settled = self.turn = 0
        self.blob = array("B", bytes(4096))
        self.cards = array("I", bytes(4 * _CARD * 512))
        self.slots = array("i", bytes(4 * 1024))
        self.heads, self.filed = array("i", bytes(4 * 66)), array("I", bytes(4))
        self.numbers = 0
        self.order, self.ranks = array("i", bytes(4)), array("i", bytes(4))
        self.heard = array("B", bytes(512))
        self.places = array("Q", bytes(8 * 36))
        self.near, self.costs = array("i", bytes(4 * _MOST_NEAR)), array("i", bytes(4 * _MOST_NEAR))
        self.unlikely = array("i", bytes(4 * _MOST_NEAR))
        self.sounds = array("B", bytes(_MOST_NEAR))

    def start(self, word: int) -> int:
        """Where the word's letters begin in ``blob``."""
        return self.cards[_CARD * word]

    def length(self, word: int) -> int:
        """How many letters the word has."""
        return self.cards[_CARD * word + _CARD] - self.cards[_CARD * word]

    def bones(self, word: int) -> int:
        """The word's skeleton of consonants."""
        return self.cards[_CARD * word + _BONES]

    def _is(self, word: int, text: array[int], start: int, length: int) -> bool:
        return self.length(word) == length and self.begins(word, text, start, length)

    def begins(self, word: int, text: array[int], start: int, length: int) -> bool:
        """Whether the word begins with these letters."""
        if self.length(word) < length:
            return False
        at = self.start(word)
        for i in range(length):
            if self.blob[at + i] != text[start + i]:
                return False
        return True

    def fetch(self, word: int) -> int:
        """Lay the word out as the ``other`` to compare with; returns its length."""
        at, length = self.start(word), self.length(word)
        for i in range(length):
            self.letters.other[i] = self.blob[at + i]
        return length

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
        at = self.start(word)
        end = at + length
        if _CARD * (word + 2) > len(self.cards):
            self.cards = grown(self.cards, _CARD * (word * 3 // 2 + 2))
        if word + 1 > len(self.heard):
            self.heard = grown(self.heard, word * 3 // 2 + 2)
        if end > len(self.blob):
            self.blob = grown(self.blob, end * 3 // 2)
        self.cards[_CARD * word + _LETTERS_OF] = self.mask_of(text, start, length)
        self.cards[_CARD * word + _BONES] = self.letters.skeleton(text, start, length)
        self.cards[_CARD * word + _CARD] = end
        for i in range(length):
            self.blob[at + i] = text[start + i]
        self.slots[place] = word + 1
        self.count = word + 1
        if self.count * 3 > len(self.slots) * 2:
            self._widen()
        return word

    def _widen(self) -> None:
        self.slots = array("i", bytes(8 * len(self.slots)))
        for word in range(self.count):
            length = self.fetch(word)
            self.slots[self._slot(self.letters.other, 0, length)] = word + 1

    def mask_of(self, text: array[int], start: int, length: int) -> int:
        """Which letters occur, a bit each; digits share the last six."""
        mask = 0
        for i in range(length):
            letter = text[start + i]
            mask |= 1 << (letter if letter < 26 else 26 + letter % 6)
        return mask

    def differing(self, mask: int, word: int) -> int:
        """How many letters occur in only one of the word and another of which this is the mask."""
        bits = mask ^ self.cards[_CARD * word + _LETTERS_OF]
        bits -= (bits >> 1) & 0x55555555
        bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333)
        return ((((bits + (bits >> 4)) & 0x0F0F0F0F) * 0x01010101) & _MASK) >> 24

    # Near spellings.

    def settle(self, frequency: array[int]) -> None:
        """File every word that occurs under its shortened forms, and put all in alphabetical order."""
        size = 64
        while size < self.count * 2:
            size *= 2
        self.numbers = size // 2 - 1  # no word has a higher number
        self.heads = array("i", bytes(4 * (size + 2)))
        self.filed = array("I", bytes(4))
        self.heard = array("B", bytes(self.count + 1))
        for word in range(self.count):
            self.hear(word, frequency[word])
            if frequency[word]:
                self._file(word, False)
        total = 0
        for bucket in range(size + 1):
            total += self.heads[bucket]
            self.heads[bucket] = total
        self.filed = array("I", bytes(4 * (total + 1)))
        for word in range(self.count - 1, -1, -1):
            if frequency[word]:
                self._file(word, True)
        self.settled = self.count
        self.cards = grown(self.cards, _CARD * (self.count + 1))
        self.blob = grown(self.blob, self.start(self.count))
        self._alphabetise()

    def hear(self, word: int, frequency: int) -> None:
        """Note how common the word is: by how many bits its frequency is written."""
        bits = 0
        while frequency > 0:
            frequency >>= 1
            bits += 1
        self.heard[word] = bits

    def _file(self, word: int, write: bool) -> None:
        """Count the word in its buckets, or write it there."""
        length = self.fetch(word)
        cut = min(_SHORTENED, length)
        for i in range(-1, cut):
            for j in range(i, cut if length >= _TWICE and i >= 0 else i + 1):
                self._put(self._key(self.letters.other, 0, cut, i, j), word, write)
        self._put(self._sound(self.bones(word)), word, write)

    def _put(self, key: int, word: int, write: bool) -> None:
        """Write the word into the bucket, and into the bits it leaves free the upper ones of the key."""
        bucket = key & (len(self.heads) - 3)
        if write:
            self.heads[bucket] -= 1
            self.filed[self.heads[bucket]] = (key & (_MASK ^ self.numbers)) | word
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
        Where there are too many, those stay that were most likely meant: near ones, and common ones.
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
                upper = key & (_MASK ^ self.numbers)
                for at in range(self.heads[bucket], self.heads[bucket + 1]):
                    word = self.filed[at] ^ upper
                    if word > self.numbers:
                        continue  # filed under another key
                    if self.cards[_CARD * word + _SEEN] != self.turn and tried < _MOST_TRIED:
                        self.cards[_CARD * word + _SEEN] = self.turn
                        tried += 1
                        if self._may_be_near(word, length, mask, bones, many):
                            found = self._weigh(word, text, start, length, drops, bones, many, found)
        for word in range(self.settled, self.count):
            if self._may_be_near(word, length, mask, bones, many):
                found = self._weigh(word, text, start, length, drops, bones, many, found)
        return found

    def _may_be_near(self, word: int, length: int, mask: int, bones: int, many: int) -> bool:
        """Whether length, letters and skeleton leave it open."""
        size = self.length(word)
        apart = size - length if size > length else length - size
        if apart > 4:
            return False
        differing = self.differing(mask, word)
        alike = many > 1 and self.bones(word) == bones
        return differing <= 7 if alike else differing <= 4 and apart <= 2

    def _weigh(
        self, word: int, text: array[int], start: int, length: int, drops: array[int], bones: int, many: int, found: int
    ) -> int:
        """Keep the word among the nearest if it is near enough."""
        size = self.fetch(word)
        alike = many > 1 and self.bones(word) == bones
        longer = max(length, size)
        limit = longer * 5 if alike else 20 if longer > 5 else 14 if longer > 3 else 10
        if not alike and self.letters.edits(self.places, 0, length, size) > 3:
            return found
        if found == _MOST_NEAR:
            limit = min(limit, self.unlikely[found - 1] + self.heard[word])
        cost = self.letters.distance(text, drops, start, length, size, limit)
        if cost > limit or (cost == 0 and size == length and self._is(word, text, start, length)):
            return found
        return self._keep(word, cost, alike, found)

    def _keep(self, word: int, cost: int, alike: bool, found: int) -> int:
        """Put the word among the nearest, the likeliest first: one twice as common makes up for a tenth of an edit."""
        unlikely = cost - self.heard[word]
        if found == _MOST_NEAR:
            if self.unlikely[found - 1] <= unlikely:
                return found
            found -= 1
        place = found
        while place > 0 and self.unlikely[place - 1] > unlikely:
            self.near[place], self.unlikely[place] = self.near[place - 1], self.unlikely[place - 1]
            self.costs[place], self.sounds[place] = self.costs[place - 1], self.sounds[place - 1]
            place -= 1
        self.near[place], self.costs[place], self.sounds[place] = word, cost, alike
        self.unlikely[place] = unlikely
        return found + 1

    # Alphabetical order.

    def _before(self, one: int, other: int) -> bool:
        a, b = self.start(one), self.start(other)
        n, m = self.length(one), self.length(other)
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
        at, size = self.start(word), self.length(word)
        for i in range(min(length, size)):
            if self.blob[at + i] != text[start + i]:
                return self.blob[at + i] < text[start + i]
        return past if size >= length else True
