"""Keeps couriers busy: plans slots, claims what is ready, renews leases, stops cleanly, tells how things stand."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

import structlog

from bot.domain.briefings import Edition
from bot.domain.deliveries import TROUBLED, Delivery, Planned, plan
from bot.domain.errors import BadRequest, BotError, NotFound, StoreError
from bot.domain.places import Place, Platform
from bot.domain.subscriptions import Subscription, next_slot, slot_now
from bot.ports import ChatPlatform, Claimable, Clock, DeliveryLedger, Fuse, Timetable, elapsed
from bot.services.delivery.corrections import correct
from bot.services.delivery.courier import Courier
from bot.services.delivery.desk import Desk, editions_of
from bot.services.delivery.hand import Hand
from bot.services.delivery.meter import Meter, NoMeter
from bot.services.delivery.pace import Pace
from bot.services.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)
_TOLD = 5  # troubled deliveries that /status tells one by one
_TROUBLE_FOR = timedelta(days=7)
# Replicas' clocks differ a little, and what was posted is recorded a moment later.
_OVERLAP = timedelta(minutes=5)
# Planning writes one transaction a subscription; so many share one fsync on SQLite.
_PLANNED_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Measures:
    """How delivering is measured.

    Attributes:
        grace: how late a briefing may still be sent.
        send_timeout: the longest one request may take.
        lease: how long a slot stays claimed unless renewed; a lost replica's slots are free after it.
        at_once: slots in hand in this process, ``share`` of them at most of one workspace.
        slack: how long a job engine is given to take a slot before it is taken without it; zero where there is none.
        pause_after: so many briefings refused in a row pause their subscription.
        corrections: how long a posted briefing is corrected.
    """

    grace: timedelta = timedelta(hours=2)
    send_timeout: timedelta = timedelta(seconds=20)
    lease: timedelta = timedelta(seconds=9)
    at_once: int = 64
    share: int = 8
    slack: timedelta = timedelta(0)
    pause_after: int = 3
    corrections: timedelta = timedelta(hours=48)


class DeliveryService:
    """Delivers briefings.

    Args:
        ledger: what was and is.
        subscriptions: standing orders.
        desk: writes the editions.
        platforms: those that this process serves.
        clock: the present.
        worker: this process's name, different for each that runs.
        measures: grace, leases and the like.
        pace: budgets of channels and workspaces.
        meter: counts for ``/metrics``.
        fuse: where other processes share the ledger, ends this one if it is paused while it writes a message.
    """

    def __init__(
        self,
        ledger: DeliveryLedger,
        subscriptions: Subscriptions,
        desk: Desk,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Clock,
        worker: str,
        measures: Measures | None = None,
        pace: Pace | None = None,
        meter: Meter | None = None,
        fuse: Fuse | None = None,
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._desk = desk
        self._platforms = platforms
        self._clock = clock
        self._worker = worker
        self._fuse = fuse
        self._measures = measures or Measures()
        self._meter = meter or NoMeter()
        self._courier = Courier(
            ledger,
            subscriptions,
            desk,
            platforms,
            clock,
            pace or Pace(),
            self._meter,
            self._measures.grace,
            self._measures.send_timeout,
        )
        self._hands: dict[str, tuple[Hand, asyncio.Task[None]]] = {}
        self._renewing: asyncio.Task[None] | None = None
        self._filling = asyncio.Lock()
        self._stopping = False
        self._backlog = False
        self._looked_at: datetime | None = None
        self._corrections = 0
        self._unread: tuple[datetime, datetime] | None = None

    # --- the clockwork ----------------------------------------------------------------------------------------------

    def schedule(self, timetable: Timetable) -> None:
        """Have the timetable wake this service."""
        timetable.every("deliveries", timedelta(seconds=1), self.wake)
        timetable.every("corrections", timedelta(minutes=1), self.correct)
        timetable.every("delivery states", timedelta(seconds=30), self.measure)

    async def wake(self) -> None:
        """Plan what has come due and take up what is ready; what is taken up goes on in the background.

        Raises:
            StoreError: the ledger could not be read or written; the next wake tries again.
        """
        if not self._stopping:
            await self._plan()
            await self._fill()

    async def idle(self) -> None:
        """Return when nothing is in hand (for tests and for a single run)."""
        while self._hands:
            await asyncio.wait([task for _, task in self._hands.values()])
            await asyncio.sleep(0)

    async def drain(self, within: timedelta = timedelta(seconds=8)) -> None:
        """Take up nothing more, let requests under way end, put everything else down; done ``within`` that time."""
        self._stopping = True
        for hand, task in self._hands.values():
            hand.stopped = True
            if not hand.sending:
                task.cancel()
        patience = within.total_seconds()
        for share in (0.75, 0.2):
            tasks = [task for _, task in self._hands.values()]
            if tasks:
                await asyncio.wait(tasks, timeout=patience * share)
            for _, task in self._hands.values():
                task.cancel()
        if self._renewing:
            self._renewing.cancel()

    async def deliver(self, key: str) -> None:
        """Carry that one slot, if it is ready: the job of a job engine."""
        task = await self._take(key)
        if task:
            await task

    async def _take(self, key: str) -> asyncio.Task[None] | None:
        if self._stopping or key in self._hands:
            return None
        deadline = elapsed() + self._measures.lease.total_seconds()
        taken = await self._ledger.take(key, self._worker, self._clock.now(), self._measures.lease)
        return self._start(taken, deadline) if taken else None

    async def _plan(self) -> None:
        now = self._clock.now()
        if self._unread is None:
            self._unread = await self._ledger.unread_span()
        # Replicas that plan the same rush begin at different ends of it, and find done what the others have done.
        waiting = sorted(
            await self._ledger.waiting(now), key=lambda each: crc32(f"{self._worker} {each[0].id}".encode())
        )
        for start in range(0, len(waiting), _PLANNED_AT_ONCE):
            some = waiting[start : start + _PLANNED_AT_ONCE]
            await asyncio.gather(*(self._plan_one(subscription, after, now) for subscription, after in some))

    async def _plan_one(self, subscription: Subscription, after: datetime, now: datetime) -> None:
        assert self._unread is not None
        planned = plan(subscription, after, now, self._measures.grace, self._unread)
        upcoming = next_slot(subscription, now)
        new = await self._ledger.plan(subscription, planned, now, upcoming.instant if upcoming else None)
        missed = [each for each in planned if each.state == "missed"] if new else []
        for each in missed:
            _log.warning("delivery missed", slot=each.slot.key, reason=each.reason, hint=each.hint)
            late = (now - each.slot.instant).total_seconds()
            self._meter.ended(subscription.place.platform, "missed", late)

    async def _fill(self) -> None:
        """Claim as much as there is room for; two at a time would claim too much."""
        if self._filling.locked():
            return
        async with self._filling:
            measures = self._measures
            room = measures.at_once - len(self._hands)
            if room <= 0 or self._stopping:
                return
            here = Counter((h.delivery.place.platform, h.delivery.place.workspace) for h, _ in self._hands.values())
            # The lease is counted from before the ledger's present is taken, so by our count it never ends later.
            deadline = elapsed() + measures.lease.total_seconds()
            now = self._clock.now()
            which = Claimable(
                platforms=frozenset(self._platforms),
                anyone_before=now - measures.grace,
                busy=frozenset(workspace for workspace, number in here.items() if number >= measures.share),
                share=measures.share,
            )
            lease = measures.lease + measures.slack
            claimed = await self._ledger.claim(self._worker, now - measures.slack, lease, room, which)
            self._backlog = bool(claimed)
            for delivery in claimed:
                self._start(delivery, deadline)

    def _start(self, delivery: Delivery, deadline: float) -> asyncio.Task[None]:
        hand = Hand(delivery, deadline, self._fuse)
        task = asyncio.create_task(self._carry(hand), name=f"deliver {delivery.slot.key}")
        self._hands[delivery.slot.key] = (hand, task)
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew(), name="renew leases")
        return task

    async def _carry(self, hand: Hand) -> None:
        key = hand.delivery.slot.key
        try:
            await self._courier.carry(hand)
            if hand.stopped and not hand.lost:
                await self._courier.put_down(hand)
            await self._pause_refused(hand.delivery)
        except asyncio.CancelledError:
            await asyncio.shield(self._put_down(hand))
        except StoreError as error:
            _log.error("ledger failed", slot=key, reason=str(error))
        except Exception:  # noqa: BLE001 - logged; the slot is free again when its lease ends
            _log.exception("delivery failed", slot=key)
        finally:
            if self._hands.get(key, (None,))[0] is hand:
                del self._hands[key]
            if not self._hands and self._renewing:
                self._renewing.cancel()
                self._renewing = None
        # Where the last look found nothing, the next one is the next wake's.
        if self._backlog and not self._stopping and len(self._hands) <= self._measures.at_once // 2:
            await self._refill()

    async def _put_down(self, hand: Hand) -> None:
        try:
            await self._courier.put_down(hand)
        except StoreError as error:
            _log.error("slot not put down; its lease will end", slot=hand.delivery.slot.key, reason=str(error))

    async def _refill(self) -> None:
        try:
            await self._fill()
        except StoreError as error:
            _log.error("ledger failed", reason=str(error))

    async def _renew(self) -> None:
        """Renew every lease three times as often as it would end."""
        lease = self._measures.lease
        while self._hands:
            await asyncio.sleep(lease.total_seconds() / 3)
            if hands := list(self._hands.values()):
                await self._renew_all(hands, lease)

    async def _renew_all(self, hands: Sequence[tuple[Hand, asyncio.Task[None]]], lease: timedelta) -> None:
        deadline = elapsed() + lease.total_seconds()
        try:
            held = await self._ledger.renew([hand.delivery for hand, _ in hands], self._clock.now(), lease)
        except StoreError as error:
            _log.warning("leases not renewed", slots=len(hands), reason=str(error))
            return
        for hand, task in hands:
            if hand.delivery.slot.key in held:
                hand.extend(deadline)
            elif not hand.sending:
                task.cancel()

    async def _pause_refused(self, delivery: Delivery) -> None:
        """Stop asking a channel that refuses again and again, and say so where the subscription is listed."""
        if not any(attempt.outcome == "refused" for part in delivery.parts for attempt in part.attempts):
            return
        id_ = delivery.slot.subscription
        if await self._ledger.refusals(id_) < self._measures.pause_after:
            return
        told = next(a for p in delivery.parts for a in reversed(p.attempts) if a.outcome == "refused")
        why = f"{self._measures.pause_after} briefings in a row were refused: {told.error} {told.hint}".strip()
        try:
            await self._subscriptions.pause(id_, why, by_bot=True)
        except (BadRequest, NotFound):
            return  # someone paused or removed it meanwhile
        _log.warning("subscription paused", subscription=id_, reason=why)

    # --- corrections ------------------------------------------------------------------------------------------------

    async def correct(self) -> None:
        """Edit what was posted where an article was corrected since.

        All that may still be corrected is looked at where corrections came in, or an edit could not be made; else only
        what was posted since the last look, while its correction came.
        """
        now, corrections = self._clock.now(), self._desk.corrections
        looked_at = self._looked_at if corrections == self._corrections else None
        since = now - self._measures.corrections
        done = True
        for delivery in await self._ledger.recent(max(since, looked_at - _OVERLAP) if looked_at else since):
            platform = self._platforms.get(delivery.place.platform)
            if platform and not self._stopping:
                done &= await correct(delivery, platform, self._desk, self._ledger, self._subscriptions)
        self._looked_at, self._corrections = now if done else None, corrections

    # --- what people ask --------------------------------------------------------------------------------------------

    async def now(self, subscription: Subscription, patience: timedelta = timedelta(seconds=10)) -> Delivery:
        """Post a briefing now, once, beside its schedule; what has come of it within ``patience``.

        Raises:
            BadRequest: this process does not serve the platform.
        """
        if subscription.place.platform not in self._platforms:
            raise BadRequest(f"{subscription.place.platform} is not served here.", "Ask where lede run serves it.")
        slot = slot_now(subscription, self._clock.now())
        await self._ledger.add(Planned(slot), subscription.place)
        task = await self._take(slot.key)
        if task:
            await asyncio.wait([task], timeout=patience.total_seconds())
        return await self._ledger.get(slot.key)

    async def preview(self, subscription: Subscription) -> Edition | None:
        """What would be posted now; None where there is not enough news for it."""
        slot = replace(slot_now(subscription, self._clock.now()), kind="regular")
        previous = editions_of(await self._ledger.delivered_to(subscription.place))
        return await self._desk.edition(subscription, slot, previous)

    async def last_edition(self, place: Place) -> Edition | None:
        """What was last posted to a channel; in a thread, what was posted to its channel."""
        found = editions_of(await self._ledger.delivered_to(replace(place, thread=""), 3))
        return found[0] if found else None

    async def troubles(self, now: datetime, limit: int = 50) -> Sequence[Delivery]:
        """What was refused or missed, or is unknown, within the last seven days, newest first."""
        return await self._ledger.deliveries(tuple(TROUBLED), since=now - _TROUBLE_FOR, limit=limit)

    async def status_lines(self, now: datetime) -> list[str]:
        """How deliveries stand, for ``/status``: the last day in numbers, and what needs a person, with the reason."""
        counts = await self._ledger.counts(now - timedelta(days=1))
        told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
        lines = [f"Briefings of the last day: {told or 'none were due'}"]
        troubled = await self.troubles(now, _TOLD + 1)
        for each in troubled[:_TOLD]:
            when = f"{each.slot.nominal:%a %d %b %H:%M}"
            lines.append(f"{each.slot.subscription}, {when}: {each.state}. {each.reason} {each.hint}".strip())
        if len(troubled) > _TOLD:
            lines.append("… and more: lede deliveries lists them all")
        return lines

    async def measure(self) -> None:
        """Tell the meter how many slots are in each state."""
        try:
            counts = await self._ledger.counts(self._clock.now() - timedelta(days=1))
        except BotError as error:
            _log.error("ledger failed", reason=str(error))
            return
        self._meter.states(counts, len(self._hands))
