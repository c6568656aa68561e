"""Which slots are recorded when: the part of the ledger that looks at subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from bot.domain.deliveries import Planned
from bot.domain.places import Place
from bot.domain.subscriptions import Subscription, next_slot
from bot.stores.sql.database import Database
from bot.stores.sql.rows import ready_at, slot_row
from bot.stores.sql.statements import insert_new
from bot.stores.sql.subscriptions import body_of
from bot.stores.sql.tables import FACTS, PARTS, SLOTS, SUBSCRIPTIONS

RESTORED = "restored_at"  #: the fact that says when a backup was put back
READ_BACK = timedelta(hours=24)
# Two readings of one clock differ by less; a clock set back by more is noticed.
_SKEW = timedelta(minutes=1)
# Made once, as they run for each slot. Locked until the end, so that a change of the subscription waits for its slots;
# SQLite's transaction holds the only lock anyway. Whatever another replica plans or changes now is left to it.
_OURS = (SUBSCRIPTIONS.c.id == bindparam("of_id")) & SUBSCRIPTIONS.c.removed.is_(None)
_LOCKED = (
    select(SUBSCRIPTIONS.c.body)
    .where(_OURS, SUBSCRIPTIONS.c.upcoming <= bindparam("until"))
    .with_for_update(skip_locked=True)
)
_PLANNED = update(SUBSCRIPTIONS).where(_OURS)


class JobQueue(Protocol):
    """Where several replicas share work: one job a slot, deferred in the same transaction as the slot."""

    def defer(self, connection: Connection, key: str, place: Place, at: datetime | None = None) -> None:
        """Have some replica take that slot, not before ``at``. Called inside a transaction of ``connection``."""
        ...


class Planning:
    """Records slots. See :class:`bot.ports.DeliveryLedger` for the methods' laws."""

    def __init__(self, database: Database, jobs: JobQueue | None = None) -> None:
        self._database = database
        self._jobs = jobs
        self._latest: datetime | None = None

    async def waiting(self, now: datetime) -> Sequence[tuple[Subscription, datetime]]:
        """See :meth:`bot.ports.DeliveryLedger.waiting`."""
        first, back = self._latest is None, self._latest is not None and now < self._latest - _SKEW
        self._latest = now
        if first or back:
            await self._database.write(lambda connection: _look_again(connection, now))
        due = (
            select(SUBSCRIPTIONS.c.body, SUBSCRIPTIONS.c.planned_until)
            .where(SUBSCRIPTIONS.c.upcoming <= now)
            .order_by(SUBSCRIPTIONS.c.upcoming, SUBSCRIPTIONS.c.id)
        )
        rows = await self._database.read(lambda connection: connection.execute(due).all())
        return [(Subscription.model_validate(body), planned_until) for body, planned_until in rows]

    async def plan(
        self, subscription: Subscription, planned: Sequence[Planned], until: datetime, upcoming: datetime | None
    ) -> int:
        """See :meth:`bot.ports.DeliveryLedger.plan`."""

        def work(connection: Connection) -> int:
            body = connection.execute(_LOCKED, {"of_id": subscription.id, "until": until}).scalar_one_or_none()
            if body != body_of(subscription):
                return 0
            new = self._record(connection, planned, subscription.place, until)
            upto = {"of_id": subscription.id, "planned_until": until, "upcoming": upcoming}
            connection.execute(_PLANNED, upto)
            return new

        return await self._database.write(work)

    async def add(self, planned: Planned, place: Place) -> bool:
        """See :meth:`bot.ports.DeliveryLedger.add`."""
        now = planned.slot.instant
        return bool(await self._database.write(lambda connection: self._record(connection, [planned], place, now)))

    async def unread_span(self) -> tuple[datetime, datetime]:
        """See :meth:`bot.ports.DeliveryLedger.unread_span`."""
        kept = select(FACTS.c.value).where(FACTS.c.name == RESTORED)
        value = await self._database.read(lambda connection: connection.execute(kept).scalar_one_or_none())
        restored = datetime.fromisoformat(value) if value else datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        return (restored - READ_BACK if value else restored, restored)

    def _record(self, connection: Connection, planned: Sequence[Planned], place: Place, now: datetime) -> int:
        new = insert_new(connection, SLOTS, [slot_row(each, place, now) for each in planned])
        if self._jobs:
            for each in planned:
                if each.state == "due" and each.slot.key in new:
                    self._jobs.defer(connection, each.slot.key, place, ready_at(each, now) if each.unread else None)
        return len(new)


def _look_again(connection: Connection, now: datetime) -> None:
    """Work out anew when each subscription is due: rules of time zones or the clock may have changed meanwhile.

    Where the clock had run ahead, what it made us call missed is forgotten, so that it is due at its real time. What
    was begun stays: it may have been read.
    """
    begun = exists().where(PARTS.c.slot == SLOTS.c.key)
    ahead = (SLOTS.c.instant > now) & (SLOTS.c.state == "missed") & (SLOTS.c.kind == "regular") & ~begun
    connection.execute(delete(SLOTS).where(ahead))
    table = SUBSCRIPTIONS.c
    active = table.removed.is_(None) & table.upcoming.is_not(None)
    connection.execute(update(SUBSCRIPTIONS).where(active, table.planned_until > now).values(planned_until=now))
    for id_, body, until, upcoming in connection.execute(
        select(table.id, table.body, table.planned_until, table.upcoming).where(active)
    ).all():
        slot = next_slot(Subscription.model_validate(body), until)
        due = slot.instant if slot else None
        if due != upcoming:
            connection.execute(update(SUBSCRIPTIONS).where(table.id == id_).values(upcoming=due))
