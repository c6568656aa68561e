from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.digesters.extractive import KnownEntity
from bot.digesters.extractive.linking import linked
from bot.domain.digests import Kind
from tests.digesters.samples import digest, entity

TEXT = "Prime Minister Nicolás Mora spoke on Friday in Ostby. | “We will not wait for anyone to help us,” Mora said."


def index(*known: KnownEntity) -> object:
    """An index that finds all it holds, whatever is asked: linking must choose by itself."""

    def search(name: str, kind: Kind) -> Sequence[KnownEntity]:
        return known

    return search


MORA = KnownEntity("mora-of-ostby", "person", "Nicolas Mora", ("N. Mora",), ("Prime Minister of Ostland",), "Q42")


def test_the_same_name_and_calling_is_the_same_person() -> None:
    """Id, spelling and Wikidata item come from the index, and every reference follows."""
    found = linked(digest(TEXT), index(MORA))  # type: ignore[arg-type]
    mora = entity(found, "Nicolas Mora")

    assert (mora.id, mora.wikidata) == ("mora-of-ostby", "Q42")
    assert "Nicolás Mora" in mora.aliases
    assert {q.speaker for q in found.quotes} == {"mora-of-ostby"}


@pytest.mark.parametrize(
    "known",
    [
        KnownEntity("mora-of-ostby", "person", "Nicolas Mora", roles=("goalkeeper of Ostby United",)),
        KnownEntity("mora-of-ostby", "organisation", "Nicolas Mora"),
        KnownEntity("mora-of-ostby", "person", "Nicolas Morales", ("Mora",)),
    ],
    ids=["contradicting role", "other kind", "surname only"],
)
def test_weak_evidence_links_nothing(known: KnownEntity) -> None:
    """A homonym of another calling, another kind, a shared surname: the person stays their own."""
    found = linked(digest(TEXT), index(known))  # type: ignore[arg-type]

    assert entity(found, "Nicolás Mora").id == "nicolas-mora"


def test_two_candidates_are_no_evidence() -> None:
    """Where two known people fit, neither is taken."""
    twin = KnownEntity("nicolas-mora-2", "person", "Nicolas Mora")

    assert entity(linked(digest(TEXT), index(MORA, twin)), "Nicolás Mora").id == "nicolas-mora"  # type: ignore[arg-type]


def test_a_homonym_gets_an_id_of_its_own() -> None:
    """Where the index holds someone else under the very id, the newcomer does not take it."""
    other = KnownEntity("nicolas-mora", "person", "Nicolas Mora", roles=("goalkeeper",))

    assert entity(linked(digest(TEXT), index(other)), "Nicolás Mora").id == "nicolas-mora-2"  # type: ignore[arg-type]
