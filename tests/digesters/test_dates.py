"""What a date in a text means, told from its sentence and the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from bot.digesters.extractive.chronology import dates_of_sentences
from bot.digesters.extractive.dates import dates_in
from bot.digesters.extractive.feasts import easter
from tests.digesters.samples import digest

FRIDAY = date(2026, 1, 9)


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("The council met on Tuesday.", "2026-01-06"),
        ("The council will meet on Tuesday.", "2026-01-13"),
        ("Will Roe left the council on Tuesday.", "2026-01-06"),
        ("The isle holds its first free vote on Sunday.", "2026-01-11"),
        ("The mayor goes on trial Monday.", "2026-01-12"),
        ("On Tuesday, the envoys are to fly home.", "2026-01-13"),
        ("The rocket launches January 28.", "2026-01-28"),
        ("On January 28, troops took the fort.", "2025-01-28"),
        ("The old miller died January 28.", "2025-01-28"),
        ("The fair on January 28 draws many.", "2026-01-28"),
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
        ("The dyke broke on the fifth of October.", "2025-10-05"),
        ("It was signed on the 1st day of March, 1860.", "1860-03-01"),
        ("They parted on 12th of October last.", "2025-10-12"),
        ("The mayor resigned in May last year.", "2025-05"),
        ("He was born in nineteen oh five.", "1905"),
        ("She left in April of nineteen eighty-four.", "1984-04"),
        ("The choir of the class of ’71 sang.", "1971"),
        ("The bill was filed 25/12/2025.", "2025-12-25"),
        ("The note is dated 3/4/2025.", "2025"),
        ("The mill burned on Christmas Eve.", "2025-12-24"),
        ("The rising began on Easter Monday 1916.", "1916-04-24"),
        ("The port shut on Thanksgiving Day.", "2025-11-27"),
        ("The miller, charged after the September 11 attacks, was freed.", "2001-09-11"),
        ("She returned the day before yesterday.", "2026-01-07"),
        ("They met on Thursday of last week.", "2026-01-01"),
        ("He fell this past Monday.", "2026-01-05"),
        ("Ten years ago today the ferry sank.", "2016-01-09"),
        ("The bridge will open in two months.", "2026-03"),
        ("The dividend is payable February 2.", "2026-02-02"),
        ("Rules to be published in early February will settle it.", "2026-02"),
        ("The sale had been scheduled to end on Wednesday.", "2026-01-07"),
        ("It fell ill on the 5th.", "2026-01-05"),
        ("A vote is to be held from March 20 to April 11, in two rounds.", "2026-04-11"),
        ("Twelve islands vote on Tuesday, as three did before.", "2026-01-13"),
        ("The house is likely to vote on it Thursday.", "2026-01-15"),
        ("Until Wednesday, they had not called.", "2026-01-07"),
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
    [
        "It hired 1400 people in 1500 towns.",
        "Shares rose 9/110 in value.",
        "They may 5 times.",
        "He spent it on the 29th floor.",
        "She walked in twenty minutes.",
        "It took them three years.",
        "A Christmas tree fell.",
    ],
)
def test_a_number_that_is_no_date_is_none(sentence: str) -> None:
    """Counts and fractions are not dates."""
    assert dates_in(sentence, FRIDAY) == []


def _read(*sentences: str, starts: tuple[int, ...] = (1,)) -> list[list[str]]:
    return [[d.when for d in dates] for dates in dates_of_sentences(sentences, set(starts), FRIDAY)]


LIFE = (
    "Ana Roe was born in Sund in 1901.",
    "In 1923 she opened a mill there.",
    "She moved to Port Calder in 1935.",
)


def test_a_life_goes_on_in_the_year_it_has_come_to() -> None:
    """Where a text tells of years long past, a day without a year is one of the year told last."""
    assert _read(*LIFE, "On May 3, the mill burned.", "It was rebuilt in July.")[3:] == [["1935-05-03"], ["1935-07"]]
    assert _read(*LIFE, "The mill burned on November 2, 1935.", "On January 5 it was sold.")[4] == ["1936-01-05"]


def test_news_is_of_its_own_year() -> None:
    """Where a text counts from its publication, an old year beside it says nothing about a new date."""
    assert _read(*LIFE, "The mill was sold on Thursday.", "It shut on November 3.")[4] == ["2025-11-03"]
    told = _read("The mill, founded in 1998, reopened on Thursday.", "It had shut on November 3.")
    assert told[1] == ["2025-11-03"]
    bombing = _read("He was tried for the December 1988 bombing on Thursday.", "Roe agreed in November to speak.")
    assert bombing[1] == ["2025-11"]


def test_news_goes_on_with_an_old_story_right_behind_its_day() -> None:
    """A day without a year right behind a day of an old year is of that year, in the same paragraph only."""
    old = ("The court sat on Thursday.", "Roe was held on March 3, 2011.", "On May 5 he was freed.")
    assert _read(*old)[2] == ["2011-05-05"]
    assert _read(*old, starts=(1, 3))[2] == ["2025-05-05"]


def test_what_counts_from_another_date_is_told_from_the_last_one() -> None:
    """``Two days later`` and ``that year`` hang on the date before them, where that is precise enough."""
    story = _read(
        "The mill burned on May 3, 2011.", "Two days later the miller fled.", "He died in March the same year."
    )
    assert story[1:] == [["2011-05-05"], ["2011-03"]]
    assert _read("The mill burned in 2011.", "Two days later the miller fled.")[1] == []
    assert _read("It burned in 2011.", "Three years later it reopened.", "The following year it shut.")[1:] == [
        ["2014"],
        ["2015"],
    ]


def test_a_report_that_looks_back_comes_to_its_own_time_again() -> None:
    """Among years long past a month goes on with the last one only close behind it."""
    past = ["The mill was built in 1884.", "It burned in 1890.", "In 1905 the miller fled."]
    rest = ["The wheel is of oak.", "It turns in winter.", "The town loves it."]

    assert _read(*past, "In June he came home.")[-1] == ["1905-06"]
    assert _read(*past, *rest, "In December Roe spoke of it.", starts=(1, 4, 7))[-1] == ["2025-12"]


def test_a_diary_says_which_day_it_has_come_to() -> None:
    """Who writes as ``I`` and names the day counts from it, not from the day of publication."""
    diary = _read(
        "It is Monday, January 5.", "I am off to my mill tomorrow.", "It’s now Wednesday and I met Roe yesterday."
    )
    assert diary == [["2026-01-05"], ["2026-01-06"], ["2026-01-07", "2026-01-06"]]


@pytest.mark.parametrize(("year", "day"), [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2038, "04-25")])
def test_easter_falls_where_the_tables_have_it(year: int, day: str) -> None:
    """Known Easters, the earliest and latest of our time among them."""
    assert easter(year).isoformat() == f"{year}-{day}"


TEXT = (
    "The island of Sund will stop its car ferry after the port agreed to build a bridge over the strait to Ostby.",
    "On Friday, the port of Sund sold its ferry to a museum in Ostby.",
    "On January 3, the port of Sund closed its northern wall.",
    "On May 5, 2025, the council of Sund voted to keep the boat.",
    "“We never saw the buoy in the harbour,” Ola Berg said on Tuesday.",
)


def test_no_day_is_counted_from_a_day_nobody_told() -> None:
    """Without a date of its own a text's "Friday" and its days without a year stay words; what it dates is told."""
    dated, undated = digest(*TEXT), digest(*TEXT, undated=True)

    assert [event.date for event in dated.events] == ["2025-05-05", "2026-01-03", "2026-01-09"]
    assert [event.date for event in undated.events] == ["2025-05-05"]
    assert ([q.said for q in dated.quotes], [q.said for q in undated.quotes]) == (["2026-01-06"], [None])
    assert undated.article.undated


def test_undated_news_is_not_taken_for_background() -> None:
    """A text found today may itself be of the day that it tells of."""
    assert [s.text for s in digest(*TEXT).background] == [TEXT[3]]
    assert digest(*TEXT, undated=True).background == ()
