"""A platform, a desk and a timetable with the same ports as the real ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.briefings import Edition
from bot.domain.errors import DeliveryError
from bot.domain.places import Place, Platform
from bot.domain.subscriptions import Slot, Subscription
from bot.messages.model import Message, Paragraph, plain
from bot.ports import Payload, Posted
from bot.services.delivery import Budgets, DeliveryService, Measures, Pace
from bot.services.subscriptions import Subscriptions
from bot.stores.sql.database import Database
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.subscriptions import SqlSubscriptions
from tests.delivery.samples import NOW
from tests.fakes import FakeClock

Fault = Callable[[str], Exception | None]
"""What goes wrong with the request of that key: nothing where None."""


@dataclass(frozen=True)
class Held:
    """A message that the platform holds."""

    place: Place
    key: str
    payload: Payload
    at: datetime
    reply_to: str


@dataclass
class FakePlatform:
    """Holds messages; ``before`` and ``after`` are asked for faults before and after it takes one."""

    clock: FakeClock
    name: Platform = "slack"
    held: list[Held] = field(default_factory=list)
    edits: list[tuple[str, Payload]] = field(default_factory=list)
    before: Fault = lambda key: None
    after: Fault = lambda key: None
    unreadable: DeliveryError | None = None
    settle_after: timedelta = timedelta(seconds=30)
    resend_within: timedelta = timedelta(0)
    calls: int = 0
    reads: int = 0

    def render(self, message: Message) -> tuple[Payload, ...]:
        """One payload for each paragraph."""
        return tuple({"text": block.spans[0].text} for block in message.blocks if isinstance(block, Paragraph))

    async def send(self, place: Place, payload: Payload, key: str, reply_to: Posted | None = None) -> Posted:
        """Hold it, unless a fault says otherwise; a key is held once while ``resend_within`` is not zero."""
        self.calls += 1
        if fault := self.before(key):
            raise fault
        known = next((n for n, each in enumerate(self.held) if each.key == key), None)
        if known is None or not self.resend_within:
            self.held.append(Held(place, key, payload, self.clock.now(), reply_to.ref if reply_to else ""))
            known = len(self.held) - 1
        if fault := self.after(key):
            raise fault
        return Posted(place, f"m{known}", f"https://chat.example/{known}")

    async def edit(self, posted: Posted, payload: Payload) -> None:
        """Note the edit."""
        self.edits.append((posted.ref, payload))

    async def find(self, place: Place, key: str, since: datetime, reply_to: Posted | None = None) -> Posted | None:
        """Look among what is held."""
        self.reads += 1
        if self.unreadable:
            raise self.unreadable
        for n, each in enumerate(self.held):
            if (each.place, each.key) == (place, key) and each.at > since:
                return Posted(place, f"m{n}")
        return None

    async def run(self) -> None:
        """There are no commands here."""

    async def health(self) -> Sequence[str]:
        """All is well."""
        return []

    @property
    def keys(self) -> list[str]:
        """The keys of everything held, in order."""
        return [each.key for each in self.held]


def edition(slot: Slot, text: str = "news") -> Edition:
    """An edition without stories; its title is the text."""
    notes = (slot.note,) if slot.note else ()
    return Edition(
        id=slot.key, title=text, at=slot.instant, timezone=slot.timezone, since=slot.instant, notes=notes, stories=()
    )


@dataclass
class FakeDesk:
    """Writes one message a part: ``parts`` in the channel, ``details`` below the first."""

    parts: int = 1
    details: int = 0
    news: bool = True
    broken: Exception | None = None
    correction: str = ""
    seen: list[Sequence[Edition]] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    async def edition(self, subscription: Subscription, slot: Slot, previous: Sequence[Edition]) -> Edition | None:
        """An edition, unless there is no news."""
        self.seen.append(previous)
        self.slots.append(slot)
        if self.broken:
            raise self.broken
        return edition(slot) if self.news else None

    def message(self, edition: Edition, details: bool = False) -> Message:
        """The parts as paragraphs, the details as a thread."""
        blocks = tuple(Paragraph(plain(f"{edition.id} {edition.title} {n}")) for n in range(self.parts))
        thread = tuple(Message("d", (Paragraph(plain(f"detail {n}")),), "d") for n in range(self.details))
        return Message(edition.title, blocks, "briefing", "news", thread)

    @property
    def corrections(self) -> int:
        """One more for each character of the correction."""
        return len(self.correction)

    async def corrected(self, edition: Edition) -> Edition | None:
        """The edition with the correction as its title."""
        if not self.correction or edition.title == self.correction:
            return None
        return edition.model_copy(update={"title": self.correction})


@dataclass
class Bench:
    """A delivery service on a real ledger with a fake platform, desk and clock."""

    database: Database
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    desk: FakeDesk = field(default_factory=FakeDesk)
    measures: Measures = field(default_factory=Measures)

    def __post_init__(self) -> None:
        self.platform = FakePlatform(self.clock)
        self.ledger = SqlLedger(self.database)
        self.store = SqlSubscriptions(self.database, self.clock.now)
        self.subscriptions = Subscriptions(self.store, self.clock, random.Random(7).choice, "Europe/Berlin")
        self.service = self.another("w1")

    def another(self, worker: str) -> DeliveryService:
        """One more process on the same ledger and platform."""
        platforms: Mapping[Any, Any] = {self.platform.name: self.platform}
        fast = Pace(Budgets(channel=1e6, workspace=1e6, burst=1000, process=1e6))
        return DeliveryService(
            self.ledger, self.subscriptions, self.desk, platforms, self.clock, worker, self.measures, fast
        )

    async def run(self, *moves: timedelta) -> None:
        """Wake the service, and again after each move of the clock, each time until nothing is in hand."""
        await self.service.wake()
        await self.service.idle()
        for move in moves:
            self.clock.move(move)
            await self.service.wake()
            await self.service.idle()
