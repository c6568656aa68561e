"""The command line as a newcomer uses it, on the shipped digests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.workplace import Workplace, workplace


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """One workplace for questions that change nothing."""
    return workplace(tmp_path_factory.mktemp("lede"))


def test_who_finds_her_with_role_quotations_and_brother(place: Workplace) -> None:
    """The role as stated, by whom and when; her own words; her brother; each with sources."""
    found = place.json("who", "Delcy Rodriguez")
    entity = found["entity"]

    assert (found["query"], found["status"], entity["id"]) == ("Delcy Rodriguez", "found", "delcy-rodriguez")
    role = entity["roles"][0]
    assert role["title"] == "interim President of Venezuela"
    assert (role["sources"][0]["outlet"], role["sources"][0]["date"]) == ("Deutsche Welle", "2026-01-10")
    assert {"to": "jorge-rodriguez", "as": "brother"}.items() <= entity["relations"][0].items()
    assert len(entity["quotes"]) == 3
    for item in (*entity["lines"], *entity["quotes"], *entity["roles"]):
        for source in item["sources"]:
            assert {"digest", "outlet", "date", "evidence"} <= set(source)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("jorge rodríguez", "jorge-rodriguez"),
        ("Rodriguez, Delcy", "delcy-rodriguez"),
        ("Delsy Rodrigues", "delcy-rodriguez"),
        ("president Delcy Rodriguez", "delcy-rodriguez"),
        ("President Trump", "donald-trump"),
    ],
)
def test_who_finds_any_spelling(place: Workplace, name: str, id_: str) -> None:
    """Accents, case, order, titles and typos."""
    assert place.json("who", name)["entity"]["id"] == id_


def test_who_offers_a_choice_and_never_guesses(place: Workplace) -> None:
    """Two people of one surname are both offered."""
    asked = place.json("who", "Rodriguez")

    assert asked["status"] == "ambiguous"
    assert {c["id"] for c in asked["candidates"]} == {"delcy-rodriguez", "jorge-rodriguez"}
    assert "entity" not in asked


def test_who_says_when_nobody_is_known(place: Workplace) -> None:
    """A stranger is unknown, not the nearest name."""
    assert place.json("who", "Nobody Atall")["status"] == "unknown"


def test_brief_tells_stories_with_status_and_digests(place: Workplace) -> None:
    """As it would have been on the morning of 13 January."""
    told = place.json("brief", "--at", "2026-01-13T08:00:00+01:00", "--since", "4d", "--limit", "3")

    assert told["edition"] == "2026-01-13 07:00"
    assert len(told["stories"]) == 3
    assert all(story["status"] in ("new", "updated", "again") for story in told["stories"])
    assert all(story["digests"] and story["headline"] and story["id"] for story in told["stories"])


def test_search_quotes_timeline_and_story_have_sources(place: Workplace) -> None:
    """Every list names the digests it is read from."""
    (result,) = place.json("search", "embassy")["results"]
    quotes = place.json("quotes", "--by", "Trump")["quotes"]
    events = place.json("timeline", "Delcy Rodriguez")["events"]
    story = place.json("story", result["id"])

    assert result["sources"][0]["outlet"] == "Deutsche Welle"
    assert {quote["speaker"] for quote in quotes} == {"donald-trump"}
    assert [event["date"] for event in events] == sorted(event["date"] for event in events)
    assert all(item["sources"] for item in (*quotes, *events, *story["points"]))


def test_answers_for_people_name_their_sources_too(place: Workplace) -> None:
    """Without --json the same is said in words."""
    said = place.lede("who", "Delcy", "Rodriguez")

    assert "as stated by Deutsche Welle, 10 Jan 2026" in said
    assert "brother" in said
    assert "Traceback" not in said


def test_check_is_clean_on_what_ships(place: Workplace) -> None:
    """No problem, and a number that shows that files were looked at."""
    report = place.json("check")

    assert report["problems"] == []
    assert report["checked"] == report["valid"] >= 15


def test_check_names_every_broken_file(place: Workplace, tmp_path: Path) -> None:
    """Each fault is named by path, field and reason, and the exit status says so."""
    good = next(place.folder.glob("digests/2*/*/*.json"))
    shutil.copy(good, tmp_path / "good.json")
    shutil.copy(good, tmp_path / "twice.json")
    (tmp_path / "empty.json").write_text("")
    (tmp_path / "cut.json").write_text(good.read_text("utf-8")[:900], "utf-8")
    (tmp_path / "latin.json").write_bytes(b'{"headline": "caf\xe9"}')

    report = place.json("check", str(tmp_path), code=1)

    assert {Path(p["path"]).name for p in report["problems"]} == {"twice.json", "empty.json", "cut.json", "latin.json"}
    assert all(p["reason"] for p in report["problems"])


def test_a_mistake_is_a_sentence_not_a_traceback(place: Workplace) -> None:
    """What is wrong and what to do next, on one line, with a failing status."""
    for words in (["story", "zzzzzz"], ["briefing", "pause", "b-none"], ["deliveries", "--state", "lost"]):
        said = place.lede(*words, code=1)
        assert "Traceback" not in said


def test_wrong_settings_are_named(place: Workplace) -> None:
    """The exit status is the one for configuration."""
    said = place.lede("status", code=78, TIMEZONE="Mars/Olympus")

    assert "TIMEZONE" in said


def test_help_is_there_for_every_command(place: Workplace) -> None:
    """Every command says what it is for."""
    said = place.lede("--help")

    for verb in ("who", "brief", "add", "check", "feeds", "briefing", "deliveries", "run", "doctor"):
        assert f"  {verb} " in said


def test_where_nothing_is_read_yet_the_silence_is_explained(tmp_path: Path) -> None:
    """Only read digests are told and none is: briefing, doctor and list each say that digests wait, not "no news"."""
    place = workplace(tmp_path)
    for file in (place.folder / "digests").glob("2*/*/*.json"):
        file.write_text(re.sub(r'"reviewed": "[^"]+"', '"reviewed": null', file.read_text("utf-8")), "utf-8")

    brief = place.lede("brief", ONLY_REVIEWED="yes")
    doctor = place.lede("doctor", code=None, ONLY_REVIEWED="yes")
    listed = place.json("digest", "list", "--waiting")

    assert f"{len(listed)} digests wait to be read before being told" in brief
    assert f"None is told: {len(listed)} wait to be read" in doctor
    assert "lede digest list --waiting" in doctor
