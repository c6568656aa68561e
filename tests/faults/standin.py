"""A chat platform on loopback that misbehaves by a seed, and keeps what it accepted: the count is taken here.

Run as ``python -m tests.faults.standin --seed 1``; it prints its port, then serves:

- ``POST /send`` ``{channel, key, reply_to, text}``: accepts a message, or something goes wrong before or after;
- ``GET /find?channel=…&key=…``: the accepted message of that key;
- ``GET /accepted``: everything accepted, in order; ``GET /count``: how many; ``POST /calm``: no more faults.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.ports import elapsed

# The longest that an acceptance can lag behind its request, in seconds; the client's settle_after is longer.
LATEST = 0.6
_FAULTS = (
    "drop-before",
    "drop-after",
    "5xx-before",
    "5xx-after",
    "late",
    "half",
    "429",
    "hang-before",
    "hang-after",
)
_RETRY_AFTER = ("0", "-1", "0.3", "1", "soon", "")
_REASONS = {200: "OK", 404: "Not Found", 429: "Too Many Requests", 502: "Bad Gateway"}


class _Drop(Exception):
    """Close the connection without another word."""


@dataclass
class StandIn:
    """The platform. ``remember`` is for how many seconds it drops a repeated key, as Discord does."""

    chance: random.Random
    faulty: float
    remember: float
    latency: float
    accepted: list[dict[str, Any]] = field(default_factory=list)
    by_key: dict[tuple[str, str], int] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    requests: int = 0
    faults: dict[str, int] = field(default_factory=dict)

    def accept(self, message: dict[str, Any]) -> int:
        """Take a message; the number it is known by."""
        name = (message["channel"], message["key"])
        now = asyncio.get_running_loop().time()
        known = self.by_key.get(name)
        if known is not None and now - self.accepted[known]["at"] < self.remember:
            return known
        self.accepted.append(message | {"at": now, "elapsed": elapsed()})
        self.by_key[name] = len(self.accepted) - 1
        return len(self.accepted) - 1

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection with any number of requests."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                method, target, _ = head.decode().split(" ", 2)
                lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                length = int(lengths[0].partition(b":")[2]) if lengths else 0
                body = json.loads(await reader.readexactly(length) or b"{}") if length else {}
                await self.answer(writer, method, urlsplit(target), body)
        except (_Drop, asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, writer: asyncio.StreamWriter, method: str, target: Any, body: dict[str, Any]) -> None:
        """Do what is asked, or something else."""
        match method, target.path:
            case "POST", "/send":
                self.requests += 1
                await self.send(writer, body)
            case "GET", "/find":
                query = {name: values[0] for name, values in parse_qs(target.query).items()}
                known = self.by_key.get((query["channel"], query["key"]))
                await asyncio.sleep(self.latency * self.chance.random())
                if self.chance.random() < self.faulty / 3:
                    raise _Drop
                reply(writer, 200, {"id": known})
            case "GET", "/accepted":
                reply(writer, 200, {"accepted": self.accepted, "requests": self.requests, "faults": self.faults})
            case "GET", "/count":
                reply(writer, 200, {"accepted": len(self.accepted)})
            case "POST", "/calm":
                self.faulty = 0.0
                reply(writer, 200, {})
            case _:
                reply(writer, 404, {})

    async def send(self, writer: asyncio.StreamWriter, message: dict[str, Any]) -> None:
        """Accept a message with a fault, or without."""
        await asyncio.sleep(self.latency * self.chance.random())
        if self.chance.random() >= self.faulty:
            reply(writer, 200, {"id": self.accept(message)})
            return
        fault = self.chance.choice(_FAULTS)
        self.faults[fault] = self.faults.get(fault, 0) + 1
        match fault:
            case "drop-before":
                raise _Drop
            case "drop-after":
                self.accept(message)
                raise _Drop
            case "5xx-before":
                reply(writer, 502, {})
            case "5xx-after":
                self.accept(message)
                reply(writer, 502, {})
            case "late":
                self.later(message)
                raise _Drop
            case "half":
                self.accept(message)
                writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{"id": 1')
                await writer.drain()
                raise _Drop
            case "429":
                reply(writer, 429, {}, f"retry-after: {self.chance.choice(_RETRY_AFTER)}\r\n")
            case "hang-before":
                await asyncio.sleep(LATEST * 3)
                raise _Drop
            case _:
                self.accept(message)
                await asyncio.sleep(LATEST * 3)
                raise _Drop

    def later(self, message: dict[str, Any]) -> None:
        """Accept it after the connection is gone."""

        async def wait() -> None:
            await asyncio.sleep(self.chance.uniform(0.1, LATEST))
            self.accept(message)

        task = asyncio.create_task(wait())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def reply(writer: asyncio.StreamWriter, status: int, body: dict[str, Any], headers: str = "") -> None:
    """A whole answer."""
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} {_REASONS[status]}\r\ncontent-length: {len(content)}\r\n{headers}\r\n"
    writer.write(head.encode() + content)


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faulty", type=float, default=0.3)
    parser.add_argument("--remember", type=float, default=0.0)
    parser.add_argument("--latency", type=float, default=0.02)
    given = parser.parse_args()
    stand_in = StandIn(random.Random(given.seed), given.faulty, given.remember, given.latency)
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
