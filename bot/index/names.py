"""All names of all entities as words by number, with the ways in: by words, by bag of words, and by letters alone.

Entities that are built together are numbered by prominence, so every list of names in order of their numbers is in
order of prominence too. What was added since the last ``settle`` hangs on chains beside the settled lists.
"""

from __future__ import annotations

import math
from array import array

from bot.index.vocabulary import Vocabulary, grown

#: A folded name is cut after so many characters, and a word after as many as the letters have room for.
_LONGEST_NAME, _LONGEST_WORD = 200, 40
_FNV, _PRIME, _MASK, _MIX = 2166136261, 16777619, 0xFFFFFFFF, 2654435761
#: Rarities are reckoned as if so many names more were there, with everyday words as common as they are in the world.
_ASSUMED = 20_000.0
_UNHEARD_OF = 0.4
_SPARE = 1024
#: A name's sign counts its words above these bits, up to so many.
_SIGNED, _MOST_SIGNED = 27, 31
#: Names of fewer consonants are filed by their letters: too many would share the place.
_FEW_BONES = 3


class Names:
    """Names and what they consist of. An entity's names stand together, its canonical name first."""

    words: Vocabulary
    legal: int
    generic: int
    common: int
    count: int
    entities: int
    settled: int
    spans: array[int]
    tokens: array[int]
    owners: array[int]
    signs: array[int]
    firsts: array[int]
    lives: array[int]
    dead: int
    kinds: array[int]
    weights: array[float]
    frequency: array[int]
    rarity: array[float]
    chance: float
    prior: array[float]
    bags: array[int]
    bag_next: array[int]
    runs: array[int]
    run_next: array[int]
    post_starts: array[int]
    posts: array[int]
    late_heads: array[int]
    late_next: array[int]
    late_names: array[int]
    late: int
    text: array[int]
    drops: array[int]
    at: array[int]
    sizes: array[int]

    def __init__(self, legal: list[bytes], titles: list[bytes], common: list[tuple[bytes, float]]) -> None:
        self.words = Vocabulary()
        self.chance = 0.0
        self.count = self.entities = self.settled = self.late = self.dead = 0
        self.spans, self.tokens = array("i", bytes(4 * 65)), array("i", bytes(4 * 256))
        self.owners, self.firsts = array("i", bytes(4 * 64)), array("i", bytes(4 * 65))
        self.signs = array("I", bytes(4 * 64))
        self.lives, self.kinds = array("B", bytes(64)), array("B", bytes(64))
        self.weights = array("f", bytes(4 * 64))
        self.bags, self.bag_next = array("i", bytes(4 * 64)), array("i", bytes(4 * 64))
        self.runs, self.run_next = array("i", bytes(4 * 64)), array("i", bytes(4 * 64))
        self.post_starts, self.posts = array("i", bytes(8)), array("i", bytes(4))
        self.late_heads = array("i", bytes(4 * 512))
        self.late_next, self.late_names = array("i", bytes(4 * 64)), array("i", bytes(4 * 64))
        self.frequency, self.rarity = array("i", bytes(4 * 512)), array("f", bytes(4 * 512))
        self.text = array("B", bytes(_LONGEST_NAME + 8))
        self.drops = array("B", bytes(_LONGEST_NAME + 8))
        self.at, self.sizes = array("i", bytes(4 * 128)), array("i", bytes(4 * 128))
        prior = []
        self.legal = len(legal)
        for word in (*legal, *titles):
            self.read(word)
            self.words.learn(self.text, 0, self.sizes[0])
            prior.append(30.0)
        self.generic = len(prior)
        for word, expected in common:
            self.read(word)
            if self.words.learn(self.text, 0, self.sizes[0]) == len(prior):
                prior.append(expected)
        self.common = len(prior)
        self.prior = array("f", prior)

    def read(self, folded: bytes) -> int:
        """Take the words of a folded text apart into ``text``, ``at`` and ``sizes``; returns how many there are."""
        count = place = size = 0
        length = min(_LONGEST_NAME, len(folded))
        for k in range(length):
            letter = folded[k]
            if letter == 32:
                if size:
                    self.sizes[count] = size
                    count += 1
                    size = 0
            elif size < _LONGEST_WORD:
                if size == 0:
                    self.at[count] = place
                self.text[place] = letter - 97 if letter > 96 else letter - 22
                place += 1
                size += 1
        if size:
            self.sizes[count] = size
            count += 1
        return count

    # Adding and removing.

    def reserve(self, entities: int, names: int) -> None:
        """Make room for so many at once, and a few more."""
        entities, names = entities + _SPARE, names + _SPARE
        self.lives, self.kinds = grown(self.lives, entities), grown(self.kinds, entities)
        self.firsts, self.weights = grown(self.firsts, entities + 1), grown(self.weights, entities)
        self.owners, self.signs = grown(self.owners, names), grown(self.signs, names)
        self.spans, self.tokens = grown(self.spans, names + 1), grown(self.tokens, 3 * names)
        self.bag_next, self.run_next = grown(self.bag_next, names), grown(self.run_next, names)

    def begin(self, kind: int, weight: float) -> int:
        """Begin an entity; its names are added next. Returns its number."""
        entity = self.entities
        if entity + 2 > len(self.lives):
            size = len(self.lives) * 3 // 2
            self.lives, self.kinds = grown(self.lives, size), grown(self.kinds, size)
            self.firsts, self.weights = grown(self.firsts, size + 1), grown(self.weights, size)
        self.weights[entity] = weight
        self.lives[entity], self.kinds[entity] = 1, kind
        self.firsts[entity] = self.firsts[entity + 1] = self.count
        self.entities = entity + 1
        return entity

    def add(self, folded: bytes) -> int:
        """Add a name of the entity begun last; returns its number."""
        many = self.read(folded)
        name = self.count
        start = self.spans[name]
        self._make_room(start + many)
        for i in range(many):
            word = self.words.learn(self.text, self.at[i], self.sizes[i])
            if word >= len(self.frequency):
                size = word * 3 // 2 + 1
                self.frequency, self.late_heads = grown(self.frequency, size), grown(self.late_heads, size)
                self.rarity = grown(self.rarity, size)
            if word >= self.words.settled:
                self.rarity[word] = self.rarest()
            self.frequency[word] += 1
            self.words.hear(word, self.frequency[word])
            self.tokens[start + i] = word
        self.spans[name + 1] = start + many
        self.owners[name] = self.entities - 1
        self.signs[name] = self.sign(many)
        self.count = name + 1
        self.firsts[self.entities] = self.count
        if self.count > len(self.bags):
            self._file_all()
        else:
            self._file(name)
        return name

    def sign(self, many: int) -> int:
        """Of the first ``many`` words of ``text``: which letters they begin with, a bit each, and how many they are."""
        sign = min(_MOST_SIGNED, many) << _SIGNED
        for i in range(many):
            letter = self.text[self.at[i]]
            sign |= 1 << min(26, letter)
        return sign

    def _make_room(self, tokens: int) -> None:
        if tokens > len(self.tokens):
            self.tokens = grown(self.tokens, tokens * 3 // 2)
        if self.count + 2 > len(self.owners):
            size = len(self.owners) * 3 // 2
            self.owners, self.spans = grown(self.owners, size), grown(self.spans, size + 1)
            self.signs = grown(self.signs, size)
            self.bag_next, self.run_next = grown(self.bag_next, size), grown(self.run_next, size)

    def hang(self, name: int) -> None:
        """Hang a name added since the last ``settle`` on the chains of its words."""
        for i in range(self.spans[name], self.spans[name + 1]):
            if self.late + 2 > len(self.late_next):
                size = len(self.late_next) * 2
                self.late_next, self.late_names = grown(self.late_next, size), grown(self.late_names, size)
            word = self.tokens[i]
            self.late += 1
            self.late_names[self.late] = name
            self.late_next[self.late] = self.late_heads[word]
            self.late_heads[word] = self.late
            self.rarity[word] = self._rarity(word)
        self.chance = math.log(self.count + 1.0)

    def remove(self, entity: int) -> None:
        """Let the entity be found no more. Its place is given back by the next build."""
        self.lives[entity] = 0
        self.dead += 1
        for i in range(self.spans[self.firsts[entity]], self.spans[self.firsts[entity + 1]]):
            self.frequency[self.tokens[i]] -= 1

    def living(self) -> list[int]:
        """The entities that were not removed."""
        return [entity for entity in range(self.entities) if self.lives[entity]]

    def wanted(self, name: int, kind: int) -> bool:
        """Whether the name's entity was not removed, and is of the kind; -1 is any."""
        if kind < 0 and not self.dead:
            return True
        entity = self.owners[name]
        return self.lives[entity] != 0 and (kind < 0 or self.kinds[entity] == kind)

    # Keys: names with the same words in any order, and names with the same letters.

    def mixed(self, word: int) -> int:
        """What the word adds to the key of a bag."""
        mixed = ((word + 1) * _MIX) & _MASK
        return mixed ^ (mixed >> 13)

    def bag_of(self, name: int) -> int:
        """The sum for the name's words: the same for the same words in any order."""
        total = 0
        for i in range(self.spans[name], self.spans[name + 1]):
            total += self.mixed(self.tokens[i])
        return total

    def bucket(self, total: int) -> int:
        """Where names are filed whose words have this sum."""
        return (total ^ (total >> 16)) & (len(self.bags) - 1)

    def run_of(self, name: int) -> int:
        """The same for the same consonants, whatever the spaces and vowels."""
        return self._run(self.words.letters.other, self.lay_out(name))

    def run_of_text(self, total: int) -> int:
        """The key of the first ``total`` letters of ``text``."""
        return self._run(self.text, min(_LONGEST_WORD, total))

    def lay_out(self, name: int) -> int:
        """Write the name's words together as the ``other`` to compare with; returns how many letters had room."""
        place = 0
        for i in range(self.spans[name], self.spans[name + 1]):
            word = self.tokens[i]
            at = self.words.start(word)
            for k in range(min(self.words.length(word), _LONGEST_WORD - place)):
                self.words.letters.other[place] = self.words.blob[at + k]
                place += 1
        return place

    def whole_words(self, name: int) -> int:
        """How many of the name's words are more than an initial."""
        whole = 0
        for i in range(self.spans[name], self.spans[name + 1]):
            whole += self.words.length(self.tokens[i]) > 1
        return whole

    def _run(self, letters: array[int], size: int) -> int:
        """The skeleton, or where that says too little the letters themselves."""
        value = self.words.letters.skeleton(letters, 0, size)
        if self.words.letters.bones < _FEW_BONES:
            value = _FNV
            for k in range(size):
                value = ((value ^ letters[k]) * _PRIME) & _MASK
        return value ^ (value >> 15)

    def has_letters(self, name: int, total: int) -> bool:
        """Whether the name's words written together are the first ``total`` letters of ``text``."""
        place = 0
        for i in range(self.spans[name], self.spans[name + 1]):
            word = self.tokens[i]
            size = self.words.length(word)
            if place + size > total or not self.words.begins(word, self.text, place, size):
                return False
            place += size
        return place == total

    def first_of(self, entity: int) -> int:
        """The entity's canonical name."""
        return self.firsts[entity]

    def weight_of(self, entity: int) -> float:
        """The entity's prominence."""
        return self.weights[entity]

    def kind_of(self, entity: int) -> int:
        """The number of the entity's kind."""
        return self.kinds[entity]

    def number_of(self, word: bytes) -> int:
        """The number of a word written in small letters and digits, -1 where it is unknown."""
        length = min(_LONGEST_WORD, len(word))
        for k in range(length):
            letter = word[k]
            self.words.letters.other[k] = letter - 97 if letter > 96 else letter - 22
        return self.words.number(self.words.letters.other, 0, length)

    def _file(self, name: int) -> None:
        bucket = self.bucket(self.bag_of(name))
        self.bag_next[name], self.bags[bucket] = self.bags[bucket], name + 1
        bucket = self.run_of(name) & (len(self.runs) - 1)
        self.run_next[name], self.runs[bucket] = self.runs[bucket], name + 1

    def _file_all(self) -> None:
        """File every name anew, those of the most prominent on top."""
        size = 64
        while size < self.count:
            size *= 2
        self.bags, self.runs = array("i", bytes(4 * size)), array("i", bytes(4 * size))
        for name in range(self.count - 1, -1, -1):
            self._file(name)

    # Settling.

    def settle(self) -> None:
        """Put everything in order for look-ups: lists of names by word, near spellings, rarities."""
        words = self.words.count
        if words > len(self.frequency):
            self.frequency, self.rarity = grown(self.frequency, words), grown(self.rarity, words)
        self.late_next, self.late_names = array("i", bytes(4 * 64)), array("i", bytes(4 * 64))
        self.late = 0
        total = self.spans[self.count]
        starts, posts = array("i", bytes(4 * (words + 2))), array("i", bytes(4 * (total + 1)))
        self._post(starts, posts, words, total)
        self.post_starts, self.posts = starts, posts
        self._file_all()
        self.words.settle(self.frequency)
        for word in range(words):
            self.rarity[word] = self._rarity(word)
        self.settled = self.count
        self.tokens = grown(self.tokens, total + 4 * _SPARE)
        self.frequency, self.rarity = grown(self.frequency, words + _SPARE), grown(self.rarity, words + _SPARE)
        self.late_heads = array("i", bytes(4 * (words + _SPARE)))
        self.chance = math.log(self.count + 1.0)

    def _post(self, starts: array[int], posts: array[int], words: int, total: int) -> None:
        """List the names of each word: a counting sort."""
        for i in range(total):
            starts[self.tokens[i] + 1] += 1
        for word in range(words):
            starts[word + 1] += starts[word]
        for name in range(self.count - 1, -1, -1):
            for i in range(self.spans[name], self.spans[name + 1]):
                word = self.tokens[i]
                starts[word + 1] -= 1
                posts[starts[word + 1]] = name
        for word in range(words):
            starts[word] = starts[word + 1]
        starts[words] = total

    def _rarity(self, word: int) -> float:
        expected = self.prior[word] if word < self.common else _UNHEARD_OF
        return math.log((self.count + _ASSUMED) / (self.frequency[word] + expected))

    def rarest(self) -> float:
        """The rarity of a word that only one name has."""
        return math.log((self.count + _ASSUMED) / (1 + _UNHEARD_OF))
