"""``lede doctor``: what is configured, reachable and stale, and the next thing to do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.domain.errors import BotError
from bot.domain.places import Place, Platform
from bot.settings import Settings, read_settings
from bot.wiring import Office, SystemClock, open_newsroom
from bot.wiring.serving import platforms_of

_PATIENCE = 15.0
# A library that nobody has fed for this long gives briefings of old news.
_STALE = timedelta(days=2)
# Clocks that are set over the network differ by less.
_CLOCKS_DIFFER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``text`` says how it is or, where it is not ``ok``, what to do."""

    part: str
    ok: bool
    text: str


async def examine() -> Sequence[Finding]:
    """Look at everything; what cannot be opened is a finding, not an error."""
    try:
        settings = read_settings()
    except BotError as error:
        return [Finding("settings", False, str(error))]
    findings = [Finding("settings", True, "read")]
    try:
        async with open_newsroom(settings) as office:
            findings += clocks(office.clock.now() - SystemClock().now())
            findings += await _library(office)
            findings += await _deliveries(office)
            findings += await _feeds(office)
            findings += await _platforms(settings, office)
    except BotError as error:
        findings.append(Finding("stores", False, str(error)))
    return [*findings, await _digester(settings)]


def clocks(ahead: timedelta) -> list[Finding]:
    """What there is to say of the clock that is used, so much ahead of this machine's."""
    if abs(ahead) < _CLOCKS_DIFFER:
        return []
    by = f"{abs(ahead).total_seconds():.0f} s {'ahead of' if ahead > timedelta(0) else 'behind'}"
    return [Finding("clock", False, f"The database server's is {by} this machine's and is used: set both by NTP.")]


async def _library(office: Office) -> list[Finding]:
    library, now = office.room.library.current, office.clock.now()
    findings = [Finding("digests", False, f"{p.path}: {p.field} {p.reason}") for p in library.problems]
    newest = max((d.article.published for d in library.digests.values()), default=None)
    if newest is None and library.unread:
        hint = (
            "lede digest list --waiting names them, lede digest approve ID lets one be told; or set ONLY_REVIEWED=no."
        )
        return [*findings, Finding("digests", False, f"None is told: {library.unread} wait to be read. {hint}")]
    if newest is None:
        hint = "Add some: lede add URL, or lede feeds add URL."
        return [*findings, Finding("digests", False, f"None is stored. {hint}")]
    told = f"{len(library.digests)} stored, {len(library.book)} names; the newest article is of {newest:%d %b %Y}"
    if now - newest > _STALE:
        told += ", which is old: lede feeds add URL keeps them coming"
    return [*findings, Finding("digests", True, told)]


async def _deliveries(office: Office) -> list[Finding]:
    troubled = await office.room.deliveries.troubles(office.clock.now(), 5)
    findings = [Finding("deliveries", False, f"{d.slot.key} {d.state}: {d.reason} {d.hint}".strip()) for d in troubled]
    subscriptions = await office.room.subscriptions.list()
    paused = [s for s in subscriptions if s.paused and s.paused.by_bot]
    findings += [
        Finding("briefings", False, f"{s.id} was paused: {s.paused.why} Then: lede briefing resume {s.id}")
        for s in paused
        if s.paused
    ]
    return findings or [Finding("briefings", True, f"{len(subscriptions)} arranged, none in trouble")]


async def _feeds(office: Office) -> list[Finding]:
    complaints = await office.room.feeds.complaints()
    if complaints:
        return [Finding("feeds", False, text) for text in complaints]
    return [Finding("feeds", True, f"{len(await office.room.feeds.list())} read, all well")]


async def _platforms(settings: Settings, office: Office) -> list[Finding]:
    findings = []
    for name in ("discord", "slack"):
        if not getattr(settings, f"has_{name}"):
            needs = {"discord": "DISCORD_TOKEN", "slack": "SLACK_BOT_TOKEN and SLACK_APP_TOKEN"}[name]
            findings.append(Finding(name, True, f"not configured; set {needs} to use it"))
    wanted = [name for name in ("discord", "slack") if getattr(settings, f"has_{name}")]
    for name, platform in platforms_of(settings, office, wanted).items():  # type: ignore[arg-type]  # platform names
        office.platforms[name] = platform
        well = await _asked(name, platform.health())
        findings += well
        if isinstance(platform, ChecksPlaces):
            if all(finding.ok for finding in well):
                findings += await _places(name, platform, office)
            await platform.close()
    return findings


@runtime_checkable
class ChecksPlaces(Protocol):
    """A platform that can tell what it lacks to brief a place."""

    async def check(self, place: Place) -> Sequence[str]:
        """What is missing there, each a sentence that says what to do."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


async def _places(name: Platform, platform: ChecksPlaces, office: Office) -> list[Finding]:
    """What is missing in the channels that are briefed; nothing where nothing is."""
    places = {subscription.place for subscription in await office.room.subscriptions.list(name)}
    findings: list[Finding] = []
    for place in sorted(places, key=str):
        findings += [f for f in await _asked(name, platform.check(place)) if not f.ok]
    return findings


async def _asked(name: str, health: Awaitable[Sequence[str]]) -> list[Finding]:
    """What a platform says is wrong; silence beyond the patience is wrong too."""
    try:
        async with asyncio.timeout(_PATIENCE):
            problems = await health
    except TimeoutError:
        return [Finding(name, False, f"No answer in {_PATIENCE:.0f} s. Check the network.")]
    except BotError as error:
        return [Finding(name, False, str(error))]
    return [Finding(name, False, problem) for problem in problems] or [Finding(name, True, "reachable, all well")]


async def _digester(settings: Settings) -> Finding:
    if settings.digester == "extractive":
        return Finding("digester", True, "extractive: offline, by rules")
    if not settings.llm_base_url or not settings.llm_model:
        return Finding("digester", False, "DIGESTER=llm needs LLM_BASE_URL and LLM_MODEL. Set them.")
    return Finding("digester", True, f"llm: {settings.llm_model}; falls back to extractive")
