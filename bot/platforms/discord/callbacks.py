"""The ways to answer one interaction, as JSON through the library's own transport.

The library's higher calls want its own views and read more of the answer than is needed; its transport does not.
Answers to interactions count towards no limit of the bot's own requests, so they are not paced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.platforms.discord import limits
from bot.platforms.discord.errors import cut_off, refused
from bot.platforms.discord.render import NOTES

_SHOW, _DEFER, _DEFER_UPDATE, _UPDATE, _SUGGEST = 4, 5, 6, 7, 8

Payload = Mapping[str, Any]


class Callbacks:
    """Answers one interaction.

    Every method raises :class:`~bot.domain.errors.DeliveryError` when Discord does not take it.
    """

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction
        self._adapter: AsyncWebhookAdapter = async_context.get()

    async def show(self, payload: Payload, ephemeral: bool) -> None:
        """Answer with a message."""
        await self._first(_SHOW, _message(payload, ephemeral))

    async def update(self, payload: Payload) -> None:
        """Answer by replacing the message whose button was pressed."""
        await self._first(_UPDATE, _message(payload, ephemeral=False))

    async def defer(self, ephemeral: bool) -> None:
        """Say that an answer is coming."""
        await self._first(_DEFER, {"flags": limits.EPHEMERAL} if ephemeral else None)

    async def defer_update(self) -> None:
        """Say that the message whose button was pressed will be replaced."""
        await self._first(_DEFER_UPDATE, None)

    async def suggest(self, choices: Sequence[Mapping[str, str]]) -> None:
        """Answer with completions."""
        await self._first(_SUGGEST, {"choices": list(choices)})

    async def replace(self, payload: Payload) -> None:
        """Put the answer where it was announced, for whom it was announced, or in place of the message pressed."""
        route = self._route("PATCH", "/messages/@original")
        await self._told(self._adapter.request(route, self._session, payload=_message(payload, ephemeral=False)))

    async def follow_up(self, payload: Payload, ephemeral: bool) -> None:
        """Say more after the first answer."""
        route = self._route("POST", "")
        sending = self._adapter.request(
            route, self._session, payload=_message(payload, ephemeral), params={"wait": "true"}
        )
        await self._told(sending)

    async def _first(self, kind: int, data: Mapping[str, Any] | None) -> None:
        body: dict[str, Any] = {"type": kind} if data is None else {"type": kind, "data": dict(data)}
        answering = self._adapter.create_interaction_response(
            self._interaction.id,
            self._interaction.token,
            session=self._session,
            params=MultipartParameters(payload=body, multipart=None, files=None),
        )
        await self._told(answering)

    @property
    def _session(self) -> aiohttp.ClientSession:
        return self._interaction._session  # noqa: SLF001  # the library has no other way to its session

    def _route(self, method: str, rest: str) -> Route:
        path = "/webhooks/{webhook_id}/{webhook_token}" + rest
        interaction = self._interaction
        return Route(method, path, webhook_id=interaction.application_id, webhook_token=interaction.token)

    @staticmethod
    async def _told(call: Any) -> None:
        try:
            await call
        except discord.HTTPException as error:
            raise refused(error.status, error.code, error.text) from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise cut_off(sent=True, why=type(error).__name__) from error


def _message(payload: Payload, ephemeral: bool) -> dict[str, Any]:
    body = {name: value for name, value in payload.items() if name != NOTES}
    return body | {"flags": body.get("flags", 0) | (limits.EPHEMERAL if ephemeral else 0)}
