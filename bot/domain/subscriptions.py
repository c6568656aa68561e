"""A channel's standing order for briefings, and the slots in which they are due.

A slot is (subscription, nominal local date-time). Its identity is what the clock on the wall says, so it stays the
same across clock changes, changed time-zone rules and restarts; the instant only says when to act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, NewType
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field, JsonValue

from bot.domain.digests import Frozen, Slug
from bot.domain.places import Place
from bot.domain.schedules import Schedule

SubscriptionId = NewType("SubscriptionId", str)

# No 0 or o, 1, i or l, u: what is read aloud or copied from a screen must be typed right.
ID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 4
# Below this a reader does not notice, and queueing for a channel's budget takes about as long.
LATE_AFTER = timedelta(minutes=5)
# The longest a schedule can be silent: monthly, on a day that is skipped for years.
_HORIZON = timedelta(days=366 * 5)


class Pause(Frozen):
    """Since when and why nothing is posted. ``by_bot`` when no person asked for it."""

    why: str
    at: AwareDatetime
    by_bot: bool = False


class Subscription(Frozen):
    """What is posted where and when.

    Attributes:
        id: short and typed by people, such as ``b-7k3q``; never used again.
        since: slots before it are none of this subscription's: set when it is made, changed or resumed.
        topic: only stories of this topic.
        min_stories: with fewer, the briefing is skipped.
        max_stories: at most this many; None for the bot's own measure.
        only_if_news: skipped when no story is new or updated.
        details: the stories' details go into the thread.
        options: what only one platform knows, such as Discord's ``publish`` and ``tags``.
    """

    id: str
    place: Place
    schedule: Schedule
    since: AwareDatetime
    created: AwareDatetime
    created_by: str = ""
    topic: Slug | None = None
    min_stories: Annotated[int, Field(ge=0, le=50)] = 0
    max_stories: Annotated[int, Field(ge=1, le=50)] | None = None
    only_if_news: bool = False
    details: bool = False
    options: Mapping[str, JsonValue] = Field(default_factory=dict)
    paused: Pause | None = None


SlotKind = Literal["regular", "now"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which one subscription is due.

    Attributes:
        subscription: its id.
        nominal: local wall time without a zone: with the subscription, the slot's identity.
        timezone: IANA name of the zone that ``nominal`` was read in.
        instant: when to act, in UTC.
        kind: ``now`` for a briefing that a person asked for.
        moved: ``nominal`` does not exist that day, so ``instant`` is the first one after.
        late: how late it is being sent, once that is known and worth telling.
    """

    subscription: str
    nominal: datetime
    timezone: str
    instant: datetime
    kind: SlotKind = "regular"
    moved: bool = False
    late: timedelta | None = None

    @property
    def key(self) -> str:
        """The slot's name for ever: ``b-7k3q-260113080000``."""
        return f"{self.subscription}-{self.nominal:%y%m%d%H%M%S}"

    @property
    def local(self) -> datetime:
        """The instant on the wall of the subscription's zone."""
        return self.instant.astimezone(ZoneInfo(self.timezone))

    @property
    def note(self) -> str:
        """What readers are told when this is not sent at its nominal time; empty when it is."""
        notes = []
        if self.moved:
            notes.append(f"{self.nominal:%H:%M} does not exist today: the clocks go forward")
        if self.late is not None:
            notes.append(f"due at {self.nominal:%H:%M}, sent {_span(self.late)} late")
        sentence = "; ".join(notes)
        return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""

    def sent_at(self, now: datetime) -> Slot:
        """The same slot, with how late it is when it is sent at ``now``."""
        late = now - self.instant
        return replace(self, late=late if late > LATE_AFTER else None)


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} minutes"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def instant_of(nominal: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """The instant at which a wall in ``zone`` first shows ``nominal``, in UTC, and whether it never does.

    In an overlap the first of the two; in a gap the first valid instant after it.
    """
    first = nominal.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == nominal:
        return first, False
    low, high = nominal.replace(tzinfo=zone, fold=1).astimezone(UTC), first
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) < nominal:
            low = middle
        else:
            high = middle
    return high, True


def slots(subscription: str, schedule: Schedule, start: datetime, end: datetime) -> Iterator[Slot]:
    """The slots whose instant lies in ``(start, end]``, by nominal time. Pure: all it knows of time is given."""
    zone = schedule.zone
    day = start.astimezone(zone).date() - timedelta(days=1)
    last = end.astimezone(zone).date() + timedelta(days=1)
    while day <= last:
        yield from (slot for slot in _on(subscription, schedule, day, zone) if start < slot.instant <= end)
        day += timedelta(days=1)


def _on(subscription: str, schedule: Schedule, day: date, zone: ZoneInfo) -> Iterator[Slot]:
    for moment in schedule.on(day):
        nominal = datetime.combine(day, moment)
        instant, moved = instant_of(nominal, zone)
        yield Slot(subscription, nominal, schedule.timezone, instant, moved=moved)


def next_slot(subscription: Subscription, after: datetime) -> Slot | None:
    """The first slot after ``after``; None where there is none within five years (every date is skipped)."""
    start = max(after, subscription.since)
    for days in (2, 40, _HORIZON.days):
        end = start + timedelta(days=days)
        found = next(slots(subscription.id, subscription.schedule, start, end), None)
        if found:
            return found
    return None


def slot_now(subscription: Subscription, now: datetime) -> Slot:
    """The slot of a briefing that a person asks for at ``now``: named by the second, so a double click is one."""
    local = now.astimezone(subscription.schedule.zone).replace(tzinfo=None, microsecond=0)
    return Slot(subscription.id, local, subscription.schedule.timezone, now.replace(microsecond=0), kind="now")


def new_id(taken: Callable[[str], bool] | frozenset[str], choose: Callable[[Sequence[str]], str]) -> SubscriptionId:
    """An id that is not ``taken``; ``choose`` picks a character (``random.choice``). Grows when names get scarce."""
    known = taken if callable(taken) else taken.__contains__
    for attempt in range(200):
        length = _ID_LENGTH + attempt // 50
        candidate = "b-" + "".join(choose(ID_ALPHABET) for _ in range(length))
        if not known(candidate):
            return SubscriptionId(candidate)
    raise RuntimeError("no free subscription id in 200 tries: the source of randomness is not random")


def quiet_until(schedule: Schedule, now: datetime) -> datetime | None:
    """When the quiet hours that hold now end, in UTC; None when none do."""
    local = now.astimezone(schedule.zone).replace(tzinfo=None)
    quiet = schedule.quiet
    if quiet is None or not quiet.holds(local.time()):
        return None
    day = local.date() if local.time() < quiet.until else local.date() + timedelta(days=1)
    return instant_of(datetime.combine(day, quiet.until), schedule.zone)[0]
