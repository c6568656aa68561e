"""What a newcomer sees first: the shipped digests, and the invented articles behind the samples."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.articles import Article, digest_id
from bot.domain.digests import Digest, as_json
from bot.domain.entities import entity_book
from bot.stores.files import FileArticleStore, check
from bot.stores.files.reading import article_of, decisions_of, digest_of
from bot.stores.files.text import json_text

DIGESTS = Path(__file__).parents[2] / "digests"
ARTICLES = Path(__file__).parents[1] / "articles"

ALL = {path: digest_of(path.read_bytes()) for path in sorted(DIGESTS.glob("*/*/*.json"))}
SAMPLES = {each.id: each for each in ALL.values() if "sample" in each.topics}
DECISIONS = decisions_of((DIGESTS / "entities.json").read_bytes())


def sample(words: str) -> Digest:
    """The one sample whose id holds ``words``."""
    [found] = [each for id_, each in SAMPLES.items() if words in id_]
    return found


def article(digest: Digest) -> Article:
    """The invented article behind a sample."""
    return article_of((ARTICLES / f"{digest.id}.json").read_bytes())


every_sample = pytest.mark.parametrize("digest", SAMPLES.values(), ids=lambda digest: digest.id[:40])


def test_the_folder_is_clean() -> None:
    """`lede check` has nothing to say: form, evidence, ids, hashes and quotations are right."""
    report = check([DIGESTS], FileArticleStore(ARTICLES))

    assert report.problems == ()
    assert report.checked == len(ALL) + 1


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem[:40])
def test_each_file_is_as_the_store_would_write_it(path: Path) -> None:
    """Filing a shipped digest again changes no byte, and it lies where the store looks first."""
    digest = ALL[path]

    assert path.read_text(encoding="utf-8") == json_text(as_json(digest))
    assert path.relative_to(DIGESTS).as_posix() == f"{digest.day:%Y/%m}/{digest.id}.json"


def test_decisions_are_as_the_store_would_write_them() -> None:
    """A decision taken in the bot changes only its own lines of the file."""
    text = (DIGESTS / "entities.json").read_text(encoding="utf-8")

    assert text == json_text(DECISIONS.model_dump(mode="json"))


def test_all_of_it_fits_one_briefing() -> None:
    """The digests fall within nine days, so that one briefing can show them all."""
    days = {digest.day for digest in ALL.values()}

    assert len(SAMPLES) >= 12
    assert max(days) - min(days) <= timedelta(days=8)
    assert date(2026, 1, 10) in days


@every_sample
def test_samples_are_marked(digest: Digest) -> None:
    """No one takes a sample for news: outlet, address and topic say what it is."""
    assert digest.article.outlet.name.startswith("Sample ")
    assert re.match(r"https://example\.(com|org)/sample/", digest.article.url or "")


@every_sample
def test_samples_have_their_article(digest: Digest) -> None:
    """The article gives the digest's id and facts, and its file is as the store would write it."""
    of = article(digest)

    assert digest.article == of.facts()
    assert digest.id == of.id == digest_id(of.published, of.title, of.url, of.sha256)
    written = json_text(of.model_dump(mode="json", exclude_none=True))
    assert (ARTICLES / f"{digest.id}.json").read_text(encoding="utf-8") == written


def test_no_article_lacks_its_digest() -> None:
    """Only invented articles lie with the tests."""
    assert {path.stem for path in ARTICLES.glob("*.json")} == SAMPLES.keys()


@every_sample
def test_mentions_name_the_entity(digest: Digest) -> None:
    """Each sentence that is said to name an entity holds a word of one of its names, or one made from it."""
    of = article(digest)
    for entity in digest.entities:
        names = " ".join(re.sub(r"<[^>]*>", "", name) for name in (entity.name, *entity.aliases))
        starts = tuple(_words(names) - {"of", "the", "des", "de"})
        for number in entity.mentions:
            assert any(word.startswith(starts) for word in _words(of.sentence(number))), (entity.id, number)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{2,}", text.lower()))


@every_sample
def test_every_alias_is_in_the_article(digest: Digest) -> None:
    """A sample invents no spelling that its article does not use."""
    text = " ".join(article(digest).sentences)
    for entity in digest.entities:
        missing = [name for name in entity.aliases if name.lower() not in text.lower()]
        allowed = {"treaty between Velmora and Tarsenia", "Bobbin Tabelle", "Government of Velmora"}
        assert set(missing) <= allowed, entity.id


@every_sample
def test_figures_stand_in_their_evidence(digest: Digest) -> None:
    """A figure's text is in its sentences as it is given."""
    of = article(digest)
    for figure in digest.figures:
        assert figure.text in " ".join(of.sentence(number) for number in figure.evidence)


@every_sample
def test_headline_and_points_are_own_words(digest: Digest) -> None:
    """No line of ours is one of the article's sentences."""
    theirs = {sentence.strip(". ").lower() for sentence in article(digest).sentences}
    ours = [digest.headline, digest.summary, *(point.text for point in digest.key_points)]

    assert not theirs & {line.strip(". ").lower() for line in ours}


# --- what the samples are there to exercise ---------------------------------------------------------------------


def test_a_story_develops_over_three_days() -> None:
    """Three days of one story, whose figures can be compared from day to day."""
    days = [sample("new-cracks"), sample("emptied-overnight"), sample("dam-holds")]

    assert [each.day.day for each in days] == [7, 8, 9]
    assert all(each.entity("ambry-gorge-dam") for each in days)
    what = "filling of the Ambry Gorge reservoir"
    assert [[f.value for f in each.figures if f.what == what] for each in days] == [[91], [84], [72]]


def test_one_report_at_two_outlets() -> None:
    """An agency's report and the paper that carries it: nearly the same sentences under two names."""
    wire, paper = sample("emptied-overnight"), sample("town-below")

    assert wire.article.outlet != paper.article.outlet
    assert set(article(wire).sentences) < set(article(paper).sentences)


def test_a_correction_supersedes() -> None:
    """A corrected article names the digest it takes the place of, and says otherwise than it."""
    first, corrected = sample("accept-4-percent"), sample("accept-3-4-percent")

    assert corrected.article.supersedes == first.id
    assert corrected.article.published > first.article.published
    assert {first.figures[0].value, corrected.figures[0].value} == {4, 3.4}


def test_two_people_share_a_surname_and_two_a_whole_name() -> None:
    """Namesakes stay apart: by id, and by what people decided."""
    book = entity_book(ALL.values(), DECISIONS)

    assert {book["ilka-morvane"].name, book["teodor-morvane"].name} == {"Ilka Morvane", "Teodor Morvane"}
    assert book["aldo-brevane"].name == book["aldo-brevane-cyclist"].name == "Aldo Brevane"
    assert book["corvane"].kind == "place"
    assert "Corvane" in book["corvane-lines"].aliases


def test_names_in_several_scripts_and_a_place_with_two_names() -> None:
    """One person in Latin, Cyrillic, Arabic and Chinese; one city by its own name and a foreign one."""
    book = entity_book(ALL.values(), DECISIONS)

    names = {book["zeyra-qalmuri"].name, *book["zeyra-qalmuri"].aliases}
    assert names == {"Zeyra Qalmuri", "Zeyra Qalmouri", "Зейра Калмури", "زيرة قلموري", "泽拉·卡尔穆里"}
    assert {"Shelmar", "Chelmar", "Желмир", "Zhelmir"} <= set(book["zhelmyr"].aliases)


def test_a_decision_joins_what_two_digests_call_differently() -> None:
    """The shipped decisions do something: one council under two ids is one entity."""
    book = entity_book(ALL.values(), DECISIONS)

    assert "fishing-council-of-the-isles" not in book
    assert len(book["kelvane-fishing-council"].appearances) == 2


def test_extremes_are_there() -> None:
    """The longest headline, an acronym, a foreign language, a work, an event, a date to come, a vague figure."""
    kinds = {entity.kind for each in ALL.values() for entity in each.entities}

    assert max(len(each.headline) for each in SAMPLES.values()) == 120
    assert kinds == {"person", "organisation", "place", "event", "work"}
    assert "KORI" in sample("kelvane").entities[0].aliases
    assert {each.article.language for each in SAMPLES.values()} == {"en", "fr"}
    assert any(event.date > "2026-02" for event in sample("ferry-treaty").events)
    assert any(figure.value is None for each in ALL.values() for figure in each.figures)
    assert any(len({quote.speaker for quote in each.quotes}) >= 3 for each in SAMPLES.values())


@pytest.mark.parametrize(
    "hostile",
    ["<script>", "javascript:alert(1)", "@everyone", "<!channel>", "<@U123>", "`", "{{", "\u202e", "\u200b", "\x1b["],
)
def test_hostile_text_is_there(hostile: str) -> None:
    """One sample carries what may do harm in some place where text is shown."""
    written = json.dumps(as_json(sample("pranksters")), ensure_ascii=False)

    assert hostile in written.replace("\\u001b", "\x1b")
