"""Kills one briefing at every system call that has an effect outside the process, and counts at the platform.

Run as ``python -m tests.faults.syscalls --database sqlite``; ``--step 10`` takes every tenth. ``strace`` injects the
signal, so ptrace must be allowed here. The rest of the calls (reading, waiting, memory) change nothing that anyone
could see, so a kill there is a kill at the next of these.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
from collections import Counter

from bot.stores.sql.clock import clock_of
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.subscriptions import SqlSubscriptions
from tests.faults.killing import StandInProcess, database_of, quiet_logs
from tests.faults.process import RealClock, Setting, opened, service_of, subscribe

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "connect", "sendto", "sendmsg", "recvfrom")
PARTS = 2
_SECONDS = 180


async def once(setting: Setting) -> None:
    """Deliver what is due, whatever an earlier process left behind, then end."""
    database = await opened(setting.database)
    clock = await clock_of(database, RealClock())
    ledger, store = SqlLedger(database), SqlSubscriptions(database, clock.now)
    service = service_of(setting, ledger, store, clock)
    if not database.shared:
        await ledger.take_over(clock.now())
    while True:
        await service.wake()
        await service.idle()
        if all(d.state == "delivered" for d in await ledger.deliveries(limit=1000)):
            break
        await asyncio.sleep(0.1)
    await service.drain()
    await database.close()


def deliver(setting: Setting, *tracer: str) -> bool:
    """Run :func:`once` in a process; whether it came to its end."""
    command = [sys.executable, "-m", "tests.faults.syscalls", "--once", setting.database, setting.platform]
    done = subprocess.run([*tracer, *command], capture_output=True, text=True, check=False, timeout=_SECONDS)
    if done.returncode and not tracer:
        raise RuntimeError(done.stderr[-2000:])
    return done.returncode == 0


def allowed() -> str:
    """Why it cannot be done here; empty when it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    tried = subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"ptrace is not allowed: {tried.stderr.strip()[:100]}"


def kill_everywhere(kind: str, step: int) -> dict[str, object]:
    """One briefing for each call and count, until a count is beyond what one briefing makes."""
    kills: Counter[str] = Counter()
    wrong: list[str] = []
    number = 0
    platform = StandInProcess("--faulty", "0", "--latency", "0")
    try:
        with database_of(kind) as address:
            setting = Setting(address, platform.url)
            for call in CALLS:
                count, killed = 1 + (step - 1) // 2, True
                while killed:
                    asyncio.run(subscribe(setting, range(number, number + 1)))
                    inject = f"inject={call}:signal=SIGKILL:when={count}"
                    killed = not deliver(setting, "strace", "-f", "-qq", "-o", "/dev/null", "-e", inject)
                    if killed:
                        deliver(setting)
                        kills[call] += 1
                    number += 1
                    count += step
            held = Counter(each["key"] for each in platform.get("/accepted")["accepted"])
            wrong += [key for key, times in held.items() if times > 1]
            wrong += [f"{len(held)} messages instead of {number * PARTS}"] if len(held) != number * PARTS else []
    finally:
        platform.close()
    return {"database": kind, "kills": dict(kills), "briefings": number, "wrong": wrong}


def main() -> None:
    """Run once and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--once", nargs=2, default=None)
    given = parser.parse_args()
    quiet_logs()
    if given.once:
        asyncio.run(once(Setting(*given.once)))
        return
    if reason := allowed():
        print(json.dumps({"skipped": reason}))
        return
    report = kill_everywhere(given.database, given.step)
    print(json.dumps(report))
    sys.exit(1 if report["wrong"] else 0)


if __name__ == "__main__":
    main()
