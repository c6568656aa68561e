"""Laws of an entity's card: what is told of someone, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.digests import Digest
from bot.domain.dossiers import Dossier, dossier_of
from bot.domain.entities import entity_book
from bot.domain.stories import stories_of
from tests.builders import MONDAY, digest, named, role


def _card(*digests: Digest) -> Dossier:
    book = entity_book(digests)
    return dossier_of(book["ana-morvane"], book, stories_of(digests), MONDAY + timedelta(days=2))


def _said(text: str) -> dict[str, Any]:
    return {"text": text, "speaker": "ana-morvane", "evidence": [1]}


def test_one_long_report_does_not_stand_for_all_the_news() -> None:
    """Two lines of each article come first, newest first; none is lost."""
    points = ["Ana Morvane sold a ferry.", "The mill burned.", "A judge resigned.", "Rain fell on Calder."]
    long = digest("Long", at=MONDAY + timedelta(hours=5), points=points, entities=[named("Ana Morvane")])
    short = digest("Short", points=["A bridge was opened in Varna."], entities=[named("Ana Morvane")])

    told = [line.text for line in _card(long, short).lines]

    assert told == [*points[:2], "A bridge was opened in Varna.", *points[2:]]


def test_a_quotation_told_twice_stands_once_at_the_top() -> None:
    """What another outlet cut otherwise comes behind what was not read yet."""
    first = digest(
        "A",
        at=MONDAY + timedelta(hours=5),
        entities=[named("Ana Morvane")],
        quotes=[_said("We sold the ferry for less than the price of its rope")],
    )
    second = digest(
        "B",
        entities=[named("Ana Morvane")],
        quotes=[_said("We sold the ferry for less than the price of its rope and its paint"), _said("Come and see us")],
    )

    assert [quote.text[:16] for quote in _card(first, second).quotes] == [
        "We sold the ferr",
        "Come and see us",
        "We sold the ferr",
    ]


def test_what_several_state_is_told_before_what_one_does() -> None:
    """One article's word for someone does not lead the card until another says so too; last month's has had its day."""

    def told(*stated: tuple[str, int]) -> list[str]:
        articles = [
            digest(f"News {n}", at=MONDAY + timedelta(days=day), entities=[named("Ana Morvane", roles=[role(title)])])
            for n, (title, day) in enumerate(stated)
        ]
        return [line.title for line in _card(*articles).roles]

    assert told(("governor", 0), ("governor", 1), ("guest", 2)) == ["governor", "guest"]
    assert told(("governor", 0), ("governor", 1), ("president", 2), ("president", 3)) == ["president", "governor"]
    assert told(("governor", 0), ("governor", 1), ("president", 30)) == ["president", "governor"]
