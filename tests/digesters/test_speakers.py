from __future__ import annotations

import pytest

from tests.digesters.samples import FILLER, digest, said


def quoted(*paragraphs: str) -> set[str]:
    """Who is quoted in the digest of paragraphs, by id."""
    return {speaker for speaker, _ in said(digest(*paragraphs, FILLER))}


def test_a_place_says_nothing_but_its_government_does() -> None:
    """A country, or the house its rulers sit in, speaks; a town does not."""
    assert "norway" in quoted("Norway said it was “ready to send its boats at once”. | Norway is far from Sund.")
    assert (
        quoted("Ola Berg left for Boston on Friday.", "Boston said it was “ready to send its boats at once”.") == set()
    )


@pytest.mark.parametrize("phrase", ["An Ohio Democrat", "Another Ohio Democrat"])
def test_someone_unnamed_is_no_one_of_that_name(phrase: str) -> None:
    """A name takes no article: who is told of with one stays unnamed, so no one is quoted."""
    assert quoted(f"“The pier is rotten and must go,” {phrase} said. | The town voted on Friday.") == set()


def test_a_surname_that_a_father_and_son_bear_names_neither() -> None:
    """Where the article tells the elder from the younger, the surname alone is in doubt."""
    first = "Mayor Jonas Berg set fire to the pier on Friday. | The elder Berg was away."
    second = "Berg said: “I do not know what made him do it.”"
    assert quoted(first, second) == set()
    assert quoted(first.replace(" | The elder Berg was away.", ""), second) == {"jonas-berg"}


def test_a_pronoun_may_mean_whoever_was_named_last() -> None:
    """Someone named since, if only as an object, may be the one who speaks; within quotations he counts for nothing."""
    first = "“The pier is rotten and must go,” Jonas Berg told his clerk."
    last = "“I have been very kind to you,” he said."
    assert ("jonas-berg", "I have been very kind to you") in said(digest(first, last, FILLER))
    met = "Reporters asked Peter Falk about the storm. | The room was full."
    assert all("kind to you" not in words for _, words in said(digest(first, met, last, FILLER)))


def test_a_name_in_brackets_within_the_words_is_not_their_speaker() -> None:
    """``he (Jonas) has done it`` is said of Jonas, and not by him."""
    text = "Mayor Jonas Berg set fire to the pier. | “But he (Jonas) has done it for all of us,” he added."
    assert quoted(text) == set()


@pytest.mark.parametrize(
    "between",
    [
        # A woman whose gender no rule knows.
        "Following the storm, Zuri Quellen has taken over the port.",
        # Someone whom no rule knows by name.
        "It was a long day, as noted by the fisher Zzuri Quellf.",
    ],
)
def test_whoever_comes_between_may_be_the_one_who_speaks(between: str) -> None:
    """A name of unknown gender, or an unknown name behind a role, leaves a pronoun in doubt."""
    first, last = "“The pier is rotten and must go,” Jonas Berg told his clerk.", "“It is too late for us,” he said."
    assert all("too late" not in words for _, words in said(digest(first, between, last, FILLER)))


def test_a_description_means_no_one_named_long_ago() -> None:
    """``the singer`` is not the one who was called so once, long before, in an article about someone else."""
    first = "The singer Ana Berg opened the pier." + " | Jonas Falk was there, and Jonas Falk left." * 2
    rain = "The rain fell on the roofs of the town."
    last = "“It is too late for us,” the singer said."
    assert quoted(first, last) == {"ana-berg"}
    later = [rain.replace("rain", word) for word in "rain snow sleet hail ice dust sun sand wind fog mist dew".split()]
    assert quoted(first, *later, last) == set()


def test_what_someone_read_is_not_said_by_the_reader() -> None:
    """``Roe read a story which said "…"``: the nearer verb is the story's."""
    assert quoted("Ana Berg read a tale of the pier, which said it was “a danger to all of us in the town”.") == set()


def test_of_two_named_in_one_sentence_the_second_is_in_doubt() -> None:
    """``Falk knows what Berg may do. "…," he said``: it may be Falk who speaks."""
    first, last = "But Peter Falk knows what Jonas Berg may do to the port.", "“He is a danger to it,” he said."
    assert all("a danger to it" not in words or who == "peter-falk" for who, words in said(digest(first, last, FILLER)))


def test_who_stands_nearest_to_the_words_said_them() -> None:
    """``Roe says it is, according to Falk, "…"``: the words are Falk's."""
    text = "Ana Berg says the new pier is, according to the builder Jo Falk, “the best of all the piers in the land”."
    assert quoted(text) == {"jo-falk"}
