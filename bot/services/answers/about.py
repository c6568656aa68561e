"""About the bot itself: what can be asked, and whether all is well."""

from __future__ import annotations

from bot.domain.errors import NotFound
from bot.messages.compose.lists import help_message, listing
from bot.messages.model import Line, Message, Plain, Strong, plain
from bot.services.catalogue import CATALOGUE, Command, Request, command, in_language
from bot.services.newsroom import Newsroom

_PROBLEMS_SHOWN = 10


async def help_(room: Newsroom, request: Request) -> Message:
    """All commands, or the options of one."""
    asked = request.options.get("command", "").strip().removeprefix("/").lower()
    if asked:
        return _one(asked, request.locale)
    shown: dict[str, list[tuple[str, str]]] = {"Ask": [], "Arrange": []}
    for each in CATALOGUE:
        group = "Ask" if each.permission == "anyone" and " " not in each.verb else "Arrange"
        shown[group].append((f"/{each.example}", in_language(each.words, request.locale)))
    return help_message(list(shown.items()))


def _one(asked: str, locale: str) -> Message:
    members = [c for c in CATALOGUE if c.verb == asked or c.group == asked]
    if not members:
        raise NotFound(f"There is no command “{asked[:40]}”.", "Try: help.")
    lines: list[Line] = []
    for each in members:
        lines.append((Strong(f"/{each.verb}"), Plain(f" — {in_language(each.words, locale)}. {_usage(each)}")))
        lines += [
            (Plain(f"{option.name}: {in_language(option.words, locale)}{' (needed)' * option.required}"),)
            for option in each.options
            if not option.hidden
        ]
    return listing(f"/{asked}", lines, "")


def _usage(each: Command) -> str:
    assert command(each.verb) is each
    who = {"anyone": "", "change": " For those who manage the channel.", "admin": " For administrators."}
    return f"For example: /{each.example}.{who[each.permission]}"


async def status(room: Newsroom, request: Request) -> Message:
    """What is stored, what was missed or refused, and what needs a person."""
    library = room.library.current
    lines: list[Line] = [
        plain(f"{len(library.digests)} digests, {len(library.stories)} stories, {len(library.book)} names"),
    ]
    newest = max((d.article.published for d in library.digests.values()), default=None)
    lines += [plain(f"The newest article is of {newest:%d %b %Y %H:%M} UTC")] if newest else []
    if library.unread:
        lines.append(plain(f"{library.waiting}: lede digest list --waiting"))
    lines += [plain(text) for text in await room.deliveries.status_lines(room.clock.now())]
    lines += [
        (Strong("Set aside: "), Plain(f"{problem.path} {problem.field}: {problem.reason}"))
        for problem in library.problems[:_PROBLEMS_SHOWN]
    ]
    if (more := len(library.problems) - _PROBLEMS_SHOWN) > 0:
        lines.append(plain(f"… and {more} more; lede check lists them all"))
    lines += [(Strong("Needs attention: "), Plain(text)) for text in await room.health()]
    return listing("Status", lines, "")
