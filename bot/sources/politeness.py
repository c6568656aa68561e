"""How we behave towards a host: few requests at a time, pauses between them, and what its robots.txt asks."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.domain.addresses import host_of, shown
from bot.domain.errors import NotAllowed, SourceError, Unreachable
from bot.ports import Clock
from bot.sources.client import Client
from bot.sources.robots import Robots, robots_of

_ROBOTS_KEPT = timedelta(hours=12)
_ROBOTS_LIMIT = 500_000
_HOSTS_KEPT = 5000
_LONGEST_PAUSE = 10.0


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    next_start: float = 0.0
    robots: Robots | None = None
    robots_until: datetime | None = None
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Politeness:
    """Gives turns to fetch.

    Args:
        client: fetches robots.txt.
        clock: how old what we know of it is.
        agent: the name that robots.txt may address.
        at_once: requests at a time to one host.
        pause: seconds between the starts of two, unless robots.txt asks for more.
    """

    def __init__(
        self, client: Client, clock: Clock, *, agent: str = "LedeBot", at_once: int = 2, pause: float = 0.5
    ) -> None:
        self._client = client
        self._clock = clock
        self._agent = agent
        self._at_once = at_once
        self._pause = pause
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    @asynccontextmanager
    async def turn(self, url: str, *, page: bool = False) -> AsyncIterator[None]:
        """Wait for the turn to fetch ``url`` and hold it.

        Args:
            url: what is to be fetched.
            page: whether robots.txt is to be heard. Feeds are published for programs; pages are not.

        Raises:
            NotAllowed: robots.txt closes the address to us.
            Unreachable: the host does not tell whether it does.
        """
        host = self._host(host_of(url))
        host.users += 1
        try:
            async with host.places:
                pause = self._pause
                if page:
                    robots = await self._robots(host, url)
                    if not robots.allows(_path(url)):
                        name = shown(url)
                        raise NotAllowed(
                            name,
                            f"{name} is closed to programs by its robots.txt.",
                            "Save the article as a file and add that.",
                        )
                    pause = max(pause, min(robots.delay, _LONGEST_PAUSE))
                loop = asyncio.get_running_loop()
                start = max(loop.time(), host.next_start)
                host.next_start = start + pause
                await asyncio.sleep(start - loop.time())
                yield
        finally:
            host.users -= 1

    def _host(self, name: str) -> _Host:
        host = self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._at_once)))
        self._hosts.move_to_end(name)
        for old in list(self._hosts)[: len(self._hosts) - _HOSTS_KEPT]:
            if not self._hosts[old].users:
                del self._hosts[old]
        return host

    async def _robots(self, host: _Host, url: str) -> Robots:
        async with host.reading:
            now = self._clock.now()
            if host.robots is None or host.robots_until is None or now >= host.robots_until:
                host.robots, kept = await self._fetched_robots(url)
                host.robots_until = now + kept
            return host.robots

    async def _fetched_robots(self, url: str) -> tuple[Robots, timedelta]:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            answer = await self._client.get(address, accept="text/plain", limit=_ROBOTS_LIMIT)
        except SourceError as error:
            # RFC 9309: a host without robots.txt, or one that refuses it, allows everything; one in trouble nothing.
            if 400 <= error.status < 500 and error.status != 429:
                return Robots(), _ROBOTS_KEPT
            name = shown(url)
            if not isinstance(error, Unreachable):
                what = error.what.replace(shown(address), name)
                raise type(error)(name, what, error.hint, error.retry_after, error.status) from None
            what = f"{name} was not asked for, because {error.what}"
            raise Unreachable(name, what, error.hint, error.retry_after, error.status) from None
        return robots_of(answer.body.decode("utf-8", "replace"), self._agent), _ROBOTS_KEPT


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
