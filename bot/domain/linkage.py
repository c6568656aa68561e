"""Average linkage: what is most alike is merged first, and then what is merged, as long as it is alike on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.domain.weeks import WHOLE, Filed

Floats = npt.NDArray[np.float64]

# So many terms are multiplied at once.
_TERMS = 4096


def merged(
    filed: Sequence[Filed], ties: Iterable[tuple[int, int]], alike: float, open_for: timedelta, closed_after: timedelta
) -> list[list[Filed]]:
    """``filed``, which are in order, in groups; the members of each stay in order.

    Args:
        filed: the digests.
        ties: pairs of places whose digests belong together however unlike they are.
        alike: the least mean cosine between the digests of two groups that are merged, of those within the window.
        open_for: a silence between two groups that is longer demands more: twice as much when twice as long.
        closed_after: digests further apart than this say nothing about each other.
    """
    if len(filed) == 1:
        return [list(filed)]
    linkage = _Linkage(filed, open_for.total_seconds(), closed_after.total_seconds())
    for one, other in ties:
        linkage.merge(*sorted((linkage.group[one], linkage.group[other])))
    while (pair := linkage.most_alike(alike)) is not None:
        linkage.merge(*pair)
    groups: dict[int, list[Filed]] = {}
    for place, group in enumerate(linkage.group):
        groups.setdefault(group, []).append(filed[place])
    return list(groups.values())


class _Linkage:
    """Groups, each under the place of its first, and for every two of them how alike they are."""

    def __init__(self, filed: Sequence[Filed], open_for: float, window: float) -> None:
        self.group = list(range(len(filed)))
        self._open = open_for
        at = np.array([each.at for each in filed])
        self._silence = np.abs(at[:, None] - at)
        self._pairs = (self._silence <= window).astype(np.float64)
        self._shared = _cosines(filed) * self._pairs
        self._links = self._linked(slice(None))
        np.fill_diagonal(self._links, -1.0)

    def _linked(self, rows: slice | int) -> Floats:
        """The mean cosine, less where there was silence between the groups."""
        overdue = np.maximum(0.0, self._silence[rows] - self._open) / self._open
        return np.asarray(self._shared[rows] / np.maximum(self._pairs[rows], 1.0) / (1.0 + overdue))

    def most_alike(self, least: float) -> tuple[int, int] | None:
        """The two groups to be merged next, None where none are alike enough."""
        one, other = divmod(int(self._links.argmax()), len(self._links))
        return (one, other) if self._links[one, other] >= least else None

    def merge(self, one: int, other: int) -> None:
        """Make the two one; ``one`` comes first."""
        if one == other:
            return
        self.group = [one if group == other else group for group in self.group]
        for summed in (self._shared, self._pairs):
            summed[one] += summed[other]
            summed[:, one] = summed[one]
        self._silence[one] = np.minimum(self._silence[one], self._silence[other])
        self._silence[:, one] = self._silence[one]
        gone = self._links[one] < 0.0
        gone[other] = gone[one] = True
        self._links[one] = np.where(gone, -1.0, self._linked(one))
        self._links[:, one] = self._links[one]
        self._links[other] = self._links[:, other] = -1.0


def _cosines(filed: Sequence[Filed]) -> Floats:
    """How alike each two are. Weights are whole numbers, so that no order of summing changes anything."""
    places = np.repeat(np.arange(len(filed)), [len(each.terms) for each in filed])
    terms = np.fromiter((term for each in filed for term in each.terms), np.int64, len(places))
    weights = np.frombuffer(b"".join(each.weights for each in filed), np.float32)
    known, columns = np.unique(terms, return_inverse=True)
    products = np.zeros((len(filed), len(filed)))
    for first in range(0, len(known), _TERMS):
        held = (columns >= first) & (columns < first + _TERMS)
        vectors = np.zeros((len(filed), min(_TERMS, len(known) - first)))
        vectors[places[held], columns[held] - first] = weights[held]
        products += vectors @ vectors.T
    return np.asarray(products / WHOLE**2)
