"""Discord as a chat platform: connects, registers the commands, answers, delivers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import structlog

from bot.domain.errors import DeliveryError, SettingsError
from bot.domain.places import Place, Platform
from bot.messages.model import Message
from bot.platforms.discord import limits, permissions
from bot.platforms.discord.answering import Answering, Patience
from bot.platforms.discord.api import Api, tracing
from bot.platforms.discord.callbacks import Callbacks
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.client import Client, ConnectPace, point_at
from bot.platforms.discord.posting import Posting
from bot.platforms.discord.registering import register
from bot.platforms.discord.render import render, with_options
from bot.ports import Clock, Payload, Posted
from bot.services.catalogue import CommandService

_log = structlog.get_logger(__name__)

_TOKEN_HINT = "Copy the token again from the developer portal (Bot › Reset Token) into DISCORD_TOKEN."  # noqa: S105
_FIRST_RETRY, _LONGEST_RETRY = 2.0, 300.0
_BAD_TOKEN, _BAD_INTENTS = 4004, (4013, 4014)
#: How long answers under way may take when the bot is told to stop.
_FAREWELL = 5.0


async def _nobody_minds(workspace: str) -> None:
    """What happens when a server is left, where nobody wants to know."""


class DiscordPlatform:
    """The one :class:`~bot.ports.ChatPlatform` for Discord.

    Args:
        token: the bot's.
        commands: what answers commands, buttons and completions.
        clock: the present.
        api_url: another REST interface than Discord's, such as a stand-in's on loopback.
        gateway_url: another gateway; where only ``api_url`` is given, that interface is asked for it.
        test_guilds: ids of servers to register the commands in; empty registers them globally.
        on_left: called with the id of a server that the bot was removed from, so that its briefings are paused.
        patience: how long composing may take before the answer is announced.
        a_second: requests a second for all that is posted; Discord allows 50 in all.
        timeout: in seconds, of one request with all its waits.
    """

    name: Platform = "discord"

    def __init__(
        self,
        token: str,
        commands: CommandService,
        clock: Clock,
        *,
        api_url: str = "",
        gateway_url: str = "",
        test_guilds: Sequence[str] = (),
        on_left: Callable[[str], Awaitable[None]] = _nobody_minds,
        patience: Patience | None = None,
        a_second: float = limits.SENDS_A_SECOND,
        timeout: float = 60.0,
    ) -> None:
        self._token = token
        self._clock = clock
        self._urls = (api_url, gateway_url)
        self._test_guilds = tuple(test_guilds)
        self._on_left = on_left
        self._api = Api(timeout, a_second)
        self._channels = Channels(self._api, clock)
        self._posting = Posting(self._api, self._channels, clock)
        self._answering = Answering(commands, clock, self._posting.say, patience or Patience())
        self._client: Client | None = None
        self._logging_in = asyncio.Lock()
        self._answers: set[asyncio.Task[None]] = set()
        self._trouble: dict[str, str] = {}
        self._serving = False
        self._pace = ConnectPace()

    # --- delivering ---------------------------------------------------------------------------------------------------

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The payloads of ``message``; see :mod:`bot.platforms.discord.render`."""
        return render(message)

    def with_options(self, payload: Payload, options: Mapping[str, Any]) -> Payload:
        """The payload for a subscription with Discord's own options: ``publish`` and ``tags``."""
        return with_options(payload, options)

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Post one payload once; see :class:`bot.ports.ChatPlatform`.

        In a forum it becomes a post; with ``reply_to`` it goes into the thread below that message, or into that post.
        """
        await self._log_in()
        return await self._posting.send(place, payload, key, reply_to)

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted; pings no one."""
        await self._log_in()
        await self._posting.edit(posted, payload)

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Read the channel, thread or forum back for the message that bears ``key``."""
        await self._log_in()
        return await self._posting.find(place, key, since, reply_to)

    @property
    def settle_after(self) -> timedelta:
        """How long after a doubtful send a late post can still appear."""
        return limits.SETTLED

    @property
    def resend_within(self) -> timedelta:
        """How long Discord drops a second message of the same nonce."""
        return limits.NONCE_MEMORY

    # --- serving ------------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve commands until cancelled. What passes by itself is waited for.

        Raises:
            SettingsError: Discord refuses the token; trying again would only get the bot banned.
        """
        registering: asyncio.Task[None] | None = None
        self._serving = True
        try:
            client = await self._logged_in_at_last()
            await self._ask_for_gateway()
            # Beside connecting: what was registered before is answered meanwhile.
            registering = asyncio.create_task(self._register())
            await client.connect()
        except discord.ConnectionClosed as error:
            raise self._closed(error) from error
        finally:
            self._serving = False
            if registering is not None:
                registering.cancel()
            await self.close()

    async def close(self) -> None:
        """Finish what is being answered, briefly, and hang up."""
        if self._answers:
            _, late = await asyncio.wait(self._answers, timeout=_FAREWELL)
            for task in late:
                task.cancel()
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def application_id(self) -> str:
        """The id of the bot's application, for the invitation.

        Raises:
            DeliveryError: Discord cannot be asked.
        """
        client = await self._log_in()
        return str(client.application_id)

    async def _logged_in_at_last(self) -> Client:
        wait = _FIRST_RETRY
        while True:
            try:
                client = await self._log_in()
            except DeliveryError as error:
                if error.code == "401":
                    raise SettingsError("Discord does not accept DISCORD_TOKEN.", _TOKEN_HINT) from error
                self._trouble["login"] = str(error)
                _log.warning("discord_login_waits", seconds=wait, reason=str(error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_RETRY)
            else:
                self._trouble.pop("login", None)
                return client

    async def _log_in(self) -> Client:
        """The client, logged in to the REST interface; once."""
        async with self._logging_in:
            if self._client is not None:
                return self._client
            point_at(*self._urls)
            client = Client(self._clock, tracing(self._before_connecting), self._take, self._on_left)
            try:
                await client.login(self._token)
            except discord.LoginFailure as error:
                await client.close()
                raise DeliveryError(
                    "Discord does not accept the bot's token.", _TOKEN_HINT, permanent=True, code="401"
                ) from error
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                await client.close()
                raise DeliveryError(
                    f"Discord cannot be reached: {type(error).__name__}.", "It is tried again.", code="unreachable"
                ) from error
            self._api.use(client)
            self._channels.use(client)
            self._client = client
            return client

    async def _before_connecting(self) -> None:
        pause = self._pace.wait(self._clock.now())
        if pause:
            _log.warning("discord_connection_waits", seconds=pause.total_seconds())
            await asyncio.sleep(pause.total_seconds())

    async def _ask_for_gateway(self) -> None:
        """Where only the REST interface is another one, it knows its gateway."""
        api_url, gateway_url = self._urls
        if api_url and not gateway_url:
            point_at("", str((await self._api.get("/gateway"))["url"]))

    async def _register(self) -> None:
        """Register what of the commands is new. Without it the bot still answers what was registered before."""
        try:
            await register(self._api, await self.application_id(), self._test_guilds)
        except DeliveryError as error:
            self._trouble["commands"] = f"The commands could not be registered. {error}"
            _log.error("discord_commands_not_registered", reason=str(error), code=error.code)
        else:
            self._trouble.pop("commands", None)

    def _closed(self, error: discord.ConnectionClosed) -> Exception:
        if error.code == _BAD_TOKEN:
            return SettingsError("Discord does not accept DISCORD_TOKEN.", _TOKEN_HINT)
        if error.code in _BAD_INTENTS:
            return SettingsError("Discord refuses the bot's intents.", "Update the bot: it needs no privileged intent.")
        return DeliveryError(
            f"Discord closed the gateway with code {error.code}.", "Start the bot again.", permanent=True
        )

    async def _take(self, interaction: discord.Interaction) -> None:
        task = asyncio.create_task(self._answering.handle(_payload(interaction), Callbacks(interaction)))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    # --- health -------------------------------------------------------------------------------------------------------

    async def health(self) -> Sequence[str]:
        """What is wrong right now, each a sentence that says what to do; while not serving, of the token only."""
        if not self._serving:
            return await self._let_in()
        found = list(self._trouble.values())
        client = self._client
        if client is None:
            return found or ["Discord is not connected yet. If this stays, check DISCORD_TOKEN and the network."]
        if not client.connected:
            found.append(
                "Discord's gateway is not connected. It reconnects by itself; check the network if this stays."
            )
        if client.pace.today > limits.IDENTIFIES_A_DAY // 2:
            found.append(f"The bot identified itself {client.pace.today} times today. Is it being restarted in a loop?")
        return found

    async def _let_in(self) -> Sequence[str]:
        try:
            await self._log_in()
        except DeliveryError as error:
            return [str(error)]
        return []

    async def check(self, place: Place) -> Sequence[str]:
        """What the bot lacks to brief a place, each a sentence that says what to do; empty when all is there."""
        try:
            await self._log_in()
            channel = place.thread or place.channel
            kind = await self._channels.kind(channel, look=True)
            held = await self._channels.permissions(channel)
        except DeliveryError as error:
            return [str(error)]
        if held is None or kind is None:
            return []
        lacking = permissions.names(permissions.needed(kind) & ~held)
        hint = "Give the bot's role that in the channel's settings, or invite it again: lede discord-invite."
        return [f"In channel {channel} the bot lacks {', '.join(lacking)}. {hint}"] if lacking else []


def _payload(interaction: discord.Interaction) -> Mapping[str, Any]:
    """The interaction as Discord sent it, as far as answering needs it."""
    user = interaction.user
    person = {"id": str(user.id), "username": user.name, "global_name": user.global_name}
    message = interaction.message
    asker = message.interaction_metadata.user if message and message.interaction_metadata else None
    return {
        "type": interaction.type.value,
        "data": interaction.data or {},
        "guild_id": str(interaction.guild_id or ""),
        "channel_id": str(interaction.channel_id or ""),
        "locale": str(interaction.locale),
        "member": {"user": person, "permissions": str(interaction.permissions.value)},
        "message": message
        and {
            "flags": message.flags.value,
            "interaction_metadata": {"user": {"id": str(asker.id)}} if asker else None,
        },
    }
