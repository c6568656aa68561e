"""What is no report is not told as one: whose word an essay is, what a list holds, where a guide's steps begin."""

from __future__ import annotations

import pytest

from bot.domain.digests import NO_OUTLET, Digest, Outlet
from tests.digesters.samples import digest
from tests.digesters.test_statements import points

REPORT = (
    "The island of Sund will stop its car ferry in March, the port of Ostby said on Monday. | "
    "The bridge over the strait is to open a month later, according to the council of Sund.",
    "The harbour master told reporters that 40 people would lose their work in Ostby. | "
    "The union of the crews announced a strike for Friday at the ferry port.",
    "A spokesman of Northern Lines confirmed that both boats had been sold. | “We had no choice,” he added on Tuesday.",
)
ESSAY = (
    "The ferry of Sund must stay, whatever the bridge of Ostby may cost. | "
    "No one has asked the people who work on the water in Ostby.",
    "The port should never have been allowed to sell both boats to Varna. | "
    "It is time to end the long sleep of the council of Sund.",
    "But the council cannot see beyond the next election on the island. | "
    "The ferry carried about 300,000 passengers across the strait in 2024.",
    "Perhaps the harbour of Ostby needs another storm to wake it up. | "
    "Nothing on the island of Sund is as dangerous as its own comfort.",
)
SIGNED = {"title": "The ferry of Sund must stay", "byline": ("Ana Lindqvist",)}


def told(found: Digest) -> set[str]:
    """The key points' beginnings."""
    return {point.text.split("“")[0].strip() for point in found.key_points}


def test_what_an_essay_says_is_told_as_its_writer_s_word() -> None:
    """What judges and urges all along is no fact: every point and the summary say who says so, word for word."""
    found = digest(*ESSAY, **SIGNED)

    assert told(found) == {"Ana Lindqvist writes:"}
    assert found.summary.startswith("Ana Lindqvist writes: “")
    assert "“The ferry of Sund must stay, whatever the bridge of Ostby may cost.”" in points(found)


def test_a_report_speaks_for_itself() -> None:
    """What reports what others said and did needs no one's name before its points."""
    assert "Ana Lindqvist writes" not in points(digest(*REPORT, **SIGNED))


@pytest.mark.parametrize(
    "said",
    [
        "''No one wants the bridge of Ostby,'' the skipper of the ferry of Sund {}.",
        "The skipper of the ferry of Sund argued that no one wants the bridge of Ostby {}.",
        "Researchers of Sund found that no one wants the bridge of Ostby {}.",
        "The council of Sund opened its doors on March 3, and no one came from Ostby {}.",
    ],
)
def test_what_tells_what_others_hold_is_a_report(said: str) -> None:
    """Marks and verbs of all kinds report; a writer's doubt in between makes no essay of it."""
    doubts = "The ferry must cross the strait of Sund in any weather, and the port cannot pay for a new one."
    lines = [said.format(when) for when in ("at noon", "in the evening", "at sea", "in the rain")]
    found = digest(f"{doubts} | But nothing is clear.", *lines, f"{doubts} | Perhaps it never will be clear.", **SIGNED)

    assert "Ana Lindqvist writes" not in points(found) + found.summary


def test_a_doubt_here_and_there_makes_no_essay() -> None:
    """Who judges once in a long text tells what is so."""
    dull = [f"The port of Sund can no longer feed its {n} gulls, but it never fed them well." for n in range(11, 21)]
    found = digest("The ferry of Sund must stay.", *dull, title="Gulls of Sund", byline=("Herald Staff",))

    assert "says:" not in points(found) + found.summary


def test_a_speech_that_no_one_signs_is_no_one_s_word() -> None:
    """``The article says`` is wrong of an ``I``: it is whoever gave the speech."""
    speech = [f"We must sail for the {n} children of Sund who never saw the sea." for n in range(11, 16)]
    found = digest(*ESSAY, *speech, title="The ferry of Sund must stay")

    assert "says:" not in points(found) + found.summary


def test_a_statement_printed_below_a_report_is_not_its_writer_s() -> None:
    """Whoever says ``I`` there is not the reporter who signs."""
    printed = [f"I have told you of the {n} boats of our ferry line in Sund." for n in range(11, 22)]
    found = digest(*REPORT, "Release of the port:", *printed, **SIGNED)

    assert "Ana Lindqvist writes" not in points(found) + found.summary


def test_an_essay_announces_nothing() -> None:
    """What a writer wants to happen is neither to come nor what hangs on it."""
    hopes = "The council is expected to vote on the ferry of Sund next week, a turning point for the whole island."
    found = digest(*ESSAY, hopes, **SIGNED)

    assert not found.next_
    assert found.why_it_matters is None


def test_marks_inside_a_writer_s_word_are_single() -> None:
    """A quotation within a quotation can be told from it."""
    quoted = 'The mayor of Ostby must take back the words about the "floating coffins" of the ferry of Sund.'
    found = digest(quoted, *ESSAY[1:], **SIGNED)

    assert "the ‘floating coffins’ of the ferry" in points(found)


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        (("Jo Roe",), "Jo Roe writes"),
        (("Jo Roe", "Ana Lindqvist"), "Jo Roe and Ana Lindqvist write"),
        (("Jo Roe", "Ana Lindqvist", "Per Holm"), "Jo Roe and others write"),
        (("Jo Ann Roe March",), "Jo Ann Roe writes"),
        (("Analysis by Jo Roe, HRB Editor-at-large",), "Jo Roe writes"),
        (("Review by Jo Roe, Harbour Correspondent",), "Jo Roe writes"),
        (("JO ROE",), "Jo Roe writes"),
        (("Jo Roe, Ana Lindqvist and Per Holm",), "Jo Roe and others write"),
        (("Herald Staff",), "The article says"),
        ((), "The article says"),
    ],
)
def test_those_who_sign_say_it(byline: tuple[str, ...], expected: str) -> None:
    """Only a person's name signs; a desk's name, a date behind a name and no name at all do not."""
    found = digest(*ESSAY, title="The ferry of Sund must stay", byline=byline)
    assert told(found) == {f"{expected}:"}


COLUMN = (
    "My boat is older than the bridge of Ostby, and so are my knees. | The ferry of Sund was sold in March.",
    "I rowed to the port of Sund on Monday. | The harbour of Sund has 40 berths and no crane.",
    "The crews of Sund earn less than those of Varna. | The ferry of Sund carried 300 people a day.",
    "I have never seen the strait so calm. | The council of Sund meets in the old customs house.",
)


def test_who_speaks_of_himself_from_early_on_says_it_all() -> None:
    """A column that hardly argues is seen with its writer's eyes; no one else's "I" makes a report one."""
    found = digest(*COLUMN, **SIGNED)
    assert told(found) == {"Ana Lindqvist writes:"}
    assert told(digest(*COLUMN, title=SIGNED["title"])) == {"The article says:"}

    quoted = [f"“I rowed, and my knees hurt,” a sailor of Sund said after trip {n}." for n in range(2, 6)]
    assert "Ana Lindqvist writes" not in points(digest(*REPORT, *quoted, **SIGNED))


def test_who_speaks_for_a_we_from_early_on_says_it_all() -> None:
    """A ``we`` all along is a writer's and his readers'; one that slips in is a paper's own."""
    column = [f"We have sold boat number {n} of our own ferry to Varna." for n in range(1, 6)]
    assert told(digest(column[0], *REPORT, *column[1:], **SIGNED)) == {"Ana Lindqvist writes:"}
    assert "Ana Lindqvist writes" not in points(digest(*REPORT, "We asked the port of Sund for a word.", **SIGNED))


def test_what_a_guest_writes_is_the_guest_s_word() -> None:
    """Who is told of in the first line as someone of another trade has a view; one of the paper's reporters reports."""
    guest = "Vera Holm is a professor of tides at the college of Ostby."
    assert told(digest(guest, *REPORT, title=SIGNED["title"])) == {"Vera Holm writes:"}
    assert "Holm" not in points(digest(guest.replace("professor of tides", "reporter"), *REPORT, title="Sund"))


def test_a_leader_is_its_paper_s_word() -> None:
    """An unsigned opinion is the paper's own."""
    found = digest(*ESSAY, title="The ferry of Sund must stay", url="https://herald.example/opinion/ferry")
    assert told(found) == {"Harbourton Herald writes:"}


def test_an_outlet_that_no_one_knows_writes_nothing() -> None:
    """Where a page names neither writer nor publisher its article says it."""
    found = digest(*ESSAY, title="Editorial: The ferry of Sund must stay", outlet=Outlet(name=NO_OUTLET))

    assert told(found) == {"The article says:"}


def test_a_page_of_reference_has_no_today() -> None:
    """What holds today there happened on no day; in a report it did."""
    today = "Today the port of Sund opened its gates to 40 boats of Ostby."
    dull = [f"The boat number {n} of the harbour of Sund is made of oak and iron." for n in range(12)]

    assert not digest(today, *dull).events
    assert digest(*REPORT, today).events


def test_letters_are_no_one_paper_s_word() -> None:
    """A page of letters prints what its readers say."""
    assert told(digest(*ESSAY, title="Letters: The ferry of Sund must stay")) == {"A letter says:"}


ITEMS = (
    "Boats are dear to everyone who lives by the sea, says the guide of the port of Sund.",
    "1. The old pier",
    "The pier was built in 1961 by the grandfather of the present harbour master of Ostby.",
    "2. The lighthouse",
    "Its lamp has been lit by hand on every evening since the war ended in the strait.",
    "3. The fish market",
    "Herring is sold there at dawn, and by nine in the morning all of the stalls are empty.",
)


def test_a_list_is_told_by_the_names_of_its_items() -> None:
    """A sentence below one heading of many is about that alone; the headings together are what the list is about."""
    found = digest(*ITEMS, title="What to see in Sund")

    assert found.summary.endswith("On the list: The old pier; The lighthouse; The fish market.")
    assert "Herring" not in points(found) + found.summary


def test_a_title_that_counts_makes_its_headings_items() -> None:
    """Three headings without numbers are the three things that a title promises."""
    plain = [text.split(". ", 1)[1] if text[0].isdigit() else text for text in ITEMS]

    assert "On the list: The old pier; " in digest(*plain, title="3 things to see in Sund").summary
    assert "On the list" not in digest(*plain, title="What to see in Sund").summary


def test_what_follows_the_announcement_of_a_list_is_no_point() -> None:
    """Where a list has lost its headings, what is said of its first item is no news of the whole."""
    lost = [text for text in ITEMS if not text[0].isdigit()]
    found = digest(lost[0], "Here are the three best places to see.", *lost[1:], title="The 3 best places in Sund")

    assert "Boats are dear" in points(found)
    assert "Herring" not in points(found)


def test_a_guide_has_no_points_among_its_steps() -> None:
    """What holds at one step holds there alone."""
    found = digest(
        "A boat of oak lasts for sixty years where its owner in Sund tars it each spring.",
        "Remove the old tar with a scraper before the first warm day.",
        "The hull of the boat looks grey and rough after an hour or so of work.",
        "Heat the new tar in a pot until it runs. | Once the tar is warm, stir it well.",
        "Wash the brush in oil. | The second coat of the boat takes a whole day to dry.",
    )

    assert "lasts for sixty years" in points(found)
    assert "grey and rough" not in points(found)
    assert "second coat" not in points(found)


def test_an_interview_without_names_is_not_told() -> None:
    """Whose ``I`` answers is known from the introduction alone, and a question put as a statement is none."""
    found = digest(
        "Marta Holm has sailed the ferry of Sund for thirty years.",
        "People say that your boat is the oldest of the whole strait.",
        "It is an honest boat, and I was young when the port of Ostby bought it.",
        "When did you first sail?",
        "My father took me aboard. | The ferry was as white as snow in that winter.",
        "What is the best time?",
        "I like the mornings. | The strait is calm then, and the gulls are still asleep on the pier.",
        "Are you sad?",
        "I am old, and so is the boat. | The bridge will be good for the young of Sund.",
        "What comes next?",
        "We will see. | The garden of my house has waited for long enough.",
    )

    assert "Marta Holm has sailed" in found.summary
    assert "oldest" not in points(found)
    assert "white as snow" not in points(found)
    assert "gulls" not in points(found)


def test_a_page_that_bears_its_outlet_s_name_is_headed_by_its_own_heading() -> None:
    """``Harbourton Herald Logo`` says nothing of what stands below it."""
    found = digest("Ferry of Sund to stop in March", *REPORT, title="HERALD Harbourton Herald Logo")

    assert found.headline == "Ferry of Sund to stop in March"


@pytest.mark.parametrize(
    "text",
    [
        "3:00 PM | Marta walks from the ferry of Sund to the bridge.",
        "2. Roe JM, Holm P. The ferry of Sund and the bridge of Ostby in winter.",
        "Roe, J. The ferry of Sund and the bridge of Ostby in winter.",
    ],
)
def test_rows_and_sources_are_not_told(text: str) -> None:
    """A table's row and a source are no sentences of a report."""
    assert "bridge of" not in points(digest(REPORT[0], text))


def test_what_stands_under_sources_is_not_told() -> None:
    """Titles of books are no statements of the article that cites them."""
    cited = "The ferry of Sund sails on through the ice of the bridge of Ostby."
    assert cited not in points(digest(REPORT[0], "References", cited))


def test_marks_of_notes_are_left_out() -> None:
    """``[4]`` leads nowhere in a digest."""
    found = digest("The ferry of Sund,[4] built in 1961, will stop for the bridge of Ostby in March.[note 2]")

    assert "The ferry of Sund, built in 1961, will stop for the bridge of Ostby in March." in points(found)


def test_someone_unlike_another_is_not_that_other() -> None:
    """In ``Unlike Roe, he`` the pronoun means anyone but Roe."""
    found = digest(REPORT[0], "Unlike Per Roe, he never sold a boat of the ferry line of Sund in the strait.")

    assert "he never sold" not in points(found)


@pytest.mark.parametrize(
    "text",
    [
        "The letter below is from the port of Sund to the council of Ostby.",
        "The below letter is from the port of Sund to the council of Ostby.",
        "The council of Sund prefers the latter kind of bridge to a ferry.",
        "Partly because the ferry of Sund is old, but largely because it is slow.",
        "A new paper of the port appeared in May, and he praises the ferry of Sund.",
        "Built in Ostby, it is the oldest ferry of the whole strait of Sund.",
        "The crews of Sund know how this is the end of the ferry to Ostby.",
        "With all of the former gone, the ferry of Sund sails alone to Ostby.",
        "The ferry of Sund won the race to Ostby this time around.",
        "The council of Sund has admitted as much by selling the ferry to Ostby.",
        "Marta Sund 2 goals, 1 assist.",
        "2½ cups or 500 g tar of Sund, stirred in oil of Ostby for an hour.",
        "Bottom line: the ferry of Sund is a good and friendly boat.",
        "Worse than that it was the ferry of Sund that ran aground.",
        "Yes, the ferry of Sund is as safe as any bridge of Ostby.",
        "The new design of Sund sounds better than the ferry of Ostby.",
        "Sailing to Ostby with neither map nor lamp on the ferry of Sund.",
    ],
)
def test_what_points_elsewhere_is_not_told(text: str) -> None:
    """``Below``, ``the latter``, a mere reason, an ``it`` of nowhere and a title need what stands before them."""
    assert text not in points(digest(REPORT[0], text))


def test_a_summary_that_is_cut_still_ends_its_writer_s_word() -> None:
    """What is opened with a quotation mark is closed with one."""
    long = ", ".join(f"the {n} boats of the ferry line of Sund that must sail on for {n} years" for n in range(11, 17))
    found = digest(f"The port should keep {long}.", *ESSAY[1:], **SIGNED)

    assert len(found.summary) <= 400
    assert found.summary.endswith("…”")


def test_a_page_of_reference_tells_only_of_what_it_is_headed_by() -> None:
    """Where nothing is reported, each sentence stands under a heading of its own, and only the title's is the whole."""
    found = digest(
        "The ferry of Sund is a boat of oak with room for forty cars and their drivers.",
        "Oak is a hard wood, and it lasts for sixty years where its owner tars it each spring.",
        "The ferry line runs from the pier of Sund to the pier of Ostby at each full hour.",
        "Tar keeps salt water out of small cracks, and its smell is loved by many children.",
        title="Ferry of Sund",
    )

    assert "room for forty cars" in points(found)
    assert "Oak is a hard wood" not in points(found)
    assert "Tar keeps" not in points(found)


def test_a_list_with_a_long_introduction_is_told_by_its_items_alone() -> None:
    """Where both will not fit, what a list holds says more of it than how it begins."""
    long = ", ".join(f"the {n} boats of the harbour that have sailed there for {n} years" for n in range(11, 16))
    found = digest(f"Visitors of Sund love {long}.", *ITEMS[1:], title="What visitors love in Sund")

    assert found.summary == "On the list: The old pier; The lighthouse; The fish market."


def test_an_agenda_s_weekday_is_to_come() -> None:
    """``Wednesday:`` before a present tense is the next one, before a past tense the last."""
    ahead = digest(*REPORT, "Wednesday: Northern Lines reports what the ferry of Sund earned in the last quarter.")
    back = digest(*REPORT, "Wednesday: Northern Lines reported what the ferry of Sund earned in the last quarter.")

    assert "2026-01-14" in [event.date for event in ahead.events if "Northern" in event.text]
    assert "2026-01-07" in [event.date for event in back.events if "Northern" in event.text]


def test_what_will_be_done_on_the_paper_s_own_weekday_was_not_done_then() -> None:
    """In a paper of Saturday, ``On Saturday, they will`` means another Saturday, or is no news."""
    text = "On Saturday, the heads of both ports will meet the council of Sund."
    assert text not in [event.text for event in digest(*REPORT, text).events]


ACCOUNT = (
    "The ferry of Sund is a boat of oak with room for forty cars. | It burns a ton of coal on each trip to Ostby.",
    "The hull of the ferry bears two coats of tar. | The funnel of the ferry of Sund is red with a white band.",
    "The pier of Sund is as long as two boats. | The ferry of Sund leaves it at each full hour from six to nine.",
    "The bell of the ferry hangs at the bow. | The crew of the ferry of Sund is six men, a cook and a cat.",
)


def test_notes_headed_by_their_places_are_reports() -> None:
    """What a wire's places head is not its compiler's own word; lands called states report nothing."""
    notes = [f"PORT OSTBY -- The yard of Sund has built boat number {n} of oak and iron." for n in range(3)]
    dull = [f"The boat number {n} of the harbour of Sund is made of oak and iron." for n in range(12)]
    found = digest(*notes, *dull, **SIGNED)

    assert "Ana Lindqvist writes" not in points(found) + found.summary
    lands = [f"In {n} states of the strait the boats of Sund are made of oak and iron." for n in range(3)]
    assert "Ana Lindqvist writes" in digest(*lands, *dull, **SIGNED).summary


def test_a_signed_account_is_its_writer_s_word() -> None:
    """Where nothing is reported, who signs says it all; where no one signs, the page speaks as it is."""
    assert told(digest(*ACCOUNT, title="Ferry of Sund", byline=("Jo Roe",))) == {"Jo Roe writes:"}
    assert "says:" not in points(digest(*ACCOUNT, title="Ferry of Sund"))


def test_where_a_source_was_found_is_no_event() -> None:
    """An encyclopaedia's notes on its sources bear dates of their own."""
    noted = "Archived from the original on October 4, 2002. | Roe Web Services of Sund. Retrieved 2012-05-10."
    assert not digest(*ACCOUNT, noted, title="Ferry of Sund").events


def test_a_reader_s_question_is_not_the_writer_s_word() -> None:
    """Where one question has one answer, the answer alone is the article's."""
    found = digest(
        "Question: I need some help with the ferry of Sund and its tar.",
        "I have tarred the ferry of Sund each spring since my father died.",
        "Answer: The ferry of Sund needs two coats of tar, and each of them takes a day to dry.",
        *ACCOUNT[1:],
        title="Tar for the ferry of Sund",
        byline=("Jo Roe",),
    )

    assert "two coats of tar" in points(found)
    assert "I need some help" not in points(found) + found.summary
    assert "my father died" not in points(found)


def test_what_an_essay_tells_of_other_matters_is_no_background() -> None:
    """A fact of the past belongs to an essay where it shares a word with the headline."""
    own = "In 1998, the ferry of Sund sank in a storm and was raised again."
    other = "In 1999, a cook of Varna baked the largest loaf of the whole coast."
    found = digest(*ESSAY, own, other, **SIGNED)

    assert own in [event.text for event in found.events] + [each.text for each in found.background]
    assert other not in [event.text for event in found.events] + [each.text for each in found.background]


def test_a_report_with_a_list_begins_with_its_news() -> None:
    """Where a report's lead leaves no room for a list's items, the lead is the summary."""
    long = ", ".join(f"the {n} boats of the harbour of Ostby and their crews of {n} men" for n in range(11, 16))
    found = digest(f"The port of Sund said on Monday that it had sold {long}.", *REPORT, *ITEMS[1:], title="Sold boats")

    assert found.summary.startswith("The port of Sund said on Monday")


def test_a_paper_s_own_doings_are_no_point_of_an_essay() -> None:
    """That the paper looks at something is not what anyone argues."""
    found = digest("Harbourton Herald takes stock of the ferry of Sund.", *ESSAY, **SIGNED)

    assert "takes stock" not in points(found)


def test_a_title_that_is_given_for_the_outlet_s_name_too_is_a_title() -> None:
    """A page that confounds the two still says what it is about."""
    title = "Ferry of Sund stops for good after sixty-five years at sea"
    found = digest(*REPORT, title=title, outlet=Outlet(name=title, domain="herald.example"))

    assert found.headline == title


def test_a_line_that_stops_before_its_noun_and_its_rest_are_not_told() -> None:
    """``… handle your`` and ``Name in accordance with …`` are one sentence that a page has cut in two."""
    found = digest(*ACCOUNT, "The port of Sund uses the", "Ferry of Sund in winter in accordance with its rules.")

    assert "in accordance" not in points(found)
