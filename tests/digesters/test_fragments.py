"""Laws of what is worth quoting: a digest's quotations are read without the sentence they stood in."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.fragments import is_fragment
from tests.digesters.samples import digest, said


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("slap in the face", True),
        ("moving in the right direction", True),
        ("It will be really exciting.", True),
        ("Well, that is not so", True),
        ("so I sold a boat.", True),
        ("we need to be honest", False),
        ("We cannot trust the clerks", False),
        ("It is time to sail", False),
        ("no choice but to stop the boats", False),
    ],
)
def test_a_few_words_out_of_a_sentence_tell_nothing(text: str, fragment: bool) -> None:
    """A short piece, and a short word about something that only others name, is understood by no one."""
    assert is_fragment(text) is fragment


def test_a_fragment_is_not_quoted() -> None:
    """What Mayor Roe says at length is; her aside is not."""
    found = digest(
        "“We have sold nine boats of the port,” Mayor Ana Roe said on Friday.",
        "Roe called the letter of the clerks a “slap in the face” of the islanders.",
    )

    assert [text for _, text in said(found)] == ["We have sold nine boats of the port"]
