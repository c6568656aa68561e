"""Names that go on from what has been typed, at any of their words, the most prominent first.

All words typed but the last are whole; the last is the beginning of one. Names that begin as typed come before names
that only hold the words. Where nothing goes on from what was typed, one typo is forgiven.
"""

# ruff: noqa: SIM110 - a loop over an array compiles to C, a generator does not

from __future__ import annotations

from array import array

from bot.index.names import Names

_MOST_FOUND = 128
_BLOCK = 64
_NONE = 2147483647
_LETTERS = 36
_MOST_TYPED = 8
#: A correction is looked for in the nearest so many words, or so many beginnings.
_CORRECTIONS = 6


class Completing:
    """Goes on from beginnings; ``found`` holds the last answer, best first."""

    names: Names
    best: array[int]
    blocks: array[int]
    found: array[int]
    tiers: array[int]
    count: int
    limit: int
    kind: int
    many: int
    typed: array[int]
    low: int
    high: int
    heads: array[int]
    lists: array[int]
    letters: array[int]

    def __init__(self, names: Names) -> None:
        self.names = names
        self.count = self.limit = self.many = self.low = self.high = 0
        self.kind = -1
        self.found, self.tiers = array("i", bytes(4 * (_MOST_FOUND + 1))), array("i", bytes(4 * (_MOST_FOUND + 1)))
        self.typed = array("i", bytes(4 * _MOST_TYPED))
        self.heads, self.lists = array("i", bytes(4 * (_MOST_FOUND + 1))), array("i", bytes(4 * (_MOST_FOUND + 1)))
        self.letters = array("B", bytes(64))
        self.settle()

    def settle(self) -> None:
        """Note the most prominent name of each word, and of each block of words in alphabetical order."""
        names, words = self.names, self.names.words
        self.best = array("i", bytes(4 * (words.settled + 1)))
        self.blocks = array("i", bytes(4 * (words.settled // _BLOCK + 2)))
        for block in range(words.settled // _BLOCK + 1):
            self.blocks[block] = _NONE
        for rank in range(words.settled):
            word = words.order[rank]
            some = names.post_starts[word + 1] > names.post_starts[word]
            self.best[rank] = names.posts[names.post_starts[word]] if some else _NONE
            if self.best[rank] < self.blocks[rank // _BLOCK]:
                self.blocks[rank // _BLOCK] = self.best[rank]

    def find(self, folded: bytes, limit: int, kind: int) -> list[tuple[int, int]]:
        """The names that go on from a folded text, each with its entity."""
        names = self.names
        self.count, self.kind = 0, kind
        self.limit = min(_MOST_FOUND, limit)
        many = names.read(folded)
        self.many = min(_MOST_TYPED, many)
        if self.limit > 0 and self.many:
            for i in range(self.many):
                self.typed[i] = names.words.number(names.text, names.at[i], names.sizes[i])
            self._all(self.many)
            if not self.count:
                self._forgive()
        return [(self.found[k], names.owners[self.found[k]]) for k in range(self.count)]

    def _all(self, many: int) -> None:
        names, last = self.names, self.many - 1
        self._range(names.text, names.at[last], names.sizes[last])
        if many < 2:
            self._one()
        else:
            self._several()
        for name in range(names.settled, names.count):
            tier = self._tier(name)
            if tier >= 0:
                self._keep(name, tier)

    def _range(self, text: array[int], start: int, length: int) -> None:
        words = self.names.words
        self.low = words.rank_from(text, start, length, False)
        self.high = words.rank_from(text, start, length, True)

    # One word: the lists of all words that begin so, each in order of prominence, merged.

    def _one(self) -> None:
        names = self.names
        wanted = min(_MOST_FOUND, self.limit * 3)
        many = 0
        rank = self.low
        while rank < self.high:
            if rank % _BLOCK == 0 and many == wanted and self.blocks[rank // _BLOCK] >= self.heads[many - 1]:
                rank += _BLOCK
                continue
            if self.best[rank] < _NONE and (many < wanted or self.best[rank] < self.heads[many - 1]):
                many = self._take(rank, many, wanted)
            rank += 1
        for k in range(many):
            word = self.lists[k]
            for at in range(names.post_starts[word], names.post_starts[word + 1]):
                if self.count == self.limit and names.posts[at] >= self.found[self.count - 1]:
                    break
                self._keep(names.posts[at], 0)

    def _take(self, rank: int, many: int, wanted: int) -> int:
        """Put the word among those with the most prominent names."""
        if many == wanted:
            many -= 1
        place = many
        while place > 0 and self.heads[place - 1] > self.best[rank]:
            self.heads[place], self.lists[place] = self.heads[place - 1], self.lists[place - 1]
            place -= 1
        self.heads[place], self.lists[place] = self.best[rank], self.names.words.order[rank]
        return many + 1

    # Several words: the names of the rarest whole one, or of the words that begin as the last if they are fewer.

    def _several(self) -> None:
        names = self.names
        rarest = -1
        for i in range(self.many - 1):
            word = self.typed[i]
            if word < 0 or word >= names.words.settled:
                return
            if rarest < 0 or names.frequency[word] < names.frequency[rarest]:
                rarest = word
        total = names.frequency[rarest]
        rank = self.low
        while rank < self.high and total > 0:
            total -= names.frequency[names.words.order[rank]]
            rank += 1
        if total > 0:
            for rank in range(self.low, self.high):
                self._through(names.words.order[rank])
        else:
            self._through(rarest)

    def _through(self, word: int) -> None:
        names = self.names
        for at in range(names.post_starts[word], names.post_starts[word + 1]):
            name = names.posts[at]
            if self.count == self.limit and self.tiers[self.count - 1] == 0 and name > self.found[self.count - 1]:
                return
            tier = self._tier(name)
            if tier >= 0:
                self._keep(name, tier)

    def _tier(self, name: int) -> int:
        """0 where the name begins as typed, 1 where it holds the words, -1 where it does not."""
        names = self.names
        start, end = names.spans[name], names.spans[name + 1]
        last = self.many - 1
        tier = 0
        for i in range(last):
            if start + i >= end or names.tokens[start + i] != self.typed[i]:
                tier = 1
                if not self._has(self.typed[i], start, end):
                    return -1
        if tier == 0 and start + last < end and self._goes_on(names.tokens[start + last]):
            return 0
        for at in range(start, end):
            if self._goes_on(names.tokens[at]) and not self._was_typed(names.tokens[at]):
                return 1 if last else 0
        return -1

    def _has(self, word: int, start: int, end: int) -> bool:
        for at in range(start, end):
            if self.names.tokens[at] == word:
                return True
        return False

    def _was_typed(self, word: int) -> bool:
        for i in range(self.many - 1):
            if self.typed[i] == word:
                return True
        return False

    def _goes_on(self, word: int) -> bool:
        names = self.names
        if word < names.words.settled:
            return self.low <= names.words.ranks[word] < self.high
        return names.words.begins(word, names.text, names.at[self.many - 1], names.sizes[self.many - 1])

    def _keep(self, name: int, tier: int) -> None:
        """Put the name in its place among those found, one for an entity."""
        names = self.names
        owner = names.owners[name]
        if not names.lives[owner] or (self.kind >= 0 and names.kinds[owner] != self.kind):
            return
        for k in range(self.count):
            if names.owners[self.found[k]] == owner:
                if self.tiers[k] <= tier:
                    return
                for m in range(k, self.count - 1):
                    self.found[m], self.tiers[m] = self.found[m + 1], self.tiers[m + 1]
                self.count -= 1
                break
        place = self.count
        while place > 0 and self._before(name, tier, place - 1):
            self.found[place], self.tiers[place] = self.found[place - 1], self.tiers[place - 1]
            place -= 1
        if place < self.limit:
            self.found[place], self.tiers[place] = name, tier
            if self.count < self.limit:
                self.count += 1

    def _before(self, name: int, tier: int, place: int) -> bool:
        names = self.names
        if tier != self.tiers[place]:
            return tier < self.tiers[place]
        weight, other = names.weights[names.owners[name]], names.weights[names.owners[self.found[place]]]
        return weight > other or (weight == other and name < self.found[place])

    # One typo.

    def _forgive(self) -> None:
        """Look again with one of the words corrected."""
        names = self.names
        last = self.many - 1
        for i in range(last):
            typed = self.typed[i]
            names.words.letters.fill_drops(names.drops, names.text, names.at[i], names.sizes[i])
            near = names.words.neighbours(names.text, names.drops, names.at[i], names.sizes[i])
            for k in range(min(_CORRECTIONS, near)):
                if names.words.costs[k] <= 10:
                    self.typed[i] = names.words.near[k]
                    self._several()
            self.typed[i] = typed
        if not self.count and names.sizes[last] > 2 and names.sizes[last] < 40:
            self._forgive_last(names.at[last], names.sizes[last])

    def _forgive_last(self, start: int, size: int) -> None:
        """Correct the beginning typed last: a letter exchanged, left out, too many, or two swapped."""
        text, letters = self.names.text, self.letters
        for place in range(1, size):
            for letter in range(_LETTERS + _LETTERS + 2):
                length = 0
                for k in range(size):
                    if k != place:
                        letters[length] = text[start + k]
                        length += 1
                    elif letter < _LETTERS:
                        letters[length] = letter
                        length += 1
                    elif letter < 2 * _LETTERS:
                        letters[length], letters[length + 1] = letter - _LETTERS, text[start + k]
                        length += 2
                    elif letter == 2 * _LETTERS and k + 1 < size:
                        letters[length] = text[start + k + 1]
                        length += 1
                if letter == 2 * _LETTERS and place + 1 < size:
                    letters[place + 1] = text[start + place]
                    length = size
                self._range(letters, 0, length)
                if self.low < self.high:
                    self._again()

    def _again(self) -> None:
        if self.many < 2:
            self._one()
        else:
            self._several()
