"""Laws of the library: what changed is worked in, and nothing tells how a state came about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digests import Digest
from bot.domain.entities import Decisions, Merge
from bot.services.library import Holdings, Snapshot, snapshot_of
from tests.builders import MONDAY, digest, named

_PEOPLE = st.sampled_from(["Hesper Tollind", "Ivo Marr", "Ambry Gorge", "Delphine Oake"])
_ENTITIES = st.lists(
    st.tuples(_PEOPLE, st.sampled_from(["person", "place"]), st.sampled_from([None, None, "Q1", "Q2"])),
    max_size=3,
    unique_by=lambda each: each[0],
)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "change", "remove"]),
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
        if act == "add" or chosen is None:
            at = MONDAY + timedelta(hours=hour)
            made = digest(" ".join(words), at=at, outlet=f"Wire {number}", entities=_entries(entities))
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
