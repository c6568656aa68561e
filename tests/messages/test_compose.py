"""Laws of what the bot says: every line sourced, every button a question that can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.digesters.extractive.compose import digest_of
from bot.domain.accounts import account_of
from bot.domain.briefings import Brief, Edition, edition_of
from bot.domain.digests import Digest, Source, Statement
from bot.domain.entities import entity_book
from bot.domain.lines import FigureLine, QuoteLine, SourcedLine
from bot.domain.stories import Story
from bot.messages.actions import Ask, decode, encode
from bot.messages.compose.briefing import briefing_message, why_message
from bot.messages.compose.notes import Footnotes, cited
from bot.messages.compose.story import (
    details_message,
    figures_block,
    names_message,
    quotes_message,
    sources_message,
    story_message,
    timeline_message,
)
from bot.messages.compose.who import choice_message, dossier_message, sparkline, unknown_message
from bot.messages.model import (
    Block,
    Bullets,
    Card,
    Choices,
    Facts,
    Link,
    Message,
    Note,
    Paragraph,
    Quotation,
    Table,
    text_of,
)
from bot.services import reading
from bot.services.catalogue import command
from bot.services.library import Snapshot, snapshot_of
from bot.services.who import identify
from tests.digesters.samples import FERRY

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)
_FOLDER = Path(__file__).parents[2] / "digests"


@pytest.fixture(scope="module")
def library() -> Snapshot:
    """The digests that the repository ships."""
    files = sorted(_FOLDER.glob("2*/**/*.json"))
    return snapshot_of([Digest.model_validate_json(file.read_bytes()) for file in files])


@pytest.fixture(scope="module")
def edition(library: Snapshot) -> Edition:
    """A morning briefing of everything that ships."""
    brief = Brief("2026-01-13 08:00", "Morning briefing", NOW, "Europe/Berlin", NOW - timedelta(days=9), limit=20)
    return edition_of(brief, library.stories, library.book)


def _blocks(message: Message) -> Iterator[Block]:
    for block in message.blocks:
        yield block
        if isinstance(block, Card):
            yield from block.body
            if block.choices:
                yield block.choices
    for below in message.thread:
        yield from _blocks(below)


def _messages(library: Snapshot, edition: Edition) -> Iterator[Message]:
    yield briefing_message(edition, details=True)
    for name in ("Delcy Rodriguez", "Donald Trump", "Velmora"):
        identified = identify(library, name, NOW)
        if identified.entity:
            yield dossier_message(identified.entity, identified.how)
    yield choice_message("Rodriguez", identify(library, "Rodriguez", NOW).candidates)
    yield unknown_message("Nobody Atall", identify(library, "Nobody Atall", NOW).candidates)
    for story in library.stories:
        account = reading.account(library, story)
        yield story_message(account)
        yield sources_message(account)
        yield timeline_message(account.headline, account.events)
        yield quotes_message("Quotes", account.quotes)
        yield names_message("Who is who", account.who, {})


def _text(block: Block) -> str:
    match block:
        case Facts(pairs=pairs):
            return "\n".join(text_of(value) for _, value in pairs)
        case Table(rows=rows):
            return "\n".join(text_of(cell) for row in rows for cell in row)
        case Paragraph(spans=spans) | Note(spans=spans):
            return text_of(spans)
        case Bullets(items=items):
            return "\n".join(text_of(item) for item in items)
        case _:
            return ""


def test_a_story_tells_no_line_twice() -> None:
    """What the summary, the points, the timeline and the background have in common is told once, sources kept."""
    made = digest_of(FERRY, NOW)
    account = account_of(Story(made.id, (made,)), entity_book([made]))

    lines = [*(line.text for line in (*account.points, *account.background)), *(e.text for e in account.events)]

    for message in (story_message(account), details_message(account, 1)):
        told = "\n".join(_text(block) for block in message.blocks)
        assert all(told.count(text) <= 1 for text in lines)
    assert all(line.text in told for line in account.next)
    assert account.events
    assert account.points[0].text in account.summary.text


def test_details_quote_what_is_worth_quoting() -> None:
    """Whole sentences come before fragments, and words that a point quotes already are not quoted again."""
    made = digest_of(FERRY, NOW)
    account = account_of(Story(made.id, (made,)), entity_book([made]))
    source = account.summary.sources
    words = (
        "no choice at all",
        "a gift to the other town",
        "to be or not to be a port",
        "We waited far too long for this bridge.",
        "Nobody asked the people who work on the water.",
    )
    quotes = tuple(QuoteLine(text=text, speaker="ana", speaker_name="Ana", sources=source) for text in words)
    points = (SourcedLine(text="The clerk says that he had “no choice at all” but to stop.", sources=source),)
    message = story_message(account.model_copy(update={"quotes": quotes, "points": points}))

    assert [block.words for block in message.blocks if isinstance(block, Quotation)] == list(words[1:])
    many = account.model_copy(update={"quotes": (*quotes[:3], *(q.model_copy() for q in quotes)), "points": ()})
    shown = [block.words for block in story_message(many).blocks if isinstance(block, Quotation)]
    assert set(words[3:]) <= set(shown)


def test_a_summary_cut_short_is_told_whole() -> None:
    """Where the summary is only a long point's beginning, the story opens with the point."""
    point = "The port of Sund is for sale, " + "and nobody wants it, " * 20 + "the council says."
    made = digest_of(FERRY, NOW)
    made = made.model_copy(
        update={"summary": point[:90] + "…", "key_points": (Statement(text=point, evidence=(1,)), *made.key_points[1:])}
    )
    message = story_message(account_of(Story(made.id, (made,)), entity_book([made])))

    assert "\n".join(_text(block) for block in message.blocks).count("The port of Sund is for sale") == 1
    assert point in _text(message.blocks[1])


def test_figures_of_one_sentence_share_a_row() -> None:
    """Numbers of the same words stand together; who states them is named unless the words do."""
    source = Source(digest="d", outlet="Sample Wire", date=NOW.date())
    what = "Ana Roe said the port would pay $9m for the ferry and $2m for the slip"
    figures = tuple(
        FigureLine(text=text, value=None, what=words, stated_by="Ana Roe", sources=(source,))
        for text, words in (("$9m", what), ("$2m", what), ("40 boats", "Boats there"), ("9%", "Tax"))
    )
    block = figures_block(figures, Footnotes())

    assert isinstance(block, Table)
    assert [(text_of(number), text_of(words)) for number, words in block.rows] == [
        ("$9m · $2m", f"{what} ¹"),
        ("40 boats", "Boats there (according to Ana Roe) ¹"),
        ("9%", "Tax (according to Ana Roe) ¹"),
    ]


def test_a_day_nobody_told_is_not_shown() -> None:
    """A source whose article names no date is cited as undated; the day it was filed under is no fact of its own."""
    source = Source(digest="d", outlet="Sample Wire", date=NOW.date(), undated=True)

    assert cited(source).text == "Sample Wire, undated"


def test_every_button_asks_something_that_can_be_asked(library: Snapshot, edition: Edition) -> None:
    """Codes are short enough for any platform, read back, and name commands and options of the catalogue."""
    pressed = [
        choice.action
        for message in _messages(library, edition)
        for block in _blocks(message)
        if isinstance(block, Choices)
        for choice in block.choices
        if isinstance(choice.action, Ask)
    ]

    assert pressed
    for action in pressed:
        found = command(action.verb)
        assert found is not None
        assert all(found.option(name) for name, _ in action.options)
        assert decode(encode(action)) == action
        assert len(encode(action)) <= 100


def test_a_briefing_tells_every_story_with_its_sources(edition: Edition) -> None:
    """Each card resolves each mark it bears to an outlet and a date, linked where there is an address."""
    message = briefing_message(edition)
    cards = [block for block in message.blocks if isinstance(block, Card)]

    assert [card.number for card in cards] == list(range(1, len(edition.stories) + 1))
    for card, told in zip(cards, edition.stories, strict=True):
        notes = [block for block in card.body if isinstance(block, Note)]
        links = {span.url for note in notes for span in note.spans if isinstance(span, Link)}
        shown = told.account.points[:3]
        cited = {s.url for line in shown for s in line.sources if s.url}
        assert notes
        assert cited <= links


def test_details_go_to_the_thread(edition: Edition) -> None:
    """One message a story, with its quotations whole."""
    message = briefing_message(edition, details=True)
    said = {block.words for block in _blocks(message) if isinstance(block, Quotation)}

    assert len(message.thread) == len(edition.stories)
    assert said
    assert said <= {quote.text for told in edition.stories for quote in told.account.quotes}
    for told, thread in zip(edition.stories, message.thread, strict=True):
        shown = sum(isinstance(block, Quotation) for block in thread.blocks)
        points = " ".join(point.text for point in told.account.points)
        assert shown >= min(4, sum(quote.text not in points for quote in told.account.quotes))
    assert briefing_message(edition).thread == ()


def test_a_role_is_shown_as_stated_never_as_a_fact(library: Snapshot) -> None:
    """Who said it and when stands beside the role."""
    dossier = identify(library, "Delcy Rodriguez", NOW).entity
    assert dossier is not None

    said = "\n".join(_text(block) for block in dossier_message(dossier).blocks)

    assert "interim President of Venezuela as stated by Deutsche Welle, 10 Jan 2026" in said
    assert "Before: deputy of Nicolás Maduro" in said


def test_what_a_hundred_articles_state_is_marked_by_a_few_and_counts_the_rest() -> None:
    """A year of news on one office would else be a card of footnotes; those that are marked are resolved below."""
    sources = [Source(digest=f"d{n}", outlet="Sample Wire", date=NOW.date()) for n in (*range(100), 0)]
    notes = Footnotes()

    marks = text_of(notes.mark(sources))
    note = notes.note()

    assert marks == " ¹ ² ³ +97"
    assert note is not None
    assert text_of(note.spans).count("Sample Wire") == 3


def test_the_card_of_the_first_real_digest(library: Snapshot) -> None:
    """Her quotations and her brother are on it."""
    dossier = identify(library, "Delcy Rodriguez", NOW).entity
    assert dossier is not None

    assert ("jorge-rodriguez", "brother") in {(r.to, r.as_) for r in dossier.relations}
    assert len(dossier.quotes) == 3
    assert all(line.sources for line in dossier.lines)
    assert all(quote.sources for quote in dossier.quotes)
    assert all(role.sources for role in dossier.roles)
    assert all(relation.sources for relation in dossier.relations)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("Delcy Rodriguez", "found"),
        ("jorge rodríguez", "found"),
        ("Rodriguez, Delcy", "found"),
        ("Delsy Rodrigues", "found"),
        ("president Delcy Rodriguez", "found"),
        ("President Trump", "found"),
        ("Rodriguez", "ambiguous"),
        ("Nobody Atall", "unknown"),
    ],
)
def test_who_is_meant(library: Snapshot, query: str, status: str) -> None:
    """Any spelling finds, a shared surname asks back, a stranger is unknown."""
    assert identify(library, query, NOW).status == status


def test_a_stranger_gets_the_nearest_names_and_no_answer(library: Snapshot) -> None:
    """Something to go on from, each below the score that would answer."""
    asked = identify(library, "Nobody Atall", NOW)

    assert asked.entity is None
    assert 1 <= len(asked.candidates) <= 8
    assert all(candidate.score < 0.5 for candidate in asked.candidates)


def test_a_choice_tells_namesakes_apart(library: Snapshot) -> None:
    """Both are offered, each with what the digests say of them."""
    candidates = identify(library, "Rodriguez", NOW).candidates

    assert {c.id for c in candidates} == {"delcy-rodriguez", "jorge-rodriguez"}
    assert len({c.hint for c in candidates}) == 2


def test_why_names_the_stage_that_decided(edition: Edition) -> None:
    """Chosen or not, the reasons are the edition's own."""
    for verdict in edition.verdicts:
        message = why_message(edition, verdict.key)
        assert message is not None
        said = "\n".join(_text(block) for block in message.blocks)
        assert all(reason in said for reason in verdict.reasons)
    assert why_message(edition, "no-such-key") is None


def test_every_message_has_plain_words_for_a_notification(library: Snapshot, edition: Edition) -> None:
    """A screen reader or a client without blocks is told something too."""
    assert all(message.summary.strip() for message in _messages(library, edition))


@pytest.mark.parametrize(
    ("counts", "bars"), [((0, 0, 0), ""), ((), ""), ((0, 1, 2), "▁▅█"), ((3, 3), "██"), ((0, 7), "▁█")]
)
def test_bars_are_scaled_to_the_highest(counts: tuple[int, ...], bars: str) -> None:
    """A week without news shows no bars at all."""
    assert sparkline(counts) == bars
