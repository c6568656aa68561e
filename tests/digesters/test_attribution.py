from __future__ import annotations

import pytest

from bot.digesters.extractive.attribution import Attributed, attributed
from bot.digesters.extractive.compose import read
from bot.digesters.extractive.cues import CUES
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.kinds import verdicts
from bot.digesters.extractive.passages import passages_of
from bot.digesters.extractive.quotations import mentions_in
from bot.digesters.extractive.spans import spans_of
from bot.digesters.extractive.speakers import Frame
from tests.digesters.samples import FILLER, article, digest, said


def found(*paragraphs: str) -> list[tuple[Attributed, str, str]]:
    """Each quotation of paragraphs with its words and the phrase that says who speaks."""
    reading = read(article(*paragraphs, FILLER))
    spans = spans_of(reading)
    cast = cast_of(reading, spans, verdicts(reading, spans, {}))
    passages = passages_of(reading)
    result = []
    for each in attributed([Frame(p, mentions_in(p, cast)) for p in passages]):
        words = passages[each.passage].text[each.quoted.start : each.quoted.end]
        phrase = passages[each.where].text[each.speaker.start : each.speaker.end] if each.speaker else ""
        result.append((each, words, phrase))
    return result


def speakers(*paragraphs: str) -> list[str]:
    """The phrases alone."""
    return [phrase for _, _, phrase in found(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Ana Berg's line was clear. | As Ana Berg put it, “the harbour is for boats alone.”", ["Ana Berg"]),
        ("Ana Berg went on to say, “we start again tomorrow morning.”", ["Ana Berg"]),
        ("“We never saw the plans,” the two write.", ["the two"]),
        ("“We never saw the plans,” the Norwegians insist.", ["the Norwegians"]),
        ("“We never saw the plans,” an angry Ana Berg fumed.", ["an angry Ana Berg"]),
        ("“We never saw the plans,” an angry Ana Berg spluttered.", ["an angry Ana Berg"]),
        ("“We never saw the plans,” said 24/7 shop owner Ana Berg.", ["24/7 shop owner Ana Berg"]),
        ("Ana Berg leaned in and boomed: “The boats stay in the harbour.”", ["Ana Berg"]),
        ("“The risk,” said Ana Berg, who runs the harbour for the town, “is that the boats leave.”", ["Ana Berg"] * 2),
        ("The pier was “a danger to all of us” for years, said Ana Berg.", ["Ana Berg"]),
        ("The pier was “a danger to all of us” for years, Ana Berg said on Friday.", ["Ana Berg"]),
        ("According to Ana Berg, the pier was “a danger to all of us” for years.", ["Ana Berg"]),
        ("“The pier is rotten,” Ana Berg, a clerk, Tweeted on Friday.", ["Ana Berg"]),
        ("Continued Ana Berg: “The boats stay in the harbour.”", ["Ana Berg"]),
        ("But, said Ana Berg, “the boats stay in the harbour.”", ["Ana Berg"]),
        ("Mayor Ana Berg left. | She’s claiming the pier is “a danger to all of us”.", ["She"]),
        ("After winning Sund in the spring vote, Ana Berg (R-OH), said “we start again tomorrow.”", ["Ana Berg"]),
        ("Ana Berg, at a meeting in Boston, Massachusetts, said she was “going to tow the boats away.”", ["Ana Berg"]),
        (
            "Thousands of islanders marched in town, chanting “Boats and Bridge, No Toll,” at noon.",
            ["Thousands of islanders"],
        ),
        ("From the report: “The pier was a danger to all of us.”", ["the report"]),
        ("He repeated Ana Berg's claim that “the pier was a danger to all of us”.", ["Ana Berg"]),
        ("In Ana Berg's view, the pier was “a danger to all of us”.", ["Ana Berg"]),
        ("The pier was, in the words of Ana Berg, “a danger to all of us”.", ["Ana Berg"]),
        ("“Calm has come back now,” and the boats went out again last week, Ana Berg said.", ["Ana Berg"]),
        ('The pier has its foes (" We were never asked," Ana Berg said) and friends.', ["Ana Berg"]),
    ],
)
def test_a_speaker_is_found_wherever_the_sentence_names_it(text: str, expected: list[str]) -> None:
    """Behind a quotation, before it, between its halves and around it, by any verb of saying."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Berg declined to name the firm but said in a note that “the work was never finished”.", "Ana Berg"),
        ("When asked for the price, Ana Berg smiled and said, “You will have to wait for that.”", "Ana Berg"),
        ("As new films came out, Ana Berg spoke of a loss, adding that “nobody asked the town”.", "Ana Berg"),
        ("A letter from the Fishers' Union obtained by Ana Berg warns that “the boats are not safe to use”.", "letter"),
        ("Ana Berg wrote of the builder's recent remarks, saying “not one of the facts was right”.", "Ana Berg"),
        ("Ana Berg said the builders were calling “every fifteen minutes or so”.", "Ana Berg"),
        ("Ana Berg said he told the builders “not to come back at all”.", "Ana Berg"),
        ("Falk and Roe will meet next week, Ana Berg said, adding, “They have to sit down and talk.”", "Ana Berg"),
        ("When they asked who had won, Ana Berg laughed and said, “We count the votes on Friday.”", "Ana Berg"),
        ("Ana Berg, who has in the past called the pier “a danger to all of us”, was away.", "Ana Berg, who"),
        ("Ana Berg, meanwhile, who runs the port, said the pier was “a danger to all of us”.", "Ana Berg"),
        ("“We never saw the plans,” Ana Berg, the clerk of the port, told Sund Radio.", "Ana Berg"),
    ],
)
def test_the_verb_of_saying_has_its_own_subject(text: str, expected: str) -> None:
    """A noun in between, another verb's subject or a word that only looks like a verb is not who speaks."""
    assert expected in speakers(text)[0]


def test_what_someone_calls_a_thing_is_that_persons_term() -> None:
    """``what Roe called`` names the speaker, whoever reports it."""
    text = "Ana Berg said she had talked with the builders about what Jo Falk called the “slow and silent theft” of it."
    assert speakers(text) == ["Jo Falk"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Berg was asked, “Will the ferry run on Sunday?”",
        "Ana Berg was repeatedly told that “the ferry will not run on Sunday”.",
        "“Will the ferry run on Sunday?” Ana Berg was asked.",
        "Ana Berg was asked, “Will the ferry run on Sunday?” | He answered, “It will run every day.”",
        "Asked whether the ferry was “fit to carry anyone at all,” Ana Berg said no.",
    ],
)
def test_who_is_asked_or_told_does_not_speak(text: str) -> None:
    """The subject of a passive hears the words: nobody sure is found."""
    asked = found(text)[0][0]
    assert asked.doubted or asked.speaker is None


def test_who_asks_by_a_passive_speaks() -> None:
    """``asked by Falk`` names the one who asks."""
    assert speakers("Ana Berg was asked by Jo Falk “whether the ferry runs on Sunday or not”.") == ["Jo Falk"]


def test_the_next_sentence_speaks_of_something_else() -> None:
    """A sentence that begins behind a full stop does not name who spoke before it; one behind a question may."""
    text = "Ana Berg calls the pier “a danger to all of us.” | He adds that Jo Falk has not paid for it."
    assert speakers(text) == ["Ana Berg"]
    assert speakers("“Why would anyone pay for it?” | Ana Berg asked.") == ["Ana Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Berg said the pier was shut because “the wood was rotten,” though Jo Falk said it had been mended.",
        "Ana Berg asked, “When does the ferry run?” Jo Falk smiled and said, “It does not run at all.”",
        "After Ana Berg said the pier needs “a new roof,” Jo Falk replied: “We have no money for a roof.”",
    ],
)
def test_a_new_clause_behind_a_quotation_tells_of_something_else(text: str) -> None:
    """Neither a joined clause nor the lead-in of the next quotation names who spoke."""
    assert speakers(text)[0] == "Ana Berg"


def test_a_colon_leads_into_the_next_paragraph() -> None:
    """``She wrote:`` at the end of a paragraph names who speaks in the next."""
    assert speakers("Ana Berg wrote to the town:", "“The pier is shut and will stay shut.”") == ["Ana Berg"]


def test_a_quotation_that_begins_its_sentence_goes_on_from_the_one_before() -> None:
    """Also where the sentence runs on behind it, and where it is short and capitalised."""
    text = "“We could win the cup,” said Ana Berg. | “We only have to beat Harwick,” which plays on Sunday."
    assert speakers(text) == ["Ana Berg", "Ana Berg"]
    assert speakers("“It is a tough game,” said Ana Berg. | “That's how it is, Harwick.”") == ["Ana Berg", "Ana Berg"]


def test_a_closing_mark_set_as_an_opening_one_closes() -> None:
    """``far,“ said Roe``: a slip of the keyboard does not hide a quotation, nor make one of what follows."""
    assert [(words, phrase) for _, words, phrase in found("“This goes much too far,“ said Ana Berg of the plan.")] == [
        ("This goes much too far,", "Ana Berg")
    ]


def test_titles_are_not_quotations_but_what_was_said_is() -> None:
    """Words all capitalised are a title, unless someone directly says them."""
    assert found("In “The Harbour and the Sea,” Ana Berg said the pier was shut.") == []
    assert speakers("“Harwick United Forever,” Ana Berg said.") == ["Ana Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Berg edits a page for those who “never saw the sea from here”.",
        "Ana Berg said he told Jo Falk, who said he heard “nothing but the wind all night”.",
    ],
)
def test_what_is_a_guess_is_doubted(text: str) -> None:
    """The subject of a sentence without a verb of saying, and a report within a report, are marked as unsure."""
    assert [each.doubted for each, _, _ in found(text)] == [True]


def test_what_is_doubted_is_in_no_digest() -> None:
    """A digest quotes only those who surely spoke."""
    assert said(digest("Mayor Ana Berg works with those who “never saw the sea from here”.")) == []
    assert said(digest("Mayor Ana Berg said many “never saw the sea from here”.")) == [
        ("ana-berg", "never saw the sea from here")
    ]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"denies", "denied", "denying"}),
        ("quip", {"quips", "quipped", "quipping"}),
        ("stress", {"stresses", "stressed", "stressing"}),
        ("argue", {"argues", "argued", "arguing"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("write", {"writes", "wrote", "writing"}),
        ("say", {"says", "said", "saying"}),
        ("begin", {"begins", "began", "beginning"}),
    ],
)
def test_verbs_are_known_in_every_form(verb: str, forms: set[str]) -> None:
    """Regular verbs double, drop or change their last letter as English does; the irregular are listed."""
    assert forms <= CUES, verb


@pytest.mark.parametrize(
    "paragraphs",
    [
        # He whom a sentence names behind the pronoun is another one.
        ("Mayor Jonas Berg came late and angry. | He urged Jonas Berg to go, saying “the town has had enough”.",),
        # Someone without a name came up.
        ("Mayor Jonas Berg came late to the pier. | My driver woke up when he cried, “They are already here!”",),
        # Someone whom no rule knows has spoken since.
        ("Mayor Jonas Berg came late to the pier.", "Kerradin said it would end.", "“The pier is lost now,” he said."),
        # Another person has spoken since.
        (
            "Mayor Jonas Berg came late to the pier.",
            "“I am afraid to go out,” Jo Falk said.",
            "The house was cold and dark.",
            "“The pier is lost now,” he said.",
        ),
        # Nobody was named for long.
        ("Mayor Jonas Berg came late to the pier.", *["The rain fell on the roofs."] * 9, "“It is over now,” he said."),
    ],
)
def test_a_pronoun_that_may_mean_someone_else_gives_no_quotation(paragraphs: tuple[str, ...]) -> None:
    """Where a rival came up since the person was named, no one is quoted under the name."""
    assert ("jonas-berg", "The pier is lost now") not in said(digest(*paragraphs))
    assert all(speaker != "jonas-berg" for speaker, _ in said(digest(*paragraphs)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Who would pay for such a thing?” | Ana Berg, a clerk at the port, asked softly.", "Ana Berg"),
        ("Ana Berg spoke for an hour. “It is over,” she said. | But “the pier is still ours to keep.”", "she"),
        (
            "Jo Falk is hated in the port, with Ana Berg repeatedly calling the plan “a theft in broad daylight”.",
            "Ana Berg",
        ),
        ("In a note released on Friday, Ana Berg hit back, saying: “The pier was never for sale.”", "Ana Berg"),
        ("“They never once asked for our leave” said Ana Berg of the port.", "Ana Berg"),
        ("The plan was no surprise to Ana Berg: “They never asked for our leave.”", "Ana Berg"),
        ("“BERG: Let us begin with the pier and its roof.", "BERG"),
        ("“It is lost,” added Ana Berg. | “The … | port has done what it can, and it will lose.”", "Ana Berg"),
    ],
)
def test_speech_takes_many_shapes(text: str, expected: str) -> None:
    """A long tail behind a question, a lone connective, an absolute, a note, a transcript's turn, an ellipsis."""
    assert speakers(text)[-1] == expected


def test_a_name_behind_a_dash_signs_the_paragraph_before() -> None:
    """A quotation that is its whole paragraph belongs to whom the next one names and no more."""
    signed = found(
        "“They never once asked for our leave.”", "— Ana Berg, harbour master", "Ana Berg lives in the port."
    )
    assert [(phrase, each.doubted) for each, _, phrase in signed] == [("Ana Berg", False)]


def test_the_surname_he_is_no_pronoun() -> None:
    """``He Lian, a trader, said`` names someone; who was named before is not meant."""
    found = digest(
        "Mayor Jonas Berg came late. | “What would it cost us in the end?” | He Lian, a trader, said in town."
    )
    assert said(found) == []


def test_no_one_has_said_what_will_be_said() -> None:
    """What someone will or would say is nobody's words yet."""
    assert speakers("When Ana Berg is late, her mother will say sadly, “You never come home in time.”") == [""]


def test_what_a_question_supposes_no_one_has_said() -> None:
    """Whether someone comes and says it is just what is asked."""
    asked = (
        "Does harbour master Ana Berg come to you and say, “Hey, here is a boat we built. Let us row it”? | Sometimes."
    )
    assert not digest("To what extent is the harbour a school? | " + asked).quotes


def test_a_short_term_in_single_marks_does_not_run_on_to_the_next_one() -> None:
    """What is open when another opens was closed before."""
    text = "Ana Berg spoke of a ‘cheated’ isle. In a paper called ‘The isle is cheating us all’, Ana Berg said no more."
    assert all("cheated" not in quote.text for quote in digest(text).quotes)


def test_a_participle_of_two_possible_owners_is_doubted() -> None:
    """``Berg shouted, and Falk calmed him, saying "…"``: either might be meant."""
    text = "Ana Berg would grow loud, and Jo Falk would calm the room, saying, “we have heard you and thank you”."
    assert [each.doubted for each, _, _ in found(text)] == [True]


def test_who_is_named_in_the_words_did_not_say_them() -> None:
    """Only where the speaker is named right behind the words may they name him too."""
    assert said(digest("Mayor Jonas Keller told the room, saying “we have heard you, Keller, and we thank you”.")) == []
    assert said(digest("“Nobody stops Jonas Keller from running,” said Mayor Jonas Keller.")) != []


def test_the_one_whose_words_were_just_told_goes_on() -> None:
    """``Falk said Keller had left. "…," he said``: the teller of the sentence before, not whom it tells of."""
    paragraphs = ("Mayor Jonas Keller left the pier.", "Peter Falk, the port's chief, said Jonas Keller was right.")
    assert said(digest(*paragraphs, "“It was the only way to do it,” he said.")) == [
        ("peter-falk", "It was the only way to do it")
    ]


def test_a_pronoun_without_rivals_gives_one() -> None:
    """A body that speaks, or a description of the same person, is no rival."""
    found = digest(
        "Mayor Jonas Berg came late to the pier. | The mayor said it would end. | “The pier is lost now,” he said.",
    )
    assert said(found) == [("jonas-berg", "The pier is lost now")]


def test_a_quotation_that_lost_a_line_is_left_out() -> None:
    """What stands apart in the article is not joined: the words would not be verbatim."""
    found = digest("“We went to an old house by the sea. | … | Our parents wrote to us there,” said Mayor Jonas Berg.")
    assert said(found) == []


def test_the_same_words_are_quoted_once() -> None:
    """A quotation that the page repeats, as in a box beside the text, is one quotation."""
    found = digest(
        "“The ferry is our only road to town,” said Mayor Jonas Berg.",
        "The council met again in the spring and heard the port.",
        "“The ferry is our only road to town,” Jonas Berg said.",
    )
    assert [text for _, text in said(found)] == ["The ferry is our only road to town"]


def test_the_word_that_stands_for_a_speaker_belongs_to_its_phrase() -> None:
    """``Ana Berg, who said`` names her by both: whoever looks for either finds it."""
    told = "The letter was for Ana Berg, who added that the pier was “a danger to all of us”."
    assert speakers(told) == ["Ana Berg, who"]


def test_the_other_half_of_a_split_quotation_is_as_sure_as_the_first() -> None:
    """``"Yes," Roe said, "we do."``: both halves are his, and both are kept."""
    halves = found("“The pier is rotten,” Ana Berg said, “and the boats stay in the harbour.”")
    assert [(phrase, each.doubted) for each, _, phrase in halves] == [("Ana Berg", False)] * 2


def test_a_statement_released_is_of_whoever_released_it() -> None:
    """A colon behind what was released lets the next paragraph speak for the one who released it."""
    told = found(
        "When Ola Roe died in May, Ana Berg released the following statement:", "“We mourn him with all the island.”"
    )
    assert [(phrase, each.how) for each, _, phrase in told] == [("Ana Berg", "colon")]


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is rotten and must go,” Ana Berg said on the podcast “Boats and Us.”",
        "“The pier is rotten and must go,” Ana Berg said on the island's “State of the Harbour.”",
        "“The pier is rotten and must go,” Ana Berg said on “Meet the Harbour.”",
        "Ana Berg, who sang in “The Long Water” and “Nights in Port,” said “the pier is rotten and must go”.",
    ],
)
def test_the_name_of_a_programme_is_no_quotation(text: str) -> None:
    """Behind the word for a work, or an owner, capitals are a title though the sentence ends within the marks."""
    assert len(speakers(text)) == 1


def test_a_sentence_behind_a_cry_that_tells_something_else_is_not_its_reporting() -> None:
    """``"…!" She replied that`` and ``"…!" Their voices`` begin anew."""
    told = "Ana Berg told him, “you are the mayor of all of us!” | She replied to him that it was an honour."
    assert speakers(told) == ["Ana Berg"]
    cried = "Ana Berg led the chant of “let the boats stay here!” | Their voices drowned in the rain."
    assert speakers(cried) == ["Ana Berg"]


def test_who_spoke_first_does_not_speak_on_behind_another() -> None:
    """A sentence between two quotations that tells what another says ends the first speaker's turn."""
    first, last = "“The pier is rotten and must go,” Ana Berg said.", "“It must go by the spring.”"
    assert speakers(f"{first} | Ola Roe said he had looked at the wall. | {last}") == ["Ana Berg", "Ola Roe"]
    parted = found(f"{first} | The rain fell all day. | {last}")
    assert [(phrase, each.doubted) for each, _, phrase in parted] == [("Ana Berg", False), ("Ana Berg", True)]


def test_a_paragraph_that_only_quotes_goes_on_from_the_one_that_tells() -> None:
    """Whoever the paragraph before tells of may speak on, which is in doubt; a heading in single marks is no one's."""
    told = found("Ana Berg argued that the pier was rotten.", "“It has to go before the winter storms.”")
    assert [(phrase, each.doubted) for each, _, phrase in told] == [("Ana Berg", True)]
    said = speakers("“The pier is rotten and must go,” Ana Berg said.", "‘Not a day longer than that.’")
    assert said == ["Ana Berg", ""]


def test_words_behind_a_quoted_sentence_that_name_no_one_go_on_from_it() -> None:
    """``That makes it "…"``: in doubt the speaker's of the sentence before; not where that was but a term."""
    going = found(
        "“The pier is rotten and must go,” Ana Berg said. | That makes it “a danger to the whole of the town.”"
    )
    assert [(phrase, each.doubted) for each, _, phrase in going] == [("Ana Berg", False), ("Ana Berg", True)]
    assert speakers("Ana Berg has a “rotten old” pier. | That makes it “a danger to the whole of the town.”")[-1] == ""


def test_two_single_marks_close_what_a_double_one_opens() -> None:
    """``“… on the floor,’’ he said``: the words end at the marks."""
    [(_, words, phrase)] = found(
        "Ana Berg left. | “I hope that the clerk puts it on the floor of the hall,’’ she said."
    )
    assert (words, phrase) == ("I hope that the clerk puts it on the floor of the hall,", "she")
