"""Which words are names, of what kind, and which of them mean the same one."""

from __future__ import annotations

import pytest

from tests.digesters.samples import digest, entity, named


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
        ("He works for the Honda-powered racing team of Andreas Seidl.", "person", "Andreas Seidl"),
    ],
)
def test_a_name_has_its_words_and_its_kind(text: str, kind: str, name: str | None) -> None:
    """Particles, nicknames and articles belong to a name; party, company's trade and make do not."""
    found = digest(text)
    assert named(found, kind) == ({name} if name else set())


@pytest.mark.parametrize(
    ("long", "short", "kind"),
    [
        ("Tianqi Lithium Corp", "Tianqi Lithium", "organisation"),
        ("Varnholt University", "Varnholt", "organisation"),
        ("US State Department", "the State Department", "organisation"),
        ("U.S. Senate", "the Senate", "organisation"),
        ("Riyad al-Maliki", "Maliki", "person"),
        ("Ursula von der Leyen", "von der Leyen", "person"),
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
