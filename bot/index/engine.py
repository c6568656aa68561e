"""The names of all entities and how a question is compared with them. Ordinary Python, compiled where possible."""

from __future__ import annotations

from array import array

from bot.index.codes import (
    BEGINNING,
    BEST,
    CANDIDATES,
    EQUAL,
    INITIAL,
    JOINED,
    JOINT,
    KNOWN,
    MORE,
    NICKNAME,
    PAIR,
    PART,
    PLACES,
    REORDERED,
    SOUND,
    TITLED,
    TYPO,
    WORDS,
)
from bot.index.pools import Lists, doubled, grown_bytes, grown_floats, grown_ints, zeros
from bot.index.vocabulary import Vocabulary
from bot.index.words import KINDS, RELATED

BUDGET = 16_000  #: names looked at for one question
UNKNOWN = 9.0
# How much of a name's word that was not asked for counts against it.
UNASKED = 0.4
# Beyond any weight: parts names that begin with the question from the rest.
TIER = 1e6


class Engine:
    """Names in arrays."""

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
        self.bone = zeros("Q", WORDS + 2)
        self.sort = zeros("B", WORDS + 2)
        self.unmatched = array("f", bytes(4 * (WORDS + 2)))
        self.sorted = zeros("i", PLACES + 2)
        self.mark = zeros("i", 1)
        self.mark_word = zeros("B", 1)
        self.mark_how = zeros("B", 1)
        self.mark_score = array("f", bytes(4))
        self.candidate = zeros("i", CANDIDATES + 1)
        self.gain = array("f", bytes(4 * (CANDIDATES + 1)))
        self.candidates = 0
        self.top_name = zeros("i", BEST + 1)
        self.top_score = array("d", bytes(8 * (BEST + 1)))
        self.tops = 0
        self.best = 0
        self.likeness = array("f", bytes(4 * (WORDS + 1) * PLACES))
        self.manner = zeros("B", (WORDS + 1) * PLACES)
        self.taken = zeros("B", PLACES + 1)
        self.given = zeros("B", WORDS + 2)
        self.flags = 0
        self.got = 0.0
        self.whole = 0.0
        self.unasked = 0.4
        self.known = 0.85
        self.power = 2.0
        self.common = 6000
        self.prominent = zeros("i", 1)
        self.settled = 0

    # ---- filling

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

    # ---- whole names

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

    # ---- names that are nearly those asked for

    def nearly(self, wanted: int, kind: int, wide: bool) -> list[tuple[float, int, int]]:
        """The best names for the question taken by ``ask``: each with its score, and why as bits.

        Args:
            wanted: how many, at most 128.
            kind: of these entities alone; 0 for all.
            wide: look for words two edits away as well.
        """
        self.stamp += 1
        self.candidates = 0
        self.tops = 0
        self.best = min(BEST, wanted)
        for i in range(self.asked):
            self.spell(i, wide)
            self.spaces(i)
        for i in range(self.asked):
            if self.word[i] >= 0 and (self.hi[i] - self.lo[i] > 1 or self.asked == 1):
                self.visit(self.word[i], self.common, kind)
        budget = BUDGET
        for i in range(self.candidates):
            word = self.candidate[i]
            size = self.postings.size[word]
            if size > budget:
                size = budget
            budget -= size
            self.visit(word, size, kind)
            if budget <= 0:
                break
        found = []
        for i in range(self.tops):
            score = self.align(self.top_name[i])
            found.append((score, self.top_name[i], self.flags))
        return found

    def visit(self, word: int, most: int, kind: int) -> None:
        """Consider the names that hold the word, the first ``most``."""
        start = self.postings.start[word]
        for k in range(start, start + min(most, self.postings.size[word])):
            self.consider(self.postings.items[k], kind)

    def spell(self, i: int, wide: bool) -> None:
        """Mark the words that the question's word ``i`` may mean."""
        vocabulary = self.vocabulary
        lo = self.lo[i]
        hi = self.hi[i]
        word = self.word[i]
        vocabulary.pattern(i, lo, hi)
        self.bone[i] = vocabulary.skeleton(lo, hi)
        self.unmatched[i] = vocabulary.weights[word] if word >= 0 else UNKNOWN
        if hi - lo == 1:
            self.unmatched[i] = 2.0
        text = bytes(vocabulary.letters[lo:hi])
        self.sort[i] = KINDS.get(text, 0)
        if self.sort[i]:
            self.unmatched[i] *= 0.2
        if word >= 0:
            self.propose(i, word, 1.0, EQUAL)
        related = RELATED.get(text)
        if related is not None:
            self.relate(i, related)
        if hi - lo < 3:
            return
        found = vocabulary.spellings(lo, hi, wide)
        for k in range(found):
            other = vocabulary.touched[k]
            if other != word:
                start = vocabulary.begin[other]
                score = vocabulary.alike(
                    i, lo, hi, self.bone[i], start, vocabulary.begin[other + 1], vocabulary.bones[other]
                )
                if score > 0.0:
                    self.propose(i, other, score, vocabulary.how)

    def spaces(self, i: int) -> None:
        """Mark what the question's word ``i`` is with or without a space."""
        vocabulary = self.vocabulary
        lo = self.lo[i]
        hi = self.hi[i]
        if i + 1 < self.asked:
            length = self.pair(lo, hi, self.lo[i + 1], self.hi[i + 1])
            word = vocabulary.find(JOINT, JOINT + length)
            if word >= 0:
                self.propose(i, word, 0.97, JOINED)
        for middle in range(lo + 2, hi - 1):
            word = vocabulary.find(lo, middle)
            if word >= 0:
                other = vocabulary.find(middle, hi)
                if other >= 0:
                    self.propose(i, word, 0.8 * (middle - lo) / (hi - lo), JOINED)
                    self.propose(i, other, 0.8 * (hi - middle) / (hi - lo), JOINED)

    def relate(self, i: int, related: tuple[bytes, ...]) -> None:
        """Mark other forms of the same given name."""
        for form in related:
            length = len(form)
            for k in range(length):
                self.vocabulary.letters[JOINT + k] = form[k]
            word = self.vocabulary.find(JOINT, JOINT + length)
            if word >= 0:
                self.propose(i, word, 0.9, NICKNAME)

    def propose(self, i: int, word: int, score: float, how: int) -> None:
        """Mark a word as what the question's word ``i`` means, unless it fits another better."""
        if self.mark[word] == self.stamp and self.mark_score[word] >= score:
            return
        fresh = self.mark[word] != self.stamp
        self.mark[word] = self.stamp
        self.mark_word[word] = i
        self.mark_how[word] = how
        self.mark_score[word] = score
        if not fresh:
            return
        gain = self.vocabulary.weights[word] * score * score
        if self.vocabulary.kinds[word] and self.asked > 1:
            gain *= 0.2
        if self.candidates == CANDIDATES:
            if gain <= self.gain[CANDIDATES - 1]:
                return
            self.candidates -= 1
        place = self.candidates
        while place > 0 and self.gain[place - 1] < gain:
            self.gain[place] = self.gain[place - 1]
            self.candidate[place] = self.candidate[place - 1]
            place -= 1
        self.gain[place] = gain
        self.candidate[place] = word
        self.candidates += 1

    def consider(self, name: int, kind: int) -> None:
        """Keep the name among the best by a first estimate."""
        if self.seen[name] == self.stamp:
            return
        self.seen[name] = self.stamp
        owner = self.owner[name]
        if not self.alive[owner] or (kind and self.kind[owner] != kind):
            return
        got = 0.0
        whole = 0.0
        used = 0
        unasked = self.unasked if self.asked > 1 else 0.3 * self.unasked
        for i in range(self.begin[name], self.begin[name + 1]):
            word = self.words[i]
            weight = self.vocabulary.weights[word]
            if self.mark[word] == self.stamp and not used & (1 << self.mark_word[word]):
                used |= 1 << self.mark_word[word]
                got += weight * self.mark_score[word]
                whole += weight
            elif self.vocabulary.kinds[word]:
                whole += 0.1 * weight
            else:
                whole += unasked * weight
        for i in range(self.asked):
            if not used & (1 << i):
                whole += self.unmatched[i]
        self.keep(name, got / whole)

    def keep(self, name: int, score: float) -> None:
        """Insert among the best so far."""
        if self.tops == self.best:
            if score <= self.top_score[self.best - 1]:
                return
            self.tops -= 1
        place = self.tops
        while place > 0 and self.top_score[place - 1] < score:
            self.top_score[place] = self.top_score[place - 1]
            self.top_name[place] = self.top_name[place - 1]
            place -= 1
        self.top_score[place] = score
        self.top_name[place] = name
        self.tops += 1

    # ---- one name

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
                self.whole += self.unmatched[i]
                self.flags |= TITLED if self.sort[i] else MORE
        unasked = self.unasked if self.asked > 1 else 0.3 * self.unasked
        for k in range(count):
            if not self.taken[k]:
                word = self.words[start + k]
                if self.vocabulary.kinds[word]:
                    self.whole += 0.1 * self.vocabulary.weights[word]
                else:
                    self.whole += unasked * self.vocabulary.weights[word]
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

    # ---- beginnings

    def going_on(self, wanted: int, kind: int, ends: bool) -> list[int]:
        """Names in which every word of the question begins a word, best first.

        A name that begins with the question comes before one that holds it further on, then the more prominent.

        Args:
            wanted: how many, at most 128.
            kind: of these entities alone; 0 for all.
            ends: whether the last word is whole; the others are where such a word is known.
        """
        self.stamp += 1
        self.tops = 0
        self.best = min(BEST, wanted)
        rarest = 0
        least = -1
        for i in range(self.asked):
            whole = (ends or i + 1 < self.asked) and self.word[i] >= 0
            if not whole:
                self.word[i] = -1
            cost = self.postings.size[self.word[i]] if whole else 2 * self.width(i)
            if least < 0 or cost < least:
                least = cost
                rarest = i
        if self.word[rarest] >= 0:
            self.walk(self.word[rarest], kind)
        elif self.width(rarest) > 3000 and self.asked == 1:
            self.stroll(kind)
        else:
            self.range_of(rarest, kind)
        return [self.top_name[i] for i in range(self.tops)]

    def width(self, i: int) -> int:
        """How many words the question's word ``i`` begins."""
        vocabulary = self.vocabulary
        lo = self.lo[i]
        hi = self.hi[i]
        settled = vocabulary.first_from(lo, hi, False, True) - vocabulary.first_from(lo, hi, False, False)
        return settled + vocabulary.first_from(lo, hi, True, True) - vocabulary.first_from(lo, hi, True, False)

    def range_of(self, i: int, kind: int) -> None:
        """Look at the names of every word that the question's word ``i`` begins."""
        vocabulary = self.vocabulary
        lo = self.lo[i]
        hi = self.hi[i]
        for place in range(vocabulary.first_from(lo, hi, False, False), vocabulary.first_from(lo, hi, False, True)):
            self.walk(vocabulary.order[place], kind)
        for place in range(vocabulary.first_from(lo, hi, True, False), vocabulary.first_from(lo, hi, True, True)):
            self.walk(vocabulary.fresh[place], kind)

    def walk(self, word: int, kind: int) -> None:
        """Look at the names that hold the word, until none of them can come before those found."""
        start = self.postings.start[word]
        for k in range(start, start + self.postings.size[word]):
            name = self.postings.items[k]
            owner = self.owner[name]
            full = self.tops == self.best and self.top_score[self.best - 1] >= 2.0 * TIER + self.weight[owner]
            if full and owner < self.settled:
                return
            self.offer(name, kind)

    def stroll(self, kind: int) -> None:
        """Look at the entities, most prominent first, until enough were found."""
        for entity in range(self.settled, self.entities):
            for name in range(self.first[entity], self.first[entity + 1]):
                self.offer(name, kind)
        for i in range(self.settled):
            entity = self.prominent[i]
            if self.tops == self.best and self.top_score[self.best - 1] >= 2.0 * TIER + self.weight[entity]:
                return
            for name in range(self.first[entity], self.first[entity + 1]):
                self.offer(name, kind)

    def offer(self, name: int, kind: int) -> None:
        """Keep the name if every word of the question begins one of its words."""
        owner = self.owner[name]
        if self.seen[name] == self.stamp or not self.alive[owner] or (kind and self.kind[owner] != kind):
            return
        self.seen[name] = self.stamp
        start = self.begin[name]
        count = self.begin[name + 1] - start
        in_order = count >= self.asked
        for i in range(self.asked):
            if in_order and not self.goes_on(i, self.words[start + i]):
                in_order = False
        tier = 2.0 if in_order or self.asked == 1 else 0.0
        if not in_order:
            used = 0
            for i in range(self.asked):
                k = 0
                while k < count and (used & (1 << k) or not self.goes_on(i, self.words[start + k])):
                    k += 1
                if k == count:
                    return
                used |= 1 << k
        self.keep(name, tier * TIER + self.weight[owner])

    def goes_on(self, i: int, word: int) -> bool:
        """Whether the question's word ``i`` is, or begins, this word."""
        if self.word[i] >= 0:
            return self.word[i] == word
        return self.vocabulary.begins(word, self.lo[i], self.hi[i])
