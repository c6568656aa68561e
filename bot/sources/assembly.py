"""Everything that fetches and parses, put together and closed together."""

from __future__ import annotations

from collections.abc import Collection
from types import TracebackType

from bot.ports import Clock
from bot.sources.articles import Articles
from bot.sources.client import Client
from bot.sources.feeds import Feeds
from bot.sources.politeness import Politeness
from bot.sources.workers import Workers


class Sources:
    """The articles and feeds of the outside world.

    Args:
        clock: the present.
        agent: the name that we give and that robots.txt may address.
        about: where a site's operator finds out who we are; empty if nowhere.
        allow_networks: private networks that may be reached; none by default.
        allow_ports: besides 80 and 443.
        parsers: processes that parse at a time.
        deadline: seconds that one fetch may take in total.
        pause: seconds between two requests to one host.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        agent: str = "LedeBot",
        about: str = "",
        allow_networks: Collection[str] = (),
        allow_ports: Collection[int] = (),
        parsers: int = 2,
        deadline: float = 20.0,
        pause: float = 0.5,
    ) -> None:
        self.client = Client(
            clock,
            user_agent=f"{agent}/1.0 (+{about})" if about else f"{agent}/1.0",
            allow_networks=allow_networks,
            allow_ports=allow_ports,
            deadline=deadline,
        )
        self.workers = Workers(parsers)
        politeness = Politeness(self.client, clock, agent=agent, pause=pause)
        self.articles = Articles(self.client, self.workers, politeness, clock)
        self.feeds = Feeds(self.client, self.workers, politeness, self.articles, clock)

    async def __aenter__(self) -> Sources:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End the parsing processes and close all connections."""
        await self.workers.close()
        await self.client.close()
