"""What people are, were and have become, with the dates the article gives; and how they stand to each other."""

from __future__ import annotations

import pytest

from tests.digesters.samples import digest, entity


@pytest.mark.parametrize(
    ("sentence", "title", "from_", "until"),
    [
        ("Ana Brown, who has been governor of Velmora since 2019, spoke.", "governor of Velmora", "2019", None),
        ("Ana Brown served as finance minister from 2010 to 2015.", "finance minister", "2010", "2015"),
        ("Ana Brown, who was mayor of Tarsen until 2018, spoke first.", "mayor of Tarsen", None, "2018"),
        ("Ana Brown became chief executive in May 2020.", "chief executive", "2020-05", None),
        ("Ana Brown was elected president in 2018.", "president", "2018", None),
        ("Ana Brown, chairwoman of the port since 2021, spoke first.", "chairwoman of the port", "2021", None),
        ("Ana Brown was appointed director of the museum.", "director of the museum", None, None),
        ("Yesterday former president Ana Brown spoke.", "former president", None, None),
        ("Ana Brown, a pollster in Tarsen, spoke first.", "pollster in Tarsen", None, None),
    ],
)
def test_a_role_is_told_with_its_dates(sentence: str, title: str, from_: str | None, until: str | None) -> None:
    """Since when and till when, as precisely as stated; never guessed."""
    roles = entity(digest(sentence), "Ana Brown").roles
    assert [(role.title, role.from_, role.until) for role in roles] == [(title, from_, until)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Brown was a teacher, she said on Monday.",
        "Ana Brown would be governor if the count holds.",
        "“Ana Brown is the worst governor of all,” Jo Roe said.",
        "Ana Brown was not elected president in 2018.",
        "Ana Brown asked whether the governor of Velmora had spoken.",
        "Ana Brown is the most dangerous candidate in memory.",
        "Much would happen if Ana Brown became president of the port.",
        "Ana Brown is a great leader, and the port is lucky.",
    ],
)
def test_what_is_past_denied_or_said_by_others_is_no_role(sentence: str) -> None:
    """What someone merely was, may be, is not, or is called in a quotation is not told as the article's word."""
    assert entity(digest(sentence), "Ana Brown").roles == ()


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        # The next of a list is not what the first one is.
        ("Later Velmora Sen. Ana Brown, Tarsen Rep. Jo Roe and others spoke.", ["Velmora Senator"]),
        # Whose, or of which company, only another sentence says.
        ("Later Ana Brown, the boat’s original owner, spoke at the pier.", []),
        ("Later Ana Brown, director for boats at the tech giant, spoke.", ["director for boats"]),
        (
            "Later Ana Brown, professor at Tarsen College and co-author of the study, spoke.",
            ["professor at Tarsen College"],
        ),
        ("The death Saturday of Justice Ana Brown left the court divided.", ["Justice"]),
        ("Later Ana Brown, a spokeswoman for Mrs. Roe, spoke at the pier.", ["spokeswoman for Mrs. Roe"]),
        ("Later U.S. Attorney Ana Brown spoke at the pier.", ["U.S. Attorney"]),
        ("Later senior author Dr. Ana Brown spoke at the pier.", ["senior author"]),
        ("Ana Brown is resisting mediation by a priest of the town.", []),
        ("Ana Brown, 43 years a fisherman, spoke at the pier.", []),
        ("After a meeting with Ana Brown, the mayor said the pier was safe.", []),
        ("Later a wealthy hotelier Ana Brown had named spoke at the pier.", []),
        ("A friend of the judgment of another witness, Ana Brown, spoke.", []),
        ("Later former Harbour official Ana Brown spoke at the pier.", ["former Harbour official"]),
        ("The mayor is set to host finance minister Ana Brown today.", ["finance minister"]),
        ("Ana Brown, 36, the owner of a boat near where it sank, spoke.", ["owner of a boat"]),
        ("Later director Ana Brown, who heads the F.B.I.’s office in Sund, spoke.", ["director"]),
        ("Later University of Liverpool biologist Ana Brown spoke.", ["University of Liverpool biologist"]),
        ("Later Sund Institute of Technology professor Ana Brown spoke.", ["Sund Institute of Technology professor"]),
        ("On Monday Ways and Means Chairman Ana Brown spoke at the pier.", ["Ways and Means Chairman"]),
        ("He is the heir apparent to chief executive Ana Brown of the port.", ["chief executive"]),
        ("White House economist Ana Brown spoke at the pier.", ["White House economist"]),
        ("Former harbour development secretary Ana Brown spoke.", ["Former harbour development secretary"]),
        ("It was told by the race director Ana Brown at the pier.", ["race director"]),
        ("On Monday Sund's Commerce Minister Ana Brown spoke at the pier.", ["Commerce Minister"]),
        ("Hired by the mayor of Velmora, Ana Brown paid for the pier.", []),
        ("On the pier stood the mayor of Velmora, Ana Brown, and spoke.", ["mayor of Velmora"]),
        ("At first he told the BBC Ms Ana Brown had been at the pier.", []),
        ("He said he was hopeful Ana Brown would sign a new deal there.", []),
        ("The play, led by her husband Ana Brown, was seen by all there.", []),
        ("Featuring the voice of Ana Brown, Boats follows a boat builder by the sea.", []),
        ("The friends of the mayor will quietly vet Ana Brown’s old papers.", []),
        ("Friends of President Ana Brown stood at the pier.", ["President"]),
        ("World War II veteran Ana Brown spoke at the pier.", ["World War II veteran"]),
        ("On Monday CFTB Director Ana Brown spoke at the pier.", ["CFTB Director"]),
        ("On Monday the al-Qaida leader Ana Brown spoke at the pier.", ["al-Qaida leader"]),
        ("On Monday Americans for Ports President Ana Brown spoke.", ["Americans for Ports President"]),
        ("They named former Sund & Varn Co. executive Ana Brown to it.", ["former Sund & Varn Co. executive"]),
        (
            "It was paid by former U.S. Housing and Urban Development Secretary Ana Brown.",
            ["former U.S. Housing and Urban Development Secretary"],
        ),
        ("They met the North Korean leader Ana Brown at the pier.", ["North Korean leader"]),
        ("They met student government association senator Ana Brown.", ["student government association senator"]),
        ("In this mood Ana Brown is a gifted presenter of boats.", []),
        ("In this field Ana Brown is the most progressive candidate.", []),
        ("On Monday port spokesman Col. Ana Brown spoke at the pier.", ["spokesman"]),
        (
            "Health and Human Services spokeswoman Ana Brown spoke of the health of all.",
            ["Health and Human Services spokeswoman"],
        ),
        (
            "On Monday House Energy and Commerce Committee Vice Chairman Ana Brown spoke.",
            ["House Energy and Commerce Committee Vice Chairman"],
        ),
        (
            "The tide, said Council on Foreign Relations President Ana Brown, is low.",
            ["Council on Foreign Relations President"],
        ),
        ("It was paid for then-mayoral candidate Ana Brown in 1992.", []),
        ("It was paid for then Governor Ana Brown in those days.", []),
        ("The scandals of Ana Brown, former Sen. Jo Roe and others show it.", []),
        ("It was told by acting Harbour Secretary Ana Brown this week.", ["acting Harbour Secretary"]),
        ("Their officer, Chief of Naval Operations Adm. Ana Brown, spoke.", ["Chief of Naval Operations"]),
        ("Cmdr. Ana Brown spoke at the pier.", ["Commander"]),
        ("Boats in the news - As Vice President Ana Brown left, it rained.", ["Vice President"]),
        ("It was told by the likely future-Senate Minority Leader Ana Brown.", []),
        ("It was told by the retired Army colonel Ana Brown this week.", ["retired Army colonel"]),
        ("Later Ana Brown, the author of the forthcoming book, spoke.", []),
        ("Ana Brown had been the acting head of the port since 2010.", []),
        (
            "Later Ana Brown, director of the Program on Tides, Ports and the Sea, spoke.",
            ["director of the Program on Tides, Ports and the Sea"],
        ),
        ("Jo Doe, Ana Brown, Jason Gardener and Li Roe all ran there.", []),
    ],
)
def test_a_role_is_understood_alone(sentence: str, titles: list[str]) -> None:
    """A role says nothing that hangs on another sentence, and nothing that is someone else's."""
    assert [role.title for role in entity(digest(sentence), "Ana Brown").roles] == titles


def test_an_office_of_another_time_is_not_told() -> None:
    """Under whom something was done held the office then; another holds it now."""
    found = digest(
        "President Ana Brown spoke at the pier. | Brown said that the boats leak, and later Brown left.",
        "He had been a clerk of the port under President Jo Doe for many years.",
    )
    assert [role.title for role in entity(found, "Ana Brown").roles] == ["President"]
    assert entity(found, "Jo Doe").roles == ()
