"""How fast commands are acknowledged and a thousand channels are briefed over the stand-in. Prints; asserts nothing.

``python -m tests.bench.discord [--commands 3000] [--rate 300] [--channels 1000]``. The stand-in is a process of its
own, so that it takes no time from the bot's event loop. The peer, in the same run, is the library alone: a client that
answers every command with one fixed line.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import statistics
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.domain.places import Place
from bot.platforms.discord.client import point_at
from bot.platforms.discord.platform import DiscordPlatform
from tests.fakes import FakeCommands
from tests.platforms.discord.conftest import Now
from tests.platforms.discord.standin import TOKEN, StandIn
from tests.platforms.discord.world import GUILD
from tests.samples import FULL

_FIRST_CHANNEL = 10_000


# --- the other side ---------------------------------------------------------------------------------------------------


async def stand_in(channels: int) -> None:
    """Serve, and do what the lines of standard input say; one line of JSON in answer to each."""
    served = StandIn(checked=False)
    for number in range(channels):
        served.world.add_channel(str(_FIRST_CHANNEL + number), 0, f"channel-{number}")
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with served.serving():
        _say({"api": served.url, "gateway": served.gateway_url})
        while line := await reader.readline():
            order = json.loads(line)
            _say(await _rush(served, order["count"], order["rate"]) if order["op"] == "rush" else _posts(served))


def _say(told: Any) -> None:
    print(json.dumps(told), flush=True)


async def _rush(served: StandIn, count: int, rate: float) -> dict[str, Any]:
    """Ask ``count`` commands at ``rate`` a second; how long each acknowledgement took."""
    await served.gateway.ready.wait()
    served.gateway.ready.clear()
    began = time.perf_counter()
    asked = []
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        asked.append(await served.slash("who", name="delcy"))
    sent = time.perf_counter() - began
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(5):
            for each in asked:
                await each.acknowledged.wait()
    took = sorted(each.took * 1000 for each in asked if each.acknowledged.is_set())
    return {"took": took, "lost": count - len(took), "rate": count / sent}


def _posts(served: StandIn) -> dict[str, Any]:
    at = [c.at for c in served.calls if c.method == "POST" and c.path.endswith("/messages") and c.status == 200]
    busiest = max(sum(1 for t in at if start <= t < start + 1) for start in at[:: max(1, len(at) // 200)])
    posted = sum(len(served.world.messages[str(_FIRST_CHANNEL + n)]) for n in range(len(at)))
    return {"posted": posted, "span": max(at) - min(at), "refused": served.limited, "busiest": busiest}


class Other:
    """The stand-in's process, seen from here."""

    def __init__(self, process: asyncio.subprocess.Process, urls: dict[str, str]) -> None:
        self._process = process
        self.urls = urls

    async def ask(self, **order: Any) -> dict[str, Any]:
        """Have it do something; what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        told: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return told

    @staticmethod
    @contextlib.asynccontextmanager
    async def serving(channels: int = 0) -> AsyncIterator[Other]:
        """A stand-in for the time of the block."""
        command = [sys.executable, "-m", "tests.bench.discord", "--stand-in", "--channels", str(channels)]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=1 << 26)
        assert process.stdout is not None
        try:
            yield Other(process, json.loads(await process.stdout.readline()))
        finally:
            process.terminate()
            await process.wait()


# --- the bots ---------------------------------------------------------------------------------------------------------


async def _stalls(found: list[float]) -> None:
    """How late the event loop is, looked at every five milliseconds."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        found.append((time.perf_counter() - before - 0.005) * 1000)


class _Alone(discord.Client):
    """The library and nothing else."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(_fixed)


@app_commands.command(name="who", description="Who")
async def _fixed(interaction: discord.Interaction, name: str) -> None:
    await interaction.response.send_message(f"**{name}** is known here.", ephemeral=True)


async def _rushed(other: Other, count: int, rate: float) -> dict[str, Any]:
    stalls: list[float] = []
    watching = asyncio.create_task(_stalls(stalls))
    told = await other.ask(op="rush", count=count, rate=rate)
    watching.cancel()
    return told | {"stall": max(stalls), "stall99": statistics.quantiles(stalls, n=100)[98]}


@contextlib.asynccontextmanager
async def _during(serving: Any) -> AsyncIterator[None]:
    task = asyncio.ensure_future(serving)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def commands(count: int, rate: float) -> None:
    """The rush, answered by the bot and by the library alone."""
    rows = []
    async with Other.serving() as other:
        platform = DiscordPlatform(
            TOKEN, FakeCommands(), Now(), api_url=other.urls["api"], gateway_url=other.urls["gateway"]
        )
        async with _during(platform.run()):
            rows.append(("this bot", await _rushed(other, count, rate)))
    async with Other.serving() as other:
        point_at(other.urls["api"], other.urls["gateway"])
        alone = _Alone()
        async with _during(alone.start(TOKEN)):
            rows.append(("discord.py alone, one fixed line", await _rushed(other, count, rate)))
        await alone.close()
    print(f"{count} commands at {rate:.0f} a second: acknowledged after, in ms; event loop late by, in ms")
    for name, told in rows:
        p50, p99 = (statistics.quantiles(told["took"], n=100)[at] for at in (49, 98))
        print(
            f"  {name:34} p50 {p50:7.1f}  p99 {p99:7.1f}  max {told['took'][-1]:7.1f}  lost {told['lost']}"
            f"  stall p99 {told['stall99']:5.1f} max {told['stall']:6.1f}  (asked at {told['rate']:.0f}/s)"
        )
    ours, theirs = (statistics.median(told["took"]) for _, told in rows)
    print(f"  ratio of the medians {ours / theirs:.2f}")


async def channels(count: int) -> None:
    """A thousand channels due at once."""
    async with Other.serving(count) as other:
        platform = DiscordPlatform(
            TOKEN, FakeCommands(), Now(), api_url=other.urls["api"], gateway_url=other.urls["gateway"], timeout=300
        )
        await platform.application_id()
        payload = platform.render(FULL)[0]
        began = time.perf_counter()
        places = [Place("discord", GUILD, str(_FIRST_CHANNEL + number)) for number in range(count)]
        await asyncio.gather(*(platform.send(p, payload, f"b-{n}-0") for n, p in enumerate(places)))
        took = time.perf_counter() - began
        told = await other.ask(op="posts")
        await platform.close()
    floor = count / 50
    print(f"{count} channels due at once: last one after {took:.1f} s, floor of 50 a second {floor:.1f} s")
    print(
        f"  posted {told['posted']}, ratio to the floor {took / floor:.2f}, refused with 429: {told['refused']},"
        f" most in one second {told['busiest']}"
    )


def main() -> None:
    """Run both, or be the stand-in."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--commands", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=300.0)
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--stand-in", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    if given.stand_in:
        asyncio.run(stand_in(given.channels))
        return
    asyncio.run(commands(given.commands, given.rate))
    asyncio.run(channels(given.channels))


if __name__ == "__main__":
    main()
