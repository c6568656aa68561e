from __future__ import annotations

import pytest

from bot.sources.furniture import is_notice, outlet_named, story_lines

STORY = [
    "The lake above Ambry Gorge fell by six metres overnight.",
    "Engineers opened both gates on Friday after new cracks appeared.",
    "“We will know what failed,” said Ilse Tamm, the minister of works.",
]
NOTICES = """
To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video
Sign up for our newsletter
Get the day's top headlines delivered to your inbox every morning.
Subscribe now
Advertisement
Read more: The dam that nobody watched
RELATED: Five dams that failed
[Related: Five dams that failed]
Follow us on Twitter
Follow Ilse Tamm on Facebook
Share this article
Copyright © 2026 Sample Wire. All rights reserved.
(Reporting by A. Roe; Editing by B. Moe)
Image: Sample Wire/J. Doe
Photo credit: Sample Wire
We use cookies to improve your experience and that of our partners.
CLICK HERE TO GET THE APP
https://example.com/more
@sample_wire
editor@example.com
Published Tuesday, 13 January 2026
By Ilse Tamm
3 min read
* * *
This story was originally published on 1 January.
Tags: dams, Ambry Gorge
[caption id="attachment_1"]The dam[/caption]
File photo of the minister of works at the gorge.
cracked-dam_2026.jpg
The old dam at one of the office's daily visits. Photo: Jonas Roe/AFP
""".strip().split("\n")
NEWS = """
Readers signed up for the newsletter in droves after the minister called it dangerous.
The cookie factory in Port Calder will close in March, its owner said.
Subscribe numbers fell by a fifth, the publisher told its shareholders on Monday.
“Follow us,” she told the crowd, and led it over the bridge.
The copyright act was voted down by 55 to 41.
Related charges were dropped in May.
More than 4,200 people wait in schools and halls.
Read aloud in parliament, the letter caused laughter.
Twitter fell by six percent.
By Friday the lake had fallen by six metres and the gates were shut again.
The photo shows a crack as wide as a hand.
Share prices rose.
""".strip().split("\n")


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_is_no_news(line: str) -> None:
    """What a page says to its visitors is left out, wherever it stands."""
    assert is_notice(line)
    assert story_lines([STORY[0], line, *STORY[1:]]) == STORY


@pytest.mark.parametrize("line", NEWS)
def test_news_about_such_things_is_news(line: str) -> None:
    """A story may be about newsletters, cookies and copyright."""
    assert not is_notice(line)


@pytest.mark.parametrize(
    "marker", ["Editorial Context & Insight", "More on this story", "Comments (12)", "Most read", "About the author"]
)
def test_what_follows_the_story_is_left_out(marker: str) -> None:
    """After the story's end everything is furniture, whatever it says."""
    rest = [
        "Original analysis & verification",
        "This article includes synthesis from our team.",
        "Another story began.",
    ]

    assert story_lines([*STORY, marker, *rest]) == STORY


def test_a_heading_of_such_words_does_not_end_a_story_that_has_not_begun() -> None:
    """A page may open with a box; its story comes after."""
    assert story_lines(["Most read", *STORY]) == STORY


def test_a_title_and_a_name_are_no_sentences() -> None:
    """The headline repeated above the story and the outlet's name alone are dropped; within it they stay."""
    title = "Lake falls by six metres after cracks in dam"

    assert story_lines([title, "Sample Wire", *STORY], title, ["Sample Wire"]) == STORY


def test_a_caption_goes_with_its_credit() -> None:
    """What stands above the credit of a picture at the top describes the picture."""
    caption = ["Engineers at the gates of the dam on Friday.", "(Jonas Roe/Sample Wire)"]

    assert story_lines([*caption, *STORY]) == STORY
    assert story_lines([*STORY, caption[1]]) == STORY


def test_what_stands_above_the_printed_title_teases_other_stories() -> None:
    """A story begins below its title, but not where most of it stands above."""
    title = "Lake falls by six metres"

    assert story_lines(["An app counts the town's bees.", "See more", title, *STORY], title) == STORY
    assert story_lines([*STORY, title, "Nobody was hurt, the town said."], title)[0] == STORY[0]
    lead = f"{STORY[0]} {STORY[1]} Nobody was hurt, the town said, and the boats were safe in the upper harbour."
    assert story_lines([lead, title, *STORY * 6], title)[0] == lead


def test_rules_before_a_line_are_no_part_of_it() -> None:
    """A wire's template leaves dashes where the place was."""
    assert story_lines([f"— -- {STORY[0]}", *STORY[1:]]) == STORY


def test_a_first_letter_set_apart_is_put_back() -> None:
    """``T he lake`` is a large letter and its word; ``A lake`` is two words."""
    assert story_lines([f"{STORY[0][0]} {STORY[0][1:]}", *STORY[1:]]) == STORY
    title = "Lake falls by six metres"
    assert story_lines(["ake Ambry fell by six metres.", *STORY], title)[0] == "Lake Ambry fell by six metres."
    assert story_lines(["A lake fell by six metres.", *STORY])[0] == "A lake fell by six metres."


def test_a_word_of_one_letter_is_no_large_first_letter() -> None:
    """What is a letter set apart in English may be a word elsewhere: ``O porto``, ``W porcie``."""
    assert story_lines(["O porto vendeu a balsa em março.", *STORY])[0] == "O porto vendeu a balsa em março."
    assert story_lines(["W hen the lake fell, nobody was hurt.", *STORY])[0].startswith("When the lake")


def test_links_in_capitals_between_paragraphs_are_dropped() -> None:
    """Capitals among ordinary lines are links to other stories; a page in capitals keeps its text."""
    shout = "MINISTER SAYS CRACKS WERE KNOWN FOR YEARS"

    assert story_lines([STORY[0], shout, *STORY[1:]]) == STORY
    assert len(story_lines([line.upper() for line in STORY])) == 3


def test_a_copy_names_its_source() -> None:
    """The outlet that a file's boilerplate names is found."""
    assert outlet_named([*STORY, "Methodology", "Primary Source", "Sample Wire"]) == "Sample Wire"
    assert outlet_named([*STORY, "Source: Sample Wire"]) == "Sample Wire"
    assert outlet_named(STORY) == ""
