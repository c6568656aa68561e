"""The delivery ledger: claims, attempts and outcomes, each in one committed transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, insert, select, tuple_, update

from bot.domain.deliveries import ENDED, Attempt, Delivery, Outcome, Part, SlotState
from bot.ports import Claimable, Posted
from bot.stores.sql.planning import Planning
from bot.stores.sql.reading import Reading
from bot.stores.sql.rows import load
from bot.stores.sql.tables import ATTEMPTS, PARTS, SLOTS

_FOUND = "It was posted before the backup that was put back, and found in the channel."

# Statements that run several times a delivery are made once: making one takes as long as running it. Names that begin
# with ``of_`` say which row; the other parameters are the columns to set.
_HELD = update(SLOTS).where(
    SLOTS.c.key == bindparam("of_key"),
    SLOTS.c.fence == bindparam("of_fence"),
    SLOTS.c.worker == bindparam("of_worker"),
)
_UNDATED = update(SLOTS).where(SLOTS.c.key == bindparam("of_key"), SLOTS.c.delivered_at.is_(None))
_PART = update(PARTS).where(PARTS.c.slot == bindparam("of_slot"), PARTS.c.number == bindparam("of_part"))
_UNSENT = _PART.where(PARTS.c.state != "delivered")
_ATTEMPT = update(ATTEMPTS).where(
    ATTEMPTS.c.slot == bindparam("of_slot"),
    ATTEMPTS.c.part == bindparam("of_part"),
    ATTEMPTS.c.number == bindparam("of_number"),
)
_DOUBT = _ATTEMPT.where(ATTEMPTS.c.outcome.in_(("sending", "unknown")))
_NEW_ATTEMPT, _NEW_PARTS = insert(ATTEMPTS), insert(PARTS)
_READY = (
    select(SLOTS.c.key)
    .where(SLOTS.c.key.in_(bindparam("of_keys", expanding=True)), SLOTS.c.ready_at <= bindparam("now"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(SLOTS)
    .where(SLOTS.c.key.in_(_READY), SLOTS.c.ready_at <= bindparam("now"))
    .values(
        worker=bindparam("taker"),
        state=case((SLOTS.c.state == "due", "claimed"), else_=SLOTS.c.state),
        ready_at=bindparam("until"),
        fence=SLOTS.c.fence + 1,
    )
    .returning(SLOTS.c.key)
)


class SqlLedger(Planning, Reading):
    """A :class:`bot.ports.DeliveryLedger` on either database, whose methods' laws stand there."""

    async def claim(
        self, worker: str, now: datetime, lease: timedelta, limit: int, which: Claimable | None = None
    ) -> Sequence[Delivery]:
        """See :meth:`bot.ports.DeliveryLedger.claim`."""
        keys = _fairly(which or Claimable(), now, limit)

        def work(connection: Connection) -> list[Delivery]:
            return _taken(connection, connection.execute(keys).scalars().all(), worker, now, lease)

        return await self._database.write(work)

    async def take_over(self, now: datetime) -> int:
        """See :meth:`bot.ports.DeliveryLedger.take_over`."""
        claimed = (SLOTS.c.worker != "") & SLOTS.c.ready_at.is_not(None)
        state = case((SLOTS.c.state == "claimed", "due"), else_=SLOTS.c.state)
        free = update(SLOTS).where(claimed).values(worker="", ready_at=now, state=state, fence=SLOTS.c.fence + 1)
        return await self._database.write(lambda connection: connection.execute(free).rowcount)

    async def take(self, key: str, worker: str, now: datetime, lease: timedelta) -> Delivery | None:
        """See :meth:`bot.ports.DeliveryLedger.take`."""
        taken = await self._database.write(lambda connection: _taken(connection, [key], worker, now, lease))
        return taken[0] if taken else None

    async def renew(self, deliveries: Sequence[Delivery], now: datetime, lease: timedelta) -> frozenset[str]:
        """See :meth:`bot.ports.DeliveryLedger.renew`."""
        ours = [(each.slot.key, each.fence, each.worker) for each in deliveries]
        held = tuple_(SLOTS.c.key, SLOTS.c.fence, SLOTS.c.worker).in_(ours)
        longer = update(SLOTS).where(held).values(ready_at=now + lease).returning(SLOTS.c.key)
        return await self._database.write(lambda connection: frozenset(connection.execute(longer).scalars()))

    async def freeze(self, delivery: Delivery, edition: Mapping[str, Any], parts: Sequence[Part]) -> Delivery | None:
        """See :meth:`bot.ports.DeliveryLedger.freeze`."""

        def work(connection: Connection) -> Delivery | None:
            if not _hold(connection, delivery, edition=dict(edition)):
                return None
            rows = [
                {
                    "slot": delivery.slot.key,
                    "number": part.number,
                    "key": part.key,
                    "payload": dict(part.payload),
                    "reply_to": part.reply_to,
                    "state": part.state,
                }
                for part in parts
            ]
            connection.execute(_NEW_PARTS, rows)
            return replace(delivery, edition=edition, parts=tuple(parts))

        return await self._database.write(work)

    async def begin(self, delivery: Delivery, part: int, now: datetime) -> Delivery | None:
        """See :meth:`bot.ports.DeliveryLedger.begin`."""
        before = delivery.parts[part]
        attempt = Attempt(len(before.attempts) + 1, delivery.worker, now)

        def work(connection: Connection) -> Delivery | None:
            if not _hold(connection, delivery, state="sending", updated=now):
                return None
            if not connection.execute(_UNSENT, _of(delivery, part) | {"state": "sending"}).rowcount:
                return None
            ours = {"slot": delivery.slot.key, "part": part, "number": attempt.number, "worker": attempt.worker}
            connection.execute(_NEW_ATTEMPT, ours | {"started": now, "outcome": attempt.outcome})
            after = replace(before, state="sending", attempts=(*before.attempts, attempt))
            return _with(replace(delivery, state="sending"), after)

        return await self._database.write(work)

    async def finish(self, delivery: Delivery, part: int, outcome: Outcome, now: datetime) -> Delivery | None:
        """See :meth:`bot.ports.DeliveryLedger.finish`."""
        before = delivery.parts[part]
        last = replace(
            before.attempts[-1],
            outcome=outcome.outcome,
            ended=now,
            retry_at=outcome.retry_at,
            error=outcome.error,
            hint=outcome.hint,
            code=outcome.code,
        )
        after = _after(replace(before, attempts=(*before.attempts[:-1], last)), outcome)
        done = _done(_with(delivery, after), now)
        delivered = outcome.outcome == "delivered"

        def work(connection: Connection) -> Delivery | None:
            connection.execute(_ATTEMPT, _of(delivery, part, last.number) | _told(last))
            held = _hold(connection, delivery, **_ending(delivery, done, part, delivered, now))
            if held or delivered:
                connection.execute(_PART, _of(delivery, part) | _where(after))
            if delivered and not held and part == 0:
                _date(connection, delivery, now)
            return done if held else None

        return await self._database.write(work)

    async def settle(self, delivery: Delivery, part: int, found: Posted | None, now: datetime) -> Delivery | None:
        """See :meth:`bot.ports.DeliveryLedger.settle`."""
        if not delivery.parts:
            return await self._settle_unread(delivery, found, now)
        before = delivery.parts[part]
        attempts, changed = _settled(before, found is not None, now)
        outcome = Outcome("delivered", ref=found.ref, url=found.url) if found else Outcome("absent")
        after = _after(replace(before, attempts=attempts), outcome)
        done = _done(_with(delivery, after), now)

        def work(connection: Connection) -> Delivery | None:
            if not found and not _hold(connection, delivery, updated=now):
                return None
            known = sum(
                connection.execute(_DOUBT, _of(delivery, part, each.number) | _told(each)).rowcount for each in changed
            )
            # A worker that had lost its lease may have told meanwhile: then what was read is out of date. That one
            # is there, though, stays true whoever holds the slot.
            if known < len(changed) and not found:
                return None
            held = _hold(connection, delivery, **_ending(delivery, done, part, found is not None, now))
            if held or found:
                connection.execute(_PART, _of(delivery, part) | _where(after))
            if found and not held and part == 0:
                _date(connection, delivery, now)
            return done if held else None

        return await self._database.write(work)

    async def _settle_unread(self, delivery: Delivery, found: Posted | None, now: datetime) -> Delivery | None:
        done = replace(delivery, unread=False)
        values: dict[str, Any] = {"unread": False, "updated": now}
        if found:
            done = replace(done, state="delivered", reason=_FOUND)
            values |= {"state": "delivered", "reason": _FOUND, "delivered_at": now, "ready_at": None, "worker": ""}
        held = await self._database.write(lambda connection: _hold(connection, delivery, **values))
        return done if held else None

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
        """See :meth:`bot.ports.DeliveryLedger.conclude`."""
        values: dict[str, Any] = {"state": state, "reason": reason, "hint": hint, "worker": "", "updated": now}
        values["ready_at"] = None if state in ENDED else again_at
        if failed:
            values["failures"] = delivery.failures + 1

        def work(connection: Connection) -> bool:
            held = _hold(connection, delivery, **values)
            if held and self._jobs and values["ready_at"]:
                self._jobs.defer(connection, delivery.slot.key, delivery.place, values["ready_at"])
            return held

        return await self._database.write(work)

    async def amend(self, key: str, edition: Mapping[str, Any], payloads: Mapping[int, Mapping[str, Any]]) -> None:
        """See :meth:`bot.ports.DeliveryLedger.amend`."""

        def work(connection: Connection) -> None:
            connection.execute(update(SLOTS).where(SLOTS.c.key == key).values(edition=dict(edition)))
            for number, payload in payloads.items():
                ours = (PARTS.c.slot == key) & (PARTS.c.number == number)
                connection.execute(update(PARTS).where(ours).values(payload=dict(payload)))

        await self._database.write(work)


def _fairly(which: Claimable, now: datetime, limit: int) -> Select[str]:
    """The keys of ready slots: the workspaces in turn, each one's oldest first."""
    workspace = (SLOTS.c.platform, SLOTS.c.workspace)
    turn = func.row_number().over(partition_by=workspace, order_by=(SLOTS.c.instant, SLOTS.c.key))
    ready = select(SLOTS.c.key, SLOTS.c.instant, turn.label("turn")).where(SLOTS.c.ready_at <= now)
    if which.platforms:
        served = SLOTS.c.platform.in_(which.platforms)
        ready = ready.where(served | (SLOTS.c.instant < which.anyone_before) if which.anyone_before else served)
    if which.busy:
        ready = ready.where(tuple_(*workspace).not_in(which.busy))
    turns = ready.subquery()
    fair = select(turns.c.key).order_by(turns.c.turn, turns.c.instant, turns.c.key).limit(limit)
    return fair.where(turns.c.turn <= which.share) if which.share else fair


def _taken(connection: Connection, keys: Sequence[str], worker: str, now: datetime, lease: timedelta) -> list[Delivery]:
    """Claim those of ``keys`` that are ready, in their order, each with a new fence."""
    if not keys:
        return []
    taking = {"of_keys": list(keys), "now": now, "taker": worker, "until": now + lease}
    free = set(connection.execute(_TAKE, taking).scalars())
    return load(connection, [key for key in keys if key in free], now)


def _hold(connection: Connection, delivery: Delivery, **values: Any) -> bool:
    """Change the slot's row, if its fence is still ours."""
    ours = {"of_key": delivery.slot.key, "of_fence": delivery.fence, "of_worker": delivery.worker}
    return connection.execute(_HELD, ours | values).rowcount == 1


def _date(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """Note when the first part was delivered, though the slot is in other hands."""
    connection.execute(_UNDATED, {"of_key": delivery.slot.key, "delivered_at": now})


def _ending(delivery: Delivery, done: Delivery, part: int, delivered: bool, now: datetime) -> dict[str, Any]:
    """What an outcome changes in the slot's row: the last part delivered ends it, the first one dates it."""
    values: dict[str, Any] = {"updated": now}
    if delivered and part == 0:
        values["delivered_at"] = now
    if done.state != delivery.state:
        values |= {"state": done.state, "reason": "", "hint": "", "ready_at": None, "worker": ""}
    return values


def _done(delivery: Delivery, now: datetime) -> Delivery:
    """The delivery, ended when all its parts are delivered."""
    if all(part.state == "delivered" for part in delivery.parts):
        return replace(delivery, state="delivered", reason="", hint="", updated=now)
    return delivery


_PART_STATES: Mapping[str, Any] = {
    "delivered": "delivered",
    "refused": "refused",
    "unknown": "unknown",
    "failed": "pending",
    "absent": "pending",
}


def _after(part: Part, outcome: Outcome) -> Part:
    """The part after an outcome. A refusal does not settle an earlier doubt."""
    if outcome.outcome == "delivered":
        return replace(part, state="delivered", ref=outcome.ref, url=outcome.url)
    return replace(part, state="unknown" if part.doubts else _PART_STATES[outcome.outcome])


def _settled(part: Part, found: bool, now: datetime) -> tuple[tuple[Attempt, ...], list[Attempt]]:
    """The attempts once the channel was read, and those of them that changed: the last doubt is what was found."""
    doubts = [attempt.number for attempt in part.doubts]
    changed: list[Attempt] = []
    attempts: list[Attempt] = []
    for attempt in part.attempts:
        if attempt.number not in doubts:
            attempts.append(attempt)
            continue
        posted = found and attempt.number == doubts[-1]
        attempts.append(replace(attempt, outcome="delivered" if posted else "absent", ended=now))
        changed.append(attempts[-1])
    return tuple(attempts), changed


def _told(attempt: Attempt) -> dict[str, Any]:
    """The columns that an attempt's end fills."""
    return {
        "outcome": attempt.outcome,
        "ended": attempt.ended,
        "retry_at": attempt.retry_at,
        "error": attempt.error,
        "hint": attempt.hint,
        "code": attempt.code,
    }


def _with(delivery: Delivery, part: Part) -> Delivery:
    parts = tuple(part if each.number == part.number else each for each in delivery.parts)
    return replace(delivery, parts=parts)


def _of(delivery: Delivery, part: int, number: int | None = None) -> dict[str, Any]:
    """Which part, or which of its attempts."""
    of = {"of_slot": delivery.slot.key, "of_part": part}
    return of if number is None else of | {"of_number": number}


def _where(part: Part) -> dict[str, Any]:
    """The columns that say whether and where a part is posted."""
    return {"state": part.state, "ref": part.ref, "url": part.url}
