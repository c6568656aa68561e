"""Feed files of others, through the worker: ``python -m tests.eval.feeds FOLDER`` (a checkout of feedparser has some).

Prints how many were read, how many refused with which error, the slowest, and anything that is no typed error.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.domain.errors import SourceError
from bot.sources.workers import Workers

_SUFFIXES = {".xml", ".rss", ".atom", ".rdf", ".json", ".cdf", ".html", ".z", ".gz"}
_NOW = "2026-01-13T07:00:00+00:00"


def files_under(folder: Path) -> Iterator[Path]:
    """The feed files of a folder, in a stable order."""
    yield from sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES and path.is_file())


async def outcomes(folder: Path) -> list[tuple[str, float, Path]]:
    """What became of each file: ``read``, ``refused`` or the error's kind; how many seconds it took."""
    found = []
    facts = {"url": "http://127.0.0.1:8097/tests/feed", "content_type": "application/xml", "now": _NOW}
    async with Workers(1) as workers:
        for path in files_under(folder):
            started = time.perf_counter()
            try:
                answer = await workers.run("feed", facts, path.read_bytes(), path.name)
                what = "refused" if "refused" in answer else "read"
            except SourceError as error:
                what = f"{type(error).__name__}: {error.what.partition(' ')[2]}"
            found.append((what, time.perf_counter() - started, path))
    return found


def main() -> None:
    """Print the tally."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    found = asyncio.run(outcomes(parser.parse_args().folder))
    for what, number in Counter(what for what, _, _ in found).most_common():
        print(f"{number:6}  {what}")
    for what, seconds, path in sorted(found, key=lambda each: -each[1])[:3]:
        print(f"{seconds:6.2f} s  {path.name}: {what}")
    print(f"{len(found)} files, {sum(seconds for _, seconds, _ in found):.1f} s in all")


if __name__ == "__main__":
    main()
