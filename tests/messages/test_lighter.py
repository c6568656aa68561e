"""Lighter: marks give up their links where the link is by name elsewhere, and nothing else changes."""

from __future__ import annotations

import pytest

from bot.messages.fit import sources_of
from bot.messages.lighter import with_marks_unlinked
from bot.messages.model import Bullets, Facts, Link, Note, Paragraph, Plain, Quotation, Table, text_of
from tests.samples import SAMPLES, leaves

_PAGE = "https://example.com/1"
_MARK = Link("¹", _PAGE)
_NOTE = Note((Plain("¹ "), Link("Sample Wire", _PAGE)))


def test_a_mark_that_a_note_resolves_is_a_mere_mark() -> None:
    """In every block that can hold one."""
    line = (Plain("So it is "), _MARK)
    bare = (Plain("So it is "), Plain("¹"))
    blocks = (
        Paragraph(line),
        Bullets((line,)),
        Quotation("So be it", "X", sources=(_MARK,)),
        Facts((("a", line),)),
        Table(("a",), ((line,),)),
        _NOTE,
    )

    assert with_marks_unlinked(blocks) == (
        Paragraph(bare),
        Bullets((bare,)),
        Quotation("So be it", "X", sources=(Plain("¹"),)),
        Facts((("a", bare),)),
        Table(("a",), ((bare,),)),
        _NOTE,
    )


def test_a_mark_that_nothing_resolves_stays_a_link() -> None:
    """No source is lost."""
    blocks = (Paragraph((Plain("So it is "), _MARK)),)

    assert with_marks_unlinked(blocks) == blocks


@pytest.mark.parametrize("name", SAMPLES)
def test_no_address_and_no_word_is_lost(name: str) -> None:
    """Whatever the message."""
    blocks = SAMPLES[name].blocks
    lighter = with_marks_unlinked(blocks)

    assert {s.url for b in lighter for s in sources_of(b)} == {s.url for b in blocks for s in sources_of(b)}
    paragraphs = [text_of(b.spans) for b in leaves(SAMPLES[name]) if isinstance(b, Paragraph)]
    assert paragraphs == [
        text_of(b.spans) for block in lighter for b in getattr(block, "body", (block,)) if isinstance(b, Paragraph)
    ]
