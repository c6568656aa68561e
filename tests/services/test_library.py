"""Laws of the library: what changed is worked in, and nothing tells how a state came about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digests import Digest
from bot.domain.entities import Decisions, Merge
from bot.services.library import Holdings, Snapshot, snapshot_of
from bot.services.reading import search, stories_like
from bot.services.who import identify
from tests.builders import MONDAY, digest, named, role

_PEOPLE = st.sampled_from(
    ["Hesper Tollind", "Ivo Marr", "Ivo B. Marr", "Ivo C. Marr", "Marr", "Ambry Gorge", "Delphine Oake"]
)
_TITLES = st.sampled_from(["", "", "President", "Prime Minister"])
_ENTITIES = st.lists(
    st.tuples(
        _PEOPLE, st.sampled_from(["person", "person", "place"]), st.sampled_from([None, None, "Q1", "Q2"]), _TITLES
    ),
    max_size=3,
    unique_by=lambda each: each[0],
)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "change", "correct", "remove"]),
        st.lists(st.sampled_from("dam strike port vote court fire storm".split()), min_size=1, max_size=3),
        st.integers(0, 200),
        _ENTITIES,
    ),
    max_size=12,
)
_Named = tuple[str, str, str | None, str]
_DECISIONS = Decisions(merges=(Merge(into="ivo-marr", ids=("hesper-tollind",)),))


def _entries(entities: list[_Named]) -> list[dict[str, Any]]:
    return [
        named(name, kind=kind, roles=[role(title)] if title else []) | ({"wikidata": item} if item else {})
        for name, kind, item, title in entities
    ]


def _told(library: Snapshot) -> dict[str, Any]:
    """Everything that can be asked of a library, in comparable form."""
    words = ("dam", "strike port", "vot", "tollind")
    return {
        "digests": dict(library.digests),
        "stories": library.stories,
        "book": dict(library.book),
        "meant": {(d.id, e.id): library.book.meant(d, e.id) for d in library.digests.values() for e in d.entities},
        "by entity": dict(library.stories_by_entity),
        "by digest": dict(library.stories_by_digest),
        "names": {name: {(m.id, m.kind) for m in library.named(name, 20)} for name in ("Tollind", "Marr", "ambry")},
        "texts": {text: [(m.id, round(m.score, 9)) for m in library.holding(text)] for text in words},
    }


@settings(max_examples=60, deadline=None)
@given(_STEPS, st.sampled_from([Decisions(), _DECISIONS]))
def test_a_library_that_changed_answers_as_one_made_anew(
    steps: list[tuple[str, list[str], int, list[_Named]]], decisions: Decisions
) -> None:
    """Whatever came, changed and went, every question has the answer that the same digests would give from scratch."""
    holdings, known = Holdings(decisions), dict[str, Digest]()
    for number, (act, words, hour, entities) in enumerate(steps):
        chosen = list(known.values())[hour % len(known)] if known else None
        if act in ("add", "correct") or chosen is None:
            at, wrong = MONDAY + timedelta(hours=hour), chosen.id if chosen and act == "correct" else None
            outlet = f"Wire {number}"
            made = digest(" ".join(words), at=at, outlet=outlet, entities=_entries(entities), supersedes=wrong)
        elif act == "change":
            made = Digest.model_validate(chosen.model_dump(by_alias=True) | {"entities": _entries(entities)})
        else:
            made = None
            del known[chosen.id]
        if made:
            known[made.id] = made

        now = holdings.snapshot(list(known.values()))

        assert _told(now) == _told(snapshot_of(list(known.values()), decisions))


def test_a_state_stays_as_it_is_when_the_library_goes_on() -> None:
    """An answer that is being composed never mixes two states."""
    first = digest("Dam leaks", entities=[named("Hesper Tollind")])
    holdings = Holdings(Decisions())
    before = holdings.snapshot([first])
    told = dict(before.digests), before.stories, dict(before.book), dict(before.stories_by_entity)

    later = digest("Dam leaks again", at=MONDAY + timedelta(hours=3), entities=[named("Hesper Tollind")])
    after = holdings.snapshot([first, later])

    assert (dict(before.digests), before.stories, dict(before.book), dict(before.stories_by_entity)) == told
    assert [m.id for m in before.holding("dam")] == [first.id]
    assert list(after.since(before)) == [later]


def test_what_was_corrected_is_told_of_nobody() -> None:
    """A line or a name that an article took back is on no card, in no list and in no search, until it is back."""
    hesper, ivo = named("Hesper Tollind"), named("Ivo Marr")
    wrong = digest("Dam burst", points=["Ivo Marr and Hesper Tollind drowned."], entities=[hesper, ivo])
    right = digest("Dam holds", points=["Hesper Tollind is well."], entities=[hesper], supersedes=wrong.id)
    holdings = Holdings(Decisions())

    before, after, again = (holdings.snapshot(held) for held in ([wrong], [wrong, right], [wrong]))

    told = [[line.text for line in identify(each, "Hesper Tollind", MONDAY).entity.lines] for each in (before, after)]  # type: ignore[union-attr]
    assert told == [["Ivo Marr and Hesper Tollind drowned."], ["Hesper Tollind is well."]]
    assert [identify(each, "Ivo Marr", MONDAY).status for each in (before, after, again)] == [
        "found",
        "unknown",
        "found",
    ]
    assert [[r.headline for r in search(each, "drowned")] for each in (before, after)] == [["Dam burst"], []]


def test_a_surname_is_nobodys_while_others_bear_it() -> None:
    """One article tells only of a Marr: whoever asks for Marr chooses between all who may be meant."""
    alone, ivo = digest("Dam leaks", entities=[named("Marr")]), digest("Port opens", entities=[named("Ivo Marr")])
    town = digest("Flood", entities=[named("Oake", kind="place"), named("Bank of Oake", kind="organisation")])

    assert identify(snapshot_of([alone]), "Marr", MONDAY).status == "found"
    asked = identify(snapshot_of([alone, ivo]), "Marr", MONDAY)
    assert (asked.status, [c.name for c in asked.candidates]) == ("ambiguous", ["Ivo Marr", "Marr"])
    assert identify(snapshot_of([town]), "Oake", MONDAY).status == "found"


def test_a_father_and_a_son_are_told_apart() -> None:
    """The full name alone is the father's, with its Jr. the son's; the surname alone is either's."""
    both = snapshot_of([digest("Dam leaks", entities=[named("Ivo Marr"), named("Ivo Marr Jr.")])])
    asked = {query: identify(both, query, MONDAY) for query in ("Ivo Marr", "Ivo Marr Jr", "Marr Jr.", "Marr")}

    assert {q: [c.name for c in i.candidates][: 1 if i.status == "found" else 2] for q, i in asked.items()} == {
        "Ivo Marr": ["Ivo Marr"],
        "Ivo Marr Jr": ["Ivo Marr Jr."],
        "Marr Jr.": ["Ivo Marr Jr."],
        "Marr": ["Ivo Marr", "Ivo Marr Jr."],
    }


def test_who_holds_the_office_that_is_asked_for_is_meant() -> None:
    """Of two Marrs the one called a president answers to "President Marr"; of two presidents neither."""
    ivo, ana = named("Ivo Marr", roles=[role("President")]), named("Ana Marr")
    rival = named("Ana Marr", roles=[role("interim President")])
    one, two = snapshot_of([digest(entities=[ivo, ana])]), snapshot_of([digest(entities=[ivo, rival])])

    assert identify(one, "President Marr", MONDAY).candidates[0].name == "Ivo Marr"
    assert [identify(each, "President Marr", MONDAY).status for each in (one, two)] == ["found", "ambiguous"]


def test_a_headline_is_meant_before_what_holds_its_words() -> None:
    """Who names a story by the words of its headline gets it, though another tells of the same matter."""
    vote = digest("Council vote seals the bridge", points=["The council met."])
    other = digest("Mayor names a clerk", at=MONDAY + timedelta(days=90), points=["The council vote is over."])
    library = snapshot_of([vote, other])

    assert [story.lead.headline for story in stories_like(library, "council VOTE")] == [vote.headline]
    assert len(stories_like(library, "council")) == 1
    assert len(stories_like(library, "vote council")) == 2
