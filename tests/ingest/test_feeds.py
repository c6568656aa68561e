from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.errors import BadRequest, Gone, NotAllowed, NotFound, SourceError, Unreachable
from bot.domain.feeds import PAGE_ATTEMPTS, SOONEST, Entry, Feed
from bot.ports import FeedAnswer, FoundFeed, Validators
from bot.services.feeds import EntryRead, FeedPolled, FeedService
from bot.services.ingest import IngestService
from tests.fakes import FakeClock
from tests.ingest.fakes import (
    NOW,
    MemoryArticles,
    MemoryDigests,
    MemoryFeeds,
    MemoryPages,
    PlainDigester,
    ScriptedFeeds,
    ScriptedPages,
    article,
    document,
)

pytestmark = pytest.mark.anyio
URL = "https://example.com/feed.xml"


def entry(n: int, *, title: str = "A headline of some length, number {}", content: str = "") -> Entry:
    """The nth entry, published n minutes ago."""
    url = f"https://example.com/{n}"
    return Entry(f"id-{n}", url, title.format(n), NOW - timedelta(minutes=n), content=content)


def answer(*entries: Entry, sha256: str = "a", moved_to: str = "") -> FeedAnswer:
    """What a server says with those entries."""
    return FeedAnswer(document(*entries, sha256=sha256), URL, Validators(f'"{sha256}"'), moved_to=moved_to)


@dataclass(slots=True)
class Wire:
    """A feed service with everything it asks and writes in sight."""

    web: ScriptedFeeds = field(default_factory=ScriptedFeeds)
    pages: ScriptedPages = field(default_factory=ScriptedPages)
    feeds: MemoryFeeds = field(default_factory=MemoryFeeds)
    digests: MemoryDigests = field(default_factory=MemoryDigests)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    memory: MemoryPages = field(default_factory=MemoryPages)

    def service(self) -> FeedService:
        """A service as after a start."""
        ingest = IngestService(self.pages, PlainDigester(), self.digests, MemoryArticles(), self.memory, self.clock)
        return FeedService(self.web, self.feeds, ingest, self.clock, random.Random(1).random)

    def publish(self, *numbers: int) -> None:
        """Put pages behind entries."""
        for n in numbers:
            url = f"https://example.com/{n}"
            words = [f"Sentence {m} of story {n} tells of gate {n * m}." for m in range(4)]
            self.pages.articles[url] = article(*words, url=url, title=f"A headline of some length, number {n}")

    @property
    def feed(self) -> Feed:
        """The only feed."""
        (only,) = self.feeds.kept.values()
        return only


@pytest.fixture
def wire() -> Wire:
    """A wire whose feed lists seven entries, all with pages."""
    made = Wire(ScriptedFeeds({URL: answer(*(entry(n) for n in range(7)))}))
    made.publish(*range(20))
    return made


async def test_a_feed_becomes_digests(wire: Wire) -> None:
    """Added, asked and read: its newest few entries are filed, and its record says so."""
    service = wire.service()
    added = await service.add(URL)

    await service.poll_due()
    await service.read_waiting()

    assert added.new
    assert sorted(d.article.url or "" for d in wire.digests.kept.values()) == [
        f"https://example.com/{n}" for n in range(5)
    ]
    assert (wire.feed.title, wire.feed.items, wire.feed.failures) == ("Sample Wire", 5, 0)
    assert wire.feed.last_success == NOW < wire.feed.next_try


async def test_only_due_feeds_are_asked(wire: Wire) -> None:
    """A feed is asked at its time and not before; unchanged, it is not parsed and nothing is read."""
    service = wire.service()
    await service.add(URL)

    for _ in range(3):
        await service.poll_due()
    wire.clock.move(SOONEST * 2)
    await service.poll_due()
    await service.read_waiting()

    assert len(wire.web.asked) == 2
    assert len(wire.pages.fetched) == 5


async def test_what_is_new_is_read_once(wire: Wire) -> None:
    """The next answer's new entries are read, the old not again, also after a restart in between."""
    service = wire.service()
    await service.add(URL)
    await service.poll_due()
    await service.read_waiting()
    wire.web.answers[URL] = answer(*(entry(n) for n in range(10)), sha256="b")
    wire.clock.move(timedelta(hours=1))

    await wire.service().poll_due()
    await wire.service().read_waiting()

    assert sorted(wire.pages.fetched) == sorted(f"https://example.com/{n}" for n in (*range(5), 7, 8, 9))


async def test_a_restart_between_asking_and_reading_loses_nothing(wire: Wire) -> None:
    """What was asked for but not read waits in the store."""
    service = wire.service()
    await service.add(URL)
    await service.poll_due()

    await wire.service().read_waiting()

    assert len(wire.digests.kept) == 5


async def test_a_page_that_cannot_be_had_is_tried_again(wire: Wire) -> None:
    """A passing trouble is tried again after a pause and filed then; the others do not wait for it."""
    wire.pages.articles["https://example.com/2"] = Unreachable("x", "It is in trouble.", "Wait.")
    service = wire.service()
    await service.add(URL)
    await service.poll_due()
    await service.read_waiting()
    before = len(wire.digests.kept)
    wire.publish(2)
    await service.read_waiting()
    too_soon = len(wire.digests.kept)
    wire.clock.move(timedelta(hours=1))

    await service.read_waiting()

    assert (before, too_soon, len(wire.digests.kept)) == (4, 4, 5)
    assert wire.feed.waiting == ()


async def test_a_page_that_never_comes_is_given_up_for_the_feeds_own_text(wire: Wire) -> None:
    """After the last attempt, and at once where we may not fetch, the text inside the feed is the article."""
    wire.web.answers[URL] = answer(entry(1, content="<p>" + "The text inside the feed. " * 40), entry(2))
    wire.pages.articles["https://example.com/1"] = Unreachable("x", "It is in trouble.")
    wire.pages.articles["https://example.com/2"] = NotAllowed("x", "It is closed by robots.txt.")
    service = wire.service()
    await service.add(URL)
    await service.poll_due()
    for _ in range(PAGE_ATTEMPTS):
        await service.read_waiting()
        wire.clock.move(timedelta(days=2))

    assert [d.article.url for d in wire.digests.kept.values()] == ["https://example.com/1"]
    assert wire.pages.fetched.count("https://example.com/1") == PAGE_ATTEMPTS
    assert wire.pages.fetched.count("https://example.com/2") == 1
    assert wire.feed.waiting == ()


async def test_a_corrected_entry_updates_its_digest(wire: Wire) -> None:
    """A feed that says an entry changed has its page looked at again."""
    service = wire.service()
    await service.add(URL)
    await service.poll_due()
    await service.read_waiting()
    url = "https://example.com/1"
    wire.pages.articles[url] = article("The gate did not open after all, the mayor said.", url=url, title="Gate shut")
    wire.web.answers[URL] = answer(
        entry(0), entry(1, title="A headline that was corrected later"), *(entry(n) for n in range(2, 7)), sha256="b"
    )
    wire.clock.move(timedelta(hours=1))

    await service.poll_due()
    await service.read_waiting()

    assert sum(d.article.supersedes is not None for d in wire.digests.kept.values()) == 1


FAILURES: dict[str, SourceError] = {
    "slow": Unreachable("x", "It did not answer within 20 s.", "It is tried again later."),
    "asked to wait": Unreachable("x", "It asks us to come less often.", "", timedelta(hours=2)),
    "gone": Gone("x", "It is gone for good (410).", "Remove it."),
    "private": NotAllowed("x", "It leads to a private network.", "Give a public address."),
}


@pytest.mark.parametrize("trouble", FAILURES)
async def test_one_feed_in_trouble_harms_no_other(wire: Wire, trouble: str) -> None:
    """It is named with its error and asked again later (or never, when gone); the other is read as ever."""
    service = wire.service()
    await service.add(URL)
    wire.web.answers["https://bad.example/feed"] = answer()
    bad = (await service.add("https://bad.example/feed")).feed
    wire.web.answers["https://bad.example/feed"] = FAILURES[trouble]

    await service.poll_due()
    await service.read_waiting()

    after = wire.feeds.kept[bad.id]
    assert after.error.startswith(FAILURES[trouble].what)
    assert (after.failures, after.state) == (1, "gone" if trouble == "gone" else "active")
    assert after.next_try - NOW >= (FAILURES[trouble].retry_after or SOONEST * 0.9)
    assert len(wire.digests.kept) == 5
    assert [c.startswith(f"Feed {bad.name}: ") for c in await service.complaints()] == [True]


async def test_a_private_feeds_key_is_told_to_nobody(wire: Wire, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither logs nor complaints hold the key in a feed's or an entry's address."""
    secret = "https://private.example/feed?token=s3cr3t-key"
    wire.web.answers[secret] = answer(replace(entry(1), url="https://private.example/1?auth=s3cr3t-key"))
    wire.pages.articles["https://private.example/1?auth=s3cr3t-key"] = Unreachable("x", "It is slow.")
    service = wire.service()
    await service.add(secret)
    await service.poll_due()
    await service.read_waiting()
    wire.web.answers[secret] = Unreachable("x", "It is in trouble.")
    wire.clock.move(timedelta(hours=1))
    await service.poll_due()
    wire.feeds.kept[wire.feed.id] = replace(wire.feed, title="")

    told = "\n".join(await service.complaints()) + wire.feed.name
    await service.remove(wire.feed.id)

    assert "private.example" in told
    assert "s3cr3t" not in told + "".join(capfd.readouterr())


async def test_a_feed_follows_its_server_when_it_moves(wire: Wire) -> None:
    """A permanent move changes its address and nothing else."""
    service = wire.service()
    await service.add(URL)
    wire.web.answers[URL] = replace(answer(entry(1)), moved_to="https://example.com/new.xml")

    await service.poll_due()

    assert wire.feed.url == "https://example.com/new.xml"
    assert (await service.find("https://example.com/new.xml")).id == wire.feed.id


async def test_a_feed_is_added_once(wire: Wire) -> None:
    """Other spellings of its address are the same feed; adding one that was gone asks it again."""
    service = wire.service()
    first = await service.add(URL)
    wire.feeds.kept[first.feed.id] = replace(first.feed, state="gone", failures=9)

    again = await service.add("HTTPS://EXAMPLE.com:443/feed.xml#top")

    assert (first.new, again.new, again.feed.id) == (True, False, first.feed.id)
    assert (wire.feed.state, wire.feed.failures) == ("active", 0)


async def test_what_is_no_address_is_refused(wire: Wire) -> None:
    """Words and paths are a request to be corrected."""
    with pytest.raises(BadRequest, match="not a web address"):
        await wire.service().add("the news please")


async def test_a_feed_is_found_by_what_people_call_it(wire: Wire) -> None:
    """Address, id or title name a feed; a title of two is a question, an unknown one an error."""
    service = wire.service()
    feed = (await service.add(URL)).feed
    await service.poll_due()
    wire.web.answers["https://b.example/feed"] = answer(entry(1))
    await service.add("https://b.example/feed")

    found = [
        (await service.find(name)).id
        for name in (URL, feed.id, "example.com/feed.xml".replace("example", "https://example", 1))
    ]

    assert set(found) == {feed.id}
    with pytest.raises(BadRequest, match="Several feeds"):
        await service.find("sample wire")
    with pytest.raises(NotFound, match="No feed"):
        await service.remove("Nobody's Wire")


async def test_a_removed_feed_stays_removed(wire: Wire) -> None:
    """A poll that was under way when it was removed does not bring it back."""
    service = wire.service()
    await service.add(URL)
    wire.web.while_asked = wire.feeds.kept.clear

    await service.poll_due()

    assert wire.web.asked == [URL]
    assert wire.feeds.kept == {}


async def test_an_import_shows_before_it_adds(wire: Wire) -> None:
    """The plan names what is new, known and refused, and changes nothing; carried out twice it adds once."""
    service = wire.service()
    await service.add(URL)
    wire.web.opml = [
        FoundFeed(URL),
        FoundFeed("https://b.example/feed", "B", "World"),
        FoundFeed("https://B.example/feed#x"),
        FoundFeed("ftp://c.example/feed"),
    ]

    plan = await service.plan_import("feeds.opml", local=True)
    before = len(wire.feeds.kept)
    added = [await service.carry_out(plan) for _ in range(2)]

    assert [f.url for f in plan.new] == ["https://b.example/feed"]
    assert [f.url for f in plan.known] == [URL, "https://B.example/feed#x"]
    assert [(f.url, bool(why)) for f, why in plan.refused] == [("ftp://c.example/feed", True)]
    assert (before, [len(feeds) for feeds in added], len(wire.feeds.kept)) == (1, [1, 0], 2)
    assert "https://b.example/feed" in await service.export()


async def test_a_poll_tells_its_steps(wire: Wire) -> None:
    """Asked at once, due or not: one event a feed and one an entry, and all that is new is read."""
    service = wire.service()
    await service.add(URL)
    await service.poll_due()
    wire.web.answers[URL] = answer(*(entry(n) for n in range(12)), sha256="b")

    events = [event async for event in service.poll()]

    polled = [event for event in events if isinstance(event, FeedPolled)]
    read = [event for event in events if isinstance(event, EntryRead)]
    assert [(event.new, event.error) for event in polled] == [(5, "")]
    assert len(read) == 10
    assert {event.result.status for event in read} == {"added"}


async def test_many_articles_do_not_keep_one_feed_waiting(wire: Wire) -> None:
    """Pages are read in turn from each feed, so a flood at one delays no other."""
    wire.publish(*range(200))
    urls = [f"https://f{n}.example/feed" for n in range(3)]
    for number, url in enumerate(urls):
        wire.web.answers[url] = answer(entry(number * 50))
        await wire.service().add(url)
    await wire.service().poll_due()
    await wire.service().read_waiting()
    wire.clock.move(timedelta(hours=1))
    flood = [entry(n) for n in range(1, 30)]
    wire.web.answers |= {
        urls[0]: answer(*flood, sha256="b"),
        urls[1]: answer(entry(51), sha256="b"),
        urls[2]: answer(entry(101), sha256="b"),
    }
    wire.pages.fetched.clear()

    await wire.service().poll_due()
    await wire.service().read_waiting()

    assert {"https://example.com/51", "https://example.com/101"} <= set(wire.pages.fetched[:6])
