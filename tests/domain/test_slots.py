from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedules import DAILY, Days, Quiet, Schedule, zone_names
from bot.domain.subscriptions import Slot, instant_of, new_id, next_slot, quiet_until, slots
from tests.delivery.samples import NOW, subscription

HALF_HOURS = tuple(time(minutes // 60, minutes % 60) for minutes in range(0, 1440, 30))
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def at(*times: str, timezone: str = "Europe/Berlin", **more: object) -> Schedule:
    """A schedule at those times."""
    return Schedule.model_validate({"times": [time.fromisoformat(t) for t in times], "timezone": timezone, **more})


def transitions(zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the zone's offset changes, to the second, found by halving each day that it changes in."""
    day = FIRST
    offset = day.astimezone(zone).utcoffset()
    while day < LAST:
        after = (day + DAY).astimezone(zone).utcoffset()
        if after != offset:
            low, high = day, day + DAY
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
            yield high
        day, offset = day + DAY, after


def rules(name: str) -> tuple[tuple[datetime, object], ...]:
    """What tells zones apart between 2026 and 2030: their offsets at the start and after each change."""
    zone = ZoneInfo(name)
    return tuple((moment, moment.astimezone(zone).utcoffset()) for moment in (FIRST, *transitions(zone)))


def test_every_zone_and_clock_change_has_one_slot_a_nominal_day() -> None:
    """All zones, all changes 2026–2030, every half hour of the days around: each nominal time once, never too early.

    Zones of equal rules are looked at once. The slot's instant shows the nominal time on the wall, unless that time
    does not exist; then it is the first instant of the day after the gap.
    """
    by_rules: dict[object, str] = {}
    for name in sorted(zone_names()):
        by_rules.setdefault(rules(name), name)
    looked_at = 0
    for name in by_rules.values():
        zone = ZoneInfo(name)
        schedule = Schedule(times=HALF_HOURS, timezone=name)
        for change in transitions(zone):
            first = change.astimezone(zone).date() - DAY
            start = instant_of(datetime.combine(first, time()), zone)[0] - timedelta(seconds=1)
            end = instant_of(datetime.combine(first + 3 * DAY, time()), zone)[0] - timedelta(seconds=1)
            found = list(slots("b-test", schedule, start, end))

            expected = [datetime.combine(first + n * DAY, t) for n in range(3) for t in HALF_HOURS]
            assert [slot.nominal for slot in found] == expected, (name, change)
            assert all(map(_at_its_time, found)), (name, change)
            assert [s.instant for s in found] == sorted(s.instant for s in found), (name, change)
            looked_at += len(found)
    assert looked_at > 20_000


def _at_its_time(slot: Slot) -> bool:
    zone = ZoneInfo(slot.timezone)
    if not slot.moved:
        first = slot.nominal.replace(tzinfo=zone, fold=0).astimezone(UTC)
        return slot.local.replace(tzinfo=None) == slot.nominal and slot.instant == first
    before = (slot.instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    return before < slot.nominal < slot.local.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("timezone", "nominal", "instant", "moved"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00+00:00", True),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30+00:00", False),
        ("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00+00:00", True),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30+00:00", True),
        ("Asia/Kathmandu", "2026-06-01T08:00", "2026-06-01T02:15+00:00", False),
        ("Pacific/Apia", "2011-12-30T08:00", "2011-12-30T10:00+00:00", True),
    ],
)
def test_instants_of_known_days(timezone: str, nominal: str, instant: str, moved: bool) -> None:
    """Gaps give the first instant after, overlaps the first of two, odd offsets are kept; even a whole skipped day."""
    found = instant_of(datetime.fromisoformat(nominal), ZoneInfo(timezone))

    assert (found[0].isoformat(), found[1]) == (datetime.fromisoformat(instant).isoformat(), moved)


def test_a_moved_or_late_slot_says_so() -> None:
    """Readers learn why it comes at another time; one that is on time says nothing."""
    (moved,) = slots("b", at("02:30"), datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC))
    (plain,) = slots("b", at("02:30"), datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC))

    assert moved.note == "02:30 does not exist today: the clocks go forward."
    assert plain.sent_at(plain.instant + timedelta(minutes=4)).note == ""
    assert plain.sent_at(plain.instant + timedelta(minutes=75)).note == "Due at 02:30, sent 75 minutes late."
    assert "sent 1 h 40 min late" in plain.sent_at(plain.instant + timedelta(minutes=100)).note


def test_the_key_names_the_slot_for_ever() -> None:
    """Subscription and nominal time are in it, the zone's rules are not; it is short enough for every platform."""
    (slot,) = slots("b-7k3q", at("08:00"), NOW - timedelta(hours=1), NOW)

    assert slot.key == "b-7k3q-260113080000"
    assert len(f"{slot.key}-99") <= 25


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (Days(weekdays=(0,)), ["02", "09", "16", "23"]),
        (Days(month_days=(1, 15)), ["01", "15"]),
        (Days(month_days=(31,)), ["28"]),
        (Days(month_days=(0,)), ["28"]),
    ],
)
def test_days(days: Days, expected: list[str]) -> None:
    """Weekly and monthly; a day that February has not is its last."""
    february = slots("b", at("08:00", days=days), datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))

    assert [f"{slot.nominal:%d}" for slot in february] == expected


def test_skipped_dates_have_no_slot() -> None:
    """A date of one year, and one of every year."""
    schedule = at("08:00", skip=("2026-12-24", "12-25"))
    found = slots("b", schedule, datetime(2026, 12, 23, tzinfo=UTC), datetime(2026, 12, 27, tzinfo=UTC))

    assert [slot.nominal.day for slot in found] == [23, 26]


def test_the_next_slot_of_a_schedule_that_never_comes() -> None:
    """Where every date is skipped there is none, and looking for it ends."""
    never = subscription(
        schedule=at("08:00", days=Days(month_days=(1,)), skip=tuple(f"{m:02}-01" for m in range(1, 13)))
    )

    assert next_slot(never, NOW) is None
    upcoming = next_slot(subscription(), NOW)
    assert upcoming is not None
    assert upcoming.nominal.isoformat() == "2026-01-14T08:00:00"


def test_quiet_hours_end() -> None:
    """Across midnight and within a day, by the wall; None outside."""
    schedule = at("08:00", quiet=Quiet(since=time(22), until=time(7)))

    assert quiet_until(schedule, datetime(2026, 1, 13, 22, tzinfo=UTC)) == datetime(2026, 1, 14, 6, tzinfo=UTC)
    assert quiet_until(schedule, datetime(2026, 1, 13, 5, tzinfo=UTC)) == datetime(2026, 1, 13, 6, tzinfo=UTC)
    assert quiet_until(schedule, datetime(2026, 1, 13, 6, tzinfo=UTC)) is None


@settings(deadline=None)
@given(
    st.sampled_from(sorted(zone_names())),
    st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)),
    st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=3)), min_size=1, max_size=8),
)
def test_looking_in_steps_finds_what_looking_at_once_finds(
    timezone: str, start: datetime, steps: list[timedelta]
) -> None:
    """However time is cut into intervals, no slot is found twice and none is lost."""
    schedule = Schedule(times=HALF_HOURS[::6], timezone=timezone, days=DAILY)
    begin = start.replace(tzinfo=UTC)
    edges = [begin]
    for step in steps:
        edges.append(edges[-1] + step)

    pieces = [slot for a, b in pairwise(edges) for slot in slots("b", schedule, a, b)]
    assert sorted(pieces, key=lambda s: s.key) == sorted(slots("b", schedule, begin, edges[-1]), key=lambda s: s.key)


def test_ids_are_new_and_grow_when_they_get_scarce() -> None:
    """A taken id is never given; when all short ones seem taken, a longer one is."""
    given_ids = iter("22223333")

    assert new_id(frozenset({"b-2222"}), lambda _: next(given_ids)) == "b-3333"
    assert len(new_id(lambda id_: len(id_) == 6, lambda letters: letters[0])) == 7
    with pytest.raises(RuntimeError):
        new_id(lambda _: True, lambda letters: letters[0])


def test_dates_are_dates() -> None:
    """A schedule's days are asked of local dates."""
    assert at("08:00").on(date(2026, 1, 13)) == (time(8),)
