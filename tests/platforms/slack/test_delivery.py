"""Briefings: posted once, in threads, found again, edited, and refused in words."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.platforms.slack.platform import SlackPlatform
from bot.ports import permitted
from tests.fakes import Refusing
from tests.platforms.slack.conftest import Starting
from tests.platforms.slack.requests import CHANNEL
from tests.platforms.slack.standin import TEAM, TOKEN, StandIn
from tests.samples import FULL

pytestmark = pytest.mark.anyio

PLACE = Place("slack", TEAM, CHANNEL)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


async def test_a_briefing_is_posted_with_its_details_in_the_thread(slack: StandIn, platform: SlackPlatform) -> None:
    """The message goes to the channel, its details into its thread, each with its key, without unfurling."""
    (head,), (detail,) = platform.render(FULL), platform.render(FULL.thread[0])
    posted = await platform.send(PLACE, head, "s-1-0")
    reply = await platform.send(PLACE, detail, "s-1-1", reply_to=posted)

    first, second = slack.channels[CHANNEL].messages

    assert posted.ref == first["ts"]
    assert posted.url == f"https://acme.slack.com/archives/{CHANNEL}/p{posted.ref.replace('.', '')}"
    assert first["metadata"] == {"event_type": "lede_delivery", "event_payload": {"key": "s-1-0"}}
    assert (first["unfurl_links"], first["unfurl_media"]) == (False, False)
    assert second["thread_ts"] == posted.ref
    assert reply.ref == second["ts"]


@pytest.mark.parametrize("channel", ["C0NEWS", "G0SECRET", "D0USER", "U0USER"])
async def test_what_was_posted_is_found_by_its_key(slack: StandIn, platform: SlackPlatform, channel: str) -> None:
    """A channel, a private channel and a direct message are read back, threads too; another key is not there."""
    _ = slack.channels["G0SECRET"]
    place = Place("slack", TEAM, channel)
    (head,) = platform.render(FULL)
    theirs = {"event_type": "other_app", "event_payload": {"key": "s-2-0"}}
    slack.channels[channel.replace("U", "D", 1) if channel[0] == "U" else channel].messages.append(
        {"ts": "1800000000.1", "metadata": theirs}
    )
    posted = await platform.send(place, head, "s-1-0")
    reply = await platform.send(place, head, "s-1-1", reply_to=posted)

    found = await platform.find(place, "s-1-0", SINCE)
    below = await platform.find(place, "s-1-1", SINCE, reply_to=posted)

    assert found is not None
    assert below is not None
    assert (found.ref, below.ref) == (posted.ref, reply.ref)
    assert await platform.find(place, "s-1-1", SINCE) is None
    assert await platform.find(place, "s-2-0", SINCE) is None
    assert await platform.find(place, "s-1-0", datetime.now(UTC) + timedelta(hours=1)) is None


async def test_a_busy_channel_is_read_to_the_end(slack: StandIn, platform: SlackPlatform) -> None:
    """Reading back goes through every page, and says so where even that is not enough."""
    (head,) = platform.render(FULL)
    posted = await platform.send(PLACE, head, "s-1-0")
    noise = [{"ts": f"{float(posted.ref) + n:.6f}", "text": "x"} for n in range(1, 1500)]
    slack.channels[CHANNEL].messages += noise
    found = await platform.find(PLACE, "s-1-0", SINCE)
    slack.channels[CHANNEL].messages += [{"ts": f"{float(posted.ref) + n:.6f}", "text": "x"} for n in range(1500, 2200)]

    assert found == posted
    with pytest.raises(DeliveryError, match="too busy"):
        await platform.find(PLACE, "s-1-0", SINCE)


async def test_an_edit_keeps_the_key(slack: StandIn, platform: SlackPlatform) -> None:
    """A corrected story replaces what was posted, and the message is still found."""
    (head,), (detail,) = platform.render(FULL), platform.render(FULL.thread[0])
    posted = await platform.send(PLACE, head, "s-1-0")
    await platform.edit(posted, detail)

    (message,) = slack.channels[CHANNEL].messages

    assert message["blocks"] == detail["blocks"]
    assert await platform.find(PLACE, "s-1-0", SINCE) == posted


async def test_editing_what_is_gone_says_so(slack: StandIn, platform: SlackPlatform) -> None:
    """A deleted message is a permanent error that asks for nothing."""
    (head,) = platform.render(FULL)
    posted = await platform.send(PLACE, head, "s-1-0")
    slack.channels[CHANNEL].messages.clear()

    with pytest.raises(DeliveryError, match="gone") as caught:
        await platform.edit(posted, head)

    assert caught.value.permanent


@pytest.mark.parametrize(
    ("kind", "status", "maybe_sent", "stored"),
    [
        ("drop_before", 0, True, 0),
        ("drop_after", 0, True, 1),
        ("status", 500, True, 0),
        ("status", 502, True, 0),
        ("status", 200, True, 0),
        ("status", 403, False, 0),
        ("internal_error", 0, True, 0),
        ("fatal_error", 0, True, 0),
        ("request_timeout", 0, False, 0),
        ("team_added_to_org", 0, False, 0),
    ],
)
async def test_a_doubt_is_called_one_and_nothing_is_sent_twice(
    slack: StandIn, platform: SlackPlatform, kind: str, status: int, maybe_sent: bool, stored: int
) -> None:
    """What Slack may have taken is a doubt, what it cannot have taken is none; either way it is sent once."""
    slack.fault("chat.postMessage", kind, status, body="<html>no</html>")
    (head,) = platform.render(FULL)
    with pytest.raises(DeliveryError) as caught:
        await platform.send(PLACE, head, "s-1-0")
    found = await platform.find(PLACE, "s-1-0", SINCE)

    assert caught.value.maybe_sent is maybe_sent
    assert not caught.value.permanent
    assert len(slack.calls_of("chat.postMessage")) == 1
    assert (found is not None) == bool(stored)


async def test_a_slow_slack_is_a_doubt(slack: StandIn, starting: Starting, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that is never answered ends in time, as a doubt."""
    monkeypatch.setattr("bot.platforms.slack.api.REQUEST_SECONDS", 0.3)
    async with starting() as platform:
        slack.fault("chat.postMessage", "hang")
        (head,) = platform.render(FULL)
        with pytest.raises(DeliveryError) as caught:
            await platform.send(PLACE, head, "s-1-0")

    assert caught.value.maybe_sent


async def test_nobody_there_is_no_doubt(starting: Starting) -> None:
    """A refused connection carried nothing: it may be sent again without reading back."""
    async with starting(api_url="http://127.0.0.1:9/api/", app_token="", signing_secret="s") as platform:
        (head,) = platform.render(FULL)
        with pytest.raises(DeliveryError) as caught:
            await platform.send(PLACE, head, "s-1-0")

    assert not caught.value.maybe_sent
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("channel_not_found", "/invite @Lede"),
        ("not_in_channel", "/invite @Lede"),
        ("is_archived", "Unarchive"),
        ("account_inactive", "Install the app again"),
        ("token_revoked", "Install the app again"),
        ("invalid_auth", "Install the app again"),
        ("restricted_action", "admin"),
        ("invalid_blocks", "report it"),
        ("msg_blocks_too_long", "report it"),
        ("messages_tab_disabled", "Messages tab"),
    ],
)
async def test_a_refusal_says_what_to_do(slack: StandIn, platform: SlackPlatform, code: str, says: str) -> None:
    """What no retry can mend is permanent and says what to do; the next channel is not touched by it."""
    slack.fault("chat.postMessage", code)
    (head,) = platform.render(FULL)
    with pytest.raises(DeliveryError) as caught:
        await platform.send(Place("slack", TEAM, "C0OTHER"), head, "s-1-0")
    posted = await platform.send(PLACE, head, "s-2-0")

    assert caught.value.permanent
    assert not caught.value.maybe_sent
    assert says in str(caught.value)
    assert caught.value.code == code
    assert posted.ref
    assert TOKEN not in str(caught.value)


async def test_the_states_of_a_channel_are_told_apart(slack: StandIn, platform: SlackPlatform) -> None:
    """Unknown, left and archived channels are refused by the stand-in itself, each in its words."""
    slack.channels["C0LEFT"].member = False
    slack.channels["C0OLD"].archived = True
    (head,) = platform.render(FULL)
    codes = []
    for channel in ("C0NONE", "C0LEFT", "C0OLD"):
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Place("slack", TEAM, channel), head, "s-1-0")
        codes.append(caught.value.code)

    assert codes == ["channel_not_found", "not_in_channel", "is_archived"]


@pytest.mark.parametrize(
    ("channel", "scope"), [("C0NEWS", "channels:history"), ("G0NEWS", "groups:history"), ("D0USER", "im:history")]
)
async def test_without_the_scope_nothing_is_known(
    slack: StandIn, platform: SlackPlatform, channel: str, scope: str
) -> None:
    """Where the history may not be read the error names the scope, so that the doubt stays one."""
    slack.scopes.discard(scope)
    with pytest.raises(DeliveryError, match=scope) as caught:
        await platform.find(Place("slack", TEAM, channel), "s-1-0", SINCE)

    assert caught.value.permanent
    assert caught.value.code == "missing_scope"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("0", 1), ("", 30), ("soon", 30), ("-5", 30), ("nan", 30), ("1.5", 1.5), ("9" * 30, 30 * 86400)],
)
async def test_a_rate_limit_is_obeyed_whatever_it_says(
    slack: StandIn, platform: SlackPlatform, said: str, seconds: float
) -> None:
    """The wait is handed on, and until it is over nothing more is posted to that workspace."""
    slack.fault("chat.postMessage", "ratelimited", headers={"Retry-After": said} if said else None)
    (head,) = platform.render(FULL)
    with pytest.raises(DeliveryError) as caught:
        await platform.send(PLACE, head, "s-1-0")
    with pytest.raises(DeliveryError) as second:
        await platform.send(Place("slack", TEAM, "C0OTHER"), head, "s-2-0")

    assert caught.value.retry_after == timedelta(seconds=seconds)
    assert not caught.value.permanent
    assert not caught.value.maybe_sent
    assert second.value.retry_after is not None
    assert second.value.retry_after.total_seconds() == pytest.approx(seconds, abs=1)
    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_a_channel_gets_about_one_post_a_second(slack: StandIn, platform: SlackPlatform) -> None:
    """Three posts at once come a second apart, another channel's between them; Slack never has to refuse one."""
    slack.posts_a_second = 1
    _ = slack.channels["C0OTHER"]
    (head,) = platform.render(FULL)
    other = Place("slack", TEAM, "C0OTHER")
    await asyncio.gather(
        *(platform.send(PLACE, head, f"s-1-{n}") for n in range(3)), platform.send(other, head, "s-2-0")
    )

    assert len(slack.channels[CHANNEL].messages) == 3
    assert len(slack.channels["C0OTHER"].messages) == 1
    assert not slack.refusals


async def test_a_thread_that_is_gone_holds_nothing(slack: StandIn, platform: SlackPlatform) -> None:
    """Where the message above was deleted, what may have been below it is not there."""
    (head,) = platform.render(FULL)
    posted = await platform.send(PLACE, head, "s-1-0")
    slack.channels[CHANNEL].messages.clear()

    assert await platform.find(PLACE, "s-1-1", SINCE, reply_to=posted) is None


async def test_a_process_past_its_lease_writes_nothing(slack: StandIn, platform: SlackPlatform) -> None:
    """Leave is asked for right before the write; refused, Slack hears nothing, and the next message goes as ever."""
    (payload, *_) = platform.render(FULL)

    with permitted(Refusing()), pytest.raises(DeliveryError):
        await platform.send(PLACE, payload, "s-1-0")
    held = len(slack.channels[CHANNEL].messages)
    await platform.send(PLACE, payload, "s-1-1")

    assert held == 0
    assert [each["metadata"]["event_payload"]["key"] for each in slack.channels[CHANNEL].messages] == ["s-1-1"]
