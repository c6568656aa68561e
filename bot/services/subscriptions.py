"""Standing orders: made, listed, changed, paused, resumed and removed, by people and by the bot itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from pydantic import JsonValue, ValidationError

from bot.domain.articles import slug
from bot.domain.errors import BadRequest, NotFound
from bot.domain.places import PLATFORMS, Place, Platform
from bot.domain.schedules import DAILY, Schedule, days_of, quiet_of, skip_of, times_of, zone_of
from bot.domain.subscriptions import Pause, Slot, Subscription, new_id, next_slot
from bot.ports import Clock, SubscriptionStore

# A channel that gets more than this has been set up by a script gone wrong.
_MOST_IN_A_CHANNEL = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A briefing as someone asks for it, in the words they typed; empty ones are left at their defaults.

    ``options`` are the platform's own, such as Discord's ``publish``.
    """

    at: str
    timezone: str = ""
    days: str = ""
    topic: str = ""
    quiet: str = ""
    skip: str = ""
    min_stories: int = 0
    max_stories: int | None = None
    only_if_news: bool = False
    details: bool = False
    options: Mapping[str, JsonValue] = field(default_factory=dict)


class Subscriptions:
    """What people can do with briefings.

    Args:
        store: where they are kept.
        clock: the present.
        choose: picks one character of several, ``random.choice``.
        timezone: where none is said: the operator's ``TIMEZONE``.
    """

    def __init__(
        self, store: SubscriptionStore, clock: Clock, choose: Callable[[Sequence[str]], str], timezone: str = "UTC"
    ) -> None:
        self._store = store
        self._clock = clock
        self._choose = choose
        self._timezone = timezone

    async def add(self, place: Place, wanted: Wanted, by: str = "") -> Subscription:
        """Post briefings to ``place`` from now on.

        Raises:
            BadRequest: something of it cannot be; the hint says what can.
        """
        _check(place)
        schedule = self._schedule(wanted)
        others = [other for other in await self._store.all() if other.place == place]
        topic = slug(wanted.topic) if wanted.topic.strip() else None
        twin = next((o for o in others if o.schedule == schedule and o.topic == topic), None)
        if twin:
            hint = f"Resume it with /briefing resume {twin.id}." if twin.paused else f"It is {twin.id}."
            raise BadRequest(f"This channel already has a briefing at {schedule}.", hint)
        if len(others) >= _MOST_IN_A_CHANNEL:
            raise BadRequest(f"This channel has {len(others)} briefings already.", "Remove some first.")
        now = self._clock.now()
        if wanted.max_stories is not None and wanted.max_stories < max(1, wanted.min_stories):
            raise BadRequest(
                f"At most {wanted.max_stories} and at least {wanted.min_stories} stories cannot both be.",
                "Let max be at least min, and at least 1.",
            )
        subscription = _valid(
            lambda: Subscription(
                id=new_id(frozenset(other.id for other in others), self._choose),
                place=place,
                schedule=schedule,
                since=now,
                created=now,
                created_by=by,
                topic=topic,
                min_stories=wanted.min_stories,
                max_stories=wanted.max_stories,
                only_if_news=wanted.only_if_news,
                details=wanted.details,
                options=wanted.options,
            )
        )
        return await self._kept(subscription)

    async def list(self, platform: Platform | None = None, workspace: str | None = None) -> Sequence[Subscription]:
        """All subscriptions, or those of a platform or workspace."""
        return [
            each
            for each in await self._store.all()
            if (platform is None or each.place.platform == platform)
            and (workspace is None or each.place.workspace == workspace)
        ]

    async def get(self, id_: str, within: Place | None = None) -> Subscription:
        """The subscription of that id; with ``within``, only of that place's workspace.

        Raises:
            NotFound: there is none; the hint names those there are.
        """
        asked = id_.strip().casefold()
        try:
            found = await self._store.get(asked)
        except NotFound:
            found = None
        if found is None or not _reachable(found, within):
            known = [each.id for each in await self._store.all() if _reachable(each, within)]
            hint = f"There are {', '.join(known[:5])}." if known else "Make one with /briefing add 08:00."
            raise NotFound(f"There is no briefing “{asked}” here.", hint)
        return found

    async def change(self, id_: str, wanted: Wanted, within: Place | None = None) -> Subscription:
        """Give a subscription another schedule and measure, from now on: what is past at its new time is not made up.

        Raises:
            NotFound: there is none of that id.
            BadRequest: something of it cannot be.
        """
        before = await self.get(id_, within)
        topic = slug(wanted.topic) if wanted.topic.strip() else None
        changed = {
            "schedule": self._schedule(wanted, before.schedule.timezone),
            "since": self._clock.now(),
            "topic": topic,
            "min_stories": wanted.min_stories,
            "max_stories": wanted.max_stories,
            "only_if_news": wanted.only_if_news,
            "details": wanted.details,
            "options": dict(wanted.options),
        }
        after = _valid(lambda: Subscription.model_validate(dict(before) | changed))
        await self._store.replace(after)
        return after

    async def pause(self, id_: str, why: str = "", within: Place | None = None, by_bot: bool = False) -> Subscription:
        """Post nothing until it is resumed. What is due and not begun is not sent.

        Raises:
            NotFound: there is none of that id.
            BadRequest: it is paused already.
        """
        before = await self.get(id_, within)
        if before.paused:
            raise BadRequest(f"{before.id} is paused already: {before.paused.why}", f"/briefing resume {before.id}")
        pause = Pause(why=why or "someone asked for it", at=self._clock.now(), by_bot=by_bot)
        after = before.model_copy(update={"paused": pause})
        await self._store.replace(after)
        return after

    async def resume(self, id_: str, within: Place | None = None) -> Subscription:
        """Post again, from now on; what fell into the pause is not made up.

        Raises:
            NotFound: there is none of that id.
            BadRequest: it is not paused.
        """
        before = await self.get(id_, within)
        if not before.paused:
            raise BadRequest(f"{before.id} is not paused.", f"Its next briefing: {self._upcoming(before)}.")
        after = before.model_copy(update={"paused": None, "since": self._clock.now()})
        await self._store.replace(after)
        return after

    async def remove(self, id_: str, within: Place | None = None) -> Subscription:
        """Forget a subscription; what was.

        Raises:
            NotFound: there is none of that id.
        """
        before = await self.get(id_, within)
        await self._store.remove(before.id)
        return before

    async def pause_workspace(self, platform: Platform, workspace: str, why: str) -> Sequence[Subscription]:
        """Pause everything of a workspace that cannot be reached any more (the bot was removed); those paused."""
        running = [each for each in await self.list(platform, workspace) if not each.paused]
        return [await self.pause(each.id, why, by_bot=True) for each in running]

    def upcoming(self, subscription: Subscription) -> Slot | None:
        """When it is due next; None while it is paused or where every date is skipped."""
        return None if subscription.paused else next_slot(subscription, self._clock.now())

    def _upcoming(self, subscription: Subscription) -> str:
        slot = self.upcoming(subscription)
        return _shown(slot.nominal, slot.timezone) if slot else "none within five years"

    def _schedule(self, wanted: Wanted, timezone: str = "") -> Schedule:
        times = times_of(wanted.at)
        quiet = quiet_of(wanted.quiet) if wanted.quiet.strip() else None
        for moment in times:
            if quiet and quiet.holds(moment):
                raise BadRequest(
                    f"{moment:%H:%M} lies in the quiet hours {quiet}.", "Choose another time or other hours."
                )
        return _valid(
            lambda: Schedule(
                times=times,
                timezone=zone_of(wanted.timezone) if wanted.timezone.strip() else timezone or self._timezone,
                days=days_of(wanted.days) if wanted.days.strip() else DAILY,
                quiet=quiet,
                skip=skip_of(wanted.skip),
            )
        )

    async def _kept(self, subscription: Subscription) -> Subscription:
        """Kept under its id, or under another one where a removed subscription had it."""
        for _ in range(20):
            try:
                await self._store.add(subscription)
            except BadRequest:
                taken = frozenset({subscription.id})
                subscription = subscription.model_copy(update={"id": new_id(taken, self._choose)})
            else:
                return subscription
        raise BadRequest("No free id was found for the briefing.", "Try again.")


def _check(place: Place) -> None:
    if place.platform not in PLATFORMS:
        raise BadRequest(f"{place.platform} is no platform.", f"There are {', '.join(PLATFORMS)}.")
    if not place.channel.strip():
        raise BadRequest("No channel was named.", "Say which, for example channel:#news.")


def _reachable(subscription: Subscription, within: Place | None) -> bool:
    here = subscription.place
    return within is None or (here.platform, here.workspace) == (within.platform, within.workspace)


def _valid(make: Callable[[], T]) -> T:
    """What ``make`` returns; a value out of range as the asker's mistake, in words."""
    try:
        return make()
    except ValidationError as error:
        first = error.errors()[0]
        field_ = ".".join(str(part) for part in first["loc"])
        raise BadRequest(f"{field_ or 'The briefing'}: {first['msg'].removeprefix('Value error, ')}.") from None


def _shown(moment: datetime, timezone: str) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M} {timezone}"
