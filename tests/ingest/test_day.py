from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ingest.day import FAULTS, Day, a_day

pytestmark = pytest.mark.anyio


async def test_a_day_among_bad_servers(tmp_path: Path) -> None:
    """In 24 hours bad servers take nothing from good feeds, are named in their own feeds' health, and asked seldom.

    One test for three laws: the day takes some twenty seconds, and is lived through once.
    """
    day = await a_day(tmp_path, good=8)

    every_article_of_a_good_feed_is_filed_once(day)
    bad_servers_are_named(day)
    bad_servers_are_asked_seldom(day)


def every_article_of_a_good_feed_is_filed_once(day: Day) -> None:
    """Each is asked for once and filed once, also where ids and addresses change with every answer."""
    for name, expected in day.expected.items():
        number = name.removeprefix("wire ")
        pages = {path: n for path, n in day.asked.items() if path.startswith(f"/n{number}/")}
        filed = {url.partition("?")[0]: n for url, n in day.filed.items() if f"/n{number}/" in url}
        assert expected <= filed.keys(), name
        assert set(filed.values()) == {1}, name
        assert max(pages.values()) == 1, name
        assert (day.feeds[name].failures, day.feeds[name].items) == (0, len(filed)), name


def bad_servers_are_named(day: Day) -> None:
    """Whoever looks after the feeds reads what is wrong with each."""
    for fault, (_, words) in FAULTS.items():
        assert re.search(words, day.complaints.get(fault, "")), fault
        assert day.feeds[fault].items == 0, fault


def bad_servers_are_asked_seldom(day: Day) -> None:
    """What fails is asked with growing pauses, never before it asked to be; what is gone never again."""
    asked = {fault: day.asked[f"/{fault.replace(' ', '-')}"] for fault in FAULTS}

    assert asked["gone"] == 1
    assert asked["in trouble"] <= 8
    assert asked["web page"] <= 9
    assert asked["slow drip"] <= 9
