from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.domain.errors import NotAnArticle, Unreachable
from bot.ports import Given
from bot.services.ingest import IngestService, text_page
from tests.fakes import FakeClock
from tests.ingest.fakes import (
    NOW,
    STORY,
    MemoryArticles,
    MemoryDigests,
    MemoryPages,
    PlainDigester,
    ScriptedPages,
    article,
)

pytestmark = pytest.mark.anyio
URL = "https://example.com/ambry"


@dataclass(slots=True)
class Desk:
    """An ingest service with everything it writes to in sight."""

    pages: ScriptedPages = field(default_factory=ScriptedPages)
    digester: PlainDigester = field(default_factory=PlainDigester)
    digests: MemoryDigests = field(default_factory=MemoryDigests)
    articles: MemoryArticles = field(default_factory=MemoryArticles)
    memory: MemoryPages = field(default_factory=MemoryPages)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))

    def service(self) -> IngestService:
        """A service as after a start."""
        return IngestService(self.pages, self.digester, self.digests, self.articles, self.memory, self.clock)


@pytest.fixture
def desk() -> Desk:
    """A desk whose web has one article."""
    return Desk(ScriptedPages({URL: article()}))


async def test_an_article_is_filed_with_its_sentences(desk: Desk) -> None:
    """What is added can be served, and what its evidence points into is kept."""
    result = await desk.service().add(URL)

    assert (result.status, result.digest) == ("added", article().id)
    assert list(desk.digests.kept) == list(desk.articles.kept) == [article().id]


async def test_what_is_known_costs_no_parsing(desk: Desk) -> None:
    """An unchanged page is a duplicate by its validators, also after a restart, under any spelling of its address."""
    await desk.service().add(URL)

    results = [await desk.service().add(url) for url in (URL, URL)]

    assert [(r.status, r.digest) for r in results] == [("duplicate", article().id)] * 2
    assert len(desk.pages.read_pages) == len(desk.digester.digested) == 1


async def test_the_same_bytes_of_a_page_cost_no_parsing(desk: Desk) -> None:
    """A server that knows no validators is answered by the hash of what it sends."""
    desk.pages.forgetful = True
    service = desk.service()

    results = [await service.add(URL) for _ in range(3)]

    assert [result.status for result in results] == ["added", "duplicate", "duplicate"]
    assert (len(desk.pages.fetched), len(desk.pages.read_pages)) == (3, 1)


async def test_the_same_bytes_of_a_file_cost_no_parsing(desk: Desk) -> None:
    """A file is known by its hash, wherever it lies."""
    desk.pages.articles["/news/a.txt"] = desk.pages.articles["/copies/b.txt"] = article(url=None)
    service = desk.service()
    first = await service.add("/news/a.txt", local=True)

    again = await service.add("/copies/b.txt", local=True)

    assert (first.status, again.status, again.digest) == ("added", "duplicate", first.digest)
    assert desk.pages.read_pages == ["/news/a.txt"]


async def test_a_text_that_is_digested_already_is_a_duplicate(desk: Desk) -> None:
    """A copy without an address is known by its words, however it is titled."""
    await desk.service().add(URL)
    desk.pages.articles["/a.txt"] = article(url=None, title="Another title", published=NOW + timedelta(days=3))

    result = await desk.service().add("/a.txt", local=True)

    assert (result.status, result.digest) == ("duplicate", article().id)


async def test_a_date_given_later_is_no_duplicate(desk: Desk) -> None:
    """Whoever forgot the day of a text, by which its "Friday" is read, says it and has the digest made anew."""
    desk.pages.articles["/a.txt"] = article(url=None)
    service, given = desk.service(), Given(published=NOW - timedelta(days=9))
    first = await service.add("/a.txt", local=True)

    dated = await service.add("/a.txt", given, local=True)
    again = await service.add("/a.txt", given, local=True)

    assert (first.status, dated.status, again.status) == ("added", "updated", "duplicate")
    assert dated.reason == f"Changed since {first.digest}: its date."
    assert desk.digests.kept[dated.digest or ""].article.supersedes == first.digest


async def test_a_text_without_a_date_says_which_it_was_given(desk: Desk) -> None:
    """The day of a file or of the fetching is no fact of the article's."""
    desk.pages.articles["/a.txt"] = article(url=None).model_copy(update={"undated": True})
    desk.pages.articles["/b.txt"] = article(url=None, published=NOW - timedelta(days=9))

    undated = await desk.service().add("/a.txt", local=True)
    dated = await desk.service().add("/b.txt", local=True)

    assert "It names no date, so it is filed under 13 Jan 2026, today’s" in undated.reason
    assert desk.digests.kept[undated.digest or ""].article.undated
    assert "names no date" not in dated.reason


async def test_a_date_is_told_at_last(desk: Desk) -> None:
    """Once a page says when it appeared, its digest is made anew; what was told once is not forgotten again."""
    desk.pages.articles[URL] = article().model_copy(update={"undated": True})
    service, day = desk.service(), NOW - timedelta(days=9)
    first = await service.add(URL)

    desk.pages.articles[URL] = article(published=day)
    told = await service.add(URL)
    desk.pages.articles[URL] = article(*STORY, "It rains.").model_copy(update={"undated": True})
    later = desk.digests.kept[(await service.add(URL)).digest or ""]

    assert (told.status, told.reason) == ("updated", f"Changed since {first.digest}: its date.")
    assert (later.article.published, later.article.undated) == (day, None)


async def test_the_day_it_was_filed_under_can_be_confirmed(desk: Desk) -> None:
    """Who says that an undated text appeared on the very day it is filed under tells something new."""
    desk.pages.articles["/a.txt"] = article(url=None).model_copy(update={"undated": True})
    service = desk.service()
    await service.add("/a.txt", local=True)

    said = await service.add("/a.txt", Given(published=NOW), local=True)

    assert said.status == "updated"
    assert not desk.digests.kept[said.digest or ""].article.undated


async def test_the_same_words_elsewhere_are_another_source(desk: Desk) -> None:
    """The same agency text at ten outlets gives ten digests, for one story with ten sources."""
    urls = {f"https://paper{n}.example/ambry": f"paper{n}.example" for n in range(10)}
    desk.pages.articles |= {url: article(url=url, outlet=host, domain=host) for url, host in urls.items()}
    service = desk.service()

    results = [await service.add(url) for url in urls]

    assert {result.status for result in results} == {"added"}
    assert len(desk.digests.kept) == 10
    assert results[9].reason.startswith("The same words as ")


async def test_a_changed_article_replaces_its_earlier_state(desk: Desk) -> None:
    """Under the same title and day the digest is made anew in place, and the result says what changed."""
    service = desk.service()
    await service.add(URL)
    desk.pages.articles[URL] = article(*STORY[:4], "Two people were hurt, the mayor said.", "It rains.")

    result = await service.add(URL)

    assert (result.status, result.digest) == ("updated", article().id)
    assert "2 new or reworded sentences, 1 sentence gone or reworded" in result.reason
    assert desk.articles.kept[article().id].sentences[-1] == "It rains."


async def test_a_retitled_article_supersedes_the_earlier(desk: Desk) -> None:
    """A digest under another id names the one it stands in place of."""
    service = desk.service()
    await service.add(URL)
    desk.pages.articles[URL] = article(*STORY, title="Dam holds after cracks")

    result = await service.add(URL)

    assert result.status == "updated"
    assert "another title" in result.reason
    assert desk.digests.kept[result.digest or ""].article.supersedes == article().id
    assert len(desk.digests.kept) == 2


async def test_an_article_that_moved_within_its_outlet_is_the_same(desk: Desk) -> None:
    """Another address with the same words is a duplicate there; with a few other words it supersedes."""
    long = [f"Sentence number {n} tells of gate {n * 7} and of street {n * 11}." for n in range(12)]
    desk.pages.articles = {
        URL: article(*long),
        "https://example.com/moved": article(*long, url="https://example.com/moved"),
        "https://example.com/again": article(*long[:-1], "All else.", url="https://example.com/again"),
    }
    service = desk.service()
    first = await service.add(URL)

    moved, again = [await service.add(f"https://example.com/{path}") for path in ("moved", "again")]

    assert (moved.status, moved.digest) == ("duplicate", first.digest)
    assert again.status == "updated"
    assert desk.digests.kept[again.digest or ""].article.supersedes == first.digest


async def test_words_that_did_not_change_are_no_change(desk: Desk) -> None:
    """Other marks and cases alone give no new digest."""
    service = desk.service()
    await service.add(URL)
    desk.pages.articles[URL] = article(*(sentence.upper() for sentence in STORY))

    result = await service.add(URL)

    assert result.status == "duplicate"
    assert len(desk.digester.digested) == 1


def _edit(desk: Desk, headline: str) -> str:
    """A person rewrites the headline of what was filed and thereby reviews it."""
    kept = desk.digests.kept[article().id]
    made = kept.made.model_copy(update={"reviewed": NOW})
    desk.digests.kept[kept.id] = kept.model_copy(update={"headline": headline, "made": made})
    return kept.id


async def test_what_a_person_changed_outlives_a_new_version(desk: Desk) -> None:
    """The page changed: the digest is made anew, with the person's headline, and waits to be read again."""
    await desk.service().add(URL)
    id_ = _edit(desk, "As an editor puts it")
    desk.pages.articles[URL] = article(*STORY[:3])

    result = await desk.service().add(URL)

    assert result.status == "updated"
    assert "What a person changed is kept. It was not read since" in result.reason
    assert desk.digests.kept[id_].headline == "As an editor puts it"
    assert desk.digests.kept[id_].made.reviewed is None


async def test_what_a_person_made_is_not_overwritten_blindly(desk: Desk) -> None:
    """Without the sentences that a reviewed digest was made of, its changes cannot be told: it stays as it is."""
    await desk.service().add(URL)
    id_ = _edit(desk, "As an editor puts it")
    desk.articles.kept.clear()
    desk.pages.articles[URL] = article(*STORY[:3])

    result = await desk.service().add(URL)

    assert result.status == "duplicate"
    assert "made or reviewed by a person" in result.reason
    assert desk.digests.kept[id_].made.reviewed == NOW


async def test_a_removed_digest_can_be_made_anew(desk: Desk) -> None:
    """Whoever removes a digest and adds the article again gets it."""
    service = desk.service()
    await service.add(URL)
    desk.digests.kept.clear()

    result = await service.add(URL)

    assert result.status == "added"
    assert list(desk.digests.kept) == [article().id]


async def test_one_failure_stops_no_other(desk: Desk) -> None:
    """Each source gets a result in its order; each refusal its reason and whether it may pass."""
    desk.pages.articles |= {
        "https://example.com/slow": Unreachable("x", "It is slow.", "Wait.", timedelta(minutes=5)),
        "https://example.com/list": NotAnArticle("y", "It is a list.", "Give one article."),
        "https://example.com/last": article(
            "Another thing happened far away in the north.", url="https://example.com/l"
        ),
    }
    sources = ["https://example.com/slow", URL, "https://example.com/list", "https://example.com/last"]

    results = [result async for result in desk.service().add_all(sources)]

    assert [result.source for result in results] == sources
    assert [result.status for result in results] == ["refused", "added", "refused", "added"]
    assert (results[0].temporary, results[0].retry_after) == (True, timedelta(minutes=5))
    assert (results[2].temporary, results[2].reason, results[2].hint) == (False, "It is a list.", "Give one article.")


async def test_a_full_disk_loses_nothing(desk: Desk) -> None:
    """What could not be filed is refused for now, and added when there is room."""
    service = desk.service()
    desk.digests.full = True
    refused = await service.add(URL)
    desk.digests.full = False

    added = await service.add(URL)

    assert (refused.status, refused.temporary, added.status) == ("refused", True, "added")


async def test_a_digester_that_cannot_is_a_refusal(desk: Desk) -> None:
    """No sound digest means none, with the reason; another digester may be named for one call."""
    desk.digester.broken = True
    service = desk.service()

    refused = await service.add(URL)
    added = await service.add(URL, digester=PlainDigester("llm:sample"))

    assert (refused.status, refused.reason) == ("refused", "No sound digest could be made.")
    assert desk.digests.kept[added.digest or ""].made.by == "llm:sample"


async def test_a_link_dropped_twice_at_once_is_one_article(desk: Desk) -> None:
    """Concurrent additions of one address are digested once."""
    service = desk.service()

    results = await asyncio.gather(*(service.add(URL) for _ in range(5)))

    assert sorted(result.status for result in results) == ["added", *["duplicate"] * 4]
    assert len(desk.digester.digested) == 1


async def test_a_text_from_inside_a_feed_is_an_article_too(desk: Desk) -> None:
    """A page that did not come by itself is taken in under its own address."""
    page = text_page("https://example.com/in-feed", "<p>News.</p>", "https://example.com/in-feed")

    result = await desk.service().add_page(
        "https://example.com/in-feed", page, Given("A title", url="https://example.com/in-feed", outweighs=False)
    )

    assert result.status == "added"
    assert desk.digests.kept[result.digest or ""].article.url == "https://example.com/in-feed"


async def test_what_the_store_learned_elsewhere_is_known(desk: Desk) -> None:
    """A digest that another process filed is no longer new once the service was told."""
    service = desk.service()
    await service.add(URL)
    other = Desk(ScriptedPages({"https://example.com/b": article(*STORY[:2], url="https://example.com/b", title="B")}))
    filed = await other.service().add("https://example.com/b")
    desk.digests.kept |= other.digests.kept
    desk.pages.articles |= other.pages.articles

    service.learn(desk.digests.kept.values())
    result = await service.add("https://example.com/b")

    assert (result.status, result.digest) == ("duplicate", filed.digest)
    assert desk.digests.loads == 1
