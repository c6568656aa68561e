"""Who speaks in a sentence: what a writer, a dialogue or a rumour says no digest tells as the report's own word."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.voice import instructs, label_of, told_in_person, values
from tests.digesters.samples import article, digest
from tests.digesters.test_statements import points

LEAD = "The island of Sund will stop its car ferry in March after the port agreed to build a bridge over the strait."


@pytest.mark.parametrize(
    "text",
    [
        "Remove the jars from the water and let them cool.",
        "Don’t let the dough rise for too long.",
        "Heat to boiling for a minute or two.",
        "Decide the length of each strip before cutting.",
        "Please ask at the harbour office on Monday.",
    ],
)
def test_what_tells_a_reader_what_to_do_is_known(text: str) -> None:
    """A recipe's step and a guide's advice open with a bare verb."""
    assert instructs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday the port sold its tug.",
        "Half the fleet is at sea.",
        "Sales the port had hoped for never came.",
    ],
)
def test_what_reports_is_no_order(text: str) -> None:
    """An adverb, a number or a plural before a determiner opens a plain sentence."""
    assert not instructs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our goal is to keep the ferry of Sund running.",
        "Perhaps the port has money for one more bridge.",
        "What a view the new bridge of Sund has to offer!",
        "So is it true? The port says the ferry is safe.",
        "Just another day on the quay of Sund.",
    ],
)
def test_a_writer_s_own_voice_is_known(text: str) -> None:
    """``We``, a musing, a cry and a question to the reader are a writer's, not a report's."""
    assert told_in_person(text)


def test_what_others_say_in_person_is_no_writer_s_voice() -> None:
    """Between quotation marks ``I`` is the speaker, and a report that no one was hurt is no answer to anyone."""
    assert not told_in_person("“I saw the ferry sink,” said Ana Roe of Sund.")
    assert not told_in_person("No one was hurt when the ferry of Sund ran aground.")


def test_an_essay_in_person_has_no_points_and_begins_in_quotation_marks() -> None:
    """Nothing of it is told as a fact; the summary is its beginning, marked as its writer's words."""
    own = (
        "I have lived by the strait for most of my life and I have never liked the ferry much.",
        "My father took me to the pier, and we would look at the boats for hours on our way home.",
        "You may not believe me, but I can still smell the tar when I think of it at night.",
    )
    found = digest(*own, title="A life by the strait")
    told = [point.text for point in found.key_points]
    assert not any(sentence in told for sentence in own)


def test_a_greeting_is_no_beginning() -> None:
    """What goes on as it happens begins with its first news, not with a welcome to its readers."""
    found = digest(
        "Good morning and welcome to our live coverage of the storm in Sund.",
        "Police have closed the bridge of Sund after the storm of Thursday.",
        "You can follow the boats on our map of the strait all day long.",
        "We will keep you posted about the ferry to Ostby.",
        "Stay with us for your morning in Sund.",
    )

    assert found.summary == "“Police have closed the bridge of Sund after the storm of Thursday.”"


def test_an_aside_is_no_beginning() -> None:
    """What stands in brackets belongs to what is before it."""
    found = digest("(The oven of Ostby is older than you.) | Would you know? | You can bake your own bread in Ostby.")

    assert "older than you" not in found.summary


def test_a_fragment_is_no_beginning() -> None:
    """``As in …`` goes on with what stands before it; a sentence from within a quotation is not its writer's."""
    found = digest(
        "“We all row,” my father said when I was nine. | As in my family all of us row, and you should see our boats.",
        "I row to the port of Sund on Fridays. | You may row with me if you like, and I will lend you an oar of mine.",
        "“You row well. | I like how you row to our port,” she said.",
    )

    assert found.summary == "“I row to the port of Sund on Fridays.”"


def test_a_dialogue_printed_with_labels_is_not_told() -> None:
    """Of an interview's answers no line stands alone: who says them, the label before them tells."""
    found = digest(
        "Q: How did the port of Sund come to buy 350 boats in one year?",
        "A: The port of Sund bought 350 boats in one year after the bank of Varna had failed.",
        "Q: What does the port of Sund plan to do with them?",
        "A: The port of Sund plans to sell all boats of the bank to the town of Ostby.",
        title="Sund buys boats",
    )
    told = " ".join([points(found), *(figure.what for figure in found.figures), *(each.text for each in found.next_)])
    assert "bank of Varna" not in told
    assert "350 boats" not in told


def test_captions_and_items_of_a_list_are_not_told() -> None:
    """What tells who stands where in a picture, or follows a dash, is no sentence of the report."""
    found = digest(
        LEAD,
        "Pictured at the back, from left, are the builders of the bridge of Sund and the mayor of Ostby.",
        "– Creating a fund of $7 billion for the bridge of Sund over the strait to Ostby.",
    )
    assert "Pictured" not in points(found)
    assert not found.figures


def test_a_line_broken_in_two_is_not_told() -> None:
    """What a page begins with a small letter is the rest of another line."""
    found = digest(LEAD, "bridge which the port of Sund will build over the strait with money from the bank of Varna.")
    assert "bank of Varna" not in points(found)


def test_tweets_and_score_sheets_are_not_told() -> None:
    """What was written for another place, or is a table's line, is no sentence of the report."""
    found = digest(
        "Sund beat Varna on the ice on Friday and leads the league of the strait by nine points.",
        "#Sund highest-graded player of the week was Ola Berg of the second line.",
        "Sund (1-0-2): Ola Berg 1 goal, 1 assist and nine minutes of the bench.",
        "1 sack, 1 hit, 1 pass.",
        title="Sund beat Varna on the ice",
    )
    assert not any(odd in points(found) for odd in ("highest-graded", "1 assist", "1 sack"))


def test_words_of_a_quotation_that_a_heading_opens_are_not_told() -> None:
    """The mark that opens the quotation stands in a line that is no sentence, and its words are still someone's."""
    found = digest(
        LEAD,
        "“The ferry is IN Sund",
        "People can make a joke of it, but the ferry is a serious danger to the island of Sund. | We are here.”",
    )
    assert "serious danger" not in points(found)


def test_a_checked_claim_is_no_fact() -> None:
    """Under the heading ``Claim`` stands what a page goes on to doubt."""
    found = digest(
        "A rumour about the mayor of Sund was shared online in May.",
        "Claim",
        "The mayor of Sund has a fortune of $17 million in the bank of Varna.",
        "The town's books show no such account, and the bank of Varna says it has never heard of the mayor.",
        title="Does the mayor of Sund have a fortune?",
    )
    assert "has a fortune of $17 million" not in points(found)
    assert not found.figures


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Column: The ferry must go", None),
        ("The ferry must go | Opinion", None),
        ("The Herald view on Sund: a ferry too far", None),
        ("The ferry must go", "https://herald.example/opinion/2026/01/ferry.html"),
        ("The ferry must go", "https://herald.example/columnists/202601/ferry/"),
    ],
)
def test_an_opinion_is_labelled_so(title: str, url: str | None) -> None:
    """What a page calls opinion is headed so, for every line below it is its writer's view."""
    assert label_of(article(LEAD, title=title, url=url)) == "Opinion"
    assert digest(LEAD, title=title, url=url).headline.startswith("Opinion: ")


def test_a_label_above_the_text_is_read() -> None:
    """Some papers tell what is no news in the first line of its text alone."""
    assert digest("ANALYSIS/OPINION:", LEAD, title="The ferry").headline == "Opinion: The ferry"
    assert digest("NEWS ANALYSIS:", LEAD, title="The ferry").headline == "Analysis: The ferry"


def test_news_is_not_labelled_opinion() -> None:
    """News about opinions is news."""
    url = "https://herald.example/news/opinion-poll.html"
    assert not label_of(article(LEAD, title="Opinion on the ferry is split, poll finds", url=url))


def test_a_feature_s_general_beginning_is_not_its_point() -> None:
    """A first sentence that holds always, names no one and counts nothing gives way to what happened."""
    found = digest(
        "The sea is a strange mixture of fear and beauty for people who live by it.",
        "The port of Sund sold its last ferry to a yard in Varna on Friday for less than it had cost.",
        "The yard in Varna will break the ferry of Sund up for its steel by the end of May.",
        title="Sund sells its last ferry to Varna",
    )
    assert "strange mixture" not in points(found)


def test_a_title_s_pronoun_is_no_one_s() -> None:
    """Within a sentence a capital ``My`` begins the name of a work."""
    assert not told_in_person("Ana Roe sang her play The Terms of My Ferry in Varna.")
    assert told_in_person("Roe sang in my boat.")


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("For a moment, it seemed that Roe had lost the port of Sund.", True),
        ("High tolls aside, the islanders of Sund are glad of the bridge.", True),
        ("The loss of Sund would be much harder if not for its ferry.", True),
        ("Roe said it seemed that the port of Sund was lost.", False),
        ("Roe has set tolls aside, a letter of the port shows.", False),
    ],
)
def test_who_weighs_how_it_seems_is_named(text: str, weighs: bool) -> None:
    """How things seem, and what would be worse without what, is someone's judgement."""
    assert values(text) is weighs
