from __future__ import annotations

import pytest

from tests.digesters.test_attribution import found, speakers


def kept(*paragraphs: str) -> list[str]:
    """The phrases that name a speaker beyond doubt."""
    return [phrase for each, _, phrase in found(*paragraphs) if not each.doubted]


def test_a_sentence_that_no_splitter_parts_does_not_tell_whose_the_words_before_it_are() -> None:
    """``asked, "Why?" Poe replied that``: words led up to that end with their own mark are those of who leads."""
    text = "Ana Berg answers Ola Roe with, “Why now? That was on my way?” Ola Roe then writes back, “You look well.”"
    assert kept(text) == ["Ana Berg", "Ola Roe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Berg said the plan, which some have argued was meant to help, was an “insult to the town”.", "Ana Berg"),
        ("Ana Berg (D-Ohio), a friend of Ola Roe, said the pier was “a danger to all of us”.", "Ana Berg"),
        ("Ana Berg, who, after a word with Ola Roe over lunch, said the pier was “a danger to us”.", "Ana Berg"),
        ("In other words, explained clerk Ana Berg: “The boats stay in the harbour.”", "clerk Ana Berg"),
        ("Ola Roe left. | Ana Berg answered the question on Facebook writing, “We will stay here.”", "Ana Berg"),
        ("Ana Berg is winning nods as he keeps talking about the “power of all of us”.", "he"),
        ("Back then, Ana Berg said, she found the pier “very old and very quiet”.", "Ana Berg"),
        ("Former mayor Ana Berg: “The boats stay in the harbour.”", "Former mayor Ana Berg"),
        ("Ana Berg spoke with the builders “to talk of the pier”, according to a letter by Ola Roe.", "a letter"),
        ("The pier has “a lot of weight” and a “rotten old” base, said Ana Berg.", "Ana Berg"),
        ("“The best part was how calm we were,” like most of Varna, said Ana Berg.", "Ana Berg"),
        ("Ana Berg, whose home town, Sund, may be flooded, argues that the wall will “ruin us all”.", "Ana Berg"),
        ("Ana Berg, the head of the port's oldest paper, The Sund Post, said it was “both old and new”.", "Ana Berg"),
        ("When Ola Roe said he would leave, Ana Berg fired back forcefully: “Then go to the boats.”", "Ana Berg"),
        ("“All are angry,” Ana Berg said. | He told Ola Roe, who thinks we “need to be gone”.", "Ola Roe, who"),
        ("Ana Berg said the vote was one that is, she said, “what we have long awaited”.", "she"),
        ("The two clerks, however, argue that “the pier is a danger to all of us”.", "two clerks"),
        ("A note from Ana Berg on Tuesday night warned: “There are three more votes.”", "A note"),
        ("Just after Ola Roe’s call ended, Ana Berg’s office sent a release saying it was “not over”.", "Ana Berg’s"),
        ("Sund was not far from their thoughts, with many young fishers chanting “we are all Sund”.", "many young"),
        ("Ola Roe has been blamed for it, though she sent us a letter, saying it “has to go now”.", "she"),
        ("The vote came at noon, when fishers interrupted the clerk, shouting “she wins and we lose”.", "fishers"),
        ("The town was quick to join in, with Ana Berg calling it bad and asking, “How can it go on?”", "Berg"),
        ("“Who will pay for the pier?” asked the boy, who wore a cap.", "the boy"),
    ],
)
def test_who_governs_the_verb_nearest_to_the_words_speaks(text: str, expected: str) -> None:
    """Asides, other clauses' verbs and where something was written part no one from what he said."""
    assert speakers(text)[-1].startswith(expected)


def test_who_would_only_say_something_has_said_it() -> None:
    """``would only say`` is how a report tells that someone said no more."""
    assert kept("Ana Berg would only quip: “The boats stay in the harbour.”") == ["Ana Berg"]


def test_what_an_answer_was_is_its_owners() -> None:
    """``Roe's answer was: "…"``: the noun tells whose words they are."""
    told = found("Ola Roe wrote to her of the death of six sailors. | Ana Berg’s answer was: “Who else knows it?”")
    assert [(phrase, each.how) for each, _, phrase in told] == [("Ana Berg", "possessed")]


def test_a_clause_that_leads_into_the_next_paragraph_is_not_of_the_words_before_it() -> None:
    """``"…" She went on to say:`` tells who speaks in what follows, not in what it follows."""
    told = "“They spend it all,” Ana Berg said of the builders. | “It may be more.” | She went on to say:"
    assert speakers(told, "“None of them will come.”")[:2] == ["Ana Berg", "Ana Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "When Ana Berg used the words, “I am not quite there yet,” he was echoing Ola Roe, who said so when asked.",
        "But because Ana Berg is “not a member of it,” he apparently feels free to work for whoever pays.",
    ],
)
def test_who_does_or_feels_something_else_does_not_speak_the_words_before(text: str) -> None:
    """Behind the words someone speaks where his verb is one of saying, and the words are what he says."""
    assert kept(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In a talk with “Boats and Friends,” Ana Berg said the pier was rotten.",
        "In her new book, “Doomed to Sail,” and in an interview, Ana Berg said the pier was rotten.",
        "“The pier is rotten,” said Ola Roe, the author of “Boats and Power,” a life of the mayor.",
        "Ana Berg said so after she took the stage to “Eye of the Storm.”",
        "Of someone who sings with the “Boats of the North,” Ana Berg said that he was ill.",
    ],
)
def test_capitals_behind_what_leads_up_to_a_title_are_no_ones_words(text: str) -> None:
    """A preposition, or the word for a work and a comma, stands before a title; its comma is the sentence's."""
    assert all(not words[:1].isupper() or words.startswith("The pier") for _, words, _ in found(text))


def test_who_speaks_behind_words_that_another_is_told_to_have_said_is_in_doubt() -> None:
    """``Roe called it "…," Poe said``: whether the words are Poe's or Roe's no rule can tell."""
    text = "Her friends have mocked Ola Roe, calling him “an orange old fool,” Ana Berg said as she turned."
    assert kept(text) == []
    assert kept("As the ferry came in it was “an orange old fool,” Ana Berg said as she turned.") == ["Ana Berg"]


def test_a_term_of_a_question_is_not_of_who_answers() -> None:
    """``To a question on the "…," Roe said``: the words may be those of whoever asked."""
    assert speakers("To a question on the “sale of the old port piers,” Ana Berg said they cost a lot.") == [""]


def test_what_a_text_is_the_source_of_is_not_of_the_one_it_tells_of() -> None:
    """Whatever stands behind ``according to``, it is the source, though no list knows that it can say anything."""
    text = "Ana Berg spoke with the builder “to talk of the rotten piers,” according to a harbour readout of Friday."
    assert speakers(text)[0].startswith("a harbour readout")


def test_whose_participle_opens_a_sentence_is_told_behind_the_words() -> None:
    """``After saying it was "…," she left``."""
    assert speakers("After saying her foot was “so sore I could not walk,” she was brought to the port.") == ["she"]


def test_a_name_between_a_dash_and_a_colon_labels_the_words() -> None:
    """``Two minds - Roe: "…``: as sure as a verb of saying."""
    assert kept("The council is of two minds - Ana Berg: “The boats stay in the harbour.”") == ["Ana Berg"]


def test_a_colleague_speaks_as_any_other() -> None:
    """Who is told of by a tie to someone else is a speaker, not whoever was quoted before."""
    told = "“He had become a dad,” his brother said. | Others wrote. | “We all came for him,” his colleague wrote."
    assert speakers(told)[-1] == "his colleague"


def test_what_someone_is_attacked_for_saying_may_not_be_the_attackers() -> None:
    """``Roe slammed Poe for suggesting that "…"``: whether Poe ever put it so is in doubt."""
    text = "Ana Berg slammed Ola Roe as soft for suggesting that fishers “cling to boats or religion”, and left."
    assert [each.doubted for each, _, _ in found(text)] == [True]


def test_what_a_paper_reports_in_quoting_someone_is_not_the_papers() -> None:
    """``the Post reported, quoting an official``: the words are the official's."""
    text = "“There were many voices,” the Sund Post reported, quoting clerk Ana Berg on Friday."
    assert speakers(text) == ["clerk Ana Berg"]


def test_a_sentence_of_a_mere_participle_goes_on_with_who_spoke() -> None:
    """``Adding, "…``: the speaker of the sentence before."""
    text = "Ana Berg said of the pier that the report “was not any good”. | Adding, “What they do is never that bad.”"
    assert speakers(text) == ["Ana Berg", "Ana Berg"]


def test_a_far_verb_behind_the_words_does_not_make_its_subject_their_speaker() -> None:
    """Behind a fragment someone speaks only where his verb of saying follows him at once."""
    text = "On other points, such as whether she “shares your view of the port,” or is straight, she has seen her "
    assert kept(text + "standing fall when compared with the last vote.") == []
