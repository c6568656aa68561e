"""A day of polling: real servers on loopback, good and bad, read by the real client, workers and store.

The clock is simulated and jumps from one due moment to the next; everything else is as in production. Used by the test
of one day and, with more feeds, by ``python -m tests.bench.day``.
"""

from __future__ import annotations

import asyncio
import resource
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bot.domain.feeds import Feed
from bot.ports import FoundFeed
from bot.services.feeds import FeedService, ImportPlan
from bot.services.ingest import IngestService
from bot.sources.assembly import Sources
from bot.stores.sql.feeds import SqlFeeds, SqlPages
from bot.stores.sql.opening import open_database
from tests.fakes import FakeClock
from tests.ingest.fakes import NOW, MemoryArticles, MemoryDigests, PlainDigester
from tests.sources.site import Asked, Behaviour, Reply, Site, page, running

XML = {"Content-Type": "application/rss+xml"}
_DEADLINE = 0.6
_WORDS = """lake dam gate crack water office mayor minister engineer valley town school bridge report warned opened fell
rose left waited said promised found lost built closed early late quiet heavy narrow old new seven twelve forty under
over along without""".split()


async def _drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 Sample\r\nContent-Type: application/rss+xml\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 Sample\r\nContent-Type: application/rss+xml\r\n\r\n")
    while True:
        writer.write(b"<item>" * 20_000)
        await writer.drain()


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(60)) + packer.flush()


#: What each bad server does, and the words that its feed's health must then say.
FAULTS: dict[str, tuple[Behaviour, str]] = {
    "slow drip": (_drip, "did not answer within"),
    "endless body": (_endless, "larger than"),
    "gzip bomb": (Reply(_bomb(), headers=XML | {"Content-Encoding": "gzip"}), "larger than"),
    "redirect loop": (Reply(status=302, headers={"Location": "?again"}), "redirects"),
    "wrong length": (Reply(b"<rss", headers=XML, length=900), "broke off"),
    "TLS error": (Reply(b""), "cannot be trusted"),
    "304 loop": (Reply(status=304), "did not ask"),
    "in trouble": (Reply(status=503, headers={"Retry-After": "7200"}), "in trouble"),
    "gone": (Reply(status=410), "gone for good"),
    "web page": (Reply(b"<html><body>Hello</body></html>"), "web page"),
    "hostile": (Reply(b'<rss version="2.0"><channel ' + b"a=b " * 40_000 + b">", headers=XML), "pars|feed|well-formed"),
    "private redirect": (Reply(status=302, headers={"Location": "http://10.0.0.1/feed"}), "private network"),
}


@dataclass(slots=True)
class Newspaper:
    """A good feed: a new article every so often, its text at its own address."""

    number: int
    every: timedelta
    clock: FakeClock
    churns: bool = False  #: new ids and addresses for the same articles in every answer
    answers: int = 0

    def published(self, until: datetime) -> list[int]:
        """The numbers of the articles published by then, from the day's beginning on."""
        return list(range((until - NOW) // self.every + 1))

    def feed(self, asked: Asked) -> Reply:
        """The latest twenty articles as RSS, or 304."""
        numbers = self.published(self.clock.now())
        self.answers += 1
        mark = f'"{len(numbers)}"'
        if asked.headers.get("if-none-match") == mark and not self.churns:
            return Reply(status=304, headers={"ETag": mark})
        items = "".join(self._item(n) for n in reversed(numbers[-20:]))
        body = f'<rss version="2.0"><channel><title>Wire {self.number}</title>{items}</channel></rss>'
        return Reply(body.encode(), headers=XML | {"ETag": mark})

    def _item(self, n: int) -> str:
        when = (NOW + n * self.every).strftime("%a, %d %b %Y %H:%M:%S +0000")
        churn = f"?session={self.answers}" if self.churns else ""
        id_ = f"{self.number}-{n}-{self.answers if self.churns else 0}"
        address = f"/n{self.number}/{n}{churn}"
        head = f"<guid>{id_}</guid><title>{self.title(n)}</title>"
        return f"<item>{head}<link>{address}</link><pubDate>{when}</pubDate></item>"

    def title(self, n: int) -> str:
        """The headline of the nth article."""
        words = Random(1000 * self.number + n)
        return f"{' '.join(words.choices(_WORDS, k=6)).capitalize()} {n}"

    def page(self, asked: Asked) -> Reply:
        """An article's page."""
        n = int(asked.path.partition("?")[0].rsplit("/", 1)[1])
        words = Random(1000 * self.number + n)
        sentences = (" ".join(words.choices(_WORDS, k=14)).capitalize() + "." for _ in range(6))
        return Reply(page(self.title(n), *sentences))


@dataclass(slots=True)
class Day:
    """What happened."""

    feeds: dict[str, Feed] = field(default_factory=dict)  #: by what they are
    filed: Counter[str] = field(default_factory=Counter)  #: digests by address of the article
    asked: Counter[str] = field(default_factory=Counter)  #: requests by path without query
    expected: dict[str, set[str]] = field(default_factory=dict)  #: paths of articles by feed
    complaints: dict[str, str] = field(default_factory=dict)
    wakes: int = 0
    memory: list[int] = field(default_factory=list)  #: peak kilobytes after each simulated hour


async def a_day(folder: Path, good: int, hours: int = 24, told: Callable[[int], None] = lambda _: None) -> Day:
    """Poll ``good`` newspapers and every fault for that many simulated hours."""
    clock, chance, day = FakeClock(NOW), Random(5), Day()
    database = await open_database(f"sqlite:///{folder / 'lede.db'}")
    async with (
        running() as site,
        Sources(
            clock, allow_networks=["127.0.0.0/8"], allow_ports=range(1024, 65536), deadline=_DEADLINE, pause=0.0
        ) as sources,
    ):
        digests = MemoryDigests()
        ingest = IngestService(sources.articles, PlainDigester(), digests, MemoryArticles(), SqlPages(database), clock)
        service = FeedService(sources.feeds, SqlFeeds(database), ingest, clock, chance.random)
        papers = _open(site, clock, good)
        urls = {f"wire {p.number}": site.url(f"/f{p.number}") for p in papers}
        urls |= {name: _fault_url(site, name) for name in FAULTS}
        await service.carry_out(ImportPlan(tuple(FoundFeed(url, name) for name, url in urls.items()), (), ()))
        await _polled(service, site, clock, NOW + timedelta(hours=hours), day, told)
        kept = {feed.url: feed for feed in await service.list()}
        day.feeds = {name: kept[url] for name, url in urls.items()}
        day.filed = Counter(d.article.url or "" for d in digests.kept.values())
        late = clock.now() - timedelta(hours=5)
        day.expected = {f"wire {p.number}": {site.url(f"/n{p.number}/{n}") for n in p.published(late)} for p in papers}
        for words in await service.complaints():
            day.complaints |= {
                name: words for name, feed in day.feeds.items() if words.startswith(f"Feed {feed.name}:")
            }
    await database.close()
    return day


def _open(site: Site, clock: FakeClock, good: int) -> list[Newspaper]:
    papers = [Newspaper(n, timedelta(minutes=20 + 37 * (n % 9)), clock, churns=n % 8 == 7) for n in range(good)]
    for paper in papers:
        site.routes[f"/f{paper.number}"] = paper.feed
        site.routes[f"/n{paper.number}/*"] = paper.page
    site.routes |= {f"/{name.replace(' ', '-')}": behaviour for name, (behaviour, _) in FAULTS.items()}
    return papers


def _fault_url(site: Site, name: str) -> str:
    url = site.url(f"/{name.replace(' ', '-')}")
    return url.replace("http:", "https:") if name == "TLS error" else url


async def _polled(
    service: FeedService, site: Site, clock: FakeClock, until: datetime, day: Day, told: Callable[[int], None]
) -> None:
    """Wake every five minutes, as the timetable would."""
    while clock.now() < until:
        await service.poll_due()
        await service.read_waiting()
        clock.move(timedelta(minutes=5))
        day.wakes += 1
        # Counted and dropped, so that what grows is not the test itself.
        day.asked.update(asked.path.partition("?")[0] for asked in site.asked)
        site.asked.clear()
        if day.wakes % 12 == 0:
            day.memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
            told(day.wakes // 12)
