"""Subscriptions, the ledger of deliveries, and whom people follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.deliveries import Delivery, Outcome, Part, Planned, SlotState
from bot.domain.places import Actor, Place, Platform
from bot.domain.subscriptions import Subscription
from bot.ports.platforms import Posted


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

    async def renew(self, deliveries: Sequence[Delivery], now: datetime, lease: timedelta) -> frozenset[str]:
        """Extend the leases; the keys of those that were not lost."""
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
