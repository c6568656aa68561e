"""A stand-in for an OpenAI-compatible endpoint on loopback: speaks the wire protocol, answers what a test says."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

#: What is answered to a request: a status and a body, or whole bytes to be sent as they are.
Reply = Callable[[dict[str, Any]], "tuple[int, bytes] | Raw"]


@dataclass(frozen=True)
class Raw:
    """An answer byte by byte, piece by piece; ``ends`` False leaves the connection open behind it."""

    pieces: tuple[bytes, ...]
    ends: bool = True


def completion(content: str | None, **message: Any) -> Reply:
    """A reply as a model server gives it, whatever it is asked."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": "stop"}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "model": "fake", "choices": [choice]}
    return lambda request: (200, json.dumps(body).encode())


def statements(**parts: Any) -> Reply:
    """A reply whose content is the JSON of a digest's parts."""
    empty: dict[str, Any] = {"headline": None, "key_points": [], "why_it_matters": None, "next": [], "background": []}
    return completion(json.dumps(empty | parts))


def status(code: int, header: str = "") -> Reply:
    """An error, with a header line, ended as the protocol ends it, where one is given."""
    body = b'{"error": {"message": "no"}}'
    head = f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{header}\r\n"
    return lambda request: Raw((head.encode() + body,))


def unfinished(text: str) -> Reply:
    """``text`` in one piece of a stream that then falls silent."""
    whole = events(text, size=len(text), end=None)({})
    assert isinstance(whole, Raw)
    return lambda request: Raw(whole.pieces[:-1], ends=False)


def events(text: str, *, size: int = 20, end: str | None = "stop") -> Reply:
    """``text`` in pieces, as a server streams them; ``end`` None breaks off without an end."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    deltas: list[dict[str, Any]] = [{"delta": {"role": "assistant", "content": None}}]
    deltas += [{"delta": {"content": text[i : i + size]}} for i in range(0, len(text), size)]
    deltas += [{"delta": {}, "finish_reason": end}] if end else []
    lines = [f"data: {json.dumps({'choices': [delta]})}\n\n".encode() for delta in deltas]
    return lambda request: Raw((head, b": a comment\n\n", *lines, b"data: [DONE]\n\n"))


class Endpoint:
    """What the stand-in was asked, and where it is."""

    def __init__(self, replies: Sequence[Reply], delay: float) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self._replies = list(replies)
        self._delay = delay
        self._serving: list[asyncio.Task[None]] = []
        self._writers: list[asyncio.StreamWriter] = []

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection, one request."""
        self._writers.append(writer)
        self._serving.append(asyncio.create_task(self._answer(reader, writer)))

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Who asks may hang up before the question is whole.
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._reply(reader, writer)
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
        answer = reply(self.asked[-1])
        if not isinstance(answer, Raw):
            code, body = answer
            line = f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            answer = Raw((line.encode() + body,))
        with contextlib.suppress(ConnectionError):
            for piece in answer.pieces:
                writer.write(piece)
                await writer.drain()
            if not answer.ends:
                await asyncio.Event().wait()

    async def stop(self) -> None:
        """End whatever is still being answered."""
        # A connection that is just being made is made first: else no one would close it.
        await asyncio.sleep(0.1)
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        # What was cut off is let go in the loop's next rounds.
        await asyncio.sleep(0.01)


@asynccontextmanager
async def endpoint(*replies: Reply, delay: float = 0.0) -> AsyncIterator[Endpoint]:
    """A running stand-in; the last reply is given again and again."""
    served = Endpoint(replies, delay)
    server = await asyncio.start_server(served.connected, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield served
    finally:
        server.close()
        await served.stop()
