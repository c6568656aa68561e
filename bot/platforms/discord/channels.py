"""What is known of channels: from the gateway's cache where it is connected, else asked and kept for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.domain.errors import DeliveryError
from bot.platforms.discord import limits, permissions
from bot.platforms.discord.api import Api
from bot.ports import Clock

_KEPT = timedelta(minutes=5)


class Channels:
    """Kinds, tags and permissions of channels."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._client: discord.Client | None = None
        self._known: dict[str, tuple[datetime, Mapping[str, Any]]] = {}

    def use(self, client: discord.Client) -> None:
        """Ask this client's cache first."""
        self._client = client

    @property
    def bot_id(self) -> str:
        """The bot's own user id; empty before it has logged in."""
        user = self._client.user if self._client else None
        return str(user.id) if user else ""

    async def kind(self, channel: str, look: bool = False) -> int | None:
        """Discord's number of the channel's kind; None where it is not known and ``look`` does not ask for it.

        Raises:
            DeliveryError: Discord does not show the channel.
        """
        cached = self._cached(channel)
        if cached is not None:
            return int(cached.type.value)
        if kept := self._kept(channel):
            return int(kept["type"])
        return int((await self.channel(channel))["type"]) if look else None

    async def channel(self, channel: str) -> Mapping[str, Any]:
        """The channel as Discord describes it, at most a few minutes old.

        Raises:
            DeliveryError: Discord does not show the channel.
        """
        if kept := self._kept(channel):
            return kept
        found: Mapping[str, Any] = await self._api.get("/channels/{channel_id}", channel_id=channel)
        self._known[channel] = (self._clock.now(), found)
        return found

    async def guild_of(self, channel: str) -> str:
        """The id of the server that a channel is in; empty for direct messages."""
        return str((await self.channel(channel)).get("guild_id") or "")

    def known_guild(self, channel: str) -> str:
        """The same without asking Discord; empty also where it is not known."""
        cached = self._cached(channel)
        return str(cached.guild.id) if cached else str((self._kept(channel) or {}).get("guild_id") or "")

    async def tags(self, forum: str, wanted: Sequence[str]) -> list[str]:
        """Ids of a forum's tags named by id or name, at most five; those it does not have are left out."""
        if not wanted:
            return []
        available = (await self.channel(forum)).get("available_tags") or ()
        by_name = {str(tag["name"]).casefold(): str(tag["id"]) for tag in available}
        ids = {str(tag["id"]) for tag in available}
        found = [tag if tag in ids else by_name.get(tag.casefold()) for tag in wanted]
        return list(dict.fromkeys(tag for tag in found if tag))[: limits.FORUM_TAGS]

    async def permissions(self, channel: str) -> int | None:
        """What the bot may do in a channel, as bits; None where that cannot be told."""
        try:
            return self._from_cache(channel) or await self._computed(channel)
        except (DeliveryError, KeyError, TypeError, ValueError):
            return None

    def _from_cache(self, channel: str) -> int | None:
        cached = self._cached(channel)
        guild = getattr(cached, "guild", None)
        if not isinstance(guild, discord.Guild) or not isinstance(guild.me, discord.Member):
            return None
        return cached.permissions_for(guild.me).value if cached else None

    async def _computed(self, channel: str) -> int | None:
        found = await self.channel(channel)
        guild_id = str(found.get("guild_id") or "")
        if not guild_id:
            return None
        if found["type"] in permissions.THREADS:
            found = await self.channel(str(found["parent_id"]))
        guild = await self._api.get("/guilds/{guild_id}", guild_id=guild_id)
        me = await self._api.get("/guilds/{guild_id}/members/{user_id}", guild_id=guild_id, user_id=self.bot_id)
        return permissions.of_bot(guild, me["roles"], self.bot_id, found.get("permission_overwrites") or ())

    def _cached(self, channel: str) -> discord.abc.GuildChannel | discord.Thread | None:
        if self._client is None or not channel.isdigit():
            return None
        found = self._client.get_channel(int(channel))
        return found if isinstance(found, discord.abc.GuildChannel | discord.Thread) else None

    def _kept(self, channel: str) -> Mapping[str, Any] | None:
        at, kept = self._known.get(channel, (None, None))
        return kept if at is not None and self._clock.now() - at < _KEPT else None
