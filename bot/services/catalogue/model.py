"""What a command, a request and an answer are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.domain.places import Actor, Place
from bot.messages.actions import Ask
from bot.messages.model import Message

OptionKind = Literal[
    "text",  # free words
    "entity",  # a name or an entity id; completed from the index
    "story",  # a number in the latest briefing here, a story key, a digest id, or words of its headline
    "topic",
    "moment",  # a date, a date and time, or a span back such as 3d
    "times",  # one or more local times: 08:00 or 08:00,17:30
    "timezone",  # an IANA name
    "days",  # mon-fri, daily, weekends, mon,thu, monthly:1,15
    "channel",
    "number",
    "page",
    "subscription",
    "digest",
    "url",
    "feed",
    "flag",  # yes or no
]
Permission = Literal["anyone", "change", "admin"]
Words = Mapping[str, str]  #: language (en, de, es) to text; en is always there


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command. ``hidden`` ones are carried by buttons only and never offered to type."""

    name: str
    kind: OptionKind
    words: Words
    required: bool = False
    hidden: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``verb`` has a space where it belongs to a group (``briefing add``).

    ``permission`` *change* asks for the right to manage the channel or server, *admin* for administrators.
    ``private`` answers are shown to the asker alone unless shared. Commands that are not ``listed`` serve a platform's
    own surfaces (a home page, a shortcut) and are neither registered nor shown in help.
    """

    verb: str
    words: Words
    options: tuple[Option, ...] = ()
    permission: Permission = "anyone"
    private: bool = True
    example: str = ""
    listed: bool = True

    @property
    def group(self) -> str:
        """The first word of the verb: what a platform registers at its top level."""
        return self.verb.split(" ", 1)[0]

    def option(self, name: str) -> Option | None:
        """The option of that name, or None."""
        return next((option for option in self.options if option.name == name), None)


@dataclass(frozen=True, slots=True)
class Request:
    """A question or order that came in: which command, with what, by whom, where."""

    verb: str
    options: Mapping[str, str]
    actor: Actor
    place: Place
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said in return. ``share`` posts the same answer for everyone, where sharing makes sense."""

    message: Message
    private: bool = True
    share: Ask | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion as someone types: ``label`` is shown, ``value`` is what is then asked."""

    label: str
    value: str
    hint: str = field(default="")


class CommandService(Protocol):
    """Answers requests; what every platform is given. :class:`bot.services.commands.Commands` is the one."""

    async def answer(self, request: Request) -> Answer:
        """The answer to ``request``. A question that cannot be answered gets a message that says so and what to do.

        Expected errors (:class:`~bot.domain.errors.BotError`) become messages; anything else propagates, for the
        platform to log under an incident id that the asker is shown.
        """
        ...

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """At most 25 completions of ``text`` for that option of the request's command, best first. Fast; no errors."""
        ...
