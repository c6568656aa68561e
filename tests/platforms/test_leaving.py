"""What the other side never acknowledged is dropped, so that it cannot arrive after the channel was read back."""

from __future__ import annotations

import asyncio
import io
import socket
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms import leaving

pytestmark = pytest.mark.anyio


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system cannot limit it")
async def test_what_is_not_acknowledged_in_time_is_dropped() -> None:
    """A peer that takes nothing: the kernel gives up with the connection, whatever our own timeouts say."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        connections = leaving.connector(timedelta(seconds=0.2))
        async with aiohttp.ClientSession(connector=connections) as session:
            async with asyncio.timeout(30):
                with pytest.raises(aiohttp.ClientError):
                    await session.post(address, data=io.BytesIO(b"x" * 20_000_000))
