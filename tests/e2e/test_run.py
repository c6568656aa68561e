"""The bot as a process: briefings posted once, also when it is killed; digests served as they change."""

from __future__ import annotations

import json
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.e2e.workplace import Workplace, eventually, workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """A workplace that the test may change."""
    return workplace(tmp_path)


_HEADLINE = "inflation in velmora falls"


def _ready(place: Workplace) -> bool:
    return httpx.get(f"{place.url}/readyz", trust_env=False).status_code == 200


def _delivered(place: Workplace) -> list[str]:
    return [row["slot"] for row in place.json("deliveries", "--state", "delivered") if row["platform"] == "terminal"]


def _posted(place: Workplace) -> int:
    """How many briefings the terminal's readers saw."""
    record = place.folder / "var" / "terminal.jsonl"
    lines = record.read_text("utf-8").splitlines() if record.is_file() else []
    return sum("briefing" in json.loads(line).get("text", line) for line in lines)


def _due_soon(place: Workplace) -> datetime:
    """Arrange a briefing for the next full minute."""
    due = (datetime.now(UTC) + timedelta(seconds=75)).replace(second=0)
    place.lede("briefing", "add", "--platform", "terminal", "--channel", "main", "--at", f"{due:%H:%M}", "--tz", "UTC")
    return due


def _wait_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds()))


def test_a_briefing_is_posted_once_though_the_bot_is_killed(place: Workplace) -> None:
    """Killed before it was due, down when it was, killed again after it was posted: readers saw one."""
    due = _due_soon(place)
    with place.running() as process:
        eventually(lambda: _ready(place))
        process.kill()
    _wait_until(due)
    with place.running() as process:
        eventually(lambda: _delivered(place), 60)
        process.kill()
    with place.running(only="terminal"):
        eventually(lambda: place.log.count("serving") >= 3)
        eventually(lambda: len(_delivered(place)) == 1)

    assert len(_delivered(place)) == 1
    assert _posted(place) == 1


def test_a_new_digest_is_served_without_a_restart(place: Workplace) -> None:
    """Dropped into the folder, it is on the page; taken away, it is gone."""
    file = next(place.folder.glob("digests/2*/*/*inflation*.json"))
    text = file.read_text("utf-8")
    file.unlink()
    with place.running(only="web"):
        eventually(lambda: _ready(place))
        assert _HEADLINE not in _digests(place)
        file.write_text(text, "utf-8")
        eventually(lambda: _HEADLINE in _digests(place), 10)
        (place.folder / "digests" / "broken.json").write_text("{", "utf-8")
        eventually(lambda: "broken.json" in place.log, 10)

        assert _HEADLINE in _digests(place)


def _digests(place: Workplace) -> str:
    with httpx.Client(base_url=place.url, follow_redirects=True, trust_env=False) as client:
        return client.get("/digests").text.lower()


def test_it_stops_cleanly_when_told(place: Workplace) -> None:
    """SIGTERM ends it with status 0 and nothing left unknown."""
    with place.running() as process:
        eventually(lambda: _ready(place))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0

    assert place.json("deliveries", "--state", "unknown") == []


def test_a_port_in_use_is_named(place: Workplace) -> None:
    """The second bot says which setting to change."""
    with place.running(only="web"):
        eventually(lambda: _ready(place))
        said = place.lede("run", "--only", "web", code=78, DATABASE_URL="sqlite:///var/other.db")

    assert "WEB_PORT" in said


def test_two_bots_do_not_share_one_sqlite_file(place: Workplace) -> None:
    """The second one says so instead of sending what the first one sends."""
    with place.running(only="terminal"):
        eventually(lambda: "serving" in place.log)
        said = place.lede("run", "--only", "terminal", code=1)

    assert "Traceback" not in said
    assert "lede.db" in said


def test_what_is_not_configured_is_not_served(place: Workplace) -> None:
    """Asked for Discord without a token, it says what is missing."""
    assert "discord is not configured" in place.lede("run", "--only", "discord", code=78)


def test_a_briefing_that_was_removed_stays_removed(place: Workplace) -> None:
    """The page's first briefing is arranged once; whoever removes it is not given it again."""
    with place.running(only="web"):
        made = eventually(lambda: place.json("briefing", "list"))
        eventually(lambda: place.json("deliveries", "--state", "delivered"))
    place.lede("briefing", "remove", made[0]["id"])
    with place.running(only="web"):
        eventually(lambda: place.log.count("serving") >= 2)

    assert place.json("briefing", "list") == []


def test_a_briefing_is_posted_now_from_the_command_line(place: Workplace) -> None:
    """Once, beside its schedule, and the ledger knows."""
    made = place.json("briefing", "add", "--platform", "terminal", "--channel", "main", "--at", "08:00")

    assert "Caracas" in place.lede("briefing", "now", made["id"])
    assert len(_delivered(place)) == 1
