"""The names of all entities: kept, and found as they are written."""

from __future__ import annotations

from array import array

from bot.index.codes import JOINT, PLACES, WORDS
from bot.index.pools import Lists, doubled, grown_bytes, grown_floats, grown_ints, zeros
from bot.index.vocabulary import Vocabulary


class Names:
    """Names of entities, both numbered, by their words."""

    def __init__(self, expected: int) -> None:
        """Make room for about ``expected`` names; more are taken all the same."""
        self.vocabulary = Vocabulary(expected // 2 + 16)
        self.names = 0
        self.entities = 0
        self.words = zeros("i", 3 * expected + 16)
        self.begin = zeros("i", expected + 16)
        self.owner = zeros("i", expected + 16)
        self.first = zeros("i", expected + 16)
        self.weight = array("f", bytes(4 * (expected + 16)))
        self.kind = zeros("B", expected + 16)
        self.alive = zeros("B", expected + 16)
        self.postings = Lists(1)
        self.key_heads = zeros("i", 1)
        self.key_next = zeros("i", 1)
        self.key_mask = 0
        self.join_heads = zeros("i", 1)
        self.join_next = zeros("i", 1)
        self.seen = zeros("i", 1)
        self.stamp = 0
        self.live = False
        self.asked = 0
        self.lo = zeros("i", WORDS + 2)
        self.hi = zeros("i", WORDS + 2)
        self.word = zeros("i", WORDS + 2)
        self.sorted = zeros("i", PLACES + 2)
        self.mark = zeros("i", 1)
        self.mark_word = zeros("B", 1)
        self.mark_how = zeros("B", 1)
        self.mark_score = array("f", bytes(4))
        self.taken = zeros("B", PLACES + 1)
        self.prominent = zeros("i", 1)
        self.settled = 0

    def push_entity(self, weight: float, kind: int) -> int:
        """Number a new entity; its names are pushed next."""
        entity = self.entities
        if entity + 2 > len(self.first):
            room = doubled(len(self.first), entity + 2)
            self.first = grown_ints(self.first, room)
            self.weight = grown_floats(self.weight, room)
            self.kind = grown_bytes(self.kind, room)
            self.alive = grown_bytes(self.alive, room)
        self.first[entity] = self.names
        self.first[entity + 1] = self.names
        self.weight[entity] = weight
        self.kind[entity] = kind
        self.alive[entity] = 1
        self.entities += 1
        return entity

    def push_name(self, folded: bytes) -> int:
        """Number one more name of the latest entity."""
        name = self.names
        if name + 2 > len(self.begin):
            room = doubled(len(self.begin), name + 2)
            self.begin = grown_ints(self.begin, room)
            self.owner = grown_ints(self.owner, room)
            if self.live:
                self.key_next = grown_ints(self.key_next, room)
                self.join_next = grown_ints(self.join_next, room)
                self.seen = grown_ints(self.seen, room)
        place = self.begin[name]
        if place + PLACES > len(self.words):
            self.words = grown_ints(self.words, doubled(len(self.words), place + PLACES))
        length = self.write(folded)
        lo = 0
        taken = 0
        for i in range(length + 1):
            if (i == length or self.vocabulary.letters[i] == 32) and i > lo and taken < PLACES:
                self.words[place + taken] = self.vocabulary.intern(lo, i)
                taken += 1
            if i < length and self.vocabulary.letters[i] == 32:
                lo = i + 1
        self.begin[name + 1] = place + taken
        self.owner[name] = self.entities - 1
        self.names += 1
        self.first[self.entities] = self.names
        if self.live:
            self.widen_words()
            self.key(name)
            self.post(name, True)
        return name

    def write(self, folded: bytes) -> int:
        """Put the words at the start of the scratch letters; returns their length."""
        length = min(len(folded), JOINT - 4)
        for i in range(length):
            self.vocabulary.letters[i] = folded[i]
        return length

    def settle(self, order: array[int]) -> None:
        """Arrange everything for looking up, names of the entities in ``order`` listed first."""
        size = 16
        while size < self.names:
            size *= 2
        self.key_mask = size - 1
        self.key_heads = zeros("i", size)
        self.join_heads = zeros("i", size)
        self.key_next = zeros("i", len(self.begin))
        self.join_next = zeros("i", len(self.begin))
        self.seen = zeros("i", len(self.begin))
        self.postings = Lists(self.vocabulary.count)
        for name in range(self.names):
            self.key(name)
            self.post(name, False)
        self.postings.settle()
        for i in range(self.entities):
            entity = order[i]
            for name in range(self.first[entity], self.first[entity + 1]):
                self.post(name, True)
        for word in range(self.vocabulary.count):
            self.vocabulary.weigh(word, self.postings.size[word])
        self.vocabulary.settle(self.names)
        self.prominent = order
        self.settled = self.entities
        self.live = True
        self.widen_words()

    def widen_words(self) -> None:
        """Have room for marks on every word."""
        count = self.vocabulary.count
        self.postings.extend(count)
        if count > len(self.mark):
            room = doubled(len(self.mark), count)
            self.mark = grown_ints(self.mark, room)
            self.mark_word = grown_bytes(self.mark_word, room)
            self.mark_how = grown_bytes(self.mark_how, room)
            self.mark_score = grown_floats(self.mark_score, room)

    def post(self, name: int, append: bool) -> None:
        """Count or list a name under each of its words, once."""
        start = self.begin[name]
        end = self.begin[name + 1]
        for i in range(start, end):
            word = self.words[i]
            again = False
            for k in range(start, i):
                again = again or self.words[k] == word
            if again:
                continue
            if append:
                self.postings.append(word, name)
                if self.live:
                    self.vocabulary.weigh(word, self.postings.size[word])
            else:
                self.postings.count(word)

    def key(self, name: int) -> None:
        """List a name under its words in any order, and under its letters without spaces."""
        start = self.begin[name]
        count = self.begin[name + 1] - start
        for i in range(count):
            self.sorted[i] = self.words[start + i]
        slot = self.key_of(count)
        self.key_next[name] = self.key_heads[slot]
        self.key_heads[slot] = name + 1
        value = 2166136261
        for i in range(count):
            value = self.letters_of(self.words[start + i], value)
        slot = (value ^ (value >> 13)) & self.key_mask
        self.join_next[name] = self.join_heads[slot]
        self.join_heads[slot] = name + 1

    def letters_of(self, word: int, value: int) -> int:
        """Carry a hash on over the letters of a word."""
        for i in range(self.vocabulary.begin[word], self.vocabulary.begin[word + 1]):
            value = ((value ^ self.vocabulary.letters[i]) * 16777619) & 0xFFFFFFFF
        return value

    def key_of(self, count: int) -> int:
        """Put the ``count`` words in ``sorted`` in order; returns where such names are listed."""
        value = 2166136261
        for i in range(1, count):
            word = self.sorted[i]
            k = i
            while k > 0 and self.sorted[k - 1] > word:
                self.sorted[k] = self.sorted[k - 1]
                k -= 1
            self.sorted[k] = word
        for i in range(count):
            value = ((value ^ self.sorted[i]) * 16777619) & 0xFFFFFFFF
            value ^= value >> 15
        return value & self.key_mask

    def bury(self, entity: int) -> bool:
        """Have an entity found no more; returns whether it was found before."""
        before = self.alive[entity] != 0
        self.alive[entity] = 0
        return before

    def is_alive(self, entity: int) -> bool:
        """Whether the entity is to be found."""
        return self.alive[entity] != 0

    def owner_of(self, name: int) -> int:
        """The entity that bears the name."""
        return self.owner[name]

    def first_of(self, entity: int) -> int:
        """The entity's first name."""
        return self.first[entity]

    def posted(self, limit: int, kind: int) -> list[int]:
        """Names that hold the question's only word, the most prominent first."""
        found: list[int] = []
        word = self.word[0]
        if word < 0:
            return found
        start = self.postings.start[word]
        for k in range(start, start + self.postings.size[word]):
            owner = self.owner[self.postings.items[k]]
            if self.alive[owner] and (not kind or self.kind[owner] == kind):
                found.append(self.postings.items[k])
                if len(found) == limit:
                    break
        return found

    def ask(self, folded: bytes) -> int:
        """Take a question; returns how many words of it count."""
        length = self.write(folded)
        vocabulary = self.vocabulary
        lo = 0
        asked = 0
        for i in range(length + 1):
            ends = i == length or vocabulary.letters[i] == 32
            if ends and i > lo and asked < WORDS:
                self.lo[asked] = lo
                self.hi[asked] = i
                self.word[asked] = vocabulary.find(lo, i)
                asked += 1
            if ends:
                lo = i + 1
        self.asked = asked
        return asked

    def written(self, start: int, end: int) -> list[tuple[int, bool]]:
        """Names made of the question's words from ``start`` to ``end`` in any order: each with whether in this one."""
        found: list[tuple[int, bool]] = []
        count = end - start
        for i in range(count):
            if self.word[start + i] < 0:
                return found
            self.sorted[i] = self.word[start + i]
        name = self.key_heads[self.key_of(count)] - 1
        while name >= 0:
            if self.begin[name + 1] - self.begin[name] == count and self.alive[self.owner[name]]:
                fits, ordered = self.made_of(name, start, count)
                if fits:
                    found.append((name, ordered))
            name = self.key_next[name] - 1
        return found

    def made_of(self, name: int, start: int, count: int) -> tuple[bool, bool]:
        """Whether the name's words are those in ``sorted``, and whether in the question's order."""
        place = self.begin[name]
        ordered = True
        for i in range(count):
            if self.words[place + i] != self.word[start + i]:
                ordered = False
        if ordered:
            return True, True
        for i in range(count):
            self.taken[i] = 0
        for i in range(count):
            k = 0
            while k < count and (self.taken[k] or self.words[place + k] != self.sorted[i]):
                k += 1
            if k == count:
                return False, False
            self.taken[k] = 1
        return True, False

    def joined(self) -> list[int]:
        """Names with the question's letters, whatever the spaces."""
        found: list[int] = []
        value = 2166136261
        length = 0
        for i in range(self.asked):
            for k in range(self.lo[i], self.hi[i]):
                value = ((value ^ self.vocabulary.letters[k]) * 16777619) & 0xFFFFFFFF
                self.vocabulary.letters[JOINT + length] = self.vocabulary.letters[k]
                length += 1
        name = self.join_heads[(value ^ (value >> 13)) & self.key_mask] - 1
        while name >= 0:
            if self.alive[self.owner[name]] and self.spells(name, length):
                found.append(name)
            name = self.join_next[name] - 1
        return found

    def spells(self, name: int, length: int) -> bool:
        """Whether the name's letters are those in the joint scratch."""
        at = 0
        for i in range(self.begin[name], self.begin[name + 1]):
            for k in range(self.vocabulary.begin[self.words[i]], self.vocabulary.begin[self.words[i] + 1]):
                if at == length or self.vocabulary.letters[JOINT + at] != self.vocabulary.letters[k]:
                    return False
                at += 1
        return at == length
