"""How fast Slack is written to: a post a second in each channel, a budget for each workspace, and pauses it asks for.

Briefings and answers have budgets of their own, so that the rush of eight o'clock neither comes as a burst nor leaves
those who ask waiting.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Literal

from aiolimiter import AsyncLimiter

from bot.domain.errors import DeliveryError
from bot.platforms.slack.limits import (
    ANSWERS_A_SECOND,
    BRIEFINGS_A_SECOND,
    CHANNEL_SECONDS,
    EDITS_A_MINUTE,
    PATIENCE_SECONDS,
    WHISPERS_A_MINUTE,
)

Lane = Literal["briefing", "answer", "whisper", "edit"]
_RATES: dict[Lane, float] = {
    "briefing": BRIEFINGS_A_SECOND,
    "answer": ANSWERS_A_SECOND,
    "whisper": WHISPERS_A_MINUTE / 60,
    "edit": EDITS_A_MINUTE / 60,
}
#: Slack limits each method by itself; both lanes of posting share one.
METHODS: dict[Lane, str] = {
    "briefing": "chat.postMessage",
    "answer": "chat.postMessage",
    "whisper": "chat.postEphemeral",
    "edit": "chat.update",
}
# What a channel's one post a second is about.
_POSTS: frozenset[Lane] = frozenset({"briefing", "answer"})
# More channels than this are rarely busy at once; idle ones are forgotten.
_CHANNELS_KEPT = 5_000


class Pace:
    """Whose turn it is. Times are those of the running loop, which no clock change moves."""

    def __init__(self, rates: dict[Lane, float] | None = None, patience: float = PATIENCE_SECONDS) -> None:
        """Args: ``rates`` per second and workspace, ``patience`` the longest wait for a turn in seconds."""
        self._rates = rates or _RATES
        self._patience = patience
        self._channels: dict[tuple[str, str], AsyncLimiter] = {}
        self._channel_waiting: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._budgets: dict[tuple[Lane, str], AsyncLimiter] = {}
        self._waiting: defaultdict[tuple[Lane, str], int] = defaultdict(int)
        self._promised: dict[tuple[Lane, str], float] = {}
        self._held: dict[tuple[str, str], float] = {}

    async def turn(self, lane: Lane, workspace: str, channel: str) -> None:
        """Wait until ``channel`` may be written to.

        Raises:
            DeliveryError: the turn would come too late to wait for; ``retry_after`` says when it comes.
        """
        budget, key = (lane, workspace), (workspace, channel)
        self.refuse_while_held(METHODS[lane], workspace)
        self._refuse_when_crowded(budget, key)
        self._waiting[budget] += 1
        self._channel_waiting[key] += 1
        try:
            if lane in _POSTS:
                await self._channel(key).acquire()
            await self._budget(budget).acquire()
        finally:
            self._waiting[budget] -= 1
            self._channel_waiting[key] -= 1
            if not self._channel_waiting[key]:
                del self._channel_waiting[key]

    def hold(self, method: str, workspace: str, wait: timedelta) -> None:
        """Slack asked for silence: that method is not called for the workspace for that long."""
        key = (method, workspace)
        self._held[key] = max(self._held.get(key, 0.0), _now() + wait.total_seconds())

    def refuse_while_held(self, method: str, workspace: str) -> None:
        """Pass while Slack does not want silence; to be asked right before the call, since waiting takes time.

        Raises:
            DeliveryError: it does; ``retry_after`` says for how long.
        """
        key = (method, workspace)
        left = self._held.get(key, 0.0) - _now()
        if left > 0:
            raise _later(left, "Slack asked to wait")
        self._held.pop(key, None)

    def _refuse_when_crowded(self, budget: tuple[Lane, str], key: tuple[str, str]) -> None:
        """Turn away whom we cannot serve within our patience, each with a time of its own."""
        rate = self._rates[budget[0]]
        in_channel = self._channel_waiting[key] * CHANNEL_SECONDS if budget[0] in _POSTS else 0.0
        wait = max(self._waiting[budget] / rate, in_channel)
        if wait <= self._patience:
            return
        earliest = _now() + self._patience
        promised = max(self._promised.get(budget, 0.0), earliest) + 1 / rate
        self._promised[budget] = promised
        raise _later(promised - _now(), "Many messages are waiting for this workspace")

    def _channel(self, key: tuple[str, str]) -> AsyncLimiter:
        if len(self._channels) > _CHANNELS_KEPT:
            self._channels = {
                name: limiter
                for name, limiter in self._channels.items()
                if self._channel_waiting.get(name) or not limiter.has_capacity()
            }
        return self._channels.setdefault(key, AsyncLimiter(1, CHANNEL_SECONDS))

    def _budget(self, budget: tuple[Lane, str]) -> AsyncLimiter:
        rate = self._rates[budget[0]]
        # A bucket of one second's worth, and of one at least: what is slower than one a second may not burst either.
        return self._budgets.setdefault(budget, AsyncLimiter(max(rate, 1), max(rate, 1) / rate))


def _later(seconds: float, why: str) -> DeliveryError:
    return DeliveryError(f"{why}.", "It will be tried again.", retry_after=timedelta(seconds=seconds), code="paced")


def _now() -> float:
    return asyncio.get_running_loop().time()
