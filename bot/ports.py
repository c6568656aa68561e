"""What the services need of the world, each a Protocol; adapters on floor 4 implement them.

Values cross these ports, never a library's objects. Instants are timezone-aware and in UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.articles import Article
from bot.domain.deliveries import Delivery, Outcome, Part, Planned, SlotState
from bot.domain.digests import Digest
from bot.domain.entities import Decisions
from bot.domain.feeds import Feed, FeedDocument
from bot.domain.places import Actor, Place, Platform
from bot.domain.subscriptions import Subscription
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
        """The article of that digest id, or None where its sentences are not kept here.

        Raises:
            StoreError: they are kept but cannot be read.
        """
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


# --- where articles come from ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask whether something changed (RFC 9110, 8.8). Falsy when it gave nothing."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article beside its page.

    A person's word outweighs the page's; a feed's (``outweighs`` False) only fills what the page leaves open.
    """

    title: str = ""
    outlet: str = ""
    published: datetime | None = None
    url: str = ""  #: where the article is, for a text that came otherwise
    byline: tuple[str, ...] = ()
    outweighs: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Something fetched that may hold an article."""

    source: str  #: the address or path, fit to be shown
    body: bytes
    url: str = ""  #: where it came from after redirects; empty for files
    media_type: str = ""
    charset: str = ""
    validators: Validators = Validators()
    written: datetime | None = None  #: when a file was last changed

    @property
    def sha256(self) -> str:
        """The hash of the body, in hexadecimal: the same bytes need no parsing again."""
        return hashlib.sha256(self.body).hexdigest()


class ArticleSource(Protocol):
    """Fetches pages and files, and reads the article in them."""

    async def fetch(self, source: str, validators: Validators | None = None, *, local: bool = False) -> Page | None:
        """What is at an address, or with ``local`` in a file or (``-``) standard input; None where it has not changed.

        ``local`` is for who sits at this machine, never for what comes in by chat or feed.

        Raises:
            SourceError: Unreachable, Gone, NotAllowed or Unreadable, each with what to do.
        """
        ...

    async def read(self, page: Page, given: Given = Given()) -> Article:
        """The article on ``page``.

        Raises:
            SourceError: Unreadable or NotAnArticle, each with what to do.
        """
        ...


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that became a digest: the same page again costs no parsing."""

    key: str  #: its canonical address, or ``sha256:…`` of a file
    sha256: str  #: of the body
    digest: str  #: id of the digest it became
    validators: Validators = Validators()


class PageMemory(Protocol):
    """Remembers which pages became which digests. Losing it costs work, never news."""

    async def recall(self, key: str) -> SeenPage | None:
        """What is remembered under ``key``."""
        ...

    async def remember(self, seen: SeenPage) -> None:
        """Remember ``seen``, in place of what was there under its key.

        Raises:
            StoreError: it could not be written.
        """
        ...


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed's server said. ``document`` is None where nothing changed."""

    document: FeedDocument | None
    url: str  #: where it came from after redirects
    validators: Validators
    fresh_for: timedelta | None = None  #: how long the server says it stays as it is
    moved_to: str = ""  #: where it has moved for good


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a site offers, or an OPML file lists."""

    url: str
    title: str = ""
    folder: str = ""


class FeedSource(Protocol):
    """Fetches feeds, finds them on sites, reads and writes OPML."""

    async def feed(self, url: str, validators: Validators | None = None, sha256: str = "") -> FeedAnswer:
        """The feed at ``url``; nothing is parsed where its validators or the hash of its body are as given.

        Raises:
            SourceError: Unreachable, Gone, NotAllowed or Unreadable, each with what to do.
        """
        ...

    async def discover(self, url: str) -> Sequence[FoundFeed]:
        """The feeds of the site at ``url``, likeliest first; ``url`` itself where it is one.

        Raises:
            SourceError: the site cannot be had, or offers none.
        """
        ...

    async def read_opml(self, source: str, *, local: bool = False) -> Sequence[FoundFeed]:
        """The feeds that an OPML file lists, each once, in its order.

        Raises:
            SourceError: it cannot be had, or is no OPML.
        """
        ...

    def write_opml(self, feeds: Sequence[FoundFeed], title: str, now: datetime) -> str:
        """An OPML 2.0 document that lists ``feeds``."""
        ...


class FeedStore(Protocol):
    """Keeps the feeds and how they are, for several processes: a removed feed never comes back by a late write."""

    async def feeds(self) -> Sequence[Feed]:
        """All feeds, in the order in which they were added."""
        ...

    async def get(self, id_: str) -> Feed | None:
        """The feed of that id."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Active feeds whose next try has come: healthy ones first, then those that waited longest."""
        ...

    async def waiting(self, now: datetime, limit: int) -> Sequence[Feed]:
        """Feeds with an entry whose page is to be read now, those that waited longest first."""
        ...

    async def add(self, feed: Feed) -> bool:
        """Keep a new feed; False where there is one of its id already.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def replace(self, feed: Feed) -> bool:
        """Keep ``feed`` as it is now; False where it is no longer there.

        Raises:
            StoreError: it could not be written.
        """
        ...

    async def remove(self, id_: str) -> bool:
        """Forget the feed of that id; False where there is none.

        Raises:
            StoreError: it could not be written.
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


# --- subscriptions and deliveries ---------------------------------------------------------------------------------


class SubscriptionStore(Protocol):
    """Keeps standing orders. An id is never given twice, also after its subscription was removed."""

    async def add(self, subscription: Subscription) -> None:
        """Keep a new subscription.

        Raises:
            BadRequest: its id is or was another's.
            StoreError: it could not be kept.
        """
        ...

    async def get(self, id_: str) -> Subscription:
        """The subscription of that id.

        Raises:
            NotFound: there is none, or it was removed.
        """
        ...

    async def all(self) -> Sequence[Subscription]:
        """Every subscription, by platform, workspace, channel and id."""
        ...

    async def replace(self, subscription: Subscription) -> None:
        """Keep a changed subscription; its slots are planned anew from ``subscription.since``.

        Raises:
            NotFound: it was removed meanwhile.
            StoreError: it could not be kept; the earlier one is untouched.
        """
        ...

    async def remove(self, id_: str) -> None:
        """Forget a subscription. Its deliveries stay in the ledger; those not yet sent are missed.

        Raises:
            NotFound: there is none of that id.
        """
        ...


@dataclass(frozen=True, slots=True)
class Claimable:
    """Which ready slots a worker can take.

    Attributes:
        platforms: those it serves; all where empty.
        anyone_before: slots due before it are taken of any platform, to be called missed.
        busy: (platform, workspace) pairs that it has enough of in hand.
        share: at most so many of one workspace at once.
    """

    platforms: frozenset[str] = frozenset()
    anyone_before: datetime | None = None
    busy: frozenset[tuple[str, str]] = frozenset()
    share: int | None = None


class DeliveryLedger(Protocol):
    """Knows of every slot, part and attempt. What it returns from is committed and survives a crash.

    A claim carries a fence. Every change that names an older fence than the ledger's changes nothing and says so, so
    a worker that was paused past its lease cannot undo what another did.
    """

    async def waiting(self, now: datetime) -> Sequence[tuple[Subscription, datetime]]:
        """Subscriptions with a slot due that is not planned yet, each with the instant it was planned up to.

        Also those that were planned beyond ``now`` because the clock was wrong: what was called missed and lies in the
        future is taken back first.
        """
        ...

    async def plan(
        self, subscription: Subscription, planned: Sequence[Planned], until: datetime, upcoming: datetime | None
    ) -> int:
        """Record slots, each once for ever, and that all is planned up to ``until``; how many were new.

        ``upcoming`` is when the next one is due. A subscription changed or removed meanwhile is left for the next time.
        """
        ...

    async def add(self, planned: Planned, place: Place) -> bool:
        """Record one slot outside the plan; False when it was there already."""
        ...

    async def unread_span(self) -> tuple[datetime, datetime]:
        """The span whose slots must be read back before anything is sent; empty (both equal) unless just restored."""
        ...

    async def claim(
        self, worker: str, now: datetime, lease: timedelta, limit: int, which: Claimable | None = None
    ) -> Sequence[Delivery]:
        """Take up to ``limit`` slots that are ready, fairly: the workspaces in turn, each one's oldest first.

        Ready is what is due, or held until now, or left by a worker whose lease has ended.
        """
        ...

    async def take_over(self, now: datetime) -> int:
        """Void the claims of earlier processes; how many. Only where no other process can be at work: one file, locked.

        What they were sending stays in doubt and is settled like any doubt.
        """
        ...

    async def take(self, key: str, worker: str, now: datetime, lease: timedelta) -> Delivery | None:
        """Take that one slot, if it is ready; None if it is not."""
        ...

    async def renew(self, delivery: Delivery, now: datetime, lease: timedelta) -> bool:
        """Extend the lease; False when it was lost."""
        ...

    async def freeze(self, delivery: Delivery, edition: Mapping[str, Any], parts: Sequence[Part]) -> Delivery | None:
        """Store what is sent, once and for all; None when the lease was lost."""
        ...

    async def begin(self, delivery: Delivery, part: int, now: datetime) -> Delivery | None:
        """Record that a part is about to be sent; None when the lease was lost, and then nothing may be sent."""
        ...

    async def finish(self, delivery: Delivery, part: int, outcome: Outcome, now: datetime) -> Delivery | None:
        """Record what the last attempt at a part came to.

        What an attempt brought is recorded whoever holds the slot now; None when that is someone else.
        """
        ...

    async def settle(self, delivery: Delivery, part: int, found: Posted | None, now: datetime) -> Delivery | None:
        """Record what reading back said of all doubtful attempts at a part; None when the lease was lost."""
        ...

    async def conclude(
        self,
        delivery: Delivery,
        state: SlotState,
        now: datetime,
        reason: str = "",
        hint: str = "",
        again_at: datetime | None = None,
        failed: bool = False,
    ) -> bool:
        """Let go of a slot in that state, to be claimed again at ``again_at``; False when the lease was lost.

        ``failed`` counts one more failure of composing or reading back.
        """
        ...

    async def get(self, key: str) -> Delivery:
        """The delivery of a slot's key.

        Raises:
            NotFound: there is none.
        """
        ...

    async def deliveries(
        self,
        states: Sequence[SlotState] = (),
        subscription: str | None = None,
        since: datetime | None = None,
        limit: int = 100,
    ) -> Sequence[Delivery]:
        """Deliveries, newest slot first; of all states where none is named."""
        ...

    async def delivered_to(self, place: Place, limit: int = 20) -> Sequence[Delivery]:
        """What that channel last received (its first part at least), newest first, with editions and parts."""
        ...

    async def recent(self, since: datetime) -> Sequence[Delivery]:
        """Everything delivered after ``since``, for corrections."""
        ...

    async def amend(self, key: str, edition: Mapping[str, Any], payloads: Mapping[int, Mapping[str, Any]]) -> None:
        """Store the newer state of a delivered edition and of its parts' payloads."""
        ...

    async def counts(self, since: datetime) -> Mapping[SlotState, int]:
        """How many slots are in each state, of those due after ``since``."""
        ...

    async def refusals(self, subscription: str) -> int:
        """How many of its latest ended slots in a row were refused."""
        ...


class FollowStore(Protocol):
    """Who follows which entity. A person is known by platform, workspace and the platform's user id."""

    async def follow(self, platform: Platform, workspace: str, actor: Actor, entity: str, now: datetime) -> bool:
        """Keep it; False when it was so already."""
        ...

    async def unfollow(self, platform: Platform, workspace: str, actor: Actor, entity: str) -> bool:
        """Forget it; False when it was not so."""
        ...

    async def followed(self, platform: Platform, workspace: str, actor: Actor) -> Sequence[str]:
        """The entity ids that a person follows, the latest first."""
        ...

    async def forget(self, platform: Platform, workspace: str) -> int:
        """Forget everyone of a workspace that removed the bot; how many rows went."""
        ...


class Timetable(Protocol):
    """Wakes the bot; decides nothing."""

    def every(self, name: str, interval: timedelta, job: Callable[[], Awaitable[None]]) -> None:
        """Call ``job`` at once and then every ``interval``, never twice at a time; errors are logged, not fatal."""
        ...

    async def run(self) -> None:
        """Keep waking until cancelled."""
        ...
