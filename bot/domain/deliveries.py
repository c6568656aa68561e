"""What happened to each slot, and what to do next about it.

    due → claimed → sending → delivered | refused | missed | skipped | unknown

Nothing leaves the process before an attempt is recorded and committed. An attempt without an outcome is a doubt, and
a doubt is settled by the platform: by sending the same key again while the platform itself drops repeats, or by
reading the channel back once a late post must have appeared. :func:`next_step` decides; it does nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.domain.subscriptions import Slot, Subscription, slots

SlotState = Literal["due", "claimed", "sending", "delivered", "refused", "missed", "skipped", "unknown"]
SLOT_STATES: tuple[SlotState, ...] = (
    "due", "claimed", "sending", "delivered", "refused", "missed", "skipped", "unknown",
)  # fmt: skip
#: Nothing more happens to these. An unknown one is looked at again while its ``again_at`` is set.
ENDED: frozenset[SlotState] = frozenset({"delivered", "refused", "missed", "skipped"})
#: What a person should see and may have to act on.
TROUBLED: frozenset[SlotState] = frozenset({"refused", "missed", "unknown"})

PartState = Literal["pending", "sending", "delivered", "refused", "unknown"]
AttemptOutcome = Literal[
    "sending",  # recorded before the request; still so after a crash: a doubt
    "delivered",
    "failed",  # certainly not posted; worth another try
    "refused",  # certainly not posted; no try can succeed
    "unknown",  # the request may have been taken: a doubt
    "absent",  # was a doubt; the channel was read back and it is not there
]
_DOUBTS: frozenset[AttemptOutcome] = frozenset({"sending", "unknown"})

# Asked to wait 0 or a negative time we still wait this long, and never longer than the other, whatever we are asked.
_SHORTEST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(hours=1)
# Doubling from one second, a dead platform is tried about twenty times within two hours.
_LONGEST_BACKOFF = timedelta(minutes=8)
# An admin may grant a missing scope within the day; after that nobody reads yesterday's briefing anyway.
_READ_FOR = timedelta(hours=24)
_READ_AGAIN = timedelta(minutes=5)
# After a long stop the slots of this span are recorded as missed, not every one since.
_REMEMBERED = timedelta(days=31)
# Our clock and the platform's differ; a message posted for a slot is not older than this before it.
_CLOCK_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a platform. ``number`` counts from 1 within its part; ``retry_at`` is the earliest next one."""

    number: int
    worker: str
    started: datetime
    outcome: AttemptOutcome = "sending"
    ended: datetime | None = None
    retry_at: datetime | None = None
    error: str = ""
    hint: str = ""
    code: str = ""

    @property
    def in_doubt(self) -> bool:
        """Whether the platform may hold a message of this attempt."""
        return self.outcome in _DOUBTS


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a delivery. ``reply_to`` is the number of the part whose thread it belongs to."""

    number: int
    key: str
    payload: Mapping[str, Any]
    reply_to: int | None = None
    state: PartState = "pending"
    ref: str = ""
    url: str = ""
    attempts: tuple[Attempt, ...] = ()

    @property
    def doubts(self) -> tuple[Attempt, ...]:
        """The attempts of which nobody knows whether they were taken."""
        return tuple(attempt for attempt in self.attempts if attempt.in_doubt)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A slot with everything the ledger knows of it.

    Attributes:
        place: where, as it was when the slot was planned.
        edition: what is sent, frozen as JSON; None until composed.
        reason, hint: why it is in this state and what to do next; for people.
        fence: grows with every claim; a holder of an older one changes nothing.
        again_at: not to be claimed before.
        failures: how often composing or reading back went wrong.
        unread: the channel must be read back before anything is sent (after a restore).
        superseded_by: wall time of a later slot of the same subscription that is due already; empty if none.
    """

    slot: Slot
    place: Place
    state: SlotState = "due"
    parts: tuple[Part, ...] = ()
    edition: Mapping[str, Any] | None = None
    reason: str = ""
    hint: str = ""
    fence: int = 0
    worker: str = ""
    lease_until: datetime | None = None
    again_at: datetime | None = None
    failures: int = 0
    unread: bool = False
    superseded_by: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The measures of one platform and of the operator.

    Attributes:
        grace: how late a briefing may still be sent.
        send_timeout: no request of ours lasts longer, so a doubt begins to settle then at the latest.
        settle_after, resend_within: the platform's, see :class:`bot.ports.ChatPlatform`.
    """

    grace: timedelta = timedelta(hours=2)
    send_timeout: timedelta = timedelta(seconds=20)
    settle_after: timedelta = timedelta(seconds=30)
    resend_within: timedelta = timedelta(0)


# --- steps ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compose:
    """Make the edition and freeze it with its parts."""


@dataclass(frozen=True, slots=True)
class Send:
    """Record an attempt, then send the part of that number."""

    part: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Look for the key of that part among what was posted after ``since``."""

    part: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Let go of the slot until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Conclude:
    """This is how it ends."""

    state: SlotState
    reason: str = ""
    hint: str = ""


Step = Compose | Send | ReadBack | Hold | Conclude


def part_key(slot: Slot, number: int) -> str:
    """What a part is called on the platform for ever: at most 25 characters of ``[a-z0-9-]``."""
    return f"{slot.key}-{number}"


def next_step(delivery: Delivery, rules: Rules, now: datetime, quiet_until: datetime | None = None) -> Step:
    """What to do about a claimed slot.

    Args:
        delivery: the slot as the ledger has it.
        rules: the platform's and the operator's measures.
        now: the present.
        quiet_until: when the subscription's quiet hours end, if they hold now.
    """
    if delivery.state in ENDED:
        return Conclude(delivery.state, delivery.reason, delivery.hint)
    if delivery.unread:
        return ReadBack(0, delivery.slot.instant - _CLOCK_SKEW)
    if not delivery.parts:
        return _missed(delivery, rules, now) or _hushed(delivery, rules, now, quiet_until) or Compose()
    for part in delivery.parts:
        if part.state != "delivered":
            return _for_part(delivery, part, rules, now, quiet_until)
    return Conclude("delivered", delivery.reason, delivery.hint)


def _for_part(delivery: Delivery, part: Part, rules: Rules, now: datetime, quiet_until: datetime | None) -> Step:
    last = part.attempts[-1] if part.attempts else None
    if part.doubts:
        return _in_doubt(part, rules, now)
    told = next((a for a in reversed(part.attempts) if a.outcome != "absent"), None)
    if told and told.outcome == "refused":
        return Conclude("refused", _of(delivery, part, told.error), told.hint)
    over = _missed(delivery, rules, now)
    if over:
        return over
    if last and last.retry_at and now < last.retry_at:
        return Hold(last.retry_at)
    begun = any(other.state == "delivered" for other in delivery.parts)
    return (None if begun else _hushed(delivery, rules, now, quiet_until)) or Send(part.number)


def _in_doubt(part: Part, rules: Rules, now: datetime) -> Step:
    first = min(attempt.started for attempt in part.doubts)
    if now + rules.send_timeout <= first + rules.resend_within:
        retry_at = part.attempts[-1].retry_at
        return Hold(retry_at) if retry_at and now < retry_at else Send(part.number)
    settled = max((a.ended or a.started + rules.send_timeout) for a in part.doubts) + rules.settle_after
    return Hold(settled) if now < settled else ReadBack(part.number, first - _CLOCK_SKEW)


def _missed(delivery: Delivery, rules: Rules, now: datetime) -> Conclude | None:
    """The end of a slot whose time has passed. What has begun is finished within the grace time of its beginning."""
    delivered = [a.ended for p in delivery.parts for a in p.attempts if a.outcome == "delivered" and a.ended]
    failed = next((a for p in delivery.parts for a in reversed(p.attempts) if a.error), None)
    because = failed.error if failed else delivery.reason
    if delivered:
        if now <= min(delivered) + rules.grace:
            return None
        posted = sum(part.state == "delivered" for part in delivery.parts)
        hint = (failed.hint if failed else "") or "Ask for the rest with /brief."
        return Conclude("missed", f"Only {posted} of {len(delivery.parts)} messages were posted: {because}", hint)
    if delivery.superseded_by:
        reason = f"It was not sent in time, and the one of {delivery.superseded_by} took its place."
        return Conclude("missed", reason)
    if now <= delivery.slot.instant + rules.grace:
        return None
    if because:
        hint = (failed.hint if failed else delivery.hint) or "Post it with /briefing now."
        return Conclude("missed", f"It could not be sent within {_hours(rules.grace)}: {because}", hint)
    return Conclude("missed", *_not_running(rules.grace))


def _not_running(grace: timedelta) -> tuple[str, str]:
    return f"The bot was not running within {_hours(grace)} of its time.", "Post it with /briefing now."


def _hushed(delivery: Delivery, rules: Rules, now: datetime, quiet_until: datetime | None) -> Step | None:
    """A regular slot is never due in quiet hours, so only a late one can meet them; what a person asks for is sent."""
    if quiet_until is None or now >= quiet_until or delivery.slot.kind == "now":
        return None
    if quiet_until > delivery.slot.instant + rules.grace:
        return Conclude("missed", "It was late, and quiet hours had begun.", "Post it with /briefing now.")
    return Hold(quiet_until)


def _of(delivery: Delivery, part: Part, error: str) -> str:
    return error if part.number == 0 else f"Message {part.number + 1} of {len(delivery.parts)}: {error}"


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 and minutes else f"{minutes} min"


# --- outcomes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to, as the ledger records it."""

    outcome: AttemptOutcome
    error: str = ""
    hint: str = ""
    code: str = ""
    retry_at: datetime | None = None
    ref: str = ""
    url: str = ""


def outcome_of(error: DeliveryError, attempt: int, now: datetime) -> Outcome:
    """What a platform's error means for the ``attempt``-th try of a part."""
    outcome: AttemptOutcome
    retry_at: datetime | None
    if error.maybe_sent:
        outcome, retry_at = "unknown", now + _SHORTEST_WAIT
    elif error.permanent:
        outcome, retry_at = "refused", None
    else:
        outcome, retry_at = "failed", now + backoff(attempt, error.retry_after)
    return Outcome(outcome, error.what, error.hint, error.code, retry_at)


def backoff(failures: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many failures in a row; what a platform asks for counts, within reason."""
    if asked is not None:
        return min(max(asked, _SHORTEST_WAIT), _LONGEST_WAIT)
    return min(timedelta(seconds=2 ** min(failures - 1, 16)), _LONGEST_BACKOFF)


def read_again_at(delivery: Delivery, error: DeliveryError, now: datetime) -> datetime | None:
    """When to read a channel back again after it could not be read; None to leave it unknown."""
    if now > delivery.slot.instant + _READ_FOR:
        return None
    if error.permanent:
        return now + _READ_AGAIN
    return now + min(backoff(delivery.failures + 1, error.retry_after), _READ_AGAIN)


# --- planning ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """A slot to record, due or missed from the start."""

    slot: Slot
    state: Literal["due", "missed"] = "due"
    reason: str = ""
    hint: str = ""
    unread: bool = field(default=False)


def plan(
    subscription: Subscription, after: datetime, now: datetime, grace: timedelta, unread: tuple[datetime, datetime]
) -> list[Planned]:
    """The slots of ``subscription`` in ``(after, now]``, each due or missed.

    Args:
        subscription: the standing order.
        after: up to where slots were planned before.
        now: the present.
        grace: how late a briefing may still be sent.
        unread: slots within this span are read back before anything is sent, however late; empty when both are equal.
    """
    start = max(after, subscription.since, now - _REMEMBERED)
    return [_planned(slot, now, grace, unread) for slot in slots(subscription.id, subscription.schedule, start, now)]


def _planned(slot: Slot, now: datetime, grace: timedelta, unread: tuple[datetime, datetime]) -> Planned:
    if unread[0] < slot.instant <= unread[1]:
        return Planned(slot, unread=True)
    if now <= slot.instant + grace:
        return Planned(slot)
    reason, hint = _not_running(grace)
    return Planned(slot, "missed", reason, hint)


def trouble(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Those that a person should see."""
    return [delivery for delivery in deliveries if delivery.state in TROUBLED]
