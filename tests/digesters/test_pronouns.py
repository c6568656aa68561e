"""Whom he and she mean, where the article makes it clear; open where it does not."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.compose import read
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.kinds import verdicts
from bot.digesters.extractive.passages import passages_of
from bot.digesters.extractive.spans import spans_of
from bot.digesters.extractive.text import Reading
from tests.digesters.samples import article

OPENING = "The council of Harbourton met on Monday to talk about the harbour, its ferries and what they cost the town."


def resolved(*paragraphs: str) -> tuple[Reading, Resolver]:
    """A text, and what tells who is meant in it."""
    reading = read(article(OPENING, *paragraphs))
    spans = spans_of(reading)
    cast = cast_of(reading, spans, verdicts(reading, spans, {}))
    return reading, Resolver(reading, cast, passages_of(reading), {})


def meant(pronoun: str, *paragraphs: str) -> str | None:
    """The name of whom the last ``pronoun`` of the text means."""
    reading, resolver = resolved(*paragraphs)
    line = max(each.number for each in reading.body if f" {pronoun} " in f" {each.text} ")
    start = f" {reading.lines[line - 1].text} ".rindex(f" {pronoun} ")
    person = resolver.pronoun(pronoun, line, start)
    return person.name if person else None


@pytest.mark.parametrize(
    ("pronoun", "text", "name"),
    [
        ("She", "Mayor Ana Lindqvist thanked Tomasz Okafor. | She left early.", "Ana Lindqvist"),
        ("He", "Mayor Ana Lindqvist thanked Tomasz Okafor. | He left early.", "Tomasz Okafor"),
        ("He", "Tomasz Okafor runs the line. | He began as a deckhand. | He bought it in 1999.", "Tomasz Okafor"),
        ("she", "Lindqvist's sister, Marta, called it a mistake. | “Nobody asked,” she said.", "Marta Lindqvist"),
        ("his", "Taking his time, Tomasz Okafor walked to the pier.", "Tomasz Okafor"),
    ],
)
def test_a_pronoun_means_whom_the_sentence_is_about(pronoun: str, text: str, name: str) -> None:
    """Gender, subject, chain, relative and a name put off to behind its clause."""
    assert meant(pronoun, "Ana Lindqvist opened the meeting.", text) == name


def test_a_pronoun_long_after_its_name_still_means_it() -> None:
    """A chain of he keeps its man over sentences that do not name him, past a woman named between."""
    text = "Tomasz Okafor came to the town in 1990. | " + "He worked there for years. | " * 6
    assert meant("he", text + "Ana Lindqvist met him often. | Later he sold the boats.") == "Tomasz Okafor"


def test_a_pronoun_that_may_mean_two_stays_open() -> None:
    """Two men named alike, none of them more spoken of: no one is guessed."""
    assert meant("He", "Tomasz Okafor and Peter Hale met. | Peter Hale and Tomasz Okafor spoke. | He left.") is None


def test_whom_a_speaker_names_is_not_the_one_who_speaks() -> None:
    """What stands in quotation marks is the speaker's word, not the article's."""
    poll = "Mrs. Tollind gained, and her lead is firm. | A poll saw her ahead. | "
    voter = "Carole Bower, 75, a retiree of Harbourton, plans to vote for Mr. Corwin. | "
    assert meant("she", f"{poll}{voter}“I hear he is better than Mrs. Tollind,” she said.") != "Tollind"
    assert meant("she", f"{voter}“I hear he is better than Mrs. Tollind,” she said.") == "Carole Bower"


def test_a_mother_goes_on_to_speak_of_her_daughter() -> None:
    """Between two of her sentences only her own words name the daughter."""
    lost = "An inquest into Eloise Berg's death was opened. | Eloise Berg, 21, was taken to the clinic in May. | "
    told = (
        "“She ate eight,” her mother, Fiona, said. | “As Eloise fell ill, they tried it all. They cooled her down.” | "
    )
    assert meant("She", f"{lost}{told}She added: “They never stood a chance.”") != "Eloise Berg"


def test_a_pronoun_of_no_one_stays_open() -> None:
    """Where no man is named, he is no one we know."""
    assert meant("He", "Ana Lindqvist left. | He stayed.") is None


def test_another_town_s_police_is_not_the_one_that_is_named() -> None:
    """A description that names more than a body does means another body."""
    reading, resolver = resolved("The New York Police Department was looking for a man on Monday. | He was found.")
    last = reading.lines[-1].number
    person = resolver.description("department", "the police department", last)

    assert person is not None
    assert person.name == "New York Police Department"
    assert resolver.description("department", "the Tarsen police department", last) is None
