"""Many short texts in one stretch of memory."""

from __future__ import annotations

from array import array


class Texts:
    """Texts by number, as UTF-8; a lone surrogate is kept as it is."""

    def __init__(self) -> None:
        self._letters = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        letters = self._letters[self._ends[number] : self._ends[number + 1]]
        return letters.decode("utf8", "surrogatepass")

    def append(self, text: str) -> None:
        """Keep ``text`` under the next number."""
        self._letters += text.encode("utf8", "surrogatepass")
        self._ends.append(len(self._letters))


class Numbers:
    """The number of each text of a pool, by hash; the latest where one occurs twice."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._next = array("i")
        self._heads = array("i", [0]) * 16

    def append(self, text: str) -> None:
        """Enter ``text``, which has just been appended to the pool."""
        if len(self._next) >= 2 * len(self._heads):
            self._widen()
        slot = hash(text) & (len(self._heads) - 1)
        self._next.append(self._heads[slot])
        self._heads[slot] = len(self._next)

    def find(self, text: str) -> int:
        """The number of ``text``, or -1."""
        number = self._heads[hash(text) & (len(self._heads) - 1)] - 1
        while number >= 0 and self._texts[number] != text:
            number = self._next[number] - 1
        return number

    def _widen(self) -> None:
        size = 4 * len(self._heads)
        self._heads = array("i", [0]) * size
        for number in range(len(self._next)):
            slot = hash(self._texts[number]) & (size - 1)
            self._next[number] = self._heads[slot]
            self._heads[slot] = number + 1
