"""Which entity has which id: numbers in an open hash table, at a sixth of what a dictionary of as many would take."""

from __future__ import annotations

from array import array

_FREE, _LEFT = -1, -2


class Ids:
    """Ids by number, in the order in which they were put; the numbers of those removed are not given again."""

    ids: list[str]
    slots: array[int]
    taken: int
    living: int

    def __init__(self) -> None:
        self.ids = []
        self.slots = array("i", [_FREE]) * 64
        self.taken = self.living = 0

    def put(self, id_: str) -> int:
        """Give the id the next number; returns the one it had, which is forgotten, -1 if there was none."""
        if (self.taken + 1) * 3 > len(self.slots) * 2:
            self._widen()
        place = self._place(id_)
        earlier = self.slots[place]
        if earlier == _FREE:
            self.taken += 1
            self.living += 1
        self.slots[place] = len(self.ids)
        self.ids.append(id_)
        return earlier

    def number(self, id_: str) -> int:
        """The id's number, -1 where it is unknown."""
        return self.slots[self._place(id_)]

    def remove(self, id_: str) -> int:
        """Forget the id; returns the number it had, -1 where it is unknown."""
        place = self._place(id_)
        number = self.slots[place]
        if number != _FREE:
            self.slots[place] = _LEFT  # others may have gone past it
            self.living -= 1
        return number

    def of(self, number: int) -> str:
        """The id that was given this number."""
        return self.ids[number]

    def _place(self, id_: str) -> int:
        """Where the id stands, or the free place where the search for it ends."""
        last = len(self.slots) - 1
        place = hash(id_) & last
        while self.slots[place] != _FREE and not self._holds(place, id_):
            place = (place + 1) & last
        return place

    def _holds(self, place: int, id_: str) -> bool:
        number = self.slots[place]
        return number != _LEFT and self.ids[number] == id_

    def _widen(self) -> None:
        """Take twice the room the living need, and put them there."""
        size = 64
        while size < self.living * 3:
            size *= 2
        earlier = self.slots
        self.slots = array("i", [_FREE]) * size
        self.taken = self.living
        for k in range(len(earlier)):
            number = earlier[k]
            if number >= 0:
                self.slots[self._place(self.ids[number])] = number
