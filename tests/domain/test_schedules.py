from __future__ import annotations

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.errors import BadRequest
from bot.domain.schedules import Days, Quiet, Schedule, days_of, quiet_of, skip_of, times_of, zone_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:00", ["08:00"]),
        ("8", ["08:00"]),
        ("17:30, 08:00", ["08:00", "17:30"]),
        ("8am 5:30 pm", ["08:00", "17:30"]),
        ("0800;1730", ["08:00", "17:30"]),
        ("8.15 Uhr", ["08:15"]),
        ("18h30", ["18:30"]),
        ("12 am", ["00:00"]),
        ("12pm and 23:59", ["12:00", "23:59"]),
        ("08:00,8:00", ["08:00"]),
    ],
)
def test_times_as_people_write_them(text: str, expected: list[str]) -> None:
    """Many spellings, one meaning, in order and each once."""
    assert [f"{t:%H:%M}" for t in times_of(text)] == expected


@pytest.mark.parametrize("text", ["", " , ", "soon", "25:00", "08:60", "24:00", "13pm", "0pm", "8:0", "-8"])
def test_what_is_no_time_is_refused(text: str) -> None:
    """The error names it and shows how to write one."""
    with pytest.raises(BadRequest, match="time of day") as refused:
        times_of(text)

    assert "08:00" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("daily", "daily"),
        ("mon-fri", "mon-fri"),
        ("Weekdays", "mon-fri"),
        ("weekends", "weekends"),
        ("mon,thu", "mon,thu"),
        ("fri - mon", "mon,fri,sat,sun"),
        ("Montag, Do", "mon,thu"),
        ("lunes mié", "mon,wed"),
        ("monthly:1,15", "monthly:1,15"),
        ("monthly: last", "monthly:last"),
        ("monthly", "monthly:1"),
    ],
)
def test_days_as_people_write_them(text: str, shown: str) -> None:
    """English, German and Spanish names, ranges across the week's end, days of the month."""
    assert str(days_of(text)) == shown
    assert days_of(str(days_of(text))) == days_of(text)


@pytest.mark.parametrize("text", ["", "someday", "mon-", "mon-xyz", "monthly:0", "monthly:32", "monthly:x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """The error shows how to write days."""
    with pytest.raises(BadRequest) as refused:
        days_of(text)

    assert "monthly" in refused.value.hint


@pytest.mark.parametrize(
    ("text", "name"),
    [("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("new york", "America/New_York")],
)
def test_zones_by_name_or_city(text: str, name: str) -> None:
    """Case and underscores do not matter."""
    assert zone_of(text) == name


@pytest.mark.parametrize(("text", "nearest"), [("Europe/Berln", "Europe/Berlin"), ("Tokio", "Asia/Tokyo")])
def test_an_unknown_zone_gets_the_nearest_names(text: str, nearest: str) -> None:
    """A typo is answered with what was probably meant."""
    with pytest.raises(BadRequest) as refused:
        zone_of(text)

    assert nearest in refused.value.hint


def test_quiet_hours_and_dates_to_skip() -> None:
    """Both are read as written; what is neither is refused by name."""
    assert quiet_of("22:00-07:00") == Quiet(since=time(22), until=time(7))
    assert skip_of("2026-12-25, 02-29") == ("02-29", "2026-12-25")
    for read, text in ((quiet_of, "22:00"), (quiet_of, "7-7"), (skip_of, "2026-02-29"), (skip_of, "Christmas")):
        with pytest.raises(BadRequest, match=text.partition(" ")[0]):
            read(text)


def test_a_time_in_its_own_quiet_hours_is_refused() -> None:
    """Such a schedule would never be heard."""
    with pytest.raises(ValidationError, match="08:00 lies in the quiet hours"):
        Schedule(times=(time(8),), timezone="UTC", quiet=Quiet(since=time(7), until=time(9)))


@pytest.mark.parametrize("kind", [{}, {"weekdays": (1,), "month_days": (1,)}])
def test_days_are_of_one_kind(kind: dict[str, tuple[int, ...]]) -> None:
    """Neither none nor both."""
    with pytest.raises(ValidationError):
        Days.model_validate(kind)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No input raises anything but BadRequest."""
    for read in (times_of, days_of, quiet_of, skip_of, zone_of):
        with suppress(BadRequest):
            read(text)
