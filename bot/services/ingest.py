"""From a page or file to a filed digest: fetch, read, know it again, digest, file.

Each source gets one result and none stops the others. What is known costs no parsing: an address is asked with the
validators of last time, and the same bytes are recognised by their hash.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

import structlog

from bot.domain.addresses import shown
from bot.domain.articles import Article, canonical_url
from bot.domain.digests import Digest
from bot.domain.duplicates import NEARLY_SAME, Changes, KnownArticle, KnownArticles, changes, likeness
from bot.domain.errors import BotError, NotAnArticle, NotFound, SourceError, StoreError, Unreachable
from bot.domain.reviews import carried
from bot.ports import ArticleSource, ArticleStore, Clock, Digester, DigestStore, Given, Page, PageMemory, SeenPage

Status = Literal["added", "updated", "duplicate", "refused"]

_log = structlog.get_logger()
# Fetching waits for others; digesting does not. This many at a time keep both busy.
_AT_ONCE = 4
_NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one source.

    ``reason`` says why it was refused, what changed, or of what it is a duplicate. ``temporary`` refusals may succeed
    later, not before ``retry_after`` where the source said so.
    """

    source: str
    status: Status
    digest: str | None = None
    reason: str = ""
    hint: str = ""
    temporary: bool = False
    retry_after: timedelta | None = None


class IngestService:
    """Takes in articles.

    Args:
        source: fetches and reads them.
        digester: digests them, unless a call names another.
        digests: where digests are filed.
        articles: where their sentences are kept.
        memory: which pages became which digests.
        clock: the present.
    """

    def __init__(
        self,
        source: ArticleSource,
        digester: Digester,
        digests: DigestStore,
        articles: ArticleStore,
        memory: PageMemory,
        clock: Clock,
    ) -> None:
        self._source = source
        self._digester = digester
        self._digests = digests
        self._articles = articles
        self._memory = memory
        self._clock = clock
        self._known: KnownArticles | None = None
        self._loading = asyncio.Lock()
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    def learn(self, digests: Iterable[Digest]) -> None:
        """Know the articles of ``digests`` too: call it with what the store holds when it changed from outside."""
        if self._known is not None:
            for digest in digests:
                self._known.add(digest)

    async def add_all(
        self,
        sources: Iterable[str],
        given: Given = _NOTHING_GIVEN,
        *,
        local: bool = False,
        digester: Digester | None = None,
    ) -> AsyncIterator[IngestResult]:
        """The result of each source, in their order, several at a time; see :meth:`add`."""
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(source: str) -> IngestResult:
            async with places:
                return await self.add(source, given, local=local, digester=digester)

        tasks = [asyncio.create_task(one(source)) for source in sources]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def add(
        self, source: str, given: Given = _NOTHING_GIVEN, *, local: bool = False, digester: Digester | None = None
    ) -> IngestResult:
        """Take in one article.

        Args:
            source: its address; with ``local`` also a path or ``-``.
            given: what is known of it beside its page.
            local: whether the asker sits at this machine.
            digester: another than the usual one.
        """
        key = _key(source)
        try:
            async with self._alone(key or source):
                seen = await self._memory.recall(key) if key else None
                page = await self._source.fetch(source, seen.validators if seen else None, local=local)
                if page is None or (seen and page.sha256 == seen.sha256):
                    if seen and await self._stands(seen.digest, given):
                        return IngestResult(source, "duplicate", seen.digest, "Not changed since it was taken in.")
                    page = page or await self._source.fetch(source, None, local=local)
                if page is None:
                    raise NotAnArticle(shown(source), f"{shown(source)} gave no text.", "Try again later.")
                return await self._take(source, page, given, digester or self._digester)
        except BotError as error:
            return _refused(source, error)

    async def add_page(self, source: str, page: Page, given: Given = _NOTHING_GIVEN) -> IngestResult:
        """Take in an article whose text came otherwise, such as inside a feed."""
        try:
            async with self._alone(_key(source) or source):
                return await self._take(source, page, given, self._digester)
        except BotError as error:
            return _refused(source, error)

    async def _take(self, source: str, page: Page, given: Given, digester: Digester) -> IngestResult:
        bytes_key = f"sha256:{page.sha256}"
        if not page.url and (seen := await self._memory.recall(bytes_key)) and await self._stands(seen.digest, given):
            return IngestResult(source, "duplicate", seen.digest, "Not changed since it was taken in.")
        article = await self._source.read(page, given)
        key = canonical_url(article.url) if article.url else article.sha256
        async with self._alone(f"article {key}"):
            result = await self._file(source, article, given, digester)
        if result.status == "added" and (undated := _undated(article, page)):
            result = replace(result, reason=f"{result.reason} {undated}".strip())
        if result.digest and result.status != "refused":
            for name in {_key(source), _key(page.url), canonical_url(article.url) if article.url else bytes_key} - {""}:
                await self._memory.remember(SeenPage(name, page.sha256, result.digest, page.validators))
        return result

    async def _file(self, source: str, article: Article, given: Given, digester: Digester) -> IngestResult:
        known = await self._articles_known()
        earlier, what = await self._earlier(article, known)
        while earlier and not await self._is_filed(earlier.id):
            earlier, what = await self._earlier(article, known)
        if earlier and what is None:
            what = await self._otherwise(earlier.id, given)
        if earlier and not what:
            return IngestResult(source, "duplicate", earlier.id, f"Already taken in as {earlier.id}.")
        if earlier and article.undated and not earlier.undated:
            article = article.model_copy(update={"published": earlier.published, "undated": None})
        before = await self._articles.get(earlier.id) if earlier and earlier.by_hand else None
        if earlier and earlier.by_hand and earlier.id == article.id and before is None:
            reason = f"It has changed ({what}), but {earlier.id} was made or reviewed by a person and is kept."
            return IngestResult(source, "duplicate", earlier.id, reason, "Remove that digest to have it made anew.")
        if earlier and earlier.id != article.id:
            article = article.model_copy(update={"supersedes": earlier.id})
        digest = await digester.digest(article, self._clock.now())
        kept = ""
        if earlier and before:
            digest, kept = await self._as_people_changed_it(earlier.id, digest, before, article, digester)
        # The sentences first: a digest is never without what its evidence points into.
        await self._articles.put(article)
        await self._digests.file(digest)
        known.add(digest)
        _log.info("ingest.filed", digest=digest.id, by=digest.made.by, supersedes=article.supersedes)
        note = digester.note(article.id)
        if earlier:
            told = f"Changed since {earlier.id}: {what}."
            return IngestResult(source, "updated", digest.id, " ".join(filter(None, (told, kept, note))))
        copies = [id_ for id_ in known.copies(article) if id_ != digest.id]
        told = f"The same words as {copies[0]}." if copies else ""
        return IngestResult(source, "added", digest.id, f"{told} {note}".strip())

    async def _stands(self, id_: str, given: Given) -> bool:
        """Whether the digest is filed and nothing is said otherwise of its article."""
        return await self._is_filed(id_) and not await self._otherwise(id_, given)

    async def _otherwise(self, id_: str, given: Given) -> str:
        """What a person now says of an article otherwise than its digest does, in words; empty where nothing."""
        if not given.outweighs or given == _NOTHING_GIVEN:
            return ""  # what a feed says again costs no reading
        held = (await self._digests.get(id_)).article
        said: list[tuple[object, object, str]] = [
            (given.published, None if held.undated else held.published, "its date"),
            (given.title, held.title, "its title"),
            (given.outlet, held.outlet.name, "its outlet"),
        ]
        return " and ".join(what for new, old, what in said if new and new != old)

    async def _as_people_changed_it(
        self, id_: str, fresh: Digest, before: Article, after: Article, digester: Digester
    ) -> tuple[Digest, str]:
        """The fresh digest with everything a person had changed in the earlier one, and that in words."""
        reviewed = await self._digests.get(id_)
        # What is by hand is a person's altogether; of the rest, what differs from what the digester made.
        made = None if reviewed.made.by == "hand" else await digester.digest(before, reviewed.made.at)
        kept = carried(made, reviewed, fresh, before, after)
        _log.info("ingest.carried", digest=fresh.id, earlier=id_, lost=list(kept.lost))
        told = "What a person changed is kept"
        told += f", but for {', '.join(kept.lost)}, whose sentences are gone" if kept.lost else ""
        read = "" if kept.digest.made.reviewed else f" It was not read since: lede digest show {kept.digest.id}."
        return kept.digest, f"{told}.{read}"

    async def _earlier(
        self, article: Article, known: KnownArticles
    ) -> tuple[KnownArticle | None, Changes | str | None]:
        """The article as it is known, and what changed; None twice where it is new."""
        if article.url and (at := known.at(canonical_url(article.url))):
            before = await self._articles.get(at.id)
            if before:
                return at, changes(before, article)
            return at, None if at.sha256 == article.sha256 else "its text differs"
        if same := known.same_words(article):
            return same, None
        for candidate in known.perhaps_same(article):
            before = await self._articles.get(candidate.id)
            if before and likeness(before.sentences, article.sentences) >= NEARLY_SAME:
                return candidate, changes(before, article)
        return None, None

    async def _articles_known(self) -> KnownArticles:
        async with self._loading:
            if self._known is None:
                self._known = KnownArticles(await self._digests.load())
            return self._known

    async def _is_filed(self, digest: str) -> bool:
        """Whether ``digest`` is still there; a person may have removed it, to have it made anew."""
        known = await self._articles_known()
        if known.get(digest) is None:
            return False
        try:
            await self._digests.get(digest)
        except NotFound:
            known.forget(digest)
            return False
        return True

    @asynccontextmanager
    async def _alone(self, key: str) -> AsyncIterator[None]:
        """One at a time for each key, so that a link dropped twice is one article."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(key)
            if users > 1:
                self._locks[key] = (lock, users - 1)


def refusals(results: Sequence[IngestResult]) -> int:
    """How many were refused."""
    return sum(result.status == "refused" for result in results)


def text_page(source: str, html: str, url: str) -> Page:
    """A page of HTML that did not come by itself, as from inside a feed."""
    return Page(
        source=shown(source), body=html.encode("utf-8", "replace"), url=url, media_type="text/html", charset="utf-8"
    )


def _key(source: str) -> str:
    """The canonical address of a source; empty where it is none."""
    try:
        return canonical_url(source) if source else ""
    except ValueError:
        return ""


def _undated(article: Article, page: Page) -> str:
    """That nothing told an article's day; empty where something did."""
    if not article.undated:
        return ""
    day, whose = f"{article.published.day} {article.published:%b %Y}", "its file" if page.written else "today"
    return (
        f"It names no date, so it is filed under {day}, {whose}’s, and no “Friday” in it is read as a day; "
        "lede add --published tells when it appeared."
    )


def _refused(source: str, error: BotError) -> IngestResult:
    _log.info("ingest.refused", source=shown(source), reason=error.what)
    return IngestResult(
        source,
        "refused",
        None,
        error.what,
        error.hint,
        temporary=isinstance(error, Unreachable | StoreError),
        retry_after=error.retry_after if isinstance(error, SourceError) else None,
    )
