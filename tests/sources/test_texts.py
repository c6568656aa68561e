from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.extracted import Extracted, Refusal
from bot.sources.language import language_of
from bot.sources.texts import article_of_text, looks_like_html

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)
STORY = (
    "The lake above Ambry Gorge fell by six metres overnight. Nobody was hurt.\n"
    "Engineers opened both gates on Friday after new cracks appeared in the dam.\n"
)
REAL = Path(__file__).parents[3] / "shared" / "articles" / "venezuela-us-ties.txt"


def read(text: str | bytes, charset: str = "") -> Extracted:
    """The article in a text."""
    return article_of_text(text.encode() if isinstance(text, str) else text, charset, NOW)


def test_a_first_line_that_is_a_sentence_is_the_story() -> None:
    """A text may have no title; then nothing is taken for one."""
    found = read(STORY)

    assert found.title == ""
    assert found.paragraphs[0] == ("The lake above Ambry Gorge fell by six metres overnight.", "Nobody was hurt.")


def test_a_first_line_that_is_none_is_the_title() -> None:
    """A short first line without a full stop heads the text."""
    found = read("Lake falls after cracks in dam\n\n" + STORY)

    assert found.title == "Lake falls after cracks in dam"
    assert len(found.paragraphs) == 2


def test_facts_at_the_top_are_facts() -> None:
    """Lines such as ``Published:`` above the text are read as such."""
    head = "Title: Lake falls\nBy: Ilse Tamm and Jonas Roe\nPublished: 2026-01-10T08:00:00+01:00\n"
    found = read(head + "Outlet: Sample Wire\nURL: https://example.com/lake\n\n" + STORY)

    assert (found.title, found.byline, found.source) == ("Lake falls", ("Ilse Tamm", "Jonas Roe"), "Sample Wire")
    assert (found.published, found.canonical) == (datetime(2026, 1, 10, 7, tzinfo=UTC), "https://example.com/lake")


def test_wrapped_lines_are_one_paragraph() -> None:
    """Blank lines part paragraphs where lines are wrapped; elsewhere line breaks do."""
    wrapped = "The lake above Ambry\nGorge fell by six\nmetres overnight.\n\n"
    wrapped += "Engineers opened both\ngates on Friday after\ncracks.\n"

    assert len(read(wrapped).paragraphs) == len(read(STORY).paragraphs) == 2


@pytest.mark.parametrize(
    ("encoding", "charset"), [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", ""), ("koi8-r", "koi8-r")]
)
def test_the_usual_encodings_are_read(encoding: str, charset: str) -> None:
    """A text comes out the same in whatever usual encoding it came."""
    text = STORY if encoding == "koi8-r" else STORY + "“Nothing,” said Zoë Müller, “was hidden.”\n"

    assert read(text.encode(encoding), charset).paragraphs == read(text).paragraphs


@pytest.mark.parametrize("body", [b"", b"   \n", b"Too short.", b"\x00\x01\x02" * 900, bytes(range(256)) * 40])
def test_what_is_no_text_is_refused(body: bytes) -> None:
    """Nothing, next to nothing and binary files are refused with a reason."""
    with pytest.raises(Refusal) as caught:
        read(body)

    assert caught.value.hint


@given(st.binary(max_size=400))
def test_any_bytes_end_in_an_article_or_a_reason(body: bytes) -> None:
    """No file breaks the reader."""
    with suppress(Refusal):
        assert all(sentence for paragraph in read(body).paragraphs for sentence in paragraph)


def test_html_is_told_from_text() -> None:
    """A page saved as a file is read as a page."""
    assert looks_like_html(b"\xef\xbb\xbf\n<!DOCTYPE html><html>")
    assert not looks_like_html(STORY.encode())


def test_the_real_article_keeps_its_sentences() -> None:
    """Its 22 sentences come out in order without the page's furniture, and its source is named."""
    if not REAL.is_file():
        pytest.skip("the real article is not at hand: it lies beside the repository, in shared/articles")

    found = read(REAL.read_bytes())

    sentences = [sentence for paragraph in found.paragraphs for sentence in paragraph]
    assert len(sentences) == len(found.paragraphs) == 22
    assert found.source == "Deutsche Welle"
    assert hashlib.sha256("\n".join(sentences).encode()).hexdigest().startswith("44f94ec680fdec65")


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (STORY * 3, "", "en"),
        (STORY * 3, "en-gb", "en-GB"),
        (
            "Der See ist in der Nacht um sechs Meter gefallen, und das Amt hat die Tore nicht mehr geschlossen. " * 3,
            "en",
            "de",
        ),
        (
            "Le lac est tombé de six mètres dans la nuit, et les portes ne sont pas encore fermées pour les gens. " * 3,
            "",
            "fr",
        ),
        (
            "El lago bajó seis metros durante la noche y las puertas del dique no se han cerrado por los daños. " * 3,
            "",
            "es",
        ),
        ("Озеро за ночь опустилось на шесть метров, и ворота плотины пока не закрыты.", "en", "ru"),
        ("Озеро за ночь опустилось на шесть метров, и ворота плотины пока не закрыты.", "bg", "bg"),
        (
            "湖水在一夜之间下降了六米,大坝的闸门仍然开着。大坝附近的居民已经离开,市长说没有人受伤。水位仍然很低。",
            "",
            "zh",
        ),
        (
            "湖の水位は一晩で六メートル下がり、ダムの門はまだ開いている。住民は避難し、けが人はいないと市長は述べた。",
            "en",
            "ja",
        ),
        ("short", "nonsense!", "en"),
        ("short", "pt_BR", "pt-BR"),
    ],
)
def test_the_language_is_what_the_words_are_in(text: str, declared: str, expected: str) -> None:
    """Words plainly of another language outweigh what a template declares; kin are not told apart."""
    assert language_of(text, declared) == expected
