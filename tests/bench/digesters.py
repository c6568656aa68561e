"""What a digest costs: seconds and megabytes an article, articles a minute on two cores, cold start.

Usage: ``python -m tests.bench.digesters [FOLDER]``; FOLDER holds news pages (see ``tests.eval.pages``), by default
invented articles. The peer is the optional tagger's own pass over the same sentences, which is the least that any
digester standing on it must pay.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.digesters.extractive import ExtractiveDigester
from bot.digesters.extractive.compose import digest_of
from bot.digesters.extractive.tagging import model_folder, tagger_votes
from bot.digesters.extractive.text import reading_of
from bot.domain.articles import Article
from bot.domain.errors import BotError
from tests.digesters.samples import FERRY, NOW
from tests.eval.corpus import table
from tests.eval.pages import articles


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(make: Callable[[Article], object], sources: list[Article]) -> list[float]:
    seconds = []
    for source in sources:
        begin = time.perf_counter()
        try:
            make(source)
        except BotError:
            continue
        seconds.append(time.perf_counter() - begin)
    return seconds


async def _side_by_side(sources: list[Article]) -> float:
    """Articles a minute with two workers."""
    workers = [ExtractiveDigester(), ExtractiveDigester()]
    begin = time.perf_counter()

    async def share(index: int) -> None:
        for source in sources[index::2]:
            try:
                await workers[index].digest(source, NOW)
            except BotError:
                continue

    await asyncio.gather(share(0), share(1))
    for worker in workers:
        worker.close()
    return 60 * len(sources) / (time.perf_counter() - begin)


def _cold() -> float:
    """Seconds from nothing to the first digest, in a new process."""
    code = (
        "from bot.digesters.extractive.compose import digest_of\n"
        "from tests.digesters.samples import FERRY, NOW\n"
        "digest_of(FERRY, NOW)"
    )
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    sources = [a for _, a in articles(Path(sys.argv[1]))] if len(sys.argv) > 1 else [FERRY] * 30
    rows: list[tuple[object, ...]] = []
    rules = _timed(lambda a: digest_of(a, NOW), sources)
    rows.append(("rules", *_spread(rules), _megabytes()))
    if model_folder():
        tagger_votes(reading_of(FERRY))
        both = _timed(lambda a: digest_of(a, NOW, tagger_votes), sources)
        rows.append(("rules + tagger", *_spread(both), _megabytes()))
        peer = _timed(lambda a: tagger_votes(reading_of(a)), sources)
        rows.append(("peer: tagging alone", *_spread(peer), _megabytes()))
    print(table((f"{len(sources)} articles", "median ms", "p95 ms", "max ms", "peak MB"), rows))
    print(f"cold start {_cold():.2f} s · {asyncio.run(_side_by_side(sources)):.0f} articles a minute, two workers")


def _spread(seconds: list[float]) -> tuple[float, float, float]:
    ordered = sorted(seconds)
    return 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * (len(ordered) - 1))], 1000 * ordered[-1]


if __name__ == "__main__":
    main()
