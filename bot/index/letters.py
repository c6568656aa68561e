"""Words as stretches of letters: hashed, ordered, and compared with one another.

Words hold a-z and 0-9 only. They lie one after another in ``letters``, whose first ``SCRATCH`` places hold the words
of the question at hand, so that everything here compares two stretches of one array.
"""

# ruff: noqa: SIM110 - a generator cannot be compiled to a plain loop

from __future__ import annotations

from array import array

from bot.index.codes import BEGINNING, EQUAL, INITIAL, ROWS, SCRATCH, SOUND, TYPO
from bot.index.pools import zeros

MASK = 0xFFFFFFFFFFFFFFFF
MASK32 = 0xFFFFFFFF
# Letters that transliterations exchange fall together; vowels and h fall away.
_SOUNDS = bytes.maketrans(
    b"abcdefghijklmnopqrstuvwxyz", b"\0\1\2\3\0\4\5\0\0\x0c\2\6\7\x08\0\1\2\x09\x0a\3\0\4\4\x0b\0\x0a"
)


class Letters:
    """Words as stretches of one array, and how alike two of them are."""

    def __init__(self, expected: int) -> None:
        """Make room for about ``expected`` words; more are taken all the same."""
        self.letters = zeros("B", SCRATCH + 8 * expected + 64)
        self.begin = zeros("i", expected + 16)
        self.begin[0] = SCRATCH
        self.patterns = zeros("Q", ROWS * 128)
        self.sounds = array("B", _SOUNDS[:128])
        self.how = EQUAL

    def hash(self, lo: int, hi: int, without: int) -> int:
        """FNV-1a of a stretch of letters, leaving out the letter at ``without``."""
        value = 2166136261
        for i in range(lo, hi):
            if i != without:
                value = ((value ^ self.letters[i]) * 16777619) & MASK32
        return value ^ (value >> 15)

    def same(self, lo: int, hi: int, lo2: int, hi2: int) -> bool:
        """Whether two stretches hold the same letters."""
        if hi - lo != hi2 - lo2:
            return False
        for i in range(hi - lo):
            if self.letters[lo + i] != self.letters[lo2 + i]:
                return False
        return True

    def skeleton(self, lo: int, hi: int) -> int:
        """The consonants of a word, up to twelve, five bits each; spellings of one sound fall together."""
        value = 1
        before = 0
        taken = 0
        for i in range(lo, hi):
            letter = self.letters[i]
            after = self.letters[i + 1] if i + 1 < hi else 0
            sound = self.sounds[letter]
            if letter < 97:
                sound = 20 + (letter & 7)
            elif letter == 112 and after == 104:
                sound = 4
            elif (letter == 103 and after == 104) or (letter == 120):
                sound = 2
            elif letter == 122 and after == 104:  # zh
                sound = 12
            elif (letter == 116 and after == 99) or (
                letter == 115 and i + 2 < hi and after == 99 and self.letters[i + 2] == 104
            ):
                sound = 0
            elif letter == 99 and (after == 104 or after == 122 or after == 101 or after == 105 or after == 121):
                sound = 10
            if sound and sound != before and taken < 12:
                value = (value << 5) | sound
                taken += 1
            before = sound
        return value

    def pattern(self, row: int, lo: int, hi: int) -> None:
        """Prepare ``row`` for distances from the stretch, of which at most 64 letters count."""
        one = 1
        for i in range(128):
            self.patterns[row * 128 + i] = 0
        for i in range(min(64, hi - lo)):
            self.patterns[row * 128 + self.letters[lo + i]] |= one << i

    def distance(self, row: int, length: int, lo: int, hi: int) -> int:
        """Insertions, deletions, exchanges and swaps of neighbours between the row's letters and the stretch.

        Hyyrö's bit-parallel algorithm for optimal string alignment (2003).
        """
        up = MASK
        down = 0
        diagonal = 0
        earlier = 0
        result = length
        last = 1
        last = last << (length - 1)
        for i in range(lo, hi):
            match = self.patterns[row * 128 + self.letters[i]]
            swap = ((((~diagonal) & match) << 1) & MASK) & earlier
            diagonal = ((((((match & up) + up) & MASK) ^ up) | match | down) | swap) & MASK
            plus = (down | (~(diagonal | up))) & MASK
            minus = diagonal & up
            if plus & last:
                result += 1
            if minus & last:
                result -= 1
            plus = ((plus << 1) | 1) & MASK
            minus = (minus << 1) & MASK
            up = (minus | (~(diagonal | plus))) & MASK
            down = plus & diagonal
            earlier = match
        return result

    def alike(self, row: int, lo: int, hi: int, bone: int, lo2: int, hi2: int, bone2: int) -> float:
        """How alike two words are, 0..1, and in ``how`` in which way. ``row`` holds the first one's pattern."""
        length = hi - lo
        other = hi2 - lo2
        if length == 1 or other == 1:
            self.how = EQUAL if length == other else INITIAL
            if self.letters[lo] != self.letters[lo2]:
                return 0.0
            return 1.0 if length == other else 0.85
        longest = max(length, other)
        gap = longest - min(length, other)
        start = self.beginning(lo, lo2, longest - gap, longest) if gap else 0.0
        if (2 * gap > longest or length > 64) and start == 0.0:
            return 0.0
        distance = self.distance(row, min(64, length), lo2, hi2)
        if distance == 0:
            self.how = EQUAL
            return 1.0
        cost = float(distance)
        self.how = TYPO
        if bone == bone2 and bone > 31:
            cost *= 0.6
            self.how = SOUND
        if self.letters[lo] != self.letters[lo2]:
            cost += 0.3
        score = 1.0 - cost / longest
        if score < 0.5:
            score = 0.0
        if start > score:
            self.how = BEGINNING
            score = start
        return score

    def beginning(self, lo: int, lo2: int, shorter: int, longest: int) -> float:
        """How alike two words are one of which may begin with the other."""
        if shorter < 3:
            return 0.0
        for i in range(shorter):
            if self.letters[lo + i] != self.letters[lo2 + i]:
                return 0.0
        return 0.55 + 0.35 * shorter / longest

    def compare(self, word: int, lo: int, hi: int) -> int:
        """Below, at or above zero as ``word`` comes before, is, or comes after the stretch."""
        start = self.begin[word]
        length = self.begin[word + 1] - start
        for i in range(min(length, hi - lo)):
            if self.letters[start + i] != self.letters[lo + i]:
                return self.letters[start + i] - self.letters[lo + i]
        return length - (hi - lo)

    def begins(self, word: int, lo: int, hi: int) -> bool:
        """Whether the word begins with the stretch."""
        start = self.begin[word]
        if self.begin[word + 1] - start < hi - lo:
            return False
        for i in range(hi - lo):
            if self.letters[start + i] != self.letters[lo + i]:
                return False
        return True

    def before(self, word: int, other: int) -> bool:
        """Whether ``word`` comes before ``other``."""
        return self.compare(word, self.begin[other], self.begin[other + 1]) < 0
