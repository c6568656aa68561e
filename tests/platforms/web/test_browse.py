"""The library shows all digests, filters as people expect, and never gives an article away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet
from bot.platforms.web.browse import PAGE_LENGTH, Asked, corrections, entities_by_kind, excerpt, listing
from bot.platforms.web.views import made_by, page_query, partial_date

NOW = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)
SENTENCES = ("Łódź opened a bridge on Monday, the mayor said.", "It cost 12 crowns.", "Nobody cites this one at all.")


def article(title: str = "Bridge", sentences: tuple[str, ...] = SENTENCES, outlet: str = "Sample Wire") -> Article:
    """An invented article."""
    return Article(title=title, outlet=Outlet(name=outlet), published=NOW, sentences=sentences)


def digest(of: Article, headline: str = "A bridge opens", topics: tuple[str, ...] = ("cities",)) -> Digest:
    """A digest of it that cites the first two sentences."""
    return Digest.model_validate(
        {
            "format": 1,
            "id": of.id,
            "article": of.facts().model_dump(mode="json"),
            "headline": headline,
            "summary": "Łódź has a new bridge.",
            "key_points": [{"text": "It opened.", "evidence": [1]}, {"text": "It cost little.", "evidence": [2]}],
            "entities": [
                {"id": "lodz", "kind": "place", "name": "Łódź", "mentions": [1], "salience": 0.9},
                {"id": "mayor", "kind": "person", "name": "The Mayor", "mentions": [1], "salience": 0.2},
            ],
            "topics": list(topics),
            "made": {"by": "hand", "at": NOW.isoformat()},
        }
    )


def shelf(count: int) -> list[Digest]:
    """Digests of as many days."""
    return [
        digest(article(f"Bridge {n}").model_copy(update={"published": NOW - timedelta(days=n)}), f"Bridge {n} opens")
        for n in range(count)
    ]


@pytest.mark.parametrize("words", ["bridge", "LODZ", "łódź", "lodz opens", "mayor", "sample wire", "cities", "  "])
def test_words_find_what_they_name(words: str) -> None:
    """Words are looked for in any case, with or without accents, in headline, summary, names, outlet and topics."""
    assert listing([digest(article())], Asked(words=words)).found == 1


def test_all_words_must_fit() -> None:
    """Every word must be there; filters narrow further."""
    digests = [digest(article()), digest(article("Ferry", outlet="Gazette"), "A ferry sails", ("sea",))]
    assert listing(digests, Asked(words="cities sails")).found == 0
    assert listing(digests, Asked(topic="sea")).days[0][1][0].headline == "A ferry sails"
    assert listing(digests, Asked(outlet="Sample Wire")).days[0][1][0].headline == "A bridge opens"
    assert listing(digests, Asked(topic="sea", outlet="Sample Wire")).found == 0
    assert listing(digests, Asked()).topics == (("cities", 1), ("sea", 1))


def test_newest_day_first() -> None:
    """Days go backwards from the newest."""
    days = [day for day, _ in listing(shelf(3), Asked()).days]
    assert days == sorted(days, reverse=True)


@given(st.integers(0, 130), st.integers(-5, 99))
def test_pages_hold_everything_once(count: int, page: int) -> None:
    """All pages together are all digests; a page beyond the last is the last."""
    digests = shelf(count)
    first = listing(digests, Asked(page=page))
    assert 1 <= first.page <= first.pages
    shown = [
        each.id
        for number in range(1, first.pages + 1)
        for _, group in listing(digests, Asked(page=number)).days
        for each in group
    ]
    assert sorted(shown) == sorted(each.id for each in digests)
    assert first.pages == max(1, -(-count // PAGE_LENGTH))


def test_entities_by_kind() -> None:
    """People come first, each kind by prominence, no kind without anyone."""
    assert [(kind, [e.id for e in es]) for kind, es in entities_by_kind(digest(article()))] == [
        ("person", ["mayor"]),
        ("place", ["lodz"]),
    ]


def test_corrections_name_the_later_one() -> None:
    """An article that another supersedes is marked with the other's digest."""
    later = digest(article("Later").model_copy(update={"supersedes": "earlier"}))
    assert corrections([later, digest(article())]) == {"earlier": later.id}


def test_an_excerpt_is_only_the_beginning() -> None:
    """A cited sentence is shown in part; one that is not cited not at all."""
    of = article()
    assert excerpt(digest(of), of, 1) == "Łódź opened a bridge on …"
    assert excerpt(digest(of), of, 3) is None
    assert excerpt(digest(of), of, 99) is None


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_an_excerpt_is_never_the_whole(sentence: str) -> None:
    """However short or long the sentence, at least two fifths stay where they were published."""
    of = article(sentences=(sentence, "It cost 12 crowns.", "x"))
    words = excerpt(digest(of), of, 1)
    assert words is not None
    assert len(words.removesuffix(" …")) <= min(140, 0.6 * len(" ".join(sentence.split())))


@pytest.mark.parametrize(
    ("written", "shown"), [("2026", "2026"), ("2026-01", "Jan 2026"), ("2026-01-03", "3 Jan 2026")]
)
def test_dates_are_as_precise_as_known(written: str, shown: str) -> None:
    """A year stays a year."""
    assert partial_date(written) == shown


@pytest.mark.parametrize(
    ("by", "shown"),
    [("hand", "by hand"), ("extractive/2", "by rules (extractive/2)"), ("llm:some:model", "by the model some:model")],
)
def test_who_made_it(by: str, shown: str) -> None:
    """The maker is named in words."""
    assert made_by(by) == shown


def test_the_next_page_keeps_the_filter() -> None:
    """Turning the page looks for the same."""
    assert page_query(Asked(words="a&b", topic="sea"), 2) == "q=a%26b&topic=sea&page=2"
