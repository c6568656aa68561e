"""Deliveries from rows, and rows from slots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, RowMapping, Select, and_, bindparam, func, or_, select

from bot.domain.deliveries import Attempt, Delivery, Part, Planned
from bot.domain.places import Place
from bot.domain.subscriptions import Slot
from bot.stores.sql.tables import ATTEMPTS, PARTS, SLOTS

# SQLite takes 32,766 parameters a statement.
_CHUNK = 500
#: After a restore a channel is not read back sooner: what was under way when the last process ended must show first.
#: Longer than a request and a late post of any platform.
SETTLED = timedelta(minutes=2)


def _superseding() -> Select[Any]:
    """The wall time of the newest slot of the same subscription that is due by ``now`` too."""
    later = SLOTS.alias("later")
    return select(func.max(later.c.nominal)).where(
        later.c.subscription == SLOTS.c.subscription,
        or_(
            later.c.instant > SLOTS.c.instant,
            # Two wall times that one clock change swallows fall on the same instant.
            and_(later.c.instant == SLOTS.c.instant, later.c.nominal > SLOTS.c.nominal),
        ),
        later.c.instant <= bindparam("now"),
        later.c.kind == "regular",
        SLOTS.c.kind == "regular",
    )


# Made once: making a statement takes as long as running it.
_ASKED: BindParameter[Any] = bindparam("asked", expanding=True)
_SLOTS = select(SLOTS).where(SLOTS.c.key.in_(_ASKED))
_SLOTS_BY = select(SLOTS, _superseding().scalar_subquery().label("superseded_by")).where(SLOTS.c.key.in_(_ASKED))
_PARTS = select(PARTS).where(PARTS.c.slot.in_(_ASKED))
_ATTEMPTS = select(ATTEMPTS).where(ATTEMPTS.c.slot.in_(_ASKED))


def ready_at(planned: Planned, now: datetime) -> datetime | None:
    """When a slot that is recorded at ``now`` may be claimed; None where it has ended."""
    if planned.state != "due":
        return None
    return max(planned.slot.instant, now + SETTLED) if planned.unread else planned.slot.instant


def slot_row(planned: Planned, place: Place, now: datetime) -> dict[str, Any]:
    """The row of a slot that is recorded at ``now``."""
    slot = planned.slot
    return {
        "key": slot.key,
        "subscription": slot.subscription,
        "nominal": slot.nominal.isoformat(),
        "timezone": slot.timezone,
        "instant": slot.instant,
        "kind": slot.kind,
        "moved": slot.moved,
        "platform": place.platform,
        "workspace": place.workspace,
        "channel": place.channel,
        "thread": place.thread,
        "state": planned.state,
        "reason": planned.reason,
        "hint": planned.hint,
        "ready_at": ready_at(planned, now),
        "unread": planned.unread,
        "updated": now,
    }


def load(connection: Connection, keys: Sequence[str], now: datetime | None = None) -> list[Delivery]:
    """The deliveries of those keys, in their order; with ``now`` also what superseded them by then."""
    slots: dict[str, RowMapping] = {}
    parts: defaultdict[str, list[RowMapping]] = defaultdict(list)
    attempts: defaultdict[tuple[str, int], list[RowMapping]] = defaultdict(list)
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        asked: dict[str, Any] = {"asked": chunk} if now is None else {"asked": chunk, "now": now}
        for row in connection.execute(_SLOTS if now is None else _SLOTS_BY, asked).mappings():
            slots[row["key"]] = row
        composed = [key for key in chunk if key in slots and slots[key]["edition"] is not None]
        if not composed:
            continue
        for row in connection.execute(_PARTS, {"asked": composed}).mappings():
            parts[row["slot"]].append(row)
        for row in connection.execute(_ATTEMPTS, {"asked": composed}).mappings():
            attempts[row["slot"], row["part"]].append(row)
    return [_delivery(slots[key], parts[key], attempts) for key in keys if key in slots]


def _delivery(
    row: RowMapping, parts: Sequence[RowMapping], attempts: dict[tuple[str, int], list[RowMapping]]
) -> Delivery:
    worker = row["worker"]
    newer = row.get("superseded_by")
    return Delivery(
        slot=Slot(
            subscription=row["subscription"],
            nominal=datetime.fromisoformat(row["nominal"]),
            timezone=row["timezone"],
            instant=row["instant"],
            kind=row["kind"],
            moved=row["moved"],
        ),
        place=Place(row["platform"], row["workspace"], row["channel"], row["thread"]),
        state=row["state"],
        parts=tuple(
            _part(part, attempts.get((row["key"], part["number"]), [])) for part in sorted(parts, key=_by_number)
        ),
        edition=row["edition"],
        reason=row["reason"],
        hint=row["hint"],
        fence=row["fence"],
        worker=worker,
        lease_until=row["ready_at"] if worker else None,
        again_at=None if worker else row["ready_at"],
        failures=row["failures"],
        unread=row["unread"],
        superseded_by=newer[11:16] if newer else "",
        updated=row["updated"],
    )


def _by_number(row: RowMapping) -> int:
    number: int = row["number"]
    return number


def _part(row: RowMapping, attempts: Sequence[RowMapping]) -> Part:
    return Part(
        number=row["number"],
        key=row["key"],
        payload=row["payload"],
        reply_to=row["reply_to"],
        state=row["state"],
        ref=row["ref"],
        url=row["url"],
        attempts=tuple(_attempt(each) for each in sorted(attempts, key=_by_number)),
    )


def _attempt(row: RowMapping) -> Attempt:
    return Attempt(
        number=row["number"],
        worker=row["worker"],
        started=row["started"],
        outcome=row["outcome"],
        ended=row["ended"],
        retry_at=row["retry_at"],
        error=row["error"],
        hint=row["hint"],
        code=row["code"],
    )
