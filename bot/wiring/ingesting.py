"""How articles come in: the guarded client, the parsing workers, the digester, the feeds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.domain.digests import Kind
from bot.domain.errors import SettingsError
from bot.ports import ArticleStore, Clock, Digester, DigestStore
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.digesters.extractive import ExtractiveDigester, Known, KnownEntity
    from bot.services.feeds import FeedService
    from bot.services.ingest import IngestService
    from bot.services.library import Library
    from bot.sources.assembly import Sources
    from bot.stores.sql.database import Database

# More namesakes than this are no evidence of anything.
_NAMESAKES = 5


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that takes articles in."""

    ingest: IngestService
    feeds: FeedService
    sources: Sources
    offline: ExtractiveDigester

    async def close(self) -> None:
        """End the processes that parse and digest, and close connections."""
        self.offline.close()
        await self.sources.close()


def known_to(library: Library) -> Known:
    """The entities of a kind that the library knows by a name: what a digester may link to."""

    def known(name: str, kind: Kind) -> Sequence[KnownEntity]:
        from bot.digesters.extractive.linking import KnownEntity

        current = library.current
        matches = current.names.search(name, limit=_NAMESAKES, kind=kind)
        found = [current.book[match.id] for match in matches if match.id in current.book]
        return [
            KnownEntity(
                id=entity.id,
                kind=entity.kind,
                name=entity.name,
                aliases=entity.aliases,
                roles=tuple(role.title for a in entity.appearances for role in a.entry.roles),
                wikidata=entity.wikidata,
            )
            for entity in found
        ]

    return known


def digester_of(
    settings: Settings, offline: ExtractiveDigester, which: Literal["extractive", "llm"] | None = None
) -> Digester:
    """The digester that the settings or ``which`` name.

    Raises:
        SettingsError: a model is wanted, but its address or name is missing.
    """
    if (which or settings.digester) == "extractive":
        return offline
    from bot.digesters.llm import ChatModel, LanguageModelDigester

    if not settings.llm_base_url or not settings.llm_model:
        raise SettingsError("DIGESTER=llm needs LLM_BASE_URL and LLM_MODEL.", "Set them, or use DIGESTER=extractive.")
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    model = ChatModel(settings.llm_base_url, key, settings.llm_model, deadline=settings.llm_seconds)
    return LanguageModelDigester(model, offline)


def intake_of(
    settings: Settings, clock: Clock, store: DigestStore, articles: ArticleStore, library: Library, database: Database
) -> Intake:
    """Everything that takes articles in, put together; nothing is started before it is used."""
    from bot.digesters.extractive import ExtractiveDigester
    from bot.services.feeds import FeedService
    from bot.services.ingest import IngestService
    from bot.sources.assembly import Sources
    from bot.stores.sql.feeds import SqlFeeds, SqlPages

    sources = Sources(clock, allow_networks=settings.fetch_allow_networks, allow_ports=settings.fetch_allow_ports)
    offline = ExtractiveDigester(known_to(library))
    ingest = IngestService(sources.articles, digester_of(settings, offline), store, articles, SqlPages(database), clock)
    library.on_change(lambda before, after: ingest.learn(after.since(before)))
    feeds = FeedService(sources.feeds, SqlFeeds(database), ingest, clock, random.random)
    return Intake(ingest, feeds, sources, offline)
