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


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is rotten and must go,” the Sund Gazette quoted Jonas Berg as saying.",
        "The Sund Gazette quoted Jonas Berg as saying: “The pier is rotten and must go.”",
        "Jonas Berg is quoted as saying: “The pier is rotten and must go.”",
        "Jonas Berg, Sund Gazette spokesman told them: “The pier is rotten and must go.”",
        "Jonas Berg, the town's new harbour chief told the Sund Gazette: “The pier is rotten and must go.”",
        "The storm is over, Jonas Berg, the harbour chief told the Gazette. | It was “the end of a pier now”, he said.",
    ],
)
def test_who_is_quoted_by_a_paper_or_told_of_by_his_post_speaks(text: str) -> None:
    """The paper that passes on words did not speak them, nor did a post that no comma closes."""
    assert quoted("Peter Falk met Jonas Berg on the pier. | Falk left.", text) == {"jonas-berg"}


@pytest.mark.parametrize(
    "text",
    [
        # A plan's words, and those of a paper's witness whom no one names.
        "Jonas Berg quoted the town's old plan as saying: “The pier is rotten and must go.”",
        "“The pier is rotten and must go,” the Sund Gazette quoted an official as saying.",
        # Told by one, passed on by the other.
        "Jonas Berg told them the pier was “rotten and had to go”, the Sund Gazette reported.",
        "Jonas Berg played a clip of the mayor's daughter saying, “The pier is rotten and must go.”",
        "Jonas Berg dismissed claims that his plan was “a danger to all of us”.",
        "Jonas Berg said it was wholly wrong to suggest that his plan was “a danger to all of us”.",
        "Jonas Berg said: “I was there. He added: “The pier is rotten and must go.”",
        "Jonas Berg told fans of a new tune with lyrics like “the pier is rotten and must go”.",
        "Jonas Berg held up a sign saying, “The pier is rotten and must go.”",
        "Jonas Berg nods as a guard walks in front of him, saying he is “here to fix the rotten old pier”.",
        "Jonas Berg showed a film in which you hear someone ask him, “Is the pier rotten or not?”",
    ],
)
def test_words_that_someone_only_passes_on_are_not_his(text: str) -> None:
    """What a plan, a witness, a daughter, an opponent, a song or just someone said is given to no one else."""
    assert quoted("Jonas Berg came to the pier. | The Sund Gazette was there.", text) == set()


@pytest.mark.parametrize(
    "between",
    [
        "Jonas Berg's official spokesman declined to say whether he would stay.",
        "Since Jonas Berg came to the town, this writer has taken it upon himself to tell of Jonas Berg.",
        "Jonas Berg spoke of the port. | Bozul, 38, was there too.",
        "Jonas Berg asked about the port.",
        "Peter Falk came. | He said it was late and Jonas Berg might be heard.",
        "The tenth seed, who is to meet Jonas Berg, left.",
        "They all longed to be the chief Jonas Berg rival.",
        "“It is late,” the family patriarch tells Jonas Berg.",
        "Jonas Berg, seeing his father's fear, left the pier.",
    ],
)
def test_whoever_else_the_last_sentence_brings_up_may_go_on(between: str) -> None:
    """His spokesman, this writer, a stranger with an age, whom he asked, or who spoke to him."""
    last = "“I have been very kind to you,” he said."
    assert all("kind to you" not in words for _, words in said(digest("The port lay still.", between, last, FILLER)))


def test_a_description_that_names_another_place_is_another_one() -> None:
    """The Maine senator is not the senator of Ohio, though the article knows no other."""
    first = "The Ohio senator Jonas Berg came to the pier. | Peter Falk was there too."
    last = "“I have been very kind to you,” the {} senator said."
    assert quoted(first, last.format("Ohio")) == {"jonas-berg"}
    assert quoted(first, last.format("Maine")) == set()


def test_a_surname_is_not_of_the_relative_whom_it_is_told_by() -> None:
    """``Roe is a nephew of Jo Roe``: from then on the bare name is in doubt."""
    last = "Berg said: “I do not know what made me do it.”"
    assert quoted("Berg, who left on Friday, is a nephew of the former mayor Peter Berg.", last) == set()


def test_a_sir_is_called_by_his_first_name() -> None:
    """``Sir Jonas`` is Sir Jonas Berg; what is left of ``Mr. T`` is no name at all."""
    first = "Sir Jonas Berg came to the pier on Friday. | Mr. T was there too."
    assert quoted(first, "Sir Jonas said: “I do not know what made me do it.”") == {"jonas-berg"}
    assert quoted(first, "Mr. T said: “I do not know what made me do it.”") == set()


def test_a_verb_right_before_the_words_outdoes_one_behind_them() -> None:
    """``what Roe called "…," the club said``: the term is Roe's."""
    text = "Under what Jonas Berg called “the old way of running the town,” the Sund Gazette said, boats cost more."
    assert quoted("The Sund Gazette was there.", text) == {"jonas-berg"}


def test_whoever_cuts_in_goes_on() -> None:
    """``"…," Roe said, and her husband cut in. "…"``: the second one is not Roe's."""
    first = "“The pier is rotten and must go,” {} Berg said, and her husband cut in. | “We never liked it at all.”"
    assert [words for _, words in said(digest(f"Mayor Ana Berg came. | {first.format('Ana')}", FILLER))] == [
        "The pier is rotten and must go"
    ]


def test_words_of_two_are_not_those_of_a_mere_he() -> None:
    """A quotation pulled out of the text parts a speaker from "he continued": the words named elsewhere settle it."""
    found = digest(
        "“If the port mends the wall now, the boats are safe by May,” Ivo Marr said.",
        "The port heard the ferryman Tom Roe on Monday as well.",
        "“If you do not have a big wall, you will not make it,” Roe said of the storm.",
        "“The wall is not used for what it was built to do,” he continued. | "
        "“If the port mends the wall now, the boats are safe by May.”",
    )

    assert [speaker for speaker, text in said(found) if "built to do" in text] == []
    assert {speaker for speaker, text in said(found) if "mends the wall" in text} == {"ivo-marr"}


def test_a_show_of_two_names_does_not_speak() -> None:
    """``Said Jo and Al executive producer Ana Roe``: she speaks; of two who speak each keeps his words."""
    found = digest(
        "Jonas Marr and Alma Berg read books to the islanders of Sund every Monday.",
        "“It was very hard to follow the list of last year,” said Jonas and Alma executive producer Tove Roe. | "
        "“We were spoiled for choice in the end.”",
    )

    assert {speaker for speaker, _ in said(found)} == {"tove-roe"}


def test_who_hosts_a_forum_does_not_speak_at_it() -> None:
    """``At a forum hosted by Roe, he said``: he is the one the text was about, or no one that can be told."""
    found = digest(
        "Ivo Marr, the ferryman of Sund, asked for a wall, and Marr means to have it by May.",
        "At a forum of the ferrymen hosted by the mayor Tom Roe on Friday, he said that a wall would last.",
        "“A wall is one more thing for the sea to break,” he told the forum.",
    )

    assert "tom-roe" not in {speaker for speaker, _ in said(found)}


def test_a_speaker_who_cannot_be_read_is_not_the_one_before() -> None:
    """Behind the words stands "said" and someone; that a stop is missing makes them nobody else's."""
    found = digest(
        "The port of Sund went to court over its ferry on Monday.",
        "“Do we have a way to change what happens? We think that we do,” said Ivo Marr, a clerk of the port. | "
        "“The risks of the court are real,” said Ostby First Harbour analyst Vadim Roe The quarrel of the two towns is "
        "partly about the wall.",
    )

    assert ("ivo-marr", "The risks of the court are real") not in said(found)


def test_whoever_teaches_at_a_university_speaks_and_not_the_university() -> None:
    """``University of Sund law professor Ola Roe told``: the body's name is one word of what he is."""
    text = "University of Sund law professor Ola Berg told the Gazette the move was “certainly a long shot for us”."
    assert quoted(text, "Ola Berg left.") == {"ola-berg"}
    assert quoted(text.replace(" law professor Ola Berg", ""), "Ola Berg left.") == {"university-of-sund"}


def test_who_produces_a_show_is_no_firm() -> None:
    """``Frank Roe, an executive producer of a show who``: he is the one whom "he said" behind it means."""
    first = "Mayor Ivo Marr said: “The pier is rotten and must go.”"
    last = "“It was a form of theatre for all of us,” he said."
    agreed = "Frank Roe, an executive producer of Lowtide who is also a clerk at the Gazette, agreed that it was loud."
    assert ("frank-roe", "It was a form of theatre for all of us") in said(digest(first, agreed, last, FILLER))


def test_a_clause_that_begins_with_while_keeps_its_own_words() -> None:
    """``While Roe accused Poe of being "…," Poe said he was not``: the words are Roe's."""
    text = "While Ana Berg accused Ola Falk of working “to be nasty to the town,” Falk said he only asked for help."
    assert quoted("Mayor Ana Berg met Ola Falk.", text) == {"ana-berg"}


def test_a_sentence_that_names_its_speaker_asks_no_other_one() -> None:
    """``Roe says it is a choice, which he sums up as "…"``: he is Roe, whoever spoke in the sentence before."""
    before = "Ola Falk spoke last week of new tolls, but he said that the pier was more important."
    text = "Jonas Marr says the town faces a choice, which he sums up as “weighing the tolls against the harm of it.”"
    assert quoted(before, text) == {"jonas-marr"}


def test_whom_a_speaker_does_not_endorse_says_nothing() -> None:
    """``Cheers rang out as Roe ended her speech without endorsing Poe and telling …, saying: "…"``: never Poe."""
    text = "Cheers rang out as Ana Berg ended her speech without endorsing Ola Falk and telling all to row, saying:"
    assert quoted(text, "“Do not stay at home in the winter, and row.”", "Ola Falk left.") == {"ana-berg"}


def test_who_is_called_on_the_telephone_is_not_called_something() -> None:
    """``Roe called Poe and plans to meet him to discuss "…"``: nobody has said it."""
    text = (
        "The town revealed that Mayor Ana Berg called Ola Falk and plans to meet him on Friday, to discuss “how to {}.”"
    )
    assert quoted(text.format("build on the work that he has done for the town")) == set()


def test_what_several_hold_is_in_words_of_others() -> None:
    """``According to a report the Rowers believe it "…"``: the report's words or theirs, so no one's."""
    belief = "According to a report, the Sund Rowers Association believes that the plan “could backfire on all of us.”"
    assert quoted("The Sund Rowers Association met.", belief) == set()
    assert quoted("The Sund Rowers Association met.", belief.replace("believes", "said")) == {"sund-rowers-association"}


def test_a_name_that_men_and_women_bear_leaves_a_pronoun_in_doubt() -> None:
    """``Lindsay Roe was firmer. "…," he told``: Lindsay is a man's name too, and so he is not the man named before."""
    first = "“The pier is rotten and must go,” Mayor Ivo Marr said."
    firm = "Marr's ally in the council, the clerk Lindsay Roe, was firmer."
    found = digest(first, firm, "“I want you to tell the town that it is a mistake,” he said.", FILLER)
    assert {speaker for speaker, text in said(found) if "mistake" in text} <= {"lindsay-roe"}


def test_of_two_of_a_surname_the_one_named_last_may_be_meant() -> None:
    """Behind ``former mayor Tom Roe`` the article's Roe is in doubt until it is named anew."""
    about = "Alma Berg wants to be mayor of Sund. | Alma Berg was there, and Berg spoke of Berg's own plans."
    former = "The former mayor Tom Berg spoke last on Friday."
    last = "“She always wants to move the boats ahead,” Berg said."
    assert all("boats ahead" not in text for _, text in said(digest(about, former, last, FILLER)))
    assert ("alma-berg", "She always wants to move the boats ahead") in said(digest(about, last, FILLER))


def test_he_said_behind_a_sentence_about_someone_is_another() -> None:
    """``Roe would be in the front line, he said``: whoever says so of Roe is not Roe."""
    before = "Jonas Marr left for the town on Friday morning."
    last = "“It is not over yet for us,” he promised."
    assert quoted(before, f"And Marr would be in the front line, he said. | {last}") == set()
    assert quoted(before, f"And he would be in the front line, he said. | {last}") == {"jonas-marr"}


def test_a_president_is_the_one_the_article_calls_so() -> None:
    """``President Stone`` heads a sentence, and stone is a word too: "the president said" is no other one."""
    found = digest(
        "President Stone on Sunday spoke of the wall of Sund.",
        "Stone went on that the harbour had not been mended for years, but he said he spoke to the Norwegian President "
        "Ivo Marr as well.",
        "“I do not believe that it will be necessary,” the president wrote in a letter.",
    )

    assert {speaker for speaker, _ in said(found)} <= {"stone"}
    assert "stone" in {entity.id for entity in found.entities}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # "Roe" stands behind the comma of what the aide says.
        (
            "According to a senior aide, Marr had spent days working on how to “lay the groundwork for him.”",
            {"tom-marr"},
        ),
        # Who reads a book out has not written it.
        ("“We drew the boat through the streets of the town,” quoted Marr from the mayor's book.", {"tom-marr"}),
        # A new sentence, whose space was lost.
        ("“We want to be rid of the tolls across the board.”Marr also notes that it rained.", {"tom-marr"}),
        (
            "Marr denounced it as a break with assurances by the mayor that, “out of respect for us,” all could row.",
            {"tom-marr"},
        ),
        (
            "Marr pointed to a law that requires a hearing before ending “all rights and uses of the bank.”",
            {"tom-marr"},
        ),
        (
            "Marr had called to congratulate her, it was clear to all that she “had not lifted a finger for it”.",
            {"tom-marr"},
        ),
    ],
)
def test_whoever_stands_near_the_words_has_not_said_them(text: str, speakers: set[str]) -> None:
    """They are of an aide, a book, a law, or of someone whom a noun names."""
    assert not quoted("Tom Marr, the ferryman, rowed to Sund on Monday.", text) & speakers


def test_whom_another_drew_in_is_not_the_he_of_that_sentence() -> None:
    """``After drawing Roe in, calling him "…," he ended with: "…"``: he is another."""
    text = "And after drawing Mr. Berg in, calling him “an island original, a man of his own making,” "
    text += "he concluded the talk with: “Join us. | Join me now and row.”"
    assert quoted(f"Mr. Falk offered a preview of his plans. | {text}", "Jonas Berg left. | Ivo Falk left.") == set()


@pytest.mark.parametrize(
    "text",
    [
        # The clause that begins the sentence is about another.
        "So, while the clerk may believe that it leads to “a long war of the boats,” Marr said: “we forget the storm.”",
        # The verb behind introduces words of its own.
        "Though foes of the wall argue it would be “leaving open a lane” for boats, Marr said, “we forget the storm.”",
        # A sentence whose space was lost.
        "“But on the pier it seems that all of us are afraid.”On Friday, Marr said the storm could come.",
        # What is told of someone else in a clause of his own.
        "Marr began to row again under the mayor who, with his clerk, has often “called for one harbour for us all”.",
        # A source speaks, not the one who cites it.
        "Marr last week cited a source close to the port suggesting it did not plan “to make a lot of new deals”.",
    ],
)
def test_a_clause_of_its_own_leaves_the_words_to_another(text: str) -> None:
    """Whoever a verb of another clause tells of has not said them."""
    found = said(digest("Tom Marr, the ferryman, rowed to Sund on Monday.", text, FILLER))
    assert [words for who, words in found if who == "tom-marr"] in ([], ["we forget the storm."])


def test_whoever_works_for_a_body_of_a_place_speaks_for_himself() -> None:
    """``said RASU of Sund staff attorney Ana Roe``: she says it."""
    text = "“These tolls are against the law of the land,” said RASU of Sund staff attorney Ana Berg on Friday."
    assert quoted("The Rowers and Sailors Union (RASU) met.", text, "Ana Berg left.") == {"ana-berg"}


def test_a_reporter_who_signs_below_has_not_said_it() -> None:
    """In a live report ``—Jo Roe`` behind what someone said is who wrote it; alone below a quotation he said it."""
    first = "You must not weigh lives against boats, Mayor Ana Berg stressed. | “We want the boats to be safe by May.”"
    live = digest(f"{first} —Jonas Marr", "Jonas Marr left.", FILLER)
    assert "jonas-marr" not in {speaker for speaker, _ in said(live)}
    pulled = digest("“We want the boats to be safe by May.”", "—Jonas Marr", "Jonas Marr left.", FILLER)
    assert {speaker for speaker, _ in said(pulled)} == {"jonas-marr"}


def test_a_surname_means_no_one_first_named_long_after() -> None:
    """The article's Roe, whose first name no rule reads, is not the Jo Roe of its end."""
    first = "Berg, speaking on Sunday, said the mayor must go. | “He should not own a boat any more,” Berg said."
    falls = "rain snow sleet hail ice dust sun sand wind fog mist dew rime".split()
    rain = [f"The {word} fell on the {roof} of the town." for word in falls for roof in ("roofs", "boats", "walls")]
    assert quoted(first, *rain, "Helping the rowers will be Jonas Berg, a clerk.") == set()
    assert quoted(first, "Helping the rowers will be Jonas Berg, a clerk.") == {"jonas-berg"}


def test_whom_a_heading_names_in_full_is_not_his_foundation() -> None:
    """``Roe told`` of an article headed by Jo Roe means no Roe Foundation."""
    text = "A year earlier, Marr told a clerk: “I do have a friend and I can tell you that he is very kind.”"
    later = "The Marr Foundation gave boats. | The Marr Foundation met on Monday."
    assert said(digest(text, later, FILLER, title="What Jonas Marr's claims are worth")) == []


def test_an_office_that_many_hold_means_whom_the_paragraph_names() -> None:
    """``Roe of Sund spoke out. "…," the new senator said``: not the senator of the paragraph before."""
    first = "“To do nothing is to harm us all,” Senator Ana Berg said."
    spoke = "Among the rowers Ivo Marr of Sund has been alone in speaking out. | "
    last = (spoke + "In a letter issued last Friday, the new senator said he was {}.").format(
        "“sick of the harm that has been done to all of us”"
    )
    found = digest(first, last, FILLER)
    assert "sick of the harm that has been done to all of us" not in {text for _, text in said(found)}
    abbreviated = digest(first, last, "Sen. Ivo Marr rowed home.", FILLER)
    assert "ana-berg" not in {speaker for speaker, text in said(abbreviated) if text.startswith("sick")}


def test_the_ministers_spokesman_is_no_partys_spokesman() -> None:
    """``The prime minister's official spokesman`` is none of those who are called spokesmen of something else."""
    party = "Island Party foreign affairs spokesman Ivo Marr repeated his call for a vote."
    official = "The prime minister's official spokesman also said: “The clerk made it clear that the words were his.”"
    assert quoted(party, official) == set()


def test_a_shout_is_no_ones_who_tells_of_it() -> None:
    """``he talks of a dance and a shout of "…"``: the crowd shouted."""
    text = "Ivo Marr talks of a dance by island girls before a salute and shout of “free boats - free boats for all”."
    assert quoted("Ivo Marr left.", text) == set()


def test_a_sentence_behind_the_words_tells_its_own_speaker() -> None:
    """``The question is: "…?" The Council said it was clear``: the Council has not asked it."""
    text = (
        "The question for the vote is: “Should the island build a wall for boats?” The Sund Council said it was clear."
    )
    assert quoted("The Sund Council met.", text) == set()


def test_what_a_book_claims_someone_said_is_in_doubt() -> None:
    """``Poe's book claimed that Roe told her: "…"``: she may never have said it."""
    text = "A book claimed that Ivo Marr told the mayor: “There is nothing that you could say to me.”"
    assert quoted("Ivo Marr left.", text) == set()
    assert quoted("Ivo Marr left.", text.removeprefix("A book claimed that ")) == {"ivo-marr"}


def test_an_age_parts_no_one_from_what_he_says() -> None:
    """``Roe, 70, who lives next to Poe, said he called. "…," he said``: he is Roe."""
    text = "Ivo Marr, 70, who lives next door to Falk and his mother, said on Friday that he called the clerk."
    last = "“I was afraid because I knew that he had been at sea,” he said."
    found = digest("Jonas Falk was not at home.", text, last, FILLER)
    assert {speaker for speaker, _ in said(found)} == {"ivo-marr"}


def test_words_that_someone_unclear_has_said_elsewhere_are_not_his_who_goes_on() -> None:
    """A quotation pulled into another's words stays out, though the one who said it cannot be told for sure."""
    found = digest(
        "“If the port mends the wall now, the boats are safe by May,” a clerk said.",
        "The port heard the ferryman Tom Roe on Monday as well.",
        "“If you do not have a big wall, you will not make it,” Roe said of the storm.",
        "“The wall is not used for what it was built to do,” he continued. | "
        "“If the port mends the wall now, the boats are safe by May.”",
        FILLER,
    )
    assert {text for _, text in said(found) if "mends the wall" in text or "built to do" in text} == set()


def test_a_surname_behind_a_relative_alone_may_be_the_relatives() -> None:
    """``Jo Roe's son Al answered. "…," Roe wrote``: the son's words, and so not the father's."""
    first = "The Rev. Tom Falk's son Jonas answered the letter on Friday."
    last = "“My father knew the mayor, and he believed in the mayor,” Falk wrote."
    then = "Falk said that his father would be very sad. | “The paper has been used by the left for years,” he wrote."
    found = digest("Tom Falk preached on the island.", first, last, then, FILLER)
    assert "tom-falk" not in {speaker for speaker, _ in said(found)}


def test_a_story_that_alleges_something_is_not_its_reader() -> None:
    """``Roe called for a vote after the Gazette ran a piece Saturday alleging "…"``: the piece's words."""
    text = (
        "Mayor Ana Berg called for Ivo Marr to be heard on Sunday after the Sund Gazette ran a piece Saturday alleging "
    )
    text += "that a rower saw friends of Marr push “his oar into the hand of” a girl at the pier."
    assert quoted("Ana Berg left.", text) == set()


def test_someone_without_a_name_who_acts_may_be_the_he_that_follows() -> None:
    """``Not far from Roe, the mayor appeared at ease. He told them: "…"``: he is the mayor."""
    first = "Ivo Marr also went toe-to-toe with the man whom he hopes to follow."
    second = "Appearing in the harbour, not far from Marr, the mayor appeared to speak of the same storm."
    last = "He told a crowd of rowers: “This is not the island that we have known.”"
    assert quoted(first, f"{second} | {last}") == set()
    assert quoted(first, last) == {"ivo-marr"}


def test_where_words_were_printed_is_not_who_said_them() -> None:
    """``"…" — Sund Gazette, Jan. 30, 1975``: a source; a man who signs so speaks."""
    words = "“If a rower does not love the sea, he had better stay at home and have done with it.” — {}."
    assert quoted(words.format("Sund Gazette, Jan. 30, 1975"), "The Sund Gazette and Ana Berg met.") == set()
    assert quoted(words.format("Ana Berg, a rower"), "Ana Berg left.") == {"ana-berg"}


def test_a_surname_that_is_an_acronym_too_is_someones() -> None:
    """``Andy Ngo`` tweets; "he tweeted" behind him is no one named before."""
    first = "Officers looked into it, Mayor Ivo Marr said on Friday, and Marr asked for help."
    tweeted = "Andy Ngo, an editor with the site Lowtide, tweeted pictures of his face. | He wrote that he was hit."
    last = "“They took all of my things on the pier,” he tweeted."
    found = digest(first, tweeted, last, FILLER)
    assert "Andy Ngo" in {entity.name for entity in found.entities if entity.kind == "person"}
    assert {who for who, text in said(found) if "my things" in text} <= {"andy-ngo"}
