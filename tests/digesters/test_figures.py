"""A figure is told with what it counts, whole, in a unit that is its own."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.figures import numbers_in
from bot.domain.digests import Outlet
from tests.digesters.samples import digest


@pytest.mark.parametrize(
    ("text", "figure", "value", "unit"),
    [
        ("The fever kills 30-60 per cent of the sheep of Sund.", "30-60 per cent", None, "percent"),
        ("The tolls of Sund may grow between 2% to 2.25% again.", "between 2% to 2.25%", None, "percent"),
        ("The tolls of Sund may grow by 12 or 15 percent again.", "12 or 15 percent", None, "percent"),
        ("The tolls of Sund may shrink in 2014 to 6.8% again.", "6.8%", 6.8, "percent"),
        ("The index of the port SUND, +0.12% shed 0.8% again.", "0.8%", 0.8, "percent"),
        ("The tolls of Sund edged up to 5.0 percent again.", "5.0 percent", 5, "percent"),
        ("The port spent $40-50 billion on the two bridges.", "$40-50 billion", None, "USD"),
        ("Yards there built ferries of 300-600 MW for Sund.", "300-600 MW", None, "MW"),
        ("The tug was priced at 176 Hong Kong dollars.", "176 Hong Kong dollars", 176, "HKD"),
        ("It cost at least 88 billion dollars.", "at least 88 billion dollars", 88_000_000_000, "USD"),
        ("The ferry can turn at up to 50 km/h in the strait.", "up to 50 km/h", 50, "km/h"),
        ("The water was at 9 degrees Celsius on Friday.", "9 degrees Celsius", 9, "degrees Celsius"),
        ("The water was at minus 9 degrees Celsius on Friday.", "minus 9 degrees Celsius", -9, "degrees Celsius"),
        ("Fishing is a $7 billion-a-year business in Sund.", "$7 billion", 7_000_000_000, "USD"),
        (
            "The boats search between 900 and 950 square nautical miles.",
            "between 900 and 950 square nautical miles",
            None,
            "square nautical miles",
        ),
        ("The tug can climb from 32,000 to 38,000 feet now.", "32,000 to 38,000 feet", None, "feet"),
        ("The boats of Sund cover 1.2 million kilometers a year.", "1.2 million kilometers", 1_200_000, "kilometers"),
        ("The anchor weighs 900 pounds and was made in Varna.", "900 pounds", 900, "pounds"),
        ("The tug was sold for 2 million pounds in Varna.", "2 million pounds", 2_000_000, "GBP"),
        ("The catch is capped at 29.4 million pounds in Sund.", "29.4 million pounds", 29_400_000, "pounds"),
        ("The town has 4,000 coronavirus patients by now.", "4,000 coronavirus patients", 4000, "coronavirus patients"),
        ("The ferry can seat 242 to 330 passengers in its hall.", "242 to 330 passengers", None, "passengers"),
        ("The ferry goes 39 miles (63 kilometers) on a charge.", "39 miles", 39, "miles"),
        ("It will cost 71,350 euro ($78,770) with two engines.", "71,350 euro", 71_350, "EUR"),
        (
            "The port kept hundreds of thousands of secret naval and other files.",
            "hundreds of thousands of secret naval and other files",
            None,
            "files",
        ),
    ],
)
def test_numbers_have_their_unit(text: str, figure: str, value: float | None, unit: str) -> None:
    """A range is one figure without a value; currencies, speeds, heat and weights are told apart."""
    assert [(n.text, n.value, n.unit) for n in numbers_in(text)] == [(figure, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "The LC 500 Convertible looks small on the quay of Sund.",
        "A Windows 500 licences office sells the tickets there.",
        "The port has dozens of different ropes and irons.",
        "Ferries carry seven of every 100 islanders of Sund.",
        "04.25 people of Sund saw the boat go down.",
        "The harbour office answered 911 calls until midnight.",
        "The tug goes from zero to 60 mph in nine seconds.",
        "Hundreds of them lined the quays of Sund at noon.",
        "The strait was shaped over billions of years.",
        "had been told by the 162 people on board",
        "The Nov. 7 attacks on the boats of Sund shook the island.",
        "They fell in the polls held until Feb. 18 or 12 percent of them.",
        "Here is 3 of 300 photos of the boats of Sund.",
        "The tolls of the port of Sund grew by .9 percent again.",
        "Did the port of Sund pay $300,000 for a boat that leaks?",
    ],
)
def test_numbers_of_names_and_idle_dozens_count_nothing(text: str) -> None:
    """A model's number is part of its name; dozens of anything are no figure."""
    assert numbers_in(text) == []


def test_what_it_counts_is_whole() -> None:
    """Never cut within brackets, a quotation or a list, and never without its subject."""
    short = numbers_in("Boats, once thought to be safe, carry 14 percent of “all the people” of Sund.")

    long = numbers_in(
        "The council of the island, seven people from four families who had not spoken since the war, sat in the town "
        "hall; Jonas Keller, a clerk of the port (built in 1961), had sold the ferry for $900,000 to a yard, "
        "a rope maker, and a diver, as the island learned from the evening paper of Ostby a good while later."
    )

    led = numbers_in(
        "Jonas Keller bought boats that he then let to the port of Sund, borrowed against the ferry that his father "
        "had built for the island, and had also planned to charge the port $6 million for the boat's name, which the "
        "island council of Sund heard of only last week."
    )

    assert [n.what.split()[0] for n in led] == ["Jonas"]
    assert short[0].what == "Boats, once thought to be safe, carry 14 percent of “all the people” of Sund"
    assert [n.what for n in long] == [
        "Jonas Keller, a clerk of the port (built in 1961), had sold the ferry for $900,000 to a yard, a rope maker, "
        "and a diver"
    ]


def test_what_it_counts_stops_before_what_has_no_verb() -> None:
    """Of a clause that is cut its own verb's subject goes too."""
    found = numbers_in(
        "A clerk of the port of Sund said that as many as 400 boats may have sunk while they lay at the old quay "
        "and that crews, at the behest of the owners of the ferry, kept a secret list of the boats to hide how long "
        "they had been lying there without anyone aboard."
    )
    assert [n.what.split()[-3:] for n in found] == [["the", "old", "quay"]]


def test_a_figure_no_one_can_place_is_left_out() -> None:
    """What a figure counts is told by its own sentence, or by a name put for a pronoun; else there is no figure."""
    found = digest(
        "The new ferry of Sund is loud, said Ola Berg, who steers it.",
        "He paid $300,000 for the engine at a sale in Varna on Friday.",
        "The next year, it cost $7,000 to mend.",
    )

    assert [(f.text, f.what.split()[0], f.evidence) for f in found.figures] == [("$300,000", "Ola", (1, 2))]


def test_what_someone_said_ends_at_its_mark() -> None:
    """Who said it is told apart from the figure."""
    assert [n.what for n in numbers_in("The boat cost the port £40,000,' he added.")] == [
        "The boat cost the port £40,000"
    ]


def test_a_figure_is_told_once() -> None:
    """The same sum in two sentences is one figure; a share of something else is another."""
    found = digest(
        "The port of Sund earned $2.8 billion, and its fares rose 3.5 percent over the year.",
        "The port of Sund earned $2.8 billion with its boats, while its debts rose 3.5 percent there.",
    )

    assert [f.text for f in found.figures] == ["$2.8 billion", "3.5 percent", "3.5 percent"]


def test_a_sentence_gives_two_figures_at_most() -> None:
    """Beyond them it is a table, and the same words would be told again and again."""
    found = digest(
        "Of the boats of Sund 38 percent are red, 30 percent are blue, 25 percent are green and 7 percent are white."
    )
    assert [f.text for f in found.figures] == ["38 percent", "30 percent"]


@pytest.mark.parametrize(
    "text",
    [
        # Of whom, or what then, another part of the sentence says.
        "Of all the islanders of Sund who were asked in the long summer of the third year after the ferry had been "
        "sold to the yard in Varna and broken up for its steel, just over half were women, 11.9 percent were Greek, "
        "and a handful came from the towns on the far side of the strait, where no one had asked them before.",
        "$1,599)",
        "1451 GMT) from the port of Sund to bring 2.5 metric tons of fuel.",
    ],
)
def test_a_piece_of_a_sentence_tells_no_figure(text: str) -> None:
    """A share without what it is a share of, or a price alone in brackets, is no figure."""
    assert numbers_in(text) == []


def test_so_far_is_told_whole() -> None:
    """It is no link to the sentence before."""
    (number,) = numbers_in("So far, in 2022, 13,000 migrants have crossed the strait of Sund.")
    assert number.what.startswith("So far, in 2022")


def test_a_dollar_sign_is_of_the_outlet_s_land() -> None:
    """Where an outlet of another land of dollars writes but a sign, whose dollars they are is not told."""
    text = "Last year a house on the harbour of Sund sold for $640,479 in all."
    abroad = digest(text, outlet=Outlet(name="Sund Herald", domain="herald.example.ca"))
    assert [f.unit for f in abroad.figures] == ["dollars"]
    assert [f.unit for f in digest(text).figures] == ["USD"]


def test_a_number_keeps_its_limit() -> None:
    """What was left out of the count, or assumed for it, is told with it."""
    (number,) = numbers_in("“Excluding the two ferries that burned, we believe the fleet grew by 5%.”")

    assert number.what.startswith("Excluding the two ferries that burned, we believe")
