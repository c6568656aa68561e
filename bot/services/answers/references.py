"""What an option refers to: an entity by name, a story by number, words or key."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.briefings import Edition
from bot.domain.entities import Entity
from bot.domain.errors import BadRequest, NotFound
from bot.domain.stories import Story
from bot.messages.actions import Ask
from bot.messages.compose.lists import listing, picks, story_entry
from bot.messages.compose.who import choice_message, unknown_message
from bot.messages.model import Message
from bot.services.catalogue import Request
from bot.services.library import Snapshot
from bot.services.reading import stories_like
from bot.services.who import match_of

_OFFERED = 5


@dataclass(frozen=True)
class AskBack(Exception):
    """The reference is not clear; ``message`` lets the asker choose."""

    message: Message


def entity_meant(library: Snapshot, request: Request, option: str) -> Entity:
    """The one entity that the option names.

    Raises:
        AskBack: several are meant alike, or none is.
    """
    query = request.options[option].strip()
    identified = match_of(library, query)
    if identified.status == "found":
        return library.book[identified.candidates[0].id]
    compose = choice_message if identified.status == "ambiguous" else unknown_message
    raise AskBack(compose(query, identified.candidates, request.verb, option))


def again(request: Request) -> Ask:
    """The request as a button would repeat it."""
    return Ask(request.verb, tuple(request.options.items()))


def page_number(request: Request) -> int:
    """The page asked for, from 1.

    Raises:
        BadRequest: it is no number.
    """
    text = request.options.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise BadRequest(f"“{text[:20]}” is no page.", "Pages are counted from 1.")
    return int(text)


def story_meant(library: Snapshot, request: Request, edition: Edition, option: str = "story") -> Story:
    """The one story that the option means: a number of ``edition``, a key, or words of a headline.

    Raises:
        NotFound: there is none.
        AskBack: the words fit several.
    """
    text = request.options[option].strip().removeprefix("#")
    if text.isdecimal() and len(text) < 4:
        told = edition.numbered(int(text))
        story = library.story(told.account.id) if told else None
        if story is None:
            numbers = f"It has stories 1 to {len(edition.stories)}." if edition.stories else "It has no stories."
            raise NotFound(f"The latest briefing here has no story {text}.", numbers)
        return story
    found = stories_like(library, text)
    if not found:
        raise NotFound(f"No story is known by “{text[:60]}”.", "Try: search, with a word or two.")
    if len(found) == 1 or _clearly(found[0], text):
        return found[0]
    raise AskBack(_which(request, option, text, found[:_OFFERED]))


def _clearly(story: Story, text: str) -> bool:
    return any(text.casefold() == d.headline.casefold() for d in story.digests)


def _which(request: Request, option: str, text: str, stories: tuple[Story, ...]) -> Message:
    labelled = [
        (
            story.lead.headline[:75],
            f"{story.lead.article.outlet.name}, {story.lead.day}",
            _chosen(request, option, story),
        )
        for story in stories
    ]
    lines = [story_entry(story.lead.headline, "", ()) for story in stories]
    return listing(f"Which story is meant by “{text}”?", lines, "", picks("Choose one", *labelled), numbered=True)


def _chosen(request: Request, option: str, story: Story) -> Ask:
    return Ask(request.verb, ((option, story.key),), replace=True)
