"""Private answers are the asker's, few enough to keep in memory, and in the order they were given."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.platforms.web.asides import Aside, Asides

NOW = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)


def aside(id_: str, channel: str = "briefing", asked: str = "") -> Aside:
    """An answer."""
    return Aside(id_, channel, asked, {"html": ""}, NOW)


def ids(asides: Asides, visitor: str, channel: str = "briefing") -> list[str]:
    """What a visitor has in a channel."""
    return [each.id for each in asides.of(visitor, channel)]


def test_each_visitor_has_their_own() -> None:
    """Nobody sees, takes or dismisses another's answer; channels are apart."""
    asides = Asides()
    asides.put("a", aside("1"))
    asides.put("a", aside("2", "other"))
    asides.dismiss("b", "1")
    assert ids(asides, "a") == ["1"]
    assert ids(asides, "b") == []
    assert asides.get("b", "1") is None


def test_a_replaced_answer_keeps_its_place() -> None:
    """Turning a page changes an answer where it stands."""
    asides = Asides()
    for id_ in ("1", "2", "1"):
        asides.put("a", aside(id_, asked=f"asked {id_}"))
    assert ids(asides, "a") == ["1", "2"]


def test_the_oldest_go_first() -> None:
    """Beyond the bounds the oldest answers, and the visitors longest away, are forgotten."""
    asides = Asides(per_visitor=2, visitors=2)
    for id_ in ("1", "2", "3"):
        asides.put("a", aside(id_))
    asides.put("b", aside("4"))
    asides.put("a", aside("5"))
    asides.put("c", aside("6"))
    assert [ids(asides, visitor) for visitor in "abc"] == [["3", "5"], [], ["6"]]
