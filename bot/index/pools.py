"""Growing arrays of plain numbers: what the entity index is made of.

This module, ``letters``, ``vocabulary``, ``names``, ``alignment`` and ``engine`` are ordinary Python. Where there is a
C compiler when the project is installed, Cython compiles these very files, with the types that the ``.pxd`` file beside
each declares; where there is none, the interpreter runs them. Hence the plain loops over arrays, and ``& MASK``
wherever C would wrap around by itself.
"""

from __future__ import annotations

from array import array


def zeros(code: str, count: int) -> array[int]:
    """An array of ``count`` zeros of the type that ``code`` stands for."""
    return array(code, bytes(array(code).itemsize * max(1, count)))


def grown_ints(old: array[int], room: int) -> array[int]:
    """``old`` with room for ``room`` items."""
    fresh = zeros("i", room)
    memoryview(fresh)[: len(old)] = memoryview(old)
    return fresh


def grown_bytes(old: array[int], room: int) -> array[int]:
    """``old`` with room for ``room`` bytes."""
    fresh = zeros("B", room)
    memoryview(fresh)[: len(old)] = memoryview(old)
    return fresh


def grown_floats(old: array[float], room: int) -> array[float]:
    """``old`` with room for ``room`` numbers."""
    fresh = array("f", bytes(4 * room))
    memoryview(fresh)[: len(old)] = memoryview(old)
    return fresh


def doubled(length: int, needed: int) -> int:
    """The room to give an array of ``length`` that must hold ``needed``, so that appending costs little on average."""
    return max(needed + 8, length + length // 2)


class Lists:
    """Numbered lists of integers that lie in one array.

    Filled at once they take no room to spare: ``count`` every item, ``settle``, then ``append`` each. A list that grows
    later moves to the end of the array with twice the room.
    """

    def __init__(self, lists: int) -> None:
        self.lists = max(1, lists)
        self.start = zeros("i", self.lists)
        self.size = zeros("i", self.lists)
        self.room = zeros("i", self.lists)
        self.items = zeros("i", 8)
        self.used = 0

    def extend(self, lists: int) -> None:
        """Have at least ``lists`` lists."""
        if lists > self.lists:
            room = doubled(self.lists, lists)
            self.start = grown_ints(self.start, room)
            self.size = grown_ints(self.size, room)
            self.room = grown_ints(self.room, room)
            self.lists = room

    def count(self, key: int) -> None:
        """Say that list ``key`` will get one more item; before ``settle`` only."""
        self.room[key] += 1

    def settle(self) -> None:
        """Lay out the room that was counted."""
        total = 0
        for key in range(self.lists):
            self.start[key] = total
            total += self.room[key]
        self.items = zeros("i", total)
        self.used = total

    def append(self, key: int, value: int) -> None:
        """Add ``value`` to list ``key``."""
        if self.size[key] == self.room[key]:
            self.move(key)
        self.items[self.start[key] + self.size[key]] = value
        self.size[key] += 1

    def move(self, key: int) -> None:
        """Give list ``key`` twice the room, at the end."""
        room = 2 * self.room[key] + 2
        if self.used + room > len(self.items):
            self.items = grown_ints(self.items, doubled(len(self.items), self.used + room))
        start = self.start[key]
        for i in range(self.size[key]):
            self.items[self.used + i] = self.items[start + i]
        self.start[key] = self.used
        self.room[key] = room
        self.used += room
