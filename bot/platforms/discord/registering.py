"""Registering commands: only what differs from what Discord already has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog

from bot.domain.errors import DeliveryError
from bot.platforms.discord.api import Api
from bot.platforms.discord.commands import changes, payloads

_log = structlog.get_logger(__name__)


async def register(api: Api, application: str, guilds: Sequence[str]) -> None:
    """Make the registered commands the catalogue's, in those servers or, without any, globally.

    Asks first and sends only the difference: Discord allows 200 new commands a day.

    Raises:
        DeliveryError: Discord did not take a command; those before it are registered.
    """
    for guild in guilds or ("",):
        path = "/applications/{application_id}" + ("/guilds/{guild_id}" if guild else "") + "/commands"
        ids: dict[str, Any] = {"application_id": application} | ({"guild_id": guild} if guild else {})
        wanted = payloads(for_guild=bool(guild))
        registered = await _registered(api, path, ids)
        different = changes(wanted, registered)
        if not different:
            _log.info("discord_commands_current", commands=len(wanted), guild=guild)
            continue
        if not registered:
            await api.put(path, list(wanted), **ids)
        else:
            for command in different.put:
                await api.post(path, command, harmless=True, **ids)
            for id_ in different.drop:
                await api.delete(path + "/{command_id}", command_id=id_, **ids)
        _log.info("discord_commands_registered", put=len(different.put), dropped=len(different.drop), guild=guild)


async def _registered(api: Api, path: str, ids: dict[str, Any]) -> list[dict[str, Any]]:
    """What Discord has; nothing where there is no list to ask for, so that all is sent."""
    try:
        found: list[dict[str, Any]] = await api.get(path, {"with_localizations": "true"}, **ids)
    except DeliveryError as error:
        if error.code != "404":
            raise
        return []
    return found
