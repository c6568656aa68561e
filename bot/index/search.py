"""From a query to the names it may mean: by key where it is written as recorded, else through its rarest words."""

# ruff: noqa: SIM110 - a loop over an array compiles to C, a generator does not

from __future__ import annotations

from array import array

from bot.index.alignment import Alignment
from bot.index.gathering import Gathering
from bot.index.names import Names

_EQUAL, _JOINED = 0, 4
_REORDERED, _TITLE = 64, 512
_MOST_FOUND = 256
#: So many names are aligned, or twice as many as are to be found if that is more.
_ALIGNED = 64
_BESIDE = 2
#: Names of the same consonants that are looked at.
_MOST_TRIED, _LONGEST_JOINED = 400, 40
#: What such a name loses whose words are parted as in the question, and that has but an initial more or less.
_ONLY_INITIALS = 0.1
#: A word heard so often is looked for as it is written, unless the best name found scores less than the other number.
_HEARD, _DOUBTED = 0.1, 0.8


class Search:
    """Finds names; ``found`` holds the last answer, best first, with ``scores`` and ``hows``."""

    names: Names
    related: dict[bytes, tuple[bytes, ...]]
    query: Alignment
    found: array[int]
    scores: array[float]
    hows: array[int]
    count: int
    limit: int
    kind: int
    gathering: Gathering
    bag: array[int]

    def __init__(self, names: Names, related: dict[bytes, tuple[bytes, ...]]) -> None:
        self.names, self.related = names, related
        self.query = Alignment(names)
        self.gathering = Gathering(names)
        self.found = array("i", bytes(4 * (_MOST_FOUND + 1)))
        self.scores, self.hows = array("d", bytes(8 * (_MOST_FOUND + 1))), array("i", bytes(4 * (_MOST_FOUND + 1)))
        self.bag = array("i", bytes(4 * 256))
        self.count = self.limit = 0
        self.kind = -1

    def find(self, folded: bytes, limit: int, kind: int) -> int:
        """Search for a folded name; returns how many were found."""
        self.count = 0
        self.limit = min(_MOST_FOUND, limit)
        self.kind = kind
        many = self.query.ask(folded)
        if not many or self.limit < 1:
            return 0
        if self._by_words(many):
            self._beside()
            return self.count
        self._by_letters(many)
        self._by_parts(folded)
        return self.count

    def answer(self) -> list[tuple[int, int, float, int]]:
        """What was found, best first: name, entity, score, and how the words go together."""
        owners = self.names.owners
        return [(self.found[k], owners[self.found[k]], self.scores[k], self.hows[k]) for k in range(self.count)]

    # By key.

    def _by_words(self, many: int) -> int:
        """Names of exactly these words, in any order; failing that, without the titles."""
        names, words = self.names, self.query.words
        size = titles = 0
        for i in range(many):
            if words[i] < 0:
                return 0
            self.bag[i] = words[i]
            titles += words[i] < names.generic
        if self._with_bag(many, 1.0, _EQUAL):
            return self.count
        if 0 < titles < many:
            for i in range(many):
                if words[i] >= names.generic:
                    self.bag[size] = words[i]
                    size += 1
            self._with_bag(size, 0.99, _TITLE)
        return self.count

    def _with_bag(self, size: int, score: float, how: int) -> int:
        names = self.names
        total = 0
        for i in range(size):
            total += names.mixed(self.bag[i])
        at = names.bags[names.bucket(total)]
        while at and self.count < self.limit:
            name = at - 1
            at = names.bag_next[name]
            order = self._same_words(name, size)
            if order and self.names.wanted(name, self.kind):
                self._keep(name, score if order == 1 else score - 0.01, how if order == 1 else how | _REORDERED)
        return self.count

    def _same_words(self, name: int, size: int) -> int:
        """1 where the name has the words of the bag in their order, 2 in another, else 0."""
        names = self.names
        start = names.spans[name]
        if names.spans[name + 1] - start != size:
            return 0
        same = 1
        for i in range(size):
            if names.tokens[start + i] != self.bag[i]:
                same = 2
        if same == 1:
            return 1
        for i in range(size):
            balance = 0
            for j in range(size):
                balance += (names.tokens[start + j] == self.bag[i]) - (self.bag[j] == self.bag[i])
            if balance:
                return 0
        return 2

    def _by_letters(self, many: int) -> None:
        """Names of the same letters with other spaces, or of the same consonants."""
        names = self.names
        total = names.at[many - 1] + names.sizes[many - 1]
        value = names.run_of_text(total)
        at = names.runs[value & (len(names.runs) - 1)]
        tried = whole = 0
        for i in range(many):
            whole += names.sizes[i] > 1
        while at and tried < _MOST_TRIED:
            name = at - 1
            at = names.run_next[name]
            tried += 1
            if names.wanted(name, self.kind):
                if names.has_letters(name, total):
                    self._keep(name, 0.97, _JOINED)
                elif total <= _LONGEST_JOINED and names.spans[name + 1] - names.spans[name] != many:
                    doubt = _ONLY_INITIALS if names.whole_words(name) == whole else 0.0
                    self._keep(name, self.query.score_whole(name, total) - doubt, _JOINED)

    def _beside(self) -> None:
        """A few names more that share the rarest word with what was found, for whoever meant another."""
        names, query = self.names, self.query
        rarest = query.words[0]
        for i in range(query.many):
            if names.frequency[query.words[i]] < names.frequency[rarest]:
                rarest = query.words[i]
        wanted = self.limit if query.many == 1 else _BESIDE
        if rarest < names.words.settled:
            for at in range(names.post_starts[rarest], names.post_starts[rarest + 1]):
                wanted -= self._add_beside(names.posts[at])
                if wanted <= 0 or self.count >= self.limit:
                    return
        at = names.late_heads[rarest]
        while at and wanted > 0 and self.count < self.limit:
            wanted -= self._add_beside(names.late_names[at])
            at = names.late_next[at]

    def _add_beside(self, name: int) -> int:
        if not self.names.wanted(name, self.kind) or self._holds(name):
            return 0
        score = self.query.score(name)
        self._keep(name, score, self.query.how)
        return 1

    # By parts.

    def _by_parts(self, folded: bytes) -> None:
        """Look for names by the words asked for and what the unheard-of may be; if in doubt, by what all may be."""
        names, query, gathering = self.names, self.query, self.gathering
        gathering.begin(query.many, max(2 * self.limit, _ALIGNED), self.kind)
        for i in range(query.many):
            if names.sizes[i] > 1 or query.many == 1:
                gathering.add_way(query.words[i], 1.0, i)
                if query.known[i] < _HEARD:
                    self._near_ways(i)
        self._nicknames(folded)
        gathering.gather_few()
        self._align_best()
        if not self.count or self.scores[0] < _DOUBTED:
            for i in range(query.many):
                if query.known[i] >= _HEARD and (names.sizes[i] > 1 or query.many == 1):
                    self._near_ways(i)
            for i in range(query.many - 1):
                self._ways_together(i)
            gathering.gather_all()
            self._align_best()

    def _near_ways(self, i: int) -> None:
        """The words that may be meant where the asked one was written."""
        names, query, words = self.names, self.query, self.names.words
        size = names.sizes[i]
        near = words.neighbours(names.text, names.drops, names.at[i], size)
        for k in range(near):
            if query.counted_apart(i, words.near[k]):
                continue
            other = words.length(words.near[k])
            query.judge(i, words.costs[k], max(other, size), query.bones[i] if words.sounds[k] else 0)
            if query.alike > 0.0:
                query.remember(i, words.near[k], query.alike, query.how)
                self.gathering.add_way(words.near[k], query.alike, i)
        if query.known[i] < 0.3 and size > 3:
            for cut in range(2, size - 1):
                first = words.number(names.text, names.at[i], cut)
                if first >= 0:
                    self._way_apart(i, first, cut)
                    self._way_apart(i, first, cut + 1)

    def _way_apart(self, i: int, first: int, cut: int) -> None:
        """The asked word may be two: the one it begins with, and what follows from ``cut`` on."""
        names = self.names
        if names.sizes[i] - cut > 1:
            second = names.words.number(names.text, names.at[i] + cut, names.sizes[i] - cut)
            if second >= 0:
                self.gathering.add_way(first, 0.6, i)
                self.gathering.add_way(second, 0.6, i)

    def _ways_together(self, i: int) -> None:
        """The words by which names are looked for in place of the asked one and the next, written together."""
        names, query, words = self.names, self.query, self.names.words
        size = names.sizes[i] + names.sizes[i + 1]
        if size > 40:
            return
        self.gathering.add_way(words.number(names.text, names.at[i], size), 0.9, i)
        if size > 5 and names.sizes[i] > 1 and (query.known[i] < 0.5 or query.known[i + 1] < 0.5):
            near = words.neighbours(names.text, names.drops, names.at[i], size)
            for k in range(min(6, near)):
                self.gathering.add_way(words.near[k], 0.8, i)

    def _nicknames(self, folded: bytes) -> None:
        """The other names by which people of the asked given names go."""
        for i, asked in enumerate(folded.split()[: self.query.many]):
            for other in self.related.get(asked, ()):
                word = self.names.number_of(other)
                if word >= 0:
                    self.gathering.add_way(word, self.query.known_as(i, word), i)

    def _align_best(self) -> None:
        """Align the names of the pool."""
        pool = self.gathering.pool
        for k in range(self.gathering.pooled):
            score = self.query.score(pool[k])
            self._keep(pool[k], score, self.query.how)

    # Keeping the best.

    def _holds(self, name: int) -> bool:
        for k in range(self.count):
            if self.names.owners[self.found[k]] == self.names.owners[name]:
                return True
        return False

    def _keep(self, name: int, score: float, how: int) -> None:
        """Put the name in its place among those found, one for an entity."""
        names = self.names
        owner = names.owners[name]
        for k in range(self.count):
            if names.owners[self.found[k]] == owner:
                if self.scores[k] >= score:
                    return
                self._drop(k)
                break
        if score <= 0.0:
            return
        place = self.count
        while place > 0 and self._better(score, owner, place - 1):
            place -= 1
        if place >= self.limit:
            return
        if self.count == self.limit:
            self.count -= 1
        k = self.count
        while k > place:
            self.found[k], self.scores[k], self.hows[k] = self.found[k - 1], self.scores[k - 1], self.hows[k - 1]
            k -= 1
        self.found[place], self.scores[place], self.hows[place] = name, score, how
        self.count += 1

    def _better(self, score: float, owner: int, place: int) -> bool:
        """Whether a score beats the one kept there; equals are told by prominence."""
        apart = score - self.scores[place]
        if apart > 1e-6 or apart < -1e-6:
            return apart > 0.0
        weights, other = self.names.weights, self.names.owners[self.found[place]]
        return weights[owner] > weights[other]

    def _drop(self, place: int) -> None:
        for k in range(place, self.count - 1):
            self.found[k], self.scores[k], self.hows[k] = self.found[k + 1], self.scores[k + 1], self.hows[k + 1]
        self.count -= 1
