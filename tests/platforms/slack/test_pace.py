"""Turns: a second between a channel's posts, a budget for a workspace, silence when Slack asks for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errors import DeliveryError
from bot.platforms.slack.pace import Lane, Pace

pytestmark = pytest.mark.anyio


async def outcomes(pace: Pace, turns: list[tuple[Lane, str, str]]) -> list[DeliveryError | None]:
    """What each of these turns, all asked for at once, came to."""
    given = await asyncio.gather(*(pace.turn(*turn) for turn in turns), return_exceptions=True)
    assert all(each is None or isinstance(each, DeliveryError) for each in given)
    return [each if isinstance(each, DeliveryError) else None for each in given]


async def test_a_crowd_is_given_times_of_its_own() -> None:
    """Who cannot be served soon is told when to come again, each at another time, and none is lost."""
    pace = Pace({"briefing": 20.0, "answer": 20.0}, patience=0.3)
    given = await outcomes(pace, [("briefing", "T", f"C{n}") for n in range(60)])

    waits = [error.retry_after.total_seconds() for error in given if error and error.retry_after]

    assert 6 <= given.count(None) <= 30
    assert len(waits) == 60 - given.count(None)
    assert len({round(wait, 2) for wait in waits}) == len(waits)
    assert max(waits) <= 0.3 + 60 / 20 + 0.1
    assert not any(error.maybe_sent or error.permanent for error in given if error)


async def test_a_rush_leaves_answers_their_part() -> None:
    """However many briefings wait, an answer and another workspace go at once."""
    pace = Pace({"briefing": 1.0, "answer": 5.0, "whisper": 5.0}, patience=60.0)
    rush = [asyncio.create_task(pace.turn("briefing", "T", f"C{n}")) for n in range(40)]
    await asyncio.sleep(0)
    async with asyncio.timeout(0.5):
        await pace.turn("answer", "T", "C-asked")
        await pace.turn("whisper", "T", "C1")
        await pace.turn("briefing", "T-other", "C1")

    assert sum(not each.done() for each in rush) > 30
    for each in rush:
        each.cancel()
    await asyncio.gather(*rush, return_exceptions=True)


async def test_silence_holds_for_the_method_and_workspace_that_asked() -> None:
    """After a 429 for posting nothing is posted there, by no lane; edits and other workspaces go on."""
    pace = Pace(patience=1.0)
    pace.hold("chat.postMessage", "T", timedelta(seconds=60))
    pace.hold("chat.postMessage", "T", timedelta(seconds=1))
    given = await outcomes(
        pace, [("briefing", "T", "C1"), ("answer", "T", "C2"), ("edit", "T", "C1"), ("briefing", "T2", "C1")]
    )

    assert [error is None for error in given] == [False, False, True, True]
    assert given[0] is not None
    assert given[0].retry_after is not None
    assert 59 < given[0].retry_after.total_seconds() <= 60


async def test_silence_reaches_those_who_already_wait() -> None:
    """A turn that comes while Slack wants silence is not used."""
    pace = Pace({"briefing": 4.0}, patience=5.0)
    waiting = asyncio.create_task(outcomes(pace, [("briefing", "T", "C1"), ("briefing", "T", "C1")]))
    await asyncio.sleep(0.2)
    pace.hold("chat.postMessage", "T", timedelta(seconds=60))
    await waiting

    with pytest.raises(DeliveryError, match="asked to wait"):
        pace.refuse_while_held("chat.postMessage", "T")
