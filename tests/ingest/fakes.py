"""Stores in memory, sources out of a dictionary, a digester that says one thing: the ports, small."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet
from bot.domain.entities import Decisions
from bot.domain.errors import DigestError, NotFound, SourceError, StoreError
from bot.domain.feeds import Entry, Feed, FeedDocument
from bot.ports import FeedAnswer, FoundFeed, Given, Page, Problem, SeenPage, Validators

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)


@dataclass(slots=True)
class MemoryDigests:
    """A :class:`bot.ports.DigestStore`; ``full`` refuses to write."""

    kept: dict[str, Digest] = field(default_factory=dict)
    full: bool = False
    loads: int = 0

    async def load(self) -> Sequence[Digest]:
        """Every digest."""
        self.loads += 1
        return list(self.kept.values())

    async def get(self, id_: str) -> Digest:
        """One digest."""
        if id_ not in self.kept:
            raise NotFound(f"There is no digest {id_}.")
        return self.kept[id_]

    async def file(self, digest: Digest) -> bool:
        """Keep one."""
        if self.full:
            raise StoreError("The folder cannot be written: the disk is full.", "Free some space.")
        new = digest.id not in self.kept
        self.kept[digest.id] = digest
        return new

    async def problems(self) -> Sequence[Problem]:
        """None."""
        return ()

    async def decisions(self) -> Decisions:
        """None."""
        return Decisions()

    async def decide(self, decisions: Decisions) -> None:
        """Forget them."""

    async def changes(self) -> AsyncGenerator[None, None]:
        """None."""
        return
        yield


@dataclass(slots=True)
class MemoryArticles:
    """A :class:`bot.ports.ArticleStore`."""

    kept: dict[str, Article] = field(default_factory=dict)

    async def put(self, article: Article) -> None:
        """Keep one."""
        self.kept[article.id] = article

    async def get(self, id_: str) -> Article | None:
        """One, or None."""
        return self.kept.get(id_)


@dataclass(slots=True)
class MemoryPages:
    """A :class:`bot.ports.PageMemory`."""

    kept: dict[str, SeenPage] = field(default_factory=dict)

    async def recall(self, key: str) -> SeenPage | None:
        """What is remembered."""
        return self.kept.get(key)

    async def remember(self, seen: SeenPage) -> None:
        """Remember it."""
        self.kept[seen.key] = seen


@dataclass(slots=True)
class MemoryFeeds:
    """A :class:`bot.ports.FeedStore`."""

    kept: dict[str, Feed] = field(default_factory=dict)

    async def feeds(self) -> Sequence[Feed]:
        """All."""
        return list(self.kept.values())

    async def get(self, id_: str) -> Feed | None:
        """One, or None."""
        return self.kept.get(id_)

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Those to be asked."""
        due = (feed for feed in self.kept.values() if feed.state == "active" and feed.next_try <= now)
        return sorted(due, key=lambda feed: (feed.failures > 0, feed.next_try))[:limit]

    async def waiting(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Those with entries to be read."""
        return [feed for feed in self.kept.values() if any(w.next_try <= now for w in feed.waiting)][:limit]

    async def add(self, feed: Feed) -> bool:
        """Keep a new one."""
        return self.kept.setdefault(feed.id, feed) is feed

    async def replace(self, feed: Feed) -> bool:
        """Keep a known one."""
        if feed.id not in self.kept:
            return False
        self.kept[feed.id] = feed
        return True

    async def remove(self, id_: str) -> bool:
        """Forget one."""
        return self.kept.pop(id_, None) is not None


@dataclass(slots=True)
class ScriptedPages:
    """A :class:`bot.ports.ArticleSource` whose pages are articles in a dictionary; counts fetching and reading."""

    articles: dict[str, Article | SourceError] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    read_pages: list[str] = field(default_factory=list)
    forgetful: bool = False  #: a server that knows no validators

    async def fetch(self, source: str, validators: Validators | None = None, *, local: bool = False) -> Page | None:
        """The page; its validator is its hash."""
        self.fetched.append(source)
        await asyncio.sleep(0)  # others go on meanwhile, as they do while a server thinks
        found = self.articles[source]
        if isinstance(found, SourceError):
            raise found
        body = found.model_dump_json().encode()
        mark = Validators("" if self.forgetful else hashlib.sha256(body).hexdigest())
        if validators and validators == mark:
            return None
        return Page(source, body, "" if source.startswith("/") else source, validators=mark)

    async def read(self, page: Page, given: Given = Given()) -> Article:  # noqa: B008 - as the port has it
        """The article that the page was made of, dated as a person says."""
        self.read_pages.append(page.source)
        if page.body.startswith(b"<"):
            return article(page.body.decode(), url=given.url or None, title=given.title or "In a feed")
        found = Article.model_validate_json(page.body)
        dated = {"published": given.published, "undated": None}
        return found.model_copy(update=dated) if given.published else found


@dataclass(slots=True)
class PlainDigester:
    """A :class:`bot.ports.Digester` that repeats the first sentence; ``broken`` makes no sound digest."""

    name: str = "extractive/1"
    broken: bool = False
    digested: list[str] = field(default_factory=list)

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest."""
        self.digested.append(article.id)
        await asyncio.sleep(0)
        if self.broken:
            raise DigestError("No sound digest could be made.", "Use the other digester.")
        return Digest.model_validate(
            {
                "format": 1,
                "id": article.id,
                "article": article.facts(),
                "headline": article.title[:120],
                "summary": article.sentences[0][:400],
                "made": {"by": self.name, "at": now},
            }
        )

    def note(self, article: str) -> str:
        """Nothing to know."""
        return ""


@dataclass(slots=True)
class ScriptedFeeds:
    """A :class:`bot.ports.FeedSource` out of a dictionary; counts how often each is asked."""

    answers: dict[str, FeedAnswer | SourceError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    opml: Sequence[FoundFeed] = ()
    while_asked: Callable[[], None] = lambda: None

    async def feed(self, url: str, validators: Validators | None = None, sha256: str = "") -> FeedAnswer:
        """The answer, without its document where the hash is as given."""
        self.asked.append(url)
        self.while_asked()
        found = self.answers[url]
        if isinstance(found, SourceError):
            raise found
        same = found.document is not None and sha256 and found.document.sha256 == sha256
        return replace(found, document=None) if same else found

    async def discover(self, url: str) -> Sequence[FoundFeed]:
        """The feed itself."""
        found = self.answers[url]
        if isinstance(found, SourceError):
            raise found
        return [FoundFeed(url, found.document.title if found.document else "")]

    async def read_opml(self, source: str, *, local: bool = False) -> Sequence[FoundFeed]:
        """What was put in."""
        return self.opml

    def write_opml(self, feeds: Sequence[FoundFeed], title: str, now: datetime) -> str:
        """Their addresses."""
        return "\n".join(feed.url for feed in feeds)


STORY = (
    "The lake above Ambry Gorge fell by six metres overnight.",
    "Engineers opened both gates on Friday after new cracks appeared.",
    "Ilse Tamm, the minister of works, promised a report by 1 March.",
    "About 4,200 people have left the lower town and wait in schools and halls.",
    "Nobody was hurt, the mayor said, and the water will stay low for weeks.",
)


def article(
    *sentences: str,
    url: str | None = "https://example.com/ambry",
    title: str = "Dam emptied after cracks",
    outlet: str = "Sample Wire",
    domain: str | None = None,
    published: datetime = NOW,
) -> Article:
    """An invented article."""
    return Article(
        url=url,
        title=title,
        outlet=Outlet(name=outlet, domain=domain),
        published=published,
        sentences=sentences or STORY,
        paragraphs=(1,),
    )


def document(*entries: Entry, sha256: str = "a", title: str = "Sample Wire") -> FeedDocument:
    """A feed of those entries."""
    return FeedDocument(title, "https://example.com/", entries, sha256)
