"""How far apart two words are as people spell, hear and transliterate them.

Letters are numbered: 0 to 25 for a to z, 26 to 35 for digits. Distances are in tenths of a full edit, so that an i for
a y costs little and an m for a t a whole edit.
"""

from __future__ import annotations

from array import array

_LETTERS = 36
_WIDTH = 42  # of the longest word, and two
#: Letters that stand for one another between spellings, languages and transliterations, in tenths of an edit.
_ALIKE = (
    (2, "iy uw vw ck"),
    (3, "kq sz ij cq yj uv"),
    (4, "ei ao ou cs ae tz fv"),
    (5, "ai au eo eu iu io ye yu ya yo bv dt gj cz gh"),
    (6, "gk kx pb mn pf jz kh cx sx jg hx sc hj"),
    (8, "lr td gq"),
)
#: What a letter costs that only one of the words has.
_DROPPED = {"h": 4, "y": 5} | dict.fromkeys("aeiou", 6)
#: A letter costs this beside the other: the first after the second, or the second before the first.
_AFTER = {"ea": 3, "eo": 3, "eu": 3, "ei": 4, "ie": 4, "sc": 6, "zc": 6, "ck": 4, "wo": 5, "zt": 6, "st": 7, "gn": 7}
_BEFORE = {"kh": 4, "cs": 6, "ts": 5, "tz": 5, "tc": 5, "ck": 4, "dz": 5, "dj": 5, "ph": 6, "iy": 3, "yi": 3, "ya": 4}
_BEFORE |= {"nk": 6, "nt": 7, "mp": 6}  # Greek writes g, d and b so
_DOUBLED, _SWAPPED, _FULL = 3, 8, 10
#: What the end of a word like *Julius* or *Libanas* costs, if the word has more letters than this.
_ENDING_S, _ENDING_VOWEL, _LONG_ENOUGH = 6, 4, 4
_D, _H, _S, _X = 3, 7, 18, 23
_FNV, _PRIME, _MASK = 2166136261, 16777619, 0xFFFFFFFF
_ONE = 1
#: Classes of the skeleton: consonants that transliterations exchange. Vowels and a later h are left out.
_CLASSES = ("bp", "ckqx", "dt", "fvw", "g", "j", "l", "m", "n", "r", "sz")


def number_of(letter: str) -> int:
    """The number of a small ASCII letter or digit."""
    return ord(letter) - 97 if letter >= "a" else ord(letter) - 48 + 26


def _by_pair(costs: dict[str, int]) -> array[int]:
    """The costs of pairs of letters by the letters' numbers."""
    table = array("B", bytes([_FULL]) * (_LETTERS * _LETTERS))
    for pair, cost in costs.items():
        table[number_of(pair[0]) * _LETTERS + number_of(pair[1])] = cost
    return table


class Letters:
    """Costs of edits, and room to reckon in."""

    exchange: array[int]
    dropped: array[int]
    after: array[int]
    before: array[int]
    classes: array[int]
    rows: array[int]
    other: array[int]
    drops: array[int]
    bones: int

    def __init__(self) -> None:
        self.exchange = array("B", bytes([_FULL]) * (_LETTERS * _LETTERS))
        self.after, self.before = _by_pair(_AFTER), _by_pair(_BEFORE)
        self.dropped = array("B", bytes([_FULL]) * _LETTERS)
        self.classes = array("B", bytes(_LETTERS))
        self.rows = array("i", bytes(4 * 3 * _WIDTH))
        self.other, self.drops = array("B", bytes(_WIDTH)), array("B", bytes(_WIDTH))
        self.bones = 0
        for cost, pairs in reversed(_ALIKE):
            for pair in pairs.split():
                self.exchange[number_of(pair[0]) * _LETTERS + number_of(pair[1])] = cost
                self.exchange[number_of(pair[1]) * _LETTERS + number_of(pair[0])] = cost
        for letter in range(_LETTERS):
            self.exchange[letter * _LETTERS + letter] = 0
        for name, cost in _DROPPED.items():
            self.dropped[number_of(name)] = cost
        for number, letters in enumerate(_CLASSES, start=1):
            for name in letters:
                self.classes[number_of(name)] = number
        for digit in range(26, _LETTERS):
            self.classes[digit] = digit

    def fill_drops(self, drops: array[int], word: array[int], start: int, length: int) -> None:
        """Note what leaving out each letter of the word costs beside its neighbours."""
        for i in range(length):
            letter = word[start + i]
            cost = self.dropped[letter]
            if i > 0:
                other = word[start + i - 1]
                if other == letter:
                    cost = _DOUBLED
                elif self.after[letter * _LETTERS + other] < cost:
                    cost = self.after[letter * _LETTERS + other]
            if i + 1 < length:
                other = word[start + i + 1]
                if self.before[letter * _LETTERS + other] < cost:
                    cost = self.before[letter * _LETTERS + other]
            drops[start + i] = cost
        self._ease_ending(drops, word, start, length)

    def _ease_ending(self, drops: array[int], word: array[int], start: int, length: int) -> None:
        """Latin, Greek and Baltic names end in a vowel and s where other languages leave out one or both."""
        last = start + length - 1
        if length > _LONG_ENOUGH and word[last] == _S and self.classes[word[last - 1]] == 0:
            drops[last] = min(drops[last], _ENDING_S)
            drops[last - 1] = min(drops[last - 1], _ENDING_VOWEL)

    def distance(self, one: array[int], one_drops: array[int], a: int, n: int, m: int, limit: int) -> int:
        """The least cost of turning a word into ``other``, by exchange, omission and swapping of neighbours.

        The word begins at ``a`` and has ``n`` letters, ``other`` has ``m``. A number above ``limit`` means no more than
        that it is above.
        """
        begun = 0
        self.fill_drops(self.drops, self.other, 0, m)
        while begun < n and begun < m and one[a + begun] == self.other[begun]:
            begun += 1
        if begun >= n or begun >= m:
            return self._rest(one_drops, a, n, m, begun)
        while n > begun and m > begun and one[a + n - 1] == self.other[m - 1]:
            n -= 1
            m -= 1
        if begun >= n or begun >= m:
            return self._rest(one_drops, a, n, m, begun)
        return self._matrix(one, one_drops, a, n, m, begun, limit)

    def _rest(self, one_drops: array[int], a: int, n: int, m: int, begun: int) -> int:
        """What the letters cost that only the longer word has."""
        cost = 0
        for i in range(begun, n):
            cost += one_drops[a + i]
        for j in range(begun, m):
            cost += self.drops[j]
        return cost

    def _matrix(self, one: array[int], one_drops: array[int], a: int, n: int, m: int, begun: int, limit: int) -> int:
        """As ``distance``, from the first letter on in which the words differ to the last."""
        rows, other, drops = self.rows, self.other, self.drops
        rows[begun] = 0
        for j in range(begun, m):
            rows[j + 1] = rows[j] + drops[j]
        earlier, before, now = 2 * _WIDTH, 0, _WIDTH
        for i in range(begun, n):
            letter, dropped = one[a + i], one_drops[a + i]
            least = rows[now + begun] = rows[before + begun] + dropped
            for j in range(begun, m):
                cost = self.exchange[letter * _LETTERS + other[j]]
                if cost and i == 0 and j == 0:
                    cost += 2  # the first letter is seldom wrong
                best = min(rows[before + j] + cost, rows[before + j + 1] + dropped, rows[now + j] + drops[j])
                if i > begun and j > begun and letter == other[j - 1] and one[a + i - 1] == other[j]:
                    step = rows[earlier + j - 1] + _SWAPPED
                    if step < best:
                        best = step
                rows[now + j + 1] = best
                if best < least:
                    least = best
            if least > limit:
                return least
            earlier, before, now = before, now, earlier
        return rows[before + m]

    def pattern(self, places: array[int], at: int, word: array[int], start: int, length: int) -> None:
        """Note for each letter where the word has it, as bits, from ``places[at]`` on."""
        for letter in range(_LETTERS):
            places[at + letter] = 0
        for i in range(length):
            places[at + word[start + i]] |= _ONE << i

    def edits(self, places: array[int], at: int, n: int, m: int) -> int:
        """How many whole edits lie between a word of ``n`` letters, given as a pattern, and ``other``, of ``m``.

        Bit-parallel, a column of the matrix at a time (Hyyrö 2003).
        """
        all_ones = (_ONE << n) - 1
        top = _ONE << (n - 1)
        plus, minus, zero, before = all_ones, _ONE - 1, _ONE - 1, _ONE - 1
        count = n
        for j in range(m):
            same = places[at + self.other[j]]
            swapped = (((all_ones ^ zero) & same) << 1) & before
            zero = ((((same & plus) + plus) ^ plus) | same | minus | swapped) & all_ones
            up = minus | (all_ones ^ (zero | plus))
            down = zero & plus
            if up & top:
                count += 1
            elif down & top:
                count -= 1
            up = ((up << 1) | 1) & all_ones
            plus = ((down << 1) & all_ones) | (all_ones ^ (zero | up))
            minus = up & zero
            before = same
        return count

    def skeleton(self, word: array[int], start: int, length: int) -> int:
        """A hash of the word's consonants by class, the same for most transliterations; ``bones`` is their number."""
        value = _FNV
        last = bones = 0
        for i in range(length):
            letter = word[start + i]
            bone = self._bone(word, start + i, i, length - i - 1, last)
            if letter == _X and (i == 0 or word[start + i - 1] != _X):
                value = ((value ^ 2) * _PRIME) & _MASK  # x is ks
                bones += 1
            if bone and bone != last:
                value = ((value ^ bone) * _PRIME) & _MASK
                bones += 1
            if letter != _H:
                last = bone
        self.bones = bones
        return value

    def _bone(self, word: array[int], at: int, before: int, behind: int, last: int) -> int:
        """The class of the letter at ``at`` with so many around it; ``last`` is that of the one before, 0 is none."""
        letter = word[at]
        after = word[at + 1] if behind else _LETTERS
        if letter == _X:
            return 11
        if letter == 2 and (after == 4 or after == 8 or after == 24):
            return 11  # c before e, i and y is heard as s
        if letter == 15 and after == _H:
            return 4  # ph
        if letter == _D and (after == 25 or after == 9):
            return 6  # dzh and dj are j
        if letter == 12 and (after == 1 or after == 15):
            return 9  # n before b and p is often written m
        if before == 0:
            return self._first_bone(letter, after)
        return 6 if last == 6 and word[at - 1] == _D else self.classes[letter]

    def _first_bone(self, letter: int, after: int) -> int:
        """The class of a first letter: vowels are kept, Kh, Ch and H begin the same names, as do U and W."""
        if letter == _H:
            return 2
        if self.classes[letter]:
            return self.classes[letter]
        return 4 if letter == 20 and after < 26 and self.classes[after] == 0 else 12
