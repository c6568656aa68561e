"""A simulated day with many feeds: ``python -m tests.bench.day [--feeds 200] [--hours 24]``.

The same day as in the tests, larger: prints what was asked and filed, what was lost or doubled (nothing should be),
what the bad servers' feeds say, and the peak memory of the bot's process hour by hour.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
import time
from pathlib import Path

import structlog

from tests.ingest.day import FAULTS, a_day


def main() -> None:
    """Live through the day and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--hours", type=int, default=24)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        good = options.feeds - len(FAULTS)
        day = asyncio.run(a_day(Path(folder), good, options.hours, lambda hour: print(f"hour {hour}", end="\r")))
    expected = sum(len(urls) for urls in day.expected.values())
    filed = {url.partition("?")[0] for url in day.filed}
    missing = sum(len(urls - filed) for urls in day.expected.values())
    print(f"{options.feeds} feeds, {options.hours} hours in {time.perf_counter() - started:.0f} s, {day.wakes} wakes")
    print(f"{sum(day.asked.values())} requests; {len(day.filed)} articles filed, {expected} due by then: ", end="")
    print(f"{missing} missing, {sum(day.filed.values()) - len(filed)} doubled")
    print("peak memory, MB:", " ".join(f"{kilobytes / 1024:.0f}" for kilobytes in day.memory))
    for fault in FAULTS:
        print(f"{fault:>18}: {day.complaints.get(fault, 'NOT NAMED')}")


if __name__ == "__main__":
    main()
