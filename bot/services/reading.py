"""What is read out of the library: stories, timelines, quotations, searches. Values, not messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.accounts import StoryAccount, account_of, events_in, quotes_in
from bot.domain.digests import Frozen, Source, newest_first, source_of
from bot.domain.entities import Entity
from bot.domain.lines import EventLine, QuoteLine, words_of
from bot.domain.stories import Story
from bot.services.library import Snapshot


class SearchResult(Frozen):
    """One story found, with the digest that matched best."""

    id: str
    headline: str
    summary: str
    digests: tuple[str, ...]
    latest: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words are asked for, and about whom."""

    by: Entity | None = None
    about: Entity | None = None
    story: Story | None = None


def account(library: Snapshot, story: Story) -> StoryAccount:
    """The story told from all its digests."""
    return account_of(story, library.book)


def search(library: Snapshot, text: str) -> tuple[SearchResult, ...]:
    """Stories whose digests hold the words, best first, each once."""
    found: dict[str, SearchResult] = {}
    for match in library.holding(text):
        digest = library.digests[match.id]
        story = library.stories_by_digest[digest.id]
        if digest in story.superseded:
            continue
        if story.key in found:
            known = found[story.key]
            found[story.key] = known.model_copy(update={"sources": (*known.sources, source_of(digest))})
            continue
        found[story.key] = SearchResult(
            id=story.key,
            headline=digest.headline,
            summary=digest.summary,
            digests=tuple(d.id for d in story.digests),
            latest=story.latest.isoformat(),
            sources=(source_of(digest),),
        )
    return tuple(found.values())


def stories_like(library: Snapshot, words: str) -> tuple[Story, ...]:
    """The stories that a reader's words of a headline can mean, best first: those headed so, where there are any."""
    if exact := library.story(words.strip()):
        return (exact,)
    found = dict.fromkeys(library.stories_by_digest[m.id] for m in library.holding(words))
    phrase = " ".join(words_of(words))
    headed = [s for s in found if any(phrase in " ".join(words_of(d.headline)) for d in s.digests)]
    return tuple(headed or found)


def timeline(library: Snapshot, subject: Entity | Story) -> tuple[EventLine, ...]:
    """Dated events of a story, or of every digest whose event sentences name the entity; in the order of time."""
    if isinstance(subject, Story):
        return events_in(subject.digests)
    digests = []
    for appearance in subject.appearances:
        named = set(appearance.entry.mentions)
        events = tuple(e for e in appearance.digest.events if named & set(e.evidence))
        digests.append(appearance.digest.model_copy(update={"events": events}))
    return events_in(digests)


def quotes(library: Snapshot, asked: Quoted) -> tuple[QuoteLine, ...]:
    """Quotations by, about or in what was asked, newest first; all there are where nothing was."""
    current = [d for story in library.stories for d in story.digests] if asked.story is None else asked.story.digests
    lines: Sequence[QuoteLine] = quotes_in(newest_first(list(current)), library.book)
    if asked.by:
        lines = [line for line in lines if line.speaker == asked.by.id]
    if asked.about:
        lines = [line for line in lines if asked.about.id in line.about]
    return tuple(lines)


def topics(library: Snapshot) -> dict[str, int]:
    """How many stories each topic has, most first."""
    counts: dict[str, int] = {}
    for story in library.stories:
        for topic in story.topics:
            counts[topic] = counts.get(topic, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
