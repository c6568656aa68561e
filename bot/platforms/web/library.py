"""The routes of the stored digests: the shelf, one digest with all its evidence, how a cited sentence begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.platforms.web.browse import Asked, corrections, entities_by_kind, excerpt, listing
from bot.platforms.web.errors import NoSuchPage
from bot.platforms.web.text import safe_url
from bot.platforms.web.views import Views, made_by
from bot.platforms.web.visits import theme_of, wants_json

_LONGEST_FILTER = 200


class LibraryPages:
    """Everything under ``/digests``.

    ``digests`` gives all that are served; ``article`` the kept sentences of one, where they may be quoted in part;
    ``channels`` the names for the side bar, the first of which answers questions.
    """

    def __init__(
        self,
        digests: Callable[[], Sequence[Digest]],
        article: Callable[[str], Awaitable[Article | None]] | None,
        channels: Callable[[], Awaitable[list[str]]],
        views: Views,
    ) -> None:
        self._digests, self._article, self._channels, self._views = digests, article, channels, views

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/digests", self.shelf, methods=["GET"]),
            Route("/digests/{id}", self.digest, methods=["GET"]),
            Route("/digests/{id}/sentences/{number:int}", self.sentence, methods=["GET"]),
        ]

    async def shelf(self, visit: Visit) -> Response:
        """All digests by day, filtered."""
        given = visit.query_params
        page = given.get("page", "1")
        asked = Asked(
            words=given.get("q", "").strip()[:_LONGEST_FILTER],
            topic=given.get("topic", "")[:_LONGEST_FILTER],
            outlet=given.get("outlet", "")[:_LONGEST_FILTER],
            page=int(page) if page.isdecimal() and len(page) < 9 else 1,
        )
        digests = self._digests()
        return await self._page(
            visit, "digests", {"asked": asked, "found": listing(digests, asked), "corrected": corrections(digests)}
        )

    async def digest(self, visit: Visit) -> Response:
        """One digest, whole."""
        digest = self._found(visit)
        kept = await self._kept(digest)
        return await self._page(
            visit,
            "digest",
            {
                "digest": digest,
                "article": digest.article,
                "url": safe_url(digest.article.url or ""),
                "later": corrections(self._digests()).get(digest.id),
                "kinds": entities_by_kind(digest),
                "excerpts": kept is not None,
                "made": made_by(digest.made.by),
            },
        )

    async def sentence(self, visit: Visit) -> Response:
        """How a cited sentence begins."""
        digest, number = self._found(visit), visit.path_params["number"]
        article = await self._kept(digest)
        words = excerpt(digest, article, number) if article else None
        if words is None:
            raise NoSuchPage("The text of this sentence is not kept here.")
        if wants_json(visit):
            return JSONResponse({"number": number, "words": words})
        url = safe_url(digest.article.url or "")
        return await self._page(visit, "sentence", {"digest": digest, "number": number, "words": words, "url": url})

    async def _kept(self, digest: Digest) -> Article | None:
        """The article of a digest, where it is here and still the text that was digested."""
        article = await self._article(digest.id) if self._article else None
        return article if article and article.sha256 == digest.article.sha256 else None

    def _found(self, visit: Visit) -> Digest:
        wanted = visit.path_params["id"]
        found = next((digest for digest in self._digests() if digest.id == wanted), None)
        if found is None:
            raise NoSuchPage(f"There is no digest {wanted}.")
        return found

    async def _page(self, visit: Visit, name: str, values: dict[str, Any]) -> Response:
        channels = await self._channels()
        frame = {"channel": "", "channels": channels, "home": channels[0], "section": "digests"}
        return HTMLResponse(self._views.page(name, {**frame, "theme": theme_of(visit), "here": _here(visit), **values}))


def _here(visit: Visit) -> str:
    return f"{visit.url.path}?{visit.url.query}" if visit.url.query else visit.url.path
