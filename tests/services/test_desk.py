"""Laws of the desk: what was posted is told anew when an article was corrected, and only then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.briefings import Edition
from bot.domain.digests import Digest
from bot.services.desk import Desk
from bot.services.library import Library, snapshot_of
from tests.builders import MONDAY, digest, named
from tests.delivery.samples import slot_at, subscription
from tests.domain.test_briefings import corrected_in_place

pytestmark = pytest.mark.anyio


class Shelf(Library):
    """A library of given digests."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        self._current = snapshot_of(digests)
        self._listeners = []

    def hold(self, *digests: Digest) -> None:
        """Hold these from now on."""
        before, self._current = self._current, snapshot_of(digests)
        for listener in self._listeners:
            listener(before, self._current)


def report(headline: str, hour: int, point: str, supersedes: str | None = None) -> Digest:
    """A report on one story."""
    return digest(
        f"{headline} Ambry Gorge dam",
        at=MONDAY + timedelta(hours=hour),
        points=[point],
        entities=[named("Ambry Gorge dam", kind="place"), named("Hesper Tollind")],
        supersedes=supersedes,
    )


async def posted(desk: Desk) -> Edition:
    """The edition of Tuesday."""
    edition = await desk.edition(subscription(), slot_at(MONDAY + timedelta(days=1)), ())
    assert edition is not None
    return edition


def points(edition: Edition | None) -> list[str]:
    """The points of its first story."""
    assert edition is not None
    return [line.text for line in edition.stories[0].account.points]


def cited(edition: Edition) -> set[str]:
    """The digests of which sentences are named anywhere in it."""

    def within(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if value.get("evidence"):
                yield value["digest"]
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from within(each)

    found = set(within(edition.model_dump(mode="json")))
    assert found
    return found


async def test_a_correction_under_the_same_id_is_told_once() -> None:
    """The text's hash shows it; told anew, the edition stands until the next correction."""
    wrong = report("Cracks found in", 9, "Forty houses are empty")
    shelf = Shelf([wrong])
    desk = Desk(shelf)
    edition = await posted(desk)
    shelf.hold(corrected_in_place(wrong, "Four houses are empty"))

    newer = await desk.corrected(edition)

    assert points(newer) == ["Four houses are empty"]
    assert newer is not None
    assert newer.stories[0].changes == ("corrected",)
    assert any("Corrected" in note for note in newer.notes)
    assert await desk.corrected(newer) is None


async def test_an_edition_names_the_text_that_its_evidence_counts_in() -> None:
    """An article that changed later does not change what an edition's sentence numbers mean: it names their text."""
    before = report("Collapse at", 7, "The dam broke at six.")
    shelf = Shelf([before])
    desk = Desk(shelf)
    edition = await posted(desk)
    after = corrected_in_place(before, "The dam broke at seven.")
    shelf.hold(after)

    newer = await desk.corrected(edition)

    assert newer is not None
    assert after.article.sha256 != before.article.sha256
    assert {edition.texts[id_] for id_ in cited(edition)} == {before.article.sha256}
    assert {newer.texts[id_] for id_ in cited(newer)} == {after.article.sha256}


async def test_a_correction_of_a_correction_is_told() -> None:
    """Each supersedes the one before; the last one counts."""
    first = report("Cracks found in", 9, "Forty houses are empty")
    second = report("Corrected: cracks found in", 10, "Fourteen houses are empty", first.id)
    third = report("Corrected again: cracks found in", 11, "Four houses are empty", second.id)
    shelf = Shelf([first])
    desk = Desk(shelf)
    edition = await posted(desk)
    shelf.hold(first, second, third)

    newer = await desk.corrected(edition)

    assert points(newer) == ["Four houses are empty"]
    assert newer is not None
    assert await desk.corrected(newer) is None


async def test_what_a_story_gained_is_no_correction() -> None:
    """A further article waits for the next edition, also where another one was corrected."""
    wrong = report("Cracks found in", 9, "Forty houses are empty")
    more = report("Town evacuated below", 30, "Lower Ambry is evacuated")
    shelf = Shelf([wrong])
    desk = Desk(shelf)
    edition = await posted(desk)

    shelf.hold(wrong, more)
    nothing = await desk.corrected(edition)
    shelf.hold(corrected_in_place(wrong, "Four houses are empty"), more)
    newer = await desk.corrected(edition)

    assert nothing is None
    assert points(newer) == ["Four houses are empty"]


async def test_corrections_are_counted_and_news_is_not() -> None:
    """What was posted is looked through again only where something was corrected."""
    first = report("Cracks found in", 9, "Forty houses are empty")
    more = report("Town evacuated below", 30, "Lower Ambry is evacuated")
    superseding = report("Corrected: cracks found in", 10, "Four houses are empty", first.id)
    shelf = Shelf([first])
    desk = Desk(shelf)
    counted = []
    for held in ((first, more), (corrected_in_place(first, "Four houses are empty"), more), (first, more, superseding)):
        shelf.hold(*held)
        counted.append(desk.corrections)

    assert counted == [0, 1, 3]
