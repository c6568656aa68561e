"""Socket Mode: acknowledged first, handled once, and never dead for long."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from time import monotonic, time

import pytest

from bot.platforms.slack import socket as socket_mode
from bot.platforms.slack.platform import SlackPlatform
from tests.platforms.slack import requests
from tests.platforms.slack.checks import words
from tests.platforms.slack.conftest import FakeCommands, Starting, TickingClock
from tests.platforms.slack.requests import CHANNEL, DM
from tests.platforms.slack.standin import APP_TOKEN, BOT, TOKEN, Fault, StandIn

pytestmark = pytest.mark.anyio


@pytest.mark.usefixtures("platform")
async def test_acknowledged_before_answered(slack: StandIn, commands: FakeCommands) -> None:
    """However long an answer takes, Slack hears at once that the request arrived."""
    go_on = asyncio.Event()

    async def slow() -> None:
        await go_on.wait()

    commands.before = slow
    url = slack.response_url()
    took, _ = await slack.send("slash_commands", requests.slash("who a", response_url=url))
    assert took < 1
    assert not slack.responded(url)
    go_on.set()
    await slack.until(lambda: slack.responded(url))


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("same_envelope", [True, False])
async def test_what_comes_again_is_handled_once(slack: StandIn, commands: FakeCommands, same_envelope: bool) -> None:
    """A redelivered envelope, or the same event in a new one, is acknowledged and has no effect."""
    bodies = [
        ("slash_commands", requests.slash("who a", response_url=slack.response_url())),
        ("events_api", requests.mention(f"<@{BOT}> who b")),
        ("interactive", requests.press("1:who:name=c", slack.response_url())),
    ]
    for number, (type_, body) in enumerate(bodies):
        for again in range(3):
            await slack.send(type_, body, envelope=f"e{number}" if same_envelope else f"e{number}-{again}")
    await slack.send("slash_commands", requests.slash("who last"))
    await slack.until(lambda: any(r.options == {"name": "last"} for r in commands.asked))

    assert sorted(request.options["name"] for request in commands.asked) == ["a", "b", "c", "last"]


@pytest.mark.usefixtures("platform")
async def test_an_envelope_alone_tells_a_repetition(slack: StandIn, commands: FakeCommands) -> None:
    """Where the payload bears no id of its own, that of its envelope does."""
    body = requests.slash("who a", response_url=slack.response_url())
    del body["trigger_id"]
    for _ in range(3):
        await slack.send("slash_commands", body, envelope="e-1")
    await slack.send("slash_commands", requests.slash("who last"))
    await slack.until(lambda: any(r.options == {"name": "last"} for r in commands.asked))

    assert [request.options["name"] for request in commands.asked] == ["a", "last"]


@pytest.mark.usefixtures("platform")
async def test_a_window_sent_off_again_is_told_the_same_and_asked_once(slack: StandIn, commands: FakeCommands) -> None:
    """The repetition of a window's submission gets the same view back, since the first answer was lost."""
    await slack.send("slash_commands", requests.slash("who", trigger=slack.trigger()))
    await slack.until(lambda: slack.views)
    (id_, view), *_ = slack.views.items()
    body = requests.submission("a", view, id_)
    first = await slack.send("interactive", body, envelope="e-1")
    second = await slack.send("interactive", body, envelope="e-1")
    await slack.until(lambda: "name=a" in words(slack.views))

    assert first[1] == second[1]
    assert len(commands.asked) == 1


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_connection_that_will_end_is_replaced(slack: StandIn, commands: FakeCommands, reason: str) -> None:
    """Told that the connection ends, the bot makes a new one with a new ticket and serves on."""
    await slack.disconnect(reason)
    await slack.until(lambda: slack.hellos == 2)
    await slack.send("slash_commands", requests.slash("who a", response_url=slack.response_url()))
    await slack.until(lambda: commands.asked)


async def test_a_dropped_connection_is_made_again(
    slack: StandIn, commands: FakeCommands, starting: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that ends without a word is made again."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.4)
    async with starting():
        request = slack.live._req
        assert request is not None
        assert request.transport is not None
        request.transport.abort()
        await slack.until(lambda: slack.hellos == 2, 20)
        await slack.send("slash_commands", requests.slash("who a", response_url=slack.response_url()))
        await slack.until(lambda: commands.asked)


async def test_a_silent_connection_is_found(
    slack: StandIn, commands: FakeCommands, clock: TickingClock, starting: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that shows no life is found by a clock that nobody can set, and replaced.

    The test shortens the interval; the law is the factor: found within two and a half intervals, 15 s as shipped.
    """
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.4)
    assert 2.5 * 6.0 < 30
    async with starting() as platform:
        clock.ahead = timedelta(hours=-5)
        slack.silent = True
        started = monotonic()
        await slack.until(lambda: len(slack.calls_of("apps.connections.open")) == 2, 20)
        found = monotonic() - started
        slack.silent = False
        await slack.until(lambda: slack.hellos == 2, 20)
        await slack.send("slash_commands", requests.slash("who a", response_url=slack.response_url()))
        await slack.until(lambda: commands.asked)
        assert not [wrong for wrong in await platform.health() if "connection" in wrong]

    assert found < 10 * 0.4 + 2


async def test_a_jump_of_the_wall_clock_breaks_nothing(
    slack: StandIn, starting: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corrected clock, hours ahead or back, is no reason to reconnect."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.2)
    async with starting() as platform:
        for jump in (7200.0, -7200.0):
            monkeypatch.setattr("slack_sdk.socket_mode.aiohttp.time.time", lambda jump=jump: time() + jump)
            await asyncio.sleep(0.5)
        assert platform._socket is not None
        platform._socket.last_ping_pong_time = time() - 86400
        assert await platform._socket.is_connected()

        assert slack.hellos == 1


async def test_a_ticket_is_used_once(slack: StandIn, starting: Starting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a connection cannot be made with a ticket, the next attempt asks for another one."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.2)
    monkeypatch.setattr(socket_mode, "_ATTEMPT_SECONDS", 0.5)
    slack.open_fails.append(Fault("status", 503))
    async with starting():
        pass

    assert len(slack.calls_of("apps.connections.open")) == 2


@pytest.mark.parametrize(
    ("kind", "headers", "least"),
    [
        ("ratelimited", {"Retry-After": "1"}, 1.0),
        ("ratelimited", {"Retry-After": "0"}, 1.0),
        ("internal_error", {}, 0.1),
    ],
)
async def test_slack_may_refuse_a_ticket_for_a_while(
    slack: StandIn,
    starting: Starting,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    headers: dict[str, str],
    least: float,
) -> None:
    """Asked to wait before connecting, the bot waits as long, even if an attempt ends meanwhile, and then connects."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.1)
    monkeypatch.setattr(socket_mode, "_ATTEMPT_SECONDS", 0.4)
    slack.fault("apps.connections.open", kind, headers=headers)
    async with starting():
        first, second = [at for method, at in slack.times if method == "apps.connections.open"][:2]

    assert second - first >= least


async def test_a_wrong_app_token_is_told(slack: StandIn, starting: Starting) -> None:
    """With a token that Slack refuses the bot keeps trying, slower and slower, and its health says what to do."""
    slack.hellos = 1  # nothing will connect; do not wait for it
    async with starting(app_token="xapp-wrong") as platform:
        await slack.until(lambda: slack.calls_of("apps.connections.open"))
        await asyncio.sleep(0.1)
        health = " ".join(await platform.health())

    assert "SLACK_APP_TOKEN (invalid_auth)" in health
    assert "connections:write" in health


async def test_health_is_empty_when_all_is_well(slack: StandIn, platform: SlackPlatform) -> None:
    """Nothing wrong, nothing said; a missing scope is said with what it is for."""
    await slack.until(lambda: slack.calls_of("auth.test"))

    assert list(await platform.health()) == []


async def test_health_names_a_missing_scope(slack: StandIn, starting: Starting) -> None:
    """What the grant lacks is told before anyone stumbles over it."""
    slack.scopes -= {"im:write", "groups:history"}
    async with starting() as platform:
        health = " ".join(await platform.health())

    assert "im:write" in health
    assert "groups:history" in health


async def test_answers_under_way_are_given_before_the_end(
    slack: StandIn, commands: FakeCommands, starting: Starting
) -> None:
    """Stopping waits for what is being answered."""

    async def slow() -> None:
        await asyncio.sleep(0.3)

    commands.before = slow
    url = slack.response_url()
    async with starting():
        await slack.send("slash_commands", requests.slash("who a", response_url=url))

    assert slack.responded(url)


@pytest.mark.usefixtures("platform")
async def test_answers_outlive_their_address(slack: StandIn, commands: FakeCommands) -> None:
    """Where the response address is used up, the answer is whispered; where it may have been taken, not repeated."""
    slack.response_uses = 0
    await slack.send("slash_commands", requests.slash("who a", response_url=slack.response_url()))
    await slack.until(lambda: slack.whispers)
    slack.response_uses = 5
    slack.fault("response", "drop_after")
    url = slack.response_url()
    await slack.send("slash_commands", requests.slash("who b", response_url=url))
    await slack.until(lambda: slack.responded(url))
    await slack.send("slash_commands", requests.slash("who c", response_url=url))
    await slack.until(lambda: len(slack.responded(url)) == 2)

    assert [whisper["user"] for whisper in slack.whispers] == ["U0USER"]
    assert slack.whispers[0]["channel"] == CHANNEL


@pytest.mark.usefixtures("platform")
async def test_an_answer_in_a_thread_waits_when_slack_asks_to(slack: StandIn) -> None:
    """An answer for everyone that Slack puts off is given once it may be."""
    slack.fault("chat.postMessage", "ratelimited", headers={"Retry-After": "1"})
    await slack.send("events_api", requests.direct("who is Ilse Tamm?"))
    await slack.until(lambda: slack.channels[DM].messages)

    assert len(slack.calls_of("chat.postMessage")) == 2


async def test_no_token_is_ever_logged(
    slack: StandIn, starting: Starting, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong, neither token nor response address shows up in what is logged."""
    caplog.set_level(logging.DEBUG)
    slack.fault("auth.test", "drop_before")
    slack.fault("users.info", "fatal_error")
    url = slack.response_url()
    async with starting():
        await slack.send("slash_commands", requests.slash("briefing add 08:00", response_url=url))
        await slack.until(lambda: slack.responded(url))
    logged = caplog.text + "".join(capsys.readouterr())

    assert "xoxb-" not in logged
    assert "xapp-" not in logged
    assert "/response/" not in logged


@pytest.mark.parametrize(
    ("settings", "scopes", "says"),
    [
        ({}, set(), []),
        ({"app_token": "xapp-wrong"}, set(), ["SLACK_APP_TOKEN (invalid_auth)"]),
        ({"bot_token": "xoxb-wrong"}, set(), ["the Slack token is no longer valid"]),
        ({}, {"im:write"}, ["lacks the scope im:write"]),
        ({"api_url": "http://127.0.0.1:9/api/"}, set(), ["could not be reached", "could not be reached"]),
    ],
)
async def test_health_asks_where_nothing_runs(
    slack: StandIn, commands: FakeCommands, settings: dict[str, str], scopes: set[str], says: list[str]
) -> None:
    """What is not running is examined: tokens, scopes, the way to Slack; nothing stays open after it."""
    slack.scopes -= scopes
    given = {"bot_token": TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url, **settings}
    told = await SlackPlatform(commands, TickingClock(), **given).health()  # type: ignore[arg-type]  # all are words

    assert len(told) == len(says)
    assert all(part in sentence for part, sentence in zip(says, sorted(told), strict=True))


async def test_the_environment_of_others_changes_nothing(
    slack: StandIn, commands: FakeCommands, starting: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables that Slack's libraries would read by themselves do not reach the bot: it takes its settings only."""
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-other",
        "SLACK_CLIENT_ID": "9.9",
        "SLACK_CLIENT_SECRET": "other",
        "SLACK_SIGNING_SECRET": "other",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    async with starting():
        url = slack.response_url()
        await slack.send("slash_commands", requests.slash("who a", response_url=url))
        await slack.until(lambda: slack.responded(url))

    assert commands.asked
