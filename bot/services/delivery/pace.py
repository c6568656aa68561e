"""Budgets: how fast a channel and a workspace are posted to, so that the eight o'clock rush leaves commands room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from aiolimiter import AsyncLimiter

from bot.domain.places import Place

# Channels whose budget is remembered: one not posted to for so long has its whole budget again anyway.
_REMEMBERED = 10_000
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Budgets:
    """Messages a second. ``burst`` is how many a workspace may get at once after a silence."""

    channel: float = 0.9  #: Slack takes about one a second a channel
    workspace: float = 5.0
    burst: int = 5
    process: float = 25.0  #: Discord takes 50 requests a second of one bot; the other half is for commands


class Pace:
    """Lets through one message at a time within the budgets of its channel, its workspace and this process."""

    def __init__(self, budgets: Budgets | None = None) -> None:
        self._budgets = budgets or Budgets()
        self._channels: OrderedDict[Place, AsyncLimiter] = OrderedDict()
        self._workspaces: OrderedDict[tuple[str, str], AsyncLimiter] = OrderedDict()
        self._process = AsyncLimiter(self._budgets.process, 1.0)

    async def turn(self, place: Place) -> None:
        """Return when a message may be sent to ``place``; those who wait are let through in the order they came."""
        budgets = self._budgets
        channel = _kept(self._channels, place, lambda: AsyncLimiter(1, 1 / budgets.channel))
        workspace = _kept(
            self._workspaces,
            (place.platform, place.workspace),
            lambda: AsyncLimiter(budgets.burst, budgets.burst / budgets.workspace),
        )
        await channel.acquire()
        await workspace.acquire()
        await self._process.acquire()


def _kept(limiters: OrderedDict[K, AsyncLimiter], key: K, make: Callable[[], AsyncLimiter]) -> AsyncLimiter:
    """The limiter of ``key``, made where there is none; the longest unused one is forgotten when there are too many."""
    if key not in limiters:
        limiters[key] = make()
        if len(limiters) > _REMEMBERED:
            limiters.popitem(last=False)
    limiters.move_to_end(key)
    return limiters[key]
