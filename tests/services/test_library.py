"""Laws of the library: what changed is worked in, and nothing tells how a state came about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digests import Digest
from bot.domain.entities import Decisions, Merge
from bot.services.library import Holdings, Snapshot, snapshot_of
from bot.services.reading import search
from bot.services.who import identify
from tests.builders import MONDAY, digest, named

_PEOPLE = st.sampled_from(["Hesper Tollind", "Ivo Marr", "Ambry Gorge", "Delphine Oake"])
_ENTITIES = st.lists(
    st.tuples(_PEOPLE, st.sampled_from(["person", "place"]), st.sampled_from([None, None, "Q1", "Q2"])),
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
_DECISIONS = Decisions(merges=(Merge(into="ivo-marr", ids=("hesper-tollind",)),))


def _entries(entities: list[tuple[str, str, str | None]]) -> list[dict[str, Any]]:
    return [named(name, kind=kind) | ({"wikidata": item} if item else {}) for name, kind, item in entities]


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
        "names": {name: {(m.id, m.kind) for m in library.named(name)} for name in ("Tollind", "Ivo Marr", "ambry")},
        "texts": {text: [(m.id, round(m.score, 9)) for m in library.holding(text)] for text in words},
    }


@settings(max_examples=60, deadline=None)
@given(_STEPS, st.sampled_from([Decisions(), _DECISIONS]))
def test_a_library_that_changed_answers_as_one_made_anew(
    steps: list[tuple[str, list[str], int, list[tuple[str, str, str | None]]]], decisions: Decisions
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
