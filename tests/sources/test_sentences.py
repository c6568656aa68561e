from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.plain import plain, shortened
from bot.sources.sentences import abbreviations_in, sentences_of

CASES = [
    "The dam holds.|The lake fell.",
    "Dr. Ilse Tamm spoke at 8 a.m. on Friday.|She left.",
    "The U.S. Senate met.|It voted.",
    "A report by E! News said so.|It was wrong.",
    "Access is back.*|The court ruled.",
    "Dr the Rt. Hon. Ola Berg spoke.|He left.",
    "He lives in the U.S.|The law is old.",
    "J. D. Vance and Gov. R. Roe met.|They spoke.",
    "It cost $3.5 million.|Nobody paid.",
    "“We will know what failed.”|She left.",
    "“We will know,” Tamm said.|“And we will say it.”",
    '"Why now?" she asked.|"Because," he said.',
    '"Stop!" Mr. Roe shouted.|Nobody did.',
    '"We will ... defend it,” she said.|They clapped.',
    "Was it so?|It was!|Then so be it…|And more.",
    "He paused... then went on.|Done.",
    "See No. 5 on Jan. 3.|It is there.",
    "The firm, Calder Inc., closed.|The other, Sund Ltd.|The end.",
    "She works at Calder Inc.|The firm is old.",
    "Plan B failed.|So did I.|We left.",
    "The report [1] is out.[2] [3]|It is long.",
    "He sold his iPhone.|eBay took it.",
    "(He left.)|She stayed.",
    "It ended 2-1.|25 people saw it.",
    "DELMAR, S.C. (AP) — The dam holds.|It was built in 1961.",
    "Delmar, Ill. — Ola Berg rowed home.|Nobody saw him.",
    "The “Dam. We built it.” campaign of Ambry has failed.|So did others.",
    "He said, “I ran.|I fell,” and left.",
    '". . . I only want it back.|Then we go."|She left.',
    "It grew . . . and it stayed.|Then it went. . . .|Nobody saw it.",
    "大坝很稳。|水位下降。|没有人受伤！",
    "「水が引いた。橋も無事だ！」と町長は話した。|学校は開く。",
    "町長说：“水退了。桥还在。”|学校开学。",
    "「閉じない括弧。|次の文。",
    "बांध सुरक्षित है।|झील नीचे है।",
    "هل هو آمن؟|نعم.",
]


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_ends_where_a_reader_ends_it(case: str) -> None:
    """Titles, initials, numbers and quotations end none; full stops of each script do."""
    expected = case.split("|")
    separator = "" if case[0] > "\u3000" else " "

    assert sentences_of(separator.join(expected)) == expected


def test_a_text_shows_its_own_abbreviations() -> None:
    """A short word never written without a stop, and once before a small letter, ends no sentence in that text."""
    lines = [
        "The Calder RX. Nine was shown in Oslo.",
        "All RX. boats are of steel. The US. It is there.",
        "In the US again.",
    ]
    short = abbreviations_in(lines)

    assert short == {"RX"}
    assert sentences_of(lines[0], "en", short) == [lines[0]]
    assert sentences_of(lines[1], "en", short) == ["All RX. boats are of steel.", "The US.", "It is there."]


def test_german_ordinals_end_no_sentence() -> None:
    """A day's number has a full stop in German, and only there."""
    text = "Am 3. Januar stand der See still. Der Damm hielt."

    assert sentences_of(text, "de-AT") == ["Am 3. Januar stand der See still.", "Der Damm hielt."]


@given(st.text(alphabet=st.sampled_from('Aab1 .!?…"”“()[]。U.S'), max_size=300))
def test_nothing_is_lost_or_changed(text: str) -> None:
    """Whatever the text, its sentences are its characters but for white space between them."""
    sentences = sentences_of(text)

    assert "".join("".join(sentences).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)


@given(st.text(max_size=200))
def test_plain_words_are_plain_for_good(text: str) -> None:
    """Normalising twice is normalising once, on one line, without what nobody sees."""
    once = plain(text)

    assert plain(once) == once
    assert "\n" not in once
    assert "\u202e" not in once


@given(st.text(max_size=200), st.integers(10, 100))
def test_what_is_shortened_is_short(text: str, length: int) -> None:
    """Never longer than asked, and untouched where it fits."""
    cut = shortened(text, length)

    assert len(cut) <= length
    assert cut == text if len(text) <= length else cut.endswith("…")
