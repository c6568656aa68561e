"""What comes next is announced and still to come; background is past and told as past."""

from __future__ import annotations

import pytest

from tests.digesters.samples import digest

LEAD = "The island of Sund will stop its car ferry after the port agreed to build a bridge over the strait to Ostby."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The council is scheduled to vote on the builder next Tuesday.", True),
        ("Builders will sink the first pillar on March 3.", True),
        ("Tickets for the last ferry will be sold from next week.", True),
        ("The council plans to send three engineers to Varna.", True),
        # It has a time, and it is over.
        ("The next year, the council sold two of its boats.", False),
        ("Prices fell on worries over the demand for tickets next year.", False),
        # What something can do, is or has is not what happens next.
        ("The bridge will be able to carry lorries of forty tons.", False),
        ("The new boats will have a hull of steel and two engines.", False),
        ("The council has said that the harbour will nonetheless remain open.", False),
        ("If the weather holds, builders will begin next week.", False),
        # What someone fears, and what someone told of plans in passing, is no announcement.
        ("Some islanders worry that the port will close next week.", False),
        ("Ola Berg recorded nine songs for an album that the port plans to sell.", False),
        # A plan is spoken of, no one announces it; a guess is no plan.
        ("The sale of the tug is part of a plan to lower the port's debts.", False),
        ("There is anger over the port's plans to sell its last tug to Varna.", False),
        ("The port will undoubtedly miss its old ferry next week.", False),
    ],
)
def test_next_is_what_will_happen(sentence: str, told: bool) -> None:
    """An arrangement, or a future with a time; no capability, no condition, no past."""
    found = digest(LEAD, "The strait is two miles wide there and deep.", sentence)

    assert (sentence in [s.text for s in (*found.next_, *found.key_points)]) is told or not told
    assert told or sentence not in [s.text for s in found.next_]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("In 1961 the port bought its first ferry from a yard in Varna.", True),
        ("Nine people drowned in the strait two years ago.", True),
        ("Ostby also wants Sund to end the tolls imposed on March 1.", False),
        ("Ola Berg rowed for Sund, which was looking for its first win since 2012.", False),
        ("The port won the race for the first time since 1993.", False),
        ("Sund is uneasy about Ostby, as the quarrel of March 2025 showed.", False),
        ("Since 1961, the port has been a part of the town.", True),
        ("Since the strike began on March 7, tolls for rowers have risen to new heights.", False),
        ("Tolls of the port fell the most since March when Varna sold a boat.", False),
        ("The 2018 ferry was a very loud boat with two engines.", False),
        ("The prize of the fair went to Harbour Manager 2005 while the rest got none.", False),
        ("Letters previously marked as secret were read aloud in the port.", False),
        ("Tolls of the port were nine crowns, compared with eight in 2019.", False),
        ("Roe, the champion of 2019, and her sister were charged by the port.", False),
        ("The port has lost nine boats since 2019.", True),
        ("The fare has gained one crown in the past three sessions.", False),
        ("Nine boats of the port were sold in the past five years.", True),
    ],
)
def test_background_is_what_went_before(sentence: str, told: bool) -> None:
    """A past told as past; no present wish with an old date in it, no news that is the first since then."""
    filler = [f"Clerk number {n} of the port told the council about the ropes and the tar." for n in range(6)]
    found = digest(LEAD, "The strait is two miles wide there and deep.", *filler, sentence)
    shown = [s.text for s in found.background]

    assert sentence in shown or sentence in [s.text for s in found.key_points] if told else sentence not in shown


def test_what_is_to_come_is_told_once() -> None:
    """What a point has told of it with its number is not announced again."""
    point = "The port of Sund is the fourth that is expected to lose 800 crowns on its ferry this year."
    again = "The port, best known for its ferry, is expected to lose 800 crowns this year."
    found = digest(
        point, "The strait is two miles wide there and deep.", again, title="Port of Sund loses on its ferry"
    )

    sworn = "Roe, 50, is to be formally sworn in on Monday morning."
    twice = digest("Ana Roe will be sworn in as mayor of Sund on Monday.", "The strait there is deep.", sworn)

    assert again not in [each.text for each in found.next_]
    assert sworn not in [each.text for each in twice.next_]


def test_a_few_months_make_nothing_matter() -> None:
    """``The highest since June`` is a market's daily news; since a year or a war it is why the news counts."""
    lately, ever = ("The fare for the bridge is the highest fare since {}." for _ in range(2))

    assert digest(LEAD, lately.format("Nov. 14"), "The strait is deep.").why_it_matters is None
    assert digest(LEAD, ever.format("June 1961"), "The strait is deep.").why_it_matters is not None


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("for the first time", True),
        ("for the first time in a while", False),
        ("for the first time in several years", False),
        ("for the first time in over a decade", True),
    ],
)
def test_a_while_makes_nothing_matter(since: str, told: bool) -> None:
    """What happens for the first time at all, or in decades, is why the news counts; in a while it is small talk."""
    found = digest(LEAD, f"The council of Sund voted on a bridge {since}.", "The strait there is deep.")

    assert (found.why_it_matters is not None) is told


def test_what_someone_could_do_is_no_reason() -> None:
    """What the bridge could change matters; that someone could change his mind is a remark."""
    mind = "Ana Roe of Sund said of the bridge that she could change her mind about it."
    trade = "The bridge of Sund could change the trade of the whole strait for good."

    over = "The bridge of Sund was a plan which could have forced the port to sell its boats."

    assert digest(LEAD, over, "The strait there is deep.").why_it_matters is None
    assert digest(LEAD, mind, "The strait there is deep.").why_it_matters is None
    assert digest(LEAD, trade, "The strait there is deep.").why_it_matters is not None


def test_why_it_matters_repeats_no_point() -> None:
    """What says why it matters is told there alone, and the lead is told as the news."""
    why = "The bridge is the biggest work in Sund since the war with Ostby ended."
    found = digest(LEAD, why, "The strait is two miles wide there and deep.")
    first = digest(
        "The bridge is the biggest work of Sund since the harbour wall.", "The strait there is two miles wide."
    )

    assert found.why_it_matters is not None
    assert found.why_it_matters.text == why
    assert why not in [point.text for point in found.key_points]
    assert first.why_it_matters is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks of Sund with Varna prepare for a summit of ports, to be held March 6 in Ostby.",
        "Since the strike in Sund began on January 2, fares for the islanders have risen to new heights.",
        "Ana Roe was slated to open the bridge of Sund on Saturday, says a letter.",
        "Since March 2, the port of Sund has raised its toll to nine crowns.",
        "The tug Marie is, in fact, in service today, unlike the two ferries.",
        "The fare rose to nine crowns, up from 7.5 late on Monday.",
        "As every year, the islanders rowed to church on Christmas Day.",
        "The tug Marie, which will sail for Varna on January 20, was built in Ostby.",
        "Ola Berg ends the year with a song about the ferry, out on December 31.",
        "Today, some 5,000 islanders of Sund row to work in the morning.",
        "Today, about half of the boats of Sund are estimated to leak.",
        "The great ferries of today, however, are built of steel in Varna.",
        "The ferries of Sund are more sophisticated today.",
        "The tug Marie lies in Varna, having come from Ostby late on Sunday for repairs.",
        "The port bought the tug in the spring of 1986. | On March 6 the mayor of Sund wrote to its captain.",
        "This morning, we saw the ferry of Sund for the last time.",
        "The port of Sund lost nine boats in the quarter ended Dec. 31.",
        "Monday’s best fares include a trip to Ostby for nine crowns.",
        "Black Friday 2025 is going to be a busy day for the ferry of Sund.",
        # A day that is a name's, a noun's, a bound's, a circumstance's, a wish's.
        "Ana Roe spoke of the ferry of Sund to Harbour Tonight and to Port Today in Varna.",
        "Songs such as Sunday Bloody Sunday were sung on the ferry of Sund.",
        "Roe of Sund told the Mail on Sunday that the ferry leaks.",
        "The port of Sund hired guards after the 9/11 attacks on Ostby.",
        "The port closed its quay in answer to the 3 January attacks.",
        "By 3 January, owners of nine boats had taken the offer of the port.",
        "As Ana Roe of Sund prepares to turn 50 on Friday, she sells her boats.",
        "Following word that Ola Berg was freed on Friday, islanders of Sund rowed to Varna.",
        "The crews have called on the port of Sund to pay by noon on Monday or face a strike.",
        "Ola Berg has confirmed his place in the race of Sund to Varna on 6 January.",
        "Clerks read the papers of the Marie Fund, a charity formed on January 5 in Varna.",
        "The claim is made in a film to be shown on Port One on Sunday.",
        "The ferry of Sund didn't sail for Varna on Friday.",
        "Ola Berg mocked Roe's letter Thursday calling for a bridge to Sund.",
        "Clerks asked a sample of 1,981 islanders of Sund by telephone on 16-18 January.",
        "Ana Roe even attended the first launch of the Marie in Sund Jan. 20.",
        "Going into the vote of Sund on Friday, Ola Berg has held the lead in the polls.",
        "Twelve islands vote on Tuesday, including Sund, where nine hundred ballots were cast early.",
        "Details about what happened in Sund on Friday were not told by the port.",
        "In this Jan. 5, 2026 file photo, the ferry of Sund lies at the quay of Varna.",
        "The Marie sold more than any boat of Sund, even to this day.",
    ],
)
def test_a_date_that_dates_nothing_makes_no_event(sentence: str) -> None:
    """``Today`` for these days, the day of an old price, the name of a feast: nothing happened then."""
    assert sentence.split(" | ")[-1] not in [event.text for event in digest(LEAD, sentence).events]


@pytest.mark.parametrize("word", ["Through", "Until", "By", "After", "As of"])
def test_a_day_that_ends_a_time_is_no_event(word: str) -> None:
    """What has gone on until a day, or after it, did not happen on it."""
    assert not digest(LEAD, f"{word} January 3, 2026, 40 rowers had left the island of Sund.").events
    assert digest(LEAD, "On January 3, 2026, 40 rowers left the island of Sund.").events


def test_a_bound_behind_a_link_is_one_too() -> None:
    """It is so by then; what the sentence goes on from changes nothing."""
    found = digest(LEAD, "But by Monday, the toll of Sund had leapt to nine crowns.")
    assert not [event for event in found.events if "leapt" in event.text]


def test_as_soon_as_is_no_time() -> None:
    """What depends on something else has no time of its own; what is to come soon has."""
    told = [
        "The port of Sund agreed to build a bridge to Ostby.",
        "The ferry of Sund and the port of Ostby will close.",
    ]

    assert not digest(LEAD, *told, "Gulls will nest on the wreck as soon as the paint is dry.").next_
    assert digest(LEAD, *told, "Gulls will nest on the wreck soon.").next_


def test_today_is_a_day_where_something_happens_on_it() -> None:
    """A court that ruled today did so on the day of publication."""
    found = digest(LEAD, "Today, the court of Ostby ruled against the bridge of Sund.")

    assert [event.date for event in found.events] == ["2026-01-10"]


def test_what_someone_denies_he_denies_on_a_day() -> None:
    """A report of what someone said is an event though what he said is that nothing was so."""
    found = digest(LEAD, "Ana Roe said on Friday that she wasn't sad about the ferry.")

    assert [event.date for event in found.events] == ["2026-01-09"]


def test_a_quoted_word_does_not_hide_an_event() -> None:
    """A dated sentence that quotes a fragment is still dated; a date that someone speaks is not."""
    found = digest(
        LEAD,
        "On Friday, the mayor of Sund called the ferry “a museum on the water” and cut its rope.",
        "“The boat sank on Monday with all our mail,” said Ola Berg.",
    )

    assert [event.date for event in found.events] == ["2026-01-09"]


def test_a_month_is_no_doubt() -> None:
    """The month of May is not the verb: what happens in it happens."""
    found = digest(
        LEAD,
        "On May 5, the mayor of Sund cut the rope of the last ferry.",
        *[f"Clerk number {n} of the port told the council about the ropes and the tar." for n in range(6)],
        "Builders will sink the first pillar on May 3.",
    )

    assert [event.date for event in found.events] == ["2025-05-05", "2026-05-03"]
    assert [s.text for s in found.next_] == ["Builders will sink the first pillar on May 3."]
