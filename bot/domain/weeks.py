"""Digests of seven days by the terms they share, for finding those that are alike without comparing all with all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.domain.digests import Digest

Key: TypeAlias = tuple[float, str]
"""Seconds since the epoch and the id: the order in which digests are taken."""

by_key = attrgetter("key")
GONE = -1  #: the slot of what was taken out
#: A weight of one: weights are whole parts of it.
WHOLE = 4096.0
Counts: TypeAlias = npt.NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Filed:
    """A digest among others: what it is compared by, and where it stands."""

    digest: Digest
    key: Key
    terms: tuple[int, ...]
    counts: Counts
    week: Week
    weights: array[float] = field(default_factory=lambda: array("f"))
    slot: int = GONE
    group: Group | None = None
    alike: dict[Filed, float] = field(default_factory=dict)  #: what it may be grouped with, and the cosine

    @property
    def at(self) -> float:
        """When it was published, in seconds since the epoch."""
        return self.key[0]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Digests of one story, in order."""

    members: list[Filed]


class Week:
    """Digests of one language published in one stretch of time, by term."""

    def __init__(self, number: int, language: str) -> None:
        self.number = number
        self.language = language
        self.order: list[Filed] = []
        self._slots: list[Filed | None] = []
        self._free: list[int] = []
        # By term, the slots that hold it and with what weight: parallel, so that they are summed by numpy.
        self._held: dict[int, tuple[array[int], array[float]]] = {}
        self._ranks: npt.NDArray[np.int64] | None = None

    def insert(self, filed: Filed) -> None:
        """Let ``filed`` be found by its terms; weigh it next."""
        filed.slot = self._free.pop() if self._free else len(self._slots)
        if filed.slot == len(self._slots):
            self._slots.append(None)
        self._slots[filed.slot] = filed
        if self.order and self.order[-1].key > filed.key:
            self.order.insert(bisect_left(self.order, filed.key, key=by_key), filed)
        else:
            self.order.append(filed)
        self._ranks = None
        filed.weights = array("f", bytes(4 * len(filed.terms)))
        for term in filed.terms:
            if (held := self._held.get(term)) is None:
                held = self._held[term] = (array("i"), array("f"))
            held[0].append(filed.slot)
            held[1].append(0.0)

    def remove(self, filed: Filed) -> None:
        """Let ``filed`` be found no more."""
        for term in filed.terms:
            slots, weights = self._held[term]
            place = slots.index(filed.slot)
            del slots[place], weights[place]
            if not slots:
                del self._held[term]
        self._slots[filed.slot] = None
        self._free.append(filed.slot)
        filed.slot = GONE
        del self.order[bisect_left(self.order, filed.key, key=by_key)]
        self._ranks = None

    def weigh(self, filed: Filed, weights: array[float]) -> None:
        """Give the terms of ``filed`` these weights."""
        filed.weights = weights
        for term, weight in zip(filed.terms, weights, strict=True):
            slots, held = self._held[term]
            held[-1 if slots[-1] == filed.slot else slots.index(filed.slot)] = weight

    def holding(self, term: int) -> int:
        """How many digests hold ``term``."""
        return len(held[0]) if (held := self._held.get(term)) else 0

    def ranks_holding(self, term: int) -> npt.NDArray[np.int64]:
        """The places in the week's order of the digests that hold ``term``, ascending."""
        if self._ranks is None:
            self._ranks = np.zeros(len(self._slots), np.int64)
            self._ranks[[filed.slot for filed in self.order]] = np.arange(len(self.order))
        held = self._held.get(term)
        if held is None:
            return np.zeros(0, np.int64)
        return np.sort(self._ranks[np.frombuffer(held[0], np.int32)])

    def rank(self, key: Key) -> int:
        """How many digests of the week come before ``key``."""
        return bisect_left(self.order, key, key=by_key)

    def alike(self, filed: Filed, least: float) -> Iterator[tuple[Filed, float]]:
        """The digests whose cosine to ``filed`` is ``least`` or more, in no order."""
        get = self._held.get
        shared = [(held, own) for term, own in zip(filed.terms, filed.weights, strict=True) if (held := get(term))]
        if not shared:
            return
        own = np.repeat(np.array([own for _, own in shared]), [len(held[0]) for held, _ in shared])
        slots = np.frombuffer(b"".join([held[0] for held, _ in shared]), np.int32)
        products = np.frombuffer(b"".join([held[1] for held, _ in shared]), np.float32) * own
        cosines = np.bincount(slots, weights=products)
        for slot in np.flatnonzero(cosines >= least * WHOLE**2).tolist():
            if (found := self._slots[slot]) is not None and found is not filed:
                yield found, float(cosines[slot]) / WHOLE**2
