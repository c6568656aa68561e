"""The hand-made digest of a real article, whose text is not ours to keep: compared where the article is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.articles import Article
from bot.stores.files.checking import disagreements
from bot.stores.files.reading import digest_of

ROOT = Path(__file__).parents[2]
TEXT = ROOT.parent / "shared" / "articles" / "venezuela-us-ties.txt"
[PATH] = ROOT.glob("digests/2026/01/2026-01-10-venezuela-and-us-*.json")
DIGEST = digest_of(PATH.read_bytes())
PEOPLE = {
    "cilia-flores": "Cilia Flores",
    "darren-woods": "Darren Woods",
    "delcy-rodriguez": "Delcy Rodríguez",
    "donald-trump": "Donald Trump",
    "jorge-rodriguez": "Jorge Rodríguez",
    "nicolas-maduro": "Nicolás Maduro",
}


@pytest.fixture
def article() -> Article:
    """The article: its lines of news are its sentences, what the page put around them is not."""
    if not TEXT.is_file():
        pytest.skip(f"the article's text is not at hand: {TEXT.name} belongs into ../shared/articles")
    news, _, _ = TEXT.read_text(encoding="utf-8").partition("Editorial Context")
    lines = [line.strip() for line in news.splitlines()]
    facts = DIGEST.article
    return Article(
        title=facts.title,
        outlet=facts.outlet,
        published=facts.published,
        language=facts.language,
        sentences=tuple(line for line in lines if line and not line.startswith("To view this video")),
    )


def test_it_digests_exactly_this_text(article: Article) -> None:
    """Hash, count and every quotation agree with the article, and the id is made of them."""
    assert list(disagreements(DIGEST, article)) == []
    assert DIGEST.article == article.facts()
    assert DIGEST.id == article.id


def test_every_name_is_where_it_is_said_to_be(article: Article) -> None:
    """Each person is named, by a word of the name, in each sentence of the mentions and in no other."""
    for id_, name in PEOPLE.items():
        surname = "Jorge" if id_ == "jorge-rodriguez" else name.split()[-1]
        plain = surname.replace("í", "i")
        named = [number for number, sentence in enumerate(article.sentences, 1) if plain in sentence.replace("í", "i")]
        entity = DIGEST.entity(id_)

        assert entity is not None
        assert list(entity.mentions) == named, id_


def test_figures_stand_in_their_evidence(article: Article) -> None:
    """A figure's text is in its sentences as it is given."""
    for figure in DIGEST.figures:
        assert figure.text in " ".join(article.sentence(number) for number in figure.evidence)


def test_our_lines_are_our_own_words(article: Article) -> None:
    """No line of ours repeats eight words in a row of the article."""
    said = _runs(" ".join(article.sentences))
    lines = [DIGEST.headline, DIGEST.summary, *(each.text for each in DIGEST.key_points + DIGEST.next_)]
    lines += [each.text for each in DIGEST.background + DIGEST.events]
    lines += [DIGEST.why_it_matters.text] if DIGEST.why_it_matters else []

    assert not [line for line in lines if _runs(line) & said]


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = text.lower().replace(",", "").replace(".", "").split()
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_everyone_is_there_with_role_and_relations() -> None:
    """All six people, each with a role, and who they are to each other in both directions."""
    people = {each.id: each.name for each in DIGEST.entities if each.kind == "person"}
    relations = {(each.id, relation.as_, relation.to) for each in DIGEST.entities for relation in each.relations}

    assert people == PEOPLE
    assert all(each.roles for each in DIGEST.entities if each.kind == "person")
    assert {
        ("delcy-rodriguez", "brother", "jorge-rodriguez"),
        ("jorge-rodriguez", "brother of", "delcy-rodriguez"),
        ("delcy-rodriguez", "was deputy of", "nicolas-maduro"),
        ("cilia-flores", "wife of", "nicolas-maduro"),
        ("darren-woods", "chief executive of", "exxonmobil"),
    } <= relations


def test_quotations_have_the_right_speaker_and_day() -> None:
    """Who said what, and "on Friday" is the ninth of January."""
    said = [(quote.speaker, quote.said, quote.text[:24]) for quote in DIGEST.quotes]

    assert said == [
        ("government-of-venezuela", "2026-01-09", "has decided to initiate "),
        ("government-of-venezuela", "2026-01-09", "aimed at reestablishing "),
        ("delcy-rodriguez", "2026-01-09", "grave, criminal, illegal"),
        ("delcy-rodriguez", "2026-01-09", "ensure the return of Pre"),
        ("delcy-rodriguez", "2026-01-09", "We will meet face-to-fac"),
        ("jorge-rodriguez", "2026-01-08", "peace"),
        ("donald-trump", "2026-01-09", "If you don't want to go "),
        ("donald-trump", "2026-01-09", "We sort of formed a deal"),
        ("donald-trump", "2026-01-09", "They're going to be goin"),
    ]


def test_figures_have_values_only_where_the_article_has() -> None:
    """A vague number has no value, and who says a number is named."""
    figures = {figure.value: (figure.unit, figure.stated_by) for figure in DIGEST.figures}

    assert figures == {
        100_000_000_000: ("USD", "donald-trump"),
        None: ("USD", "donald-trump"),
        100: ("people", "government-of-venezuela"),
        25: ("people", "donald-trump"),
    }
