"""A stand-in for an OpenAI-compatible endpoint on loopback: speaks the wire protocol, answers what a test says."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

Reply = Callable[[dict[str, Any]], tuple[int, bytes]]


def completion(content: str | None, **message: Any) -> Reply:
    """A reply as a model server gives it, whatever it is asked."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": "stop"}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "model": "fake", "choices": [choice]}
    return lambda request: (200, json.dumps(body).encode())


def statements(**parts: Any) -> Reply:
    """A reply whose content is the JSON of a digest's parts."""
    empty: dict[str, Any] = {"headline": None, "key_points": [], "why_it_matters": None, "next": [], "background": []}
    return completion(json.dumps(empty | parts))


def status(code: int) -> Reply:
    """An error."""
    return lambda request: (code, b'{"error": {"message": "no"}}')


class Endpoint:
    """What the stand-in was asked, and where it is."""

    def __init__(self, replies: Sequence[Reply], delay: float) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self._replies = list(replies)
        self._delay = delay
        self._serving: set[asyncio.Task[Any]] = set()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection, one request."""
        serving = asyncio.current_task()
        assert serving is not None
        self._serving.add(serving)
        try:
            await self._reply(reader, writer)
        finally:
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        self.headers.append(head)
        self.asked.append(json.loads(await reader.readexactly(length)))
        reply = self._replies[min(len(self.asked), len(self._replies)) - 1]
        await asyncio.sleep(self._delay)
        code, body = reply(self.asked[-1])
        writer.write(f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        with contextlib.suppress(ConnectionError):
            await writer.drain()

    async def stop(self) -> None:
        """End whatever is still being answered."""
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)


@asynccontextmanager
async def endpoint(*replies: Reply, delay: float = 0.0) -> AsyncIterator[Endpoint]:
    """A running stand-in; the last reply is given again and again."""
    served = Endpoint(replies, delay)
    server = await asyncio.start_server(served.answer, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield served
    finally:
        server.close()
        await served.stop()
