"""Standing orders and who follows whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.errors import BadRequest, NotFound
from bot.domain.places import Actor, Platform
from bot.domain.subscriptions import Subscription
from bot.stores.sql.database import Database
from bot.stores.sql.statements import insert_new
from bot.stores.sql.tables import FOLLOWS, SLOTS, SUBSCRIPTIONS

# Made once, as it is asked for each briefing.
_KEPT = select(SUBSCRIPTIONS.c.body).where(SUBSCRIPTIONS.c.id == bindparam("of_id"), SUBSCRIPTIONS.c.removed.is_(None))


def body_of(subscription: Subscription) -> dict[str, Any]:
    """The subscription as the database keeps it."""
    return subscription.model_dump(mode="json")


class SqlSubscriptions:
    """A :class:`bot.ports.SubscriptionStore`. ``now`` gives the present, for what is recorded as missed."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def add(self, subscription: Subscription) -> None:
        """See :meth:`bot.ports.SubscriptionStore.add`."""

        def work(connection: Connection) -> None:
            row = {"id": subscription.id, "body": body_of(subscription)} | _planning(subscription)
            if not insert_new(connection, SUBSCRIPTIONS, [row]):
                raise BadRequest(f"The id {subscription.id} is taken.", "Leave it out to be given another.")

        await self._database.write(work)

    async def get(self, id_: str) -> Subscription:
        """See :meth:`bot.ports.SubscriptionStore.get`."""

        def work(connection: Connection) -> Any:
            return connection.execute(_KEPT, {"of_id": id_}).scalar_one_or_none()

        body = await self._database.read(work)
        if body is None:
            raise _unknown(id_)
        return Subscription.model_validate(body)

    async def all(self) -> Sequence[Subscription]:
        """See :meth:`bot.ports.SubscriptionStore.all`."""

        def work(connection: Connection) -> Sequence[Any]:
            kept = select(SUBSCRIPTIONS.c.body).where(SUBSCRIPTIONS.c.removed.is_(None))
            return connection.execute(kept).scalars().all()

        found = [Subscription.model_validate(body) for body in await self._database.read(work)]
        return sorted(found, key=lambda s: (s.place.platform, s.place.workspace, s.place.channel, s.id))

    async def replace(self, subscription: Subscription) -> None:
        """See :meth:`bot.ports.SubscriptionStore.replace`."""

        def work(connection: Connection) -> None:
            planning = _planning(subscription)
            latest = select(SUBSCRIPTIONS.c.planned_until).where(SUBSCRIPTIONS.c.id == subscription.id)
            before = connection.execute(latest.where(SUBSCRIPTIONS.c.removed.is_(None))).scalar_one_or_none()
            if before is None:
                raise _unknown(subscription.id)
            planning["planned_until"] = max(before, planning["planned_until"])
            ours = SUBSCRIPTIONS.c.id == subscription.id
            connection.execute(update(SUBSCRIPTIONS).where(ours).values(body=body_of(subscription), **planning))
            if subscription.paused:
                _let_go(connection, subscription.id, f"The briefing was paused: {subscription.paused.why}", self._now())

        await self._database.write(work)

    async def remove(self, id_: str) -> None:
        """See :meth:`bot.ports.SubscriptionStore.remove`."""

        def work(connection: Connection) -> None:
            now = self._now()
            kept = (SUBSCRIPTIONS.c.id == id_) & SUBSCRIPTIONS.c.removed.is_(None)
            if not connection.execute(update(SUBSCRIPTIONS).where(kept).values(removed=now, upcoming=None)).rowcount:
                raise _unknown(id_)
            _let_go(connection, id_, "The briefing was removed.", now)

        await self._database.write(work)


def _planning(subscription: Subscription) -> dict[str, Any]:
    """An ``upcoming`` of now or earlier asks to be planned at the next tick, which sets the right one."""
    return {
        "planned_until": subscription.since,
        "upcoming": None if subscription.paused else subscription.since,
    }


def _let_go(connection: Connection, id_: str, why: str, now: datetime) -> None:
    """What is due and not begun is not sent any more."""
    waiting = (SLOTS.c.subscription == id_) & (SLOTS.c.state == "due")
    gone = {"state": "missed", "reason": why, "hint": "", "ready_at": None, "updated": now}
    connection.execute(update(SLOTS).where(waiting).values(**gone))


def _unknown(id_: str) -> NotFound:
    return NotFound(f"There is no briefing {id_}.", "See /briefing list for those there are.")


class SqlFollows:
    """A :class:`bot.ports.FollowStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def follow(self, platform: Platform, workspace: str, actor: Actor, entity: str, now: datetime) -> bool:
        """See :meth:`bot.ports.FollowStore.follow`."""
        row = {"platform": platform, "workspace": workspace, "actor": actor.id, "entity": entity, "since": now}
        return bool(await self._database.write(lambda connection: insert_new(connection, FOLLOWS, [row])))

    async def unfollow(self, platform: Platform, workspace: str, actor: Actor, entity: str) -> bool:
        """See :meth:`bot.ports.FollowStore.unfollow`."""
        gone = delete(FOLLOWS).where(*_whose(platform, workspace, actor), FOLLOWS.c.entity == entity)
        return bool(await self._database.write(lambda connection: connection.execute(gone).rowcount))

    async def followed(self, platform: Platform, workspace: str, actor: Actor) -> Sequence[str]:
        """See :meth:`bot.ports.FollowStore.followed`."""
        mine = select(FOLLOWS.c.entity).where(*_whose(platform, workspace, actor))
        newest = mine.order_by(FOLLOWS.c.since.desc(), FOLLOWS.c.entity)
        return await self._database.read(lambda connection: connection.execute(newest).scalars().all())

    async def forget(self, platform: Platform, workspace: str) -> int:
        """See :meth:`bot.ports.FollowStore.forget`."""
        theirs = delete(FOLLOWS).where(FOLLOWS.c.platform == platform, FOLLOWS.c.workspace == workspace)
        return await self._database.write(lambda connection: connection.execute(theirs).rowcount)


def _whose(platform: Platform, workspace: str, actor: Actor) -> tuple[Any, ...]:
    return (FOLLOWS.c.platform == platform, FOLLOWS.c.workspace == workspace, FOLLOWS.c.actor == actor.id)
