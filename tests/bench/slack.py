"""Slack under load, over the stand-in on loopback: ``python -m tests.bench.slack [commands|briefings] …``.

*commands*: slash commands at a steady rate through one socket; how long until each is acknowledged, and answered,
beside a Bolt app in the same run that only acknowledges. *briefings*: channels that are all due at once, in one
workspace and in many; how long until the last has its briefing, beside the time that the stand-in's limits allow, and
how often it had to say 429. The bot runs in a process of its own. Nothing is asserted; the figures are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.platform import SlackPlatform
from tests.fakes import FakeCommands
from tests.platforms.slack import requests
from tests.platforms.slack.standin import APP_TOKEN, TOKEN, StandIn
from tests.samples import FULL

_ROLES = ("acknowledge", "bot", "brief")


class _Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


# --- the processes under test -----------------------------------------------------------------------------------------


async def acknowledge(api_url: str) -> None:
    """The peer: Bolt as its documentation shows it, doing nothing but acknowledging."""
    client = AsyncWebClient(token=TOKEN, base_url=api_url)
    app = AsyncApp(client=client)

    @app.command("/lede")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


async def bot(api_url: str) -> None:
    """The platform, with services that answer at once with a card."""
    await SlackPlatform(FakeCommands(), _Now(), bot_token=TOKEN, app_token=APP_TOKEN, api_url=api_url).run()


async def brief(api_url: str, workspaces: int, channels: int, database: str) -> None:
    """Every channel due at once; who is told to come later comes when told. Prints how long it took."""
    platform = SlackPlatform(
        FakeCommands(),
        _Now(),
        signing_secret="s",
        api_url=api_url,
        client_id="1.2",
        client_secret="s",
        database_url=database,
    )
    (payload,) = platform.render(FULL)
    turned_away = 0

    async def deliver(place: Place, key: str) -> None:
        nonlocal turned_away
        while True:
            try:
                await platform.send(place, payload, key)
                return
            except DeliveryError as error:
                if error.retry_after is None:
                    raise
                turned_away += 1
                await asyncio.sleep(error.retry_after.total_seconds())

    places = [Place("slack", f"T{w}", f"C{w}x{c}") for c in range(channels) for w in range(workspaces)]
    started = monotonic()
    await asyncio.gather(*(deliver(place, f"s-{n}") for n, place in enumerate(places)))
    print(f"{monotonic() - started:.1f} {turned_away}", flush=True)


# --- the measurements -------------------------------------------------------------------------------------------------


async def _spawn(*args: object) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.slack", *map(str, args), stdout=asyncio.subprocess.PIPE
    )


async def measure_commands(rate: int, seconds: float, role: str) -> None:
    """Send ``rate`` commands a second to one process and print how long they took."""
    async with StandIn(checked=False).serving() as slack:
        process = await _spawn(role, "--api", slack.api_url)
        try:
            await slack.until(lambda: slack.hellos, 30)
            await _ask(slack, 50, 20)
            before = _cpu(process.pid)
            sent = await _ask(slack, rate, seconds)
            await slack.until(lambda: all(envelope in slack.acks for envelope in sent), 60)
            acked = [slack.acks[envelope][0] - at for envelope, (at, _) in sent.items()]
            line = f"{role:>12}: {len(sent)} commands at {rate}/s; acknowledged {_spread(acked)}"
            if role == "bot":
                ids = {url.rsplit("/", 1)[1]: at for at, url in sent.values()}
                await slack.until(lambda: all(id_ in slack.responded_at for id_ in ids), 60)
                line += f"; answered {_spread([slack.responded_at[id_] - at for id_, at in ids.items()])}"
            used = (_cpu(process.pid) - before) / len(sent) * 1000
            print(f"{line}; {used:.2f} ms of processor time each", flush=True)
        finally:
            process.kill()
            await process.wait()


async def _ask(slack: StandIn, rate: int, seconds: float) -> dict[str, tuple[float, str]]:
    """Send commands evenly; envelope to the time it was sent and the address for its answer."""
    sent: dict[str, tuple[float, str]] = {}
    names = ("Delcy Rodriguez", "Ilse Tamm", "Donald Trump")
    started = monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - monotonic()))
        envelope, url = f"e{next(slack.count)}", slack.response_url()
        sent[envelope] = (monotonic(), url)
        body = requests.slash(f"who {names[number % 3]}", response_url=url)
        await slack.send("slash_commands", body, envelope, wait=False)
    return sent


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used, which a busy machine does not change."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    return f"p50 {half * 1000:.1f} ms, p99 {most * 1000:.1f} ms, worst {ordered[-1] * 1000:.0f} ms"


async def measure_briefings(workspaces: int, channels: int, a_minute: int) -> None:
    """Let ``channels`` of each of ``workspaces`` be due at once and print when the last was served."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'slack.db'}"
        async with StandIn(checked=False).serving() as slack:
            slack.posts_a_second, slack.posts_a_minute = 1, a_minute
            await _install(slack, database, workspaces)
            for workspace in range(workspaces):
                for channel in range(channels):
                    _ = slack.channels[f"C{workspace}x{channel}"]
            process = await _spawn(
                "brief", "--api", slack.api_url, "--workspaces", workspaces, "--channels", channels, "--db", database
            )
            assert process.stdout is not None
            took, turned_away = (await process.stdout.readline()).split()
            await process.wait()
        posts = [at for method, at in slack.times if method == "chat.postMessage"]
        served = sum(len(channel.messages) for channel in slack.channels.values())
        floor = channels / (a_minute / 60)
        print(
            f"{workspaces:>3} workspaces × {channels}: {served} briefings, last after {float(took):.1f} s; "
            f"floor {floor:.1f} s, ratio {float(took) / floor:.2f}; {len(posts)} requests, "
            f"{slack.refusals['ratelimited']} × 429, {int(turned_away)} told to come later by our own pace",
            flush=True,
        )


async def _install(slack: StandIn, database: str, workspaces: int) -> None:
    installations = Installations(database, "1.2", "s")
    await installations.open()
    for workspace in range(workspaces):
        slack.tokens[f"xoxb-{workspace}"] = f"T{workspace}"
        bot_ = Bot(
            app_id="A", team_id=f"T{workspace}", bot_token=f"xoxb-{workspace}", bot_id="B", bot_user_id="U",
            installed_at=datetime.now(UTC).timestamp(),
        )  # fmt: skip
        await installations.keep(bot_)
    await installations.close()


async def _measure(what: str, options: argparse.Namespace) -> None:
    if what in ("commands", "all"):
        for role in ("acknowledge", "bot"):
            await measure_commands(options.rate, options.seconds, role)
    if what in ("briefings", "all"):
        await measure_briefings(1, options.channels or 500, options.a_minute)
        await measure_briefings(options.workspaces or 50, (options.channels or 500) * 2 // 5, options.a_minute)


def main() -> None:
    """Run the measurement or the process that the arguments name."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=("all", "commands", "briefings", *_ROLES))
    parser.add_argument("--rate", type=int, default=300, help="commands a second")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to ask")
    parser.add_argument("--channels", type=int, default=0, help="channels of the one workspace (500)")
    parser.add_argument("--workspaces", type=int, default=0, help="how many workspaces (50)")
    parser.add_argument(
        "--a-minute", type=int, default=300, help="posts a minute that the stand-in lets a workspace have"
    )
    parser.add_argument("--api", default="", help=argparse.SUPPRESS)
    parser.add_argument("--db", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.what == "acknowledge":
        asyncio.run(acknowledge(options.api))
    elif options.what == "bot":
        asyncio.run(bot(options.api))
    elif options.what == "brief":
        asyncio.run(brief(options.api, options.workspaces, options.channels, options.db))
    else:
        asyncio.run(_measure(options.what, options))


if __name__ == "__main__":
    main()
