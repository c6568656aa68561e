"""Feeds a minute, articles a second, memory: ``python -m tests.bench.feeds [--feeds 400] [--peer PYTHON]``.

The same loopback feeds are updated by Lede and, where PYTHON has the ``reader`` package, by it, in one run: when all
are new, when the server answers 304, and when it sends the same bytes without validators. Then Lede reads the pages.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import structlog

from bot.ports import FoundFeed
from bot.services.feeds import FeedService, ImportPlan
from bot.services.ingest import IngestService
from bot.sources.assembly import Sources
from bot.stores.sql.feeds import SqlFeeds, SqlPages
from bot.stores.sql.opening import open_database
from tests.fakes import FakeClock
from tests.ingest.fakes import NOW, MemoryArticles, MemoryDigests, PlainDigester
from tests.sources.site import page

_ENTRIES = 30
_WORDS = "lake dam gate crack water office mayor minister engineer valley town school bridge report warned fell".split()
_READER = """
import json, sys, time
from reader import make_reader
reader = make_reader(sys.argv[1])
for url in json.loads(sys.argv[2]):
    reader.add_feed(url)
times = []
for _ in range(int(sys.argv[3])):
    started = time.perf_counter()
    for _ in reader.update_feeds_iter(workers=int(sys.argv[4]), scheduled=False):
        pass
    times.append(time.perf_counter() - started)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(json.dumps({"times": times, "memory": peak}))
"""


def _prose(seed: str, sentences: int) -> list[str]:
    chance = Random(seed)
    return [" ".join(chance.choices(_WORDS, k=16)).capitalize() + "." for _ in range(sentences)]


class _Wire(BaseHTTPRequestHandler):
    """Feeds at ``/tagged/N`` (with an ETag) and ``/plain/N``, pages at ``/page/N/M``."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        kind, *rest = self.path.strip("/").split("/")
        tag = '"1"' if kind == "tagged" else ""
        if tag and self.headers.get("If-None-Match") == tag:
            self._send(304, b"", tag)
        elif kind == "page":
            self._send(200, page(f"Story {'/'.join(rest)}", *_prose(self.path, 30)), "", "text/html; charset=utf-8")
        elif kind in ("tagged", "plain"):
            self._send(200, self._feed(rest[0]), tag)
        else:
            self._send(404, b"", "")

    def _feed(self, number: str) -> bytes:
        items = "".join(
            f"<item><guid>{number}-{n}</guid><title>Story {number}/{n}: {_prose(f'{number}/{n}', 1)[0]}</title>"
            f"<link>/page/{number}/{n}</link><pubDate>Mon, 12 Jan 2026 {n % 24:02}:00:00 +0000</pubDate>"
            f"<description>{' '.join(_prose(f'{number}-{n}', 3))}</description></item>"
            for n in range(_ENTRIES)
        )
        return f'<rss version="2.0"><channel><title>Wire {number}</title>{items}</channel></rss>'.encode()

    def _send(self, status: int, body: bytes, tag: str, kind: str = "application/rss+xml") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _serve(port: multiprocessing.Queue[int]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Wire)
    server.daemon_threads = True
    port.put(server.server_address[1])
    server.serve_forever()


@contextmanager
def _wire() -> Iterator[int]:
    """The port of a server in a process of its own."""
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_serve, args=(port,), daemon=True)
    process.start()
    try:
        yield port.get(timeout=10)
    finally:
        process.terminate()
        process.join()


@dataclass(slots=True)
class Measured:
    """What Lede took."""

    times: list[float] = field(default_factory=list)  #: seconds of each round over all feeds
    pages: float = 0.0  #: articles a second
    memory: int = 0  #: the most this process held, in kilobytes
    pauses: list[float] = field(default_factory=list)  #: seconds by which the event loop was late, sampled all along


async def _watch(pauses: list[float]) -> None:
    while True:
        started = time.perf_counter()
        await asyncio.sleep(0.01)
        pauses.append(time.perf_counter() - started - 0.01)


async def ours(urls: list[str], folder: Path, rounds: int, port: int, pages: int) -> Measured:
    """Poll every feed ``rounds`` times, then read pages."""
    found = Measured()
    watch = asyncio.create_task(_watch(found.pauses))
    clock = FakeClock(NOW)
    database = await open_database(f"sqlite:///{folder / 'ours.db'}")
    async with Sources(clock, allow_networks=["127.0.0.0/8"], allow_ports=[port], pause=0.0) as sources:
        ingest = IngestService(
            sources.articles, PlainDigester(), MemoryDigests(), MemoryArticles(), SqlPages(database), clock
        )
        service = FeedService(sources.feeds, SqlFeeds(database), ingest, clock, Random(1).random)
        await service.carry_out(ImportPlan(tuple(FoundFeed(url) for url in urls), (), ()))
        for _ in range(rounds):
            started = time.perf_counter()
            for _ in range(0, len(urls), 500):
                await service.poll_due()
            found.times.append(time.perf_counter() - started)
            clock.instant = max(feed.next_try for feed in await service.list())
        started, read = time.perf_counter(), 0
        wanted = [f"http://127.0.0.1:{port}/page/x/{n}" for n in range(pages)]
        async for result in ingest.add_all(wanted):
            read += result.status == "added"
        found.pages = read / (time.perf_counter() - started)
    await database.close()
    watch.cancel()
    found.memory = _peak()
    return found


def _peak() -> int:
    """The most memory this process has held, in kilobytes; a child's own count would begin with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def theirs(python: str, urls: list[str], folder: Path, rounds: int) -> tuple[list[float], int]:
    """The same by ``reader``."""
    arguments = [python, "-c", _READER, str(folder / "reader.db"), json.dumps(urls), str(rounds), "8"]
    run = subprocess.run(arguments, check=False, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{python} cannot run reader: {run.stderr.strip().splitlines()[-1]}")
    told = json.loads(run.stdout)
    return told["times"], told["memory"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--feeds", type=int, default=400)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--peer", default="", help="a Python that has the reader package")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    for kind, rounds in (("tagged", ("new", "304")), ("plain", ("new", "same bytes"))):
        with _wire() as port, tempfile.TemporaryDirectory() as name:
            urls = [f"http://127.0.0.1:{port}/{kind}/{n}" for n in range(options.feeds)]
            mine = asyncio.run(ours(urls, Path(name), len(rounds), port, options.pages))
            peer, peer_memory = theirs(options.peer, urls, Path(name), len(rounds)) if options.peer else ([], 0)
        for n, what in enumerate(rounds):
            line = f"{what:>10}: {60 * len(urls) / mine.times[n]:8.0f} feeds a minute"
            if peer:
                line += f"; reader {60 * len(urls) / peer[n]:8.0f}; ratio {peer[n] / mine.times[n]:.2f}"
            print(line)
        told = f"; reader {peer_memory / 1024:.0f} MB" if peer else ""
        late = sorted(mine.pauses)
        print(f"{'':>10}  peak memory {mine.memory / 1024:.0f} MB (and two parsers){told}; ", end="")
        print(f"{mine.pages:.1f} articles a second")
        print(f"{'':>10}  event loop late by {1000 * late[len(late) // 2]:.0f} ms in the median, ", end="")
        print(f"{1000 * late[int(len(late) * 0.99)]:.0f} ms at the 99th percentile, {1000 * late[-1]:.0f} ms at most")


if __name__ == "__main__":
    main()
