"""Budgets: how fast a channel and a workspace are posted to, so that the eight o'clock rush leaves commands room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from aiolimiter import AsyncLimiter

from bot.domain.places import Place

# Channels whose budget is remembered: one not posted to for so long has its whole budget again anyway.
_REMEMBERED = 10_000
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Budgets:
    """Messages a second on one platform. ``burst`` is how many a workspace may get at once after a silence."""

    channel: float = 0.9  #: about one a second a channel, on Slack and on Discord
    workspace: float = 4.8  #: Slack takes several hundred a minute of one workspace: with the burst, 300
    burst: int = 5
    process: float = 300.0  #: Slack counts by workspace; this only keeps a rush from starving commands


#: Discord takes 50 requests a second of one bot, whichever server they are for; the rest is for look-ups.
DISCORD = Budgets(workspace=45.0, burst=45, process=45.0)


class Pace:
    """Lets through one message at a time within the budgets of its channel, its workspace and its platform.

    Args:
        budgets: of every platform that ``special`` does not name.
        special: platforms with budgets of their own.
    """

    def __init__(self, budgets: Budgets | None = None, special: Mapping[str, Budgets] | None = None) -> None:
        self._budgets = budgets or Budgets()
        self._special = special or {}
        self._channels: OrderedDict[Place, AsyncLimiter] = OrderedDict()
        self._workspaces: OrderedDict[tuple[str, str], AsyncLimiter] = OrderedDict()
        self._platforms: dict[str, AsyncLimiter] = {}

    async def turn(self, place: Place) -> None:
        """Return when a message may be sent to ``place``; those who wait are let through in the order they came."""
        budgets = self._special.get(place.platform, self._budgets)
        channel = _kept(self._channels, place, lambda: AsyncLimiter(1, 1 / budgets.channel))
        workspace = _kept(
            self._workspaces,
            (place.platform, place.workspace),
            lambda: AsyncLimiter(budgets.burst, budgets.burst / budgets.workspace),
        )
        await channel.acquire()
        await workspace.acquire()
        if place.platform not in self._platforms:
            self._platforms[place.platform] = AsyncLimiter(budgets.process, 1.0)
        await self._platforms[place.platform].acquire()


def _kept(limiters: OrderedDict[K, AsyncLimiter], key: K, make: Callable[[], AsyncLimiter]) -> AsyncLimiter:
    """The limiter of ``key``, made where there is none; the longest unused one is forgotten when there are too many."""
    if key not in limiters:
        limiters[key] = make()
        if len(limiters) > _REMEMBERED:
            limiters.popitem(last=False)
    limiters.move_to_end(key)
    return limiters[key]
