"""The commands, described once for every platform: names, options, words in three languages, who may use them.

Discord registers them as slash commands, Slack answers them as ``/lede VERB …`` and by mention, the web page and the
command line complete them. :mod:`bot.services.parsing` turns typed text into options, and
:mod:`bot.services.commands` answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.catalogue.model import (
    Answer,
    Command,
    CommandService,
    Option,
    OptionKind,
    Permission,
    Request,
    Suggestion,
    Words,
)
from bot.services.catalogue.orders import ORDERS
from bot.services.catalogue.questions import QUESTIONS, UNLISTED

__all__ = [
    "CATALOGUE",
    "Answer",
    "Command",
    "CommandService",
    "Option",
    "OptionKind",
    "Permission",
    "Request",
    "Suggestion",
    "Words",
    "command",
    "in_language",
]

CATALOGUE: tuple[Command, ...] = (*QUESTIONS, *ORDERS)
"""Every command that people can ask for, in the order of help."""

_BY_VERB: Mapping[str, Command] = {command.verb: command for command in (*CATALOGUE, *UNLISTED)}


def command(verb: str) -> Command | None:
    """The command of that verb, or None."""
    return _BY_VERB.get(verb)


def in_language(words: Words, locale: str) -> str:
    """The words in the locale's language, else in English."""
    return words.get(locale.replace("_", "-").split("-", 1)[0].lower(), words["en"])
