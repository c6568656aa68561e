"""Answers what was asked, by the way it was asked: in place, in the thread, in a window, on the Home tab."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

import structlog

from bot.domain.errors import BotError, DeliveryError
from bot.messages.compose.lists import incident_message, problem_message
from bot.messages.model import Choice, Choices, Message, Note, Paragraph, plain
from bot.platforms.slack import limits, modals
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.blocks import carries
from bot.platforms.slack.home import home_view
from bot.platforms.slack.inbound import Asked, Form, Inquiry, Origin, Typing, Unclear
from bot.platforms.slack.render import payloads
from bot.platforms.slack.workspaces import Profile, Profiles, actor, profile_of
from bot.ports import Clock, Payload
from bot.services.catalogue import Answer, CommandService, Request, command

_LOG = structlog.get_logger(__name__)
#: What of asking Slack about a person is worth its time: commands that change something, or show what one may change.
_PERSONAL = frozenset({"home", "help", "briefing", "feeds", "digest", "entity"})
#: More answers at once than this wait their turn in memory.
_AT_ONCE = 200
_A_ROUND = 4
#: No answer is worth more; one that never ends must not take its place for ever.
_LONGEST_ANSWER_SECONDS = 600.0
_LONGEST_WAIT_SECONDS = 60.0
_MORE = Message(
    "More",
    (Paragraph(plain("The rest does not fit in here. Ask me in a direct message to read all of it.")),),
    "The rest does not fit in here.",
    "notice",
)


@dataclass(slots=True)
class _ResponseUrl:
    """A ``response_url`` with what is left of it."""

    url: str
    born: datetime
    left: int = limits.RESPONSE_URL_USES

    def spend(self, now: datetime) -> bool:
        """Whether one more use is allowed; it counts as used."""
        if not self.url or not self.left or now - self.born >= limits.RESPONSE_URL_LIFE:
            return False
        self.left -= 1
        return True


class Replies:
    """Takes what was asked to the services, and the answer back."""

    def __init__(
        self,
        api: SlackApi,
        commands: CommandService,
        clock: Clock,
        incident: Callable[[], str] = lambda: secrets.token_hex(4),
    ) -> None:
        """Args: ``incident`` names an unexpected failure, for the asker to report and the log to be searched for."""
        self._api = api
        self._commands = commands
        self._clock = clock
        self._incident = incident
        self._profiles = Profiles(clock)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._door = asyncio.Semaphore(_A_ROUND)
        self._busy: set[asyncio.Task[Any]] = set()

    async def handle(self, asked: Asked | None) -> None:
        """Answer; never raises, whatever happens on the way."""
        if asked is None:
            return
        async with self._working():
            try:
                async with asyncio.timeout(_LONGEST_ANSWER_SECONDS):
                    await self._handle(asked)
            except DeliveryError as error:
                _LOG.warning("slack_answer_failed", error=str(error), code=error.code, surface=asked.origin.surface)
                await self._tell(asked.origin, problem_message(error), error.maybe_sent)
            except Exception:  # noqa: BLE001  # the boundary: logged under an id that the asker is shown
                await self._tell(asked.origin, self._unexpected(asked.origin))

    async def drained(self, seconds: float) -> None:
        """Wait until every answer under way is given, at most that long."""
        if self._busy:
            await asyncio.wait(self._busy, timeout=seconds)

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            async with self._room:
                # Few answers begin in a round of the loop, so that in a rush acknowledgements, which take several
                # rounds, do not queue behind the work of everyone who asked before.
                async with self._door:
                    await asyncio.sleep(0)
                yield
        finally:
            self._busy.discard(task)

    async def _handle(self, asked: Asked) -> None:
        match asked:
            case Form():
                await self._open_form(asked)
            case Unclear():
                answer = Answer(problem_message(asked.error))
                if asked.origin.surface == "shortcut":
                    await self._open(asked.origin, modals.window(answer.message, asked.origin.memo))
                    return
                await self._give(answer, Inquiry("help", {}, asked.origin), _born(self._clock, asked.origin))
            case Inquiry():
                await self._inquiry(asked)
            case _:
                assert_never(asked)

    async def _inquiry(self, asked: Inquiry) -> None:
        url = _born(self._clock, asked.origin)
        if asked.verb == "home":
            await self._publish_home(asked)
            return
        if asked.origin.surface == "shortcut":
            memo = asked.origin.memo
            opened = await self._open(asked.origin, modals.waiting(memo))
            asked = replace(asked, origin=replace(asked.origin, surface="modal", view_id=opened))
        await self._give(await self._answer(asked), asked, url)

    # --- asking -------------------------------------------------------------------------------------------------------

    async def _answer(self, asked: Inquiry) -> Answer:
        try:
            return await self._commands.answer(await self.request(asked))
        except BotError as error:
            return Answer(problem_message(error))
        except Exception:  # noqa: BLE001  # the boundary: logged under an id that the asker is shown
            return Answer(self._unexpected(asked.origin))

    def _unexpected(self, origin: Origin) -> Message:
        incident = self._incident()
        _LOG.exception("slack_answer_broke", incident=incident, surface=origin.surface)
        return incident_message(incident)

    async def request(self, asked: Inquiry) -> Request:
        """The request to the services, with what Slack says the asker may do where that matters."""
        origin, found = asked.origin, command(asked.verb)
        profile = None
        if found and (found.permission != "anyone" or found.group in _PERSONAL):
            profile = await self._profile(origin)
        locale = profile.locale if profile else "en"
        return Request(asked.verb, asked.options, actor(origin.user, origin.user_name, profile), origin.place, locale)

    async def _profile(self, origin: Origin) -> Profile:
        team, user = origin.place.workspace, origin.user
        known = self._profiles.known(team, user)
        if known:
            return known
        try:
            response = await self._api.call(
                team,
                "users.info",
                "asking who someone is",
                lambda client: client.users_info(user=user, include_locale=True),
            )
        except DeliveryError as error:
            # Not knowing means not allowing; the next attempt asks again.
            _LOG.warning("slack_profile_unknown", error=str(error), code=error.code)
            return Profile()
        return self._profiles.keep(team, user, profile_of(response.get("user"), team))

    async def completions(self, typing: Typing) -> dict[str, Any]:
        """What a menu offers for the words typed so far."""
        origin = typing.origin
        request = Request(typing.verb, {}, actor(origin.user, origin.user_name, None), origin.place)
        try:
            found = await self._commands.suggest(request, typing.option, typing.text)
        except Exception:  # noqa: BLE001  # a menu without offers still takes what is typed
            self._unexpected(origin)
            found = ()
        chosen = command(typing.verb)
        option = chosen.option(typing.option) if chosen else None
        return modals.options(found, typing.text, free=option is not None and option.kind in ("entity", "story"))

    # --- giving -------------------------------------------------------------------------------------------------------

    async def _give(self, answer: Answer, asked: Inquiry, url: _ResponseUrl) -> None:
        origin = asked.origin
        match origin.surface:
            case "command" | "message" if asked.share:
                await self._share(answer.message, origin, url)
            case "command" | "message":
                await self._respond(answer, asked, url)
            case "mention" | "direct":
                for payload in payloads(answer.message):
                    await self._post(origin, payload)
            case "modal" if asked.share:
                await self._share_from_window(answer, asked)
            case "modal" | "shortcut":
                # In a direct message there is nobody to share with.
                here = bool(origin.place.channel) and not origin.place.channel.startswith("D")
                await self._show(origin, self._offering(answer, here))
            case "home":
                await self._at_home(answer, asked)
            case _:
                assert_never(origin.surface)

    async def _respond(self, answer: Answer, asked: Inquiry, url: _ResponseUrl) -> None:
        """Through the ``response_url`` while it lasts, then by name."""
        origin = asked.origin
        pages = payloads(self._offering(answer, answer.private))
        kind = "ephemeral" if answer.private else "in_channel"
        for at, page in enumerate(pages):
            fields = _fields(
                page, kind, replaces=asked.replace and origin.replaceable and at == 0, thread=origin.thread
            )
            # The last use is kept to say so if the rest cannot be shown.
            if (url.left > 1 or at == len(pages) - 1) and await self._spent(url, fields):
                continue
            if not await self._by_name(origin, page, answer.private):
                await self._spent(url, _fields(payloads(_MORE)[0], "ephemeral", thread=origin.thread))
                return

    async def _by_name(self, origin: Origin, page: Payload, private: bool) -> bool:
        place = origin.place
        if not private:
            await self._post(origin, page)
            return True
        try:
            await self._api.whisper(place.workspace, place.channel, origin.user, page, origin.thread)
        except DeliveryError as error:
            _LOG.info("slack_whisper_failed", error=str(error), code=error.code)
            return error.maybe_sent
        return True

    async def _spent(self, url: _ResponseUrl, fields: dict[str, Any]) -> bool:
        return url.spend(self._clock.now()) and await self._api.respond(url.url, fields)

    async def _post(self, origin: Origin, page: Payload) -> None:
        """Post for everyone, waiting as long as Slack asks if that is not too long."""
        place = origin.place
        deadline = asyncio.get_running_loop().time() + _LONGEST_WAIT_SECONDS
        while True:
            try:
                await self._api.post("answer", place.workspace, place.channel, page, origin.thread)
                return
            except DeliveryError as error:
                wait = error.retry_after.total_seconds() if error.retry_after and not error.maybe_sent else None
                if wait is None or asyncio.get_running_loop().time() + wait > deadline:
                    raise
                await asyncio.sleep(wait)

    async def _share(self, message: Message, origin: Origin, url: _ResponseUrl) -> None:
        for page in payloads(message):
            if not await self._spent(url, _fields(page, "in_channel", thread=origin.thread)):
                await self._post(origin, page)

    async def _share_from_window(self, answer: Answer, asked: Inquiry) -> None:
        for page in payloads(answer.message):
            await self._post(asked.origin, page)
        await self._show(asked.origin, answer.message.with_blocks(Note(plain("Shared in the channel."))))

    @staticmethod
    def _offering(answer: Answer, here: bool) -> Message:
        """The message with a button to share it, where it can be shared."""
        if answer.share is None or not here or not carries(answer.share):
            return answer.message
        return answer.message.with_blocks(Choices((Choice("Share to channel", answer.share),)))

    # --- windows and the Home tab -------------------------------------------------------------------------------------

    async def _open_form(self, form: Form) -> None:
        found = command(form.verb)
        assert found is not None, form.verb
        await self._open(form.origin, modals.form(found, form.option, form.origin.memo))

    async def _open(self, origin: Origin, view: dict[str, Any]) -> str:
        """Open a window, or put the view into the one that is open; the window's id."""
        team = origin.place.workspace
        if origin.surface == "modal":
            await self._update(origin, view)
            return origin.view_id
        response = await self._api.call(
            team,
            "views.open",
            "opening a window",
            lambda client: client.views_open(trigger_id=origin.trigger_id, view=view),
        )
        return str((response.get("view") or {}).get("id") or "")

    async def _update(self, origin: Origin, view: dict[str, Any]) -> None:
        await self._api.call(
            origin.place.workspace,
            "views.update",
            "filling a window",
            lambda client: client.views_update(view_id=origin.view_id, view=view),
        )

    async def _show(self, origin: Origin, message: Message) -> None:
        await self._update(origin, modals.window(message, origin.memo))

    async def _at_home(self, answer: Answer, asked: Inquiry) -> None:
        """A button of the Home tab: what it changed shows on the tab, what it tells in a window."""
        found = command(asked.verb)
        changes = asked.replace or (found is not None and found.permission != "anyone") or "follow" in asked.verb
        if not asked.replace or answer.message.tone == "problem":
            await self._open(asked.origin, modals.window(answer.message, asked.origin.memo))
        if changes:
            await self._publish_home(Inquiry("home", {}, asked.origin))

    async def _publish_home(self, asked: Inquiry) -> None:
        origin = asked.origin
        view = home_view((await self._answer(asked)).message, origin.memo)
        await self._api.call(
            origin.place.workspace,
            "views.publish",
            "publishing the Home tab",
            lambda client: client.views_publish(user_id=origin.user, view=view),
        )

    async def _tell(self, origin: Origin, message: Message, maybe_told: bool = False) -> None:
        """Say to the asker alone that it did not work, by whatever way is left; give up silently."""
        if maybe_told:
            return
        page = payloads(message)[0]
        place = origin.place
        try:
            url = _born(self._clock, origin)
            if await self._spent(url, _fields(page, "ephemeral", thread=origin.thread)):
                return
            if origin.view_id and origin.surface == "modal":
                await self._show(origin, message)
            elif place.channel and origin.user:
                await self._api.whisper(place.workspace, place.channel, origin.user, page, origin.thread)
        except DeliveryError as second:
            _LOG.info("slack_asker_not_told", error=str(second), code=second.code)


def _born(clock: Clock, origin: Origin) -> _ResponseUrl:
    return _ResponseUrl(origin.response_url, clock.now())


def _fields(page: Payload, kind: str, replaces: bool = False, thread: str = "") -> dict[str, Any]:
    fields = {**page, "response_type": kind, "replace_original": replaces}
    return {**fields, "thread_ts": thread} if thread and not replaces else fields
