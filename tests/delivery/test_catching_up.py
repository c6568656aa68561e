from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.domain.places import Place
from bot.domain.schedules import Quiet, Schedule
from bot.services.delivery import DeliveryService
from tests.delivery.fakes import Bench
from tests.delivery.samples import NOW, subscription

pytestmark = pytest.mark.anyio
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HOURLY = Schedule(times=tuple(time(hour) for hour in range(24)), timezone="UTC")


async def states(bench: Bench) -> dict[str, str]:
    """State of each slot by its nominal day and hour."""
    return {f"{d.slot.nominal:%d %H:%M}": d.state for d in reversed(await bench.ledger.deliveries())}


async def restarted(bench: Bench) -> DeliveryService:
    """The bot as a new process, after the old one is gone."""
    await bench.ledger.take_over(bench.clock.now())
    return bench.another("next")


async def test_within_grace_it_is_sent_and_says_so(bench: Bench) -> None:
    """Down from before eight until half past nine: posted then, with how late it is."""
    await bench.store.add(subscription())
    bench.clock.move(90 * MINUTE)

    await bench.run()

    assert bench.platform.keys == ["b-test-260113080000-0"]
    assert bench.desk.slots[0].note == "Due at 08:00, sent 1 h 30 min late."


async def test_beyond_grace_it_is_missed_and_says_so(bench: Bench) -> None:
    """Down from before eight until noon: not posted, visible with the reason and the next step."""
    await bench.store.add(subscription())
    bench.clock.move(4 * HOUR)

    await bench.run(MINUTE)

    (delivery,) = await bench.ledger.deliveries()
    assert bench.platform.keys == []
    assert (delivery.state, delivery.hint) == ("missed", "Post it with /briefing now.")
    assert "not running within 2 h" in delivery.reason


async def test_after_days_nothing_floods(bench: Bench) -> None:
    """Hourly, down for three days: one message at most, every other slot recorded as missed, once."""
    await bench.store.add(subscription(schedule=HOURLY))
    bench.clock.move(3 * DAY)

    await bench.run(MINUTE, MINUTE)

    found = await bench.ledger.deliveries(limit=1000)
    assert len(bench.platform.keys) == 1
    assert len(found) == 96  # from the day before, when it was made
    assert sum(d.state == "missed" for d in found) == 95
    assert found[0].state == "delivered"


async def test_after_a_very_long_stop_only_the_last_month_is_recorded(bench: Bench) -> None:
    """Two years of hourly slots would be 17,000 rows that nobody reads."""
    await bench.store.add(subscription(schedule=HOURLY))
    bench.clock.move(730 * DAY)

    await bench.run()

    assert len(await bench.ledger.deliveries(limit=10_000)) == 31 * 24
    assert len(bench.platform.keys) == 1


async def test_two_that_are_due_at_once_are_not_both_sent(bench: Bench) -> None:
    """Eight and nine o'clock both within grace: the later is sent, the earlier is missed and says why."""
    await bench.store.add(subscription(schedule=Schedule(times=(time(8), time(9)), timezone="Europe/Berlin")))
    bench.clock.move(90 * MINUTE)

    await bench.run()

    assert bench.platform.keys == ["b-test-260113090000-0"]
    assert (await states(bench))["13 08:00"] == "missed"
    assert "the one of 09:00 took its place" in (await bench.ledger.get("b-test-260113080000")).reason


async def test_quiet_hours_hold_what_is_late(bench: Bench) -> None:
    """Due at 21:30, back up at 22:10 in quiet hours that outlast the grace time: missed rather than sent at night."""
    quiet = Quiet(since=time(22), until=time(7))
    schedule = Schedule(times=(time(21, 30),), timezone="Europe/Berlin", quiet=quiet)
    await bench.store.add(subscription(schedule=schedule, since=NOW))
    bench.clock.move(14 * HOUR + 10 * MINUTE)

    await bench.run()

    assert bench.platform.keys == []
    assert await states(bench) == {"13 21:30": "missed"}


async def test_quiet_hours_that_end_in_time_only_delay(bench: Bench) -> None:
    """What is late waits for the end of a short quiet time, then is sent."""
    quiet = Quiet(since=time(8, 30), until=time(9))
    schedule = Schedule(times=(time(8),), timezone="Europe/Berlin", quiet=quiet)
    await bench.store.add(subscription(schedule=schedule))
    bench.clock.move(40 * MINUTE)

    await bench.run(10 * MINUTE)
    during = list(bench.platform.keys)
    await bench.run(10 * MINUTE)

    assert during == []
    assert bench.platform.keys == ["b-test-260113080000-0"]


async def test_a_clock_set_back_repeats_nothing(bench: Bench) -> None:
    """An hour back after the post: the same slot comes again by the clock, and is known."""
    await bench.store.add(subscription())
    await bench.run()

    await bench.run(-HOUR, 30 * MINUTE, 30 * MINUTE, MINUTE)

    assert bench.platform.keys == ["b-test-260113080000-0"]


async def test_a_clock_that_ran_ahead_loses_nothing(bench: Bench) -> None:
    """A week ahead and back again: what was called missed on the way is due at its real time, each once."""
    await bench.store.add(subscription())
    await bench.run(7 * DAY, -7 * DAY)
    ahead = list(bench.platform.keys)

    await bench.run(*[DAY] * 6)

    expected = [f"b-test-2601{day}080000-0" for day in range(13, 21)]
    assert ahead == [expected[0], expected[7]]
    assert sorted(bench.platform.keys) == sorted(expected[:7] + expected[7:8])


async def test_a_restart_between_any_two_steps_repeats_nothing(bench: Bench) -> None:
    """Each day is planned by one process and looked at by the next."""
    await bench.store.add(subscription())
    for _ in range(5):
        await bench.run()
        bench.service = await restarted(bench)
        await bench.run(MINUTE)
        bench.clock.move(DAY - MINUTE)

    assert bench.platform.keys == [f"b-test-2601{day}080000-0" for day in range(13, 18)]


async def test_a_changed_schedule_holds_from_then_on(bench: Bench) -> None:
    """Moved at noon to nine o'clock in New York: nothing is made up for today, and tomorrow comes once."""
    await bench.store.add(subscription())
    await bench.run(5 * HOUR)
    moved = Schedule(times=(time(6),), timezone="America/New_York")
    await bench.store.replace(subscription(schedule=moved, since=bench.clock.now()))

    await bench.run(*[HOUR] * 26)

    assert bench.platform.keys == ["b-test-260113080000-0", "b-test-260114060000-0"]


async def test_the_same_wall_time_in_another_zone_is_the_same_slot(bench: Bench) -> None:
    """Delivered at eight in Berlin, then moved to eight in New York at noon: today's eight was posted already."""
    await bench.store.add(subscription())
    await bench.run(HOUR)
    there = Schedule(times=(time(8),), timezone="America/New_York")
    await bench.store.replace(subscription(schedule=there, since=bench.clock.now()))

    await bench.run(*[HOUR] * 8)

    assert bench.platform.keys == ["b-test-260113080000-0"]


async def test_what_is_paused_is_not_made_up(bench: Bench) -> None:
    """Three days of pause: nothing during it, nothing for it afterwards."""
    await bench.store.add(subscription())
    await bench.run()
    await bench.subscriptions.pause("b-test", "holidays")
    await bench.run(DAY, DAY, DAY + HOUR)
    await bench.subscriptions.resume("b-test")

    await bench.run(MINUTE, 23 * HOUR - MINUTE)

    assert bench.platform.keys == ["b-test-260113080000-0", "b-test-260117080000-0"]


async def test_a_platform_that_nobody_serves_is_told(bench: Bench) -> None:
    """Its slots are missed after the grace time by whoever runs, with the reason."""
    await bench.store.add(subscription(place=Place("discord", "G1", "C9")))

    await bench.run(HOUR, HOUR + MINUTE, 6 * MINUTE)

    (delivery,) = await bench.ledger.deliveries()
    assert delivery.state == "missed"
