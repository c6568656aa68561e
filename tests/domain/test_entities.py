"""Laws of identity: when two digests mean the same entity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.digests import Digest
from bot.domain.entities import AliasChange, Decisions, Merge, Split, entity_book
from bot.domain.namesakes import office_of
from tests.builders import MONDAY, digest, named, role

_LATER = MONDAY + timedelta(days=1)


def test_one_id_is_one_entity_with_every_spelling() -> None:
    """The newest name leads; every other spelling is an alias, once."""
    old = digest("A", entities=[named("Delcy Rodriguez", "delcy-rodriguez")])
    new = digest("B", at=_LATER, entities=[named("Delcy Rodríguez", "delcy-rodriguez", aliases=["Delcy Rodriguez"])])

    book = entity_book([old, new])

    assert list(book) == ["delcy-rodriguez"]
    assert book["delcy-rodriguez"].name == "Delcy Rodríguez"
    assert book["delcy-rodriguez"].aliases == ("Delcy Rodriguez",)
    assert len(book["delcy-rodriguez"].appearances) == 2


def test_equal_names_with_different_ids_stay_apart() -> None:
    """Homonyms are not merged by their name."""
    a = digest("A", entities=[named("Ana Morvane", "ana-morvane")])
    b = digest("B", entities=[named("Ana Morvane", "ana-morvane-cyclist")])

    assert set(entity_book([a, b])) == {"ana-morvane", "ana-morvane-cyclist"}


def test_one_id_of_two_kinds_is_two_entities() -> None:
    """Washington the city is not Washington the person, whoever wrote the ids."""
    city = digest("A", entities=[named("Washington", kind="place")])
    person = digest("B", at=_LATER, entities=[named("Washington", kind="person")])

    book = entity_book([city, person])

    assert set(book) == {"washington", "washington-person"}
    meant = book.meant(person, "washington")
    assert meant is not None
    assert meant.kind == "person"


def test_one_wikidata_item_is_one_entity_under_two_ids() -> None:
    """The item is better evidence than the id a digester chose."""
    a = digest("A", entities=[named("Kyiv", kind="place", wikidata="Q1899")])
    b = digest("B", at=_LATER, entities=[named("Kiev", kind="place", wikidata="Q1899")])

    book = entity_book([a, b])

    assert list(book) == ["kyiv"]
    assert {"Kyiv", "Kiev"} == {book["kyiv"].name, *book["kyiv"].aliases}


def test_two_wikidata_items_are_two_entities_under_one_id() -> None:
    """A digester that gave two people one id is corrected by their items."""
    a = digest("A", entities=[named("Ana Morvane", wikidata="Q1")])
    b = digest("B", at=_LATER, entities=[named("Ana Morvane", wikidata="Q2")])

    assert set(entity_book([a, b])) == {"ana-morvane", "ana-morvane-q2"}


def test_people_decide_that_two_are_one() -> None:
    """A merge holds for every digest, and for chains of merges."""
    a = digest("A", entities=[named("N.A.S.A.", "n-a-s-a", kind="organisation")])
    b = digest("B", entities=[named("Nasa", "nasa", kind="organisation")])
    decisions = Decisions(merges=(Merge(into="space-agency", ids=("nasa",)), Merge(into="nasa", ids=("n-a-s-a",))))

    assert list(entity_book([a, b], decisions)) == ["space-agency"]


def test_a_circle_of_merges_ends() -> None:
    """Decisions that contradict each other do not hang the bot."""
    a = digest("A", entities=[named("X", "x")])
    decisions = Decisions(merges=(Merge(into="y", ids=("x",)), Merge(into="x", ids=("y",))))

    assert len(entity_book([a], decisions)) == 1


def test_people_decide_that_one_is_two() -> None:
    """A split holds for the digests that it names, and for these alone."""
    a = digest("A", entities=[named("Ana Morvane")])
    b = digest("B", entities=[named("Ana Morvane")])
    decisions = Decisions(splits=(Split(id="ana-morvane", digests=(b.id,), into="ana-morvane-2"),))

    book = entity_book([a, b], decisions)

    assert [x.digest.id for x in book["ana-morvane"].appearances] == [a.id]
    assert [x.digest.id for x in book["ana-morvane-2"].appearances] == [b.id]


def test_never_merge_outweighs_a_shared_item() -> None:
    """People's word stands above a digest's."""
    a = digest("A", entities=[named("Kyiv", kind="place", wikidata="Q1899")])
    b = digest("B", entities=[named("Kiev", kind="place", wikidata="Q1899")])

    assert len(entity_book([a, b], Decisions(never_merge=(("kyiv", "kiev"),)))) == 2


def test_people_add_and_remove_names() -> None:
    """An alias that misleads is gone from the card and the index; one that helps is there."""
    a = digest("A", entities=[named("Ana Morvane", aliases=["Ana"])])
    change = AliasChange(id="ana-morvane", add=("A. Morvane",), remove=("Ana",))

    assert entity_book([a], Decisions(aliases=(change,)))["ana-morvane"].aliases == ("A. Morvane",)


def test_a_middle_initial_makes_no_other_person() -> None:
    """Whoever is written with an initial is the one written without, unless two initials tell two people."""
    plain = digest("A", entities=[named("Ana Morvane")])
    one = digest("B", at=_LATER, entities=[named("Ana J. Morvane")])
    other = digest("C", entities=[named("Ana K. Morvane")])

    book = entity_book([plain, one])
    assert (list(book), book["ana-morvane"].name, book["ana-morvane"].aliases) == (
        ["ana-morvane"],
        "Ana Morvane",
        ("Ana J. Morvane",),
    )
    assert set(entity_book([one])) == {"ana-j-morvane"}
    assert set(entity_book([plain, one, other])) == {"ana-morvane", "ana-j-morvane", "ana-k-morvane"}
    apart = Decisions(never_merge=(("ana-morvane", "ana-j-morvane"),))
    assert set(entity_book([plain, one], apart)) == {"ana-morvane", "ana-j-morvane"}


def test_a_surname_with_an_office_is_the_one_who_holds_it() -> None:
    """The "President Morvane" is the one Morvane called a president; with two of them, or with no office, nobody's."""
    ana = digest("A", entities=[named("Ana Morvane", roles=[role("US President")])])
    ivo = digest("B", entities=[named("Ivo Morvane", roles=[role("vice president")])])
    surname = digest("C", at=_LATER, entities=[named("Morvane", roles=[role("President")])])
    alone = digest("D", entities=[named("Morvane")])
    usurper = digest("E", entities=[named("Ugo Morvane", roles=[role("interim president")])])

    def meant(*digests: Digest) -> str:
        found = entity_book(digests).meant(surname, "morvane")
        return found.id if found else ""

    assert meant(surname) == "morvane"
    assert meant(surname, ivo) == "morvane"
    assert meant(surname, ana, ivo) == "ana-morvane"
    assert meant(surname, ana, usurper) == "morvane"
    assert entity_book([ana, surname])["ana-morvane"].name == "Ana Morvane"
    assert set(entity_book([ana, alone])) == {"ana-morvane", "morvane"}


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("President", "president"),
        ("former U.S. President", "president"),
        ("president-elect", "president elect"),
        ("deputy prime minister", ""),
        ("assistant attorney general", ""),
        ("senator", ""),
        ("president of the port", ""),
    ],
)
def test_an_office_is_held_by_one_at_a_time(title: str, office: str) -> None:
    """Other words before it may make it another office; what many hold identifies nobody."""
    assert office_of(title) == office
