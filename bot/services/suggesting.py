"""Completions as someone types an option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import available_timezones

from bot.domain.addresses import shown
from bot.domain.dossiers import hint_of
from bot.domain.errors import BotError
from bot.index.texts import fold
from bot.services import reading
from bot.services.catalogue import CATALOGUE, Option, Request, Suggestion, in_language
from bot.services.newsroom import Newsroom

LIMIT = 25
_LABEL = 100
_WORDS: Mapping[str, tuple[str, ...]] = {
    "times": tuple(f"{hour:02}:{minute:02}" for hour in (6, 7, 8, 9, 10, 12, 17, 18) for minute in (0, 30)),
    "days": tuple("mon-fri daily weekends mon tue wed thu fri sat sun monthly:1 monthly:1,15".split()),
    "moment": ("1d", "3d", "7d", "yesterday"),
    "flag": ("yes", "no"),
}
# The zones of most people, for whoever has typed nothing yet.
_COMMON_ZONES = (
    "Europe/Berlin Europe/London Europe/Madrid Europe/Paris America/New_York America/Chicago America/Los_Angeles "
    "America/Sao_Paulo America/Mexico_City Asia/Kolkata Asia/Tokyo Asia/Shanghai Asia/Singapore Australia/Sydney "
    "Africa/Lagos Africa/Johannesburg UTC"
).split()


async def suggestions(room: Newsroom, request: Request, option: Option, text: str) -> Sequence[Suggestion]:
    """At most 25 completions of ``text``, best first; an unexpected lack of one is an empty list, never an error."""
    try:
        found = await _suggestions(room, request, option, text)
    except BotError:
        return ()
    return [Suggestion(s.label[:_LABEL], s.value, s.hint[:_LABEL]) for s in found[:LIMIT] if len(s.value) <= _LABEL]


async def _suggestions(room: Newsroom, request: Request, option: Option, text: str) -> Sequence[Suggestion]:
    match option.kind:
        case "entity":
            return _names(room, text)
        case "story":
            return await _stories(room, request, text)
        case "topic":
            topics = reading.topics(room.library.current)
            return [Suggestion(f"{topic} ({n})", topic) for topic, n in topics.items() if _begins(topic, text)]
        case "timezone":
            return [Suggestion(zone.replace("_", " "), zone) for zone in _zones(text)]
        case "subscription":
            return await _subscriptions(room, request, text)
        case "digest":
            return _digests(room, text)
        case "feed":
            feeds = [(feed, f"{feed.name} · {shown(feed.url)}") for feed in await room.feeds.list()]
            return [Suggestion(label, feed.id) for feed, label in feeds if text.lower() in label.lower()]
        case _:
            words = _WORDS.get(option.kind, ())
            found = [Suggestion(word, word) for word in words if _begins(word, text)]
            return _verbs(request, text) if option.name == "command" else found


def _names(room: Newsroom, text: str) -> list[Suggestion]:
    library = room.library.current
    found = library.names.complete(text, limit=LIMIT)
    known = [(c, library.book[c.id]) for c in found if c.id in library.book]
    twice = {e.name for _, e in known if sum(o.name == e.name for _, o in known) > 1}
    return [Suggestion(f"{e.name} · {hint_of(e)}" if e.name in twice else c.label, e.id, hint_of(e)) for c, e in known]


async def _stories(room: Newsroom, request: Request, text: str) -> list[Suggestion]:
    library = room.library.current
    if text.strip() and not text.strip().isdecimal():
        stories = reading.stories_like(library, text)
        return [Suggestion(story.lead.headline, story.key, str(story.lead.day)) for story in stories[:LIMIT]]
    edition = await room.edition_here(request)
    return [
        Suggestion(f"{told.number} · {told.account.headline}", told.account.id)
        for told in edition.stories
        if str(told.number).startswith(text.strip())
    ]


def _zones(text: str) -> list[str]:
    if not text.strip():
        return list(_COMMON_ZONES)
    asked = fold(text.replace("_", " "))
    zones = [zone for zone in available_timezones() if "/" in zone or zone == "UTC"]
    scored = [(zone, fold(zone.replace("_", " "))) for zone in zones]
    found = [zone for zone, words in scored if all(any(w.startswith(a) for w in words) for a in asked)]
    return sorted(found, key=lambda zone: (zone not in _COMMON_ZONES, zone.startswith("Etc/"), zone))


async def _subscriptions(room: Newsroom, request: Request, text: str) -> list[Suggestion]:
    place = request.place
    found = await room.subscriptions.list(place.platform, place.workspace)
    labelled = [(s, f"{s.id} · {s.place.channel} · {s.schedule}") for s in found]
    return [Suggestion(label, s.id) for s, label in labelled if text.strip().lower() in label.lower()]


def _digests(room: Newsroom, text: str) -> list[Suggestion]:
    library = room.library.current
    if text.strip() and not any(text in id_ for id_ in library.digests):
        found = [library.digests[match.id] for match in library.holding(text)]
    else:
        known = [d for d in library.digests.values() if text in d.id]
        found = sorted(known, key=lambda d: d.article.published, reverse=True)
    return [Suggestion(f"{d.day} · {d.headline}", d.key, d.article.outlet.name) for d in found[:LIMIT]]


def _verbs(request: Request, text: str) -> list[Suggestion]:
    return [
        Suggestion(f"{c.verb} — {in_language(c.words, request.locale)}", c.verb)
        for c in CATALOGUE
        if c.verb.startswith(text.strip().lower())
    ]


def _begins(candidate: str, text: str) -> bool:
    return candidate.startswith(text.strip().lower())
