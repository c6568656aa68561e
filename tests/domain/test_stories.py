"""Laws of grouping digests into stories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digests import Digest
from bot.domain.stories import OPEN_FOR, stories_of
from tests.builders import MONDAY, digest, named

_DAM = ["Water leaks from the Ambry Gorge dam", "Lower Ambry is evacuated"]
_HOUR = timedelta(hours=1)


def _dam(headline: str, hours: float, **more: Any) -> Digest:
    dam = [named("Ambry Gorge dam", kind="place"), named("Hesper Tollind")]
    return digest(headline, at=MONDAY + hours * _HOUR, points=_DAM, entities=dam, **more)


def test_reports_of_one_thing_are_one_story() -> None:
    """Three articles on the dam are one story, told from the newest; the strike is another."""
    first = _dam("Cracks found in Ambry Gorge dam", 0)
    second = _dam("Town below Ambry Gorge dam evacuated", 20)
    third = _dam("Ambry Gorge dam out of danger", 40)
    strike = digest("Dockers strike in Port Calder", at=MONDAY + 20 * _HOUR, points=["Ships wait outside the harbour"])

    stories = stories_of([third, strike, first, second])

    assert [[d.id for d in s.digests] for s in stories] == [[third.id, second.id, first.id], [strike.id]]
    assert stories[0].lead == third


def test_a_story_keeps_its_key_as_it_grows() -> None:
    """The key is the founding digest's, so a button pressed weeks later still finds the story."""
    first, second = _dam("Cracks found in Ambry Gorge dam", 0), _dam("Ambry Gorge dam out of danger", 40)

    (alone,) = stories_of([first])
    (grown,) = stories_of([first, second])

    assert alone.key == grown.key == first.key
    assert grown.holds(second.id)
    assert grown.holds(second.key)


def test_last_months_flood_is_another_story() -> None:
    """Beyond the window even the same words found a new story."""
    earlier, later = _dam("Cracks found in Ambry Gorge dam", 0), _dam("Cracks found in Ambry Gorge dam", 24 * 30)

    assert len(stories_of([earlier, later])) == 2


def test_what_is_very_alike_is_still_taken_after_the_window() -> None:
    """A day after the window a near repetition joins: a strike's end finds its beginning."""
    hours = OPEN_FOR / _HOUR + 24
    earlier, later = _dam("Cracks found in Ambry Gorge dam", 0), _dam("Cracks in Ambry Gorge dam mended", hours)

    assert len(stories_of([earlier, later])) == 1


def test_what_is_told_every_day_stays_one_story() -> None:
    """A story is as long as it lasts: only digests of the same days are compared."""
    days = [_dam(f"Ambry Gorge dam: day {day} of the repairs", 24 * day) for day in range(20)]

    assert len(stories_of(days)) == 1


def test_a_report_that_ties_two_others_together_makes_them_one_story() -> None:
    """Whoever tells of both the cracks and the evacuation shows that the two belong together."""
    cracks = digest("Cracks in Ambry Gorge dam", at=MONDAY, points=["Engineers inspect concrete walls"])
    flight = digest("Thousands flee Lower Tollind", at=MONDAY + _HOUR, points=["Buses carry families to schools"])
    both = digest(
        "Thousands flee Lower Tollind, cracks in Ambry Gorge dam",
        at=MONDAY + 2 * _HOUR,
        points=["Engineers inspect concrete walls", "Buses carry families to schools"],
    )

    assert len(stories_of([cracks, flight])) == 2
    assert len(stories_of([cracks, flight, both])) == 1


def _spanish(headline: str, point: str) -> Digest:
    made = digest(headline, at=MONDAY + _HOUR, points=[point])
    return made.model_copy(update={"article": made.article.model_copy(update={"language": "es"})})


def test_two_articles_of_a_rare_language_are_not_one_story_for_that() -> None:
    """What is rare is counted by language: in a library of English, every Spanish word looks rare."""
    english = [digest(f"Report {n} on matter {n}", at=MONDAY, outlet=f"Wire {n}") for n in range(120)]
    strike = _spanish(
        "Los estibadores de Calder van a la huelga",
        "La huelga de los estibadores fue anunciada por el sindicato en la ciudad",
    )
    rain = _spanish(
        "La lluvia vuelve a los campos de Velmora",
        "La lluvia fue celebrada por los campesinos en el valle de la provincia",
    )

    stories = stories_of([*english, strike, rain])

    assert {len(s.digests) for s in stories if s.holds(strike.id) or s.holds(rain.id)} == {1}


def test_a_correction_stands_in_the_place_of_what_it_corrects() -> None:
    """The superseded digest leaves the story's digests, and the story however different the new words are."""
    wrong = _dam("Cracks found in Ambry Gorge dam", 0)
    right = digest("Correction", at=MONDAY + 400 * _HOUR, supersedes=wrong.id)

    (story,) = stories_of([wrong, right])

    assert story.digests == (right,)
    assert story.superseded == (wrong,)


_SUBJECTS = st.sampled_from(["Dam leaks in Ambry Gorge", "Dockers strike in Calder", "Inflation falls in Velmora"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_SUBJECTS, st.integers(0, 400)), max_size=12, unique=True), st.randoms())
def test_grouping_is_a_partition_that_depends_on_nothing_but_the_digests(rows: list[tuple[str, int]], random) -> None:  # type: ignore[no-untyped-def]
    """Each digest is in one story, whatever the order in which the digests were given."""
    digests = [digest(f"{subject} {hour}", at=MONDAY + hour * _HOUR) for subject, hour in rows]
    shuffled = digests[:]
    random.shuffle(shuffled)

    stories = stories_of(digests)

    assert sorted(d.id for s in stories for d in s.digests) == sorted(d.id for d in digests)
    assert stories_of(shuffled) == stories
