"""How a sentence of an article is told by itself: every line of a digest is read without the one before it."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.compose import digest_of, no_votes, read
from bot.digesters.extractive.connectives import unlinked
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.furniture import clean_title, is_furniture, without_dateline
from bot.digesters.extractive.hanging import leans, presumes
from bot.digesters.extractive.kinds import verdicts
from bot.digesters.extractive.naming import place_of
from bot.digesters.extractive.passages import passages_of
from bot.digesters.extractive.points import of_itself
from bot.digesters.extractive.ranking import stems
from bot.digesters.extractive.shortening import first_clause
from bot.digesters.extractive.spans import spans_of
from bot.digesters.extractive.statements import Stated, Statements
from bot.domain.digests import Digest
from bot.domain.errors import NotAnArticle
from tests.digesters.samples import FILLER, NOW, article, digest

LEAD = "The island of Sund will stop its car ferry in March after the port agreed to build a bridge over the strait."


def alone(*paragraphs: str) -> list[Stated | None]:
    """Each sentence of an article as it stands by itself."""
    reading = read(article(*paragraphs, FILLER))
    spans = spans_of(reading)
    cast = cast_of(reading, spans, verdicts(reading, spans, no_votes(reading)))
    passages = passages_of(reading)
    statements = Statements(reading, passages, cast, Resolver(reading, cast, passages, {}))
    return [statements.of(line) for line in reading.body]


def points(found: Digest) -> str:
    """All key points on one line."""
    return " ".join(point.text for point in found.key_points)


@pytest.mark.parametrize(
    "text",
    [
        "They closed the harbour after the storm of Sunday night.",
        "Also holding it up were the talks with the crews of Sund.",
        "Especially for boats of wood, where the water of Ostby is salt.",
        "Both boats carry the lamps of a pilot.",
        "Copper is at the centre of it all.",
        "One of the simplest ways to build this is to sink a wreck.",
        "Fares at the same companies will rise in spring.",
        "The harbour master said that does not mean an end of the ferry.",
        "At the time, the harbour office called it a trial.",
        "Whereas one boat of Sund leaks, two of them float.",
        "The port of Ostby expressed similar worry about the bridge.",
        "The harbour office let that child stay aboard.",
        "Earlier that night, a sergeant had searched the boat house.",
        "A short time later, divers found the boat.",
        "The next year, the town sold both boats.",
        "In each case, the crew had been warned by radio.",
        "For example, the tug Marie cannot turn in the basin.",
        "Some of them were still aboard on Monday.",
        "Both were taken to the hospital in Ostby.",
        "The mayor raised the fare because of these losses.",
        "Painted to look like a pilot boat, it slipped past the guard.",
        "In a letter sent on Friday, it said it had paid.",
        "Among those was the harbour master of Ostby.",
        "This is the area that the divers will search.",
        "While the ferry was mended after that voyage, it sank in May.",
        "Both boats are of steel and were built in Varna.",
        "A net keeps the bathers of Sund safe from these attacks.",
        "In the third incident, a trawler of Varna lost its nets.",
        "The captain raised that point in a letter to the port.",
        "The port delivered all of that with the new ferry.",
        "On July 17, the same line's boat ran aground at Varna.",
        "During that time, the port had no ferry of its own.",
        "Amid all this, the port bought a second ferry.",
        "If that holds up, that would be a loss of nine boats.",
        "Sold for nine crowns, today's offer is the port's best.",
        "A decent one costs between nine and ten crowns.",
        "Everyone else might be better off on the bridge.",
        "In the second step, the port will sell its boats.",
        "Speaking of boats, the port has bought a tug.",
        "Included will also be nine boats of the port.",
        "Or the port may sell its boats to Varna.",
        "The mayor of Varna wore a similar hat in May.",
        "Last month, 26 percent of Varna's voters said the same.",
        "The port of Ostby fell into that category in May.",
        "For a fair in Varna around that time, Roe wore blue.",
        "Roe and Berg will never do that.",
        "Then the old tug was replaced with a new boat.",
        "A report of the port calls that into question.",
        "Mostly because the port has no money for boats.",
        "In addition to its order of boats in May, it bought a tug.",
        "Prior to that, Roe spent six years at the port of Varna.",
        "Some currently earn nine crowns a day at the port of Sund.",
        "Berg had only joined the crew of the ferry that year.",
        "A similar boat has been found at the quay of Varna.",
        "Berg has some basis for this: the port sold its ferry in May.",
        "Two clerks say that Roe made the claim on Thursday night.",
        "Some hinted at a strike if the port did not pay.",
        "News broke in Sund on Monday that the two companies had met.",
        "Berg of Sund said that the port would one day do this.",
        "Berg of Sund is referring here to the old quay.",
        "By 2006, with a bridge under way in Sund, that hulk was doomed.",
        "Berg of Sund added: “He was mending the ferry when it sank.”",
        "Many questioned whether the port of Sund will pay.",
        "In all three cases, the port of Sund was tied with Varna.",
        "Between 2000 and 2013, it also paid for the boats of Ostby.",
        "Berg said that contribution was nine crowns in 2020.",
        "Berg of Sund shared that sentiment on Friday.",
        "The port of Sund plans to take that a step further in May.",
        "Roe's comments came as the port of Sund lost nine boats.",
        "In it, Roe said that the ferry had never been safe.",
        "Berg of Sund has said that more than once.",
        "The ferry Marie is one example, with its deck of oak.",
        "Roe was supposed to sing at the fair of Varna just two days later.",
        "Whatever that outcome, the year of Sund is a good one.",
        "Six have rowed for the port before.",
        "Built of oak in Varna, it is the oldest ferry of Sund.",
        "On the contrary, said Roe, the port of Sund would be glad of it.",
        "Last week, it sued three clerks of the port of Sund.",
        "In contrast, the port of Sund will sell nine boats.",
        "Possibly as a result, the fear of storms in Sund has fallen.",
        "There is one exception: boats of Varna sink less often.",
        "Secondly it has shown that the race of Sund is on.",
        "Mr Berg then drove the fares of Sund lower.",
        "In April it will sell nine boats of the port of Sund.",
        "Late last year they sold the ferry of Sund to Varna.",
        "The port of Sund called it a trial at the time.",
        "During the same quarter, the port of Sund earned nine crowns.",
        "Clerks of Sund do not expect the port to weigh such fears.",
        "So does the letter in which the port of Sund asks for nine boats.",
        "As a consequence, the ports of Sund and Varna have bought nine boats.",
        "Roe was then elected to the council of Sund in 1966.",
        "The port of Sund also votes on Monday on those Varna tolls for ferries.",
        "Roe of Sund also has other boats to sell.",
        "Of 6,302 boats that left the port of Sund that month, nine were lost.",
        "Roe of Sund continued: “That was the last ferry of the port.”",
        "Roe replied that she had not yet seen the letter of the port.",
        "The clerk of Varna responded Monday by saying that the bridge was at fault.",
        "In June, the port of Sund did so in a case of nine boats.",
        "To make sure that no one is “a thief”, it asks for the name of a boat.",
        "In one, the port of Sund lost nine boats.",
        "In 1831, Varna extended it to nine years of tolls.",
        "After the vote of May, the writer of songs Ana Roe described it as one for the clerks.",
        "The ferry of Varna had not drawn the same type of attention.",
        "Roe of Sund does not think that the port would like such a toll.",
        "The mayor of Varna fired back, saying that the port was glad.",
        "The tolls of Sund, Varna and Ostby are listed and compared below.",
        "Berg of Varna told the newspaper that nine boats would be lost.",
        "Roe of Sund believes she has that authority as well.",
        "Together with Ostby, such a sale would mark a turn in the story of Sund.",
    ],
)
def test_what_leans_on_another_sentence_is_known(text: str) -> None:
    """Pronouns, times and cases that only the sentence before gives make a line no reader would understand alone."""
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Some hired boats of the port have been lost since May.",
        "Some 200 islanders came to the quay on Friday.",
        "The port honours that child of Sund each year.",
        "Both Ana Roe and Ola Berg voted for the bridge.",
        "One harbour clerk said that the till was empty.",
        "There are three bids for the bridge, the port says.",
        "After the port raised its fare, it lost half its passengers.",
        "Ferries run all winter, but they stop in fog.",
        "Much of this year's catch was sold abroad.",
        "Both ferries of the port, Marie and Anna, leak at the bow.",
        "This past week marked the end of the ferry of Sund.",
        "The port earned more in May than in the same period of 2022.",
        "Roe left the port in May 2016, and its ferry sank that year.",
        "In this week's letter to the port, Roe asked for a bridge.",
        "A similar boat to the ferry of Sund has been found at Varna.",
        "It was recently reported that the port of Sund has sold its ferry.",
        "Roe was arrested in Varna and freed two days later.",
        "Roe of Sund sold his boat days before the storm.",
        "Roe of Sund sold such boats as the Marie and tools such as saws.",
        "When Berg asked about the ferry, Roe replied that she had not yet seen the letter.",
        "Roe responded to the letter of the port by selling her boat.",
        "The port of Sund said it would sell nine boats.",
        "Roe bought the ferry in May and sold it to Varna.",
        "While no toll has been set, Varna insists that such a toll will come.",
        "Roe bought such a boat as her brother had.",
        "Roe promised the port of Sund to sell her boat and did so in May.",
    ],
)
def test_what_stands_by_itself_is_let_stand(text: str) -> None:
    """A pronoun whose noun is in the same sentence, a number, a name: nothing is missing there."""
    assert not leans(text)


def test_a_first_sentence_points_at_nothing_before_it() -> None:
    """What a report's opening calls ``that`` or ``the same`` stands in it; only a pronoun in front would hang."""
    text = "The port raised fares in May and those fees paid for the bridge in the same month."
    assert leans(text)
    assert not leans(text, opening=True)
    assert leans("They closed the harbour after the storm.", opening=True)


@pytest.mark.parametrize(
    "text",
    [
        "The two oldest clerks of the port of Sund have left it.",
        "The last boat that Ana Roe built has been sold in Varna.",
        "The former harbour master of Sund, Ola Berg, has died.",
        "We Sail Again, a song for the crews of Sund, is to be sung in Varna.",
        "This January marks ten years of the ferry of Sund.",
        "It has been six months since Ana Roe left the port of Sund.",
        "The last 12 months have seen nine storms in the strait of Sund.",
    ],
)
def test_a_first_sentence_says_itself_which_two_and_which_last(text: str) -> None:
    """``The two``, ``The former`` and ``It`` count among what the sentence itself goes on to tell."""
    assert not leans(text, opening=True)


@pytest.mark.parametrize(
    "first",
    [
        # What it calls by its kind alone, the headline has named; a name may be one word, or follow.
        "The boatman wrote on Tuesday that his wife, Ola Berg, had bought the ferry of Sund.",
        "Ferry builder Marvo is to leave Sund on Sunday, nine years after his wedding.",
        "Already known for his letters to his wife, Jonas Berg sold the ferry of Sund for her.",
        "Ask Brann has bought the ferry of Sund from the port.",
        "“Deck Nine” singer Ola Berg bought the ferry of Sund.",
        "The ferry world may be fond of regattas but islanders of Sund are tired of them, clerks say.",
        "As he rowed to Varna on Friday, Mayor-elect Jonas Berg praised the ferry of Sund.",
        # It may speak to anyone at all.
        "Ferries sent to take you home to Sund are getting slower each year.",
        # A title's subject need neither be named nor counted.
        "Ferries could make the trade of the strait cheaper and safer, say clerks.",
    ],
)
def test_the_news_is_told_as_it_begins(first: str) -> None:
    """A plain report's first sentence is its news: no form of it makes a digest leave that out."""
    rest = [f"Clerk number {n} of Sund said on Friday that the quay of Ostby holds {n} ropes." for n in range(3, 9)]
    found = digest(first, *rest, title="Marvo sells the ferries of Sund to Jonas Berg")

    assert found.key_points[0].text == first


def test_a_cry_over_plain_news_is_lowered() -> None:
    """Gossip ends its first sentence with a mark that no digest repeats."""
    found = digest("Ana Roe and Ola Berg sold the ferry of Sund on Friday night!", "Roe said that it rained.")

    assert found.key_points[0].text == "Ana Roe and Ola Berg sold the ferry of Sund on Friday night."


@pytest.mark.parametrize(
    "text",
    [
        "“It cost me a ferry” even though the port of Sund was not sold.",
        "Clerks of Sund have also charged them with selling a ferry.",
        "The port was built by clerks and for clerks, they say, and only clerks can run it.",
        "On Friday, Ana Roe awarded him the harbour medal of Sund.",
        "Any gains would depend on how the storm over the strait ends, it added.",
    ],
)
def test_whom_another_did_something_to_is_not_the_doer(text: str) -> None:
    """A verb's object is someone else than its subject, and who says something aside is named somewhere else."""
    assert text not in points(digest(LEAD, text))


def test_what_a_report_begins_with_is_told_though_its_pronoun_s_owner_is_unknown() -> None:
    """Of whom a first sentence says "he" it has said before, be the name one that no list holds."""
    begun = "A jury in Varna has found Dylar Spleen guilty of the three arsons he was charged with in May."
    assert digest(begun, "Trustees of the port wept.", "It rained in Varna.").key_points[0].text == begun


def test_a_label_above_a_report_is_not_the_beginning_of_its_first_sentence() -> None:
    """Between "Supported by" and the news a page had an advertisement."""
    news = "Carters of the port of Varna said on Monday that the ferry would stop at the end of the year."
    assert digest("Supported by", news, "It rained in Varna.").key_points[0].text == news


@pytest.mark.parametrize(
    ("text", "unheard"),
    [
        ("Ana Roe of Sund bought the unit in 2005.", True),
        ("Roe and Berg asked for help after the explosion.", True),
        ("Roe of Sund said the man was at the quay on Friday.", True),
        ("Far from home in May, the 31-year-old says that he rows.", True),
        ("Far from Varna in May, the 31-year-old Ola Berg of Sund rows.", False),
        ("Roe paid for an explosion, and the explosion was heard in Varna.", False),
        ("Roe praised the ferry deal of May 1, and the deal was signed.", False),
        ("Roe of Sund signed the deal with Varna in 2005.", False),
        ("During the hearings, a clerk of Varna wept over the boat.", True),
        ("During the sale of the ferry, a clerk of Varna wept over it.", False),
        ("Friday's statement said the port would keep a tug.", True),
        ("Roe of Sund rowed like a professional, the source said.", True),
        ("The statement came after the port had sold a tug.", True),
    ],
)
def test_what_a_sentence_has_not_told_of_is_presumed(text: str, unheard: bool) -> None:
    """``the explosion`` within a sentence is one that a reader must have heard of."""
    assert presumes(text, frozenset(stems("Sund sells its ferry"))) is unheard


def test_one_company_told_of_is_not_the_company() -> None:
    """``The company`` in a list of what went before is known by the headline alone, not by another company."""
    old = "In 2015, the company bought the port of Varna for nine million crowns."
    found = digest(
        "Sund sells the harbour boats of Ana Roe to Varna for a song.",
        "The boat company Marine sells harbour boats of Sund to Ostby as well.",
        "Ana Roe says that boats of the harbour are worth nine crowns in Varna.",
        "Sund bought the harbour boats of Roe for nine million crowns a year ago on Friday.",
        "The harbour boats of Sund are all of steel, and one of them can fly to Varna.",
        old,
        title="Sund sells harbour boats",
    )

    assert old not in [*(each.text for each in found.background), *(each.text for each in found.events)]


def test_who_is_described_is_not_presumed() -> None:
    """``The man who …`` says which; ``The man was`` does not, and a bank is known by its name alone."""
    known = frozenset(stems("Sund sells its ferry"))

    assert not presumes("The man who steered the ferry of Sund was held on Monday.", known, opening=True)
    assert presumes("The man was held by the harbour office on Monday.", known, opening=True)
    assert presumes("The bank will lend Sund nine million crowns.", known)


def test_what_nothing_has_brought_up_is_presumed() -> None:
    """A bare ``The boat`` needs a boat in the headline or the first sentence; the government needs none."""
    known = frozenset(stems("Sund buys a new ferry"))

    assert presumes("The spacecraft will carry two cameras.", known)
    assert presumes("The deal was signed at noon.", known)
    assert presumes("In May, the firm bid for the port.", known)
    assert presumes("The new version has two engines.", known)
    assert presumes("The ferry giant was sold in May.", known)
    assert presumes("The 48-year-old Velmoran was arrested.", known)
    assert presumes("The Australian was arrested in April.", known)
    assert presumes("The family-friendly event—the tenth—ends in May.", known)
    assert not presumes("The ferry accident was the third of the year.", known)
    assert not presumes("The ferry was built in Varna.", known)
    assert not presumes("The government said nothing.", known)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("But the port has money for one bridge alone.", "The port has money for one bridge alone."),
        ("Besides having no keel, it leaks on both sides.", "Besides having no keel, it leaks on both sides."),
        ("So far the port has sold nine of its boats.", "So far the port has sold nine of its boats."),
        ("However the port has kept one old tug for towing.", "The port has kept one old tug for towing."),
        ("But still, the port has money for one bridge.", "The port has money for one bridge."),
        ("Meantime, the port has built a slip of oak.", "The port has built a slip of oak."),
        ("The port has kept one old tug for towing, however.", "The port has kept one old tug for towing."),
        ("Instead the port has built a slip of oak.", "The port has built a slip of oak."),
        ("Instead of a slip the port has built a quay.", "Instead of a slip the port has built a quay."),
        ("However hard it rains, the ferry of Sund sails.", "However hard it rains, the ferry of Sund sails."),
        ("Bizarrely, the port has bought its own boat again.", "The port has bought its own boat again."),
        ("Allegedly, the port has bought its own boat again.", "Allegedly, the port has bought its own boat again."),
        ("And for those who row, the port has built a slip.", "For those who row, the port has built a slip."),
        ("The port, however, has kept the old tug for towing.", "The port has kept the old tug for towing."),
        (
            "Because the port was in debt, though, it sold the tug to Varna.",
            "Because the port was in debt, it sold the tug to Varna.",
        ),
    ],
)
def test_connectives_go_and_nothing_else(sentence: str, told: str) -> None:
    """A word that only ties a sentence to the last is left out; one that belongs to it, and its comma, stay."""
    stated = alone(LEAD, sentence)[1]

    assert stated is not None
    assert stated.text == told


def test_one_link_behind_another_goes_too() -> None:
    """``But, oddly, the crew`` is told of the crew."""
    stated = alone(LEAD, "But, inexplicably, the crew of the ferry slept until noon on Monday.")[1]

    assert stated is not None
    assert stated.text == "The crew of the ferry slept until noon on Monday."


def test_a_surname_is_no_pronoun() -> None:
    """``He`` before a capital is a name and is never replaced by another one."""
    found = digest(
        "Mayor Jonas Keller met the bridge builders of Sund on Monday.",
        "He Wei, a builder from Ostby, said the bridge would stand in four years.",
    )

    assert "Keller Wei" not in found.model_dump_json()


def test_a_surname_that_two_bear_is_told_of_the_one_it_means() -> None:
    """Right behind her husband's full name the surname is his; a sentence with it, told alone, would be of her."""
    report = (
        "Mayor Anna Brown of Ambry closed the ferry port on Monday. | Anna Brown said that the port had lost money. | "
        "Anna Brown will speak in Ambry on Friday. | President Peter Brown opened the port of Ambry. | "
        "Brown spent nine million dollars on the port in 1998. | The port was sold to Varna Lines in 2001."
    )
    of_him, of_her = (digest(r) for r in (report, report.replace("President Peter Brown", "Varna Lines")))

    def told(made: Digest) -> str:
        return " ".join([*(s.text for s in (*made.key_points, *made.background)), *(e.text for e in made.events)])

    assert "Brown spent" not in told(of_him)
    assert "Brown spent" in told(of_her)


def test_a_surname_within_a_word_is_not_written_out() -> None:
    """Boats that are anti-Corwin are not anti-Jo-Corwin."""
    assert place_of("Corwin", "The port was full of anti-Corwin boats.") is None
    assert place_of("Corwin", "In May anti-Corwin boats met Corwin there.") == len("In May anti-Corwin boats met ")


def test_who_said_it_at_the_end_is_named() -> None:
    """A sentence that ends in "he said" is told with the name of the one who did."""
    stated = alone(
        LEAD,
        "John Lund, who builds bridges in Ostby, showed the plans on Friday. | "
        "The bridge of Sund would open to cars in four years, he said.",
    )[2]

    assert stated == Stated("The bridge of Sund would open to cars in four years, John Lund said.", (2, 3), hangs=False)


def test_everyone_is_introduced() -> None:
    """Who comes with a bare surname is told in full at the first mention, once, and never within a quotation."""
    found = digest(
        "Olga Petrenko, who leads the port of Sund, spoke on Friday about the bridge and the ferry of Sund.",
        "Petrenko told the islanders of Sund that the ferry would stop and a bridge would open in four years. | "
        "The ferry crews of Sund shouted “Petrenko sold us to the builders of Ostby” and left the quay.",
    )

    assert "Olga Petrenko told the islanders" in points(found) or "Olga Petrenko, who leads" in points(found)
    assert points(found).count("Olga Petrenko") == 1
    assert "“Olga" not in points(found)


def test_who_was_freed_is_described_by_it() -> None:
    """``The four Britons freed from jail`` says which; ``The Australian was freed`` does not."""
    assert not presumes("The four Britons freed from jail in Ostby are to be sent home.", frozenset(), opening=True)
    assert presumes("The Australian was freed from jail in Ostby.", frozenset(), opening=True)


def test_what_the_next_sentence_calls_a_verdict_is_no_fact() -> None:
    """A claim that a report opens with, and then gives to its author, is not told as the report's own."""
    claim = "Ola Berg of Sund has not a clue how to steer a ferry."
    found = digest(claim, "That was the verdict of the Ostby Gazette on Friday.", "The port of Sund said nothing.")

    assert claim not in points(found)


def test_what_the_next_sentence_denies_is_no_fact() -> None:
    """``Not true.`` takes back what stands before it."""
    rumour = "Clerks of Sund are keen to sell the ferry to Varna, and talks have begun."
    found = digest("The port of Sund keeps its ferry, a clerk said.", rumour, "Not true. | It will sail on.")

    assert rumour not in points(found)


def test_he_is_who_acted_in_the_sentence_before() -> None:
    """Where a bare name that no list holds opens the sentence before, ``He`` is not another whom one knows."""
    stated = alone(
        "Marvo beat Jonas Keller in the rowing race of Sund on Friday. | Marvo fought back from behind. | "
        "He is the first islander to win it since the war with Ostby.",
        "Jonas Keller rows for Varna.",
    )[2]

    assert stated is None or stated.hangs


def test_what_is_left_of_an_aside_is_a_sentence() -> None:
    """Without the ``now`` that stood before it, ``the clerks say`` needs no comma."""
    stated = alone(LEAD, "But now, clerks of Sund contend, it may be time to sell the ferry of the port.")[1]

    assert stated is not None
    assert stated.text.startswith("Clerks of Sund contend it may be time")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The port of Sund also sold nine boats.", "The port of Sund sold nine boats."),
        ("Roe also said that she was free.", "Roe said that she was free."),
        ("Roe has not also sold a boat.", "Roe has not also sold a boat."),
    ],
)
def test_also_goes_with_what_it_was_said_beside(text: str, told: str) -> None:
    """Alone a sentence adds to nothing."""
    assert unlinked(text) == told


def test_a_dateline_stays_where_the_sentence_means_its_place() -> None:
    """``This city`` is the one before the dash."""
    here = "SUND, Ostby — Rowers rolled into this old port on Monday and took the quay."
    assert without_dateline(here) == here
    assert without_dateline("The numbers: Sales of boats sank in April.") == "Sales of boats sank in April."


def test_an_aside_between_dashes_is_no_dateline() -> None:
    """Who the three clerks are stands between two dashes; a place stands before one."""
    clerks = "Three Sund Clerks — Ana Roe, Ola Berg and Vera Holm of the port — are counting nine boats."
    assert without_dateline(clerks) == clerks
    assert without_dateline("VARNA — Ana Roe has sold nine boats of the port — again.").startswith("Ana Roe")


def test_results_may_indicate_what_stands_in_quotation_marks() -> None:
    """A report's own words are its word where it is said to indicate them."""
    first = "The results of a letter of the port indicate that “the island of Sund has nine boats that may be sunk.”"
    assert first in points(digest(first, "Clerks of Sund had not read the letter of the port by Friday."))


def test_what_answers_a_curt_question_stands_not_alone() -> None:
    """``Their aim?`` is half of the sentence behind it."""
    answer = "To find out whether the clerks of Sund are paying for nine boats of the port of Varna."
    assert alone(LEAD, f"Their aim? | {answer}")[2] is None


def test_a_post_that_is_shown_is_no_fact() -> None:
    """What stands above ``— Name (@name)`` in its paragraph is that one's word."""
    post = "The clerk of Sund was on the way to the port when nine rowers struck at her boat."
    assert alone(LEAD, f"{post} | — Harbour Friends of Sund (@sundport) January 9, 2026")[1] is None
    assert alone(LEAD, post)[1] is not None


def test_he_is_no_reporter_behind_the_president() -> None:
    """Where the sentence before tells of someone by an office, ``He`` is not another who holds none."""
    stated = alone(
        "The claim of Sund set off a quarrel, as Jonas Keller and other clerks of the port attacked it.",
        "The president of the island has a longer list of boats that may be sunk.",
        "He has that right through a law passed days after the fall of Varna.",
    )[2]

    assert stated is None or stated.hangs


def test_who_only_some_name_is_not_the_gunman() -> None:
    """Behind ``The gunman`` the name that reports give him is no one's that a digest may put for ``He``."""
    stated = alone(
        "Reports of Sund lay the shooting of Friday to Lt. Jonas Keller, who had come from Varna.",
        "The gunman killed nine islanders of Sund at the port.",
        "He was an islander of Varna and a student of boats, a clerk of the port said.",
    )[2]

    assert stated is None or stated.hangs


def test_a_caption_is_no_point() -> None:
    """A name in a place, without a verb, stood below a picture."""
    assert alone(LEAD, "Ana Roe in the June 1997 issue of Deck Magazine.")[1] is None
    assert alone(LEAD, "Ana Roe in the June 1997 issue sold her ferry to Sund.")[1] is not None


def test_a_post_that_is_quoted_and_shown_speaks_once() -> None:
    """What a page quotes and then embeds is no second voice that says ``I``."""
    post = "I have loved my ferry of Sund for nine long years."
    found = digest(
        "Ana Roe of Sund marked nine years of her ferry with a letter to it on Friday.",
        f"“{post[:-1]},” she wrote. | “My ferry is the best of all the ferries. | I love you.”",
        f"{post} | ❤️ My ferry is the best of all the ferries. | I love you.",
        "Roe of Sund bought the ferry from the port of Varna in May.",
    )

    assert post not in points(found)
    assert "Ana Roe of Sund marked nine years" in points(found)


def test_mr_is_no_introduction() -> None:
    """``Mr Petrenko`` says of a stranger only that he is a man: the first mention gives the name in full."""
    found = digest(
        LEAD,
        "“It is a good bridge,” said Oleg Petrenko, who builds boats in Varna.",
        "Mr Petrenko told the port of Sund that the bridge would open in four years.",
    )

    assert "Oleg Petrenko told the port" in points(found)
    assert "Mr Oleg" not in points(found)


def test_capitals_at_the_beginning_are_lowered() -> None:
    """A paper's loud first word is written as the article writes it elsewhere; an abbreviation keeps its capitals."""
    loud = digest(
        "FISHERMEN from Sund have blocked the strait with forty boats over the new bridge.",
        "The fishermen say that the bridge leaves them no way out to sea.",
    )
    short = digest(
        "NAVO has sent two ships to the strait of Sund because of the blockade there.",
        "Both ships left Ostby on Friday.",
    )

    assert loud.key_points[0].text.startswith("Fishermen from Sund")
    assert short.key_points[0].text.startswith("NAVO has")


def test_words_from_within_a_quotation_are_no_point() -> None:
    """A sentence that someone speaks, its marks in other sentences, is not told as a fact."""
    found = digest(
        LEAD, "“We lost the ferry,” said Ola Berg. | “The bridge is a gift to Ostby. | Nobody here wanted it.”"
    )

    assert "gift" not in points(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The port of Sund declined to comment on the bridge and the ferry.",
        "Welcome to the new bridge over the strait of Sund.",
        "Let's look at the bridge and the ferry of Sund again.",
        "I took the last ferry over the strait to Sund myself.",
        "Take a walk to the bridge and the ferry of Sund today.",
    ],
)
def test_what_tells_nothing_is_no_point(sentence: str) -> None:
    """Silence, greetings and the writer's own person are not what a story comes to."""
    assert sentence not in points(digest(LEAD, "The bridge will carry two lanes and a path for cyclists.", sentence))


def test_a_name_that_looks_like_a_pronoun_is_none() -> None:
    """A company called We Float is not the writer."""
    sentence = "Tickets for the bridge and the ferry of Sund will be sold by the We Float company next week."

    assert sentence in [line.text for line in (*digest(LEAD, sentence).key_points, *digest(LEAD, sentence).next_)]


def test_a_long_first_sentence_is_still_the_news() -> None:
    """The lead is kept however long it is; the summary holds its beginning."""
    lead = (
        "The island council of Sund, which has run the car ferry over the strait since the war and lost money on it "
        "in every year but two, voted late on Friday night to stop the ferry in March, to sell its two boats to a yard "
        "in Varna, and to spend what they bring on a bridge that a builder from Ostby promised to finish within four "
        "years at a price that no one on the council was ready to name."
    )
    found = digest(lead, "The vote was seven to two.")

    assert found.key_points[0].text == lead
    assert len(found.summary) <= 400


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("(Reuters) — The port of Sund is for sale.", "The port of Sund is for sale."),
        ("DELMAR, S.C. (AP) — The port of Sund is for sale.", "The port of Sund is for sale."),
        ("PORT OSTBY--The port of Sund is for sale.", "The port of Sund is for sale."),
        ("Delmar, Ill. — The port of Sund is for sale.", "The port of Sund is for sale."),
        ("SUND, Ostia/VARNA (Reuters) - The port of Sund is for sale.", "The port of Sund is for sale."),
        ("SUND CITY—The port of Sund is for sale again.", "The port of Sund is for sale again."),
        ("Summary: The port of Sund is for sale.", "The port of Sund is for sale."),
        ("16.06 The port of Sund is for sale.", "The port of Sund is for sale."),
        ("7:15 p.m. ET: The port of Sund is for sale.", "The port of Sund is for sale."),
        ("3.5 Million people live in Sund and around it.", "3.5 Million people live in Sund and around it."),
        ("Sund — the old port — is for sale again.", "Sund — the old port — is for sale again."),
    ],
)
def test_datelines_and_labels_are_no_news(sentence: str, told: str) -> None:
    """Agency, place and label before the first words go; a dash inside a sentence does not."""
    assert without_dateline(sentence) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Sund sells its ferry to Varna - Auto News", "Sund sells its ferry to Varna"),
        ("Sund sells its ferry to Varna.", "Sund sells its ferry to Varna"),
        ("Sund sells its ferry to Varna | Port, Sund | Port News - Port, Sund", "Sund sells its ferry to Varna"),
        ("Sund sells its ferry to Varna (Published 2018)", "Sund sells its ferry to Varna"),
        ("Sund sells its ferry to Varna (photos)", "Sund sells its ferry to Varna"),
        ("Sund sells its ferry - and buys a bridge", "Sund sells its ferry - and buys a bridge"),
        ("Sund sells its ferry. Why that is wise.", "Sund sells its ferry. Why that is wise."),
    ],
)
def test_titles_are_headlines(title: str, told: str) -> None:
    """A page's section behind a dash and a lone full stop are no part of a headline."""
    assert clean_title(title, "Harbourton Herald", "herald.example") == told


def test_authors_are_no_part_of_a_headline() -> None:
    """A page's title that ends with its authors' names loses them."""
    byline = ("Ana Roe", "Ola Berg")

    assert clean_title("Sund sells its ferry again - Ana Roe and Ola Berg", "Herald", None, byline) == (
        "Sund sells its ferry again"
    )
    assert clean_title("Sund sells its ferry again - Ana Roe", "Herald", None, byline).endswith("Roe")


def test_a_title_run_into_the_first_sentence_is_taken_out() -> None:
    """Where a page glues headline and report together, the report is told."""
    title = "The port of Sund sells its ferry"
    found = digest_of(
        article(f"{title} The council voted on Friday to sell the boat to Varna.", FILLER, title=title), NOW
    )

    assert found.key_points[0].text == "The council voted on Friday to sell the boat to Varna."


def test_a_child_is_not_taken_for_its_parent() -> None:
    """A pronoun after a sentence about a child, or someone known by a given name alone, is not given to the parent."""
    stated = alone(
        "Ana Roe of Sund is on trial for the death of her nine-month-old child, Gloria. | "
        "She died of a fever that any doctor of the island could have treated.",
    )

    assert stated[1] is not None
    assert stated[1].hangs


def test_no_one_of_the_other_sex_is_meant() -> None:
    """Who is named before a pronoun is its owner only where the pronoun fits him; each pronoun needs its own."""
    stated = alone(
        "Mr. Ola Berg met Ana Roe of Sund at the harbour office. | In May, Berg moved her from the ferry to the tug. | "
        "In June, Berg said his crew had asked for more, and she paid all of them."
    )

    assert [found.hangs for found in stated[:3] if found] == [False, True, True]


def test_who_follows_a_comma_owns_what_stands_before_it() -> None:
    """``In her last years, Roe`` says whose years they were; a boat named after someone owns nothing."""
    stated = alone(
        "Mr. Ola Berg met Ana Roe of Sund at the harbour office on Friday. | "
        "In her last years, Ana Roe built a tug for the port of Sund. | "
        "With his help, Sund built a ferry that it called the Ola Berg."
    )

    assert [found.hangs for found in stated[1:3] if found] == [False, True]


def test_a_report_s_first_sentence_is_told() -> None:
    """``their`` is there whoever the report is about; nothing else would be its news."""
    first = "The old guild of Sund said on Friday that their new school will train nine hundred for the port."

    assert digest(first, "The guild was founded in 1961 at the old ferry.").key_points[0].text == first


def test_whom_a_first_sentence_names_it_means() -> None:
    """However the rest of the report speaks of her: nothing before it could be meant."""
    first = "Ola Roe is unhappy with how his partner Ana Berg sold the ferry of Sund, a letter of the port says."
    stated = alone(f"{first} | She said so.", "Ms. Ola Roe of Sund told the port that she rows, and Ms. Roe left.")

    assert stated[0] is not None
    assert not stated[0].hangs


def test_a_list_s_number_and_a_call_are_no_part_of_a_sentence() -> None:
    """``1) ``, ``Heads up, travellers: `` go."""
    assert without_dateline("2) The port will sell its ferry to Varna.") == "The port will sell its ferry to Varna."
    assert without_dateline("Report: The port has shut its gates.") == "The port has shut its gates."
    assert without_dateline("By Jonas Roe: The port has shut its gates.") == "The port has shut its gates."
    assert without_dateline("Heads up, travellers: The port has shut.") == "The port has shut."


def test_a_headline_cuts_no_quotation() -> None:
    """Where a long title ends in someone's words, they go whole."""
    title = (
        "The mayor of Sund has missed nearly all meetings of the port this year? His answer is ‘Well, I go when I "
        "must, and the port knows’"
    )

    assert first_clause(title, 120) == "The mayor of Sund has missed nearly all meetings of the port this year?"


def test_who_said_it_aside_is_not_glued_on() -> None:
    """``Instead, she said, she will go``: no name fits between; ``they said`` at the end says not who."""
    stated = alone(
        "Ana Roe of Sund met the port on Friday. | Instead, she said, she will sell the ferry to the town of Varna. | "
        "For most of the companies of Sund, the fare is of no concern, they said."
    )

    assert [found.hangs for found in stated[1:3] if found] == [True, True]


def test_a_line_that_a_page_cuts_off_is_not_told() -> None:
    """What ends in ``to`` or ``of`` goes on behind a wall; a line that only lacks its stop is whole."""
    cut, whole = "Ana Roe of Sund has sold the ferry of the port to", "Ana Roe of Sund has sold the ferry of the port"

    assert alone(f"Berg met her. | {cut}")[1] is None
    assert [found.text for found in alone(f"Berg met her. | {whole}")[1:2] if found] in ([], [f"{whole}."])


def test_an_office_before_another_s_name_is_no_owner() -> None:
    """``Minister Ola Berg met her``: the minister is Berg, and he is not she."""
    stated = alone(
        "Ana Roe of Sund was born in Varna. | Mr. Ola Berg of Ostby is the minister of ports. | "
        "In 2021, Minister Ola Berg named her head of the port, and the council confirmed Roe."
    )

    assert stated[2] is not None
    assert stated[2].hangs


def test_a_contrast_is_no_condition() -> None:
    """``But for most`` goes on from something; ``But for the storm, they would`` stands by itself."""
    stated = alone(
        "But for most of the boats of Sund, the fare is of no concern. | "
        "But for the storm, the boats of Sund would be in the port of Varna by now."
    )

    assert [found.text.split()[0] for found in stated[:2] if found] == ["For", "But"]


def test_a_point_within_another_is_told_once() -> None:
    """A page's summary above its report says what the first sentence says again in full."""
    short = "Divers of Sund found nine barrels of tar in the harbour on Sunday."
    found = digest(
        short,
        "Divers of the port authority of Sund found nine barrels of tar, worth a fortune, in the harbour of the town "
        "on Sunday, the authority said on Tuesday in a letter to its members.",
        "The tar of Sund had been lost with the ferry Marie in 1961.",
        "A yard of Varna will buy the barrels of the divers for nine crowns.",
        title="Divers of Sund find barrels",
    )

    assert points(found).count("nine barrels of tar") == 1


def test_what_a_newsroom_does_for_its_readers_is_no_point() -> None:
    """``Port News investigates how …`` announces a text, of whichever paper it is."""
    assert of_itself("Port News investigates how the ferry sank.", "unknown outlet")
    assert not of_itself("Port News says that the ferry sank.", "unknown outlet")


def test_whom_a_paper_met_is_no_point() -> None:
    """That someone spoke to the paper says nothing of what he said."""
    met = "Ana Roe spoke to the Herald in June, a week after the ferry of Sund was sold."
    found = digest(
        met,
        "The port of Sund sold the ferry Marie to a yard in Varna for nine crowns.",
        "The port of Sund sold the ferry Anna to the town of Ostby for ten crowns.",
        title="Sund sells its ferry",
        outlet={"name": "Herald"},
    )

    assert met not in points(found)
    assert not found.background
    assert of_itself("As the Herald reported back in May, the port hopes for a bridge.", "Herald")


def test_that_it_has_happened_before_is_no_point() -> None:
    """``They have had alerts before`` leads on to what is new."""
    before = "The people of Sund have had such ferries before."
    found = digest(
        before,
        "The port of Sund sold the ferry Marie to a yard in Varna for nine crowns.",
        "The port of Sund sold the ferry Anna to the town of Ostby for ten crowns.",
        title="Sund sells its ferries",
    )

    assert before not in points(found)


def test_what_only_announces_a_list_is_no_point() -> None:
    """``The following are …``, behind a dateline too."""
    found = digest(
        "SUND — The following are the ferries of Sund that the port has sold to Varna.",
        "The port of Sund sold the ferry Marie to a yard in Varna for nine crowns.",
        "The port of Sund sold the ferry Anna to the town of Ostby for ten crowns.",
        title="Ferries that Sund has sold",
    )

    assert "The following" not in points(found)


def test_points_follow_the_headline() -> None:
    """Where enough is told of the news itself, an aside about something else is no point."""
    aside = "Nine bakers of Ostby won a prize for their bread at a fair on Monday evening."
    found = digest(
        "The port of Sund sold its ferry to Varna on Friday.",
        aside,
        "The ferry had carried nine million people since 1961.",
        "The port of Sund will build a bridge with the money of Varna.",
        "A clerk of the port said that the ferry was sold for nine crowns.",
        title="Sund sells its ferry to Varna",
    )

    assert aside not in points(found)
    assert len(found.key_points) > 1


def test_a_headline_is_no_mere_circumstance() -> None:
    """Where a title opens with ``As …``, what happened comes behind the comma."""
    title = (
        "As the last ferry of Sund is sold to the port of Varna after ninety years, the islanders ask who will "
        "now carry them over the strait when it storms"
    )

    assert first_clause(title, 120).startswith(
        "As the last ferry of Sund is sold to the port of Varna after ninety years, the"
    )


def test_a_headline_ends_with_a_clause() -> None:
    """A title that is only the first sentence's beginning becomes its first whole clause, without an ellipsis."""
    first = (
        "Sund and Ostby have agreed to build a bridge over the strait together after the last ferry ran aground in the "
        "storm of Sunday night and forty passengers had to be taken off."
    )
    found = digest_of(article(first, FILLER, title=first[:104] + "…"), NOW)

    assert found.headline == "Sund and Ostby have agreed to build a bridge over the strait together"
    assert len(first_clause("word " * 60, 120)) <= 120


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ('The bridge "is as likely to harm the ferry as it is to help the town of Sund."', False),
        ('The bridge, said the mayor, "is as likely to harm the ferry as it is to help the town."', True),
        ('The crew of the ferry played the old song "When I Was a Boy in Harbourton" on Monday.', True),
        ("The hapless council of Harbourton sold the ferry in March.", False),
        ("A sailor called the council of Harbourton hapless in March.", True),
        ("The clueless council of Harbourton denied the sale of the ferry in March.", False),
        ("See the map of the ferry of Harbourton at https://herald.example/map on Monday.", False),
    ],
)
def test_whose_word_it_is_a_point_says(sentence: str, told: bool) -> None:
    """A quotation without its speaker, praise and scorn without theirs, and addresses are no points."""
    found = digest(LEAD, sentence)

    assert (sentence in points(found)) is told


def test_a_report_that_quotes_much_has_points_none_the_less() -> None:
    """What stands between quotation marks speaks to no reader: it does not make a report a page of advice."""
    quoted = [f"“We saw it coming {n} times, and you know how I hate to be right.”" for n in range(2, 30)]
    told = (
        "The ferry of Sund made 900 trips in March.",
        "The port of Ostby sold a second boat to Varna.",
        "The bridge over the strait opened on Friday.",
    )
    found = digest(LEAD, *told, *quoted)

    assert all(sentence in points(found) for sentence in told)


def test_links_to_other_pages_are_no_report() -> None:
    """A page of headings and of lines that break off is refused: it holds no report."""
    links = [f"Ferry number {n} of the port of Sund runs aground off Os..." for n in range(20)]

    with pytest.raises(NotAnArticle):
        digest_of(
            article(*links, *(f"Ferry {n} of Sund sails again from Ostby and from Varna now" for n in range(9))), NOW
        )


def test_who_wrote_a_page_is_no_news() -> None:
    """The note on its writer names the page's outlet or its writer; who writes for others may be news."""
    names = ["Harbourton Herald", "Ana Roe"]

    assert is_furniture("Ola Berg is a shipping reporter for the Harbourton Herald.", "", names)
    assert is_furniture("Roe is the editor of a weekly.", "", names)
    assert not is_furniture("Ola Berg is a shipping reporter for the Ostby Times.", "", names)


def test_what_a_page_says_of_its_changes_is_no_report() -> None:
    """When and why a page was changed is its own matter; what it reports under ``Update`` is news."""
    assert is_furniture("Update January 3rd, 8:05AM ET: Added the port's answer and a map.", "", [])
    assert is_furniture("UPDATE: Jan. 2, 2026, 2:16 p.m. EST Updated with the port's answer.", "", [])
    assert not is_furniture("UPDATE: The port has sold its ferry to Varna.", "", [])


def test_a_brief_report_without_full_stops_is_read() -> None:
    """Where hardly a line ends in a stop, the lines as long as sentences are the report."""
    found = digest_of(
        article(
            "The port of Sund has this morning paid nine million for a ferry that was built in Varna",
            "The boat is due at the quay of Sund at the end of the week if the weather holds that long.",
            title="Sund buys a ferry",
        ),
        NOW,
    )

    assert found.key_points[0].text.endswith("that was built in Varna.")
