"""Everything an answer may need, in one place, and the latest briefing of each conversation."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.briefings import Edition
from bot.domain.places import Place
from bot.ports import ArticleStore, Clock, DigestStore, FollowStore
from bot.services.catalogue import Request
from bot.services.delivery import DeliveryService
from bot.services.desk import Desk
from bot.services.feeds import FeedService
from bot.services.ingest import IngestService
from bot.services.library import Library
from bot.services.moments import moment
from bot.services.subscriptions import Subscriptions

# Conversations whose last /brief is remembered, so that "story 2" means its second: a few kB each.
_REMEMBERED = 500


@dataclass(slots=True)
class Newsroom:
    """The services that answers draw on."""

    library: Library
    desk: Desk
    clock: Clock
    zone: ZoneInfo
    digests: DigestStore
    articles: ArticleStore
    follows: FollowStore
    subscriptions: Subscriptions
    deliveries: DeliveryService
    ingest: IngestService
    feeds: FeedService
    health: Callable[[], Awaitable[Sequence[str]]]
    _editions: OrderedDict[tuple[str, ...], Edition] = field(default_factory=OrderedDict)

    def moment(self, text: str) -> datetime:
        """The instant that someone typed.

        Raises:
            BadRequest: it is none.
        """
        return moment(text, self.clock.now(), self.zone)

    async def followed(self, request: Request) -> Sequence[str]:
        """Whom the asker follows."""
        return await self.follows.followed(request.place.platform, request.place.workspace, request.actor)

    def remember(self, request: Request, edition: Edition) -> None:
        """Numbers that this asker says here next mean the stories of ``edition``."""
        key = (*_conversation(request.place), request.actor.id)
        self._editions[key] = edition
        self._editions.move_to_end(key)
        while len(self._editions) > _REMEMBERED:
            self._editions.popitem(last=False)

    async def edition_here(self, request: Request) -> Edition:
        """The briefing that numbers refer to: what the asker last had here, else what was posted here, else today's."""
        asked = self._editions.get((*_conversation(request.place), request.actor.id))
        posted = await self.deliveries.last_edition(request.place)
        if asked and (posted is None or asked.at >= posted.at):
            return asked
        return posted or self.desk.brief(self.clock.now(), self.zone)


def _conversation(place: Place) -> tuple[str, ...]:
    return (place.platform, place.workspace, place.channel)
