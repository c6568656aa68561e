"""What the services need of the world, each a Protocol; adapters on floor 4 implement them.

Values cross these ports, never a library's objects. Instants are timezone-aware and in UTC.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.articles import Article
from bot.domain.digests import Digest
from bot.domain.entities import Decisions
from bot.domain.places import Place, Platform
from bot.messages.model import Message


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


# --- digests and articles ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something in a digest folder is not served."""

    path: str  #: of the file, relative to the folder
    field: str  #: dotted path inside the file, with ``line N`` where the file cannot be parsed; may be empty
    reason: str  #: a sentence for a person


class DigestStore(Protocol):
    """Keeps digests and people's decisions about identity.

    A digest that cannot be served is set aside with its problem; it never hides the others.
    """

    async def load(self) -> Sequence[Digest]:
        """Every digest that can be served."""
        ...

    async def get(self, id_: str) -> Digest:
        """The digest of that id.

        Raises:
            NotFound: there is none that can be served.
        """
        ...

    async def file(self, digest: Digest) -> bool:
        """Keep ``digest``, replacing one of the same id atomically; True when it was not there before.

        Raises:
            StoreError: it could not be written; the earlier one is untouched.
        """
        ...

    async def problems(self) -> Sequence[Problem]:
        """What was set aside at the last load, and why."""
        ...

    async def decisions(self) -> Decisions:
        """People's decisions about identity; empty where there are none.

        Raises:
            StoreError: they are there but cannot be read. Serving goes on with the last good ones.
        """
        ...

    async def decide(self, decisions: Decisions) -> None:
        """Replace the decisions atomically.

        Raises:
            StoreError: they could not be written.
        """
        ...

    def changes(self) -> AsyncIterator[None]:
        """Yield once after each change of the stored digests, within 2 s of it. Ends only when closed."""
        ...


class ArticleStore(Protocol):
    """Keeps the numbered sentences that evidence points into."""

    async def put(self, article: Article) -> None:
        """Keep ``article`` under its id, replacing an earlier one atomically.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def get(self, id_: str) -> Article | None:
        """The article of that digest id, or None where its sentences are not kept here."""
        ...


class Digester(Protocol):
    """Makes a digest that says nothing its article does not."""

    name: str  #: what goes into ``made.by``, such as ``extractive/1``

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; ``now`` goes into ``made.at``.

        Raises:
            NotAnArticle: there is nothing to digest.
            DigestError: no sound digest could be made.
        """
        ...


class ArticleSource(Protocol):
    """Fetches and extracts one article."""

    async def article(self, source: str) -> Article:
        """The article at an address, a path, or ``-`` for standard input.

        Raises:
            SourceError: Unreachable, Unreadable or NotAnArticle, each with what to do.
        """
        ...


# --- chat platforms -----------------------------------------------------------------------------------------------

Payload = Mapping[str, Any]
"""One message as the platform's API takes it, JSON-able, so that the ledger can freeze it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that a platform holds. ``ref`` is what it takes to edit, reply to or find it again."""

    place: Place
    ref: str
    url: str = ""


class ChatPlatform(Protocol):
    """Renders and delivers messages. Stateless about deliveries: what was sent is the ledger's to know."""

    name: Platform

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The payloads of ``message`` in order, within the platform's limits. Pure; never raises."""
        ...

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Post one payload once; ``reply_to`` puts it into that message's thread.

        ``key`` (at most 25 characters of [a-z0-9-]) names this part of this slot for ever: it travels with the message,
        so that :meth:`find` can see it, and as the platform's idempotency key where it has one.

        Raises:
            DeliveryError: ``maybe_sent`` when the platform may have taken it.
        """
        ...

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Replace what was posted; pings no one.

        Raises:
            DeliveryError: it is gone or may not be edited.
        """
        ...

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Read the channel (or thread) back: our message that bears ``key``, posted after ``since``; None if absent.

        Raises:
            DeliveryError: it cannot be known, with what is missing (a scope, a permission).
        """
        ...

    @property
    def settle_after(self) -> timedelta:
        """How long after a doubtful send a late post can still appear; read back only then."""
        ...

    @property
    def resend_within(self) -> timedelta:
        """How long the platform itself drops a second send of the same key; zero where it never does."""
        ...

    async def run(self) -> None:
        """Serve commands until cancelled."""
        ...

    async def health(self) -> Sequence[str]:
        """What is wrong right now, each a sentence that says what to do; empty when all is well."""
        ...


class Timetable(Protocol):
    """Wakes the bot; decides nothing."""

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[None]]) -> None:
        """Call ``job`` at once and then every ``interval``, never twice at a time; errors are logged, not fatal."""
        ...

    async def run(self) -> None:
        """Keep waking until cancelled."""
        ...
