"""Requests, faults and interactions as the stand-in keeps them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord.world import BOT, Json

_LONG_ENOUGH = 5.0
_MANAGER = str(1 << 5 | 1 << 10 | 1 << 11)


@dataclass(slots=True)
class Call:
    """One request and what it was told."""

    method: str
    path: str
    body: Any
    at: float
    status: int = 0


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next ``count`` requests whose ``METHOD path`` matches.

    ``drop_before`` and ``drop_after`` break the connection before or after the request is carried out, ``hang`` never
    answers, a number is a status, ``429`` with ``retry_after``.
    """

    match: str
    kind: str
    count: int = 1
    retry_after: float = 0.05


@dataclass(slots=True)
class Asking:
    """An interaction on its way: what the bot answered it with, in order, and how long the first answer took."""

    id: str
    token: str
    began: float
    answers: list[tuple[str, Json]] = field(default_factory=list)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    took: float = 0.0
    token_ended: bool = False

    def note(self, kind: str, body: Json) -> None:
        """Keep an answer."""
        self.answers.append((kind, body))
        self.changed.set()

    async def answer(self, kind: str) -> Json:
        """The first answer of that kind: what :data:`~tests.platforms.discord.routes._KINDS` calls it."""
        async with asyncio.timeout(_LONG_ENOUGH):
            while True:
                for name, body in self.answers:
                    if name == kind:
                        return body
                self.changed.clear()
                await self.changed.wait()


def interaction(
    asking: Asking, type_: int, data: Json, channel: Json, person: Json, message: Json | None = None
) -> Json:
    """An interaction as the gateway dispatches it."""
    payload: Json = {
        "id": asking.id,
        "application_id": BOT,
        "type": type_,
        "data": data,
        "channel_id": channel["id"],
        "channel": {"id": channel["id"], "type": channel["type"]},
        "token": asking.token,
        "version": 1,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 0,
        "app_permissions": "0",
    }
    if message is not None:
        payload["message"] = message
    if "guild_id" not in channel:
        return payload | {"user": person, "context": 1}
    member = {"user": person, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False}
    return payload | {
        "guild_id": channel["guild_id"],
        "context": 0,
        "member": member | {"permissions": _MANAGER, "flags": 0},
    }


def command_data(name: str, path: tuple[str, ...], given: list[Json]) -> Json:
    """What an interaction says of a command; ``path`` are subcommands."""
    options = given
    for part in reversed(path):
        options = [{"type": 1, "name": part, "options": options}]
    return {"id": "6", "name": name, "type": 1, "options": options}


def option_type(value: str | int | bool) -> int:
    """Discord's number of an option's type."""
    return 5 if isinstance(value, bool) else 4 if isinstance(value, int) else 3
