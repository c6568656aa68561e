"""A state machine over the ledger itself: several owners, each in slow motion, and all that can befall them."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.domain.deliveries import ENDED, Delivery, plan
from bot.domain.errors import NotFound
from bot.domain.places import Place
from bot.domain.schedules import Schedule
from bot.domain.subscriptions import next_slot
from bot.stores.sql.backup import backup, restore
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.opening import open_database
from bot.stores.sql.subscriptions import SqlSubscriptions
from tests.delivery.owners import LEASE, PARTS, RULES, Channel, Fate, Owner
from tests.delivery.samples import NOW, subscription
from tests.postgres import Server

T = TypeVar("T")
_FATES: tuple[Fate, ...] = ("taken", "taken, not told", "late", "late", "late", "lost", "failed", "refused")
_SECONDS = (1, 5, 9, 15, 15, 31, 51, 51)
_HOURS = (130, 1800, 7300)
_CHANNELS = 4
_AT_ONCE = 8
_HAPPENS = (
    *["go on"] * 14,
    *["claim"] * 4,
    *["wait"] * 5,
    *["renew", "save"] * 2,
    *["put back", "die", "sleep", "remove", "correct"],
)


class Owners(RuleBasedStateMachine):
    """Any owner takes its next step at any time, with whatever it still believes; some never do again."""

    def __init__(self, url: str, done: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory(prefix="lede-owners-")
        self.url = url.format(folder=self.folder.name)
        self.done = done
        self.now = NOW
        self.channel = Channel()
        self.owners: list[Owner] = []
        self.removed: set[str] = set()
        self.fences: dict[str, int] = {}
        self.told: set[str] = set()
        self.saved: frozenset[str] | None = None
        self.open()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Its result."""
        return self.loop.run_until_complete(work)

    def open(self) -> None:
        """Every process begins anew."""
        self.database = self.run(open_database(self.url))
        self.ledger = SqlLedger(self.database)
        self.store = SqlSubscriptions(self.database, lambda: self.now)
        self.unread = self.run(self.ledger.unread_span())
        self.owners.clear()
        self.fences.clear()

    def deliveries(self) -> list[Delivery]:
        """All that the ledger has."""
        return list(self.run(self.ledger.deliveries(limit=10_000)))

    @initialize()
    def subscribe(self) -> None:
        """Every two hours in a few channels, the first time just now."""
        schedule = Schedule(times=tuple(time(hour) for hour in range(0, 24, 2)), timezone="UTC")
        for number in range(_CHANNELS):
            place = Place("slack", "T1", f"C{number}")
            self.run(self.store.add(subscription(id=f"b-{number:04}", place=place, since=NOW, schedule=schedule)))
        self.wait(3600)

    @rule(seed=st.integers(0, 2**32))
    def happen(self, seed: int) -> None:
        """A few things, one after the other. By chance: left to choose, hypothesis prefers what is first and small."""
        chance = random.Random(seed)
        for _ in range(_AT_ONCE):
            self.happens(chance.choice(_HAPPENS), chance)
            self.nothing_is_there_twice()

    def happens(self, what: str, chance: random.Random) -> None:
        """That, to someone."""
        if what == "claim" or not self.owners:
            self.claim(chance.choice("ab"))
        if not self.owners:
            self.wait(chance.choice(_SECONDS))
        elif what in ("go on", "renew", "die"):
            # Mostly those who came last, so that others are held up for long with something half done.
            self.go_on(chance.choice(self.owners[-2:] if chance.random() < 0.8 else self.owners), what, chance)
        match what:
            case "wait":
                self.wait(chance.choice(_SECONDS))
            case "sleep":
                self.wait(chance.choice(_HOURS))
            case "remove":
                self.remove(f"b-{chance.randrange(_CHANNELS):04}")
            case "correct":
                self.correct(chance)
            case "save":
                self.save()
            case "put back" if self.saved is not None:
                self.put_back(self.saved)

    def wait(self, seconds: int) -> None:
        """Time passes; what was under way at the platform arrives, and what is due is planned."""
        self.now += timedelta(seconds=seconds)
        self.channel.take_late(self.now)
        for ordered, after in self.run(self.ledger.waiting(self.now)):
            planned = plan(ordered, after, self.now, RULES.grace, self.unread)
            upcoming = next_slot(ordered, self.now)
            self.run(self.ledger.plan(ordered, planned, self.now, upcoming.instant if upcoming else None))

    def claim(self, worker: str) -> int:
        """A process takes what is ready, which nobody else may still have; how much."""
        holding = {each.slot.key for each in self.deliveries() if each.lease_until and each.lease_until > self.now}

        claimed = self.run(self.ledger.claim(worker, self.now, LEASE, 2))

        assert not holding & {each.slot.key for each in claimed}
        self.owners += [Owner(each, self.now + LEASE) for each in claimed]
        return len(claimed)

    def go_on(self, owner: Owner, what: str, chance: random.Random) -> None:
        """One owner renews its lease, ends, or takes some halves of steps, whether it is still the owner or not."""
        if what == "renew":
            self.renew(owner)
        elif what == "die":
            self.owners.remove(owner)
        else:
            self.take_steps(owner, chance.randint(1, 5), chance.choice(_FATES))

    def take_steps(self, owner: Owner, halves: int, fate: Fate) -> None:
        """So many halves of steps, and no more once it lets go; who has lost the slot moves nothing of it."""
        key = owner.delivery.slot.key
        for _ in range(halves):
            gone = owner.delivery.slot.subscription in self.removed
            before = self.run(self.ledger.get(key)) if self.now >= owner.deadline else owner.delivery
            going_on = self.run(owner.step(self.ledger, self.channel, fate, self.now, gone))
            if (before.fence, before.worker) != (owner.delivery.fence, owner.delivery.worker):
                after = self.run(self.ledger.get(key))
                assert _holding(after) == _holding(before)
                assert not going_on or owner.doing
            if not going_on:
                self.owners.remove(owner)
                return

    def renew(self, owner: Owner) -> None:
        """A lease is longer for the owner alone; who has lost it learns so."""
        row = self.run(self.ledger.get(owner.delivery.slot.key))

        held = self.run(self.ledger.renew([owner.delivery], self.now, LEASE))

        ours = (row.fence, row.worker) == (owner.delivery.fence, owner.delivery.worker)
        assert held == ({row.slot.key} if ours else frozenset())
        if held:
            owner.deadline = self.now + LEASE

    def remove(self, id_: str) -> None:
        """Someone removes a briefing while it is under way."""
        try:
            self.run(self.store.remove(id_))
        except NotFound:
            return
        self.removed.add(id_)

    def correct(self, chance: random.Random) -> None:
        """An article is corrected: an edited message stays the message that it was."""
        posted = [
            each for each in self.deliveries() if each.edition and any(p.state == "delivered" for p in each.parts)
        ]
        if posted:
            each = chance.choice(posted)
            payloads = {part.number: {"text": "corrected"} for part in each.parts if part.state == "delivered"}
            self.run(self.ledger.amend(each.slot.key, {"id": "corrected"}, payloads))

    def save(self) -> None:
        """A backup is made while all goes on."""
        self.run(backup(self.url, Path(self.folder.name, "saved.db")))
        self.saved = frozenset(self.removed)

    def put_back(self, saved: frozenset[str]) -> None:
        """Every process is stopped and the backup put back, though messages are still on their way."""
        self.run(self.database.close())
        self.run(restore(self.url, Path(self.folder.name, "saved.db"), self.now))
        self.removed = set(saved)
        self.told.clear()
        self.open()

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """No key is held more than once, nor on its way to be."""
        keys = [*self.channel.held, *(key for _, key in self.channel.late)]
        assert not {key: n for key, n in Counter(keys).items() if n > 1}

    @invariant()
    def what_is_told_is_there(self) -> None:
        """A message told as delivered is held, and stays told; fences only grow; what ended is nobody's."""
        told = set()
        for each in self.deliveries():
            assert each.fence >= self.fences.get(each.slot.key, 0)
            self.fences[each.slot.key] = each.fence
            told |= {part.key for part in each.parts if part.state == "delivered"}
            if each.state in ENDED:
                assert (each.worker, each.again_at) == ("", None)
        assert told <= set(self.channel.held)
        assert self.told <= told
        self.told = told

    def teardown(self) -> None:
        """With nothing going wrong any more all slots end, and the platform holds just what the ledger tells.

        Whoever was held up in the middle goes on at last, when all is long done by others.
        """
        for seconds in (0, 10, 60, 130, 60, 60, 600, 600):
            self.wait(seconds)
            while self.claim("last"):
                for owner in [each for each in self.owners if each.delivery.worker == "last"]:
                    self.take_steps(owner, 99, "taken")
        for owner in list(self.owners):
            self.take_steps(owner, 99, "taken")
        held = set(self.channel.held)
        for each in self.deliveries():
            assert each.state in ENDED, each
            there = [part.number for part in each.parts if part.key in held]
            assert there == [part.number for part in each.parts if part.state == "delivered"], each
            # What a restore found is whole as far as anyone can know.
            assert each.state != "delivered" or not each.parts or len(there) == PARTS, each
        self.nothing_is_there_twice()
        self.run(self.database.close())
        self.loop.close()
        self.folder.cleanup()
        self.done()


def _holding(delivery: Delivery) -> tuple[object, ...]:
    """Whose it is, for how long, and what it waits for."""
    return (delivery.fence, delivery.worker, delivery.state, delivery.lease_until, delivery.again_at)


def _some(examples: int) -> settings:
    return settings(
        max_examples=examples, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )


def test_whoever_owns_a_slot_it_is_posted_once() -> None:
    """On SQLite, whatever the order of owners' steps, lost leases, deaths, removals, corrections and restores."""

    def machine() -> Owners:
        return Owners("sqlite:///{folder}/lede.db")

    run_state_machine_as_test(machine, settings=_some(20))  # type: ignore[arg-type]  # it is called, no more


def test_whoever_owns_a_slot_it_is_posted_once_on_a_server(postgres: Server) -> None:
    """The same on PostgreSQL."""

    def machine() -> Owners:
        url = postgres.database()
        return Owners(url, lambda: postgres.drop(url))

    run_state_machine_as_test(machine, settings=_some(5))  # type: ignore[arg-type]  # it is called, no more
