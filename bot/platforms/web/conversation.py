"""What happens when a visitor says or presses something: a request is asked and its answer put where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import structlog

from bot.domain.errors import BadRequest, BotError
from bot.domain.places import Actor, Place
from bot.messages.actions import Ask, decode, encode
from bot.messages.compose.lists import incident_message, problem_message
from bot.messages.model import Message
from bot.platforms.web.asides import Aside, Asides
from bot.platforms.web.log import ChannelLog, Said
from bot.platforms.web.render import render
from bot.platforms.web.text import label
from bot.ports import Clock
from bot.services.catalogue import Answer, CommandService, Request, command
from bot.services.parsing import parse_plainly

log = structlog.get_logger(__name__)

#: Longer lines are no questions; the page's box takes no more either.
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, in which channel, in which language."""

    visitor: str
    channel: str
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a private answer (``replaces`` where it stands in for another), or a message for everyone."""

    aside: Aside | None = None
    said: Said | None = None
    replaces: bool = False


class Conversation:
    """Asks the commands on a visitor's behalf. Never raises: what goes wrong is told to the visitor.

    ``token`` makes random ids; ``may_change`` is whether visitors of this page may change what the bot does.
    """

    def __init__(
        self,
        commands: CommandService,
        channels: ChannelLog,
        asides: Asides,
        clock: Clock,
        token: Callable[[], str],
        *,
        may_change: bool = False,
    ) -> None:
        self._commands = commands
        self._log = channels
        self._asides = asides
        self._clock = clock
        self._token = token
        self._may_change = may_change

    def request(self, asker: Asker, verb: str, options: Mapping[str, str]) -> Request:
        """The request that this visitor makes."""
        actor = Actor(asker.visitor, may_change=self._may_change, is_admin=self._may_change)
        return Request(verb, options, actor, Place("web", "", asker.channel), asker.locale)

    async def say(self, asker: Asker, line: str, meant: Mapping[str, str]) -> Outcome:
        """Answer a typed line; ``meant`` gives the values behind labels that completion wrote into it."""
        shown = label(line)[:LONGEST_LINE]
        try:
            if len(line) > LONGEST_LINE:
                raise BadRequest(f"That is longer than {LONGEST_LINE} characters.", "Ask for one thing at a time.")
            parsed = parse_plainly(line)
        except BotError as error:
            return self._aside(asker, shown, Answer(problem_message(error)))
        options = {name: meant.get(value.casefold(), value) for name, value in parsed.options.items()}
        return await self._ask(asker, shown, Ask(parsed.verb, tuple(options.items())))

    async def press(self, asker: Asker, code: str, aside: str = "") -> Outcome:
        """Do what a button says; ``aside`` is the id of the private answer it stands in, where it does."""
        action = decode(code)
        if action is None or command(action.verb) is None:
            error = BadRequest("This button is from another version of Lede.", "Type the command instead: /help.")
            return self._aside(asker, "", Answer(problem_message(error)))
        pressed = self._asides.get(asker.visitor, aside)
        return await self._ask(asker, _shown(action), action, pressed)

    async def _ask(self, asker: Asker, shown: str, action: Ask, pressed: Aside | None = None) -> Outcome:
        try:
            answer = await self._commands.answer(self.request(asker, action.verb, dict(action.options)))
            if action.share or not answer.private:
                return await self._post(asker, shown, answer.message, pressed)
        except BotError as error:
            answer = Answer(problem_message(error))
        except Exception:  # the platform's boundary: whatever it is, the visitor gets its number
            incident = self._token()[:8]
            log.exception("web.incident", incident=incident, verb=action.verb)
            answer = Answer(incident_message(incident))
        return self._aside(asker, shown, answer, pressed if action.replace else None)

    async def _post(self, asker: Asker, shown: str, message: Message, pressed: Aside | None) -> Outcome:
        """Say it to everyone in the channel; a private answer that was shared gives way to it."""
        key, now = f"answer-{self._token()}", self._clock.now()
        said = await self._log.post(asker.channel, key, {**render(message), "asked": shown}, now)
        for number, reply in enumerate(message.thread):
            await self._log.post(asker.channel, f"{key}-{number}", render(reply), now, parent=said.id)
        if pressed:
            self._asides.dismiss(asker.visitor, pressed.id)
        return Outcome(said=said)

    def _aside(self, asker: Asker, shown: str, answer: Answer, pressed: Aside | None = None) -> Outcome:
        aside = Aside(
            id=pressed.id if pressed else self._token(),
            channel=asker.channel,
            asked=shown,
            payload=render(answer.message),
            at=pressed.at if pressed else self._clock.now(),
            replies=tuple(render(reply) for reply in answer.message.thread),
            share=encode(replace(answer.share, share=True)) if answer.share else "",
        )
        self._asides.put(asker.visitor, aside)
        return Outcome(aside=aside, replaces=pressed is not None)


def _shown(action: Ask) -> str:
    """The command of a button as shown above its answer."""
    values = (value for name, value in action.options if name != "page")
    return label(" ".join((f"/{action.verb}", *values)))[:LONGEST_LINE]
