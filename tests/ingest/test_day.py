from __future__ import annotations

import asyncio
import re

import pytest

from tests.ingest.day import FAULTS, Day, a_day


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A day of ten good newspapers among every bad server."""
    return asyncio.run(a_day(tmp_path_factory.mktemp("day"), good=10))


def test_every_article_of_a_good_feed_is_filed_once(day: Day) -> None:
    """Bad servers take nothing from the good: each article is asked for once and filed once, also under new ids."""
    for name, expected in day.expected.items():
        number = name.removeprefix("wire ")
        pages = {path: n for path, n in day.asked.items() if path.startswith(f"/n{number}/")}
        filed = {url.partition("?")[0]: n for url, n in day.filed.items() if f"/n{number}/" in url}
        assert expected <= filed.keys(), name
        assert set(filed.values()) == {1}, name
        assert max(pages.values()) == 1, name
        assert (day.feeds[name].failures, day.feeds[name].items) == (0, len(filed)), name


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_server_is_named_in_its_feeds_health(day: Day, fault: str) -> None:
    """Whoever looks after the feeds reads what is wrong with each."""
    _, words = FAULTS[fault]

    assert re.search(words, day.complaints.get(fault, ""))
    assert day.feeds[fault].items == 0


def test_bad_servers_are_asked_seldom(day: Day) -> None:
    """What fails is asked with growing pauses, never before it asked to be; what is gone never again."""
    asked = {fault: day.asked[f"/{fault.replace(' ', '-')}"] for fault in FAULTS}

    assert asked["gone"] == 1
    assert asked["in trouble"] <= 8
    assert asked["web page"] <= 9
    assert asked["slow drip"] <= 9
