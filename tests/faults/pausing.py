"""Stops a process again and again while it writes messages, wakes it when their lease is over, and counts late ones.

Run as ``python -m tests.faults.pausing --pauses 2000``; ``--no-fuse`` shows what the last look at the lease is worth
alone, ``--blind`` what it is like without one. A message is late when the stand-in took it after its lease had ended.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import nullcontext, suppress
from datetime import timedelta
from typing import Any

from bot.domain.deliveries import Delivery
from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.fuse import AlarmFuse
from bot.ports import elapsed, permitted
from bot.services.delivery.hand import Hand
from tests.delivery.samples import NOW, slot_at
from tests.faults.killing import StandInProcess, fork
from tests.faults.platform import StandInPlatform

LEASE = 0.12
_PLACE = Place("slack", "T", "C")
# From a write to its being taken by another process of a busy machine.
_JOURNEY = 0.05


class Always:
    """A permit that never ends."""

    def ask(self) -> None:
        """It may."""


def writing(url: str, fused: bool, blind: bool) -> Callable[[], Coroutine[Any, Any, None]]:
    """A process that writes one message after the other, each with a lease of its own."""

    async def work() -> None:
        platform = StandInPlatform(url)
        number = 0
        while True:
            number += 1
            deadline = elapsed() + LEASE
            hand = Hand(Delivery(slot_at(NOW), _PLACE), deadline, AlarmFuse() if fused else None)
            payload = {"text": "news", "deadline": deadline}
            with suppress(DeliveryError, TimeoutError):
                async with hand.within(timedelta(seconds=10), elapsed()):
                    with permitted(Always()) if blind else nullcontext():
                        await platform.send(_PLACE, payload, f"{os.getpid()}-{number}")

    return work


def pause(url: str, pauses: int, fused: bool, blind: bool, chance: random.Random) -> dict[str, int]:
    """Stop and wake so many times; how often it was awake too late to live, and had to be started anew."""
    ended = {"pauses": 0, "ended by the fuse": 0}
    pid = 0
    while ended["pauses"] < pauses:
        if not pid:
            pid = fork(writing(url, fused, blind))
            time.sleep(0.3)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(pid, signal.SIGSTOP)
        time.sleep(LEASE + 2 * _JOURNEY)
        os.kill(pid, signal.SIGCONT)
        ended["pauses"] += 1
        time.sleep(0.005)
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            assert os.WTERMSIG(status) == signal.SIGALRM, status
            ended["ended by the fuse"] += 1
            pid = 0
    if pid:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return ended


def main() -> None:
    """Run once and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pauses", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-fuse", action="store_true")
    parser.add_argument("--blind", action="store_true")
    given = parser.parse_args()
    platform = StandInProcess("--faulty", "0", "--latency", "0")
    fused = not (given.no_fuse or given.blind)
    try:
        told: dict[str, Any] = dict(pause(platform.url, given.pauses, fused, given.blind, random.Random(given.seed)))
        accepted = platform.get("/accepted")["accepted"]
    finally:
        platform.close()
    late = [each for each in accepted if each["elapsed"] > each["deadline"] + _JOURNEY]
    told |= {"messages": len(accepted), "late": len(late)}
    print(json.dumps(told))
    sys.exit(1 if late and fused else 0)


if __name__ == "__main__":
    main()
