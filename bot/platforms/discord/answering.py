"""Answering interactions: acknowledged in time whatever happens, shown to whom it is for, never lost without a word."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.messages.actions import encode
from bot.messages.compose.lists import incident_message
from bot.messages.cutting import cut
from bot.messages.model import Choice, Choices, Message, Paragraph, plain
from bot.platforms.discord import errors, limits
from bot.platforms.discord.callbacks import Callbacks
from bot.platforms.discord.escape import clean, one_line
from bot.platforms.discord.inbound import AUTOCOMPLETE, Asked, asked, typing
from bot.platforms.discord.render import Payload, render
from bot.ports import Clock
from bot.services.catalogue import Answer, CommandService, Request, Suggestion, Words, in_language

_log = structlog.get_logger(__name__)

_SHARE: Words = {"en": "Share to channel", "de": "Im Kanal teilen", "es": "Compartir en el canal"}
_UNKNOWN: Words = {
    "en": "This button is from a version of the bot that is no longer known. Ask anew: /help says how.",
    "de": "Diese Schaltfläche stammt aus einer Version des Bots, die es nicht mehr gibt. /help hilft weiter.",
    "es": "Este botón es de una versión del bot que ya no existe. /help dice cómo preguntar.",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long composing may take, in seconds, before something is said."""

    answer: float = 1.0  #: then the answer is announced; Discord waits three seconds, the journey included
    suggestions: float = 2.2  #: then there are none


class Answering:
    """Takes interactions to the command service and its answers back.

    Args:
        commands: what answers.
        clock: the present.
        say: posts a payload to a channel in the bot's own name, for public answers whose token has ended.
        patience: see there.
        incident: makes the id under which an unexpected error is logged and shown.
    """

    def __init__(
        self,
        commands: CommandService,
        clock: Clock,
        say: Callable[[Place, Payload], Awaitable[None]],
        patience: Patience,
        incident: Callable[[], str] = lambda: secrets.token_hex(4),
    ) -> None:
        self._commands = commands
        self._clock = clock
        self._say = say
        self._patience = patience
        self._incident = incident

    async def handle(self, payload: Mapping[str, Any], callbacks: Callbacks) -> None:
        """Answer one interaction. Raises nothing: what cannot be told to the asker is told to the log."""
        try:
            if payload["type"] == AUTOCOMPLETE:
                await self._complete(payload, callbacks)
            else:
                await self._respond(payload, callbacks)
        except DeliveryError as error:
            late = error.code in {str(code) for code in errors.TOKEN_GONE}
            _log.warning("discord_answer_lost", reason=str(error), code=error.code, too_late=late)

    # --- completion ---------------------------------------------------------------------------------------------------

    async def _complete(self, payload: Mapping[str, Any], callbacks: Callbacks) -> None:
        typed = typing(payload)
        found: Sequence[Suggestion] = ()
        if typed is not None:
            try:
                async with asyncio.timeout(self._patience.suggestions):
                    found = await self._commands.suggest(typed.request, typed.option, typed.text)
            except TimeoutError:
                _log.warning("discord_suggestions_late", verb=typed.request.verb, option=typed.option)
            except Exception:  # noqa: BLE001  # the boundary: people go on typing whatever happens here
                _log.exception("discord_suggestions_failed", verb=typed.request.verb, option=typed.option)
        await callbacks.suggest(choices_of(found))

    # --- questions ----------------------------------------------------------------------------------------------------

    async def _respond(self, payload: Mapping[str, Any], callbacks: Callbacks) -> None:
        question = asked(payload)
        if question is None:
            words = in_language(_UNKNOWN, str(payload.get("locale") or "en"))
            message = Message(words, (Paragraph(plain(words)),), words, tone="problem")
            await callbacks.show(render(message)[0], ephemeral=True)
            return
        began = self._clock.now()
        composing = asyncio.ensure_future(self._composed(question.request))
        try:
            done, _ = await asyncio.wait({composing}, timeout=self._patience.answer)
            deferred = not done and await self._announce(question, callbacks)
            answer = await composing
        finally:
            composing.cancel()
        await _Showing(self, question, callbacks, began, deferred).show(answer)

    async def _announce(self, question: Asked, callbacks: Callbacks) -> bool:
        """Say that the answer is coming; the work goes on even if that cannot be said."""
        try:
            if question.replace:
                await callbacks.defer_update()
            else:
                await callbacks.defer(ephemeral=question.private and not question.public)
        except DeliveryError as error:
            _log.warning("discord_not_announced", verb=question.request.verb, reason=str(error), code=error.code)
            return error.maybe_sent
        return True

    async def _composed(self, request: Request) -> Answer:
        try:
            return await self._commands.answer(request)
        except Exception:  # noqa: BLE001  # the boundary: the asker is told an incident, the log tells the rest
            incident = self._incident()
            _log.exception("discord_answer_failed", incident=incident, verb=request.verb, place=request.place)
            return Answer(incident_message(incident), private=True)

    async def fall_back(self, place: Place, payloads: Sequence[Payload]) -> None:
        """Post a public answer in the bot's own name."""
        for payload in payloads:
            await self._say(place, payload)

    def too_late(self, began: datetime) -> bool:
        """Whether the token of an interaction that came in then has ended."""
        return self._clock.now() - began > limits.TOKEN_LIFE


@dataclass(frozen=True, slots=True)
class _Showing:
    """One answer on its way to the asker."""

    answering: Answering
    question: Asked
    callbacks: Callbacks
    began: datetime
    deferred: bool

    async def show(self, answer: Answer) -> None:
        """Show the answer the way it was asked for; after the token's end, where it is public, in the channel.

        Raises:
            DeliveryError: it could not be shown, and is for the asker alone.
        """
        public = self._is_public(answer)
        payloads = render(_shareable(answer, self.question) if not public else answer.message)
        shown = 0
        try:
            if self.answering.too_late(self.began):
                raise errors.refused(404, min(errors.TOKEN_GONE), "the interaction's token has ended")
            for number, payload in enumerate(payloads):
                await (self._first(payload, not public) if not number else self._more(payload, not public))
                shown += 1
        except DeliveryError as error:
            gone = error.code in {str(code) for code in errors.TOKEN_GONE}
            if not (gone and public and not self.question.replace):
                raise
            _log.info("discord_answer_posted", verb=self.question.request.verb, reason=str(error))
            await self.answering.fall_back(self.question.request.place, payloads[shown:])

    def _is_public(self, answer: Answer) -> bool:
        """What was announced stays as it was announced: Discord does not let it change."""
        if self.deferred:
            return self.question.public or not self.question.private
        return self.question.public or not answer.private

    async def _first(self, payload: Payload, ephemeral: bool) -> None:
        if self.deferred:
            await self.callbacks.replace(payload)
        elif self.question.replace:
            await self.callbacks.update(payload)
        else:
            await self.callbacks.show(payload, ephemeral)

    async def _more(self, payload: Payload, ephemeral: bool) -> None:
        await self.callbacks.follow_up(payload, ephemeral)


def _shareable(answer: Answer, question: Asked) -> Message:
    """A private answer with a button that shows it to everyone, where that makes sense and fits."""
    if answer.share is None:
        return answer.message
    share = replace(answer.share, share=True, replace=False)
    if limits.width(encode(share)) > limits.CUSTOM_ID:
        return answer.message
    label = in_language(_SHARE, question.request.locale)
    return answer.message.with_blocks(Choices((Choice(label, share),)))


def choices_of(suggestions: Sequence[Suggestion]) -> list[dict[str, str]]:
    """Completions as Discord takes them: at most 25, each value once, none that is too long to be sent back."""
    choices: dict[str, str] = {}
    for each in suggestions:
        label = one_line(clean(f"{each.label} — {each.hint}" if each.hint else each.label))
        shown = cut(label, limits.SUGGESTION, limits.width)
        if shown and 0 < limits.width(each.value) <= limits.SUGGESTION:
            choices.setdefault(each.value, shown)
    return [{"name": name, "value": value} for value, name in choices.items()][: limits.SUGGESTIONS]
