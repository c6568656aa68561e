"""The gateway: lost and found again without doubling, looping or losing; commands registered by their difference."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import structlog.testing

from bot.domain.errors import DeliveryError, SettingsError
from bot.platforms.discord.client import ConnectPace, IdentifyPace, api_base
from bot.platforms.discord.commands import payloads
from tests.platforms.discord.conftest import Bot
from tests.platforms.discord.exchange import Fault
from tests.platforms.discord.standin import StandIn
from tests.platforms.discord.world import GUILD

pytestmark = pytest.mark.anyio


async def _still_answers_once(bot: Bot, standin: StandIn) -> None:
    before = len(bot.commands.requests)
    await (await standin.slash("who", name="delcy")).answer("show")
    assert len(bot.commands.requests) == before + 1


async def test_only_servers_are_listened_to(bot: Bot, standin: StandIn) -> None:
    """No privileged intent, and nothing of what people write."""
    (said,) = standin.gateway.identified

    assert said["intents"] == 1


async def test_a_lost_connection_resumes(bot: Bot, standin: StandIn) -> None:
    """With the session it had: no second IDENTIFY, and what was missed is answered, once."""
    await standin.gateway.drop()
    missed = await standin.slash("who", name="ilse")

    await missed.answer("show")

    assert len(standin.gateway.resumed) == 1
    assert len(standin.gateway.identified) == 1
    await _still_answers_once(bot, standin)


async def test_a_wish_to_reconnect_is_followed(bot: Bot, standin: StandIn) -> None:
    """Op 7 is a resume too."""
    await standin.gateway.ask_to_reconnect()
    await asyncio.wait_for(standin.gateway.ready.wait(), 10)

    assert (len(standin.gateway.resumed), len(standin.gateway.identified)) == (1, 1)
    await _still_answers_once(bot, standin)


async def test_a_session_that_may_resume_does(bot: Bot, standin: StandIn) -> None:
    """Op 9 with true."""
    await standin.gateway.invalidate(resumable=True)
    await asyncio.wait_for(standin.gateway.ready.wait(), 10)

    assert (len(standin.gateway.resumed), len(standin.gateway.identified)) == (1, 1)
    await _still_answers_once(bot, standin)


async def test_an_ended_session_identifies_anew_after_a_pause(bot: Bot, standin: StandIn) -> None:
    """Op 9 with false: one IDENTIFY, not at once; listeners are not doubled by it."""
    began = asyncio.get_running_loop().time()
    await standin.gateway.invalidate(resumable=False)
    await asyncio.wait_for(standin.gateway.ready.wait(), 20)

    assert len(standin.gateway.identified) == 2
    assert asyncio.get_running_loop().time() - began >= 4.5
    await _still_answers_once(bot, standin)


async def test_an_unsteady_gateway_is_not_hammered(bot: Bot, standin: StandIn) -> None:
    """Each quick end makes the next connection wait longer."""
    standin.gateway.unsteady = True
    await standin.gateway.drop()
    await asyncio.sleep(2.5)
    standin.gateway.unsteady = False
    resumed = len(standin.gateway.resumed)
    await asyncio.wait_for(standin.gateway.ready.wait(), 20)

    assert 1 <= resumed <= 4
    assert len(standin.gateway.identified) == 1
    await _still_answers_once(bot, standin)


async def test_a_refused_token_ends_the_service_with_what_to_do(standin: StandIn) -> None:
    """Trying again would only get the bot banned, so it does not."""
    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await Bot(standin, token="wrong").platform.run()
    assert len(standin.calls) == 1

    standin.gateway.refuse = 4004
    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await Bot(standin).platform.run()
    assert len(standin.gateway.identified) == 1


async def test_a_refused_token_is_told_to_a_sender(standin: StandIn) -> None:
    """The command line hears it as well."""
    with pytest.raises(DeliveryError, match="token") as told:
        await Bot(standin, token="wrong").platform.application_id()

    assert told.value.permanent


async def test_the_interface_knows_its_gateway(standin: StandIn) -> None:
    """With only DISCORD_API_URL set, that interface is asked where its gateway is."""
    async with Bot(standin, gateway_url="").running(standin) as bot:
        await _still_answers_once(bot, standin)


async def test_leaving_a_server_is_told(bot: Bot, standin: StandIn) -> None:
    """Its briefings are paused; an outage of Discord's is no leaving."""
    await _still_answers_once(bot, standin)
    await standin.gateway.dispatch("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    await standin.gateway.dispatch("GUILD_CREATE", standin.world.guild() | {"joined_at": "2026-01-01T00:00:00+00:00"})
    await standin.gateway.dispatch("GUILD_DELETE", {"id": GUILD})
    await standin.until(lambda: bool(bot.left))

    assert bot.left == [GUILD]


async def test_health_says_what_is_wrong(standin: StandIn) -> None:
    """The token before serving; the connection and the commands while serving."""
    refused = Bot(standin, token="wrong")
    assert "token" in (await refused.platform.health())[0]
    idle = Bot(standin)
    assert await idle.platform.health() == []
    await idle.platform.close()

    async with Bot(standin).running(standin) as bot:
        await _still_answers_once(bot, standin)
        assert await bot.platform.health() == []
        standin.gateway.unsteady = True
        await standin.gateway.drop()
        await asyncio.sleep(0.5)
        assert any("not connected" in said for said in await bot.platform.health())
        standin.gateway.unsteady = False

    standin.faults.append(Fault("GET .*/commands", "403"))
    standin.gateway.ready.clear()
    async with Bot(standin).running(standin) as bot:
        await standin.until(lambda: any(c.status == 403 for c in standin.calls))
        await asyncio.sleep(0.1)
        assert any("could not be registered" in said for said in await bot.platform.health())


# --- registering ------------------------------------------------------------------------------------------------------


def _registrations(standin: StandIn) -> list[str]:
    return [c.method for c in standin.calls if "/commands" in c.path and c.method != "GET"]


async def _started(standin: StandIn, *test_guilds: str) -> None:
    """A whole start, until the commands are registered."""
    standin.gateway.ready.clear()
    seen = len(standin.calls)
    with structlog.testing.capture_logs() as told:
        async with Bot(standin, test_guilds=test_guilds).running(standin):
            await standin.until(lambda: any("discord_commands" in each["event"] for each in told))
    assert len(standin.calls) > seen


async def test_commands_are_registered_once(standin: StandIn) -> None:
    """The first start registers all at once, the next one nothing."""
    for _ in range(2):
        await _started(standin)

    assert _registrations(standin) == ["PUT"]
    assert len(standin.world.commands[""]) == len(payloads())


async def test_only_what_differs_is_registered(standin: StandIn) -> None:
    """A command that changed is replaced, one that is gone is dropped, the others are left alone."""
    await _started(standin)
    registered = standin.world.commands[""]
    who = next(c for c in registered.values() if c["name"] == "who")
    who["description"] = "Something old"
    registered["1"] = {"id": "1", "type": 1, "name": "retired", "description": "Gone"}

    await _started(standin)

    assert _registrations(standin) == ["PUT", "POST", "DELETE"]
    assert {c["name"] for c in registered.values()} == {c["name"] for c in payloads()}


async def test_test_servers_get_their_own_commands(standin: StandIn) -> None:
    """At once visible there, and nowhere else."""
    await _started(standin, GUILD)

    assert len(standin.world.commands[GUILD]) == len(payloads())
    assert standin.world.commands[""] == {}


# --- how often to identify --------------------------------------------------------------------------------------------

_NOON = datetime(2026, 1, 13, 12, tzinfo=UTC)


def test_the_pace_of_identifying_slows_down() -> None:
    """A session that ends at once again and again costs fewer IDENTIFYs the longer it goes on."""
    pace, now, waits = IdentifyPace(), _NOON, []
    for _ in range(9):
        wait = pace.wait(now)
        waits.append(wait.total_seconds())
        now += wait + timedelta(seconds=1)

    assert waits == [0, 5, 10, 20, 40, 80, 160, 320, 640]


def test_the_pace_of_connecting_slows_down() -> None:
    """A first return is free; what held for a while is forgotten."""
    pace, now, waits = ConnectPace(), _NOON, []
    for _ in range(9):
        wait = pace.wait(now)
        waits.append(wait.total_seconds())
        now += wait + timedelta(seconds=1)

    assert waits == [0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert pace.wait(now + timedelta(hours=1)) == timedelta()


def test_a_good_session_resets_the_pace() -> None:
    """What held for hours may come back soon."""
    pace = IdentifyPace()
    for _ in range(5):
        pace.wait(_NOON)

    assert pace.wait(_NOON + timedelta(hours=3)) == timedelta(seconds=5)


def test_a_day_never_sees_a_thousand() -> None:
    """Even a session that ends after just over two minutes, all day long."""
    pace, now, count = IdentifyPace(), _NOON, 0
    while now < _NOON + timedelta(days=1):
        now += pace.wait(now) + timedelta(minutes=2, seconds=1)
        count += 1
    crowded, at = IdentifyPace(), _NOON
    for _ in range(900):
        crowded.wait(at)

    assert count < 1000
    assert crowded.wait(_NOON + timedelta(hours=1)) > timedelta(hours=1)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("", "https://discord.com/api/v10"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/api/v10"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/api/v10"),
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000/api/v10"),
        ("http://127.0.0.1:8000/api/v10/", "http://127.0.0.1:8000/api/v10"),
    ],
)
def test_an_interface_may_be_named_short(url: str, base: str) -> None:
    """With or without its path and version."""
    assert api_base(url) == base
