"""How well a name fits a query: their words are aligned, each weighed by how rare it is.

A rare word that is found says much, a common one little; a word of the query that the name lacks counts against it,
and so, less, does a word of the name that the query lacks.
"""

# ruff: noqa: SIM110 - a loop over an array compiles to C, a generator does not

from __future__ import annotations

from array import array

from bot.index.names import Names

_MOST_ASKED, _MOST_NAMED, _LONGEST_JOINED = 12, 16, 40
#: What a single word loses by being but a part of the name.
_PART = 0.06
_MEMO, _MIX, _TURNS = 8192, 2654435761, 0xFFFFFF
#: How two words go together. What a name needed most is told as the reason of its match.
_EQUAL, _INITIAL, _SHORT, _JOINED, _NICKNAME, _TYPO, _SOUND = 0, 1, 2, 4, 8, 16, 32
_REORDERED, _LACKS, _HAS_MORE, _TITLE, _LEGAL = 64, 128, 256, 512, 1024

# The numbers below were set by coordinate ascent on part of a large set of real names and questions, and then adjusted
# by hand; what they are worth is told by questions that took no part in it.
#: What an edit takes off, as a share of the word.
_PER_EDIT = 0.96
#: How alike words with one skeleton of consonants are at least, and how much more if they are spelt alike as well.
_SOUNDS, _SOUNDS_SPELT = 0.53, 0.1
#: How alike another form of a given name is, and how much more if it is spelt alike as well.
_KNOWN_AS, _KNOWN_AS_SPELT = 0.76, 0.168
#: How alike a word and its beginning are, and an initial and its word; and words written together and apart.
_BEGUN, _BEGUN_SHARE, _BY_INITIAL, _JOINT = 0.615, 0.29, 0.81, 0.935
#: How alike names of the same consonants are, their words written together: at most, less by each edit as a share of
#: the letters, and less the fewer letters there are.
_WHOLE, _WHOLE_EDIT, _WHOLE_SHORT = 0.97, 1.46, 0.4
#: A word that many bear is seldom another one misspelt.
_ANOTHER_WORD = 0.2
#: What weighs a word of the query that the name lacks, an initial of that kind, a title or legal form on either side,
#: and what an initial leaves unsaid of a word.
_LACKING, _LACKING_INITIAL, _GENERIC, _UNSAID = 0.28, 0.22, 0.1, 0.2
#: What is lost where the name has more words: at once, and the more the less sure the rest is.
_MORE, _MORE_IN_DOUBT = 0.103, 1.34
_DISORDER = 0.016
#: Evidence that exceeds what chance brings among so many names by less than this is doubted, so much a unit.
_SURE, _UNSURE = 9.2, 0.0152


class Alignment:
    """A query, ready to be compared with names."""

    names: Names
    many: int
    words: array[int]
    weights: array[float]
    known: array[float]
    masks: array[int]
    skeletons: array[int]
    bones: array[int]
    places: array[int]
    memo_keys: array[int]
    memo_alike: array[float]
    memo_how: array[int]
    grid: array[float]
    hows: array[int]
    asked: array[int]
    named: array[int]
    pairs: array[int]
    turn: int
    alike: float
    joined: float
    how: int
    filled: int

    def __init__(self, names: Names) -> None:
        self.names = names
        self.many = self.turn = self.how = self.filled = 0
        self.alike = self.joined = 0.0
        self.words = array("i", bytes(4 * _MOST_ASKED))
        self.weights, self.known = array("d", bytes(8 * _MOST_ASKED)), array("d", bytes(8 * _MOST_ASKED))
        self.masks, self.skeletons = array("I", bytes(4 * _MOST_ASKED)), array("I", bytes(4 * _MOST_ASKED))
        self.bones = array("i", bytes(4 * _MOST_ASKED))
        self.places = array("Q", bytes(8 * 36 * _MOST_ASKED))
        self.memo_keys = array("Q", bytes(8 * _MEMO))
        self.memo_alike, self.memo_how = array("d", bytes(8 * _MEMO)), array("B", bytes(_MEMO))
        self.grid = array("d", bytes(8 * _MOST_ASKED * _MOST_NAMED))
        self.hows = array("B", bytes(_MOST_ASKED * _MOST_NAMED))
        self.asked, self.named = array("i", bytes(4 * _MOST_ASKED)), array("i", bytes(4 * _MOST_NAMED))
        self.pairs = array("i", bytes(4 * _MOST_ASKED))

    def ask(self, folded: bytes) -> int:
        """Take in a folded query; returns of how many words it is compared."""
        names = self.names
        many = names.read(folded)
        self.many = many = min(_MOST_ASKED, many)
        self.turn += 1
        self.filled = 0
        for i in range(many):
            word = names.words.number(names.text, names.at[i], names.sizes[i])
            self.words[i] = word
            self.weights[i] = names.rarity[word] if word >= 0 else names.rarest()
            self.masks[i] = names.words.mask_of(names.text, names.at[i], names.sizes[i])
            self.skeletons[i] = names.words.letters.skeleton(names.text, names.at[i], names.sizes[i])
            self.bones[i] = names.words.letters.bones
            self.known[i] = 0.0
            names.words.letters.pattern(self.places, 36 * i, names.text, names.at[i], names.sizes[i])
            names.words.letters.fill_drops(names.drops, names.text, names.at[i], names.sizes[i])
            if word >= 0:
                heard = names.frequency[word] + (names.prior[word] if word < names.common else 0.0)
                self.known[i] = (heard + (1.5 if many == 1 else 0.0)) / (heard + 8.0) if heard > 0.0 else 0.0
        return many

    def remember(self, i: int, word: int, alike: float, how: int) -> None:
        """Note how the asked word and a word of names go together; the better of two ways stays."""
        place = self._place(i, word)
        if self.memo_keys[place] != self._key(i, word):
            if self.filled * 4 > _MEMO * 3:
                return
            self.filled += 1
            self.memo_keys[place] = self._key(i, word)
        elif self.memo_alike[place] >= alike:
            return
        self.memo_alike[place], self.memo_how[place] = alike, how

    def known_as(self, i: int, word: int) -> float:
        """Note that the word is another name of the asked one; returns how alike they count."""
        self._compare(i, word)
        alike = _KNOWN_AS + _KNOWN_AS_SPELT * self.alike
        self.remember(i, word, alike, _NICKNAME)
        return alike

    def _place(self, i: int, word: int) -> int:
        key = self._key(i, word)
        place = ((key * _MIX) >> 7) & (_MEMO - 1)
        while self.memo_keys[place] != key and self.memo_keys[place] >> 40 == self.turn & _TURNS:
            place = (place + 1) & (_MEMO - 1)
        return place

    def _key(self, i: int, word: int) -> int:
        """What the pair is noted under; notes of earlier queries are told apart by their turn."""
        return ((self.turn & _TURNS) << 40) + word * 16 + i + 1

    def _look(self, i: int, word: int) -> None:
        """Set ``alike`` and ``how`` for the asked word and a word of a name."""
        place = self._place(i, word)
        if self.memo_keys[place] != self._key(i, word):
            self._compare(i, word)
            self.remember(i, word, self.alike, self.how)
        else:
            self.alike, self.how = self.memo_alike[place], self.memo_how[place]

    def _compare(self, i: int, word: int) -> None:
        names, words = self.names, self.names.words
        size, at = names.sizes[i], names.at[i]
        start, other = words.start(word), words.length(word)
        self.alike, self.how = 0.0, _EQUAL
        if self.words[i] == word:
            self.alike = 1.0
            return
        if self.counted_apart(i, word):
            return
        if size == 1 or other == 1:
            if names.text[at] == words.blob[start]:
                self.alike, self.how = _BY_INITIAL, _INITIAL
            return
        longer, shorter = (size, other) if size > other else (other, size)
        differing = words.differing(self.masks[i], word)
        sounds = words.bones(word) == self.skeletons[i]
        if sounds or differing * 3 <= longer * 2 + 4:
            words.fetch(word)
            if sounds or words.letters.edits(self.places, 36 * i, size, other) * 2 <= longer + 3:
                cost = words.letters.distance(names.text, names.drops, at, size, other, longer * 5)
                self.judge(i, cost, longer, self.bones[i] if sounds else 0)
        if shorter > 2 and shorter < longer and self._begins(at, size, start, other, shorter):
            begun = _BEGUN + _BEGUN_SHARE * shorter / longer
            if begun > self.alike:
                self.alike, self.how = begun, _SHORT

    def counted_apart(self, i: int, word: int) -> bool:
        """Whether both are Roman numerals, and so not the same: nobody asks for a Pius XI as Pius X."""
        names, words = self.names, self.names.words
        if i == 0 or i < self.many - 1 or not self._is_numeral(names.text, names.at[i], names.sizes[i]):
            return False
        size = words.fetch(word)
        return self._is_numeral(words.letters.other, 0, size)

    def _is_numeral(self, letters: array[int], start: int, size: int) -> bool:
        """Whether the word consists of I, V and X."""
        for k in range(start, start + size):
            if letters[k] != 8 and letters[k] != 21 and letters[k] != 23:
                return False
        return True

    def judge(self, i: int, cost: int, longer: int, bones: int) -> None:
        """Set ``alike`` and ``how`` from a distance, and from how many consonants are the same if all are."""
        alike = 1.0 - _PER_EDIT * cost / (10.0 * longer)
        how = _TYPO
        if bones > 1:
            sound = _SOUNDS + (1.0 - _SOUNDS) * max(0.0, alike) * _SOUNDS_SPELT
            if sound > alike:
                alike, how = sound, _SOUND
        alike *= 1.0 - _ANOTHER_WORD * self.known[i]
        self.alike, self.how = (alike, how) if alike > 0.4 else (0.0, how)

    def _begins(self, at: int, size: int, start: int, other: int, shorter: int) -> bool:
        for k in range(shorter):
            if self.names.text[at + k] != self.names.words.blob[start + k]:
                return False
        return True

    def score(self, name: int) -> float:
        """How well the name fits, 0 to 1; ``how`` says by what."""
        names = self.names
        start = names.spans[name]
        size = names.spans[name + 1] - start
        size = min(_MOST_NAMED, size)
        many = self.many
        for i in range(many):
            self.asked[i] = 0
        for j in range(size):
            self.named[j] = 0
        for i in range(many):
            for j in range(size):
                self._look(i, names.tokens[start + j])
                self.grid[i * _MOST_NAMED + j] = self.alike
                self.hows[i * _MOST_NAMED + j] = self.how
        self.how = 0
        self.joined = 0.0
        weight = self._join(start, size)
        return self._align(start, size, self.joined, weight)

    def _align(self, start: int, size: int, got: float, weight: float) -> float:
        """Pair the words, the best pairs first, and weigh what is found and what is lacking."""
        names, many = self.names, self.many
        while True:
            best, x, y, worth = 0.0, -1, -1, 0.0
            for i in range(many):
                if self.asked[i]:
                    continue
                for j in range(size):
                    alike = self.grid[i * _MOST_NAMED + j]
                    if alike > 0.0 and not self.named[j]:
                        heavy = self._worth(i, names.tokens[start + j], self.hows[i * _MOST_NAMED + j])
                        gain = alike * heavy - abs(i - j) * 0.001
                        if gain > best:
                            best, x, y, worth = gain, i, j, heavy
            if x < 0:
                break
            self.asked[x], self.named[y] = 1, 1
            self.pairs[x] = y
            weight += worth
            got += worth * self.grid[x * _MOST_NAMED + y]
            if self.hows[x * _MOST_NAMED + y] == _INITIAL and names.sizes[x] > 1:
                weight += (self.weights[x] - worth) * _UNSAID
            self.how |= self.hows[x * _MOST_NAMED + y]
        return self._total(start, size, got, weight)

    def _worth(self, i: int, word: int, how: int) -> float:
        """What the pair weighs."""
        heavy = self.names.rarity[word]
        if how == _INITIAL:
            return min(self.weights[i], heavy)
        if self.known[i] > 0.0:
            heavy = (heavy + self.weights[i]) * 0.5
        if word < self.names.generic:
            heavy *= 0.3
        return heavy

    def _total(self, start: int, size: int, got: float, weight: float) -> float:
        """What was found as a share of what was asked, less what the name has besides and what chance would bring."""
        if weight <= 0.0:
            return 0.0
        missing, more = self._missing(), self._left_over(start, size)
        base = got / (weight + _LACKING * missing)
        score = base * weight / (weight + _MORE_IN_DOUBT * (1.0 - base) * more)
        if more > 1.0:
            score *= 1.0 - (_MORE if self.many > 1 else _PART) - 0.04 * more / (more + weight)
        if self.how & _REORDERED:
            score -= _DISORDER * (3.0 if self.how & _INITIAL else 1.0)
        margin = got - self.names.chance
        if self.many > 1 and margin < _SURE:
            score -= _UNSURE * (_SURE - margin)
        return max(0.0, score)

    def _missing(self) -> float:
        """What the asked words weigh that the name lacks; notes too whether the others are in order."""
        missing = 0.0
        last = -1
        for i in range(self.many):
            word = self.words[i]
            if self.asked[i] == 1:
                self.how |= _REORDERED if self.pairs[i] < last else 0
                last = self.pairs[i]
            elif not self.asked[i] and 0 <= word < self.names.generic:
                missing += self.weights[i] * _GENERIC
                self.how |= _TITLE
            elif not self.asked[i]:
                missing += self.weights[i] * (_LACKING_INITIAL if self.names.sizes[i] == 1 else 1.0)
                self.how |= _LACKS
        return missing

    def _left_over(self, start: int, size: int) -> float:
        """What the words weigh that only the name has."""
        names = self.names
        more = 0.0
        for j in range(size):
            if not self.named[j]:
                word = names.tokens[start + j]
                more += names.rarity[word] * (_GENERIC if word < names.generic else 1.0)
                self.how |= _LEGAL if word < names.legal else _HAS_MORE
        return more

    # Words written together or apart.

    def score_whole(self, name: int, total: int) -> float:
        """How well the name fits when its words and those asked, ``total`` letters, are all written together."""
        letters, names = self.names.words.letters, self.names
        size = names.lay_out(name)
        longer = max(size, total)
        cost = letters.distance(names.text, names.drops, 0, total, size, longer * 4)
        return _WHOLE - _WHOLE_EDIT * cost / (10.0 * longer) - _WHOLE_SHORT / longer

    def _join(self, start: int, size: int) -> float:
        """Pair words that are written together on one side and apart on the other; returns what they weigh."""
        names = self.names
        weight = 0.0
        for i in range(self.many):
            for j in range(size - 1):
                word, after = names.tokens[start + j], names.tokens[start + j + 1]
                if not self.asked[i] and not self.named[j] and not self.named[j + 1] and self._apart(i, word, after):
                    self.asked[i], self.named[j], self.named[j + 1] = 2, 1, 1
                    self.how |= _JOINED
                    heavy = self._heavier(names.rarity[word] + names.rarity[after], i)
                    weight += heavy
                    self.joined += heavy * _JOINT
        for i in range(self.many - 1):
            for j in range(size):
                word = names.tokens[start + j]
                if not self.asked[i] and not self.asked[i + 1] and not self.named[j]:
                    alike = self._together(i, j, word)
                    if alike > 0.0:
                        self.asked[i], self.asked[i + 1], self.named[j] = 2, 2, 1
                        self.how |= _JOINED
                        weight += names.rarity[word]
                        self.joined += names.rarity[word] * alike * _JOINT
        return weight

    def _heavier(self, weight: float, i: int) -> float:
        return min(self.weights[i], weight)

    def _apart(self, i: int, word: int, after: int) -> bool:
        """Whether the asked word is the two words of the name written together, or with a letter for the space."""
        names, words = self.names, self.names.words
        first, second = words.length(word), words.length(after)
        between = names.sizes[i] - first - second
        if between < 0 or between > 1 or not words.begins(word, names.text, names.at[i], first):
            return False
        return words.begins(after, names.text, names.at[i] + first + between, second)

    def _together(self, i: int, j: int, word: int) -> float:
        """How alike the asked word and the next, written together, are to the word of the name; 0 if too little."""
        names, words = self.names, self.names.words
        size = names.sizes[i] + names.sizes[i + 1]
        other = words.length(word)
        apart = other - size if other > size else size - other
        if apart == 0 and words.begins(word, names.text, names.at[i], size):
            return 1.0
        if apart > 2 or other < 5 or size > _LONGEST_JOINED or names.sizes[i] < 2 or names.sizes[i + 1] < 2:
            return 0.0
        if self.grid[i * _MOST_NAMED + j] > 0.6 or self.grid[(i + 1) * _MOST_NAMED + j] > 0.6:
            return 0.0  # one of them is the word already
        if words.differing(self.masks[i] | self.masks[i + 1], word) > 4:
            return 0.0
        words.fetch(word)
        cost = words.letters.distance(names.text, names.drops, names.at[i], size, other, 20)
        longer = max(other, size)
        alike = 1.0 - _PER_EDIT * cost / (10.0 * longer)
        return alike if cost <= 20 and alike > 0.75 else 0.0
