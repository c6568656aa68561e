"""Carries one claimed slot as far as it goes: asks what to do next, records it, does it, records what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

import structlog

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
    read_again_at,
)
from bot.domain.deliveries import backoff as wait_after
from bot.domain.errors import BotError, DeliveryError, NotFound, StoreError
from bot.domain.places import Platform
from bot.domain.subscriptions import Subscription, quiet_until
from bot.ports import ChatPlatform, Clock, DeliveryLedger, Posted, elapsed
from bot.services.delivery.desk import Desk, editions_of, parts_of
from bot.services.delivery.hand import Hand
from bot.services.delivery.meter import Meter
from bot.services.delivery.pace import Pace
from bot.services.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)
# How many editions of a channel decide what is new to it: a week of three a day.
_REMEMBERED = 21
# A platform that this process does not serve may be served again after a restart with other settings.
_UNSERVED_AGAIN = timedelta(minutes=5)
_STORE_AGAIN = 0.5  # seconds
_UNSENT = Outcome("failed", "Its lease had ended, so it was not sent; another process takes it up.")


class Courier:
    """Takes the steps that :func:`bot.domain.deliveries.next_step` decides. Decides nothing itself."""

    def __init__(
        self,
        ledger: DeliveryLedger,
        subscriptions: Subscriptions,
        desk: Desk,
        platforms: Mapping[Platform, ChatPlatform],
        clock: Clock,
        pace: Pace,
        meter: Meter,
        grace: timedelta,
        send_timeout: timedelta,
    ) -> None:
        self._ledger = ledger
        self._subscriptions = subscriptions
        self._desk = desk
        self._platforms = platforms
        self._clock = clock
        self._pace = pace
        self._meter = meter
        self._grace = grace
        self._send_timeout = send_timeout

    async def carry(self, hand: Hand) -> None:
        """Take steps until the slot ends, must wait, or is someone else's.

        Raises:
            StoreError: the ledger could not be read or written; whoever claims the slot next goes on from there.
        """
        while not hand.stopped and not hand.lost and await self._step(hand):
            pass

    async def put_down(self, hand: Hand) -> None:
        """Let go of a slot in the middle, so that whoever comes next takes it up at once."""
        now = self._clock.now()
        await self._hold(hand.delivery, now, now)

    async def _step(self, hand: Hand) -> bool:
        """Take one step; whether there is another to take now."""
        delivery, now = hand.delivery, self._clock.now()
        platform = self._platforms.get(delivery.place.platform)
        rules = self._rules(platform)
        step = next_step(delivery, rules, now, await self._quiet_until(delivery, now))
        match step:
            case Conclude():
                await self._conclude(delivery, step, now)
                return False
            case Hold(until):
                await self._hold(delivery, until, now)
                return False
            case _ if platform is None:
                await self._unserved(delivery, now)
                return False
            case Compose():
                return await self._compose(hand, platform, now)
            case Send(number):
                return await self._send(hand, platform, number)
            case ReadBack(number, since):
                return await self._read_back(hand, platform, number, since)
            case _:
                assert_never(step)

    def _rules(self, platform: ChatPlatform | None) -> Rules:
        if platform is None:
            return Rules(self._grace, self._send_timeout)
        return Rules(self._grace, self._send_timeout, platform.settle_after, platform.resend_within)

    async def _quiet_until(self, delivery: Delivery, now: datetime) -> datetime | None:
        """Read only where it can matter: nothing is late within a minute of its time."""
        if delivery.slot.kind == "now" or now - delivery.slot.instant < timedelta(minutes=1):
            return None
        try:
            subscription = await self._subscriptions.get(delivery.slot.subscription)
        except NotFound:
            return None
        return quiet_until(subscription.schedule, now)

    async def _compose(self, hand: Hand, platform: ChatPlatform, now: datetime) -> bool:
        delivery = hand.delivery
        try:
            subscription = await self._subscriptions.get(delivery.slot.subscription)
        except NotFound:
            await self._conclude(delivery, Conclude("missed", "The briefing was removed."), now)
            return False
        try:
            return await self._freeze(hand, platform, subscription, now)
        except BotError as error:
            reason, hint = error.what, error.hint
        except Exception:  # noqa: BLE001 - one briefing's fault must not stop the others; it is logged and told
            _log.exception("composing failed", slot=delivery.slot.key)
            reason, hint = "It could not be composed: an unexpected error.", "The bot's log tells more."
        again_at = now + wait_after(delivery.failures + 1)
        await self._ledger.conclude(delivery, "due", now, reason, hint, again_at, failed=True)
        return False

    async def _freeze(self, hand: Hand, platform: ChatPlatform, subscription: Subscription, now: datetime) -> bool:
        delivery = hand.delivery
        previous = editions_of(await self._ledger.delivered_to(delivery.place, _REMEMBERED))
        edition = await self._desk.edition(subscription, delivery.slot.sent_at(now), previous)
        if edition is None:
            reason = "There was not enough news for it, as the subscription asks."
            await self._conclude(delivery, Conclude("skipped", reason), now)
            return False
        message = self._desk.message(edition, details=subscription.details)
        parts = parts_of(message, delivery.slot, platform, subscription.options)
        frozen = await self._ledger.freeze(delivery, edition.model_dump(mode="json"), parts)
        hand.delivery = frozen or delivery
        return frozen is not None

    async def _send(self, hand: Hand, platform: ChatPlatform, number: int) -> bool:
        """Wait for a turn, record the attempt, send, record what came of it."""
        await self._pace.turn(hand.delivery.place)
        if hand.lost:
            return False
        hand.sending = True
        try:
            dated = elapsed()
            begun = await self._ledger.begin(hand.delivery, number, self._clock.now())
            if begun is None:
                return False
            hand.delivery = begun
            if hand.lost:
                # Paused while the attempt was recorded: another worker may be at it, and this one sends nothing.
                await self._ledger.finish(begun, number, _UNSENT, self._clock.now())
                return False
            loop = asyncio.get_running_loop()
            started = loop.time()
            outcome = await self._sent(hand, platform, begun.parts[number], dated)
            self._meter.attempted(platform.name, outcome.outcome, loop.time() - started)
            after = await self._finished(hand, number, outcome)
        finally:
            hand.sending = False
        if after is None:
            return False
        hand.delivery = after
        if after.state == "delivered":
            self._ended(after, "delivered")
            return False
        return True

    async def _finished(self, hand: Hand, number: int, outcome: Outcome) -> Delivery | None:
        """Record an outcome, and try again while the ledger cannot: what is not recorded must be read back."""
        while True:
            try:
                return await self._ledger.finish(hand.delivery, number, outcome, self._clock.now())
            except StoreError as error:
                if hand.lost or hand.stopped:
                    raise
                _log.warning("outcome not recorded yet", slot=hand.delivery.slot.key, reason=str(error))
                await asyncio.sleep(_STORE_AGAIN)

    async def _sent(self, hand: Hand, platform: ChatPlatform, part: Part, dated: float) -> Outcome:
        """What one request came to. It never outlasts the lease: after that another worker may be at it."""
        delivery, leave = hand.delivery, None
        try:
            async with hand.within(self._send_timeout, dated) as leave:
                posted = await platform.send(delivery.place, part.payload, part.key, _replied_to(delivery, part))
        except DeliveryError as error:
            told = error
        except TimeoutError:
            told = DeliveryError("The platform did not answer in time.", maybe_sent=True)
        except asyncio.CancelledError:
            # Shut down for good while the request was under way: what came of it is found out at the next start.
            return Outcome("unknown", "The bot was stopped while it was being posted.")
        except Exception:  # noqa: BLE001 - an adapter's fault says nothing of whether the message was taken
            _log.exception("sending failed", slot=delivery.slot.key, part=part.number)
            told = DeliveryError("An unexpected error.", "The bot's log tells more.", maybe_sent=True)
        else:
            return Outcome("delivered", ref=posted.ref, url=posted.url)
        if leave and leave.refused and not leave.given:
            return _UNSENT
        return outcome_of(told, len(part.attempts), self._clock.now())

    async def _read_back(self, hand: Hand, platform: ChatPlatform, number: int, since: datetime) -> bool:
        delivery = hand.delivery
        part = delivery.parts[number] if delivery.parts else None
        key = part.key if part else part_key(delivery.slot, number)
        try:
            async with asyncio.timeout(self._send_timeout.total_seconds()):
                found = await platform.find(delivery.place, key, since, _replied_to(delivery, part) if part else None)
        except (DeliveryError, TimeoutError) as error:
            told = error if isinstance(error, DeliveryError) else DeliveryError("The platform did not answer in time.")
            await self._unread(delivery, told)
            return False
        after = await self._ledger.settle(delivery, number, found, self._clock.now())
        if after is None:
            return False
        hand.delivery = after
        if after.state == "delivered":
            self._ended(after, "delivered")
            return False
        return True

    async def _unread(self, delivery: Delivery, error: DeliveryError) -> None:
        """Stay unknown, visibly, and look again while it may still matter."""
        now = self._clock.now()
        reason = f"Nobody knows whether it was posted, and the channel cannot be read back: {error.what}"
        again_at = read_again_at(delivery, error, now)
        held = await self._ledger.conclude(delivery, "unknown", now, reason, error.hint, again_at, failed=True)
        if held and delivery.state != "unknown":
            _log.warning("delivery unknown", slot=delivery.slot.key, reason=reason, hint=error.hint)
            self._meter.ended(delivery.place.platform, "unknown", _late(delivery, now))

    async def _hold(self, delivery: Delivery, until: datetime, now: datetime) -> None:
        doubt = any(part.doubts for part in delivery.parts)
        begun = any(part.state == "delivered" for part in delivery.parts)
        state: SlotState = "unknown" if doubt else "sending" if begun else "due"
        last = next((a for p in reversed(delivery.parts) for a in reversed(p.attempts) if a.error), None)
        reason, hint = (last.error, last.hint) if last else (delivery.reason, delivery.hint)
        if doubt and not reason:
            reason = "The process that was sending it ended; the channel is read back once a late post would show."
        await self._ledger.conclude(delivery, state, now, reason, hint, until)

    async def _unserved(self, delivery: Delivery, now: datetime) -> None:
        name = delivery.place.platform
        reason = f"No running process serves {name}."
        hint = f"Set {name}'s tokens, or start lede run without --only."
        state: SlotState = "unknown" if any(part.doubts for part in delivery.parts) else "due"
        await self._ledger.conclude(delivery, state, now, reason, hint, now + _UNSERVED_AGAIN)

    async def _conclude(self, delivery: Delivery, end: Conclude, now: datetime) -> None:
        if await self._ledger.conclude(delivery, end.state, now, end.reason, end.hint):
            self._ended(delivery, end.state, end.reason, end.hint)

    def _ended(self, delivery: Delivery, state: SlotState, reason: str = "", hint: str = "") -> None:
        told = _log.warning if state in ("refused", "missed") else _log.info
        told(f"delivery {state}", slot=delivery.slot.key, platform=delivery.place.platform, reason=reason, hint=hint)
        self._meter.ended(delivery.place.platform, state, _late(delivery, self._clock.now()))


def _replied_to(delivery: Delivery, part: Part) -> Posted | None:
    if part.reply_to is None:
        return None
    above = delivery.parts[part.reply_to]
    return Posted(delivery.place, above.ref, above.url)


def _late(delivery: Delivery, now: datetime) -> float:
    return (now - delivery.slot.instant).total_seconds()
