"""``lede run``: everything that is configured, served until told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.domain.errors import BadRequest, BotError, SettingsError
from bot.domain.places import PLATFORMS, Place, Platform
from bot.services.subscriptions import Wanted
from bot.settings import Settings
from bot.wiring import Office, open_newsroom
from bot.wiring.platforms import discord_platform, slack_platform, terminal_platform, web_platform

if TYPE_CHECKING:
    from bot.domain.deliveries import Delivery
    from bot.ports import ChatPlatform

_log = structlog.get_logger(__name__)
# A folder's events can be lost; this often it is read again whatever the events say.
_RELOAD = timedelta(minutes=5)
_FEEDS = timedelta(seconds=30)
# The page's channel that shows a briefing without anyone arranging it.
_WEB_CHANNEL = "briefing"
# Shutdown as a whole stays below the ten seconds that container runtimes give.
_DRAIN = timedelta(seconds=8)
_CLOSE = 1.5


async def serve(settings: Settings, only: Collection[str] = ()) -> None:
    """Serve until SIGTERM or SIGINT, then let requests under way end and stop.

    Raises:
        SettingsError: nothing is left to serve, or a platform's settings are wrong.
        StoreError: the database cannot be opened.
    """
    from bot.stores.sql.alone import alone

    async with open_newsroom(settings, _wanted(settings, only)) as office:
        with alone(office.database.path):
            _build(settings, office, only)
            if office.jobs:
                await office.jobs.open()
            else:
                await office.ledger.take_over(office.clock.now())
            stop = _stop_signal()
            running = _start(settings, office)
            await _welcome(office)
            _log.info("serving", platforms=sorted(office.platforms))
            await _until_stopped(office, running, stop)


def _wanted(settings: Settings, only: Collection[str]) -> list[Platform]:
    """The platforms that are asked for and configured.

    Raises:
        SettingsError: one is asked for that there is not, or that is not configured.
    """
    unknown = [name for name in only if name not in PLATFORMS]
    if unknown:
        raise SettingsError(f"--only {unknown[0]} is no platform.", f"There are {', '.join(PLATFORMS)}.")
    configured = {"discord": settings.has_discord, "slack": settings.has_slack, "web": True, "terminal": True}
    missing = [name for name in only if not configured[name]]
    if missing:
        raise SettingsError(f"{missing[0]} is not configured.", "lede doctor says what it needs.")
    return [name for name in PLATFORMS if configured[name] and (not only or name in only)]


def _build(settings: Settings, office: Office, only: Collection[str]) -> None:
    office.platforms |= platforms_of(settings, office, _wanted(settings, only))


def platforms_of(settings: Settings, office: Office, wanted: Sequence[Platform]) -> dict[Platform, ChatPlatform]:
    """The platforms that are wanted and configured. The web page comes last: it carries Slack's routes."""
    built: dict[Platform, ChatPlatform] = {}

    async def left(platform: Platform, workspace: str) -> None:
        paused = await office.room.subscriptions.pause_workspace(platform, workspace, "the bot was removed there")
        _log.warning("removed from a workspace", platform=platform, workspace=workspace, paused=len(paused))

    if "discord" in wanted and settings.has_discord:
        built["discord"] = discord_platform(settings, office, left)
    routes = []
    if "slack" in wanted and settings.has_slack:
        slack = slack_platform(settings, office, left)
        built["slack"] = slack
        routes = slack.routes()
    if "terminal" in wanted:
        built["terminal"] = terminal_platform(settings, office, sys.stdout)
    if "web" in wanted:
        built["web"] = web_platform(settings, office, routes)
    return built


def _start(settings: Settings, office: Office) -> list[asyncio.Task[None]]:
    """Start everything that runs: the platforms, the watch over the digests, the timetable."""
    from bot.stores.sql.clock import SET_EVERY, ServerClock
    from bot.stores.sql.jobs import KEEP_EVERY
    from bot.timetable import ApsTimetable

    room, timetable = office.room, ApsTimetable()
    room.deliveries.schedule(timetable)
    timetable.every("digests", _RELOAD, _quietly(room.library.refresh))
    timetable.every("feeds", _FEEDS, _quietly(room.feeds.poll_due))
    timetable.every("articles", _FEEDS, _quietly(room.feeds.read_waiting))
    works: dict[str, Callable[[], Awaitable[None]]] = {
        name: platform.run for name, platform in office.platforms.items()
    }
    works |= {"digests": room.library.follow, "timetable": timetable.run}
    if isinstance(office.clock, ServerClock):
        timetable.every("clock", SET_EVERY, office.clock.set)
    if office.jobs:
        timetable.every("jobs", KEEP_EVERY, office.jobs.keep)
        works["jobs"] = partial(office.jobs.work, room.deliveries.deliver)
    return [asyncio.create_task(_kept(name, work), name=name) for name, work in works.items()]


def _quietly(work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """The same work for the timetable, which wants no result."""

    async def done() -> None:
        await work()

    return done


async def _kept(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run one part; when it fails for a reason that can be told, the others go on."""
    try:
        await work()
    except SettingsError:
        raise
    except BotError as error:
        _log.error("stopped serving", part=name, reason=error.what, hint=error.hint)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _until_stopped(office: Office, running: list[asyncio.Task[None]], stop: asyncio.Event) -> None:
    stopping = asyncio.create_task(stop.wait(), name="stop")
    pending: set[asyncio.Task[object]] = {stopping, *running}
    try:
        while stopping in pending and len(pending) > 1:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if error := task.exception():
                    raise error
    finally:
        _log.info("stopping")
        await office.room.deliveries.drain(_DRAIN)
        for task in (stopping, *running):
            task.cancel()
        await asyncio.wait([stopping, *running], timeout=_CLOSE)
        if office.jobs:
            await office.jobs.close()


async def _welcome(office: Office) -> None:
    """On the page, the channel of briefings has one from the first start on: at eight every day, and one at once."""
    place = Place("web", "", _WEB_CHANNEL)
    if "web" not in office.platforms or await office.room.subscriptions.list("web"):
        return
    if await office.ledger.delivered_to(place, 1):
        return  # someone removed the briefing that was here, and meant it
    try:
        made = await office.room.subscriptions.add(place, Wanted(at="08:00"), by="lede")
    except BadRequest:
        return  # another replica was quicker
    if office.room.library.current.digests:
        await office.room.deliveries.now(made)


async def deliver_now(settings: Settings, id_: str) -> Delivery:
    """Post a subscription's briefing now, from the command line.

    Raises:
        NotFound: there is no such subscription.
        SettingsError: its platform is not configured here.
    """
    async with open_newsroom(settings) as office:
        subscription = await office.room.subscriptions.get(id_)
        platform = subscription.place.platform
        office.platforms |= platforms_of(settings, office, [platform])
        if platform not in office.platforms:
            raise SettingsError(f"{platform} is not configured.", "lede doctor says what it needs.")
        try:
            return await office.room.deliveries.now(subscription, timedelta(seconds=60))
        finally:
            await office.room.deliveries.drain(_DRAIN)
