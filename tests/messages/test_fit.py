"""Fitting: within every limit, nothing lost, nothing cut that must stay whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.actions import ask
from bot.messages.fit import (
    READ_ON,
    Page,
    Size,
    cut,
    graphemes,
    links_of,
    paginate,
    sources_of,
    split_line,
    take,
    without_quotation,
)
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choice,
    Choices,
    Divider,
    Facts,
    Heading,
    Line,
    Link,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Span,
    Strong,
    Table,
    plain,
    text_of,
)
from tests.samples import FULL, HOSTILE, OVERLONG, SAMPLES, THIN

_FAMILY = "👩‍👩‍👧‍👦"
_FLAG = "🇻🇪"


def _width(span: Span) -> int:
    return len(span.text) + (len(span.url) + 4 if isinstance(span, Link) else 0)


def _line(line: Line) -> int:
    return sum(_width(span) for span in line)


def measured(block: Block) -> Size:
    """A platform of the tests: a block costs one part and its characters, a button one part more."""
    match block:
        case Heading(text):
            return (1, len(text))
        case Paragraph(spans) | Note(spans):
            return (1, _line(spans))
        case Bullets(items):
            return (1, sum(_line(item) + 3 for item in items))
        case Quotation():
            return (1, len(block.words + block.speaker + block.context + block.said) + _line(block.sources))
        case Facts(pairs):
            return (1, sum(len(label) + _line(line) for label, line in pairs))
        case Table(columns, rows):
            return (1, sum(map(len, columns)) + sum(_line(cell) for row in rows for cell in row))
        case Divider():
            return (1, 0)
        case Choices(choices):
            return (1 + len(choices), min(len(block.prompt), 150))  # platforms cut labels themselves
        case Card():
            parts = [measured(part) for part in (*block.body, *((block.choices,) if block.choices else ()))]
            title = _width(block.title) + len(block.badge)
            return (1 + sum(p[0] for p in parts), title + sum(p[1] for p in parts))


def _total(page: Page) -> Size:
    sizes = [measured(block) for block in page]
    return (sum(s[0] for s in sizes), sum(s[1] for s in sizes))


def _within(page: Page, limits: Size) -> bool:
    return all(size <= limit for size, limit in zip(_total(page), limits, strict=True))


def _pages(message: Message, limits: Size) -> tuple[Page, ...]:
    return paginate(message.blocks, measured, limits)


def _urls(blocks: tuple[Block, ...]) -> set[str]:
    return {link.url for block in blocks for link in sources_of(block)}


def _quoted(blocks: tuple[Block, ...]) -> list[str]:
    inner = [part for block in blocks for part in ((block, *block.body) if isinstance(block, Card) else (block,))]
    return [part.words for part in inner if isinstance(part, Quotation)]


LIMITS = [(40, 4000), (40, 1500), (12, 4000), (45, 12_000)]


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_is_within_the_limits(name: str, limits: Size) -> None:
    """No page exceeds what the platform said it holds."""
    for page in _pages(SAMPLES[name], limits):
        assert _within(page, limits)


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("name", SAMPLES)
def test_no_source_is_lost(name: str, limits: Size) -> None:
    """Every address of the message is on some page, also of text that was shortened or quotations dropped."""
    pages = _pages(SAMPLES[name], limits)

    assert _urls(SAMPLES[name].blocks) <= {url for page in pages for url in _urls(page)}


@pytest.mark.parametrize("name", SAMPLES)
def test_quotations_are_whole_or_absent(name: str) -> None:
    """A quotation's words are never a part of the original words."""
    originals = set(_quoted(SAMPLES[name].blocks))

    for page in _pages(SAMPLES[name], (40, 1500)):
        assert set(_quoted(page)) <= originals


def test_what_fits_is_left_alone() -> None:
    """A message that fits is one page of the very same blocks."""
    assert _pages(FULL, (60, 4000)) == (FULL.blocks,)
    assert _pages(THIN, (60, 4000)) == (THIN.blocks,)
    assert paginate((), measured, (1, 1)) == ()


def test_pages_keep_the_order() -> None:
    """Read one after the other, the pages tell the message."""
    blocks = tuple(Paragraph(plain(f"{n} {'x' * 30}")) for n in range(20))

    pages = paginate(blocks, measured, (5, 100))

    assert tuple(block for page in pages for block in page) == blocks
    assert len(pages) == 7


def test_a_heading_stays_with_what_follows() -> None:
    """A page never ends on a heading whose text is on the next."""
    blocks = (Paragraph(plain("x" * 80)), Heading("Also"), Paragraph(plain("y" * 30)))

    assert paginate(blocks, measured, (9, 100)) == (blocks[:1], blocks[1:])


def test_buttons_stay_with_what_precedes() -> None:
    """Buttons move to the next page together with the text that they are about."""
    row = Choices((Choice("More", ask("story", story="1")), Choice("Why", ask("why", story="1"))))
    blocks = (Paragraph(plain("a")), Paragraph(plain("b")), row)

    assert paginate(blocks, measured, (4, 100)) == (blocks[:1], blocks[1:])


def test_no_divider_at_the_edge_of_a_page() -> None:
    """A divider separates; at the top or bottom it would separate nothing."""
    blocks = (Paragraph(plain("x" * 90)), Divider(), Paragraph(plain("y" * 90)))

    assert paginate(blocks, measured, (9, 100)) == (blocks[:1], blocks[2:])


# --- giving way -------------------------------------------------------------------------------------------------------

_PAGE = "https://example.com/story"
_QUOTE = Quotation("Word for word.", "Ilse Tamm", sources=(Link("Wire", "https://example.com/quote"),))


def test_running_text_is_shortened_before_a_quotation_is_dropped() -> None:
    """A card that can be read on elsewhere gives up its prose first, and says where to read on."""
    card = Card(Link("Title", _PAGE), body=(Paragraph(plain("A long tale. " * 60)), _QUOTE))

    ((fitted,),) = paginate((card,), measured, (40, 400))

    assert isinstance(fitted, Card)
    assert _QUOTE in fitted.body
    assert fitted.body[-1] == Note((Link(READ_ON, _PAGE),))
    assert isinstance(fitted.body[0], Paragraph)
    assert text_of(fitted.body[0].spans).endswith("…")


def test_a_quotation_goes_whole_and_leaves_its_source() -> None:
    """Where shortening is not enough a quotation is dropped, and where to read it stays."""
    long = replace(_QUOTE, words="I said it then, and I say it now. " * 30)
    card = Card(Link("Title", _PAGE), body=(Paragraph(plain("A long tale. " * 60)), long))

    ((fitted,),) = paginate((card,), measured, (40, 500))

    assert isinstance(fitted, Card)
    assert fitted.body[1] == without_quotation(long)
    assert sources_of(fitted)[1].url == "https://example.com/quote"


def test_a_card_that_leads_nowhere_loses_no_word() -> None:
    """Without a page to read on, the body goes on in the next message instead of being shortened."""
    card = Card(Plain("Title"), body=(Paragraph(plain("A long tale. " * 60)), _QUOTE))

    pages = paginate((card,), measured, (40, 300))

    words = "".join(text_of(b.spans) for page in pages for b in page if isinstance(b, Paragraph))
    assert words == "A long tale. " * 60
    assert _quoted(tuple(block for page in pages for block in page)) == [_QUOTE.words]


def test_links_of_shortened_text_stay() -> None:
    """The links behind the cut are shown after it."""
    line = (Plain("word " * 200), Link("¹", "https://example.com/1"), Plain("."))
    card = Card(Link("Title", _PAGE), body=(Paragraph(line),))

    ((fitted,),) = paginate((card,), measured, (40, 400))

    assert [link.url for link in sources_of(fitted)] == [_PAGE, "https://example.com/1"]


def test_numbers_go_on_counting_in_the_next_part() -> None:
    """A numbered list that is split does not begin at one again."""
    bullets = Bullets(tuple(plain(f"item {n} {'x' * 20}") for n in range(1, 9)), numbered=True)

    parts = [block for page in paginate((bullets,), measured, (9, 100)) for block in page]

    starts = [part.start for part in parts if isinstance(part, Bullets)]
    assert starts == [1, 4, 7]


def test_a_table_is_split_between_rows_under_its_columns() -> None:
    """Each part of a table has all its columns and whole rows."""
    table = Table(("a", "b"), tuple((plain(f"{n}"), plain("x" * 20)) for n in range(9)))

    parts = [block for page in paginate((table,), measured, (9, 100)) for block in page]

    assert all(isinstance(part, Table) and part.columns == ("a", "b") for part in parts)
    assert tuple(row for part in parts if isinstance(part, Table) for row in part.rows) == table.rows


def test_every_button_is_kept() -> None:
    """More buttons than a page holds go on in the next."""
    row = Choices(tuple(Choice(f"{n}", ask("story", story=f"{n}")) for n in range(30)), prompt="Which?")

    parts = [block for page in paginate((row,), measured, (11, 100)) for block in page]

    assert tuple(c for part in parts if isinstance(part, Choices) for c in part.choices) == row.choices


def test_the_words_of_a_hopeless_link_are_shortened_but_not_its_address() -> None:
    """A link too large for any page keeps its whole address."""
    ((block,),) = paginate((Paragraph((Link("word " * 100, _PAGE),)),), measured, (9, 100))

    assert isinstance(block, Paragraph)
    assert [link.url for link in links_of(block.spans)] == [_PAGE]
    assert text_of(block.spans).endswith("…")


# --- text -------------------------------------------------------------------------------------------------------------


def test_what_people_see_as_one_character_is_one() -> None:
    """Families, flags, skin tones and accents are not taken apart."""
    assert graphemes(f"a{_FAMILY}e\u0301{_FLAG}👍🏽") == ["a", _FAMILY, "e\u0301", _FLAG, "👍🏽"]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 5, "short"),
        ("a few words here", 12, "a few words…"),
        ("Donaudampfschiff", 6, "Donau…"),
        (_FAMILY * 2, len(_FAMILY) + 1, f"{_FAMILY}…"),
        (_FAMILY, 3, ""),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_labels_are_cut_after_a_word_and_marked(text: str, limit: int, expected: str) -> None:
    """A cut label says that it was cut, and breaks where a reader would."""
    assert cut(text, limit) == expected


_TEXTS = st.lists(
    st.sampled_from([*"abc \n.é", _FAMILY, _FLAG, "👍🏽", "\u0301", "\u200d", "\ud800"]), max_size=60
).map("".join)


@given(text=_TEXTS, limit=st.integers(0, 40))
def test_a_cut_text_is_within_its_limit_and_of_whole_characters(text: str, limit: int) -> None:
    """However long, however composed."""
    short = cut(text, limit)

    assert len(short) <= limit
    kept = short.removesuffix("…").rstrip()
    assert text.startswith(kept)
    assert short == text or graphemes(kept) == graphemes(text)[: len(graphemes(kept))]


_SPANS = st.one_of(
    st.builds(Plain, _TEXTS),
    st.builds(Strong, _TEXTS),
    st.builds(Link, st.text("ab ", max_size=6), st.sampled_from([_PAGE, f"{_PAGE}/2", "https://example.com"])),
)
_LINES = st.lists(_SPANS, max_size=6).map(tuple)


@given(line=_LINES, room=st.integers(60, 120))
def test_a_line_in_pieces_loses_nothing(line: Line, room: int) -> None:
    """The pieces of a line, put together, are the line; links are whole."""
    pieces = split_line(line, lambda part: _line(part) <= room)

    assert "".join(text_of(piece) for piece in pieces) == text_of(line)
    assert [s for piece in pieces for s in piece if isinstance(s, Link)] == [s for s in line if isinstance(s, Link)]
    assert all(_line(piece) <= room for piece in pieces)


@given(line=_LINES, room=st.integers(0, 40))
def test_taking_always_takes_something(line: Line, room: int) -> None:
    """However little room there is, taking again and again comes to an end."""
    head, rest = take(line, lambda part: _line(part) <= room)

    assert bool(head) == bool(line)
    assert len(text_of(rest)) < len(text_of(line)) or len(rest) < len(line) or not line


_BLOCKS = st.one_of(
    st.builds(Heading, _TEXTS),
    st.builds(Paragraph, _LINES),
    st.builds(Note, _LINES),
    st.builds(Bullets, st.lists(_LINES, max_size=4).map(tuple), st.booleans()),
    st.builds(Quotation, _TEXTS, st.just("S"), sources=_LINES),
    st.builds(Divider),
    st.builds(Facts, st.lists(st.tuples(_TEXTS, _LINES), max_size=3).map(tuple)),
)
_CARDS = st.builds(
    Card,
    st.one_of(st.builds(Plain, _TEXTS), st.builds(Link, _TEXTS, st.just(_PAGE))),
    body=st.lists(st.one_of(st.builds(Paragraph, _LINES), st.builds(Quotation, _TEXTS, st.just("S"))), max_size=4).map(
        tuple
    ),
    choices=st.one_of(st.none(), st.just(Choices((Choice("More", ask("story", story="1")),)))),
)


@settings(max_examples=150, deadline=None)
@given(blocks=st.lists(st.one_of(_BLOCKS, _CARDS), max_size=8).map(tuple), room=st.integers(220, 500))
def test_any_message_fits_and_keeps_its_sources(blocks: tuple[Block, ...], room: int) -> None:
    """Whatever is said, every page is within the limits and every address is on one of them."""
    pages = paginate(blocks, measured, (8, room))

    assert all(_within(page, (8, room)) for page in pages)
    assert _urls(blocks) <= {url for page in pages for url in _urls(page)}


def test_hostile_and_endless_messages_are_paged_in_reasonable_work() -> None:
    """The worst samples come to an end, in few pages."""
    assert len(_pages(OVERLONG, (40, 4000))) < 60
    assert len(_pages(HOSTILE, (40, 4000))) < 60
