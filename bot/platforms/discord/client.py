"""The library's client as this bot uses it: what it hears, where it connects, how often it identifies itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms import leaving
from bot.platforms.discord import limits
from bot.ports import Clock

_log = structlog.get_logger(__name__)

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=15)
_FIRST_PAUSE = timedelta(seconds=1)
#: The library gives a connection a minute, this wait included.
_LONGEST_PAUSE = timedelta(seconds=30)
#: A session that held this long was a good one: the next wait begins from the least again.
_GOOD_SESSION = timedelta(minutes=2)
#: Of Discord's thousand a day some are left, so that an operator can still start the bot by hand.
_MOST_A_DAY = limits.IDENTIFIES_A_DAY - 100
#: A 429 that asks for more than this is an error to the sender, who decides, instead of a silent hour.
_LONGEST_RATE_LIMIT_WAIT = 60.0


def api_base(url: str) -> str:
    """Where the REST interface begins: ``http://127.0.0.1:8000`` and ``…/api`` are completed to ``…/api/v10``."""
    trimmed = url.rstrip("/")
    if not trimmed:
        return "https://discord.com/api/v10"
    last = trimmed.rpartition("/")[2]
    if last.startswith("v") and last[1:].isdigit():
        return trimmed
    return f"{trimmed}/v10" if yarl.URL(trimmed).path.strip("/") else f"{trimmed}/api/v10"


def point_at(api_url: str, gateway_url: str) -> None:
    """Let the library talk to these addresses instead of Discord's; empty leaves them.

    The library keeps both for the whole process, so two bots in one process cannot differ in this.
    """
    if api_url:
        Route.BASE = api_base(api_url)
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


class IdentifyPace:
    """How long to wait before identifying anew: Discord resets the token of a bot that does so too often.

    Pure: instants are given. The first is free; each that follows soon after waits twice as long, at most 15 minutes.
    """

    def __init__(self) -> None:
        self._past: deque[datetime] = deque()
        self._wait = _FIRST_WAIT

    def wait(self, now: datetime) -> timedelta:
        """The wait before an IDENTIFY that is wanted at ``now``; counts it as done after the wait."""
        while self._past and now - self._past[0] > timedelta(days=1):
            self._past.popleft()
        if not self._past:
            pause = timedelta()
        elif len(self._past) >= _MOST_A_DAY:
            pause = self._past[0] + timedelta(days=1) - now
        elif now - self._past[-1] > _GOOD_SESSION:
            pause, self._wait = _FIRST_WAIT, _FIRST_WAIT * 2
        else:
            pause, self._wait = self._wait, min(self._wait * 2, _LONGEST_WAIT)
        self._past.append(now + pause)
        return pause

    @property
    def today(self) -> int:
        """How many within the last day."""
        return len(self._past)


class ConnectPace:
    """How long to wait before connecting to the gateway again: the library itself does so at once, however often.

    Pure: instants are given. The first quick return is free, each that follows waits twice as long, up to 30 seconds.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._quick = 0

    def wait(self, now: datetime) -> timedelta:
        """The wait before a connection that is wanted at ``now``; counts it as made after the wait."""
        quick = self._last is not None and now - self._last < _GOOD_SESSION
        self._quick = self._quick + 1 if quick else 0
        pause = timedelta() if self._quick < 2 else min(_FIRST_PAUSE * 2 ** min(self._quick - 2, 16), _LONGEST_PAUSE)
        self._last = now + pause
        return pause


class Client(discord.Client):
    """Listens to interactions and to servers that the bot leaves; caches servers, channels and roles, nothing else.

    Args:
        clock: the present.
        trace: sees every request, so that it is known whether one had left when its connection failed.
        on_interaction: called once for each interaction.
        on_left: called with the id of a server that the bot is no longer in.
    """

    def __init__(
        self,
        clock: Clock,
        trace: aiohttp.TraceConfig,
        on_interaction: Callable[[discord.Interaction], Awaitable[None]],
        on_left: Callable[[str], Awaitable[None]],
    ) -> None:
        # Voice is never used: that its libraries are missing is not worth a warning at every start.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            http_trace=trace,
            connector=leaving.connector(),
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT_WAIT,
        )
        self.pace = IdentifyPace()
        self.connected = False
        self._clock = clock
        self._on_interaction = on_interaction
        self._on_left = on_left
        self._seen: deque[int] = deque(maxlen=2000)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait as long as the pace says."""
        pause = self.pace.wait(self._clock.now())
        if pause:
            _log.warning("discord_identify_waits", seconds=pause.total_seconds(), today=self.pace.today)
            await asyncio.sleep(pause.total_seconds())

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand an interaction on, once even where the gateway repeats it after a resume."""
        if interaction.id in self._seen:
            return
        self._seen.append(interaction.id)
        await self._on_interaction(interaction)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server (an outage is not reported here)."""
        _log.info("discord_left_server", workspace=str(guild.id))
        await self._on_left(str(guild.id))

    async def on_connect(self) -> None:
        """A session has begun."""
        self.connected = True

    async def on_disconnect(self) -> None:
        """The connection is lost; the library returns by itself."""
        if self.connected:
            _log.warning("discord_disconnected")
        self.connected = False

    async def on_ready(self) -> None:
        """Tell the log."""
        _log.info("discord_ready", servers=len(self.guilds), user=str(self.user))

    async def on_resumed(self) -> None:
        """The session goes on."""
        self.connected = True
        _log.info("discord_resumed")

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Nothing here raises on purpose: tell the log and go on."""
        _log.exception("discord_listener_failed", listener=event_method)
