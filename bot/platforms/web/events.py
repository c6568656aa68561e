"""New messages pushed to open pages as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from bot.platforms.web.log import ChannelLog, Thread

#: Another process may have posted: the log is read this often even when this one has not.
_LOOK_AGAIN = 2.0
#: A comment now and then keeps proxies from closing a quiet stream, and finds out that nobody listens.
_QUIET_ROUNDS = 8


class Bell:
    """Wakes everyone who waits, each time it is rung; closed, it never lets anyone wait again."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.closed = False

    def ring(self) -> None:
        """Wake all who wait."""
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        """Wake all who wait, for good."""
        self.closed = True
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


async def events(
    log: ChannelLog, bell: Bell, channel: str, after: int, fragment: Callable[[Thread], str]
) -> AsyncIterator[str]:
    """The stream of what changes in ``channel`` after that change, each message whole, until the bell is closed.

    ``fragment`` makes the HTML of a message. An event's id is its change, so a browser that reconnects goes on there.
    """
    yield "retry: 2000\n\n"
    rounds = 0
    while not bell.closed:
        for thread in await log.changed(channel, after):
            after = thread.change
            data = {"id": thread.said.id, "html": fragment(thread), "text": thread.said.payload.get("text", "")}
            yield f"id: {after}\nevent: message\ndata: {json.dumps(data)}\n\n"
            rounds = 0
        rounds = (rounds + 1) % _QUIET_ROUNDS
        if not rounds:
            yield ": still here\n\n"
        await bell.wait(_LOOK_AGAIN)
