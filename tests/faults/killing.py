"""Kills the bot at random while a misbehaving platform is posted to, and counts at the platform.

Run as ``python -m tests.faults.killing --kills 100``; prints a JSON report. Processes are
forked from this one, which has everything imported, so that a start costs milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import structlog

from tests.faults.process import Setting, serve, subscribe, undelivered
from tests.postgres import Server

PARTS = 2  # a message and one below it
_LOW = 40  # open slots below which more are added
_MORE = 120
_TERM_EVERY = 12  # one end in so many is a SIGTERM
_SETTLED_WITHIN = 180.0


@dataclass
class Report:
    """What the platform holds at the end."""

    kills: int = 0
    terms: int = 0
    slots: int = 0
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    requests: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether everything is there, once, and in its place."""
        return not (self.lost or self.duplicates or self.misplaced)


class StandInProcess:
    """The platform as a process of its own; nobody kills it."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.faults.standin", *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        self._client = httpx.Client(base_url=self.url, trust_env=False, timeout=30)

    def get(self, path: str) -> Any:
        """What it answers."""
        return self._client.get(path).json()

    def calm(self) -> None:
        """No more faults."""
        self._client.post("/calm")

    def close(self) -> None:
        """End it."""
        self._client.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def quiet_logs() -> None:
    """Only errors, and to standard error: standard output holds the report."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def fork(work: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run ``work`` in a child process; its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        asyncio.run(work())
        status = 0
    except BaseException as error:  # noqa: BLE001 - the child ends here, whatever it is
        print(f"child failed: {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def wait(pid: int) -> None:
    """Wait for a child that is to end well."""
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError(f"child {pid} ended with {status}")


def open_slots(setting: Setting, slots: int) -> int:
    """How many slots are not delivered yet, found out in a child."""
    reading, writing = os.pipe()

    async def count() -> None:
        os.write(writing, str(await undelivered(setting, slots)).encode())

    pid = fork(count)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    wait(pid)
    return int(text)


def kill_at_random(setting: Setting, platform: StandInProcess, kills: int, chance: random.Random) -> Report:
    """Start and kill the bot ``kills`` times, then let it finish."""
    report, began = Report(), time.monotonic()
    while report.kills < kills:
        if report.slots * PARTS - platform.get("/count")["accepted"] < _LOW * PARTS:
            numbers = range(report.slots, report.slots + _MORE)
            wait(fork(lambda: subscribe(setting, numbers)))  # noqa: B023 - awaited before it changes
            report.slots += _MORE
        pid = fork(lambda: serve(setting))
        time.sleep(chance.uniform(0.03, 0.3))
        if chance.randrange(_TERM_EVERY) == 0:
            time.sleep(0.2)  # until the handler is set
            os.kill(pid, signal.SIGTERM)
            report.terms += 1
        else:
            os.kill(pid, signal.SIGKILL)
            report.kills += 1
        os.waitpid(pid, 0)
    finish(setting, report.slots, [fork(lambda: serve(setting))])
    count(report, platform)
    report.seconds = round(time.monotonic() - began, 1)
    return report


def finish(setting: Setting, slots: int, workers: list[int]) -> None:
    """Let ``workers`` deliver what is left, then end them."""
    until = time.monotonic() + _SETTLED_WITHIN
    while open_slots(setting, slots) and time.monotonic() < until:
        time.sleep(0.3)
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
    for pid in workers:
        os.waitpid(pid, 0)


def count(report: Report, platform: StandInProcess) -> None:
    """Compare what the platform holds with what it should."""
    told = platform.get("/accepted")
    accepted = told["accepted"]
    report.requests, report.faults = told["requests"], told["faults"]
    times = Counter((each["channel"], each["key"]) for each in accepted)
    expected = {f"C{n}": f"b-{n:05d}" for n in range(report.slots)}
    by_channel: defaultdict[str, list[str]] = defaultdict(list)
    for channel, key in times:
        by_channel[channel].append(key)
    for channel, id_ in expected.items():
        here = [key for key in by_channel[channel] if key.startswith(id_)]
        report.lost += [f"{id_}-…-{part}" for part in range(PARTS) if not any(k.endswith(f"-{part}") for k in here)]
        report.misplaced += [key for key in here if len([k for k in here if k[-1] == key[-1]]) > 1]
    report.duplicates += [key for (_, key), number in times.items() if number > 1]
    places = {each["key"]: number for number, each in enumerate(accepted)}
    for each in accepted:
        above = each["key"][:-1] + "0"
        if each["reply_to"] != ("" if each["key"].endswith("-0") else str(places.get(above))):
            report.misplaced.append(each["key"])


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """The address of an empty database of that kind."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="lede-faults-") as folder:
            yield f"sqlite:///{folder}/lede.db"
        return
    server = Server()
    try:
        yield server.database()
    finally:
        server.close()


def main() -> None:
    """Run once and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--remember", type=float, default=0.0)
    given = parser.parse_args()
    quiet_logs()
    with database_of(given.database) as address:
        platform = StandInProcess("--seed", str(given.seed), "--remember", str(given.remember))
        # Some way below what the platform remembers, as with Discord's "past few minutes".
        setting = Setting(address, platform.url, timedelta(seconds=given.remember / 2))
        try:
            report = kill_at_random(setting, platform, given.kills, random.Random(given.seed))
        finally:
            platform.close()
    print(json.dumps(report.__dict__))
    sys.exit(0 if report.clean else 1)


if __name__ == "__main__":
    main()
