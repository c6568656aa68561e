"""The names that come nearest to a question, and those that go on from what has been typed."""

from __future__ import annotations

from array import array

from bot.index.alignment import Alignment
from bot.index.codes import BEST, CANDIDATES, EQUAL, JOINED, JOINT, NICKNAME
from bot.index.pools import zeros
from bot.index.words import KINDS, RELATED

BUDGET = 4_000  #: names looked at for one word of a question
NARROW_BUDGET = 1_500  #: and for all others together
WIDE_BUDGET = 4_000  #: likewise, where words two edits away are looked for
SURE = 0.86  #: from here on two words are taken for the same in looking for names
UNKNOWN = 9.0  #: how much a word that no name holds counts, in nats
# Beyond any weight: parts names that begin with the question from the rest.
TIER = 1e6


class Engine(Alignment):
    """Names that a question may mean, and names that go on from it."""

    def __init__(self, expected: int) -> None:
        """Make room for about ``expected`` names; more are taken all the same."""
        super().__init__(expected)
        self.candidate = zeros("i", CANDIDATES + 1)
        self.candidate_of = zeros("i", CANDIDATES + 1)
        self.gain = array("f", bytes(4 * (CANDIDATES + 1)))
        self.candidates = 0
        self.top_name = zeros("i", BEST + 1)
        self.top_score = array("d", bytes(8 * (BEST + 1)))
        self.tops = 0
        self.best = 0
        self.initials = 0
        self.firsts = 0

    def nearly(self, wanted: int, kind: int, wide: bool) -> list[tuple[float, int, int]]:
        """The best names for the question taken by ``ask``: each with its score, and why as bits.

        Args:
            wanted: how many, at most 128.
            kind: of these entities alone; 0 for all.
            wide: look for words two edits away for every word, not only for those that no name holds.
        """
        self.stamp += 1
        self.candidates = 0
        self.tops = 0
        self.best = min(BEST, wanted)
        self.initials = 0
        self.firsts = 0
        for i in range(self.asked):
            letter = self.vocabulary.letters[self.lo[i]]
            self.firsts |= 1 << (letter & 31)
            if self.hi[i] - self.lo[i] == 1:
                self.initials |= 1 << (letter & 31)
            self.spell(i, wide)
            self.spaces(i)
        self.look(kind, wide)
        found = []
        for i in range(self.tops):
            score = self.align(self.top_name[i])
            found.append((score, self.top_name[i], self.flags))
        return found

    def look(self, kind: int, wide: bool) -> None:
        """Look at names: all that hold what the rarest word surely means, then those of the most telling words."""
        first = self.rarest(-1)
        budget = BUDGET
        for i in range(self.candidates):
            if self.candidate_of[i] == first and self.mark_score[self.candidate[i]] >= SURE:
                budget -= self.visit(self.candidate[i], budget, kind)
        if first >= 0 and self.asked > 1 and (wide or self.word[first] < 0):
            second = self.rarest(first)
            budget = BUDGET
            for i in range(self.candidates):
                if self.candidate_of[i] == second and self.mark_score[self.candidate[i]] >= SURE:
                    budget -= self.visit(self.candidate[i], budget, kind)
        budget = WIDE_BUDGET if wide else NARROW_BUDGET
        for i in range(self.candidates):
            sure = self.candidate_of[i] == first and self.mark_score[self.candidate[i]] >= SURE
            if not sure and budget > 0 and self.postings.size[self.candidate[i]] < WIDE_BUDGET:
                budget -= self.visit(self.candidate[i], budget, kind)

    def rarest(self, other: int) -> int:
        """The question's word, but for the ``other``, whose sure meanings fewest names hold; -1 if there is none."""
        chosen = -1
        least = 0
        for i in range(self.asked):
            if i == other or (self.hi[i] - self.lo[i] == 1 and self.asked > 1):
                continue
            mass = 0
            for k in range(self.candidates):
                if self.candidate_of[k] == i and self.mark_score[self.candidate[k]] >= SURE:
                    mass += self.postings.size[self.candidate[k]]
            if mass and (chosen < 0 or mass < least):
                chosen = i
                least = mass
        return chosen

    def visit(self, word: int, most: int, kind: int) -> int:
        """Consider the names that hold the word, the first ``most``; returns how many there were."""
        start = self.postings.start[word]
        size = self.postings.size[word]
        if size > most:
            size = most
        for k in range(start, start + size):
            self.consider(self.postings.items[k], kind)
        return size

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
        found = vocabulary.spellings(lo, hi, wide or word < 0)
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
            self.candidate_of[place] = self.candidate_of[place - 1]
            place -= 1
        self.gain[place] = gain
        self.candidate[place] = word
        self.candidate_of[place] = i
        self.candidates += 1

    def consider(self, name: int, kind: int) -> None:
        """Keep the name among the best by a first estimate."""
        if self.seen[name] == self.stamp:
            return
        self.seen[name] = self.stamp
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
            elif self.abbreviates(word):
                got += 1.7
                whole += 0.5
            else:
                whole += unasked * weight
        for i in range(self.asked):
            if not used & (1 << i):
                whole += self.unmatched[i]
        if whole > 0.0 and (self.tops < self.best or got > whole * self.top_score[self.best - 1]):
            owner = self.owner[name]
            if self.alive[owner] and (not kind or self.kind[owner] == kind):
                self.keep(name, got / whole)

    def abbreviates(self, word: int) -> bool:
        """Whether an initial of the question may stand for the name's word, or the other way round."""
        start = self.vocabulary.begin[word]
        letter = 1 << (self.vocabulary.letters[start] & 31)
        if self.initials & letter:
            return True
        return self.vocabulary.begin[word + 1] - start == 1 and (self.firsts & letter) != 0

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
            if self.tops == self.best:
                owner = self.owner[name]
                if owner < self.settled and self.top_score[self.best - 1] >= 2.0 * TIER + self.weight[owner]:
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
        if self.seen[name] == self.stamp:
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
        owner = self.owner[name]
        if self.alive[owner] and (not kind or self.kind[owner] == kind):
            self.keep(name, tier * TIER + self.weight[owner])

    def goes_on(self, i: int, word: int) -> bool:
        """Whether the question's word ``i`` is, or begins, this word."""
        if self.word[i] >= 0:
            return self.word[i] == word
        return self.vocabulary.begins(word, self.lo[i], self.hi[i])
