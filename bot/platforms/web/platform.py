"""The page as a chat platform: messages are kept in a channel's log and pushed to whoever has it open."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.domain.errors import DeliveryError, NotFound, StoreError
from bot.domain.places import Place, Platform
from bot.messages.model import Message
from bot.platforms.web.app import Problems, web_app
from bot.platforms.web.asides import Asides
from bot.platforms.web.channels import ChannelPages, channel_name
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.events import Bell
from bot.platforms.web.library import LibraryPages
from bot.platforms.web.log import ChannelLog
from bot.platforms.web.render import render
from bot.platforms.web.server import bound_socket, serve
from bot.platforms.web.views import Views
from bot.ports import Clock, Payload, Posted
from bot.services.catalogue import CommandService

#: A key is never posted twice, however late it comes.
_FOR_EVER = timedelta(days=36_500)


async def _no_problems() -> Sequence[str]:
    return ()


def _token() -> str:
    return secrets.token_urlsafe(16)


class WebPlatform:
    """A page on ``host`` and ``port`` (0 takes any free one). Places are ``Place("web", "", channel)``.

    Args:
        commands: answers what visitors ask.
        log: keeps the channels.
        clock: the present.
        digests: gives the digests that are served, for the library.
        article: gives the kept sentences of a digest's article, so that the beginning of a cited one can be shown.
        channels: channels that exist before anything is said in them; the first is the front page.
        host: the address to listen at.
        port: the port to listen at.
        hosts: names besides the loopback's that the page answers to, without port.
        zone: the time zone of every hour shown.
        may_change: whether visitors may change what the bot does; true only where the page is one's own.
        routes: others' routes on the same port, such as a platform's signed requests.
        alive: what ``/healthz`` reports.
        ready: what ``/readyz`` reports.
        registry: what ``/metrics`` reports.
        token: makes unguessable ids.
    """

    name: Platform = "web"

    def __init__(
        self,
        commands: CommandService,
        log: ChannelLog,
        clock: Clock,
        *,
        digests: Callable[[], Sequence[Digest]],
        article: Callable[[str], Awaitable[Article | None]] | None = None,
        channels: Sequence[str] = ("briefing",),
        host: str = "127.0.0.1",
        port: int = 8080,
        hosts: Sequence[str] = (),
        zone: tzinfo = UTC,
        may_change: bool = False,
        routes: Sequence[BaseRoute] = (),
        alive: Problems = _no_problems,
        ready: Problems = _no_problems,
        registry: CollectorRegistry | None = None,
        token: Callable[[], str] = _token,
    ) -> None:
        self._log, self._clock, self._bell = log, clock, Bell()
        self._host, self._port = host, port
        self.started = asyncio.Event()
        views, asides = Views("Lede", zone), Asides()
        conversation = Conversation(commands, log, asides, clock, token, may_change=may_change)
        pages = ChannelPages(log, commands, conversation, asides, views, self._bell, channels, token)
        library = LibraryPages(digests, article, pages.names, views)
        self.app: Starlette = web_app(
            pages, library, views, hosts=hosts, routes=routes, alive=alive, ready=ready, registry=registry
        )

    @property
    def url(self) -> str:
        """Where the page is; with port 0 only true once :attr:`started` is set."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def render(self, message: Message) -> tuple[Payload, ...]:
        """One payload: HTML, and the words alone for notices. A page has no limits, so nothing is ever split."""
        return (render(message),)

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Keep one payload in its channel and show it to whoever looks; the same key again changes nothing.

        Raises:
            DeliveryError: there is no such channel or message to reply to, or it could not be kept.
        """
        channel = self._channel(place)
        parent = _id(reply_to) if reply_to else None
        try:
            said = await self._log.post(channel, key, payload, self._clock.now(), parent)
        except NotFound as error:
            raise DeliveryError(error.what, error.hint, permanent=True) from error
        except StoreError as error:
            raise DeliveryError(error.what, error.hint) from error
        self._bell.ring()
        return self._posted(place, channel, said.id, parent)

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted, also in pages that are open.

        Raises:
            DeliveryError: there is no such message, or it could not be kept.
        """
        try:
            await self._log.edit(_id(posted), payload, self._clock.now())
        except NotFound as error:
            raise DeliveryError(error.what, error.hint, permanent=True) from error
        except StoreError as error:
            raise DeliveryError(error.what, error.hint) from error
        self._bell.ring()

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """The message of that key posted at or after ``since``, or None.

        Raises:
            DeliveryError: the log cannot be read.
        """
        channel = self._channel(place)
        try:
            said = await self._log.find(channel, key)
        except StoreError as error:
            raise DeliveryError(error.what, error.hint) from error
        return self._posted(place, channel, said.id, said.parent) if said and said.posted >= since else None

    @property
    def settle_after(self) -> timedelta:
        """Nothing is under way once a send has returned."""
        return timedelta(0)

    @property
    def resend_within(self) -> timedelta:
        """The log refuses a key it has, for ever."""
        return _FOR_EVER

    async def run(self) -> None:
        """Serve the page until cancelled.

        Raises:
            SettingsError: the address cannot be used, with the setting to change.
        """
        listening = bound_socket(self._host, self._port)
        self._port = listening.getsockname()[1]
        self.started.set()
        serving = asyncio.create_task(serve(self.app, listening))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            self._bell.close()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            raise
        finally:
            self.started.clear()

    async def health(self) -> Sequence[str]:
        """What keeps the page from showing its channels."""
        try:
            await self._log.last_change()
        except StoreError as error:
            return [str(error)]
        return []

    def _channel(self, place: Place) -> str:
        name = channel_name(place.channel)
        if name is None:
            hint = "Use letters, digits, hyphens and underscores, at most 80."
            raise DeliveryError(f"{place.channel!r} is no name of a channel.", hint, permanent=True)
        return name

    def _posted(self, place: Place, channel: str, id_: int, parent: int | None) -> Posted:
        return Posted(place, str(id_), f"{self.url}/c/{channel}#m-{parent or id_}")


def _id(posted: Posted) -> int:
    if not posted.ref.isdecimal():
        raise DeliveryError(f"{posted.ref!r} is no message of the page.", permanent=True)
    return int(posted.ref)
