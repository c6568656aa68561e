"""Laws of keeping stories as digests come, change and go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import grouping
from bot.domain.digests import Digest
from bot.domain.stories import Stories, Story, stories_of
from tests.builders import MONDAY, digest

_WORDS = st.sampled_from(
    "dam leaks gorge flood strike dockers port harbour pay inflation bank rate vote court trial fire forest".split()
)
_ROWS = st.tuples(
    st.lists(_WORDS, min_size=2, max_size=5),
    st.one_of(st.integers(0, 70), st.integers(0, 700)),
    st.integers(0, 4),
    st.booleans(),
)


def _digest(number: int, row: tuple[list[str], int, int, bool], known: list[Digest]) -> Digest:
    words, hour, pick, corrects = row
    earlier = known[pick % len(known)].id if corrects and known else None
    return digest(
        " ".join(words).capitalize(), at=MONDAY + timedelta(hours=hour), outlet=f"Wire {number}", supersedes=earlier
    )


def _members(stories: tuple[Story, ...]) -> list[list[str]]:
    return [[d.id for d in (*story.digests, *story.superseded)] for story in stories]


@pytest.fixture(autouse=True, scope="module")
def _never_anew() -> Iterator[None]:
    """However many change, they are worked in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "_ANEW", 1e9)
        yield


_STEPS = st.lists(st.tuples(st.sampled_from(["add", "add", "add", "change", "remove"]), _ROWS), max_size=25)


@settings(max_examples=80, deadline=None)
@given(_STEPS, st.integers(1, 4), st.sampled_from([500, 500, 4]))
def test_however_a_library_came_about_its_stories_are_the_same(
    steps: list[tuple[str, tuple[list[str], int, int, bool]]], together: int, most: int
) -> None:
    """Digests added, changed and removed in any sequence are grouped as if they had been there from the start.

    Also where more of them hang together than are grouped at once.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "_MOST_AT_ONCE", most)
        _lived_through(steps, together)


def _lived_through(steps: list[tuple[str, tuple[list[str], int, int, bool]]], together: int) -> None:
    stories, known = Stories(), dict[str, Digest]()
    new, gone = dict[str, Digest](), set[str]()
    for number, (act, row) in enumerate(steps):
        chosen = list(known.values())[row[2] % len(known)] if known else None
        if act == "add" or chosen is None:
            made = _digest(number, row, list(known.values()))
            known[made.id] = new[made.id] = made
        elif act == "change":
            known[chosen.id] = new[chosen.id] = chosen.model_copy(update={"summary": " ".join(row[0])})
        else:
            del known[chosen.id]
            new.pop(chosen.id, None)
            gone.add(chosen.id)
        if number % together == 0:
            stories.change(new.values(), gone - new.keys())
            new, gone = {}, set()
            assert stories.all() == stories_of(known.values())


def _digests(rows: list[tuple[list[str], int, int, bool]]) -> list[Digest]:
    known: list[Digest] = []
    for number, row in enumerate(rows):
        known.append(_digest(number, row, known))
    return known


@settings(max_examples=60, deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=20), _ROWS)
def test_a_key_once_given_leads_to_the_story_of_its_digest(
    rows: list[tuple[list[str], int, int, bool]], row: tuple[list[str], int, int, bool]
) -> None:
    """Also where a digest comes late and the story has another founder now."""
    known = _digests(rows)
    stories = Stories(known)
    before = stories.all()

    stories.change([_digest(99, row, [])])

    for story in before:
        (now,) = [each for each in stories.all() if each.holds(story.key)]
        founder = (*story.digests, *story.superseded)
        assert any(now.holds(d.id) for d in founder if d.key == story.key)


def test_what_a_change_leaves_alone_is_not_told_anew() -> None:
    """Stories that a new digest does not concern stay the same objects, so that nobody need look at them again."""
    dam, strike = digest("Dam leaks in Ambry Gorge"), digest("Dockers strike in Calder")
    stories = Stories([dam, strike])
    (kept,) = [story for story in stories.all() if story.lead == dam]

    stories.change([digest("Dockers strike in Calder ends", at=MONDAY + timedelta(hours=5))])

    assert any(story is kept for story in stories.all())
    assert sorted(len(members) for members in _members(stories.all())) == [1, 2]
