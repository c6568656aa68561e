"""Answers that are read out of the library."""

from __future__ import annotations

from bot.domain.accounts import Named, named_in
from bot.domain.briefings import DEFAULT_LIMIT
from bot.domain.entities import Entity
from bot.domain.errors import BadRequest, NotFound
from bot.domain.stories import Story
from bot.messages.actions import ask
from bot.messages.compose.briefing import briefing_message, why_message
from bot.messages.compose.lists import listing, notice, page_of, picks, story_entry, turning
from bot.messages.compose.story import names_message, quotes_message, sources_message, story_message, timeline_message
from bot.messages.compose.who import choice_message, dossier_message, unknown_message
from bot.messages.model import Line, Message
from bot.services import reading
from bot.services.answers.references import again, entity_meant, page_number, story_meant
from bot.services.catalogue import Request
from bot.services.library import Snapshot
from bot.services.newsroom import Newsroom
from bot.services.who import identify, names_in

_LIMIT = 25
_NAMES_SHOWN = 25


async def who(room: Newsroom, request: Request) -> Message:
    """A card, a choice or the nearest names."""
    query = request.options["name"].strip()
    identified = identify(room.library.current, query, room.clock.now())
    if identified.entity:
        return dossier_message(identified.entity, identified.how, page_number(request))
    if identified.status == "ambiguous":
        return choice_message(query, identified.candidates)
    return unknown_message(query, identified.candidates)


async def brief(room: Newsroom, request: Request) -> Message:
    """The news since a moment, or the last day's."""
    now = room.clock.now()
    since = room.moment(request.options["since"]) if request.options.get("since") else None
    topic = request.options.get("topic") or None
    edition = room.desk.brief(
        now,
        room.zone,
        since=since,
        topic=known_topic(room.library.current, topic) if topic else None,
        limit=_number(request, "limit", DEFAULT_LIMIT),
        followed=await room.followed(request),
    )
    room.remember(request, edition)
    return briefing_message(edition)


def known_topic(library: Snapshot, topic: str) -> str:
    """The topic as digests spell it.

    Raises:
        NotFound: no story has it; the hint names those that there are.
    """
    topics = reading.topics(library)
    wanted = topic.strip().casefold().replace(" ", "-")
    if wanted in topics:
        return wanted
    known = ", ".join(list(topics)[:8])
    raise NotFound(f"No story has the topic “{topic[:40]}”.", f"There are: {known}." if known else "")


def _number(request: Request, option: str, default: int) -> int:
    text = request.options.get(option)
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= _LIMIT:
        raise BadRequest(f"{option} is “{text[:20]}”.", f"Give a number from 1 to {_LIMIT}.")
    return int(text)


async def story(room: Newsroom, request: Request) -> Message:
    """A story in full."""
    library = room.library.current
    found = story_meant(library, request, await room.edition_here(request))
    return story_message(reading.account(library, found))


async def sources(room: Newsroom, request: Request) -> Message:
    """Where each line of a story comes from."""
    library = room.library.current
    found = story_meant(library, request, await room.edition_here(request))
    return sources_message(reading.account(library, found))


async def why(room: Newsroom, request: Request) -> Message:
    """Why a story is, or is not, in the latest briefing here."""
    library = room.library.current
    edition = await room.edition_here(request)
    found = story_meant(library, request, edition)
    keys = [v.key for v in edition.verdicts if v.key == found.key or found.holds(v.key)]
    message = why_message(edition, keys[0]) if keys else None
    if message:
        return message
    return notice(
        f"“{found.lead.headline}” was not known when edition {edition.id} was made, or ranked far below it.",
        detail=f"Its latest article is of {found.latest:%d %b %Y %H:%M} UTC.",
    )


async def timeline(room: Newsroom, request: Request) -> Message:
    """Dated events of a name or a story."""
    library = room.library.current
    subject = await _subject(room, library, request)
    events = reading.timeline(library, subject)
    page = page_number(request)
    title = subject.name if isinstance(subject, Entity) else subject.lead.headline
    more = turning(again(request), len(events), page, _EVENTS)
    return timeline_message(title, tuple(page_of(events, page, _EVENTS)), more)


_EVENTS = 12


async def _subject(room: Newsroom, library: Snapshot, request: Request) -> Entity | Story:
    """A story by its key or number, else a name: a name is what people ask a timeline of."""
    text = request.options["about"].strip()
    if (text.isdecimal() and len(text) < 4) or library.story(text):
        return story_meant(library, request, await room.edition_here(request), "about")
    return entity_meant(library, request, "about")


async def quotes(room: Newsroom, request: Request) -> Message:
    """Quotations by someone, about someone, or of a story."""
    library = room.library.current
    asked = reading.Quoted(
        by=entity_meant(library, request, "by") if request.options.get("by") else None,
        about=entity_meant(library, request, "about") if request.options.get("about") else None,
        story=story_meant(library, request, await room.edition_here(request)) if request.options.get("story") else None,
    )
    found = reading.quotes(library, asked)
    page = page_number(request)
    return quotes_message(quotes_title(asked), tuple(page_of(found, page)), turning(again(request), len(found), page))


def quotes_title(asked: reading.Quoted) -> str:
    """``Quotes by A about B``."""
    by = f" by {asked.by.name}" if asked.by else ""
    about = f" about {asked.about.name}" if asked.about else ""
    return f"Quotes{by}{about}" + (f": {asked.story.lead.headline}" if asked.story else "")


async def search(room: Newsroom, request: Request) -> Message:
    """Stories by their words."""
    text = request.options["text"]
    found = reading.search(room.library.current, text)
    page = page_number(request)
    shown = page_of(found, page)
    lines: list[Line] = [story_entry(result.headline, result.summary, result.sources) for result in shown]
    title = f"{len(found)} {'story' if len(found) == 1 else 'stories'} for “{text[:60]}”"
    empty = f"No story holds “{text[:60]}”. Try fewer or other words, or who with a name."
    open_one = picks("Open a story", *((r.headline[:75], r.latest[:10], ask("story", story=r.id)) for r in shown))
    return listing(
        title if found else "Nothing found", lines, empty, open_one, turning(again(request), len(found), page)
    )


async def names(room: Newsroom, request: Request) -> Message:
    """Who is who in a story or a text."""
    library = room.library.current
    if request.options.get("story"):
        found = story_meant(library, request, await room.edition_here(request))
        named = named_in(found.digests, library.book, limit=_NAMES_SHOWN)
        return names_message(f"Who is who: {found.lead.headline}", named, _roles(library, named))
    entities = names_in(library, request.options.get("text", ""))
    named = tuple(Named(id=e.id, name=e.name, kind=e.kind) for e in entities)
    return names_message("Names in this text", named, _roles(library, named))


def _roles(library: Snapshot, named: tuple[Named, ...]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for each in named:
        stated = [r for a in library.book[each.id].appearances for r in a.entry.roles if r.until is None]
        if stated:
            roles[each.id] = max(stated, key=lambda role: role.stated).title
    return roles
