"""What a date in a text means, told from its sentence and the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from bot.digesters.extractive.dates import dates_in

FRIDAY = date(2026, 1, 9)


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("The council met on Tuesday.", "2026-01-06"),
        ("The council will meet on Tuesday.", "2026-01-13"),
        ("On Tuesday, the envoys are to fly home.", "2026-01-13"),
        ("The rocket launches January 28.", "2026-01-28"),
        ("The show opens on Monday in Port Calder.", "2026-01-12"),
        ("The clip was watched a million times by Thursday night.", "2026-01-08"),
        ("A referendum is to be held on November 20.", "2026-11-20"),
        ("The fair was off to a good start on Saturday.", "2026-01-03"),
        ("Thursday, December 18, was cold.", "2025-12-18"),
        ("She signed it on Friday, January 2.", "2026-01-02"),
        ("In 2019, the miller was arrested on May 3.", "2019-05-03"),
        ("Sales grew from March 2023.", "2023-03"),
        ("Around November she left.", "2025-11"),
        ("Seventeen years ago, the bridge fell.", "2009"),
        ("Two weeks ago the dam cracked.", "2025-12"),
        ("Prices may double by 2050.", "2050"),
        ("The town burned in 1423 and was rebuilt.", "1423"),
        ("He served after 9/11 as a guard.", "2001-09-11"),
        ("JANUARY 5, 2026 • STATEMENTS", "2026-01-05"),
    ],
)
def test_a_date_is_what_its_sentence_makes_it(sentence: str, when: str) -> None:
    """Tense, timetable, weekday, range and a year beside it decide where the words alone leave it open."""
    assert dates_in(sentence, FRIDAY)[-1].when == when


def test_both_ends_of_a_range_have_the_year_of_the_last() -> None:
    """Where only the last of two dates bears the year, it is the year of both."""
    assert [d.when for d in dates_in("It ran from March to August 2011.", FRIDAY)] == ["2011-03", "2011-08"]
    assert [d.when for d in dates_in("It shut from May 3 to June 4, 2011.", FRIDAY)] == ["2011-05-03", "2011-06-04"]


def test_a_range_that_has_begun_is_not_put_off_for_a_year() -> None:
    """Of what is to run from a day just past, that day is meant, not next year's."""
    found = [d.when for d in dates_in("The exhibition is to run from January 3 through March 8.", FRIDAY)]
    assert found == ["2026-01-03", "2026-03-08"]


@pytest.mark.parametrize(
    "sentence",
    ["It hired 1400 people in 1500 towns.", "Shares rose 9/110 in value.", "They may 5 times."],
)
def test_a_number_that_is_no_date_is_none(sentence: str) -> None:
    """Counts and fractions are not dates."""
    assert dates_in(sentence, FRIDAY) == []
