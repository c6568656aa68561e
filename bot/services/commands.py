"""Answers requests: finds the command, checks permission and options, and turns expected errors into messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.domain.errors import BadRequest, BotError, NotFound
from bot.messages.actions import Ask
from bot.messages.compose.lists import problem_message
from bot.messages.model import Message
from bot.services.answers import about, arranging, feeding, following, identities, reading
from bot.services.answers.references import AskBack
from bot.services.catalogue import Answer, Command, Request, Suggestion, command
from bot.services.newsroom import Newsroom
from bot.services.parsing import require
from bot.services.suggesting import suggestions

Answering = Callable[[Newsroom, Request], Awaitable[Message]]

_ANSWERS: Mapping[str, Answering] = {
    "who": reading.who,
    "brief": reading.brief,
    "story": reading.story,
    "timeline": reading.timeline,
    "quotes": reading.quotes,
    "search": reading.search,
    "sources": reading.sources,
    "why": reading.why,
    "names": reading.names,
    "home": following.home,
    "follow": following.follow,
    "unfollow": following.unfollow,
    "following": following.following,
    "briefing add": arranging.add,
    "briefing list": arranging.listed,
    "briefing preview": arranging.preview,
    "briefing pause": arranging.pause,
    "briefing resume": arranging.resume,
    "briefing remove": arranging.remove,
    "briefing now": arranging.now,
    "feeds add": feeding.add_feed,
    "feeds list": feeding.list_feeds,
    "feeds remove": feeding.remove_feed,
    "feeds import": feeding.import_feeds,
    "digest add": feeding.add_digest,
    "digest show": feeding.show_digest,
    "entity merge": identities.merge,
    "entity split": identities.split,
    "entity alias": identities.alias,
    "status": about.status,
    "help": about.help_,
}


class Commands:
    """The one :class:`~bot.services.catalogue.CommandService`."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room

    async def answer(self, request: Request) -> Answer:
        """The answer to ``request``; expected errors become messages, anything else propagates."""
        found = command(request.verb)
        try:
            message = await self._message(found, request)
        except AskBack as back:
            message = back.message
        except BotError as error:
            return Answer(problem_message(error), private=True)
        private = found is None or found.private
        share = Ask(request.verb, tuple(request.options.items()), share=True) if private and _shareable(found) else None
        return Answer(message, private, share)

    async def _message(self, found: Command | None, request: Request) -> Message:
        if found is None:
            raise NotFound(f"There is no command “{request.verb[:40]}”.", "Try: help.")
        _permit(found, request)
        _known_options(found, request)
        require(found, dict(request.options))
        return await _ANSWERS[found.verb](self._room, request)

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """Completions of ``text`` for that option; none where the option completes nothing."""
        found = command(request.verb)
        asked = found.option(option) if found else None
        return await suggestions(self._room, request, asked, text) if asked else ()


def _shareable(found: Command | None) -> bool:
    return found is not None and found.permission == "anyone" and found.verb not in ("home", "following", "help")


def _permit(found: Command, request: Request) -> None:
    actor = request.actor
    if found.permission == "admin" and not actor.is_admin:
        raise BadRequest(f"{found.verb} is for administrators.", "Ask one of this server's administrators to do it.")
    if found.permission == "change" and not (actor.may_change or actor.is_admin):
        raise BadRequest(
            f"{found.verb} changes things for everyone here, which you may not.",
            "Ask someone who manages this channel or server.",
        )


def _known_options(found: Command, request: Request) -> None:
    for name in request.options:
        if found.option(name) is None:
            raise BadRequest(f"{found.verb} has no option {name[:40]}.", f"For example: {found.example}")
