"""A story's account: what all its digests say together, each line with its sources."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import AwareDatetime

from bot.domain.digests import Digest, Frozen, Kind, Source, source_of
from bot.domain.entities import Entity, EntityBook
from bot.domain.lines import EventLine, FigureLine, QuoteLine, SourcedLine, merged, same_fact, sourced
from bot.domain.stories import Story

# Whom a story is about, as opposed to whom it mentions: what a reader can take in beside the points.
_WHO = 6


class Named(Frozen):
    """An entity that a story names."""

    id: str
    name: str
    kind: Kind


class Reported(Frozen):
    """One article of the story."""

    source: Source
    title: str
    corrected: bool = False


class StoryAccount(Frozen):
    """One story, told from all its digests: the newest first, repeated facts once."""

    id: str
    headline: str
    summary: SourcedLine
    why: SourcedLine | None = None
    points: tuple[SourcedLine, ...] = ()
    who: tuple[Named, ...] = ()
    quotes: tuple[QuoteLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    next: tuple[SourcedLine, ...] = ()
    background: tuple[SourcedLine, ...] = ()
    topics: tuple[str, ...] = ()
    articles: tuple[Reported, ...]
    digests: tuple[str, ...]
    latest: AwareDatetime

    @property
    def url(self) -> str | None:
        """The newest article's address that there is."""
        return next((article.source.url for article in self.articles if article.source.url), None)


def account_of(story: Story, book: EntityBook) -> StoryAccount:
    """Tell ``story`` from all its current digests."""
    digests = story.digests
    lead = story.lead
    why = next((line for d in digests for line in sourced(d, [d.why_it_matters] if d.why_it_matters else [])), None)
    return StoryAccount(
        id=story.key,
        headline=lead.headline,
        summary=SourcedLine(text=lead.summary, sources=(source_of(lead),)),
        why=why,
        points=merged(line for d in digests for line in sourced(d, d.key_points)),
        who=named_in(digests, book),
        quotes=quotes_in(digests, book),
        figures=tuple(line for d in digests for line in _figures(d, book)),
        events=events_in(digests),
        next=merged(line for d in digests for line in sourced(d, d.next_)),
        background=merged(line for d in digests for line in sourced(d, d.background)),
        topics=story.topics,
        articles=(*(reported(d) for d in digests), *(reported(d, corrected=True) for d in story.superseded)),
        digests=tuple(d.id for d in digests),
        latest=story.latest,
    )


def reported(digest: Digest, corrected: bool = False) -> Reported:
    """The digest's article as a story lists it."""
    return Reported(source=source_of(digest), title=digest.article.title, corrected=corrected)


def named_in(digests: Iterable[Digest], book: EntityBook, limit: int = _WHO) -> tuple[Named, ...]:
    """Whom these digests are about, by salience summed; people before others where it is equal."""
    salience: dict[str, float] = {}
    entities: dict[str, Entity] = {}
    for digest in digests:
        for entry in digest.entities:
            if entity := book.meant(digest, entry.id):
                entities[entity.id] = entity
                salience[entity.id] = salience.get(entity.id, 0.0) + entry.salience
    ranked = sorted(entities.values(), key=lambda e: (-salience[e.id], e.kind != "person", e.id))
    return tuple(Named(id=e.id, name=e.name, kind=e.kind) for e in ranked[:limit])


def quotes_in(digests: Iterable[Digest], book: EntityBook) -> tuple[QuoteLine, ...]:
    """Every quotation, once, with all who published it."""
    kept: dict[str, QuoteLine] = {}
    for digest in digests:
        for quote in digest.quotes:
            line = quote_line(digest, quote.text, book)
            key = f"{line.speaker}\0{quote.text.casefold()}"
            if key in kept:
                line = kept[key].model_copy(update={"sources": (*kept[key].sources, *line.sources)})
            kept[key] = line
    return tuple(kept.values())


def quote_line(digest: Digest, text: str, book: EntityBook) -> QuoteLine:
    """The quotation of that text in ``digest``, with names resolved."""
    quote = next(q for q in digest.quotes if q.text == text)
    speaker = book.meant(digest, quote.speaker)
    local = digest.entity(quote.speaker)
    about = [book.meant(digest, id_) for id_ in quote.about]
    return QuoteLine(
        text=quote.text,
        speaker=speaker.id if speaker else quote.speaker,
        speaker_name=speaker.name if speaker else (local.name if local else quote.speaker),
        about=tuple(e.id for e in about if e),
        context=quote.context,
        said=quote.said,
        sources=(source_of(digest, quote.evidence),),
    )


def _figures(digest: Digest, book: EntityBook) -> list[FigureLine]:
    def stated_by(id_: str | None) -> str | None:
        entity = book.meant(digest, id_) if id_ else None
        return entity.name if entity else None

    return [
        FigureLine(
            text=figure.text,
            value=figure.value,
            unit=figure.unit,
            what=figure.what,
            stated_by=stated_by(figure.stated_by),
            sources=(source_of(digest, figure.evidence),),
        )
        for figure in digest.figures
    ]


def events_in(digests: Iterable[Digest]) -> tuple[EventLine, ...]:
    """Dated events in the order of time, one told by several digests once."""
    kept: list[EventLine] = []
    for digest in digests:
        for event in digest.events:
            source = source_of(digest, event.evidence)
            twin = next((i for i, e in enumerate(kept) if e.date == event.date and same_fact(e.text, event.text)), None)
            if twin is None:
                kept.append(EventLine(date=event.date, precision=event.precision, text=event.text, sources=(source,)))
            else:
                kept[twin] = kept[twin].model_copy(update={"sources": (*kept[twin].sources, source)})
    return tuple(sorted(kept, key=lambda e: e.date))
