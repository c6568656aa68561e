"""How a message leaves: by leave asked for at the last moment, and not at all once the ledger takes it for lost."""

from __future__ import annotations

import socket
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp

from bot.ports import ask_to_write

#: What the other side has not acknowledged by then is dropped with its connection, also after our process has died:
#: the kernel would go on sending it for minutes. Below every platform's ``settle_after``.
UNACKNOWLEDGED = timedelta(seconds=15)


async def ask(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestChunkSentParams) -> None:
    """For ``on_request_chunk_sent``: aiohttp writes a request's headers with its body, right after this returns."""
    ask_to_write()


def connector(unacknowledged: timedelta = UNACKNOWLEDGED) -> aiohttp.TCPConnector:
    """Connections for one platform, as many as its pace allows."""

    def opened(address: Any) -> socket.socket:
        family, kind, protocol, *_ = address
        made = socket.socket(family, kind, protocol)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            milliseconds = int(unacknowledged.total_seconds() * 1000)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
        return made

    return aiohttp.TCPConnector(limit=0, socket_factory=opened)
