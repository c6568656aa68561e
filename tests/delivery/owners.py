"""Several owners of slots in slow motion, for a state machine: one step at a time, anything in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.domain.deliveries import (
    Compose,
    Conclude,
    Delivery,
    Hold,
    Outcome,
    Part,
    ReadBack,
    Rules,
    Send,
    SlotState,
    next_step,
    outcome_of,
    part_key,
)
from bot.domain.errors import DeliveryError
from bot.ports import DeliveryLedger, Posted
from tests.delivery.samples import NOW, PLACE

RULES = Rules(grace=timedelta(hours=2), send_timeout=timedelta(seconds=20), settle_after=timedelta(seconds=30))
LEASE = timedelta(seconds=9)
PARTS = 2
Fate = Literal["taken", "taken, not told", "late", "lost", "failed", "refused"]


@dataclass
class Channel:
    """A platform without keys: what it holds, and what it will have taken in a while."""

    held: list[str] = field(default_factory=list)
    late: list[tuple[datetime, str]] = field(default_factory=list)

    def take_late(self, now: datetime) -> None:
        """What was under way has arrived."""
        self.held += [key for at, key in self.late if at <= now]
        self.late = [(at, key) for at, key in self.late if at > now]


@dataclass
class Owner:
    """A process with one slot in hand, between two of its steps. What it knows may be long out of date.

    Attributes:
        deadline: when its lease ends, by its own count.
        doing: what is decided and not done yet, with the moment it was decided where the ledger is told one.
        longest: no request of the attempt under way may be written after it.
    """

    delivery: Delivery
    deadline: datetime
    doing: tuple[Any, ...] = ()
    longest: datetime = NOW

    async def step(self, ledger: DeliveryLedger, channel: Channel, fate: Fate, now: datetime, removed: bool) -> bool:
        """Take half a step: decide, or do what was decided, however long ago. False when the slot is not in hand."""
        match self.doing:
            case ():
                self.doing = self._decided(now, removed)
                return now < self.deadline
            case ("look", number):
                key = part_key(self.delivery.slot, number)
                found = Posted(PLACE, f"m{channel.held.index(key)}") if key in channel.held else None
                self.doing = ("settle", number, found)
            case ("post", number):
                self.doing = ("finish", number, self._posted(channel, number, fate, now))
            case _:
                return self._have(await self._done(ledger, now))
        return True

    def _decided(self, now: datetime, removed: bool) -> tuple[Any, ...]:
        match next_step(self.delivery, RULES, now):
            case Conclude(state, reason, hint):
                return ("conclude", state, now, reason, hint)
            case Hold(until):
                return ("conclude", self._waiting(), now, "", "", until)
            case Compose():
                return ("conclude", "missed", now, "The briefing was removed.") if removed else ("freeze",)
            case Send(number):
                self.longest = now + RULES.send_timeout
                return ("begin", number, now)
            case ReadBack(number, _):
                return ("look", number)

    async def _done(self, ledger: DeliveryLedger, now: datetime) -> Delivery | None:
        """What the ledger makes of it; None where the slot was let go or is another's."""
        match self.doing:
            case ("conclude", *told):
                await ledger.conclude(self.delivery, *told)
                return None
            case ("freeze",):
                return await ledger.freeze(self.delivery, {"id": self.delivery.slot.key}, self._parts())
            case ("begin", number, dated):
                return await ledger.begin(self.delivery, number, dated)
            case ("finish", number, outcome):
                return await ledger.finish(self.delivery, number, outcome, now)
            case ("settle", number, found):
                return await ledger.settle(self.delivery, number, found, now)
        raise AssertionError(self.doing)

    def _posted(self, channel: Channel, number: int, fate: Fate, now: datetime) -> Outcome:
        """What the one request comes to; not made past the lease, as leave to write is asked for right before."""
        if now >= min(self.deadline, self.longest):
            return Outcome("failed", "Its lease had ended, so it was not sent.")
        key = self.delivery.parts[number].key
        tries = len(self.delivery.parts[number].attempts)
        if fate in ("taken", "taken, not told"):
            channel.held.append(key)
        if fate == "late":
            channel.late.append((now + RULES.settle_after, key))
        if fate == "taken":
            return Outcome("delivered", ref=f"m{len(channel.held) - 1}")
        refused, doubtful = fate == "refused", fate not in ("failed", "refused")
        return outcome_of(DeliveryError(fate, permanent=refused, maybe_sent=doubtful), tries, now)

    def _have(self, delivery: Delivery | None) -> bool:
        self.doing = ("post", self.doing[1]) if self.doing[0] == "begin" else ()
        if delivery is None:
            return False
        self.delivery = delivery
        return delivery.state != "delivered"

    def _waiting(self) -> SlotState:
        if any(part.doubts for part in self.delivery.parts):
            return "unknown"
        return "sending" if any(part.state == "delivered" for part in self.delivery.parts) else "due"

    def _parts(self) -> list[Part]:
        slot = self.delivery.slot
        return [Part(n, part_key(slot, n), {"text": f"{n}"}, 0 if n else None) for n in range(PARTS)]
