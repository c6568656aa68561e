"""A web site on loopback whose every answer, right or wrong, a test writes itself."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer by the rules; ``length`` states another than the true one."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


Behaviour = Reply | Callable[[Asked], Reply] | Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Site:
    """What a running site serves: ``routes`` by path, or by its first part with a star (``/a/*``); else 404."""

    routes: dict[str, Behaviour] = field(default_factory=dict)
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of ``path`` here."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def count(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return Counter(each.path for each in self.asked)[path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's one request."""
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            try:
                asked = await _request(reader)
                self.asked.append(asked)
                await self._answer(asked, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        path = asked.path.partition("?")[0]
        first = f"/{path.split('/')[1]}/*"
        behaviour = self.routes.get(path) or self.routes.get(first) or Reply(b"no", 404)
        if isinstance(behaviour, Reply):
            await send(writer, behaviour)
            return
        if asyncio.iscoroutinefunction(behaviour):
            await behaviour(asked, writer)
            return
        reply = behaviour(asked)  # type: ignore[call-arg] # told apart above, which mypy cannot see
        assert isinstance(reply, Reply)
        await send(writer, reply)


async def _request(reader: asyncio.StreamReader) -> Asked:
    first = await reader.readexactly(1)
    if first == b"\x16":
        raise ConnectionError("someone speaks TLS to a plain site")
    lines = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return Asked(lines[0].split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})


async def send(writer: asyncio.StreamWriter, reply: Reply) -> None:
    """Write one answer."""
    length = len(reply.body) if reply.length is None else reply.length
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(length), "Connection": "close"}
    lines = [f"HTTP/1.1 {reply.status} Sample", *(f"{k}: {v}" for k, v in (headers | dict(reply.headers)).items())]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + reply.body)
    await writer.drain()


@asynccontextmanager
async def running(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Site]:
    """A site that answers until the block ends."""
    site = Site(scheme="https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(site.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accepted, host, 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def page(title: str, *paragraphs: str, head: str = "", around: str = "") -> bytes:
    """An article's page, with furniture ``around`` it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main>{around}</body></html>"
    ).encode()
