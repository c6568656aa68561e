"""Requests to Discord through the library: at a pace, and what failed told apart from what is unsure."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from aiolimiter import AsyncLimiter
from discord.http import Route

from bot.domain.errors import DeliveryError
from bot.platforms import leaving
from bot.platforms.discord import limits
from bot.platforms.discord.errors import cut_off, refused

#: How many requests may leave at the same instant.
_BURST = 3


@dataclass(slots=True)
class _Attempt:
    """One call, which the library may make several requests of."""

    once: bool  #: never ask twice, since Discord would do it twice
    sent: bool = False  #: a request has left whose answer did not say what became of it


_attempt: ContextVar[_Attempt | None] = ContextVar("discord_attempt", default=None)


class _AskedOnce(Exception):
    """A request failed on Discord's side that must not be made again."""


def tracing(before_connecting: Callable[[], Awaitable[None]]) -> aiohttp.TraceConfig:
    """Notes for the call at hand whether its request has left and was answered; in the caller's own context.

    ``before_connecting`` is awaited before each connection to the gateway.
    """

    async def begins(_: aiohttp.ClientSession, __: SimpleNamespace, start: aiohttp.TraceRequestStartParams) -> None:
        if start.url.scheme in ("ws", "wss"):
            await before_connecting()

    async def left(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestHeadersSentParams) -> None:
        if attempt := _attempt.get():
            attempt.sent = True

    async def answered(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        attempt = _attempt.get()
        if attempt is None:
            return
        if end.response.status < 500:
            attempt.sent = False
        elif attempt.once:
            end.response.close()
            raise _AskedOnce(end.response.status)

    config = aiohttp.TraceConfig()
    config.on_request_start.append(begins)
    config.on_request_headers_sent.append(left)
    config.on_request_chunk_sent.append(leaving.ask)
    config.on_request_end.append(answered)
    return config


class Api:
    """Calls in the bot's own name.

    Args:
        timeout: in seconds, for one call with all its waits for rate limits.
        a_second: calls a second over all channels; Discord allows 50.
    """

    def __init__(self, timeout: float = 60.0, a_second: float = limits.SENDS_A_SECOND) -> None:
        self._timeout = timeout
        self._limiter = AsyncLimiter(_BURST, _BURST / a_second)
        self._http: discord.http.HTTPClient | None = None

    def use(self, client: discord.Client) -> None:
        """Call through a client that is logged in."""
        self._http = client.http

    async def get(self, path: str, query: Mapping[str, str] | None = None, **ids: str) -> Any:
        """Read something; what was not read was not changed, so its errors are never ``maybe_sent``."""
        return await self._call("GET", path, ids, query=query, harmless=True)

    async def post(self, path: str, body: Any = None, *, once: bool = False, harmless: bool = False, **ids: str) -> Any:
        """Make something. ``once``: Discord would make a second one if asked again; ``harmless``: it would not."""
        return await self._call("POST", path, ids, body=body, once=once, harmless=harmless)

    async def put(self, path: str, body: Any, **ids: str) -> Any:
        """Make something what it should be."""
        return await self._call("PUT", path, ids, body=body, harmless=True)

    async def patch(self, path: str, body: Any, **ids: str) -> Any:
        """Change something; doing so twice is doing it once."""
        return await self._call("PATCH", path, ids, body=body, harmless=True)

    async def delete(self, path: str, **ids: str) -> Any:
        """Remove something."""
        return await self._call("DELETE", path, ids, harmless=True)

    async def _call(
        self,
        method: str,
        path: str,
        ids: Mapping[str, str],
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        once: bool = False,
        harmless: bool = False,
    ) -> Any:
        """One call.

        Raises:
            DeliveryError: in a person's words; ``maybe_sent`` when Discord may have done it, unless ``harmless``.
        """
        assert self._http is not None, "log in before calling"
        await self._limiter.acquire()
        attempt = _Attempt(once)
        token = _attempt.set(attempt)
        given: dict[str, Any] = {"params": query} if query else {}
        if body is not None:
            given["json"] = body
        try:
            async with asyncio.timeout(self._timeout):
                return await self._http.request(Route(method, path, **ids), **given)
        except (discord.DiscordException, _AskedOnce, aiohttp.ClientError, OSError, TimeoutError) as error:
            raise _told(error, attempt.sent and not harmless) from error
        finally:
            _attempt.reset(token)


def _told(error: Exception, maybe_sent: bool) -> DeliveryError:
    match error:
        case discord.RateLimited():
            return refused(429, 0, "", maybe_sent=maybe_sent, retry_after=timedelta(seconds=error.retry_after))
        case discord.HTTPException():
            return refused(error.status, error.code, error.text, maybe_sent=maybe_sent, retry_after=_retry_after(error))
        case _AskedOnce():
            return refused(500, 0, "", maybe_sent=maybe_sent)
        case TimeoutError():
            return cut_off(maybe_sent, "no answer in time")
        case _:
            return cut_off(maybe_sent, type(error).__name__)


def _retry_after(error: discord.HTTPException) -> timedelta | None:
    try:
        return timedelta(seconds=float(error.response.headers["Retry-After"]))
    except (KeyError, ValueError, AttributeError):
        return None
