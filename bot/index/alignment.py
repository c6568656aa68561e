"""How well one name fits the question: words aligned, each weighed by how rare it is."""

from __future__ import annotations

from array import array

from bot.index.codes import (
    BEGINNING,
    EQUAL,
    INITIAL,
    JOINED,
    JOINT,
    KNOWN,
    LEGAL,
    LEGAL_KIND,
    MORE,
    PAIR,
    PART,
    PLACES,
    REORDERED,
    SOUND,
    TITLED,
    TYPO,
    WORDS,
)
from bot.index.names import Names
from bot.index.pools import zeros

# What a name between the first and the last counts when only one side has it; people leave such names out.
MIDDLE = 0.6


class Alignment(Names):
    """Compares the question with a name, word by word."""

    def __init__(self, expected: int) -> None:
        """Make room for about ``expected`` names; more are taken all the same."""
        super().__init__(expected)
        self.bone = zeros("Q", WORDS + 2)
        self.sort = zeros("B", WORDS + 2)
        self.unmatched = array("f", bytes(4 * (WORDS + 2)))
        self.likeness = array("f", bytes(4 * (WORDS + 1) * PLACES))
        self.manner = zeros("B", (WORDS + 1) * PLACES)
        self.given = zeros("B", WORDS + 2)
        self.flags = 0
        self.got = 0.0
        self.whole = 0.0
        self.unasked = 0.4
        self.known = 0.75

    def align(self, name: int) -> float:
        """How well the name fits the question, 0..1, its words weighed by rarity; why is left in ``flags``."""
        start = self.begin[name]
        count = self.begin[name + 1] - start
        self.flags = 0
        for k in range(count):
            self.taken[k] = 0
        for i in range(self.asked):
            self.given[i] = 0
            for k in range(count):
                self.compare(i, k, self.words[start + k])
        self.got = 0.0
        self.whole = 0.0
        if self.asked > 1 or count > 1:
            self.join(start, count)
        last = 0
        at = self.closest(start, count, last)
        while at >= 0:
            i = at // PLACES
            k = at - i * PLACES
            last = k - i
            if last:
                self.flags |= REORDERED
            self.given[i] = 1
            self.taken[k] = 1
            likeness = self.likeness[at]
            if self.word[i] >= 0 and self.manner[at] in (TYPO, SOUND, BEGINNING):
                self.flags |= KNOWN
                likeness *= self.known
            weight = 2.0 if self.manner[at] == INITIAL else self.vocabulary.weights[self.words[start + k]]
            self.flags |= 1 << self.manner[at]
            self.got += weight * likeness
            self.whole += weight
            at = self.closest(start, count, last)
        self.leftover(start, count)
        return self.got / self.whole if self.whole > 0.1 else 0.0

    def closest(self, start: int, count: int, last: int) -> int:
        """The pair of words to match next, as a place in ``likeness``; -1 when there is none left."""
        most = 0.0
        at = -1
        for i in range(self.asked):
            if self.given[i]:
                continue
            for k in range(count):
                value = self.likeness[i * PLACES + k]
                if self.taken[k] or value <= 0.0:
                    continue
                value *= 1.0 + 0.3 * self.vocabulary.weights[self.words[start + k]]
                if k - i == last:
                    value += 0.01
                if value > most:
                    most = value
                    at = i * PLACES + k
        return at

    def leftover(self, start: int, count: int) -> None:
        """Add to ``whole`` what found no counterpart."""
        for i in range(self.asked):
            if not self.given[i]:
                self.whole += self.unmatched[i] * (MIDDLE if 0 < i < self.asked - 1 else 1.0)
                self.flags |= TITLED if self.sort[i] else MORE
        unasked = self.unasked if self.asked > 1 else 0.3 * self.unasked
        for k in range(count):
            if not self.taken[k]:
                word = self.words[start + k]
                if self.vocabulary.kinds[word]:
                    if self.vocabulary.kinds[word] == LEGAL_KIND:
                        self.flags |= LEGAL
                    self.whole += 0.1 * self.vocabulary.weights[word]
                else:
                    self.whole += unasked * self.vocabulary.weights[word] * (MIDDLE if 0 < k < count - 1 else 1.0)
                    self.flags |= PART

    def compare(self, i: int, k: int, word: int) -> None:
        """Note how alike the question's word ``i`` and the name's word at ``k`` are."""
        vocabulary = self.vocabulary
        at = i * PLACES + k
        if self.word[i] == word:
            self.likeness[at] = 1.0
            self.manner[at] = EQUAL
            return
        if self.mark[word] == self.stamp and self.mark_word[word] == i and self.mark_how[word] != JOINED:
            self.likeness[at] = self.mark_score[word]
            self.manner[at] = self.mark_how[word]
            return
        start = vocabulary.begin[word]
        end = vocabulary.begin[word + 1]
        self.likeness[at] = vocabulary.alike(
            i, self.lo[i], self.hi[i], self.bone[i], start, end, vocabulary.bones[word]
        )
        self.manner[at] = vocabulary.how

    def join(self, start: int, count: int) -> None:
        """Match two words of one side that are written as one on the other."""
        vocabulary = self.vocabulary
        for i in range(self.asked):
            for k in range(count - 1):
                first = vocabulary.begin[self.words[start + k]]
                middle = vocabulary.begin[self.words[start + k] + 1]
                second = vocabulary.begin[self.words[start + k + 1]]
                end = vocabulary.begin[self.words[start + k + 1] + 1]
                gap = self.hi[i] - self.lo[i] - (middle - first) - (end - second)
                if -2 < gap < 2 and not self.given[i] and not self.taken[k] and not self.taken[k + 1]:
                    length = self.pair(first, middle, second, end)
                    bone = vocabulary.skeleton(JOINT, JOINT + length)
                    score = vocabulary.alike(i, self.lo[i], self.hi[i], self.bone[i], JOINT, JOINT + length, bone)
                    if self.better(score, i, k, i, k + 1):
                        self.given[i] = 1
                        self.match(score, start, k, k + 1)
        for i in range(self.asked - 1):
            for k in range(count):
                first = vocabulary.begin[self.words[start + k]]
                end = vocabulary.begin[self.words[start + k] + 1]
                gap = end - first - (self.hi[i] - self.lo[i]) - (self.hi[i + 1] - self.lo[i + 1])
                if -2 < gap < 2 and not self.given[i] and not self.given[i + 1] and not self.taken[k]:
                    length = self.pair(self.lo[i], self.hi[i], self.lo[i + 1], self.hi[i + 1])
                    vocabulary.pattern(PAIR + i, JOINT, JOINT + length)
                    bone = vocabulary.skeleton(JOINT, JOINT + length)
                    other = vocabulary.bones[self.words[start + k]]
                    score = vocabulary.alike(PAIR + i, JOINT, JOINT + length, bone, first, end, other)
                    if self.better(score, i, k, i + 1, k):
                        self.given[i] = 1
                        self.given[i + 1] = 1
                        self.match(score, start, k, k)

    def better(self, score: float, i: int, k: int, j: int, m: int) -> bool:
        """Whether two words as one fit clearly, and better than either by itself."""
        return score >= 0.8 and score > self.likeness[i * PLACES + k] and score > self.likeness[j * PLACES + m]

    def match(self, score: float, start: int, k: int, last: int) -> None:
        """Take the name's words from ``k`` to ``last`` as matched together."""
        for m in range(k, last + 1):
            self.taken[m] = 1
            weight = self.vocabulary.weights[self.words[start + m]]
            self.got += 0.97 * score * weight
            self.whole += weight
        self.flags |= 1 << JOINED

    def pair(self, first: int, middle: int, second: int, end: int) -> int:
        """Write two stretches as one into the joint scratch; returns their length."""
        vocabulary = self.vocabulary
        length = 0
        for i in range(first, middle):
            vocabulary.letters[JOINT + length] = vocabulary.letters[i]
            length += 1
        for i in range(second, end):
            vocabulary.letters[JOINT + length] = vocabulary.letters[i]
            length += 1
        return length
