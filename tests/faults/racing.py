"""Several replicas race on one PostgreSQL while they are killed, stopped past their leases, and the server crashes.

Their machines' clocks are wrong, each by up to ``--skew`` seconds either way.

Run as ``python -m tests.faults.racing --replicas 4 --slots 20000``; prints a JSON report, counted at the platform.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import sys
import time
from datetime import timedelta

from tests.faults.killing import (
    PARTS,
    Report,
    StandInProcess,
    count,
    finish,
    fork,
    open_slots,
    quiet_logs,
    wait,
)
from tests.faults.process import Setting, serve, subscribe
from tests.postgres import Server

_BATCH = 500
_LOW = 400
_STOPPED = (2.5, 4.5)  # seconds; the lease is 2
_SERVER_EVERY = (5.0, 40.0)


class Race:
    """So many replicas, and what befalls them."""

    def __init__(self, setting: Setting, server: Server, platform: StandInProcess, chance: random.Random) -> None:
        self.setting = setting
        self.server = server
        self.platform = platform
        self.chance = chance
        self.report = Report()
        self.stops = self.crashes = 0
        self._running: list[int] = []
        self._stopped: dict[int, float] = {}
        self._crash_at = 0.0

    def run(self, replicas: int, slots: int, seconds: float = math.inf) -> Report:
        """Deliver ``slots`` slots with ``replicas`` processes, or as many as are begun within ``seconds``."""
        began = time.monotonic()
        self._crash_at = began + self.chance.uniform(*_SERVER_EVERY) / (1 if slots > 1000 else 4)
        while not self._done(slots):
            if time.monotonic() - began > seconds:
                slots = self.report.slots
            self._feed(slots)
            while len(self._running) < replicas:
                self._running.append(fork(lambda: serve(self.setting)))
            time.sleep(self.chance.uniform(0.1, 0.9))
            self._befall()
        for pid in self._stopped:
            os.kill(pid, signal.SIGCONT)
        finish(self.setting, self.report.slots, self._running)
        count(self.report, self.platform)
        self.report.seconds = round(time.monotonic() - began, 1)
        return self.report

    def _accepted(self) -> int:
        number: int = self.platform.get("/count")["accepted"]
        return number

    def _done(self, slots: int) -> bool:
        all_there = self.report.slots >= slots and self._accepted() >= slots * PARTS
        return all_there and not open_slots(self.setting, self.report.slots)

    def _feed(self, slots: int) -> None:
        if self.report.slots < slots and self.report.slots * PARTS - self._accepted() < _LOW * PARTS:
            more = min(_BATCH, slots - self.report.slots)
            numbers = range(self.report.slots, self.report.slots + more)
            wait(fork(lambda: subscribe(self.setting, numbers)))
            self.report.slots += more

    def _befall(self) -> None:
        """Kill one, stop one past its lease, wake those whose time has come, crash the server when it is time."""
        now = time.monotonic()
        for pid in [pid for pid, until in self._stopped.items() if now >= until]:
            os.kill(pid, signal.SIGCONT)
            del self._stopped[pid]
        lively = [pid for pid in self._running if pid not in self._stopped]
        if lively and self.chance.random() < 0.15:
            victim = self.chance.choice(lively)
            os.kill(victim, signal.SIGKILL)
            os.waitpid(victim, 0)
            self._running.remove(victim)
            self.report.kills += 1
        elif lively and self.chance.random() < 0.15:
            victim = self.chance.choice(lively)
            os.kill(victim, signal.SIGSTOP)
            self._stopped[victim] = now + self.chance.uniform(*_STOPPED)
            self.stops += 1
        if now >= self._crash_at:
            self.server.stop("immediate")
            self.server.start()
            self.crashes += 1
            self._crash_at = time.monotonic() + self.chance.uniform(*_SERVER_EVERY)


def main() -> None:
    """Run once and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--slots", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=math.inf)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skew", type=float, default=90.0)
    parser.add_argument("--remember", type=float, default=0.0)
    given = parser.parse_args()
    quiet_logs()
    server = Server()
    platform = StandInProcess("--seed", str(given.seed), "--remember", str(given.remember), "--faulty", "0.1")
    resend_within, skew = timedelta(seconds=given.remember / 2), timedelta(seconds=given.skew)
    setting = Setting(server.database(), platform.url, resend_within, at_once=48, skew=skew)
    race = Race(setting, server, platform, random.Random(given.seed))
    try:
        report = race.run(given.replicas, given.slots, given.seconds)
    finally:
        platform.close()
        server.close()
    print(json.dumps(report.__dict__ | {"stops": race.stops, "crashes": race.crashes}))
    sys.exit(0 if report.clean else 1)


if __name__ == "__main__":
    main()
