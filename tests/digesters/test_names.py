"""Which words are names, of what kind, and which of them mean the same one."""

from __future__ import annotations

import pytest

from bot.domain.digests import Digest
from tests.digesters.samples import digest, entity, named


def names_in(found: Digest) -> set[str]:
    """All its names."""
    return {each.name for each in found.entities}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("The fashion retailer Ted Baker cut a third of its staff on Monday.", "organisation", "Ted Baker"),
        ("Stonor, which makes boots in the north of the country, was sold.", "organisation", None),
        ("In the end they bought Stone Island, an Italian casualwear brand.", "organisation", "Stone Island"),
        ("The talks in the evening were led by Ursula von der Leyen.", "person", "Ursula von der Leyen"),
        ("Late in the evening Dwayne “The Rock” Johnson left the hall.", "person", "Dwayne Johnson"),
        ("Then came the foreign minister, Riyad al-Maliki, in a grey car.", "person", "Riyad al-Maliki"),
        ("The vote was won in November by Democrat Anna Brown, who is 50.", "person", "Anna Brown"),
        ("A fire broke out on Sunday in Sapporo after the snow.", "place", "Sapporo"),
        ("They stood on a hill near the village of Alma al-Chaab for an hour.", "person", None),
        ("In that year the league champion Green Bay Packers lost the game.", "person", None),
        ("He works for the Honda-powered racing team of Andreas Seidl.", "person", "Andreas Seidl"),
        ("Later she met Roe-supporting Dockers Union men at the pier.", "organisation", "Dockers Union"),
        ("The songs were made with the producer John Shanks (Bon and others).", "person", "John Shanks"),
        ("In the evening she sang at the American Music Awards of that year.", "event", "American Music Awards"),
        ("Late in May 21st Century Roe, whose boats all sank, told them that Roe paid.", "person", None),
        ("The letter was signed by VP Bill Shaw and by the harbour office.", "person", "Bill Shaw"),
        (
            "Then came the Alliance for American Manufacturing with its list.",
            "organisation",
            "Alliance for American Manufacturing",
        ),
    ],
)
def test_a_name_has_its_words_and_its_kind(text: str, kind: str, name: str | None) -> None:
    """Particles, nicknames and articles belong to a name; party, company's trade and make do not."""
    found = digest(text)
    assert named(found, kind) == ({name} if name else set())


@pytest.mark.parametrize(
    "name",
    [
        "Sund Oceanic and Atmospheric Administration",
        "United Food and Harbour Workers Union",
        "Sund Parks and Wildlife Department",
        "Centre for Vision, Speech and Signal Processing",
        "Academy of Film Arts and Sciences",
        "School for the Deaf and the Blind",
        "Project on Harbour Oversight",
        "Community of North Sund Ports",
        "Committee for an Open Harbour",
        "Transport and Harbour Workers' Union",
        "St Hild's Shopping Centre",
        "Sund Internet Institute",
        "Bureau of Alcohol, Tobacco, Firearms and Explosives",
        "Harbour Journal of Medicine",
        "National Partnership for Women & Families",
        "Ethics and Public Harbour Center",
        "Sund College of Tides",
        "Observatory for Harbour Rights",
        "Joint Chiefs of Staff",
        "Times of Varn",
        "Bureau of Justice Records",
        "Americans for Open Harbours",
        "House Oversight and Harbour Reform Committee",
        "Senate Health, Education, Labor and Pensions Committee",
        "American Airlines Group Inc.",
    ],
)
def test_a_body_s_name_is_whole(name: str) -> None:
    """An "and" joins what one body is in charge of, a list too; what it is for belongs to its name, and its saint."""
    assert names_in(digest(f"The letter that came last week was written by the {name} after the storm.")) == {name}


def test_an_acronym_tells_that_an_and_joins_one_name() -> None:
    """Without it "Salt and Contract Office" may be two."""
    found = digest("The letter was written by the Salt and Contract Office (SCO) after the storm.")
    assert names_in(found) == {"Salt and Contract Office"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "In the end Vice President Ana B. Roe Jr. Unlike Mr. Doe, who left, stayed in the hall.",
            {"Ana B. Roe Jr.", "Doe"},
        ),
        ("In the end the shares of Sund Boats Inc. SUND fell by a lot.", {"Sund Boats Inc."}),
        ("In the end it was paid by Sund Boats Inc. Chief Executive Ana Roe.", {"Sund Boats Inc.", "Ana Roe"}),
        ("He often walked past the old Ana Roe Jr. High School of the town.", {"Ana Roe Jr. High School"}),
        ("They went to Sund College and Sund Law School for many years.", {"Sund College", "Sund Law School"}),
        ("It was told of the boats of a post-New Zealand time at a SUND-World Bank meeting.", set()),
        ("Later it was the turn of Ohio Republican Ana Roe.", {"Ohio", "Ana Roe"}),
        (
            "They spoke to the Senate Harbour Committee on Capitol Hill of it.",
            {"Senate Harbour Committee", "Capitol Hill"},
        ),
        ("It was paid as the Veteran's Memorial Harbour Act has it.", set()),
        ("A sign hung for a year at the Little Brother Bar of the town.", {"Little Brother Bar"}),
        ("She was welcome at the Bush II White House of those days.", {"White House"}),
        ("They work in the Sund Region 5 of it and in Region 6 of it.", set()),
        ("It was said on Friday by Rep. Ana Roe, Georgia Republican, at length.", {"Ana Roe", "Georgia"}),
        ("They brought it to the Democratic-majority Senate in those days.", {"Senate"}),
        ("They pay the Departments of Harbours and of Tides and Health again.", set()),
        ("They met for an hour at the Democratic National Convention of May.", {"Democratic National Convention"}),
        ("It was told of a Phase 3 trial by the Sund Institute of Tides-run office.", set()),
        ("It was told by Fake News pages in those days.", set()),
        ("They wrote to [Democratic Sen. Ana] Roe about the old boats again.", set()),
        ("They live in the 16th Harbour District and like it very much.", set()),
        ("It was told of a Jo Ana Roe White House in those days.", {"Jo Ana Roe", "White House"}),
        ("It was told of the Kentucky Democratic Senate race in those days.", {"Kentucky", "Senate"}),
        ("It was told of the African American Jo Roe in those days.", {"Jo Roe"}),
        ("It was told of the old boats by Conservative Jo Roe in those days.", {"Jo Roe"}),
        (
            "It was paid by the Sund Department of Health and State University of Varn in May.",
            {"Sund Department of Health", "State University of Varn"},
        ),
        ("He will go back to the White House for Ana Roe this year.", {"White House", "Ana Roe"}),
        ("She read it in the news of the Varn News Agency on Twitter today.", {"Varn News Agency", "Twitter"}),
        ("In the evening the House Speaker Paul Roe of Wisconsin left.", {"Paul Roe", "Wisconsin"}),
        ("The list then has Ana Roe Former governor of the bank.", {"Ana Roe"}),
        ("The plan came from the Minister for Children Margaret Roe on Monday.", {"Margaret Roe"}),
        ("Late in the day the shots of Ms. Hill were seen by everyone.", {"Hill"}),
        ("They sang the Players' Nathan Roe a song in the evening.", {"Nathan Roe"}),
        ("The paper says that a British teacher, Dennis Hills, was held.", {"Dennis Hills"}),
        ("He was the best in the week when she wore a Ralph & Roe gown there.", set()),
        ("A headline of the week had it that How Ana Roe Is Suddenly was read.", set()),
        ("The double Olympic winner and the General Election were both in the news.", set()),
        ("In those years before World War I the town was small.", {"World War I"}),
    ],
)
def test_names_are_neither_glued_nor_cut(text: str, names: set[str]) -> None:
    """Where one name ends, another begins, or none stands, the words around it do not join it."""
    assert names_in(digest(text)) == names


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("In May the film-maker Theo Varn was at the festival by the sea.", "person", "Theo Varn"),
        ("On Monday the television producer Shond Rhim spoke at length to them.", "person", "Shond Rhim"),
        ("It rained when John Varnwood, the man behind the harbour website, left.", "person", "John Varnwood"),
        ("In that year he had played at Ohio State and was well known.", "organisation", "Ohio State"),
        ("He said it on the day of the State of the Union in the evening.", "organisation", None),
        ("They gave it to the Speaker of the House in the evening there.", "organisation", None),
        ("It was in the days of the Obama White House that the pier was built.", "place", "White House"),
        ("A vote of the Republican Senate was near in those days of summer.", "organisation", "Senate"),
        ("Fly-half Charlie Varnwood was at the festival by the sea in May.", "person", "Charlie Varnwood"),
        ("Then LINDSAY Roe left the hall in the evening, and it was dark.", "person", "Lindsay Roe"),
        ("On her right sat her cousin, Varnish actor Miguel Roe, in a suit.", "person", "Miguel Roe"),
        ("A practising Roman Catholic was heard by them in the evening there.", "person", None),
        ("The letter was for the President Only, he said, and stayed shut.", "person", None),
        ("They heard it on the Varn Point programme in the evening, at ten.", "place", None),
        ("Male voters were few in that year, and the male ones left.", "place", None),
        ("In the hall the Annual Harbour Awards were given to three of them.", "event", "Harbour Awards"),
        ("Bookmaker William Hall has stopped taking bets on the next mayor.", "organisation", "William Hall"),
        ("It was sold at FT. But Rovers told them that it was no such thing.", "person", None),
        ("They read it on the website AnaRoe.com in the evening of that day.", "organisation", None),
        ("She was there for a taping of Jimmy Varn Live in the evening of it.", "person", None),
        ("On her left was the former Chelsea Early host in a grey suit.", "person", None),
        ("The firm Arthur Andersen was there when the books were read again.", "organisation", "Arthur Andersen"),
    ],
)
def test_what_surrounds_a_name_settles_its_kind(text: str, kind: str, name: str | None) -> None:
    """Makers of films are people, firms bear people's names, an employer is no cousin, and some names name nothing."""
    assert named(digest(text), kind) == ({name} if name else set())


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("They read about it in The Atlantic and in The New Republic later.", "place", None),
        ("They heard about it in the north of The Hague later.", "place", "Hague"),
        ("They met for an hour at the Harbour Voter Summit of the town.", "event", "Harbour Voter Summit"),
        ("It failed, said Ways and Means Chairman Dave Camp of the house.", "person", "Dave Camp"),
        ("They met for an hour at the Sund Trade Center of the town.", "place", "Sund Trade Center"),
        ("The songs were made with the producer Shogo Tomiya in May.", "person", "Shogo Tomiya"),
        ("The field was sold to the oil producer Shogo Tomiya in May.", "organisation", "Shogo Tomiya"),
        ("Then came Corvin Beach, a financier from the town, and Beach said so.", "person", "Corvin Beach"),
        ("Then Hurricane Florence came, and later Florence had cost five lives.", "place", None),
        ("While she was in Los Cabos, her old challenger, Ana Roe, left.", "person", "Ana Roe"),
        ("In those days they lived in the Soviet Union and liked it.", "place", "Soviet Union"),
    ],
)
def test_a_word_of_several_kinds_is_what_its_sentence_makes_it(text: str, kind: str, name: str | None) -> None:
    """A paper's place, a centre's sort, a producer's wares and a storm's name are told by the words beside them."""
    assert named(digest(text), kind) == ({name} if name else set())


def test_a_town_that_plays_is_its_team() -> None:
    """In news of sport a town that faces others or has a striker means its team; elsewhere it is the town."""
    match = (
        "Sund United face Portsmouth striker Jo Roe. | The coach said that the squad had lost a goal in the last match."
    )
    assert "Portsmouth" in named(digest(match), "organisation")
    assert "Portsmouth" in named(digest("The letter was against Portsmouth and its harbour in the end."), "place")


def test_a_surname_may_be_a_calling() -> None:
    """A king named Carole has a kingdom of her own."""
    found = entity(
        digest("Carole King sang in the evening. King was heard by all, and King told them why."), "Carole King"
    )
    assert "King" in found.aliases


@pytest.mark.parametrize(
    ("one", "other"),
    [("George W. Roe", "George H. W. Roe"), ("Ronald Roe", "Ronald Roe Jr.")],
)
def test_initials_and_generations_tell_namesakes_apart(one: str, other: str) -> None:
    """Father and son are two, however alike their names are."""
    assert {one, other} <= named(digest(f"In May {one} met them. Later on {other} went to the harbour."))


def test_a_knight_is_called_by_his_first_name() -> None:
    """Sir Paul is Paul Roe; Prince Paul, and Paul then, is someone else."""
    assert entity(digest("In May Paul Roe sang. | They heard Sir Paul again."), "Paul Roe").mentions == (1, 2)
    assert entity(
        digest("In May Paul Roe sang. | They saw Prince Paul. | In the end Paul left."), "Paul Roe"
    ).mentions == (1,)


def test_a_gift_to_someone_s_campaign_is_no_gift_to_a_town() -> None:
    """A surname that is a place's name too means whom the article has named, where it owns something."""
    found = digest("In May Pam Bondi was elected. | The firm gave money to Bondi's campaign in the summer.")
    assert names_in(found) == {"Pam Bondi"}


def test_a_surname_behind_two_named_with_it_is_in_doubt() -> None:
    """Of "Jo and Ana Roe" either may be meant by "Roe"."""
    found = digest("In May Joan and Anne Roe left the hall. | Roe had lunch at the pier.")
    assert {each.name: each.aliases for each in found.entities} == {"Anne Roe": (), "Joan Roe": ("Joan",)}


def test_two_given_names_are_no_whole_name() -> None:
    """Sarah Anne is whoever was Sarah Anne Roe at first."""
    found = digest("In May Sarah Anne Roe sang. | Then Sarah Anne left. | In the end Sarah Anne came back to the hall.")
    assert named(found) == {"Sarah Anne Roe"}


def test_two_named_with_one_surname_are_those_named_before() -> None:
    """Of "Joe and Jill Roe" the one is the Joseph Roe whom the article knows."""
    assert named(digest("In May Joseph Roe spoke. His parents, Joe and Jill Roe, heard it.")) == {
        "Joseph Roe",
        "Jill Roe",
    }


def test_who_speaks_again_and_again_is_someone_whatever_the_name() -> None:
    """Neither word is a name on any list, but companies are seldom called by their last word and talk so much."""
    told = (
        "The jury found Dylar Roof guilty. Roof said no. On Friday Roof said it again. Roof told the court. Roof wrote."
    )
    assert named(digest(told)) == {"Dylar Roof"}


@pytest.mark.parametrize(
    ("long", "short", "kind"),
    [
        ("Tianqi Lithium Corp", "Tianqi Lithium", "organisation"),
        ("Varnholt University", "Varnholt", "organisation"),
        ("US State Department", "the State Department", "organisation"),
        ("U.S. Senate", "the Senate", "organisation"),
        ("US Tidal Agency", "USTA", "organisation"),
        ("Sund Boat Works Inc", "SBW", "organisation"),
        ("the Department of Energy", "the Energy Department", "organisation"),
        ("the United States", "U.S", "place"),
        ("Riyad al-Maliki", "Maliki", "person"),
        ("Ursula von der Leyen", "von der Leyen", "person"),
        ("Kathleen Hawk Sawyer", "Hawk Sawyer", "person"),
    ],
)
def test_a_shorter_form_means_the_longer(long: str, short: str, kind: str) -> None:
    """A firm without its legal form, a body without its country, a man without his article are the same one."""
    found = digest(
        f"There was a letter for {long} in the morning.", f"Later in the day it was known that {short} agreed."
    )
    assert [len(each.mentions) for each in found.entities if each.kind == kind] == [2]


def test_a_body_s_country_is_no_part_of_its_name() -> None:
    """``US State Department`` and ``State Department`` have one id in all articles."""
    found = digest("There was a letter for the US State Department in the morning.")
    assert entity(found, "State Department").aliases == ("US State Department",)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The book came after Star Trek, which she had seen as a child.", "Trek"),
        ("It was said by Rusmik Oza, head of Fundamental Research at Kotak Bank.", "Fundamental Research"),
        ("They found hypersensitivity pneumonitis, or HP, in his lungs, and HP is rare.", "HP"),
        ("Later that year she won the Philip K. Dick Award for her book.", "Philip K. Dick Award"),
        ("The craft will use the Human Landing System (HLS) of the agency.", "Human Landing System"),
        ("Prices of Brent LCOc1 fell in the afternoon of that day.", "Brent LCOc1"),
        ("He sang of Ice and fire and of a long way home in the dark.", "Ice"),
        ("Later on they played “China Grove” and went home in the dark.", "China Grove"),
        ("At the end they played the album Toulouse Street and went home.", "Toulouse Street"),
        ("As Us Weekly told its readers in the spring, they slept late.", "United States"),
        ("She likes 1972’s Toulouse Street best of all that they made.", "Toulouse Street"),
        ("They sat up late over War & Peace and a pot of strong tea.", "War & Peace"),
        ("He bought a lamp, a controller, Chromecast Ultra and a long cable.", "Chromecast Ultra"),
        ("More on this is in a paper, Ruskin KJ and others, of last year.", "Ruskin KJ"),
        ("Then she told The Harbourton Herald that all of it was over.", "Harbourton"),
        ("On Monday he was taken to Walter Reed hospital in the morning.", "Walter Reed"),
        ("The new Xbox One X was said to be good, and Xbox One X said so.", "Xbox One X"),
    ],
)
def test_what_is_no_one_is_not_named(text: str, missing: str) -> None:
    """Works, prizes, things, departments and diseases are no people and no bodies."""
    assert all(missing not in (each.name, *each.aliases) for each in digest(text).entities)


def test_the_company_of_someone_s_office_does_not_make_him_one() -> None:
    """``Marco Villa, the company's chief``: he is a person; ``With Sonar Move, the company made``: no apposition."""
    found = digest("Marco Villa, the company’s chief operating officer, said so. | With Sonar Move, the company grew.")
    assert named(found) == {"Marco Villa"}
    assert entity(found, "Marco Villa").roles[0].title == "chief operating officer"
    assert named(found, "organisation") == set()


def test_two_letters_stand_for_a_known_body() -> None:
    """UN is the United Nations where both stand; the family name leads in ``Xi Jinping``, later ``Mr. Xi``."""
    found = digest("In the hall of the United Nations Xi Jinping spoke. | The UN thanked Mr. Xi. | Mr. Xi left.")
    assert entity(found, "United Nations").aliases == ("UN",)
    assert entity(found, "Xi Jinping").mentions == (1, 2, 3)


def test_a_ministry_has_its_whole_name() -> None:
    """A list within a body's name belongs to it, and so does an owner before several words."""
    found = digest("A plan by the Ministry of Trade, Industry and Energy went to the People’s Liberation Army.")
    two = digest(
        "Later on the Joint Committee on Intelligence and Security heard from the Department of Health and Ana Brown."
    )
    assert "Joint Committee on Intelligence and Security" in named(two, "organisation")
    assert named(two) == {"Ana Brown"}
    assert named(found, "organisation") == {"Ministry of Trade, Industry and Energy", "People’s Liberation Army"}


def test_a_role_has_the_whole_name_of_its_body() -> None:
    """Neither half of a body's name is cut off, and a relative is no office."""
    found = digest(
        "Late on Monday Penn State quarterback Sean Clifford spoke. | In 1999 George Kirk, father of Chris Pine's "
        "captain, gave no answer."
    )
    assert [role.title for role in entity(found, "Sean Clifford").roles] == ["Penn State quarterback"]
    assert entity(found, "George Kirk").roles == ()
    assert entity(found, "George Kirk").relations == ()


def test_a_surname_of_several_means_the_one_the_article_is_about() -> None:
    """Only where one of them is named far more often than the others; of two alike no one is guessed."""
    story = "Anna Brown came first. | Anna Brown sang. | Anna Brown danced. | Then came Peter Brown."
    main = digest(story, "On the next day all of it was over. | It was Brown who slept longest.")
    assert entity(main, "Anna Brown").mentions == (1, 2, 3, 6)
    both = digest("Anna Brown sang. | Then came Peter Brown.", "On the next day it was Brown who slept longest.")
    assert [len(each.mentions) for each in both.entities if each.kind == "person"] == [1, 1]


def test_names_within_names_are_one_person() -> None:
    """``Otto Jespersen`` and ``Jens Otto Harry Jespersen`` are one; so are the Pirates and the Pittsburgh Pirates."""
    found = digest("The late Jens Otto Harry Jespersen wrote it. | Of course Otto Jespersen taught, too.")
    assert [len(each.mentions) for each in found.entities if each.kind == "person"] == [2]


@pytest.mark.parametrize(
    ("run", "person", "other"),
    [
        ("Cleveland DL Larry Ogunjobi", "Larry Ogunjobi", "Cleveland"),
        ("United Nations Xi Jinping", "Xi Jinping", "United Nations"),
        ("Reuters Anna Brown", "Anna Brown", "Reuters"),
        ("Ministry of Finance Anna Brown", "Anna Brown", "Ministry of Finance"),
    ],
)
def test_a_known_place_or_body_before_a_person_is_no_part_of_him(run: str, person: str, other: str) -> None:
    """Names that stand side by side are parted where one of them is known."""
    found = digest(f"Later in the day it was {run} who spoke.")
    assert {each.name for each in found.entities} == {person, other}


def test_a_given_name_that_is_a_city_too_stays_with_its_surname() -> None:
    """``Paris Hilton`` is no one called Hilton of Paris; ``Chelsea Victoria Clinton`` keeps her first name."""
    assert named(digest("Later in the day it was Chelsea Victoria Clinton who spoke.")) == {"Chelsea Victoria Clinton"}


def test_a_life_is_its_subject_s() -> None:
    """A relative of one surname, named in full beside it, does not take the surname from whom the article is about."""
    found = digest(
        "Joan Roe was a painter of the islands. | Joan Roe is best known for her boats.",
        "Joan Roe grew up in Port Calder. | Her father, Ernest Roe, kept the inn. | Roe drew from the age of four.",
        "In the war Roe lived in Varna and Roe painted the harbour.",
    )
    assert len(entity(found, "Ernest Roe").mentions) == 1
    assert len(entity(found, "Joan Roe").mentions) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kristen Wilkins", "Kristin Wilkins"),
        ("Joan Roe", "Joan Roe of Sund"),
        ("Joan Wilkins", "Joan Wilkins OBE"),
        ("Joan Kit Roe", "J. K. Roe"),
        ("Lawrence Kit Roe", "Larry Roe"),
    ],
)
def test_spellings_of_one_person_are_one(one: str, other: str) -> None:
    """A slip inside a long first name, initials, what is behind a name: all name the same one."""
    found = digest(
        f"The mayor thanked {one}, 44, for the boat.", f"“It was my duty to help them,” {other} said on Friday."
    )
    assert len(named(found)) == 1


def test_a_bare_head_means_the_body_named_before() -> None:
    """``The University`` is the one that has been named, which no other article calls so; of two it is neither."""
    one = digest("There was a letter for Sund University on Monday.", "Later on it was the University that agreed.")
    assert entity(one, "Sund University").mentions == (1, 2)
    assert entity(one, "Sund University").aliases == ()
    two = digest(
        "There was a letter for Sund University and for the University of Varn.",
        "Then it was the University that slept.",
    )
    assert {len(each.mentions) for each in two.entities} == {1}


def test_a_national_park_is_called_by_its_place() -> None:
    """``Sapporo`` is Sapporo National Park; ``Hong Kong Island`` is one of Hong Kong's."""
    park = digest("They walked in Sapporo National Park on Monday.", "On the next day it rained in Sapporo as well.")
    assert [each.mentions for each in park.entities] == [(1, 2)]
    island = digest("They walked on Hong Kong Island on Monday.", "On the next day it rained in Hong Kong as well.")
    assert {each.mentions for each in island.entities} == {(1,), (2,)}


def test_a_land_keeps_the_people_in_its_name() -> None:
    """``British Virgin Islands`` are others than the Virgin Islands."""
    found = digest("Later in the day it rained in the British Virgin Islands and in Tarsen.")
    assert "British Virgin Islands" in named(found, "place")


def test_a_state_is_known_by_its_short_form() -> None:
    """``Calif.`` is California."""
    found = digest("They left Orland, Calif., in the morning. | On the next day it rained in California.")
    assert entity(found, "California").mentions == (1, 2)


@pytest.mark.parametrize("link", [", known as Anna Moss", " (born Anna Moss)", ", better known as Anna Moss"])
def test_who_is_said_to_be_called_otherwise_is_one(link: str) -> None:
    """The article ties a name to another; a call by telephone ties no one."""
    told = digest(f"In the hall stood Joan Roe{link}, in grey.", "“The boat was mine,” Anna Moss said.")
    assert [each.mentions for each in told.entities] == [(1, 2)]
    call = digest("In the morning Joan Roe called Anna Moss.", "“The boat was mine,” Anna Moss said.")
    assert {each.mentions for each in call.entities} == {(1, 2), (1,)}


def test_a_title_tells_two_of_one_surname_apart() -> None:
    """``Dr. Roe`` is the one of the two who is called a doctor."""
    found = digest(
        "In the hall were Dr. Alba Roe and Mayor Peter Roe. | On the next day it was Dr. Roe who slept longest."
    )
    assert entity(found, "Alba Roe").mentions == (1, 2)
    superintendent = digest("In the hall was Superintendent Jo Roe. | On the next day Supt Roe slept longest.")
    assert len(superintendent.entities) == 1
    police = digest("In the hall were Sund Police Officer Jo Roe and Anna Roe. | Then it was Officer Roe who slept.")
    assert entity(police, "Jo Roe").mentions == (1, 2)


def test_what_someone_is_in_charge_of_is_no_one() -> None:
    """``Director of Public Affairs`` names no body."""
    found = digest("Later on Anna Roe, Director of Public Affairs at the port of Sund, spoke to the people.")
    assert named(found, "organisation") == set()


def test_short_first_names_that_differ_are_two_people() -> None:
    """Only a slip in a long name is forgiven: ``Erik`` and ``Eric`` may be brothers."""
    found = digest(
        "The mayor thanked Erik Roe, 44, for the boat.", "“It was my duty to help them,” Eric Roe said on Friday."
    )
    assert named(found) == {"Erik Roe", "Eric Roe"}


def test_two_named_with_one_surname_are_two() -> None:
    """``Joe and Hunter Moss`` are Joe Moss and Hunter Moss."""
    found = digest("The mayor thanked Mary and Peter Moss, who said that the boat was theirs.")
    assert named(found) == {"Mary Moss", "Peter Moss"}


def test_a_title_of_the_other_sex_is_of_someone_else() -> None:
    """``Mrs. Roe`` is not Peter Roe."""
    found = digest("Peter Roe, 44, rowed to Sund on Monday.", "Mrs. Roe stayed in the inn, she said, and slept.")
    assert entity(found, "Peter Roe").aliases == ()


def test_a_bill_is_no_one_s_first_name() -> None:
    """Behind an article a given name is a thing."""
    found = digest("Bill Shorten, 52, spoke in Sund on Monday.", "The Bill was read twice, and Shorten voted for it.")
    assert "Bill" not in entity(found, "Bill Shorten").aliases
    known = digest("Bill Shorten, 52, spoke in Sund on Monday.", "No one there was louder than Bill, his wife said.")
    assert "Bill" in entity(known, "Bill Shorten").aliases


@pytest.mark.parametrize("place", ["New Zealand", "North Korea"])
def test_a_place_that_begins_a_sentence_keeps_its_first_word(place: str) -> None:
    """A common word that begins a known place's name is a part of it."""
    found = digest(f"{place} shut its ports on Monday. | A new ship waited north of the harbour.")
    assert place in named(found, "place")


def test_a_founder_s_surname_stands_for_the_firm() -> None:
    """A firm named in full after someone is called by the surname alone."""
    found = digest(
        "The town sued Walt Disney Co. on Monday over its pier.", "Shares of Disney fell by a tenth in Varna."
    )
    assert "Disney" in entity(found, "Walt Disney Co.").aliases


def test_a_surname_that_is_a_word_opens_a_sentence() -> None:
    """Once the article tells of a Tom Young, "Young, in his letter," is he; "Young people" are not."""
    found = digest(
        "The port heard two men on Monday, the pilot Ivo Marr and the ferryman Tom Young.",
        "“The tide is high,” Marr said.",
        "Young, in his letter, did not speak of the tide.",
        "Young people came to the port as well.",
    )

    assert entity(found, "Tom Young").mentions == (1, 3)


def test_a_president_and_a_daughter_of_one_surname_are_two() -> None:
    """``President Marr upset Ivana Marr``: no one is called by less and then by more in one breath."""
    found = digest(
        "President Marr spoke of the wall of Sund on Monday, and Marr was loud.",
        "Ms. Marr had asked the president to be kinder.",
        "It is not the first time that President Marr has upset his daughter Ivana Marr in Sund.",
    )

    assert {e.name: e.aliases for e in found.entities if e.kind == "person"} == {"Marr": (), "Ivana Marr": ("Marr",)}


def test_an_arabic_article_makes_no_other_person() -> None:
    """It is written or left out as a paper likes."""
    found = digest("Then President Bashar al-Roe spoke for an hour. | Later President Bashar Roe left the hall.")
    assert named(found) == {"Bashar al-Roe"}


def test_a_bare_house_is_the_one_named_in_full() -> None:
    """One chamber is not listed twice."""
    found = digest("The bill went to the House of Representatives then. | Later some U.S. House districts were drawn.")
    assert named(found, "organisation") == {"House of Representatives"}


def test_a_child_named_behind_a_parent_bears_the_surname() -> None:
    """Of "Jo Roe and his son Carl" both are Roes."""
    found = digest("In the evening they met Jo Roe and his son Carl at the pier.")
    assert named(found) == {"Jo Roe", "Carl Roe"}


def test_a_department_is_known_by_what_it_is_in_charge_of() -> None:
    """Its acronym leaves "Department" out, or what stands behind its "and"."""
    found = digest(
        "Later the Department of Health and Human Services met for an hour. | It told the HHS secretary of it.",
        "They heard of it from the Centers for Disease Control and Prevention. | The CDC was glad of that.",
        "It was told to the Justice Department again. | At the time the DOJ did nothing of it.",
    )
    assert {each.name: each.aliases for each in found.entities} == {
        "Department of Health and Human Services": ("HHS",),
        "Centers for Disease Control and Prevention": ("CDC",),
        "Justice Department": ("DOJ",),
    }


def test_of_two_known_bodies_neither_is_the_other() -> None:
    """The Security Council is no nation's."""
    found = digest("They lead the National Security Council in May. | Later the Security Council was told of it.")
    assert names_in(found) == {"National Security Council", "Security Council"}


def test_a_junior_is_not_called_by_his_father_s_name() -> None:
    """The bare surname of "Roe's son, Jo Roe Jr." is the father's."""
    found = digest("Later Roe’s son, Jo Roe Jr., spoke of it. | Roe is the incoming adviser of the port of Sund.")
    assert [(each.name, each.aliases, each.roles) for each in found.entities] == [("Jo Roe Jr.", (), ())]


def test_a_name_may_leave_a_word_of_it_out() -> None:
    """A church its faith, a committee its house, a department that it is one."""
    found = digest(
        "He went to the St. John's Church in the morning. | They saw the St. John's Episcopal Church burn in May.",
        "The House Ways and Means Committee was at work. | Later they spoke to Ways and Means Chairman Jo Roe.",
        "They told Health and Human Services of it. | It is the Department of Health and Human Services that pays.",
    )
    assert {each.name: each.aliases for each in found.entities if each.kind == "organisation"} == {
        "St. John's Episcopal Church": ("St. John's Church",),
        "House Ways and Means Committee": ("Ways and Means",),
        "Department of Health and Human Services": ("Health and Human Services",),
    }


def test_a_surname_that_a_firm_bears_is_someone_s_where_the_text_says_so() -> None:
    """Behind a nickname, and where something is so "according to" it."""
    found = digest(
        "They tell of “Mini Mike” Bloomberg again and again. | In the end Michael Bloomberg left the hall.",
        "Later the teacher Anna Ford, who is 50, spoke. | According to Ford, the attack occurred in the summer.",
    )
    assert {each.name: each.aliases for each in found.entities} == {
        "Michael Bloomberg": ("Bloomberg",),
        "Anna Ford": ("Ford",),
    }


def test_a_particle_stays_with_its_surname() -> None:
    """Whoever is "de Roe" is not "Roe"."""
    found = digest("In the end the mayor, Bill de Roe, spoke for an hour. | On the next day de Roe left the hall.")
    assert entity(found, "Bill de Roe").aliases == ("de Roe",)


def test_what_someone_calls_another_is_no_name_of_his() -> None:
    """A mere comma stands between him and what he did."""
    found = digest("Asked of it, Special Counsel Robert Maller, called Doe a liar. | President Doe left the hall.")
    assert named(found) == {"Robert Maller", "Doe"}


def test_of_a_man_and_a_woman_of_one_surname_she_is_not_he() -> None:
    """Where a "Mr. Roe" is told of, "President Roe" is not Anna Roe, nor is a bare "Roe"."""
    found = digest(
        "The lead went to President Roe again, and Mr. Roe was glad of it. | Later Roe left the hall.",
        "In the poll they preferred Anna Roe to be the first lady of the port.",
    )
    assert {each.name: each.aliases for each in found.entities} == {"Roe": (), "Anna Roe": ()}
