"""Laws of editions: what a channel is told, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.domain.briefings import Brief, Edition, Seen, edition_of
from bot.domain.digests import Digest, Statement
from bot.domain.entities import entity_book
from bot.domain.stories import stories_of
from tests.builders import MONDAY, digest, named

DAY = timedelta(days=1)


def _edition(digests: Sequence[Digest], days: float = 1, previous: Sequence[Edition] = (), **more: Any) -> Edition:
    brief = Brief("e", "Morning briefing", MONDAY + days * DAY, "Europe/Berlin", **more)
    return edition_of(brief, stories_of(digests), entity_book(digests), Seen.of(previous))


def _dam(headline: str, days: float, points: Sequence[str] = ("Water leaks from the dam",), **more: Any) -> Digest:
    entities = [named("Ambry Gorge dam", kind="place"), named("Hesper Tollind")]
    return digest(f"{headline} Ambry Gorge dam", at=MONDAY + days * DAY, points=points, entities=entities, **more)


def _statuses(edition: Edition) -> list[str]:
    return [told.status for told in edition.stories]


def test_what_a_channel_has_not_seen_is_new() -> None:
    """The first edition tells the last day's stories as new."""
    edition = _edition([_dam("Cracks found in", 0.5)])

    assert _statuses(edition) == ["new"]
    assert edition.articles == 1


def test_a_told_story_without_news_is_not_told_again() -> None:
    """The next edition leaves it out, and says so when asked why."""
    digests = [_dam("Cracks found in", 0.5)]
    first = _edition(digests)
    second = _edition(digests, days=1.2, previous=[first])

    assert second.stories == ()
    assert [(v.kept, v.stage) for v in second.verdicts] == [(False, "seen")]


def test_a_story_that_moved_is_updated_and_says_what_is_new() -> None:
    """The facts and outlets that were added are named; what was known is not."""
    first_report = _dam("Cracks found in", 0.5)
    first = _edition([first_report])
    later = _dam(
        "Town evacuated below", 1.5, ["Lower Ambry is evacuated", "Water leaks from the dam"], outlet="Gazette"
    )

    second = _edition([first_report, later], days=2, previous=[first])

    assert _statuses(second) == ["updated"]
    assert second.stories[0].changes == ("Lower Ambry is evacuated", "now also reported by Gazette")


def test_a_correction_of_what_was_told_says_so_first() -> None:
    """A channel that read the wrong figure is told that it was corrected."""
    wrong = _dam("Cracks found in", 0.5, ["Forty houses are empty"])
    first = _edition([wrong])
    right = _dam("Corrected: cracks found in", 1.2, ["Four houses are empty"], supersedes=wrong.id)

    second = _edition([wrong, right], days=2, previous=[first])

    assert _statuses(second) == ["updated"]
    assert second.stories[0].changes[0] == "corrected by Sample Wire"


def corrected_in_place(digest: Digest, *points: str) -> Digest:
    """The same article under the same id, with another text."""
    article = digest.article.model_copy(update={"sha256": "f" * 64})
    told = tuple(Statement(text=text, evidence=(2,)) for text in points)
    return digest.model_copy(update={"article": article, "key_points": told})


def test_a_correction_under_the_same_id_is_news() -> None:
    """Title and day were kept, so the id was: the text's hash tells; told once, it is not told a third time."""
    wrong = _dam("Cracks found in", 0.5, ["Forty houses are empty"])
    right = corrected_in_place(wrong, "Four houses are empty")
    first = _edition([wrong])

    second = _edition([right], days=1.2, previous=[first])
    third = _edition([right], days=1.4, previous=[second, first])

    assert _statuses(second) == ["updated"]
    assert second.stories[0].changes == ("corrected by Sample Wire", "Four houses are empty")
    assert third.stories == ()


def test_an_edition_without_hashes_is_read_as_before() -> None:
    """What an earlier version stored tells nothing of texts, so nothing counts as corrected."""
    report = _dam("Cracks found in", 0.5)
    first = _edition([report]).model_copy(update={"texts": {}})

    second = _edition([corrected_in_place(report, "Other")], days=1.2, previous=[first])

    assert second.stories == ()


def test_an_article_that_arrived_late_is_still_told() -> None:
    """Published before the last edition but filed after it: in the last window, so not lost."""
    first = _edition([])
    late = _dam("Cracks found in", 0.9)

    assert _statuses(_edition([late], days=2, previous=[first])) == ["new"]


def test_an_old_library_still_gives_a_first_briefing() -> None:
    """Months after the last article a channel without history gets the latest stories, with a note."""
    edition = _edition([_dam("Cracks found in", 0), digest("Strike in Calder", at=MONDAY - 3 * DAY)], days=300)

    assert len(edition.stories) == 2
    assert "latest stories" in edition.notes[0]


def test_a_later_briefing_does_not_reach_back() -> None:
    """A channel with history and no news is told that there is none."""
    digests = [_dam("Cracks found in", 0.5)]
    edition = _edition(digests, days=300, previous=[_edition(digests)])

    assert edition.stories == ()
    assert edition.notes == ()


def test_the_edition_holds_no_more_than_its_limit_and_says_what_was_left_out() -> None:
    """The verdicts name every story that was considered, with its rank."""
    digests = [digest(f"{word} in {word}burg", at=MONDAY) for word in ("Fire", "Frost", "Flood")]
    edition = _edition(digests, limit=2)

    assert [told.number for told in edition.stories] == [1, 2]
    assert [(v.kept, v.stage) for v in edition.verdicts] == [(True, "chosen"), (True, "chosen"), (False, "rank")]


def test_only_the_topic_asked_for() -> None:
    """A story of other topics is refused with its topics."""
    sport, law = digest("Race won", topics=["sport"]), digest("Law passed", topics=["politics"])
    edition = _edition([sport, law], topic="sport")

    assert [told.account.headline for told in edition.stories] == ["Race won"]
    assert [v.reasons for v in edition.verdicts if not v.kept] == [("topics are politics, not sport",)]


def test_many_outlets_outweigh_one() -> None:
    """What several report leads."""
    shared = [_dam("Cracks found in", 0.5, outlet=outlet) for outlet in ("Wire", "Gazette", "Herald")]
    alone = digest("Robot named", at=MONDAY + 0.9 * DAY)

    edition = _edition([alone, *shared])

    assert [len(told.account.digests) for told in edition.stories] == [3, 1]


def test_whom_one_follows_rises() -> None:
    """Between equals, the story that names someone followed comes first, and says why."""
    a = digest("Race won", entities=[named("Teodor Morvane")])
    b = digest("Law passed", entities=[named("Sunniva Okradel")])
    edition = _edition([a, b], followed=["sunniva-okradel"])

    assert edition.stories[0].account.headline == "Law passed"
    assert "names Sunniva Okradel, whom you follow" in edition.verdicts[0].reasons


def test_an_edition_is_the_same_for_the_same_inputs() -> None:
    """Frozen, it reads back as it was written."""
    digests = [_dam("Cracks found in", 0.5), digest("Race won", at=MONDAY + 0.6 * DAY)]
    edition = _edition(digests)

    assert _edition(list(reversed(digests))) == edition
    assert Edition.model_validate_json(edition.model_dump_json()) == edition


def test_every_line_of_an_edition_has_a_source() -> None:
    """Nothing is told that no digest supports."""
    edition = _edition([_dam("Cracks found in", 0.5)])
    account = edition.stories[0].account
    lines = [account.summary, *account.points, *account.next, *account.background]

    assert all(line.sources for line in lines)


def test_an_edition_tells_nothing_of_later() -> None:
    """What was published after the edition's time is not in it, and what was corrected later stands as it was."""
    wrong = digest("Dam holds at Ambry Gorge", at=MONDAY)
    right = digest("Dam leaks at Ambry Gorge", at=MONDAY + timedelta(hours=30), supersedes=wrong.id)
    later = digest("Dam breaks at Ambry Gorge", at=MONDAY + timedelta(hours=40))
    at = MONDAY + timedelta(hours=2)

    edition = edition_of(
        Brief("e", "Morning briefing", at, "UTC"), stories_of([wrong, right, later]), entity_book([wrong, right, later])
    )

    assert [told.account.digests for told in edition.stories] == [(wrong.id,)]
    assert edition.stories[0].account.headline == wrong.headline
