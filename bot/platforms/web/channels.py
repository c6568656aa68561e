"""The routes of a channel: its page, what visitors say and press, completion, new messages as they come."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request as Visit
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.platforms.web.asides import Aside, Asides
from bot.platforms.web.completion import complete
from bot.platforms.web.conversation import LONGEST_LINE, Asker, Conversation, Outcome
from bot.platforms.web.errors import NoSuchPage
from bot.platforms.web.events import Bell, events
from bot.platforms.web.log import ChannelLog, Thread
from bot.platforms.web.views import Views
from bot.platforms.web.visits import asker_of, first, form_of, remember, theme_of, wants_json
from bot.services.catalogue import Command, CommandService, Option, Suggestion

_PAGE_LENGTH = 30
#: Open pages that are pushed to; each costs one task. More are told to look again later.
_MOST_LISTENERS = 200
_NAME = re.compile(r"[\w-]{1,80}")


def channel_name(text: str) -> str | None:
    """The channel that ``text`` names, with or without its sigil; None where it cannot be one."""
    name = text.strip().removeprefix("#").lower()
    return name if _NAME.fullmatch(name) else None


class ChannelPages:
    """Everything under ``/c/``. ``named`` are the channels that exist before anything was said in them."""

    def __init__(
        self,
        log: ChannelLog,
        commands: CommandService,
        conversation: Conversation,
        asides: Asides,
        views: Views,
        bell: Bell,
        named: Sequence[str],
        token: Callable[[], str],
    ) -> None:
        self._log, self._commands, self._conversation = log, commands, conversation
        self._asides, self._views, self._bell, self._token = asides, views, bell, token
        self._named = tuple(named)
        self._listeners = 0

    def routes(self) -> list[Route]:
        """The routes, the front page among them."""
        return [
            Route("/", self.front, methods=["GET"]),
            Route("/c/{channel}", self.page, methods=["GET"]),
            Route("/c/{channel}/say", self.say, methods=["POST"]),
            Route("/c/{channel}/press", self.press, methods=["POST"]),
            Route("/c/{channel}/dismiss", self.dismiss, methods=["POST"]),
            Route("/c/{channel}/events", self.events, methods=["GET"]),
            Route("/c/{channel}/complete", self.complete, methods=["GET"]),
        ]

    async def names(self) -> list[str]:
        """All channels: those that were named first, then those in which something was said."""
        return list(dict.fromkeys((*self._named, *await self._log.channels())))

    async def front(self, visit: Visit) -> Response:
        """To the first channel."""
        return RedirectResponse(_path(self._named[0]))

    async def page(self, visit: Visit) -> Response:
        """The channel with its newest messages and the visitor's own answers among them."""
        asker = await self._asker(visit)
        before = visit.query_params.get("before", "")
        until = int(before) if before.isdecimal() and len(before) < 18 else None
        change = await self._log.last_change()
        threads = await self._log.page(asker.channel, _PAGE_LENGTH + 1, until)
        older = threads[1].said.id if len(threads) > _PAGE_LENGTH else None
        threads = threads[-_PAGE_LENGTH:]
        asides = self._asides.of(asker.visitor, asker.channel) if until is None else []
        entries: list[Thread | Aside] = [*threads, *asides]
        values = {
            "channel": asker.channel,
            "channels": await self.names(),
            "section": "channel",
            "theme": theme_of(visit),
            "here": visit.url.path,
            "entries": sorted(entries, key=_moment),
            "older": older,
            "change": change,
            "longest": LONGEST_LINE,
            "prefill": visit.query_params.get("ask", "")[:LONGEST_LINE],
        }
        response = HTMLResponse(self._views.page("channel", values))
        remember(visit, response, asker.visitor)
        return response

    async def say(self, visit: Visit) -> Response:
        """Answer a typed line."""
        asker, form = await self._asker(visit), await form_of(visit)
        labels = (name.casefold() for name in form.get("label", ()))
        outcome = await self._conversation.say(
            asker, first(form, "text"), dict(zip(labels, form.get("value", ()), strict=False))
        )
        return await self._answered(visit, asker, outcome)

    async def press(self, visit: Visit) -> Response:
        """Do what a pressed button says."""
        asker, form = await self._asker(visit), await form_of(visit)
        aside = first(form, "aside")
        outcome = await self._conversation.press(asker, first(form, "action"), aside)
        gone = aside if outcome.said and not self._asides.get(asker.visitor, aside) else ""
        return await self._answered(visit, asker, outcome, gone)

    async def dismiss(self, visit: Visit) -> Response:
        """Forget one of the visitor's answers."""
        asker, form = await self._asker(visit), await form_of(visit)
        self._asides.dismiss(asker.visitor, first(form, "dismiss"))
        if wants_json(visit):
            return JSONResponse({"remove": f"a-{first(form, 'dismiss')}"})
        return RedirectResponse(_path(asker.channel), 303)

    async def complete(self, visit: Visit) -> Response:
        """Completions of the line typed so far."""
        asker = await self._asker(visit)

        async def suggest(command: Command, option: Option, text: str) -> Sequence[Suggestion]:
            request = self._conversation.request(asker, command.verb, {})
            return await self._commands.suggest(request, option.name, text)

        line = visit.query_params.get("text", "")[:LONGEST_LINE]
        found = await complete(line, suggest, asker.locale)
        items = [asdict(item) for item in found.items]
        return JSONResponse({"items": items, "eager": found.eager})

    async def events(self, visit: Visit) -> Response:
        """Messages as they come, after the change that the page or the browser's last event names."""
        asker = await self._asker(visit)
        after = visit.headers.get("last-event-id") or visit.query_params.get("after", "")
        if self._listeners >= _MOST_LISTENERS:
            return Response("Too many pages are open.\n", 503, headers={"Retry-After": "30"})
        latest = await self._log.last_change()
        # A log that was deleted counts from 1 again; a page that is still open must not wait for its old number.
        start = min(int(after), latest) if after.isdecimal() and len(after) < 18 else latest

        async def counted() -> AsyncIterator[str]:
            self._listeners += 1
            try:
                async for event in events(self._log, self._bell, asker.channel, start, self._views.said):
                    yield event
            finally:
                self._listeners -= 1

        return StreamingResponse(counted(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _asker(self, visit: Visit) -> Asker:
        channel = visit.path_params["channel"]
        if channel not in await self.names():
            raise NoSuchPage(f"There is no channel #{channel}.")
        return asker_of(visit, channel, self._token)

    async def _answered(self, visit: Visit, asker: Asker, outcome: Outcome, gone: str = "") -> Response:
        """For the script what to add, replace and remove; for a browser the page, at the answer."""
        if outcome.said:
            self._bell.ring()
        anchor = f"m-{outcome.said.id}" if outcome.said else f"a-{outcome.aside.id}" if outcome.aside else ""
        if wants_json(visit):
            fragment, text = await self._fragment(outcome)
            told = {"id": anchor, "html": fragment, "text": text, "replaces": outcome.replaces}
            response: Response = JSONResponse(told | ({"remove": f"a-{gone}"} if gone else {}))
        else:
            response = RedirectResponse(f"{_path(asker.channel)}#{anchor}", 303)
        remember(visit, response, asker.visitor)
        return response

    async def _fragment(self, outcome: Outcome) -> tuple[str, str]:
        if outcome.aside:
            return self._views.aside(outcome.aside), str(outcome.aside.payload["text"])
        if outcome.said:
            threads = await self._log.changed(outcome.said.channel, outcome.said.change - 1)
            thread = next((t for t in threads if t.said.id == outcome.said.id), Thread(outcome.said))
            return self._views.said(thread), str(outcome.said.payload["text"])
        return "", ""


def _moment(entry: Thread | Aside) -> datetime:
    return entry.said.posted if isinstance(entry, Thread) else entry.at


def _path(channel: str) -> str:
    return f"/c/{quote(channel)}"
