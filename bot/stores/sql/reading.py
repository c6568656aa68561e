"""What the ledger answers when it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, bindparam, func, select

from bot.domain.deliveries import SLOT_STATES, Delivery, SlotState
from bot.domain.errors import NotFound
from bot.domain.places import Place
from bot.stores.sql.database import Database
from bot.stores.sql.rows import load
from bot.stores.sql.tables import SLOTS

# A refusal further back than this has been followed by something else anyway.
_LOOK_BACK = 20
# Made once, as it is asked for each briefing.
_RECEIVED = (
    select(SLOTS.c.key)
    .where(
        SLOTS.c.platform == bindparam("of_platform"),
        SLOTS.c.workspace == bindparam("of_workspace"),
        SLOTS.c.channel == bindparam("of_channel"),
        SLOTS.c.thread == bindparam("of_thread"),
        SLOTS.c.delivered_at.is_not(None),
        SLOTS.c.edition.is_not(None),
    )
    .order_by(SLOTS.c.delivered_at.desc(), SLOTS.c.key.desc())
    .limit(bindparam("most"))
)


class Reading:
    """Reads deliveries. See :class:`bot.ports.DeliveryLedger` for the methods' laws."""

    _database: Database

    async def get(self, key: str) -> Delivery:
        """See :meth:`bot.ports.DeliveryLedger.get`."""
        found = await self._database.read(lambda connection: load(connection, [key]))
        if not found:
            raise NotFound(f"There is no delivery {key}.", "See lede deliveries for those there are.")
        return found[0]

    async def deliveries(
        self,
        states: Sequence[SlotState] = (),
        subscription: str | None = None,
        since: datetime | None = None,
        limit: int = 100,
    ) -> Sequence[Delivery]:
        """See :meth:`bot.ports.DeliveryLedger.deliveries`."""
        wanted = select(SLOTS.c.key).order_by(SLOTS.c.instant.desc(), SLOTS.c.key).limit(limit)
        if states:
            wanted = wanted.where(SLOTS.c.state.in_(states))
        if subscription:
            wanted = wanted.where(SLOTS.c.subscription == subscription)
        if since:
            wanted = wanted.where(SLOTS.c.instant > since)
        return await self._loaded(wanted)

    async def delivered_to(self, place: Place, limit: int = 20) -> Sequence[Delivery]:
        """See :meth:`bot.ports.DeliveryLedger.delivered_to`."""
        here = {"of_platform": place.platform, "of_workspace": place.workspace}
        there = {"of_channel": place.channel, "of_thread": place.thread, "most": limit}
        return await self._loaded(_RECEIVED, here | there)

    async def recent(self, since: datetime) -> Sequence[Delivery]:
        """See :meth:`bot.ports.DeliveryLedger.recent`."""
        wanted = select(SLOTS.c.key).where(SLOTS.c.delivered_at > since, SLOTS.c.edition.is_not(None))
        return await self._loaded(wanted.order_by(SLOTS.c.delivered_at))

    async def counts(self, since: datetime) -> Mapping[SlotState, int]:
        """See :meth:`bot.ports.DeliveryLedger.counts`."""
        # Each state by its own stretch of the index; without naming them SQLite reads all that ever was.
        latest = (SLOTS.c.state.in_(SLOT_STATES), SLOTS.c.instant > since)
        grouped = select(SLOTS.c.state, func.count()).where(*latest).group_by(SLOTS.c.state)
        rows = await self._database.read(lambda connection: connection.execute(grouped).all())
        return {cast("SlotState", state): number for state, number in rows}

    async def refusals(self, subscription: str) -> int:
        """See :meth:`bot.ports.DeliveryLedger.refusals`."""
        ended = (SLOTS.c.subscription == subscription, SLOTS.c.state.in_(("refused", "delivered")))
        latest = select(SLOTS.c.state).where(*ended).order_by(SLOTS.c.instant.desc()).limit(_LOOK_BACK)
        states = await self._database.read(lambda connection: connection.execute(latest).scalars().all())
        return next((n for n, state in enumerate(states) if state != "refused"), len(states))

    async def _loaded(self, wanted: Select[str], of: Mapping[str, Any] | None = None) -> Sequence[Delivery]:
        def work(connection: Connection) -> list[Delivery]:
            return load(connection, list(connection.execute(wanted, of).scalars()))

        return await self._database.read(work)
