from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import BadRequest, NotFound
from bot.domain.places import Place
from bot.services.subscriptions import Wanted
from tests.delivery.fakes import Bench
from tests.delivery.samples import NOW, PLACE

pytestmark = pytest.mark.anyio
ELSEWHERE = Place("slack", "T2", "C1")


async def test_what_is_added_is_due_at_its_next_time(bench: Bench) -> None:
    """Words become a schedule; what is past today is not made up; the id can be typed."""
    made = await bench.subscriptions.add(PLACE, Wanted(at="8:00, 17.30", days="weekdays", topic="World News"), by="U1")

    slot = bench.subscriptions.upcoming(made)
    assert str(made.schedule) == "08:00, 17:30 mon-fri Europe/Berlin"
    assert (made.topic, made.created_by, made.since) == ("world-news", "U1", NOW)
    assert slot is not None
    assert slot.nominal.isoformat() == "2026-01-13T17:30:00"
    assert len(made.id) == 6
    assert await bench.subscriptions.get(made.id.upper()) == made


@pytest.mark.parametrize(
    ("place", "wanted", "words"),
    [
        (PLACE, {"at": "late"}, "no time of day"),
        (PLACE, {"at": "8", "timezone": "Europe/Berln"}, "Europe/Berlin"),
        (PLACE, {"at": "8", "days": "someday"}, "no day"),
        (PLACE, {"at": "8", "quiet": "7-9"}, "08:00 lies in the quiet hours"),
        (PLACE, {"at": "8", "skip": "soon"}, "no date"),
        (PLACE, {"at": "8", "min_stories": 5, "max_stories": 3}, "at least"),
        (PLACE, {"at": "8", "max_stories": 0}, "at least 1"),
        (PLACE, {"at": "8", "min_stories": 51}, "min_stories"),
        (Place("slack", "T1", " "), {"at": "8"}, "No channel"),
        (Place("irc", "", "#x"), {"at": "8"}, "irc is no platform"),  # type: ignore[arg-type]
    ],
)
async def test_what_cannot_be_is_refused_with_help(
    bench: Bench, place: Place, wanted: dict[str, Any], words: str
) -> None:
    """Each error names the thing, and nothing is kept."""
    with pytest.raises(BadRequest) as refused:
        await bench.subscriptions.add(place, Wanted(**wanted))

    assert words in str(refused.value)
    assert await bench.subscriptions.list() == []


async def test_the_same_briefing_is_not_added_twice(bench: Bench) -> None:
    """The error names the one there is; another time, topic or channel is another briefing."""
    made = await bench.subscriptions.add(PLACE, Wanted(at="08:00"))

    with pytest.raises(BadRequest, match=made.id):
        await bench.subscriptions.add(PLACE, Wanted(at="8"))
    await bench.subscriptions.add(PLACE, Wanted(at="8", topic="energy"))
    await bench.subscriptions.add(ELSEWHERE, Wanted(at="8"))
    assert len(await bench.subscriptions.list("slack", "T1")) == 2


async def test_a_channel_has_a_limit(bench: Bench) -> None:
    """A script gone wrong is stopped."""
    for minute in range(20):
        await bench.subscriptions.add(PLACE, Wanted(at=f"08:{minute:02}"))

    with pytest.raises(BadRequest, match="20 briefings already"):
        await bench.subscriptions.add(PLACE, Wanted(at="09:00"))


async def test_other_workspaces_cannot_reach_it(bench: Bench) -> None:
    """An id from elsewhere is as good as none, and the hint names only what is here."""
    theirs = await bench.subscriptions.add(ELSEWHERE, Wanted(at="08:00"))
    ours = await bench.subscriptions.add(PLACE, Wanted(at="08:00"))

    for refused in (
        bench.subscriptions.get(theirs.id, PLACE),
        bench.subscriptions.pause(theirs.id, within=PLACE),
        bench.subscriptions.remove(theirs.id, PLACE),
    ):
        with pytest.raises(NotFound) as told:
            await refused
        assert ours.id in told.value.hint
        assert theirs.id not in told.value.hint


async def test_pause_and_resume(bench: Bench) -> None:
    """Each says why it cannot be done twice; resumed, it is due from then on."""
    made = await bench.subscriptions.add(PLACE, Wanted(at="08:00"))
    paused = await bench.subscriptions.pause(made.id, "holidays")
    with pytest.raises(BadRequest, match="holidays"):
        await bench.subscriptions.pause(made.id)
    bench.clock.move(timedelta(days=3))
    resumed = await bench.subscriptions.resume(made.id)
    with pytest.raises(BadRequest, match="not paused"):
        await bench.subscriptions.resume(made.id)

    assert paused.paused is not None
    assert bench.subscriptions.upcoming(paused) is None
    assert resumed.since == bench.clock.now()


async def test_a_workspace_that_left_is_paused_as_a_whole(bench: Bench) -> None:
    """Only what ran, only there, and with the reason; by the bot, not a person."""
    first = await bench.subscriptions.add(PLACE, Wanted(at="08:00"))
    second = await bench.subscriptions.add(PLACE, Wanted(at="09:00"))
    other = await bench.subscriptions.add(ELSEWHERE, Wanted(at="08:00"))
    await bench.subscriptions.pause(second.id, "holidays")

    paused = await bench.subscriptions.pause_workspace("slack", "T1", "the bot was removed there")

    assert [each.id for each in paused] == [first.id]
    told = (await bench.subscriptions.get(first.id)).paused
    assert told is not None
    assert (told.why, told.by_bot) == ("the bot was removed there", True)
    assert (await bench.subscriptions.get(other.id)).paused is None


async def test_a_change_keeps_the_id_and_the_zone(bench: Bench) -> None:
    """What is not said stays where it was; the new schedule holds from now."""
    made = await bench.subscriptions.add(PLACE, Wanted(at="08:00", timezone="Asia/Tokyo"))
    bench.clock.move(timedelta(hours=1))

    changed = await bench.subscriptions.change(made.id, Wanted(at="09:15", max_stories=3))

    assert changed.id == made.id
    assert str(changed.schedule) == "09:15 daily Asia/Tokyo"
    assert (changed.since, changed.max_stories) == (bench.clock.now(), 3)
    assert await bench.subscriptions.get(made.id) == changed
