"""One story in full, its timeline, its quotations, its sources and whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from bot.domain.accounts import Named, StoryAccount
from bot.domain.lines import EventLine, FigureLine, QuoteLine, SourcedLine
from bot.messages.actions import OpenPage, ask
from bot.messages.compose.notes import Footnotes, dated, traced
from bot.messages.model import (
    Block,
    Bullets,
    Choice,
    Choices,
    Emphasis,
    Facts,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Strong,
    Table,
    linked,
    plain,
)

_QUOTES_IN_DETAILS = 4
#: So many words are a sentence that stands by itself.
_SENTENCE = 6
_L = TypeVar("_L", SourcedLine, EventLine)


def story_message(account: StoryAccount) -> Message:
    """Everything the digests say of a story, each line with its sources."""
    notes, told = Footnotes(), _Told()
    blocks: list[Block] = [Heading(account.headline, level=1), _opening(account, notes, told)]
    if account.why:
        why = account.why
        blocks.append(Paragraph((Emphasis("Why it matters: "), Plain(why.text), *notes.mark(why.sources))))
    blocks += _listed("What happened", told.fresh(account.points), notes)
    blocks += _details(account, notes, told)
    if note := notes.note():
        blocks.append(note)
    blocks.append(_choices(account))
    return Message(account.headline, tuple(blocks), f"{account.headline}. {account.summary.text}")


def details_message(account: StoryAccount, number: int | None = None) -> Message:
    """What goes into a briefing's thread: what the card had no room for."""
    notes, told = Footnotes(), _Told()
    title = f"{number} · {account.headline}" if number else account.headline
    blocks: list[Block] = [Heading(title, level=2), _opening(account, notes, told)]
    told.fresh(account.points[:3])
    blocks += _listed("", told.fresh(account.points[3:]), notes)
    blocks += _details(account, notes, told)
    if note := notes.note():
        blocks.append(note)
    blocks.append(_choices(account))
    return Message(title, tuple(blocks), f"Details: {account.headline}", tone="news")


def _listed(title: str, lines: tuple[SourcedLine, ...], notes: Footnotes) -> list[Block]:
    if not lines:
        return []
    heading: list[Block] = [Paragraph((Strong(title),))] if title else []
    return [*heading, Bullets(tuple((Plain(line.text), *notes.mark(line.sources)) for line in lines))]


class _Told:
    """What a message has said: no line is told twice in it, though a digest may file it under several heads."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def holds(self, text: str) -> bool:
        """Whether something told contains ``text``."""
        return any(text in told for told in self._texts)

    def fresh(self, lines: Sequence[_L]) -> tuple[_L, ...]:
        """Those of ``lines`` that are not told yet; from now on they are."""
        kept = tuple(line for line in lines if not self.holds(line.text))
        self._texts += [line.text for line in kept]
        return kept


def _opening(account: StoryAccount, notes: Footnotes, told: _Told) -> Paragraph:
    """The summary with the sources of all points that it tells; a point whole instead of its beginning."""
    begun = account.summary.text.rstrip("…")
    summary = next((p for p in account.points if begun != account.summary.text and p.text.startswith(begun)), None)
    opening = summary or account.summary
    within = [p for p in account.points if p.text in opening.text]
    told.fresh([opening])
    sources = tuple(dict.fromkeys(source for line in (opening, *within) for source in line.sources))
    return Paragraph((Plain(opening.text), *notes.mark(sources)))


def _telling(quotes: tuple[QuoteLine, ...], told: _Told) -> list[QuoteLine]:
    """The quotations for a story's details, in their order: sentences before fragments, none that a line holds."""
    unheard = [quote for quote in quotes if not told.holds(quote.text)]
    whole = [quote for quote in unheard if quote.text[:1].isupper() and len(quote.text.split()) >= _SENTENCE]
    best = [*whole, *(quote for quote in unheard if quote not in whole)][:_QUOTES_IN_DETAILS]
    return [quote for quote in unheard if quote in best]


def _details(account: StoryAccount, notes: Footnotes, told: _Told) -> list[Block]:
    blocks: list[Block] = [quotation(quote, notes) for quote in _telling(account.quotes, told)]
    if account.figures:
        blocks += [Paragraph((Strong("Figures"),)), figures_block(account.figures, notes)]
    if events := told.fresh(account.events):
        blocks += [Paragraph((Strong("Timeline"),)), events_block(events, notes)]
    blocks += _listed("What comes next", told.fresh(account.next), notes)
    blocks += _listed("Background", told.fresh(account.background), notes)
    return blocks


def quotation(quote: QuoteLine, notes: Footnotes) -> Quotation:
    """A quotation as a block, cited through ``notes``."""
    return Quotation(
        words=quote.text,
        speaker=quote.speaker_name,
        context=quote.context or "",
        said=shown_date(quote.said) if quote.said else "",
        sources=notes.mark(quote.sources)[1:],  # the attribution brings its own space
    )


def figures_block(figures: tuple[FigureLine, ...], notes: Footnotes) -> Bullets | Table:
    """Figures as a list, or where three or more are to be compared, as a table; those of one sentence together."""
    rows = tuple(
        _figures(tuple(group), notes) for _, group in groupby(figures, key=lambda f: (f.what, f.stated_by, f.sources))
    )
    if len(rows) < 3:
        return Bullets(tuple((*number, Plain(" — "), *what) for number, what in rows))
    return Table(("Figure", "What it counts"), rows)


def _figures(figures: tuple[FigureLine, ...], notes: Footnotes) -> tuple[Line, Line]:
    first = figures[0]
    stated = (
        first.stated_by and first.stated_by.split()[-1] not in first.what and "according to" not in first.what.lower()
    )
    by = f" (according to {first.stated_by})" if stated else ""
    numbers = " · ".join(figure.text for figure in figures)
    return (Strong(numbers),), (Plain(first.what + by), *notes.mark(first.sources))


def events_block(events: tuple[EventLine, ...], notes: Footnotes) -> Facts:
    """Events by date."""
    return Facts(tuple((shown_date(event.date), (Plain(event.text), *notes.mark(event.sources))) for event in events))


def shown_date(partial: str) -> str:
    """``3 Jan 2026``, ``Jan 2026`` or ``2026``, as precise as the date is."""
    year, *rest = partial.split("-")
    if not rest:
        return year
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    month = months[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def _choices(account: StoryAccount) -> Choices:
    key = account.id
    choices = [Choice("Read", OpenPage(account.url))] if account.url else []
    if account.who:
        choices.append(Choice("Who is who", ask("names", story=key)))
    if account.quotes:
        choices.append(Choice("Quotes", ask("quotes", story=key)))
    if account.events:
        choices.append(Choice("Timeline", ask("timeline", about=key)))
    choices.append(Choice("Sources", ask("sources", story=key)))
    return Choices(tuple(choices))


def sources_message(account: StoryAccount) -> Message:
    """Where each line of a story comes from: its articles, then every statement with its sentences."""
    articles: list[Line] = []
    for article in account.articles:
        source = article.source
        corrected = (Emphasis(" — corrected since"),) if article.corrected else ()
        where = Plain(f"{source.outlet}, {dated(source)}: ")
        articles.append((where, linked(article.title, source.url), *corrected))
    lines = [line for line in (account.why, *account.points, *account.next, *account.background) if line]
    traces = [(Plain(f"{line.text} — "), *traced(line.sources)) for line in lines]
    traces += [(Plain(f"“{q.text}” ({q.speaker_name}) — "), *traced(q.sources)) for q in account.quotes]
    blocks: tuple[Block, ...] = (
        Heading(f"Sources: {account.headline}", level=1),
        Bullets(tuple(articles)),
        Paragraph((Strong("Line by line"),)),
        Bullets(tuple(traces)),
        Note(plain("Sentence numbers count the article's own sentences from 1.")),
    )
    number = len(account.articles)
    return Message("Sources", blocks, f"{number} article{'s' * (number != 1)}: {account.headline}")


def timeline_message(title: str, events: tuple[EventLine, ...], more: Choices | None = None) -> Message:
    """What happened when, in the order of time, each with where it was reported."""
    notes = Footnotes()
    blocks: list[Block] = [Heading(f"Timeline: {title}", level=1)]
    if events:
        blocks.append(events_block(events, notes))
    else:
        blocks.append(Paragraph(plain("No dated events are stored for this.")))
    blocks += [b for b in (notes.note(), more) if b]
    return Message(f"Timeline: {title}", tuple(blocks), f"Timeline of {title}: {len(events)} events")


def quotes_message(title: str, quotes: tuple[QuoteLine, ...], more: Choices | None = None) -> Message:
    """What was said, word for word, newest first."""
    blocks: list[Block] = [Heading(title, level=1)]
    for quote in quotes:
        said = shown_date(quote.said) if quote.said else ""
        sources = traced(quote.sources)
        blocks.append(Quotation(quote.text, quote.speaker_name, quote.context or "", said, sources))
    if not quotes:
        blocks.append(Paragraph(plain("No quotations are stored for this.")))
    blocks += [more] if more else []
    return Message(title, tuple(blocks), f"{title}: {len(quotes)} quotations")


def names_message(title: str, named: tuple[Named, ...], roles: dict[str, str]) -> Message:
    """Whom a story or text names, each with a role as last stated and a button to their card."""
    lines = tuple((Strong(each.name), Plain(f" — {roles.get(each.id) or each.kind}")) for each in named)
    choices = Choices(
        tuple(Choice(each.name, ask("who", name=each.id), hint=roles.get(each.id) or each.kind) for each in named),
        pick=True,
        prompt="Open a card",
    )
    blocks: tuple[Block, ...] = (Heading(title, level=1), Bullets(lines), choices)
    if not named:
        blocks = (Heading(title, level=1), Paragraph(plain("No name in it is known here.")))
    return Message(title, blocks, f"{title}: {', '.join(each.name for each in named) or 'nobody known here'}")
