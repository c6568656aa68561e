from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet
from bot.domain.duplicates import NEARLY_SAME, KnownArticles, changes, likeness, likeness_of_titles, outlet_key
from tests.ingest.fakes import NOW, STORY, article


def digest_of(source: Article, by: str = "extractive/1") -> Digest:
    """The least digest of an article."""
    fields = {"format": 1, "id": source.id, "article": source.facts(), "headline": "x", "summary": "x"}
    return Digest.model_validate(fields | {"made": {"by": by, "at": NOW}})


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (article(), None),
        (article(*(s.upper() + " " for s in STORY)), None),
        (article(title="Other"), "another title"),
        (article(*STORY, "It rains."), "1 new or reworded sentence"),
        (article(*STORY[:3]), "2 sentences gone or reworded"),
        (
            article(*STORY[:4], "It rains.", title="Other"),
            "another title, 1 new or reworded sentence, 1 sentence gone or reworded",
        ),
    ],
)
def test_what_changed_is_said(later: Article, words: str | None) -> None:
    """Sentences and title are compared by their words; marks and cases are no change."""
    found = changes(article(), later)

    assert (str(found) if found else None) == words


def test_likeness_tells_copies_from_reports() -> None:
    """A corrected copy is like the first; another report of the same event is not."""
    long = [f"Sentence number {n} tells of gate {n * 7} and of street {n * 11}." for n in range(12)]
    report = [
        "Cracks in the dam of Ambry Gorge have emptied its lake.",
        "The minister, Ilse Tamm, wants answers by March.",
    ]

    assert likeness(STORY, STORY) == 1.0
    assert likeness(long, [*long[:11], "All else is quiet."]) > NEARLY_SAME > 0.1 > likeness(STORY, report)


@given(st.lists(st.text(max_size=30), max_size=5), st.lists(st.text(max_size=30), max_size=5))
def test_likeness_is_mutual_and_bounded(first: list[str], second: list[str]) -> None:
    """Neither comes first."""
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1


def test_titles_are_compared_by_words() -> None:
    """Order, marks and cases do not count."""
    assert likeness_of_titles("Lake falls, minister says", "Minister says: lake falls") == 1.0
    assert likeness_of_titles("", "Lake falls") == 0.0


def test_an_outlet_is_its_domain() -> None:
    """However it is named, at whatever front; its name where no domain is known."""
    assert outlet_key(Outlet(name="Wire", domain="www.wire.example")) == outlet_key(
        Outlet(name="The Wire", domain="wire.example")
    )
    assert outlet_key(Outlet(name="The  Wire")) == outlet_key(Outlet(name="the wire"))


def test_what_is_forgotten_is_new() -> None:
    """Neither its address, nor its words, nor its title leads to it any more."""
    known = KnownArticles([digest_of(article())])
    known.forget(article().id)
    known.forget("2026-01-13-no-such-digest-12345678")

    assert known.at("https://example.com/ambry") is None
    assert known.same_words(article()) is None
    assert known.perhaps_same(article()) == []
    assert len(known) == 0


def test_a_corrected_digest_is_known_by_its_present_words() -> None:
    """A digest made anew under its id is not found by what it said before."""
    corrected = article(*STORY[:3])
    known = KnownArticles([digest_of(article())])
    known.add(digest_of(corrected))

    assert known.same_words(article()) is None
    assert known.same_words(corrected) is not None
    assert len(known) == 1


def test_only_near_days_and_the_same_outlet_may_be_the_same() -> None:
    """An annual report has last year's title; another outlet's report is another."""
    known = KnownArticles([digest_of(article())])
    next_year = article(published=NOW + timedelta(days=365))
    elsewhere = article(outlet="Another Wire")

    assert known.perhaps_same(article(published=NOW + timedelta(days=1)))
    assert known.perhaps_same(next_year) == known.perhaps_same(elsewhere) == []
