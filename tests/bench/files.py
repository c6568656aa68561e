"""How long a folder of digests takes to load, to load again, and to be looked at. Prints; asserts nothing.

``python -m tests.bench.files [--digests 10000]``. The peer, in the same run, is the least that any reader must do:
open every file and hand its bytes to the standard library's JSON parser.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

from bot.domain.digests import Digest
from bot.stores.files import FileDigestStore, check
from bot.stores.files.folder import listed
from bot.stores.files.reading import digest_of
from bot.stores.files.text import json_text

DIGESTS = Path(__file__).parents[2] / "digests"


def generate(folder: Path, count: int) -> int:
    """Write ``count`` digests, copies of the shipped ones under ids of their own; returns their bytes."""
    models = [json.loads(path.read_bytes()) for path in sorted(DIGESTS.glob("*/*/*.json"))]
    size = 0
    for number in range(count):
        value: dict[str, Any] = models[number % len(models)]
        published = value["article"]["published"]
        value |= {"id": f"{published[:10]}-copy-{number}-{number:08x}"}
        path = folder / published[:4] / published[5:7] / f"{value['id']}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(json_text(value).encode())
    return size


def plain_read(folder: Path) -> int:
    """The peer: parse every file, check nothing."""
    return sum(bool(json.loads(path.read_bytes())) for path in folder.rglob("*.json"))


def timed(act: Callable[[], object]) -> float:
    """Seconds that ``act`` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


async def seconds(act: Callable[[], Awaitable[object]]) -> float:
    """Seconds that the awaited ``act`` takes."""
    start = time.perf_counter()
    await act()
    return time.perf_counter() - start


async def until_told(store: FileDigestStore, first: Digest, times: int = 5) -> list[float]:
    """Seconds from a changed digest to the word of it."""
    waits = []
    async with aclosing(cast(Any, store.changes())) as changes:
        waiting = asyncio.ensure_future(anext(changes))
        await asyncio.sleep(2)
        for number in range(times):
            changed = first.model_copy(update={"headline": f"Changed {number}"})
            start = time.perf_counter()
            await store.file(changed)
            await waiting
            waits.append(time.perf_counter() - start)
            waiting = asyncio.ensure_future(anext(changes))
            await asyncio.sleep(0.5)
        waiting.cancel()
        await asyncio.wait({waiting})
    return waits


async def main(count: int) -> None:
    """Measure one folder of ``count`` digests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = generate(folder, count)
        print(f"{count:,} digests, {size / 1e6:.0f} MB")
        await asyncio.sleep(2.2)  # files just written are read again on purpose; let them settle
        peer = min(timed(lambda: plain_read(folder)) for _ in range(2))
        store = FileDigestStore(folder)
        one = folder / next(iter(listed(folder).stamps))

        def report(what: str, took: float) -> None:
            print(f"{what:34}{took:8.3f} s{took / peer:8.2f} × plain parse")

        report("plain parse (peer)", peer)
        report("cold load", await seconds(store.load))
        report("reload, nothing changed", await seconds(store.load))
        first = digest_of(one.read_bytes())
        await store.file(first.model_copy(update={"headline": "Changed"}))
        report("reload, one changed", await seconds(store.load))
        report("one look at the folder", timed(lambda: listed(folder)))
        report("get by id", await seconds(lambda: store.get(first.id)))
        report("check", timed(lambda: check([folder])))
        report("change told, median of 5", statistics.median(await until_told(store, first)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digests", type=int, default=10_000)
    asyncio.run(main(parser.parse_args().digests))
