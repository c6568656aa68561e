"""The first real article that was asked for; it is not part of the repository, so elsewhere these laws are skipped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.digesters.extractive.compose import digest_of
from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet
from bot.domain.reviews import unsupported
from tests.digesters.samples import NOW, entity, named, said

SOURCE = Path(__file__).parents[3] / "shared" / "articles" / "venezuela-us-ties.txt"
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason=f"the article is not here: {SOURCE}")


@pytest.fixture(scope="module")
def source() -> Article:
    """The article, a sentence a line, its paragraphs unknown."""
    lines = [line.strip() for line in SOURCE.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Article(
        title="Venezuela, US take first steps to restore diplomatic ties – DW",
        outlet=Outlet(name="Deutsche Welle", domain="dw.com"),
        published=datetime(2026, 1, 10, 9, tzinfo=UTC),
        sentences=tuple(lines),
    )


@pytest.fixture(scope="module")
def found(source: Article) -> Digest:
    """Its digest."""
    return digest_of(source, NOW)


def test_all_six_and_no_other(found: Digest) -> None:
    """Six people, the two of one surname apart, the brother given by his first name alone among them."""
    assert {e.id for e in found.entities if e.kind == "person"} == {
        "nicolas-maduro",
        "cilia-flores",
        "delcy-rodriguez",
        "donald-trump",
        "jorge-rodriguez",
        "darren-woods",
    }
    assert {"Delcy Rodríguez", "Jorge Rodríguez"} < named(found)
    assert entity(found, "Jorge Rodríguez").aliases == ("Jorge",)


def test_roles_and_relations(found: Digest) -> None:
    """Offices as stated; the deputy, the brother and the wife are tied."""
    roles = {e.id: [r.title for r in e.roles] for e in found.entities if e.kind == "person"}
    ties = {(e.id, r.as_, r.to) for e in found.entities for r in e.relations}

    assert roles["delcy-rodriguez"] == ["interim Venezuelan President"]
    assert roles["darren-woods"] == ["ExxonMobil chief executive"]
    assert roles["jorge-rodriguez"] == ["head of the Venezuelan National Assembly"]
    assert roles["donald-trump"] == ["US President"]
    assert roles["nicolas-maduro"] == ["Venezuelan ex-President"]
    assert {
        ("delcy-rodriguez", "was deputy of", "nicolas-maduro"),
        ("delcy-rodriguez", "brother", "jorge-rodriguez"),
        ("nicolas-maduro", "wife", "cilia-flores"),
    } <= ties


def test_every_quotation_with_its_speaker(found: Digest, source: Article) -> None:
    """All eight, mixed marks and fragments included, verbatim; the single word in marks is none."""
    assert [(speaker, text.split()[0], len(text.split())) for speaker, text in said(found)] == [
        ("venezuela", "has", 8),
        ("venezuela", "aimed", 8),
        ("delcy-rodriguez", "grave,", 6),
        ("delcy-rodriguez", "ensure", 12),
        ("delcy-rodriguez", "We", 31),
        ("donald-trump", "If", 27),
        ("donald-trump", "We", 6),
        ("donald-trump", "They're", 27),
    ]
    assert unsupported(found, source) == []


def test_figures(found: Digest) -> None:
    """A hundred billion dollars, hundreds of billions, a hundred dead, each with who says so."""
    figures = {f.text: (f.value, f.unit, f.stated_by) for f in found.figures}

    assert figures == {
        "at least $100 billion": (100_000_000_000, "USD", "donald-trump"),
        "hundreds of billions of dollars": (None, "USD", "donald-trump"),
        "100 people": (100, "people", "caracas"),
    }
    assert next(f.what for f in found.figures if f.value == 100).endswith("left 100 people dead")


def test_dates(found: Digest) -> None:
    """The third of January and the Fridays are days of the calendar."""
    days = [(e.date, e.evidence[-1]) for e in found.events]

    assert days == [
        ("2026-01-03", 20),
        ("2026-01-09", 2),
        ("2026-01-09", 8),
        ("2026-01-09", 13),
        ("2026-01-09", 23),
    ]
    assert {q.said for q in found.quotes if q.speaker == "delcy-rodriguez"} == {"2026-01-09", None}


def test_no_furniture(found: Digest) -> None:
    """Nothing of the page around the article is in the digest."""
    everything = found.model_dump_json()

    for words in ("JavaScript", "HTML5", "Editorial", "Methodology", "cross-referenced", "Primary Source", "Maduroand"):
        assert words not in everything.replace('"title"', "")
    assert found.headline == "Venezuela, US take first steps to restore diplomatic ties"
